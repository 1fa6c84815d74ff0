// Package kit is the set of parts that every screen is built from: colours,
// type, icons, keys, fields, panels, lists and dialogs.
package kit

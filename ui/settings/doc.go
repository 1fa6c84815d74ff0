// Package settings is the screen on which the shop sets the program up: the
// shop, Alipay with its doctor, printer, scanner, quick amounts, language and
// looks, keys, and what the program is made of.
//
// The steps of a caller:
//
//  1. Make a Screen with New, with what only the program itself knows in
//     Options: the doctor, the system's printers, versions and paths.
//  2. Hand it what the window gets. While the scanner page is shown, every scan
//     goes to it and none to the till.
//  3. Before the window shows another tab, call Leave: it asks about changes
//     that were not saved.
//
// Values are read from app.Settings and written back only by Save. A secret is
// never read into a widget: the screen knows whether it is there, and shows a
// short fingerprint of it.
package settings

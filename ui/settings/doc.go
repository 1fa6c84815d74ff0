// Package settings is the screen on which the shop sets the program up: the
// shop, the payment channels with their doctors, which channel takes which
// wallet, printer, scanner, quick amounts, language and looks, keys, and what the
// program is made of.
//
// The steps of a caller:
//
//  1. Make a Screen with New, with what only the program itself knows in
//     Options: the doctors, the system's printers, versions and paths.
//
//  2. Hand it what the window gets. While the scanner page is shown, every scan
//     goes to it and none to the till.
//
//  3. Before the window shows another tab, call Leave: it asks about changes
//     that were not saved.
//
//  4. Call LockKeys when somebody comes who may not change the channels' keys.
//
// A further channel is a function like newWeChatPage and the words that its keys
// name: labels and hints under "settings.<channel>.", the doctor's sentences
// under "<channel>.config." and "<channel>.probe.".
//
// Values are read from app.Settings and written back only by Save. A secret is
// never read into a widget: the screen knows whether it is there, and shows a
// short fingerprint of it.
package settings

// Package printer brings one job to one printer.
//
// The steps of a caller:
//
//  1. Open a target: "tcp://HOST:PORT", "file:///PATH" (a plain file or a
//     device such as /dev/usb/lp0), "spool:NAME" (a printer of the operating
//     system) or "virtual:" (pictures in a folder). Open only reads the target;
//     nothing is connected, so a printer may be switched on later.
//  2. Print a job. Each job makes its own connection and ends within its
//     deadlines, whatever the printer does.
//  3. An error is always an *Error. Its Kind has a sentence for the cashier
//     under "printer.error." in the translation files, and MaybePrinted says
//     whether some of the job may be on paper. Such a job must not be repeated
//     without asking a person, or a customer holds two receipts for one sale.
//
// The package keeps no queue and repeats nothing. That Print returned nil means
// that the printer, or the system's spooler, took all bytes; receipt printers
// do not say more.
package printer

// Package deposits is the tab of a hotel's reception: deposits are taken,
// found, charged and given back here.
//
// The left side types and the right side tells, as on the till. While a deposit
// is taken, the left side holds the amount, the guest and the ways to hold the
// money, and the right side the list of what is held, or the hold that is under
// way. Once a deposit is opened, the left side asks what the guest owes, and the
// right side shows the deposit.
//
// The steps of a caller:
//
//  1. Make a Screen with New. It reads its settings when it is shown.
//  2. Hand it what the window gets: typed characters, keys, actions, scans, and
//     a Tick every second.
//  3. Show a deposit with Open or OpenNumber, and hand over an amount with Take.
//
// The screen decides nothing about money. How an amount comes to be held is the
// same as on the till and lies in package taking; here is what is a deposit's
// own: the guest, the list of what is held, and what is charged and given back.
package deposits

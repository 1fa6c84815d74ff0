// Package data is the ledger: one SQLite file that holds every sale, tender,
// refund and print job, the settings, and a journal that proves them.
//
// The steps of a caller:
//
//  1. Lock the data folder with LockFolder, so that one process owns the till.
//  2. Open the ledger; it migrates itself after making a backup.
//  3. Before anything is sent to a channel, StartTender. The row is on the disk
//     when it returns.
//  4. Write what the channel answered with MoveTender: the tender, the sale's
//     sums and state, the journal and the receipt's print job change in one
//     transaction or not at all.
//  5. Read with Sale, Sales, Totals, OpenTenders. Readers never wait for the
//     writer.
//
// The package decides nothing about payments: it refuses what breaks a rule
// (a transition that does not exist, more refunded than paid, two open tenders
// of one sale) and stores the rest. It never opens a network connection.
package data

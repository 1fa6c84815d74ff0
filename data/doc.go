// Package data is the ledger: one SQLite file that holds every sale, tender,
// refund, deposit and print job, the settings, and a journal that proves them.
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
//  5. Deposits go the same way: StartDeposit and MoveHold, then StartStep and
//     MoveStep for each capture, release, and refund out of a capture.
//  6. Read with Sale, Sales, Summary, Deposits, OpenTenders. Readers never wait
//     for the writer.
//  7. Prove the whole of it with Verify, copy it with Backup while it is in use,
//     put a copy back with Restore while it is closed.
//
// An error that a person may have to read has a Kind, with a sentence under
// "data.error.<kind>" in the words. Whatever fails leaves nothing behind: a full
// disk refuses a sale and spoils none.
//
// The package decides nothing about payments: it refuses what breaks a rule
// (a transition that does not exist, more refunded than paid, two open tenders
// of one sale) and stores the rest. It never opens a network connection.
package data

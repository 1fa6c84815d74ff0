// Package data is the ledger: one SQLite file that holds every sale, tender,
// refund, deposit and print job, the people, their shifts and the drawer, the
// channels' bills, the settings, and a journal that proves them.
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
//  6. OpenShift, MoveCash and CloseShift keep the drawer; where nobody opens a
//     shift, the first act of money does. MakeDayZ ends a business day.
//  7. BillsWanted says whose bills are missing; KeepBill keeps one, and
//     Reconciliation compares a business day with them.
//  8. Read with Sale, Sales, Report, Deposits, OpenTenders. Readers never wait
//     for the writer.
//  9. Prove the whole of it with Verify, copy it with Backup while it is in use,
//     put a copy back with Restore while it is closed.
//
// Every fen has a person, a shift, a business day and an hour: those of the act
// that asked for it, whenever the channel confirmed it. So what is settled late
// counts where it belongs, a shift can always be closed, and only a Z report
// stays as it was made. The figures by all of these are kept in the transaction
// that writes the journal, and Verify counts them again.
//
// An error that a person may have to read has a Kind, with a sentence under
// "data.error.<kind>" in the words. Whatever fails leaves nothing behind: a full
// disk refuses a sale and spoils none.
//
// The package decides nothing about payments, and nothing about who may do what:
// it refuses what breaks a rule (a transition that does not exist, more refunded
// than paid, two open tenders of one sale, a shop without an owner) and stores
// the rest, with the names of those who did and approved it. PINs are not its
// business; it only counts wrong ones. It never opens a network connection.
package data

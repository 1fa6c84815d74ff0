// Package export writes reports into files for people outside of the till: a
// PDF to print and to send, an XLSX and a CSV with every sale for a bookkeeper.
//
// The steps of a caller:
//
//  1. Read the data.Report and fill a Job.
//  2. Call PDF, XLSX or CSV. The latter two ask the Job for its sales, page by
//     page, and tell how far they are; the context ends them.
//  3. Keep the file only when there was no error: Write does both.
//
// The package computes no figures of its own: what stands in a file stands in
// the report or in a sale. It opens no network and no ledger.
package export

// Package shop puts one shop together from its data folder: lock, vault,
// ledger, settings, channels, printer and till. Both programs, the window and
// the command line, stand on it; nothing else picks implementations.
//
// The steps of a caller:
//
//  1. Open the folder. ErrLocked means that another program owns the till;
//     open again with ReadOnly to look at the ledger all the same.
//  2. Use Till, Books and Settings. After a setting was changed, Reconfigure.
//  3. Start what runs in the background, if the caller stays: settle what is
//     open, print what is queued.
//  4. Close.
package shop

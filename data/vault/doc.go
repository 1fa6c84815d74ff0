// Package vault keeps the secrets of one data folder: private keys, API keys,
// and the key of the ledger's journal.
//
// The steps of a caller:
//
//  1. Open the vault of the data folder. The first time, it decides where its
//     own key lives: in the operating system's keychain when that is wanted and
//     works, or else in a file of a folder elsewhere. It keeps to that.
//  2. Get, Set and Delete secrets by name, such as "alipay.private_key".
//  3. JournalKey is the key that the ledger is opened with.
//
// All secrets are in one encrypted file in the data folder (AES-256-GCM, mode
// 0600), so a copy of the folder, a backup or a lost disk gives nothing away
// without the key. The keychain holds only that key: some keychains take no
// more than 2 KB, too little for a certificate.
//
// Set and Delete need the folder's lock (data.LockFolder), for two processes
// that write at once would undo each other's changes. The package never prints
// a value, and guards nothing against a program of the same user that runs
// while the keychain is open.
package vault

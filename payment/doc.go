// Package payment says what a payment is, for every channel alike: an exact
// amount of money, the life of one attempt to pay, and the contract that a
// channel (Alipay, cash, ...) fulfils.
//
// The steps of a caller:
//
//  1. Parse what the cashier typed with ParseAmount, and what the scanner read
//     with Recognise.
//  2. Make one merchant order number with NewOrderNo and write it down, with
//     the tender in StateCreated, before anything is sent.
//  3. Call Channel.Pay or Channel.ShowQR. The Outcome says what is known.
//  4. While the outcome is Waiting or Unknown, call Channel.Query in the rhythm
//     of Channel.Policy, then Channel.Cancel until the channel answers.
//  5. Move the tender with State.CanBecome, in the ledger, never in memory
//     alone.
//
// Each channel is a folder below this one. Who writes one finds what all of them
// have in common around their protocols in payment/wire (reading pasted keys and
// addresses, the way to the network, what may go into a log), and what each has
// to pass in payment/channeltest.
//
// The package knows no network, no database and no window. It never guesses:
// whatever is not an authenticated answer of the channel is Unknown.
package payment

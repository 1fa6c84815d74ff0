// Package paysim is a payment service to practise on and to test against. It
// speaks the channels' own protocols over HTTP on this machine, for payments and
// for deposits, with real signatures both ways, checks what it receives as
// strictly as the real service would, and keeps its own truth: who was charged
// and who got money back, what is set aside, what was captured out of it and what
// released, to the fen.
//
// The steps of a caller:
//
//  1. Make a simulator with New. With Options.Dir its keys and its truth stay
//     in that folder and survive a restart.
//  2. Start it on a loopback address and configure the till, for Alipay with
//     URL, AppID, SellerID, MerchantPrivateKey and AlipayPublicKey, for WeChat
//     with WeChat or WeChatPartner, for Cloud Pay with CloudPay.
//  3. Force outcomes: the last two digits of a pay code choose one of
//     Scenarios for a payment or a hold (FreshCodeOf makes such codes), the last
//     digit of fen of a refund, a capture or a release chooses one of
//     RefundCases, CaptureCases or ReleaseCases, ScanQR plays the payer's
//     phone, SetFault and Offline break the network.
//  4. Compare Truth with the till's ledger, and Close it.
//
// What no document settles was decided here, always for the answer that is
// harder on a till, and is told where it is done: see the files that begin with the
// name of a front.
//
// # A further front
//
// Inside, every channel is a front for one book of orders and holds. A further
// method of Alipay is one file with its fields and its rules and one line in
// the table of alipay.go. A further channel is a http.Handler of its own, in
// files that begin with its name, mounted by one line in New. alipay.go shows
// how:
//
//  1. Read the request, fill an exchange and hand it to Sim.serve. That carries
//     the faults and the log, so a front knows of a fault only how its answer
//     looks when it is refused, signed by a stranger, unsigned, or about another
//     order. Where a wire has no such thing, the answer goes out in order.
//  2. Check the signature and every field before anything is done. What the
//     real service refuses is refused, and so is a field that nobody knows.
//  3. Do everything that changes the book in one book.change. What a page saves
//     there becomes true altogether, and is on the disk before the answer.
//  4. Look orders and holds up with findOf, findTradeOf, findHoldOf and
//     findAuthOf, so that no channel is told of another's. A number is new when
//     find or findHold knows none: there it does not matter whose it is.
//  5. Make orders and holds with Channel, Method and Wallet, and numbers with
//     newTradeNo, newAuthNo and newQR. Read the outcome that a code forces with
//     scenarioOf and let Sim.begin or Sim.beginHold set it off; cancelled is what
//     a cancel that meets a waiting order makes of it. What each scenario says
//     on the wire is the front's to decide.
//  6. A capture is a step of the hold (tried) and an order that names it in
//     order.Hold, set off by Sim.beginCapture; saving the order moves the money.
//     Where a wire gives captures no number, one for each deposit, step and order
//     have the number of the hold: orders and holds are numbered apart. Its
//     refunds are those of that order. What promised says is not to be given to
//     others. A release is a step that is Done; freed releases all.
//  7. A stamp that the client's library compares with the machine's clock, such
//     as the time in a signature, is time.Now; all else is Sim.now.
//
// It will not listen on anything but loopback, and it knows one fee for everybody,
// told in bills alone, Alipay's bill of trades and WeChat's of all, both of days
// alone, no coupons but the discount of one test code, no client certificates or
// notifications, no deposits on a payer's credit, and an end of a deposit by age
// only at WeChat.
package paysim

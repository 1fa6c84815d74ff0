// Package paysim is a payment service to practise on and to test against. It
// speaks Alipay's gateway protocol over HTTP on this machine, for payments and
// for deposits (face-to-face pre-authorisation), with real RSA2 signatures both
// ways, checks what it receives as strictly as Alipay would, and keeps its own
// truth: who was charged and who got money back, what is set aside, what was
// captured out of it and what released, to the fen.
//
// The steps of a caller:
//
//  1. Make a simulator with New. With Options.Dir its keys and its truth stay
//     in that folder and survive a restart.
//  2. Start it on a loopback address and configure the till with URL, AppID,
//     SellerID, MerchantPrivateKey and AlipayPublicKey.
//  3. Force outcomes: the last two digits of a pay code choose one of
//     Scenarios for a payment or a hold (FreshCode makes such codes), the last
//     digit of fen of a refund, a capture or a release chooses one of
//     RefundCases, CaptureCases or ReleaseCases, ScanQR plays the payer's
//     phone, SetFault and Offline break the network.
//  4. Compare Truth with the till's ledger, and Close it.
//
// What no document settles was decided here, always for the answer that is
// harder on a till, and is told where it is done: see the files alipay_*.go.
//
// Inside, every channel is a front for one book of orders and holds. A further
// method of Alipay is one file with its fields and its rules and one line in
// the table of alipay.go; a further channel is a handler of its own, mounted in
// New.
//
// It will not listen on anything but loopback, and it knows no discounts,
// coupons, fees, certificates or notifications, no deposits on a payer's credit,
// and no end of a deposit by age.
package paysim

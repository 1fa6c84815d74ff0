// Package wechat takes and gives back money through WeChat Pay: the payer's code
// scanned (付款码支付), a QR shown (Native), and query, cancel, refund and refund
// query of both, with API v3. For a service provider it also holds deposits
// (押金), captures and gives them back, with API v2, which alone has them.
//
// The steps of a caller:
//
//  1. Fill a Config. Config.Problems lists what is wrong with it, one
//     ConfigError a field, before anything is sent.
//  2. Make one Channel with New and share it: all its methods may be called at
//     the same time. Close it when the settings change.
//  3. Call it through payment.Channel, and for deposits through payment.Holder,
//     which say what each answer means.
//  4. Read what WeChat booked on a day with Channel.Bill.
//  5. Ask Channel.Probe when something is wrong. It moves no money.
//
// # What an answer is worth
//
// Every v3 request goes the same way: build, sign, send, cap the body, verify
// the signature, look at the status, decode (client.go); every v2 request
// likewise (v2.go). Only then does one place say what the answer means for the
// money (fold.go and its neighbours). Its rules:
//
//   - The status of HTTP says only that the request was taken. A payment that
//     waits for a password comes with 202, which counts as success in every
//     client library. What happened to the money is said by trade_state, and
//     only about the order that the answer names and for the amount asked.
//   - An order that is SUCCESS is Paid, and nothing else is.
//   - PAYERROR is Unknown. WeChat says with it that the payment failed, and that
//     the order is to be reversed; payers have been charged for such orders. It is
//     told as Broken, so that the caller cancels without waiting for the payer.
//   - REFUND is Reversed. WeChat calls an order so from its first refund on, also
//     of a part, and does not say how much. A caller that refunded it knows.
//   - A refusal is believed by Pay and ShowQR when it is signed and its code is
//     known to mean that no money moved (reasons.go); by Pay, where it finds
//     fault with the form of the request, only after a query in the same call.
//     Codes that are new, and all of 429 and 5xx, leave it open. To Query a
//     refusal is no answer about the order, except for ORDER_NOT_EXIST.
//   - A refusal of a refund, or of a capture, may be about a request that an
//     earlier call of the same number carried out. It is believed only after a
//     query in the same call.
//
// # Cancelling
//
// WeChat reverses what a payer's code paid and closes an unpaid QR; a QR that was
// paid is not taken back. Orders do not say which they are until they are paid,
// and merchants report that a reverse "succeeds" for orders that never were. So
// Cancel asks first, ends the order in the way that fits, and asks again: its
// result is what the second query says. The reverse's own word counts only when
// it is a refusal and the order stands as paid.
//
// # Deposits
//
// They are for service providers with a sub-merchant (Config.SubMchID), an API v2
// key and the API certificate. WeChat gives a capture no number of its own: a
// deposit is captured once, and what is left of it goes back to the payer by
// itself. So a capture is recognised by its amount, and one that keeps the rest,
// or a release of a part, is refused here. A capture is carried out some time
// after it was taken; until CONSUMED it stays unknown.
//
// # Bills
//
// A bill is a file, and its answer the only one that has no signature: the hash
// of its text, which was signed with its address, vouches for it (bill_file.go).
// The text is read by the names of its columns, each line of it or none, and
// compared with the sums at its end (bill_read.go).
//
// WeChat books money when it moves in or out of the merchant's account. So a
// refund stands in the bill of the day on which WeChat took it, also while it is
// on its way to the payer, and one that WeChat gave up again is left out
// (bill_line.go). A payment that was reversed has two lines, each on its day.
// What a deposit brings stands under the deposit's number.
//
// # Refusals without a signature
//
// WeChat does not sign its earliest refusals (a signature that it refuses, for
// one), and v2 signs none of those with return_code FAIL. Anybody between the
// till and WeChat could write such an answer, while the real request goes on and
// charges the payer. So a refusal without a signature leaves the money Unknown.
// Its code is handed on in Outcome.Code, and Outcome.Reason says
// ReasonMerchantSetup or ReasonBusy where it fits, so that the till can send for
// the manager while it goes on asking. A yes without a signature, or with one
// that does not fit, or older than five minutes, is ReasonWrongKeys.
//
// # What it will not do
//
// It never retries, keeps no state, listens to no notification, downloads no
// certificate, follows no redirect, and reads at most 1 MiB of an answer and 64
// MiB of a bill. (Go itself sends a v3 query again when the connection that it
// kept has died meanwhile. That moves nothing.) It sends only parameters that
// have a value. It logs neither keys, whole pay codes, addresses of bills nor raw
// answers.
package wechat

// Package cloudpay takes and gives back money of several wallets through one
// account at Tencent Cloud Pay (腾讯云支付): the payer's code scanned (micro_pay),
// a QR shown (scan_code_pay), query, close, refund and refund query of both. It
// also holds deposits (押金), captures and releases them, and tells what was booked
// on a day.
//
// The steps of a caller:
//
//  1. Fill a Config. Config.Problems lists what is wrong with it, one
//     ConfigError a field, before anything is sent.
//  2. Make one Channel with New and share it: all its methods may be called at
//     the same time. Close it when the settings change.
//  3. Make every number with Channel.OrderPrefix, and call the Channel through
//     payment.Channel and payment.Holder, which say what each answer means.
//     Order.Wallet and Hold.Wallet say whose money it is.
//  4. Read a day's bill with Channel.Bill, from ten o'clock of the next morning on.
//  5. Ask Channel.Probe when something is wrong. It moves no money.
//
// # What an answer is worth
//
// Every request goes the same way: build, authenticate, send, check the HTTP
// status, cap the body, verify the answer over its exact text, and only then
// read it (client.go, envelope.go). One place says what it means for the money
// (fold.go, fold_refund.go, fold_hold.go, fold_step.go). Its rules:
//
//   - status is about the call and never about the money. Paid, refunded or held
//     is said by the state in the one *_order_content_ext that an answer has, and
//     only of the number that was asked about, for the amount that was asked, and
//     while is_transforming does not say that the platform is still at work. The
//     trade_state beside it is not in the documents, has other values (4 on an
//     order that is paid) and is not read.
//   - 3 and 103 leave open what happened. So does every value that is in no table.
//   - 102 and 104 are a definite no, except for internal_status 407: this number was
//     sent before with another content, and the earlier request may have been
//     paid. That is never a no, and never a reason to take the order back. A 104
//     to a payment that does not say its internal_status may be this one, too.
//   - 102 also means "use another number". So after it the query has the last word.
//   - The states of UnionPay are in no document: its success is believed, and
//     everything else is asked about again.
//   - internal_status 400 (orders) and 426 (refunds) say that there is no such
//     number. They are in no document; the platform's own device SDK reads them so.
//   - A refund that was accepted is not a refund that was made. It waits until its
//     own state says so.
//
// # Answers without an authentication
//
// The platform does not authenticate 3 and 101. 101 is what it says to a wrong
// key or a wrong account, and anybody between the till and Cloud Pay could write
// it, while the real request goes on and charges the payer. If the till believed
// it, the cashier would charge a second time. So it leaves the money Unknown. Its
// code is handed on in Outcome.Code, and Outcome.Reason says ReasonMerchantSetup,
// so that the till can send for the manager while it goes on asking. Once the
// settings are right, the query settles the order.
//
// # Nothing is taken back by itself
//
// There is no cancel of a scanned code: the interface for it is gone from the
// documents, and where it worked it gave paid orders back. After two minutes the
// platform sends people to its back office (云支付小后台), and the till goes on
// asking (Policy.NoCancel). An order of which the wallet knows nothing, or which
// Cloud Pay itself does not know, is NotFound and stays so: whoever keeps the
// till has to decide when to believe that. A QR is closed, and then asked about.
// A deposit that was not confirmed cannot be closed at all: its QR ends by its
// own time, and one that the payer did confirm stands until it is released.
//
// # Bills
//
// There is no bill to download. Channel.Bill reads query_order_list, all pages of
// the orders that were paid in the day and of the refunds that were begun in it,
// and says ErrBillLater until such lists are settled (bill.go). Three things about
// them are in no document and were decided here: which filter of time counts (the
// lines are checked against the day, so that another reading of it is an error and
// not a wrong bill), whether "only success" has orders that were refunded since
// (so everything is asked for), and from when on a line has its fee.
//
// # Hosts
//
// Cloud Pay has one host and three to stand in for it; hosts.go says when which
// one is asked.
//
// # What it will not do
//
// It never sends a request that can move money twice, keeps no orders, follows no
// redirect and reads at most 1 MiB of an answer. It leaves out fields that have
// no value: an empty one means "clear it". It logs neither keys, whole pay codes
// nor raw answers. The part of an amount that no discount may touch
// (Undiscountable) has no place in its requests and is not sent.
package cloudpay

// Package alipay takes and gives back money through Alipay's gateway: the
// payer's code scanned (alipay.trade.pay), a QR shown (alipay.trade.precreate),
// and query, cancel, refund and refund query of both. It also holds deposits
// face to face (当面资金授权, alipay.fund.auth.*), captures and releases them, and
// reads the bills of trades.
//
// The steps of a caller:
//
//  1. Fill a Config. Config.Problems lists what is wrong with it, one
//     ConfigError a field, before anything is sent.
//  2. Make one Channel with New and share it: all its methods may be called at
//     the same time. Close it when the settings change.
//  3. Call it through payment.Channel, for deposits through payment.Holder and
//     for bills through payment.Biller, which say what each answer means.
//  4. Ask Channel.Probe when something is wrong. It moves no money.
//
// # What an answer is worth
//
// Every request goes the same way: build, sign, send, check the HTTP status,
// cap the body, verify the signature, decode (client.go). Only then does one
// place say what the answer means for the money (fold.go; for deposits
// fold_hold.go and fold_step.go). Its rules:
//
//   - 10000 is the gateway's "I understood". Paid, closed or refunded is said by
//     other fields, and only about the order that the answer names and for the
//     amount that was asked.
//   - 10003 counts as success in the library. It is Waiting: the payer has to
//     type a password.
//   - 20000 and any SYSTEM_ERROR, whatever code it comes with, may have moved
//     the money or not. They are Unknown.
//   - 40004 with another sub code is a definite no to Pay and ShowQR. To Query it
//     is no answer about the order, except for TRADE_NOT_EXIST.
//   - 40001 to 40003, 40005, 40006 and 20001 mean that the gateway turned the
//     request away unprocessed. For Pay and ShowQR, which are sent once, that is
//     Failed. For Query and Cancel it says nothing of the order: Unknown.
//
// # Deposits
//
// The methods of deposits answer a little differently:
//
//   - Their sub codes have no prefix, except for those of a capture, which is an
//     alipay.trade.pay without a pay code.
//   - 10000 with status SUCCESS is held or released. INIT and 10003 both wait for
//     the payer. An answer counts only for the deposit's number, the request's
//     number and the amount that were asked.
//   - A refusal may be about a request that an earlier call of the same number
//     carried out. Capture, Release and CancelHold believe a refusal, and Hold one
//     for its numbers, only after a query in the same call. So each of them may
//     take two requests, each with the deadline of one.
//   - A deposit of which something was captured goes by two names, finished and
//     closed. The sums decide, and where they are missing it is Unknown.
//
// # Bills
//
// The gateway says where the bill of a day is (bill.go); from there comes a ZIP
// (bill_file.go) with a list of trades in it (bill_parse.go, bill_row.go) that
// ends with its sums (bill_total.go). Nobody signs the ZIP. It is believed because
// its address is signed, because it travels by https, and because it adds up.
//
//   - All of it is understood or none is given out. The list quotes nothing, so a
//     comma in a text that some other program sent breaks the bill of that day;
//     this one sends none.
//   - What is read of a row is what cannot be taken in two ways. Signs differ from
//     bill to bill and are dropped: the kind of business says which way the money
//     went, and the fee.
//   - The discount is what the merchant did not receive, as in every other answer.
//
// # Refusals without a signature
//
// The gateway does not sign its earliest refusals (an app id that it does not
// know, for one). Anybody between the till and Alipay could write such an
// answer, a hotel's captive portal by accident and a thief on purpose, while
// the real request goes on and charges the payer. If the till believed it, the
// cashier would charge a second time. So a refusal without a signature leaves
// the money Unknown. Its code is handed on in Outcome.Code, and Outcome.Reason
// says ReasonMerchantSetup, so that the till can send for the manager while it
// goes on asking. Once the settings are right, the query settles the order.
//
// # What it will not do
//
// It never retries, keeps no state, downloads no certificate, follows no
// redirect and reads at most 1 MiB of an answer and 64 MiB of a bill, zipped or
// not. It sends only parameters that have a value. It logs neither keys, tokens,
// whole pay codes, the addresses of bills nor raw answers. Of bills it reads those
// of trades: neither those of the account (signcustomer) nor of months.
package alipay

// Package app holds what people do at the till: take a payment, put an
// unanswered one aside, give money back, print, find a sale again. It joins the
// ledger, the channels and the printer, and it alone decides what is done next
// about a payment.
//
// The steps of a caller:
//
//  1. Make a Till with NewTill and call Start: what the last run left open is
//     taken up again in the background.
//  2. Type an amount into an Entry; one Charge with one Draft id is one sale.
//  3. Call PayByCode, ShowQR or TakeCash. Calling twice with the same Draft
//     (double click, repeated scan) is still one payment. A deposit goes the
//     same way with HoldByCode, HoldQR and HoldCash, and days later with
//     Capture, Release and RefundCapture.
//  4. Watch the Payment until its Phase is final. Nothing has to be polled and
//     nothing is lost when nobody watches: every step is in the ledger before
//     the next one begins.
//
// The package draws no windows, writes no SQL and opens no connections itself.
package app

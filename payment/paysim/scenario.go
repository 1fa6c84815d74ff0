package paysim

import (
	"strconv"

	"frontdesk/payment"
)

// Scenario is one outcome that the last two digits of a pay code force, on a
// payment and on a hold.
type Scenario struct {
	Number int    // the two digits, 1 to 14
	Key    string // its name in the translation files; Key + ".expect" says what the till should show
	Hold   string // the same for a hold
	QR     bool   // also an outcome of ScanQR; the others are about the answer to a pay call
	Kept   bool   // once a correct till has settled it, the shop has the money, or it is set aside; where a channel has no cancel that gives money back, KeptAt
}

// Scenarios is the table of test codes, the same at every channel. A code with
// any other ending is paid, or held, at once. What is said here of answers is
// Alipay's; the other fronts say theirs where they give them.
//
// Number 12 is decided as the documents have it for a cancel that meets a paid
// trade: the money goes back and the answer says action "refund", so the tender
// ends reversed. Number 7 answers 20000 and number 8 answers 40004 with
// ACQ.SYSTEM_ERROR: both mean the same, and a till must know both. What the
// numbers say to a hold is told in alipay_fund_freeze.go.
//
// Cloud Pay cannot cancel a scanned code at all, and closing a QR gives nothing
// back. There 12 ends paid, 3 and 13 end by the wallet's own time, and what was
// refused (4, 5) leaves a closed order to be found by a query: see KeptAt.
//
// Number 14 charges the whole amount and settles less: a tenth of it, rounded
// down to the fen but at least one fen, is a discount of the merchant's own,
// limited to what the till lets be discounted. Refunds of it take the discount
// along in proportion, so that less than the refund leaves the merchant's account.
var Scenarios = []Scenario{
	{Number: 1, Key: "sim.scenario.01", Hold: "sim.hold.01", QR: true, Kept: true},   // paid at once
	{Number: 2, Key: "sim.scenario.02", Hold: "sim.hold.02", QR: true, Kept: true},   // waits for the password for two queries or Options.Password, then paid
	{Number: 3, Key: "sim.scenario.03", Hold: "sim.hold.03", QR: true, Kept: false},  // waits and is never paid
	{Number: 4, Key: "sim.scenario.04", Hold: "sim.hold.04", Kept: false},            // ACQ.BUYER_BALANCE_NOT_ENOUGH
	{Number: 5, Key: "sim.scenario.05", Hold: "sim.hold.05", Kept: false},            // ACQ.PAYMENT_AUTH_CODE_INVALID
	{Number: 6, Key: "sim.scenario.06", Hold: "sim.hold.06", Kept: true},             // charged, connection closed without an answer
	{Number: 7, Key: "sim.scenario.07", Hold: "sim.hold.07", Kept: true},             // charged, answered 20000 aop.ACQ.SYSTEM_ERROR
	{Number: 8, Key: "sim.scenario.08", Hold: "sim.hold.08", Kept: false},            // not charged, answered 40004 ACQ.SYSTEM_ERROR
	{Number: 9, Key: "sim.scenario.09", Hold: "sim.hold.09", Kept: true},             // charged, answered with HTTP 502 and a page
	{Number: 10, Key: "sim.scenario.10", Hold: "sim.hold.10", Kept: true},            // charged, the answer signed with another key
	{Number: 11, Key: "sim.scenario.11", Hold: "sim.hold.11", Kept: true},            // charged and answered after Options.Slow
	{Number: 12, Key: "sim.scenario.12", Hold: "sim.hold.12", QR: true, Kept: false}, // waits, is paid in the very moment of the cancel, and given back by it
	{Number: 13, Key: "sim.scenario.13", Hold: "sim.hold.13", QR: true, Kept: false}, // waits; two cancels end in a system error, the third closes it
	{Number: 14, Key: "sim.scenario.14", Hold: "sim.hold.14", QR: true, Kept: true},  // paid at once, with a discount that the merchant gives; a hold knows none
}

const (
	paidAtOnce = 1 + iota
	paidAfterPassword
	neverPaid
	balanceTooLow
	codeExpired
	replyLost
	errorButCharged
	errorNotCharged
	badGatewayButCharged
	wronglySigned
	slow
	paidAtCancel
	cancelUnknownTwice
	paidWithDiscount
)

// scenarioOf reads the number from a code's last two characters; anything
// that is not in the table is paid at once.
func scenarioOf(code payment.PayCode) int {
	if len(code) < 2 {
		return paidAtOnce
	}
	n, err := strconv.Atoi(string(code[len(code)-2:]))
	if err != nil || n < 1 || n > len(Scenarios) {
		return paidAtOnce
	}
	return n
}

// RefundCase is one outcome that the last digit of fen of a refund forces:
// 3.01 ends in 1.
type RefundCase struct {
	Digit int    // 1 to 5; every other digit is done and answered in order
	Key   string // its name in the translation files
	Done  bool   // the money has gone back after the first call
}

// RefundCases is the table of forced refunds. Repeating any of them with the
// same request number never moves money twice.
var RefundCases = []RefundCase{
	{Digit: 1, Key: "sim.refund.1", Done: true},  // done, connection closed without an answer
	{Digit: 2, Key: "sim.refund.2", Done: false}, // ACQ.SELLER_BALANCE_NOT_ENOUGH, however often it is asked
	{Digit: 3, Key: "sim.refund.3", Done: true},  // done, answered 20000 aop.ACQ.SYSTEM_ERROR
	{Digit: 4, Key: "sim.refund.4", Done: false}, // not done, answered 40004 ACQ.SYSTEM_ERROR; the same request again does it
	{Digit: 5, Key: "sim.refund.5", Done: true},  // done, answered without fund_change; the refund query says success
}

const (
	refundReplyLost = 1 + iota
	refundNoFunds
	refundErrorButDone
	refundErrorNotDone
	refundSilent
)

// StepCase is one outcome that the last digit of fen of a capture or a release
// forces: 3.01 ends in 1.
type StepCase struct {
	Digit int    // every digit that is not in the table is done and answered in order
	Key   string // its name in the translation files
	Done  bool   // the money has moved after the first call
}

// CaptureCases is the table of forced captures. Repeating any of them with the
// same order number never moves money twice.
var CaptureCases = []StepCase{
	{Digit: 1, Key: "sim.step.capture.1", Done: true},  // done, connection closed without an answer
	{Digit: 2, Key: "sim.step.capture.2", Done: false}, // ACQ.PAYMENT_REQUEST_HAS_RISK, however often it is asked
	{Digit: 3, Key: "sim.step.capture.3", Done: true},  // done, answered 20000 aop.ACQ.SYSTEM_ERROR
	{Digit: 4, Key: "sim.step.capture.4", Done: false}, // not done, answered 40004 ACQ.SYSTEM_ERROR; the same request again does it
	{Digit: 5, Key: "sim.step.capture.5", Done: false}, // answered 10003; done after two queries or Options.Password
}

// ReleaseCases is the table of forced releases. Repeating any of them with the
// same request number never frees money twice.
var ReleaseCases = []StepCase{
	{Digit: 1, Key: "sim.step.release.1", Done: true},  // done, connection closed without an answer
	{Digit: 2, Key: "sim.step.release.2", Done: false}, // PAYER_USER_STATUS_LIMIT, however often it is asked
	{Digit: 3, Key: "sim.step.release.3", Done: true},  // done, answered 20000 aop.unknow-error
	{Digit: 4, Key: "sim.step.release.4", Done: false}, // not done, answered 40004 SYSTEM_ERROR; the same request again does it
}

const (
	stepReplyLost = 1 + iota
	stepRefused
	stepErrorButDone
	stepErrorNotDone
	stepWaits // of a capture only
)

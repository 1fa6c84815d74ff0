package app

import (
	"errors"

	"frontdesk/payment"
)

// Problem is an error that has a sentence for the person at the till: the
// words under "problem.<Kind>". The cause is for the log only.
type Problem struct {
	Kind  ProblemKind
	Pairs []any // name, value, ... for the sentence's placeholders
	Cause error // may be nil
}

// ProblemKind names a sentence.
type ProblemKind string

const (
	ProblemAmountMissing  ProblemKind = "amount_missing"  // no amount typed
	ProblemAmountLimit    ProblemKind = "amount_limit"    // above the shop's limit: {limit}
	ProblemCodeUnknown    ProblemKind = "code_unknown"    // not a pay code, not a receipt
	ProblemWalletRefused  ProblemKind = "wallet_refused"  // no channel takes this {wallet}
	ProblemNoQR           ProblemKind = "no_qr"           // no channel can show a QR
	ProblemNoHold         ProblemKind = "no_hold"         // no channel can hold a deposit of this {wallet}
	ProblemHoldTooMuch    ProblemKind = "hold_too_much"   // at most {left} is still held
	ProblemNotHeld        ProblemKind = "not_held"        // nothing of the deposit is held
	ProblemKeepRest       ProblemKind = "keep_rest"       // this wallet always gives the rest back with a capture
	ProblemReleasePart    ProblemKind = "release_part"    // this wallet only gives a whole deposit free
	ProblemNoCancel       ProblemKind = "no_cancel"       // this payment cannot be cancelled here; the till goes on asking
	ProblemStepOpen       ProblemKind = "step_open"       // an earlier capture or release has no result yet
	ProblemPaymentOpen    ProblemKind = "payment_open"    // another payment of this sale is on its way
	ProblemSaleDone       ProblemKind = "sale_done"       // nothing is left to pay
	ProblemCashShort      ProblemKind = "cash_short"      // less handed over than asked for
	ProblemCashSplit      ProblemKind = "cash_split"      // part of more than what is left
	ProblemNotFound       ProblemKind = "not_found"       // no such sale
	ProblemNotPaid        ProblemKind = "not_paid"        // nothing to give back
	ProblemRefundTooMuch  ProblemKind = "refund_too_much" // at most {left}
	ProblemRefundReason   ProblemKind = "refund_reason"   // a reason is required
	ProblemRefundOpen     ProblemKind = "refund_open"     // an earlier refund has no result yet
	ProblemChannelMissing ProblemKind = "channel_missing" // the {channel} of this tender is not set up now
	ProblemDiskFull       ProblemKind = "disk_full"       //
	ProblemFileFull       ProblemKind = "file_full"       // there is no room for the file that was to be written
	ProblemReadOnly       ProblemKind = "read_only"       // another window owns the till
	ProblemLedger         ProblemKind = "ledger"          // the ledger refused to write
	ProblemSetting        ProblemKind = "setting"         // a value that cannot be: {key}
	ProblemPINForm        ProblemKind = "pin_form"        // a PIN has {least} to {most} digits
	ProblemPINWeak        ProblemKind = "pin_weak"        // a PIN that everybody tries first
	ProblemPINWrong       ProblemKind = "pin_wrong"       // not this person's PIN; the next try in {wait} seconds, 0 for at once
	ProblemPINWait        ProblemKind = "pin_wait"        // too many wrong PINs: the next try in {wait} seconds
	ProblemGone           ProblemKind = "person_gone"     // {name} does not work here any more
	ProblemNoRight        ProblemKind = "no_right"        // this person may not do that: {right}
	ProblemLocked         ProblemKind = "locked"          // nobody has said who is at the till
	ProblemLastOwner      ProblemKind = "last_owner"      // one owner has to stay
	ProblemSelf           ProblemKind = "person_self"     // nobody removes themself
	ProblemNameTaken      ProblemKind = "name_taken"      // somebody else has this name
	ProblemShiftOpen      ProblemKind = "shift_open"      // a shift is open already
	ProblemNoShift        ProblemKind = "no_shift"        // no shift is open
	ProblemCashReason     ProblemKind = "cash_reason"     // a reason is required
	ProblemDrawerShort    ProblemKind = "drawer_short"    // only {left} is in the drawer
	ProblemDrawerLess     ProblemKind = "drawer_less"     // the same, to somebody who may not know how much there is
	ProblemCount          ProblemKind = "count"           // a count that cannot be
	ProblemDifference     ProblemKind = "difference"      // a difference of {difference} needs a reason
)

// Error is for the log; it names the kind and the cause.
func (p *Problem) Error() string {
	if p.Cause != nil {
		return "app: " + string(p.Kind) + ": " + p.Cause.Error()
	}
	return "app: " + string(p.Kind)
}

func (p *Problem) Unwrap() error { return p.Cause }

// ProblemOf finds the Problem in err; ok is false when there is none.
func ProblemOf(err error) (*Problem, bool) {
	var p *Problem
	ok := errors.As(err, &p)
	return p, ok
}

func problem(kind ProblemKind, pairs ...any) *Problem { return &Problem{Kind: kind, Pairs: pairs} }

// amountProblem words the errors of payment.ParseAmount and Amount.Check.
func amountProblem(err error, limit payment.Amount) error {
	if errors.Is(err, payment.ErrTooLarge) {
		return &Problem{Kind: ProblemAmountLimit, Pairs: []any{"limit", limit.Grouped()}, Cause: err}
	}
	return &Problem{Kind: ProblemAmountMissing, Cause: err}
}

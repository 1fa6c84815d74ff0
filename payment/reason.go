package payment

// Reason says why money did not move, or did not arrive, in the till's own terms
// and for every channel alike. The sentences for the cashier (what happened, what to do) are
// in the translation files under "reason.<value>.what" and "reason.<value>.do".
type Reason string

const (
	ReasonNone          Reason = ""
	ReasonCodeInvalid   Reason = "code_invalid"    // expired, used or mistaken pay code
	ReasonBalance       Reason = "balance"         // payer lacks funds
	ReasonPayerLimit    Reason = "payer_limit"     // payer's day or month limit
	ReasonPayerSwitch   Reason = "payer_switch"    // payer must switch pay-by-code or balance payment on
	ReasonPayerCannot   Reason = "payer_cannot"    // no usable card or wallet, account restricted
	ReasonPayerApp      Reason = "payer_app"       // the payer's app is too old
	ReasonRisk          Reason = "risk"            // refused by risk control
	ReasonSelf          Reason = "self"            // payer and merchant are the same person
	ReasonPhone         Reason = "phone"           // the payer's phone could not be reached for the password, or the payment broke off
	ReasonOrderUsed     Reason = "order_used"      // order number used for something else: a new attempt gets a new one
	ReasonOrderClosed   Reason = "order_closed"    // the order is closed already
	ReasonRequest       Reason = "request"         // the channel finds a field of the request wrong
	ReasonMerchantLimit Reason = "merchant_limit"  // a limit of the merchant's contract
	ReasonMerchantSetup Reason = "merchant_setup"  // contract, rights, keys or account: the doctor's case
	ReasonMerchantFunds Reason = "merchant_funds"  // merchant balance too low for a refund
	ReasonTooOld        Reason = "too_old"         // past the channel's time for a refund or cancel
	ReasonRefundTooMuch Reason = "refund_too_much" // more than is left to refund
	ReasonNoRefund      Reason = "no_refund"       // this trade cannot be refunded, or only as a whole
	ReasonRefundStuck   Reason = "refund_stuck"    // the refund could not be delivered: its money waits at the merchant's account until a person acts in the channel's back office
	ReasonHoldTooMuch   Reason = "hold_too_much"   // more than is left of the deposit
	ReasonHoldClosed    Reason = "hold_closed"     // nothing of the deposit is left: captured, released or expired
	ReasonHoldNotHeld   Reason = "hold_not_held"   // the payer has not confirmed the deposit
	ReasonHoldMissing   Reason = "hold_missing"    // the channel does not know the deposit
	ReasonBusy          Reason = "busy"            // the channel asks to slow down
	ReasonWrongKeys     Reason = "wrong_keys"      // an answer whose signature does not fit the configured key
	ReasonNotAccepted   Reason = "not_accepted"    // no channel here takes this wallet
	ReasonCancelled     Reason = "cancelled"       // closed by the cashier
	ReasonTimeout       Reason = "timeout"         // the payer did not pay in time
	ReasonOther         Reason = "other"           // a definite no with a code that is not in the table
)

// Reasons lists every reason that has a sentence.
var Reasons = []Reason{
	ReasonCodeInvalid, ReasonBalance, ReasonPayerLimit, ReasonPayerSwitch, ReasonPayerCannot, ReasonPayerApp, ReasonRisk,
	ReasonSelf, ReasonPhone, ReasonOrderUsed, ReasonOrderClosed, ReasonRequest, ReasonMerchantLimit, ReasonMerchantSetup,
	ReasonMerchantFunds, ReasonTooOld, ReasonRefundTooMuch, ReasonNoRefund, ReasonRefundStuck, ReasonHoldTooMuch,
	ReasonHoldClosed, ReasonHoldNotHeld, ReasonHoldMissing, ReasonBusy, ReasonWrongKeys, ReasonNotAccepted, ReasonCancelled, ReasonTimeout, ReasonOther,
}

// MayRetry reports whether the cashier may simply try the same payment again.
func (r Reason) MayRetry() bool {
	switch r {
	case ReasonCodeInvalid, ReasonBalance, ReasonPayerSwitch, ReasonPayerApp, ReasonPhone, ReasonOrderUsed, ReasonOrderClosed,
		ReasonBusy, ReasonCancelled, ReasonTimeout:
		return true
	}
	return false
}

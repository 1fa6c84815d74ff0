package alipay

import (
	"fmt"

	"frontdesk/payment"
	"frontdesk/payment/wire"
)

// holdMismatch says why the answer is not about the operation requestNo of the
// deposit h; nil when it is, or when it names none, as refusals do.
func (a answer) holdMismatch(h payment.Hold, requestNo string) error {
	switch {
	case a.OutOrderNo != "" && string(a.OutOrderNo) != h.OutOrderNo:
		return fmt.Errorf("the answer is about another deposit: %s", token(a.OutOrderNo))
	case a.OutRequestNo != "" && string(a.OutRequestNo) != requestNo:
		return fmt.Errorf("the answer is about another request of the deposit: %s", token(a.OutRequestNo))
	case a.AuthNo != "" && h.AuthNo != "" && string(a.AuthNo) != h.AuthNo:
		return fmt.Errorf("the answer is about another deposit of Alipay's: %s", token(a.AuthNo))
	}
	return nil
}

// namesHold reports whether the answer says which deposit and which of its
// requests it is about. A yes must; holdMismatch has compared them.
func (a answer) namesHold() bool { return a.OutOrderNo != "" && a.OutRequestNo != "" }

// isOperation reports whether the query answered about this kind of operation,
// or does not say about which.
func (a answer) isOperation(kind string) bool {
	return a.OperationType == "" || string(a.OperationType) == kind
}

// noSuchOperation reports a refusal that says that the deposit, or this
// operation of it, does not exist.
func (a answer) noSuchOperation() bool {
	return a.has("AUTH_ORDER_NOT_EXIST") || a.has("AUTH_OPERATION_NOT_EXIST")
}

// holdExists reports a refusal of a freeze that says that the deposit's numbers
// are known already, by an earlier request that got lost.
func (a answer) holdExists() bool {
	for _, part := range []string{"FREEZE_ALREADY_SUCCESS", "UNIQUE_VIOLATION", "ORDER_ALREADY_FINISH", "ORDER_ALREADY_CLOSED",
		"AUTH_ORDER_HAS_FINISHED", "AUTH_ORDER_HAS_CLOSED"} {
		if a.has(part) {
			return true
		}
	}
	return false
}

// payerID is the account number, or the open id that newer applications get in
// its place.
func (a answer) payerID() string {
	const longestOpenID = 128
	if a.PayerUserID != "" {
		return token(a.PayerUserID)
	}
	return wire.Clip(string(a.PayerOpenID), longestOpenID)
}

// sums are what is left of a deposit and what was captured. ok is false when
// the answer does not say both, or when they cannot be true.
func (a answer) sums(deposit payment.Amount) (rest, captured payment.Amount, ok bool) {
	rest, err1 := payment.ParseAmount(string(a.RestAmount))
	captured, err2 := payment.ParseAmount(string(a.TotalPayAmount))
	if err1 != nil || err2 != nil || rest+captured > deposit {
		return 0, 0, false
	}
	return rest, captured, true
}

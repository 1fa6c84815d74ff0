package cloudpay

import "frontdesk/payment"

// The platforms that answers name.
const (
	wxpay  = "wxpay"
	alipay = "alipay"
)

// standing is what a state means for the money. The zero value leaves it open:
// every number that is not in a table does.
type standing struct {
	result   payment.Result
	password bool           // the payer is asked on the phone
	reason   payment.Reason // of Failed
}

// orderState reads the state of an order. An order that ended has two stories,
// never paid, or paid and given back. In both nothing of it is with the merchant
// and nothing more can come; signs of a payment make it the second one.
//
// At WeChat a refund of any part makes the order a refunded one, and no field
// says how much it was. It is read as given back: such an order was known as
// paid before anybody refunded it, so the till has no question left about it.
func orderState(o order, w payment.Wallet) standing {
	ended := standing{result: payment.Closed}
	if o.wasPaid() {
		ended.result = payment.Reversed
	}
	switch o.platform {
	case wxpay:
		switch o.state {
		case 1, 12: // begun; accepted
			return standing{result: payment.Waiting}
		case 2, 3: // by code; by QR
			return standing{result: payment.Paid}
		case 4:
			return standing{result: payment.Reversed}
		case 5: // the payer stopped it
			return standing{result: payment.Failed, reason: payment.ReasonPhone}
		case 6: // a QR that waits
			return standing{result: payment.Waiting}
		case 7, 8: // closed; taken back
			return ended
		case 9:
			return standing{result: payment.Waiting, password: true}
		case 10:
			return standing{result: payment.Failed, reason: payment.ReasonOther}
		case 11: // Cloud Pay has it and WeChat has not
			return standing{result: payment.NotFound}
		}
	case alipay:
		switch o.state {
		case 1:
			return standing{result: payment.Waiting}
		case 2, 6: // 6: too old to be refunded
			return standing{result: payment.Paid}
		case 4: // of a QR it may not have been scanned yet
			return standing{result: payment.Waiting, password: o.kind != tradeQR}
		case 5: // closed, or refunded in full
			return ended
		case 7: // Alipay has no such trade; so it is with every QR that nobody scanned
			return standing{result: payment.NotFound}
		}
	case "":
	default:
		// The states of UnionPay are in no document. In all tables that there are
		// 1 begins and 2 is the success; nothing else is believed.
		if w != payment.WalletUnionPay {
			break
		}
		switch o.state {
		case 1:
			return standing{result: payment.Waiting}
		case 2:
			return standing{result: payment.Paid}
		}
	}
	return standing{}
}

// captureState reads the state of an order that was captured from a deposit.
// One that was refunded since was captured first.
func captureState(o order) standing {
	if o.platform == wxpay && o.state == 14 {
		return standing{result: payment.Paid}
	}
	s := orderState(o, payment.WalletNone)
	if s.result == payment.Reversed {
		s.result = payment.Paid
	}
	return s
}

// stepState is where a refund or a release stands.
type stepState int

const (
	stepOpen stepState = iota
	stepWorking
	stepDone
	stepFailed
	stepReturned // a refund that could not reach the payer and came back
	stepMissing  // Cloud Pay has it and the wallet has not
)

func refundState(r refund) stepState {
	switch r.state {
	case 1, 4:
		return stepWorking
	case 2:
		return stepDone
	case 3:
		return stepFailed
	case 5:
		if r.platform == wxpay {
			return stepReturned
		}
		if r.platform == alipay {
			return stepMissing
		}
	case 6:
		if r.platform == wxpay {
			return stepMissing
		}
	}
	return stepOpen
}

func unfreezeState(u unfreeze) stepState {
	switch u.state {
	case 1:
		return stepWorking
	case 2:
		return stepDone
	case 3:
		return stepFailed
	case 4, 5:
		return stepMissing
	}
	return stepOpen
}

// freezeState reads the state of a deposit; spent says that nothing of it is
// set aside any more, whatever became of it.
func freezeState(f freeze) (result payment.Result, spent bool) {
	switch f.platform {
	case wxpay:
		switch f.state {
		case 1, 3:
			return payment.Waiting, false
		case 2:
			return payment.Held, false
		case 4, 6: // the payer stopped it; an error
			return payment.Closed, false
		case 5:
			return payment.Held, true
		case 7:
			return payment.NotFound, false
		}
	case alipay:
		switch f.state {
		case 1:
			return payment.Waiting, false
		case 2:
			return payment.Held, false
		case 3: // closed, or released and captured altogether
			if f.endedAt.IsZero() && f.captured == 0 && f.released == 0 {
				return payment.Closed, false
			}
			return payment.Held, true
		case 4:
			return payment.NotFound, false
		}
	}
	return "", false
}

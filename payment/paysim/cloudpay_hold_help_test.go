package paysim

import (
	"fmt"

	"frontdesk/payment"
)

// freezeBody is the request to hold with a code.
func (l *cloudTill) freezeBody(no string, w payment.Wallet, fen int, code string) fields {
	return l.request(w, fields{"freeze_content": fields{
		"out_freeze_no": no, "author_code": code, "freeze_fee": fen, "fee_type": "CNY", "body": "客房押金",
	}})
}

func (l *cloudTill) freeze(no string, w payment.Wallet, fen, scenario int) heard {
	l.t.Helper()
	return l.ask("micro_freeze", l.freezeBody(no, w, fen, l.FreshCodeOf(w, scenario)))
}

// held holds an amount at once under a new number.
func (l *cloudTill) held(w payment.Wallet, fen int) (no string) {
	l.t.Helper()
	no = l.number()
	h := l.freeze(no, w, fen, 1)
	want(l.t, "freeze", fmt.Sprint(h, " ", h.holdState()), "0/0 2")
	return no
}

// holdState is the hold's state, wherever its wallet puts it.
func (h heard) holdState() int {
	return max(h.num("freeze_order_content.wxpay_freeze_order_content_ext.current_trade_state"),
		h.num("freeze_order_content.alipay_freeze_order_content_ext.current_trade_state"))
}

// releaseState is the release's state in the same way.
func (h heard) releaseState() int {
	return max(h.num("unfreeze_order_content.wxpay_unfreeze_order_content_ext.current_trade_state"),
		h.num("unfreeze_order_content.alipay_unfreeze_order_content_ext.current_trade_state"))
}

func (l *cloudTill) queryHold(no string, w payment.Wallet) heard {
	l.t.Helper()
	return l.ask("query_freeze_order", l.request(w, fields{"out_freeze_no": no}))
}

func (l *cloudTill) consumeBody(hold string, w payment.Wallet, no string, fen int, freeRest bool) fields {
	return l.request(w, fields{"pay_content": fields{
		"out_trade_no": no, "total_fee": fen, "fee_type": "CNY", "body": "房费", "out_freeze_no": hold, "is_confirm_unfreeze": freeRest,
	}})
}

func (l *cloudTill) consume(hold string, w payment.Wallet, no string, fen int, freeRest bool) heard {
	l.t.Helper()
	return l.ask("deposit_consume", l.consumeBody(hold, w, no, fen, freeRest))
}

func (l *cloudTill) unfreezeBody(hold string, w payment.Wallet, no string, fen int) fields {
	body := l.request(w, fields{"unfreeze_content": fields{"out_freeze_no": hold, "out_unfreeze_no": no, "unfreeze_fee": fen, "remark": "退还押金"}})
	return set(body, "pay_mch_key.is_sub_admin", true)
}

func (l *cloudTill) unfreeze(hold string, w payment.Wallet, no string, fen int) heard {
	l.t.Helper()
	return l.ask("unfreeze", l.unfreezeBody(hold, w, no, fen))
}

func (l *cloudTill) queryRelease(hold string, w payment.Wallet, no string) heard {
	l.t.Helper()
	more := fields{"out_freeze_no": hold}
	if no != "" {
		more["out_unfreeze_no"] = no
	}
	return l.ask("query_unfreeze_order", l.request(w, more))
}

// wantHeld compares one hold of the book.
func (l *cloudTill) wantHeld(no string, state State, held, captured, released payment.Amount) {
	l.t.Helper()
	h, ok := l.Truth().Holds[no]
	if !ok {
		l.t.Errorf("hold %s is not in the book", no)
		return
	}
	if h.State != state || h.Held != held || h.Captured != captured || h.Released != released {
		l.t.Errorf("hold %s: the book has %s, held %d, captured %d, released %d; want %s, %d, %d, %d",
			no, h.State, h.Held, h.Captured, h.Released, state, held, captured, released)
	}
}

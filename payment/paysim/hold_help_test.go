package paysim

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"strings"
	"testing"

	"frontdesk/payment"
)

// freezeBiz is the biz_content of a plain hold; the request number is the
// order number.
func freezeBiz(no, amount, code string) fields {
	return fields{
		"out_order_no": no, "out_request_no": no, "order_title": "客房押金", "amount": amount, "product_code": "PRE_AUTH",
		"auth_code": code, "auth_code_type": "bar_code",
	}
}

// but is biz_content with some fields changed; nil takes a field away.
func but(biz, set fields) fields {
	biz = maps.Clone(biz)
	for k, v := range set {
		if v == nil {
			delete(biz, k)
		} else {
			biz[k] = v
		}
	}
	return biz
}

func (l *till) freezeWith(no, amount, code string) said {
	l.t.Helper()
	return l.ask("alipay.fund.auth.order.freeze", freezeBiz(no, amount, code))
}

// heldOrder holds an amount at once under a new number.
func (l *till) heldOrder(amount string) (no, authNo string) {
	l.t.Helper()
	no = l.orderNo()
	a := l.freezeWith(no, amount, l.FreshCode(1))
	want(l.t, "freeze", a.String()+" "+a.text("status"), "10000 SUCCESS")
	return no, a.text("auth_no")
}

func voucherBiz(no, amount string) fields {
	return but(freezeBiz(no, amount, ""), fields{"auth_code": nil, "auth_code_type": nil})
}

func (l *till) showHoldQR(no, amount string) said {
	l.t.Helper()
	return l.ask("alipay.fund.auth.order.voucher.create", voucherBiz(no, amount))
}

// detailNo asks for the operation with a request number of a hold.
func (l *till) detailNo(no, request string) said {
	l.t.Helper()
	return l.ask("alipay.fund.auth.operation.detail.query", fields{"out_order_no": no, "out_request_no": request})
}

// holdStatus is what the query of the hold itself says in short.
func (l *till) holdStatus(no string) string {
	l.t.Helper()
	a := l.detailNo(no, no)
	if a.Code != "10000" {
		return a.String()
	}
	return a.text("order_status") + " " + a.text("status") + " " + a.text("rest_amount")
}

func (l *till) cancelHoldNo(no string) said {
	l.t.Helper()
	return l.ask("alipay.fund.auth.operation.cancel", fields{"out_order_no": no, "out_request_no": no, "remark": "撤销押金"})
}

func (l *till) unfreezeBiz(authNo, amount, request string) fields {
	return fields{"auth_no": authNo, "out_request_no": request, "amount": amount, "remark": "退还押金"}
}

func (l *till) unfreeze(authNo, amount, request string) said {
	l.t.Helper()
	return l.ask("alipay.fund.auth.order.unfreeze", l.unfreezeBiz(authNo, amount, request))
}

// captureBiz is the biz_content of a payment out of a hold that keeps the rest.
func (l *till) captureBiz(authNo, no, amount string) fields {
	return fields{
		"out_trade_no": no, "total_amount": amount, "subject": "房费", "product_code": "PRE_AUTH", "auth_no": authNo,
		"buyer_id": phone.UserID, "seller_id": l.SellerID, "auth_confirm_mode": "NOT_COMPLETE",
	}
}

func (l *till) captureKeeping(authNo, no, amount string) said {
	l.t.Helper()
	return l.ask("alipay.trade.pay", l.captureBiz(authNo, no, amount))
}

func (l *till) captureAndRelease(authNo, no, amount string) said {
	l.t.Helper()
	return l.ask("alipay.trade.pay", but(l.captureBiz(authNo, no, amount), fields{"auth_confirm_mode": "COMPLETE"}))
}

// wantHold compares one hold of the book.
func (l *till) wantHold(no string, state State, held, captured, released payment.Amount) {
	l.t.Helper()
	h, ok := l.Truth().Holds[no]
	if !ok && state != "" {
		l.t.Errorf("hold %s is not in the book", no)
		return
	}
	if h.State != state || h.Held != held || h.Captured != captured || h.Released != released || h.Rest != held-captured-released {
		l.t.Errorf("hold %s: the book has %s, held %d, captured %d, released %d, rest %d; want %s, %d, %d, %d",
			no, h.State, h.Held, h.Captured, h.Released, h.Rest, state, held, captured, released)
	}
}

// each runs f on a fresh till for each row.
func each[T any](t *testing.T, rows []T, name func(T) string, f func(t *testing.T, l *till, row T)) {
	t.Helper()
	for _, row := range rows {
		t.Run(name(row), func(t *testing.T) { f(t, startTill(t, Options{}), row) })
	}
}

// attempt sends a request that may be broken on its way: then broken says how,
// and what came, if anything, is not to be believed.
func (l *till) attempt(method string, biz fields) (a said, broken string) {
	l.t.Helper()
	v := l.sign(l.params(method, biz))
	r, err := http.Post(l.URL(), "application/x-www-form-urlencoded", strings.NewReader(v.Encode()))
	if err != nil {
		return said{}, "closed"
	}
	raw, err := io.ReadAll(r.Body)
	r.Body.Close()
	if err != nil || r.StatusCode != 200 || !json.Valid(raw) {
		return said{}, "garbage"
	}
	r.Body = io.NopCloser(bytes.NewReader(raw))
	a = l.read(r, nil)
	switch {
	case !a.Signed:
		return said{}, "not to be believed"
	case strings.Contains(a.Raw, "ANOTHER_ORDER"):
		return said{}, "about another"
	}
	return a, ""
}

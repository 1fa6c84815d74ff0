package cloudpay_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"frontdesk/payment"
)

// A no that asks for a new number may be about this number: the query decides.
func TestANoToTheNumberIsAskedAbout(t *testing.T) {
	for name, tt := range map[string]struct {
		query string
		want  payment.Result
	}{
		"nobody knows it":  {refusal(104, 400, "订单不存在"), payment.Failed},
		"it failed":        {done("query_order", orderIs("wxpay", 10)), payment.Failed},
		"it is closed":     {done("query_order", strings.Replace(orderIs("alipay", 5), `"time_end":1566803217,`, "", 1)), payment.Failed},
		"it was paid":      {done("query_order", orderIs("wxpay", 2)), payment.Paid},
		"it waits":         {done("query_order", orderIs("wxpay", 9)), payment.Waiting},
		"it was refunded":  {done("query_order", orderIs("wxpay", 4)), payment.Unknown},
		"nobody says it":   {refusal(103, 21, "系统繁忙"), payment.Unknown},
		"it is forbidden":  {refusal(104, 500, "权限不足"), payment.Unknown},
		"the second's 407": {refusal(104, 407, "单号重复"), payment.Unknown},
	} {
		g := says(t, map[string]string{"micro_pay": refusal(102, 406, "单号重复，请换新单号重试。"), "scan_code_pay": refusal(102, 406, "单号重复"), "query_order": tt.query})
		channel := newChannel(t, config(g.URL))
		if out := channel.Pay(t.Context(), payRequest()); out.Result != tt.want || out.Result == payment.Failed && out.Reason != payment.ReasonOrderUsed {
			t.Errorf("%s: %+v, want %s", name, out, tt.want)
		}
		want := tt.want
		if want != payment.Failed {
			want = payment.Unknown // its QR is lost, so it must be closed
		}
		if qr, out := channel.ShowQR(t.Context(), qrRequest()); out.Result != want || qr != "" {
			t.Errorf("%s: the QR %+v, want %s", name, out, want)
		}
	}
}

func TestANoToADepositsNumberIsAskedAbout(t *testing.T) {
	state := func(n int, more string) string {
		return done("query_freeze_order", fmt.Sprintf(`{"freeze_order_content":{"out_freeze_no":"%s","freeze_fee":50000%s,"alipay_freeze_order_content_ext":{"current_trade_state":%d}}}`, holdNo, more, n))
	}
	for name, tt := range map[string]struct {
		query string
		want  payment.Result
	}{
		"nobody knows it": {refusal(104, 400, "冻结单不存在"), payment.Failed},
		"it is closed":    {state(3, ""), payment.Failed},
		"it is held":      {state(2, `,"time_end":1564386782,"total_consume_fee":0,"total_manual_unfreeze_fee":0`), payment.Held},
		"it waits":        {state(1, ""), payment.Waiting},
		"nobody says it":  {refusal(103, 21, "系统繁忙"), payment.Unknown},
	} {
		g := says(t, map[string]string{"micro_freeze": refusal(102, 406, "单号重复"), "scancode_freeze": refusal(102, 406, "单号重复"), "query_freeze_order": tt.query})
		channel := newChannel(t, config(g.URL))
		if out := channel.Hold(t.Context(), holdRequest(payment.WalletAlipay)); out.Result != tt.want || out.Result == payment.Failed && out.Reason != payment.ReasonOrderUsed {
			t.Errorf("%s: %+v, want %s", name, out, tt.want)
		}
		want := tt.want
		if want != payment.Failed {
			want = payment.Unknown // its QR is lost
		}
		if qr, out := channel.HoldQR(t.Context(), holdRequest(payment.WalletAlipay)); qr != "" || out.Result != want || out.Known || (out.Detail == nil) != (want == payment.Failed) {
			t.Errorf("%s: the QR %+v, want %s", name, out, want)
		}
	}
}

// The trap of the documents: this no is about an order that may be paid.
func TestADuplicateIsNeverANo(t *testing.T) {
	g := says(t, map[string]string{"micro_pay": refusal(104, 407, "单号重复"), "micro_freeze": refusal(104, 407, "单号重复"), "deposit_consume": refusal(104, 407, ""), "refund": refusal(104, 407, "")})
	channel := newChannel(t, config(g.URL))
	if out := channel.Pay(t.Context(), payRequest()); out.Result != payment.Unknown || out.Code != "104/407" || out.Reason != payment.ReasonNone {
		t.Errorf("payment: %+v", out)
	}
	if out := channel.Hold(t.Context(), holdRequest(payment.WalletAlipay)); out.Result != payment.Unknown {
		t.Errorf("deposit: %+v", out)
	}
	if out := channel.Capture(t.Context(), captureRequest(payment.WalletAlipay)); out.State != payment.RefundUnknown {
		t.Errorf("capture: %+v", out)
	}
	if out := channel.Refund(t.Context(), refundRequest()); out.State != payment.RefundUnknown {
		t.Errorf("refund: %+v", out)
	}
}

// A scanned code is never cancelled, in whatever state it is: nothing but the
// question goes out.
func TestAScannedCodeIsNeverCancelled(t *testing.T) {
	for _, tt := range []struct {
		platform string
		state    int
		want     payment.Result
	}{
		{"wxpay", 1, payment.Failed}, {"wxpay", 2, payment.Failed}, {"wxpay", 9, payment.Failed}, {"wxpay", 11, payment.Failed}, {"alipay", 4, payment.Failed},
		{"wxpay", 10, payment.Failed}, {"wxpay", 4, payment.Reversed}, {"wxpay", 42, payment.Unknown},
	} {
		g := says(t, map[string]string{"query_order": done("query_order", orderIs(tt.platform, tt.state))})
		out := newChannel(t, config(g.URL)).Cancel(t.Context(), theOrder)
		if out.Result != tt.want || out.Result == payment.Failed && (out.Code != "no_cancel" || out.Reason == payment.ReasonNone) {
			t.Errorf("%s %d: %+v", tt.platform, tt.state, out)
		}
	}
	g := says(t, map[string]string{"query_order": refusal(104, 400, "订单不存在")})
	if out := newChannel(t, config(g.URL)).Cancel(t.Context(), theOrder); out.Result != payment.NotFound {
		t.Errorf("an order that nobody knows: %+v", out)
	}
	g = says(t, map[string]string{"query_order": done("query_order", strings.Replace(orderIs("wxpay", 6), `"trade_type":1,`, "", 1))})
	if out := newChannel(t, config(g.URL)).Cancel(t.Context(), theOrder); out.Result != payment.Unknown {
		t.Errorf("an order that does not say what it is: %+v", out)
	}
}

func TestAQRIsClosedAndThenAskedAbout(t *testing.T) {
	qr := func(platform string, state int) string {
		return done("query_order", strings.NewReplacer(`"trade_type":1`, `"trade_type":2`, `"time_end":1566803217,`, ``).Replace(orderIs(platform, state)))
	}
	paid := done("query_order", strings.Replace(orderIs("wxpay", 3), `"trade_type":1`, `"trade_type":2`, 1))
	closed, busy, no := done("close_order", `{"nonce_str":"x"}`), refusal(103, 21, "系统繁忙"), refusal(104, 302, "订单已支付")
	for name, tt := range map[string]struct {
		before, close, after string
		want                 payment.Result
		asked                int
	}{
		"it was not scanned":                  {qr("wxpay", 6), closed, qr("wxpay", 7), payment.Closed, 3},
		"of Alipay, not scanned":              {qr("alipay", 7), closed, qr("alipay", 5), payment.Closed, 3},
		"of Alipay, unknown to it afterwards": {qr("alipay", 7), closed, qr("alipay", 7), payment.NotFound, 3},
		"of Alipay, scanned":                  {qr("alipay", 4), closed, qr("alipay", 5), payment.Closed, 3},
		"paid before":                         {paid, "", "", payment.Failed, 1},
		"paid meanwhile":                      {qr("wxpay", 6), no, paid, payment.Failed, 3},
		"paid though it was closed":           {qr("wxpay", 6), closed, paid, payment.Failed, 3},
		"closed before":                       {qr("wxpay", 7), "", "", payment.Closed, 1},
		"accepted, and still waiting":         {qr("wxpay", 6), closed, qr("wxpay", 6), payment.Unknown, 3},
		"refused, and still waiting":          {qr("wxpay", 6), no, qr("wxpay", 6), payment.Unknown, 3},
		"refused, and nobody knows it":        {qr("alipay", 7), no, qr("alipay", 7), payment.Unknown, 3},
		"no answer, and closed":               {qr("wxpay", 6), busy, qr("wxpay", 7), payment.Closed, 3},
		"no answer at all":                    {qr("wxpay", 6), busy, busy, payment.Unknown, 3},
		"not even at first":                   {busy, "", "", payment.Unknown, 1},
	} {
		var asked int
		g := newGateway(t, func(w http.ResponseWriter, r request) {
			asked++
			answer := map[int]string{1: tt.before, 2: tt.close, 3: tt.after}[asked]
			if want := map[int]string{1: "query_order", 2: "close_order", 3: "query_order"}[asked]; r.Name != want || answer == "" {
				t.Errorf("%s: request %d is %s", name, asked, r.Name)
			}
			authentic(answer)(w, r)
		})
		out := newChannel(t, config(g.URL)).Cancel(t.Context(), theOrder)
		if out.Result != tt.want || len(g.sent()) != tt.asked || out.Result == payment.Failed && out.Code != "paid" {
			t.Errorf("%s: %+v after %d requests, want %s after %d", name, out, len(g.sent()), tt.want, tt.asked)
		}
	}
}

// A refused refund may have been carried out by an earlier call.
func TestARefusedRefundIsAskedAbout(t *testing.T) {
	refund := func(state int) string {
		return done("query_refund_order", fmt.Sprintf(`{"refund_order_content":[{"out_refund_no":"%s","out_trade_no":"%s","refund_fee":2850,"wxpay_refund_order_content_ext":{"state":%d}}]}`, refundNo, orderNo, state))
	}
	for name, tt := range map[string]struct {
		query          string
		state          payment.RefundState
		found, waiting bool
	}{
		"there is none":            {refusal(104, 426, "退款单不存在"), payment.RefundRefused, false, false},
		"the list is empty":        {done("query_refund_order", `{"refund_order_content":[]}`), payment.RefundRefused, false, false},
		"it failed":                {refund(3), payment.RefundRefused, false, false},
		"it came back":             {refund(5), payment.RefundRefused, true, false},
		"it was done":              {refund(2), payment.RefundDone, true, false},
		"it is on its way":         {refund(4), payment.RefundUnknown, true, true},
		"nobody says it":           {refusal(103, 21, ""), payment.RefundUnknown, false, false},
		"it is not authentic":      {"", payment.RefundUnknown, false, false},
		"the wallet has it not":    {refund(6), payment.RefundRefused, false, false},
		"something nobody has met": {refund(9), payment.RefundUnknown, true, false},
	} {
		g := newGateway(t, func(w http.ResponseWriter, r request) {
			switch {
			case r.Name == "refund":
				authentic(refusal(104, 501, "商户账户余额不足"))(w, r)
			case tt.query == "":
				unsigned(refusal(101, 7, ""))(w, r)
			default:
				authentic(tt.query)(w, r)
			}
		})
		out := newChannel(t, config(g.URL)).Refund(t.Context(), refundRequest())
		if out.State != tt.state || out.Found != tt.found || out.Waiting != tt.waiting {
			t.Errorf("%s: %+v", name, out)
		}
		reason, code := payment.ReasonMerchantFunds, "104/501" // the refusal's own, unless the refund itself says more
		if out.Found {
			reason, code = payment.ReasonRefundStuck, "wxpay.5"
		}
		if out.State == payment.RefundRefused && (out.Reason != reason || out.Code != code) {
			t.Errorf("%s: %+v", name, out)
		}
	}
}

// The freeze does not say the wallet's number, the query does.
func TestADepositIsHeldWithItsNumber(t *testing.T) {
	freeze := func(name, id string) string {
		return done(name, `{"freeze_order_content":{"out_freeze_no":"`+holdNo+`","freeze_fee":50000,"time_end":1564386782`+id+`,"alipay_freeze_order_content_ext":{"current_trade_state":2}}}`)
	}
	const number = `,"freeze_id":"2026112210002001761035656736"`
	for name, tt := range map[string]struct {
		first, query string
		want         payment.Result
		no           string
		asked        int
	}{
		"said at once":       {freeze("micro_freeze", number), "", payment.Held, "2026112210002001761035656736", 1},
		"said when asked":    {freeze("micro_freeze", ""), freeze("query_freeze_order", number), payment.Held, "2026112210002001761035656736", 2},
		"never said":         {freeze("micro_freeze", ""), freeze("query_freeze_order", ""), payment.Held, holdNo, 2},
		"asked for in vain":  {freeze("micro_freeze", ""), refusal(103, 21, ""), payment.Unknown, "", 2},
		"asked, not allowed": {freeze("micro_freeze", ""), refusal(104, 500, "权限不足"), payment.Unknown, "", 2},
		"asked, not known":   {freeze("micro_freeze", ""), refusal(104, 400, "冻结单不存在"), payment.Unknown, "", 2},
	} {
		g := says(t, map[string]string{"micro_freeze": tt.first, "query_freeze_order": tt.query})
		out := newChannel(t, config(g.URL)).Hold(t.Context(), holdRequest(payment.WalletAlipay))
		if out.Result != tt.want || out.AuthNo != tt.no || len(g.sent()) != tt.asked {
			t.Errorf("%s: %+v after %d requests", name, out, len(g.sent()))
		}
	}
}

// Nobody can close a deposit. So a cancel asks, and waits for the QR to end.
func TestADepositIsNotCancelled(t *testing.T) {
	state := func(n int, more string) string {
		return done("query_freeze_order", fmt.Sprintf(`{"freeze_order_content":{"out_freeze_no":"%s","freeze_fee":50000,"trade_type":2%s,"alipay_freeze_order_content_ext":{"current_trade_state":%d}}}`, holdNo, more, n))
	}
	later, earlier := fmt.Sprintf(`,"time_expire":%d`, clock().Unix()+1), fmt.Sprintf(`,"time_expire":%d`, clock().Unix())
	for name, tt := range map[string]struct {
		query string
		want  payment.Result
		code  string
	}{
		"it stands":                {state(2, `,"time_end":1564386782,"total_consume_fee":0,"total_manual_unfreeze_fee":0`), payment.Failed, "no_cancel"},
		"the payer is asked":       {state(1, later), payment.Unknown, "no_cancel"},
		"the payer was asked once": {state(1, earlier), payment.Unknown, "no_cancel"},
		"the QR lives":             {state(4, later), payment.Unknown, "no_cancel"},
		"the QR has ended":         {state(4, earlier), payment.NotFound, ""},
		"nobody said its end":      {state(4, ""), payment.NotFound, ""},
		"it is closed":             {state(3, ""), payment.Closed, ""},
		"it was given back":        {state(3, `,"time_end":1564386782,"total_consume_fee":0,"total_manual_unfreeze_fee":50000`), payment.Released, ""},
		"Cloud Pay has it not":     {refusal(104, 400, ""), payment.NotFound, "104/400"},
		"no answer":                {refusal(103, 21, ""), payment.Unknown, "103/21"},
	} {
		g := says(t, map[string]string{"query_freeze_order": tt.query})
		c := config(g.URL)
		c.Clock = clock
		out := newChannel(t, c).CancelHold(t.Context(), theHold(payment.WalletAlipay))
		if out.Result != tt.want || out.Code != tt.code || (out.Result == payment.Unknown) != (out.Detail != nil) || out.Known && out.Result != payment.Released {
			t.Errorf("%s: %+v", name, out)
		}
	}
}

// Why a step was refused is in no answer, but the deposit shows it.
func TestWhyAStepIsRefused(t *testing.T) {
	deposit := func(state int, more string) string {
		return done("query_freeze_order", fmt.Sprintf(`{"freeze_order_content":{"out_freeze_no":"%s","freeze_fee":50000,"time_end":1564386782%s,"alipay_freeze_order_content_ext":{"current_trade_state":%d}}}`, holdNo, more, state))
	}
	sums := func(taken, freed int) string {
		return fmt.Sprintf(`,"total_consume_fee":%d,"total_manual_unfreeze_fee":%d,"total_auto_unfreeze_fee":0`, taken, freed)
	}
	for name, tt := range map[string]struct {
		deposit string
		want    payment.Reason
	}{
		"too little is left":   {deposit(2, sums(400_00, 0)), payment.ReasonHoldTooMuch},
		"all is taken":         {deposit(3, sums(500_00, 0)), payment.ReasonHoldClosed},
		"all was given back":   {deposit(3, sums(0, 500_00)), payment.ReasonHoldClosed},
		"enough is left":       {deposit(2, sums(0, 0)), payment.ReasonOther},
		"the payer is asked":   {deposit(1, ""), payment.ReasonHoldNotHeld},
		"there is no deposit":  {refusal(104, 400, ""), payment.ReasonHoldMissing},
		"nobody says anything": {refusal(103, 21, ""), payment.ReasonOther},
	} {
		g := says(t, map[string]string{
			"deposit_consume": refusal(104, 303, "金额不对"), "query_order": refusal(104, 400, ""),
			"unfreeze": refusal(104, 303, "金额不对"), "query_unfreeze_order": refusal(104, 426, ""), "query_freeze_order": tt.deposit,
		})
		channel := newChannel(t, config(g.URL))
		if out := channel.Capture(t.Context(), captureRequest(payment.WalletAlipay)); out.State != payment.RefundRefused || out.Reason != tt.want || out.Code != "104/303" {
			t.Errorf("capture, %s: %+v, want %s", name, out, tt.want)
		}
		if out := channel.Release(t.Context(), releaseRequest(payment.WalletAlipay)); out.State != payment.RefundRefused || out.Reason != tt.want {
			t.Errorf("release, %s: %+v, want %s", name, out, tt.want)
		}
	}
}

// A refusal of a step is believed only when the query knows of nothing.
func TestARefusedStepIsAskedAbout(t *testing.T) {
	capture := func(state int) string {
		return done("query_order", fmt.Sprintf(`{"order_content":{"out_trade_no":"%s","transaction_id":"42","total_fee":12000,"wxpay_order_content_ext":{"current_trade_state":%d}}}`, captureNo, state))
	}
	release := func(state int) string {
		return done("query_unfreeze_order", fmt.Sprintf(`{"unfreeze_order_content":[{"out_freeze_no":"%s","out_unfreeze_no":"%s","unfreeze_fee":50000,"wxpay_unfreeze_order_content_ext":{"current_trade_state":%d}}]}`, holdNo, releaseNo, state))
	}
	for name, tt := range map[string]struct {
		capture, release string
		want             payment.StepState
	}{
		"it was done":    {capture(14), release(2), payment.RefundDone},
		"there is none":  {refusal(104, 400, ""), done("query_unfreeze_order", `{"unfreeze_order_content":[]}`), payment.RefundRefused},
		"it failed":      {capture(10), release(3), payment.RefundRefused},
		"it is at work":  {capture(12), release(1), payment.RefundUnknown},
		"nobody says it": {refusal(103, 21, ""), refusal(103, 21, ""), payment.RefundUnknown},
		"it is not said": {refusal(104, 500, ""), refusal(104, 500, ""), payment.RefundUnknown},
	} {
		g := says(t, map[string]string{
			"deposit_consume": refusal(104, 303, "单号重复"), "query_order": tt.capture, "unfreeze": refusal(104, 303, "单号重复"), "query_unfreeze_order": tt.release,
			"query_freeze_order": refusal(103, 21, ""),
		})
		channel := newChannel(t, config(g.URL))
		if out := channel.Capture(t.Context(), captureRequest(payment.WalletWeChat)); out.State != tt.want || out.State == payment.RefundUnknown && out.Detail == nil {
			t.Errorf("capture, %s: %+v", name, out)
		}
		if out := channel.Release(t.Context(), releaseRequest(payment.WalletWeChat)); out.State != tt.want || out.State == payment.RefundUnknown && out.Detail == nil {
			t.Errorf("release, %s: %+v", name, out)
		}
	}
}

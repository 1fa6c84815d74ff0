package wechat_test

import (
	"testing"

	"frontdesk/payment"
)

// Merchants were told PARAM_ERROR about payments that were charged: it was WeChat's
// own answer that did not fit its own rules. So a refusal for the form of the
// request is believed only once WeChat says that there is no such order.
func TestARefusalForTheRequestsFormIsLookedInto(t *testing.T) {
	form := says(400, `{"code":"PARAM_ERROR","message":"输入源“(null)”映射到值字段“银行类型”字符串规则校验失败"}`)
	tests := []struct {
		name   string
		pay    answer
		query  answer // nil where none is asked
		want   payment.Result
		reason payment.Reason
		code   string
	}{
		{"there is none", form, nobody, payment.Failed, payment.ReasonRequest, "PARAM_ERROR"},
		{"it was charged", form, asCode, payment.Paid, "", ""},
		{"it stands", form, typing, payment.Waiting, "", ""},
		{"the query is refused for the same", form, form, payment.Unknown, "", "PARAM_ERROR"},
		{"nobody can be asked", form, trouble, payment.Unknown, "", "PARAM_ERROR"},
		{"no answer to the query", form, brokenOff, payment.Unknown, "", "PARAM_ERROR"},
		{"a forged no", form, unsigned(404, notFound), payment.Unknown, "", "PARAM_ERROR"},
		{"it is gone already", form, revoked, payment.Unknown, "", "PARAM_ERROR"},
		{"it broke off", form, broken, payment.Unknown, "", "PARAM_ERROR"},
		{"the same word in another form", says(400, `{"code":"INVALID_REQUEST"}`), nobody, payment.Failed, payment.ReasonRequest, "INVALID_REQUEST"},
		{"the payer's refusals need no query", says(403, `{"code":"NOT_ENOUGH"}`), nil, payment.Failed, payment.ReasonBalance, "NOT_ENOUGH"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := newGateway(t, script(t, map[string][]answer{"codepay": {tt.pay}, "query": {tt.query}}))
			out := newChannel(t, config(g.URL)).Pay(t.Context(), payRequest())
			if out.Result != tt.want || out.Reason != tt.reason || out.Code != tt.code || (out.Detail != nil) != (tt.want == payment.Unknown) {
				t.Errorf("%+v", out)
			}
			calls := "codepay"
			if tt.query != nil {
				calls += ", query"
			}
			if g.calls() != calls {
				t.Errorf("calls %s, want %s", g.calls(), calls)
			}
		})
	}
}

package paysim

import (
	"cmp"
	"errors"
	"log/slog"
	"net/http"
	"strings"

	"frontdesk/payment"
)

// alipay is the front that speaks Alipay's gateway protocol.
type alipay struct {
	sim     *Sim
	methods map[string]alipayMethod
	links   billLinks
}

// alipayMethod is one interface of the gateway.
type alipayMethod struct {
	fields []field                          // what biz_content may hold
	run    func(a *alipay, b content) reply // after every check of form
	wrong  string                           // sub code of a request whose form is wrong; empty for that of trades
	ofHold *alipayMethod                    // what it is instead when it pays out of a hold; nil for most
}

func newAlipay(s *Sim) *alipay {
	return &alipay{sim: s, methods: map[string]alipayMethod{
		"alipay.trade.pay":                        {fields: payFields, run: (*alipay).pay, ofHold: &alipayMethod{fields: captureFields, run: (*alipay).capture}},
		"alipay.trade.precreate":                  {fields: precreateFields, run: (*alipay).precreate},
		"alipay.trade.query":                      {fields: queryFields, run: (*alipay).query},
		"alipay.trade.cancel":                     {fields: cancelFields, run: (*alipay).cancel},
		"alipay.trade.close":                      {fields: closeFields, run: (*alipay).close},
		"alipay.trade.refund":                     {fields: refundFields, run: (*alipay).refund},
		"alipay.trade.fastpay.refund.query":       {fields: refundQueryFields, run: (*alipay).refundQuery},
		"alipay.fund.auth.order.freeze":           {fields: freezeFields, run: (*alipay).freeze, wrong: wrongHold},
		"alipay.fund.auth.order.voucher.create":   {fields: voucherFields, run: (*alipay).voucher, wrong: wrongHold},
		"alipay.fund.auth.operation.detail.query": {fields: detailFields, run: (*alipay).detail, wrong: wrongHold},
		"alipay.fund.auth.operation.cancel":       {fields: cancelHoldFields, run: (*alipay).cancelHold, wrong: wrongHold},
		"alipay.fund.auth.order.unfreeze":         {fields: unfreezeFields, run: (*alipay).unfreeze, wrong: wrongHold},
		billMethod:                                {fields: billFields, run: (*alipay).bill, wrong: "invalid_arguments"},
	}}
}

// wrongHold is the sub code of the fund interfaces, none of which carry ACQ.
const wrongHold = "ILLEGAL_ARGUMENT"

// invalid is the answer to a request whose form is wrong.
func (m alipayMethod) invalid(why string) reply {
	if m.wrong != "" {
		return failed(m.wrong, "参数有误："+why)
	}
	return failed("ACQ.INVALID_PARAMETER", "参数无效："+why)
}

// mount puts the front's addresses on the simulator's server.
func (a *alipay) mount(mux *http.ServeMux) {
	mux.Handle("/gateway.do", a)
	mux.HandleFunc(billPath, a.serveBill)
}

// ServeHTTP answers one request.
func (a *alipay) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	req := readRequest(w, r)
	var rep reply
	a.sim.serve(w, exchange{
		front:  "alipay",
		method: req.method(),
		run:    func() passage { rep = a.answer(req); return rep.passage },
		refuse: func(f Fault) { rep = reply{answer: refusal(cmp.Or(f.Code, "40004"), f.SubCode, f.SubCode)} },
		said:   func() []slog.Attr { return rep.logAttrs(req) },
		encode: func(k FaultKind) (letter, error) { return a.encode(req.method(), rep, k) },
	})
}

// answer checks a request in the gateway's order and carries it out.
func (a *alipay) answer(req request) reply {
	if refused, ok := a.checkPublic(req); !ok {
		return refused
	}
	return a.carryOut(a.methods[req.method()], req.values.Get("biz_content"))
}

// carryOut checks the form of biz_content and does what it asks for.
func (a *alipay) carryOut(m alipayMethod, bizContent string) reply {
	b, err := parseContent(bizContent)
	if err != nil {
		return m.invalid(err.Error())
	}
	if m.ofHold != nil && paysFromHold(b) {
		m = *m.ofHold
	}
	if wrong := checkFields(m.fields, b); wrong != "" {
		return m.invalid(wrong)
	}
	return m.run(a, b)
}

// change runs f on the book. When the book cannot be written, nothing has
// changed and the client gets an answer that says nothing.
func (a *alipay) change(f func(p *page) reply) reply {
	var rep reply
	if err := a.sim.book.change(func(p *page) { rep = f(p) }); err != nil {
		a.sim.log.Error("alipay", "book", err)
		return unavailable("isp.unknow-error", "服务暂不可用")
	}
	return rep
}

// findOrder is the order a request is about: trade_no wins over out_trade_no.
func (a *alipay) findOrder(p *page, b content) (o order, found bool) {
	if tradeNo := b.text("trade_no"); tradeNo != "" {
		return p.findTradeOf(payment.Alipay, tradeNo)
	}
	return p.findOf(payment.Alipay, b.text("out_trade_no"))
}

// needWhich holds that one of whichFields is there.
func needWhich(b content) error {
	if b.text("trade_no") == "" && b.text("out_trade_no") == "" {
		return errors.New("out_trade_no 与 trade_no 不能同时为空")
	}
	return nil
}

// onTrade runs f on the trade that a request is about; there must be one.
func (a *alipay) onTrade(b content, f func(p *page, o order) reply) reply {
	if err := needWhich(b); err != nil {
		return failed("ACQ.INVALID_PARAMETER", "参数无效："+err.Error())
	}
	return a.change(func(p *page) reply {
		o, found := a.findOrder(p, b)
		if !found || o.TradeNo == "" {
			return notExist()
		}
		return f(p, o)
	})
}

// node is the name of a method's answer.
func node(method string) string { return strings.ReplaceAll(method, ".", "_") + "_response" }

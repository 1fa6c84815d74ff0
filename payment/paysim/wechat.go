package paysim

import (
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"

	"frontdesk/payment"
)

// weChat is the front that speaks WeChat Pay: APIv3 (JSON, RSA) for payments,
// and APIv2 (XML, HMAC) for deposits, which v3 does not have. See
// wechat_deposit.go for the latter.
//
// WeChat asks for a client certificate where a deposit's money moves. The
// simulator speaks plain HTTP on loopback, where there is none, so it takes
// those calls by their signature alone.
type weChat struct {
	sim    *Sim
	signer atomic.Value // WeChatSigner
	nonces nonces

	// Refunds have numbers of their own at a merchant: the order or deposit by
	// account and refund number. It needs the book's lock, and may name an order
	// that has no such refund when a change failed.
	refunds map[[2]string]string

	// Bills that were asked for, by the token of their address; a restart forgets
	// them. They need the book's lock, too.
	bills map[string]wxBillFile
}

// wxMethod is one interface of APIv3.
type wxMethod struct {
	name   string   // as SetFault gets it
	side   wxSide   // who may call it
	who    []wxName // the fields that name the merchant, in the body or in the query
	query  bool     // they are in the query, and there is no body
	fields []field  // what else the body holds
	run    func(w *weChat, c wxCall) wxReply
}

// wxSide is for whom a path is: direct merchants and partners have their own,
// but for refunds and bills.
type wxSide string

const (
	bothSides   wxSide = ""
	directSide  wxSide = "direct"
	partnerSide wxSide = "partner"
	tokenSide   wxSide = "token" // both, and a request names no merchant
)

// wxName is a field that names the merchant, the one who signs or the one who
// sells.
type wxName struct {
	name string
	may  bool // it need not be there
	want func(m wxMerchant) string
	code string // the refusal of another value
}

var (
	wxOwnAppID  = func(m wxMerchant) string { return m.appID }
	wxOwnMchID  = func(m wxMerchant) string { return m.mchID }
	wxOwnSub    = func(m wxMerchant) string { return m.sub }
	wxDirect    = []wxName{{"appid", false, wxOwnAppID, "APPID_MCHID_NOT_MATCH"}, {"mchid", false, wxOwnMchID, "MCH_NOT_EXISTS"}}
	wxDirectNo  = wxDirect[1:]
	wxPartnerNo = []wxName{{"sp_mchid", false, wxOwnMchID, "MCH_NOT_EXISTS"}, {"sub_mchid", false, wxOwnSub, "NO_AUTH"}}
	wxPartner   = []wxName{{"sp_appid", false, wxOwnAppID, "APPID_MCHID_NOT_MATCH"}, wxPartnerNo[0], wxPartnerNo[1]}
)

// wechatV3 is the table of APIv3: a pattern of http.ServeMux and what is behind
// it.
func wechatV3() map[string]wxMethod {
	table := map[string]wxMethod{
		"POST /v3/refund/domestic/refunds":      {name: "wechat.refund", fields: wxRefundFields, run: (*weChat).refund},
		"GET /v3/refund/domestic/refunds/{ref}": {name: "wechat.refund.query", query: true, run: (*weChat).refundQuery},
		"GET /v3/bill/tradebill":                {name: "wechat.bill", query: true, fields: tradebillFields, run: (*weChat).tradebill},
		"GET /v3/billdownload/file":             {name: "wechat.bill.download", side: tokenSide, query: true, fields: billFileFields, run: (*weChat).billFile},
	}
	for _, to := range []struct {
		path           string
		side           wxSide
		whole, numbers []wxName
		more           []field
	}{
		{"/v3/pay/transactions", directSide, wxDirect, wxDirectNo, nil},
		{"/v3/pay/partner/transactions", partnerSide, wxPartner, wxPartnerNo, []field{may("sub_appid", wxText(32))}},
	} {
		for pattern, m := range map[string]wxMethod{
			"POST {}/codepay":                   {name: "wechat.codepay", who: to.whole, fields: all(codepayFields, to.more), run: (*weChat).codepay},
			"POST {}/native":                    {name: "wechat.native", who: to.whole, fields: all(nativeFields, to.more), run: (*weChat).native},
			"GET {}/out-trade-no/{no}":          {name: "wechat.query", who: to.numbers, query: true, run: (*weChat).query},
			"GET {}/id/{id}":                    {name: "wechat.query", who: to.numbers, query: true, run: (*weChat).query},
			"POST {}/out-trade-no/{no}/close":   {name: "wechat.close", who: to.numbers, run: (*weChat).close},
			"POST {}/out-trade-no/{no}/reverse": {name: "wechat.reverse", who: to.whole, fields: to.more, run: (*weChat).reverse},
		} {
			m.side = to.side
			table[strings.Replace(pattern, "{}", to.path, 1)] = m
		}
	}
	return table
}

func newWeChat(s *Sim) *weChat {
	w := &weChat{sim: s, refunds: map[[2]string]string{}, bills: map[string]wxBillFile{}}
	w.signer.Store(s.opts.WeChat.Signer)
	for _, o := range s.book.orders {
		w.knowRefunds(o)
	}
	return w
}

// mount puts every interface on the way from the wire.
func (w *weChat) mount(mux *http.ServeMux) {
	for pattern, m := range wechatV3() {
		mux.HandleFunc(pattern, func(rw http.ResponseWriter, r *http.Request) { w.serveV3(rw, r, m) })
	}
	mux.HandleFunc("/deposit/{call}", w.serveV2)
	mux.HandleFunc("/v3/", func(rw http.ResponseWriter, r *http.Request) { w.serveV3(rw, r, wxMethod{}) })
}

// wxCall is a request that passed every check of form.
type wxCall struct {
	merchant wxMerchant
	no, id   string // of the order in the path: the merchant's number or WeChat's; "" where the path has none
	refund   string // of the refund in the path
	body     content
}

// serveV3 answers one request to APIv3. A method without a name is none.
func (w *weChat) serveV3(rw http.ResponseWriter, r *http.Request, m wxMethod) {
	req := readV3(rw, r)
	rep := wxReply{}
	w.sim.serve(rw, exchange{
		front:  "wechat",
		method: m.name,
		run:    func() passage { rep = w.answer(m, req); return rep.passage },
		refuse: func(f Fault) { rep = refusedByFault(f) },
		said:   func() []slog.Attr { return rep.logAttrs(req) },
		encode: func(k FaultKind) (letter, error) { return w.encode(req, rep, k) },
	})
}

// answer checks a request in the service's order and carries it out.
func (w *weChat) answer(m wxMethod, req v3Request) wxReply {
	if m.name == "" {
		return wxNo("RESOURCE_NOT_EXISTS", "没有这个接口").unsigned()
	}
	merchant, refused, ok := w.authenticate(req)
	if !ok {
		return refused
	}
	if refused, ok := w.checkHead(req, m); !ok {
		return refused
	}
	c := wxCall{merchant: merchant, no: req.path("no"), id: req.path("id"), refund: req.path("ref")}
	for _, part := range []struct {
		value string
		check func(any) string
	}{{c.no, wxOrderNo}, {c.id, wxTradeNo}, {c.refund, wxRefundNo}} {
		if wrong := part.check(part.value); part.value != "" && wrong != "" {
			return wxWrong("path", wrong)
		}
	}
	if refused, ok := m.readInto(&c, req); !ok {
		return refused
	}
	return m.run(w, c)
}

// readInto checks the query and the body of a request.
func (m wxMethod) readInto(c *wxCall, req v3Request) (refused wxReply, ok bool) {
	who := m.who
	switch {
	case m.side == tokenSide:
	case m.side == bothSides:
		who = []wxName{{"sub_mchid", !c.merchant.isPartner(), wxOwnSub, "NO_AUTH"}}
	case (m.side == partnerSide) != c.merchant.isPartner():
		return wxNo("NO_AUTH", "商户无此接口的权限"), false
	}
	place, wrong := "body", ""
	if m.query {
		place = "query"
	}
	if c.body, wrong = m.read(req); wrong != "" {
		return wxWrong(place, wrong), false
	}
	fields := m.fields
	for _, n := range who {
		fields = append(fields[:len(fields):len(fields)], field{n.name, !n.may, wxText(32)})
	}
	if wrong := checkFields(fields, c.body); wrong != "" {
		return wxWrong(place, wrong), false
	}
	for _, n := range who {
		if got := c.body.text(n.name); got != n.want(c.merchant) && (got != "" || !n.may) {
			return wxNo(n.code, n.name+" 与请求方不符"), false
		}
	}
	return wxReply{}, true
}

// read takes the fields out of the query or out of the body, whichever the
// method has, and says what is wrong; the other has to be empty.
func (m wxMethod) read(req v3Request) (c content, wrong string) {
	query, err := url.ParseQuery(req.query)
	switch {
	case err != nil:
		return nil, "查询串无法解析"
	case m.query && len(req.body) > 0:
		return nil, "GET 请求不应有请求体"
	case !m.query && len(query) > 0:
		return nil, "多余的查询参数"
	case !m.query:
		if c, err = parseContent(string(req.body)); err != nil {
			return nil, "请求体不是一个字段不重复的 JSON 对象"
		}
		return c, ""
	}
	c = content{}
	for k, v := range query {
		if len(v) != 1 {
			return nil, "参数重复：" + k
		}
		c[k] = v[0]
	}
	return c, ""
}

// change runs f on the book. When the book cannot be written, nothing has
// changed and the client gets an answer that says nothing.
func (w *weChat) change(f func(p *page) wxReply) wxReply {
	var rep wxReply
	if err := w.sim.book.change(func(p *page) { rep = f(p) }); err != nil {
		w.sim.log.Error("wechat", "book", err)
		return wxSystemError()
	}
	return rep
}

// find is the merchant's own order that a call is about. By WeChat's number
// only what was paid can be found.
func (c wxCall) find(p *page) (order, bool) {
	o, found := p.findOf(payment.WeChat, c.no)
	if c.id != "" {
		o, found = p.findTradeOf(payment.WeChat, c.id)
		found = found && o.Charged > 0
	}
	return o, found && o.Account == c.merchant.account() && o.Hold == ""
}

// wxSystemError says nothing about what was done.
func wxSystemError() wxReply {
	return wxNo("SYSTEM_ERROR", "系统异常，请使用相同参数重新调用")
}

package paysim

import (
	"log/slog"
	"net/http"
	"strings"

	"frontdesk/payment"
)

// cloudPay is the front that speaks Tencent Cloud Pay's protocol: one account
// for the codes of several wallets. What its documents leave open was decided
// here for the answer that is harder on a till, and is told where it is done.
type cloudPay struct {
	sim     *Sim
	account CloudPayAccount
	methods map[string]cloudMethod
}

// cloudMethod is one interface.
type cloudMethod struct {
	fields []field                                 // what request_content may hold
	run    func(c *cloudPay, b content) cloudReply // after every check of form
	object string                                  // the object of the answer, where it is not named after the interface
	bySign bool                                    // the merchant's signature may stand for the authen_code
}

func newCloudPay(s *Sim) (*cloudPay, error) {
	account, err := s.keys.cloud.account()
	if err != nil {
		return nil, err
	}
	account.UnionPay = s.opts.CloudUnionPay
	return &cloudPay{sim: s, account: account, methods: map[string]cloudMethod{
		"micro_pay":          {fields: cloudPayFields, run: (*cloudPay).microPay},
		"scan_code_pay":      {fields: cloudScanFields, run: (*cloudPay).scanCodePay},
		"query_order":        {fields: cloudQueryFields, run: (*cloudPay).queryOrder},
		"close_order":        {fields: cloudCloseFields, run: (*cloudPay).closeOrder},
		"refund":             {fields: cloudRefundFields, run: (*cloudPay).refund, bySign: true},
		"query_refund_order": {fields: cloudRefundQueryFields, run: (*cloudPay).queryRefund},

		"micro_freeze":         {fields: cloudFreezeFields, run: (*cloudPay).microFreeze},
		"scancode_freeze":      {fields: cloudScanFreezeFields, run: (*cloudPay).scanFreeze, object: "scan_code_freeze"},
		"query_freeze_order":   {fields: cloudFreezeQueryFields, run: (*cloudPay).queryFreeze},
		"deposit_consume":      {fields: cloudConsumeFields, run: (*cloudPay).consume},
		"unfreeze":             {fields: cloudUnfreezeFields, run: (*cloudPay).unfreeze},
		"query_unfreeze_order": {fields: cloudUnfreezeQueryFields, run: (*cloudPay).queryUnfreeze},

		"query_order_list": {fields: cloudListFields, run: (*cloudPay).queryList},
	}}, nil
}

const (
	cloudPath = "/cpay/"
	cloudPing = "ping"
)

// ServeHTTP answers one request. Names are lower case, and an interface that is
// not there (reverse was there once) is a page that was not found.
func (c *cloudPay) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, cloudPath)
	if name == cloudPing && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
		c.ping(w)
		return
	}
	if _, known := c.methods[name]; !known {
		errorPage(w, http.StatusNotFound)
		return
	}
	if r.Method != http.MethodPost {
		errorPage(w, http.StatusMethodNotAllowed)
		return
	}
	req := readCloud(w, r)
	var rep cloudReply
	c.sim.serve(w, exchange{
		front:  string(payment.CloudPay),
		method: string(payment.CloudPay) + "." + name,
		run:    func() passage { rep = c.answer(name, req); return rep.passage },
		refuse: func(f Fault) { rep = cloudRefused(f) },
		said:   func() []slog.Attr { return rep.logAttrs(req) },
		encode: func(k FaultKind) (letter, error) { return c.encode(name, rep, k) },
	})
}

// ping answers whoever looks for a host that is alive. It is not authenticated.
func (c *cloudPay) ping(w http.ResponseWriter) {
	c.sim.serve(w, exchange{
		front:  string(payment.CloudPay),
		method: string(payment.CloudPay) + "." + cloudPing,
		run:    func() passage { return passage{} },
		refuse: func(Fault) {},
		said:   func() []slog.Attr { return nil },
		encode: func(FaultKind) (letter, error) {
			return letter{header: http.Header{"Content-Type": {"text/plain"}}, body: []byte("pong")}, nil
		},
	})
}

// answer checks a request and carries it out.
func (c *cloudPay) answer(name string, req cloudRequest) cloudReply {
	m := c.methods[name]
	if refused, ok := c.checkEnvelope(req, m.bySign); !ok {
		return refused
	}
	// The official sample of a list sends this one empty, so it may be.
	if l, ok := req.body["sub_pay_platforms"].([]any); ok && len(l) == 0 {
		delete(req.body, "sub_pay_platforms")
	}
	if wrong := checkFields(m.fields, req.body); wrong != "" {
		return callerError(cloudBadField, "参数错误："+wrong)
	}
	if refused, ok := c.checkParties(req.body); !ok {
		return refused
	}
	return m.run(c, req.body)
}

// change runs f on the book. When the book cannot be written, nothing has
// changed and the client gets an answer that says nothing.
func (c *cloudPay) change(f func(p *page) cloudReply) cloudReply {
	var rep cloudReply
	if err := c.sim.book.change(func(p *page) { rep = f(p) }); err != nil {
		c.sim.log.Error(string(payment.CloudPay), "book", err)
		return cloudReply{status: cloudUnknown, internal: cloudTrouble, description: "系统繁忙，请稍后重试。"}
	}
	return rep
}

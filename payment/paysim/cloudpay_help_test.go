package paysim

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"frontdesk/payment"
)

// cloudTill is a client of Cloud Pay that builds every request by hand.
type cloudTill struct {
	*Sim
	CloudPayAccount
	t     testing.TB
	clock *clock
	n     int
}

func startCloud(t testing.TB, o Options) *cloudTill {
	t.Helper()
	c := newClock()
	if o.Clock == nil {
		o.Clock = c.now
	}
	if o.Slow == 0 {
		o.Slow = 20 * time.Millisecond
	}
	s := startSim(t, o)
	return &cloudTill{Sim: s, CloudPayAccount: s.CloudPay(), t: t, clock: c}
}

// number makes a new number of the merchant.
func (l *cloudTill) number() string {
	l.n++
	return fmt.Sprintf("%s%06d", l.OrderPrefix, l.n)
}

var cloudNumbers = map[payment.Wallet][2]int{payment.WalletWeChat: {1, 100}, payment.WalletAlipay: {2, 200}, payment.WalletUnionPay: {5, 500}}

func (l *cloudTill) key(w payment.Wallet) fields {
	key := fields{"out_mch_id": l.OutMchID, "out_sub_mch_id": l.OutSubMchID, "out_shop_id": l.OutShopID}
	if n, named := cloudNumbers[w]; named {
		key["pay_platform"], key["sub_pay_platform"] = n[0], n[1]
	}
	return key
}

func (l *cloudTill) client() fields {
	return fields{
		"device_id": l.DeviceID, "staff_id": l.StaffID, "machine_no": l.MachineNo, "terminal_type": 1, "sdk_version": "1.0",
		"spbill_create_ip": "192.168.1.23",
	}
}

// request adds to the fields of a request what all have.
func (l *cloudTill) request(w payment.Wallet, more fields) fields {
	return but(fields{"pay_mch_key": l.key(w), "order_client": l.client(), "nonce_str": "416492026bb84091bd2e7d74a9019ad6"}, more)
}

// authentic is the authentication of a text, written here once more on purpose.
func authentic(key, text string) string {
	mac := hmac.New(sha256.New, []byte(key))
	io.WriteString(mac, text)
	return strings.ToUpper(hex.EncodeToString(mac.Sum(nil)))
}

func compact(t testing.TB, v any) string {
	t.Helper()
	if s, ok := v.(string); ok {
		return s
	}
	raw, err := json.Marshal(v)
	check(t, err)
	return string(raw)
}

// envelope is a request as it goes over the wire.
func (l *cloudTill) envelope(body any) fields {
	text := compact(l.t, body)
	return fields{
		"authen_info":     fields{"a": fields{"authen_type": 1, "authen_code": authentic(l.AuthKey, text)}},
		"request_content": text,
	}
}

// heard is an answer of Cloud Pay as it came over the wire.
type heard struct {
	Status, Internal int
	Description      string
	Name             string // of the object
	Object           fields
	Signed           bool // with an authen_code that fits
	Text             string
	Broken           string // why there is no answer
}

func (h heard) String() string {
	if h.Broken != "" {
		return h.Broken
	}
	return fmt.Sprintf("%d/%d", h.Status, h.Internal)
}

// at is the value below the object under a path like "order_content.total_fee".
func (h heard) at(path string) any {
	var v any = h.Object
	for _, name := range strings.Split(path, ".") {
		if list, ok := v.([]any); ok && len(list) == 1 {
			v = list[0]
		}
		o, ok := v.(fields)
		if !ok {
			return nil
		}
		v = o[name]
	}
	return v
}

func (h heard) text(path string) string { s, _ := h.at(path).(string); return s }

// num is a number below the object; -1 where there is none.
func (h heard) num(path string) int {
	f, ok := h.at(path).(float64)
	if !ok {
		return -1
	}
	return int(f)
}

// state is the order's state, wherever its wallet puts it.
func (h heard) state() int {
	return max(h.num("order_content.wxpay_order_content_ext.current_trade_state"), h.num("order_content.alipay_order_content_ext.current_trade_state"),
		h.num("order_content.unionpay_order_content_ext.current_trade_state"))
}

// refundState is the refund's state in the same way.
func (h heard) refundState() int {
	return max(h.num("refund_order_content.wxpay_refund_order_content_ext.state"), h.num("refund_order_content.alipay_refund_order_content_ext.refund_status"))
}

// post sends an envelope and takes what comes apart.
func (l *cloudTill) post(name string, envelope any) heard {
	l.t.Helper()
	r, err := http.Post(l.BaseURL+"/"+name, "application/json", strings.NewReader(compact(l.t, envelope)))
	return l.hear(name, r, err)
}

func (l *cloudTill) hear(name string, r *http.Response, err error) heard {
	l.t.Helper()
	switch {
	case errors.Is(err, syscall.ECONNRESET):
		return heard{Broken: "reset"}
	case errors.Is(err, io.EOF):
		return heard{Broken: "closed"}
	}
	check(l.t, err)
	defer r.Body.Close()
	raw, err := io.ReadAll(r.Body)
	var whole struct {
		Text   *string `json:"response_content"`
		Authen *struct {
			A struct {
				Type int    `json:"authen_type"`
				Code string `json:"authen_code"`
			} `json:"a"`
		} `json:"authen_info"`
	}
	switch {
	case r.StatusCode != 200:
		return heard{Broken: r.Status}
	case errors.Is(err, io.ErrUnexpectedEOF):
		return heard{Broken: "cut off"}
	case json.Unmarshal(raw, &whole) != nil || whole.Text == nil:
		return heard{Broken: "garbage"}
	}
	h := heard{Text: *whole.Text}
	if whole.Authen != nil {
		if h.Signed = whole.Authen.A.Code == authentic(l.AuthKey, h.Text); !h.Signed {
			return heard{Broken: "wrong key"}
		}
	}
	var content map[string]any
	check(l.t, json.Unmarshal([]byte(h.Text), &content))
	for k, v := range content {
		switch k {
		case "status":
			h.Status = int(v.(float64))
		case "internal_status":
			h.Internal = int(v.(float64))
		case "description":
			h.Description = v.(string)
		case "log_id":
		default:
			h.Name, h.Object = k, v.(fields)
		}
	}
	if h.Status != 3 && h.Status != 101 && !h.Signed {
		return heard{Broken: "unsigned"}
	}
	if strings.Contains(h.Text, "ANOTHER") {
		return heard{Broken: "other order"}
	}
	return h
}

// ask sends a well-formed authenticated request.
func (l *cloudTill) ask(name string, body any) heard {
	l.t.Helper()
	return l.post(name, l.envelope(body))
}

// microPay is the request to charge a code.
func (l *cloudTill) microPay(no string, w payment.Wallet, fen int, code string) fields {
	return l.request(w, fields{"pay_content": fields{
		"out_trade_no": no, "author_code": code, "total_fee": fen, "fee_type": "CNY", "body": "咖啡",
	}})
}

func (l *cloudTill) pay(no string, w payment.Wallet, fen, scenario int) heard {
	l.t.Helper()
	return l.ask("micro_pay", l.microPay(no, w, fen, l.FreshCodeOf(w, scenario)))
}

// paid pays a new order at once.
func (l *cloudTill) paid(w payment.Wallet, fen int) (no string) {
	l.t.Helper()
	no = l.number()
	h := l.pay(no, w, fen, 1)
	want(l.t, "pay", fmt.Sprint(h, " ", h.state()), "0/0 2")
	return no
}

func (l *cloudTill) query(no string) heard {
	l.t.Helper()
	return l.ask("query_order", l.request("", fields{"out_trade_no": no}))
}

// show makes a QR and returns what it holds.
func (l *cloudTill) show(no string, w payment.Wallet, fen int) (text string) {
	l.t.Helper()
	h := l.ask("scan_code_pay", l.request(w, fields{"pay_content": fields{"out_trade_no": no, "total_fee": fen, "fee_type": "CNY", "body": "咖啡"}}))
	want(l.t, "show", h.String(), "0/0")
	return h.text("code_url")
}

func (l *cloudTill) closeNo(no string, w payment.Wallet) heard {
	l.t.Helper()
	return l.ask("close_order", l.request(w, fields{"out_trade_no": no, "trade_type": 2}))
}

func (l *cloudTill) refundBody(no string, w payment.Wallet, total, fen int, refundNo string) fields {
	return l.request(w, fields{"refund_content": fields{
		"out_trade_no": no, "out_refund_no": refundNo, "total_fee": total, "refund_fee": fen, "refund_fee_type": "CNY", "refund_reason": "顾客退货",
	}})
}

func (l *cloudTill) refund(no string, w payment.Wallet, total, fen int, refundNo string) heard {
	l.t.Helper()
	return l.ask("refund", l.refundBody(no, w, total, fen, refundNo))
}

func (l *cloudTill) queryRefund(no, refundNo string) heard {
	l.t.Helper()
	return l.ask("query_refund_order", l.request("", fields{"out_trade_no": no, "out_refund_no": refundNo}))
}

// wantOrder compares one order of the book.
func (l *cloudTill) wantOrder(no string, state State, charged, refunded payment.Amount) {
	l.t.Helper()
	o, ok := l.Truth().Orders[no]
	if !ok && state != "" {
		l.t.Errorf("order %s is not in the book", no)
		return
	}
	if o.State != state || o.Charged != charged || o.Refunded != refunded {
		l.t.Errorf("order %s: the book has %s, charged %d, refunded %d; want %s, %d, %d", no, o.State, o.Charged, o.Refunded, state, charged, refunded)
	}
}

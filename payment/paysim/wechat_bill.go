package paysim

import (
	"bytes"
	"compress/gzip"
	"crypto/sha1"
	"encoding/hex"
	"net/url"
	"time"

	"frontdesk/payment"
)

// wxBillLife is how long the address of a bill is good. Older documents say 30 s,
// today's five minutes.
const wxBillLife = 5 * time.Minute

// wxBillMonths is for how long there are bills.
const wxBillMonths = 3

var tradebillFields = []field{must("bill_date", wxDate), may("bill_type", oneOf("ALL")), may("tar_type", oneOf("GZIP"))}

var billFileFields = []field{must("token", like(`[0-9A-Za-z_-]{1,128}`, "下载地址中的 token")), may("tartype", oneOf("gzip"))}

func wxDate(v any) string {
	if _, ok := wxDay(v); !ok {
		return "应为 yyyy-MM-DD 格式的日期"
	}
	return ""
}

func wxDay(v any) (day time.Time, ok bool) {
	s, _ := v.(string)
	day, err := time.ParseInLocation(time.DateOnly, s, payment.Beijing)
	return day, err == nil
}

// wxBillFile is a bill that was asked for and may be fetched.
type wxBillFile struct {
	account string
	text    string
	until   time.Time
}

// tradebill is /v3/bill/tradebill, of which it knows the bill of all (ALL). A day
// that has no bill yet is STATEMENT_CREATING, today as well, and one without
// trades NO_STATEMENT_EXIST; what is answered for today, and for an empty day
// before its bill is made, no document says. Asked for again, a bill is the same
// and its address another.
func (w *weChat) tradebill(c wxCall) wxReply {
	day, _ := wxDay(c.body["bill_date"])
	return w.change(func(p *page) wxReply {
		switch {
		case day.After(p.now), day.Before(payment.Midnight(p.now).AddDate(0, -wxBillMonths, 0)):
			return wxNo("INVALID_REQUEST", "请检查 bill_date")
		case !billed(day, p.now):
			return wxNo("STATEMENT_CREATING", "账单生成中")
		}
		lines := p.bookedOn(day, func(no string) (order, bool) {
			o, found := p.findOf(payment.WeChat, no)
			return o, found && o.Account == c.merchant.account()
		})
		if len(lines) == 0 {
			return wxNo("NO_STATEMENT_EXIST", "请求的账单文件不存在")
		}
		text := wxBillText(c.merchant, lines)
		query := url.Values{"token": {w.keepBill(p, wxBillFile{c.merchant.account(), text, p.now.Add(wxBillLife)})}}
		if c.body.text("tar_type") != "" {
			query.Set("tartype", "gzip")
		}
		sum := sha1.Sum([]byte(text))
		return wxYes(map[string]any{
			"hash_type": "SHA1", "hash_value": hex.EncodeToString(sum[:]), "download_url": w.sim.base("/v3/billdownload/file?" + query.Encode()),
		})
	})
}

// keepBill makes a token for a bill, and forgets those that are no longer good.
func (w *weChat) keepBill(p *page, f wxBillFile) (token string) {
	for t, old := range w.bills {
		if !p.now.Before(old.until) {
			delete(w.bills, t)
		}
	}
	token = p.b.random("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_", 64)
	w.bills[token] = f
	return token
}

// billFile is /v3/billdownload/file. Who asks has to be who asked for the bill;
// the answer is the file, and has no signature.
func (w *weChat) billFile(c wxCall) wxReply {
	return w.change(func(p *page) wxReply {
		f, known := w.bills[c.body.text("token")]
		switch {
		case !known, !p.now.Before(f.until):
			return wxNo("INVALID_REQUEST", "请重新获取账单地址后再请求")
		case f.account != c.merchant.account():
			return wxNo("NO_AUTH", "权限异常")
		}
		rep := wxReply{file: []byte(f.text), another: []byte(f.text + "\n")}
		if c.body.text("tartype") != "" {
			rep.file, rep.another = zipped(rep.file), zipped(rep.another)
		}
		return rep.unsigned()
	})
}

func zipped(text []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(text) // a Buffer takes everything
	z.Close()
	return b.Bytes()
}

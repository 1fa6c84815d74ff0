package paysim

import (
	"crypto/rand"
	"fmt"
	"html"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"time"

	"frontdesk/payment"
)

const (
	billMethod   = "alipay.data.dataservice.bill.downloadurl.query"
	billDownload = "downloadBillFile.resource" // what SetFault calls the download itself
	billPath     = "/" + billDownload

	// billAccount is the merchant's account as bills name it.
	billAccount = sellerID + "0156"

	// billLinkLife is how long the address of a bill is good for.
	billLinkLife = 30 * time.Second
)

// firstBill is the oldest day that there are bills of.
var firstBill = time.Date(2016, 1, 1, 0, 0, 0, 0, payment.Beijing)

// billFields: the bill of trades is the only one here, and of days alone.
var billFields = []field{must("bill_type", oneOf("trade")), must("bill_date", billDate)}

func parseBillDate(s string) (time.Time, bool) {
	day, err := time.ParseInLocation(time.DateOnly, s, payment.Beijing)
	return day, err == nil
}

func billDate(v any) string {
	s, ok := v.(string)
	if ok {
		_, ok = parseBillDate(s)
	}
	if !ok {
		return "应为 yyyy-MM-dd"
	}
	return ""
}

// bill is alipay.data.dataservice.bill.downloadurl.query: where the bill of a
// day can be fetched. The sub codes are those that were seen in use, which are
// not spelt as in the documents. What is said of a bill that is not made yet is
// said by the real service of a day without trades as well; here that has the
// documents' own code.
func (a *alipay) bill(b content) reply {
	day, _ := parseBillDate(b.text("bill_date"))
	return a.change(func(p *page) reply {
		switch {
		case day.Before(firstBill), !payment.Midnight(p.now).After(day): // never of today
			return failed("invalid_arguments", "入参不合法")
		case !billed(day, p.now):
			return failed("isp.bill_not_exist", "账单不存在")
		case len(a.booked(p, day)) == 0:
			return failed("NO_BILL_DATA", "商户在请求的账单时间内没有发生当前账单类型的业务")
		}
		return done("10000", map[string]any{"bill_download_url": a.sim.base(billPath) + "?" + a.links.issue(day, p.now)})
	})
}

// booked is what a bill of that day lists.
func (a *alipay) booked(p *page, day time.Time) []booked {
	return p.bookedOn(day, func(no string) (order, bool) { return p.findOf(payment.Alipay, no) })
}

// billLinks are the addresses of bills that were given out and may still be
// good, by their whole query.
type billLinks struct {
	mu   sync.Mutex
	good map[string]billLink
}

type billLink struct{ day, until time.Time }

func (l *billLinks) issue(day, now time.Time) (query string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for q, link := range l.good {
		if !now.Before(link.until) {
			delete(l.good, q)
		}
	}
	if l.good == nil {
		l.good = map[string]billLink{}
	}
	date := day.Format("20060102")
	file := billAccount + "_" + date + ".csv.zip"
	query = url.Values{
		"bizType": {"trade"}, "userId": {billAccount}, "fileType": {"csv.zip"}, "bizDates": {date}, "downloadFileName": {file},
		"fileId": {"/trade/" + billAccount + "/" + date + ".csv.zip"}, "timestamp": {fmt.Sprint(now.Unix())}, "token": {rand.Text()},
	}.Encode()
	l.good[query] = billLink{day, now.Add(billLinkLife)}
	return query
}

// dayOf is the day whose bill an address stands for; ok is false when it was
// never given out or is good no more.
func (l *billLinks) dayOf(query string, now time.Time) (day time.Time, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	link, ok := l.good[query]
	return link.day, ok && now.Before(link.until)
}

// serveBill answers the download. Nothing about it is signed: its address is the
// secret. What is not there is a page with status 200, so that a client has to
// look at what it got.
func (a *alipay) serveBill(w http.ResponseWriter, r *http.Request) {
	l := letter{body: noBillPage("下载链接已失效")}
	said := "none"
	a.sim.serve(w, exchange{
		front:  "alipay",
		method: billDownload,
		run: func() passage {
			day, good := a.links.dayOf(r.URL.RawQuery, a.sim.now())
			if !good || r.Method != http.MethodGet {
				return passage{}
			}
			if body, err := a.billZIP(day); err != nil {
				a.sim.log.Error("alipay", "bill", err)
				l.body = noBillPage("系统繁忙")
			} else {
				l, said = letter{body: body, header: http.Header{"Content-Type": {"application/zip"}}}, day.Format(time.DateOnly)
			}
			return passage{}
		},
		refuse: func(f Fault) { l.body = noBillPage(f.SubCode) },
		said:   func() []slog.Attr { return []slog.Attr{slog.String("bill", said)} },
		encode: func(FaultKind) (letter, error) {
			if l.header == nil {
				l.header = http.Header{"Content-Type": {"text/html;charset=GBK"}}
			}
			l.header.Set("Date", a.sim.now().UTC().Format(http.TimeFormat))
			return l, nil
		},
	})
}

func noBillPage(why string) []byte {
	return []byte("<html><body>" + string(inGBK(html.EscapeString(why))) + "</body></html>\n")
}

package alipay_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"frontdesk/payment"
	"frontdesk/payment/alipay"
	"frontdesk/payment/wire/wiretest"
)

const (
	methodBill = "alipay.data.dataservice.bill.downloadurl.query"
	billToken  = "4d4dd2e32c0a5a9bc1ef1a0b2a64c5b7"
	billQuery  = "/downloadBillFile.resource?bizType=trade&userId=20880000000000180156&fileType=csv.zip&bizDates=20261120&timestamp=1795224000&token=" + billToken
)

// billDay is the day of the golden bill, and nextNoon when it has to be there.
var (
	billDay  = time.Date(2026, 11, 20, 0, 0, 0, 0, payment.Beijing)
	nextNoon = billDay.Add(36 * time.Hour)
)

// billFile is the golden bill as Alipay packs it, with another file of so many
// bytes that cannot be packed any smaller.
func billFile(t testing.TB, more int) []byte {
	t.Helper()
	text, err := os.ReadFile("testdata/bill.csv")
	if err != nil {
		t.Fatal(err)
	}
	to := simplifiedchinese.GBK.NewEncoder()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range map[string]string{"明细.csv": string(text), "汇总.csv": "#支付宝业务汇总查询\n门店编号,门店名称,交易订单总笔数\n"} {
		f := wiretest.Must(w.CreateHeader(&zip.FileHeader{Name: wiretest.Must(to.String(name)), NonUTF8: true, Method: zip.Deflate}))
		wiretest.Must(f.Write(wiretest.Must(to.Bytes([]byte(text)))))
	}
	wiretest.Must(wiretest.Must(w.CreateHeader(&zip.FileHeader{Name: "more", Method: zip.Store})).Write(make([]byte, more)))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// fileServer is where bills are downloaded. It notes what is asked for.
type fileServer struct {
	*httptest.Server
	got wiretest.Requests[*http.Request]
}

func newFileServer(t *testing.T, answer http.HandlerFunc) *fileServer {
	t.Helper()
	f := &fileServer{}
	f.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f.got.Add(r)
		answer(w, r)
	}))
	t.Cleanup(f.Close)
	return f
}

func gives(file []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.Write(file) }
}

// billAt is the gateway's answer that a bill is there.
func billAt(address string) string {
	return `{"code":"10000","msg":"Success","bill_download_url":"` + address + `"}`
}

// clockAt is a config whose clock stands still.
func clockAt(c alipay.Config, now time.Time) alipay.Config {
	c.Clock = func() time.Time { return now }
	return c
}

func TestABillIsAskedForAndDownloaded(t *testing.T) {
	files := newFileServer(t, gives(billFile(t, 0)))
	certs := makeCerts()
	for mode, tt := range map[string]struct {
		config func(url string) alipay.Config
		answer func(w http.ResponseWriter, r request)
	}{
		"key mode": {config, signed(billAt(files.URL + billQuery))},
		"certificate mode": {certs.config, func(w http.ResponseWriter, r request) {
			fmt.Fprint(w, certEnvelope(r.Method, billAt(files.URL+billQuery), serialNo(certs.alipay)))
		}},
		"for a merchant": {func(url string) alipay.Config {
			c := config(url)
			c.AppAuthToken = "202611BBtoken"
			return c
		}, signed(billAt(files.URL + billQuery))},
	} {
		t.Run(mode, func(t *testing.T) {
			g := newGateway(t, tt.answer)
			channel := newChannel(t, clockAt(tt.config(g.URL), nextNoon))
			before := len(files.got.Sent())
			lines, err := channel.Bill(t.Context(), billDay.Add(23*time.Hour).UTC())
			if err != nil || len(lines) != 13 {
				t.Fatalf("%d lines, %v", len(lines), err)
			}
			if l := lines[3]; l.Kind != payment.BilledRefund || l.Amount != 50_00 || l.Discount != 7_50 || l.Fee != -26 || l.Wallet != payment.WalletAlipay {
				t.Errorf("%+v", l)
			}
			sameFields(t, g.only(), map[string]any{"bill_type": "trade", "bill_date": "2026-11-20"})
			if got := g.only().Method; got != methodBill {
				t.Errorf("method %s", got)
			}
			sent := files.got.Sent()[before:]
			if len(sent) != 1 || sent[0].Method != http.MethodGet || sent[0].RequestURI != billQuery || sent[0].ContentLength != 0 {
				t.Errorf("downloads: %+v", sent)
			}
		})
	}
}

// A bill may be far longer than any answer of the gateway.
func TestALongBill(t *testing.T) {
	files := newFileServer(t, gives(billFile(t, 8<<20)))
	g := answers(t, billAt(files.URL+billQuery))
	lines, err := newChannel(t, clockAt(config(g.URL), nextNoon)).Bill(t.Context(), billDay)
	if err != nil || len(lines) != 13 {
		t.Errorf("%d lines, %v", len(lines), err)
	}
}

// Until its day is over a bill could still grow: nobody is asked. After that the
// gateway is, and what its answers mean depends on the hour.
func TestWhenABillIsThere(t *testing.T) {
	const (
		later = "later"
		none  = "no lines"
		wrong = "an error"
	)
	const emptyBill = `{"code":"10000","bill_download_url":"http://127.0.0.1:1/","bill_file_code":"EMPTY_DATA_WITH_BILL_FILE"}` // nobody listens there
	day := func(d time.Duration) time.Time { return billDay.Add(d) }
	const nextDay = 24 * time.Hour
	for _, tt := range []struct {
		name   string
		now    time.Time
		answer string
		want   string
		asked  bool
	}{
		{"of a day to come", day(-time.Hour), billAt("https://127.0.0.1/"), later, false},
		{"of today", day(nextDay - time.Second), billAt("https://127.0.0.1/"), later, false},
		{"just after midnight", day(nextDay), refusal("40004", "isp.bill_not_exist"), later, true},
		{"just after midnight, in the documents' words", day(nextDay), refusal("40004", "BILL_NOT_EXIST"), later, true},
		{"the gateway's clock is behind", day(nextDay), refusal("40004", "isv.invalid_arguments"), later, true},
		{"the same in the documents' words", day(nextDay), refusal("40002", "INVAILID_ARGUMENTS"), later, true},
		{"no trades, too early to know", day(nextDay + 9*time.Hour - 1), refusal("40004", "NO_BILL_DATA"), later, true},
		{"no trades", day(nextDay + 9*time.Hour), refusal("40004", "NO_BILL_DATA"), none, true},
		{"an empty bill, too early to know", day(nextDay), emptyBill, later, true},
		{"an empty bill", day(nextDay + 9*time.Hour), emptyBill, none, true},
		{"a bill of which something new is said", day(nextDay + 9*time.Hour), strings.Replace(emptyBill, "EMPTY_DATA", "OTHER_DATA", 1), wrong, true},
		{"no trades, or late", day(nextDay + 12*time.Hour - 1), refusal("40004", "isp.bill_not_exist"), later, true},
		{"at noon", day(nextDay + 12*time.Hour), refusal("40004", "isp.bill_not_exist"), none, true},
		{"a year later", day(365 * nextDay), refusal("40004", "BILL_NOT_EXIST"), none, true},
		{"a date that it does not like", day(365 * nextDay), refusal("40004", "isv.invalid_arguments"), wrong, true},
		{"a date before the merchant", day(365 * nextDay), refusal("40004", "BILL_DATE_BEFORE_REGISTRATION"), wrong, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := answers(t, tt.answer)
			lines, err := newChannel(t, clockAt(config(g.URL), tt.now)).Bill(t.Context(), billDay.Add(15*time.Hour))
			got := none
			switch {
			case errors.Is(err, payment.ErrBillLater):
				got = later
			case err != nil:
				got = wrong
			}
			if got != tt.want || len(lines) > 0 {
				t.Errorf("%s, want %s: %+v, %v", got, tt.want, lines, err)
			}
			if asked := len(g.sent()) > 0; asked != tt.asked {
				t.Errorf("asked: %v", asked)
			}
		})
	}
}

// An answer that is no clear no leaves open what was booked, and so does a no that
// anybody could have said.
func TestABillThatIsNotGivenOut(t *testing.T) {
	for name, tt := range map[string]struct {
		answer func(http.ResponseWriter, request)
		says   string
	}{
		"too many questions":       {signed(refusal("40004", "SYSTEM_RATE_LIMIT")), "SYSTEM_RATE_LIMIT"},
		"too many of this user":    {signed(refusal("40004", "USER_RATE_LIMIT")), "USER_RATE_LIMIT"},
		"no right to it":           {signed(refusal("40006", "isv.insufficient-isv-permissions")), "isv.insufficient-isv-permissions"},
		"unavailable":              {signed(refusal("20000", "isp.unknow-error")), "isp.unknow-error"},
		"unavailable, of no bill":  {signed(refusal("20000", "isp.bill_not_exist")), "isp.bill_not_exist"},
		"a system error":           {signed(refusal("40004", "SYSTEM_ERROR")), "SYSTEM_ERROR"},
		"a no without a reason":    {signed(refusal("40004", "")), "40004"},
		"in progress":              {signed(`{"code":"10003","bill_download_url":"https://127.0.0.1/"}`), "10003"},
		"in progress, of no bill":  {signed(`{"code":"10003","sub_code":"NO_BILL_DATA"}`), "10003"},
		"a yes without an address": {signed(`{"code":"10000"}`), "no address"},
		"an address that is none":  {signed(`{"code":"10000","bill_download_url":{"at":"https://127.0.0.1/"}}`), "no address"},
		"an unsigned address":      {unsigned(billAt("https://127.0.0.1/" + billToken)), "not signed"},
		"no trades, unsigned":      {unsigned(refusal("40004", "NO_BILL_DATA")), "not signed"},
		"no bill, unsigned":        {unsigned(refusal("40004", "isp.bill_not_exist")), "not signed"},
		"signed by a stranger": {func(w http.ResponseWriter, r request) {
			fmt.Fprint(w, envelope(r.Method, refusal("40004", "NO_BILL_DATA"), keys().stranger, refusal("40004", "NO_BILL_DATA")))
		}, "signature"},
		"a page": {func(w http.ResponseWriter, r request) { fmt.Fprint(w, "<html>NO_BILL_DATA") }, ""},
		"a status": {func(w http.ResponseWriter, r request) {
			w.WriteHeader(http.StatusBadGateway)
			signed(refusal("40004", "NO_BILL_DATA"))(w, r)
		}, "502"},
	} {
		g := newGateway(t, tt.answer)
		lines, err := newChannel(t, clockAt(config(g.URL), nextNoon)).Bill(t.Context(), billDay)
		if err == nil || errors.Is(err, payment.ErrBillLater) || len(lines) > 0 || !strings.Contains(err.Error(), tt.says) || !strings.Contains(err.Error(), "2026-11-20") {
			t.Errorf("%s: %d lines, %v", name, len(lines), err)
		}
	}
}

// A comma or a line end in a text would break the row of the bill that holds it,
// and with it the bill of that day. So none is sent.
func TestNothingThatIsSentBreaksABill(t *testing.T) {
	const comma = "1,2,\n3\t,\"，"
	g := answers(t, `{"code":"20000"}`)
	c := config(g.URL)
	c.StoreID, c.TerminalID, c.OperatorID = comma, comma, comma
	channel := newChannel(t, c)
	pay, qr, capture, release, refund, hold := payRequest(), qrRequest(), captureRequest(), releaseRequest(), refundRequest(), holdRequest()
	for _, text := range []*string{&pay.Subject, &pay.ReceiptNo, &pay.Operator, &qr.Subject, &qr.ReceiptNo, &capture.Subject, &capture.ReceiptNo,
		&capture.Operator, &release.Reason, &refund.Reason, &hold.Subject} {
		*text = comma
	}
	channel.Pay(t.Context(), pay)
	channel.ShowQR(t.Context(), qr)
	channel.Refund(t.Context(), refund)
	channel.Hold(t.Context(), hold)
	channel.HoldQR(t.Context(), hold)
	channel.Capture(t.Context(), capture)
	channel.Release(t.Context(), release)
	seen := 0
	for _, r := range g.sent() {
		for name, value := range r.Biz {
			s, _ := value.(string)
			if strings.ContainsAny(s, ",\n\t") {
				t.Errorf("%s: %s = %q", r.Method, name, s)
			}
			if strings.Contains(s, "，") {
				seen++
			}
		}
	}
	if seen < 15 {
		t.Errorf("only %d texts with a comma were sent", seen)
	}
}

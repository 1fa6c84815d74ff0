package cloudpay_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/cloudpay"
	"frontdesk/payment/paysim"
	"frontdesk/payment/wire/wiretest"
)

// The day of the lists here, and one of its moments.
var (
	listDay = time.Date(2019, 8, 29, 0, 0, 0, 0, payment.Beijing)
	atTen   = listDay.Add(10 * time.Hour)
)

// orderLine is a paid order of WeChat in a list, refundLine a refund of Alipay,
// with what is different.
func orderLine(no string, more string) string {
	return line("order", fmt.Sprintf(`{"sub_pay_platform":100,"trade_type":1,"out_trade_no":"%s","transaction_id":"42","total_fee":12850,"fee_type":"CNY",`+
		`"settlement_total_fee":12850,"time_end":%d,"create_time":%d,"last_update_time":%d,"refunded_fee":0,"wxpay_current_trade_state":2}`,
		no, atTen.Unix(), atTen.Unix()-7, atTen.Unix()+1), more)
}

func refundLine(no string, more string) string {
	return line("refund_order", fmt.Sprintf(`{"sub_pay_platform":200,"trade_type":1,"out_trade_no":"%s","total_fee":12850,"out_refund_no":"%s","refund_fee":2850,"refund_fee_type":"CNY",`+
		`"settlement_refund_fee":2850,"create_time":%d,"refund_start_processing_time":%d,"alipay_refund_state":2}`, orderNo, no, atTen.Unix(), atTen.Unix()+60), more)
}

// line puts other fields into one of a list; a null takes one out.
func line(kind, base, more string) string {
	fields := map[string]any{}
	if err := errors.Join(json.Unmarshal([]byte(base), &fields), json.Unmarshal([]byte("{"+more+"}"), &fields)); err != nil {
		panic(more + ": " + err.Error())
	}
	for name, v := range fields {
		if v == nil {
			delete(fields, name)
		}
	}
	return string(wiretest.Must(json.Marshal(map[string]any{kind: fields})))
}

// listOf is the object of an answer with these lines of so many.
func listOf(total int, lines ...string) string {
	return done("query_order_list", fmt.Sprintf(`{"nonce_str":"x","total_count":%d,"order_details":[%s]}`, total, strings.Join(lines, ",")))
}

// lists makes a gateway that has these orders and these refunds, on one page each.
func lists(t *testing.T, orders, refunds string) *gateway {
	return newGateway(t, func(w http.ResponseWriter, r request) {
		if r.Content["order_type"] == 2.0 {
			authentic(refunds)(w, r)
			return
		}
		authentic(orders)(w, r)
	})
}

// onTheNextDay is a channel that is asked a day and a half after the day began.
func onTheNextDay(t *testing.T, g *gateway) *cloudpay.Channel {
	c := config(g.URL)
	c.Clock = func() time.Time { return listDay.Add(36 * time.Hour) }
	return newChannel(t, c)
}

func TestAListToTheLetter(t *testing.T) {
	g := lists(t, listOf(1, orderLine(orderNo, "")), listOf(0))
	if _, err := onTheNextDay(t, g).Bill(t.Context(), atTen); err != nil {
		t.Fatal(err)
	}
	all := g.sent()
	if len(all) != 2 {
		t.Fatalf("%d requests", len(all))
	}
	for i, r := range all {
		golden(t, "a list", r, "query_order_list", fmt.Sprintf(`"sub_pay_platforms":[100,200],"out_sub_mch_id":"%s","out_shop_id":"%s","order_type":%d,`+
			`"start_time":1567008000,"end_time":1567094399,"page_num":1,"page_size":25,"pay_time_type":2,"refund_time_type":2,"status":1`, merchant, shop, i+1))
	}
}

// The sample of the documents, as far as a bill is about it: an order of WeChat
// and a refund of Alipay, on a list of the same seconds.
func TestTheSampleOfTheDocuments(t *testing.T) {
	const order = `{"order":{"out_mch_id":"sz01GXOqB5dNbUIOWMoR","out_sub_mch_id":"sz01O2GIKS3e8Y9tjlM0","out_shop_id":"sz015qVUJ0c41KDyiArL",` +
		`"shop_name":" \u0078\u0078\u0078\u5e97","staff_id":"833","staff_name":" \u5c0f\u5b9d","device_id":"63372","device_name":" \u6536\u94f6\u53f0\u4e00",` +
		`"qrcode_id":"","qrcode_name":"","source_type":0,"sub_pay_platform":100,"trade_type":1,"out_trade_no":"0103260006050213462",` +
		`"transaction_id":"4200000374201908293900269343","total_fee":180000,"fee_type":"CNY","cash_fee":180000,"cash_fee_type":"CNY","settlement_total_fee":180000,` +
		`"discount_fee":0,"recharge_bonus_fee":0,"is_card_recharge":false,"remaining_settlement_fee":180000,"time_end":1567074507,"create_time":1567074500,` +
		`"last_update_time":1567074508,"body":"\u0078\u0078\u0078\u5e97\u0028\u8bbe\u5907\u6536\u8d39\u0029","detail":"","client_flow_id":"","remark":"",` +
		`"refunded_fee":0,"refund_create_time":0,"refund_time":0,"refunded_settlement_fee":0,"wxpay_current_trade_state":2,"attach":"","bank_type":"CFT",` +
		`"goods_tag":"","scene_info":"","is_deposit_mode":false}}`
	const refund = `{"refund_order":{"out_mch_id":"sz01GXOqB5dNbUIOWMoR","out_sub_mch_id":"sz01O2GIKS3e8Y9tjlM0","out_shop_id":"sz015qVUJ0c41KDyiArL",` +
		`"shop_name":" \u0078\u0078\u0078\u5e97","staff_id":"833","staff_name":" \u5927\u5b9d","device_id":"63372","device_name":" \u6536\u94f6\u53f0\u4e8c",` +
		`"qrcode_id":"","source_type":0,"sub_pay_platform":200,"trade_type":1,"out_trade_no":"0103260006050213757","total_fee":250000,` +
		`"out_refund_no":"0103260006051213250","refund_id":"","refund_fee":250000,"settlement_refund_fee":250000,"refund_fee_type":"CNY","create_time":1567069546,` +
		`"last_update_time":1567069547,"refund_start_processing_time":1567069546,"pay_last_update_time":1567067344,` +
		`"refund_reason":"\u8ba2\u5355\u5e9f\u5f03\u9000\u6b3e","client_refund_flow_id":"","alipay_refund_state":2,"is_deposit_mode":false}}`
	answer := func(line string) string {
		return `{"status":0,"description":" \u64cd\u4f5c\u6210\u529f\u3002","log_id":2043799495,"Internal_status":0,"query_order_list":{"total_count":1,"order_details":[` +
			line + `],"nonce_str":"wt6SdiH2oEEFM74fKp04Go9WFx0aeVOq"}}`
	}
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		content := answer(order)
		if body, _ := io.ReadAll(r.Body); strings.Contains(string(body), `\"order_type\":2`) {
			content = answer(refund)
		}
		fmt.Fprint(w, envelope(content, code(authKey, content)))
	}))
	t.Cleanup(service.Close)
	c := config(service.URL)
	c.OutMchID, c.OutSubMchID, c.OutShopID, c.OrderPrefix = "sz01GXOqB5dNbUIOWMoR", "sz01O2GIKS3e8Y9tjlM0", "sz015qVUJ0c41KDyiArL", "01032600"
	lines, err := newChannel(t, c).Bill(t.Context(), atTen)
	if err != nil {
		t.Fatal(err)
	}
	at := func(unix int64) time.Time { return time.Unix(unix, 0).In(payment.Beijing) }
	want := []payment.BillLine{
		{Kind: payment.BilledRefund, OrderNo: "0103260006050213757", RefundNo: "0103260006051213250", Wallet: payment.WalletAlipay, Amount: 2500_00, At: at(1567069546)},
		{Kind: payment.BilledPayment, OrderNo: "0103260006050213462", TradeNo: "4200000374201908293900269343", Wallet: payment.WalletWeChat, Amount: 1800_00, At: at(1567074507)},
	}
	if len(lines) != 2 || lines[0] != want[0] || lines[1] != want[1] {
		t.Errorf("%+v\nwant %+v", lines, want)
	}
}

// The day ends at midnight in Beijing, and its list at ten o'clock of the next
// morning, whatever the clock here says.
func TestABillOfADayThatIsNotSettledComesLater(t *testing.T) {
	g := lists(t, listOf(1, orderLine(orderNo, "")), listOf(0))
	for name, tt := range map[string]struct {
		now  time.Time
		told bool
	}{
		"in the day":         {listDay.Add(12 * time.Hour), false},
		"after midnight":     {listDay.Add(24 * time.Hour), false},
		"a second too early": {listDay.Add(34*time.Hour - time.Second), false},
		"at ten":             {listDay.Add(34 * time.Hour), true},
		"years later":        {listDay.AddDate(5, 0, 0), true},
	} {
		before := len(g.sent())
		c := config(g.URL)
		c.Clock = func() time.Time { return tt.now }
		lines, err := newChannel(t, c).Bill(t.Context(), atTen.UTC())
		if told := err == nil && len(lines) == 1; told != tt.told || !tt.told && !errors.Is(err, payment.ErrBillLater) {
			t.Errorf("%s: %d lines, %v", name, len(lines), err)
		}
		if asked := len(g.sent()) > before; asked != tt.told {
			t.Errorf("%s: it was asked: %v", name, asked)
		}
	}
}

// A clock that is days ahead makes today look like a day long over.
func TestAClockThatIsAheadFinishesNoDay(t *testing.T) {
	g := lists(t, listOf(0), listOf(0)) // whose answers have the time of this machine
	c := config(g.URL)
	c.Clock = func() time.Time { return time.Now().AddDate(0, 0, 3) }
	channel := newChannel(t, c)
	if lines, err := channel.Bill(t.Context(), time.Now()); !errors.Is(err, payment.ErrBillLater) || lines != nil {
		t.Errorf("today, with a clock ahead: %d lines, %v", len(lines), err)
	}
	if _, err := channel.Bill(t.Context(), time.Now().AddDate(0, 0, -3)); err != nil {
		t.Errorf("a day that is over by both clocks: %v", err)
	}
}

// An order that is open keeps the bill back for a day; then nobody will pay it.
func TestAnOpenOrderKeepsTheBillBack(t *testing.T) {
	for name, list := range map[string]*gateway{
		"a payment": lists(t, listOf(2, orderLine(orderNo, ""), orderLine(orderNo+"2", `"wxpay_current_trade_state":9,"time_end":null`)), listOf(0)),
		"a refund":  lists(t, listOf(1, orderLine(orderNo, "")), listOf(1, refundLine(refundNo, `"alipay_refund_state":1`))),
	} {
		for hours, told := range map[int]bool{34: false, 47: false, 48: true} {
			c := config(list.URL)
			c.Clock = func() time.Time { return listDay.Add(time.Duration(hours) * time.Hour) }
			lines, err := newChannel(t, c).Bill(t.Context(), atTen)
			if told != (err == nil && len(lines) == 1) || !told && !errors.Is(err, payment.ErrBillLater) {
				t.Errorf("%s, %d hours after midnight: %d lines, %v", name, hours, len(lines), err)
			}
		}
	}
}

// movable is a clock that is moved by hand.
type movable struct {
	mu  sync.Mutex
	now time.Time
}

func (m *movable) time() time.Time { m.mu.Lock(); defer m.mu.Unlock(); return m.now }
func (m *movable) set(t time.Time) { m.mu.Lock(); defer m.mu.Unlock(); m.now = t }

// asBooked holds a bill against what the simulator booked on the day, line by line.
func asBooked(t *testing.T, sim *paysim.Sim, day time.Time, lines []payment.BillLine) {
	t.Helper()
	type key struct {
		kind          payment.BillKind
		order, refund string
	}
	truth := map[key]payment.BillLine{}
	for _, l := range sim.Booked(payment.CloudPay, day) {
		truth[key{l.Kind, l.OrderNo, l.RefundNo}] = l
	}
	for _, l := range lines {
		k := key{l.Kind, l.OrderNo, l.RefundNo}
		want, ok := truth[k]
		if !ok || l.Amount != want.Amount || l.Discount != want.Discount || l.Fee != want.Fee || !l.FeeKnown || l.Wallet != want.Wallet || !l.At.Equal(want.At.Truncate(time.Second)) {
			t.Fatalf("%+v\nin truth %+v", l, want)
		}
		delete(truth, k)
	}
	if len(truth) != 0 {
		t.Errorf("%d lines, and %d are missing", len(lines), len(truth))
	}
}

// Hundreds of orders of all wallets over many pages, with refunds, as the
// simulator booked them.
func TestALongDayOverManyPages(t *testing.T) {
	day := time.Date(2026, 11, 20, 0, 0, 0, 0, payment.Beijing)
	clock := &movable{now: day.Add(8 * time.Hour)}
	sim := simulator(t, paysim.Options{Clock: clock.time, CloudUnionPay: true})
	c := simConfig(sim)
	c.Clock = clock.time
	c.Wallets = []payment.Wallet{payment.WalletWeChat, payment.WalletAlipay, payment.WalletUnionPay}
	c.UnionPayPlatform, c.UnionPaySubPlatform = sim.CloudPay().UnionPayPlatform, sim.CloudPay().UnionPaySubPlatform
	channel := newChannel(t, c)
	for n := range int64(330) {
		clock.set(clock.time().Add(2 * time.Minute))
		w := c.Wallets[n%3]
		o := payment.Order{Amount: payment.Amount(100 + n*10), Wallet: w, OutTradeNo: payment.NewNumber(sim.CloudPay().OrderPrefix, payment.ReceiptNo(1, n+1), 1, clock.time())}
		scenario := []int{1, 1, 14, 4, 6}[n%5]
		channel.Pay(t.Context(), payment.PayRequest{Order: o, Code: payment.PayCode(sim.FreshCodeOf(w, scenario)), Subject: "Tea"})
		if n%4 == 0 {
			channel.Refund(t.Context(), payment.RefundRequest{Order: o, RequestNo: payment.NewRequestNo(o.OutTradeNo, 1), Refund: o.Amount / 20 * 10})
		}
	}
	clock.set(day.Add(36 * time.Hour))
	lines, err := channel.Bill(t.Context(), day)
	if err != nil {
		t.Fatal(err)
	}
	if len(lines) < 300 {
		t.Errorf("%d lines", len(lines))
	}
	asBooked(t, sim, day, lines)
}

// The orders of UnionPay are found by its number, or among all others where it
// has none.
func TestTheWalletsThatAListIsAskedFor(t *testing.T) {
	for _, tt := range []struct {
		platform, sub int
		want          string
	}{{0, 0, "[100,200]"}, {5, 500, "[100,200,500]"}, {5, 0, "null"}} {
		g := lists(t, listOf(0), listOf(0))
		c := config(g.URL)
		c.Wallets = []payment.Wallet{payment.WalletAlipay} // what was sold before with another wallet is in the bill
		c.UnionPayPlatform, c.UnionPaySubPlatform = tt.platform, tt.sub
		if _, err := newChannel(t, c).Bill(t.Context(), atTen); err != nil {
			t.Errorf("%+v: %v", tt, err)
		}
		if got := string(wiretest.Must(json.Marshal(g.sent()[0].Content["sub_pay_platforms"]))); got != tt.want {
			t.Errorf("%+v: asked for %s", tt, got)
		}
	}
}

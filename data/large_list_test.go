package data

import (
	"testing"

	"frontdesk/payment"
)

// figureLists are the lists behind the figures of a summary, of some days, and
// what a person may narrow them to.
func figureLists(d SaleDetail) []struct {
	name string
	f    Filter
} {
	return []struct {
		name string
		f    Filter
	}{
		{"all", Filter{ByMoney: true}},
		{"wallet", Filter{ByMoney: true, Channel: payment.Alipay, Wallet: payment.WalletAlipay}},
		{"rare-wallet", Filter{ByMoney: true, Channel: payment.CloudPay, Wallet: payment.WalletUnionPay}},
		{"method", Filter{ByMoney: true, Method: payment.MethodQR}},
		{"person", Filter{ByMoney: true, StaffID: d.Tenders[0].StaffID}},
		{"hour", Filter{ByMoney: true, Hour: new(int(clockHour(d.CreatedAt)))}},
		{"refunds", Filter{ByMoney: true, Refunds: true}},
		{"cash-sales", Filter{Channel: payment.Cash}},
		{"person-wallet", Filter{ByMoney: true, StaffID: d.Tenders[0].StaffID, Channel: payment.CloudPay, Wallet: payment.WalletUnionPay}},
		{"failed", Filter{State: SaleFailed}},
		{"wallet-failed", Filter{ByMoney: true, State: SaleFailed, Channel: payment.Alipay, Wallet: payment.WalletAlipay}},
	}
}

// BenchmarkFigureLists is what a person waits for who taps a figure of a
// million sales: "first" is the list with its totals and its first page, "page"
// another page of it, in its middle.
func BenchmarkFigureLists(b *testing.B) {
	l := largeLedger(b, million)
	d, err := l.Sale(ctx, "01500000")
	if err != nil {
		b.Fatal(err)
	}
	for _, days := range []struct {
		name     string
		from, to Day
	}{{"day", d.Day, d.Day}, {"month", d.Day[:8] + "01", d.Day[:8] + "28"}, {"year", "2025-01-01", "2025-12-31"}} {
		for _, of := range figureLists(d) {
			f := of.f
			f.From, f.To = days.from, days.to
			var list *SaleList
			b.Run(days.name+"/"+of.name+"/first", func(b *testing.B) {
				for b.Loop() {
					if list, err = l.SaleList(ctx, f); err != nil {
						b.Fatal(err)
					}
					if page, err := l.SaleRows(ctx, list, 0, 100); err != nil || len(page) != min(100, list.Totals.Rows) {
						b.Fatal(len(page), err)
					}
				}
				inMilliseconds(b)
			})
			b.Run(days.name+"/"+of.name+"/page", func(b *testing.B) {
				for b.Loop() {
					if _, err := l.SaleRows(ctx, list, list.Totals.Rows/2, 100); err != nil {
						b.Fatal(err)
					}
				}
				inMilliseconds(b)
			})
		}
	}
}

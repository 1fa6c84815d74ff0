package data

import (
	"slices"

	"frontdesk/payment"
)

// Filter chooses sales. Its zero value means all of them.
//
// Text finds, in this order:
//
//   - By a whole receipt, merchant order or trade number: only its sale.
//   - By any part of a remark, whatever the case and the width of its letters
//     and digits; and by the end of a receipt number.
//   - By any part of a merchant order or trade number. In a month or less always;
//     in more only where nothing else was found, and from six characters on:
//     shorter ones are in most numbers by chance, and there is no index over the
//     middle of numbers.
//
// Its newest SearchMax hits are looked at; Totals.More says that there are more.
//
// Channel, Method, Wallet, ShiftID, StaffID and Hour choose money: a sale passes
// when one of its tenders passes them all, or one of its refunds does, whose own
// person, shift and hour count. The sales behind a figure of a report have
// ByMoney set, and what the figure is cut by.
type Filter struct {
	From, To  Day       // business days, both included; "" for open ends
	ByMoney   bool      // the days are those on which money was asked for, as in reports; else those of the sale
	Refunds   bool      // only sales of which something was asked back and not refused; with ByMoney, on these days
	State     SaleState // "" for any
	Attention bool      // only sales about which a person has to decide
	Channel   payment.ChannelName
	Method    payment.Method
	Wallet    payment.Wallet // "" for any; NoWallet for money of which it is not known
	ShiftID   int64          // 0 for any
	StaffID   int64          // who took the money or gave it back; 0 for anybody
	Hour      *int           // of the clock in Beijing, 0 to 23, in which the money was asked for; nil for any
	Min, Max  payment.Amount // of Sale.Amount, both included; 0 for open ends
	Text      string         // full-width digits and letters are the same as the usual ones; "" for any
	Limit     int            // rows on the page of Sales; 0: 100
	Offset    int            // rows before it
}

// NoWallet stands in a Filter for payment.WalletNone.
const NoWallet payment.Wallet = "none"

// SaleRow is a line of the list of sales.
type SaleRow struct {
	Sale
	Ways       []Way // see WaysOf
	LastTender Tender
}

// Way is how money comes: through a channel, from a wallet. Cash has none.
type Way struct {
	Channel payment.ChannelName
	Wallet  payment.Wallet
}

// WaysOf is how the money of a sale came, or may still come, each way once and
// oldest first. Where none did and none can, it is how it was tried.
func WaysOf(tenders []Tender) (ways []Way) {
	add := func(counts func(Tender) bool) {
		for _, t := range tenders {
			if way := (Way{t.Channel, t.Wallet}); counts(t) && !slices.Contains(ways, way) {
				ways = append(ways, way)
			}
		}
	}
	add(func(t Tender) bool { return t.State == payment.StatePaid || t.State.Open() })
	if ways == nil {
		add(func(Tender) bool { return true })
	}
	return ways
}

// onlyDays reports that nothing but days of the sale is chosen.
func (f Filter) onlyDays() bool {
	rest := f
	rest.From, rest.To, rest.Limit, rest.Offset = "", "", 0, 0
	return rest == Filter{} || rest == Filter{ByMoney: true} && f.allDays()
}

// choosesMoney reports that totals count a part of the money of their sales.
func (f Filter) choosesMoney() bool {
	return f.ByMoney || f.Refunds || f.Channel != "" || f.Method != "" || f.Wallet != "" || f.ShiftID != 0 || f.StaffID != 0 || f.Hour != nil
}

func (f Filter) allDays() bool { return f.From == "" && f.To == "" }

// ends are the first and the last day, for BETWEEN. The first is more than the
// empty day of old tenders.
func (f Filter) ends() (from, to string) {
	from, to = string(f.From), string(f.To)
	if from == "" {
		from = "0"
	}
	if to == "" {
		to = "9999-99-99"
	}
	return from, to
}

func (f Filter) limit() int {
	if f.Limit <= 0 {
		return 100
	}
	return f.Limit
}

// saleSpan are the lowest and the highest id of the sales of some days, and how
// many there are. Each day's own ends are at hand in the index of days; those of
// all days are not.
func saleSpan(s source, from, to string) (in span, count int64, err error) {
	err = each(s, func(v *values) error {
		in, count = span{v.int(), v.int()}, v.int()
		return nil
	}, `SELECT coalesce(min((SELECT id FROM sales s WHERE s.day = d.day ORDER BY s.day, s.id LIMIT 1)), 1),
			coalesce(max((SELECT id FROM sales s WHERE s.day = d.day ORDER BY s.day DESC, s.id DESC LIMIT 1)), 0), coalesce(sum(sales), 0)
		FROM sale_days d WHERE day BETWEEN ? AND ?`, from, to)
	return in, count, err
}

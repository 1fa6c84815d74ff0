package summary

import (
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// newShares has a row for each way of payment, the largest first, as the ledger
// gives them. Who counts the drawer later sees that cash is missing among them.
func newShares(d *screen.Desk, r reading) (list []share) {
	amounts := make([]payment.Amount, len(r.report.Channels))
	for i, s := range r.report.Channels {
		amounts[i] = s.Trade
	}
	parts := shares(amounts)
	for i, s := range r.report.Channels {
		f := r.period.filter()
		f.Channel, f.Wallet = s.Channel, s.Wallet
		if s.Wallet == payment.WalletNone {
			f.Wallet = data.NoWallet
		}
		row := share{kit.Share{Word: wayWords(d, s), Count: count(d, s.Payments), Amount: s.Trade.Grouped()}, salesOf(f)}
		if parts != nil {
			row.Share.Share, row.Part = percent(parts[i]), float32(parts[i])/1000
		}
		list = append(list, row)
	}
	if r.blind {
		list = append(list, share{Share: kit.Share{Word: d.Channel(payment.Cash), Amount: d.Words.T("summary.blind")}})
	}
	return list
}

// wayWords names a channel, and the wallet where the channel takes those of
// others: 云支付·微信.
func wayWords(d *screen.Desk, s data.Slice) string {
	name := d.Channel(s.Channel)
	if s.Wallet == payment.WalletNone || string(s.Wallet) == string(s.Channel) {
		return name
	}
	return name + "·" + d.Words.T("wallet."+string(s.Wallet))
}

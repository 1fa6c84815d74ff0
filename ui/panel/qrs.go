package panel

import (
	"slices"

	"frontdesk/payment"
)

// QRs remembers whose QR was shown last: most guests of a shop have the same
// wallet.
type QRs struct{ Last payment.Wallet }

// First is the wallet to begin with; WalletNone where there is none.
func (q QRs) First(wallets []payment.Wallet) payment.Wallet {
	switch {
	case slices.Contains(wallets, q.Last):
		return q.Last
	case len(wallets) > 0:
		return wallets[0]
	}
	return payment.WalletNone
}

// NextQR is the wallet that is step places after now, around the end; ok is false
// where there is no other.
func NextQR(wallets []payment.Wallet, now payment.Wallet, step int) (next payment.Wallet, ok bool) {
	if len(wallets) == 0 {
		return payment.WalletNone, false
	}
	n := len(wallets)
	next = wallets[((slices.Index(wallets, now)+step)%n+n)%n]
	return next, next != now
}

package app

import "frontdesk/payment"

// wallets are those whose pay codes the program knows, the usual one first.
var wallets = []payment.Wallet{payment.WalletAlipay, payment.WalletWeChat, payment.WalletUnionPay}

// Wallets are those whose pay codes can be charged now, the usual one first.
func (t *Till) Wallets() []payment.Wallet {
	var list []payment.Wallet
	for _, w := range wallets {
		if t.TakenBy(w) != "" {
			list = append(list, w)
		}
	}
	return list
}

// TakenBy is the channel that takes the payments of a wallet now; empty where
// none does.
func (t *Till) TakenBy(w payment.Wallet) payment.ChannelName {
	settings := t.current()
	name := settings.wallets[w]
	if _, ok := settings.channels[name]; !ok {
		return ""
	}
	return name
}

// HoldWallets are those whose guests can set money aside by their pay code now.
func (t *Till) HoldWallets() []payment.Wallet {
	var list []payment.Wallet
	for _, w := range wallets {
		if _, rules := t.holdRules(w); rules.Holds {
			list = append(list, w)
		}
	}
	return list
}

package paysim

import (
	"fmt"
	"slices"

	"frontdesk/payment"
)

// Wallets are those that people here pay with, Alipay first.
var Wallets = []payment.Wallet{payment.WalletAlipay, payment.WalletWeChat, payment.WalletUnionPay}

// What numbers and texts are made of.
const (
	digits  = "0123456789"
	letters = "0123456789abcdefghijklmnopqrstuvwxyz"
)

// FreshCode is FreshCodeOf for Alipay: 18 digits that begin with 28.
func (s *Sim) FreshCode(scenario int) string { return s.FreshCodeOf(payment.WalletAlipay, scenario) }

// FreshCodeOf makes a pay code of a wallet that was never spent here and forces
// the scenario with that number, 0 to 99: 28 and 16 more digits for Alipay, 13
// and 16 for WeChat, 62 and 17 for UnionPay. It panics for another wallet or
// number: both come from a table, not from a person.
func (s *Sim) FreshCodeOf(w payment.Wallet, scenario int) string {
	if !slices.Contains(Wallets, w) || scenario < 0 || scenario > 99 {
		panic(fmt.Sprintf("paysim: no pay code for wallet %q and scenario %d", w, scenario))
	}
	return s.book.freshCode(w, fmt.Sprintf("%02d", scenario))
}

func (b *book) freshCode(w payment.Wallet, ending string) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	for {
		code := payment.PayCode("28" + b.random(digits, 14) + ending)
		switch w {
		case payment.WalletWeChat:
			code = payment.PayCode("13" + b.random(digits, 14) + ending)
		case payment.WalletUnionPay:
			code = payment.PayCode("62" + b.random(digits, 15) + ending)
		}
		if b.byCode[hashCode(code)] == "" {
			return code.Raw()
		}
	}
}

// newTradeNo makes the number of a trade in the form of the wallet's own:
// Alipay's is the day, 2200 and 16 digits; WeChat's 4200, 6 digits, the day and
// 10 digits; UnionPay's the day and 13 digits.
func (p *page) newTradeNo(w payment.Wallet) string {
	for {
		no := p.day() + "2200" + p.b.random(digits, 16)
		switch w {
		case payment.WalletWeChat:
			no = "4200" + p.b.random(digits, 6) + p.day() + p.b.random(digits, 10)
		case payment.WalletUnionPay:
			no = p.day() + p.b.random(digits, 13)
		}
		_, trade := p.b.byTrade[no]
		_, deposit := p.b.byAuth[no]
		if !trade && !deposit {
			return no
		}
	}
}

// newAuthNo makes the number of a hold: Alipay's is the day, 10002001 and 12
// digits, that of any other wallet looks like a trade's.
func (p *page) newAuthNo(w payment.Wallet) string {
	if w != payment.WalletAlipay {
		return p.newTradeNo(w)
	}
	for {
		no := p.day() + "10002001" + p.b.random(digits, 12)
		if _, taken := p.b.byAuth[no]; !taken {
			return no
		}
	}
}

// newQR makes what the QR of a payment holds.
func (p *page) newQR(w payment.Wallet) string {
	for {
		text := "https://qr.alipay.com/bax" + p.b.random(letters, 21)
		switch w {
		case payment.WalletWeChat:
			text = "weixin://wxpay/bizpayurl?pr=" + p.b.random(letters, 9)
		case payment.WalletUnionPay:
			text = "https://qr.95516.com/00010000/" + p.b.random(digits, 30)
		}
		if _, taken := p.b.byQR[text]; !taken {
			return text
		}
	}
}

// newHoldQR makes what the QR of a hold holds. Only Alipay has one.
func (p *page) newHoldQR() string {
	for {
		text := "https://qr.alipay.com/fmx" + p.b.random(letters, 21)
		if _, taken := p.b.byHoldQR[text]; !taken {
			return text
		}
	}
}

// payer is the person behind a pay code, as a merchant gets to see them.
type payer struct {
	LogonID string `json:"logon_id"` // masked by the channel; WeChat shows none
	UserID  string `json:"user_id"`  // Alipay's account number, WeChat's openid, UnionPay's user
}

// The people who pay with FreshCodeOf and ScanQR.
var (
	phone       = payer{"138****6021", "2088102000006021"}
	wechatPhone = payer{"", "oUpF8uSim0000000000000006021"}
	unionPhone  = payer{"622848*********6021", "UP00000000006021"}
)

// phoneOf is the payer whose phone scans a QR.
func phoneOf(w payment.Wallet) payer {
	switch w {
	case payment.WalletWeChat:
		return wechatPhone
	case payment.WalletUnionPay:
		return unionPhone
	}
	return phone
}

// payerOf tells the payers of codes apart by their first two digits, so that
// an order number can be tried with another payer's code.
func payerOf(code payment.PayCode) payer {
	if _, w := payment.Recognise(code.Raw()); w == payment.WalletWeChat && code[:2] != "13" {
		return payer{"", "oUpF8uSim0000000000000000" + string(code[:2]) + "x"}
	} else if w != payment.WalletAlipay {
		return phoneOf(w)
	}
	switch code[:2] {
	case "25":
		return payer{"139****0425", "2088102000000425"}
	case "26":
		return payer{"lin***@example.com", "2088102000000626"}
	case "27":
		return payer{"136****1727", "2088102000001727"}
	case "29":
		return payer{"189****2929", "2088102000002929"}
	case "30":
		return payer{"wu_***@example.com", "2088102000003030"}
	case "fp":
		return payer{"159****7035", "2088102000007035"}
	}
	return phone
}

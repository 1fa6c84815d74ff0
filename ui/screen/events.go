package screen

import (
	"slices"
	"strings"

	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
)

// Channel is the word for a channel.
func (d *Desk) Channel(name payment.ChannelName) string { return d.Words.T("channel." + string(name)) }

// Wallet is the word for what somebody pays with, as sentences for cashier and
// customer have it: WeChat stays WeChat, whichever channel takes it.
func (d *Desk) Wallet(channel payment.ChannelName, wallet payment.Wallet) string {
	return d.Words.Wallet(string(channel), string(wallet))
}

// Through is Wallet with the channel behind it where that is not the wallet's
// own: 微信（云支付）, as details have it.
func (d *Desk) Through(channel payment.ChannelName, wallet payment.Wallet) string {
	return d.Words.Through(string(channel), string(wallet))
}

// Wallets are the words for what several ways take, each once, with between
// between them.
func (d *Desk) Wallets(ways []data.Way, between string) string {
	var words []string
	for _, way := range ways {
		if word := d.Wallet(way.Channel, way.Wallet); !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	return strings.Join(words, between)
}

// WalletList names wallets for a person to choose from: 支付宝或微信.
func (d *Desk) WalletList(wallets []payment.Wallet) string {
	words := make([]string, len(wallets))
	for i, w := range wallets {
		words[i] = d.Words.T("wallet." + string(w))
	}
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return d.Words.T("till.or", "list", strings.Join(words[:last], d.Words.T("till.and")), "last", words[last])
}

// Why says why a channel refused, and what to do now. What the manager has to
// put right names the channel beside the wallet.
func (d *Desk) Why(reason payment.Reason, channel payment.ChannelName, wallet payment.Wallet) (what, do string) {
	name := d.Wallet(channel, wallet)
	switch reason {
	case payment.ReasonNone:
		reason = payment.ReasonOther
	case payment.ReasonMerchantSetup, payment.ReasonMerchantLimit, payment.ReasonWrongKeys, payment.ReasonRefundStuck:
		name = d.Through(channel, wallet)
	}
	key := "reason." + string(reason)
	return d.Words.T(key+".what", "channel", name), d.Words.T(key+".do", "channel", name)
}

// EventText is one line of a sale's timeline. t is the tender that the event
// belongs to; the zero Tender where it concerns the sale as a whole.
func (d *Desk) EventText(e data.Event, t data.Tender) string {
	key := "event." + string(e.Kind)
	detail := e.Detail
	switch e.Kind {
	case data.EventCreated:
		key += "." + string(t.Method)
	case data.EventWaiting:
		if t.Method == payment.MethodQR {
			key += ".qr"
		}
	case data.EventCancelAsked, data.EventPrinted:
		key += "." + e.Detail
	case data.EventPrintStuck:
		detail = d.Words.T("printer.error." + e.Detail)
	}
	return strings.TrimSpace(d.Words.T(key, "channel", d.Wallet(t.Channel, t.Wallet), "detail", detail, "amount", e.Amount.Grouped()))
}

// DepositEventText is one line of a deposit's timeline. Cash is not held by
// anybody else, so some lines have other words for it.
func (d *Desk) DepositEventText(e data.Event, deposit data.Deposit) string {
	key := "event." + string(e.Kind)
	switch {
	case deposit.Channel == payment.Cash && d.Words.Has(key+".cash"):
		channel := d.Channel(deposit.Channel)
		return d.Words.T(key+".cash", "channel", channel, "detail", e.Detail, "amount", e.Amount.Grouped())
	case e.Kind == data.EventCreated && deposit.Method == payment.MethodCode:
		return d.Words.T("event.hold_asked", "channel", d.Wallet(deposit.Channel, deposit.Wallet), "detail", e.Detail, "amount", e.Amount.Grouped())
	}
	return d.EventText(e, data.Tender{Channel: deposit.Channel, Wallet: deposit.Wallet, Method: deposit.Method})
}

// EventIcon is the icon before it and its colour.
func EventIcon(kind data.EventKind) (kit.Icon, kit.Token) {
	switch kind {
	case data.EventWaiting, data.EventPassword:
		return kit.IconWaiting, kit.Ink
	case data.EventQRShown:
		return kit.IconQR, kit.Ink
	case data.EventQueried, data.EventResumed:
		return kit.IconAgain, kit.Ink
	case data.EventUnknown, data.EventCancelUnknown, data.EventRefundUnknown, data.EventCaptureUnknown, data.EventReleaseUnknown:
		return kit.IconUnknown, kit.Warn
	case data.EventPaid, data.EventRefunded, data.EventCaptured:
		return kit.IconPaid, kit.Ok
	case data.EventHeld:
		return kit.IconHeld, kit.AccentInk
	case data.EventFailed, data.EventRefundRefused, data.EventHoldFailed, data.EventCaptureRefused, data.EventReleaseRefused:
		return kit.IconFailed, kit.Bad
	case data.EventClosed, data.EventHoldClosed:
		return kit.IconClosed, kit.Mute
	case data.EventReversed, data.EventReleased, data.EventHoldReversed:
		return kit.IconRefunded, kit.Mute
	case data.EventLatePaid, data.EventLateHeld, data.EventHoldTaken, data.EventPrintStuck:
		return kit.IconAlert, kit.Warn
	case data.EventPrinted, data.EventPrintSkipped:
		return kit.IconPrint, kit.Ink2
	}
	return kit.IconDot, kit.Ink2
}

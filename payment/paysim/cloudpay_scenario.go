package paysim

import "frontdesk/payment"

// KeptAt is Scenario.Kept as it is at one channel: with the number of a
// scenario, and for a QR or a scanned code. Any other number is paid, or held,
// at once, and kept.
//
// It differs where money that lands in the moment of a cancel stays, because
// the channel has no cancel that gives money back: a QR of WeChat, and all of
// Cloud Pay. There number 12 ends paid, and the payer of a scanned code, whom
// nobody can cancel, just pays after a while. Numbers 3 and 13 end by the
// wallet's own time when nobody can cancel them.
func KeptAt(channel payment.ChannelName, number int, qr bool) bool {
	if number < 1 || number > len(Scenarios) {
		return true
	}
	if number == paidAtCancel {
		return channel == payment.CloudPay || (channel == payment.WeChat && qr)
	}
	return Scenarios[number-1].Kept
}

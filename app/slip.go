package app

import (
	"fmt"
	"strings"

	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/hardware/paper"
	"frontdesk/payment"
)

// signature is the line on which a guest signs; it fits the narrow paper too.
const signature = "______________________"

// weChatHolds is after how many days WeChat gives an untouched deposit back.
const weChatHolds = 30

// DepositSlip is the paper for a deposit that is held: what was set aside, what
// becomes of it, where the guest signs, and the bar code that finds it again.
func DepositSlip(d data.DepositDetail, style ReceiptStyle, reprint bool) paper.Document {
	w := style.Words
	doc := header(style, reprint)
	add := func(e ...paper.Element) { doc.Elements = append(doc.Elements, e...) }
	add(heading(w.T("slip.deposit")), paper.Rule(),
		paper.Pair(w.T("receipt.no"), d.ReceiptNo),
		paper.Pair(w.T("receipt.time"), clock(d.CreatedAt)))
	add(guestLines(d.Deposit, w)...)
	add(staffLine(d.Staff, w)...)
	add(paper.Rule(), paper.Total(w.T("slip.held"), "¥"+d.Held.Grouped()))
	add(holdLines(d.Deposit, w)...)
	if d.Remark != "" {
		add(paper.Pair(w.T("receipt.remark"), d.Remark))
	}
	terms := "slip.terms"
	if d.Channel == payment.Cash {
		terms += ".cash"
	}
	add(paper.Rule(), paper.Left(w.T(terms, "channel", walletOf(d.Deposit, w))))
	if d.Wallet == payment.WalletWeChat {
		add(paper.Left(w.T("slip.returns", "n", weChatHolds)))
	}
	add(paper.Feed(1), paper.Pair(w.T("slip.signature"), signature),
		paper.Rule(), paper.Barcode(d.ReceiptNo))
	return footer(doc, style)
}

// CheckoutSlip is the paper for one capture or release: what was held, what was
// charged, what went back to the guest, and what is still held after it. Later
// steps do not change it.
func CheckoutSlip(d data.DepositDetail, s data.Step, style ReceiptStyle, reprint bool) paper.Document {
	w := style.Words
	doc := header(style, reprint)
	add := func(e ...paper.Element) { doc.Elements = append(doc.Elements, e...) }
	name := "slip.checkout"
	if s.Kind == data.StepRelease {
		name = "slip.release"
	}
	add(heading(w.T(name)), paper.Rule(),
		paper.Pair(w.T("receipt.no"), d.ReceiptNo),
		paper.Pair(w.T("slip.time"), clock(s.EndedAt)))
	add(guestLines(d.Deposit, w)...)
	add(staffLine(s.Staff, w)...)
	add(paper.Rule(), paper.Pair(w.T("slip.held"), d.Held.Grouped()))

	sums := sumsAfter(d, s)
	line := func(key string, a payment.Amount) {
		if a > 0 {
			add(paper.Pair(w.T(key), "-"+a.Grouped()))
		}
	}
	line("slip.captured_before", sums.capturedBefore)
	line("slip.released_before", sums.releasedBefore)
	back := s.Rest
	switch {
	case s.Kind == data.StepRelease:
		back = s.Amount
	case back > 0:
		line("slip.captured", s.Amount)
	default:
		add(paper.Total(w.T("slip.captured"), "¥"+s.Amount.Grouped()))
	}
	if back > 0 {
		add(paper.Total(w.T("slip.released"), "¥"+back.Grouped()))
	}
	if sums.left > 0 {
		add(paper.Pair(w.T("slip.left"), sums.left.Grouped()))
	}
	add(holdLines(d.Deposit, w)...)
	if s.Kind == data.StepCapture && d.Channel != payment.Cash {
		add(paper.Pair(w.T("receipt.order_no"), s.Number))
		if s.TradeNo != "" {
			add(paper.Pair(w.T("receipt.trade_no", "channel", walletOf(d.Deposit, w)), s.TradeNo))
		}
	}
	add(paper.Rule())
	switch {
	case back > 0 && d.Channel == payment.Cash:
		add(paper.Left(w.T("slip.back.cash")), paper.Feed(1), paper.Pair(w.T("slip.signature"), signature), paper.Rule())
	case back > 0:
		add(paper.Left(w.T("slip.back", "channel", walletOf(d.Deposit, w))), paper.Rule())
	}
	add(paper.Barcode(d.ReceiptNo))
	return footer(doc, style)
}

// CaptureRefundSlip is the paper for money that was given back out of a capture.
func CaptureRefundSlip(d data.DepositDetail, s data.Step, style ReceiptStyle, reprint bool) paper.Document {
	w := style.Words
	doc := header(style, reprint)
	add := func(e ...paper.Element) { doc.Elements = append(doc.Elements, e...) }
	add(heading(w.T("slip.refund")), paper.Rule(),
		paper.Pair(w.T("receipt.no"), d.ReceiptNo),
		paper.Pair(w.T("receipt.refund_time"), clock(s.EndedAt)))
	add(guestLines(d.Deposit, w)...)
	add(staffLine(s.Staff, w)...)
	add(paper.Rule())
	for _, capture := range d.Steps {
		if capture.ID == s.OfStep {
			add(paper.Pair(w.T("slip.captured"), capture.Amount.Grouped()))
		}
	}
	add(paper.Total(w.T("receipt.refunded"), "¥"+s.Amount.Grouped()),
		paper.Pair(w.T("receipt.refund_reason"), s.Reason),
		paper.Rule(),
		paper.Pair(w.T("receipt.method"), w.Through(string(d.Channel), string(d.Wallet))),
		paper.Pair(w.T("receipt.request_no"), s.Number),
		paper.Rule(), paper.Barcode(d.ReceiptNo), paper.Text(w.T("receipt.refund_note")))
	return footer(doc, style)
}

// DepositPaper is the paper that a print job of a deposit asks for.
func DepositPaper(d data.DepositDetail, job data.PrintJob, style ReceiptStyle) (paper.Document, error) {
	reprint := job.Kind == data.PrintReprint
	if job.StepID == 0 {
		return DepositSlip(d, style, reprint), nil
	}
	for _, s := range d.Steps {
		switch {
		case s.ID != job.StepID:
		case s.Kind == data.StepRefund:
			return CaptureRefundSlip(d, s, style, reprint), nil
		default:
			return CheckoutSlip(d, s, style, reprint), nil
		}
	}
	return paper.Document{}, fmt.Errorf("deposit %s has no step %d to print", d.ReceiptNo, job.StepID)
}

// stepSums is how a deposit stood around one of its steps.
type stepSums struct{ capturedBefore, releasedBefore, left payment.Amount }

// sumsAfter sums what was done before s, and what was left after it.
func sumsAfter(d data.DepositDetail, s data.Step) (sums stepSums) {
	for _, other := range d.Steps {
		if other.ID >= s.ID || other.State != payment.RefundDone {
			continue
		}
		switch other.Kind {
		case data.StepCapture:
			sums.capturedBefore += other.Amount
			sums.releasedBefore += other.Rest
		case data.StepRelease:
			sums.releasedBefore += other.Amount
		}
	}
	sums.left = max(0, d.Held-sums.capturedBefore-sums.releasedBefore-s.Amount-s.Rest)
	return sums
}

// heading names the paper, below the shop's name.
func heading(text string) paper.Element {
	return paper.Element{Kind: paper.KindText, Text: text, Bold: true}
}

// guestLines are those about the guest that are known.
func guestLines(d data.Deposit, w *lang.Words) []paper.Element {
	var lines []paper.Element
	if d.Room != "" {
		lines = append(lines, paper.Pair(w.T("slip.room"), d.Room))
	}
	if guest := strings.TrimSpace(d.Guest + "  " + MaskPhone(d.Phone)); guest != "" {
		lines = append(lines, paper.Pair(w.T("slip.guest"), guest))
	}
	stay := d.CreatedAt.In(payment.Beijing).Format("2006-01-02")
	if d.Nights > 0 {
		stay = w.T("slip.stay", "day", stay, "n", d.Nights)
	}
	return append(lines, paper.Pair(w.T("slip.arrival"), stay))
}

// walletOf is what the guest pays with, in a word.
func walletOf(d data.Deposit, w *lang.Words) string {
	return w.Wallet(string(d.Channel), string(d.Wallet))
}

// holdLines say how and under which number the money is held.
func holdLines(d data.Deposit, w *lang.Words) []paper.Element {
	if d.Channel == payment.Cash {
		lines := []paper.Element{paper.Pair(w.T("receipt.method"), walletOf(d, w))}
		if d.Change > 0 {
			lines = append(lines,
				paper.Pair(w.T("receipt.tendered"), d.Tendered.Grouped()),
				paper.Pair(w.T("receipt.change"), d.Change.Grouped()))
		}
		return lines
	}
	how := w.T("slip.method", "channel", walletOf(d, w))
	if d.Wallet != payment.WalletNone && string(d.Wallet) != string(d.Channel) {
		how = w.T("wallet.through", "wallet", how, "channel", w.T("channel."+string(d.Channel)))
	}
	lines := []paper.Element{paper.Pair(w.T("receipt.method"), how)}
	if d.Payer != "" {
		lines = append(lines, paper.Pair(w.T("receipt.payer"), d.Payer))
	}
	if d.AuthNo != "" {
		lines = append(lines, paper.Pair(w.T("slip.auth_no"), d.AuthNo))
	}
	return lines
}

func staffLine(s data.Staff, w *lang.Words) []paper.Element {
	if s.Name == "" {
		return nil
	}
	return []paper.Element{paper.Pair(w.T("receipt.staff"), s.Name)}
}

// MaskPhone hides the middle of a phone number: it stands on paper and screens
// that others see. A number too short to be one is left as it is.
func MaskPhone(phone string) string {
	digits := []rune(strings.NewReplacer(" ", "", "-", "").Replace(phone))
	const head, tail = 3, 4
	if len(digits) < head+tail+2 {
		return phone
	}
	return string(digits[:head]) + "****" + string(digits[len(digits)-tail:])
}

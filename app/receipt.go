package app

import (
	"strings"
	"time"

	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/hardware/paper"
	"frontdesk/payment"
)

// ReceiptStyle is what the shop puts on every paper.
type ReceiptStyle struct {
	ShopName string // empty prints the program's name
	Head     string // lines under the name; may be empty
	Foot     string // lines at the end; may be empty
	QR       string // text of a QR at the end; empty for none
	QRText   string // line under that QR
	Practice bool   // marks the paper as worth nothing
	Words    *lang.Words
}

// SaleReceipt is the paper for a sale: what was owed, how it was paid, and the
// bar code that finds it again. A copy carries the reprint mark.
func SaleReceipt(d data.SaleDetail, style ReceiptStyle, reprint bool) paper.Document {
	w := style.Words
	doc := header(style, reprint)
	add := func(e ...paper.Element) { doc.Elements = append(doc.Elements, e...) }

	add(paper.Rule(),
		paper.Pair(w.T("receipt.no"), d.ReceiptNo),
		paper.Pair(w.T("receipt.time"), clock(paidAt(d))))
	if d.Staff.Name != "" {
		add(paper.Pair(w.T("receipt.staff"), d.Staff.Name))
	}
	add(paper.Rule())
	for _, item := range d.Items {
		label := item.Name
		total, ok := item.Price.Times(item.Quantity)
		if !ok {
			continue
		}
		if item.Quantity > 1 {
			label += " " + item.Price.String() + "×" + itoa(item.Quantity)
		}
		add(paper.Pair(label, total.Grouped()))
	}
	add(paper.Pair(w.T("receipt.due"), d.Amount.Grouped()),
		paper.Total(w.T("receipt.paid"), "¥"+d.Paid.Grouped()))
	for _, tender := range d.Tenders {
		if tender.State == payment.StatePaid {
			add(paper.Rule())
			add(tenderLines(tender, tender.Amount != d.Paid, w)...)
		}
	}
	for _, r := range d.Refunds {
		if r.State == payment.RefundDone {
			add(paper.Rule(), paper.Pair(w.T("receipt.refunded"), "-"+r.Amount.Grouped()),
				paper.Pair(w.T("receipt.refund_time"), clock(r.EndedAt)))
		}
	}
	if d.Remark != "" {
		add(paper.Rule(), paper.Pair(w.T("receipt.remark"), d.Remark))
	}
	add(paper.Rule(), paper.Barcode(d.ReceiptNo), paper.Text(w.T("receipt.keep")))
	return footer(doc, style)
}

// RefundReceipt is the paper for one refund of a sale.
func RefundReceipt(d data.SaleDetail, r data.Refund, style ReceiptStyle, reprint bool) paper.Document {
	w := style.Words
	doc := header(style, reprint)
	doc.Elements = append(doc.Elements,
		paper.Mark(w.T("receipt.refund")),
		paper.Rule(),
		paper.Pair(w.T("receipt.no"), d.ReceiptNo),
		paper.Pair(w.T("receipt.refund_time"), clock(r.EndedAt)),
		paper.Pair(w.T("receipt.staff"), r.Staff.Name),
		paper.Rule(),
		paper.Pair(w.T("receipt.paid"), d.Paid.Grouped()),
		paper.Total(w.T("receipt.refunded"), "¥"+r.Amount.Grouped()),
		paper.Pair(w.T("receipt.refund_reason"), r.Reason),
		paper.Rule())
	for _, tender := range d.Tenders {
		if tender.ID == r.TenderID {
			doc.Elements = append(doc.Elements,
				paper.Pair(w.T("receipt.method"), w.Through(string(tender.Channel), string(tender.Wallet))),
				paper.Pair(w.T("receipt.order_no"), tender.OutTradeNo))
		}
	}
	doc.Elements = append(doc.Elements,
		paper.Pair(w.T("receipt.request_no"), r.RequestNo),
		paper.Rule(), paper.Barcode(d.ReceiptNo), paper.Text(w.T("receipt.refund_note")))
	return footer(doc, style)
}

// TestPage shows what a printer can do: Chinese, widths, a bar code and a QR.
func TestPage(style ReceiptStyle, at time.Time) paper.Document {
	w := style.Words
	doc := header(style, false)
	doc.Elements = append(doc.Elements,
		paper.Mark(w.T("receipt.test")),
		paper.Rule(),
		paper.Pair(w.T("receipt.time"), clock(at)),
		paper.Pair(w.T("receipt.test_text"), "镕喆 ¥128.50 × 2 · ABC"),
		paper.Total(w.T("receipt.paid"), "¥1,234.50"),
		paper.Rule(),
		paper.Barcode(payment.ReceiptNo(1, 1)),
		paper.QR("https://qr.alipay.com/"))
	return footer(doc, style)
}

// tenderLines says how a tender was paid; its amount only where it is a part.
func tenderLines(t data.Tender, part bool, w *lang.Words) []paper.Element {
	channel, wallet := string(t.Channel), string(t.Wallet)
	lines := []paper.Element{paper.Pair(w.T("receipt.method"), w.Through(channel, wallet))}
	if part {
		lines = append(lines, paper.Pair(w.T("receipt.amount"), t.Amount.Grouped()))
	}
	if t.Channel == payment.Cash {
		return append(lines,
			paper.Pair(w.T("receipt.tendered"), t.Tendered.Grouped()),
			paper.Pair(w.T("receipt.change"), t.Change.Grouped()))
	}
	if t.Discount > 0 {
		lines = append(lines,
			paper.Pair(w.T("receipt.discount"), "-"+t.Discount.Grouped()),
			paper.Pair(w.T("receipt.settled"), (t.Amount-t.Discount).Grouped()))
	}
	if t.Payer != "" {
		lines = append(lines, paper.Pair(w.T("receipt.payer"), t.Payer))
	}
	lines = append(lines, paper.Pair(w.T("receipt.order_no"), t.OutTradeNo))
	if t.TradeNo != "" {
		lines = append(lines, paper.Pair(w.T("receipt.trade_no", "channel", w.Wallet(channel, wallet)), t.TradeNo))
	}
	return lines
}

func header(style ReceiptStyle, reprint bool) paper.Document {
	w := style.Words
	name := style.ShopName
	if name == "" {
		name = w.T("app.name")
	}
	doc := paper.Document{Elements: []paper.Element{paper.Title(name)}}
	if reprint {
		doc.Elements = append(doc.Elements, paper.Mark(w.T("receipt.reprint")))
	}
	if style.Practice {
		doc.Elements = append(doc.Elements, paper.Mark(w.T("receipt.practice")))
	}
	for _, line := range lines(style.Head) {
		doc.Elements = append(doc.Elements, paper.Text(line))
	}
	return doc
}

func footer(doc paper.Document, style ReceiptStyle) paper.Document {
	if style.QR != "" {
		doc.Elements = append(doc.Elements, paper.Feed(1), paper.QR(style.QR))
		if style.QRText != "" {
			doc.Elements = append(doc.Elements, paper.Text(style.QRText))
		}
	}
	if foot := lines(style.Foot); len(foot) > 0 {
		doc.Elements = append(doc.Elements, paper.Rule())
		for _, line := range foot {
			doc.Elements = append(doc.Elements, paper.Text(line))
		}
	}
	doc.Elements = append(doc.Elements, paper.Cut())
	return doc
}

func lines(s string) []string {
	if strings.TrimSpace(s) == "" {
		return nil
	}
	return strings.Split(strings.TrimRight(s, "\n"), "\n")
}

// paidAt is the moment the sale was paid: that of its last paid tender.
func paidAt(d data.SaleDetail) time.Time {
	at := d.CreatedAt
	for _, t := range d.Tenders {
		if t.State == payment.StatePaid && t.EndedAt.After(at) {
			at = t.EndedAt
		}
	}
	return at
}

// clock is a moment as it stands on paper and screens: Beijing time to the second.
func clock(t time.Time) string { return t.In(payment.Beijing).Format("2006-01-02 15:04:05") }

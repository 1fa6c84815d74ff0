package sales

import (
	"strings"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/screen"
)

// refundForm is what a person fills in to give money back, without the dialog
// around it. One form has one draft: whatever is sent from it is one refund.
type refundForm struct {
	sale    data.SaleDetail
	draft   string
	amount  string // as typed, yuan
	tender  int64  // which payment; 0 for all of them, the latest first
	reason  int    // index; -1 while none is chosen
	reasons []string
	other   string // the person's own words, behind the last reason
}

func newRefundForm(sale data.SaleDetail, reasons []string) *refundForm {
	return &refundForm{sale: sale, draft: screen.NewDraft("r"), reason: -1, reasons: reasons}
}

// left is what can be given back of the chosen payment, or of all.
func (f *refundForm) left() payment.Amount {
	if f.tender == 0 {
		return app.Refundable(f.sale)
	}
	return leftOf(f.sale, f.tender)
}

// leftOf is what can be given back of one tender, beside what is under way.
func leftOf(s data.SaleDetail, tenderID int64) payment.Amount {
	one := s
	one.Tenders = nil
	for _, t := range s.Tenders {
		if t.ID == tenderID {
			one.Tenders = append(one.Tenders, t)
		}
	}
	return app.Refundable(one)
}

// givers are the payments of a sale that can still give something back.
func givers(s data.SaleDetail) []data.Tender {
	var list []data.Tender
	for _, t := range s.Tenders {
		if t.State == payment.StatePaid && leftOf(s, t.ID) > 0 {
			list = append(list, t)
		}
	}
	return list
}

// isOther reports whether the person has to write the reason.
func (f *refundForm) isOther() bool { return f.reason == len(f.reasons)-1 }

// refundFault says what is missing or wrong; the words are under "refund.".
type refundFault string

const (
	refundFine       refundFault = ""
	refundNoAmount   refundFault = "need.amount"
	refundTooMuch    refundFault = "too_much"
	refundNoReason   refundFault = "need.reason"
	refundNoOwnWords refundFault = "need.other"
)

// order is what to ask the till for, or what is wrong with the form.
func (f *refundForm) order() (app.RefundOrder, refundFault) {
	o := app.RefundOrder{Draft: f.draft, SaleID: f.sale.ID, TenderID: f.tender}
	amount, err := payment.ParseAmount(f.amount)
	switch {
	case err != nil || amount <= 0:
		return o, refundNoAmount
	case amount > f.left():
		return o, refundTooMuch
	}
	o.Amount = amount
	switch {
	case f.reason < 0 || f.reason >= len(f.reasons):
		return o, refundNoReason
	case f.isOther():
		if o.Reason = strings.TrimSpace(f.other); o.Reason == "" {
			return o, refundNoOwnWords
		}
	default:
		o.Reason = f.reasons[f.reason]
	}
	return o, refundFine
}

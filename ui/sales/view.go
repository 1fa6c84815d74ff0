package sales

import (
	"time"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// view is one sale as the right side shows it: ready strings and what can be
// done about it.
type view struct {
	title   string
	look    kit.Look
	state   string
	summary string
	amount  string
	money   bool // the amount counts
	notice  notice
	lead    []fact // above the story
	story   []step
	all     []fact
	acts    acts
}

// notice is a block above the rest: something is going on, or a person has to
// decide. Nothing is shown while its line is empty.
type notice struct {
	line, text string
	attention  data.Attention // what to decide; usually empty
}

// acts are what the foot offers.
type acts struct {
	open      bool // ask and cancel instead of reprint and refund
	cancelled bool // somebody asked for the cancel already
	tenderID  int64
	reprint   bool
	refund    bool
}

// newView makes the strings of a sale. live is what the till knows about its
// open payment right now; nil when there is none.
func newView(d *screen.Desk, s data.SaleDetail, live *app.Payment, now time.Time) view {
	v := view{
		title:   d.Words.T("sales.detail.title", "receipt", s.ReceiptNo),
		amount:  s.Amount.Grouped(),
		summary: summary(d, s),
		money:   s.Paid > 0 || !settledWithout(s.State),
		lead:    leadFacts(d, s),
		story:   story(d, s),
		all:     allFacts(d, s),
	}
	v.look, v.state = badge(d, s.Sale)
	if s.Attention != data.AttentionNone { // the notice says that
		v.look, v.state = screen.SaleLook(s.State), d.Words.T("badge."+string(s.State))
	}
	v.notice = newNotice(d, s, live, now)
	t, ok := leadTender(s)
	v.acts = acts{
		open:     ok && t.State.Open(),
		tenderID: t.ID,
		reprint:  s.Paid > 0,
		refund:   app.Refundable(s) > 0,
	}
	v.acts.cancelled = v.acts.open && (t.CancelAsked || (live != nil && live.Tender.CancelAsked))
	return v
}

func newNotice(d *screen.Desk, s data.SaleDetail, live *app.Payment, now time.Time) notice {
	w := d.Words
	if s.Attention != data.AttentionNone {
		t := decided(s)
		key := "sales.late." + string(s.Attention)
		return notice{
			line:      w.T(key),
			text:      w.T(key+".do", "amount", t.Amount.Grouped(), "channel", d.Wallet(t.Channel, t.Wallet)),
			attention: s.Attention,
		}
	}
	t, ok := leadTender(s)
	if !ok || !t.State.Open() {
		return notice{}
	}
	waited := lasted(w, now.Sub(t.CreatedAt))
	n := notice{line: w.T("state." + string(t.State)), text: w.T("sales.detail.paying", "time", waited)}
	if live != nil {
		t.CancelAsked = live.Tender.CancelAsked
	}
	switch {
	case live != nil && live.Offline:
		n.text = w.T("sales.detail.offline")
	case t.CancelAsked:
		n.text = w.T("sales.detail.cancelling", "time", waited)
	case t.State == payment.StateUnknown:
		n.text = w.T("sales.detail.asking", "time", waited)
	}
	return n
}

// decided is the tender that a decision is about: the late one, or the one that
// was taken back.
func decided(s data.SaleDetail) data.Tender {
	for i := len(s.Tenders) - 1; i >= 0; i-- {
		t := s.Tenders[i]
		if s.Attention == data.AttentionTaken && t.State == payment.StateReversed {
			return t
		}
		if s.Attention != data.AttentionTaken && t.Late && t.State == payment.StatePaid {
			return t
		}
	}
	t, _ := leadTender(s)
	return t
}

// lasted is how long something takes already.
func lasted(w *lang.Words, d time.Duration) string {
	seconds := max(0, int(d.Seconds()))
	switch {
	case seconds < 60:
		return w.T("sales.seconds", "seconds", seconds)
	case seconds < 60*60:
		return w.T("sales.minutes", "minutes", seconds/60, "seconds", seconds%60)
	case seconds < 24*60*60:
		return w.T("sales.hours", "hours", seconds/3600, "minutes", seconds/60%60)
	}
	return w.T("sales.days", "days", seconds/86400, "hours", seconds/3600%24)
}

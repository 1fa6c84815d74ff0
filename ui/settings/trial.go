package settings

import (
	"context"
	"slices"

	"frontdesk/app"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// trial charges one fen from the manager's own pay code and gives it back: the
// only proof that contract and account work. It goes through the till like any
// sale, so it stands in the ledger, and is settled there whatever happens here.
type trial struct {
	d     *doctor
	phase trialPhase
	draft string
	sale  int64
	order int64 // the tender
	stop  func()
}

type trialPhase int

const (
	trialIdle   trialPhase = iota
	trialArmed             // waits for a pay code
	trialPaying            // sent
	trialBack              // paid; the refund is on its way
)

// trialAmount is one fen.
const trialAmount payment.Amount = 1

// ready says whether a trial can begin, and else why not: the words under
// "doctor.trial.".
func (t *trial) ready() (why string, ok bool) {
	s := t.d.a.s
	switch {
	case s.desk.Till == nil || !slices.Contains(s.desk.Till.Channels(), payment.Alipay):
		return "not_set_up", false
	case s.vals.dirty(t.d.a.keys()...):
		return "save_first", false
	}
	return "", true
}

// press begins a trial, or gives up waiting for the code.
func (t *trial) press() {
	s := t.d.a.s
	if s.vals == nil {
		return
	}
	switch t.phase {
	case trialArmed:
		t.end()
		t.d.drawList()
	case trialIdle:
		if why, ok := t.ready(); !ok {
			s.tell(kit.IconInfo, kit.Ink2, s.desk.Words.T("doctor.trial."+why), noteTicks)
			return
		}
		t.phase = trialArmed
		t.say(kit.IconScan, kit.AccentInk, "scan", "")
	}
}

// scanned takes the manager's pay code; it reports whether the scan was meant
// for the trial.
func (t *trial) scanned(scan screen.Scan) bool {
	if t.phase == trialIdle {
		return false
	}
	if t.phase != trialArmed {
		return true // one trial at a time
	}
	d := t.d.a.s.desk
	if _, wallet := payment.Recognise(scan.Text); wallet != payment.WalletAlipay {
		t.say(kit.IconScan, kit.AccentInk, "other_code", "")
		return true
	}
	t.phase, t.draft = trialPaying, screen.NewDraft("t")
	t.watch()
	t.say(kit.IconWaiting, kit.AccentInk, "paying", "")
	charge := app.Charge{Draft: t.draft, Amount: trialAmount, Remark: d.Words.T("doctor.trial.remark")}
	d.Background(func(ctx context.Context) func() {
		p, err := d.Till.PayByCode(ctx, charge, scan.Text)
		return func() {
			if err != nil {
				t.fail(d.Sentence(err), "")
				return
			}
			t.sale, t.order = p.Sale.ID, p.Tender.ID
			t.follow()
		}
	})
	return true
}

// watch listens to the till while a trial is under way.
func (t *trial) watch() {
	d := t.d.a.s.desk
	stopPayments := d.Till.Watch(func(p app.Payment) { d.Post(func() { t.heard(p) }) })
	stopRefunds := d.Till.WatchRefunds(func(r app.Refund) { d.Post(func() { t.refunded(r) }) })
	t.stop = func() { stopPayments(); stopRefunds() }
}

// follow looks once how the payment stands: it may have ended before anybody
// listened for it.
func (t *trial) follow() {
	d, order := t.d.a.s.desk, t.order
	d.Background(func(ctx context.Context) func() {
		p, err := d.Till.Payment(ctx, order)
		if err != nil {
			return nil // the till tells when it ends
		}
		return func() { t.heard(p) }
	})
}

func (t *trial) heard(p app.Payment) {
	if t.phase != trialPaying || p.Tender.ID != t.order {
		return
	}
	w := t.d.a.s.desk.Words
	switch {
	case p.Phase == app.PhasePaid:
		t.phase = trialBack
		t.say(kit.IconWaiting, kit.AccentInk, "back", "")
		t.giveBack()
	case p.Phase.Final():
		reason := p.Tender.Reason
		if reason == payment.ReasonNone {
			reason = payment.ReasonOther
		}
		t.fail(w.T("reason."+string(reason)+".what", "channel", w.T("channel.alipay")), p.Tender.Code)
	case p.Phase == app.PhaseUnknown:
		t.say(kit.IconUnknown, kit.Warn, "unknown", p.Tender.Code)
	case p.Phase == app.PhaseWaiting:
		t.say(kit.IconWaiting, kit.AccentInk, "password", "")
	}
}

func (t *trial) giveBack() {
	d := t.d.a.s.desk
	order := app.RefundOrder{Draft: t.draft, SaleID: t.sale, TenderID: t.order, Amount: trialAmount, Reason: d.Words.T("doctor.trial.remark")}
	d.Background(func(ctx context.Context) func() {
		refunds, err := d.Till.GiveBack(ctx, order)
		return func() {
			if err != nil {
				t.notBack(d.Sentence(err), "")
				return
			}
			for _, r := range refunds {
				t.refunded(r)
			}
		}
	})
}

func (t *trial) refunded(r app.Refund) {
	if t.phase != trialBack || r.SaleID != t.sale {
		return
	}
	w := t.d.a.s.desk.Words
	switch r.State {
	case payment.RefundDone:
		t.end()
		t.say(kit.IconPaid, kit.Ok, "good", "")
	case payment.RefundRefused:
		t.notBack(w.T("reason."+string(r.Why)+".what", "channel", w.T("channel.alipay")), r.Code)
	case payment.RefundUnknown:
		t.say(kit.IconWaiting, kit.Warn, "back_unknown", r.Code)
	}
}

// fail says why no fen came.
func (t *trial) fail(sentence, code string) {
	t.end()
	t.d.addTrial(finding{kit.IconFailed, kit.Bad, t.d.a.s.desk.Words.T("doctor.trial.failed"), sentence, code})
}

// notBack says that the fen came and did not go back.
func (t *trial) notBack(sentence, code string) {
	t.end()
	t.d.addTrial(finding{kit.IconAlert, kit.Warn, t.d.a.s.desk.Words.T("doctor.trial.not_back"), sentence, code})
}

// end stops listening. The payment itself is the till's and goes on.
func (t *trial) end() {
	if t.stop != nil {
		t.stop()
		t.stop = nil
	}
	t.phase = trialIdle
	t.d.trialChanged()
}

// hide gives up waiting for a code when the page goes out of sight.
func (t *trial) hide() {
	if t.phase == trialArmed {
		t.end()
		t.d.drawList()
	}
}

func (t *trial) say(icon kit.Icon, token kit.Token, key, code string) {
	w := t.d.a.s.desk.Words
	t.d.addTrial(finding{icon, token, w.T("doctor.trial." + key), w.T("doctor.trial." + key + ".do"), code})
	t.d.trialChanged()
}

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
	s := t.d.c.s
	switch {
	case s.desk.Till == nil || !slices.Contains(s.desk.Till.Channels(), t.d.c.channel):
		return "not_set_up", false
	case s.vals.dirty(t.d.c.keys()...):
		return "save_first", false
	case len(t.wallets()) == 0:
		return "no_wallet", false
	}
	return "", true
}

// wallets are those that the channel takes now.
func (t *trial) wallets() []payment.Wallet {
	till := t.d.c.s.desk.Till
	return slices.DeleteFunc(till.Wallets(), func(w payment.Wallet) bool { return till.TakenBy(w) != t.d.c.channel })
}

// t is a sentence about the trial.
func (t *trial) t(key string) string {
	d := t.d.c.s.desk
	pairs := []any{"channel", t.d.c.name(), "wallets", ""}
	if d.Till != nil {
		pairs[3] = d.WalletList(t.wallets())
	}
	return d.Words.T("doctor.trial."+key, pairs...)
}

// press begins a trial, or gives up waiting for the code.
func (t *trial) press() {
	s := t.d.c.s
	if s.vals == nil {
		return
	}
	switch t.phase {
	case trialArmed:
		t.end()
		t.d.drawList()
	case trialIdle:
		if why, ok := t.ready(); !ok {
			s.tell(kit.IconInfo, kit.Ink2, t.t(why), noteTicks)
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
	d := t.d.c.s.desk
	if _, wallet := payment.Recognise(scan.Text); !slices.Contains(t.wallets(), wallet) {
		t.say(kit.IconScan, kit.AccentInk, "other_code", "")
		return true
	}
	t.phase, t.draft = trialPaying, screen.NewDraft("t")
	t.watch()
	t.say(kit.IconWaiting, kit.AccentInk, "paying", "")
	charge := app.Charge{Draft: t.draft, Amount: trialAmount, Remark: t.t("remark")}
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
	d := t.d.c.s.desk
	stopPayments := d.Till.Watch(func(p app.Payment) { d.Post(func() { t.heard(p) }) })
	stopRefunds := d.Till.WatchRefunds(func(r app.Refund) { d.Post(func() { t.refunded(r) }) })
	t.stop = func() { stopPayments(); stopRefunds() }
}

// follow looks once how the payment stands: it may have ended before anybody
// listened for it.
func (t *trial) follow() {
	d, order := t.d.c.s.desk, t.order
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
	switch {
	case p.Phase == app.PhasePaid:
		t.phase = trialBack
		t.say(kit.IconWaiting, kit.AccentInk, "back", "")
		t.giveBack()
	case p.Phase.Final():
		what, _ := t.d.c.s.desk.Why(p.Tender.Reason, p.Tender.Channel, p.Tender.Wallet)
		t.fail(what, p.Tender.Code)
	case p.Phase == app.PhaseUnknown:
		t.say(kit.IconUnknown, kit.Warn, "unknown", p.Tender.Code)
	case p.Phase == app.PhaseWaiting:
		t.say(kit.IconWaiting, kit.AccentInk, "password", "")
	}
}

func (t *trial) giveBack() {
	d := t.d.c.s.desk
	order := app.RefundOrder{Draft: t.draft, SaleID: t.sale, TenderID: t.order, Amount: trialAmount, Reason: t.t("remark")}
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
	switch r.State {
	case payment.RefundDone:
		t.end()
		t.say(kit.IconPaid, kit.Ok, "good", "")
	case payment.RefundRefused:
		what, _ := t.d.c.s.desk.Why(r.Why, r.Channel, r.Wallet)
		t.notBack(what, r.Code)
	case payment.RefundUnknown:
		t.say(kit.IconWaiting, kit.Warn, "back_unknown", r.Code)
	}
}

// fail says why no fen came.
func (t *trial) fail(sentence, code string) {
	t.end()
	t.d.addTrial(finding{kit.IconFailed, kit.Bad, t.t("failed"), sentence, code})
}

// notBack says that the fen came and did not go back.
func (t *trial) notBack(sentence, code string) {
	t.end()
	t.d.addTrial(finding{kit.IconAlert, kit.Warn, t.t("not_back"), sentence, code})
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
	t.d.addTrial(finding{icon, token, t.t(key), t.t(key + ".do"), code})
	t.d.trialChanged()
}

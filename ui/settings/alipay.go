package settings

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"frontdesk/ui/kit"
)

// alipayPage is the account at Alipay: the keys first, and behind a button what
// few shops need. Beside it stands the doctor.
type alipayPage struct {
	*page
	basic, advanced []fyne.CanvasObject
	more            bool // the advanced part is in sight
	mode            *kit.Segment
	byKey, byCert   []fyne.CanvasObject
	turn            *kit.Button
	doctor          *doctor
}

const (
	modeKey  = 0 // answers are verified with Alipay's public key
	modeCert = 1 // with certificates
)

func newAlipayPage(s *Screen) *page {
	p := newPage(s, "alipay")
	a := &alipayPage{page: p}
	s.alipay = a
	w := s.desk.Words
	p.titleRight = p.loose("alipay.enabled", p.word("alipay.enabled"))
	if s.desk.Practice {
		p.line(kit.NewBox(kit.Pad(10, 14, 10, 14, kit.NewHint(kit.IconInfo, kit.Warn, p.word("alipay.practice"), kit.Body, kit.Ink)), kit.WarnSoft, kit.WarnFill))
	}
	p.segment("alipay.sandbox", []string{"false", "true"}, []string{p.word("alipay.production"), p.word("alipay.sandbox.on")})
	p.text("alipay.app_id", asIs, nil)
	p.secret("alipay.private_key", false)
	a.mode = kit.NewSegment([]string{p.word("alipay.mode.key"), p.word("alipay.mode.cert")}, modeKey, a.setMode)
	p.row("alipay.mode", a.mode)
	a.byKey = a.part(func() { p.secret("alipay.public_key", false) })
	a.byCert = a.part(func() {
		for _, key := range certKeys {
			p.secret(key, false)
		}
	})
	p.secret("alipay.app_auth_token", true)
	a.basic = p.rows
	a.advanced = a.part(func() {
		for _, key := range []string{"sys_service_provider_id", "seller_id", "store_id", "terminal_id", "operator_id"} {
			p.text("alipay."+key, asIs, nil)
		}
		p.text("alipay.gateway", asIs, isURL(w))
		p.text("alipay.product_code", asIs, nil)
		p.text("alipay.qr_product_code", asIs, nil)
		seconds := inUnits(time.Second)
		p.text("alipay.query_interval", seconds, isDuration(w, time.Second, 1, 60))
		p.text("alipay.pay_timeout", seconds, isDuration(w, time.Second, 10, 15*60))
		p.text("alipay.qr_timeout", seconds, isDuration(w, time.Second, 30, 60*60))
		p.text("alipay.hold_product_code", asIs, nil)
		p.text("alipay.hold_timeout", inUnits(time.Minute), isDuration(w, time.Minute, 1, 15*24*60))
	})
	a.turn = kit.NewButton(p.word("alipay.advanced"), kit.ButtonNormal, func() { a.turnTo(!a.more) }).Icon(kit.IconChevron)
	hold(p.footLeft, a.turn)
	a.doctor = newDoctor(a)
	p.side = a.doctor.panel
	p.bring = a.bring
	p.onInput = a.shown
	p.onSaved = a.doctor.lookIfOn
	p.onHide = a.doctor.trial.hide
	p.finish()
	a.setParts()
	return p
}

var certKeys = []string{"alipay.app_cert", "alipay.alipay_cert", "alipay.root_cert"}

// part is the lines that f adds.
func (a *alipayPage) part(f func()) []fyne.CanvasObject {
	before := len(a.rows)
	f()
	return append([]fyne.CanvasObject{}, a.rows[before:]...)
}

// shown follows the values: certificates that are there choose their mode.
func (a *alipayPage) shown() {
	if a.s.showing || a.s.vals == nil {
		return
	}
	if a.hasCert() && !a.s.vals.isSet("alipay.public_key") && a.mode.Index() != modeCert {
		a.mode.SetIndex(modeCert)
		a.setParts()
	}
}

func (a *alipayPage) hasCert() bool {
	for _, key := range certKeys {
		if a.s.vals.isSet(key) {
			return true
		}
	}
	return false
}

// setMode chooses between the public key and certificates. Alipay takes one of
// them, so what belongs to the other goes with the next save.
func (a *alipayPage) setMode(mode int) {
	if a.s.vals == nil {
		return
	}
	drop, keep := certKeys, []string{"alipay.public_key"}
	if mode == modeCert {
		drop, keep = keep, drop
	}
	for _, key := range drop {
		a.s.vals.keep(key)
		if a.s.vals.secrets[key].set {
			a.s.vals.set(key, "")
		}
	}
	for _, key := range keep {
		if text, changed := a.s.vals.changed[key]; changed && text == "" {
			a.s.vals.keep(key)
		}
	}
	for _, in := range a.inputs {
		if strings.HasSuffix(in.key, "_cert") || in.key == "alipay.public_key" {
			in.show(a.s.vals)
		}
	}
	a.setParts()
	a.changed()
}

// setParts shows the lines of the chosen part and mode.
func (a *alipayPage) setParts() {
	for _, o := range a.basic {
		setVisible(o, !a.more)
	}
	for _, o := range a.byKey {
		setVisible(o, !a.more && a.mode.Index() == modeKey)
	}
	for _, o := range a.byCert {
		setVisible(o, !a.more && a.mode.Index() == modeCert)
	}
	for _, o := range a.advanced {
		setVisible(o, a.more)
	}
	a.flow()
}

// turnTo turns between the two parts of the page.
func (a *alipayPage) turnTo(more bool) {
	a.more = more
	title, word, icon := "page.alipay", "alipay.advanced", kit.IconChevron
	if more {
		title, word, icon = "alipay.advanced.title", "alipay.basic", kit.IconChevronLeft
	}
	a.title.SetText(a.word(title))
	a.turn.SetWord(a.word(word))
	a.turn.Icon(icon)
	a.setParts()
	a.scroll.ScrollTop()
}

// bring turns to the part in which a setting is.
func (a *alipayPage) bring(key string) {
	more := slices.ContainsFunc(a.advanced, func(o fyne.CanvasObject) bool {
		r, ok := o.(*formRow)
		return ok && r.key == key
	})
	if more != a.more {
		a.turnTo(more)
	}
}

// configFaults asks the doctor about changes of this page before they are
// saved. An account that is switched off may be incomplete. It runs off the UI
// goroutine.
func (a *alipayPage) configFaults(ctx context.Context, p *page, changes map[string]string) (map[string]string, error) {
	if p != a.page || a.s.opts.Alipay == nil {
		return nil, nil
	}
	on, changed := changes["alipay.enabled"]
	if !changed {
		var err error
		if on, err = a.s.desk.Settings.Get(ctx, "alipay.enabled"); err != nil {
			return nil, err
		}
	}
	if on != "true" {
		return nil, nil
	}
	faults, err := a.s.opts.Alipay.CheckConfig(ctx, changes)
	return a.sentences(faults), err
}

// sentences are faults as they stand at their fields.
func (a *alipayPage) sentences(faults []ConfigFault) map[string]string {
	out := map[string]string{}
	for _, f := range faults {
		if out[f.Key] == "" {
			out[f.Key] = a.s.desk.Words.T("alipay.config." + f.Kind)
		}
	}
	return out
}

func setVisible(o fyne.CanvasObject, visible bool) {
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}

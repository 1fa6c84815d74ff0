package settings

import "frontdesk/app"

// newShopPage is the shop's name and what it puts on its papers.
func newShopPage(s *Screen) *page {
	p := newPage(s, "shop")
	w := s.desk.Words
	p.text("shop.name", asIs, isLines(w, 1, 32))
	p.mode()
	p.area("shop.head", 84, isLines(w, 4, 48))
	p.area("shop.foot", 84, isLines(w, 4, 48))
	p.text("shop.qr", asIs, isLines(w, 1, 300))
	p.text("shop.qr_text", asIs, isLines(w, 1, 48))
	p.text("till.limit", asIs, isAmount(w))
	p.area("till.refund_reasons", 110, isLines(w, 5, 20))
	p.side = s.preview.panel
	p.onInput = s.preview.draw
	return p.finish()
}

// mode adds what the shop takes. While nothing is set, what holds is shown.
func (p *page) mode() {
	modes := []app.ShopMode{app.ModeSales, app.ModeDeposits, app.ModeBoth}
	stored, words := make([]string, len(modes)), make([]string, len(modes))
	for i, m := range modes {
		stored[i], words[i] = string(m), p.word("shop.mode."+string(m))
	}
	segment := p.segment("shop.mode", stored, words)
	in := p.inputs[len(p.inputs)-1]
	in.show = func(v *values) {
		now := app.ParseShopMode(v.get("shop.mode"), p.s.desk.Practice)
		for i, m := range modes {
			if m == now {
				segment.SetIndex(i)
			}
		}
	}
}

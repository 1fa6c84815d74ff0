package settings

// newShopPage is the shop's name and what it puts on its papers.
func newShopPage(s *Screen) *page {
	p := newPage(s, "shop")
	w := s.desk.Words
	p.text("shop.name", asIs, isLines(w, 1, 32))
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

package panel

import (
	"time"

	"fyne.io/fyne/v2"

	"frontdesk/assets/lang"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// Notice is something below a list that a person should look at.
type Notice struct {
	Line, Second string
	Icon         kit.Icon
	Color        kit.Token
	Calm         bool // settled, nothing to worry about
	Word         string
	Tap          func()
}

// WaitingNotice sums up what waits, of which there must be something. words is
// where the lines lie: "till" or "deposit".
func WaitingNotice(w *lang.Words, words string, list []Line, now time.Time) Notice {
	var sum payment.Amount
	var longest time.Duration
	cancelling, offline, resumed := true, true, true
	for _, one := range list {
		sum += one.Amount
		longest = max(longest, now.Sub(one.Since))
		cancelling, offline, resumed = cancelling && one.Cancel, offline && one.Offline, resumed && one.Resumed
	}
	n := Notice{Icon: kit.IconUnknown, Color: kit.Warn, Word: w.T("till.show")}
	how := ".one"
	if len(list) > 1 {
		how = ".many"
	}
	n.Line = w.T(words+".open"+how, "n", len(list))
	span := Span(w, longest)
	switch {
	case resumed:
		n.Line, n.Second = w.T(words+".resumed"+how, "n", len(list)), w.T(words+".resumed.text")
	case offline:
		n.Second = w.T("till.open.offline")
	case cancelling:
		n.Second = w.T("till.open.cancelling", "span", span)
	default:
		n.Second = w.T("till.open.asking", "span", span)
	}
	n.Line += "   ¥" + sum.Grouped()
	return n
}

// NoticeView draws a notice: as wide as the list, 76 high.
type NoticeView struct {
	root   *fyne.Container
	banner *kit.Banner
	calm   *kit.Panel
	icon   *kit.IconView
	line   *kit.Text
	second *kit.Text
	button *kit.Button
	now    Notice
}

// NewNotice makes an empty one.
func NewNotice() *NoticeView {
	p := &NoticeView{icon: kit.NewIcon(kit.IconPaid, 30, kit.Ok)}
	tap := func() {
		if p.now.Tap != nil {
			p.now.Tap()
		}
	}
	p.line, p.second = kit.NewBold("", kit.Row, kit.Ink).Fit(kit.Body, kit.Caption), kit.NewText("", kit.Body, kit.Ink2).Fit(kit.Caption)
	p.button = kit.NewButton("", kit.ButtonNormal, tap)
	inside := &fyne.Container{Objects: []fyne.CanvasObject{p.icon, p.line, p.second, p.button}}
	inside.Layout = screen.Free{Min: fyne.NewSize(200, kit.BannerHeight-2), Place: func(size fyne.Size) {
		w := p.button.MinSize().Width
		screen.Place(p.icon, 16, 0, 30, size.Height)
		screen.Place(p.line, 60, 8, size.Width-w-84, 30)
		screen.Place(p.second, 60, 37, size.Width-w-84, 28)
		screen.Place(p.button, size.Width-w-12, (size.Height-kit.ButtonNormal)/2, w, kit.ButtonNormal)
	}}
	p.calm = kit.NewInset(inside)
	p.root = &fyne.Container{}
	p.root.Layout = screen.Free{Min: fyne.NewSize(200, kit.BannerHeight), Place: func(size fyne.Size) {
		for _, o := range p.root.Objects {
			screen.Place(o, 0, 0, size.Width, size.Height)
		}
	}}
	return p
}

// Object is what belongs below a list, kit.BannerHeight high.
func (p *NoticeView) Object() fyne.CanvasObject { return p.root }

// Draw shows a notice.
func (p *NoticeView) Draw(n Notice) {
	before := p.now
	p.now = n
	if p.banner == nil || before.Word != n.Word || before.Calm != n.Calm {
		p.banner = kit.NewBanner(n.Line, n.Second, n.Word, func() { p.now.Tap() })
		p.button.SetWord(n.Word)
		var o fyne.CanvasObject = p.banner
		if n.Calm {
			o = p.calm
		}
		p.root.Objects = []fyne.CanvasObject{o}
		p.root.Refresh()
	}
	p.banner.Set(n.Line, n.Second)
	p.icon.Set(n.Icon, n.Color)
	p.line.SetText(n.Line)
	p.second.SetText(n.Second)
}

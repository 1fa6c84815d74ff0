package phone

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// Wallet is the payer's apps: they make pay codes and pay QR codes.
type Wallet interface {
	// FreshCodeOf is a pay code of an app that was never used; the number of a
	// Scenario decides what comes of it.
	FreshCodeOf(w payment.Wallet, scenario int) string
	// ScanQR pays what a QR asks for, in the way of a Scenario that is for a QR.
	// An error says that there is no such QR any more.
	ScanQR(text string, scenario int) error
}

// Scenario is one way in which a payment can go.
type Scenario struct {
	Number int    // 1, 2, ...: the last two digits of its pay codes
	Key    string // of its words
	QR     bool   // can also come of a QR
}

// Options is what a Phone is made of. All but OnClose must be set.
type Options struct {
	Desk      *screen.Desk
	Wallet    Wallet
	Wallets   []payment.Wallet // the apps to choose from, the first one first
	Scenarios []Scenario
	Scan      func(code string) // hands a code to the till, as its scanner would
	OnClose   func()            // the phone is put away; nil hides the cross
}

// Width and height of the phone in a window of its own.
const (
	Width  float32 = 348
	Height float32 = 800
)

// Phone is the customer's phone. It belongs to the UI goroutine.
type Phone struct {
	o      Options
	chosen int    // index of Options.Scenarios
	app    int    // index of Options.Wallets
	code   string // the pay code that is shown; empty while it is being made
	qr     string // what stands on the till's screen; empty for none
	wait   bool   // a QR is being paid

	full    *full
	compact *compact
}

// New makes a phone that shows the first scenario.
func New(o Options) *Phone {
	p := &Phone{o: o}
	p.full = newFull(p)
	p.compact = newCompact(p)
	p.renew()
	return p
}

// Full is the phone for a window of its own, Width × Height.
func (p *Phone) Full() fyne.CanvasObject { return p.full.root }

// Compact is the phone for a corner of the main window, CompactSize.
func (p *Phone) Compact() fyne.CanvasObject { return p.compact.root }

// SetQR tells which QR stands on the till's screen; empty for none.
func (p *Phone) SetQR(text string) {
	if p.qr != text {
		p.qr = text
		p.draw()
	}
}

// Choose takes the scenario with an index.
func (p *Phone) Choose(index int) {
	if index < 0 || index >= len(p.o.Scenarios) {
		return
	}
	p.chosen = index
	p.renew()
}

// ChooseWallet takes the app with an index.
func (p *Phone) ChooseWallet(index int) {
	if index < 0 || index >= len(p.o.Wallets) {
		return
	}
	p.app = index
	p.renew()
}

// Show hands the pay code to the till, as if its scanner had read the phone.
func (p *Phone) Show() {
	if p.code == "" {
		return
	}
	code := p.code
	p.renew()
	p.o.Scan(code)
}

// PayQR scans the till's QR with the phone.
func (p *Phone) PayQR() {
	if p.qr == "" || p.wait {
		return
	}
	text, number := p.qr, 1
	if s := p.o.Scenarios[p.chosen]; s.QR {
		number = s.Number
	}
	p.wait = true
	p.draw()
	p.o.Desk.Background(func(context.Context) func() {
		err := p.o.Wallet.ScanQR(text, number)
		return func() {
			p.wait = false
			if err != nil {
				p.o.Desk.Log.Info("practice phone cannot pay the QR", "err", err)
				p.qr = ""
			}
			p.draw()
		}
	})
}

// renew shows a pay code that was not used before.
func (p *Phone) renew() {
	p.code = ""
	p.draw()
	chosen, app := p.chosen, p.app
	p.o.Desk.Background(func(context.Context) func() {
		code := p.o.Wallet.FreshCodeOf(p.o.Wallets[app], p.o.Scenarios[chosen].Number)
		return func() {
			if p.chosen == chosen && p.app == app {
				p.code = code
				p.draw()
			}
		}
	})
}

func (p *Phone) draw() {
	p.full.draw()
	p.compact.draw()
}

func (p *Phone) canPayQR() bool { return p.qr != "" && !p.wait }

// name is a scenario in words.
func (p *Phone) name(s Scenario) string { return p.o.Desk.Words.T(s.Key) }

func number(s Scenario) string { return fmt.Sprintf("%02d", s.Number) }

// newWallets is the choice of the app, which both forms have.
func (p *Phone) newWallets() *kit.Segment {
	words := make([]string, len(p.o.Wallets))
	for i, w := range p.o.Wallets {
		words[i] = p.o.Desk.Words.T("wallet." + string(w))
	}
	return kit.NewSegment(words, 0, p.ChooseWallet)
}

// newButtons are what both forms have, in two heights.
func (p *Phone) newButtons(showHeight, payHeight float32) (show, pay *kit.Button) {
	w := p.o.Desk.Words
	show = kit.NewButton(w.T("phone.show"), showHeight, p.Show).Icon(kit.IconScan).Kind(kit.Default)
	pay = kit.NewButton(w.T("phone.pay_qr"), payHeight, p.PayQR)
	return show, pay
}

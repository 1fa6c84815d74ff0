package phone_test

import (
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"frontdesk/assets/lang"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/phone"
	"frontdesk/ui/screen"
)

// wallet counts its codes and remembers what it paid.
type wallet struct {
	mu   sync.Mutex
	made int
	paid []string
	err  error
}

func (w *wallet) FreshCodeOf(app payment.Wallet, n int) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.made++
	return fmt.Sprintf("%s%014d%02d", map[payment.Wallet]string{payment.WalletAlipay: "28", payment.WalletWeChat: "13"}[app], w.made, n)
}

func (w *wallet) ScanQR(text string, n int) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.paid = append(w.paid, fmt.Sprintf("%s/%d", text, n))
	return w.err
}

func TestPhone(t *testing.T) {
	a := test.NewTempApp(t)
	a.Settings().SetTheme(kit.NewTheme(kit.Light))
	posted := make(chan func(), 100)
	desk := &screen.Desk{Words: lang.Load(lang.Chinese), Log: slog.New(slog.DiscardHandler), Post: func(f func()) { posted <- f }}
	next := func() { // one answer of the wallet
		select {
		case f := <-posted:
			f()
		case <-time.After(time.Minute):
			t.Fatal("the wallet did not answer")
		}
	}
	var scanned []string
	w := &wallet{}
	var list []phone.Scenario
	for n := 1; n <= 13; n++ {
		list = append(list, phone.Scenario{Number: n, Key: fmt.Sprintf("sim.scenario.%02d", n), QR: n <= 3})
	}
	p := phone.New(phone.Options{Desk: desk, Wallet: w, Wallets: []payment.Wallet{payment.WalletAlipay, payment.WalletWeChat}, Scenarios: list, Scan: func(code string) { scanned = append(scanned, code) }})
	p.Show() // no code yet
	next()

	p.Show()
	next()
	p.Show()
	next()
	p.Choose(4)
	p.Show() // the code of the old scenario is gone
	next()
	p.Show()
	next()
	p.ChooseWallet(1)
	p.Show() // the code of the other app is gone
	next()
	p.Show()
	next()
	p.ChooseWallet(2) // there is none
	want := []string{"280000000000000101", "280000000000000201", "280000000000000405", "130000000000000605"}
	if !slices.Equal(scanned, want) {
		t.Errorf("scanned %v, want %v", scanned, want)
	}

	p.PayQR() // no QR stands
	p.SetQR("qr-1")
	p.PayQR() // number 5 is not for a QR: paid at once
	p.PayQR() // twice is once
	next()
	p.Choose(1)
	next()
	w.err = errors.New("gone")
	p.PayQR()
	next()
	p.PayQR() // the QR is known to be gone
	if !slices.Equal(w.paid, []string{"qr-1/1", "qr-1/2"}) {
		t.Errorf("paid %v", w.paid)
	}
}

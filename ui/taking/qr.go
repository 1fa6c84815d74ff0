package taking

import (
	"frontdesk/app"
	"frontdesk/payment"
	"frontdesk/ui/panel"
)

// QRWallets are those that a QR can be shown for.
func (t *Taking[A]) QRWallets() []payment.Wallet {
	if t.desk.Till == nil {
		return nil
	}
	return t.attempts.QRWallets()
}

// ShowQR asks for a QR of the standing amount that a wallet can scan; with
// WalletNone, the wallet of the last one.
func (t *Taking[A]) ShowQR(wallet payment.Wallet) {
	if t.amount.Due() <= 0 {
		t.Warn("till.hint.amount_missing")
		return
	}
	if wallet == payment.WalletNone {
		wallet = t.qrs.First(t.QRWallets())
	}
	t.begin(Way{Wallet: wallet})
}

// switchQR shows the QR of another wallet: the one that stands is cancelled
// first, and only once the channel has confirmed that nobody paid it, the other
// one is asked for. So no amount has two QRs that can be paid.
func (t *Taking[A]) switchQR(wallet payment.Wallet) {
	if t.qrStands() && wallet != t.Current.Line.Way.Wallet {
		t.cancelFor(Next{QR: true, Wallet: wallet})
	}
}

// ChoseQR is the choice above the QR.
func (t *Taking[A]) ChoseQR(i int) {
	if list := t.QRWallets(); i < len(list) {
		t.switchQR(list[i])
	}
	t.kind.Redraw()
}

// TurnQR switches to the wallet that is step places away; false where no QR
// stands.
func (t *Taking[A]) TurnQR(step int) bool {
	if !t.qrStands() {
		return false
	}
	if next, ok := panel.NextQR(t.QRWallets(), t.Current.Line.Way.Wallet, step); ok {
		t.switchQR(next)
	}
	return true
}

// qrStands reports whether a QR is on the right that nobody has scanned yet and
// the left side waits for.
func (t *Taking[A]) qrStands() bool {
	return t.Mode() == ModeLocked && !t.busy && t.Current.Line.Phase == app.PhaseQR
}

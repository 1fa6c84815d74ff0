package taking

import (
	"context"

	"frontdesk/app"
	"frontdesk/payment"
	"frontdesk/ui/panel"
)

// Attempts are what the till knows of one kind of attempt: payments or holds.
// They are asked only where there is a till.
type Attempts[A any] interface {
	// Line is an attempt as far as all kinds are the same.
	Line(a A) panel.Line
	// Open are those without an end, oldest first.
	Open() []A
	// Newest is one as it stands now. Newest, Cancel and Park may take time.
	Newest(ctx context.Context, id int64) (A, error)
	// Cancel asks the channel to end one.
	Cancel(ctx context.Context, id int64) error
	// Park puts one aside; it goes on.
	Park(ctx context.Context, id int64) error
	// Ask asks the channel about one now.
	Ask(id int64)
	// QRWallets are those that a QR can be shown for.
	QRWallets() []payment.Wallet
}

// Amount is what stands on the screen. The same amount is the same attempt, how
// often it may be asked for.
type Amount interface {
	// Due is what is to be taken now, fen.
	Due() payment.Amount
	// Empty reports that nothing was typed, and Sum is how it was typed.
	Empty() bool
	Sum() string
	// Edit changes what was typed.
	Edit(edit func(*app.Entry))
	// Begun says that an attempt came of the amount, or with an error that none
	// did.
	Begun(err error)
}

// Kind is what differs between the screens on which amounts are taken. All of it
// runs on the UI goroutine; what Begin returns does not.
type Kind[A any] interface {
	// Begin is the call that takes the standing amount in a way.
	Begin(way Way) func(ctx context.Context) (A, error)
	// InsteadOfCash goes on in another way while cash is counted.
	InsteadOfCash(next Next)
	// Ended takes over the end of the attempt that the left side waited for. It
	// reports whether nothing is left to be taken.
	Ended(a A) (all bool)
	// Unawaited takes over the end of an attempt that was put aside.
	Unawaited(a A)
	// NextCustomer empties amount and fields.
	NextCustomer()
	// Changed reads anew what depends on the state of attempts.
	Changed(a A)
	// ReadMore reads what the panel tells beside the attempt itself.
	ReadMore(a A)
	// Panel words an attempt.
	Panel(a A, tell panel.Telling) panel.Panel
	// Explain words on a panel why nothing was sent, where this kind has more to
	// say than the error.
	Explain(p *panel.Panel, err error)
	// Type edits what is typed on the screen at the moment; Taking.Type does so
	// where that is what is taken. It is false where nothing can be typed.
	Type(edit func(*app.Entry)) bool
	// Redraw shows the present moment.
	Redraw()
}

// Words are the keys of the words that differ.
type Words struct {
	Panels string   // where those of panels lie: "pay" or "hold"
	Lists  string   // where those of notices lie: "till" or "deposit"
	Hints  []string // where short ones about a problem lie, by its kind

	Amount, Locked       string // on the amount card
	Empty, Next, ScanNow string // hints there

	CashDue, CashTitle, CashLine string
	CashHints                    []string

	RefusedTitle, RefusedLine, RefusedText string
}

// Way is how the standing amount is taken: by a code where there is one, in cash
// where some was handed over, else by a QR.
type Way struct {
	Code   string         // a pay code that was scanned
	Cash   payment.Amount // handed over, fen
	Part   payment.Amount // what is taken of it, fen; 0 for all that is due
	Wallet payment.Wallet // whose QR; WalletNone where none has one
}

// Next is what a person wants to happen once an attempt is over.
type Next struct {
	Scan   bool           // wait for a pay code
	Code   string         // a pay code that was scanned already; empty for none
	QR     bool           // show a QR
	Wallet payment.Wallet // whose; WalletNone for that of the last one
}

// Shown is the attempt on the right.
type Shown[A any] struct {
	Of      A
	Line    panel.Line // of it
	Aside   bool       // the left side does not wait for it
	Asked   bool       // the first of two steps was taken
	askedAt string     // when the channel was last asked, as a clock shows it
}

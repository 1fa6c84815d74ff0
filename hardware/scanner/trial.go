package scanner

import (
	"time"

	"frontdesk/payment"
)

// Taken is as what a burst was taken.
type Taken string

const (
	TakenPayCode Taken = "pay_code" // a wallet's pay code
	TakenReceipt Taken = "receipt"  // a receipt number
	TakenOther   Taken = "other"    // some other code
	TakenTyping  Taken = "typing"   // no scan; Trial.Why says why
)

// Why a burst was not taken for a scan.
type Why string

const (
	WhyShort    Why = "short"     // fewer characters than Rules.MinLength
	WhyLong     Why = "long"      // more than Rules.MaxLength
	WhyNoEnd    Why = "no_end"    // no Enter or Tab came in time: slower than Rules.MaxGap, or no terminator
	WhySlow     Why = "slow"      // slower than Rules.MaxGap on average
	WhyRepeat   Why = "repeat"    // a key held down, or one character again and again
	WhyLate     Why = "late"      // the window was busy, so the times prove nothing
	WhyNoPrefix Why = "no_prefix" // without the configured prefix or suffix
	WhyOtherKey Why = "other_key" // another key came between
)

// Trial is what the scanner test page shows of one burst.
type Trial struct {
	Shown    string         // the code, pay codes masked; empty for typing, which may be a PIN
	Length   int            // characters, without prefix and suffix for a scan
	Duration time.Duration  // from the first to the last character, as they arrived
	PerChar  time.Duration  // Duration for each character after the first
	Late     bool           // the window was busy, so Duration says little
	Taken    Taken          //
	Wallet   payment.Wallet // TakenPayCode: whose
	Why      Why            // TakenTyping: why
}

// trialMin is the shortest burst that is worth a line on the test page. Fast
// typing has bursts of two or three keys all the time.
const trialMin = 4

// trialOf is the trial of a scan that came in chars characters, prefix and
// suffix included.
func trialOf(s *Scan, chars int) *Trial {
	t := &Trial{Shown: s.Code, Length: len(s.Code), Duration: s.Duration, PerChar: perChar(s.Duration, chars), Late: s.Late, Taken: TakenOther}
	code, wallet := payment.Recognise(s.Code)
	switch {
	case wallet != payment.WalletNone:
		t.Taken, t.Wallet, t.Shown = TakenPayCode, wallet, code.String()
	case payment.IsReceiptNo(s.Code):
		t.Taken = TakenReceipt
	}
	return t
}

func perChar(d time.Duration, n int) time.Duration {
	if n < 2 {
		return 0
	}
	return d / time.Duration(n-1)
}

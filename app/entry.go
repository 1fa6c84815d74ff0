package app

import (
	"strconv"
	"strings"

	"frontdesk/payment"
)

// Entry is the amount as the cashier types it: digits, a point, + and ×. It
// keeps an amount at every moment: "12.5×2+8" is 33.00. What makes no sense (a
// second point, a third decimal, an operator with nothing before it) is
// ignored, as on a desk calculator, so a stray key never spoils a sum.
//
// The zero value is empty and ready to use. It is not safe for concurrent use:
// it belongs to one screen.
type Entry struct {
	terms []string     // each a product "12.5×2"; the last one is being typed
	items []quickTaken // what quick amounts put in, kept for the sale
}

// quickTaken is a quick amount together with the term it was put in as.
type quickTaken struct {
	QuickAmount
	term int
}

// maxTerms bounds a sum; nobody types more by hand.
const maxTerms = 60

// Type takes one key: 0-9 . + * or × . It reports whether the key changed
// anything.
func (e *Entry) Type(key rune) bool {
	switch {
	case key >= '0' && key <= '9':
		return e.digit(key)
	case key == '.' || key == '。':
		return e.point()
	case key == '+' || key == '＋':
		return e.plus()
	case key == '*' || key == '×' || key == 'x' || key == 'X':
		return e.times()
	}
	return false
}

// Backspace takes the last key back.
func (e *Entry) Backspace() {
	if len(e.terms) == 0 {
		return
	}
	last := len(e.terms) - 1
	t := []rune(e.terms[last])
	if len(t) == 0 {
		e.terms = e.terms[:last]
	} else {
		e.terms[last] = string(t[:len(t)-1])
		if last == 0 && e.terms[0] == "" {
			e.terms = nil
		}
	}
	e.dropItemsFrom(len(e.terms) - 1)
}

// Clear empties the entry.
func (e *Entry) Clear() { *e = Entry{} }

// Set puts one amount in, as if it had been typed.
func (e *Entry) Set(a payment.Amount) {
	e.Clear()
	e.terms = []string{a.String()}
}

// Add puts a quick amount in: its price times its quantity joins the sum.
func (e *Entry) Add(q QuickAmount) bool {
	if len(e.terms) >= maxTerms {
		return false
	}
	term := q.Price.String()
	if q.Quantity > 1 {
		term += "×" + itoa(q.Quantity)
	}
	if n := len(e.terms); n > 0 && strings.Trim(e.terms[n-1], "0.") == "" {
		e.terms = e.terms[:n-1] // "0" or an empty term after +
	}
	e.terms = append(e.terms, term)
	if _, ok := e.value(); !ok {
		e.terms = e.terms[:len(e.terms)-1]
		return false
	}
	e.items = append(e.items, quickTaken{q, len(e.terms) - 1})
	return true
}

// Items are the quick amounts that are still part of the sum.
func (e *Entry) Items() []QuickAmount {
	out := make([]QuickAmount, len(e.items))
	for i, t := range e.items {
		out[i] = t.QuickAmount
	}
	return out
}

// Empty reports whether nothing is typed.
func (e *Entry) Empty() bool { return len(e.terms) == 0 }

// Sum is how the amount came about: "120 + 8.5". It is empty when there is
// nothing to explain.
func (e *Entry) Sum() string {
	joined := strings.Join(e.terms, " + ")
	if len(e.terms) < 2 && !strings.Contains(joined, "×") {
		return ""
	}
	return strings.ReplaceAll(joined, "×", " × ")
}

// Amount is the value of what is typed, in fen; 0 when empty.
func (e *Entry) Amount() payment.Amount {
	sum, _ := e.value()
	return sum
}

// value sums the terms; ok is false when the sum leaves payment.MaxAmount,
// which no key may bring about.
func (e *Entry) value() (sum payment.Amount, ok bool) {
	for _, t := range e.terms {
		value, ok := termValue(t)
		if !ok {
			return 0, false
		}
		if sum, ok = sum.Plus(value); !ok {
			return 0, false
		}
	}
	return sum, true
}

func (e *Entry) digit(key rune) bool {
	if len(e.terms) == 0 {
		e.terms = []string{""}
	}
	term := e.last()
	factor := lastFactor(*term)
	_, fraction, hasPoint := strings.Cut(factor, ".")
	isFirst := !strings.Contains(*term, "×")
	switch {
	case hasPoint && isFirst && len(fraction) >= 2, hasPoint && len(fraction) >= 3, !hasPoint && len(factor) >= 9:
		return false
	case factor == "0":
		*term = strings.TrimSuffix(*term, "0")
	}
	before := *term
	*term += string(key)
	if _, ok := e.value(); !ok {
		*term = before
		return false
	}
	e.dropItemsFrom(len(e.terms) - 1)
	return true
}

func (e *Entry) point() bool {
	if len(e.terms) == 0 {
		e.terms = []string{""}
	}
	term := e.last()
	factor := lastFactor(*term)
	if strings.Contains(factor, ".") {
		return false
	}
	if factor == "" {
		*term += "0"
	}
	*term += "."
	return true
}

func (e *Entry) plus() bool {
	if len(e.terms) == 0 || len(e.terms) >= maxTerms || !ready(*e.last()) {
		return false
	}
	e.terms = append(e.terms, "")
	return true
}

func (e *Entry) times() bool {
	if len(e.terms) == 0 || !ready(*e.last()) || strings.Count(*e.last(), "×") >= 3 {
		return false
	}
	*e.last() += "×"
	return true
}

func (e *Entry) last() *string { return &e.terms[len(e.terms)-1] }

// dropItemsFrom forgets quick amounts whose term was edited by hand.
func (e *Entry) dropItemsFrom(term int) {
	kept := e.items[:0]
	for _, t := range e.items {
		if t.term < term {
			kept = append(kept, t)
		}
	}
	e.items = kept
}

// ready reports whether an operator may follow.
func ready(term string) bool {
	return term != "" && !strings.HasSuffix(term, "×")
}

func lastFactor(term string) string {
	if i := strings.LastIndex(term, "×"); i >= 0 {
		return term[i+len("×"):]
	}
	return term
}

// termValue multiplies a product out. The first factor is money with two
// decimals; the others are quantities with up to three (1.250 kg). The result
// is rounded half up to the fen once for each factor, as a shop's scale does;
// it is shown before it is charged. An unfinished factor counts as 1.
func termValue(term string) (payment.Amount, bool) {
	factors := strings.Split(term, "×")
	first := strings.TrimSuffix(factors[0], ".")
	if first == "" {
		return 0, true
	}
	value, err := payment.ParseAmount(first)
	if err != nil {
		return 0, false
	}
	for _, f := range factors[1:] {
		if f == "" {
			continue
		}
		milli, ok := thousandths(f)
		if !ok || (value > 0 && milli > (1<<62)/int64(value)) {
			return 0, false
		}
		value = payment.Amount((int64(value)*milli + 500) / 1000)
		if value > payment.MaxAmount {
			return 0, false
		}
	}
	return value, true
}

// thousandths reads a quantity with up to three decimals as an integer of
// 1/1000: "1.25" is 1250.
func thousandths(s string) (int64, bool) {
	whole, fraction, _ := strings.Cut(s, ".")
	if len(fraction) > 3 || len(whole) > 9 {
		return 0, false
	}
	n, err := strconv.ParseInt(whole+(fraction + "000")[:3], 10, 64)
	return n, err == nil && n >= 0
}

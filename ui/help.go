package ui

import (
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// openHelp shows the keyboard and the one rule that matters.
func (w *Window) openHelp() {
	if kit.Modal(w.canvas()) {
		return
	}
	words, keys := w.desk.Words, w.desk.Keys
	fact := func(key, on string) kit.Fact { return kit.Fact{Label: words.T("help." + key), Value: on, Bold: true} }
	act := func(a screen.Action) kit.Fact { return fact("key."+string(a), string(keys[a])) }
	ways := []kit.Fact{
		fact("digits", "0-9  .  +  *"), fact("default", "Enter"), fact("cancel", "Esc"),
		act(screen.ActScan), act(screen.ActQR), act(screen.ActCash),
	}
	if w.desk.Mode.Deposits() {
		ways = append(ways, act(screen.ActDeposit))
	}
	left := kit.NewDenseFacts(append(ways, act(screen.ActQuery), act(screen.ActSwitch), act(screen.ActShift))...)
	right := kit.NewDenseFacts(
		act(screen.ActReprint), act(screen.ActRefund), act(screen.ActTill), act(screen.ActSales),
		act(screen.ActSummary), act(screen.ActSetup), act(screen.ActSave), act(screen.ActHelp))
	body := kit.Down(kit.GapDense,
		kit.Across(48, kit.Stretch(left), kit.Stretch(right)),
		kit.NewRule(),
		kit.NewParagraph(words.T("help.scan"), kit.Body, kit.Ink),
		kit.NewParagraph(words.T("help.rule"), kit.Body, kit.Ink))
	d := kit.NewDialog(words.T("help.title"), body, words.T("help.close"), "")
	d.Width = kit.DialogWide
	d.Show(w.canvas())
}

package screen

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
)

// Action is what a key, a button or a menu line asks for.
type Action string

const (
	ActDefault Action = "default" // Enter
	ActCancel  Action = "cancel"  // Esc
	ActScan    Action = "scan"
	ActQR      Action = "qr"
	ActCash    Action = "cash"
	ActDeposit Action = "deposit" // the amount as a deposit, or the tab of deposits
	ActQuery   Action = "query"   // ask the channel now
	ActReprint Action = "reprint" // the last receipt
	ActRefund  Action = "refund"
	ActSave    Action = "save"
	ActHelp    Action = "help"
	ActSwitch  Action = "switch" // somebody else comes to the till
	ActShift   Action = "shift"  // hand the shift over, or open one
	ActTill    Action = "tab_till"
	ActSales   Action = "tab_sales"
	ActSetup   Action = "tab_settings"
	ActSummary Action = "tab_summary"
)

// Actions lists what can be put on another key, in the order of the settings
// page. Enter and Esc are fixed.
var Actions = []Action{ActScan, ActQR, ActCash, ActDeposit, ActQuery, ActReprint, ActRefund, ActSwitch, ActShift, ActSave, ActHelp,
	ActTill, ActSales, ActSetup, ActSummary}

// Key is a key as people write it: "F3", "Ctrl+P".
type Key string

// Keymap says which key stands for which action.
type Keymap map[Action]Key

// DefaultKeys are the keys of the design.
func DefaultKeys() Keymap {
	return Keymap{
		ActScan: "F3", ActQR: "F4", ActCash: "F5", ActDeposit: "F6", ActQuery: "F8", ActHelp: "F1",
		ActReprint: "Ctrl+P", ActRefund: "Ctrl+R", ActSave: "Ctrl+S",
		ActSwitch: "Ctrl+U", ActShift: "Ctrl+L",
		ActTill: "Ctrl+1", ActSales: "Ctrl+2", ActSetup: "Ctrl+3", ActSummary: "Ctrl+4",
	}
}

// ParseKeymap reads the setting "ui.keys", such as "scan=F2 cash=Ctrl+K", over
// the default keys. It refuses keys that would type something, and one key for
// two actions.
func ParseKeymap(s string) (Keymap, error) {
	m := DefaultKeys()
	for _, pair := range strings.Fields(s) {
		name, key, ok := strings.Cut(pair, "=")
		if !ok || !slices.Contains(Actions, Action(name)) {
			return nil, fmt.Errorf("keys: %q is not an action and a key", pair)
		}
		if !Key(key).valid() {
			return nil, fmt.Errorf("keys: %q cannot be used: F1 to F12, or Ctrl with a letter or digit", key)
		}
		m[Action(name)] = Key(key)
	}
	seen := map[Key]Action{}
	for _, a := range Actions {
		if other, ok := seen[m[a]]; ok {
			return nil, fmt.Errorf("keys: %s is used for both %s and %s", m[a], other, a)
		}
		seen[m[a]] = a
	}
	return m, nil
}

// String is what ParseKeymap reads: only what differs from the default.
func (m Keymap) String() string {
	def := DefaultKeys()
	var out []string
	for _, a := range Actions {
		if m[a] != def[a] {
			out = append(out, string(a)+"="+string(m[a]))
		}
	}
	return strings.Join(out, " ")
}

// Action finds what a key event stands for. Keys with Ctrl also answer to the
// Command key of a Mac.
func (m Keymap) Action(name fyne.KeyName, mod fyne.KeyModifier) (Action, bool) {
	switch {
	case mod == 0 && (name == fyne.KeyReturn || name == fyne.KeyEnter):
		return ActDefault, true
	case mod == 0 && name == fyne.KeyEscape:
		return ActCancel, true
	}
	pressed := Key(name)
	switch mod {
	case 0:
	case fyne.KeyModifierControl, fyne.KeyModifierSuper:
		pressed = "Ctrl+" + pressed
	default:
		return "", false
	}
	for _, a := range Actions {
		if m[a] == pressed {
			return a, true
		}
	}
	return "", false
}

// Ctrl splits a key "Ctrl+P" into its name; ok is false for function keys.
func (k Key) Ctrl() (name fyne.KeyName, ok bool) {
	rest, ok := strings.CutPrefix(string(k), "Ctrl+")
	return fyne.KeyName(rest), ok
}

func (k Key) valid() bool {
	if name, ok := k.Ctrl(); ok {
		return len(name) == 1 && (name[0] >= 'A' && name[0] <= 'Z' || name[0] >= '0' && name[0] <= '9') &&
			!slices.Contains([]Key{"Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+Z", "Ctrl+Y"}, k)
	}
	for n := 1; n <= 12; n++ {
		if k == Key(fmt.Sprintf("F%d", n)) {
			return true
		}
	}
	return false
}

package settings

import (
	"maps"

	"frontdesk/ui/screen"
)

// keyFault says why a key cannot stand for an action; the words are under
// "settings.keys.". It is empty when it can.
type keyFault string

const (
	keyFine   keyFault = ""
	keyUnfit  keyFault = "unfit"  // neither F1 to F12 nor Ctrl with a letter or digit, or one that edits text
	keyTaken  keyFault = "taken"  // another action has it
	keyNoName keyFault = "noname" // nothing was pressed but Ctrl or Shift
)

// rekey is m with a on another key. other is the action that has the key
// already, when the fault is keyTaken.
func rekey(m screen.Keymap, a screen.Action, key screen.Key) (next screen.Keymap, fault keyFault, other screen.Action) {
	for _, b := range screen.Actions {
		if b != a && m[b] == key {
			return m, keyTaken, b
		}
	}
	next = maps.Clone(m)
	next[a] = key
	if _, err := screen.ParseKeymap(next.String()); err != nil {
		return m, keyUnfit, ""
	}
	return next, keyFine, ""
}

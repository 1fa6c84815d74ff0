package app

import (
	"sync"

	"frontdesk/data"
)

// Right is something that not everybody at the till may do by themself.
type Right string

const (
	RightRefund   Right = "refund"   // give money of a sale, or of a captured deposit, back
	RightCash     Right = "cash"     // put cash in or take it out, open the drawer without a sale
	RightShift    Right = "shift"    // close a shift that is somebody else's
	RightExpected Right = "expected" // see what should be in the drawer before it is counted
	RightReports  Right = "reports"  // see days, months and the shifts of others
	RightSettings Right = "settings" // change settings
	RightKeys     Right = "keys"     // change the channels' keys
	RightPeople   Right = "people"   // add people and change what they may do
)

// Rights lists them all; each has a name in the words under "right.<value>".
var Rights = []Right{RightRefund, RightCash, RightShift, RightExpected, RightReports, RightSettings, RightKeys, RightPeople}

// May reports whether a person has a right. An owner has every right, a manager
// all but the keys; a clerk may refund where that was given to them, and close
// their own shift, which needs no right.
func May(p data.Person, r Right) bool {
	switch {
	case !p.Active:
		return false
	case p.Role == data.RoleOwner:
		return true
	case p.Role == data.RoleManager:
		return r != RightKeys
	}
	return r == RightRefund && p.MayRefund
}

// MayManage reports whether somebody may change another person: an owner
// everybody, a manager the clerks.
func MayManage(by, other data.Person) bool {
	return May(by, RightPeople) && (by.Role == data.RoleOwner || other.Role == data.RoleClerk)
}

// Approval is the word of a person with a right for one single act of somebody
// without it. People.Approve makes it.
type Approval struct {
	by    data.Person
	right Right

	mu   sync.Mutex
	used bool
}

// By is who gave it.
func (a *Approval) By() data.Person { return a.by }

// spend takes the approval for one act. It is false for nil, for another right,
// and for one that was spent.
func (a *Approval) spend(r Right) (approverID int64, ok bool) {
	if a == nil || a.right != r {
		return 0, false
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.used {
		return 0, false
	}
	a.used = true
	return a.by.ID, true
}

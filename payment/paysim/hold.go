package paysim

import (
	"fmt"
	"slices"
	"time"

	"frontdesk/payment"
)

// The states that only a hold has. Before them it is Offered or Waiting, and
// Closed when nothing was ever held.
const (
	Held     State = "held"     // set aside; some of it may have been captured or released
	Finished State = "finished" // nothing is left of it, and something was captured
	Released State = "released" // nothing is left of it, and all of it went back
)

// hold is one deposit in the book: money of a payer that is set aside. What is
// captured out of it makes an order of its own.
type hold struct {
	No          string              `json:"out_order_no"`
	RequestNo   string              `json:"request_no"` // of the hold itself; may equal No
	Channel     payment.ChannelName `json:"channel"`
	Method      payment.Method      `json:"method"`
	Wallet      payment.Wallet      `json:"wallet"`            // whose money it is
	Account     string              `json:"account,omitempty"` // whose it is, as in order
	Product     string              `json:"product,omitempty"` // the contract, where the wire names one
	AuthNo      string              `json:"auth_no,omitempty"` // "" until the channel has a deposit: an unscanned QR has none
	OperationID string              `json:"operation_id,omitempty"`
	Amount      payment.Amount      `json:"amount"`
	Title       string              `json:"title"`
	Attach      string              `json:"attach,omitempty"` // as in order
	State       State               `json:"state"`
	Scenario    int                 `json:"scenario,omitempty"`
	Payer       payer               `json:"payer,omitzero"`
	CodeHash    string              `json:"code_hash,omitempty"`
	QR          string              `json:"qr,omitempty"`

	Created time.Time `json:"created"`
	Expires time.Time `json:"expires"`          // after which a hold that was not confirmed is closed
	HoldAt  time.Time `json:"hold_at,omitzero"` // when the payer will have entered the password; zero for never
	HeldAt  time.Time `json:"held_at,omitzero"`

	Queries int    `json:"queries,omitempty"` // answered while waiting for the password
	Cancels int    `json:"cancels,omitempty"` // cancels that ended in a forced system error
	Action  string `json:"action,omitempty"`  // what a cancel did: "close" or "unfreeze"; a repeated cancel says it again

	Held  payment.Amount `json:"held"`
	Steps []step         `json:"steps,omitempty"`

	Cloud cloudNote `json:"cloud,omitzero"` // what only Cloud Pay keeps
}

// stepKind says what a step did with the money that was set aside.
type stepKind string

const (
	capture stepKind = "capture" // it was taken, by the order with the step's number
	release stepKind = "release" // it went back to the payer
)

// step is one request about a hold that moves money.
type step struct {
	Kind        stepKind       `json:"kind"`
	No          string         `json:"no"` // out_trade_no or out_request_no; "" for what a capture or a cancel released
	OperationID string         `json:"operation_id"`
	Amount      payment.Amount `json:"amount"`
	Done        bool           `json:"done"` // false: tried or waiting, and no money moved
	Asked       time.Time      `json:"asked"`
	At          time.Time      `json:"at,omitzero"` // when it was done
	Remark      string         `json:"remark,omitempty"`
	Complete    bool           `json:"complete,omitempty"` // capture: what is left after it is released
	Cloud       cloudNote      `json:"cloud,omitzero"`
}

// sum is what the steps of one kind moved.
func (h hold) sum(k stepKind) payment.Amount {
	var sum payment.Amount
	for _, s := range h.Steps {
		if s.Kind == k && s.Done {
			sum += s.Amount
		}
	}
	return sum
}

func (h hold) captured() payment.Amount { return h.sum(capture) }
func (h hold) released() payment.Amount { return h.sum(release) }

// rest is what is still set aside.
func (h hold) rest() payment.Amount { return h.Held - h.captured() - h.released() }

// findStep is the place of a client's request, or -1.
func (h hold) findStep(k stepKind, no string) int {
	if no == "" {
		return -1 // not a client's number
	}
	return slices.IndexFunc(h.Steps, func(s step) bool { return s.Kind == k && s.No == no })
}

// advanced is the hold as time has made it by now: a password entered, or
// expired without one, whichever came first.
func (h hold) advanced(now time.Time) hold {
	if h.State != Offered && h.State != Waiting {
		return h
	}
	due := h.State == Waiting && !h.HoldAt.IsZero() && !now.Before(h.HoldAt)
	switch {
	case due && h.HoldAt.Before(h.Expires):
		return h.heldSince(h.HoldAt)
	case !now.Before(h.Expires):
		h.State = Closed
	}
	return h
}

// heldSince is the hold once the payer's money is set aside.
func (h hold) heldSince(at time.Time) hold {
	h.State, h.Held, h.HeldAt = Held, h.Amount, at
	return h
}

// cancelled is a hold that waits once a cancel has reached it, as for an order:
// one that was held in that very moment is released by the caller.
func (h hold) cancelled(now time.Time) (after hold, unknown int) {
	switch {
	case h.State != Waiting:
	case h.Scenario == paidAtCancel:
		h = h.heldSince(now)
	case h.Scenario == cancelUnknownTwice && h.Cancels < 2:
		h.Cancels++
		return h, h.Cancels
	default:
		h.State = Closed
	}
	return h, 0
}

// settled is the hold with the state that its steps make.
func (h hold) settled() hold {
	switch {
	case h.State != Held || h.rest() > 0:
	case h.captured() > 0:
		h.State = Finished
	default:
		h.State = Released
	}
	return h
}

// check finds what no hold may ever be.
func (h hold) check() error {
	captured, released, rest := h.captured(), h.released(), h.rest()
	wasHeld := h.State == Held || h.State == Finished || h.State == Released
	wrong := ""
	switch {
	case h.No == "" || h.RequestNo == "" || h.Amount <= 0 || h.Amount > payment.MaxAmount:
		wrong = "has no number or no amount"
	case h.Held != 0 && h.Held != h.Amount:
		wrong = "is held in part"
	case slices.ContainsFunc(h.Steps, func(s step) bool { return s.Amount <= 0 }) || rest < 0:
		wrong = "has given out more than was held"
	case wasHeld != (h.Held > 0) || (wasHeld && h.AuthNo == ""):
		wrong = "is held in the wrong state"
	case wasHeld && (h.State == Held) != (rest > 0):
		wrong = "is used up in the wrong state"
	case (h.State == Finished && captured == 0) || (h.State == Released && captured > 0):
		wrong = "ended in the wrong state"
	}
	if wrong != "" {
		return fmt.Errorf("paysim: hold %q %s: state %s, amount %s, held %s, captured %s, released %s", h.No, wrong, h.State, h.Amount, h.Held, captured, released)
	}
	return nil
}

package data

import (
	"crypto/sha256"
)

// proofOf is SHA-256 over all that is settled about the records a journal row
// speaks of: a sale and one of its tenders, or one of its refunds. What may
// still change later (counters, sums, flags) is left out; sums are proved by
// adding up the journal. Records that say nothing of what version 3 added are
// proved as before.
func proofOf(s Sale, t *Tender, r *Refund) []byte {
	ofShift := t != nil && (t.Discount != 0 || t.Day != "" || t.StaffID != 0 || t.ShiftID != 0) || r != nil && (r.Discount != 0 || r.ShiftID != 0)
	c := canon{sha256.New()}
	if ofShift {
		c.texts("frontdesk proof 2")
	} else {
		c.texts("frontdesk proof 1")
	}
	c.ints(s.ID, milli(s.CreatedAt), s.Staff.ID, int64(s.Amount), int64(s.Undiscountable))
	c.texts(string(s.Day), s.Remark, itemsText(s.Items))
	if t != nil {
		c.ints(t.ID, t.SaleID, int64(t.Attempt), int64(t.Amount), int64(t.Tendered), int64(t.Change), milli(t.CreatedAt), milli(t.EndedAt), milli(t.PaidAt), number(t.Late))
		c.texts(string(t.Channel), string(t.Method), string(t.Wallet), t.OutTradeNo, t.TradeNo, string(t.State), string(t.Reason), t.Code, t.Payer, t.MaskedCode)
		if ofShift {
			c.ints(int64(t.Discount), t.StaffID, t.ShiftID)
			c.texts(string(t.Day))
		}
	}
	if r != nil {
		c.ints(r.ID, r.TenderID, r.SaleID, int64(r.Amount), r.Staff.ID, milli(r.CreatedAt), milli(r.EndedAt))
		c.texts(r.RequestNo, r.Reason, string(r.State), string(r.Why), r.Code, string(r.Day))
		if ofShift {
			c.ints(int64(r.Discount), r.ShiftID)
		}
	}
	return c.Sum(nil)
}

// proofOfDeposit is SHA-256 over all that is settled about the records a
// journal row speaks of: a deposit and its hold, or a deposit and one of its
// steps. See proofOf.
func proofOfDeposit(d Deposit, s *Step) []byte {
	ofShift := d.ShiftID != 0 || s != nil && s.ShiftID != 0
	c := canon{sha256.New()}
	if ofShift {
		c.texts("frontdesk deposit proof 2")
		c.ints(d.ShiftID)
	} else {
		c.texts("frontdesk deposit proof 1")
	}
	c.ints(d.ID, milli(d.CreatedAt), d.Staff.ID, int64(d.Amount), int64(d.Tendered), int64(d.Change), int64(d.Nights))
	c.texts(string(d.Day), string(d.Channel), string(d.Method), string(d.Wallet), d.OutOrderNo, d.RequestNo, d.MaskedCode, d.Room, d.Guest, d.Phone, d.Remark)
	if s == nil {
		c.ints(milli(d.HeldAt), milli(d.EndedAt), number(d.Late))
		c.texts(string(d.Hold), d.AuthNo, d.HoldID, d.PayerID, d.Payer, string(d.Reason), d.Code)
		return c.Sum(nil)
	}
	c.ints(s.ID, s.DepositID, int64(s.Amount), number(s.ReleaseRest), int64(s.Rest), s.OfStep, s.Staff.ID, milli(s.CreatedAt), milli(s.EndedAt))
	c.texts(string(s.Kind), s.Number, s.TradeNo, string(s.State), string(s.Why), s.Code, s.Reason, string(s.Day))
	if ofShift {
		c.ints(s.ShiftID)
	}
	return c.Sum(nil)
}

// proofOfPerson covers all that may be wrong to change about somebody.
func proofOfPerson(p Person) []byte {
	c := canon{sha256.New()}
	c.texts("frontdesk person proof 1", p.Name, string(p.Role))
	c.ints(p.ID, number(p.MayRefund), number(p.Active))
	return c.Sum(nil)
}

// proofOfShift covers all of a shift: as it was opened, and as it was closed.
func proofOfShift(s Shift) []byte {
	c := canon{sha256.New()}
	c.texts("frontdesk shift proof 1", s.Name, string(s.Day), countsText(s.Notes), string(s.State), countsText(s.Counts), s.Reason)
	c.ints(s.ID, s.Staff.ID, milli(s.OpenedAt), int64(s.Float), number(s.Auto))
	c.ints(milli(s.ClosedAt), s.ClosedBy.ID, s.HandedTo.ID, int64(s.Expected), int64(s.Counted), int64(s.Taken))
	return c.Sum(nil)
}

// asOpened is a shift as it was when it was opened.
func (s Shift) asOpened() Shift {
	return Shift{ID: s.ID, Name: s.Name, Staff: s.Staff, Day: s.Day, OpenedAt: s.OpenedAt, Float: s.Float, Notes: s.Notes, Auto: s.Auto, State: ShiftOpen}
}

func proofOfCash(m CashMove) []byte {
	c := canon{sha256.New()}
	c.texts("frontdesk cash proof 1", string(m.Kind), string(m.Day), m.Reason)
	c.ints(m.ID, m.ShiftID, milli(m.At), m.Staff.ID, m.Approver.ID, int64(m.Amount))
	return c.Sum(nil)
}

func proofOfZ(z zRow) []byte {
	c := canon{sha256.New()}
	c.texts("frontdesk Z proof 1", string(z.Kind), string(z.day), string(z.headHash), z.content)
	c.ints(z.ID, z.Number, z.shiftID, milli(z.MadeAt), z.Staff.ID, z.headSeq)
	return c.Sum(nil)
}

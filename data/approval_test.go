package data

import (
	"errors"
	"testing"

	"frontdesk/payment"
)

// approvals are the journal's rows about approvals.
func (s *shop) approvals() (list []journalRow) {
	for _, r := range s.journalRows() {
		if r.kind == journalApproval {
			list = append(list, r)
		}
	}
	return list
}

// Both names are in the journal: the approver's row says what it was and for
// whom, in the same transaction as the act.
func TestWhatSomebodyElseApproved(t *testing.T) {
	s := newShop(t)
	li, boss := s.hire("小李", RoleClerk), s.hire("经理", RoleManager)
	_, tender := s.paid(1000)
	refund, _, err := s.StartRefund(ctx, NewRefund{IntentID: s.intent(), TenderID: tender.ID, Amount: 300, Reason: "退货", StaffID: li.ID, ApproverID: boss.ID})
	if err != nil {
		t.Fatal(err)
	}
	s.moveRefund(refund.ID, RefundMove{To: payment.RefundDone})
	_, cash := s.start(s.notes(500, 500))
	if _, _, err := s.StartRefund(ctx, NewRefund{IntentID: s.intent(), TenderID: cash.ID, Amount: 200, StaffID: li.ID, ApproverID: boss.ID}); err != nil {
		t.Fatal(err)
	}
	deposit := s.held(5000)
	n := s.capture(deposit, 2000, true)
	n.StaffID, n.ApproverID = li.ID, boss.ID
	s.done(n)
	if _, _, err := s.MoveCash(ctx, NewCashMove{IntentID: s.intent(), Kind: CashOut, Amount: 100, Reason: "买水", StaffID: li.ID, ApproverID: boss.ID}); err != nil {
		t.Fatal(err)
	}
	closed, z, _ := s.closeShift(CloseShift{ShiftID: 1, StaffID: li.ID, ApproverID: boss.ID, Counted: 190, IsCounted: true, Taken: 90})
	if err := s.RecordApproval(ctx, "drawer", "no sale", 0, li.ID, boss.ID); err != nil {
		t.Fatal(err)
	}
	rows := s.approvals()
	for i, want := range []struct {
		detail string
		amount payment.Amount
	}{{"refund 2", 300}, {"refund 2", 200}, {"deposit_capture 2", 2000}, {"cash 2 1", -100}, {"close_shift 2 1", 190}, {"drawer 2 no sale", 0}} {
		if r := rows[i]; r.detail != want.detail || r.amount != want.amount || r.staffID != boss.ID {
			t.Errorf("row %d: %+v, want %+v", i, r, want)
		}
	}
	if r := rows[0]; len(rows) != 6 || r.saleID != tender.SaleID || r.tenderID != tender.ID || r.refundID != refund.ID || rows[2].deposit.depositID != deposit.ID || rows[2].deposit.stepID == 0 {
		t.Errorf("%+v", rows)
	}
	if e := s.detail(tender.SaleID).Events[3]; e.Kind != EventApproved || e.Detail != "经理" || e.RefundID != refund.ID {
		t.Errorf("%+v", e)
	}
	events := s.depositDetail(deposit.ID).Events
	if e := events[3]; e.Kind != EventApproved || e.Detail != "经理" || e.StepID == 0 {
		t.Errorf("%+v", events)
	}
	if m := z.Report.Moves; closed.ClosedBy.ID != li.ID || m[0].Approver.Name != "经理" || m[1].Kind != CashDifference || m[1].Approver.ID != boss.ID || m[2].Approver.ID != boss.ID {
		t.Errorf("%+v", m)
	}
	s.mustVerify()
}

func TestApprovalsThatCannotBe(t *testing.T) {
	s := newShop(t)
	li, gone, no := s.hire("小李", RoleClerk), s.hire("老张", RoleManager), false
	if _, err := s.ChangePerson(ctx, gone.ID, PersonChange{Active: &no}, OwnerID); err != nil {
		t.Fatal(err)
	}
	_, tender := s.paid(1000)
	deposit := s.held(1000)
	rows := len(s.journalRows())
	for name, c := range map[string]struct {
		approver int64
		want     error
	}{"oneself": {li.ID, ErrInvalid}, "who has left": {gone.ID, ErrInvalid}, "nobody": {99, ErrNotFound}} {
		_, _, err := s.StartRefund(ctx, NewRefund{IntentID: s.intent(), TenderID: tender.ID, Amount: 300, StaffID: li.ID, ApproverID: c.approver})
		step := s.release(deposit, 100)
		step.StaffID, step.ApproverID = li.ID, c.approver
		_, _, _, err2 := s.StartStep(ctx, step)
		_, _, err3 := s.MoveCash(ctx, NewCashMove{IntentID: s.intent(), Kind: CashIn, Amount: 100, Reason: "x", StaffID: li.ID, ApproverID: c.approver})
		err4 := s.RecordApproval(ctx, "drawer", "", 0, li.ID, c.approver)
		for act, err := range map[string]error{"refund": err, "step": err2, "cash": err3, "drawer": err4} {
			if !errors.Is(err, c.want) {
				t.Errorf("%s approved by %s: %v", act, name, err)
			}
		}
	}
	for name, err := range map[string]error{"no act": s.RecordApproval(ctx, "", "", 0, li.ID, OwnerID), "no approver": s.RecordApproval(ctx, "drawer", "", 0, li.ID, 0)} {
		if !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if now := len(s.journalRows()); now != rows {
		t.Errorf("%d journal rows, had %d", now, rows)
	}
}

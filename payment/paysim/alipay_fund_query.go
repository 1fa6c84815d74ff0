package paysim

import "slices"

var detailFields = all(whichOperation, []field{
	may("operation_type", oneOf("FREEZE", "UNFREEZE", "PAY")),
	may("query_options", texts),
})

// operation is one line of a hold's account: the hold itself, a release, or a
// capture, whose request number is its order number.
type operation struct {
	kind   string // FREEZE, UNFREEZE or PAY
	status string // INIT, SUCCESS or CLOSED
	step          // of the hold itself only what is common
}

// detail is alipay.fund.auth.operation.detail.query: what became of one
// operation, and what is left of the hold. A QR that nobody has scanned is no
// hold yet. The payer of code 02 has entered the password by the third query.
func (a *alipay) detail(b content) reply {
	return a.onHold(b, func(p *page, h hold, n operationNo) reply {
		if h.AuthNo == "" {
			return noHold()
		}
		h = askedHold(p, h)
		for _, kind := range []string{"FREEZE", "UNFREEZE", "PAY"} {
			if want := b.text("operation_type"); want != "" && want != kind {
				continue
			}
			ops := operations(p, h)
			i := slices.IndexFunc(ops, func(op operation) bool { return op.kind == kind && n.is(op.OperationID, op.No) })
			if i < 0 {
				continue
			}
			if kind == "PAY" && ops[i].status == "INIT" {
				o, _ := p.find(ops[i].No)
				asked(p, o)
				h, _ = p.findHold(h.No)
				ops = operations(p, h)
			}
			return done("10000", detailFieldsOf(h, ops[i]))
		}
		return noOperation()
	})
}

// askedHold counts the queries of a hold that is confirmed after two of them.
func askedHold(p *page, h hold) hold {
	if h.State == Waiting && h.Scenario == paidAfterPassword {
		if h.Queries++; h.Queries > 2 {
			h = h.heldSince(p.now)
		}
		p.saveHold(h)
	}
	return h
}

// operations are what Alipay knows of a hold. Steps that were tried and did not
// get through are not known.
func operations(p *page, h hold) []operation {
	own := operation{"FREEZE", "SUCCESS", step{No: h.RequestNo, OperationID: h.OperationID, Amount: h.Amount, Asked: h.Created, At: h.HeldAt}}
	switch h.State {
	case Waiting:
		own.status = "INIT"
	case Closed:
		own.status = "CLOSED"
	}
	ops := []operation{own}
	for _, s := range h.Steps {
		o, trade := p.find(s.No)
		trade = trade && s.Kind == capture && o.Hold == h.No
		switch {
		case s.Done && s.Kind == release:
			ops = append(ops, operation{"UNFREEZE", "SUCCESS", s})
		case s.Done:
			ops = append(ops, operation{"PAY", "SUCCESS", s})
		case trade && o.State == Waiting:
			ops = append(ops, operation{"PAY", "INIT", s})
		case trade:
			ops = append(ops, operation{"PAY", "CLOSED", s})
		}
	}
	return ops
}

// detailFieldsOf is the answer about an operation and the hold it belongs to.
func detailFieldsOf(h hold, op operation) map[string]any {
	fields := holdIDs(h, op.OperationID, op.No)
	fields["order_status"], fields["order_title"] = orderStatus(h), h.Title
	fields["payer_user_id"], fields["payer_logon_id"] = h.Payer.UserID, h.Payer.LogonID
	fields["operation_type"], fields["status"], fields["amount"] = op.kind, op.status, op.Amount.String()
	fields["gmt_create"] = moment(op.Asked)
	if op.status == "SUCCESS" {
		fields["gmt_trans"] = moment(op.At)
	}
	if op.Remark != "" {
		fields["remark"] = op.Remark
	}
	fields["total_freeze_amount"], fields["rest_amount"], fields["total_pay_amount"] = h.Held.String(), h.rest().String(), h.captured().String()
	fields = ownMoney(fields, "", op.Amount)
	fields = ownMoney(fields, "total_freeze_", h.Held)
	fields = ownMoney(fields, "rest_", h.rest())
	return ownMoney(fields, "total_pay_", h.captured())
}

package main

import (
	"errors"
	"strconv"

	"frontdesk/data"
)

// verify proves the ledger. A ledger that cannot even be opened as one is
// broken, too.
func (c *call) verify() error {
	if err := c.open(inspect); err != nil {
		return brokenIf(err)
	}
	defer c.close()
	report, err := c.shop.Ledger.Verify(c.ctx, nil)
	if err != nil {
		return brokenIf(err)
	}
	result := verifyJSON{
		Good: report.Good(), Rows: report.Rows, Sales: report.Sales, Tenders: report.Tenders, Refunds: report.Refunds,
		Deposits: report.Deposits, Steps: report.Steps, Head: report.Hash, Unproved: report.Unproved, Problems: []problemJSON{}, More: report.More,
	}
	for _, p := range report.Problems {
		result.Problems = append(result.Problems, problemJSON{Kind: p.Kind, Table: p.Table, ID: p.ID, Detail: p.Detail})
	}
	if err := c.tell(result, func() { c.printVerify(result) }); err != nil {
		return err
	}
	if !result.Good {
		return &failure{code: exitBroken, kind: "broken", key: "ctl.broken"}
	}
	return nil
}

func (c *call) printVerify(r verifyJSON) {
	c.println(c.t("ctl.verified", "sales", r.Sales, "tenders", r.Tenders, "refunds", r.Refunds, "deposits", r.Deposits, "rows", r.Rows))
	if r.Unproved > 0 {
		c.println(c.t("ctl.unproved", "count", r.Unproved))
	}
	for _, p := range r.Problems {
		c.println("  " + c.t("data.problem."+string(p.Kind)) + "  " + p.Table + " " + strconv.FormatInt(p.ID, 10) + "  " + p.Detail)
	}
	if r.More > 0 {
		c.println(c.t("ctl.more_problems", "count", r.More))
	}
	if r.Good {
		c.println(c.t("ctl.good"))
		c.pairs([][2]string{{c.t("ctl.head"), r.Head}})
	}
}

// brokenIf gives the errors that mean a broken ledger their exit code.
func brokenIf(err error) error {
	switch kind := data.KindOf(err); kind {
	case data.KindDamaged, data.KindForeign, data.KindKey:
		var known *failure
		if errors.As(err, &known) {
			return err
		}
		return &failure{code: exitBroken, kind: string(kind), key: "data.error." + string(kind), pairs: data.Values(err), cause: err}
	}
	return err
}

func number(n int) string { return strconv.Itoa(n) }

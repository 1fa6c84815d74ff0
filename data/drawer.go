package data

import (
	"fmt"

	"frontdesk/payment"
)

// moveDrawer changes what should be in the drawer by what a journal row did to
// it: at the end of the row's day, and of all days after it that the clock has
// already seen. A new day begins with what the one before it left.
func moveDrawer(x *tx, r journalRow) error {
	if r.counts.drawer == 0 {
		return nil
	}
	day, amount := string(r.countsOn()), int64(r.counts.drawer)
	_, err := x.exec(`INSERT INTO drawer_days (day, balance) VALUES (?1, coalesce((SELECT balance FROM drawer_days WHERE day < ?1 ORDER BY day DESC LIMIT 1), 0))
		ON CONFLICT (day) DO NOTHING`, day)
	if err == nil {
		_, err = x.exec("UPDATE drawer_days SET balance = balance + ? WHERE day >= ?", amount, day)
	}
	if err != nil {
		return fmt.Errorf("move the drawer: %w", err)
	}
	return nil
}

// drawerBalance is what should be in the drawer now, fen: below 0 when more was
// given back than the ledger knows to have been there.
func drawerBalance(s source) (payment.Amount, error) {
	balance, err := one(s, scanInt, "SELECT coalesce((SELECT balance FROM drawer_days ORDER BY day DESC LIMIT 1), 0)")
	return payment.Amount(balance), err
}

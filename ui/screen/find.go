package screen

import (
	"context"

	"frontdesk/app"
)

// Find is the tab and the id of the sale or the deposit that a number belongs
// to: of a receipt or slip, of an order, or of the payer's bill. The error is a
// ProblemNotFound when there is none, or none that this shop shows.
func (d *Desk) Find(ctx context.Context, number string) (Tab, int64, error) {
	sale, err := d.Books.Find(ctx, number)
	if err == nil {
		return TabSales, sale.ID, nil
	}
	if p, ok := app.ProblemOf(err); !ok || p.Kind != app.ProblemNotFound || !d.Mode.Deposits() {
		return "", 0, err
	}
	deposit, err := d.Books.FindDeposit(ctx, number)
	if err != nil {
		return "", 0, err
	}
	return TabDeposits, deposit.ID, nil
}

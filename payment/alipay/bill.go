package alipay

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"frontdesk/payment"
)

var _ payment.Biller = (*Channel)(nil)

const methodBill = "alipay.data.dataservice.bill.downloadurl.query"

// A bill is made in the night after its day. The documents say usually by nine,
// and that it can take longer; who downloads bills every day is told to wait for
// ten. For a day without trades and for a bill that is not made yet the gateway
// has the same answer, so it is not believed before noon.
const (
	billDue    = 9 * time.Hour
	billSurely = 12 * time.Hour
)

// Bill reads the bill of trades: what was paid, also out of deposits, and what
// went back. It takes two requests: one asks the gateway where the bill is, and
// the other downloads it, with four times the deadline of one. Amount is what the
// order was about, Discount the part of it that did not come into the merchant's
// account, as Pay and Refund tell it.
//
// A refund under no number of its own, of all that was paid, is a
// payment.BilledReversal: a cancel makes such ones, and so does a full refund in
// which another program named no number.
func (c *Channel) Bill(ctx context.Context, at time.Time) ([]payment.BillLine, error) {
	day := payment.Midnight(at)
	date := day.Format(time.DateOnly)
	lines, err := c.readBill(ctx, day, date)
	if err != nil {
		return nil, fmt.Errorf("alipay: bill of %s: %w", date, err)
	}
	return lines, nil
}

func (c *Channel) readBill(ctx context.Context, day time.Time, date string) ([]payment.BillLine, error) {
	now := c.now()
	if now.Before(day.AddDate(0, 0, 1)) {
		return nil, payment.ErrBillLater
	}
	reply := c.call(ctx, methodBill, fields{"bill_type": "trade", "bill_date": date})
	address, err := foldBill(reply, now.Sub(day.AddDate(0, 0, 1)))
	c.noteBill(ctx, date, reply, address != "", err)
	if err != nil || address == "" {
		return nil, err
	}
	began := time.Now()
	lines, err := c.fetchBill(ctx, address, day)
	level := slog.LevelDebug
	if err != nil {
		level = slog.LevelWarn
	}
	c.log.LogAttrs(ctx, level, "bill", slog.String("date", date), slog.Int("lines", len(lines)),
		slog.Duration("took", time.Since(began)), slog.Any("detail", err))
	return lines, err
}

func (c *Channel) fetchBill(ctx context.Context, address string, day time.Time) ([]payment.BillLine, error) {
	file, err := c.download(ctx, address)
	if err != nil {
		return nil, err
	}
	text, err := billText(file, maxBillText)
	if err != nil {
		return nil, err
	}
	return parseBill(day, text)
}

// noteBill is note for the answer that names the address. That a bill is not
// there yet needs nobody's attention.
func (c *Channel) noteBill(ctx context.Context, date string, r reply, made bool, err error) {
	result := "nothing booked"
	switch {
	case errors.Is(err, payment.ErrBillLater):
		result, err = "later", nil
	case err != nil:
		result = "refused"
	case made:
		result = "made"
	}
	c.note(ctx, methodBill, date, r, result, err)
}

var (
	errNoAddress = errors.New("the answer names no address")
	errBillNo    = errors.New("the bill is not given out")
)

// foldBill reads the answer that says where a bill is; since is how long ago its
// day ended. No address and no error mean that nothing was booked. The sub codes
// are spelt in one way in the documents and in another in use.
func foldBill(r reply, since time.Duration) (address string, err error) {
	a, verdict := r.answer, r.verdict()
	if verdict == open || verdict == inProgress {
		return "", detail(r)
	}
	given := verdict == accepted
	empty := given && a.BillFileCode == "EMPTY_DATA_WITH_BILL_FILE" || !given && a.has("NO_BILL_DATA")
	missing := !given && a.has("BILL_NOT_EXIST")
	today := !given && (a.has("INVALID_ARGUMENTS") || a.has("INVAILID_ARGUMENTS")) // where its clock is behind this one
	switch {
	case empty && since >= billDue, missing && since >= billSurely:
		return "", nil
	case empty, missing, today && since < billDue:
		return "", payment.ErrBillLater
	case given && a.BillDownloadURL == "":
		return "", errNoAddress
	case given:
		return string(a.BillDownloadURL), nil
	}
	return "", fmt.Errorf("%w: %s %s: %s", errBillNo, token(a.Code), token(a.SubCode), a.SubMsg)
}

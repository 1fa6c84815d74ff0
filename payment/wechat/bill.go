package wechat

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"frontdesk/payment"
)

// billCertain is the hour from which WeChat's documents want a bill to be asked
// for. WeChat begins at nine to make those of the day before.
const billCertain = 10 * time.Hour

const tradeBill = "/v3/bill/tradebill"

var _ payment.Biller = (*Channel)(nil)

var errNoFile = errors.New("the answer names no file, or none that can be checked")

// Bill reads the trade bill of a day in Beijing, the one that holds all (ALL):
// of a provider what was sold for its sub-merchant, what deposits brought
// included. It takes two requests and moves no money. WeChat keeps bills for
// three months; for an older day, as for one that has not begun, there is an
// error.
//
// That there is no bill means that there were no trades, but WeChat may say so
// before it has looked: until ten o'clock of the next morning it is ErrBillLater.
// WeChat may also go on saying that it makes the bill of a day on which nothing
// was sold; nobody can tell this from a bill that is late, so it stays
// ErrBillLater.
func (c *Channel) Bill(ctx context.Context, at time.Time) ([]payment.BillLine, error) {
	day := payment.Midnight(at)
	lines, err := c.bill(ctx, day)
	if err != nil {
		return nil, fmt.Errorf("wechat bill of %s: %w", dateOf(day), err)
	}
	return lines, nil
}

func (c *Channel) bill(ctx context.Context, day time.Time) ([]payment.BillLine, error) {
	if c.now().Before(day.AddDate(0, 0, 1)) {
		return nil, payment.ErrBillLater
	}
	reply := c.call(ctx, c.billRequest(day))
	file, exists, err := c.foldBill(day, reply)
	c.note(ctx, "bill", dateOf(day), reply, billResult(err), err)
	if err != nil || !exists {
		return nil, err
	}
	began := time.Now()
	lines, err := c.readFile(ctx, day, file)
	c.line(ctx, "bill file", dateOf(day), billResult(err), err, time.Since(began), slog.Int("lines", len(lines)))
	return lines, err
}

func (c *Channel) readFile(ctx context.Context, day time.Time, file billFile) ([]payment.BillLine, error) {
	raw, err := c.download(ctx, file)
	if err != nil {
		return nil, err
	}
	return readBill(raw, c.set, day)
}

func (c *Channel) billRequest(day time.Time) request {
	query := url.Values{"bill_date": {dateOf(day)}, "bill_type": {"ALL"}, "tar_type": {"GZIP"}}
	if c.set.partner() {
		query.Set("sub_mchid", c.set.subMchID)
	}
	return request{method: http.MethodGet, path: tradeBill, query: query}
}

// foldBill reads where the bill is. Without an error, exists says whether there
// is one at all.
func (c *Channel) foldBill(day time.Time, r reply) (file billFile, exists bool, err error) {
	code := normalCode(r.answer.Code)
	switch {
	case r.verdict() == refused && code == "STATEMENTCREATING":
		return billFile{}, false, payment.ErrBillLater
	case r.verdict() == refused && code == "NOSTATEMENTEXIST" && c.now().Before(day.AddDate(0, 0, 1).Add(billCertain)):
		return billFile{}, false, payment.ErrBillLater
	case r.verdict() == refused && code == "NOSTATEMENTEXIST":
		return billFile{}, false, nil
	case r.verdict() != accepted || r.status != http.StatusOK:
		return billFile{}, false, r.detail()
	case r.answer.HashType != "SHA1" || r.answer.HashValue == "":
		return billFile{}, false, errNoFile
	}
	where, err := c.fileAddress(string(r.answer.DownloadURL))
	return billFile{where, string(r.answer.HashValue)}, err == nil, err
}

// billResult is what the log says became of it.
func billResult(err error) string {
	switch {
	case err == nil:
		return "read"
	case errors.Is(err, payment.ErrBillLater):
		return "later"
	}
	return string(payment.Unknown)
}

func dateOf(day time.Time) string { return day.Format(time.DateOnly) }

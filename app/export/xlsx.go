package export

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"

	"frontdesk/data"
)

// XLSX writes a workbook: the sums and shares on the first sheet, every sale on
// the second.
func XLSX(ctx context.Context, w io.Writer, j Job) (err error) {
	book := &workbook{File: excelize.NewFile(), j: j}
	defer func() { err = errors.Join(err, book.Close()) }()
	if err := book.styles(); err != nil {
		return err
	}
	if err := book.sums(); err != nil {
		return err
	}
	if err := book.sales(ctx); err != nil {
		return err
	}
	return book.Write(w)
}

type workbook struct {
	*excelize.File
	j           Job
	bold, money int
}

func (b *workbook) styles() (err error) {
	if b.bold, err = b.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}}); err != nil {
		return err
	}
	form := "#,##0.00"
	b.money, err = b.NewStyle(&excelize.Style{CustomNumFmt: &form})
	return err
}

// sums is the first sheet.
func (b *workbook) sums() error {
	name := b.j.Words.T("report.sheet.sums")
	if err := b.SetSheetName("Sheet1", name); err != nil {
		return err
	}
	out, err := b.NewStreamWriter(name)
	if err != nil {
		return err
	}
	if err := out.SetColWidth(1, 1, 28); err != nil {
		return err
	}
	if err := out.SetColWidth(2, 8, 16); err != nil {
		return err
	}
	line := 0
	put := func(values ...any) error {
		line++
		return out.SetRow("A"+strconv.Itoa(line), values)
	}
	head := []string{b.j.shop(), b.j.title() + " " + b.j.period()}
	if b.j.Practice {
		head = append(head, b.j.Words.T("receipt.practice"))
	}
	for _, text := range head {
		if err := put(b.title(text)); err != nil {
			return err
		}
	}
	line++
	for _, cells := range b.j.figureCells() {
		if err := put(b.values(cells)...); err != nil {
			return err
		}
	}
	for _, part := range b.j.slices() {
		if len(part.rows) == 0 {
			continue
		}
		line++
		if err := put(b.sliceHeads(part.key)...); err != nil {
			return err
		}
		for _, r := range part.rows {
			if err := put(b.values([]cell{text(r.name), text(number(r.Payments)), amount(r.Trade), amount(r.Discount), amount(r.Settled),
				amount(r.RefundSettled), amount(r.Net)})...); err != nil {
				return err
			}
		}
	}
	return out.Flush()
}

func (b *workbook) sliceHeads(key string) []any {
	heads := []any{b.title(b.j.Words.T(key))}
	for _, k := range []string{"report.col.count", "report.trade", "report.discount", "report.settled", "report.refunds_settled", "report.net"} {
		heads = append(heads, b.title(b.j.Words.T(k)))
	}
	return heads
}

// maxRows is what one sheet of a workbook can hold, less the heads.
const maxRows = excelize.TotalRows - 1

// sales is the second sheet, and a further one for each million of sales.
func (b *workbook) sales(ctx context.Context) error {
	var out *excelize.StreamWriter
	line, sheet := maxRows+1, 0
	err := b.j.eachSale(ctx, func(s data.SaleRow) (err error) {
		if line > maxRows {
			if out != nil {
				if err := out.Flush(); err != nil {
					return err
				}
			}
			sheet++
			if out, err = b.salesSheet(sheet); err != nil {
				return err
			}
			line = 1
		}
		line++
		return out.SetRow("A"+strconv.Itoa(line), b.values(b.j.saleCells(s)))
	})
	if err != nil {
		return err
	}
	if out == nil { // no sale at all: the heads stand alone
		if out, err = b.salesSheet(1); err != nil {
			return err
		}
	}
	return out.Flush()
}

func (b *workbook) salesSheet(n int) (*excelize.StreamWriter, error) {
	name := b.j.Words.T("report.sheet.sales")
	if n > 1 {
		name += " " + strconv.Itoa(n)
	}
	if _, err := b.NewSheet(name); err != nil {
		return nil, fmt.Errorf("sheet: %w", err)
	}
	out, err := b.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	if err := out.SetColWidth(1, len(saleColumns), 16); err != nil {
		return nil, err
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return nil, err
	}
	heads := make([]any, len(saleColumns))
	for i, key := range saleColumns {
		heads[i] = b.title(b.j.Words.T(key))
	}
	return out, out.SetRow("A1", heads)
}

func (b *workbook) title(text string) excelize.Cell {
	return excelize.Cell{StyleID: b.bold, Value: text}
}

// values are cells as the workbook stores them. A text stays a text, whatever it
// begins with. An amount becomes a number, which a workbook knows only as a
// floating one: it is made from the exact decimal text and written back as the
// same text, and nothing is computed with it here.
func (b *workbook) values(cells []cell) []any {
	list := make([]any, len(cells))
	for i, c := range cells {
		if !c.money {
			list[i] = c.text
			continue
		}
		n, err := strconv.ParseFloat(c.amount.String(), 64)
		if err != nil { // an amount is always a number
			list[i] = c.amount.String()
			continue
		}
		list[i] = excelize.Cell{StyleID: b.money, Value: n}
	}
	return list
}

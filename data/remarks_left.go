package data

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// Sales from before there was an index of remarks are put into it after the
// ledger has been opened, a few at a time, so that neither the window nor a
// payment waits. Until then their remarks are read one by one.

const (
	remarksAtOnce = 100                   // in one transaction: a few milliseconds
	remarksPause  = 20 * time.Millisecond // between them, so that a payment comes first
	remarksAtOpen = 500                   // so few are not worth a goroutine
)

// remarkWorker works through remarks_left.
type remarkWorker struct {
	stop context.CancelFunc
	done chan struct{}
}

// startRemarks works through a few remarks at once, and through many in the
// background. Where it fails (a disk that is full) the next start goes on; the
// remarks are found all the same.
func (l *Ledger) startRemarks(ctx context.Context) {
	for n := 0; n < remarksAtOpen; n += remarksAtOnce {
		if left, err := l.indexSome(ctx); err != nil || !left {
			return
		}
	}
	background, stop := context.WithCancel(context.Background())
	l.remarks = &remarkWorker{stop: stop, done: make(chan struct{})}
	go l.remarks.run(background, l)
}

func (w *remarkWorker) run(ctx context.Context, l *Ledger) {
	defer close(w.done)
	for {
		if left, err := l.indexSome(ctx); err != nil || !left {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(remarksPause):
		}
	}
}

func (w *remarkWorker) close() {
	if w != nil {
		w.stop()
		<-w.done
	}
}

// indexSome puts some remarks into the index, and reports whether there are
// more.
func (l *Ledger) indexSome(ctx context.Context) (left bool, err error) {
	err = l.look(ctx, func(v snapshot) error {
		left, err = anyRemarksLeft(v)
		return err
	})
	if err != nil || !left {
		return false, err
	}
	err = l.change(ctx, func(x *tx) error {
		sales, err := all(x, scanRemark, remarksLeft+" ORDER BY s.id LIMIT ?", remarksAtOnce)
		if err != nil {
			return err
		}
		for _, s := range sales {
			if err := indexRemark(x, s.id, s.text); err != nil {
				return err
			}
			if _, err := x.exec("DELETE FROM remarks_left WHERE sale_id = ?", s.id); err != nil {
				return err
			}
		}
		left = len(sales) == remarksAtOnce
		return nil
	})
	if err != nil {
		return false, fmt.Errorf("index remarks: %w", err)
	}
	return left, nil
}

func anyRemarksLeft(s source) (bool, error) {
	n, err := one(s, scanInt, "SELECT EXISTS (SELECT 1 FROM remarks_left)")
	return n != 0, err
}

type remark struct {
	id   int64
	text string
}

const remarksLeft = "SELECT s.id, s.remark FROM remarks_left l CROSS JOIN sales s ON s.id = l.sale_id"

func scanRemark(v *values) remark { return remark{v.int(), v.text()} }

// searchRemarksLeft is searchRemarks among those that are not in the index yet.
func searchRemarksLeft(v snapshot, part string, in span) (ids []int64, err error) {
	if left, err := anyRemarksLeft(v); err != nil || !left {
		return nil, err
	}
	part = remarkForm(part)
	return ids, each(v, func(row *values) error {
		if r := scanRemark(row); len(ids) <= SearchMax && strings.Contains(remarkForm(r.text), part) {
			ids = append(ids, r.id)
		}
		return nil
	}, remarksLeft+" WHERE l.sale_id BETWEEN ? AND ? ORDER BY l.sale_id DESC", in.first, in.last)
}

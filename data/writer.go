package data

import (
	"context"
	"database/sql/driver"
	"errors"
	"time"

	"modernc.org/sqlite"
)

// writer is the one connection that writes. It speaks to the driver directly:
// there is nothing to pool, its statements are prepared once and kept, and the
// layers between would cost more than the rules of the ledger do.
type writer struct {
	conn  driver.Conn // nil when closed
	now   func() time.Time
	turn  chan struct{} // holds one token; who has it writes
	stmts map[string]driver.Stmt

	endSeq  int64  // last journal row committed; 0 when not known
	endHash []byte // its hash

	shift      int64 // the open shift; 0 for none
	shiftKnown bool  // that is sure

	moneyDays map[moneyDay]bool // days of money that are noted for sure
}

func openWriter(path string, now func() time.Time) (*writer, error) {
	conn, err := (&sqlite.Driver{}).Open(dsn(path, writing))
	if err != nil {
		return nil, err
	}
	return &writer{conn: conn, now: now, turn: make(chan struct{}, 1), stmts: map[string]driver.Stmt{}, moneyDays: map[moneyDay]bool{}}, nil
}

func (w *writer) close() error {
	w.turn <- struct{}{}
	defer func() { <-w.turn }()
	if w.conn == nil {
		return nil
	}
	var errs []error
	for _, s := range w.stmts {
		errs = append(errs, s.Close())
	}
	errs = append(errs, w.conn.Close())
	w.stmts, w.conn = nil, nil
	return errors.Join(errs...)
}

// errClosed is returned by writes after Close.
var errClosed = errors.New("data: the ledger is closed")

// tx is one write transaction. now is read once, so that all its rows agree.
type tx struct {
	w   *writer
	now time.Time

	headSeq   int64  // last journal row; 0 while nobody needed it
	headHash  []byte // its hash
	journaled bool   // that row is of this transaction

	shift      int64 // the open shift; 0 for none
	shiftKnown bool  // somebody needed it
}

// do runs f in one transaction and commits it, or leaves no trace.
//
// ctx ends the wait for the turn, and nothing after that: a write that has
// begun is carried through, because a channel's answer must not be lost to a
// window that was closed. So a nil error means committed, and ErrInterrupted
// means that nothing was written.
func (w *writer) do(ctx context.Context, f func(*tx) error) (err error) {
	select {
	case w.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-w.turn }()
	if err := ctx.Err(); err != nil {
		return err
	}
	if w.conn == nil {
		return errClosed
	}
	t := &tx{w: w, now: w.now()}
	if _, err := t.exec("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	committed := false
	defer func() {
		if !committed {
			w.endSeq, w.endHash, w.shiftKnown = 0, nil, false
			clear(w.moneyDays)
			// SQLite has rolled back by itself after some errors; the second
			// time is refused, and that is fine.
			t.exec("ROLLBACK")
		}
	}()
	if err := f(t); err != nil {
		return err
	}
	if _, err := t.exec("COMMIT"); err != nil {
		return err
	}
	committed = true
	if t.journaled {
		w.endSeq, w.endHash = t.headSeq, t.headHash
	}
	if t.shiftKnown {
		w.shift, w.shiftKnown = t.shift, true
	}
	return nil
}

// source reads and writes outside of a transaction; only while the ledger is
// being opened.
func (w *writer) source() *tx { return &tx{w: w, now: w.now()} }

// script runs SQL of several statements.
func (w *writer) script(query string) error {
	_, err := w.conn.(driver.ExecerContext).ExecContext(context.Background(), query, nil)
	return err
}

func (t *tx) stmt(query string) (driver.Stmt, error) {
	if s, ok := t.w.stmts[query]; ok {
		return s, nil
	}
	s, err := t.w.conn.Prepare(query)
	if err != nil {
		return nil, err
	}
	t.w.stmts[query] = s
	return s, nil
}

func (t *tx) exec(query string, args ...any) (driver.Result, error) {
	s, err := t.stmt(query)
	if err != nil {
		return nil, err
	}
	list, err := named(args)
	if err != nil {
		return nil, err
	}
	return s.(driver.StmtExecContext).ExecContext(context.Background(), list)
}

// insert returns the new row's id.
func (t *tx) insert(query string, args ...any) (int64, error) {
	r, err := t.exec(query, args...)
	if err != nil {
		return 0, err
	}
	return r.LastInsertId()
}

func (t *tx) query(query string, args ...any) (cursor, error) {
	s, err := t.stmt(query)
	if err != nil {
		return nil, err
	}
	list, err := named(args)
	if err != nil {
		return nil, err
	}
	rows, err := s.(driver.StmtQueryContext).QueryContext(context.Background(), list)
	if err != nil {
		return nil, err
	}
	n := len(rows.Columns())
	return &driverCursor{rows: rows, vals: make([]driver.Value, n), list: make([]any, n)}, nil
}

package data

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// writer is the one connection that writes. Its statements are prepared once
// and kept.
type writer struct {
	db    *sql.DB
	conn  *sql.Conn
	now   func() time.Time
	turn  chan struct{} // holds one token; who has it writes
	stmts map[string]*sql.Stmt

	endSeq  int64  // last journal row committed; 0 when not known
	endHash []byte // its hash
}

func openWriter(path string, now func() time.Time) (*writer, error) {
	db, err := sql.Open("sqlite", dsn(path, writing))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	w := &writer{db: db, now: now, turn: make(chan struct{}, 1), stmts: map[string]*sql.Stmt{}}
	if w.conn, err = db.Conn(context.Background()); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return w, nil
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
	w.stmts = nil
	errs = append(errs, w.conn.Close(), w.db.Close())
	w.conn = nil
	return errors.Join(errs...)
}

// errClosed is returned by writes after Close.
var errClosed = errors.New("the ledger is closed")

// tx is one write transaction. now is read once, so that all its rows agree.
type tx struct {
	w   *writer
	now time.Time

	headSeq   int64  // last journal row; 0 while nobody needed it
	headHash  []byte // its hash
	journaled bool   // that row is of this transaction
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
			w.endSeq, w.endHash = 0, nil
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
	return nil
}

func (t *tx) stmt(query string) (*sql.Stmt, error) {
	if s, ok := t.w.stmts[query]; ok {
		return s, nil
	}
	s, err := t.w.conn.PrepareContext(context.Background(), query)
	if err != nil {
		return nil, err
	}
	t.w.stmts[query] = s
	return s, nil
}

func (t *tx) exec(query string, args ...any) (sql.Result, error) {
	s, err := t.stmt(query)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(context.Background(), args...)
}

// insert returns the new row's id.
func (t *tx) insert(query string, args ...any) (int64, error) {
	r, err := t.exec(query, args...)
	if err != nil {
		return 0, err
	}
	return r.LastInsertId()
}

func (t *tx) query(query string, args ...any) (*sql.Rows, error) {
	s, err := t.stmt(query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(context.Background(), args...)
}

// snapshot is a read transaction: all it reads is of one moment.
type snapshot struct {
	ctx context.Context
	tx  *sql.Tx
}

func (s snapshot) query(query string, args ...any) (*sql.Rows, error) {
	return s.tx.QueryContext(s.ctx, query, args...)
}

// source is where records are read from: the write transaction or a snapshot.
type source interface {
	query(query string, args ...any) (*sql.Rows, error)
}

package data

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
)

// source is where records are read from: the write transaction or a snapshot.
type source interface {
	query(query string, args ...any) (cursor, error)
}

// cursor goes through the rows of a query. next fills the row and returns
// io.EOF behind the last one. It must be closed.
type cursor interface {
	next(*values) error
	close() error
}

// values is one row, read column by column in the order of the query. The
// tables are STRICT, so a column of another type means a damaged file; the
// first such fault is kept and the rest of the row reads as zeros.
type values struct {
	list []any
	at   int
	err  error
}

func (v *values) take() any {
	if v.at >= len(v.list) {
		v.fail("a row has %d columns", len(v.list))
		return nil
	}
	v.at++
	return v.list[v.at-1]
}

func (v *values) fail(format string, args ...any) {
	if v.err == nil {
		v.err = ErrDamaged.because(format, args...)
	}
}

func (v *values) int() int64 {
	x := v.take()
	n, ok := x.(int64)
	if !ok {
		v.fail("column %d is %T, not a number", v.at, x)
	}
	return n
}

func (v *values) bool() bool { return v.int() != 0 }

func (v *values) text() string {
	x := v.take()
	s, ok := x.(string)
	if !ok {
		v.fail("column %d is %T, not text", v.at, x)
	}
	return s
}

// bytes is a copy: the row's memory is used again for the next one.
func (v *values) bytes() []byte {
	x := v.take()
	b, ok := x.([]byte)
	if !ok {
		v.fail("column %d is %T, not bytes", v.at, x)
	}
	return append([]byte{}, b...)
}

// each calls f for every row of a query.
func each(s source, f func(*values) error, query string, args ...any) (err error) {
	c, err := s.query(query, args...)
	if err != nil {
		return err
	}
	defer func() {
		if e := c.close(); err == nil {
			err = e
		}
	}()
	var v values
	for {
		switch err := c.next(&v); {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
		if err := f(&v); err != nil {
			return err
		}
		if v.err != nil {
			return v.err
		}
	}
}

// all reads every row of a query with scan.
func all[T any](s source, scan func(*values) T, query string, args ...any) (list []T, err error) {
	err = each(s, func(v *values) error {
		list = append(list, scan(v))
		return nil
	}, query, args...)
	if err != nil {
		return nil, err
	}
	return list, nil
}

// one reads the first row of a query; ErrNotFound, with what was looked for,
// when there is none.
func one[T any](s source, scan func(*values) T, query string, args ...any) (T, error) {
	list, err := all(s, scan, query, args...)
	if err == nil && len(list) == 0 {
		err = ErrNotFound.because("%v", args)
	}
	if err != nil {
		var none T
		return none, err
	}
	return list[0], nil
}

func scanInt(v *values) int64    { return v.int() }
func scanText(v *values) string  { return v.text() }
func scanBytes(v *values) []byte { return v.bytes() }

// snapshot is a read transaction: all it reads is of one moment.
type snapshot struct {
	ctx context.Context
	tx  *sql.Tx
}

func (s snapshot) query(query string, args ...any) (cursor, error) {
	return readRows(s.tx.QueryContext(s.ctx, query, args...))
}

// connSource reads through a single connection, outside of a transaction.
type connSource struct {
	ctx  context.Context
	conn *sql.Conn
}

func (s connSource) query(query string, args ...any) (cursor, error) {
	return readRows(s.conn.QueryContext(s.ctx, query, args...))
}

// sqlCursor is a cursor over rows of database/sql.
type sqlCursor struct {
	rows *sql.Rows
	list []any
	into []any // pointers to list
}

func readRows(rows *sql.Rows, err error) (cursor, error) {
	if err != nil {
		return nil, err
	}
	names, err := rows.Columns()
	if err != nil {
		return nil, errors.Join(err, rows.Close())
	}
	c := &sqlCursor{rows: rows, list: make([]any, len(names)), into: make([]any, len(names))}
	for i := range c.list {
		c.into[i] = &c.list[i]
	}
	return c, nil
}

func (c *sqlCursor) next(v *values) error {
	if !c.rows.Next() {
		if err := c.rows.Err(); err != nil {
			return err
		}
		return io.EOF
	}
	v.list, v.at = c.list, 0
	return c.rows.Scan(c.into...)
}

func (c *sqlCursor) close() error { return c.rows.Close() }

// driverCursor is a cursor over rows of the driver.
type driverCursor struct {
	rows driver.Rows
	done bool // SQLite would begin again behind the last row
	vals []driver.Value
	list []any
}

func (c *driverCursor) next(v *values) error {
	if c.done {
		return io.EOF
	}
	if err := c.rows.Next(c.vals); err != nil {
		c.done = true
		return err
	}
	for i, x := range c.vals {
		c.list[i] = x
	}
	v.list, v.at = c.list, 0
	return nil
}

func (c *driverCursor) close() error { return c.rows.Close() }

// named are arguments as the driver takes them.
func named(args []any) ([]driver.NamedValue, error) {
	list := make([]driver.NamedValue, len(args))
	for i, a := range args {
		switch x := a.(type) {
		case int:
			a = int64(x)
		case int64, string, []byte:
		default:
			return nil, fmt.Errorf("argument %d is a %T", i+1, a)
		}
		list[i] = driver.NamedValue{Ordinal: i + 1, Value: a}
	}
	return list, nil
}

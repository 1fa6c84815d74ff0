package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// fullCheckSize is up to how many bytes the whole file is checked before the
// ledger opens. It takes about 20 ms then; a large ledger would keep the first
// customer waiting, so there only the parts that are about to be written are
// read, and CheckFile does the rest in the background.
const fullCheckSize = 8 << 20

// checkAtOpen finds a damaged file before anything is written to it.
func (l *Ledger) checkAtOpen(ctx context.Context) error {
	info, err := os.Stat(l.path)
	if err != nil {
		return err
	}
	if info.Size() <= fullCheckSize {
		return l.CheckFile(ctx)
	}
	return l.checkNewest(ctx)
}

// checkNewest reads the small tables and the newest rows of the large ones:
// the parts of the file that the next sale needs.
func (l *Ledger) checkNewest(ctx context.Context) error {
	return l.look(ctx, func(v snapshot) error {
		for _, table := range []string{"settings", "staff", "shifts", "journal_head", "drawer_days"} {
			if err := soundness(v, "quick_check('"+table+"')"); err != nil {
				return err
			}
		}
		for _, newest := range []string{
			"SELECT * FROM journal ORDER BY seq DESC", "SELECT * FROM sales ORDER BY id DESC", "SELECT * FROM tenders ORDER BY id DESC",
			"SELECT * FROM refunds ORDER BY id DESC", "SELECT * FROM events ORDER BY sale_id DESC, n DESC", "SELECT * FROM print_jobs ORDER BY id DESC",
			"SELECT * FROM figures ORDER BY day DESC", "SELECT * FROM figure_days ORDER BY day DESC", "SELECT * FROM deposit_figures ORDER BY day DESC", "SELECT * FROM bills ORDER BY id DESC", "SELECT * FROM bill_lines ORDER BY id DESC",
			"SELECT * FROM money_days ORDER BY channel DESC, day DESC", "SELECT * FROM deposits ORDER BY id DESC", "SELECT * FROM steps ORDER BY id DESC", "SELECT * FROM deposit_events ORDER BY deposit_id DESC, n DESC",
			"SELECT day FROM sales ORDER BY day DESC", "SELECT out_trade_no FROM tenders ORDER BY out_trade_no DESC",
		} {
			if err := each(v, func(*values) error { return nil }, newest+" LIMIT 200"); err != nil {
				return err
			}
		}
		return nil
	})
}

// CheckFile reads the whole file and finds what a broken disk or a careless
// copy did to it: ErrDamaged, and a backup has to be restored. It takes about
// two seconds for a million sales. Verify also finds what a person did to it.
func (l *Ledger) CheckFile(ctx context.Context) error {
	err := l.look(ctx, func(v snapshot) error {
		lookAgain(v) // whatever is wrong with it, the check finds
		return soundness(v, "quick_check(10)")
	})
	if err != nil {
		return fmt.Errorf("check file: %w", err)
	}
	return nil
}

// checkCopy reports whether the file is a sound ledger.
func checkCopy(ctx context.Context, file string) error {
	conn, done, err := openConn(ctx, file, reading)
	if err != nil {
		return err
	}
	defer done()
	s := connSource{ctx, conn}
	if err := soundness(s, "integrity_check(10)"); err != nil {
		return explain(err, filepath.Dir(file))
	}
	version, err := schemaVersion(s)
	if err != nil {
		return explain(err, filepath.Dir(file))
	}
	if version == 0 {
		return ErrForeign.because("an empty database")
	}
	return nil
}

// openConn opens one connection of its own to a file.
func openConn(ctx context.Context, file string, a access) (conn *sql.Conn, done func(), err error) {
	if file, err = filepath.Abs(file); err != nil {
		return nil, nil, err
	}
	db, err := sql.Open("sqlite", dsn(file, a))
	if err != nil {
		return nil, nil, err
	}
	if conn, err = db.Conn(ctx); err != nil {
		db.Close()
		return nil, nil, explain(err, filepath.Dir(file))
	}
	return conn, func() { conn.Close(); db.Close() }, nil
}

// soundness runs one of SQLite's own checks.
func soundness(s source, check string) error {
	lines, err := ownCheck(s, check)
	if err != nil {
		return err
	}
	if len(lines) != 1 || lines[0] != "ok" {
		return ErrDamaged.because("%s", strings.Join(lines, "; "))
	}
	return nil
}

// ownCheck is what one of SQLite's own checks says: "ok", or what is wrong.
func ownCheck(s source, check string) ([]string, error) {
	lines, err := all(s, scanText, "PRAGMA "+check)
	var theirs *sqlite.Error
	if errors.As(err, &theirs) && theirs.Code()&0xff == sqlite3.SQLITE_ERROR {
		return nil, ErrDamaged.because("%w", err) // so the search index complains, which SQLite does not know from inside
	}
	return lines, err
}

// lookAgain makes a connection forget what it remembers of the search index.
// SQLite's checks trust that, and would find the index broken once another
// connection has changed it; a search does not.
func lookAgain(s source) error {
	return each(s, func(*values) error { return nil }, `SELECT rowid FROM remark_search WHERE remark_search MATCH '"0"' LIMIT 1`)
}

package data

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"

	"frontdesk/payment"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migration is one numbered step of the schema.
type migration struct {
	version int64
	name    string // "0001_ledger.sql"
	sql     string
}

// migrations are the embedded steps, in order. It panics on a file that is not
// named NNNN_words.sql or on a missing number: faults of the build.
func migrations() []migration {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		panic(err)
	}
	sort.Strings(names)
	var steps []migration
	for i, name := range names {
		number, _, _ := strings.Cut(path.Base(name), "_")
		version, err := strconv.Atoi(number)
		if err != nil || version != i+1 {
			panic(fmt.Sprintf("data: migration %s is not number %d", name, i+1))
		}
		text, err := migrationFiles.ReadFile(name)
		if err != nil {
			panic(err)
		}
		steps = append(steps, migration{version: int64(version), name: path.Base(name), sql: string(text)})
	}
	return steps
}

// migrate brings the schema to the last step. Each step is one transaction
// together with its line in the table of steps, so a step that was cut off
// starts again. A ledger that holds something is copied first; progress, which
// may be nil, counts the copy and the statements of the steps.
func (l *Ledger) migrate(ctx context.Context, steps []migration, progress func(done, total int)) error {
	have, err := schemaVersion(l.write.source())
	if err != nil {
		return err
	}
	last := lastVersion(steps)
	switch {
	case have > last:
		return ErrNewer.because("schema %d, known up to %d", have, last)
	case have == last:
		return nil
	}
	steps = steps[have:]
	did := countdown(steps, progress)
	if have > 0 {
		if err := l.backupBefore(ctx, steps[0]); err != nil {
			return fmt.Errorf("backup before the migration: %w", err)
		}
	}
	did()
	for _, step := range steps {
		if err := l.write.migrate(step, did); err != nil {
			return fmt.Errorf("migration %s: %w", step.name, err)
		}
	}
	return nil
}

// countdown tells progress of each thing that was done: the copy and each
// statement.
func countdown(steps []migration, progress func(done, total int)) (did func()) {
	if progress == nil {
		return func() {}
	}
	done, total := 0, 1
	for _, step := range steps {
		total += len(step.statements())
	}
	progress(done, total)
	return func() {
		done++
		progress(done, total)
	}
}

// statements are the step's statements, each as it stands in the file. One
// begins where a line begins with a word of SQL in capitals; what belongs to it
// is indented or begins with another character.
func (m migration) statements() (list []string) {
	var text strings.Builder
	begun := false
	for line := range strings.Lines(m.sql) {
		if word, _, _ := strings.Cut(line, " "); slices.Contains([]string{"CREATE", "ALTER", "INSERT", "UPDATE", "DROP"}, word) {
			if begun {
				list = append(list, text.String())
				text.Reset()
			}
			begun = true
		}
		text.WriteString(line)
	}
	return append(list, text.String())
}

func lastVersion(steps []migration) int64 { return steps[len(steps)-1].version }

// schemaVersion is the last step that the file has gone through; 0 for an
// empty file. It refuses a file of another program.
func schemaVersion(s source) (int64, error) {
	id, err := one(s, scanInt, "PRAGMA application_id")
	if err != nil {
		return 0, err
	}
	tables, err := one(s, scanInt, "SELECT count(*) FROM sqlite_schema")
	switch {
	case err != nil:
		return 0, err
	case id == 0 && tables == 0:
		return 0, nil
	case id != applicationID:
		return 0, ErrForeign.because("application id %#x, %d tables", id, tables)
	}
	return one(s, scanInt, "SELECT coalesce(max(version), 0) FROM migrations")
}

func (w *writer) migrate(step migration, did func()) error {
	err := w.script(fmt.Sprintf(`BEGIN EXCLUSIVE;
		PRAGMA application_id = %d;
		CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, at INTEGER NOT NULL) STRICT;`, applicationID))
	for _, statement := range step.statements() {
		if err == nil {
			err = w.script(statement)
			did()
		}
	}
	if err == nil {
		_, err = w.source().exec("INSERT INTO migrations (version, name, at) VALUES (?, ?, ?)", step.version, step.name, w.now().UnixMilli())
	}
	if err == nil {
		err = w.script("COMMIT")
	}
	if err != nil {
		w.script("ROLLBACK")
	}
	return err
}

// backupBefore copies the ledger to "<name>.before-0002-20261121-150405" in
// its own folder.
func (l *Ledger) backupBefore(ctx context.Context, step migration) error {
	number, _, _ := strings.Cut(step.name, "_")
	stamp := l.now().In(payment.Beijing).Format("20060102-150405")
	file := l.path + ".before-" + number + "-" + stamp
	if _, err := os.Stat(file); err == nil {
		return ErrExists.because("%s", filepath.Base(file))
	}
	return copyLedger(ctx, l.path, file)
}

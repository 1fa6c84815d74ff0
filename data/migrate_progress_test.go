package data

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Whoever waits while an old ledger is brought up to date sees that it goes on,
// and when it will be over.
func TestAMigrationTellsHowFarItIs(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	raw, err := os.ReadFile(goldenV1)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	last, all, calls := -1, 0, 0
	o := Options{Key: testKey, Now: (&clock{at: noon}).now, Progress: func(done, total int) {
		if done != last+1 || (all != 0 && total != all) || done > total {
			t.Errorf("%d of %d after %d of %d", done, total, last, all)
		}
		last, all = done, total
		calls++
	}}
	for range 2 { // the second time there is nothing to wait for
		l, err := Open(path, o)
		if err != nil {
			t.Fatal(err)
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if last != all || calls < 100 || calls != all+1 {
		t.Errorf("ended at %d of %d after %d calls", last, all, calls)
	}
}

// A step taken apart is still the whole of it, and every part is one statement.
func TestStatementsOfAMigration(t *testing.T) {
	for _, m := range migrations() {
		list := m.statements()
		if strings.Join(list, "") != m.sql {
			t.Errorf("%s: something was lost", m.name)
		}
		for _, s := range list {
			var text strings.Builder
			for line := range strings.Lines(s) {
				code, _, _ := strings.Cut(line, "--")
				text.WriteString(code)
			}
			statement := strings.TrimSpace(text.String())
			if trigger := strings.HasPrefix(statement, "CREATE TRIGGER"); !strings.HasSuffix(statement, ";") || trigger != strings.HasSuffix(statement, "END;") ||
				(!trigger && strings.Count(statement, ";") != 1) {
				t.Errorf("%s: not one statement:\n%s", m.name, s)
			}
		}
	}
}

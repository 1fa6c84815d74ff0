package data

import (
	"context"
	"database/sql"
)

// SchemaVersion is the version of the ledger's tables that this program writes.
func SchemaVersion() int { return int(lastVersion(migrations())) }

// SQLiteVersion is the version of the embedded SQLite; empty when it cannot
// be asked.
func SQLiteVersion() string {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return ""
	}
	defer db.Close()
	var version string
	if err := db.QueryRowContext(context.Background(), "SELECT sqlite_version()").Scan(&version); err != nil {
		return ""
	}
	return version
}

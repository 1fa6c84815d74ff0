package data

import (
	"net/url"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// applicationID marks our files ("FDsk"), so that no other program's SQLite
// file is taken for a ledger.
const applicationID = 0x4644736b

type access string

const (
	writing access = "rwc" // the writer
	reading access = "ro"  // readers, which could not write if they tried
	copying access = "ro " // like reading, but VACUUM INTO may write its copy
)

// dsn, for an absolute path, sets SQLite up in the one place that reaches every connection of a pool.
//
// WAL: readers never wait for the writer. synchronous=FULL: a commit that
// returned survives a power cut; NORMAL could lose the last ones. fullfsync
// makes macOS push the disk's own cache. The log is folded into the
// file by the keeper; wal_autocheckpoint is the bound (16 MB) for a till so busy
// that the keeper does not get to it. cell_size_check and trusted_schema
// guard against damaged or crafted files.
func dsn(path string, a access) string {
	pragmas := []string{
		"busy_timeout(5000)", "foreign_keys(1)", "trusted_schema(0)", "cell_size_check(1)",
	}
	switch a {
	case writing:
		pragmas = append(pragmas, "journal_mode(WAL)", "synchronous(FULL)", "fullfsync(1)", "checkpoint_fullfsync(1)",
			"recursive_triggers(1)", "wal_autocheckpoint(4000)", "journal_size_limit(33554432)", "cache_size(-8000)")
	case reading:
		pragmas = append(pragmas, "query_only(1)", "cache_size(-4000)")
	}
	q := url.Values{"mode": {strings.TrimSpace(string(a))}, "_pragma": pragmas, "_txlock": {"immediate"}, "_defensive": {"1"}, "_dqs": {"0"}, "_error_rc": {"1"}}
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/... becomes /C:/...
	}
	return (&url.URL{Scheme: "file", Path: slashed, RawQuery: q.Encode()}).String()
}

package settings

import (
	"context"
	"io"
	"time"

	"fyne.io/fyne/v2"

	"frontdesk/hardware/paper"
)

// Options is what only the program itself knows. Everything may be left out:
// what is missing is not offered.
type Options struct {
	// Alipay looks at Alipay's settings. Without it the page saves and does not
	// diagnose.
	Alipay AlipayDoctor
	// Printers lists the printers that the operating system knows, by name. It
	// may take seconds; it is called off the UI goroutine.
	Printers func(ctx context.Context) ([]string, error)
	// Painter draws the sample receipts.
	Painter *paper.Painter
	// About is what the last page shows.
	About About
	// OpenFolder shows a folder in the system's file manager.
	OpenFolder func(path string) error
	// PickFile lets a person choose a file and calls then with it, or not at
	// all. Nil uses the screen's own list of files.
	PickFile func(w fyne.Window, then func(io.ReadCloser))
}

// AlipayDoctor finds out what is wrong with Alipay's settings. It sees them as
// they would be once changes are saved: a key of changes counts as set to that
// value, all others as they are saved. Both methods are called off the UI
// goroutine, and neither moves money.
type AlipayDoctor interface {
	// CheckConfig asks nobody. It lists what cannot be used, in the order of
	// the fields; nil when all is well. An error says that the saved settings
	// cannot be read.
	CheckConfig(ctx context.Context, changes map[string]string) ([]ConfigFault, error)
	// Check asks Alipay. An error says that the settings cannot be read or are
	// not complete; what Alipay says, or that it says nothing, is a Probe.
	Check(ctx context.Context, changes map[string]string) (Probe, error)
}

// ConfigFault is one setting that cannot be used.
type ConfigFault struct {
	Key  string // the setting: "alipay.app_id"
	Kind string // names the sentence under "alipay.config."
}

// Probe is what Alipay's gateway answered.
type Probe struct {
	Kind  string        // "good", or what is wrong: names the sentences under "alipay.probe."
	Code  string        // the gateway's code; empty when it gave none
	Skew  time.Duration // how far this computer's clock is ahead; only with Dated
	Dated bool          // Skew is known
	Took  time.Duration // from sending to the answer
}

// About is what the program is made of and where it keeps things. Empty fields
// are left out.
type About struct {
	Version string // of the program
	Go      string
	Fyne    string
	SQLite  string
	Schema  int // of the ledger
	Till    int // 1 to 99

	DataDir   string
	Ledger    string // the ledger's file
	LogDir    string
	BackupDir string

	// JournalHead reads where the journal ends: its last number and that row's
	// hash. Nil leaves the line out.
	JournalHead func(ctx context.Context) (seq int64, hash string, err error)
}

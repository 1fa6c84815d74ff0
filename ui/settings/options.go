package settings

import (
	"context"
	"io"
	"time"

	"fyne.io/fyne/v2"

	"frontdesk/hardware/paper"
	"frontdesk/payment"
)

// Options is what only the program itself knows. Everything may be left out:
// what is missing is not offered.
type Options struct {
	// Doctors look at the settings of the channels. A page without one saves and
	// does not diagnose.
	Doctors map[payment.ChannelName]ChannelDoctor
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

// ChannelDoctor finds out what is wrong with a channel's settings. It sees them as
// they would be once changes are saved: a key of changes counts as set to that
// value, all others as they are saved. Both methods are called off the UI
// goroutine, and neither moves money.
type ChannelDoctor interface {
	// CheckConfig asks nobody. It lists what cannot be used, in the order of
	// the fields; nil when all is well. An error says that the saved settings
	// cannot be read.
	CheckConfig(ctx context.Context, changes map[string]string) ([]ConfigFault, error)
	// Check asks the channel. An error says that the settings cannot be read or are
	// not complete; what the channel says, or that it says nothing, is a Probe.
	Check(ctx context.Context, changes map[string]string) (Probe, error)
}

// ConfigFault is one setting that cannot be used.
type ConfigFault struct {
	Key  string // the setting: "alipay.app_id"
	Kind string // names the sentence under "<channel>.config."
}

// Probe is what a channel answered.
type Probe struct {
	Kind  string        // "good", or what is wrong: names the sentences under "<channel>.probe."
	Code  string        // the channel's code; empty when it gave none
	Skew  time.Duration // how far this computer's clock is ahead; only with Dated
	Dated bool          // Skew is known
	Took  time.Duration // from sending to the answer
	Hosts []HostProbe   // of a channel with several addresses; else empty
}

// HostProbe is whether one of a channel's addresses answers.
type HostProbe struct {
	URL string
	Up  bool
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

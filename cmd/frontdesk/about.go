package main

import (
	"runtime"
	"runtime/debug"
	"strings"

	"frontdesk/data"
	"frontdesk/payment/paysim"
	"frontdesk/ui/phone"
	"frontdesk/ui/settings"
)

// about is what the last settings page shows.
func (p *program) about() settings.About {
	paths := p.shop.Paths
	shown := version
	if revision != "" {
		shown += " (" + revision + ")"
	}
	return settings.About{
		Version: shown, Go: strings.TrimPrefix(runtime.Version(), "go"), Fyne: moduleVersion("fyne.io/fyne/v2"),
		SQLite: data.SQLiteVersion(), Schema: data.SchemaVersion(), Till: 1,
		DataDir: paths.Dir, Ledger: paths.Ledger, LogDir: paths.Logs, BackupDir: paths.Backups,
		JournalHead: p.shop.Ledger.Head,
	}
}

// moduleVersion is the version of a module that the program was built with.
func moduleVersion(path string) string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, m := range info.Deps {
		if m.Path == path {
			return strings.TrimPrefix(m.Version, "v")
		}
	}
	return ""
}

// scenarios are the simulator's test codes as the phone shows them.
func scenarios() []phone.Scenario {
	list := make([]phone.Scenario, len(paysim.Scenarios))
	for i, s := range paysim.Scenarios {
		list[i] = phone.Scenario{Number: s.Number, Key: s.Key, QR: s.QR}
	}
	return list
}

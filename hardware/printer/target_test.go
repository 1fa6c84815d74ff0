package printer

import (
	"testing"

	"frontdesk/assets/lang"
)

func TestTargets(t *testing.T) {
	for _, c := range []struct {
		in     string
		scheme scheme
		value  string
	}{
		{"tcp://192.168.1.50:9100", schemeTCP, "192.168.1.50:9100"},
		{"tcp://printer.local", schemeTCP, "printer.local:9100"},
		{"TCP://10.0.0.9:6001/", schemeTCP, "10.0.0.9:6001"},
		{"tcp://[fe80::1]:9100", schemeTCP, "[fe80::1]:9100"},
		{"tcp://[::1]", schemeTCP, "[::1]:9100"},
		{" file:///tmp/receipts.bin ", schemeFile, "/tmp/receipts.bin"},
		{"file:///a%20b/c", schemeFile, "/a b/c"},
		{"spool:Receipt", schemeSpool, "Receipt"},
		{`spool:\\PC2\XP-58 (copy 1)`, schemeSpool, `\\PC2\XP-58 (copy 1)`},
		{"virtual:", schemeVirtual, ""},
		{"virtual:/tmp/paper", schemeVirtual, "/tmp/paper"},
	} {
		got, err := parseTarget(c.in)
		if err != nil || got != (target{c.scheme, c.value}) {
			t.Errorf("%q: got %v, %v", c.in, got, err)
		}
	}
	for _, bad := range []string{"", "9100", "192.168.1.50", "192.168.1.50:9100", "tcp:", "tcp://", "tcp://host:port", "tcp://host:0", "tcp://host:70000",
		"tcp://user@host:9100", "tcp://a b:9100", "tcp://host:9100/path", "file:", "file://", "file:///", "file://relative/path", "file:relative",
		"spool:", "spool:-Hx", "usb:1", "spool:a\x00b", "http://x"} {
		if got, err := parseTarget(bad); err == nil {
			t.Errorf("%q is taken for %v", bad, got)
		}
	}
}

func TestWindowsPaths(t *testing.T) {
	for in, want := range map[string]string{
		"file:///C:/till/receipts.bin": "C:/till/receipts.bin",
		"file:///LPT1":                 `\\.\LPT1`,
		"file:///com3":                 `\\.\com3`,
		"file:///lpt1.txt":             "/lpt1.txt",
	} {
		if got, err := parsePath(in, true); err != nil || got != want {
			t.Errorf("%q: got %q, %v; want %q", in, got, err, want)
		}
	}
}

func TestEveryKindHasASentence(t *testing.T) {
	for _, l := range []lang.Language{lang.Chinese, lang.English} {
		words := lang.Load(l)
		for _, k := range Kinds {
			if !words.Has("printer.error." + string(k)) {
				t.Errorf("%s: no sentence for %s", l, k)
			}
		}
	}
}

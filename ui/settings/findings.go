package settings

import (
	"strconv"
	"strings"
	"time"

	"frontdesk/assets/lang"
	"frontdesk/payment"
	"frontdesk/ui/kit"
)

// finding is one line of the doctor: ready strings.
type finding struct {
	icon  kit.Icon
	token kit.Token
	title string // bold
	text  string // what to do; may be empty
	code  string // the channel's code, apart; may be empty
}

// findings reads a probe from the bottom up: line, clock, keys, contract. What
// cannot be known because of an earlier fault is left out, so that the first
// red line is the one to act on.
func findings(w *lang.Words, channel payment.ChannelName, p Probe) []finding {
	probe := string(channel) + ".probe."
	name := w.T("settings.page." + string(channel))
	fault := finding{kit.IconFailed, kit.Bad, w.T(probe + p.Kind + ".what"), w.T(probe + p.Kind + ".do"), p.Code}
	switch p.Kind {
	case "network", "tls", "not_" + string(channel):
		return append([]finding{fault}, hosts(w, p.Hosts)...)
	case "busy":
		fault.icon, fault.token = kit.IconAlert, kit.Warn
		return []finding{good(w, "network", ""), fault}
	}
	list := append([]finding{good(w, "network", "")}, hosts(w, p.Hosts)...)
	if p.Kind == "clock" {
		return append(list, fault)
	}
	if p.Dated {
		list = append(list, clockFinding(w, channel, name, p.Skew))
	}
	switch p.Kind {
	case "good":
		return append(list, good(w, "keys", w.T("doctor.keys.how")),
			finding{kit.IconInfo, kit.Ink2, w.T("doctor.contract.open"), w.T("doctor.contract.open.do"), ""})
	case "permission", "token", "app_mismatch", "deposit_key", "deposit_right":
		return append(list, good(w, "keys", ""), fault)
	}
	return append(list, fault)
}

func good(w *lang.Words, what, text string) finding {
	return finding{kit.IconPaid, kit.Ok, w.T("doctor." + what + ".good"), text, ""}
}

// hosts says which of several addresses do not answer. The others stand in for
// them, so it is no fault while one is left.
func hosts(w *lang.Words, all []HostProbe) []finding {
	var down []string
	for _, h := range all {
		if !h.Up {
			down = append(down, h.URL)
		}
	}
	if len(down) == 0 || len(down) == len(all) {
		return nil
	}
	return []finding{{kit.IconAlert, kit.Warn, w.T("doctor.hosts.some", "up", len(all)-len(down), "n", len(all)), w.T("doctor.hosts.some.do"), strings.Join(down, "\n")}}
}

// maxSkew is how far the clock may be off before the manager is told; sales go
// on either way.
const maxSkew = 2 * time.Minute

func clockFinding(w *lang.Words, channel payment.ChannelName, name string, skew time.Duration) finding {
	seconds := skew.Abs().Round(time.Second).Milliseconds() / 1000
	if skew.Abs() > maxSkew {
		return finding{kit.IconAlert, kit.Warn, w.T("doctor.clock.bad"), w.T(string(channel)+".probe.skew", "seconds", seconds), ""}
	}
	return good(w, "clock", w.T("doctor.clock.off", "channel", name, "seconds", seconds))
}

// took is how long a look lasted: "1.8".
func took(d time.Duration) string {
	tenths := d.Milliseconds() / 100
	return strconv.FormatInt(tenths/10, 10) + "." + strconv.FormatInt(tenths%10, 10)
}

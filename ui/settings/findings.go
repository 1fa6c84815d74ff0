package settings

import (
	"strconv"
	"time"

	"frontdesk/assets/lang"
	"frontdesk/ui/kit"
)

// finding is one line of the doctor: ready strings.
type finding struct {
	icon  kit.Icon
	token kit.Token
	title string // bold
	text  string // what to do; may be empty
	code  string // the gateway's code, apart; may be empty
}

// findings reads a probe from the bottom up: line, clock, keys, contract. What
// cannot be known because of an earlier fault is left out, so that the first
// red line is the one to act on.
func findings(w *lang.Words, p Probe) []finding {
	fault := finding{kit.IconFailed, kit.Bad,
		w.T("alipay.probe." + p.Kind + ".what"), w.T("alipay.probe." + p.Kind + ".do"), p.Code}
	var list []finding
	switch p.Kind {
	case "network", "tls", "not_alipay":
		return []finding{fault}
	case "busy":
		fault.icon, fault.token = kit.IconAlert, kit.Warn
		return []finding{good(w, "network", ""), fault}
	}
	list = append(list, good(w, "network", ""))
	if p.Kind == "clock" {
		return append(list, fault)
	}
	if p.Dated {
		list = append(list, clockFinding(w, p.Skew))
	}
	switch p.Kind {
	case "good":
		return append(list, good(w, "keys", w.T("doctor.keys.how")),
			finding{kit.IconInfo, kit.Ink2, w.T("doctor.contract.open"), w.T("doctor.contract.open.do"), ""})
	case "permission", "token":
		return append(list, good(w, "keys", ""), fault)
	}
	return append(list, fault)
}

func good(w *lang.Words, what, text string) finding {
	return finding{kit.IconPaid, kit.Ok, w.T("doctor." + what + ".good"), text, ""}
}

// maxSkew is how far the clock may be off before the manager is told; sales go
// on either way.
const maxSkew = 2 * time.Minute

func clockFinding(w *lang.Words, skew time.Duration) finding {
	seconds := skew.Abs().Round(time.Second).Milliseconds() / 1000
	if skew.Abs() > maxSkew {
		return finding{kit.IconAlert, kit.Warn, w.T("doctor.clock.bad"), w.T("alipay.probe.skew", "seconds", seconds), ""}
	}
	return good(w, "clock", w.T("doctor.clock.off", "seconds", seconds))
}

// took is how long a look lasted: "1.8".
func took(d time.Duration) string {
	tenths := d.Milliseconds() / 100
	return strconv.FormatInt(tenths/10, 10) + "." + strconv.FormatInt(tenths%10, 10)
}

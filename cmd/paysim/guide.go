package main

import (
	"fmt"
	"io"
	"runtime"
	"strings"

	"frontdesk/assets/lang"
	"frontdesk/payment/paysim"
)

// guide prints everything that a person needs to use the simulator, and writes
// the secrets of the till's configuration into the folder.
func guide(out io.Writer, sim *paysim.Sim, dir string, w *lang.Words) error {
	p := &printer{out: out}
	p.line(w.T("sim.cmd.started"))
	p.line(sim.URL())

	p.head(w.T("sim.cmd.config"))
	for i, channel := range settings(sim) {
		if i > 0 {
			p.line("")
		}
		for _, s := range channel {
			value, err := s.given(dir)
			if err != nil {
				return err
			}
			p.item("frontdeskctl config set " + s.key + " " + quote(value))
		}
	}

	p.head(w.T("sim.cmd.codes"))
	for _, s := range paysim.Scenarios {
		p.item(fmt.Sprintf("%02d  %s  %s · %s", s.Number, sim.FreshCode(s.Number), w.T(s.Key), w.T(s.Key+".expect")))
	}
	p.item("    " + w.T("sim.scenario.other") + " · " + w.T("sim.scenario.other.expect"))
	p.item(w.T("sim.cmd.once"))
	wallets(p, sim, w)

	p.head(w.T("sim.cmd.refunds"))
	for _, r := range paysim.RefundCases {
		p.item(fmt.Sprintf("%d  %s", r.Digit, w.T(r.Key)))
	}

	p.head(w.T("sim.cmd.holds"))
	for _, s := range paysim.Scenarios {
		p.item(fmt.Sprintf("%02d  %s  %s · %s", s.Number, sim.FreshCode(s.Number), w.T(s.Hold), w.T(s.Hold+".expect")))
	}
	p.item("    " + w.T("sim.hold.other") + " · " + w.T("sim.hold.other.expect"))

	steps(p, w, "sim.cmd.captures", paysim.CaptureCases)
	steps(p, w, "sim.cmd.releases", paysim.ReleaseCases)

	p.head(w.T("sim.cmd.control"))
	base := sim.ControlURL()
	for _, c := range [][2]string{
		{"curl -X POST '" + base + "/scan?qr=TEXT'", "sim.cmd.control.scan"},
		{"curl -X POST '" + base + "/scan?out_trade_no=NUMBER&outcome=2'", "sim.cmd.control.scan_no"},
		{"curl -X POST '" + base + "/scan?out_order_no=NUMBER'", "sim.cmd.control.scan_hold"},
		{"curl '" + base + "/code?scenario=6&wallet=wechat'", "sim.cmd.control.code"},
		{"curl '" + base + "/truth'", "sim.cmd.control.truth"},
		{"curl -X POST '" + base + "/fault?kind=reset_after&method=alipay.trade.query'", "sim.cmd.control.fault"},
		{"curl -X POST '" + base + "/offline?seconds=10'", "sim.cmd.control.offline"},
	} {
		p.item(c[0])
		p.item("    " + w.T(c[1]))
	}
	p.line("")
	p.line(w.T("sim.cmd.stop"))
	return p.err
}

// wallets prints a fresh code of every other wallet for each outcome.
func wallets(p *printer, sim *paysim.Sim, w *lang.Words) {
	p.head(w.T("sim.cmd.wallets"))
	others := paysim.Wallets[1:]
	names := make([]string, len(others))
	for i, wallet := range others {
		names[i] = w.T("sim.cmd.wallet." + string(wallet))
	}
	p.item("    " + strings.Join(names, " · "))
	for _, s := range paysim.Scenarios {
		codes := fmt.Sprintf("%02d", s.Number)
		for _, wallet := range others {
			codes += "  " + sim.FreshCodeOf(wallet, s.Number)
		}
		p.item(codes)
	}
}

// steps prints the outcomes that the last digit of an amount forces.
func steps(p *printer, w *lang.Words, head string, cases []paysim.StepCase) {
	p.head(w.T(head))
	for _, c := range cases {
		p.item(fmt.Sprintf("%d  %s", c.Digit, w.T(c.Key)))
	}
}

// quote makes one word for the shell out of s, where s needs it.
func quote(s string) string {
	if strings.IndexFunc(s, needsQuotes) < 0 {
		return s
	}
	if runtime.GOOS == "windows" {
		return `"` + s + `"` // a path there holds no such mark itself
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

func needsQuotes(r rune) bool {
	plain := (r >= 'a' && r <= 'z') || (r >= 'A' && r <= 'Z') || (r >= '0' && r <= '9') || strings.ContainsRune("@%+=:,./-_", r)
	return !plain && (runtime.GOOS != "windows" || r != '\\')
}

// printer writes lines until one fails.
type printer struct {
	out io.Writer
	err error
}

func (p *printer) line(s string) {
	if p.err == nil {
		_, p.err = fmt.Fprintln(p.out, s)
	}
}

func (p *printer) head(s string) { p.line("\n" + s) }
func (p *printer) item(s string) { p.line("  " + s) }

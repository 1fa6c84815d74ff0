package paysim

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strconv"
	"time"

	"frontdesk/payment"
)

// control is the simulator's remote control, for hands and for other
// processes: plain form parameters in, JSON out. It answers only to programs
// of this machine that mean it: a page in a browser cannot call it.
type control struct{ sim *Sim }

func newControl(s *Sim) http.Handler {
	c := control{s}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /control/truth", c.truth)
	mux.HandleFunc("GET /control/code", c.code)
	mux.HandleFunc("POST /control/scan", c.scan)
	mux.HandleFunc("POST /control/fault", c.fault)
	mux.HandleFunc("POST /control/offline", c.offline)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.Host)
		if err != nil {
			host = r.Host
		}
		ip := net.ParseIP(host)
		if r.Header.Get("Origin") != "" || (host != "localhost" && (ip == nil || !ip.IsLoopback())) {
			fail(w, http.StatusForbidden, errors.New("not from a browser, and only by a loopback address"))
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		mux.ServeHTTP(w, r)
	})
}

// truth answers with the Truth, amounts in fen.
func (c control) truth(w http.ResponseWriter, _ *http.Request) { tell(w, c.sim.Truth()) }

// code makes a fresh pay code: ?scenario=2&wallet=wechat (Alipay without it).
func (c control) code(w http.ResponseWriter, r *http.Request) {
	n, err := number0(r, "scenario", 99)
	wallet := cmp.Or(payment.Wallet(r.FormValue("wallet")), payment.WalletAlipay)
	if err == nil && !slices.Contains(Wallets, wallet) {
		err = fmt.Errorf("no such wallet: %q; there are %q", wallet, Wallets)
	}
	if err != nil {
		fail(w, http.StatusBadRequest, err)
		return
	}
	tell(w, map[string]string{"code": c.sim.FreshCodeOf(wallet, n)})
}

// scan lets the phone scan a QR: qr=TEXT, or out_trade_no=NO of a payment, or
// out_order_no=NO of a hold, and outcome=N.
func (c control) scan(w http.ResponseWriter, r *http.Request) {
	outcome, err := number0(r, "outcome", len(Scenarios))
	text := r.FormValue("qr")
	if err == nil && text == "" {
		text, err = c.sim.qrOf(r.FormValue("out_trade_no"), r.FormValue("out_order_no"))
	}
	if err == nil {
		err = c.sim.ScanQR(text, outcome)
	}
	switch {
	case errors.Is(err, ErrNoQR):
		fail(w, http.StatusNotFound, err)
	case errors.Is(err, ErrQRPaid), errors.Is(err, ErrQRExpired):
		fail(w, http.StatusConflict, err)
	case err != nil:
		fail(w, http.StatusBadRequest, err)
	default:
		tell(w, map[string]string{"qr": text})
	}
}

// fault orders a fault for the next calls: kind=KIND, method=METHOD (every one
// without it), times=N of each method (1 without it), code and
// sub_code for kind=refused, delay_ms and hold_ms. kind=none ends all faults.
func (c control) fault(w http.ResponseWriter, r *http.Request) {
	kind := FaultKind(r.FormValue("kind"))
	if kind == "none" {
		c.sim.SetFault(nil)
		tell(w, map[string]string{"kind": "none"})
		return
	}
	times, err := number0(r, "times", 1_000_000)
	delay, err2 := number0(r, "delay_ms", 600_000)
	hold, err3 := number0(r, "hold_ms", 600_000)
	if kind != NoFault && !slices.Contains(FaultKinds, kind) {
		err = fmt.Errorf("no such kind: %q; there are %q", kind, FaultKinds)
	}
	if err = errors.Join(err, err2, err3); err != nil {
		fail(w, http.StatusBadRequest, err)
		return
	}
	times = max(times, 1)
	f := Fault{
		Kind: kind, Code: r.FormValue("code"), SubCode: r.FormValue("sub_code"),
		Delay: time.Duration(delay) * time.Millisecond, Hold: time.Duration(hold) * time.Millisecond,
	}
	only := r.FormValue("method")
	c.sim.SetFault(func(method string, n int) Fault {
		if (only != "" && method != only) || n > times {
			return Fault{}
		}
		return f
	})
	tell(w, map[string]any{"kind": kind, "method": only, "times": times})
}

// offline takes the simulator off the network for a while: seconds=N.
func (c control) offline(w http.ResponseWriter, r *http.Request) {
	n, err := number0(r, "seconds", 3600)
	if err == nil && n == 0 {
		err = errors.New("seconds is needed")
	}
	if err != nil {
		fail(w, http.StatusBadRequest, err)
		return
	}
	w.Header().Set("Connection", "close")
	tell(w, map[string]int{"seconds": n})
	go func() {
		if !c.sim.sleep(50 * time.Millisecond) { // lets this answer through
			return
		}
		c.sim.Offline(true)
		if c.sim.sleep(time.Duration(n) * time.Second) {
			if err := c.sim.Offline(false); err != nil {
				c.sim.log.Error("control", "offline", err)
			}
		}
	}()
}

// number0 is a parameter from 0 to limit; 0 when it is not there.
func number0(r *http.Request, name string, limit int) (int, error) {
	s := r.FormValue(name)
	if s == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > limit {
		return 0, fmt.Errorf("%s is a number from 0 to %d", name, limit)
	}
	return n, nil
}

func tell(w http.ResponseWriter, v any) { write(w, http.StatusOK, v) }

func fail(w http.ResponseWriter, status int, err error) {
	write(w, status, map[string]string{"error": err.Error()})
}

func write(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	e := json.NewEncoder(w)
	e.SetIndent("", " ")
	e.Encode(v)
}

package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/data/vault"
	"frontdesk/payment"
	"frontdesk/payment/alipay"
	"frontdesk/payment/cloudpay"
	"frontdesk/payment/wechat"
)

// Exit codes, as scripts rely on them.
const (
	exitGood    = 0
	exitOther   = 1 // any trouble that is none of the below
	exitUsage   = 2 // the command line is wrong; nothing was done
	exitRefused = 3 // not paid, not refunded: a definite no
	exitUnknown = 4 // nobody knows yet; settle goes on asking
	exitBroken  = 5 // verify found the ledger broken
)

// failure is an error with an exit code and a sentence for a person.
type failure struct {
	code  int
	kind  string // for programs: the "kind" of the JSON
	text  string // the sentence; when empty, that of key
	key   string
	pairs []any
	cause error // may be nil
}

func (f *failure) Error() string { return "frontdeskctl: " + f.kind + f.text + f.key }
func (f *failure) Unwrap() error { return f.cause }

// usage is a mistake in the command line. Its kind is the end of its key.
func usage(key string, pairs ...any) error {
	return &failure{code: exitUsage, kind: "usage", key: key, pairs: pairs}
}

// explain turns any error into a failure with its sentence.
func (c *call) explain(err error) *failure {
	var (
		f *failure
		p *app.Problem
	)
	setting, why, wrong := setupFault(err)
	switch {
	case errors.As(err, &f):
		if f.text == "" {
			f.text = c.t(f.key, f.pairs...)
		}
		return f
	case errors.As(err, &p):
		return c.explainProblem(p)
	case wrong:
		return &failure{code: exitOther, kind: "setup", text: c.t("ctl.setup", "key", setting, "why", c.t(why)), cause: err}
	case errors.Is(err, context.Canceled):
		return &failure{code: exitOther, kind: "interrupted", text: c.t("ctl.interrupted"), cause: err}
	}
	if kind := vault.Kind(err); kind != "internal" {
		return &failure{code: exitOther, kind: "vault_" + kind, text: c.t("vault.error." + kind), cause: err}
	}
	kind := data.KindOf(err)
	text := c.t("data.error."+string(kind), data.Values(err)...)
	if kind == data.KindInternal {
		text += " (" + err.Error() + ")"
	}
	return &failure{code: exitOther, kind: string(kind), text: text, cause: err}
}

// setupFault is the setting that keeps a channel from being set up, and the key
// of the sentence that says why; wrong is false for any other error.
func setupFault(err error) (key, why string, wrong bool) {
	var (
		a *alipay.ConfigError
		w *wechat.ConfigError
		p *cloudpay.ConfigError
	)
	switch {
	case errors.As(err, &a):
		return "alipay." + string(a.Field), "alipay.config." + string(a.Kind), true
	case errors.As(err, &w):
		return "wechat." + string(w.Field), "wechat.config." + string(w.Kind), true
	case errors.As(err, &p):
		return "cloudpay." + string(p.Field), "cloudpay.config." + string(p.Kind), true
	}
	return "", "", false
}

// explainProblem knows which problems are a no to this sale or refund, and
// which are trouble with the till itself.
func (c *call) explainProblem(p *app.Problem) *failure {
	f := &failure{code: exitRefused, kind: string(p.Kind), text: c.t("problem."+string(p.Kind), p.Pairs...), cause: p}
	switch p.Kind {
	case app.ProblemNotFound:
		f.code = exitOther
	case app.ProblemSetting:
		f.code = exitUsage
		why := strings.TrimPrefix(fmt.Sprint(p.Cause), app.ErrBadSetting.Error()+": ")
		if _, rest, ok := strings.Cut(why, ": "); ok {
			f.text += " (" + rest + ")"
		}
	case app.ProblemLedger, app.ProblemDiskFull, app.ProblemReadOnly:
		f.code = exitOther
		if kind := data.KindOf(p.Cause); kind != data.KindInternal {
			f.kind, f.text = string(kind), c.t("data.error."+string(kind), data.Values(p.Cause)...)
		}
	}
	return f
}

// because says why no money moved, in the cashier's words.
func (c *call) because(code int, reason payment.Reason, channel payment.ChannelName, support string) *failure {
	if reason == payment.ReasonNone {
		reason = payment.ReasonOther
	}
	key := "reason." + string(reason)
	name := c.t("channel." + string(channel))
	text := c.t(key+".what", "channel", name) + " " + c.t(key+".do", "channel", name)
	if support != "" {
		text += " (" + support + ")"
	}
	return &failure{code: code, kind: string(reason), text: text}
}

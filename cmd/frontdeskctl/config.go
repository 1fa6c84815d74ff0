package main

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"frontdesk/app"
	"frontdesk/payment"
)

// configList shows every setting; of secrets only whether they are set.
func (c *call) configList() error {
	lines, err := c.shop.Settings.List(c.ctx)
	if err != nil {
		return err
	}
	list := []settingJSON{}
	for _, l := range lines {
		list = append(list, settingOf(l))
	}
	return c.tell(list, func() {
		rows := [][]string{}
		for _, l := range lines {
			rows = append(rows, []string{l.Key, c.settingText(l)})
		}
		c.table(rows)
	})
}

// configGet shows one setting.
func (c *call) configGet() error {
	key := c.args[0]
	lines, err := c.shop.Settings.List(c.ctx)
	if err != nil {
		return err
	}
	for _, l := range lines {
		if l.Key != key {
			continue
		}
		return c.tell(settingOf(l), func() {
			if l.Secret {
				c.println(c.settingText(l))
			} else {
				c.println(l.Value)
			}
		})
	}
	return unknownSetting(key)
}

func settingOf(l app.SettingLine) settingJSON {
	s := settingJSON{Key: l.Key, Value: l.Value, Set: l.Set, Secret: l.Secret}
	if l.Secret {
		s.Value = ""
	}
	return s
}

// settingText is a setting on one line of a list.
func (c *call) settingText(l app.SettingLine) string {
	switch {
	case l.Secret && l.Set:
		return c.t("ctl.set")
	case l.Secret:
		return c.t("ctl.unset")
	}
	return strings.NewReplacer("\r", "", "\n", `\n`).Replace(l.Value)
}

// checkSecret refuses a secret on the command line.
func checkSecret(l line) error {
	key, given := l.args[0], l.args[1]
	if app.IsSecret(key) && given != "" && given != "-" && !strings.HasPrefix(given, "@") {
		return usage("ctl.usage.secret", "key", key)
	}
	return nil
}

// configSet stores a setting: the value itself, the content of @FILE, or with
// "-" standard input. A secret never stands on the command line, where every
// other program of this computer can read it. An empty value takes the default
// again.
func (c *call) configSet() error {
	key, given := c.args[0], c.args[1]
	value, err := c.value(given)
	if err != nil {
		return err
	}
	if err := c.shop.Settings.Set(c.ctx, key, value); err != nil {
		if errors.Is(err, app.ErrUnknownSetting) {
			return unknownSetting(key)
		}
		return err
	}
	lines, err := c.shop.Settings.List(c.ctx)
	if err != nil {
		return err
	}
	for _, l := range lines {
		if l.Key == key {
			err = c.tell(settingOf(l), func() { c.println(key + "  " + c.settingText(l)) })
		}
	}
	c.warnSetup(key)
	return err
}

// maxValue is far above any key or certificate.
const maxValue = 1 << 20

func (c *call) value(given string) (string, error) {
	in := c.Stdin
	switch file, named := strings.CutPrefix(given, "@"); {
	case named:
		f, err := os.Open(file)
		if err != nil {
			return "", &failure{code: exitOther, kind: "file", key: "ctl.file", pairs: []any{"file", file}, cause: err}
		}
		defer f.Close()
		in = f
	case given != "-":
		return given, nil
	}
	text, err := io.ReadAll(io.LimitReader(in, maxValue+1))
	if err == nil && len(text) > maxValue {
		err = errors.New("too long")
	}
	if err != nil {
		return "", &failure{code: exitOther, kind: "file", key: "ctl.file", pairs: []any{"file", strings.TrimPrefix(given, "@")}, cause: err}
	}
	return string(text), nil
}

// warnSetup says what a channel's settings still lack once it is switched on.
func (c *call) warnSetup(key string) {
	v := c.shop.Settings.Values(context.WithoutCancel(c.ctx))
	channel, _, _ := strings.Cut(key, ".")
	if !app.HasSetting(channel+".enabled") || !v.Bool(channel+".enabled") {
		return
	}
	for _, fault := range c.shop.SetupFaults(payment.ChannelName(channel), v) {
		if key, why, wrong := setupFault(fault); wrong {
			c.note("ctl.setup", "key", key, "why", c.t(why))
		}
	}
}

func unknownSetting(key string) error { return usage("ctl.usage.setting", "key", shown(key)) }

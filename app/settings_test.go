package app_test

import (
	"errors"
	"testing"

	"frontdesk/app"
)

func TestOneRunOfReadingsSeesOneMoment(t *testing.T) {
	ctx := t.Context()
	settings := app.NewSettings(openLedger(t), &drawerSecrets{list: map[string]string{}})
	check(t, settings.Set(ctx, "shop.name", "before"))

	run := settings.Values(ctx)
	equal(t, "a stored text", run.Text("shop.name"), "before")
	check(t, settings.Set(ctx, "shop.name", "after"))
	check(t, settings.Set(ctx, "shop.foot", "thanks"))
	equal(t, "the same run", run.Text("shop.name"), "before")
	equal(t, "another key of this run", run.Text("shop.foot"), "")
	equal(t, "a default", run.Text("ui.keypad"), "789")
	check(t, run.Err())

	next := settings.Values(ctx)
	equal(t, "the next run", next.Text("shop.name"), "after")
	equal(t, "and its other key", next.Text("shop.foot"), "thanks")
	check(t, next.Err())

	check(t, settings.Set(ctx, "shop.foot", ""))
	equal(t, "taken back", settings.Values(ctx).Text("shop.foot"), "")
}

func TestAReadingTakesSecretsAndUnsavedValues(t *testing.T) {
	ctx := t.Context()
	settings := app.NewSettings(openLedger(t), &drawerSecrets{list: map[string]string{}})
	check(t, settings.Set(ctx, "wechat.apiv3_key", "0123456789abcdef0123456789abcdef"))
	check(t, settings.Set(ctx, "printer.width", "58"))

	run := settings.ValuesWith(ctx, map[string]string{"printer.width": "", "till.limit": "12.50"})
	equal(t, "a secret", run.Text("wechat.apiv3_key"), "0123456789abcdef0123456789abcdef")
	equal(t, "an unsaved value", run.Amount("till.limit"), 12_50)
	equal(t, "one that goes back to its default", run.Int("printer.width"), 80)
	check(t, run.Err())

	equal(t, "an unknown key", run.Text("shop.nothing"), "")
	if !errors.Is(run.Err(), app.ErrUnknownSetting) {
		t.Errorf("unknown key: got %v", run.Err())
	}
	equal(t, "after an error", run.Text("shop.name")+run.Text("ui.keypad"), "")
}

func TestAReadingOfAClosedLedgerFails(t *testing.T) {
	ledger := openLedger(t)
	run := app.NewSettings(ledger, &drawerSecrets{list: map[string]string{}}).Values(t.Context())
	check(t, ledger.Close())
	equal(t, "nothing", run.Text("ui.keypad"), "")
	if run.Err() == nil {
		t.Error("a closed ledger gave a setting")
	}
}

func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

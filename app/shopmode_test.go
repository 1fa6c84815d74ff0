package app_test

import (
	"slices"
	"testing"

	"frontdesk/app"
	"frontdesk/payment"
)

func TestShopMode(t *testing.T) {
	for _, c := range []struct {
		setting         string
		practice        bool
		sales, deposits bool
	}{
		{"", false, true, false},
		{"", true, true, true},
		{"sales", true, true, false},
		{"deposits", false, false, true},
		{"both", false, true, true},
		{"nonsense", false, true, false},
	} {
		m := app.ParseShopMode(c.setting, c.practice)
		if m.Sales() != c.sales || m.Deposits() != c.deposits {
			t.Errorf("%q, practice %v: %s", c.setting, c.practice, m)
		}
	}
}

func TestUsualDeposits(t *testing.T) {
	for s, want := range map[string][]payment.Amount{
		"":                 nil,
		"200 300 500 1000": {200_00, 300_00, 500_00, 1000_00},
		" 99.5，100 ":       {99_50, 100_00},
	} {
		if got, err := app.ParseDepositAmounts(s); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q gives %v, %v", s, got, err)
		}
	}
	for _, s := range []string{"0", "-5", "viel", "1 2 3 4 5 6 7 8 9", "1.234"} {
		if got, err := app.ParseDepositAmounts(s); err == nil {
			t.Errorf("%q gives %v", s, got)
		}
	}
}

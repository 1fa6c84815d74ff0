package deposits

import (
	"context"

	"frontdesk/app"
	"frontdesk/payment"
	"frontdesk/ui/screen"
)

// setup is what the settings say about this screen.
type setup struct {
	known      bool              // they were read
	amounts    []payment.Amount  // usual deposits
	goods      []app.QuickAmount // what a guest may owe
	age        ageRule
	phoneOrder bool // 1-2-3 on top
	reasons    []string
}

// readSetup reads the settings that change this screen.
func (s *Screen) readSetup() {
	s.desk.Background(func(ctx context.Context) func() {
		setup, err := readSetup(ctx, s.desk)
		if err != nil {
			s.desk.Log.Warn("settings of deposits cannot be read", "err", err)
			return nil
		}
		return func() {
			s.setup = setup
			s.list.rule(setup.age)
			s.refresh()
		}
	})
}

func readSetup(ctx context.Context, d *screen.Desk) (s setup, err error) {
	s.known = true
	v := d.Settings.Values(ctx)
	amounts, goods := v.Text("deposit.amounts"), v.Text("till.quick")
	s.age = ageRule{days: v.Int("deposit.days"), warn: v.Int("deposit.warn_days")}
	s.phoneOrder = v.Text("ui.keypad") == "123"
	s.reasons = screen.RefundReasons(d.Words, v.Text("till.refund_reasons"))
	if err = v.Err(); err != nil {
		return s, err
	}
	if s.amounts, err = app.ParseDepositAmounts(amounts); err != nil {
		return s, err
	}
	s.goods, err = app.ParseQuickAmounts(goods)
	return s, err
}

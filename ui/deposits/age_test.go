package deposits

import (
	"testing"

	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/payment"
)

func TestHowOldADepositIs(t *testing.T) {
	w := lang.Load(lang.Chinese)
	rule := ageRule{days: 30, warn: 25}
	for _, c := range []struct {
		channel     payment.ChannelName
		day         data.Day
		age, expiry string
		old         bool
	}{
		{payment.Alipay, "2026-11-21", "今天", "30 天后到期", false},
		{payment.Alipay, "2026-11-18", "第 4 天", "27 天后到期", false},
		{payment.WeChat, "2026-10-25", "第 28 天", "3 天后自动退回", true},
		{payment.Alipay, "2026-10-29", "第 24 天", "7 天后到期", false},
		{payment.Alipay, "2026-10-28", "第 25 天", "6 天后到期", true},
		{payment.Alipay, "2026-10-22", "第 31 天", "今天到期", true},
		{payment.Alipay, "2026-10-20", "第 33 天", "已过期 2 天", true},
		{payment.Cash, "2026-01-01", "第 325 天", "随时可退", false},
		{payment.Alipay, "2026-11-22", "今天", "30 天后到期", false}, // after a clock was set back
	} {
		a := rule.of(w, data.Deposit{Channel: c.channel, Wallet: payment.Wallet(c.channel), Day: c.day}, "2026-11-21")
		if a.day != c.age || a.expiry != c.expiry || a.old != c.old {
			t.Errorf("%s of %s: %+v", c.channel, c.day, a)
		}
	}
	if end := rule.end(data.Deposit{Day: "2026-11-18"}); end != "2026-12-18" {
		t.Errorf("it ends on %s", end)
	}
	if s := shortDay("2025-12-31", "2026-01-01"); s != "2025-12-31" {
		t.Errorf("last year's day is %q", s)
	}
}

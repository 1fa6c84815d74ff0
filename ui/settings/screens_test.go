package settings

import (
	"context"
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/hardware/scanner"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
	"frontdesk/ui/screen/screentest"
)

// ready is a shop that is set up.
func (w *world) ready() *world {
	return w.set("shop.name", "晨光便利店", "shop.head", "解放路 18 号  0571-8600 1234", "shop.foot", "谢谢惠顾，欢迎再来",
		"shop.qr", "https://example.com/shop", "shop.qr_text", "加店主微信，订货送上门",
		"alipay.enabled", "true", "alipay.app_id", "2021004128657731", "alipay.private_key", "MIIEvQIBADANBgkqhkiG9w0B", "alipay.public_key", "MIIBIjANBgkqhkiG9w0B",
		"printer.receipt", "tcp://192.168.1.50:9100", "till.quick", `[{"name":"矿泉水","price":200,"quantity":1},{"name":"早餐套餐","price":800,"quantity":1},{"name":"购物袋","price":30,"quantity":2}]`)
}

// stickPaper leaves a paper that needs a person.
func (w *world) stickPaper() {
	w.tb.Helper()
	ctx := context.Background()
	p, err := w.desk.Till.TakeCash(ctx, app.Charge{Draft: "d", Amount: 8_00}, 10_00)
	check(w.tb, err)
	for range 2 {
		job, ok, err := w.ledger.NextPrint(ctx, time.Now().Add(time.Hour))
		check(w.tb, err)
		if ok {
			check(w.tb, w.ledger.EndPrint(ctx, job.ID, data.PrintStuck, "no_paper", time.Time{}))
		}
	}
	_ = p
}

// TestScreens draws every page in its states. With FRONTDESK_SCREENS=DIR they
// are kept there; else two of them are drawn to see that nothing breaks.
func TestScreens(t *testing.T) {
	dir := os.Getenv("FRONTDESK_SCREENS")
	small := dir == ""
	if small {
		dir = t.TempDir()
	}
	for _, shot := range []struct {
		name string
		do   func(w *world)
	}{
		{"shop", func(w *world) { w.ready().open("shop", 1280, 800) }},
		{"deposit-bad", func(w *world) {
			w.ready().open("deposit", 1280, 800)
			w.field("deposit.amounts").Entry.SetText("200 三百")
			w.save()
		}},
		{"alipay", func(w *world) {
			w.ready().open("alipay", 1280, 800)
			w.doctor.answer(Probe{Kind: "permission", Code: "ACQ.ACCESS_FORBIDDEN", Dated: true, Skew: 400 * time.Millisecond, Took: 1800 * time.Millisecond})
			w.account(payment.Alipay).doctor.look()
		}},
		{"alipay-good", func(w *world) {
			w.ready().open("alipay", 1280, 800)
			w.account(payment.Alipay).doctor.look()
		}},
		{"alipay-empty", func(w *world) { w.open("alipay", 1280, 800) }},
		{"alipay-key-error", func(w *world) {
			w.ready().open("alipay", 1280, 800)
			w.doctor.answer(Probe{}, ConfigFault{"alipay.public_key", "own_public_key"})
			s := w.secret("alipay.public_key")
			s.replace()
			s.field.SetText("MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAq7Vw3\nkYx0m2T9hXcJf5eLz1rBvN8sQdGpWuEoKjRtMyHaFiSbCnDlZ")
			w.save()
		}},
		{"alipay-certs", func(w *world) {
			w.ready().set("alipay.public_key", "", "alipay.app_cert", "x", "alipay.alipay_cert", "y", "alipay.root_cert", "z").open("alipay", 1280, 800)
		}},
		{"alipay-advanced", func(w *world) {
			w.ready().open("alipay", 1280, 800)
			w.account(payment.Alipay).turnTo(true)
		}},
		{"alipay-practice", func(w *world) {
			w.desk.Practice = true
			w.ready().open("alipay", 1280, 748)
		}},
		{"wechat-empty", func(w *world) { w.open("wechat", 1280, 800) }},
		{"wechat-partner", func(w *world) {
			w.withWeChat().open("wechat", 1280, 800)
			w.doctor.answer(Probe{Kind: "deposit_right", Code: "NOAUTH", Dated: true, Skew: 400 * time.Millisecond, Took: 900 * time.Millisecond})
			w.account(payment.WeChat).doctor.look()
		}},
		{"wechat-scrolled", func(w *world) {
			w.withWeChat().open("wechat", 1280, 800)
			w.s.page().reveal("wechat.notify_url")
		}},
		{"wechat-bad", func(w *world) {
			w.withWeChat().open("wechat", 1280, 800)
			w.doctor.answer(Probe{}, ConfigFault{"wechat.merchant_serial", "serial_is_key_id"}, ConfigFault{"wechat.public_key", "own_public_key"})
			w.field("wechat.merchant_serial").Entry.SetText("PUB_KEY_ID_0116000000000000")
			w.save()
		}},
		{"wechat-advanced", func(w *world) {
			w.withWeChat().open("wechat", 1280, 800)
			w.account(payment.WeChat).turnTo(true)
		}},
		{"wechat-locked", func(w *world) {
			w.withWeChat().open("wechat", 1280, 800)
			w.s.LockKeys(true)
		}},
		{"cloudpay", func(w *world) {
			w.withCloudPay().open("cloudpay", 1280, 800)
			w.doctor.answer(Probe{Kind: "good", Dated: true, Took: 700 * time.Millisecond, Hosts: []HostProbe{{"https://pay.qcloud.com", true}, {"https://sz.pay.qcloud.com", false}}})
			w.account(payment.CloudPay).doctor.look()
		}},
		{"cloudpay-refused", func(w *world) {
			w.withCloudPay().open("cloudpay", 1280, 800)
			w.doctor.answer(Probe{Kind: "key_refused", Code: "101/7", Dated: true, Took: 700 * time.Millisecond})
			w.account(payment.CloudPay).doctor.look()
		}},
		{"cloudpay-advanced", func(w *world) {
			w.withCloudPay().set("cloudpay.sign_refunds", "true").open("cloudpay", 1280, 800)
			w.account(payment.CloudPay).turnTo(true)
		}},
		{"ways", func(w *world) { w.withWeChat().withCloudPay().open("ways", 1280, 800) }},
		{"ways-off", func(w *world) { w.ready().open("ways", 1280, 800) }},
		{"ways-locked", func(w *world) {
			w.withCloudPay().open("ways", 1280, 800)
			w.s.LockKeys(true)
		}},
		{"printer", func(w *world) {
			w.ready().stickPaper()
			w.open("printer", 1280, 800)
		}},
		{"printer-bad", func(w *world) {
			w.ready().set("printer.width", "58").open("printer", 1280, 800)
			w.s.prints.target[targetTCP].field.SetText("192.168.1.50")
			w.save()
		}},
		{"scanner", func(w *world) {
			w.ready().open("scanner", 1280, 800)
			w.sampleScans()
		}},
		{"scanner-empty", func(w *world) { w.ready().open("scanner", 1280, 800) }},
		{"quick", func(w *world) { w.ready().open("quick", 1280, 800) }},
		{"quick-empty", func(w *world) { w.open("quick", 1280, 800) }},
		{"quick-bad", func(w *world) {
			w.ready().open("quick", 1280, 800)
			w.s.quick.append()
			w.s.quick.items[3].price = "4.50"
			w.s.quick.items[1].price = "0"
			w.s.quick.edited()
			w.save()
		}},
		{"people", func(w *world) {
			w.staff()
			w.open("people", 1280, 800)
			w.listed("陈静")
		}},
		{"people-alone", func(w *world) {
			w.desk.People = app.NewPeople(w.ledger, w.vault, nil)
			w.open("people", 1280, 728)
			w.listed(w.t("role.owner"))
		}},
		{"people-edit", func(w *world) {
			crew := w.staff()
			w.open("people", 1280, 800)
			w.listed("陈静")
			p := w.person(crew.Clerk.ID)
			newPersonDialog(w.s.people, &p).show()
		}},
		{"people-pin", func(w *world) {
			crew := w.staff()
			w.open("people", 1280, 728)
			w.listed("陈静")
			newPINDialog(w.s.people, crew.Owner).show()
			w.texts()
			w.types("290461")
			w.press("Return")
			w.types("291")
		}},
		{"denied", func(w *world) {
			crew := w.staff()
			w.signIn(crew.Clerk, screentest.ClerkPIN)
			w.desk.SwitchPerson = func() {}
			w.open("shop", 1280, 800)
		}},
		{"shifts", func(w *world) { w.ready().set("shift.names", "早班 中班 晚班").open("shifts", 1280, 800) }},
		{"shifts-bad-728", func(w *world) {
			w.ready().open("shifts", 1280, 728)
			w.field("day.cutover").Entry.SetText("25:00")
			w.save()
		}},
		{"look", func(w *world) { w.ready().open("look", 1280, 800) }},
		{"keys", func(w *world) {
			w.ready().set("ui.keys", "cash=F6").open("keys", 1280, 800)
			w.s.keys.pressed(screen.ActQR, "F3")
		}},
		{"about", func(w *world) { w.ready().open("about", 1280, 800) }},
		{"leave", func(w *world) {
			w.ready().open("shop", 1280, 800)
			w.field("shop.name").Entry.SetText("晨光便利店 二店")
			w.s.turn(w.place("printer"))
		}},
		{"unreadable", func(w *world) {
			w.open("shop", 1280, 800)
			w.s.loaded(nil, errors.New("disk"))
		}},
		{"alipay-1920", func(w *world) {
			w.ready().open("alipay", 1920, 1080)
			w.account(payment.Alipay).doctor.look()
		}},
		{"shop-728", func(w *world) { w.ready().open("shop", 1280, 728) }},
	} {
		if small && shot.name != "wechat-partner" && shot.name != "leave" {
			continue
		}
		for _, language := range []lang.Language{lang.Chinese, lang.English} {
			for mode, name := range map[kit.Mode]string{kit.Light: "light", kit.Dark: "dark"} {
				if mode == kit.Dark && (small || language == lang.English) {
					continue
				}
				t.Run(fmt.Sprintf("%s-%s-%s", shot.name, language, name), func(t *testing.T) {
					w := newWorld(t, language, mode)
					shot.do(w)
					w.settle()
					screentest.Keep(t, w.win, dir, fmt.Sprintf("settings-%s-%s-%s", shot.name, language, name))
				})
			}
		}
	}
}

// withWeChat is a shop for which a service provider signed with WeChat Pay.
func (w *world) withWeChat() *world {
	return w.ready().set("wechat.enabled", "true", "wechat.app_id", "wx2421b1c4370ec43b", "wechat.mch_id", "1900000109", "wechat.sub_mch_id", "1900000110",
		"wechat.private_key", "MIIEvQIBADANBgkqhkiG9w0B", "wechat.merchant_cert", "MIIDWTCCAkGgAwIBAgIU", "wechat.public_key_id", "PUB_KEY_ID_0114232134912410000000000000",
		"wechat.public_key", "MIIBIjANBgkqhkiG9w0B", "wechat.apiv2_key", "0123456789abcdef0123456789abcdef", "wechat.notify_url", "https://example.com/pay")
}

// withCloudPay is one that has an account at Cloud Pay, too.
func (w *world) withCloudPay() *world {
	return w.ready().set("cloudpay.enabled", "true", "cloudpay.out_mch_id", "sz01ELTR281OFpmdAp6J", "cloudpay.out_sub_mch_id", "sz01rZ28gTCFpmdAp6Ja",
		"cloudpay.out_shop_id", "sz01M2c4QTRSpmdAp6Jx", "cloudpay.order_prefix", "01000052", "cloudpay.auth_key", "fedcba9876543210fedcba9876543210",
		"cloudpay.device_id", "sz01dEvIcE0000000001")
}

// sampleScans fills the scanner's test page.
func (w *world) sampleScans() {
	trial := func(at string, t scanner.Trial) {
		now, err := time.ParseInLocation("15:04:05", at, payment.Beijing)
		check(w.tb, err)
		w.now = now
		w.s.Tried(t)
	}
	trial("14:25:02", scanner.Trial{Length: 6, PerChar: 96 * time.Millisecond, Taken: scanner.TakenTyping, Why: scanner.WhyShort})
	trial("14:25:18", scanner.Trial{Length: 12, PerChar: 62 * time.Millisecond, Taken: scanner.TakenTyping, Why: scanner.WhySlow})
	trial("14:25:31", scanner.Trial{Shown: "6901234567892", Length: 13, PerChar: 4 * time.Millisecond, Taken: scanner.TakenOther})
	trial("14:25:44", scanner.Trial{Shown: "01006119", Length: 8, PerChar: 3200 * time.Microsecond, Taken: scanner.TakenReceipt})
	trial("14:26:00", scanner.Trial{Shown: "28…4471", Length: 18, PerChar: 3100 * time.Microsecond, Taken: scanner.TakenPayCode, Wallet: payment.WalletAlipay})
}

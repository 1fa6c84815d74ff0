package settings

import (
	"strings"
	"testing"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// pick chooses an option of a group, as a tap does.
func (g *groups) pick(option int) {
	g.segment.SetIndex(option)
	g.chose(option)
}

// inSight reports whether the line of a setting can be seen.
func (w *world) inSight(key string) bool {
	for _, in := range w.s.page().inputs {
		if in.key == key {
			return in.row.Visible()
		}
	}
	w.tb.Fatalf("no setting %s on this page", key)
	return false
}

func TestWhoSignedWithWeChatDecidesWhatIsAsked(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light).open("wechat", 1280, 800)
	role := w.account(payment.WeChat).groups[0]
	only := []string{"wechat.sub_mch_id", "wechat.apiv2_key"}
	for _, key := range only {
		if w.inSight(key) {
			t.Errorf("a shop that signed itself is asked for %s", key)
		}
	}
	role.pick(signedProvider)
	w.field("wechat.sub_mch_id").Entry.SetText("1900000110")
	w.field("wechat.mch_id").Entry.SetText("1900000109")
	w.secret("wechat.apiv2_key").replace()
	w.secret("wechat.apiv2_key").field.SetText("0123456789abcdef0123456789abcdef")
	for _, key := range only {
		if !w.inSight(key) {
			t.Errorf("a provider is not asked for %s", key)
		}
	}
	w.save()
	w.s.Hide()
	w.s = New(w.desk, w.opts) // as after a change of language
	w.open("wechat", 1280, 800)
	role = w.account(payment.WeChat).groups[0]
	if role.segment.Index() != signedProvider || !w.inSight("wechat.sub_mch_id") {
		t.Fatal("it is forgotten that a provider signed")
	}
	role.pick(signedItself)
	if !w.s.vals.dirty() || w.inSight("wechat.sub_mch_id") {
		t.Error("the sub-merchant stays")
	}
	role.pick(signedProvider) // a slip of the finger
	if w.s.vals.dirty() || w.field("wechat.sub_mch_id").Text() != "1900000110" {
		t.Error("a choice that was taken back changed something")
	}
	role.pick(signedItself)
	w.save()
	if w.get("wechat.sub_mch_id") != "" || w.get("wechat.apiv2_key") != "" {
		t.Error("what belongs to a provider is still there")
	}
	if w.get("wechat.mch_id") != "1900000109" {
		t.Error("the merchant's own number is gone")
	}
}

func TestAProviderMustNameTheShop(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light).withWeChat().open("wechat", 1280, 800)
	w.field("wechat.sub_mch_id").Entry.SetText("")
	w.save()
	w.shows(t, "还没有填写", "还没有保存")
	if w.get("wechat.sub_mch_id") == "" {
		t.Error("it was saved: money would go to the provider")
	}
}

func TestWhatVerifiesWeChatsAnswers(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light).withWeChat().open("wechat", 1280, 800)
	trust := w.account(payment.WeChat).groups[1]
	shown := func(option int, key, certs bool) {
		t.Helper()
		trust.pick(option)
		if w.inSight("wechat.public_key_id") != key || w.inSight("wechat.public_key") != key || w.inSight("wechat.platform_certs") != certs {
			t.Errorf("option %d shows the wrong fields", option)
		}
	}
	shown(trustKey, true, false)
	shown(trustBoth, true, true)
	shown(trustCerts, false, true)
	s := w.secret("wechat.platform_certs")
	s.replace()
	s.field.SetText("-----BEGIN CERTIFICATE-----\r\n  MIID\r\n-----END CERTIFICATE-----\r\n\r\n-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----\n")
	w.save()
	if got := w.get("wechat.platform_certs"); got != "-----BEGIN CERTIFICATE-----\nMIID\n-----END CERTIFICATE-----\n-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----" {
		t.Errorf("stored %q", got)
	}
	if w.get("wechat.public_key") != "" || w.get("wechat.public_key_id") != "" {
		t.Error("the public key is still there beside the certificates")
	}
	shown(trustBoth, true, true)
	w.field("wechat.public_key_id").Entry.SetText("PUB_KEY_ID_0114232134912410000000000000")
	w.save()
	if w.get("wechat.platform_certs") == "" || w.get("wechat.public_key_id") == "" || trust.segment.Index() != trustBoth {
		t.Error("a merchant who moves from one to the other cannot have both")
	}
}

func TestEveryPageOfAChannelNamesItsFaults(t *testing.T) {
	for _, c := range []struct{ page, field, kind, sentence string }{
		{"wechat", "merchant_serial", "serial_is_key_id", "这是微信支付的公钥 ID"},
		{"wechat", "public_key", "own_public_key", "请下载微信支付公钥"},
		{"wechat", "device_ip", "ip_form", "这不是 IP 地址"},
		{"cloudpay", "out_shop_id", "id_twice", "这个编号已填在另一栏"},
		{"cloudpay", "auth_key", "auth_key_is_pem", "这是签名私钥"},
		{"cloudpay", "extra_ca", "ca_form", "读不出证书"},
	} {
		w := newWorld(t, lang.Chinese, kit.Light).withWeChat().withCloudPay().open(c.page, 1280, 800)
		w.doctor.answer(Probe{}, ConfigFault{c.page + "." + c.field, c.kind})
		w.field(map[string]string{"wechat": "wechat.app_id", "cloudpay": "cloudpay.out_mch_id"}[c.page]).Entry.SetText("x")
		w.save()
		w.shows(t, c.sentence, "还没有保存")
		if w.applied.Load() != 0 {
			t.Errorf("%s %s: it was saved", c.page, c.field)
		}
	}
}

func TestHostsOfCloudPay(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light).withCloudPay().open("cloudpay", 1280, 800)
	hosts := w.field("cloudpay.hosts")
	hosts.Entry.SetText("https://pay.qcloud.com\nsz.pay.qcloud.com")
	w.save()
	w.shows(t, "这不是网址")
	hosts.Entry.SetText("https://pay.qcloud.com\nhttps://sz.pay.qcloud.com")
	w.save()
	if got := strings.Fields(w.get("cloudpay.hosts")); len(got) != 2 {
		t.Errorf("stored %q", got)
	}
}

func TestTheDoctorReadsProbesOfAllChannels(t *testing.T) {
	words := lang.Load(lang.Chinese)
	ok, bad, warn, info := kit.Ok, kit.Bad, kit.Warn, kit.Ink2
	some := []HostProbe{{"https://a", true}, {"https://b", false}}
	for _, c := range []struct {
		channel payment.ChannelName
		kind    string
		hosts   []HostProbe
		want    []kit.Token
	}{
		{payment.WeChat, "good", nil, []kit.Token{ok, ok, ok, info}},
		{payment.WeChat, "network", nil, []kit.Token{bad}},
		{payment.WeChat, "not_wechat", nil, []kit.Token{bad}},
		{payment.WeChat, "merchant_unknown", nil, []kit.Token{ok, ok, bad}},
		{payment.WeChat, "app_mismatch", nil, []kit.Token{ok, ok, ok, bad}},
		{payment.WeChat, "signature_refused", nil, []kit.Token{ok, ok, bad}},
		{payment.WeChat, "wrong_wechat_key", nil, []kit.Token{ok, ok, bad}},
		{payment.WeChat, "permission", nil, []kit.Token{ok, ok, ok, bad}},
		{payment.WeChat, "deposit_key", nil, []kit.Token{ok, ok, ok, bad}},
		{payment.WeChat, "deposit_right", nil, []kit.Token{ok, ok, ok, bad}},
		{payment.WeChat, "clock", nil, []kit.Token{ok, bad}},
		{payment.WeChat, "busy", nil, []kit.Token{ok, warn}},
		{payment.CloudPay, "good", some, []kit.Token{ok, warn, ok, ok, info}},
		{payment.CloudPay, "good", some[:1], []kit.Token{ok, ok, ok, info}},
		{payment.CloudPay, "network", some[1:], []kit.Token{bad}},
		{payment.CloudPay, "not_cloudpay", nil, []kit.Token{bad}},
		{payment.CloudPay, "key_refused", nil, []kit.Token{ok, ok, bad}},
		{payment.CloudPay, "wrong_key", nil, []kit.Token{ok, ok, bad}},
		{payment.CloudPay, "account", nil, []kit.Token{ok, ok, bad}},
		{payment.CloudPay, "other", nil, []kit.Token{ok, ok, bad}},
	} {
		list := findings(words, c.channel, Probe{Kind: c.kind, Dated: true, Hosts: c.hosts})
		if len(list) != len(c.want) {
			t.Errorf("%s %s has %d lines, want %d", c.channel, c.kind, len(list), len(c.want))
			continue
		}
		for i, f := range list {
			if f.token != c.want[i] {
				t.Errorf("%s %s, line %d: %s, want %s", c.channel, c.kind, i+1, f.token, c.want[i])
			}
			if strings.Contains(f.title+f.text, "⟨") || strings.Contains(f.title+f.text, "{") {
				t.Errorf("%s %s lacks a sentence: %s %s", c.channel, c.kind, f.title, f.text)
			}
		}
	}
}

func TestWhoMayNotChangeKeysMayLook(t *testing.T) {
	for _, page := range []string{"alipay", "wechat", "cloudpay", "ways"} {
		w := newWorld(t, lang.Chinese, kit.Light).withWeChat().withCloudPay().open(page, 1280, 800)
		if page != "ways" {
			w.s.page().inputs[0].object.(*kit.Toggle).OnTapped() // switched off, not saved
			w.secret(map[string]string{"alipay": "alipay.private_key", "wechat": "wechat.private_key", "cloudpay": "cloudpay.auth_key"}[page]).replace()
		}
		w.s.LockKeys(true)
		w.settle()
		w.shows(t, "这里只有店主可以改")
		if w.s.vals.dirty() {
			t.Errorf("%s: what somebody else had changed waits to be saved", page)
		}
		texts := w.texts()
		for _, word := range []string{"更换", "填写", "粘贴到这里"} {
			if strings.Contains(texts, word) {
				t.Errorf("%s: %q is offered", page, word)
			}
		}
		for _, in := range w.s.page().inputs {
			if o, ok := in.object.(interface{ Disabled() bool }); ok && !o.Disabled() {
				t.Errorf("%s: %s can be changed", page, in.key)
			}
		}
		w.s.page().typed("wallet.alipay", "cloudpay") // whoever finds a way in
		w.s.Act(screen.ActSave)
		w.settle()
		if w.applied.Load() != 0 || w.get("wallet.alipay") != "direct" {
			t.Errorf("%s: it was saved", page)
		}
		w.s.LockKeys(false)
		if strings.Contains(w.texts(), "这里只有店主可以改") {
			t.Errorf("%s: the owner cannot change it", page)
		}
	}
	w := newWorld(t, lang.Chinese, kit.Light).ready().open("shop", 1280, 800)
	w.s.LockKeys(true)
	w.field("shop.name").Entry.SetText("小站咖啡")
	w.save()
	if w.get("shop.name") != "小站咖啡" {
		t.Error("pages without keys are locked, too")
	}
}

func TestWaysFollowTheChannels(t *testing.T) {
	union := []string{"cloudpay.unionpay_platform", "7"}
	for _, c := range []struct {
		name   string
		set    []string
		wallet payment.Wallet
		way    string
		taken  bool
		closed []string // ways that cannot be chosen
	}{
		{"nothing is on", nil, payment.WalletWeChat, app.WayDirect, false, []string{app.WayDirect, app.WayCloudPay}},
		{"its own", []string{"wechat.enabled", "true"}, payment.WalletWeChat, app.WayDirect, true, []string{app.WayCloudPay}},
		{"only Cloud Pay", []string{"cloudpay.enabled", "true"}, payment.WalletWeChat, app.WayCloudPay, true, []string{app.WayDirect}},
		{"both", []string{"wechat.enabled", "true", "cloudpay.enabled", "true"}, payment.WalletWeChat, app.WayDirect, true, nil},
		{"both, chosen", []string{"wechat.enabled", "true", "cloudpay.enabled", "true", "wallet.wechat", "cloudpay"}, payment.WalletWeChat, app.WayCloudPay, true, nil},
		{"chosen, and off since", []string{"wechat.enabled", "true", "wallet.wechat", "cloudpay"}, payment.WalletWeChat, app.WayCloudPay, false, []string{app.WayCloudPay}},
		{"UnionPay is not signed", []string{"cloudpay.enabled", "true"}, payment.WalletUnionPay, app.WayNone, false, []string{app.WayCloudPay}},
		{"UnionPay is signed and not wanted", append([]string{"cloudpay.enabled", "true"}, union...), payment.WalletUnionPay, app.WayNone, false, nil},
		{"UnionPay", append([]string{"cloudpay.enabled", "true", "wallet.unionpay", "cloudpay"}, union...), payment.WalletUnionPay, app.WayCloudPay, true, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, lang.Chinese, kit.Light).set(c.set...).open("ways", 1280, 800)
			way, taken := wayNow(c.wallet, w.s.vals)
			if way != c.way || taken != c.taken {
				t.Errorf("%s goes %s, taken %v", c.wallet, way, taken)
			}
			line := w.s.wallets.lines[map[payment.Wallet]int{payment.WalletAlipay: 0, payment.WalletWeChat: 1, payment.WalletUnionPay: 2}[c.wallet]]
			if got := line.ways[line.choices.Index()]; got != c.way {
				t.Errorf("%s is shown", got)
			}
			for i, way := range line.ways {
				closed := false
				for _, other := range c.closed {
					closed = closed || other == way
				}
				if line.choices.Rows[i].Disabled() != closed {
					t.Errorf("%s can be chosen: %v", way, closed)
				}
			}
			if w.s.vals.dirty() {
				t.Error("showing what holds is a change")
			}
		})
	}
	w := newWorld(t, lang.Chinese, kit.Light).withWeChat().withCloudPay().open("ways", 1280, 800)
	w.s.wallets.lines[1].choices.Rows[1].OnTapped()
	w.save()
	if w.get("wallet.wechat") != app.WayCloudPay || w.applied.Load() != 1 {
		t.Error("the choice was not stored and applied")
	}
}

func TestATrialTakesTheChannelsOwnWallets(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light).withCloudPay()
	cloud := &bank{name: payment.CloudPay}
	cloud.answer(payment.Outcome{Result: payment.Paid}, payment.RefundOutcome{State: payment.RefundDone, Found: true})
	w.desk.Till.Configure(app.Options{Channels: []payment.Channel{cloud}, Wallets: map[payment.Wallet]payment.ChannelName{payment.WalletWeChat: payment.CloudPay}})
	w.open("cloudpay", 1280, 800)
	trial := w.account(payment.CloudPay).doctor.trial
	trial.press()
	w.shows(t, "用微信，收 0.01 元")
	w.s.Scanned(screen.Scan{Text: ownCode, Sure: true})
	w.shows(t, "请用微信付款码")
	w.s.Scanned(screen.Scan{Text: "131234567890123456", Sure: true})
	w.until("it worked", func() bool { return strings.Contains(w.texts(), "试收成功") })
	w.desk.Till.Configure(app.Options{Channels: []payment.Channel{cloud}, Wallets: map[payment.Wallet]payment.ChannelName{}})
	trial.press()
	w.shows(t, "现在没有钱包走云支付")
}

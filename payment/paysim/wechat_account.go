package paysim

import (
	"fmt"
	"time"
)

// The merchants that the WeChat front knows. The direct one sells for itself;
// the partner is a service provider who sells for its one sub-merchant, and the
// only one who may take deposits.
const (
	wechatAppID        = "wx90210000000000d1"
	wechatMchID        = "1900090018"
	wechatPartnerAppID = "wx90210000000000a2"
	wechatPartnerMchID = "1900090026"
	wechatSubMchID     = "1900090034"
)

// WeChatSigner says which of its two keys WeChat Pay answers with.
type WeChatSigner string

const (
	WeChatAsAsked      WeChatSigner = ""            // as the request's Wechatpay-Serial asks; without one with the public key
	WeChatPublicKey    WeChatSigner = "public_key"  // always with the key that PUB_KEY_ID_... names
	WeChatPlatformCert WeChatSigner = "certificate" // always with the key of the platform certificate
)

// WeChatOptions say how the WeChat front behaves. The zero value has the times
// of the documents.
type WeChatOptions struct {
	Signer WeChatSigner // SetWeChatSigner changes it later

	// Stamp is the time in the answers' Wechatpay-Timestamp. nil is time.Now, also
	// with an injected Options.Clock: clients compare it with their own clock.
	Stamp func() time.Time

	// ReverseAfter is how long after the pay call, by Options.Clock, an order or a
	// deposit can be reversed. The documents say 15 s and not what happens before;
	// here an earlier one is refused and leaves everything as it is, so that a
	// till has to come back. 0 is 15 s, below 0 any time is good.
	ReverseAfter time.Duration

	// RefundEvery is how far apart two refunds of one order have to be; an earlier
	// one is told to slow down. The documents ask for a minute. 0 is no check.
	RefundEvery time.Duration

	// PartRefundIsSuccess lets an order that is refunded in part stay SUCCESS in
	// queries. Else it says REFUND, as the documents have it: then the state alone
	// does not say whether the shop kept any money.
	PartRefundIsSuccess bool

	// GivesUpAfter lets queries say PAYERROR of a scanned code once its payer has
	// kept WeChat waiting for so long, as the service does after half a minute. The
	// order or deposit waits on all the same and can still be paid, as merchants
	// have seen it: only a reverse ends it. 0 is never.
	GivesUpAfter time.Duration

	// SettlementFails lets the forced refusal of a consume (CaptureCases, 2) be
	// accepted first and only then show as SETTLEMENTFAIL in queries.
	SettlementFails bool
}

// WeChatAccount is all that a till of one merchant is configured with.
type WeChatAccount struct {
	BaseURL  string // without a slash at the end, for v3 and for deposits; empty before Start
	AppID    string
	MchID    string
	SubMchID string // of a partner only

	MerchantSerial     string // of the merchant's certificate
	MerchantPrivateKey string // what the till signs with, PEM (PKCS#8)
	MerchantCert       string // PEM; deposits ask for it over TLS, which the simulator does not speak

	PublicKeyID    string // PUB_KEY_ID_...
	PublicKey      string // what the till verifies with, PEM (PKIX)
	PlatformSerial string // the other way to verify
	PlatformCert   string // PEM

	APIv3Key string // 32 letters and digits; nothing is encrypted here
	APIv2Key string // what deposits are signed with; of a partner only
}

// WeChat is the merchant who sells for itself: /v3/pay/transactions/...
//
// SetFault gets the calls of both merchants as wechat.codepay, wechat.query,
// wechat.reverse, wechat.native, wechat.close, wechat.refund,
// wechat.refund.query, wechat.bill and wechat.bill.download, and those of
// deposits as wechat.deposit.micropay,
// wechat.deposit.query, wechat.deposit.reverse, wechat.deposit.consume,
// wechat.deposit.refund and wechat.deposit.refund.query.
//
// It makes the front's keys when nobody did yet, which takes a moment, and
// panics where the system has no randomness for them.
func (s *Sim) WeChat() WeChatAccount {
	k := s.wechatKeys()
	return s.wechatAccount(WeChatAccount{AppID: wechatAppID, MchID: wechatMchID}, k, k.merchant)
}

// WeChatPartner is the service provider with its sub-merchant:
// /v3/pay/partner/transactions/... and /deposit/...
func (s *Sim) WeChatPartner() WeChatAccount {
	k := s.wechatKeys()
	a := WeChatAccount{AppID: wechatPartnerAppID, MchID: wechatPartnerMchID, SubMchID: wechatSubMchID, APIv2Key: k.partner.secret("v2")}
	return s.wechatAccount(a, k, k.partner)
}

func (s *Sim) wechatAccount(a WeChatAccount, k *wechatKeys, own wxPair) WeChatAccount {
	a.BaseURL, a.APIv3Key = s.base(""), own.secret("v3")
	a.MerchantSerial, a.MerchantCert, a.MerchantPrivateKey = own.serial, own.cert, mustPEM(privatePEM(own.key))
	a.PublicKeyID, a.PublicKey = k.publicKeyID(), mustPEM(publicPEM(k.public.key))
	a.PlatformSerial, a.PlatformCert = k.platform.serial, k.platform.cert
	return a
}

func mustPEM(text string, err error) string {
	if err != nil {
		panic(fmt.Sprintf("paysim: a key that was just made cannot be written: %v", err))
	}
	return text
}

func (s *Sim) wechatKeys() *wechatKeys {
	k, err := s.keys.wechat()
	if err != nil {
		panic(fmt.Sprintf("paysim: WeChat's keys: %v", err))
	}
	return k
}

// SetWeChatSigner changes which key WeChat Pay answers with, from the next
// answer on: a merchant is moved from certificates to the public key one day.
func (s *Sim) SetWeChatSigner(which WeChatSigner) { s.wechat.signer.Store(which) }

// wxMerchant is a merchant as the front sees it.
type wxMerchant struct {
	appID, mchID string
	sub          string // the sub-merchant of a partner; "" for a direct one
	pair         wxPair
	v2Key        string // "" where there are no deposits
}

func (m wxMerchant) isPartner() bool { return m.sub != "" }

// account names whose an order is.
func (m wxMerchant) account() string {
	if m.isPartner() {
		return m.mchID + "/" + m.sub
	}
	return m.mchID
}

// byNumber is the merchant with that number.
func (k *wechatKeys) byNumber(mchID string) (m wxMerchant, ok bool) {
	switch mchID {
	case wechatMchID:
		return wxMerchant{appID: wechatAppID, mchID: mchID, pair: k.merchant}, true
	case wechatPartnerMchID:
		return wxMerchant{appID: wechatPartnerAppID, mchID: mchID, sub: wechatSubMchID, pair: k.partner, v2Key: k.partner.secret("v2")}, true
	}
	return wxMerchant{}, false
}

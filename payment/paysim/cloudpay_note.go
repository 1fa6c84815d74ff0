package paysim

import "frontdesk/payment"

// cloudNote is what Cloud Pay keeps of a request beside what the book has, and
// shows again when it is asked: with an order, a refund, a hold or a release.
type cloudNote struct {
	Client  cloudClient `json:"client,omitzero"`
	Nonce   string      `json:"nonce,omitempty"`
	Remark  string      `json:"remark,omitempty"` // of a refund: the reason
	Detail  string      `json:"detail,omitempty"`
	Attach  string      `json:"attach,omitempty"`
	Tag     string      `json:"goods_tag,omitempty"`
	Flow    string      `json:"flow,omitempty"`    // the client's own number
	Permit  string      `json:"permit,omitempty"`  // who allowed a refund or a release
	ID      string      `json:"id,omitempty"`      // of a refund: the wallet's number of it
	Queries int         `json:"queries,omitempty"` // answered while a refund was being processed, or an order was not yet sent on
	Refused bool        `json:"refused,omitempty"` // a refund or a release that the wallet refused for good
}

// cloudClient is the order_client of a request.
type cloudClient struct {
	Shop, Device, Staff, Machine, SDK, IP, SN string `json:",omitempty"`
	Terminal, SubTerminal                     int64  `json:",omitempty"`
}

// noteOf reads the note of a request; part is its main object.
func noteOf(b, part content) cloudNote {
	o := b.object("order_client")
	ext := part.object("wxpay_pay_content_ext")
	if ext == nil {
		ext = part.object("wxpay_freeze_content_ext")
	}
	return cloudNote{
		Client: cloudClient{
			Shop: o.text("shop_id"), Device: o.text("device_id"), Staff: o.text("staff_id"), Machine: o.text("machine_no"),
			SDK: o.text("sdk_version"), IP: o.text("spbill_create_ip"), SN: o.text("sn_code"),
			Terminal: o.whole("terminal_type"), SubTerminal: o.whole("sub_terminal_type"),
		},
		Nonce: b.text("nonce_str"), Remark: part.text("remark"), Detail: part.text("detail"),
		Attach: ext.text("attach"), Tag: ext.text("goods_tag"), Flow: part.text("client_flow_id"),
		Permit: b.object("pay_mch_key").text("authorization_name"),
	}
}

// client is order_client in an answer. What was not given is there and empty,
// but for the fields that the samples leave out.
func (n cloudNote) client() map[string]any {
	c := n.Client
	out := map[string]any{
		"device_id": c.Device, "staff_id": c.Staff, "machine_no": c.Machine, "terminal_type": c.Terminal,
		"sdk_version": c.SDK, "spbill_create_ip": c.IP, "sub_terminal_type": c.SubTerminal,
	}
	if c.Shop != "" {
		out["shop_id"] = c.Shop
	}
	if c.SN != "" {
		out["sn_code"] = c.SN
	}
	return out
}

// mchKey is pay_mch_key in an answer, with the payer as the wallet names one.
func (c *cloudPay) mchKey(w payment.Wallet, who payer) map[string]any {
	p := cloudPlatforms[w]
	key := map[string]any{
		"pay_platform": p.platform, "sub_pay_platform": p.sub,
		"out_mch_id": c.account.OutMchID, "out_sub_mch_id": c.account.OutSubMchID, "out_shop_id": c.account.OutShopID,
	}
	switch w {
	case payment.WalletWeChat:
		key["wxpay_pay_mch_key_ext"] = map[string]any{"app_id": "wx0000000000000018", "sub_app_id": "", "open_id": who.UserID, "sub_open_id": ""}
	case payment.WalletAlipay:
		key["alipay_pay_mch_key_ext"] = map[string]any{"user_id": who.UserID}
	}
	return key
}

package cloudpay

import (
	"crypto/rand"
	"runtime"

	"frontdesk/payment"
)

// content is request_content, of all interfaces alike. Which parts are set
// depends on the interface; what has no value is left out.
type content struct {
	PayMchKey   payMchKey   `json:"pay_mch_key"`
	OrderClient orderClient `json:"order_client"`
	NonceStr    string      `json:"nonce_str"`

	PayContent      *payContent      `json:"pay_content,omitempty"`
	RefundContent   *refundContent   `json:"refund_content,omitempty"`
	FreezeContent   *freezeContent   `json:"freeze_content,omitempty"`
	UnfreezeContent *unfreezeContent `json:"unfreeze_content,omitempty"`

	OutTradeNo    string `json:"out_trade_no,omitempty"`
	OutRefundNo   string `json:"out_refund_no,omitempty"`
	OutFreezeNo   string `json:"out_freeze_no,omitempty"`
	OutUnfreezeNo string `json:"out_unfreeze_no,omitempty"`
	TradeType     int    `json:"trade_type,omitempty"`
}

// payMchKey is who the money belongs to. The last three are of refunds and
// releases only.
type payMchKey struct {
	PayPlatform          int    `json:"pay_platform,omitempty"`
	SubPayPlatform       int    `json:"sub_pay_platform,omitempty"`
	OutMchID             string `json:"out_mch_id"`
	OutSubMchID          string `json:"out_sub_mch_id"`
	OutShopID            string `json:"out_shop_id"`
	IsSubAdmin           *bool  `json:"is_sub_admin,omitempty"`
	AuthorizationStaffID string `json:"authorization_staff_id,omitempty"`
	AuthorizationName    string `json:"authorization_name,omitempty"`
}

// orderClient is where the money was taken.
type orderClient struct {
	DeviceID        string `json:"device_id"`
	MachineNo       string `json:"machine_no"`
	StaffID         string `json:"staff_id,omitempty"`
	TerminalType    int    `json:"terminal_type"`
	SubTerminalType int    `json:"sub_terminal_type,omitempty"`
	SDKVersion      string `json:"sdk_version"`
	SpbillCreateIP  string `json:"spbill_create_ip"`
}

// payContent is a payment, a QR, or what is captured of a deposit.
type payContent struct {
	OutTradeNo        string         `json:"out_trade_no"`
	AuthorCode        string         `json:"author_code,omitempty"` // a payment only
	TotalFee          payment.Amount `json:"total_fee"`
	FeeType           string         `json:"fee_type"`
	Body              string         `json:"body"`
	Remark            string         `json:"remark,omitempty"`
	TimeExpire        int64          `json:"time_expire,omitempty"`         // a QR only, unix seconds
	OutFreezeNo       string         `json:"out_freeze_no,omitempty"`       // a capture only, as the next
	IsConfirmUnfreeze *bool          `json:"is_confirm_unfreeze,omitempty"` // whether the rest goes back with it
}

type refundContent struct {
	OutTradeNo    string         `json:"out_trade_no"`
	OutRefundNo   string         `json:"out_refund_no"`
	TotalFee      payment.Amount `json:"total_fee"`
	RefundFee     payment.Amount `json:"refund_fee"`
	RefundFeeType string         `json:"refund_fee_type"`
	RefundReason  string         `json:"refund_reason,omitempty"`
	OutFreezeNo   string         `json:"out_freeze_no,omitempty"` // of what was captured from a deposit
}

type freezeContent struct {
	OutFreezeNo string         `json:"out_freeze_no"`
	AuthorCode  string         `json:"author_code,omitempty"`
	FreezeFee   payment.Amount `json:"freeze_fee"`
	FeeType     string         `json:"fee_type"`
	Body        string         `json:"body"`
	Remark      string         `json:"remark,omitempty"`
	TimeExpire  int64          `json:"time_expire,omitempty"`
}

type unfreezeContent struct {
	OutFreezeNo   string         `json:"out_freeze_no"`
	OutUnfreezeNo string         `json:"out_unfreeze_no"`
	UnfreezeFee   payment.Amount `json:"unfreeze_fee"`
	Remark        string         `json:"remark,omitempty"`
}

const (
	currency   = "CNY"
	sdkVersion = "1.0"

	// What the fields may hold at most, in bytes.
	maxBodyText = 128
	maxRemark   = 127
	maxReason   = 64

	tradeCode = 1 // trade_type of a code that was scanned
	tradeQR   = 2 // trade_type of a QR that was shown
)

// platform is how Cloud Pay calls a wallet; zero where that is not known.
type platform struct{ pay, sub int }

func (c *Channel) platformOf(w payment.Wallet) platform {
	switch w {
	case payment.WalletWeChat:
		return platform{1, 100}
	case payment.WalletAlipay:
		return platform{2, 200}
	case payment.WalletUnionPay:
		return c.set.union
	}
	return platform{}
}

// about begins every content.
func (c *Channel) about(w payment.Wallet, operator string) content {
	p := c.platformOf(w)
	q := content{
		PayMchKey: payMchKey{
			PayPlatform: p.pay, SubPayPlatform: p.sub,
			OutMchID: c.set.outMchID, OutSubMchID: c.set.outSubMchID, OutShopID: c.set.outShopID,
		},
		OrderClient: c.set.client,
		NonceStr:    rand.Text(),
	}
	if q.OrderClient.StaffID == "" && staffRule.MatchString(operator) {
		q.OrderClient.StaffID = operator
	}
	return q
}

// withRight says that money may go back: by the merchant's administrator, or by
// the staff whom the Config names.
func (c *Channel) withRight(q content) content {
	admin := c.set.refunds.staffID == ""
	q.PayMchKey.IsSubAdmin = &admin
	if !admin {
		q.PayMchKey.AuthorizationStaffID, q.PayMchKey.AuthorizationName = c.set.refunds.staffID, c.set.refunds.staffName
	}
	return q
}

// terminalType is what the documents call this kind of computer. (An old device
// SDK numbers them in another way.)
func terminalType() int {
	switch runtime.GOOS {
	case "windows":
		return 1
	case "linux":
		return 4
	}
	return 100
}

package main

import (
	"os"
	"path/filepath"
	"strconv"

	"frontdesk/payment/paysim"
)

// setting is one of the till's. A secret goes through a file: it must not stand
// on a command line, where every program of the machine can read it.
type setting struct {
	key, value string
	secret     bool
}

// settings connect a till to the simulator, each channel's switch last: Alipay
// and WeChat Pay directly, the latter as a service provider, who may take
// deposits, and UnionPay through Cloud Pay.
func settings(sim *paysim.Sim) [][]setting {
	wechat, cloud := sim.WeChatPartner(), sim.CloudPay()
	return [][]setting{
		{
			{key: "alipay.app_id", value: sim.AppID},
			{key: "alipay.seller_id", value: sim.SellerID},
			{key: "alipay.private_key", value: sim.MerchantPrivateKey, secret: true},
			{key: "alipay.public_key", value: sim.AlipayPublicKey, secret: true},
			{key: "alipay.gateway", value: sim.URL()},
			{key: "alipay.sandbox", value: "true"},
			{key: "alipay.enabled", value: "true"},
		},
		{
			{key: "wechat.app_id", value: wechat.AppID},
			{key: "wechat.mch_id", value: wechat.MchID},
			{key: "wechat.sub_mch_id", value: wechat.SubMchID},
			{key: "wechat.private_key", value: wechat.MerchantPrivateKey, secret: true},
			{key: "wechat.merchant_cert", value: wechat.MerchantCert, secret: true},
			{key: "wechat.merchant_serial", value: wechat.MerchantSerial},
			{key: "wechat.public_key_id", value: wechat.PublicKeyID},
			{key: "wechat.public_key", value: wechat.PublicKey, secret: true},
			{key: "wechat.apiv3_key", value: wechat.APIv3Key, secret: true},
			{key: "wechat.apiv2_key", value: wechat.APIv2Key, secret: true},
			{key: "wechat.notify_url", value: "https://pay.example.com/practice"},
			{key: "wechat.gateway", value: wechat.BaseURL},
			{key: "wechat.enabled", value: "true"},
		},
		{
			{key: "cloudpay.out_mch_id", value: cloud.OutMchID},
			{key: "cloudpay.out_sub_mch_id", value: cloud.OutSubMchID},
			{key: "cloudpay.out_shop_id", value: cloud.OutShopID},
			{key: "cloudpay.auth_key", value: cloud.AuthKey, secret: true},
			{key: "cloudpay.order_prefix", value: cloud.OrderPrefix},
			{key: "cloudpay.machine_no", value: cloud.MachineNo},
			{key: "cloudpay.device_id", value: cloud.DeviceID},
			{key: "cloudpay.unionpay_platform", value: strconv.Itoa(cloud.UnionPayPlatform)},
			{key: "cloudpay.unionpay_sub_platform", value: strconv.Itoa(cloud.UnionPaySubPlatform)},
			{key: "cloudpay.hosts", value: cloud.Host},
			{key: "cloudpay.enabled", value: "true"},
			{key: "wallet.unionpay", value: "cloudpay"},
		},
	}
}

// given is the setting as it stands on a command line. A secret is written into
// the folder, for its owner to read, and named.
func (s setting) given(dir string) (string, error) {
	if !s.secret {
		return s.value, nil
	}
	till := filepath.Join(dir, "till")
	if err := os.MkdirAll(till, 0o700); err != nil {
		return "", err
	}
	path := filepath.Join(till, "TEST-KEY-"+s.key+".txt")
	return "@" + path, os.WriteFile(path, []byte(s.value), 0o600)
}

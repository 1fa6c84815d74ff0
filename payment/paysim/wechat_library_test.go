package paysim

import (
	"context"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"net/http"
	"net/url"
	"testing"

	"github.com/wechatpay-apiv3/wechatpay-go/core"
	"github.com/wechatpay-apiv3/wechatpay-go/core/option"
	"github.com/wechatpay-apiv3/wechatpay-go/services/payments/native"
	"github.com/wechatpay-apiv3/wechatpay-go/services/refunddomestic"
)

// toSim sends what is meant for the service's host to the simulator. The host
// is not part of any signature.
type toSim struct{ base *url.URL }

func (s toSim) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host, r.Host = s.base.Scheme, s.base.Host, s.base.Host
	return http.DefaultTransport.RoundTrip(r)
}

// The official library signs, and verifies with either key of WeChat's.
func TestTheOfficialLibraryPaysAndRefunds(t *testing.T) {
	for _, certificates := range []bool{false, true} {
		s := startSim(t, Options{})
		a, ctx := s.WeChat(), context.Background()
		base, err := url.Parse(a.BaseURL)
		check(t, err)
		private := wxPrivate(t, a.MerchantPrivateKey)
		block, _ := pem.Decode([]byte(a.PublicKey))
		public, err := x509.ParsePKIXPublicKey(block.Bytes)
		check(t, err)
		keys := option.WithWechatPayPublicKeyAuthCipher(a.MchID, a.MerchantSerial, private, a.PublicKeyID, public.(*rsa.PublicKey))
		if certificates {
			block, _ := pem.Decode([]byte(a.PlatformCert))
			cert, err := x509.ParseCertificate(block.Bytes)
			check(t, err)
			keys = option.WithWechatPayAuthCipher(a.MchID, a.MerchantSerial, private, []*x509.Certificate{cert})
		}
		client, err := core.NewClient(ctx, keys, option.WithHTTPClient(&http.Client{Transport: toSim{base}}))
		check(t, err)

		qr := native.NativeApiService{Client: client}
		no := core.String("FD0000000001")
		shown, _, err := qr.Prepay(ctx, native.PrepayRequest{
			Appid: &a.AppID, Mchid: &a.MchID, Description: core.String("咖啡"), OutTradeNo: no,
			NotifyUrl: core.String("https://shop.example.com/wechat"), Amount: &native.Amount{Total: core.Int64(800), Currency: core.String("CNY")},
		})
		check(t, err)
		check(t, s.ScanQR(*shown.CodeUrl, 14))
		order, _, err := qr.QueryOrderByOutTradeNo(ctx, native.QueryOrderByOutTradeNoRequest{OutTradeNo: no, Mchid: &a.MchID})
		check(t, err)
		want(t, "state", *order.TradeState, "SUCCESS")
		want(t, "payer's part", *order.Amount.PayerTotal, 720)
		want(t, "the merchant's part", *order.PromotionDetail[0].MerchantContribute, 80)
		_, _, err = qr.QueryOrderById(ctx, native.QueryOrderByIdRequest{TransactionId: order.TransactionId, Mchid: &a.MchID})
		check(t, err)
		_, err = qr.CloseOrder(ctx, native.CloseOrderRequest{OutTradeNo: no, Mchid: &a.MchID})
		want(t, "close", core.IsAPIError(err, "ORDER_PAID"), true)

		back := refunddomestic.RefundsApiService{Client: client}
		refund, _, err := back.Create(ctx, refunddomestic.CreateRequest{
			OutTradeNo: no, OutRefundNo: core.String("R1"), Reason: core.String("退货"),
			Amount: &refunddomestic.AmountReq{Refund: core.Int64(400), Total: core.Int64(800), Currency: core.String("CNY")},
		})
		check(t, err)
		want(t, "refund", *refund.Amount.SettlementRefund, 360)
		refund, _, err = back.QueryByOutRefundNo(ctx, refunddomestic.QueryByOutRefundNoRequest{OutRefundNo: core.String("R1")})
		check(t, err)
		want(t, "refund query", *refund.Status, refunddomestic.STATUS_SUCCESS)
		want(t, "sent back", s.Truth().SentBack, 360)
	}
}

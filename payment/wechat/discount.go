package wechat

import "frontdesk/payment"

// What the merchant gives away itself is not settled to it. WeChat's documents
// know two kinds of coupons: prepaid ones, for which the merchant or WeChat has
// put money aside and which are settled in full, and others, which only lower
// what is settled ("应结订单金额=订单金额-免充值优惠券金额"). They name them
//
//	in orders     CASH    (prepaid)  NOCASH   (not)
//	in refunds    COUPON  (prepaid)  DISCOUNT (not)
//
// and say of merchant_contribute that it is what the merchant's own offer cost.
// The sum that is settled is documented for v2 and for refunds; that a v3 order
// may say it too (amount.settlement_total) is not, but where it does, it is the
// truth itself. Nobody here has seen a live answer with coupons, so every field
// may be missing: what is not said counts as nothing, and sums that cannot be
// true are not believed.

// discount is the part of a paid order that is not settled to the merchant.
func (a answer) discount(total payment.Amount) payment.Amount {
	if a.Amount.SettlementTotal.said {
		return part(total-a.Amount.SettlementTotal.amount, total)
	}
	var sum payment.Amount
	for _, p := range a.Promotions {
		switch p.Type {
		case "CASH", "COUPON":
		case "NOCASH", "DISCOUNT":
			sum += p.Amount.amount
		default:
			sum += p.MerchantContribute.amount
		}
	}
	return part(sum, total)
}

// refundDiscount is the part of a refund that the merchant did not have to give
// back because it had been a discount of its own. The sum of all coupons in a
// refund (discount_refund) does not tell: it counts the prepaid ones too.
func (a answer) refundDiscount(refund payment.Amount) payment.Amount {
	if a.Amount.SettlementRefund.said {
		return part(refund-a.Amount.SettlementRefund.amount, refund)
	}
	var sum payment.Amount
	for _, p := range a.Promotions {
		if p.Type == "NOCASH" || p.Type == "DISCOUNT" {
			sum += p.RefundAmount.amount
		}
	}
	return part(sum, refund)
}

// part is sum where it can be a part of whole, else nothing.
func part(sum, whole payment.Amount) payment.Amount {
	if sum < 0 || sum > whole {
		return 0
	}
	return sum
}

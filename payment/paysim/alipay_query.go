package paysim

var queryFields = all(whichFields, []field{may("query_options", texts), may("org_pid", accountNo)})

// query is alipay.trade.query. A QR that nobody has scanned is no trade yet.
// The payer of code 02 has entered the password by the third query.
func (a *alipay) query(b content) reply {
	if err := needWhich(b); err != nil {
		return failed("ACQ.INVALID_PARAMETER", "参数无效："+err.Error())
	}
	return a.change(func(p *page) reply {
		o, found := a.findOrder(p, b)
		if !found || o.TradeNo == "" {
			fields := map[string]any{
				"buyer_pay_amount": "0.00", "invoice_amount": "0.00", "point_amount": "0.00", "receipt_amount": "0.00",
			}
			if no := b.text("out_trade_no"); no != "" {
				fields["out_trade_no"] = no
			}
			return notExist().with(fields)
		}
		o = asked(p, o)
		fields := amounts(identity(o), o)
		fields["trade_status"] = tradeStatus(o, p.now)
		if o.Charged > 0 {
			fields["send_pay_date"] = moment(o.PaidAt)
		}
		return done("10000", fields)
	})
}

// asked counts the queries of an order that is paid by itself after two of them.
func asked(p *page, o order) order {
	if o.State == Waiting && o.Scenario == paidAfterPassword {
		if o.Queries++; o.Queries > 2 {
			o = o.paid(p.now)
		}
		p.save(o)
	}
	return o
}

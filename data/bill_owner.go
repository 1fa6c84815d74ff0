package data

import "frontdesk/payment"

// billOwner is whose order a number is; all 0 for nobody's here.
type billOwner struct {
	saleID    int64
	tenderID  int64
	depositID int64
}

// ownersOf are the lines of a bill, each with whose order it is about. An order
// number that another channel was given is nobody's.
func ownersOf(s source, c billContent) ([]billLine, error) {
	known := map[string]billOwner{}
	lines := make([]billLine, len(c.lines))
	for i, line := range c.lines {
		owner, ok := known[line.OrderNo]
		if !ok {
			var err error
			if owner, err = ownerOf(s, c.channel, line.OrderNo); err != nil {
				return nil, err
			}
			known[line.OrderNo] = owner
		}
		lines[i] = billLine{channel: c.channel, BillLine: line, saleID: owner.saleID, tenderID: owner.tenderID, depositID: owner.depositID}
		lines[i].till, _ = payment.OrderTill(line.OrderNo)
	}
	return lines, nil
}

// ownerOf looks for an order number in all its forms: of a tender, of a deposit
// (WeChat's captures have no number of their own), and of a capture.
func ownerOf(s source, channel payment.ChannelName, orderNo string) (o billOwner, err error) {
	err = each(s, func(v *values) error {
		o = billOwner{saleID: v.int(), tenderID: v.int(), depositID: v.int()}
		return nil
	}, `SELECT sale_id, id, 0 FROM tenders WHERE out_trade_no = ?1 AND channel = ?2
		UNION ALL SELECT 0, 0, id FROM deposits WHERE out_order_no = ?1 AND channel = ?2
		UNION ALL SELECT 0, 0, s.deposit_id FROM steps s CROSS JOIN deposits d ON d.id = s.deposit_id WHERE s.number = ?1 AND s.kind = 'capture' AND d.channel = ?2`,
		orderNo, string(channel))
	return o, err
}

// ofTill reports whether the order number of a line nobody owns was made by this
// till: for a sale, or for a deposit, which are numbered higher.
func (b billLine) ofTill(till int) bool { return b.till == till || b.till == till+depositTills }

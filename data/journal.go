package data

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"time"

	"frontdesk/payment"
)

// Kinds of journal rows that the ledger writes by itself. RecordAct takes any
// other word.
const (
	journalPaid     = "paid"      // a tender became paid
	journalLatePaid = "late_paid" // a tender became paid after it had been reported failed or closed
	journalTaken    = "taken"     // the channel took back what it had confirmed
	journalRefunded = "refunded"  // a refund was done
	journalKept     = "kept"      // a person decided to keep what came late or was taken
	journalGiveBack = "give_back" // a person decided to give it back, by a refund
	journalSetting  = "setting"   // a setting changed; detail: its key
	journalStaff    = "staff"     // somebody was added or changed; detail: the id
	journalWrongPIN = "pin_wrong" // every fifth wrong PIN of somebody in a row; detail: how many
	journalApproval = "approval"  // somebody allowed an act of another; detail: the act and the other's id
	journalRestored = "restored"  // the ledger was restored from a backup
	journalNewKey   = "new_key"   // from here on another key; the rows before cannot be proved any more
	journalHeadGone = "head_lost" // the note of the journal's end outside of the ledger was missing or unreadable
	journalHeadOff  = "head_off"  // that note disagreed: the end of the journal was cut off or replaced
)

// Kinds of journal rows about shifts; their detail is the record's id.
const (
	journalShiftOpened = "shift_opened"
	journalShiftClosed = "shift_closed"
	journalCash        = "cash"     // cash moved without a sale or a deposit
	journalZ           = "z_report" // a Z report was made
)

// journalBill is the kind of rows about a channel's bill that was kept; their
// detail is the channel, the day, the number of lines and their hash.
const journalBill = "bill"

var ownKinds = map[string]bool{
	journalPaid: true, journalLatePaid: true, journalTaken: true, journalRefunded: true, journalKept: true, journalGiveBack: true,
	journalHold: true, journalLateHold: true, journalHoldTaken: true, journalHoldNamed: true, journalCapture: true, journalRelease: true, journalDepositRefund: true,
	journalShiftOpened: true, journalShiftClosed: true, journalCash: true, journalZ: true, journalWrongPIN: true, journalApproval: true, journalBill: true,
	journalSetting: true, journalStaff: true, journalRestored: true, journalNewKey: true, journalHeadGone: true, journalHeadOff: true,
}

// journalRow is one row of the journal, in the order of its columns.
type journalRow struct {
	seq          int64
	at           int64 // UTC ms
	day          Day
	kind         string
	staffID      int64
	saleID       int64
	tenderID     int64
	refundID     int64
	channel      payment.ChannelName
	amount       payment.Amount // what the act was about
	paid         payment.Amount // added to the sale's Paid; negative when taken back
	refunded     payment.Amount // added to the sale's Refunded
	salePaid     payment.Amount // the sale's Paid after this row
	saleRefunded payment.Amount // the sale's Refunded after this row
	detail       string
	proof        []byte // proofOf the records, empty where there are none
	hash         []byte
	deposit      depositPart
	counts       countPart

	// What the figures know of the tender; it is proved with the tender.
	method payment.Method
	wallet payment.Wallet
}

const journalColumns = "seq, at, day, kind, staff_id, sale_id, tender_id, refund_id, channel, amount, paid, refunded, sale_paid, sale_refunded, detail, proof, hash, " +
	depositPartColumns + ", " + countPartColumns

func scanJournal(v *values) journalRow {
	return journalRow{
		seq: v.int(), at: v.int(), day: Day(v.text()), kind: v.text(), staffID: v.int(), saleID: v.int(), tenderID: v.int(), refundID: v.int(),
		channel: payment.ChannelName(v.text()), amount: payment.Amount(v.int()), paid: payment.Amount(v.int()), refunded: payment.Amount(v.int()),
		salePaid: payment.Amount(v.int()), saleRefunded: payment.Amount(v.int()), detail: v.text(), proof: v.bytes(), hash: v.bytes(),
		deposit: scanDepositPart(v), counts: scanCountPart(v),
	}
}

// The canonical form of values that are hashed: an integer is the letter i and
// its 8 bytes, most significant first; text and bytes are the letter s, their
// length as 8 bytes, then the bytes. So two different lists of values never
// have the same form.
type canon struct{ hash.Hash }

func (c canon) ints(values ...int64) {
	var b [9]byte
	b[0] = 'i'
	for _, v := range values {
		binary.BigEndian.PutUint64(b[1:], uint64(v))
		c.Write(b[:])
	}
}

func (c canon) texts(values ...string) {
	var b [9]byte
	b[0] = 's'
	for _, v := range values {
		binary.BigEndian.PutUint64(b[1:], uint64(len(v)))
		c.Write(b[:])
		c.Write([]byte(v))
	}
}

// hashOf is HMAC-SHA256, with the journal's key, over the hash of the row
// before (empty for the first), and every other column of r in the order of
// journalColumns, all in canonical form. A row that says nothing of what a
// later version added is hashed as before that version, so that no row ever
// needs another hash than the one it was written with.
func hashOf(key, before []byte, r journalRow) []byte {
	c := canon{hmac.New(sha256.New, key)}
	counts := r.counts != countPart{}
	ofDeposit := counts || r.deposit != depositPart{}
	form := "frontdesk journal 1"
	switch {
	case counts:
		form = "frontdesk journal 3"
	case ofDeposit:
		form = "frontdesk journal 2"
	}
	c.texts(form, string(before))
	c.ints(r.seq, r.at)
	c.texts(string(r.day), r.kind)
	c.ints(r.staffID, r.saleID, r.tenderID, r.refundID)
	c.texts(string(r.channel))
	c.ints(int64(r.amount), int64(r.paid), int64(r.refunded), int64(r.salePaid), int64(r.saleRefunded))
	c.texts(r.detail, string(r.proof))
	if ofDeposit {
		c.ints(r.deposit.list()...)
	}
	if counts {
		c.texts(string(r.counts.on))
		c.ints(r.counts.list()...)
	}
	return c.Sum(nil)
}

// sealOf ties the end of the journal to the key: a seal for another end cannot
// be made without it.
func sealOf(key []byte, seq int64, hash []byte) []byte {
	c := canon{hmac.New(sha256.New, key)}
	c.texts("frontdesk head 1")
	c.ints(seq)
	c.texts(string(hash))
	return c.Sum(nil)
}

// journal appends r: it sets seq, at, day and hash, moves the head, and adds
// what r says about money to the figures and to the drawer.
func (l *Ledger) journal(t *tx, r journalRow) error {
	if t.headSeq == 0 {
		// No other process writes while the folder is locked, so the end is
		// read once. Should it be wrong, the insert below is refused.
		if t.headSeq, t.headHash = t.w.endSeq, t.w.endHash; t.headSeq == 0 {
			var err error
			if t.headSeq, t.headHash, err = journalEnd(t); err != nil {
				return err
			}
		}
	}
	r.seq = t.headSeq + 1
	r.at = milli(t.now)
	r.day = DayOf(t.now, l.Cutover())
	if r.proof == nil {
		r.proof = []byte{}
	}
	r.counts.settle(r)
	r.hash = hashOf(l.key, t.headHash, r)
	p, c := r.deposit, r.counts
	_, err := t.exec("INSERT INTO journal ("+journalColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		r.seq, r.at, string(r.day), r.kind, r.staffID, r.saleID, r.tenderID, r.refundID, string(r.channel), int64(r.amount),
		int64(r.paid), int64(r.refunded), int64(r.salePaid), int64(r.saleRefunded), r.detail, r.proof, r.hash,
		p.depositID, p.stepID, int64(p.held), int64(p.captured), int64(p.released), int64(p.givenBack), int64(p.left),
		string(c.on), c.shiftID, c.hour-1, int64(c.discount), int64(c.refundDiscount), int64(c.drawer))
	if err != nil {
		return fmt.Errorf("append to journal: %w", err)
	}
	if err := t.setHead(r.seq, sealOf(l.key, r.seq, r.hash)); err != nil {
		return err
	}
	t.headSeq, t.headHash, t.journaled = r.seq, r.hash, true
	if err := addDepositFigures(t, r); err != nil {
		return err
	}
	if err := addFigures(t, r); err != nil {
		return err
	}
	return moveDrawer(t, r)
}

func (t *tx) setHead(seq int64, seal []byte) error {
	_, err := t.exec("INSERT INTO journal_head (id, seq, seal) VALUES (1, ?, ?) ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, seal = excluded.seal", seq, seal)
	if err != nil {
		return fmt.Errorf("move journal head: %w", err)
	}
	return nil
}

// journalEnd is the last row's number and hash; 0 and nil when there is none.
func journalEnd(s source) (seq int64, hash []byte, err error) {
	err = each(s, func(v *values) error {
		seq, hash = v.int(), v.bytes()
		return nil
	}, "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1")
	return seq, hash, err
}

// milli is t as the ledger stores it; the zero time is 0.
func milli(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// moment is the reverse of milli.
func moment(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

func number(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// hexHash is a hash as people and head files see it.
func hexHash(h []byte) string { return hex.EncodeToString(h) }

// checkKey reports ErrKey when the journal was written with another key: the
// seal of its end and its last row both say so. When only one of them does, the
// key is right and the ledger was tampered with, which is for Verify to tell.
// With adopt the journal goes on with the new key.
func (l *Ledger) checkKey(ctx context.Context, adopt bool) (adopted bool, err error) {
	err = l.change(ctx, func(x *tx) error {
		last, err := all(x, scanJournal, "SELECT "+journalColumns+" FROM journal ORDER BY seq DESC LIMIT 2")
		if err != nil || len(last) == 0 {
			return err
		}
		var before []byte
		if len(last) == 2 {
			before = last[1].hash
		}
		seals, err := all(x, scanBytes, "SELECT seal FROM journal_head")
		switch {
		case err != nil:
			return err
		case bytes.Equal(last[0].hash, hashOf(l.key, before, last[0])):
			return nil
		case len(seals) == 1 && bytes.Equal(seals[0], sealOf(l.key, last[0].seq, last[0].hash)):
			return nil
		case !adopt:
			return ErrKey.because("journal row %d", last[0].seq)
		}
		adopted = true
		return l.journal(x, journalRow{kind: journalNewKey, staffID: OwnerID})
	})
	return adopted, err
}

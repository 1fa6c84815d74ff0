package data

import (
	"bytes"
	"context"
	"fmt"

	"frontdesk/payment"
)

// ProblemKind names what Verify found. The words are under
// "data.problem.<kind>".
type ProblemKind string

const (
	ProblemFile     ProblemKind = "file"     // SQLite finds the file itself broken
	ProblemChanged  ProblemKind = "changed"  // a journal row is not as it was written, or not where it was
	ProblemMissing  ProblemKind = "missing"  // journal rows are gone
	ProblemCut      ProblemKind = "cut"      // the end of the journal is gone, or was replaced
	ProblemHead     ProblemKind = "head"     // the note of the journal's end is false
	ProblemRecord   ProblemKind = "record"   // a record is not as the journal proved it
	ProblemUnbooked ProblemKind = "unbooked" // money that the journal knows nothing of
	ProblemGone     ProblemKind = "gone"     // a record that the journal speaks of is not there
	ProblemSum      ProblemKind = "sum"      // sums do not add up
	ProblemState    ProblemKind = "state"    // a sale's state does not follow from its tenders, or a deposit's from its hold and steps
	ProblemDay      ProblemKind = "day"      // figures of a day, or its drawer, are not those of the journal
	ProblemNumber   ProblemKind = "number"   // receipt or attempt numbers with a gap
)

// ProblemKinds lists every kind; each has its words.
var ProblemKinds = []ProblemKind{ProblemFile, ProblemChanged, ProblemMissing, ProblemCut, ProblemHead, ProblemRecord,
	ProblemUnbooked, ProblemGone, ProblemSum, ProblemState, ProblemDay, ProblemNumber}

// Problem is one finding.
type Problem struct {
	Kind   ProblemKind
	Table  string // "journal", "sales", ...; "head_file" for the note outside of the ledger
	ID     int64  // the row's id; 0 where there is none
	Detail string // for the log and for support, in English
}

// maxProblems bounds a report: a ledger that is wrong everywhere needs no list.
const maxProblems = 1000

// VerifyReport is what Verify found.
type VerifyReport struct {
	Rows     int64 // journal rows read
	Sales    int64
	Tenders  int64
	Refunds  int64
	Deposits int64
	Steps    int64     // of deposits
	Bills    int64     // of the channels, as they are kept now
	Seq      int64     // of the last journal row
	Hash     string    // of the last journal row, hex
	Unproved int64     // journal rows whose hashes could not be checked, because their key is not here; sums were
	Problems []Problem // the first maxProblems of them
	More     int       // problems beyond the list
}

// Good reports that nothing was found.
func (r VerifyReport) Good() bool { return len(r.Problems) == 0 }

func (r *VerifyReport) found(kind ProblemKind, table string, id int64, format string, args ...any) {
	if len(r.Problems) >= maxProblems {
		r.More++
		return
	}
	r.Problems = append(r.Problems, Problem{Kind: kind, Table: table, ID: id, Detail: fmt.Sprintf(format, args...)})
}

// Verify proves the ledger: the file, every row of the journal and its end,
// every record of money, of people, shifts and Z reports against the journal,
// sums, states, figures, the drawer, number series, and the channels' bills with
// what they were matched with. It sees one moment of the ledger, and sales go on meanwhile.
// progress may be nil; done and total count rows. The error is about reading,
// not about what was found.
func (l *Ledger) Verify(ctx context.Context, progress func(done, total int)) (report VerifyReport, err error) {
	// The note outside is read first: sales that go on may only move the
	// ledger ahead of it.
	note, noteErr := readHeadNote(l.headFile)
	err = l.look(ctx, func(s snapshot) error {
		report, err = l.verify(s, note, noteErr, progress)
		return err
	})
	if err != nil {
		return report, fmt.Errorf("verify: %w", err)
	}
	return report, nil
}

// verify proves what s shows.
func (l *Ledger) verify(s source, note headNote, noteErr error, progress func(done, total int)) (VerifyReport, error) {
	v := verifier{l: l, s: s, progress: progress, figures: map[figureKey]figure{}, depositFigures: map[depositKey]depositFigure{}, drawer: map[Day]payment.Amount{},
		saleDays: map[Day]saleDay{}, moneyDays: map[moneyDay]bool{}, acts: newActs()}
	for _, step := range []func() error{v.count, v.file, v.chain, func() error { return v.head(note, noteErr) }, v.sales,
		v.checkFigures, v.checkApart, v.checkSaleDays, v.deposits, v.checkDepositFigures, v.checkMoneyDays, v.checkDrawer, v.bills, v.people, v.shifts, v.zReports} {
		if err := step(); err != nil {
			return v.report, err
		}
	}
	return v.report, nil
}

// verifier is one run of Verify.
type verifier struct {
	l           *Ledger
	s           source
	progress    func(done, total int)
	done, total int
	report      VerifyReport
	last        journalRow

	// What the journal adds up to.
	figures        map[figureKey]figure
	depositFigures map[depositKey]depositFigure
	drawer         map[Day]payment.Amount
	saleDays       map[Day]saleDay   // what the sales add up to, by their own days
	moneyDays      map[moneyDay]bool // on whose bills the records' money may be
	acts           acts
}

// step counts n rows as read.
func (v *verifier) step(n int) {
	before := v.done
	v.done += n
	if v.progress != nil && (v.done/1000 != before/1000 || v.done == v.total) {
		v.progress(v.done, v.total)
	}
}

func (v *verifier) count() error {
	total, err := one(v.s, scanInt, "SELECT (SELECT count(*) FROM journal) + (SELECT count(*) FROM sales) + (SELECT count(*) FROM deposits) + (SELECT count(*) FROM bill_lines)")
	v.total = int(total)
	return err
}

func (v *verifier) file() error {
	lookAgain(v.s) // whatever is wrong with it, the check finds
	lines, err := ownCheck(v.s, "integrity_check(10)")
	if KindOf(explain(err, "")) == KindDamaged {
		v.report.found(ProblemFile, "", 0, "%v", err)
		return nil
	}
	for _, line := range lines {
		if line != "ok" {
			v.report.found(ProblemFile, "", 0, "%s", line)
		}
	}
	return err
}

// chain reads the journal in order. A changed row is one finding, not the end:
// the row after it is checked against the hash that is stored.
func (v *verifier) chain() error {
	var changed []journalRow
	err := each(v.s, func(row *values) error {
		r := scanJournal(row)
		v.report.Rows++
		v.step(1)
		gap := r.seq != v.last.seq+1
		if gap {
			v.report.found(ProblemMissing, "journal", r.seq, "rows %d to %d are gone", v.last.seq+1, r.seq-1)
		}
		switch {
		case len(v.l.key) == 0:
			v.report.Unproved++
		case gap: // what it hangs on is gone, so nothing can be said about this one
		case !bytes.Equal(r.hash, hashOf(v.l.key, v.last.hash, r)):
			changed = append(changed, r)
		case r.kind == journalNewKey:
			// A sound row says that another key was used before.
			v.report.Unproved, changed = r.seq-1, nil
		}
		if r.kind == journalHeadOff {
			v.report.found(ProblemCut, "journal", r.seq, "when the ledger was opened, its end was not the one noted outside: %s", r.detail)
		}
		if key, f, moved := r.depositFigure(); moved {
			sum := v.depositFigures[key]
			sum.add(f)
			v.depositFigures[key] = sum
		}
		if r.counts.drawer != 0 {
			v.drawer[r.countsOn()] += r.counts.drawer
		}
		v.acts.note(r, v.last.hash)
		v.last = r
		return nil
	}, "SELECT "+journalColumns+" FROM journal ORDER BY seq")
	for _, r := range changed {
		v.report.found(ProblemChanged, "journal", r.seq, "row %d (%s) does not fit its hash", r.seq, r.kind)
	}
	v.report.Seq, v.report.Hash = v.last.seq, hexHash(v.last.hash)
	return err
}

// head compares the journal's last row with the two notes of it: the sealed
// one in the ledger and the one outside.
func (v *verifier) head(note headNote, noteErr error) error {
	type sealed struct {
		seq  int64
		seal []byte
	}
	scan := func(row *values) sealed { return sealed{row.int(), row.bytes()} }
	heads, err := all(v.s, scan, "SELECT seq, seal FROM journal_head")
	if err != nil {
		return err
	}
	switch {
	case len(heads) == 0 && v.last.seq == 0:
	case len(heads) == 0:
		v.report.found(ProblemHead, "journal_head", 0, "there is no note of the journal's end")
	case heads[0].seq != v.last.seq:
		v.report.found(ProblemCut, "journal", heads[0].seq, "the journal ends at %d and should end at %d", v.last.seq, heads[0].seq)
	case len(v.l.key) > 0 && !bytes.Equal(heads[0].seal, sealOf(v.l.key, v.last.seq, v.last.hash)):
		v.report.found(ProblemHead, "journal_head", heads[0].seq, "the seal of the journal's end is false")
	}
	if len(v.l.key) == 0 || isMissing(noteErr) {
		return nil
	}
	if noteErr != nil {
		v.report.found(ProblemHead, "head_file", 0, "%v", noteErr)
		return nil
	}
	if fault, err := note.fault(v.s, v.l.key); err != nil || fault != "" {
		if fault != "" {
			v.report.found(ProblemCut, "head_file", note.Seq, "%s", fault)
		}
		return err
	}
	return nil
}

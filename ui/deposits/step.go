package deposits

import (
	"context"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
)

// ask is a call to the till that begins a step of the opened deposit.
type ask func(ctx context.Context, t *app.Till) (app.DepositStep, error)

// capture charges what is due to the opened deposit.
func (s *Screen) capture() {
	o := s.open
	switch {
	case o.due() <= 0:
		s.taking.Warn("deposit.hint.due_missing")
	case !o.fits():
		s.taking.Warn("deposit.hint.too_much", "left", o.detail.Left().Grouped())
	default:
		order := o.order()
		s.begin(func(ctx context.Context, t *app.Till) (app.DepositStep, error) { return t.Capture(ctx, order) })
	}
}

// begin asks the till for a step. It returns at once; the answer comes to begun.
func (s *Screen) begin(call ask) {
	o := s.open
	if o == nil || o.busy || s.following() || s.desk.Till == nil {
		return
	}
	o.busy, o.step, o.asked, s.taking.Hint = true, nil, false, panel.Hint{}
	s.taking.Unfocus()
	s.refresh()
	s.desk.Background(func(ctx context.Context) func() {
		step, err := call(ctx, s.desk.Till)
		return func() { s.begun(o, step, err) }
	})
}

// following reports whether a step of the opened deposit has no end yet.
func (s *Screen) following() bool {
	return s.open != nil && s.open.step != nil && !s.open.step.State.Final()
}

// begun gets the answer to begin: the step as it stands, or why there is none.
func (s *Screen) begun(o *opened, step app.DepositStep, err error) {
	early := o.early
	o.busy, o.early = false, map[int64]app.DepositStep{}
	if o != s.open {
		return // it was left in the meantime: the list tells
	}
	if err != nil {
		o.sent = nil
		s.stepProblem(err)
		s.reload()
		return
	}
	if newer, ok := early[step.ID]; ok {
		step = newer
	}
	o.step = &step
	s.stepped(step)
	s.list.reload()
	s.refresh()
}

// stepProblem tells why a step did not begin, on the amount card.
func (s *Screen) stepProblem(err error) {
	if p, ok := app.ProblemOf(err); ok {
		if key := "deposit.hint." + string(p.Kind); s.desk.Words.Has(key) {
			s.taking.Warn(key, p.Pairs...)
			return
		}
	}
	s.taking.Hint = panel.Hint{Text: s.desk.Sentence(err), Bad: true, Until: s.desk.Now().Add(2 * panel.HintTime)}
	s.refresh()
}

// heardStep gets every change of every step.
func (s *Screen) heardStep(step app.DepositStep) {
	o := s.open
	changed := s.seenSteps[step.ID] != step.State
	s.seenSteps[step.ID] = step.State
	switch {
	case o != nil && o.busy && o.id == step.DepositID:
		o.early[step.ID] = step // perhaps the answer that is on its way
		return
	case o != nil && o.step != nil && o.step.ID == step.ID:
		if o.step.State.Final() {
			return // an older view that came late
		}
		o.step = &step
		s.stepped(step)
	case step.State.Final() && changed:
		s.results = append(s.results, stepResult(s.desk, step))
	}
	if changed {
		s.list.reload()
		s.reopen(step.DepositID)
	}
	s.refresh()
}

// stepped follows the step of the opened deposit to its end: once it is done,
// the left side is free for the next guest and the right side tells.
func (s *Screen) stepped(step app.DepositStep) {
	if step.State != payment.RefundDone {
		s.reload()
		return
	}
	o := s.open
	s.open, s.taking.Hint = nil, panel.Hint{}
	end := shown{Deposit: app.Deposit{Deposit: step.Deposit, Phase: app.PhasePaid}, step: &step}
	s.about = about{end.ID, o.detail, o.room}
	s.taking.Show(end, false)
	s.taking.GoesByItself()
	hold{s}.ReadMore(end)
}

// park puts a step without a result aside: it goes on by itself.
func (s *Screen) park() {
	s.open = nil
	s.list.reload()
	s.refresh()
}

// acknowledgeStep closes a refusal with the second Enter, and lets the amount be
// tried again under a new number.
func (s *Screen) acknowledgeStep() {
	o := s.open
	if !o.asked {
		o.asked = true
		s.refresh()
		return
	}
	s.forgetStep()
}

func (s *Screen) forgetStep() {
	s.open.step, s.open.sent, s.open.asked = nil, nil, false
	s.reload()
	s.refresh()
}

// unattended are the steps without a result that nobody looks at.
func (s *Screen) unattended(steps []data.Step) []data.Step {
	var out []data.Step
	for _, step := range steps {
		if s.open == nil || s.open.id != step.DepositID {
			out = append(out, step)
		}
	}
	return out
}

// reprintPaper queues a copy of a paper of a deposit.
func (s *Screen) reprintPaper(depositID, stepID int64) {
	if s.desk.Till == nil {
		s.taking.Warn("till.hint.read_only")
		return
	}
	s.desk.Background(func(ctx context.Context) func() {
		_, err := s.desk.Till.ReprintDeposit(ctx, depositID, stepID)
		return func() {
			if err != nil {
				s.taking.Trouble = s.desk.Sentence(err)
				s.taking.Warn("till.hint.nothing_to_print")
				return
			}
			s.desk.WakePrinter()
			s.taking.Inform("deposit.hint.reprinting")
			s.PrintsChanged()
		}
	})
}

// lastPaper is the step whose slip was the last one; 0 for the deposit slip.
func lastPaper(d data.DepositDetail) int64 {
	for i := len(d.Steps) - 1; i >= 0; i-- {
		if d.Steps[i].State == payment.RefundDone {
			return d.Steps[i].ID
		}
	}
	return 0
}

var _ screen.PrintWatcher = (*Screen)(nil)

// PrintsChanged reads again what became of papers.
func (s *Screen) PrintsChanged() {
	if s.open != nil {
		s.reload()
	}
	if now := s.taking.Current; now != nil && now.Line.Phase.Final() {
		hold{s}.ReadMore(now.Of)
	}
}

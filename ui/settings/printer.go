package settings

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"frontdesk/data"
	"frontdesk/ui/kit"
)

// printerPage is where receipts are printed and how, with what did not get
// onto paper. Beside it stands a sample.
type printerPage struct {
	*page
	kinds  []string // of targets, as they are offered
	kind   *kit.Segment
	target map[string]*targetPart
	stuck  *fyne.Container
	jobs   []data.PrintJob

	printers []string // that the system knows; nil until they were listed
	listing  bool
	spool    *kit.Select
	noSpool  *kit.Hint // below it: none is chosen
}

// targetPart is what one kind of target asks for.
type targetPart struct {
	row   *formRow
	field *kit.Field // nil where nothing is typed
}

// A target is stored as tcp://HOST:PORT, spool:NAME, file:///PATH, virtual: or
// nothing.
const (
	targetNone    = "none"
	targetTCP     = "tcp"
	targetSpool   = "spool"
	targetFile    = "file"
	targetVirtual = "virtual"
)

func newPrinterPage(s *Screen) *page {
	p := newPage(s, "printer")
	o := &printerPage{page: p, target: map[string]*targetPart{}, stuck: holder()}
	s.prints = o
	w := s.desk.Words
	o.kinds = []string{targetTCP, targetSpool, targetFile, targetNone}
	if s.desk.Practice {
		o.kinds = []string{targetVirtual, targetTCP, targetSpool, targetFile, targetNone}
	}
	words := make([]string, len(o.kinds))
	for i, k := range o.kinds {
		words[i] = p.word("printer.kind." + k)
	}
	o.kind = kit.NewSegment(words, 0, func(int) { o.choseKind() })
	p.inputs = append(p.inputs, &input{key: "printer.receipt", object: o.kind, show: o.showTarget, fault: o.fault, complain: o.complainTarget, focus: o.focusTarget})
	p.row("printer.target", o.kind)
	for _, k := range []string{targetTCP, targetFile} {
		f := kit.NewField("")
		f.Entry.OnChanged = func(string) { o.typedTarget() }
		o.target[k] = &targetPart{p.row("printer."+k, f), f}
	}
	o.spool = kit.NewSelect("", nil, -1, func(int) { o.typedTarget() })
	again := kit.NewButton(p.word("printer.spool.again"), kit.ButtonFilter, o.listPrinters).Icon(kit.IconAgain)
	o.noSpool = kit.NewHint(kit.IconFailed, kit.Bad, "", kit.Body, kit.Bad)
	o.noSpool.Hide()
	o.target[targetSpool] = &targetPart{p.row("printer.spool", kit.Down(4, kit.Across(8, kit.Stretch(o.spool), again), o.noSpool)), nil}
	o.target[targetNone] = &targetPart{o.note("printer.none.hint"), nil}
	o.target[targetVirtual] = &targetPart{o.note("printer.virtual.hint"), nil}

	p.segment("printer.width", []string{"58", "80"}, []string{p.word("printer.mm", "width", 58), p.word("printer.mm", "width", 80)})
	p.segment("printer.encoding", []string{"gb18030", "gbk", "raster"}, []string{
		p.word("printer.encoding.gb18030"), p.word("printer.encoding.gbk"), p.word("printer.encoding.raster"),
	})
	p.toggle("printer.auto", p.word("printer.auto.on"))
	p.toggle("printer.drawer", p.word("printer.drawer.on"))
	p.text("printer.max_age", inUnits(time.Second), isDuration(w, time.Second, 1, 60*60))
	p.line(kit.Pad(8, 0, 0, 0, kit.NewRule()))
	p.line(kit.NewBold(p.word("printer.stuck"), kit.Row, kit.Ink))
	p.line(o.stuck)
	hold(p.footLeft, kit.NewButton(p.word("printer.test"), kit.ButtonNormal, o.printTest).Icon(kit.IconPrint))
	p.side = s.preview.panel
	p.onShow = func() {
		o.readStuck()
		if o.printers == nil {
			o.listPrinters()
		}
		s.preview.draw()
	}
	p.onInput = s.preview.draw
	o.drawStuck()
	return p.finish()
}

// note is a line that only says something.
func (o *printerPage) note(key string) *formRow {
	r := newFormRow("", kit.NewParagraph(o.word(key), kit.Caption, kit.Ink3), "")
	o.rows = append(o.rows, r)
	return r
}

// kindOf splits a stored target.
func splitTarget(stored string) (kind, rest string) {
	kind, rest, _ = strings.Cut(stored, ":")
	switch kind {
	case targetTCP:
		return kind, strings.TrimPrefix(rest, "//")
	case targetFile:
		return kind, strings.TrimPrefix(rest, "//")
	case targetSpool, targetVirtual:
		return kind, rest
	}
	return targetNone, ""
}

// joinTarget is the stored form.
func joinTarget(kind, rest string) string {
	rest = strings.TrimSpace(rest)
	switch kind {
	case targetTCP, targetFile:
		return kind + "://" + rest
	case targetSpool:
		return kind + ":" + rest
	case targetVirtual:
		return kind + ":" + rest
	}
	return ""
}

// showTarget writes the stored target into its parts.
func (o *printerPage) showTarget(v *values) {
	kind, rest := splitTarget(v.get("printer.receipt"))
	if i := slices.Index(o.kinds, kind); i >= 0 {
		o.kind.SetIndex(i)
	} else { // a virtual printer outside of practice: show that it is there
		o.kind.SetIndex(len(o.kinds) - 1)
	}
	if part := o.target[kind]; part.field != nil {
		part.field.SetText(rest)
	}
	if kind == targetSpool {
		o.offer(rest)
	}
	o.setParts()
}

// offer lists the system's printers with the chosen one among them, even when
// the system does not know it now.
func (o *printerPage) offer(chosen string) {
	names := slices.Clone(o.printers)
	if chosen != "" && !slices.Contains(names, chosen) {
		names = append([]string{chosen}, names...)
	}
	o.spool.SetOptions(names, slices.Index(names, chosen))
}

func (o *printerPage) chosenKind() string { return o.kinds[o.kind.Index()] }

// rest is what is typed or chosen for the present kind.
func (o *printerPage) rest() string {
	kind := o.chosenKind()
	switch {
	case kind == targetSpool && o.spool.Index() >= 0:
		return o.spoolName()
	case o.target[kind].field != nil:
		return o.target[kind].field.Text()
	}
	return ""
}

// spoolName is the chosen printer's name.
func (o *printerPage) spoolName() string {
	_, stored := splitTarget(o.s.vals.saved["printer.receipt"])
	names := slices.Clone(o.printers)
	if kind, _ := splitTarget(o.s.vals.saved["printer.receipt"]); kind == targetSpool && stored != "" && !slices.Contains(names, stored) {
		names = append([]string{stored}, names...)
	}
	if i := o.spool.Index(); i >= 0 && i < len(names) {
		return names[i]
	}
	return ""
}

func (o *printerPage) choseKind() {
	o.setParts()
	o.typedTarget()
	o.focusTarget()
}

func (o *printerPage) typedTarget() {
	if o.s.vals != nil && !o.s.showing {
		o.typed("printer.receipt", joinTarget(o.chosenKind(), o.rest()))
	}
}

func (o *printerPage) setParts() {
	for kind, part := range o.target {
		setVisible(part.row, kind == o.chosenKind())
	}
	o.flow()
}

// fault says what the present target lacks.
func (o *printerPage) fault(*values) string {
	kind, rest := o.chosenKind(), strings.TrimSpace(o.rest())
	switch {
	case kind == targetTCP && !isHostPort(rest),
		kind == targetFile && (rest == "" || strings.Contains(rest, "\n")),
		kind == targetSpool && rest == "":
		return o.word("printer." + kind + ".bad")
	}
	return ""
}

func (o *printerPage) complainTarget(sentence string) {
	for _, part := range o.target {
		if part.field != nil {
			part.field.SetError("")
		}
	}
	spool := o.chosenKind() == targetSpool && sentence != ""
	setVisible(o.noSpool, spool)
	if spool {
		o.noSpool.Set(kit.IconFailed, kit.Bad, sentence, kit.Bad)
	}
	if part := o.target[o.chosenKind()]; part.field != nil {
		part.field.SetError(sentence)
	}
}

func (o *printerPage) focusTarget() {
	if part := o.target[o.chosenKind()]; part.field != nil {
		part.field.Focus()
	}
}

// listPrinters asks the system for its printers.
func (o *printerPage) listPrinters() {
	if o.listing || o.s.opts.Printers == nil {
		return
	}
	o.listing = true
	o.s.desk.Background(func(ctx context.Context) func() {
		names, err := o.s.opts.Printers(ctx)
		return func() {
			o.listing = false
			if err != nil {
				o.s.desk.Log.Warn("printers cannot be listed", "err", err)
			}
			chosen := ""
			if o.s.vals != nil && o.chosenKind() == targetSpool {
				chosen = o.spoolName()
			}
			o.printers = append([]string{}, names...)
			o.offer(chosen)
			if len(names) == 0 && o.chosenKind() == targetSpool && o.s.page() == o.page {
				o.s.tell(kit.IconAlert, kit.Warn, o.word("printer.spool.none"), noteTicks)
			}
		}
	})
}

// printTest queues a test page for the saved printer.
func (o *printerPage) printTest() {
	d := o.s.desk
	switch {
	case o.s.vals == nil || d.Till == nil:
		return
	case o.s.vals.dirty(o.keys()...):
		o.s.tell(kit.IconInfo, kit.Ink2, o.word("printer.test.save_first"), noteTicks)
		return
	}
	d.Background(func(ctx context.Context) func() {
		_, err := d.Till.PrintTestPage(ctx)
		d.WakePrinter()
		return func() {
			if err != nil {
				o.s.tell(kit.IconFailed, kit.Bad, d.Sentence(err), 0)
				return
			}
			o.s.tell(kit.IconPrint, kit.Ink2, o.word("printer.test.queued"), noteTicks)
		}
	})
}

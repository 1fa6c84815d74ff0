package ui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// condition is one line of the health list.
type condition struct {
	icon    kit.Icon
	color   kit.Token
	text    string
	second  string // what to do about it; may be empty
	buttons []*kit.Button
}

// maxListed is how many papers the list shows; more are counted.
const maxListed = 6

// openHealth lists how devices and connections are, and what waits for a
// person: papers that were not printed, and payments without a result.
func (w *Window) openHealth() {
	if kit.Modal(w.canvas()) {
		return
	}
	w.desk.Background(func(ctx context.Context) func() {
		jobs, err := w.desk.Books.StuckPrints(ctx)
		if err != nil {
			w.desk.Log.Warn("stuck papers cannot be read", "err", err)
		}
		channels := w.channelsOn(ctx)
		return func() { w.showHealth(jobs, channels) }
	})
}

// channelsOn are the channels that the shop switched on, whether they work or
// not.
func (w *Window) channelsOn(ctx context.Context) (on []payment.ChannelName) {
	if w.desk.Till == nil {
		return nil
	}
	up := w.desk.Till.Channels()
	v := w.desk.Settings.Values(ctx)
	for _, name := range []payment.ChannelName{payment.Alipay, payment.WeChat, payment.CloudPay} {
		if slices.Contains(up, name) || v.Bool(string(name)+".enabled") {
			on = append(on, name)
		}
	}
	if err := v.Err(); err != nil {
		w.desk.Log.Warn("settings of the channels cannot be read", "err", err)
	}
	return on
}

func (w *Window) showHealth(jobs []data.PrintJob, channels []payment.ChannelName) {
	if kit.Modal(w.canvas()) {
		return
	}
	words := w.desk.Words
	body := kit.Down(0)
	d := kit.NewDialog(words.T("health.title"), &fyne.Container{}, words.T("health.close"), "")
	d.Width = healthWidth
	list := make([]condition, 0, len(channels)+len(jobs)+4)
	for _, name := range channels {
		list = append(list, w.channel(name))
	}
	list = append(list, w.devices(len(jobs))...)
	for i, job := range jobs {
		if i == maxListed {
			list = append(list, condition{icon: kit.IconMore, color: kit.Ink2, text: words.T("health.more_papers", "n", len(jobs)-maxListed)})
			break
		}
		list = append(list, w.paper(d, job))
	}
	for _, p := range w.till.Waiting() {
		list = append(list, w.waiting(d, p))
	}
	for i, c := range list {
		if i > 0 {
			body.Add(kit.NewRule())
		}
		body.Add(c.object())
	}
	d.Body = screen.Within(body, healthWidth-healthPad, w.canvas().Size().Height-healthAround)
	d.Show(w.canvas())
}

const (
	healthWidth  float32 = 720
	healthPad    float32 = 58  // of the dialog around the list
	healthAround float32 = 250 // head, foot and margins of the dialog
)

// channel is how one of the channels is: its settings, and the line to it.
func (w *Window) channel(name payment.ChannelName) condition {
	words := w.desk.Words
	service := words.T("settings.page." + string(name))
	line := func(icon kit.Icon, color kit.Token, state string) condition {
		c := condition{icon: icon, color: color, text: words.T("health.channel."+state, "channel", service)}
		if do := "health.channel." + state + ".do"; words.Has(do) {
			c.second = words.T(do, "channel", service)
		}
		return c
	}
	if !slices.Contains(w.desk.Till.Channels(), name) {
		return line(kit.IconFailed, kit.Bad, "broken")
	}
	switch network := w.desk.Till.NetworkOf(name); network {
	case app.NetworkUnstable:
		return line(kit.IconAlert, kit.Warn, string(network))
	case app.NetworkDown:
		return line(kit.IconFailed, kit.Bad, string(network))
	case app.NetworkUntried:
		return line(kit.IconDot, kit.Ink2, string(network))
	default:
		return line(kit.IconLamp, kit.Ok, string(network))
	}
}

// devices are printer and scanner, in order or not. stuck is how many papers
// were not printed.
func (w *Window) devices(stuck int) []condition {
	words := w.desk.Words
	printer := condition{icon: kit.IconLamp, color: kit.Ok, text: words.T("health.printer.good")}
	switch {
	case stuck > 0:
		printer = condition{icon: kit.IconFailed, color: kit.Bad, text: words.T("health.printer.stuck", "n", stuck)}
	case w.printer == "":
		printer = condition{icon: kit.IconDot, color: kit.Ink2, text: words.T("health.printer.none"), second: words.T("health.printer.none.do")}
	}
	scanner := condition{icon: kit.IconDot, color: kit.Ink2, text: words.T("health.scanner.none"), second: words.T("health.scanner.none.do")}
	if !w.scanned.IsZero() {
		scanner = condition{icon: kit.IconLamp, color: kit.Ok,
			text: words.T("health.scanner.last", "time", w.scanned.In(payment.Beijing).Format("15:04:05"))}
	}
	return []condition{printer, scanner}
}

// paper is one that was not printed.
func (w *Window) paper(d *kit.Dialog, job data.PrintJob) condition {
	words := w.desk.Words
	c := condition{icon: kit.IconPrint, color: kit.Bad,
		text:   words.T("health.paper."+string(job.Kind), "receipt", job.ReceiptNo),
		second: words.T("printer.error." + job.LastError)}
	if w.desk.Till == nil {
		return c
	}
	act := func(change func(context.Context, int64) error) func() {
		return func() {
			d.Close()
			w.desk.Background(func(ctx context.Context) func() {
				err := change(ctx, job.ID)
				return func() {
					if err != nil {
						w.desk.Log.Warn("paper cannot be changed", "job", job.ID, "err", err)
					}
					w.desk.WakePrinter()
					w.readStuck()
					w.openHealth()
				}
			})
		}
	}
	c.buttons = []*kit.Button{
		kit.NewButton(words.T("health.retry"), kit.ButtonSmall, act(w.desk.Books.RetryPrint)).Icon(kit.IconPrint),
		kit.NewButton(words.T("health.drop"), kit.ButtonSmall, act(w.desk.Books.DropPrint)),
	}
	return c
}

// waiting is a payment without a result.
func (w *Window) waiting(d *kit.Dialog, p app.Payment) condition {
	words := w.desk.Words
	return condition{icon: kit.IconUnknown, color: kit.Warn,
		text:   words.T("health.payment", "amount", p.Tender.Amount.Grouped(), "channel", w.desk.Wallet(p.Tender.Channel, p.Tender.Wallet)),
		second: words.T("health.payment.second", "receipt", p.Sale.ReceiptNo, "time", p.Since.In(payment.Beijing).Format("15:04:05")),
		buttons: []*kit.Button{kit.NewButton(words.T("till.show"), kit.ButtonSmall, func() {
			d.Close()
			w.show(screen.TabTill, func() { w.till.ShowPayment(p.Tender.ID) })
		})},
	}
}

// object draws the line.
func (c condition) object() fyne.CanvasObject {
	text := kit.Down(0, kit.NewText(c.text, kit.Row, kit.Ink).Fit(kit.Body, kit.Caption))
	if c.second != "" {
		text.Add(kit.NewParagraph(c.second, kit.Caption, kit.Ink2))
	}
	row := []fyne.CanvasObject{kit.NewIcon(c.icon, 24, c.color), kit.Stretch(text)}
	for _, b := range c.buttons {
		row = append(row, b)
	}
	return &fyne.Container{Layout: lineLayout{text}, Objects: row}
}

// lineLayout puts an icon, a text and buttons side by side, each centred in the
// height of the line.
type lineLayout struct{ text *fyne.Container }

const (
	lineIcon float32 = 40
	linePad  float32 = 10
)

// widths are what the buttons and the text get.
func (l lineLayout) widths(objects []fyne.CanvasObject, width float32) (text, buttons float32) {
	for _, b := range objects[2:] {
		buttons += b.MinSize().Width + kit.GapDense
	}
	return width - lineIcon - buttons, buttons
}

func (l lineLayout) height(objects []fyne.CanvasObject, width float32) float32 {
	text, _ := l.widths(objects, width)
	return max(kit.ButtonSmall, kit.HeightFor(l.text, text)) + 2*linePad
}

func (l lineLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(320, l.height(objects, healthWidth-healthPad))
}

func (l lineLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	text, buttons := l.widths(objects, size.Width)
	h := kit.HeightFor(l.text, text)
	screen.Place(objects[0], 0, 0, 24, size.Height)
	screen.Place(objects[1], lineIcon, (size.Height-h)/2, text, h)
	x := size.Width - buttons
	for _, b := range objects[2:] {
		w := b.MinSize().Width
		screen.Place(b, x+kit.GapDense, (size.Height-kit.ButtonSmall)/2, w, kit.ButtonSmall)
		x += w + kit.GapDense
	}
}

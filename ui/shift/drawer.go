package shift

import (
	"context"

	"frontdesk/app"
	"frontdesk/ui/kit"
	"frontdesk/ui/people"
	"frontdesk/ui/screen"
)

// OpenDrawer opens the drawer without a sale: at once for somebody who may, and
// else with an approval.
func OpenDrawer(d *screen.Desk, opened func()) {
	if d.Shifts == nil {
		return
	}
	w := d.Words
	people.Ask(d, people.Question{
		Act: people.ActDrawer, Title: w.T("head.menu.drawer"), Text: w.T("cash.drawer.text"), Word: w.T("cash.drawer.act"), Kind: kit.Default,
		Do: func(ctx context.Context, approval *app.Approval) error { return d.Shifts.OpenDrawer(ctx, approval) },
		Then: func() {
			d.WakePrinter()
			opened()
		},
		Failed: func(err error) { tell(d, w.T("head.menu.drawer"), d.Sentence(err)) },
	})
}

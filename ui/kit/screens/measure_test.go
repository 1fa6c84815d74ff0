package screens_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"frontdesk/ui/kit"
	"frontdesk/ui/kit/screens"
)

func TestPartsComeToRest(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(kit.Light))
	amount := kit.NewAmount("86.00", kit.StatePx, kit.Ink)
	story := kit.NewDenseTimeline(kit.Event{Time: "14:33:02", Icon: kit.IconScan, Text: "28…4471"}, kit.Event{Time: "14:33:26", Icon: kit.IconPaid, Text: "128.50"})
	content := container.NewStack(screens.Sheet(), container.NewVBox(amount, story, kit.NewParagraph("one and two and three", kit.Body, kit.Ink)))
	test.NewTempWindow(t, content).Resize(fyne.NewSize(1280, 1740))
	for _, change := range screens.Restless(content) {
		t.Error(change)
	}
}

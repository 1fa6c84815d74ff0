package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"frontdesk/ui/kit"
)

func TestTheLeftSideGrowsWithTheWindow(t *testing.T) {
	for window, want := range map[float32]float32{1024: 680, 1280: 680, 1600: 780, 1920: 880, 2560: 880} {
		equal(t, "left width", kit.LeftWidth(window), want)
	}
}

func TestTheTillKeepsItsRulesInEveryWindow(t *testing.T) {
	for _, c := range []struct {
		name                     string
		width, height            float32 // below the head
		fields                   int
		short                    bool
		card, action, field, key float32 // key is the least height of a key
		quick                    float32
	}{
		{"1280 x 800", 1280, 800 - 64, 1, false, 164, 88, 52, 82, 144},
		{"1280 x 728", 1280, 728 - 64, 1, false, 164, 88, 52, 64, 144},
		{"1280 x 728, practice", 1280, 728 - 64 - 52, 1, false, 124, 80, 52, 64, 144},
		{"1920 x 1080", 1920, 1080 - 64, 1, false, 208, 104, 56, 120, 304},
		{"deposits", 1280, 800 - 64, 2, true, 124, 80, 52, 82, 144},
		{"deposits 1280 x 728", 1280, 728 - 64, 2, true, 124, 80, 52, 64, 144},
		{"deposits 1280 x 728, practice", 1280, 728 - 64 - 52, 2, true, 92, 64, 52, 64, 144},
		{"deposits 1920 x 1080", 1920, 1080 - 64, 2, true, 208, 104, 56, 120, 304},
	} {
		t.Run(c.name, func(t *testing.T) {
			box := func() fyne.CanvasObject { return canvas.NewRectangle(nil) }
			till := kit.Till{Card: box(), Keypad: kit.NewKeypad(kit.AmountKeypad, false, nil), Quick: box(), Right: box(), Short: c.short}
			for range c.fields {
				till.Below = append(till.Below, box())
			}
			for range 4 {
				till.Actions = append(till.Actions, box())
			}
			show(t, c.width, c.height, kit.NewTill(till))
			equal(t, "card", till.Card.Size().Height, c.card)
			equal(t, "action", till.Actions[3].Size().Height, c.action)
			equal(t, "field", till.Below[0].Size().Height, c.field)
			equal(t, "quick", till.Quick.Size().Width, c.quick)
			if key := (till.Keypad.Size().Height - 3*8) / 4; key < c.key {
				t.Errorf("keys are %v high, want %v", key, c.key)
			}
			bottom := till.Actions[0].Position().Y + till.Actions[0].Size().Height
			equal(t, "lower edge", bottom, c.height-16)
			right := till.Right.Position().X + till.Right.Size().Width
			equal(t, "right edge", right, c.width-16)
			equal(t, "right side", till.Right.Position().X, 16+kit.LeftWidth(c.width)+16)
			last := till.Actions[3]
			equal(t, "end of the actions", last.Position().X+last.Size().Width, 16+kit.LeftWidth(c.width))
		})
	}
}

func TestTheDefaultActionIs248Wide(t *testing.T) {
	box := func() fyne.CanvasObject { return canvas.NewRectangle(nil) }
	till := kit.Till{Card: box(), Keypad: box(), Right: box(), Actions: []fyne.CanvasObject{box(), box(), box(), box()}}
	show(t, 1280, 736, kit.NewTill(till))
	for i, want := range []float32{248, 136, 136, 136} {
		equal(t, "width", till.Actions[i].Size().Width, want)
	}
}

func TestQuickKeysThatDoNotFitAreReachedByMore(t *testing.T) {
	var keys []*kit.QuickButton
	for _, name := range []string{"a", "b", "c", "d", "e", "f", "g", "h", "i"} {
		keys = append(keys, kit.NewQuick(name, "1.00", nil))
	}
	more := kit.NewQuick("更多", "", nil)
	column := kit.QuickColumn(more, keys...)
	for _, c := range []struct{ width, want float32 }{{144, 3}, {304, 7}} {
		show(t, c.width, 352, column)
		n := float32(0)
		for _, k := range keys {
			if k.Visible() {
				n++
			}
		}
		equal(t, "keys shown", n, c.want)
		if !more.Visible() || more.Position().Y+more.Size().Height != 352 {
			t.Errorf("more stands at %v, %v", more.Position(), more.Size())
		}
	}
	few := kit.QuickColumn(more, keys[:3]...)
	show(t, 144, 352, few)
	if !keys[2].Visible() || !more.Visible() {
		t.Error("three keys and more do not fit into four cells")
	}
}

func TestDownGivesParagraphsTheHeightTheyNeed(t *testing.T) {
	p := kit.NewParagraph("请顾客在手机上输入支付密码。已等待 18 秒，满 60 秒自动撤销，并向支付宝确认。", kit.Row, kit.Ink)
	below := kit.NewButton("取消收款", kit.ButtonLarge, nil)
	show(t, 300, 400, kit.Down(12, p, kit.Spacer(), below))
	if h := p.HeightFor(300); p.Size().Height < h-0.6 || h < 2*kit.LineHeight(kit.Row) {
		t.Errorf("the paragraph got %v of %v", p.Size().Height, h)
	}
	equal(t, "lower edge of the button", below.Position().Y+below.Size().Height, float32(400))
	inside(t, p, 300)
}

func TestAcrossSharesWhatIsLeft(t *testing.T) {
	a, b, c := kit.Stretch(kit.NewField("备注")), kit.Sized(276, 52, kit.NewMoneyField("不打折金额")), kit.Stretch(kit.NewField(""))
	show(t, 880, 52, kit.Across(8, a, b, c))
	equal(t, "fixed", b.Size().Width, float32(276))
	equal(t, "stretched", a.Size().Width, c.Size().Width)
	equal(t, "right edge", c.Position().X+c.Size().Width, float32(880))
}

package app_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/hardware/paper"
	"frontdesk/payment"
)

// heldDeposit is a deposit of the picture of the design: 500.00 held for two
// nights in room 306.
func heldDeposit() data.DepositDetail {
	at := time.Date(2026, 11, 21, 14, 40, 11, 0, payment.Beijing)
	return data.DepositDetail{Deposit: data.Deposit{
		ID: 51000318, ReceiptNo: "51000318", CreatedAt: at, HeldAt: at, Channel: payment.Alipay, Method: payment.MethodCode,
		AuthNo: "2026112110002001580512345678", Amount: 500_00, Held: 500_00, Hold: payment.StatePaid, State: data.DepositHeld,
		Room: "306", Guest: "王磊", Phone: "139 1234 0066", Nights: 2, Staff: data.Staff{Name: "陈静"},
	}}
}

func slipStyle(l lang.Language) app.ReceiptStyle {
	return app.ReceiptStyle{ShopName: "云栖客栈", Foot: "祝您入住愉快", Words: lang.Load(l)}
}

func plain(doc paper.Document, width paper.Width) string {
	return paper.Plain(paper.Layout(doc, width), width)
}

func TestWhatTheDepositSlipSays(t *testing.T) {
	d := heldDeposit()
	text := plain(app.DepositSlip(d, slipStyle(lang.Chinese), false), paper.Width80)
	for _, want := range []string{
		"云栖客栈", "押金单", "51000318", "2026-11-21 14:40:11", "306", "王磊  139****0066", "2026-11-21，2 晚", "陈静",
		"￥500.00", "支付宝冻结", "2026112110002001580512345678", "本押金冻结在您的支付宝账户，未转出。", "退房时从中扣除消费，其余立即解冻。",
		"请保管本单，退房时出示条码。", "客人签字", "____", "祝您入住愉快",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on the slip:\n%s", want, text)
		}
	}
	if strings.Contains(text, "1391234") || strings.Contains(text, "补打") {
		t.Errorf("the slip says too much:\n%s", text)
	}
	if copied := plain(app.DepositSlip(d, slipStyle(lang.Chinese), true), paper.Width80); !strings.Contains(copied, "补打") {
		t.Error("a copy is not marked")
	}

	d.Channel, d.Method, d.AuthNo, d.Tendered, d.Change = payment.Cash, payment.MethodCash, "", 600_00, 100_00
	text = plain(app.DepositSlip(d, slipStyle(lang.Chinese), false), paper.Width80)
	for _, want := range []string{"现金", "600.00", "100.00", "由本店保管"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on the slip of cash:\n%s", want, text)
		}
	}
	if strings.Contains(text, "冻结") {
		t.Errorf("cash is not frozen:\n%s", text)
	}
}

// settled is heldDeposit after 100.00 were captured with the rest kept, 50.00
// released, and 138.00 captured with the rest released.
func settled() data.DepositDetail {
	d := heldDeposit()
	at := time.Date(2026, 11, 23, 11, 46, 0, 0, payment.Beijing)
	step := func(id int64, kind data.StepKind, amount, rest payment.Amount) data.Step {
		return data.Step{ID: id, Kind: kind, Amount: amount, Rest: rest, ReleaseRest: rest > 0, Number: "NO" + string(rune('0'+id)), State: payment.RefundDone,
			EndedAt: at.Add(time.Duration(id) * time.Minute), Staff: data.Staff{Name: "王敏"}, Reason: "多算了早餐"}
	}
	d.Steps = []data.Step{step(1, data.StepCapture, 100_00, 0), step(2, data.StepRelease, 50_00, 0), step(3, data.StepCapture, 138_00, 212_00), step(4, data.StepRefund, 38_00, 0)}
	d.Steps[3].OfStep = 3
	d.Steps[2].TradeNo = "2026112322001458860500001234"
	refused := step(5, data.StepCapture, 1_00, 0)
	refused.State = payment.RefundRefused
	d.Steps = append(d.Steps, refused)
	return d
}

func TestWhatTheCheckoutSlipSays(t *testing.T) {
	d := settled()
	for _, c := range []struct {
		step       int
		want, not  []string
		lineOfBack string
	}{
		{0, []string{"押金结算单", "转消费", "￥100.00", "仍在押", "400.00"}, []string{"退给客人", "之前"}, ""},
		{1, []string{"押金退还单", "之前已转消费", "-100.00", "仍在押", "350.00"}, []string{"消费订单"}, "￥50.00"},
		{2, []string{"押金结算单", "500.00", "-100.00", "-50.00", "-138.00", "2026112322001458860500001234", "NO3", "王敏", "11:49:00"}, []string{"仍在押"}, "￥212.00"},
	} {
		text := plain(app.CheckoutSlip(d, d.Steps[c.step], slipStyle(lang.Chinese), false), paper.Width80)
		for _, want := range c.want {
			if !strings.Contains(text, want) {
				t.Errorf("step %d: %q is not on the slip:\n%s", c.step+1, want, text)
			}
		}
		for _, not := range c.not {
			if strings.Contains(text, not) {
				t.Errorf("step %d: %q is on the slip:\n%s", c.step+1, not, text)
			}
		}
		if c.lineOfBack == "" {
			continue
		}
		var line string
		for l := range strings.Lines(text) {
			if strings.Contains(l, "退给客人") {
				line = l
			}
		}
		if !strings.Contains(line, c.lineOfBack) {
			t.Errorf("step %d gives back %q", c.step+1, line)
		}
	}
	text := plain(app.CaptureRefundSlip(d, d.Steps[3], slipStyle(lang.Chinese), true), paper.Width80)
	for _, want := range []string{"消费退款单", "补打", "￥38.00", "138.00", "多算了早餐", "NO4"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on the slip of the refund:\n%s", want, text)
		}
	}
}

func TestSlipsFitBothPapersInBothLanguages(t *testing.T) {
	d := settled()
	d.Guest, d.Remark = "Maximilian Featherstonehaugh-Cholmondeley", "加床一张，明早六点叫早"
	cash := d
	cash.Channel, cash.Method, cash.Tendered, cash.Change = payment.Cash, payment.MethodCash, 600_00, 100_00
	for _, l := range []lang.Language{lang.Chinese, lang.English} {
		for _, one := range []data.DepositDetail{d, cash} {
			style := slipStyle(l)
			style.Practice = true
			docs := []paper.Document{app.DepositSlip(one, style, true)}
			for _, s := range one.Steps[:4] {
				doc, err := app.DepositPaper(one, data.PrintJob{Kind: data.PrintReprint, DepositID: one.ID, StepID: s.ID}, style)
				check(t, err)
				docs = append(docs, doc)
			}
			for _, doc := range docs {
				for _, width := range []paper.Width{paper.Width58, paper.Width80} {
					for _, line := range paper.Layout(doc, width) {
						if strings.Contains(line.Text, "⟨") || line.Columns() > width.Columns() {
							t.Errorf("%s, %d mm: %q", l, width, line.Text)
						}
					}
				}
			}
		}
	}
	if _, err := app.DepositPaper(d, data.PrintJob{Kind: data.PrintCheckout, DepositID: d.ID, StepID: 99}, slipStyle(lang.Chinese)); err == nil {
		t.Error("a step of another deposit was printed")
	}
}

func TestTheQueuePrintsSlips(t *testing.T) {
	till, ledger := open(t, nil)
	tray := &paperTray{}
	q := app.NewPrintQueue(ledger, setupOf(tray), nil, slog.New(slog.DiscardHandler))
	d, err := till.HoldCash(t.Context(), app.HoldOrder{Draft: newDraft(), Amount: 200_00, Room: "305", Guest: "张伟"}, 200_00)
	check(t, err)
	step, err := till.Capture(t.Context(), app.CaptureOrder{Draft: newDraft(), DepositID: d.ID, Amount: 38_00})
	check(t, err)
	_, err = till.ReprintDeposit(t.Context(), d.ID, 0)
	check(t, err)
	_, err = till.ReprintDeposit(t.Context(), d.ID, step.ID)
	check(t, err)
	drain(t, q)
	papers := tray.papers()
	if len(papers) != 4 {
		t.Fatalf("%d papers", len(papers))
	}
	for i, want := range []string{"押金单", "押金结算单", "补打", "补打"} {
		if !strings.Contains(papers[i], want) || !strings.Contains(papers[i], d.ReceiptNo) {
			t.Errorf("paper %d:\n%s", i+1, papers[i])
		}
	}
	if !strings.Contains(papers[1], "￥162.00") {
		t.Errorf("what went back is missing:\n%s", papers[1])
	}
}

func TestPhonesAreMasked(t *testing.T) {
	for phone, want := range map[string]string{
		"": "", "139 1234 0066": "139****0066", "13912340066": "139****0066", "8888": "8888", "0571-8888-6666": "057****6666",
	} {
		if got := app.MaskPhone(phone); got != want {
			t.Errorf("%q is shown as %q", phone, got)
		}
	}
}

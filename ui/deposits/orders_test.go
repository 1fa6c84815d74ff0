package deposits

import (
	"fmt"

	"frontdesk/app"
	"frontdesk/payment"
)

func captureOrder(n int, id int64, amount payment.Amount, keep bool) app.CaptureOrder {
	return app.CaptureOrder{Draft: fmt.Sprintf("capture-%d", n), DepositID: id, Amount: amount, KeepRest: keep}
}

func releaseOrder(n int, id int64) app.ReleaseOrder {
	return app.ReleaseOrder{Draft: fmt.Sprintf("release-%d", n), DepositID: id}
}

func chargeOf(draft string, amount payment.Amount) app.Charge {
	return app.Charge{Draft: draft, Amount: amount}
}

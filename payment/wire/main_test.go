package wire_test

import (
	"os"
	"testing"

	"frontdesk/payment/wire/wiretest"
)

func TestMain(m *testing.M) { os.Exit(new(wiretest.Fence).Run(m)) }

package app_test

import (
	"flag"
	"fmt"
	"os"
	"testing"
)

// TestMain lets more tests run at the same time than there are processors, unless
// somebody says otherwise: most of their time is spent waiting for payers.
func TestMain(m *testing.M) {
	flag.Parse()
	said := false
	flag.Visit(func(f *flag.Flag) { said = said || f.Name == "test.parallel" })
	if !said {
		if err := flag.Set("test.parallel", "6"); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

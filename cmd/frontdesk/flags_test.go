package main

import (
	"strings"
	"testing"

	"frontdesk/assets/lang"
)

func TestFlags(t *testing.T) {
	o, err := parseFlags([]string{"--practice", "--data", "x", "--lang", "en"})
	if err != nil || !o.practice || o.dir != "x" || o.language != lang.English {
		t.Fatalf("%+v, %v", o, err)
	}
	for _, bad := range [][]string{{"--lang", "fr"}, {"pay"}, {"--prctice"}} {
		_, err := parseFlags(bad)
		if err == nil || strings.Contains(err.Error(), "\n") {
			t.Errorf("%v: %v, want one sentence", bad, err)
		}
	}
}

func TestPracticeHasItsOwnFolder(t *testing.T) {
	real, err := parseFlags(nil)
	if err != nil {
		t.Fatal(err)
	}
	practice, err := parseFlags([]string{"--practice"})
	if err != nil || practice.dir == real.dir {
		t.Fatalf("practice in %q, real money in %q, %v", practice.dir, real.dir, err)
	}
}

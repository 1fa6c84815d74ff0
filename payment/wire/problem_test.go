package wire_test

import (
	"regexp"
	"testing"
	"time"

	"frontdesk/payment/wire"
)

// told is the kind of the one problem; empty for none.
func told(t *testing.T, problems wire.Problems) wire.Kind {
	t.Helper()
	switch {
	case len(problems) == 0:
		return ""
	case len(problems) > 1 || problems[0].Field != "field":
		t.Errorf("problems %v", problems)
	}
	return problems[0].Kind
}

func TestAddressesThatAreTaken(t *testing.T) {
	for address, want := range map[string]wire.Kind{
		"https://gateway.example/gateway.do": "", "https://10.0.0.1:8443": "", "http://localhost:8080/": "", "http://127.0.0.1:1": "", "http://[::1]:1/a": "",
		"http://gateway.example": "insecure", "http://10.0.0.1": "insecure", "http://localhost.example": "insecure", "http://127.0.0.1.example": "insecure",
		"": "form", "gateway.example": "form", "two words": "form", "https://": "form", "file:///etc/hosts": "form", "ftp://127.0.0.1": "form",
		"https://me:secret@gateway.example": "form", "http://me@127.0.0.1": "form", "https://gateway.example:port": "form",
	} {
		var problems wire.Problems
		u := problems.Address(address, "field", "form", "insecure")
		if got := told(t, problems); got != want || (u == nil) != (want != "") || u != nil && u.String() != address {
			t.Errorf("%q: %q, %v; want %q", address, got, u, want)
		}
	}
}

func TestTimesThatAreTaken(t *testing.T) {
	for given, want := range map[time.Duration]struct {
		d    time.Duration
		kind wire.Kind
	}{
		0:               {time.Minute, ""},
		time.Nanosecond: {time.Nanosecond, ""},
		time.Hour:       {time.Hour, ""},
		time.Hour + 1:   {time.Hour + 1, wire.KindTimeRange},
		-1:              {-1, wire.KindTimeRange},
	} {
		var problems wire.Problems
		if d := problems.Duration(given, time.Minute, time.Hour, "field"); d != want.d || told(t, problems) != want.kind {
			t.Errorf("%v: %v, %v", given, d, problems)
		}
	}
}

func TestATextThatMayNotBeMissing(t *testing.T) {
	rule := regexp.MustCompile(`^\d{3}$`)
	for text, want := range map[string]wire.Kind{"123": "", "": wire.KindMissing, "12": "form", "1234": "form"} {
		var problems wire.Problems
		problems.Form(text, rule, "field", "form")
		if got := told(t, problems); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

package main

import (
	"bufio"
	"strings"
	"testing"
)

const passing = `{"Action":"run","Package":"p","Test":"TestA"}
{"Action":"output","Package":"p","Test":"TestA","Output":"=== RUN   TestA\n"}
{"Action":"output","Package":"p","Test":"TestA","Output":"    a_test.go:1: chatter\n"}
{"Action":"pass","Package":"p","Test":"TestA","Elapsed":0.01}
`

const skipping = `{"Action":"output","Package":"p","Test":"TestS","Output":"=== RUN   TestS\n"}
{"Action":"output","Package":"p","Test":"TestS","Output":"    s_test.go:7: no keychain here\n"}
{"Action":"output","Package":"p","Test":"TestS","Output":"--- SKIP: TestS (0.00s)\n"}
{"Action":"skip","Package":"p","Test":"TestS","Elapsed":0}
`

const failing = `{"Action":"output","Package":"p","Test":"TestF","Output":"=== RUN   TestF\n"}
{"Action":"output","Package":"p","Test":"TestF","Output":"    f_test.go:3: got 1, want 2\n"}
{"Action":"fail","Package":"p","Test":"TestF","Elapsed":0.02}
{"Action":"output","Package":"p","Output":"-test.shuffle 42\n"}
{"Action":"fail","Package":"p","Elapsed":0.5}
`

const panicking = `{"Action":"output","Package":"p","Test":"TestP","Output":"panic: boom\n"}
{"Action":"fail","Package":"p","Elapsed":0.5}
`

const notCompiling = `{"ImportPath":"p [p.test]","Action":"build-output","Output":"p.go:1: undefined: x\n"}
{"ImportPath":"p [p.test]","Action":"build-fail"}
{"Action":"output","Package":"p","Output":"FAIL\tp [build failed]\n"}
{"Action":"fail","Package":"p","Elapsed":0,"FailedBuild":"p [p.test]"}
`

const packagePassed = `{"Action":"output","Package":"p","Output":"ok  \tp\t(cached)\n"}
{"Action":"pass","Package":"p","Elapsed":0.1}
`

func TestSummaryTellsWhatAPersonNeeds(t *testing.T) {
	for _, c := range []struct {
		name, events string
		strict, ok   bool
		shows, hides []string
	}{
		{name: "passed tests are only counted", events: passing + packagePassed, strict: true, ok: true,
			shows: []string{"ok    p (0.10 s, cached)\n", "tests: 1 passed, 0 failed, 0 skipped\n"}, hides: []string{"chatter", "==="}},
		{name: "a skipped test gives its reason", events: passing + skipping + packagePassed, ok: true,
			shows: []string{"skip  p TestS: s_test.go:7: no keychain here\n", "tests: 1 passed, 0 failed, 1 skipped\n"}},
		{name: "strict accepts no skipped test", events: passing + skipping + packagePassed, strict: true,
			shows: []string{"may not be skipped", "tests: 1 passed, 1 failed, 1 skipped\n"}},
		{name: "a failure shows its output and the seed", events: passing + failing,
			shows: []string{"FAIL  p TestF", "got 1, want 2", "-test.shuffle 42", "tests: 1 passed, 1 failed, 0 skipped\n"}, hides: []string{"chatter"}},
		{name: "a panic ends in a failure", events: panicking,
			shows: []string{"TestP did not end", "panic: boom", "tests: 0 passed, 1 failed, 0 skipped\n"}},
		{name: "what does not compile fails", events: notCompiling,
			shows: []string{"p.go:1: undefined: x", "tests: 0 passed, 1 failed, 0 skipped\n"}},
		{name: "words of the go command are passed on", events: "go: no such tool\n" + passing + packagePassed, ok: true,
			shows: []string{"go: no such tool\n"}},
		{name: "nothing at all is well unless strict", events: "", ok: true,
			shows: []string{"tests: 0 passed, 0 failed, 0 skipped\n"}},
		{name: "strict wants a test to run", events: "", strict: true,
			shows: []string{"no test ran", "tests: 0 passed, 1 failed, 0 skipped\n"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var text strings.Builder
			out := bufio.NewWriter(&text)
			ok, err := summarize(strings.NewReader(c.events), out, c.strict)
			out.Flush()
			if err != nil || ok != c.ok {
				t.Fatalf("ok = %v, %v, want %v\n%s", ok, err, c.ok, text.String())
			}
			for _, want := range c.shows {
				if !strings.Contains(text.String(), want) {
					t.Errorf("%q is not shown in:\n%s", want, text.String())
				}
			}
			for _, not := range c.hides {
				if strings.Contains(text.String(), not) {
					t.Errorf("%q is shown in:\n%s", not, text.String())
				}
			}
		})
	}
}

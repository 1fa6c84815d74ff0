package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"strings"
)

// event is one line of `go test -json` (see `go doc test2json`). A build that
// fails has its lines under ImportPath; everything else has a Package.
type event struct {
	Action     string
	Package    string
	ImportPath string
	Test       string  // empty: the event is about the package as a whole
	Elapsed    float64 // seconds
	Output     string
}

// test names one test; with an empty name it stands for its package.
type test struct{ pkg, name string }

// report gathers each test's output until its end is known: only then is it
// clear whether anybody wants to see it.
type report struct {
	out                     *bufio.Writer
	output                  map[test][]string
	passed, failed, skipped int
	broken                  bool // a package failed outside of its tests, or did not compile
}

func newReport(out *bufio.Writer) *report {
	return &report{out: out, output: map[test][]string{}}
}

// add takes one line. What is not JSON is what the go command itself says, and
// is passed on.
func (r *report) add(line []byte) {
	var e event
	if json.Unmarshal(line, &e) != nil {
		r.out.Write(line)
		return
	}
	t := test{e.Package, e.Test}
	switch e.Action {
	case "output":
		r.output[t] = append(r.output[t], e.Output)
	case "build-output":
		r.out.WriteString(e.Output)
	case "build-fail":
		r.broken = true
	case "pass", "fail", "skip":
		if e.Test == "" {
			r.endPackage(t, e)
		} else {
			r.endTest(t, e)
		}
	}
}

func (r *report) endTest(t test, e event) {
	output := r.output[t]
	delete(r.output, t)
	switch e.Action {
	case "pass":
		r.passed++
	case "skip":
		r.skipped++
		fmt.Fprintf(r.out, "skip  %s %s: %s\n", t.pkg, t.name, reason(output))
	case "fail":
		r.failed++
		fmt.Fprintf(r.out, "FAIL  %s %s (%.2f s)\n%s", t.pkg, t.name, e.Elapsed, strings.Join(told(output), ""))
	}
}

// endPackage prints the package's line. Of a failed one it prints the rest of
// the output, too: a panic, a race or the seed of the shuffle stands there, and
// that of tests which never came to their end.
func (r *report) endPackage(t test, e event) {
	defer r.out.Flush()
	output := r.output[t]
	delete(r.output, t)
	switch e.Action {
	case "pass":
		cached := ""
		if strings.Contains(strings.Join(output, ""), "(cached)") {
			cached = ", cached"
		}
		fmt.Fprintf(r.out, "ok    %s (%.2f s%s)\n", t.pkg, e.Elapsed, cached)
	case "fail":
		r.broken = true
		for unfinished, lines := range r.output {
			if unfinished.pkg == t.pkg {
				fmt.Fprintf(r.out, "FAIL  %s %s did not end\n%s", t.pkg, unfinished.name, strings.Join(told(lines), ""))
				delete(r.output, unfinished)
			}
		}
		fmt.Fprintf(r.out, "FAIL  %s (%.2f s)\n%s", t.pkg, e.Elapsed, strings.Join(told(output), ""))
	}
}

// finish prints the count and says whether all is well.
func (r *report) finish(strict bool) bool {
	ok := r.failed == 0 && !r.broken
	if strict && r.skipped > 0 {
		ok = false
		fmt.Fprintln(r.out, "FAIL  these tests may not be skipped")
	}
	if strict && r.passed+r.failed == 0 {
		ok = false
		fmt.Fprintln(r.out, "FAIL  no test ran")
	}
	failed := r.failed
	if !ok && failed == 0 {
		failed = 1 // a count of zero beside a failure would read as success
	}
	fmt.Fprintf(r.out, "tests: %d passed, %d failed, %d skipped\n", r.passed, failed, r.skipped)
	return ok
}

// told drops the frame that the testing package puts around a test's output.
func told(output []string) []string {
	var kept []string
	for _, line := range output {
		if !strings.HasPrefix(line, "=== ") {
			kept = append(kept, line)
		}
	}
	return kept
}

// reason is what a skipped test said, on one line.
func reason(output []string) string {
	var said []string
	for _, line := range told(output) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "--- SKIP") {
			said = append(said, line)
		}
	}
	if len(said) == 0 {
		return "no reason given"
	}
	return strings.Join(said, " ")
}

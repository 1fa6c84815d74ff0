// Testsum reads the output of `go test -json` and prints what a person wants
// of it: one line for each package, the whole output of what failed, and every
// skipped test with its reason, which `go test` itself keeps to itself. Its
// last line is the count.
//
//	go test -json ./... | testsum [-strict]
//
// With -strict a skipped test counts as a failure, and so does a run in which
// no test ran: for tests that stand for something only when they really ran.
//
// It exits 1 when anything failed. It runs no tests, and changes nothing.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
)

func main() {
	strict := flag.Bool("strict", false, "skipped tests, and a run without any test, are failures")
	flag.Parse()

	out := bufio.NewWriter(os.Stdout)
	ok, err := summarize(os.Stdin, out, *strict)
	out.Flush()
	if err != nil {
		fmt.Fprintln(os.Stderr, "testsum:", err)
		os.Exit(2)
	}
	if !ok {
		os.Exit(1)
	}
}

// summarize copies the story of events to out; ok is false when a test, a
// package or a build failed, or strict finds fault.
func summarize(events io.Reader, out *bufio.Writer, strict bool) (ok bool, err error) {
	r := newReport(out)
	lines := bufio.NewReader(events)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			r.add(line)
		}
		if err == io.EOF {
			return r.finish(strict), nil
		}
		if err != nil {
			return false, fmt.Errorf("read events: %w", err)
		}
	}
}

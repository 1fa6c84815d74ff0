package paysim

import (
	"regexp"
	"sync"
)

// rule is a pattern that is compiled when it is first asked for: a till has this
// package in it whether it practises or not, and its window does not wait for
// patterns that nothing is held against.
func rule(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}

package main

import (
	"runtime"
	"strings"
)

// version says which program this is.
func (c *call) version() error {
	result := struct {
		Version  string `json:"version"`
		Revision string `json:"revision"` // of the source; may be empty
		Go       string `json:"go"`
		System   string `json:"system"`
	}{version, revision, runtime.Version(), runtime.GOOS + "/" + runtime.GOARCH}
	return c.tell(result, func() {
		words := []string{"frontdeskctl", result.Version, result.Revision, result.Go, result.System}
		c.println(strings.Join(strings.Fields(strings.Join(words, " ")), " "))
	})
}

// Package icons holds the program's own drawings: the icons of states, devices
// and keys, and the application's icon.
//
// Each is one file NAME.svg on a grid of 24 with one filled path and no colour
// of its own, so that whoever draws it can fill it as the state demands. Holes
// run the other way round, for renderers that know only the non-zero rule. A
// caller asks by name, SVG("paid"), and gets the file's bytes. The package
// knows no drawing and no Fyne.
package icons

import (
	"embed"
	"slices"
	"strings"
)

//go:embed *.svg
var files embed.FS

// App is the application's icon, 512 px square, PNG.
//
//go:embed app.png
var App []byte

// SVG is the icon of that name; ok is false when there is none.
func SVG(name string) (svg []byte, ok bool) {
	svg, err := files.ReadFile(name + ".svg")
	return svg, err == nil && name != "app"
}

// Names lists all icons that SVG knows, sorted.
func Names() []string {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic("icons: " + err.Error()) // the files are part of the program
	}
	var names []string
	for _, e := range entries {
		if name := strings.TrimSuffix(e.Name(), ".svg"); name != "app" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

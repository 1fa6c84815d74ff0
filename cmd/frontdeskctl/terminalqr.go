package main

import (
	"io"
	"os"
	"runtime"
	"strings"

	"golang.org/x/term"

	"frontdesk/hardware/paper"
)

// quietZone is the light margin that a QR needs, in modules.
const quietZone = 4

// drawQR draws a QR with half blocks, two modules above each other in one
// character. With colours it is black on white, whatever the terminal's own
// colours are; without, the light modules are drawn, which is right on a dark
// terminal.
func drawQR(text string, colours bool) (string, error) {
	modules, err := paper.Modules(text)
	if err != nil {
		return "", err
	}
	drawn := func(x, y int) bool {
		x, y = x-quietZone, y-quietZone
		dark := y >= 0 && y < len(modules) && x >= 0 && x < len(modules[y]) && modules[y][x]
		return dark == colours
	}
	size := len(modules) + 2*quietZone
	var b strings.Builder
	for y := 0; y < size; y += 2 {
		if colours {
			b.WriteString("\x1b[30;107m")
		}
		for x := range size {
			b.WriteString(halfBlock(drawn(x, y), y+1 < size && drawn(x, y+1)))
		}
		if colours {
			b.WriteString("\x1b[0m")
		}
		b.WriteByte('\n')
	}
	return b.String(), nil
}

func halfBlock(upper, lower bool) string {
	switch {
	case upper && lower:
		return "█"
	case upper:
		return "▀"
	case lower:
		return "▄"
	}
	return " "
}

// hasColours reports whether out is a terminal that obeys colours. Windows has
// old consoles that print the codes instead.
func hasColours(out io.Writer, env func(string) string) bool {
	f, ok := out.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) || env("TERM") == "dumb" {
		return false
	}
	return runtime.GOOS != "windows" || env("WT_SESSION") != ""
}

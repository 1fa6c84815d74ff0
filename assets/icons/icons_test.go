package icons_test

import (
	"bytes"
	"image/png"
	"regexp"
	"testing"

	"frontdesk/assets/icons"
)

func TestEveryIconIsOneFilledPathOnAGridOf24(t *testing.T) {
	whole := regexp.MustCompile(`^<svg xmlns="http://www\.w3\.org/2000/svg" width="24" height="24" viewBox="0 0 24 24"><path d="M[MmLlHhVvCcSsZz0-9 .-]+z"/></svg>\n$`)
	names := icons.Names()
	if len(names) < 19 {
		t.Fatalf("only %d icons: %v", len(names), names)
	}
	for _, name := range names {
		svg, ok := icons.SVG(name)
		if !ok || !whole.Match(svg) {
			t.Errorf("%s: ok %v, %.120s", name, ok, svg)
		}
	}
}

func TestAnUnknownIconIsNotFound(t *testing.T) {
	for _, name := range []string{"", "nothing", "app", "../fonts/OFL"} {
		if _, ok := icons.SVG(name); ok {
			t.Errorf("%q was found", name)
		}
	}
}

func TestTheAppIconIsASquareOf512(t *testing.T) {
	img, err := png.DecodeConfig(bytes.NewReader(icons.App))
	if err != nil {
		t.Fatal(err)
	}
	if img.Width != 512 || img.Height != 512 {
		t.Errorf("%d x %d", img.Width, img.Height)
	}
}

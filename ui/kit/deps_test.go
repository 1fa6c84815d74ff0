package kit_test

import (
	"os/exec"
	"strings"
	"testing"
)

// The screens must be testable without cgo, X and OpenGL, so nothing below ui
// may pull in Fyne's real driver. Only cmd/frontdesk does.
func TestTheScreensNeedNoDriver(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "frontdesk/ui/...").CombinedOutput()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	for _, path := range strings.Fields(string(out)) {
		if path == "fyne.io/fyne/v2/app" || strings.Contains(path, "glfw") || strings.Contains(path, "go-gl/gl") {
			t.Errorf("frontdesk/ui/... depends on %s", path)
		}
	}
}

// What is shown must not depend on what it shows: the kit knows nothing of
// money, sales or devices.
func TestTheKitKnowsNothingOfTheShop(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "frontdesk/ui/kit").CombinedOutput()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	for _, path := range strings.Fields(string(out)) {
		ours := strings.HasPrefix(path, "frontdesk/")
		if ours && !strings.HasPrefix(path, "frontdesk/assets/") && path != "frontdesk/ui/kit" {
			t.Errorf("frontdesk/ui/kit depends on %s", path)
		}
	}
}

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"fyne.io/fyne/v2"

	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/data/vault"
	"frontdesk/ui/kit"
)

// showTrouble says in a window and on the terminal why the shop cannot be
// opened and what to do now, and returns the program's exit code.
func showTrouble(t *toolkit, o options, err error) int {
	language := o.language
	if language == "" {
		language = lang.Chinese
	}
	words := lang.Load(language)
	fmt.Fprintln(os.Stderr, "frontdesk:", err)

	w := t.newWindow(words.T("app.name"), "light", "100")
	w.SetContent(trouble(words, o, err, w.Close))
	w.Resize(fyne.NewSize(900, 460))
	w.CenterOnScreen()
	t.Lifecycle().SetOnStarted(t.ready)
	w.ShowAndRun()
	return 1
}

// trouble is what stands in a window that has nothing else to show.
func trouble(words *lang.Words, o options, err error, leave func()) fyne.CanvasObject {
	text := troubleSentence(words, err) + "\n" + words.T("trouble.where", "dir", o.dir)
	return kit.NewEmpty(kit.IconFailed, kit.Bad, words.T("trouble.title"), text, kit.NewButton(words.T("trouble.close"), kit.ButtonNormal, leave))
}

// troubleSentence is what a person is told about an error of opening the shop.
func troubleSentence(words *lang.Words, err error) string {
	var e interface{ Kind() data.Kind }
	var path *fs.PathError
	kind := vault.Kind(err)
	switch {
	case errors.As(err, &e):
		return words.T("data.error."+string(data.KindOf(err)), data.Values(err)...)
	case errors.As(err, &path): // no folder, no right, no disk
		return words.T("trouble.permission")
	case kind != "internal":
		return words.T("vault.error." + kind)
	}
	return words.T("trouble.other")
}

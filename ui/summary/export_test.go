package summary

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen/screentest"
)

// atHome gives the test a home of its own, with a folder of documents.
func atHome(t *testing.T) (home, documents string) {
	t.Helper()
	home = t.TempDir()
	documents = filepath.Join(home, "Documents")
	if err := os.Mkdir(documents, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"HOME", "USERPROFILE"} {
		t.Setenv(name, home)
	}
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(home, ".config"))
	return home, documents
}

// until waits for what another goroutine does.
func (w *window) until(what string, cond func() bool) {
	w.tb.Helper()
	w.posts.Until(w.tb, what, cond)
}

func TestAFileIsSavedWithoutTakingThePlaceOfAnother(t *testing.T) {
	_, documents := atHome(t)
	w := onFriday(t, newStand())
	for _, name := range []string{"汇总 2026-11-20.pdf", "汇总 2026-11-20 (2).pdf"} {
		w.tap("PDF")
		w.until("the file is written", func() bool { return w.s.export == nil })
		w.has(name, "已存到 Documents/Frontdesk", "打开", "另存为…")
		if _, err := os.Stat(filepath.Join(documents, "Frontdesk", name)); err != nil {
			t.Error(err)
		}
		w.s.note.clear()
	}
}

func TestTheTillGoesOnWhileAFileIsWritten(t *testing.T) {
	atHome(t)
	books := newStand()
	started, file := make(chan struct{}), ""
	books.export = func(ctx context.Context, path string, progress func(done, total int)) error {
		progress(50, 200)
		file = path
		close(started)
		<-ctx.Done()
		return ctx.Err()
	}
	w := onFriday(t, books)
	w.tap("Excel")
	<-started
	w.has("正在生成 Excel，可以继续收款", "取消")
	w.hasNot("CSV")
	w.s.Tick()
	if got := w.s.export.part(); got != 0.25 {
		t.Errorf("the bar is at %v", got)
	}
	w.s.save(app.ExportCSV) // one at a time
	w.s.step(-1)            // everything else goes on
	w.settle()
	w.has("2026-11-19 周四", "取消")
	if w.s.Act("cancel") {
		t.Error("Esc stopped the file")
	}
	w.tap("取消")
	w.until("it has stopped", func() bool { return w.s.export == nil })
	w.has("CSV", "打印")
	if _, err := os.Stat(file); err == nil {
		t.Error("a part of a file stays")
	}
}

func TestAFileThatCannotBeWrittenIsSaid(t *testing.T) {
	atHome(t)
	books := newStand()
	books.export = func(context.Context, string, func(int, int)) error { return errors.New("disk") }
	w := onFriday(t, books)
	w.tap("CSV")
	w.until("it has failed", func() bool { return w.s.export == nil })
	w.has("文件没有存成")
	w.faultless("failed")
	if !w.s.Act("cancel") {
		t.Error("Esc does not take the note away")
	}
	w.has("CSV")
}

func TestClosingTheScreenStopsTheFile(t *testing.T) {
	atHome(t)
	books := newStand()
	ended := make(chan struct{})
	books.export = func(ctx context.Context, _ string, _ func(int, int)) error {
		<-ctx.Done()
		close(ended)
		return ctx.Err()
	}
	w := onFriday(t, books)
	w.tap("Excel")
	w.s.Close()
	<-ended
}

func TestAFileIsCopiedToAnotherPlace(t *testing.T) {
	home, documents := atHome(t)
	desktop := filepath.Join(home, "Desktop")
	if err := os.Mkdir(desktop, 0o755); err != nil {
		t.Fatal(err)
	}
	w := onFriday(t, newStand())
	w.tap("PDF")
	w.until("the file is written", func() bool { return w.s.export == nil })
	first := filepath.Join(documents, "Frontdesk", "汇总 2026-11-20.pdf")
	w.s.showPlaces(first, places(nil))
	w.has("存到哪里？", "桌面", "文稿", "汇总 2026-11-20")
	w.faultless("the places")
	w.tap("保存")
	copied := filepath.Join(desktop, "汇总 2026-11-20.pdf")
	w.until("the copy is there", func() bool { return screentest.Has(w.win, "已存到 主目录/Desktop") })
	if content, err := os.ReadFile(copied); err != nil || string(content) != "figures" {
		t.Errorf("%q %v", content, err)
	}
}

func TestFilesAreNamedAfterWhatTheyHold(t *testing.T) {
	for p, want := range map[period]string{
		dayPeriod(friday):                       "汇总 2026-11-20",
		monthPeriod(friday):                     "汇总 2026-11",
		yearPeriod(friday):                      "汇总 2026",
		rangePeriod("2026-11-03", "2026-11-09"): "汇总 2026-11-03 至 2026-11-09",
		shiftPeriod(friday, 41):                 "汇总 2026-11-20 早班 王敏",
	} {
		w := newWindow(t, lang.Chinese, kit.Light).open(newStand(), 1280, 800)
		w.s.show(p)
		w.settle()
		if got := w.s.fileName(); got != want {
			t.Errorf("%v: %q, want %q", p, got, want)
		}
		w.desk.Practice = true
		if got := w.s.fileName(); got != "练习 "+want {
			t.Errorf("practice: %q", got)
		}
	}
	for name, want := range map[string]string{"早班 A/B": "早班 A B", "a\tb\x00c": "a b c", ` C:\x <1>?"|* `: "C x 1", "": ""} {
		if got := cleanName(name); got != want {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
}

func TestDocumentsAreFoundUnderTheirOwnName(t *testing.T) {
	home, documents := atHome(t)
	folder := func() string {
		t.Helper()
		got, err := filesFolder()
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	if got := folder(); got != filepath.Join(documents, "Frontdesk") {
		t.Errorf("files go to %s", got)
	}
	named := filepath.Join(home, "文档")
	for _, dir := range []string{named, filepath.Join(home, ".config")} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	dirs := "# written by the desktop\nXDG_DESKTOP_DIR=\"$HOME/桌面\"\nXDG_DOCUMENTS_DIR=\"$HOME/文档\"\nXDG_DOWNLOAD_DIR=\"$HOME/\"\n"
	if err := os.WriteFile(filepath.Join(home, ".config", "user-dirs.dirs"), []byte(dirs), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := folder(); got != filepath.Join(named, "Frontdesk") {
		t.Errorf("files go to %s", got)
	}
	list := places([]string{"/media/shop/KINGSTON"})
	if len(list) != 2 || list[0].key != "disk" || list[0].name != "KINGSTON" || list[1].folder != named { // no desktop, and downloads that are the home
		t.Errorf("places %+v", list)
	}
	for _, dir := range []string{documents, named} {
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
	}
	if got := folder(); got != filepath.Join(home, "Frontdesk") {
		t.Errorf("without documents files go to %s", got)
	}
	if got := shortFolder("主目录", filepath.Join(home, "Frontdesk")); got != "主目录/Frontdesk" {
		t.Errorf("it is called %s", got)
	}
}

package lang_test

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"frontdesk/assets/lang"
)

var placeholder = regexp.MustCompile(`\{[^{}]*\}`)

// both reads the two files that the package embeds.
func both(t *testing.T) (zh, en map[string]string) {
	t.Helper()
	return words(t, "zh.json"), words(t, "en.json")
}

// words reads a file strictly: a key written twice is an error, which the
// decoder of the program would hide.
func words(t *testing.T, file string) map[string]string {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	d := json.NewDecoder(bytes.NewReader(raw))
	if _, err := d.Token(); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		var text string
		if err := d.Decode(&text); err != nil {
			t.Fatalf("%s %v: %v", file, key, err)
		}
		if _, twice := out[key.(string)]; twice {
			t.Errorf("%s: %v is there twice", file, key)
		}
		out[key.(string)] = text
	}
	return out
}

func TestBothLanguagesHaveTheSameSentences(t *testing.T) {
	zh, en := both(t)
	for key := range zh {
		if _, ok := en[key]; !ok {
			t.Errorf("%s: not in en.json", key)
		}
	}
	for key := range en {
		if _, ok := zh[key]; !ok {
			t.Errorf("%s: not in zh.json", key)
		}
	}
}

func TestBothLanguagesHaveTheSamePlaceholders(t *testing.T) {
	zh, en := both(t)
	for key := range zh {
		if a, b := names(zh[key]), names(en[key]); !slices.Equal(a, b) {
			t.Errorf("%s: placeholders %v in zh.json, %v in en.json", key, a, b)
		}
	}
}

func TestPlaceholdersAreWellFormed(t *testing.T) {
	good := regexp.MustCompile(`^\{[a-z][a-z0-9_]*\}$`)
	zh, en := both(t)
	for _, words := range []map[string]string{zh, en} {
		for key, text := range words {
			for _, p := range placeholder.FindAllString(text, -1) {
				if !good.MatchString(p) {
					t.Errorf("%s: odd placeholder %s in %q", key, p, text)
				}
			}
			if strings.ContainsAny(placeholder.ReplaceAllString(text, ""), "{}") {
				t.Errorf("%s: lone brace in %q", key, text)
			}
		}
	}
}

func TestNoSentenceIsEmptyOrCarriesStraySpace(t *testing.T) {
	zh, en := both(t)
	for name, words := range map[string]map[string]string{"zh.json": zh, "en.json": en} {
		for key, text := range words {
			if strings.TrimSpace(text) == "" {
				t.Errorf("%s %s: empty", name, key)
			}
			// What joins the pieces of a list ends in a space in English: ", ".
			joins := len(strings.TrimSpace(text)) == 1 && text == strings.TrimLeft(text, " ")
			if text != strings.TrimSpace(text) && !joins {
				t.Errorf("%s %s: space at an end of %q", name, key, text)
			}
		}
	}
}

func TestKeysAreLowerCaseWithDots(t *testing.T) {
	good := regexp.MustCompile(`^[a-z0-9_]+(\.[a-z0-9_]+)+$`)
	zh, _ := both(t)
	for key := range zh {
		if !good.MatchString(key) {
			t.Errorf("%q: keys are written area.name", key)
		}
	}
}

func TestEnglishHoldsNoChinese(t *testing.T) {
	_, en := both(t)
	for key, text := range en {
		if key == "language.zh" {
			continue // a language is offered in its own words
		}
		for _, r := range text {
			// Full-width punctuation is as foreign to an English sentence as Han.
			if unicode.Is(unicode.Han, r) || (r >= 0x3000 && r <= 0x303F) || (r >= 0xFF01 && r <= 0xFF5E) {
				t.Errorf("%s: %q in %q", key, r, text)
				break
			}
		}
	}
}

func TestWordsAreFilledIn(t *testing.T) {
	w := lang.Load(lang.Chinese)
	if got := w.T("app.name"); got != "前台收银" {
		t.Errorf("app.name = %q", got)
	}
	if got := w.T("no.such.sentence"); got != "⟨no.such.sentence⟩" {
		t.Errorf("a missing key shows as %q", got)
	}
	if w.Has("no.such.sentence") || !w.Has("app.name") {
		t.Error("Has does not tell present keys from missing ones")
	}
	if w.Language() != lang.Chinese {
		t.Errorf("language %q", w.Language())
	}
}

func TestAWayToPayIsNamedByItsWallet(t *testing.T) {
	for _, c := range []struct{ channel, wallet, method, through, name string }{
		{"alipay", "alipay", "支付宝", "支付宝", "支付宝"},
		{"wechat", "wechat", "微信", "微信", "微信"},
		{"cash", "", "现金", "现金", "现金"},
		{"cloudpay", "wechat", "微信 云支付", "微信（云支付）", "微信"},
		{"cloudpay", "unionpay", "云闪付 云支付", "云闪付（云支付）", "云闪付"},
		{"cloudpay", "", "云支付", "云支付", "云支付"}, // nobody wrote down which
	} {
		w := lang.Load(lang.Chinese)
		if got := []string{w.Method(c.channel, c.wallet), w.Through(c.channel, c.wallet), w.Wallet(c.channel, c.wallet)}; !slices.Equal(got, []string{c.method, c.through, c.name}) {
			t.Errorf("%s by %s: %q", c.wallet, c.channel, got)
		}
	}
	if got := lang.Load(lang.English).Through("cloudpay", "wechat"); got != "WeChat (Cloud Pay)" {
		t.Errorf("in English: %q", got)
	}
}

func TestOnlyTwoLanguagesAreParsed(t *testing.T) {
	for s, want := range map[string]bool{"zh": true, "en": true, "": false, "ZH": false, "fr": false} {
		if _, ok := lang.Parse(s); ok != want {
			t.Errorf("Parse(%q) = %v, want %v", s, ok, want)
		}
	}
}

// names lists the placeholders of text, sorted, each once.
func names(text string) []string {
	found := placeholder.FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

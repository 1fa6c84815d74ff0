package wiretest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"frontdesk/assets/lang"
)

// KeepsSecrets fails the test when a secret is in any text, or in anything that a
// programmer may make of a value: every verb, alone and in a struct, JSON, a
// structured log. Both maps name what they hold.
func KeepsSecrets(t testing.TB, texts map[string]string, values map[string]any, secrets map[string]string) {
	t.Helper()
	printed := map[string]string{}
	for name, text := range texts {
		printed[name] = text
	}
	for name, value := range values {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x"} {
			printed[name+" as "+verb] = fmt.Sprintf(verb, value)
			printed[name+" in a struct as "+verb] = fmt.Sprintf(verb, struct{ V any }{value})
		}
		if raw, err := json.Marshal(value); err == nil {
			printed[name+" as JSON"] = string(raw)
		}
		var log bytes.Buffer
		slog.New(slog.NewJSONHandler(&log, nil)).Info(name, "value", value, "inside", struct{ V any }{value})
		printed[name+" in a structured log"] = log.String()
	}
	for where, text := range printed {
		for name, secret := range secrets {
			if strings.Contains(text, secret) || strings.Contains(text, fmt.Sprintf("%x", secret)) {
				t.Errorf("%s shows the %s:\n%s", where, name, text)
			}
		}
	}
}

// Heads are the beginnings of those values that are long enough to be secrets.
func Heads(values ...string) map[string]string {
	heads := map[string]string{}
	for _, v := range values {
		if len(v) > 20 {
			heads[v[:20]] = v[:20]
		}
	}
	return heads
}

// HasWords fails the test for each key that a translation file does not have.
func HasWords(t testing.TB, keys []string) {
	t.Helper()
	for _, language := range []lang.Language{lang.Chinese, lang.English} {
		words := lang.Load(language)
		for _, key := range keys {
			if !words.Has(key) {
				t.Errorf("%s: no sentence for %s", language, key)
			}
		}
	}
}

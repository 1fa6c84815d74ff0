// Package lang holds every sentence that a person reads, in Chinese and in
// English, one flat file each: zh.json and en.json.
//
// A caller loads one language and asks for sentences by key:
//
//	w := lang.Load(lang.Chinese)
//	w.T("pay.waited", "seconds", 18)
//
// Placeholders are written {seconds} in the files. A test holds that both
// files have the same keys and the same placeholders. The package chooses no
// language by itself and knows no plural rules: sentences are written so that
// they need none.
package lang

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
)

//go:embed zh.json en.json
var files embed.FS

// Language is one of the two that the program speaks.
type Language string

const (
	Chinese Language = "zh"
	English Language = "en"
)

// Parse turns "zh" or "en" into a Language; ok is false for anything else.
func Parse(s string) (l Language, ok bool) {
	l = Language(s)
	return l, l == Chinese || l == English
}

// Words are the sentences of one language. It is read-only and safe for
// concurrent use.
type Words struct {
	language Language
	text     map[string]string
}

// known are the languages, each read when somebody first asks for it and then
// kept: reading takes 2 ms, and the start of a program asks several times.
var known = map[Language]func() *Words{
	Chinese: sync.OnceValue(func() *Words { return read(Chinese) }),
	English: sync.OnceValue(func() *Words { return read(English) }),
}

// Load gives one language. It panics on a language that is not embedded or on
// a broken file: both are faults of the build that any test finds.
func Load(l Language) *Words {
	words, ok := known[l]
	if !ok {
		panic(fmt.Sprintf("lang: there is no language %q", l))
	}
	return words()
}

func read(l Language) *Words {
	raw, err := files.ReadFile(string(l) + ".json")
	if err != nil {
		panic(fmt.Sprintf("lang: %v", err))
	}
	text := map[string]string{}
	if err := json.Unmarshal(raw, &text); err != nil {
		panic(fmt.Sprintf("lang: %s.json: %v", l, err))
	}
	return &Words{language: l, text: text}
}

// Language is the language of these words.
func (w *Words) Language() Language { return w.language }

// Has reports whether there is a sentence for key.
func (w *Words) Has(key string) bool { _, ok := w.text[key]; return ok }

// T is the sentence for key, with each {name} replaced by the value that
// follows the name in pairs. A missing key shows itself as ⟨key⟩.
func (w *Words) T(key string, pairs ...any) string {
	s, ok := w.text[key]
	if !ok {
		return "⟨" + key + "⟩"
	}
	if len(pairs) == 0 {
		return s
	}
	replace := make([]string, 0, len(pairs))
	for i := 0; i+1 < len(pairs); i += 2 {
		replace = append(replace, "{"+fmt.Sprint(pairs[i])+"}", fmt.Sprint(pairs[i+1]))
	}
	return strings.NewReplacer(replace...).Replace(s)
}

// Method names a way to pay where there is little room, as in tables: the
// channel's name, or the wallet's and how it is reached where one channel takes
// several wallets.
func (w *Words) Method(channel, wallet string) string {
	if ofItself(channel, wallet) {
		return w.T("channel." + channel)
	}
	return w.T("wallet."+wallet) + " " + w.T("channel."+channel+".short")
}

// Through is Method in full, as receipts and details have it: 微信（云支付）.
func (w *Words) Through(channel, wallet string) string {
	if ofItself(channel, wallet) {
		return w.T("channel." + channel)
	}
	return w.T("wallet.through", "wallet", w.T("wallet."+wallet), "channel", w.T("channel."+channel))
}

// Wallet names what somebody pays with, which is what sentences for cashier and
// customer speak of: WeChat stays WeChat, whichever channel takes it.
func (w *Words) Wallet(channel, wallet string) string {
	if ofItself(channel, wallet) {
		return w.T("channel." + channel)
	}
	return w.T("wallet." + wallet)
}

// ofItself reports a channel that is the wallet's own, or cash.
func ofItself(channel, wallet string) bool { return wallet == "" || wallet == channel }

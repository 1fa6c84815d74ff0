package payment_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"frontdesk/assets/lang"
	"frontdesk/payment"
)

// A reason that is missing from payment.Reasons would have no sentence, and no
// other test would notice: so the list is compared with the source.
func TestReasonsListsEveryReason(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "reason.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	declared := map[payment.Reason]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || !strings.HasPrefix(spec.Names[0].Name, "Reason") || len(spec.Values) != 1 {
			return true
		}
		if literal, ok := spec.Values[0].(*ast.BasicLit); ok {
			value, err := strconv.Unquote(literal.Value)
			if err != nil {
				t.Fatal(err)
			}
			declared[payment.Reason(value)] = true
		}
		return true
	})
	delete(declared, payment.ReasonNone)
	if len(declared) < 20 {
		t.Fatalf("only %d reasons were found in the source: the test reads it wrongly", len(declared))
	}
	for _, r := range payment.Reasons {
		if !declared[r] {
			t.Errorf("%q is listed twice or not declared", r)
		}
		delete(declared, r)
	}
	for r := range declared {
		t.Errorf("%q is declared and not listed", r)
	}
}

func TestEveryReasonHasItsSentences(t *testing.T) {
	for _, language := range []lang.Language{lang.Chinese, lang.English} {
		words := lang.Load(language)
		for _, reason := range payment.Reasons {
			for _, part := range []string{"what", "do"} {
				key := "reason." + string(reason) + "." + part
				if !words.Has(key) {
					t.Errorf("%s: no sentence for %s", language, key)
					continue
				}
				sentence := words.T(key, "channel", words.T("channel.alipay"))
				if strings.ContainsAny(sentence, "{}⟨⟩") {
					t.Errorf("%s: %s has a placeholder that nobody fills: %s", language, key, sentence)
				}
				if language == lang.Chinese && hanzi(sentence) > 40 {
					t.Errorf("%s is longer than a cashier reads: %s", key, sentence)
				}
				if !strings.HasSuffix(sentence, "。") && !strings.HasSuffix(sentence, ".") {
					t.Errorf("%s: %s is no whole sentence: %s", language, key, sentence)
				}
			}
		}
	}
}

// Where the sentence says whether to try again, it says the same as the code.
func TestSentencesAgreeWithMayRetry(t *testing.T) {
	zh, en := lang.Load(lang.Chinese), lang.Load(lang.English)
	for _, reason := range payment.Reasons {
		key := "reason." + string(reason) + ".do"
		if promised := strings.Contains(zh.T(key), "可以重试") || strings.Contains(zh.T(key), "可以重新收款"); promised != reason.MayRetry() {
			t.Errorf("%s says %q, and MayRetry is %v", key, zh.T(key), reason.MayRetry())
		}
		if promised := strings.Contains(en.T(key), "You may"); promised != reason.MayRetry() {
			t.Errorf("%s says %q, and MayRetry is %v", key, en.T(key), reason.MayRetry())
		}
	}
}

func hanzi(s string) (n int) {
	for _, r := range s {
		if unicode.Is(unicode.Han, r) {
			n++
		}
	}
	return n
}

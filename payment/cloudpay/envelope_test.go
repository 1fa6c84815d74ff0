package cloudpay

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
)

var testKey = []byte("0123456789abcdef0123456789abcdef")

// signKey is made once for the whole run: RSA keys are slow to make.
var signKey = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
})

func TestTheCodeIsHMACInCapitalHexWithTheKeyAsItIsWritten(t *testing.T) {
	const want = "206A119F7251A35B64E11DCD609BFC271429BE8BED2FF722AA6E79B95ECE2DD5"
	if got := codeOf(testKey, `{"nonce_str":"416492026bb84091bd2e7d74a9019ad6"}`); got != want {
		t.Errorf("authen_code %s, want %s", got, want)
	}
}

func TestARequestIsAuthenticatedOverTheTextThatItCarries(t *testing.T) {
	raw, err := seal(map[string]string{"body": `茶 & <cake> "hot"`, "nonce_str": "n"}, testKey, nil)
	if err != nil {
		t.Fatal(err)
	}
	var e envelope
	if err := json.Unmarshal(raw, &e); err != nil {
		t.Fatal(err)
	}
	switch {
	case e.AuthenInfo.S != nil:
		t.Error("it is signed too")
	case e.AuthenInfo.A == nil || e.AuthenInfo.A.Type != 1 || e.AuthenInfo.A.Code != codeOf(testKey, e.RequestContent):
		t.Errorf("authen_info %+v does not fit %s", e.AuthenInfo.A, e.RequestContent)
	}
	var inner map[string]string
	if err := json.Unmarshal([]byte(e.RequestContent), &inner); err != nil || inner["body"] != `茶 & <cake> "hot"` {
		t.Errorf("the content became %v, %v", inner, err)
	}
}

// The platform's sample salts with as much as fits. A verifier that finds the
// length by itself takes it, and so does one that is told 222 bytes; one that
// expects a hash's length, which is Go's and many others' default, does not.
func TestASignatureHasTheMostSaltThatFits(t *testing.T) {
	raw, err := seal(map[string]string{"nonce_str": "n"}, testKey, signKey())
	if err != nil {
		t.Fatal(err)
	}
	var e envelope
	if err := json.Unmarshal(raw, &e); err != nil {
		t.Fatal(err)
	}
	if e.AuthenInfo.A != nil || e.AuthenInfo.S == nil || e.AuthenInfo.S.Type != 1 {
		t.Fatalf("authen_info of a signed request: %s", raw)
	}
	if !strings.Contains(string(raw), `"s":{"sign_type":1,"sign":"`) {
		t.Errorf("the names of the signature: %s", raw)
	}
	sign, err := base64.StdEncoding.DecodeString(e.AuthenInfo.S.Sign)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(e.RequestContent))
	for length, fits := range map[int]bool{rsa.PSSSaltLengthAuto: true, 222: true, 32: false} {
		err := rsa.VerifyPSS(&signKey().PublicKey, crypto.SHA256, sum[:], sign, &rsa.PSSOptions{SaltLength: length})
		if (err == nil) != fits {
			t.Errorf("salt of %d bytes: %v", length, err)
		}
	}
}

func answerOf(content, code string) []byte {
	raw, err := json.Marshal(map[string]any{
		"response_content": content, "authen_info": map[string]any{"a": map[string]any{"authen_type": 1, "authen_code": code}},
	})
	if err != nil {
		panic(err)
	}
	return raw
}

// The exact text counts: with its escapes, its spaces, and the order of its
// fields. Made again out of what was parsed it would be another one.
func TestAnAnswerIsVerifiedOverItsExactText(t *testing.T) {
	for _, content := range []string{
		`{"status":0,"description":"\u64CD\u4F5C\u6210\u529F\u3002","log_id":1,"internal_status":0}`,
		`{"status":0,"scan_code_pay":{"code_url":"weixin:\/\/wxpay\/bizpayurl?pr=3oi3IB6"}}`,
		"{ \"status\" : 0 ,\n\t\"description\":\"操作成功。\" }",
		`{"status":0,"status":0}`,
		`{"status":"0"}`,
	} {
		got, err := unseal(answerOf(content, codeOf(testKey, content)), testKey)
		if err != nil {
			t.Errorf("%s: %v", content, err)
		}
		if _, ok := got.number("status"); !ok {
			t.Errorf("%s: no status", content)
		}
		if got, err := unseal(answerOf(content, strings.ToLower(codeOf(testKey, content))), testKey); err != nil || got == nil {
			t.Errorf("%s: a code in small letters is %v", content, err)
		}
	}
}

func TestNothingIsReadOfAnAnswerThatDoesNotFit(t *testing.T) {
	const content = `{"status":0,"internal_status":0}`
	right := codeOf(testKey, content)
	withCode := func(code string) []byte { return answerOf(content, code) }
	tests := map[string]struct {
		body []byte
		want error
	}{
		"another key":                {withCode(codeOf([]byte(strings.Repeat("0", 32)), content)), errSignature},
		"a digit changed":            {withCode("0" + right[1:]), errSignature},
		"half a code":                {withCode(right[:32]), errSignature},
		"a code and more":            {withCode(right + "00"), errSignature},
		"a code that is no hex":      {withCode(strings.Repeat("Z", 64)), errSignature},
		"another text":               {answerOf(`{"status":0,"internal_status":1}`, right), errSignature},
		"the same with a space":      {answerOf(content+" ", right), errSignature},
		"broken inside":              {answerOf(`{"status":0`, codeOf(testKey, `{"status":0`)), errNoAnswer},
		"no status":                  {answerOf(`{"state":0}`, codeOf(testKey, `{"state":0}`)), errNoAnswer},
		"a status that is no number": {answerOf(`{"status":null}`, codeOf(testKey, `{"status":null}`)), errNoAnswer},
		"not an object":              {answerOf(`[]`, codeOf(testKey, `[]`)), errNoAnswer},
		"somebody else's":            {[]byte(`{"ok":true}`), errNoAnswer},
		"a page":                     {[]byte(`<html>Welcome</html>`), errNoAnswer},
		"an object for the text":     {[]byte(`{"response_content":{"status":0}}`), errNoAnswer},
		"nothing":                    {nil, errNoAnswer},
	}
	for name, tt := range tests {
		if got, err := unseal(tt.body, testKey); !errors.Is(err, tt.want) || got != nil {
			t.Errorf("%s: %v, %v; want %v", name, got, err, tt.want)
		}
	}
}

// 3 and 101 come without a code. Their numbers are there for the log, and they
// are no answer.
func TestAnAnswerWithoutACodeIsThereForItsNumbersOnly(t *testing.T) {
	const content = `{"status":101,"description":"参数authen_code错误.","log_id":1912969760,"internal_status":7}`
	for _, body := range []string{
		fmt.Sprintf(`{"response_content":%q}`, content),
		fmt.Sprintf(`{"response_content":%q,"authen_info":null}`, content),
		fmt.Sprintf(`{"response_content":%q,"authen_info":{}}`, content),
		fmt.Sprintf(`{"response_content":%q,"authen_info":{"a":{"authen_type":1}}}`, content),
		fmt.Sprintf(`{"response_content":%q,"authen_info":{"a":{"authen_type":1,"authen_code":""}}}`, content),
	} {
		got, err := unseal([]byte(body), testKey)
		if !errors.Is(err, errUnsigned) {
			t.Errorf("%s: %v", body, err)
		}
		if code := (reply{content: got, err: err}).codeForSupport(); code != "101/7" {
			t.Errorf("%s: code %q", body, code)
		}
	}
}

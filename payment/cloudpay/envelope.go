package cloudpay

import (
	"crypto"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// The one kind of authentication and the one kind of signature.
const (
	typeHMACSHA256 = 1
	typePSSSHA256  = 1
)

var (
	errUnsigned  = errors.New("the answer is not authenticated")
	errSignature = errors.New("the answer's authentication does not fit the key")
	errNoAnswer  = errors.New("the answer is not Cloud Pay's")
)

// envelope is a request on the wire. The content is JSON in a string, so that
// both sides authenticate the same bytes.
type envelope struct {
	AuthenInfo     authenInfo `json:"authen_info"`
	RequestContent string     `json:"request_content"`
}

type authenInfo struct {
	A *authenCode `json:"a,omitempty"`
	S *signature  `json:"s,omitempty"`
}

type authenCode struct {
	Type int    `json:"authen_type"`
	Code string `json:"authen_code"`
}

type signature struct {
	Type int    `json:"sign_type"`
	Sign string `json:"sign"`
}

// seal puts a content into its envelope. With signer it is signed in the place
// of the authentication: the documents that know signatures allow one of both.
func seal(content any, key []byte, signer *rsa.PrivateKey) ([]byte, error) {
	text, err := json.Marshal(content)
	if err != nil {
		return nil, err
	}
	e := envelope{RequestContent: string(text)}
	if signer == nil {
		e.AuthenInfo.A = &authenCode{typeHMACSHA256, codeOf(key, e.RequestContent)}
		return json.Marshal(e)
	}
	sign, err := signatureOf(signer, e.RequestContent)
	if err != nil {
		return nil, err
	}
	e.AuthenInfo.S = &signature{typePSSSHA256, sign}
	return json.Marshal(e)
}

// codeOf authenticates a text: HMAC-SHA256 in capital hex. The key is its 32
// characters as they are, also where they look like hex.
func codeOf(key []byte, text string) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	return strings.ToUpper(hex.EncodeToString(mac.Sum(nil)))
}

// signatureOf signs a text: RSASSA-PSS with SHA-256 and as much salt as fits, as
// the platform's own sample does (222 bytes with a key of 2048 bits).
func signatureOf(key *rsa.PrivateKey, text string) (string, error) {
	sum := sha256.Sum256([]byte(text))
	raw, err := rsa.SignPSS(rand.Reader, key, crypto.SHA256, sum[:], &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthAuto, Hash: crypto.SHA256})
	if err != nil {
		return "", fmt.Errorf("sign: %w", err)
	}
	return base64.StdEncoding.EncodeToString(raw), nil
}

// unseal takes an answer out of its envelope. The content is verified as the text
// that it was, before anybody reads it: made again out of what was parsed, it
// would have other escapes. err is nil only when the authentication fits. With
// errUnsigned the content is there for its codes, with any other error it is nil.
func unseal(body, key []byte) (object, error) {
	var e struct {
		Content *string         `json:"response_content"`
		Authen  json.RawMessage `json:"authen_info"`
	}
	if err := json.Unmarshal(body, &e); err != nil {
		return nil, fmt.Errorf("%w: %w", errNoAnswer, err)
	}
	if e.Content == nil {
		return nil, errNoAnswer
	}
	code := parseObject(e.Authen).object("a").text("authen_code")
	if code != "" && !fits(key, *e.Content, code) {
		return nil, errSignature
	}
	content := parseObject([]byte(*e.Content))
	if _, ok := content.number("status"); !ok {
		return nil, errNoAnswer
	}
	if code == "" {
		return content, errUnsigned
	}
	return content, nil
}

// fits compares in constant time: whoever measures must not learn how many
// digits of a guess were right.
func fits(key []byte, text, code string) bool {
	return hmac.Equal([]byte(codeOf(key, text)), []byte(strings.ToUpper(code)))
}

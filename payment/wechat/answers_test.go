package wechat_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// signer says how an answer of v3 is signed.
type signer struct {
	key    *rsa.PrivateKey
	serial string
	off    time.Duration // the time in the signature
}

func byWeChat() signer { return signer{key: keys().platform.key, serial: keyID} }

// headers signs body as WeChat does.
func (s signer) headers(h http.Header, body string) {
	stamp, nonce := strconv.FormatInt(time.Now().Add(s.off).Unix(), 10), rand.Text()
	sum := sha256.Sum256([]byte(stamp + "\n" + nonce + "\n" + body + "\n"))
	signature, err := rsa.SignPKCS1v15(nil, s.key, crypto.SHA256, sum[:])
	if err != nil {
		panic(err)
	}
	h.Set("Wechatpay-Timestamp", stamp)
	h.Set("Wechatpay-Nonce", nonce)
	h.Set("Wechatpay-Serial", s.serial)
	h.Set("Wechatpay-Signature", base64.StdEncoding.EncodeToString(signature))
}

// says answers with a status and a body, signed.
func says(status int, body string) answer {
	return func(w http.ResponseWriter, _ request) {
		byWeChat().headers(w.Header(), body)
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

// unsigned answers the same without a signature.
func unsigned(status int, body string) answer {
	return func(w http.ResponseWriter, _ request) {
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

// saysV2 answers with fields of v2, signed.
func saysV2(pairs ...string) answer {
	return func(w http.ResponseWriter, _ request) { io.WriteString(w, xmlOf(signedFields(pairs...))) }
}

// signedFields are the fields of an answer of v2: pairs of name and value, with
// what every answer has.
func signedFields(pairs ...string) map[string]string {
	fields := map[string]string{"return_code": "SUCCESS", "result_code": "SUCCESS", "appid": spAppID, "mch_id": spMchID, "sub_mch_id": subMchID, "nonce_str": "5K8264ILTKCH16CQ"}
	for i := 0; i < len(pairs); i += 2 {
		fields[pairs[i]] = pairs[i+1]
	}
	fields["sign"] = signV2(fields, v2Key)
	return fields
}

func xmlOf(fields map[string]string) string {
	var b strings.Builder
	b.WriteString("<xml>\n")
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		fmt.Fprintf(&b, "  <%[1]s><![CDATA[%[2]s]]></%[1]s>\n", name, fields[name])
	}
	return b.String() + "</xml>"
}

// script answers each call in turn from its own list; the last one repeats.
func script(t *testing.T, lists map[string][]answer) answer {
	var mu sync.Mutex
	return func(w http.ResponseWriter, r request) {
		mu.Lock()
		list := lists[r.Call]
		if len(list) == 0 {
			mu.Unlock()
			t.Errorf("nobody expected %s", r.Call)
			return
		}
		next := list[0]
		if len(list) > 1 {
			lists[r.Call] = list[1:]
		}
		mu.Unlock()
		next(w, r)
	}
}

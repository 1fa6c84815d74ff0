package wechat_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"frontdesk/payment/wechat"
	"frontdesk/payment/wire"
	"frontdesk/payment/wire/wiretest"
)

// The file has no signature. What is not the text that was signed for gives no
// line, and no error and no log says the address.
func TestAFileThatIsNotTheBill(t *testing.T) {
	good, whole := billOf(billDay), packed(billOf(billDay))
	other := strings.Replace(good, "128.50", "128.51", 1)
	tests := map[string]answer{
		"another text":            file(packed(other)),
		"another text, unpacked":  file(other),
		"nothing":                 file(""),
		"nothing, packed":         file(packed("")),
		"half of it":              file(whole[:len(whole)/2]),
		"the end is missing":      file(whole[:len(whole)-1]),
		"more behind it":          file(whole + "x"),
		"it twice":                file(whole + whole),
		"a byte was turned":       file(whole[:60] + string(whole[60]^1) + whole[61:]),
		"only the mark of a zip":  file("\x1f\x8b"),
		"a zip in a zip":          file(packed(whole)),
		"a page":                  file("<html>"),
		"a refusal":               says(403, `{"code":"NO_AUTH"}`),
		"a refusal, as a success": says(200, `{"code":"NO_AUTH"}`),
		"trouble":                 says(500, systemError),
		"broken off":              brokenOff,
		"sent elsewhere": func(w http.ResponseWriter, _ request) {
			w.Header().Set("Location", billURL)
			w.WriteHeader(http.StatusFound)
		},
		"cut on its way": func(w http.ResponseWriter, _ request) {
			w.Header().Set("Content-Length", strconv.Itoa(len(whole)))
			io.WriteString(w, whole[:len(whole)-9])
		},
	}
	for name, sends := range tests {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			g := newGateway(t, script(t, map[string][]answer{"bill": {says(200, billAt(billDay, billURL))}, "bill file": {sends}}))
			g.Config.ErrorLog = wiretest.Quiet()
			lines, err := biller(t, g, &log).Bill(t.Context(), billDay)
			if got := told(lines, err); got != "unknown" || g.calls() != "bill, bill file" {
				t.Fatalf("%s after %s", got, g.calls())
			}
			for where, text := range map[string]string{"error": err.Error(), "log": log.String()} {
				if strings.Contains(text, billToken[:20]) || !strings.Contains(text, "2026-11-21") {
					t.Errorf("the %s: %s", where, text)
				}
			}
		})
	}
}

// A packed file that becomes very large is not unpacked to its end, and one that
// never ends is not read to its end.
func TestAnEnormousFile(t *testing.T) {
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	for range wire.MaxFile>>20 + 1 {
		z.Write(make([]byte, 1<<20))
	}
	z.Close()
	var endless wiretest.Endless
	for name, sends := range map[string]answer{
		"a bomb":     file(bomb.String()),
		"an endless": func(w http.ResponseWriter, _ request) { endless.ServeHTTP(w, nil) },
	} {
		g := newGateway(t, script(t, map[string][]answer{"bill": {says(200, billAt(billDay, billURL))}, "bill file": {sends}}))
		if _, err := biller(t, g, nil).Bill(t.Context(), billDay); !errors.Is(err, wire.ErrTooLong) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The file is fetched at the address that the shop has set, and only when it is
// WeChat that has it.
func TestWhereTheFileMayBe(t *testing.T) {
	const path = "/v3/billdownload/file?token=x"
	g := newGateway(t, nil)
	for url, fetched := range map[string]bool{
		wechat.ProductionGateway + path:                     true,
		wechat.BackupGateway + path:                         true,
		g.URL + path:                                        true,
		"https://api.mch.weixin.qq.com.evil.example" + path: false,
		"https://api.mch.weixin.qq.com@evil.example" + path: false,
		"https://x:y@api.mch.weixin.qq.com" + path:          false,
		"https://evil.example" + path:                       false,
		"http://api.mch.weixin.qq.com" + path:               false,
		"//api.mch.weixin.qq.com" + path:                    false,
		path:                                                false,
		"":                                                  false,
		"https:" + path:                                     false,
		"%zz":                                               false,
		wechat.ProductionGateway + "/v3/billdownload/file":           false,
		wechat.ProductionGateway + "/v3/billdownload/file?token=":    false,
		wechat.ProductionGateway + path + "#x":                       false,
		wechat.ProductionGateway + "/v3/billdownload/../pay?token=x": false,
		wechat.ProductionGateway + "/v3/billdownload/%2e?token=x":    false,
		wechat.ProductionGateway + "/v3/refund/domestic?token=x":     false,
	} {
		g.got = wiretest.Requests[request]{}
		g.answer = script(t, map[string][]answer{"bill": {says(200, billAt(billDay, url))}, "bill file": {file(billOf(billDay))}})
		want, calls := "unknown", "bill"
		if fetched {
			want, calls = "told 3", "bill, bill file"
		}
		outside.Take()
		if got := told(biller(t, g, nil).Bill(t.Context(), billDay)); got != want || g.calls() != calls {
			t.Errorf("%s: %s after %s", url, got, g.calls())
		}
		if left := outside.Take(); len(left) > 0 {
			t.Errorf("%s: a request wanted to go to %q", url, left)
		}
	}
}

func TestAHashThatIsNone(t *testing.T) {
	for _, where := range []string{
		strings.Replace(billAt(billDay, billURL), "SHA1", "MD5", 1),
		`{"hash_type":"SHA1","download_url":"` + billURL + `"}`,
		`{"hash_type":"SHA1","hash_value":null,"download_url":"` + billURL + `"}`,
		`{"hash_type":"SHA1","hash_value":"da39a3ee5e6b4b0d3255bfef95601890afd80709"}`,
	} {
		g := newGateway(t, script(t, map[string][]answer{"bill": {says(200, where)}}))
		if got := told(biller(t, g, nil).Bill(t.Context(), billDay)); got != "unknown" {
			t.Errorf("%s: %s", where, got)
		}
	}
}

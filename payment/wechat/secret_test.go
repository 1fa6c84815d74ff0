package wechat_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"frontdesk/payment/wire/wiretest"
)

// Whatever a programmer writes into a log line, the secrets are not in it.
func TestSecretsAreNeverPrinted(t *testing.T) {
	var log bytes.Buffer
	g := newGateway(t, func(w http.ResponseWriter, r request) {
		if r.Fields != nil {
			refusesV2("PARAM_ERROR", "err_code_des", "付款码 "+payCode.Raw()+" 不对")(w, r)
			return
		}
		quoted, _ := json.Marshal(r.Biz)
		body, _ := json.Marshal(map[string]any{"code": "PARAM_ERROR", "message": "参数错误：" + string(quoted), "detail": r.Biz})
		says(400, string(body))(w, r)
	})
	c := partner(g.URL)
	c.APIv3Key = "v3KEYv3KEYv3KEYv3KEYv3KEYv3KEY32"
	c.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	channel := newChannel(t, c)
	out := channel.Pay(t.Context(), payRequest())
	everything(t.Context(), channel)
	channel.Probe(t.Context())
	if !strings.Contains(log.String(), "参数错误") || !strings.Contains(log.String(), orderNo) || !strings.Contains(log.String(), depositNo) || !strings.Contains(log.String(), "13…4471") {
		t.Fatalf("the log does not say what happened:\n%s", &log)
	}

	held, asked := channel.Hold(t.Context(), holdRequest()), holdRequest()
	wiretest.KeepsSecrets(t,
		map[string]string{"the log": log.String()},
		map[string]any{"the outcome": out, "the deposit": held, "the request": asked, "the config": c, "the config's pointer": &c, "the channel": channel, "the channel by value": *channel},
		map[string]string{"private key": strings.ReplaceAll(keys().merchant.privatePEM(), "\n", "")[200:220], "v2 key": v2Key, "v3 key": c.APIv3Key,
			"pay code": payCode.Raw(), "pay code's middle": payCode.Raw()[4:12]})
	if got, want := c.String(), "wechat merchant "+spMchID+" for "+subMchID+" (app "+spAppID+")"; got != want {
		t.Errorf("the configuration is printed as %q, want %q", got, want)
	}
	if got, want := config("").String(), "wechat merchant "+mchID+" (app "+appID+")"; got != want {
		t.Errorf("the configuration is printed as %q, want %q", got, want)
	}
}

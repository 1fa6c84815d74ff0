package main

import (
	_ "fyne.io/fyne/v2/app"
	_ "fyne.io/fyne/v2/test"
	_ "github.com/boombuler/barcode/code128"
	_ "github.com/go-gl/glfw/v3.4/glfw"
	_ "github.com/skip2/go-qrcode"
	_ "github.com/smartwalle/alipay/v3"
	_ "github.com/zalando/go-keyring"
	_ "go.bug.st/serial"
	_ "golang.org/x/image/font/opentype"
	_ "golang.org/x/term"
	_ "golang.org/x/text/encoding/simplifiedchinese"
	_ "modernc.org/sqlite"
)

func main() {}

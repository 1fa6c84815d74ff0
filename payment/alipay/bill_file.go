package alipay

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"frontdesk/payment/wire"
)

const (
	maxBillText    = wire.MaxFile // bytes of all files of a bill together, unzipped: some 200,000 rows
	maxBillMembers = 100          // two are known
)

var errAddress = errors.New("the address of the bill cannot be used") // never with the address: whoever has it has the bill

// download fetches a bill. The file carries no signature: it is as good as its
// address, which does, and as https.
func (c *Channel) download(ctx context.Context, address string) ([]byte, error) {
	u, err := billAddress(address)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, 4*c.set.requestTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, errAddress
	}
	response, err := c.files.Do(request)
	if err != nil {
		return nil, fmt.Errorf("download: %w", withoutAddress(err))
	}
	defer response.Body.Close()
	file, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, fmt.Errorf("download: %w", withoutAddress(err))
	}
	return file, nil
}

// billAddress is where a bill is fetched. The gateway still names http in many
// answers, for a machine that speaks https as well: then that is asked. Only from
// this very computer, which is the simulator, a bill comes unprotected.
func billAddress(said string) (*url.URL, error) {
	u, err := url.Parse(said)
	if err != nil || u.Hostname() == "" || u.User != nil || u.Scheme != "https" && u.Scheme != "http" {
		return nil, errAddress
	}
	var problems wire.Problems
	if u.Scheme == "http" && problems.Address(said, "", "", "") == nil {
		u.Scheme = "https"
		u.Host = strings.TrimSuffix(u.Host, ":80")
	}
	return u, nil
}

// withoutAddress is an error of net/http without the address that it was about,
// which has the token.
func withoutAddress(err error) error {
	var about *url.Error
	for errors.As(err, &about) {
		err = about.Err
	}
	return err
}

var (
	errNoTrades  = errors.New("no file in the ZIP is a bill of trades")
	errTwoBills  = errors.New("two files in the ZIP are bills of trades")
	errLongBill  = errors.New("the ZIP holds more than any bill")
	errNotZipped = errors.New("what was downloaded is no ZIP") // also what a dead address gives out
)

// billText is the one file of a downloaded ZIP that lists trades. The others
// list sums. Their names are in GBK and differ from one kind of merchant to the
// next, so what is in a file decides. All of them together may have so many bytes.
func billText(file []byte, most int) (text string, err error) {
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	switch {
	case err != nil:
		return "", fmt.Errorf("%w: %w", errNotZipped, err)
	case len(z.File) > maxBillMembers:
		return "", errLongBill
	}
	found, left := false, most
	for i, member := range z.File {
		raw, err := unzip(member, left)
		if err != nil {
			return "", fmt.Errorf("file %d of the ZIP: %w", i+1, err)
		}
		left -= len(raw)
		inside := decode(raw)
		if !listsTrades(inside) {
			continue
		}
		if found {
			return "", errTwoBills
		}
		found, text = true, inside
	}
	if !found {
		return "", errNoTrades
	}
	return text, nil
}

// unzip is what a member holds, at most so many bytes. It reads on to the end,
// where the checksum is.
func unzip(member *zip.File, most int) ([]byte, error) {
	r, err := member.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	raw, err := io.ReadAll(io.LimitReader(r, int64(most)+1))
	switch {
	case err != nil:
		return nil, err
	case len(raw) > most:
		return nil, errLongBill
	}
	return raw, nil
}

// decode reads GBK, which is what bills are written in, or UTF-8. A byte that is
// no character becomes U+FFFD, and swallows no comma behind it.
func decode(raw []byte) string {
	if utf8.Valid(raw) {
		return strings.TrimPrefix(string(raw), "\uFEFF")
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw)
	if err != nil {
		return ""
	}
	return string(text)
}

package wechat

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha1" // what WeChat signs; it is no secret that hangs on it
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"frontdesk/payment/wire"
)

// billFile is a bill that waits to be fetched.
type billFile struct {
	address string // with a token in it, which is in no log and no error
	sha1    string // of the file when it is unpacked, hexadecimal
}

var (
	errElsewhere = errors.New("the bill's file is not at WeChat's address")
	errHash      = errors.New("the bill's file is not the one that WeChat signed for")
	errPacked    = errors.New("the bill's file cannot be unpacked")
)

// filePath are the two paths that the documents show.
var filePath = regexp.MustCompile(`^/v3/bill(download)?/[a-z]+$`)

// fileAddress is where a file is fetched. Whatever host WeChat names, the request
// goes to the gateway that is set, as every other: its signature and the token go
// nowhere else, and a shop that uses the backup address or an address of its own
// has a reason to. An address that is nobody's of WeChat's is refused.
func (c *Channel) fileAddress(text string) (string, error) {
	u, err := url.Parse(text)
	if err != nil || u.User != nil || u.Opaque != "" || u.Fragment != "" || !filePath.MatchString(u.EscapedPath()) || u.Query().Get("token") == "" {
		return "", errElsewhere
	}
	if host := u.Scheme + "://" + u.Host; !slices.Contains([]string{c.set.gateway, ProductionGateway, BackupGateway}, host) {
		return "", errElsewhere
	}
	return c.set.gateway + u.RequestURI(), nil
}

// download fetches a file. Its answer has no signature: what vouches for it is
// the hash, which was signed.
func (c *Channel) download(ctx context.Context, file billFile) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, fileTimeouts*c.set.requestTimeout)
	defer cancel()
	result, err := c.files.Get(ctx, file.address)
	if err != nil {
		return nil, fmt.Errorf("the bill's file: %w", withoutAddress(err))
	}
	raw, err := io.ReadAll(result.Response.Body)
	if err != nil {
		return nil, fmt.Errorf("the bill's file: %w", err)
	}
	if raw, err = unpack(raw); err != nil {
		return nil, err
	}
	if sum := sha1.Sum(raw); !strings.EqualFold(hex.EncodeToString(sum[:]), file.sha1) {
		return nil, errHash
	}
	return raw, nil
}

// fileTimeouts is how many times the deadline of a request a file may take.
const fileTimeouts = 4

// withoutAddress is an error of a request without its address.
func withoutAddress(err error) error {
	var about *url.Error
	if errors.As(err, &about) {
		return about.Err
	}
	return err
}

// unpack unzips a file up to wire.MaxFile. One that is not packed (WeChat, or
// something on the way, may have unpacked it) is returned as it is.
func unpack(raw []byte) ([]byte, error) {
	if !bytes.HasPrefix(raw, []byte{0x1f, 0x8b}) {
		return raw, nil
	}
	packed, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errPacked, err)
	}
	text, err := io.ReadAll(io.LimitReader(packed, wire.MaxFile+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", errPacked, err)
	case len(text) > wire.MaxFile:
		return nil, wire.ErrTooLong
	}
	return text, nil
}

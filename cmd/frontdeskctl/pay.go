package main

import (
	"bufio"
	"crypto/rand"
	"errors"
	"io"
	"strings"

	"frontdesk/app"
)

// pay charges a scanned code and waits for the end.
func (c *call) pay() error {
	code, err := c.code()
	if err != nil {
		return err
	}
	// What an earlier run left open is taken up again meanwhile.
	if _, err := c.shop.Till.Start(c.ctx); err != nil {
		return err
	}
	p, err := c.shop.Till.PayByCode(c.ctx, c.charge(), code)
	if err != nil {
		return c.setUp(err)
	}
	if p, err = c.follow(p); err != nil {
		return err
	}
	return c.finish(p)
}

// charge is what is to be paid: one run of the program is one sale.
func (c *call) charge() app.Charge {
	return app.Charge{Draft: rand.Text(), Amount: c.amount("amount"), Remark: c.flags["remark"]}
}

// code is the pay code: the flag, or with "-" the first line of standard input,
// which no list of processes shows.
func (c *call) code() (string, error) {
	if c.flags["code"] != "-" {
		return c.flags["code"], nil
	}
	text, err := bufio.NewReader(io.LimitReader(c.Stdin, 1024)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	return strings.TrimSpace(text), nil
}

package main

import (
	"errors"
	"path/filepath"

	"frontdesk/cmd/internal/shop"
	"frontdesk/data"
)

// restore puts a backup in the place of the ledger, which is kept beside it.
func (c *call) restore() error {
	file, err := filepath.Abs(c.args[0])
	if err != nil {
		return err
	}
	replaced, err := shop.Restore(c.ctx, c.shopOptions(), file, c.flags["adopt"] != "")
	if errors.Is(err, data.ErrKey) {
		return &failure{code: exitOther, kind: string(data.KindKey), key: "ctl.restore_key", cause: err}
	}
	if err != nil {
		return err
	}
	result := struct {
		File     string `json:"file"`
		Replaced string `json:"replaced"` // where the old ledger is now; empty when there was none
	}{file, replaced}
	return c.tell(result, func() {
		c.println(c.t("ctl.restored", "file", file))
		if replaced != "" {
			c.println(c.t("ctl.replaced", "file", replaced))
		}
		c.println(c.t("ctl.restored_next"))
	})
}

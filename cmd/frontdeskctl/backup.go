package main

import (
	"os"
	"path/filepath"
)

// backup copies the ledger to a new file. Sales go on meanwhile.
func (c *call) backup() error {
	file, err := filepath.Abs(c.args[0])
	if err != nil {
		return err
	}
	if err := c.shop.Ledger.Backup(c.ctx, file); err != nil {
		return err
	}
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	result := struct {
		File  string `json:"file"`
		Bytes int64  `json:"bytes"`
	}{file, info.Size()}
	return c.tell(result, func() { c.println(c.t("ctl.backed_up", "file", file, "bytes", info.Size())) })
}

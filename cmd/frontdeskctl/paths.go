package main

import "frontdesk/cmd/internal/shop"

// paths says where everything lies. It opens nothing, so it works when nothing
// else does.
func (c *call) paths() error {
	p := shop.PathsOf(c.dir)
	result := struct {
		Data      string `json:"data"`
		Ledger    string `json:"ledger"`
		Logs      string `json:"logs"`
		Backups   string `json:"backups"`
		Prints    string `json:"prints"`
		Simulator string `json:"simulator"`
	}{p.Dir, p.Ledger, p.Logs, p.Backups, p.Prints, p.Sim}
	return c.tell(result, func() {
		c.pairs([][2]string{
			{c.t("ctl.path.data"), p.Dir}, {c.t("ctl.path.ledger"), p.Ledger}, {c.t("ctl.path.logs"), p.Logs},
			{c.t("ctl.path.backups"), p.Backups}, {c.t("ctl.path.prints"), p.Prints}, {c.t("ctl.path.simulator"), p.Sim},
		})
	})
}

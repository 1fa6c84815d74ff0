package main

// cash books a cash payment and says the change.
func (c *call) cash() error {
	p, err := c.shop.Till.TakeCash(c.ctx, c.charge(), c.amount("received"))
	if err != nil {
		return err
	}
	return c.finish(p)
}

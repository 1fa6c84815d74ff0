package main

// cash books a cash payment and says the change.
func (c *call) cash() error {
	charge, err := c.charge()
	if err != nil {
		return err
	}
	received, err := c.amount("received")
	if err != nil {
		return err
	}
	p, err := c.shop.Till.TakeCash(c.ctx, charge, received)
	if err != nil {
		return err
	}
	return c.finish(p)
}

package till

// openQuick opens the quick amounts that have no key of their own.
func (s *Screen) openQuick() {}

package atomicfile

// SyncFolder does nothing: Windows writes the names of a folder by itself and
// lets no program ask for it.
func SyncFolder(string) error { return nil }

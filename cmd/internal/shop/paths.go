package shop

import (
	"os"
	"path/filepath"
	"runtime"
)

// Paths are the places in one data folder. Support asks for the folder and has
// everything.
type Paths struct {
	Dir     string // the data folder itself
	Ledger  string // the SQLite file
	Logs    string // folder of the program's logs
	Backups string // folder of the backups made by the program
	Prints  string // folder of the virtual printer's pictures
	Sim     string // folder of practice mode's payment simulator
}

// PathsOf names the places in dir.
func PathsOf(dir string) Paths {
	return Paths{
		Dir:     dir,
		Ledger:  filepath.Join(dir, "ledger.db"),
		Logs:    filepath.Join(dir, "logs"),
		Backups: filepath.Join(dir, "backups"),
		Prints:  filepath.Join(dir, "prints"),
		Sim:     filepath.Join(dir, "simulator"),
	}
}

// DefaultDir is where the data lie unless the caller says otherwise: the
// system's place for a user's application data, and beside it another folder
// for practice mode, so that practice and real money never mix.
func DefaultDir(practice bool) (string, error) {
	base, err := dataHome()
	if err != nil {
		return "", err
	}
	name := "frontdesk"
	if practice {
		name = "frontdesk-practice"
	}
	return filepath.Join(base, name), nil
}

func dataHome() (string, error) {
	switch runtime.GOOS {
	case "windows":
		if dir := os.Getenv("LOCALAPPDATA"); dir != "" {
			return dir, nil
		}
	case "darwin":
		home, err := os.UserHomeDir()
		return filepath.Join(home, "Library", "Application Support"), err
	default:
		if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
			return dir, nil
		}
		home, err := os.UserHomeDir()
		return filepath.Join(home, ".local", "share"), err
	}
	return os.UserConfigDir()
}

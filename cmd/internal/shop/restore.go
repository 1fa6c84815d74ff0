package shop

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"frontdesk/data"
)

// Restore puts a backup in the place of the ledger of o.Dir, which no program
// may have open. replaced is where the old ledger now is; "" when there was
// none. adopt goes on although the backup's journal belongs to another
// computer, where data.ErrKey would end it.
func Restore(ctx context.Context, o Options, file string, adopt bool) (replaced string, err error) {
	lock, err := data.LockFolder(o.Dir)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, lock.Unlock()) }()
	_, key, err := OpenVault(o)
	if err != nil {
		return "", err
	}
	ledger := PathsOf(o.Dir).Ledger
	before, err := replacedLedgers(ledger)
	if err != nil {
		return "", err
	}
	if err := data.Restore(ctx, file, ledger, data.Options{Key: key, Till: till, AdoptKey: adopt}); err != nil {
		return "", err
	}
	after, err := replacedLedgers(ledger)
	for _, name := range after {
		// The file itself has the shortest of the new names; its log, where it
		// could not be folded in, has a tail.
		if !slices.Contains(before, name) && (replaced == "" || len(name) < len(replaced)) {
			replaced = name
		}
	}
	return replaced, err
}

// replacedLedgers are the files that earlier restores have put aside.
func replacedLedgers(ledger string) (names []string, err error) {
	entries, err := os.ReadDir(filepath.Dir(ledger))
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), filepath.Base(ledger)+".replaced-") {
			names = append(names, filepath.Join(filepath.Dir(ledger), e.Name()))
		}
	}
	return names, err
}

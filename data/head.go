package data

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"frontdesk/data/atomicfile"
)

// A headNote is the end of the journal as noted outside of the ledger. The
// ledger alone cannot show that its newest rows were cut off by someone who
// also put an older copy of its own note back; a file in another place can. It
// may lag behind the ledger, and is never ahead of it.
type headNote struct {
	Seq  int64  `json:"seq"`
	Hash string `json:"hash"` // hex
	Seal string `json:"seal"` // hex, sealOf
}

func newHeadNote(key []byte, seq int64, hash []byte) headNote {
	return headNote{Seq: seq, Hash: hexHash(hash), Seal: hexHash(sealOf(key, seq, hash))}
}

func isMissing(err error) bool { return errors.Is(err, fs.ErrNotExist) }

func readHeadNote(file string) (n headNote, err error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return n, err
	}
	if err := json.Unmarshal(raw, &n); err != nil {
		return n, fmt.Errorf("the note of the journal's end cannot be read: %w", err)
	}
	return n, nil
}

// sealed reports whether the note was made with key.
func (n headNote) sealed(key []byte) bool {
	hash, err1 := hex.DecodeString(n.Hash)
	seal, err2 := hex.DecodeString(n.Seal)
	return err1 == nil && err2 == nil && bytes.Equal(seal, sealOf(key, n.Seq, hash))
}

// fault says why the journal does not go on from the note; "" when it does.
func (n headNote) fault(s source, key []byte) (string, error) {
	if !n.sealed(key) {
		return "the note outside of the ledger has a false seal", nil
	}
	hashes, err := all(s, scanBytes, "SELECT hash FROM journal WHERE seq = ?", n.Seq)
	switch {
	case err != nil:
		return "", err
	case len(hashes) == 0:
		return fmt.Sprintf("row %d, noted outside of the ledger, is not in the journal", n.Seq), nil
	case hexHash(hashes[0]) != n.Hash:
		return fmt.Sprintf("row %d is not the one that was noted outside of the ledger", n.Seq), nil
	}
	return "", nil
}

func writeHeadNote(file string, n headNote) error {
	text, err := json.Marshal(n)
	if err != nil {
		return err
	}
	return atomicfile.Replace(file, append(text, '\n'))
}

// checkHead compares the journal with the note when the ledger is opened, and
// writes down what does not fit: the next note would hide it. A note that is
// missing, cannot be read or has no true seal is lost, which may be an accident;
// a true one that the journal does not go on from means that the end of the
// journal was cut off or replaced.
func (l *Ledger) checkHead(ctx context.Context) error {
	note, err := readHeadNote(l.headFile)
	lost := err != nil || !note.sealed(l.key)
	return l.change(ctx, func(x *tx) error {
		seq, hash, err := journalEnd(x)
		if err != nil {
			return err
		}
		if lost {
			if seq == 0 {
				return nil // a new ledger
			}
			return l.journal(x, journalRow{kind: journalHeadGone, staffID: OwnerID})
		}
		fault, err := note.fault(x, l.key)
		if err != nil || fault == "" {
			return err
		}
		// A restore that was cut off at its very end has left the note of the
		// replaced ledger. Its own row, the last of the journal, tells.
		if restored, err := endsRestored(x); err != nil || restored {
			x.headSeq, x.headHash, x.journaled = seq, hash, true // note it anew
			return err
		}
		return l.journal(x, journalRow{kind: journalHeadOff, staffID: OwnerID, detail: fault})
	})
}

func endsRestored(s source) (bool, error) {
	kinds, err := all(s, scanText, "SELECT kind FROM journal ORDER BY seq DESC LIMIT 1")
	return len(kinds) == 1 && kinds[0] == journalRestored, err
}

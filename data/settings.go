package data

import (
	"context"
	"fmt"
	"strconv"

	"frontdesk/payment"
)

// OwnerID is the id of the owner, who is there from the first start.
const OwnerID = 1

// Setting is the value of a setting; ok is false when it was never set.
// Secrets are not settings: they belong into the vault.
func (l *Ledger) Setting(ctx context.Context, key string) (value string, ok bool, err error) {
	err = l.look(ctx, func(v snapshot) error {
		value, ok, err = setting(v, key)
		return err
	})
	if err != nil {
		return "", false, fmt.Errorf("read setting %s: %w", key, err)
	}
	return value, ok, nil
}

func setting(s source, key string) (value string, ok bool, err error) {
	list, err := all(s, scanText, "SELECT value FROM settings WHERE key = ?", key)
	if err != nil || len(list) == 0 {
		return "", false, err
	}
	return list[0], true, nil
}

// Settings are all settings.
func (l *Ledger) Settings(ctx context.Context) (map[string]string, error) {
	list := map[string]string{}
	err := l.look(ctx, func(v snapshot) error {
		return each(v, func(row *values) error {
			key := row.text()
			list[key] = row.text()
			return nil
		}, "SELECT key, value FROM settings")
	})
	if err != nil {
		return nil, fmt.Errorf("read settings: %w", err)
	}
	return list, nil
}

// SetSetting stores a setting. The journal notes that it changed, by its key
// alone; storing the value that is there already changes nothing.
func (l *Ledger) SetSetting(ctx context.Context, key, value string) error {
	err := l.change(ctx, func(x *tx) error {
		old, ok, err := setting(x, key)
		if err != nil || (ok && old == value) {
			return err
		}
		if err := storeSetting(x, key, value); err != nil {
			return err
		}
		return l.journal(x, journalRow{kind: journalSetting, staffID: OwnerID, detail: key})
	})
	if err != nil {
		return fmt.Errorf("set %s: %w", key, err)
	}
	return nil
}

func storeSetting(x *tx, key, value string) error {
	_, err := x.exec("INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value)
	return err
}

// restoresKey counts how often this ledger was restored from a backup.
const restoresKey = "ledger.restores"

func restoreCount(s source) (int, error) {
	text, ok, err := setting(s, restoresKey)
	if err != nil || !ok {
		return 0, err
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return 0, ErrDamaged.because("setting %s is %q", restoresKey, text)
	}
	return n, nil
}

// Owner is the one person at the till that every ledger has.
func (l *Ledger) Owner(ctx context.Context) (p Staff, err error) {
	err = l.look(ctx, func(v snapshot) error {
		p, err = staffByID(v, OwnerID)
		return err
	})
	if err != nil {
		return Staff{}, fmt.Errorf("read owner: %w", err)
	}
	return p, nil
}

func staffByID(s source, id int64) (Staff, error) {
	return one(s, scanStaff, "SELECT id, name, role FROM staff WHERE id = ?", id)
}

// staffOrOwner is the staff with this id; the owner for 0.
func staffOrOwner(s source, id int64) (Staff, error) {
	if id == 0 {
		id = OwnerID
	}
	return staffByID(s, id)
}

// RecordAct appends an act that matters to the journal: a drawer opened without
// a sale, a backup. kind is the caller's own word, not one of the ledger's;
// detail holds no secret; amount may be 0; staffID 0 is the owner.
func (l *Ledger) RecordAct(ctx context.Context, kind, detail string, amount payment.Amount, staffID int64) error {
	if kind == "" || ownKinds[kind] {
		return fmt.Errorf("record act: %w", ErrInvalid.because("kind %q", kind))
	}
	err := l.change(ctx, func(x *tx) error {
		staff, err := staffOrOwner(x, staffID)
		if err != nil {
			return err
		}
		return l.journal(x, journalRow{kind: kind, staffID: staff.ID, amount: amount, detail: detail})
	})
	if err != nil {
		return fmt.Errorf("record act: %w", err)
	}
	return nil
}

// Head is the number and the hash (hex) of the journal's last row; 0 and ""
// for an empty journal. Printed on paper, it proves later that nothing before
// it was changed.
func (l *Ledger) Head(ctx context.Context) (seq int64, hash string, err error) {
	err = l.look(ctx, func(v snapshot) error {
		var raw []byte
		seq, raw, err = journalEnd(v)
		hash = hexHash(raw)
		return err
	})
	if err != nil {
		return 0, "", fmt.Errorf("read journal head: %w", err)
	}
	return seq, hash, nil
}

package settings

import (
	"context"
	"errors"
	"maps"
	"slices"

	"frontdesk/app"
)

// values are the settings as the screen knows them: what is saved, and what a
// person changed since. Secrets are never among the saved ones, only whether
// they are there and what they look like from afar.
type values struct {
	saved   map[string]string
	secrets map[string]secret
	changed map[string]string // by key, also new secrets; an empty secret removes it
}

// secret is what may be known about one.
type secret struct {
	set         bool
	fingerprint string
}

func newValues() *values {
	return &values{saved: map[string]string{}, secrets: map[string]secret{}, changed: map[string]string{}}
}

// load reads every setting. It may take time: keychains ask for passwords.
func load(ctx context.Context, s *app.Settings) (*values, error) {
	lines, err := s.List(ctx)
	if err != nil {
		return nil, err
	}
	v := newValues()
	for _, l := range lines {
		if !l.Secret {
			v.saved[l.Key] = l.Value
			continue
		}
		known := secret{set: l.Set}
		if l.Set {
			text, err := s.Get(ctx, l.Key)
			if err != nil {
				return nil, err
			}
			known.fingerprint = fingerprint(text)
		}
		v.secrets[l.Key] = known
	}
	return v, nil
}

// get is the value as it would be after saving; empty for secrets.
func (v *values) get(key string) string {
	if _, isSecret := v.secrets[key]; isSecret {
		return ""
	}
	if text, ok := v.changed[key]; ok {
		return text
	}
	return v.saved[key]
}

// set changes a value until it is saved.
func (v *values) set(key, text string) {
	if _, isSecret := v.secrets[key]; !isSecret && v.saved[key] == text {
		delete(v.changed, key)
		return
	}
	v.changed[key] = text
}

// keep takes a change back.
func (v *values) keep(key string) { delete(v.changed, key) }

// isSet reports whether a secret will be there after saving.
func (v *values) isSet(key string) bool {
	if text, ok := v.changed[key]; ok {
		return text != ""
	}
	return v.secrets[key].set
}

// filled reports whether a setting will have a value after saving, secret or not.
func (v *values) filled(key string) bool { return v.get(key) != "" || v.isSet(key) }

// emptied reports whether a person took the value of a setting away.
func (v *values) emptied(key string) bool {
	text, changed := v.changed[key]
	return changed && text == ""
}

// dirty reports whether any of keys was changed; without keys, whether
// anything was.
func (v *values) dirty(keys ...string) bool {
	if len(keys) == 0 {
		return len(v.changed) > 0
	}
	return slices.ContainsFunc(keys, func(k string) bool { _, ok := v.changed[k]; return ok })
}

// discard takes the changes of keys back.
func (v *values) discard(keys ...string) {
	for _, k := range keys {
		delete(v.changed, k)
	}
}

// changes are the changed values of keys, for saving off the UI goroutine.
func (v *values) changes(keys []string) map[string]string {
	out := map[string]string{}
	for _, k := range keys {
		if text, ok := v.changed[k]; ok {
			out[k] = text
		}
	}
	return out
}

// store writes changes. It returns what is saved now and the errors of those
// that were refused, by key; err is one that ended the saving.
func store(ctx context.Context, s *app.Settings, changes map[string]string) (saved map[string]string, refused map[string]error, err error) {
	saved, refused = map[string]string{}, map[string]error{}
	for _, key := range slices.Sorted(maps.Keys(changes)) {
		err := s.Set(ctx, key, changes[key])
		switch {
		case errors.Is(err, app.ErrBadSetting):
			refused[key] = err
		case err != nil:
			return saved, refused, err
		case app.IsSecret(key):
			saved[key] = fingerprint(changes[key])
		default:
			if saved[key], err = s.Get(ctx, key); err != nil {
				return saved, refused, err
			}
		}
	}
	return saved, refused, nil
}

// took takes over what store saved. A value that was changed again meanwhile
// stays changed.
func (v *values) took(changes, saved map[string]string) {
	for key, now := range saved {
		if known, isSecret := v.secrets[key]; isSecret {
			known.set, known.fingerprint = changes[key] != "", now
			v.secrets[key] = known
		} else {
			v.saved[key] = now
		}
		if v.changed[key] == changes[key] {
			delete(v.changed, key)
		}
	}
}

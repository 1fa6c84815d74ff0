package app

import (
	"context"
	"sync"
	"time"
)

// watchers are the functions that want to hear of changes. The zero value is
// ready and safe for concurrent use.
type watchers[T any] struct {
	mu   sync.Mutex
	next int
	list map[int]func(T)
}

// add registers f until stop is called.
func (w *watchers[T]) add(f func(T)) (stop func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	id := w.next
	w.next++
	if w.list == nil {
		w.list = map[int]func(T){}
	}
	w.list[id] = f
	return func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(w.list, id)
	}
}

// tell calls every watcher. None is called while the lock is held, so each may
// ask the till anything.
func (w *watchers[T]) tell(change T) {
	w.mu.Lock()
	list := make([]func(T), 0, len(w.list))
	for _, f := range w.list {
		list = append(list, f)
	}
	w.mu.Unlock()
	for _, f := range list {
		f(change)
	}
}

// await blocks until look says that a thing is final, or until ctx ends, and
// returns what look saw last. It looks at once and after each change that is
// mine, so no change between two looks is missed.
func (w *watchers[T]) await(ctx context.Context, mine func(T) bool, look func() (now T, final bool, err error)) (T, error) {
	changed := make(chan struct{}, 1)
	stop := w.add(func(change T) {
		if mine(change) {
			poke(changed)
		}
	})
	defer stop()
	for {
		now, final, err := look()
		if err != nil || final {
			return now, err
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return now, nil
		}
	}
}

// poke wakes whoever waits on a channel of one place.
func poke(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// pause waits for d, or for the end of ctx; it reports whether there is to go on.
func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

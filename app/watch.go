package app

import "sync"

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

// poke wakes whoever waits on a channel of one place.
func poke(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

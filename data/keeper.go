package data

import (
	"sync"
	"time"
)

// keepEvery is how long the keeper lets work gather. What it does costs syncs
// of the disk, so it is not done for every sale.
const keepEvery = 5 * time.Second

// keeper does in the background what no customer should wait for: it notes the
// journal's end outside of the ledger, and folds the write-ahead log into the
// ledger's file. The writer would fold it by itself, but in the middle of a
// payment.
type keeper struct {
	headFile string
	key      []byte
	fold     *writer // its own connection; only ever used by the keeper

	mu   sync.Mutex
	seq  int64  // last journal row committed
	hash []byte // its hash

	writing sync.Mutex // held while the head file is written
	noted   int64      // last row in it

	wake chan struct{}
	stop chan struct{}
	once sync.Once // closes stop
	done chan struct{}
}

func startKeeper(l *Ledger) (*keeper, error) {
	fold, err := openWriter(l.path, l.now)
	if err != nil {
		return nil, err
	}
	k := &keeper{headFile: l.headFile, key: l.key, fold: fold, wake: make(chan struct{}, 1), stop: make(chan struct{}), done: make(chan struct{})}
	go k.run()
	return k, nil
}

// committed tells the keeper of a commit; seq is 0 when it had no journal row.
func (k *keeper) committed(seq int64, hash []byte) {
	k.mu.Lock()
	if seq > k.seq {
		k.seq, k.hash = seq, hash
	}
	k.mu.Unlock()
	select {
	case k.wake <- struct{}{}:
	default:
	}
}

func (k *keeper) run() {
	defer close(k.done)
	for {
		select {
		case <-k.stop:
			k.note()
			return
		case <-k.wake:
		}
		wait := time.NewTimer(keepEvery)
		select {
		case <-k.stop:
		case <-wait.C:
			// PASSIVE waits for nobody and keeps nobody waiting; what it leaves
			// undone is done the next time.
			k.fold.script("PRAGMA wal_checkpoint(PASSIVE)")
		}
		wait.Stop()
		k.note()
	}
}

// note writes the head file. A failure is not reported: the disk may be full,
// the next row tries again, and a note that lags is still true.
func (k *keeper) note() {
	k.writing.Lock()
	defer k.writing.Unlock()
	k.mu.Lock()
	seq, hash := k.seq, k.hash
	k.mu.Unlock()
	if seq != k.noted && writeHeadNote(k.headFile, newHeadNote(k.key, seq, hash)) == nil {
		k.noted = seq
	}
}

// close notes the last row and ends the keeper. A second call does nothing.
func (k *keeper) close() error {
	k.once.Do(func() { close(k.stop) })
	<-k.done
	return k.fold.close()
}

package cloudpay

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"frontdesk/payment/wire"
)

// Which host is asked:
//
//   - The one that answered last, at first the first of the list. It stays the
//     one until it fails.
//   - A host to which no connection comes about (no address, refused, no TLS) has
//     got nothing. The same bytes go to the next one, whatever they ask for.
//   - Once a connection stood, the request may have arrived. A request that moves
//     money is then over: its outcome is unknown, and the query tells it. A query
//     may go to the next host, because asking twice does no harm.
//   - After either, the way is doubtful. The next request that moves money cannot
//     be sent a second time, so before it all hosts are asked with a ping, and it
//     goes to the first that answers. When none does it is tried all the same.
type hosts struct {
	urls []string // without a slash at the end

	mu    sync.Mutex
	first int  // the one to begin with
	doubt bool // it failed, or nobody knows whether it works
}

// order is the hosts in the order in which to try them.
func (h *hosts) order() []int {
	h.mu.Lock()
	defer h.mu.Unlock()
	list := make([]int, len(h.urls))
	for i := range list {
		list[i] = (h.first + i) % len(h.urls)
	}
	return list
}

// works notes that a host answered.
func (h *hosts) works(i int) {
	h.mu.Lock()
	h.first, h.doubt = i, false
	h.mu.Unlock()
}

// fails notes that a host did not answer. When it was the one to begin with, the
// next one is.
func (h *hosts) fails(i int) {
	h.mu.Lock()
	if h.first == i {
		h.first = (i + 1) % len(h.urls)
	}
	h.doubt = true
	h.mu.Unlock()
}

func (h *hosts) doubtful() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.doubt
}

// HostResult is what a ping found about one host.
type HostResult struct {
	URL  string
	Up   bool
	Took time.Duration
}

// ping asks every host at the same time whether it is there.
func (c *Channel) ping(ctx context.Context) []HostResult {
	ctx, cancel := context.WithTimeout(ctx, connectTimeout)
	defer cancel()
	results := make([]HostResult, len(c.hosts.urls))
	var all sync.WaitGroup
	for i := range results {
		all.Go(func() { results[i] = c.pingOne(ctx, i) })
	}
	all.Wait()
	return results
}

func (c *Channel) pingOne(ctx context.Context, i int) HostResult {
	result := HostResult{URL: c.hosts.urls[i]}
	began := time.Now()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.hosts.urls[i]+path+"ping", nil)
	if err != nil {
		return result
	}
	response, err := c.http.Do(request)
	if err == nil {
		response.Body.Close()
		result.Up = true
	}
	result.Took = time.Since(began)
	return result
}

// findHost makes the first host that answers a ping the one to begin with.
func (c *Channel) findHost(ctx context.Context) {
	order := c.hosts.order()
	results := c.ping(ctx)
	for _, i := range order {
		if results[i].Up {
			c.hosts.works(i)
			return
		}
	}
}

// readHosts are the addresses to send to.
func (c Config) readHosts(problems *wire.Problems) []string {
	given := c.Hosts
	if given == nil {
		given = DefaultHosts
	}
	var list []string
	for _, text := range given {
		if text = wire.Compact(text); text == "" {
			continue
		}
		u := problems.Address(text, FieldHosts, KindHostForm, KindHostInsecure)
		if u == nil {
			return nil
		}
		if u.RawQuery != "" || u.Fragment != "" {
			problems.Add(FieldHosts, KindHostForm)
			return nil
		}
		list = append(list, strings.TrimSuffix(strings.TrimRight(u.String(), "/"), strings.TrimRight(path, "/")))
	}
	if len(list) == 0 {
		problems.Add(FieldHosts, KindMissing)
	}
	return list
}

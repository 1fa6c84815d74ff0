package main

import (
	"frontdesk/app"
	"frontdesk/payment"
)

// narrator tells a person each new phase of a payment or hold.
type narrator struct {
	*call
	words   string // what their keys begin with: "ctl.phase."
	channel payment.ChannelName
}

// start tells the first phase and each further one that watch hears of, until
// stop is called. Printing has a goroutine of its own: a terminal that was
// stopped must not stop the payment.
func (n narrator) start(first app.Phase, watch func(tell func(app.Phase)) (unwatch func())) (stop func()) {
	latest, quit, done := make(chan app.Phase, 1), make(chan struct{}), make(chan struct{})
	latest <- first
	unwatch := watch(func(now app.Phase) {
		for !now.Final() { // only the newest one waits to be told
			select {
			case latest <- now:
				return
			default:
			}
			select {
			case <-latest:
			default:
			}
		}
	})
	go func() {
		defer close(done)
		last := app.Phase("")
		for {
			select {
			case now := <-latest:
				if now != last {
					n.note(n.words+string(now), "channel", n.t("channel."+string(n.channel)))
				}
				last = now
			case <-quit:
				return
			}
		}
	}()
	return func() {
		unwatch()
		close(quit)
		<-done
	}
}

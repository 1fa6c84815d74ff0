// Package channeltest is what every channel has to pass: the promises of
// payment.Channel, payment.Holder and payment.Biller as tests, run against the
// simulator over the channel's own wire.
//
// The steps of a caller:
//
//  1. In the channel's folder, write a conformance_test.go with one test that
//     fills a Bench and calls Run.
//  2. Give the channel a front in payment/paysim, which forces the scenarios of
//     paysim.Scenarios and keeps the truth that every ending is compared with.
//  3. Run it with -race. What fails names the promise that was broken.
//
// Each case drives the channel as a till does, with a small driver of its own
// (drive.go, drive_hold.go): send once, ask in the rhythm of Policy, cancel until
// the channel answers, repeat a refund or a step under the same number. Time is
// the simulator's and is moved by hand, so nothing here waits. In the end, what
// the driver believes of the money is compared with Sim.Truth, to the fen. A bill
// is compared with what moved between two midnights.
//
// All that the channel logs, every outcome and every error is kept, and no pay
// code and no secret may be in it.
//
// What a channel says in words of its own (which field, which code) is not
// tested here: that belongs into the channel's folder, with golden requests and
// answers. Cash is no channel: it asks nobody, so there is nothing to promise.
package channeltest

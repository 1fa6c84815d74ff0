// Package wiretest is what the tests of the channels have in common below their
// protocols: keys, a fence around the tests, what a gateway of a test notes, and
// whether secrets get out. Each channel writes its own gateway, with a signature
// made apart from the channel's. What a channel promises of the money is tested
// by payment/channeltest.
//
// Only tests import it. Its helpers panic, or fail the test, where a key cannot
// be made.
package wiretest

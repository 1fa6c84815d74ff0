// Package wire is what the channels have in common around their protocols:
// reading what a person pasted into the settings, the way to the network, what
// of a service's words may go into a log, and what a probe learns of the line.
//
// The steps of a channel's author:
//
//  1. Read the Config with Problems: it cleans a value, reads a key, checks an
//     address or a time, and notes what is wrong with it, a Field and a Kind
//     each. The channel makes its own ConfigError of each Problem, with its own
//     words.
//  2. Send with NewStrictClient, or with NewClient where a status other than 200
//     is an answer too. Both read at most MaxAnswer and follow no redirect.
//     NewTransport is the way where the Config gives no other.
//  3. Show what the service wrote as a Token, or as a Scrub of it, never as it
//     came.
//  4. In the probe, send with the context of Watch, and ask Seen for the clock
//     and TroubleOf for what kept the answer away.
//
// What it will not do: it knows no protocol, signs and verifies nothing, and
// never says what an answer means for the money. Retries, hosts to stand in for
// one another and everything that only one channel needs stay in that channel.
// It imports nothing of this program but payment.
package wire

// Package scanner tells a bar code scanner that types like a keyboard from a
// person who types.
//
// A scanner sends its code as key strokes, a few milliseconds apart, and ends
// with Enter or Tab. The Detector stands before the window: it holds printable
// keys back for a moment, hands them on when they were typed, and hands over
// the code when they were scanned. So a scan works whatever has the focus, and
// none of its digits stays behind in a field.
//
// The steps of a caller, all on the goroutine that receives the keys:
//
//  1. Feed every keyboard event before the window sees it.
//  2. Obey the Decision: pass Replay to the window in its order, and nothing
//     else; then handle Scan; and call Expire after Hold, unless Feed was called
//     before.
//  3. Tell with Event.Late how far the loop that delivers the keys had fallen
//     behind. A Pulse measures that.
//
// # What is taken for a scan
//
// A burst is a run of allowed characters with at most Rules.MaxGap between
// two of them, as they arrive. At its end (Enter or Tab) it is a scan when all
// of these hold:
//
//   - it has Rules.MinLength characters; "12.50" Enter never has;
//   - it is not one character again and again, and no key repeated by itself;
//   - a machine typed it. With a prefix configured, the prefix proves that.
//     Without one the clock does, and only while the loop keeps up: a person's
//     keys that pile up behind a busy loop arrive at once, too. For such a late
//     burst the time in which its keys can have been pressed is counted from
//     the last moment at which the loop was known to be on time. Only a rate
//     that no person reaches (a key every 25 ms) counts then, or else a content
//     that proves itself: a pay code by payment.Recognise. Eight digits that
//     came after a long stall are replayed, even though a receipt number looks
//     like that.
//
// Everything else is replayed. Whatever comes in leaves again exactly once, as
// a replay or as a part of a scan, each in its order. To the scan also belong
// the releases of its keys and a second line end right after the first, which
// would otherwise press the window's default button.
//
// Scanners that send no terminator are not recognised; the setup sheet of any
// scanner has a code that switches it on. There is no global keyboard hook, and
// the package knows no window system.
package scanner

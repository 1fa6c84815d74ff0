// Package sales is the screen of everything that was taken: the list of sales
// with its filters, and beside it one sale with its attempts, its story, its
// refunds and its papers. Money is given back from here.
//
// The steps of a caller:
//
//  1. Make a Screen with New and put its Object into the window.
//  2. Hand it what the window gets: keys, actions, scans, a Tick each second,
//     and PrintsChanged after each paper. Open shows one sale.
//  3. Call Close before the screen is dropped: it watches the till.
//
// The screen reads from app.Books and asks app.Till to act. Everything that is
// drawn is first made as ready strings: see row, story and facts. It decides
// nothing about money; what may be refunded, and whether, is the till's word.
package sales

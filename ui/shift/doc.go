// Package shift is what moves the drawer: a shift is opened, cash is put in and
// taken out, the drawer is opened without a sale, and the shift is handed over.
//
// The steps of a caller:
//
//  1. Open, MoveCash and OpenDrawer are dialogs of their own, over whatever tab
//     is in sight.
//  2. To hand a shift over, make a Screen with New and show its Object in place
//     of the tab's. It counts the drawer before it says what should be in it,
//     tells the difference, and asks who takes over. Hand it keys and actions,
//     and ask Leave before anything else is shown.
//  3. Call Close before the Screen is dropped.
//
// The screen decides nothing: what a difference is, whether it needs a reason,
// and who may close a shift are the words of app.Shifts.
package shift

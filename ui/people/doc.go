// Package people is what asks who stands at the till: the dialog in which one
// person follows another, the screen that keeps a till shut until somebody has
// proved who they are, and the word of somebody with a right for one single act
// of somebody without it.
//
// The steps of a caller who needs a right:
//
//  1. Ask NeedOf, off the UI goroutine, whether the person at the till lacks it.
//  2. Where there is a form anyway, put an Approval into it: take its Word when
//     the form is sent, prove it in the background, and hand the app.Approval to
//     the act. Where there is none, Ask does all of that in a dialog of its own.
//
// A PIN leaves its field only to be proved. It is gone from the field after each
// try, when another approver is chosen, and when the dialog closes.
package people

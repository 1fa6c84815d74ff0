// Package panel is what the screens on which money is taken have in common: the
// panel on the right that tells how a payment or a deposit stands, the counting
// of cash, notices below a list, and the keys on the left.
//
// The steps of a caller:
//
//  1. Make the parts once, and put their Objects where they belong.
//  2. Word the present moment: a Panel, a Cash, a Notice, QuickKeys and Ways are
//     ready strings. A Telling words what a payment and a hold have in common.
//  3. Draw them. Parts that do not change do not paint.
//
// The parts know nothing of money's rules; they tell by callbacks what a person
// wants.
package panel

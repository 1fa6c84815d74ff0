package data

import "time"

// Role is what a person is in the shop.
type Role string

const (
	RoleOwner   Role = "owner"   // every right; one of them always stays
	RoleManager Role = "manager" // runs the shop: everything but the owners and the channels' keys
	RoleClerk   Role = "clerk"   // takes money; gives it back only with Person.MayRefund
)

// Person is somebody who works at the till.
type Person struct {
	Staff
	MayRefund bool      // a clerk who may give money back without an approval; the others always may
	Active    bool      // false once the person has left; records keep the name
	WrongPINs int       // tries in a row that failed
	PINAfter  time.Time // no PIN of this person is taken before; zero for at once
}

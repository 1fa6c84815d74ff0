package app

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// A PIN is 4 to 8 digits. It is kept as an argon2id hash in the form of the
// reference implementation ("$argon2id$v=19$m=19456,t=2,p=1$salt$hash"), with the
// least cost that OWASP's password storage guide names: a till is a slow machine
// with little memory, and the vault and the waits after wrong tries do the rest.
const (
	pinLeast = 4
	pinMost  = 8
)

// pinCost is what one hash costs.
type pinCost struct {
	memory uint32 // KiB
	passes uint32
}

var usualPINCost = pinCost{memory: 19 * 1024, passes: 2}

const (
	pinSaltSize = 16
	pinHashSize = 32
	pinForm     = "$argon2id$v=%d$m=%d,t=%d,p=1$%s$%s"
)

var errPINHash = errors.New("app: a stored PIN cannot be read")

// checkPIN refuses what is no PIN, and those that everybody tries first.
func checkPIN(pin string) error {
	if len(pin) < pinLeast || len(pin) > pinMost || strings.Trim(pin, "0123456789") != "" {
		return problem(ProblemPINForm, "least", pinLeast, "most", pinMost)
	}
	for _, step := range []byte{0, 1, 255} { // 1111, 1234, 4321
		plain := true
		for i := 1; i < len(pin); i++ {
			plain = plain && pin[i]-pin[i-1] == step
		}
		if plain {
			return problem(ProblemPINWeak)
		}
	}
	return nil
}

func hashPIN(pin string, cost pinCost) string {
	salt := make([]byte, pinSaltSize)
	rand.Read(salt) // never fails since Go 1.24
	hash := argon2.IDKey([]byte(pin), salt, cost.passes, cost.memory, 1, pinHashSize)
	return fmt.Sprintf(pinForm, argon2.Version, cost.memory, cost.passes, encodePart(salt), encodePart(hash))
}

// samePIN compares in constant time.
func samePIN(pin, stored string) (bool, error) {
	var version int
	var cost pinCost
	parts := strings.Split(stored, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, errPINHash
	}
	_, err1 := fmt.Sscanf(parts[2], "v=%d", &version)
	_, err2 := fmt.Sscanf(parts[3], "m=%d,t=%d,p=1", &cost.memory, &cost.passes)
	salt, err3 := base64.RawStdEncoding.DecodeString(parts[4])
	hash, err4 := base64.RawStdEncoding.DecodeString(parts[5])
	if err := errors.Join(err1, err2, err3, err4); err != nil || version != argon2.Version || len(hash) != pinHashSize || cost.passes == 0 {
		return false, errors.Join(errPINHash, err)
	}
	got := argon2.IDKey([]byte(pin), salt, cost.passes, cost.memory, 1, pinHashSize)
	return subtle.ConstantTimeCompare(got, hash) == 1, nil
}

func encodePart(b []byte) string { return base64.RawStdEncoding.EncodeToString(b) }

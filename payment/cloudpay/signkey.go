package cloudpay

import (
	"crypto/rsa"
	"crypto/x509"
	"strings"

	"frontdesk/payment/wire"
)

// readSignKey reads the private key for signing. It must be there when refunds
// are signed, and right when it is there: a wrong one would be found out with a
// customer waiting for money.
func (c Config) readSignKey(problems *wire.Problems) *rsa.PrivateKey {
	text := wire.Compact(c.SignKey)
	switch {
	case text == "":
		problems.Unless(!c.SignRefunds, FieldSignKey, KindMissing)
		return nil
	case keyRule.MatchString(text):
		problems.Add(FieldSignKey, KindKeyIsAuth)
		return nil
	}
	key := problems.PrivateKey(c.SignKey, FieldSignKey)
	if !c.SignRefunds {
		return nil
	}
	return key
}

// readRoots are the certificates to trust; nil for the system's own. The older
// documents pin a root of Cloud Pay's, the newest do not.
func (c Config) readRoots(problems *wire.Problems) *x509.CertPool {
	if strings.TrimSpace(c.ExtraCA) == "" {
		return nil
	}
	roots, err := x509.SystemCertPool()
	if err != nil { // a computer without any: then only the extra one counts
		roots = x509.NewCertPool()
	}
	found := false
	for _, block := range wire.Blocks(c.ExtraCA) {
		if cert, ok := block.(*x509.Certificate); ok {
			roots.AddCert(cert)
			found = true
		}
	}
	problems.Unless(found, FieldExtraCA, KindCAForm)
	return roots
}

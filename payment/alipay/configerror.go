package alipay

import (
	"fmt"

	"frontdesk/payment/wire"
)

// Field names a setting as the settings do, without the leading "alipay.".
type Field = wire.Field

const (
	FieldAppID           Field = "app_id"
	FieldPrivateKey      Field = "private_key"
	FieldPublicKey       Field = "public_key"
	FieldAppCert         Field = "app_cert"
	FieldAlipayCert      Field = "alipay_cert"
	FieldRootCert        Field = "root_cert"
	FieldGateway         Field = "gateway"
	FieldSellerID        Field = "seller_id"
	FieldStoreID         Field = "store_id"
	FieldTerminalID      Field = "terminal_id"
	FieldServiceProvider Field = "sys_service_provider_id"
	FieldProductCode     Field = "product_code"
	FieldQRProductCode   Field = "qr_product_code"
	FieldHoldProductCode Field = "hold_product_code"
	FieldQueryInterval   Field = "query_interval"
	FieldPayTimeout      Field = "pay_timeout"
	FieldQRTimeout       Field = "qr_timeout"
	FieldHoldTimeout     Field = "hold_timeout"
	FieldRequestTimeout  Field = "request_timeout"
)

// Kind says what is wrong with a field. The translation files hold a sentence
// for each under "alipay.config.<kind>".
type Kind = wire.Kind

const (
	KindMissing         Kind = wire.KindMissing
	KindAppIDForm       Kind = "app_id_form"          // not 16 digits
	KindAppIDIsPartner  Kind = "app_id_is_partner"    // a 2088... account number, as the retired gateway used
	KindPartnerForm     Kind = "partner_form"         // an account number is 2088 and 12 digits
	KindKeyNotPrivate   Kind = wire.KindKeyNotPrivate // cannot be read as a private key
	KindKeyIsPublic     Kind = wire.KindKeyIsPublic   // a public key where the private one belongs
	KindKeyNotPublic    Kind = wire.KindKeyNotPublic  // cannot be read as a public key
	KindKeyIsPrivate    Kind = wire.KindKeyIsPrivate  // a private key where Alipay's public one belongs
	KindKeyIsCert       Kind = wire.KindKeyIsCert     // a certificate where a key belongs
	KindKeyTruncated    Kind = wire.KindKeyTruncated  // a part is missing at the end
	KindKeyEncrypted    Kind = wire.KindKeyEncrypted  // protected by a password
	KindKeyShort        Kind = wire.KindKeyShort      // RSA2 needs 2048 bits
	KindKeyNotRSA       Kind = wire.KindKeyNotRSA     // a key of another kind
	KindKeyMD5          Kind = "key_md5"              // the 32-character key of the retired gateway
	KindOwnPublicKey    Kind = "own_public_key"       // the application's public key instead of Alipay's
	KindTwoModes        Kind = "two_modes"            // Alipay's public key and certificates
	KindCertForm        Kind = "cert_form"            // cannot be read as a certificate
	KindCertNotOurs     Kind = "cert_not_ours"        // the application's certificate does not fit the private key
	KindOwnCert         Kind = "own_cert"             // the application's certificate instead of Alipay's
	KindRootNotRSA      Kind = "root_not_rsa"         // no certificate with an RSA signature in the root file
	KindGatewayForm     Kind = "gateway_form"         // not an https address
	KindGatewayInsecure Kind = "gateway_insecure"     // http to another computer
	KindProductForm     Kind = "product_form"         // not a product code
	KindTooLong         Kind = "too_long"             // more than 32 characters
	KindTimeRange       Kind = wire.KindTimeRange     // negative or too long
)

// Kinds lists every kind that has a sentence.
var Kinds = []Kind{KindMissing, KindAppIDForm, KindAppIDIsPartner, KindPartnerForm, KindKeyNotPrivate, KindKeyIsPublic,
	KindKeyNotPublic, KindKeyIsPrivate, KindKeyIsCert, KindKeyTruncated, KindKeyEncrypted, KindKeyShort, KindKeyNotRSA,
	KindKeyMD5, KindOwnPublicKey, KindTwoModes, KindCertForm, KindCertNotOurs, KindOwnCert, KindRootNotRSA,
	KindGatewayForm, KindGatewayInsecure, KindProductForm, KindTooLong, KindTimeRange}

// ConfigError is one field of a Config that cannot be used. It never holds the
// field's value: that may be a key.
type ConfigError struct {
	Field Field
	Kind  Kind
}

func (e *ConfigError) Error() string {
	return fmt.Sprintf("alipay.%s: %s", e.Field, kindSentences[e.Kind])
}

// kindSentences are for logs and the command line's English. They stand here
// and not in the translation files, because an error must not depend on them.
var kindSentences = map[Kind]string{
	KindMissing:         "is empty",
	KindAppIDForm:       "an app id is 16 digits",
	KindAppIDIsPartner:  "this is an account number (2088...); the app id is on the application's page at open.alipay.com",
	KindPartnerForm:     "an account number is 2088 and 12 more digits",
	KindKeyNotPrivate:   "this is no private key; paste the application's private key from the key tool",
	KindKeyIsPublic:     "this is a public key; paste the application's private key",
	KindKeyNotPublic:    "this is no public key; copy Alipay's public key from the application's page",
	KindKeyIsPrivate:    "this is a private key; paste Alipay's public key, and keep the private one to yourself",
	KindKeyIsCert:       "this is a certificate; a key belongs here",
	KindKeyTruncated:    "the end is missing; copy the whole key",
	KindKeyEncrypted:    "this key is protected by a password; export it without one",
	KindKeyShort:        "the key is too short; RSA2 needs 2048 bits",
	KindKeyNotRSA:       "this is not an RSA key",
	KindKeyMD5:          "this is the 32-character key of the retired gateway; make an RSA2 key with the key tool",
	KindOwnPublicKey:    "this is the application's own public key; copy the one that Alipay shows after the upload",
	KindTwoModes:        "Alipay's public key and certificates exclude each other; clear one of them",
	KindCertForm:        "this is no certificate; paste the whole .crt file",
	KindCertNotOurs:     "this certificate does not belong to the private key",
	KindOwnCert:         "this is the application's own certificate; use alipayCertPublicKey_RSA2.crt",
	KindRootNotRSA:      "no root certificate found; use alipayRootCert.crt",
	KindGatewayForm:     "not an address; it begins with https://",
	KindGatewayInsecure: "the address must begin with https://",
	KindProductForm:     "a product code has capital letters, digits and _ only",
	KindTooLong:         "at most 32 characters",
	KindTimeRange:       "this time is out of range",
}

func errorsOf(problems wire.Problems) (errs []*ConfigError) {
	for _, p := range problems {
		e := ConfigError(p)
		errs = append(errs, &e)
	}
	return errs
}

package cloudpay

import (
	"fmt"

	"frontdesk/payment/wire"
)

// Field names a setting as the settings do, without the leading "cloudpay.".
type Field = wire.Field

const (
	FieldOutMchID            Field = "out_mch_id"
	FieldOutSubMchID         Field = "out_sub_mch_id"
	FieldOutShopID           Field = "out_shop_id"
	FieldAuthKey             Field = "auth_key"
	FieldOrderPrefix         Field = "order_prefix"
	FieldDeviceID            Field = "device_id"
	FieldMachineNo           Field = "machine_no"
	FieldStaffID             Field = "staff_id"
	FieldRefundStaffID       Field = "refund_staff_id"
	FieldRefundStaffName     Field = "refund_staff_name"
	FieldWallets             Field = "wallets"
	FieldUnionPayPlatform    Field = "unionpay_platform"
	FieldUnionPaySubPlatform Field = "unionpay_sub_platform"
	FieldSignKey             Field = "sign_key"
	FieldHosts               Field = "hosts"
	FieldExtraCA             Field = "extra_ca"
	FieldClientIP            Field = "client_ip"
	FieldSubTerminalType     Field = "sub_terminal_type"
	FieldQueryInterval       Field = "query_interval"
	FieldPayTimeout          Field = "pay_timeout"
	FieldQRTimeout           Field = "qr_timeout"
	FieldRequestTimeout      Field = "request_timeout"
)

// Kind says what is wrong with a field. The translation files hold a sentence
// for each under "cloudpay.config.<kind>".
type Kind = wire.Kind

const (
	KindMissing       Kind = wire.KindMissing
	KindIDForm        Kind = "id_form"              // not 20 letters and digits
	KindIDTwice       Kind = "id_twice"             // the same id as another field
	KindAuthKeyForm   Kind = "auth_key_form"        // not 32 characters
	KindAuthKeyIsSign Kind = "auth_key_is_pem"      // the private key for signing where the authentication key belongs
	KindPrefixForm    Kind = "prefix_form"          // neither 8 digits nor 10 small letters and digits
	KindTooLong       Kind = "too_long"             // longer than the field may be
	KindTextForm      Kind = "text_form"            // characters that a number may not have
	KindWallet        Kind = "wallet"               // a wallet that Cloud Pay does not take
	KindUnionPay      Kind = "unionpay"             // UnionPay without the number that the provider has for it
	KindKeyNotPrivate Kind = wire.KindKeyNotPrivate // cannot be read as a private key
	KindKeyIsPublic   Kind = wire.KindKeyIsPublic   // a public key where the private one belongs
	KindKeyIsCert     Kind = wire.KindKeyIsCert     // a certificate where a key belongs
	KindKeyIsAuth     Kind = "key_is_auth"          // the authentication key where the private key belongs
	KindKeyTruncated  Kind = wire.KindKeyTruncated  // a part is missing at the end
	KindKeyEncrypted  Kind = wire.KindKeyEncrypted  // protected by a password
	KindKeyShort      Kind = wire.KindKeyShort      // the signature needs 2048 bits
	KindKeyNotRSA     Kind = wire.KindKeyNotRSA     // a key of another kind
	KindHostForm      Kind = "host_form"            // not an https address
	KindHostInsecure  Kind = "host_insecure"        // http to another computer
	KindCAForm        Kind = "ca_form"              // no certificate in it
	KindIPForm        Kind = "ip_form"              // not an IPv4 address
	KindNumberRange   Kind = "number_range"         // negative or too large
	KindTimeRange     Kind = wire.KindTimeRange     // negative or too long
)

// Kinds lists every kind that has a sentence.
var Kinds = []Kind{KindMissing, KindIDForm, KindIDTwice, KindAuthKeyForm, KindAuthKeyIsSign, KindPrefixForm, KindTooLong, KindTextForm,
	KindWallet, KindUnionPay, KindKeyNotPrivate, KindKeyIsPublic, KindKeyIsCert, KindKeyIsAuth, KindKeyTruncated, KindKeyEncrypted,
	KindKeyShort, KindKeyNotRSA, KindHostForm, KindHostInsecure, KindCAForm, KindIPForm, KindNumberRange, KindTimeRange}

// ConfigError is one field of a Config that cannot be used. It never holds the
// field's value: that may be a key.
type ConfigError struct {
	Field Field
	Kind  Kind
}

func (e *ConfigError) Error() string {
	return fmt.Sprintf("cloudpay.%s: %s", e.Field, kindSentences[e.Kind])
}

// kindSentences are for logs and the command line's English. They stand here
// and not in the translation files, because an error must not depend on them.
var kindSentences = map[Kind]string{
	KindMissing:       "is empty",
	KindIDForm:        "an id of Cloud Pay has 20 letters and digits",
	KindIDTwice:       "this id stands in another field already; provider, sub-merchant and shop have one each, and the shop is one of the sub-merchant's",
	KindAuthKeyForm:   "the authentication key has 32 characters; after it was made anew it takes two minutes to work",
	KindAuthKeyIsSign: "this is the private key for signing; the authentication key has 32 characters",
	KindPrefixForm:    "the order prefix is 8 digits, or 10 small letters and digits; the sub-merchant's page shows it",
	KindTooLong:       "this is too long",
	KindTextForm:      "only letters, digits, - and _",
	KindWallet:        "Cloud Pay takes WeChat, Alipay and, where it is signed, UnionPay",
	KindUnionPay:      "UnionPay needs the platform number that the provider has for it",
	KindKeyNotPrivate: "this is no private key; paste the private key for signing that the console showed once",
	KindKeyIsPublic:   "this is a public key; paste the private key for signing",
	KindKeyIsCert:     "this is a certificate; a key belongs here",
	KindKeyIsAuth:     "this is the authentication key; the private key for signing begins with BEGIN PRIVATE KEY",
	KindKeyTruncated:  "the end is missing; copy the whole key",
	KindKeyEncrypted:  "this key is protected by a password; export it without one",
	KindKeyShort:      "the key is too short; it needs 2048 bits",
	KindKeyNotRSA:     "this is not an RSA key",
	KindHostForm:      "not an address; it begins with https://",
	KindHostInsecure:  "the address must begin with https://",
	KindCAForm:        "this is no certificate; paste the whole .pem file",
	KindIPForm:        "an IPv4 address is four numbers with points",
	KindNumberRange:   "this number is out of range",
	KindTimeRange:     "this time is out of range",
}

func errorsOf(problems wire.Problems) (errs []*ConfigError) {
	for _, p := range problems {
		e := ConfigError(p)
		errs = append(errs, &e)
	}
	return errs
}

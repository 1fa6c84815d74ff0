package wechat

import (
	"fmt"

	"frontdesk/payment/wire"
)

// Field names a setting as the settings do, without the leading "wechat.".
type Field = wire.Field

const (
	FieldAppID          Field = "app_id"
	FieldMchID          Field = "mch_id"
	FieldSubMchID       Field = "sub_mch_id"
	FieldSubAppID       Field = "sub_app_id"
	FieldPrivateKey     Field = "private_key"
	FieldMerchantCert   Field = "merchant_cert"
	FieldMerchantSerial Field = "merchant_serial"
	FieldPublicKeyID    Field = "public_key_id"
	FieldPublicKey      Field = "public_key"
	FieldPlatformCerts  Field = "platform_certs"
	FieldAPIv3Key       Field = "apiv3_key"
	FieldAPIv2Key       Field = "apiv2_key"
	FieldNotifyURL      Field = "notify_url"
	FieldGoodsTag       Field = "goods_tag"
	FieldStoreID        Field = "store_id"
	FieldDeviceID       Field = "device_id"
	FieldDeviceIP       Field = "device_ip"
	FieldGateway        Field = "gateway"
	FieldQueryInterval  Field = "query_interval"
	FieldPayTimeout     Field = "pay_timeout"
	FieldQRTimeout      Field = "qr_timeout"
	FieldRequestTimeout Field = "request_timeout"
)

// Kind says what is wrong with a field. The translation files hold a sentence
// for each under "wechat.config.<kind>".
type Kind = wire.Kind

const (
	KindMissing         Kind = wire.KindMissing
	KindAppIDForm       Kind = "app_id_form"          // not wx and 16 characters
	KindMchIDForm       Kind = "mch_id_form"          // not 8 to 10 digits
	KindSameMchID       Kind = "same_mch_id"          // the provider's number where the sub-merchant's belongs
	KindKeyNotPrivate   Kind = wire.KindKeyNotPrivate // cannot be read as a private key
	KindKeyIsPublic     Kind = wire.KindKeyIsPublic   // a public key where the private one belongs
	KindKeyNotPublic    Kind = wire.KindKeyNotPublic  // cannot be read as a public key
	KindKeyIsPrivate    Kind = wire.KindKeyIsPrivate  // a private key where WeChat's public one or a certificate belongs
	KindKeyIsCert       Kind = wire.KindKeyIsCert     // a certificate where a key belongs
	KindKeyTruncated    Kind = wire.KindKeyTruncated  // a part is missing at the end
	KindKeyEncrypted    Kind = wire.KindKeyEncrypted  // protected by a password
	KindKeyShort        Kind = wire.KindKeyShort      // fewer than 2048 bits
	KindKeyNotRSA       Kind = wire.KindKeyNotRSA     // a key of another kind
	KindOwnPublicKey    Kind = "own_public_key"       // the merchant's public key instead of WeChat's
	KindKeyIDForm       Kind = "key_id_form"          // not PUB_KEY_ID_ and digits
	KindSerialForm      Kind = "serial_form"          // not hexadecimal digits
	KindSerialNotOfCert Kind = "serial_not_of_cert"   // another certificate's number
	KindSerialIsKeyID   Kind = "serial_is_key_id"     // the public key's id, or a platform certificate's number, instead of the merchant's
	KindCertForm        Kind = "cert_form"            // cannot be read as a certificate
	KindCertNotOurs     Kind = "cert_not_ours"        // the certificate does not fit the private key
	KindOwnCert         Kind = "own_cert"             // the merchant's certificate instead of WeChat's
	KindSecretLength    Kind = "secret_length"        // not 32 characters
	KindNotifyURLForm   Kind = "notify_url_form"      // not an https address without parameters
	KindIPForm          Kind = "ip_form"              // not an IP address
	KindGatewayForm     Kind = "gateway_form"         // not an https address without a path
	KindGatewayInsecure Kind = "gateway_insecure"     // http to another computer
	KindTooLong         Kind = "too_long"             // more than 32 bytes
	KindTimeRange       Kind = wire.KindTimeRange     // negative, too short or too long
)

// Kinds lists every kind that has a sentence.
var Kinds = []Kind{KindMissing, KindAppIDForm, KindMchIDForm, KindSameMchID, KindKeyNotPrivate, KindKeyIsPublic,
	KindKeyNotPublic, KindKeyIsPrivate, KindKeyIsCert, KindKeyTruncated, KindKeyEncrypted, KindKeyShort, KindKeyNotRSA,
	KindOwnPublicKey, KindKeyIDForm, KindSerialForm, KindSerialNotOfCert, KindSerialIsKeyID, KindCertForm, KindCertNotOurs,
	KindOwnCert, KindSecretLength, KindNotifyURLForm, KindIPForm, KindGatewayForm, KindGatewayInsecure, KindTooLong, KindTimeRange}

// ConfigError is one field of a Config that cannot be used. It never holds the
// field's value: that may be a key.
type ConfigError struct {
	Field Field
	Kind  Kind
}

func (e *ConfigError) Error() string {
	return fmt.Sprintf("wechat.%s: %s", e.Field, kindSentences[e.Kind])
}

// kindSentences are for logs and the command line's English. They stand here
// and not in the translation files, because an error must not depend on them.
var kindSentences = map[Kind]string{
	KindMissing:         "is empty",
	KindAppIDForm:       "an app id is wx and 16 more characters",
	KindMchIDForm:       "a merchant number is 8 to 10 digits",
	KindSameMchID:       "this is the provider's own number; the sub-merchant's belongs here, or nothing",
	KindKeyNotPrivate:   "this is no private key; paste the whole apiclient_key.pem",
	KindKeyIsPublic:     "this is a public key; paste apiclient_key.pem",
	KindKeyNotPublic:    "this is no public key; paste the whole pub_key.pem of WeChat Pay",
	KindKeyIsPrivate:    "this is a private key; keep it to yourself",
	KindKeyIsCert:       "this is a certificate; a key belongs here",
	KindKeyTruncated:    "the end is missing; copy the whole file",
	KindKeyEncrypted:    "this key is protected by a password; export it without one",
	KindKeyShort:        "the key is too short; WeChat wants 2048 bits",
	KindKeyNotRSA:       "this is not an RSA key",
	KindOwnPublicKey:    "this is the merchant's own public key; download WeChat Pay's",
	KindKeyIDForm:       "a public key id is PUB_KEY_ID_ and digits",
	KindSerialForm:      "a serial number is 40 digits and letters from A to F",
	KindSerialNotOfCert: "this is not the number of the certificate that is set",
	KindSerialIsKeyID:   "this names a key of WeChat; the number of the merchant's API certificate belongs here",
	KindCertForm:        "this is no certificate; paste the whole .pem file",
	KindCertNotOurs:     "this certificate does not belong to the private key",
	KindOwnCert:         "this is the merchant's own certificate; download WeChat's platform certificate",
	KindSecretLength:    "an API key has 32 characters",
	KindNotifyURLForm:   "an https address without parameters",
	KindIPForm:          "this is no IP address",
	KindGatewayForm:     "an address that begins with https:// and has no path",
	KindGatewayInsecure: "the address must begin with https://",
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

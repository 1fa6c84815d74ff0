package paysim

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"frontdesk/payment"
)

// CloudPayAccount is what a till needs to know of the merchant's Cloud Pay
// account at the simulator.
type CloudPayAccount struct {
	Host    string // "http://127.0.0.1:4321", in the place of https://pay.qcloud.com; empty before Start
	BaseURL string // Host + "/cpay": the name of an interface follows after a slash

	OutMchID    string // the provider
	OutSubMchID string // the merchant
	OutShopID   string // the shop
	OrderPrefix string // what every number of the merchant has to begin with
	MachineNo   string // the till
	DeviceID    string
	StaffID     string // who may refund: the one staff that authorization_staff_id may name
	StaffName   string

	AuthKey    string // 认证密钥, 32 characters: the key of every authen_code
	SigningKey string // 签名私钥, PEM (PKCS#8), for the signature of a refund

	// UnionPay reports that the account takes UnionPay codes (Options). No
	// public document names the numbers that a request says it with, so they
	// are those of the simulator.
	UnionPay            bool
	UnionPayPlatform    int // pay_platform; 0 where UnionPay is off
	UnionPaySubPlatform int // sub_pay_platform
}

// CloudPay is the account that a till of this simulator uses.
func (s *Sim) CloudPay() CloudPayAccount {
	a := s.cloud.account
	a.Host, a.BaseURL = s.base(""), s.base(strings.TrimSuffix(cloudPath, "/"))
	if a.UnionPay {
		p := cloudPlatforms[payment.WalletUnionPay]
		a.UnionPayPlatform, a.UnionPaySubPlatform = p.platform, p.sub
	}
	return a
}

const (
	cloudAuthFile = "TEST-KEY-cloudpay-authen.pem"
	cloudSignFile = "TEST-KEY-cloudpay-sign-private.pem"
)

var cloudAuthRule = rule(`^[0-9A-Za-z]{32}$`)

// cloudKeys are the secrets of a Cloud Pay account, made when they are first
// asked for: the authentication key that both sides have, and the pair with
// which the merchant signs.
type cloudKeys struct {
	dir string // where they are kept; "" in memory

	mu   sync.Mutex
	auth string
	sign *rsa.PrivateKey
}

// account is the merchant's account with its secrets, not yet at any address.
func (k *cloudKeys) account() (CloudPayAccount, error) {
	auth, sign, err := k.get()
	if err != nil {
		return CloudPayAccount{}, fmt.Errorf("paysim: keys of Cloud Pay: %w", err)
	}
	text, err := privatePEM(sign)
	return CloudPayAccount{
		OutMchID: "sz01PaySimProvider01", OutSubMchID: "sz01PaySimMerchant01", OutShopID: "sz01PaySimShop000001",
		OrderPrefix: "sz0100sim1", MachineNo: "02-00-5E-10-00-01", DeviceID: "T01", StaffID: "1206", StaffName: "店长",
		AuthKey: auth, SigningKey: text,
	}, err
}

func (k *cloudKeys) get() (auth string, sign *rsa.PrivateKey, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.sign != nil {
		return k.auth, k.sign, nil
	}
	if auth, err = k.readAuth(); err != nil {
		return "", nil, err
	}
	if sign, err = k.readSign(); err != nil {
		return "", nil, err
	}
	k.auth, k.sign = auth, sign
	return auth, sign, nil
}

func (k *cloudKeys) readAuth() (string, error) {
	path := filepath.Join(k.dir, cloudAuthFile)
	if k.dir != "" {
		raw, err := os.ReadFile(path)
		block, _ := pem.Decode(raw)
		switch {
		case err == nil && block != nil && cloudAuthRule().Match(block.Bytes):
			return string(block.Bytes), nil
		case err == nil:
			return "", fmt.Errorf("%s does not hold 32 letters and digits", path)
		case !errors.Is(err, fs.ErrNotExist):
			return "", err
		}
	}
	raw := make([]byte, 16)
	if _, err := rand.Read(raw); err != nil {
		return "", err
	}
	text := hex.EncodeToString(raw)
	if k.dir == "" {
		return text, nil
	}
	return text, k.write(path, string(pem.EncodeToMemory(&pem.Block{Type: "CLOUD PAY AUTHEN KEY", Bytes: []byte(text)})))
}

func (k *cloudKeys) readSign() (*rsa.PrivateKey, error) {
	path := filepath.Join(k.dir, cloudSignFile)
	if k.dir != "" {
		key, err := readKey(path)
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return key, err
		}
	}
	key, err := newKey()
	if err != nil || k.dir == "" {
		return key, err
	}
	text, err := privatePEM(key)
	if err != nil {
		return nil, err
	}
	return key, k.write(path, text)
}

func (k *cloudKeys) write(path, text string) error {
	if err := os.MkdirAll(k.dir, 0o700); err != nil {
		return err
	}
	return writeFile(path, []byte(text))
}

package sheet

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"encoding/xml"
	"hash"
	"math"
)

// agileLock is the encryption of Excel 2010 and later, and of WPS ([MS-OFFCRYPTO]
// 2.3.4.10): the key of the workbook is itself encrypted by the password. Both
// encryptions may differ in all their settings. The sum over the whole (dataIntegrity) is
// not looked at: some writers get it wrong, and the zip within has sums of its own.
type agileLock struct {
	Data agileKey   `xml:"keyData"`
	Keys []agileKey `xml:"keyEncryptors>keyEncryptor>encryptedKey"`
}

// agileKey are the settings of an encryption and, for a password, what it is proved by.
type agileKey struct {
	Salt     inBase64 `xml:"saltValue,attr"`
	KeyBits  int      `xml:"keyBits,attr"`
	HashName string   `xml:"hashAlgorithm,attr"`
	Cipher   string   `xml:"cipherAlgorithm,attr"`
	Chaining string   `xml:"cipherChaining,attr"`

	Spins  int      `xml:"spinCount,attr"`
	Input  inBase64 `xml:"encryptedVerifierHashInput,attr"`
	Hashed inBase64 `xml:"encryptedVerifierHashValue,attr"`
	Key    inBase64 `xml:"encryptedKeyValue,attr"`
}

type inBase64 []byte

func (b *inBase64) UnmarshalText(text []byte) (err error) {
	*b, err = base64.StdEncoding.AppendDecode(nil, text)
	return err
}

// What is hashed with a password for each of its uses.
var (
	forInput  = []byte{0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79}
	forHashed = []byte{0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E}
	forKey    = []byte{0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6}
)

var hashes = map[string]func() hash.Hash{
	"MD5": md5.New, "SHA1": sha1.New, "SHA-1": sha1.New, "SHA256": sha256.New, "SHA384": sha512.New384, "SHA512": sha512.New,
}

// agileFiller fills up keys and vectors that are too short.
const agileFiller = 0x36

// segment is how many bytes are encrypted by one vector.
const segment = 4096

func agileLockOf(settings []byte) (lock, error) {
	l := &agileLock{}
	if err := xml.Unmarshal(settings, l); err != nil {
		return nil, damaged(encryptionInfo, "broken")
	}
	for _, key := range append(l.Keys, l.Data) {
		if key.Spins < 0 || key.Spins > math.MaxInt32 {
			return nil, damaged(encryptionInfo, "a password hashed %d times", key.Spins)
		}
		if hashes[key.HashName] == nil || key.Cipher != "AES" || key.Chaining != "ChainingModeCBC" ||
			key.KeyBits != 128 && key.KeyBits != 192 && key.KeyBits != 256 {
			return nil, &Refusal{Reason: Encrypted, Part: encryptionInfo, Detail: "encrypted by a cipher that is not known"}
		}
	}
	return l, nil
}

// rounds counts, besides the spins of every key, the hashes that prove it and the blocks that
// they are decrypted from.
func (l *agileLock) rounds() (n int) {
	const proofs = 5
	for _, k := range l.Keys {
		n += k.Spins + proofs + (len(k.Salt)+len(k.Input)+len(k.Hashed)+len(k.Key))/aes.BlockSize
	}
	return n
}

func (l *agileLock) open(password string) []byte {
	for _, k := range l.Keys {
		hashed := k.hash(append(bytes.Clone(k.Salt), wideBytes(password)...))
		for i := range uint32(k.Spins) {
			hashed = k.hash(append(binary.LittleEndian.AppendUint32(nil, i), hashed...))
		}
		decrypt := func(use, sealed []byte) []byte {
			key := k.hash(append(hashed[:len(hashed):len(hashed)], use...))
			return unchained(sealed, fit(key, k.KeyBits/8, agileFiller), k.Salt)
		}
		input, want, key := decrypt(forInput, k.Input), decrypt(forHashed, k.Hashed), decrypt(forKey, k.Key)
		input = input[:min(len(input), len(k.Salt))]
		proof := k.hash(input)
		if len(input) > 0 && len(key) >= l.Data.KeyBits/8 && len(want) >= len(proof) && bytes.Equal(proof, want[:len(proof)]) {
			return key[:l.Data.KeyBits/8]
		}
	}
	return nil
}

func (l *agileLock) decrypt(sealed, key []byte) []byte {
	body := sealed[8:]
	plain := make([]byte, 0, len(body))
	for i := uint32(0); len(body) >= aes.BlockSize; i++ {
		part := body[:min(len(body), segment)]
		plain = append(plain, unchained(part, key, l.Data.hash(binary.LittleEndian.AppendUint32(bytes.Clone(l.Data.Salt), i)))...)
		body = body[len(part):]
	}
	return plain
}

func (k *agileKey) hash(b []byte) []byte {
	h := hashes[k.HashName]()
	h.Write(b)
	return h.Sum(nil)
}

// unchained decrypts the whole blocks of AES in b.
func unchained(b, key, vector []byte) []byte {
	plain := make([]byte, len(b)/aes.BlockSize*aes.BlockSize)
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err) // the length of the key has been proved
	}
	cipher.NewCBCDecrypter(block, fit(vector, aes.BlockSize, agileFiller)).CryptBlocks(plain, b[:len(plain)])
	return plain
}

package sheet

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha1"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math/bits"
	"strings"
)

// cipherSettings are those of one of the two encryptions of an agile file.
type cipherSettings struct {
	hash string
	bits int
}

// sealAgile encrypts a workbook as Excel 2010 does, with settings for the workbook's key
// and for the password's.
func sealAgile(plain []byte, password string, data, key cipherSettings) []byte {
	salt, dataSalt := []byte("0123456789abcdef"), []byte("fedcba9876543210")
	settings := func(s cipherSettings, salt []byte) string {
		return fmt.Sprintf(`saltSize="16" blockSize="16" keyBits="%d" hashAlgorithm="%s" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" saltValue="%s"`,
			s.bits, s.hash, base64.StdEncoding.EncodeToString(salt))
	}
	hashed := func(s cipherSettings, parts ...[]byte) []byte {
		h := hashes[s.hash]()
		for _, part := range parts {
			h.Write(part)
		}
		return h.Sum(nil)
	}
	const spins = 10
	hash := hashed(key, salt, wideBytes(password))
	for i := range uint32(spins) {
		hash = hashed(key, binary.LittleEndian.AppendUint32(nil, i), hash)
	}
	sealed := func(use, what []byte) string {
		return base64.StdEncoding.EncodeToString(chained(what, fit(hashed(key, hash, use), key.bits/8, agileFiller), salt))
	}
	secret := bytes.Repeat([]byte("k"), data.bits/8)
	input := []byte("sixteen bytes of")
	info := `<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption"><keyData ` + settings(data, dataSalt) +
		`/><keyEncryptors><keyEncryptor><p:encryptedKey xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password" ` + settings(key, salt) +
		fmt.Sprintf(` spinCount="%d" encryptedVerifierHashInput="%s" encryptedVerifierHashValue="%s" encryptedKeyValue="%s"/>`+
			`</keyEncryptor></keyEncryptors></encryption>`,
			spins, sealed(forInput, input), sealed(forHashed, hashed(key, input)), sealed(forKey, secret))
	body := binary.LittleEndian.AppendUint64(nil, uint64(len(plain)))
	for i := uint32(0); len(plain) > 0; i++ {
		part := plain[:min(len(plain), segment)]
		body = append(body, chained(part, secret, hashed(data, dataSalt, binary.LittleEndian.AppendUint32(nil, i)))...)
		plain = plain[len(part):]
	}
	return compoundOf(9, file{"EncryptionInfo", fields(u16(4), u16(4), u32(0x40), info)}, file{"EncryptedPackage", string(body)})
}

// chained encrypts with AES, filling up the last block with zeros.
func chained(plain, key, vector []byte) []byte {
	sealed := append(bytes.Clone(plain), make([]byte, -len(plain)&(aes.BlockSize-1))...)
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err)
	}
	cipher.NewCBCEncrypter(block, fit(vector, aes.BlockSize, agileFiller)).CryptBlocks(sealed, sealed)
	return sealed
}

// unlinkedSeal encrypts whole blocks of AES, each by itself.
func unlinkedSeal(plain, key []byte) []byte {
	sealed := append(bytes.Clone(plain), make([]byte, -len(plain)&(aes.BlockSize-1))...)
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err)
	}
	for at := 0; at < len(sealed); at += aes.BlockSize {
		block.Encrypt(sealed[at:], sealed[at:])
	}
	return sealed
}

// sealStandard encrypts a workbook as Excel 2007 does.
func sealStandard(plain []byte, password string, cipher uint32, keyBits int) []byte {
	salt, input := []byte("0123456789abcdef"), []byte("sixteen bytes of")
	hash := sha1.Sum(append(bytes.Clone(salt), wideBytes(password)...))
	for i := range uint32(standardSpins) {
		hash = sha1.Sum(append(binary.LittleEndian.AppendUint32(nil, i), hash[:]...))
	}
	hash = sha1.Sum(append(hash[:], 0, 0, 0, 0))
	var key []byte
	for _, filler := range []byte{0x36, 0x5C} {
		b := bytes.Repeat([]byte{filler}, 64)
		for i, c := range hash {
			b[i] ^= c
		}
		sum := sha1.Sum(b)
		key = append(key, sum[:]...)
	}
	key = key[:keyBits/8]
	proof := sha1.Sum(input)
	header := fields(u32(0x24), u32(0), cipher, u32(0x8004), u32(keyBits), u32(0x18), u32(0), u32(0), u16(0))
	info := fields(u16(4), u16(2), u32(0x24), u32(len(header)), header, u32(16), salt, unlinkedSeal(input, key), u32(20), unlinkedSeal(proof[:], key))
	body := append(binary.LittleEndian.AppendUint64(nil, uint64(len(plain))), unlinkedSeal(plain, key)...)
	return compoundOf(9, file{"EncryptionInfo", info}, file{"EncryptedPackage", string(body)})
}

// sealXLS encrypts the records of a workbook. The veil takes an offset of the stream, and
// the size of the record there.
func sealXLS(x *xls, filePass string, veil func(c byte, at, size int) byte) []byte {
	x.globals = record(recordFilePass, filePass) + x.globals
	stream := []byte(x.stream())
	r := &records{data: stream}
	for {
		id, body, ok := r.next()
		if !ok {
			break
		}
		for i := range body {
			if !bare[id] && (id != recordSheet || i >= 4) {
				body[i] = veil(body[i], r.pos-len(body)+i, len(body))
			}
		}
	}
	name := "Workbook"
	if x.version == 0x0500 {
		name = "Book"
	}
	return compoundOf(9, file{name, string(stream)})
}

// sealRC4 encrypts a workbook by the keys of its blocks.
func sealRC4(x *xls, filePass string, key func(block uint32) []byte) []byte {
	streams := make(map[int][]byte) // by block
	return sealXLS(x, filePass, func(c byte, at, _ int) byte {
		block := at / rc4Block
		if streams[block] == nil {
			streams[block] = make([]byte, rc4Block)
			rc4Of(key(uint32(block))).XORKeyStream(streams[block], streams[block])
		}
		return c ^ streams[block][at%rc4Block]
	})
}

func rc4Of(key []byte) *rc4.Cipher {
	stream, err := rc4.NewCipher(key)
	if err != nil {
		panic(err)
	}
	return stream
}

// sealOldRC4 encrypts a workbook as Excel 97 does.
func sealOldRC4(x *xls, password string) []byte {
	salt, input := "0123456789abcdef", "sixteen bytes of"
	hash := md5.Sum(wideBytes(password))
	hash = md5.Sum([]byte(strings.Repeat(string(hash[:5])+salt, 16)))
	key := func(block uint32) []byte {
		sum := md5.Sum([]byte(fields(hash[:5], block)))
		return sum[:]
	}
	proof := md5.Sum([]byte(input))
	both := []byte(input + string(proof[:]))
	rc4Of(key(0)).XORKeyStream(both, both)
	return sealRC4(x, fields(u16(1), u16(1), u16(1), salt, both), key)
}

// sealNewRC4 encrypts a workbook as Excel 2002 does.
func sealNewRC4(x *xls, password string, keyBits int) []byte {
	salt, input := "0123456789abcdef", "sixteen bytes of"
	hash := sha1.Sum([]byte(salt + string(wideBytes(password))))
	key := func(block uint32) []byte {
		sum := sha1.Sum([]byte(fields(hash[:], block)))
		if keyBits == 40 {
			return append(sum[:5:5], make([]byte, 11)...)
		}
		return sum[:keyBits/8]
	}
	proof := sha1.Sum([]byte(input))
	both := []byte(input + string(proof[:]))
	rc4Of(key(0)).XORKeyStream(both, both)
	header := fields(u32(4), u32(0), u32(cipherRC4), u32(0x8004), u32(keyBits), u32(1), u32(0), u32(0), u16(0))
	return sealRC4(x, fields(u16(1), u16(2), u16(2), u32(4), u32(len(header)), header, u32(16), salt, both[:16], u32(20), both[16:]), key)
}

// sealXOR encrypts a workbook as Excel 95 does.
func sealXOR(x *xls, password string) []byte {
	key := fields(xorKey([]byte(password)), xorHash([]byte(password)))
	veil := xorVeilOf([]byte(key), password).(*xorVeil)
	if x.version == 0x0600 {
		key = fields(u16(veilXOR), key)
	}
	return sealXLS(x, key, func(c byte, at, size int) byte { return bits.RotateLeft8(c^veil[(at+size)%16], -3) })
}

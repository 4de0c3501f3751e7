package sheet

import (
	"bytes"
	"crypto/aes"
	"crypto/sha1"
	"encoding/binary"
)

// standardLock is the encryption of Excel 2007 ([MS-OFFCRYPTO] 2.3.4.5): AES without
// chaining. The same settings, but for the cipher, stand in an encrypted .xls.
type standardLock struct {
	cipher uint32
	bits   int    // of the key
	salt   []byte // 16 bytes
	input  []byte // encrypted; 16 bytes
	hashed []byte // the hash of input, encrypted
}

// Ciphers by their numbers in CryptoAPI.
const (
	cipherRC4    = 0x6801
	cipherAES128 = 0x660E
	cipherAES256 = 0x6610 // and 192 in between
)

// standardSpins is how often Excel 2007 hashes a password.
const standardSpins = 50_000

// settingsOf reads the settings from what follows the version; ok is false if they are
// cut off.
func settingsOf(b []byte) (l *standardLock, ok bool) {
	u32 := binary.LittleEndian.Uint32
	if len(b) < 8 || u32(b[4:]) < 20 || uint64(u32(b[4:])) > uint64(len(b)-8) {
		return nil, false
	}
	header, proof := b[8:], b[8+u32(b[4:]):]
	const salt, input, hashed = 4, 20, 40 // where they stand
	if len(proof) < hashed+sha1.Size || u32(proof) != 16 {
		return nil, false
	}
	return &standardLock{
		cipher: u32(header[8:]), bits: int(u32(header[16:])),
		salt: proof[salt:][:16], input: proof[input:][:16], hashed: proof[hashed:],
	}, true
}

func standardLockOf(settings []byte) (lock, error) {
	l, ok := settingsOf(settings)
	if !ok || len(l.hashed) < 2*aes.BlockSize {
		return nil, damaged(encryptionInfo, "cut off")
	}
	if l.cipher < cipherAES128 || l.cipher > cipherAES256 || l.bits != 128 && l.bits != 192 && l.bits != 256 {
		return nil, &Refusal{Reason: Encrypted, Part: encryptionInfo, Detail: "encrypted by a cipher that is not known"}
	}
	return l, nil
}

func (l *standardLock) rounds() int { return standardSpins }

func (l *standardLock) open(password string) []byte {
	hashed := sha1.Sum(append(bytes.Clone(l.salt), wideBytes(password)...))
	for i := range uint32(standardSpins) {
		hashed = sha1.Sum(append(binary.LittleEndian.AppendUint32(nil, i), hashed[:]...))
	}
	hashed = sha1.Sum(append(hashed[:], 0, 0, 0, 0))
	half := func(filler byte) []byte {
		b := bytes.Repeat([]byte{filler}, sha1.BlockSize)
		for i, c := range hashed {
			b[i] ^= c
		}
		sum := sha1.Sum(b)
		return sum[:]
	}
	key := append(half(0x36), half(0x5C)...)[:l.bits/8]
	proof := sha1.Sum(unlinked(l.input, key))
	if !bytes.Equal(proof[:], unlinked(l.hashed[:2*aes.BlockSize], key)[:sha1.Size]) {
		return nil
	}
	return key
}

func (l *standardLock) decrypt(sealed, key []byte) []byte {
	return unlinked(sealed[8:], key)
}

// unlinked decrypts the whole blocks of AES in b, each by itself.
func unlinked(b, key []byte) []byte {
	plain := make([]byte, len(b)/aes.BlockSize*aes.BlockSize)
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err) // the length of the key has been proved
	}
	for at := 0; at < len(plain); at += aes.BlockSize {
		block.Decrypt(plain[at:], b[at:])
	}
	return plain
}

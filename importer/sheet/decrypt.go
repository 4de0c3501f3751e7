package sheet

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
)

const (
	encryptionInfo   = "ENCRYPTIONINFO"
	encryptedPackage = "ENCRYPTEDPACKAGE"
)

// everybodys is the password that Excel itself tries before it asks for one: files
// that are encrypted with it open for everybody.
const everybodys = "VelvetSweatshop"

// tried are the passwords to try on an encrypted file, in turn.
func tried(passwords []string) []string {
	return append([]string{everybodys}, passwords...)
}

// lockedBy is the refusal of a file that no password opens.
func lockedBy(part string) *Refusal {
	return &Refusal{Reason: Encrypted, Part: part, Detail: "none of the passwords opens it"}
}

// A lock is how a workbook is encrypted ([MS-OFFCRYPTO]).
type lock interface {
	// open gives the key of a password, nil if that is not the right one: locks prove it
	// by a hash, so that no other is taken for it.
	open(password string) (key []byte)

	// rounds are how often open hashes at most, or does what costs as much.
	rounds() int

	// decrypt gives what was encrypted, in whole blocks. Sealed is all of the stream, of
	// which the first 8 bytes are a size.
	decrypt(sealed, key []byte) []byte
}

// decrypt opens an encrypted workbook with one of the passwords.
func (c *compound) decrypt(limits Limits, passwords []string) (*Book, error) {
	info, err := c.read(encryptionInfo)
	if err != nil {
		return nil, err
	}
	sealed, err := c.read(encryptedPackage)
	if err != nil {
		return nil, err
	}
	if len(info) < 8 || len(sealed) < 8 {
		return nil, damaged(encryptionInfo, "cut off")
	}
	size := binary.LittleEndian.Uint64(sealed)
	if size > uint64(len(sealed)-8) {
		return nil, damaged(encryptedPackage, "shorter than its %d bytes", size)
	}
	if int64(len(info)) > limits.Other {
		return nil, over(encryptionInfo, "other", limits.Other)
	}
	lock, err := lockOf(info)
	if err != nil {
		return nil, err
	}
	left := limits.Spins
	for _, password := range tried(passwords) {
		if left -= lock.rounds(); left < 0 {
			return nil, over(encryptionInfo, "spins", int64(limits.Spins))
		}
		key := lock.open(password)
		if key == nil {
			continue
		}
		plain := lock.decrypt(sealed, key)
		if uint64(len(plain)) < size {
			return nil, damaged(encryptedPackage, "not in whole blocks")
		}
		return openWorkbook(&source{r: bytes.NewReader(plain[:size]), size: int64(size)}, limits)
	}
	return nil, lockedBy(encryptedPackage)
}

// lockOf reads how a workbook is encrypted.
func lockOf(info []byte) (lock, error) {
	major, minor := binary.LittleEndian.Uint16(info), binary.LittleEndian.Uint16(info[2:])
	switch {
	case major == 4 && minor == 4:
		return agileLockOf(info[8:])
	case 2 <= major && major <= 4 && minor == 2:
		return standardLockOf(info[4:])
	}
	return nil, &Refusal{Reason: Encrypted, Part: encryptionInfo, Detail: "encrypted in a way that is not known"}
}

// wideBytes gives a password in UTF-16, as it is hashed.
func wideBytes(password string) []byte {
	var b []byte
	for _, unit := range utf16.Encode([]rune(password)) {
		b = binary.LittleEndian.AppendUint16(b, unit)
	}
	return b
}

// fit gives the first n bytes of b, or b filled up to n.
func fit(b []byte, n int, filler byte) []byte {
	if len(b) < n {
		b = append(b[:len(b):len(b)], bytes.Repeat([]byte{filler}, n-len(b))...)
	}
	return b[:n]
}

package sheet

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"

	"github.com/xuri/excelize/v2"
)

const (
	encryptionInfo   = "ENCRYPTIONINFO"
	encryptedPackage = "ENCRYPTEDPACKAGE"
)

// everybodys is the password that Excel itself tries before it asks for one: files
// that are encrypted with it open for everybody.
const everybodys = "VelvetSweatshop"

// decrypt opens an encrypted workbook ([MS-OFFCRYPTO]) with one of the passwords.
// Whether a password is the right one shows in what comes out: a zip or nonsense.
func (c *compound) decrypt(data []byte, limits Limits, passwords []string) (*Book, error) {
	size, err := c.proveEncryption(limits)
	if err != nil {
		return nil, err
	}
	for _, password := range append(passwords[:len(passwords):len(passwords)], everybodys) {
		plain, err := excelize.Decrypt(data, &excelize.Options{Password: password})
		if err != nil || !hasPrefix(plain, "PK\x03\x04") || uint64(len(plain)) < size {
			continue
		}
		plain = plain[:size]
		return openWorkbook(&source{r: bytes.NewReader(plain), size: int64(size)}, limits)
	}
	return nil, &Refusal{Reason: Encrypted, Part: encryptedPackage, Detail: "none of the passwords opens it"}
}

// proveEncryption proves, before anything is done with them, that the streams of an
// encrypted workbook are whole, that excelize will take no others for them, and that
// a password costs no more than allowed. It gives the size of what is encrypted.
func (c *compound) proveEncryption(limits Limits) (size uint64, err error) {
	if !c.alone(encryptionInfo) || !c.alone(encryptedPackage) {
		return 0, damaged(encryptionInfo, "not the only one of its name")
	}
	info, err := c.read(encryptionInfo)
	if err != nil {
		return 0, err
	}
	sealed, err := c.read(encryptedPackage)
	if err != nil {
		return 0, err
	}
	if len(info) < 8 || len(sealed) < 8 {
		return 0, damaged(encryptionInfo, "cut off")
	}
	if size = binary.LittleEndian.Uint64(sealed); size > uint64(len(sealed)-8) {
		return 0, damaged(encryptedPackage, "shorter than its %d bytes", size)
	}
	if int64(len(info)) > limits.Other {
		return 0, over(encryptionInfo, "other", limits.Other)
	}
	const agile = 4 // the other kinds hash a fixed number of times
	if binary.LittleEndian.Uint16(info[2:]) != agile {
		return size, nil
	}
	var settings excelize.Encryption
	if err := xml.Unmarshal(info[8:], &settings); err != nil {
		return 0, damaged(encryptionInfo, "broken")
	}
	for _, key := range settings.KeyEncryptors.KeyEncryptor {
		if key.EncryptedKey.SpinCount > limits.Spins {
			return 0, over(encryptionInfo, "spins", int64(limits.Spins))
		}
	}
	return size, nil
}

package sheet

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// encrypted is a good workbook with a password. It has a picture, because excelize
// misplaces packages below 4096 bytes.
func encrypted(t *testing.T, password string) []byte {
	t.Helper()
	picture := make([]byte, 8000)
	rand.New(rand.NewSource(1)).Read(picture)
	data, err := excelize.Encrypt(zipped(t, good(set("xl/media/image1.png", string(picture)))), &excelize.Options{Password: password})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestDecrypt(t *testing.T) {
	for _, test := range []struct {
		name, password string
		given          []string
		want           Reason // "" is read
	}{
		{"the password", "城固2024", []string{"城固2024"}, ""},
		{"the second of two", "城固2024", []string{"x", "城固2024"}, ""},
		{"everybody's", everybodys, nil, ""},
		{"no password", "城固2024", nil, Encrypted},
		{"another password", "城固2024", []string{"城固2023", ""}, Encrypted},
	} {
		t.Run(test.name, func(t *testing.T) {
			book, err := openBytes(encrypted(t, test.password), test.given...)
			if test.want == "" {
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(goodDump, dumpBook(t, book)); diff != "" {
					t.Error(diff)
				}
				return
			}
			refusal := refused(t, err)
			if refusal.Reason != test.want {
				t.Errorf("%v, want %s", err, test.want)
			}
			for _, password := range append(test.given, test.password) {
				if password != "" && strings.Contains(err.Error(), password) {
					t.Errorf("tells the password: %v", err)
				}
			}
		})
	}
}

// TestCiphers: the ways to encrypt a workbook. The right password opens it, and no other.
func TestCiphers(t *testing.T) {
	const password = "汇总123"
	plain := zipped(t, good(set("xl/media/image1.png", strings.Repeat("picture", 2000))))
	long := func(x *xls) { x.sheet += strings.Repeat(record(0x1234, make([]byte, 100)), 50) } // of nobody
	agile := func(data, key cipherSettings) []byte { return sealAgile(plain, password, data, key) }
	for name, data := range map[string][]byte{
		"agile, AES-256":              agile(cipherSettings{"SHA512", 256}, cipherSettings{"SHA512", 256}),
		"agile, AES-192":              agile(cipherSettings{"SHA512", 192}, cipherSettings{"SHA512", 192}),
		"agile, AES-128":              agile(cipherSettings{"SHA1", 128}, cipherSettings{"SHA1", 128}),
		"agile, a stronger password":  agile(cipherSettings{"SHA1", 128}, cipherSettings{"SHA512", 256}),
		"agile, a stronger key":       agile(cipherSettings{"SHA384", 256}, cipherSettings{"SHA256", 128}),
		"agile, a key of filled bits": agile(cipherSettings{"MD5", 256}, cipherSettings{"MD5", 192}),
		"standard, AES-128":           sealStandard(plain, password, cipherAES128, 128),
		"standard, AES-256":           sealStandard(plain, password, cipherAES256, 256),
		"xls, RC4":                    sealOldRC4(goodXLS(long), password),
		"xls, RC4 of 128 bits":        sealNewRC4(goodXLS(long), password, 128),
		"xls, RC4 of 40 bits":         sealNewRC4(goodXLS(long), password, 40),
	} {
		t.Run(name, func(t *testing.T) { opens(t, data, password) })
	}
	t.Run("xls, XOR", func(t *testing.T) { opens(t, sealXOR(goodXLS(long), "hz2024"), "hz2024") })
	t.Run("BIFF5, XOR", func(t *testing.T) { opens(t, sealXOR(goodBIFF5(long), "hz2024"), "hz2024") })
	t.Run("xls for everybody", func(t *testing.T) { opens(t, sealOldRC4(goodXLS(), everybodys), "x") })
	t.Run("xls, XOR for everybody", func(t *testing.T) { opens(t, sealXOR(goodXLS(), everybodys), "x") })
}

// opens proves that a good workbook opens with a password, after one that is wrong.
func opens(t *testing.T, data []byte, password string) {
	t.Helper()
	book, err := openBytes(data, password+"?", password)
	if err != nil {
		t.Fatal(err)
	}
	want := goodXLSDump
	if strings.Contains(dumpBook(t, book), "blank") {
		want = goodDump
	}
	if diff := cmp.Diff(want, dumpBook(t, book)); diff != "" {
		t.Error(diff)
	}
	if password == "x" {
		return
	}
	if _, err := openBytes(data, password+"?", ""); refused(t, err).Reason != Encrypted {
		t.Errorf("without the password: %v", err)
	}
}

// TestXORPassword: key and hash of a password are those of [MS-OFFCRYPTO] and of Excel.
func TestXORPassword(t *testing.T) {
	if key, hash := xorKey([]byte(everybodys)), xorHash([]byte(everybodys)); key != 0xB359 || hash != 0x9A0A {
		t.Errorf("%#04x, %#04x", key, hash)
	}
}

// TestDecryptDamage: an encrypted file that is broken, or costs too much to try, is
// refused, however many passwords there are to try.
func TestDecryptDamage(t *testing.T) {
	const key = `<keyEncryptor><p:encryptedKey xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password" ` +
		`keyBits="128" hashAlgorithm="SHA1" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" spinCount="%d"/></keyEncryptor>`
	settings := func(keys string) string {
		return fields(u16(4), u16(4), u32(0x40), `<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption"><keyData `+
			`keyBits="128" hashAlgorithm="SHA1" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC"/><keyEncryptors>`+keys+`</keyEncryptors></encryption>`)
	}
	agile := func(spins int) string { return settings(fmt.Sprintf(key, spins)) }
	twice := func(spins int) string { return settings(fmt.Sprintf(key+key, spins, spins)) }
	sealed := fields(uint64(16), [16]u8{})
	proved, err := lockOf([]byte(agile(0)))
	if err != nil {
		t.Fatal(err)
	}
	most := defaultLimits.Spins/2 - proved.rounds() // for either of two passwords: everybody's is tried, too
	for _, test := range []struct {
		name, info, sealed string
		want               Reason
	}{
		{"as many rounds as allowed", agile(most), sealed, Encrypted},
		{"a round more", agile(most + 1), sealed, TooLarge},
		{"package cut off", agile(1), fields(uint64(17), [16]u8{}), Damaged},
		{"no size", agile(1), "x", Damaged},
		{"settings cut off", "x", sealed, Damaged},
		{"settings broken", agile(1)[:60], sealed, Damaged},
		{"settings of nobody", fields(u16(9), u16(9), u32(0)), sealed, Encrypted},
		{"two passwords of half the rounds and one more", twice(most/2 + 1), sealed, TooLarge},
		{"rounds below zero", agile(-1), sealed, Damaged},
		{"a cipher of nobody", strings.Replace(agile(1), "AES", "DES", 1), sealed, Encrypted},
		{"nothing encrypted", agile(1), fields(uint64(0)), Encrypted},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := openBytes(compoundOf(9, file{"EncryptionInfo", test.info}, file{"EncryptedPackage", test.sealed}), "x")
			if refusal := refused(t, err); refusal.Reason != test.want {
				t.Errorf("%v, want %s", err, test.want)
			}
		})
	}
}

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

// TestDecryptDamage: an encrypted file that is broken, or costs too much to try, is
// refused before a password is tried.
func TestDecryptDamage(t *testing.T) {
	agile := func(spins int) string {
		return fields(u16(4), u16(4), u32(0x40),
			fmt.Sprintf(`<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption"><keyEncryptors><keyEncryptor>`+
				`<p:encryptedKey xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password" spinCount="%d"/>`+
				`</keyEncryptor></keyEncryptors></encryption>`, spins))
	}
	sealed := fields(uint64(16), [16]u8{})
	most := defaultLimits.Spins
	for _, test := range []struct {
		name, info, sealed string
		want               Reason
		more               []file
	}{
		{"as many rounds as allowed", agile(most), sealed, Encrypted, nil},
		{"a round more", agile(most + 1), sealed, TooLarge, nil},
		{"package cut off", agile(1), fields(uint64(17), [16]u8{}), Damaged, nil},
		{"no size", agile(1), "x", Damaged, nil},
		{"settings cut off", "x", sealed, Damaged, nil},
		{"settings broken", agile(1)[:60], sealed, Damaged, nil},
		{"settings of nobody", fields(u16(9), u16(9), u32(0)), sealed, Encrypted, nil},
		{"settings twice", agile(1), sealed, Damaged, []file{{"\x01EncryptionInfo", agile(most + 1)}}},
		{"nothing encrypted", agile(1), fields(uint64(0)), Encrypted, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := openBytes(compoundOf(9, append(test.more, file{"EncryptionInfo", test.info}, file{"EncryptedPackage", test.sealed})...), "x")
			if refusal := refused(t, err); refusal.Reason != test.want {
				t.Errorf("%v, want %s", err, test.want)
			}
		})
	}
}

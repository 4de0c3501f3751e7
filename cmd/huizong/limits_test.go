package main

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"huizong/importer/sheet"
	"huizong/internal/county"
)

// Every limit of the reader is in county.toml; lowered there, it turns a good file into one
// that is refused with a finding that names the limit as county.toml does.
func TestLimitsAreTheCountys(t *testing.T) {
	defaults := string(county.DefaultText())
	_, text, _ := strings.Cut(defaults, "[limits]\n")
	text, _, _ = strings.Cut(text, "\n[")
	limits := regexp.MustCompile(`(?m)^(\w+) = [\d_]+`).FindAllStringSubmatch(text, -1)
	if want := reflect.TypeFor[sheet.Limits]().NumField(); len(limits) != want {
		t.Errorf("%d limits in county.toml, %d in the reader", len(limits), want)
	}
	good, sealed := filepath.Join(samplesDir, "2024-06", "inbox", goodReturn), agileFile(t)
	for _, limit := range limits {
		line, key := limit[0], limit[1]
		lowered := filepath.Join(t.TempDir(), "county.toml")
		if err := os.WriteFile(lowered, []byte(strings.Replace(defaults, line, key+" = 1", 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		file, otherwise := good, exitDone
		if key == "spins" {
			file, otherwise = sealed, exitLeftOut // F03: nobody has its password
		}
		named := regexp.MustCompile(` F02 .*应为：[^〔]+不超过1[^〔]+〔limits\.` + key + `〕`)
		if found := huizong(t, otherwise, "check", file); named.MatchString(found) {
			t.Errorf("by default: %s", found)
		}
		if found := huizong(t, exitLeftOut, "check", "--county", lowered, file); !named.MatchString(found) {
			t.Errorf("%s = 1: %s", key, found)
		}
	}
}

// agileFile is an encrypted workbook that says itself how often a password is to be hashed,
// as those of Excel do: that of the sample has a fixed number.
func agileFile(t *testing.T) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(samplesDir, "2024-06", "inbox", "龙头镇2024年6月储备项目表（加密）.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(content, []byte("\x03\x00\x02\x00\x24\x00\x00\x00"))
	if at < 0 {
		t.Fatal("the sample is not encrypted as it was")
	}
	copy(content[at:], "\x04\x00\x04\x00\x40\x00\x00\x00"+
		`<encryption><keyEncryptors><keyEncryptor>`+
		`<encryptedKey xmlns="http://schemas.microsoft.com/office/2006/keyEncryptor/password" spinCount="2"/>`+
		`</keyEncryptor></keyEncryptors></encryption>`)
	path := filepath.Join(t.TempDir(), "agile.xlsx")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

package main

import (
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
	good, sealed := filepath.Join(samplesDir, "2024-06", "inbox", goodReturn), filepath.Join(t.TempDir(), "agile.xlsx")
	agileOf(2)(t, sealed)
	wrong := filepath.Join(t.TempDir(), "6月.xlsx")
	inTable(3, same("见附件")).create(t, wrong)
	for _, limit := range limits {
		line, key := limit[0], limit[1]
		lowered := filepath.Join(t.TempDir(), "county.toml")
		if err := os.WriteFile(lowered, []byte(strings.Replace(defaults, line, key+" = 1", 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		file, otherwise := good, exitDone
		switch key {
		case "spins":
			file, otherwise = sealed, exitLeftOut // F03: nobody has its password
		case "findings":
			file, otherwise = wrong, exitLeftOut
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

package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// house is what the paths of all packages of ours begin with.
const house = "huizong/"

// may says for each package what it may import of the others. One that is not listed has no
// place in the house.
var may = map[string][]string{
	"cmd/huizong": {"cmd/internal/job", "cmd/internal/post", "cmd/internal/visible", "cmd/internal/window", "consolidate",
		"consolidate/summary", "importer/receipt",
		"samples", "internal/encoded", "internal/form", "internal/county", "internal/folder", "internal/ledger"},
	"cmd/internal/job": {"cmd/internal/post", "cmd/internal/visible", "importer", "importer/sheet", "importer/receipt", "importer/template",
		"validate", "consolidate", "consolidate/identity", "consolidate/store", "consolidate/summary", "internal/form", "internal/county",
		"internal/folder", "internal/ledger"},
	"cmd/internal/window": {"cmd/internal/job", "cmd/internal/visible", "consolidate", "consolidate/summary",
		"internal/folder", "internal/form", "internal/county", "internal/ledger"},
	"cmd/internal/visible": {},
	"cmd/internal/post":    {},

	"cmd/internal/post/posttest": {},

	"cmd/dist": {"cmd/internal/job", "internal/zipped"}, // the version is the job's

	"cmd/elsewhere": {"importer/sheet", "internal/county", "internal/elsewhere"},

	"importer":          {"importer/sheet", "internal/encoded", "internal/form", "internal/county", "internal/ledger", "internal/naming"},
	"importer/sheet":    {"internal/encoded"},
	"importer/receipt":  {"importer/sheet", "internal/county", "internal/ledger"},
	"importer/template": {"internal/form", "internal/county", "internal/ledger", "internal/zipped"},
	"validate":          {"internal/form", "internal/county", "internal/ledger", "internal/naming"},
	"samples":           {"internal/form", "internal/county", "internal/ledger", "internal/zipped"},

	"consolidate":              {"consolidate/identity", "internal/form", "internal/county", "internal/ledger", "internal/naming"},
	"consolidate/identity":     {"internal/form", "internal/county", "internal/ledger", "internal/naming"},
	"consolidate/rating":       {"consolidate", "internal/form", "internal/county", "internal/ledger"},
	"consolidate/monthtest":    {"consolidate", "internal/form", "internal/county", "internal/ledger"},
	"consolidate/store":        {"internal/folder", "internal/form", "internal/ledger"},
	"consolidate/store/pgtest": {},

	"consolidate/summary": {"consolidate", "consolidate/rating", "internal/form", "internal/ledger",
		"consolidate/summary/page", "consolidate/summary/reserve", "consolidate/summary/progress", "consolidate/summary/bulletin",
		"consolidate/summary/briefing", "consolidate/summary/audit", "consolidate/summary/document", "consolidate/summary/workbook"},
	"consolidate/summary/page": {"consolidate", "consolidate/summary/workbook", "internal/form", "internal/county", "internal/ledger"},
	"consolidate/summary/reserve": {"consolidate", "consolidate/summary/page", "consolidate/summary/workbook",
		"internal/form", "internal/ledger"},
	"consolidate/summary/progress": {"consolidate", "consolidate/rating", "consolidate/summary/page", "consolidate/summary/workbook",
		"internal/form", "internal/ledger"},
	"consolidate/summary/bulletin": {"consolidate", "consolidate/rating", "consolidate/summary/document", "consolidate/summary/page",
		"consolidate/summary/progress", "consolidate/summary/scoreboard", "consolidate/summary/workbook", "internal/form", "internal/county", "internal/ledger"},
	"consolidate/summary/briefing": {"consolidate", "consolidate/rating", "consolidate/summary/page", "consolidate/summary/reserve",
		"consolidate/summary/progress", "consolidate/summary/bulletin", "consolidate/summary/scoreboard", "consolidate/summary/workbook",
		"internal/form", "internal/ledger"},
	"consolidate/summary/audit": {"consolidate", "consolidate/rating", "consolidate/summary/page", "consolidate/summary/scoreboard",
		"consolidate/summary/workbook",
		"internal/form", "internal/ledger"},
	"consolidate/summary/scoreboard": {"consolidate/rating", "consolidate/summary/page", "consolidate/summary/workbook", "internal/county", "internal/ledger"},
	"consolidate/summary/workbook":   {"internal/zipped"},
	"consolidate/summary/document":   {"internal/zipped"},

	"consolidate/summary/workbook/workbooktest": {"internal/elsewhere"},
	"consolidate/summary/consistency":           {},
	"consolidate/summary/schematest":            {},

	"internal/encoded": {},

	"internal/encoded/encodedtest": {},

	"internal/folder":     {},
	"internal/ledger":     {},
	"internal/naming":     {"internal/ledger"},
	"internal/zipped":     {},
	"internal/elsewhere":  {},
	"internal/peak":       {},
	"internal/mutate":     {},
	"internal/soak":       {},
	"internal/form":       {"internal/ledger", "internal/naming"},
	"internal/county":     {"internal/encoded", "internal/ledger", "internal/naming"},
	"internal/returntest": {"internal/form", "internal/county", "internal/ledger"},
}

// only says which packages alone may import a library (tests may use any).
var only = map[string][]string{
	"github.com/xuri/excelize/v2": {"huizong/samples", "huizong/importer/template", "huizong/consolidate/summary/workbook",
		"huizong/consolidate/summary/workbook/workbooktest", "huizong/consolidate/summary/consistency"},
	"github.com/jmoiron/sqlx":         {"huizong/consolidate/store"},
	"github.com/lib/pq":               {"huizong/consolidate/store", "huizong/consolidate/store/pgtest"},
	"modernc.org/sqlite":              {"huizong/consolidate/store"},
	"github.com/wneessen/go-mail":     {"huizong/cmd/internal/post"},
	"github.com/pelletier/go-toml/v2": {"huizong/internal/county"},
	// Text is read in one place; the sheets also hash a password in code page 936, and samples are written.
	"golang.org/x/text/encoding/simplifiedchinese": {"huizong/internal/encoded", "huizong/internal/encoded/encodedtest",
		"huizong/importer/sheet", "huizong/samples"},
	"github.com/alexedwards/argon2id": {"huizong/cmd/internal/job"},
	"github.com/alexedwards/scs/v2":   {"huizong/cmd/internal/job", "huizong/cmd/internal/window"},
	// The store writes a backup as its rows come, which internal/zipped would keep in memory; a receipt keeps the
	// parts of a stranger's workbook as they are packed.
	"archive/zip": {"huizong/importer/sheet", "huizong/importer/receipt", "huizong/internal/zipped", "huizong/samples", "huizong/consolidate/store",
		"huizong/consolidate/summary/workbook/workbooktest", "huizong/consolidate/summary/consistency",
		"huizong/internal/elsewhere", "huizong/cmd/elsewhere"}, // which look into the parts of others' files
	"github.com/klauspost/compress/flate": {"huizong/importer/sheet", "huizong/internal/zipped", "huizong/consolidate/store"},
	"golang.org/x/sys/unix":               {"huizong/internal/folder"},
	"golang.org/x/sys/windows":            {"huizong/internal/folder"},
	"log":                                 {"huizong/cmd/dist"},
	"log/slog":                            {"huizong/cmd/huizong"},
}

type goPackage struct {
	ImportPath string
	Imports    []string
}

// TestHouse keeps the directions of the house: stages never import one another, what is
// beneath knows nothing of what is above, and each library has its one place.
func TestHouse(t *testing.T) {
	listing, err := exec.Command("go", "list", "-json=ImportPath,Imports", "huizong/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(strings.NewReader(string(listing)))
	for {
		var p goPackage
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		allowed, listed := may[strings.TrimPrefix(p.ImportPath, house)]
		if !listed {
			t.Errorf("%s has no place in the house", p.ImportPath)
		}
		for _, other := range allowed {
			if !slices.Contains(p.Imports, house+other) {
				t.Errorf("%s may import %s and does not: the list says too much", p.ImportPath, other)
			}
		}
		for _, imported := range p.Imports {
			if other, ours := strings.CutPrefix(imported, house); ours && !slices.Contains(allowed, other) {
				t.Errorf("%s must not import %s", p.ImportPath, imported)
			}
			if places, kept := only[imported]; kept && !slices.Contains(places, p.ImportPath) {
				t.Errorf("%s must not import %s", p.ImportPath, imported)
			}
		}
	}
}

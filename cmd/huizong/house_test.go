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

// may says for each part of the house what it may import of the others. A part is known by
// its longest prefix. What is not listed may import nothing of the house.
var may = map[string][]string{
	"huizong/cmd/huizong": with(common, "huizong/internal/job", "huizong/consolidate/summary", "huizong/samples"),
	"huizong/internal/job": with(common, "huizong/importer", "huizong/importer/sheet", "huizong/validate",
		"huizong/consolidate", "huizong/consolidate/store", "huizong/consolidate/summary"),
	"huizong/importer":                     with(common, "huizong/importer/sheet"),
	"huizong/importer/sheet":               {},
	"huizong/validate":                     common,
	"huizong/consolidate":                  common,
	"huizong/consolidate/store":            {"huizong/internal/form", "huizong/internal/ledger"},
	"huizong/consolidate/store/pgtest":     {},
	"huizong/consolidate/summary":          with(common, "huizong/consolidate", "huizong/consolidate/summary/workbook"),
	"huizong/consolidate/summary/workbook": {"huizong/internal/ledger", "huizong/internal/zipped", "huizong/consolidate/summary/workbook"},
	"huizong/samples":                      with(common, "huizong/internal/zipped"),
	"huizong/internal/ledger":              {},
	"huizong/internal/zipped":              {},
	"huizong/internal/peak":                {},
	"huizong/internal/form":                {"huizong/internal/ledger"},
	"huizong/internal/county":              {"huizong/internal/ledger"},
}

// common is what is common to the stages: the vocabulary, the forms, what the county decides.
var common = []string{"huizong/internal/form", "huizong/internal/county", "huizong/internal/ledger"}

func with(parts []string, more ...string) []string { return slices.Concat(parts, more) }

// only says which packages alone may import a library (tests may use any).
var only = map[string][]string{
	"github.com/xuri/excelize/v2": {"huizong/importer/sheet", "huizong/samples",
		"huizong/consolidate/summary/workbook", "huizong/consolidate/summary/workbook/workbooktest"},
	"github.com/jmoiron/sqlx":         {"huizong/consolidate/store"},
	"github.com/lib/pq":               {"huizong/consolidate/store", "huizong/consolidate/store/pgtest"},
	"modernc.org/sqlite":              {"huizong/consolidate/store"},
	"github.com/pelletier/go-toml/v2": {"huizong/internal/county"},
	"archive/zip": {"huizong/importer/sheet", "huizong/internal/zipped", "huizong/samples",
		"huizong/consolidate/summary/workbook/workbooktest"},
	"log":      {},
	"log/slog": {"huizong/cmd/huizong"},
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
		allowed, listed := may[part(p.ImportPath)]
		if !listed {
			t.Errorf("%s has no place in the house", p.ImportPath)
		}
		for _, imported := range p.Imports {
			if strings.HasPrefix(imported, "huizong/") && !slices.Contains(allowed, part(imported)) {
				t.Errorf("%s must not import %s", p.ImportPath, imported)
			}
			if places, kept := only[imported]; kept && !slices.Contains(places, p.ImportPath) {
				t.Errorf("%s must not import %s", p.ImportPath, imported)
			}
		}
	}
}

// part is the part of the house that a package belongs to.
func part(path string) string {
	for path != "" {
		if _, ok := may[path]; ok {
			return path
		}
		path = path[:max(strings.LastIndex(path, "/"), 0)]
	}
	return ""
}

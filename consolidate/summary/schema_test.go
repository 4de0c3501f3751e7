package summary

import (
	"os"
	"path"
	"path/filepath"
	"testing"

	"huizong/consolidate"
	"huizong/consolidate/monthtest"
	"huizong/consolidate/summary/schematest"
)

// TestSchema: every workbook, the bulletin and an order are valid Open XML, of a full month and of one in
// which nothing was reported.
func TestSchema(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the validator for each file")
	}
	validator := schematest.Validator(t)
	_, second := monthtest.Months(t)
	for name, month := range map[string]*consolidate.Month{"a month": second, "nothing reported": monthtest.Reconcile(t, monthtest.June, nil)} {
		made, err := Make(month)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range append(made.Workbooks(), made.Documents()[:min(2, len(made.Documents()))]...) {
			t.Run(name+" "+path.Base(file.Path), func(t *testing.T) {
				at := filepath.Join(t.TempDir(), path.Base(file.Path))
				if err := os.WriteFile(at, contentOf(t, file), 0o600); err != nil {
					t.Fatal(err)
				}
				schematest.Valid(t, validator, at)
			})
		}
	}
}

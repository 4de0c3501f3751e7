package summary

import (
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
		dir := t.TempDir()
		out, err := Write(month, dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range append(out.Workbooks, out.Documents[:min(2, len(out.Documents))]...) {
			t.Run(name+" "+filepath.Base(file.Path), func(t *testing.T) {
				schematest.Valid(t, validator, filepath.Join(dir, filepath.FromSlash(file.Path)))
			})
		}
	}
}

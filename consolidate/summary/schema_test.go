package summary

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"huizong/consolidate"
	"huizong/consolidate/monthtest"
)

// TestSchema: every workbook, the bulletin and an order are valid Open XML, of a full month and of one in
// which nothing was reported.
func TestSchema(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the validator for each file")
	}
	validator, err := exec.LookPath("ooxml-validator")
	if err != nil {
		if _, err := exec.LookPath("npm"); err == nil && os.Getenv("CI") != "" {
			t.Fatal("ooxml-validator is not installed: make tools")
		}
		t.Skip("ooxml-validator is not installed")
	}
	_, second := monthtest.Months(t)
	for name, month := range map[string]*consolidate.Month{"a month": second, "nothing reported": monthtest.Reconcile(t, monthtest.June, nil)} {
		dir := t.TempDir()
		out, err := Write(month, dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range append(out.Workbooks, out.Documents[:min(2, len(out.Documents))]...) {
			t.Run(name+" "+filepath.Base(file.Path), func(t *testing.T) { validate(t, validator, filepath.Join(dir, filepath.FromSlash(file.Path))) })
		}
	}
}

func validate(t *testing.T, validator, file string) {
	printed, err := exec.Command(validator, file).Output() // its status is 1 where the file is not valid
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	var result struct {
		OK     bool `json:"ok"`
		Errors []struct{ Description, Path, XPath string }
	}
	if err := json.Unmarshal(printed, &result); err != nil {
		t.Fatalf("%v: %s", err, printed)
	}
	for _, wrong := range result.Errors {
		t.Errorf("%s %s: %s", wrong.Path, wrong.XPath, wrong.Description)
	}
	if !result.OK {
		t.Error("the file is not valid")
	}
}

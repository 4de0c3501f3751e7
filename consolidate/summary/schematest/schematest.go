// Package schematest has workbooks and documents validated against the schema of Open XML, for tests.
package schematest

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"testing"
)

// Validator skips the test where ooxml-validator is not installed. In CI, where npm is, that is a mistake.
func Validator(t *testing.T) string {
	t.Helper()
	validator, err := exec.LookPath("ooxml-validator")
	if err != nil {
		if _, err := exec.LookPath("npm"); err == nil && os.Getenv("CI") != "" {
			t.Fatal("ooxml-validator is not installed: make tools")
		}
		t.Skip("ooxml-validator is not installed")
	}
	return validator
}

// Valid fails the test for everything in a file that the schema does not allow.
func Valid(t *testing.T, validator, file string) {
	t.Helper()
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

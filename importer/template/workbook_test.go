package template_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"huizong/consolidate/summary/schematest"
	"huizong/internal/ledger"
)

func TestSameTemplateSameBytes(t *testing.T) {
	if !bytes.Equal(madeFull(t), made(t, full())) {
		t.Error("the same template gives other bytes")
	}
}

// units counts characters as Excel does.
func units(text string) int { return len(utf16.Encode([]rune(text))) }

// TestInputs: what Excel cuts or ignores is short enough, every list stops or asks, and every name that a list goes by is
// one of the workbook.
func TestInputs(t *testing.T) {
	file := open(t, madeFull(t))
	names := map[string]bool{}
	for _, name := range file.GetDefinedName() {
		names[name.Name] = true
	}
	lists := 0
	for _, sheet := range file.GetSheetList() {
		inputs, err := file.GetDataValidations(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, in := range inputs {
			text := func(s *string) string {
				if s == nil {
					return ""
				}
				return *s
			}
			if n := units(text(in.PromptTitle)); n > 32 {
				t.Errorf("%s %s: a prompt's title of %d characters", sheet, in.Sqref, n)
			}
			if n := units(text(in.Prompt)); n > 255 {
				t.Errorf("%s %s: a prompt of %d characters", sheet, in.Sqref, n)
			}
			if units(text(in.ErrorTitle)) > 32 || units(text(in.Error)) > 255 {
				t.Errorf("%s %s: words of refusal are too long: %s", sheet, in.Sqref, text(in.Error))
			}
			if in.Type != "list" {
				continue
			}
			lists++
			if !in.ShowErrorMessage {
				t.Errorf("%s %s: the list stops nobody", sheet, in.Sqref)
			}
			if n := units(in.Formula1); n > 255 || !strings.HasPrefix(in.Formula1, `"`) && !names[in.Formula1] {
				t.Errorf("%s %s: a list of %d characters, %s", sheet, in.Sqref, n, in.Formula1)
			}
		}
	}
	if lists < 30 {
		t.Errorf("%d lists", lists)
	}
}

func TestSheetsAreProtectedAndHidden(t *testing.T) {
	file := open(t, madeFull(t))
	for i, sheet := range file.GetSheetList() {
		protected, err := file.GetSheetProtection(sheet)
		if err != nil || !protected.SelectUnlockedCells || protected.Password != "" {
			t.Errorf("%s: %+v, %v", sheet, protected, err)
		}
		visible, err := file.GetSheetVisible(sheet)
		if err != nil || visible != (sheet != ledger.TemplateLists && sheet != ledger.TemplateStamp) {
			t.Errorf("%s is visible: %t, %v", sheet, visible, err)
		}
		if i == 0 && sheet != ledger.TemplateGuide {
			t.Errorf("the first sheet is %s", sheet)
		}
	}
}

func TestBlankTemplate(t *testing.T) {
	blank := full()
	for i := range blank.Sheets {
		blank.Sheets[i].Rows = nil
	}
	d := read(t, "报表.xlsx", made(t, blank))
	for _, r := range d.Returns {
		if len(r.Records) != 0 || r.Nil {
			t.Errorf("%s has %d rows, nil %t", r.Form, len(r.Records), r.Nil)
		}
	}
}

func TestValid(t *testing.T) {
	validator := schematest.Validator(t)
	file := filepath.Join(t.TempDir(), "template.xlsx")
	if err := os.WriteFile(file, madeFull(t), 0o600); err != nil {
		t.Fatal(err)
	}
	schematest.Valid(t, validator, file)
}

package sheet

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"huizong/internal/elsewhere"
)

// office converts files with LibreOffice, and gives the folder that the others are in.
func office(t *testing.T, to string, files ...string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("half a minute")
	}
	out := t.TempDir()
	err := elsewhere.Convert(t.Context(), to, out, files...)
	if errors.Is(err, elsewhere.ErrMissing) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// values are the cells of a file, by sheet and address, as a person would
// compare them: numbers to 15 digits, days as days. A file that is not read has none.
func values(t *testing.T, path string) map[string]string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	book, rows, _, err := readAll(data)
	if err != nil {
		return nil
	}
	all := map[string]string{}
	for i := range book.Sheets() {
		for _, row := range rows[i] {
			for _, cell := range row.Cells {
				if value := comparable(cell, book.Date1904); value != "" {
					all[strconv.Itoa(i)+"!"+Ref(cell.Column, row.Number)] = value
				}
			}
		}
	}
	return all
}

// comparable is the value of a cell, "" where programs differ: errors, truth values, texts of
// formulas, which LibreOffice computes anew, and times of the day.
func comparable(cell Cell, date1904 bool) string {
	number, err := strconv.ParseFloat(cell.Raw, 64)
	code := quotedText.Replace(cell.Format)
	switch dated := strings.ContainsAny(code, "yd"); {
	case cell.Formula, cell.Kind != Number && cell.Kind != Text, !dated && strings.Contains(code, "h"):
		return ""
	case cell.Kind == Number && dated && date1904:
		return time.Date(1904, 1, 1, 0, 0, int(number*86400+0.5), 0, time.UTC).Format(time.DateOnly)
	case cell.Kind == Number && dated:
		return time.Date(1899, 12, 30, 0, 0, int(number*86400+0.5), 0, time.UTC).Format(time.DateOnly)
	case cell.Kind == Text && dated && len(cell.Raw) >= len(time.DateOnly):
		return cell.Raw[:len(time.DateOnly)]
	case cell.Kind == Number && err == nil:
		return strconv.FormatFloat(number, 'g', 14, 64)
	}
	return strings.Join(strings.Fields(cell.Raw), " ")
}

var quotedText = strings.NewReplacer("[Red]", "", "General", "")

// TestConverted: what LibreOffice makes of the sample's returns is read to the same values.
func TestConverted(t *testing.T) {
	const inbox = "../../samples/2024-06/inbox"
	files, err := filepath.Glob(inbox + "/*.xlsx")
	if err != nil || len(files) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	for format, files := range map[string][]string{"ods": files, "fods": files[:5]} {
		out := office(t, format, files...)
		compared := 0
		for _, file := range files {
			base := strings.TrimSuffix(filepath.Base(file), ".xlsx")
			compared += same(t, values(t, file), values(t, filepath.Join(out, base+"."+format)), base+"."+format)
		}
		t.Logf("%s: %d cells compared", format, compared)
		if compared < 50*len(files) {
			t.Errorf("%s: only %d cells compared", format, compared)
		}
	}
}

// TestConvertedHTML: texts of a web page that LibreOffice makes of a return are in the same
// cells, but for blanks at the ends of lines.
func TestConvertedHTML(t *testing.T) {
	const file = "../../samples/2024-06/inbox/县交通局6月进展.xlsx"
	out := office(t, "html", file)
	texts := map[string]string{}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, rows, _, err := readAll(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[0] {
		for _, cell := range row.Cells {
			if text := comparable(cell, false); cell.Kind == Text && text != "" {
				texts["0!"+Ref(cell.Column, row.Number)] = text
			}
		}
	}
	theirs := values(t, filepath.Join(out, "县交通局6月进展.html"))
	for at := range theirs {
		if texts[at] == "" {
			delete(theirs, at) // a number, as it is shown
		}
	}
	if same(t, texts, theirs, "html") == 0 {
		t.Error("nothing compared")
	}
}

// officeErrs are the public files that LibreOffice reads otherwise, and why.
var officeErrs = map[string]string{
	"SheetJS+test_files__rich_text_stress.xlsx.xml": "text within elements within elements is lost",
}

// TestConvertedCorpus: the public files of OpenDocument and of 2003 are read to the values that
// are in what LibreOffice makes of them.
func TestConvertedCorpus(t *testing.T) {
	var files []string
	for _, file := range corpus(t) {
		if data, err := os.ReadFile(file.path); err == nil && (file.extension == "ods" || file.extension == "xml") {
			if _, _, _, err := readAll(data); err == nil {
				files = append(files, file.path)
			}
		}
	}
	out := office(t, "xlsx", files...)
	compared := 0
	for _, file := range files {
		base := filepath.Base(file)
		theirs := values(t, filepath.Join(out, strings.TrimSuffix(base, filepath.Ext(base))+".xlsx"))
		if theirs != nil && officeErrs[base] == "" {
			compared += same(t, values(t, file), theirs, base)
		}
	}
	t.Logf("%d cells of %d files compared", compared, len(files))
}

// same compares cells, and gives how many.
func same(t *testing.T, ours, theirs map[string]string, name string) int {
	t.Helper()
	wrong := 0
	for at := range ours {
		if ours[at] != theirs[at] {
			if wrong++; wrong <= 5 {
				t.Errorf("%s %s: %q, theirs %q", name, at, ours[at], theirs[at])
			}
		}
	}
	if len(ours) != len(theirs) {
		t.Errorf("%s: %d cells, theirs %d", name, len(ours), len(theirs))
	}
	return len(ours)
}

package sheet

import (
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const (
	macro   = "a function of macros, which it does not run"
	unknown = "a function or a name that it does not know"
)

// computedAnew are the .xls whose formulas LibreOffice computes anew, to another result
// than the one in the file, and why.
var computedAnew = map[string]string{
	"SheetJS+test_files__biff5__number_format.xls":        macro,
	"SheetJS+test_files__number_format_vietnamese.xls":    macro,
	"apache+poi__27852.xls":                               macro,
	"apache+poi__SquareMacro.xls":                         macro,
	"apache+poi__ex45046-21984.xls":                       macro,
	"SheetJS+test_files__biff5__defined_names_simple.xls": unknown,
	"SheetJS+test_files__fn.et":                           unknown,
	"SheetJS+test_files__biff5__ErrorTypes.xls":           "ERROR.TYPE and TYPE are other numbers",
	"apache+poi__63819.xls":                               "a date without year is of this year",
	"apache+poi__DateTimeToNumberTestCases.xls":           "the text 18 Jan 2019 is no date to it",
	"apache+poi__60284.xls":                               "a difference of almost nothing is 0 to it",
	"apache+poi__IndirectFunctionTestCaseData.xls":        "INDIRECT of an address with a sheet, as Excel writes it, is none to it",
}

// TestLibreOffice: where LibreOffice reads an .xls too, it finds values in the same
// cells, the same texts, and the same numbers where they have no format.
func TestLibreOffice(t *testing.T) {
	if testing.Short() {
		t.Skip("half a minute")
	}
	const allSheetsAsStored = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
	var files []string
	read := make(map[corpusFile][][]Row)
	books := make(map[corpusFile]*Book)
	for _, file := range corpus(t) {
		if file.extension != "xls" && file.extension != "et" {
			continue
		}
		data, err := os.ReadFile(file.path)
		if err != nil {
			t.Fatal(err)
		}
		if book, rows, _, err := readAll(data); err == nil {
			books[file], read[file] = book, rows
			files = append(files, file.path)
		}
	}
	out := office(t, allSheetsAsStored, files...)
	sheets, cells := 0, 0
	for file, book := range books {
		formulas := computedAnew[file.name] == ""
		differs := false
		for i, sheet := range book.Sheets() {
			base := strings.TrimSuffix(file.name, filepath.Ext(file.name))
			theirs, err := readCSV(t, filepath.Join(out, base+"-"+sheet.Name+".csv"))
			if err != nil {
				continue // not read, or a name that no file can have
			}
			sheets++
			n, wrong := differences(read[file][i], theirs, formulas)
			cells += n
			if wrong != "" {
				t.Errorf("%s, %s: %s", file.name, sheet.Name, wrong)
			}
			_, anew := differences(read[file][i], theirs, true)
			differs = differs || anew != ""
		}
		if !formulas && !differs {
			t.Errorf("%s: LibreOffice agrees now", file.name)
		}
	}
	t.Logf("%d cells of %d sheets compared", cells, sheets)
	if sheets < 100 {
		t.Errorf("only %d sheets compared", sheets)
	}
}

// readCSV reads what LibreOffice wrote, by address. encoding/csv is of no use, since
// it passes over empty lines.
func readCSV(t *testing.T, path string) (map[string]string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return linesOf(t, &lines{text: string(text), comma: ',', limits: defaultLimits}), nil
}

// differences compares the cells, with or without formulas, and gives how many and the
// first one that differs.
func differences(rows []Row, theirs map[string]string, formulas bool) (compared int, first string) {
	for _, row := range rows {
		for _, cell := range row.Cells {
			at := Ref(cell.Column, row.Number)
			their := theirs[at]
			if cell.Formula && !formulas || cell.Raw == "" {
				continue
			}
			same := their != ""
			switch {
			case cell.Kind == Text:
				same = their == strings.ReplaceAll(cell.Raw, "\r\n", "\n")
			case cell.Kind == Number && cell.Format == "":
				ours, _ := strconv.ParseFloat(cell.Raw, 64)
				number, err := strconv.ParseFloat(their, 64)
				same = err == nil && math.Abs(number-ours) <= 1e-9*math.Abs(ours)
			}
			if !same && first == "" {
				first = at + ": " + strconv.Quote(cell.Raw) + ", theirs " + strconv.Quote(their)
			}
			compared++
		}
	}
	return compared, first
}

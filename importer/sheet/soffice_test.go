package sheet

import (
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestLibreOffice: where LibreOffice reads an .xls too, it finds values in the same
// cells, the same texts, and the same numbers where they have no format. Formulas
// are left out, because it computes them anew.
func TestLibreOffice(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if testing.Short() || err != nil {
		t.Skip("half a minute, and needs LibreOffice")
	}
	out := t.TempDir()
	const allSheetsAsStored = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
	args := []string{"-env:UserInstallation=file://" + t.TempDir(), "--headless", "--convert-to", allSheetsAsStored, "--outdir", out}
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
			args = append(args, file.path)
		}
	}
	if log, err := exec.Command(soffice, args...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, log)
	}
	sheets, cells := 0, 0
	for file, book := range books {
		for i, sheet := range book.Sheets() {
			base := strings.TrimSuffix(file.name, filepath.Ext(file.name))
			theirs, err := readCSV(t, filepath.Join(out, base+"-"+sheet.Name+".csv"))
			if err != nil {
				continue // not read, or a name that no file can have
			}
			sheets++
			n, wrong := differences(read[file][i], theirs)
			cells += n
			if wrong != "" {
				t.Errorf("%s, %s: %s", file.name, sheet.Name, wrong)
			}
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

// differences compares the cells that are no formulas, and gives how many and the
// first one that differs.
func differences(rows []Row, theirs map[string]string) (compared int, first string) {
	for _, row := range rows {
		for _, cell := range row.Cells {
			at := Ref(cell.Column, row.Number)
			their := theirs[at]
			if cell.Formula || cell.Raw == "" {
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

package receipt

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"huizong/consolidate/summary/schematest"
	"huizong/importer/sheet"
	"huizong/internal/county"
	"huizong/internal/ledger"
)

// Findings of tests.
var (
	wrongAmount = ledger.Declare("X01", ledger.Error, ledger.HoldField, ledger.Level1, "type-error",
		ledger.Zh("不是金额", "请只填数字，单位万元"), ledger.En("not an amount", "write digits"))
	doubled = ledger.Declare("X02", ledger.Query, ledger.AcceptExplained, ledger.Level2, "other",
		ledger.Zh("比上月翻了一番 <&>", "请核对，确实的请说明"), ledger.En("doubled", "explain"))
)

// Of every workbook that is read and can be annotated, the receipt without its annotations is the workbook: each part the
// same, or the same but for the elements and attributes that annotating is known to add.
func TestReceiptsKeepWhatWasSent(t *testing.T) {
	annotated, alone := 0, 0
	for _, path := range slices.Concat(samples(t), corpus(t)) {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.Base(path), func(t *testing.T) {
			switch of, read := keeps(t, data, path); {
			case of:
				annotated++
			case read:
				alone++
			}
		})
	}
	t.Logf("%d annotated, %d answered by a first sheet alone", annotated, alone)
}

// keeps holds a receipt of a workbook against the workbook; not annotated where it cannot be, and not read where it is no
// workbook with cells.
func keeps(t *testing.T, data []byte, path string) (annotated, read bool) {
	t.Helper()
	limits := sheet.Limits(county.Default().Limits)
	book, err := sheet.Open(bytes.NewReader(data), int64(len(data)), limits)
	if err != nil {
		return false, false
	}
	findings, marked := findingsIn(book)
	if findings == nil {
		return false, false
	}
	slip := &Slip{Title: "回单", File: path, SHA256: "0123456789abcdef", County: county.Default(), Findings: findings}
	receipt, ok, err := Annotate(data, slip)
	if err != nil {
		t.Fatal(err)
	}
	if !ok {
		t.Log("a first sheet alone")
		return false, true
	}
	again, err := sheet.Open(bytes.NewReader(receipt), int64(len(receipt)), limits)
	if err != nil {
		t.Fatalf("the receipt is not read: %v", err)
	}
	sameCells(t, book, again)
	sameParts(t, data, receipt, marked)
	if twice, _, _ := Annotate(data, slip); !bytes.Equal(receipt, twice) {
		t.Error("other bytes the second time")
	}
	return true, true
}

// samples are the workbooks of the sample month.
func samples(t *testing.T) []string {
	paths, err := filepath.Glob("../../samples/2024-06/inbox/*.xlsx")
	if err != nil || len(paths) < 40 {
		t.Fatal(len(paths), err)
	}
	return paths
}

// What a sender may have made of a workbook besides cells: each comes back as it was.
func TestReceiptsOfRichWorkbooks(t *testing.T) {
	for name, enrich := range map[string]func(f *excelize.File) error{
		"comments, one on a cell in question": func(f *excelize.File) error {
			return errors.Join(f.AddComment("Sheet1", excelize.Comment{Cell: "A1", Author: "张三", Text: "请核"}),
				f.AddComment("Sheet1", excelize.Comment{Cell: "J9", Author: "李四", Text: "又及"}))
		},
		"print areas, titles and filters of sheets behind": func(f *excelize.File) error {
			_, err := f.NewSheet("二")
			return errors.Join(err, f.SetCellValue("二", "A1", "x"), f.AutoFilter("二", "A1:A1", nil),
				f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: "二!$A$1:$B$9", Scope: "二"}))
		},
		"a protected sheet and workbook": func(f *excelize.File) error {
			return errors.Join(f.ProtectSheet("Sheet1", &excelize.SheetProtectionOptions{Password: "x", SelectLockedCells: true}),
				f.ProtectWorkbook(&excelize.WorkbookProtectionOptions{LockStructure: true}))
		},
		"merges, styled rows and columns, hidden ones": func(f *excelize.File) error {
			style, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFFF00"}}})
			return errors.Join(err, f.MergeCell("Sheet1", "A1", "C2"), f.SetRowStyle("Sheet1", 5, 5, style), f.SetColStyle("Sheet1", "D", style),
				f.SetRowVisible("Sheet1", 3, false), f.SetColVisible("Sheet1", "E", false))
		},
		"formulas, a validation and a conditional format": func(f *excelize.File) error {
			list := excelize.NewDataValidation(true)
			list.Sqref = "B2:B9"
			return errors.Join(f.SetCellFormula("Sheet1", "F2", "SUM(A1:A9)"), list.SetDropList([]string{"是", "否"}), f.AddDataValidation("Sheet1", list),
				f.SetConditionalFormat("Sheet1", "A1:A9", []excelize.ConditionalFormatOptions{{Type: "duplicate", Criteria: "="}}))
		},
		"a hidden sheet, and another that is selected": func(f *excelize.File) error {
			_, err := f.NewSheet("藏")
			_, second := f.NewSheet("选")
			f.SetActiveSheet(2)
			return errors.Join(err, second, f.SetCellValue("藏", "A1", 1), f.SetCellValue("选", "A1", 1), f.SetSheetVisible("藏", false))
		},
		"a sheet of the name of ours": func(f *excelize.File) error {
			_, err := f.NewSheet(ledger.ReceiptSheet)
			return errors.Join(err, f.SetCellValue(ledger.ReceiptSheet, "A1", 1))
		},
		"a chart and a picture of its own drawing": func(f *excelize.File) error {
			return f.AddChart("Sheet1", "K1", &excelize.Chart{Type: excelize.Col, Series: []excelize.ChartSeries{{Values: "Sheet1!$A$1:$A$9"}}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := excelize.NewFile()
			for row := 1; row < 10; row++ {
				if err := f.SetSheetRow("Sheet1", fmt.Sprint("A", row), &[]any{row, "某项目", "约40", "", 2.5}); err != nil {
					t.Fatal(err)
				}
			}
			if err := enrich(f); err != nil {
				t.Fatal(err)
			}
			data, err := f.WriteToBuffer()
			if err != nil {
				t.Fatal(err)
			}
			if annotated, _ := keeps(t, data.Bytes(), name); !annotated {
				t.Error("it was not annotated")
			}
		})
	}
}

// The styles of a first sheet alone stand under the one name under which openpyxl looks for them.
func TestStylesAreFound(t *testing.T) {
	alone, err := Alone(&Slip{Title: "回单", File: "6月.pdf", County: county.Default()})
	if err != nil {
		t.Fatal(err)
	}
	if parts(t, alone)["xl/styles.xml"] == nil {
		t.Error("no part xl/styles.xml")
	}
}

// A receipt is valid by the schema, as the sample returns are of which they are made, and so is a first sheet alone.
func TestReceiptsAreValid(t *testing.T) {
	validator := schematest.Validator(t)
	valid := func(receipt []byte) {
		t.Helper()
		at := filepath.Join(t.TempDir(), "receipt.xlsx")
		if err := os.WriteFile(at, receipt, 0o600); err != nil {
			t.Fatal(err)
		}
		schematest.Valid(t, validator, at)
	}
	paths := samples(t)
	for i := 0; i < len(paths); i += len(paths) / 3 {
		data, err := os.ReadFile(paths[i])
		if err != nil {
			t.Fatal(err)
		}
		book, err := sheet.Open(bytes.NewReader(data), int64(len(data)), sheet.Limits(county.Default().Limits))
		if errors.As(err, new(*sheet.Refusal)) {
			continue // the encrypted one
		}
		if err != nil {
			t.Fatal(err)
		}
		findings, _ := findingsIn(book)
		slip := &Slip{Title: "回单", File: paths[i], County: county.Default(), Findings: findings}
		receipt, ok, err := Annotate(data, slip)
		if !ok || err != nil {
			t.Fatal(ok, err)
		}
		valid(receipt)
		if i == 0 {
			alone, err := Alone(slip)
			if err != nil {
				t.Fatal(err)
			}
			valid(alone)
		}
	}
}

// corpus are the workbooks of the corpus by path.
func corpus(t *testing.T) (paths []string) {
	dir := os.Getenv("HUIZONG_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "corpus")
	}
	manifest, err := os.Open(filepath.Join(dir, "manifest.csv"))
	if err != nil {
		t.Log("no corpus: set HUIZONG_CORPUS to its directory")
		return nil
	}
	defer manifest.Close()
	lines, err := csv.NewReader(manifest).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines[1:] {
		if ext := line[slices.Index(lines[0], "ext")]; strings.Contains(ext, "xlsx") || strings.Contains(ext, "xlsm") {
			paths = append(paths, filepath.Join(dir, line[slices.Index(lines[0], "file")]))
		}
	}
	return paths
}

// findingsIn are findings in a workbook: at cells that it has, at one beside the last of a row, at one of no row, and of rows.
func findingsIn(book *sheet.Book) (findings []ledger.Finding, marked map[string]bool) {
	marked = map[string]bool{}
	for _, s := range book.Sheets() {
		cells, last := 0, 0
		add := func(code *ledger.Code, row, column int) {
			cell := sheet.Ref(column, row)
			findings = append(findings, ledger.Finding{Code: code, Sheet: s.Name, Cell: cell, Row: row, Field: "总投资", Found: "约40", Expected: "40"})
			marked[cell] = true
		}
		for row, err := range s.Rows() {
			if err != nil {
				return nil, nil
			}
			last = row.Number
			for _, cell := range row.Cells {
				if cells++; cells%7 == 1 && cells < 200 {
					add(wrongAmount, row.Number, cell.Column)
				}
			}
			if n := len(row.Cells); n > 0 && last%5 == 0 && last < 200 && row.Cells[n-1].Column < 16_000 {
				add(doubled, row.Number, row.Cells[n-1].Column+2)
			}
		}
		if cells > 0 && last < 1_000_000 {
			add(doubled, last+3, 2)
			findings = append(findings, ledger.Finding{Code: doubled, Sheet: s.Name, Row: last + 1, Entity: "某项目"})
		}
	}
	return findings, marked
}

// sameCells holds the cells of a receipt behind its first sheet against those that were sent.
func sameCells(t *testing.T, sent, receipt *sheet.Book) {
	t.Helper()
	front, rest := receipt.Sheets()[0], receipt.Sheets()[1:]
	if !strings.HasPrefix(front.Name, ledger.ReceiptSheet) || len(rest) != len(sent.Sheets()) {
		t.Fatalf("the first sheet is %s, and %d follow; %d were sent", front.Name, len(rest), len(sent.Sheets()))
	}
	for i, s := range sent.Sheets() {
		want, got := cellsOf(t, s), cellsOf(t, rest[i])
		if s.Name != rest[i].Name || want != got {
			t.Errorf("sheet %s has other cells", s.Name)
		}
	}
}

func cellsOf(t *testing.T, s *sheet.Sheet) string {
	t.Helper()
	var b strings.Builder
	for row, err := range s.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		for _, cell := range row.Cells {
			fmt.Fprintln(&b, row.Number, row.Hidden, cell.Column, cell.Raw, cell.Format, cell.Kind)
		}
	}
	return b.String()
}

// parts are those of a zip, by name.
func parts(t *testing.T, data []byte) map[string][]byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{}
	for _, file := range archive.File {
		r, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		if all[file.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
		r.Close()
	}
	return all
}

// sameParts holds each part that was sent against that of the receipt.
func sameParts(t *testing.T, sent, receipt []byte, marked map[string]bool) {
	t.Helper()
	now := parts(t, receipt)
	for name, was := range parts(t, sent) {
		is, there := now[name]
		switch {
		case !there:
			t.Errorf("%s is gone", name)
		case bytes.Equal(was, is):
		case strings.HasSuffix(name, ".vml"):
			if !bytes.HasPrefix(is, was[:bytes.LastIndex(was, []byte("</xml>"))]) {
				t.Errorf("%s: what the sender drew is otherwise", name)
			}
		default:
			if err := onlyAdds(tokens(t, was), tokens(t, is), marked); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// tokens are those of a part, an element's own in one line each.
func tokens(t *testing.T, part []byte) (all []any) {
	t.Helper()
	decoder := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(part, []byte("\xef\xbb\xbf"))))
	decoder.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	for {
		token, err := decoder.RawToken()
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, xml.CopyToken(token))
	}
}

// addable are the elements that annotating adds, whole.
var addable = []string{"fill", "font", "border", "xf", "c", "row", "legacyDrawing", "comment", "author", "r", "Relationship", "Override", "sheet"}

// onlyAdds reports what of a part is otherwise than annotating makes it.
func onlyAdds(was, is []any, marked map[string]bool) error {
	i := 0
	for j := 0; j < len(is); j++ {
		if i < len(was) {
			if same(was[i], is[j], marked) {
				i++
				continue
			}
		}
		start, ok := is[j].(xml.StartElement)
		if !ok {
			if end, ok := is[j].(xml.EndElement); ok && end.Name.Local == "r" { // about a comment that was plain
				continue
			}
			return fmt.Errorf("%v in the place of %v", is[j], at(was, i))
		}
		if !slices.Contains(addable, start.Name.Local) {
			return fmt.Errorf("%v in the place of %v", is[j], at(was, i))
		}
		if t, ok := at(was, i).(xml.StartElement); ok && start.Name.Local == "r" && t.Name.Local == "t" {
			continue
		}
		for depth := 1; depth > 0; {
			j++
			switch is[j].(type) {
			case xml.StartElement:
				depth++
			case xml.EndElement:
				depth--
			}
		}
	}
	if i < len(was) {
		return fmt.Errorf("%v is gone", was[i])
	}
	return nil
}

func at(all []any, i int) any {
	if i < len(all) {
		return all[i]
	}
	return nil
}

// changing are the attributes that annotating may change, by element.
var changing = map[string][]string{"fills": {"count"}, "fonts": {"count"}, "borders": {"count"}, "cellXfs": {"count"},
	"workbookView": {"activeTab", "firstSheet"}, "definedName": {"localSheetId"}, "sheetView": {"tabSelected"}}

func same(was, is any, marked map[string]bool) bool {
	w, ok1 := was.(xml.StartElement)
	s, ok2 := is.(xml.StartElement)
	if !ok1 || !ok2 {
		return fmt.Sprintf("%T%s", was, was) == fmt.Sprintf("%T%s", is, is)
	}
	if w.Name != s.Name {
		return false
	}
	may := changing[w.Name.Local]
	if w.Name.Local == "c" {
		ref := slices.IndexFunc(w.Attr, func(a xml.Attr) bool { return a.Name.Local == "r" })
		if ref < 0 || marked[w.Attr[ref].Value] || slices.IndexFunc(s.Attr, func(a xml.Attr) bool { return a.Name.Local == "s" }) >= 0 {
			may = []string{"s"}
		}
	}
	rest := func(all []xml.Attr) string {
		var kept []xml.Attr
		for _, a := range all {
			if a.Name.Space != "" || !slices.Contains(may, a.Name.Local) {
				kept = append(kept, a)
			}
		}
		return fmt.Sprint(kept)
	}
	return rest(w.Attr) == rest(s.Attr)
}

// Of very many findings the gravest are told, and the cells of all are coloured: the receipt still opens, and comes back.
func TestReceiptOfVeryManyFindings(t *testing.T) {
	f := excelize.NewFile()
	slip := &Slip{Title: "回单", File: "a.xlsx", County: county.Default()}
	for row := 1; row <= 4_000; row++ {
		if err := f.SetSheetRow("Sheet1", fmt.Sprint("A", row), &[]any{row, "某项目", "约40"}); err != nil {
			t.Fatal(err)
		}
		code := doubled
		if row > 3_990 {
			code = wrongAmount
		}
		slip.Findings = append(slip.Findings, ledger.Finding{Code: code, Sheet: "Sheet1", Cell: fmt.Sprint("C", row), Row: row, Field: "总投资"})
	}
	sent, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	receipt, ok, err := Annotate(sent.Bytes(), slip)
	if !ok || err != nil {
		t.Fatal(ok, err)
	}
	book, err := sheet.Open(bytes.NewReader(receipt), int64(len(receipt)), sheet.Limits(county.Default().Limits))
	if err != nil {
		t.Fatal(err)
	}
	front := cellsOf(t, book.Sheets()[0])
	if !strings.Contains(front, "另有2991条没有列出") || strings.Count(front, doubled.Wrong.In(ledger.Chinese)) != mostTold-1 ||
		!strings.Contains(front, "C3991、C3992、") {
		t.Errorf("the first sheet ends with %s", front[len(front)-600:])
	}
	all := parts(t, receipt)
	if n := bytes.Count(all["xl/comments1.xml"], []byte("<comment ")); n != mostTold {
		t.Errorf("%d notes, want %d", n, mostTold)
	}
	if n := bytes.Count(all["xl/worksheets/sheet1.xml"], []byte(` s="`)); n < 4_000 {
		t.Errorf("%d cells are coloured", n)
	}
}

package sheet

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// corpusFile is one line of the corpus' manifest.
type corpusFile struct {
	name, extension, character string
	cells                      string // non-empty cells, where known
	note                       string
	path                       string
}

// corpus gives the strange and broken workbooks for tests, which are no part of
// this repository: HUIZONG_CORPUS says where they are.
func corpus(t *testing.T) []corpusFile {
	dir := os.Getenv("HUIZONG_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "corpus")
	}
	manifest, err := os.Open(filepath.Join(dir, "manifest.csv"))
	if err != nil {
		t.Skip("no corpus: set HUIZONG_CORPUS to its directory")
	}
	defer manifest.Close()
	lines, err := csv.NewReader(manifest).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var files []corpusFile
	for _, line := range lines[1:] {
		field := func(name string) string { return line[slices.Index(lines[0], name)] }
		files = append(files, corpusFile{
			field("file"), field("ext"), field("character"), field("cells"), field("note"), filepath.Join(dir, field("file")),
		})
	}
	return files
}

// readAll reads a file as its user would: all rows are held before any is used.
// It gives them with the number of cells that are not empty.
func readAll(data []byte) (book *Book, rows [][]Row, cells int, err error) {
	book, err = Open(bytes.NewReader(data), int64(len(data)), DefaultLimits())
	if err != nil {
		return nil, nil, 0, err
	}
	for i, sheet := range book.Sheets() {
		rows = append(rows, nil)
		for row, err := range sheet.Rows() {
			if err != nil {
				return nil, nil, 0, err
			}
			kept := *row
			kept.Cells = slices.Clone(row.Cells)
			rows[i] = append(rows[i], kept)
			for _, cell := range row.Cells {
				if cell.Raw != "" {
					cells++
				}
			}
		}
	}
	return book, rows, cells, nil
}

// refusedNormal are the workbooks of the corpus that count as normal and are
// refused nevertheless.
var refusedNormal = map[string]string{
	"ClosedXML+ClosedXML__tdf100709.xlsx": "cell A36 has style 406 of 100: its number format, and so perhaps a date, is lost",
	"apache+poi__xlsx-corrupted.xlsx":     "the package relations have a tail behind their end",
}

// refusedAs are the reasons to refuse the files of a character that are not to be read.
var refusedAs = map[string][]Reason{
	"encrypted":      {Encrypted},
	"xlsb":           {FileXLSB},
	"ods":            {FileODS},
	"slk":            {FileSYLK},
	"csv":            {FileCSV, FileText},
	"xml2003":        {FileXML2003},
	"legacy":         {FileXLS},
	"legacy-biff5":   {FileXLS},
	"legacy-biff2-4": {FileXLS},
}

// refusedOtherwise are the files whose reason differs from that of their kind.
var refusedOtherwise = map[string]Reason{
	"PHPOffice+PhpSpreadsheet__encoding.utf16be.csv":                                FileUnknown, // UTF-16 without mark
	"PHPOffice+PhpSpreadsheet__XEETestInvalidUTF-16.xml":                            FileUnknown,
	"PHPOffice+PhpSpreadsheet__XEETestInvalidUTF-16LE.xml":                          FileUnknown,
	"exceljs+exceljs__missing-bits.xlsx":                                            FileZIP,
	"tafia+calamine__too_small.xls":                                                 FileText,
	"apache+poi__crash-9bf3cd4bd6f50a8a9339d363c2c7af14b536865c.xlsx":               Encrypted,
	"apache+poi__clusterfuzz-testcase-minimized-POIHSSFFuzzer-5786329142919168.xls": Damaged,
	"made__b07-ole-header-only.xls":                                                 Damaged,
	"made__c18-zipcrypto-flag.xlsx":                                                 Encrypted,
	"made__c25-flat-rar.xlsx":                                                       FileRAR,
	"made__t02-html-gbk.xls":                                                        FileHTML,
	"made__t03-xml2003.xls":                                                         FileXML2003,
	"made__w01-no-sheets.xlsx":                                                      NoWorksheet,
	"made__w20-chartsheet-only.xlsx":                                                NoWorksheet,
}

// TestCorpus: every file is read to its last cell or refused for the right reason.
func TestCorpus(t *testing.T) {
	for _, file := range corpus(t) {
		t.Run(file.name, func(t *testing.T) {
			data, err := os.ReadFile(file.path)
			if err != nil {
				t.Fatal(err)
			}
			_, _, cells, err := readAll(data)
			if err == nil {
				if strings.HasPrefix(file.note, "reject") || strconv.Itoa(cells) != file.cells {
					t.Errorf("%d cells, want %s (%s)", cells, file.cells, file.note)
				}
				return
			}
			refusal := refused(t, err)
			workbook := file.extension == "xlsx" || file.extension == "xlsm"
			switch want, special := refusedOtherwise[file.name]; {
			case special:
				if refusal.Reason != want {
					t.Errorf("refused as %v, want %s", err, want)
				}
			case refusedAs[file.character] != nil:
				if !slices.Contains(refusedAs[file.character], refusal.Reason) {
					t.Errorf("refused as %v, want one of %v", err, refusedAs[file.character])
				}
			case !workbook:
				if !slices.Contains([]Reason{FileXLS, FileCSV, FileText, FileXLSB}, refusal.Reason) {
					t.Errorf("refused as %v", err)
				}
			case strings.HasPrefix(file.note, "ok"):
				t.Errorf("must be read: %v", err)
			case file.character == "normal" || file.character == "strict" || file.character == "macro":
				if refusedNormal[file.name] == "" {
					t.Errorf("a normal workbook: %v", err)
				}
			case refusal.Reason != Damaged && refusal.Reason != TooLarge:
				t.Errorf("refused as %v", err)
			}
		})
	}
}

// excelizeErrs are the workbooks that excelize reads otherwise, and why.
var excelizeErrs = map[string]string{
	"SheetJS+test_files__crlf.xlsx":     "the escape _x000D_ is left in the result of a formula",
	"SheetJS+test_files__wtf_path.xlsx": "shared strings under another part name are lost",
	"made__w23-sst-other-path.xlsx":     "shared strings under another part name are lost",
	"made__x07-utf16.xlsx":              "UTF-16 is lost",
}

// TestExcelize: where excelize reads a workbook too, it reads the same cells and,
// where that does not cost it a gigabyte, the same merges.
func TestExcelize(t *testing.T) {
	for _, file := range corpus(t) {
		if file.extension != "xlsx" && file.extension != "xlsm" || file.character == "hostile" || file.character == "fuzz" {
			continue
		}
		data, err := os.ReadFile(file.path)
		if err != nil {
			t.Fatal(err)
		}
		book, rows, _, err := readAll(data)
		if err != nil {
			continue
		}
		other, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true, UnzipSizeLimit: 128 << 20})
		if err != nil {
			continue
		}
		differs := false
		for i, sheet := range book.Sheets() {
			theirs, err := theirCells(other, sheet.Name)
			if err != nil {
				continue
			}
			diff := cmp.Diff(ourCells(rows[i]), theirs)
			if file.character != "odd" {
				diff += cmp.Diff(ourMerges(sheet), theirMerges(t, other, sheet.Name))
			}
			differs = differs || diff != ""
			if diff != "" && excelizeErrs[file.name] == "" {
				t.Errorf("%s, %s:\n%.2000s", file.name, sheet.Name, diff)
			}
		}
		if excelizeErrs[file.name] != "" && !differs {
			t.Errorf("%s: excelize agrees now", file.name)
		}
		other.Close()
	}
}

func ourMerges(sheet *Sheet) map[string]bool {
	merges := make(map[string]bool)
	for _, merge := range sheet.Merges {
		merges[merge.String()] = true
	}
	return merges
}

func theirMerges(t *testing.T, file *excelize.File, sheet string) map[string]bool {
	found, err := file.GetMergeCells(sheet)
	if err != nil {
		t.Fatal(err)
	}
	merges := make(map[string]bool)
	for _, merge := range found {
		merges[merge.GetStartAxis()+":"+merge.GetEndAxis()] = true
	}
	return merges
}

func ourCells(rows []Row) map[string]string {
	cells := make(map[string]string)
	for _, row := range rows {
		for _, cell := range row.Cells {
			if cell.Raw != "" {
				cells[Ref(cell.Column, row.Number)] = cell.Raw
			}
		}
	}
	return cells
}

func theirCells(file *excelize.File, sheet string) (map[string]string, error) {
	rows, err := file.Rows(sheet)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	cells := make(map[string]string)
	for number := 1; rows.Next(); number++ {
		values, err := rows.Columns()
		if err != nil {
			return nil, err
		}
		for i, value := range values {
			if value != "" {
				cells[Ref(i+1, number)] = value
			}
		}
	}
	return cells, rows.Error()
}

// TestCorpusMemory: nor does a file of the corpus need more memory.
func TestCorpusMemory(t *testing.T) {
	var paths []string
	for _, file := range corpus(t) {
		paths = append(paths, file.path)
	}
	readElsewhere(t, paths...)
}

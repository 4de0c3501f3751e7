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
	book, err = Open(bytes.NewReader(data), int64(len(data)), defaultLimits)
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

// refusedSpecially are the files of the corpus that are refused though others read
// them, or for a reason that is not that of their kind.
var refusedSpecially = map[string]struct {
	reason Reason
	why    string
}{
	"ClosedXML+ClosedXML__tdf100709.xlsx": {Damaged, "cell B35 has style 406 of 100: its number format, and so perhaps a date, is lost"},
	"apache+poi__xlsx-corrupted.xlsx":     {Damaged, "the package relations have a tail behind their end"},
	"apache+poi__61300.xls":               {Damaged, "the stream breaks off within a record"},

	"PHPOffice+PhpSpreadsheet__CorruptedXmlFile.xml":       {Damaged, "a tag breaks off"},
	"tafia+calamine__pass_protected.ods":                   {Encrypted, ""},
	"SheetJS+test_files__password_2002_128_enhanced.xls":   {Encrypted, ""},
	"SheetJS+test_files__password_2002_128_enhrsa.xls":     {Encrypted, ""},
	"SheetJS+test_files__password_2002_128_enhrsasc.xls":   {Encrypted, ""},
	"apache+poi__51832.xls":                                {Encrypted, ""},
	"apache+poi__password.xls":                             {Encrypted, ""},
	"apache+poi__extenxls_pwd123.xlsx":                     {Damaged, "the package ends before its size"},
	"made__c18-zipcrypto-flag.xlsx":                        {Encrypted, ""},
	"made__c25-flat-rar.xlsx":                              {FileRAR, ""},
	"made__w01-no-sheets.xlsx":                             {NoWorksheet, ""},
	"made__w20-chartsheet-only.xlsx":                       {NoWorksheet, ""},
	"exceljs+exceljs__missing-bits.xlsx":                   {Damaged, "a sheet without the parts of a workbook around it"},
	"tafia+calamine__too_small.xls":                        {FileText, "68 bytes of text"},
	"made__v07-mixed.csv":                                  {FileCSV, "header in UTF-8, rows in GBK"},
	"PHPOffice+PhpSpreadsheet__XEETestInvalidUTF-16.xml":   {FileUnknown, "XML of nobody"},
	"PHPOffice+PhpSpreadsheet__XEETestInvalidUTF-16LE.xml": {FileUnknown, "XML of nobody"},

	"PHPOffice+PhpSpreadsheet__encoding.utf8.csv":                  {FileCSV, "would be GB18030 as well"},
	"PHPOffice+PhpSpreadsheet__no_delimiter.csv":                   {FileText, "no columns"},
	"SheetJS+test_files__number_format_entities.csv":               {FileText, "no columns"},
	"SheetJS+test_files__number_format_russian.2.csv":              {FileCSV, "windows-1251"},
	"frictionlessdata+frictionless-py__doublequote.csv":            {FileCSV, "would be GB18030 as well"},
	"frictionlessdata+frictionless-py__issue-825.csv":              {FileCSV, "would be GB18030 as well"},
	"frictionlessdata+frictionless-py__table-infer-iso-8859-7.csv": {FileCSV, "ISO 8859-7"},
	"made__v14-fullwidth-comma.csv":                                {FileText, "full-width commas part no columns"},
	"made__v16-truncated-gbk.csv":                                  {FileCSV, "cut in a character"},
}

// refusedAs are the reasons to refuse the files of a character that are not to be read.
var refusedAs = map[string][]Reason{
	"encrypted":      {Encrypted},
	"xlsb":           {FileXLSB},
	"slk":            {FileSYLK},
	"legacy-biff2-4": {FileXLS},
	"hostile":        {Damaged, TooLarge},
	"malformed":      {Damaged, TooLarge},
	"fuzz":           {Damaged, TooLarge},
	"odd":            {Damaged, TooLarge},
}

// uncalculated is a workbook with a 0 that is no value: Excel is to calculate it.
const uncalculated = "jmcnamara+XlsxWriter__embed_image05.xlsx"

// TestCorpus: every file is read to its last cell or refused for the right reason.
func TestCorpus(t *testing.T) {
	for _, file := range corpus(t) {
		t.Run(file.name, func(t *testing.T) {
			data, err := os.ReadFile(file.path)
			if err != nil {
				t.Fatal(err)
			}
			_, _, cells, err := readAll(data)
			known, special := refusedSpecially[file.name]
			switch {
			case err == nil && file.name == uncalculated:
				if cells != 3 {
					t.Errorf("%d cells, and one is not calculated", cells)
				}
			case err == nil:
				if special || strings.HasPrefix(file.note, "reject") || file.cells != "" && strconv.Itoa(cells) != file.cells {
					t.Errorf("%d cells, want %s (%s)", cells, file.cells, file.note)
				}
			case special:
				if refused(t, err).Reason != known.reason {
					t.Errorf("refused as %v, want %s", err, known.reason)
				}
			case strings.HasPrefix(file.note, "ok"), !slices.Contains(refusedAs[file.character], refused(t, err).Reason):
				t.Errorf("a %s file, refused as %v", file.character, err)
			}
		})
	}
}

// TestCorpusCSV: where encoding/csv reads a csv too, it reads the same fields.
func TestCorpusCSV(t *testing.T) {
	for _, file := range corpus(t) {
		if file.extension != "csv" {
			continue
		}
		data, err := os.ReadFile(file.path)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(file.name, func(t *testing.T) { agreeOnCSV(t, data) })
	}
}

// TestCorpusPasswords: encrypted files open with their passwords.
func TestCorpusPasswords(t *testing.T) {
	if testing.Short() {
		t.Skip("hashes a million times")
	}
	passwords := map[string]string{
		"PHPOffice+PhpSpreadsheet__pwtest3.xls":              "", // everybody's
		"SheetJS+test_files__password_2002_128_enhanced.xls": "password",
		"SheetJS+test_files__password_2002_128_enhrsa.xls":   "password",
		"SheetJS+test_files__password_2002_128_enhrsasc.xls": "password",
		"apache+poi__50833.xls":                              "",
		"apache+poi__58616.xlsx":                             "",
		"apache+poi__60284.xls":                              "",
		"apache+poi__password.xls":                           "password",
		"apache+poi__protected_sha512.xlsx":                  "this is a test",
		"nissl-lab+npoi__2007macro_password.xlsm":            "Password1234_",
		"qax-os+excelize__encryptAES.xlsx":                   "password",
		"qax-os+excelize__encryptSHA1.xlsx":                  "password",
		"qax-os+excelize__encryptSHA512.xlsx":                "password",
	}
	for _, file := range corpus(t) {
		password, ok := passwords[file.name]
		if !ok {
			continue
		}
		data, err := os.ReadFile(file.path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := openBytes(data, "not this one", password); err != nil {
			t.Errorf("%s: %v", file.name, err)
		}
	}
}

// excelizeErrs are the workbooks that excelize reads otherwise, and why.
var excelizeErrs = map[string]string{
	"SheetJS+test_files__crlf.xlsx":     "the escape _x000D_ is left in the result of a formula",
	"SheetJS+test_files__wtf_path.xlsx": "shared strings under another part name are lost",
	"made__w23-sst-other-path.xlsx":     "shared strings under another part name are lost",
	"made__x07-utf16.xlsx":              "UTF-16 is lost",
	uncalculated:                        "a 0 that Excel is to calculate is no value",
}

// TestExcelize: where excelize reads a workbook too, it reads the same cells and,
// where that does not cost it a gigabyte, the same merges.
func TestExcelize(t *testing.T) {
	if testing.Short() {
		t.Skip("reads all of the corpus with excelize")
	}
	sheets, cells := 0, 0
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
			ours := ourCells(rows[i])
			sheets, cells = sheets+1, cells+len(ours)
			diff := cmp.Diff(ours, theirs)
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
	t.Logf("%d cells of %d sheets compared", cells, sheets)
	if sheets < 1000 {
		t.Errorf("only %d sheets compared", sheets)
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

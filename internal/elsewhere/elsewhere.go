// Package elsewhere starts the programs of others that open and save workbooks (LibreOffice, Gnumeric, exceljs,
// SheetJS, openpyxl, pandas), for tests and tables of what becomes of a workbook in them. `make tools` installs them.
package elsewhere

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// ErrMissing says that a program or a library is not installed.
var ErrMissing = errors.New("not installed (make tools)")

// A Format is what a workbook is saved as, by the extension of the file.
type Format string

const (
	XLSX Format = "xlsx"
	XLS  Format = "xls" // of Excel 97 to 2003 (BIFF8)
	ODS  Format = "ods"
	CSV  Format = "csv" // as shown, in UTF-8; a sheet a file
	HTML Format = "html"
	XML  Format = "xml" // SpreadsheetML 2003
)

// A Program opens workbooks and saves them.
type Program struct {
	Name    string
	Formats []Format // that it saves
	version func(ctx context.Context) (string, error)
	save    func(ctx context.Context, format Format, folder string, files []string) error
}

// All are the programs, installed or not. LibreOffice 7.4 would write SpreadsheetML 2003 too, but fails on sheets as wide as
// those of Excel are.
func All() []Program {
	return []Program{
		{"LibreOffice", []Format{XLSX, XLS, ODS, CSV, HTML}, libreOfficeVersion, libreOfficeSave},
		{"Gnumeric", []Format{XLSX, XLS, ODS, CSV, HTML}, gnumericVersion, gnumericSave},
		{"exceljs", []Format{XLSX, CSV}, ExcelJS.Version, ExcelJS.saving("exceljs.js")},
		{"SheetJS", []Format{XLSX, XLS, ODS, CSV, HTML, XML}, SheetJS.Version, SheetJS.saving("sheetjs.js")},
		{"openpyxl", []Format{XLSX}, OpenPyXL.Version, OpenPyXL.saving("openpyxl.py")},
		{"pandas", []Format{XLSX, CSV}, Pandas.Version, Pandas.saving("pandas.py")},
	}
}

// Programs are those that are installed, and the names of those that are not.
func Programs(ctx context.Context) (installed []Program, missing []string, err error) {
	for _, p := range All() {
		switch _, err := p.version(ctx); {
		case errors.Is(err, ErrMissing):
			missing = append(missing, p.Name)
		case err != nil:
			return nil, nil, err
		default:
			installed = append(installed, p)
		}
	}
	return installed, missing, nil
}

// Version is what the program calls itself, such as "7.4.7.2"; ErrMissing if it is not installed.
func (p Program) Version(ctx context.Context) (string, error) { return p.version(ctx) }

// Save has the program open each of the files, whose names differ, and save it in the format in a folder: a.xlsx as
// a.csv. Where a file of the format holds one sheet, there is one for each sheet, a-SHEET.csv. It gives the paths of what was
// made of each file, in the order of their names. It is an error if the program made nothing of a file.
func (p Program) Save(ctx context.Context, format Format, folder string, files ...string) ([][]string, error) {
	if !slices.Contains(p.Formats, format) {
		return nil, fmt.Errorf("%s does not save %s", p.Name, format)
	}
	made, err := p.saveNumbered(ctx, format, folder, files)
	if err != nil {
		return nil, fmt.Errorf("%s, %s: %w", p.Name, format, err)
	}
	return made, nil
}

// saveNumbered gives the program copies of the files that are called 0001, 0002 …: no name is the start of another.
func (p Program) saveNumbered(ctx context.Context, format Format, folder string, files []string) ([][]string, error) {
	dir, err := os.MkdirTemp("", "huizong-elsewhere-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	in, out := filepath.Join(dir, "in"), filepath.Join(dir, "out")
	if err := errors.Join(os.Mkdir(in, 0o700), os.Mkdir(out, 0o700), os.MkdirAll(folder, 0o700)); err != nil {
		return nil, err
	}
	var copies []string
	for i, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		copied := filepath.Join(in, number(i)+filepath.Ext(file))
		if err := os.WriteFile(copied, content, 0o600); err != nil {
			return nil, err
		}
		copies = append(copies, copied)
	}
	if err := p.save(ctx, format, out, copies); err != nil {
		return nil, err
	}
	made := make([][]string, len(files))
	for i, file := range files {
		stem := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
		if made[i], err = rename(out, number(i), folder, stem, format); err != nil {
			return nil, err
		}
		if made[i] == nil {
			return nil, fmt.Errorf("nothing was made of %s", file)
		}
	}
	return made, nil
}

func number(i int) string { return fmt.Sprintf("%04d", i+1) }

// rename moves what was made of a file to the folder, under the name of the file.
func rename(out, number, folder, stem string, format Format) ([]string, error) {
	entries, err := os.ReadDir(out)
	if err != nil {
		return nil, err
	}
	var made []string
	for _, entry := range entries {
		rest, ours := strings.CutPrefix(entry.Name(), number)
		if !ours || filepath.Ext(rest) != "."+string(format) {
			continue // LibreOffice puts pictures beside HTML
		}
		path := filepath.Join(folder, stem+rest)
		if err := os.Rename(filepath.Join(out, entry.Name()), path); err != nil {
			return nil, err
		}
		made = append(made, path)
	}
	return made, nil
}

// Package template makes the workbooks that units fill in (报表模板): for each return that a unit owes a sheet
// with its own rows in force filled in, what they are known by locked, last month's figures in grey beside the cells
// to fill, drop-downs, and checks at work while somebody types. A hidden stamp and a hidden mark on each row tell the
// importer, when the workbook comes back, whose it is, of which month, and which row goes on from which.
//
// The same input gives the same bytes.
package template

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
	"huizong/internal/zipped"
)

// A Template is what a unit is given to fill in for a month.
type Template struct {
	County     *county.County
	Period     ledger.Period
	Department string // official name of the unit
	Sheets     []Sheet
}

// A Sheet is a return to fill in.
type Sheet struct {
	Form *form.Form
	Rows []Row // that the unit is known to owe, in their order
}

// A Row is a row that is filled in as far as it is known.
type Row struct {
	Key   string           // by which the row of the month before is known; blank if there was none
	Given ledger.Record    // what stands until somebody says otherwise
	Past  []*ledger.Record // the row in the months before, the latest first; nil where it was not there
}

// Name is the file that the template is given out as.
func (t *Template) Name() string { return t.Department + t.Period.Chinese() + "报表.xlsx" }

// Make makes the workbook.
func Make(t *Template) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	b := &book{Template: t, file: f, styles: map[look]int{}, conditions: map[string]int{}, lists: map[string]*list{}, settings: t.County.Settings()}
	b.draw()
	if b.err != nil {
		return nil, fmt.Errorf("template of %s: %w", t.Department, b.err)
	}
	f.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return zipped.NewWriter(w, usual) })
	made, err := f.WriteToBuffer()
	if err != nil {
		return nil, fmt.Errorf("template of %s: %w", t.Department, err)
	}
	return made.Bytes(), nil
}

// usual writes a part as Excel does; truth and falsehood by number, without which exceljs takes nothing for
// protected and no cell for free.
func usual(to io.Writer, part string, content []byte) error {
	if strings.HasPrefix(part, "xl/worksheets/") || part == "xl/styles.xml" || part == "xl/workbook.xml" {
		content = bytes.ReplaceAll(content, []byte(`="true"`), []byte(`="1"`))
		content = bytes.ReplaceAll(content, []byte(`="false"`), []byte(`="0"`))
	}
	return zipped.Workbook(to, part, content)
}

// A book is a workbook that is being drawn. Once something has failed, nothing is drawn any more.
type book struct {
	*Template
	file       *excelize.File
	settings   map[string]int64
	styles     map[look]int
	conditions map[string]int // by the colour that they give
	lists      map[string]*list
	order      []*list
	err        error
}

// try keeps the first error.
func (b *book) try(err error) {
	if b.err == nil {
		b.err = err
	}
}

func (b *book) draw() {
	b.try(b.file.SetDefaultFont(b.County.Fonts.Body))
	b.try(b.file.SetSheetName("Sheet1", ledger.TemplateGuide))
	b.guide()
	for i := range b.Sheets {
		b.sheet(&b.Sheets[i])
	}
	b.listSheet()
	b.stamp()
	day := fmt.Sprintf("%s-01T00:00:00Z", b.Period)
	b.try(b.file.SetDocProps(&excelize.DocProperties{Title: strings.TrimSuffix(b.Name(), ".xlsx"), Creator: b.County.Publisher,
		LastModifiedBy: b.County.Publisher, Created: day, Modified: day}))
	whole := true
	b.try(b.file.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &whole}))
}

// stamp says on a hidden sheet what the importer knows the template by.
func (b *book) stamp() {
	versions := map[string]string{}
	var forms []string
	for _, s := range b.Sheets {
		versions[s.Form.ID] = s.Form.Version()
		forms = append(forms, s.Form.ID)
	}
	says := ledger.Stamp{Region: b.County.Region, Period: b.Period, Department: b.Department, Versions: versions}
	b.newSheet(ledger.TemplateStamp)
	for i, line := range says.Lines(forms) {
		for j, text := range line {
			b.try(b.file.SetCellStr(ledger.TemplateStamp, ref(j+1, i+1), text))
		}
	}
	b.hide(ledger.TemplateStamp)
}

func (b *book) newSheet(name string) {
	_, err := b.file.NewSheet(name)
	b.try(err)
}

func (b *book) hide(sheet string) {
	b.try(b.file.SetSheetVisible(sheet, false))
	b.protect(sheet)
}

// protect keeps what is locked from being overwritten by mistake: there is no password. Rows may be put in
// below the last, and be made higher; columns wider.
func (b *book) protect(sheet string) {
	b.try(b.file.ProtectSheet(sheet, &excelize.SheetProtectionOptions{SelectLockedCells: true, SelectUnlockedCells: true, FormatColumns: true,
		FormatRows: true, InsertRows: true, DeleteRows: true, EditObjects: true}))
}

// ref is a cell by its column and row, both from 1.
func ref(column, row int) string {
	cell, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		panic(err) // a sheet has far fewer
	}
	return cell
}

// span is a range of cells.
func span(column, row, toColumn, toRow int) string {
	return ref(column, row) + ":" + ref(toColumn, toRow)
}

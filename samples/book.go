package samples

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"huizong/internal/ledger"
	"huizong/internal/zipped"
)

// A look is how a cell is dressed.
type look int

const (
	bareLook look = iota
	titleLook
	lineLook
	headLook
	textLook
	centreLook
	numberLook
	groupedLook
	percentLook
	dateLook
	dateWordsLook
	totalLook
)

// A cell is what stands in one: nothing, a string or a float64; with a formula, its number.
type cell struct {
	value   any
	formula string
	look    look

	// What the cell adds to a total: worth in 分 if counts; text is no number to a SUM.
	worth  ledger.Money
	counts bool
	text   bool
}

// A page is a sheet as it will look; rows and columns from 0.
type page struct {
	name       string
	hidden     bool
	font       string
	rows       [][]cell
	merges     [][4]int // first row, first column, last row, last column
	widths     []float64
	hiddenRows []int
	header     [2]int // first row of the header, and the row below it
}

// put sets a cell, making the row as long as it takes.
func (p *page) put(row, col int, c cell) {
	for len(p.rows) <= row {
		p.rows = append(p.rows, nil)
	}
	for len(p.rows[row]) <= col {
		p.rows[row] = append(p.rows[row], cell{})
	}
	p.rows[row][col] = c
}

// name is the address of a cell, from 0.
func name(row, col int) string {
	address, err := excelize.CoordinatesToCellName(col+1, row+1)
	if err != nil {
		panic(err)
	}
	return address
}

func serial(d ledger.Date) float64 {
	return time.Date(d.Year, time.Month(d.Month), max(d.Day, 1), 0, 0, 0, 0, time.UTC).Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24
}

// workbook writes pages as a workbook that somebody saved on a day. The same pages give the
// same bytes.
func workbook(pages []*page, author string, saved ledger.Date) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	day := fmt.Sprintf("%sT10:%02d:00Z", saved, len(pages)*7%60)
	if err := f.SetDocProps(&excelize.DocProperties{Creator: author, LastModifiedBy: author, Created: day, Modified: day, Title: "样例数据"}); err != nil {
		return nil, fmt.Errorf("document properties: %w", err)
	}
	for i, p := range pages {
		var err error
		if i == 0 {
			err = f.SetSheetName("Sheet1", p.name)
		} else {
			_, err = f.NewSheet(p.name)
		}
		if err == nil {
			err = p.draw(f)
		}
		if err != nil {
			return nil, fmt.Errorf("sheet %s: %w", p.name, err)
		}
	}
	f.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return zipped.NewWriter(w, cached) })
	out, err := f.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// cached repairs cells with a formula: excelize calls every cached value a text, and has
// none for a formula that fails.
func cached(to io.Writer, part string, content []byte) error {
	if strings.HasPrefix(part, "xl/worksheets/") {
		content = bytes.ReplaceAll(content, []byte(`<dimension ref="A1"></dimension>`), nil)
		content = failing.ReplaceAll(content, []byte(` t="e"${1}<v>#REF!</v>`))
		content = bytes.ReplaceAll(content, []byte(` t="str"><f>`), []byte(`><f>`))
	}
	_, err := to.Write(content)
	return err
}

// failing is a formula over cells that somebody has deleted.
var failing = regexp.MustCompile(` t="str"(><f>[^<]*#REF![^<]*</f>)`)

func (p *page) draw(f *excelize.File) error {
	styles := map[look]int{}
	for row, cells := range p.rows {
		for col, c := range cells {
			if err := p.drawCell(f, name(row, col), c, styles); err != nil {
				return err
			}
		}
	}
	for _, m := range p.merges {
		if err := f.MergeCell(p.name, name(m[0], m[1]), name(m[2], m[3])); err != nil {
			return err
		}
	}
	for col, width := range p.widths {
		letter, err := excelize.ColumnNumberToName(col + 1)
		if err != nil {
			return err
		}
		if err := f.SetColWidth(p.name, letter, letter, width); err != nil {
			return err
		}
	}
	for _, row := range p.hiddenRows {
		if err := f.SetRowVisible(p.name, row+1, false); err != nil {
			return err
		}
	}
	if p.hidden {
		return f.SetSheetVisible(p.name, false)
	}
	return p.freeze(f)
}

// freeze keeps the header in sight, as tidy clerks do.
func (p *page) freeze(f *excelize.File) error {
	below := p.header[1]
	if below == 0 {
		return nil
	}
	return f.SetPanes(p.name, &excelize.Panes{Freeze: true, YSplit: below, TopLeftCell: name(below, 0), ActivePane: "bottomLeft"})
}

func (p *page) drawCell(f *excelize.File, at string, c cell, styles map[look]int) error {
	var err error
	switch v := c.value.(type) {
	case nil:
	case string:
		err = f.SetCellStr(p.name, at, v)
	case float64:
		err = f.SetCellFloat(p.name, at, v, -1, 64)
	default:
		panic(fmt.Sprintf("samples: a cell holds no %T", v))
	}
	if err == nil && c.formula != "" {
		err = f.SetCellFormula(p.name, at, c.formula)
	}
	if err != nil || c.look == bareLook {
		return err
	}
	style, drawn := styles[c.look]
	if !drawn {
		if style, err = f.NewStyle(c.look.style(p.font)); err != nil {
			return err
		}
		styles[c.look] = style
	}
	return f.SetCellStyle(p.name, at, at, style)
}

// style is what a look is in a workbook.
func (l look) style(font string) *excelize.Style {
	s := &excelize.Style{Font: &excelize.Font{Family: font, Size: 10}, Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}}
	format := ""
	switch l {
	case titleLook:
		s.Font.Size, s.Font.Bold, s.Font.Family = 18, true, "黑体"
		return s
	case lineLook:
		s.Alignment.Horizontal, s.Alignment.WrapText = "left", false
		return s
	case headLook, totalLook:
		s.Font.Bold = true
	case textLook:
		s.Alignment.Horizontal = "left"
	case numberLook:
		s.Alignment.Horizontal = "right"
	case groupedLook:
		s.Alignment.Horizontal, format = "right", "#,##0.00"
	case percentLook:
		format = "0.0%"
	case dateLook:
		s.NumFmt = 14
	case dateWordsLook:
		format = `yyyy"年"m"月"d"日"`
	}
	if format != "" {
		s.CustomNumFmt = &format
	}
	for _, side := range []string{"left", "right", "top", "bottom"} {
		s.Border = append(s.Border, excelize.Border{Type: side, Style: 1, Color: "000000"})
	}
	return s
}

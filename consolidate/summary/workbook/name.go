package workbook

import (
	"regexp"
	"unicode"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// Named gives the cell a name in the workbook, by which formulas of others find it: 重点项目_总投资.
// Where several cells have one name, it is that of the first in reading order. It panics on a name
// that Excel forbids or other programs do not find.
func (c Cell) Named(name string) Cell {
	if !nameable(name) {
		panic("workbook: bad name of a cell " + name)
	}
	return c.with(func(x *extra) { x.name = name })
}

// What looks like a cell: A1, XFD10, C, R1C1.
var likeCell = regexp.MustCompile(`(?i)^([a-z]{1,3}[0-9]+|r?c?|r[0-9]*c?[0-9]*|c[0-9]*)$`)

// nameable reports whether a text can name a cell everywhere: letters, digits, _ and ., no digit in
// front, and not what looks like a cell. Full-width brackets pass Excel and fail in LibreOffice.
func nameable(name string) bool {
	for i, r := range name {
		if letter := unicode.IsLetter(r) || r == '_'; !letter && (i == 0 || !unicode.IsDigit(r) && r != '.') {
			return false
		}
	}
	return utf8.RuneCountInString(name) <= 255 && !likeCell.MatchString(name)
}

// writeNames defines the names of cells.
func (x *file) writeNames(f *excelize.File) error {
	taken := map[string]bool{}
	for _, l := range x.sheets {
		for _, m := range l.marks {
			if m.name == "" || taken[m.name] {
				continue
			}
			taken[m.name] = true
			if err := f.SetDefinedName(&excelize.DefinedName{Name: m.name, RefersTo: m.at.String(), Comment: m.unit.String()}); err != nil {
				return err
			}
		}
	}
	return nil
}

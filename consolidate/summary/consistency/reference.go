package consistency

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

var (
	pointing = regexp.MustCompile(`(?:见|列在|列入|载于|取自|对照|另见)([^《》。；（]{0,8})((?:《[^》]+》[、和及的]?)+)`)
	named    = regexp.MustCompile(`《([^》]+)》`)
	detailed = regexp.MustCompile(`^(?:《([^》]+)》)?([^《》]*)$`)
)

// references holds every pointer to a sheet against the sheets that are there.
func (r *Report) references(f *Folder) {
	for _, s := range f.Sheets {
		for words, at := range s.all() {
			for _, m := range pointing.FindAllStringSubmatch(words, -1) {
				r.point(f, s, m[1], m[2], at)
			}
		}
		for _, t := range s.Tables {
			for _, line := range t.rows {
				if col, has := t.column("详见"); has && line.cells[col] != "" {
					r.detail(f, s, line.cells[col], line.at[col])
				}
			}
		}
	}
}

// point follows the names after a 见: each is a sheet of the same book, or of the book named
// before it, with 《》 or without, or a book.
func (r *Report) point(f *Folder, s *Sheet, before, names string, at Place) {
	files := []string{s.File}
	if filepath.Ext(s.File) != ".xlsx" {
		files = f.files()
	} else if books := f.books(before); before != "" && len(books) > 0 {
		files = books
	}
	for _, m := range named.FindAllStringSubmatch(names, -1) {
		r.References++
		name := m[1]
		switch books := f.books(name); {
		case len(books) > 0:
			files = books
		case strings.Contains(before, "三册"):
			if n := len(f.holding(name)); n < 3 {
				r.find("所指的表不存在", "%v：三册的《%s》，只有%d册有", at, name, n)
			}
		case !slices.ContainsFunc(files, func(file string) bool { return slices.Contains(f.holding(name), file) }):
			r.find("所指的表不存在", "%v：《%s》不在本册（在%q）", at, name, f.holding(name))
		}
	}
}

// detail follows a cell under 详见: 《册》, 《册》表, or 表.
func (r *Report) detail(f *Folder, s *Sheet, words string, at Place) {
	m := detailed.FindStringSubmatch(words)
	if m == nil {
		return
	}
	r.References++
	files := []string{s.File}
	if m[1] != "" {
		if files = f.books(m[1]); len(files) == 0 {
			files = []string{s.File}
			m[2] = m[1] + m[2]
		}
	}
	if m[2] != "" && !slices.ContainsFunc(files, func(file string) bool { return slices.Contains(f.holding(m[2]), file) }) {
		r.find("所指的表不存在", "%v：详见%s，%q里没有", at, words, files)
	}
}

// files are all files of the folder.
func (f *Folder) files() []string {
	var all []string
	for _, s := range f.Sheets {
		if !slices.Contains(all, s.File) {
			all = append(all, s.File)
		}
	}
	return all
}

// books are the files of that name.
func (f *Folder) books(name string) []string {
	return slices.DeleteFunc(f.files(), func(file string) bool { return !strings.HasSuffix(documentName(file), name) })
}

// holding are the files that have a sheet of that name.
func (f *Folder) holding(name string) []string {
	var all []string
	for _, s := range f.Sheets {
		if s.Name == name {
			all = append(all, s.File)
		}
	}
	return all
}

package importer

import (
	"maps"
	"slices"
	"strings"

	"huizong/importer/sheet"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// An unread is a column of the sheet that holds values and was not read.
type unread struct {
	cell  string // of its heading; where it has none, of its first value
	said  string // the heading; blank if there is none
	means *form.Column
}

// unread lists the columns that hold values in data rows and are none of the form's, with the
// column of the form that each is most likely to be: the one with the nearest name of those that
// the sheet lacks.
func (r *reader) unread() []unread {
	var all []unread
	for _, column := range slices.Sorted(maps.Keys(r.left)) {
		i := slices.IndexFunc(r.head.extra, func(h *heading) bool { return h.column == column })
		if i < 0 {
			all = append(all, unread{cell: r.left[column]})
			continue
		}
		head := r.head.extra[i]
		told := slices.ContainsFunc(r.head.wrong, func(wrong misnomer) bool { return wrong.head != nil && wrong.head.column == column })
		if !told {
			all = append(all, unread{head.ref(), head.String(), r.head.nearest(head)})
		}
	}
	return all
}

// nearest is the column that a heading is most like, of those that the sheet lacks; nil if none
// shares half of its characters.
func (h *header) nearest(head *heading) *form.Column {
	var best *form.Column
	most := 0.5
	unit := head.units().first()
	for _, c := range h.form.Columns {
		if h.bound[c.Index].at != 0 || !unit.suits(c.Type) {
			continue
		}
		for _, name := range append([]string{c.Name}, c.Aliases...) {
			name = name[strings.LastIndex(name, "/")+1:]
			if near := alike(head.levels[len(head.levels)-1].bare(), newLabel(name).bare()); near > most {
				best, most = c, near
			}
		}
	}
	return best
}

// alike is how much of two texts are the same characters, of all that they have: 0 to 1.
func alike(a, b string) float64 {
	left := map[rune]int{}
	length := 0
	for _, r := range a {
		left[r]++
		length++
	}
	same := 0
	for _, r := range b {
		if left[r] > 0 {
			left[r]--
			same++
		}
		length++
	}
	if length == 0 {
		return 0
	}
	return 2 * float64(same) / float64(length)
}

// misnamed raises what is wrong with the header. Such a finding has a Field and no Row: it is of
// the whole column. A column that is missing is not, where rows have it from what is said above
// them; where a column was not read that may be the missing one, the finding is at its heading.
func (o *opened) misnamed(r *ledger.Return, rows *reader) {
	left := slices.DeleteFunc(rows.unread(), func(u unread) bool {
		return slices.ContainsFunc(rows.head.wrong, func(wrong misnomer) bool { return wrong.code == ColumnsRival && wrong.column == u.means })
	})
	for _, wrong := range rows.head.wrong {
		absent := wrong.code == ColumnMissing || wrong.code == IdentityMissing
		if absent && rows.gave[wrong.column] {
			continue
		}
		f := ledger.Finding{Code: wrong.code, Field: wrong.column.Name, Expected: wrong.expected}
		if wrong.head != nil {
			f.Cell, f.Found = wrong.head.ref(), wrong.head.String()
		}
		if absent {
			f.Cell = rows.firstOfHeader()
			if i := slices.IndexFunc(left, func(u unread) bool { return u.means == wrong.column }); i >= 0 {
				f.Cell, f.Found = left[i].cell, left[i].said
				left = slices.Delete(left, i, i+1)
			}
		}
		r.Findings = append(r.Findings, f)
	}
	for _, u := range left {
		f := ledger.Finding{Code: ColumnUnread, Cell: u.cell, Found: u.said}
		if u.means != nil {
			f.Field, f.Expected = u.means.Name, u.means.Name+"（是否指这一项？）"
		}
		r.Findings = append(r.Findings, f)
	}
}

// firstOfHeader is the first cell of the header.
func (r *reader) firstOfHeader() string {
	l := &r.page.lines[r.page.find(r.head.top)]
	return sheet.Ref(l.cells[0].Column, l.number)
}

// attribute makes every row the sender's, where a table has no column of 责任单位 and none that
// may be it.
func (o *opened) attribute(r *ledger.Return) {
	c := form.ByID(r.Form).Role(form.RoleResponsible)
	if c == nil || r.Department == "" {
		return
	}
	lacked := func(f ledger.Finding) bool { return missing(f) && f.Field == c.Name && f.Found == "" }
	if !slices.ContainsFunc(r.Findings, lacked) {
		return
	}
	r.Findings = slices.DeleteFunc(r.Findings, lacked)
	for i := range r.Records {
		if field := c.Field(&r.Records[i]); !field.Value.Known && field.Cell == (ledger.Cell{}) {
			field.Value, field.Did = ledger.Words(r.Department), "表中没有这一列，按报送单位"
			r.Records[i].Set(c.Index, field)
		}
	}
}

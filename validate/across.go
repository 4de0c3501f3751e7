package validate

import (
	"cmp"
	"fmt"

	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A Project is one project of a form with the rows that departments report on it, the row
// that counts first.
type Project struct {
	Form *form.Form
	Rows []*ledger.Standing
}

// Across judges what departments say together: the returns in force of a month. Findings
// go to the department of the row they are about, at its cell.
func Across(inForce []*ledger.Return, projects []Project, c *county.County) []ledger.Finding {
	a := &across{county: c, returns: map[ledger.ReturnID]*ledger.Return{}, packages: map[named]bool{}, codes: map[named]*ledger.Standing{}}
	for _, r := range inForce {
		a.returns[r.ReturnID] = r
	}
	for _, p := range projects {
		if p.Form.IsPackage != nil && p.Form.IsPackage.Value(p.Rows[0].Record).N == 1 {
			a.packages[named{p.Form, c.FoldName(p.Form.Name(p.Rows[0].Record))}] = true
		}
	}
	for _, p := range projects {
		a.codeShared(p.Form, p.Rows[0])
		for i, row := range p.Rows {
			a.packageKnown(p.Form, row)
			if i > 0 {
				a.find(ReportedByTwo, p.Form, row, p.Form.Entity.Column, "只由一个单位报送，现以"+p.Rows[0].Department+"所报为准")
			}
		}
	}
	return a.findings
}

type across struct {
	county   *county.County
	returns  map[ledger.ReturnID]*ledger.Return
	packages map[named]bool             // packages by folded name
	codes    map[named]*ledger.Standing // the first project of each code
	findings []ledger.Finding
}

// named is something of a form that is known by a text.
type named struct {
	form *form.Form
	text string
}

// find raises a finding at a column of a row, unless the row stands from an earlier month:
// then nobody said anything this month that could be mended.
func (a *across) find(code *ledger.Code, f *form.Form, row *ledger.Standing, column *form.Column, expected string) {
	r := a.returns[row.ReturnID]
	if r == nil || row.Carried() {
		return
	}
	field, at := column.Field(row.Record), row.Record.PlaceOf(column.Index)
	a.findings = append(a.findings, ledger.Finding{
		Code: code, File: r.File, Sheet: cmp.Or(at.Sheet, r.Sheet), Cell: field.Cell.String(), Row: at.Row,
		Period: r.Period, Department: r.Department, Form: f.ID,
		Entity: f.Name(row.Record), Field: column.Name, Found: said(column, field), Expected: expected,
	})
}

func (a *across) packageKnown(f *form.Form, row *ledger.Standing) {
	if f.Package == nil {
		return
	}
	name := a.county.FoldName(f.Package.Value(row.Record).S)
	if name != "" && !a.packages[named{f, name}] {
		a.find(PackageUnknown, f, row, f.Package, "")
	}
}

// codeShared asks about a project whose code an earlier project bears, too.
func (a *across) codeShared(f *form.Form, row *ledger.Standing) {
	code := f.Identity(row.Record, a.county.Identify).Code
	if code == "" {
		return
	}
	first, shared := a.codes[named{f, string(code)}]
	if !shared {
		a.codes[named{f, string(code)}] = row
		return
	}
	a.find(CodeShared, f, row, f.ProjectCode, fmt.Sprintf("一个项目一个代码，%s所报“%s”已使用该代码", first.Department, f.Name(first.Record)))
}

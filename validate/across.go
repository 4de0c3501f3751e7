package validate

import (
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
	a := &across{returns: map[string]*ledger.Return{}, packages: map[string]bool{}}
	for _, r := range inForce {
		a.returns[r.Content] = r
	}
	for _, p := range projects {
		if p.Form.IsPackage != nil && p.Form.IsPackage.Value(&p.Rows[0].Record).N == 1 {
			a.packages[p.Form.ID+ledger.Fold(p.Form.Name(&p.Rows[0].Record))] = true
		}
	}
	for _, p := range projects {
		for i, row := range p.Rows {
			a.packageKnown(p.Form, row)
			if i > 0 {
				a.twoMouths(p.Form, p.Rows[0], row)
			}
		}
	}
	return a.findings
}

type across struct {
	returns  map[string]*ledger.Return
	packages map[string]bool
	findings []ledger.Finding
}

// find raises a finding at a column of a row, unless the row stands from an earlier month:
// then nobody said anything this month that could be mended.
func (a *across) find(code *ledger.Code, f *form.Form, row *ledger.Standing, column *form.Column, found, expected string) {
	r := a.returns[row.Content]
	if r == nil || row.Carried() {
		return
	}
	field := row.Record.Fields[column.Index]
	a.findings = append(a.findings, ledger.Finding{
		Code: code, File: r.File, Sheet: r.Sheet, Cell: field.Cell, Row: row.Record.Row,
		Period: r.Period, Department: r.Department, Form: f.ID,
		Entity: f.Name(&row.Record), Field: column.Name, Found: found, Expected: expected,
	})
}

func (a *across) packageKnown(f *form.Form, row *ledger.Standing) {
	if f.Package == nil {
		return
	}
	name := f.Package.Value(&row.Record).S
	if name != "" && !a.packages[f.ID+ledger.Fold(name)] {
		a.find(PackageUnknown, f, row, f.Package, name, "")
	}
}

func (a *across) twoMouths(f *form.Form, counts, other *ledger.Standing) {
	if f.Amount.Column == nil {
		return
	}
	mine, theirs := f.Amount.Value(&other.Record), f.Amount.Value(&counts.Record)
	if mine.Known && theirs.Known && mine != theirs {
		a.find(ReportedApart, f, other, f.Amount.Column, other.Record.Fields[f.Amount.Index].Raw,
			fmt.Sprintf("%s报%s万元", counts.Department, f.Amount.Show(theirs)))
		return
	}
	a.find(ReportedByTwo, f, other, f.Entity.Column, f.Name(&other.Record), counts.Department)
}

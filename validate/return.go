// Package validate judges returns: each by itself and against its own past (Return), and
// all of a month against one another (Across). It is pure: it reads no file, no clock and
// no database, and a department's mistake is a finding, never an error.
package validate

import (
	"slices"
	"strings"

	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// Past gives the rows in force of the same entity in the months before, the latest first;
// nil for a month in which there was none or that is not known.
type Past func(f *form.Form, department string, r *ledger.Record) []*ledger.Record

// Return judges one return: required columns, codes, lists of the county, the rules of its
// form. Rows identical to an earlier one are not judged again.
func Return(r *ledger.Return, past Past, c *county.County) []ledger.Finding {
	f := form.ByID(r.Form)
	j := &judge{ret: r, form: f, county: c, settings: c.Settings()}
	for i := range r.Records {
		record := &r.Records[i]
		if record.Repeated {
			continue
		}
		j.record = record
		j.required()
		j.code()
		j.lists()
		j.rules(past(f, r.Department, record))
	}
	j.twice()
	return j.findings
}

// A judge goes through a return row by row.
type judge struct {
	ret      *ledger.Return
	form     *form.Form
	county   *county.County
	settings map[string]int64
	record   *ledger.Record
	findings []ledger.Finding
}

// find raises a finding at a column of the row.
func (j *judge) find(code *ledger.Code, column *form.Column, expected string) {
	field := j.record.Fields[column.Index]
	j.findings = append(j.findings, ledger.Finding{
		Code: code, File: j.ret.File, Sheet: j.ret.Sheet, Cell: field.Cell, Row: j.record.Row,
		Period: j.ret.Period, Department: j.ret.Department, Form: j.form.ID,
		Entity: j.form.Name(j.record), Field: column.Name, Found: field.Raw, Expected: expected,
	})
}

// unread reports whether reading found something wrong with the field already: a second
// finding would only be noise.
func (j *judge) unread(column *form.Column) bool {
	return slices.ContainsFunc(j.ret.Findings, func(f ledger.Finding) bool {
		return f.Row == j.record.Row && f.Field == column.Name && f.Code.Severity == ledger.Error
	})
}

func (j *judge) required() {
	env := &form.Env{Period: j.ret.Period, Now: j.record}
	leaving := j.form.Leaves != nil && j.form.Leaves.Judge(env) == form.Passes
	for _, column := range j.form.Columns {
		waived := column.Waived != nil && column.Waived.Judge(env) == form.Passes
		if column.Need == form.Optional || column.Value(j.record).Known || waived || j.unread(column) {
			continue
		}
		switch {
		case column.Identity:
			j.find(NameMissing, column, "")
		case !leaving:
			j.find(RequiredMissing, column, "")
		}
	}
}

func (j *judge) code() {
	column := j.form.ProjectCode
	code := j.form.Code(j.record)
	if code == "" {
		return
	}
	switch code.Check() {
	case ledger.CodeMalformed:
		j.find(CodeMalformed, column, "")
		return
	case ledger.CodeCheckDigit:
		j.find(CodeCheckDigit, column, "")
		return
	}
	switch region, own := code.Region(), j.county.Region; {
	case region == own:
	case region[:4] == own[:4], region == own[:2]+"0000", region == "000000":
		j.find(RegionNear, column, "")
	default:
		j.find(RegionForeign, column, "")
	}
}

// lists holds fields, units and leaders against the county's lists.
func (j *judge) lists() {
	for _, list := range []struct {
		id    string
		code  *ledger.Code
		holds func(name string) bool
	}{
		{"field", FieldUnknown, func(name string) bool { _, ok := j.county.Field(name); return ok }},
		{"leader", LeaderUnknown, func(name string) bool { return allKnown(name, j.county.KnownLeader) }},
		{"department", UnitUnknown, func(name string) bool {
			return allKnown(name, func(name string) bool { _, ok := j.county.Unit(name); return ok })
		}},
	} {
		column := j.form.Column(list.id)
		if column == nil {
			continue
		}
		if name := column.Value(j.record).S; name != "" && !list.holds(name) {
			j.find(list.code, column, "")
		}
	}
}

// allKnown judges a field that may name several, however they are parted.
func allKnown(names string, known func(string) bool) bool {
	parts := strings.FieldsFunc(names, func(r rune) bool { return strings.ContainsRune("、,，;；/ \n", r) })
	return known(names) || len(parts) > 0 && !slices.ContainsFunc(parts, func(name string) bool { return !known(name) })
}

// rules judges the rules of the form. A rule over a field that could not be read is
// undecided; so is one over a month that is not known.
func (j *judge) rules(past []*ledger.Record) {
	env := &form.Env{Period: j.ret.Period, Now: j.record, Past: past, Settings: j.settings, Official: j.county.Official}
	for _, rule := range j.form.Rules {
		if rule.Holds.Judge(env) == form.Fails {
			j.find(rule.Code, rule.At, rule.Holds.Explain(env))
		}
	}
}

// twice finds rows of one entity: the first stands, later ones are sent back. One name
// under different owners may be two projects: that is asked.
func (j *judge) twice() {
	entities, names := map[string]bool{}, map[string]bool{}
	for i := range j.ret.Records {
		j.record = &j.ret.Records[i]
		name := j.county.FoldName(j.form.Name(j.record))
		if j.record.Repeated || name == "" {
			continue
		}
		entity := name + "|" + j.form.Identity(j.record, j.county.FoldName).Owner
		code := string(j.form.Code(j.record))
		switch {
		case entities[entity] || code != "" && entities[code] && j.form.Code(j.record).Check() == ledger.CodeGood:
			j.find(TwiceInReturn, j.form.Entity.Column, "")
		case names[name] && len(j.form.Owners) > 0:
			j.find(SameName, j.form.Entity.Column, "")
		}
		entities[entity], entities[code], names[name] = true, true, true
	}
}

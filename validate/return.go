// Package validate judges returns: each by itself and against its own past (Return), and
// all of a month against one another (Across, Between). It is pure: it reads no file, no clock and
// no database, and a department's mistake is a finding, never an error.
package validate

import (
	"cmp"
	"slices"
	"strings"

	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
	"huizong/internal/naming"
)

// Past gives the rows in force of the same entity in the months before, the latest first;
// nil for a month in which there was none or that is not known.
type Past func(f *form.Form, department string, r *ledger.Record) []*ledger.Record

// Return judges one return: required columns, codes, lists of the county, the rules of its
// form. Rows identical to an earlier one are not judged again, nor are rows that reading sent
// back; of a row by which its entity leaves only what it is known by is asked, and nothing
// else that is blank of a row without it. It changes nothing of the return.
func Return(r *ledger.Return, past Past, c *county.County) []ledger.Finding {
	f := form.ByID(r.Form)
	j := &judge{ret: r, form: f, county: c, settings: c.Settings(), read: map[place]bool{}, sentBack: map[ledger.Place]bool{}, told: map[string]bool{},
		lacking: map[lack]*lacking{}}
	for _, finding := range r.Findings {
		if finding.Code.OfReading() && finding.Code.Effect == ledger.RejectRow {
			j.sentBack[r.Spot(finding)] = true
		}
		for _, name := range finding.Fields() {
			switch {
			case !finding.Code.OfReading():
			case finding.Code.Severity >= ledger.Query:
				j.read[place{r.Spot(finding), name}] = true
			default:
				j.told[name] = true
			}
		}
	}
	for i := range r.Records {
		record := &r.Records[i]
		if record.Repeated || j.sentBack[ledger.Place{Row: record.Row, Sheet: record.Sheet}] {
			continue
		}
		j.record, j.spots = record, record.Spots()
		if f.Leaves != nil && f.Leaves.Judge(&form.Env{Period: r.Period, Now: record}) == form.Passes {
			j.required(true)
			continue
		}
		j.required(false)
		j.code()
		j.lists()
		j.rules(past(f, r.Department, record))
	}
	for _, l := range j.lacking {
		j.findings[l.finding].Found = strings.Join(l.names, "、")
	}
	j.twice()
	return onTrial(j.findings, c)
}

// onTrial are findings as they are told while the county tries some of the rules.
func onTrial(findings []ledger.Finding, c *county.County) []ledger.Finding {
	for i, f := range findings {
		if slices.Contains(c.Trial, f.Code.ID) {
			findings[i].Code = f.Code.OnTrial()
		}
	}
	return findings
}

// A judge goes through a return row by row.
type judge struct {
	ret      *ledger.Return
	form     *form.Form
	county   *county.County
	settings map[string]int64
	read     map[place]bool        // where reading found something to ask
	sentBack map[ledger.Place]bool // rows that reading sent back
	told     map[string]bool       // columns of which reading tells something
	record   *ledger.Record
	spots    []ledger.Place // of the record
	findings []ledger.Finding
	lacking  map[lack]*lacking
}

// A place is a column of what a finding speaks of.
type place struct {
	spot  ledger.Place
	field string
}

// A lack is that of a column that rows of a table matter to, spot being its header.
type lack struct {
	code *ledger.Code
	place
}

// lacking are the finding of a lack, by its number, and the names of the rows.
type lacking struct {
	finding int
	names   []string
}

// find raises a finding at a column of the row.
func (j *judge) find(code *ledger.Code, column *form.Column, expected string) {
	field, at := column.Field(j.record), j.record.PlaceOf(column.Index)
	j.findings = ledger.Add(j.findings, ledger.Finding{
		Code: code, File: j.ret.File, Sheet: cmp.Or(at.Sheet, j.ret.Sheet), Cell: field.Cell.String(), Row: at.Row,
		Period: j.ret.Period, Department: j.ret.Department, Form: j.form.ID,
		Entity: j.form.Name(j.record), Field: column.Name, Found: said(column, field), Expected: expected,
	})
}

// said is what the cell says as its writer sees it: a date that the file holds as a number
// of days is shown as the date.
func said(column *form.Column, field ledger.Field) string {
	if column.Type == form.DateType && field.Value.Known && len(field.Raw) == 5 && strings.Trim(field.Raw, "0123456789") == "" {
		return column.Show(field.Value)
	}
	return field.Raw
}

// unread reports whether the field is blank because it could not be read, in this row or
// as a whole column: a second finding would only be noise.
func (j *judge) unread(column *form.Column) bool {
	if j.lacks(column) && j.told[column.Name] {
		return true
	}
	return !column.Value(j.record).Known && slices.ContainsFunc(j.spots, func(spot ledger.Place) bool { return j.read[place{spot, column.Name}] })
}

// required asks for what a row must have. Without a name or unit there is nothing to put the
// row's values under, and its other blanks need not be asked for yet.
func (j *judge) required(leaving bool) {
	var blank []*form.Column
	known := true
	env := &form.Env{Period: j.ret.Period, Now: j.record}
	for _, column := range j.form.Columns {
		switch waived := column.Waived != nil && column.Waived.Judge(env) == form.Passes; {
		case column.Need == form.Optional || column.Value(j.record).Known || waived:
		case column.Identity:
			if !j.unread(column) {
				j.find(NameMissing, column, "")
			}
			known = false
		case !leaving && !j.unread(column):
			blank = append(blank, column)
		}
	}
	for _, column := range blank {
		if known {
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
		role  form.Role
		code  *ledger.Code
		holds func(name string) bool
	}{
		{form.RoleField, FieldUnknown, func(name string) bool { _, ok := j.county.Field(name); return ok }},
		{form.RoleLeader, LeaderUnknown, func(name string) bool { return allKnown(name, j.county.KnownLeader) }},
		{form.RoleResponsible, UnitUnknown, func(name string) bool {
			return allKnown(name, func(name string) bool { _, ok := j.county.Unit(name); return ok })
		}},
	} {
		column := j.form.Role(list.role)
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
	return known(names) || !slices.ContainsFunc(ledger.Names(names), func(name string) bool { return !known(name) })
}

// rules judges the rules of the form. A rule about a field that could not be read is not
// judged; one over a month that is not known is undecided.
func (j *judge) rules(past []*ledger.Record) {
	env := &form.Env{Period: j.ret.Period, Now: j.record, Past: past, Settings: j.settings}
	for _, rule := range j.form.Rules {
		switch {
		case j.unread(rule.At) || rule.Holds.Judge(env) != form.Fails:
		case j.lacks(rule.At):
			j.findColumn(rule.Code, rule.At)
		default:
			j.find(rule.Code, rule.At, rule.Holds.Explain(env))
		}
	}
}

// lacks reports whether the row's table has no such column.
func (j *judge) lacks(column *form.Column) bool {
	field := column.Field(j.record)
	return field.Cell == ledger.Cell{} && !field.Value.Known
}

// findColumn raises a finding of a column that the table lacks, once for all its rows: at the
// first that it matters to, with the names of them all.
func (j *judge) findColumn(code *ledger.Code, column *form.Column) {
	head, sheet := j.record.Head, cmp.Or(j.record.Sheet, j.ret.Sheet)
	of := lack{code, place{ledger.Place{Row: head, Sheet: sheet}, column.Name}}
	if j.lacking[of] == nil {
		j.lacking[of] = &lacking{finding: len(j.findings)}
		j.findings = append(j.findings, ledger.Finding{
			Code: code, File: j.ret.File, Sheet: sheet, Cell: j.form.Entity.Field(j.record).Cell.String(), Row: head,
			Period: j.ret.Period, Department: j.ret.Department, Form: j.form.ID,
			Field: column.Name, Expected: "有“" + column.Name + "”这一列",
		})
	}
	j.lacking[of].names = append(j.lacking[of].names, j.form.Name(j.record))
}

// twice finds rows of one entity: the first stands, later ones are sent back. One name
// under different owners or codes may be two projects: that is asked. What are no projects
// (meetings, trips) may well bear one name.
func (j *judge) twice() {
	before := earlier{names: map[string]bool{}, near: map[string][]naming.Identity{}, known: map[[2]string]bool{}}
	for i := range j.ret.Records {
		j.record = &j.ret.Records[i]
		id := j.form.Identity(j.record, j.county.Identify)
		if j.record.Repeated || j.sentBack[ledger.Place{Row: j.record.Row, Sheet: j.record.Sheet}] || id.Name == "" {
			continue
		}
		switch closest := before.closest(id); {
		case closest >= naming.NameAndOwner:
			j.find(TwiceInReturn, j.form.Entity.Column, "")
		case closest == naming.SameName && len(j.form.Owners) > 0:
			j.find(SameName, j.form.Entity.Column, "")
		}
		before.add(id)
	}
}

// mostNear is how many rows that differ each row is held against, of those of one code and of those of one
// name and owner: the first ones. A code that more names bear is a placeholder, and a name of which an owner
// has more places says nothing of a row; without a limit such returns would cost the square of their rows.
const mostNear = 64

// earlier are the rows of a return that were gone through, by what may tie others to them.
type earlier struct {
	names map[string]bool
	near  map[string][]naming.Identity
	known map[[2]string]bool // what stands in near: a key, and what tells rows of it apart
}

// ties are the keys under which a row is found, each with what tells the rows of the key apart.
func (earlier) ties(id naming.Identity) [][2]string {
	code := string(id.Code)
	all := [][2]string{{id.Name + "\x00" + id.Owner, code + "\x00" + id.Place.Text}}
	if code != "" {
		all = append(all, [2]string{code, id.Name}, [2]string{code + "\x00" + id.Name, ""})
	}
	return all
}

// closest is the strongest bond to an earlier row. Rows of one name are tied by it whatever else they say.
func (e earlier) closest(id naming.Identity) naming.Bond {
	closest := naming.Unbound
	if e.names[id.Name] {
		closest = naming.SameName
	}
	for _, tie := range e.ties(id) {
		for _, other := range e.near[tie[0]] {
			closest = max(closest, id.Bond(other))
		}
	}
	return closest
}

func (e earlier) add(id naming.Identity) {
	e.names[id.Name] = true
	for _, tie := range e.ties(id) {
		if !e.known[tie] && len(e.near[tie[0]]) < mostNear {
			e.known[tie] = true
			e.near[tie[0]] = append(e.near[tie[0]], id)
		}
	}
}

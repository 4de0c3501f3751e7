package consolidate

import (
	"huizong/consolidate/identity"
	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A Difference is what one version of a return says of a row and another does not.
type Difference struct {
	Entity        string         // what the row is called; as the later version has it, where that has it
	Before, After *ledger.Record // nil where a version lacks the row
	Columns       []*form.Column // that say something else; none where a version lacks the row
}

// Differences are what became otherwise from one version of a return to another: rows in the order of the later one, then those that
// it lacks. What cells say counts, not how they say it.
func Differences(c *county.County, before, after *ledger.Return) []Difference {
	f := form.ByID(after.Form)
	if f == nil {
		return nil
	}
	rowsOf := func(r *ledger.Return) (rows []identity.Row) {
		for i := range r.Records {
			rows = append(rows, identity.Row{Identity: f.Identity(&r.Records[i], c.Identify)})
		}
		return rows
	}
	there := identity.NewIndex()
	for _, row := range rowsOf(before) {
		there.Add(row)
	}
	var all []Difference
	kept := map[int]bool{}
	for i, at := range there.Match(rowsOf(after)) {
		d := Difference{Entity: f.Name(&after.Records[i]), After: &after.Records[i]}
		if at >= 0 {
			kept[at], d.Before = true, &before.Records[at]
			if d.Columns = otherwise(f, d.Before, d.After); d.Columns == nil {
				continue
			}
		}
		all = append(all, d)
	}
	for i := range before.Records {
		if !kept[i] {
			all = append(all, Difference{Entity: f.Name(&before.Records[i]), Before: &before.Records[i]})
		}
	}
	return all
}

// otherwise are the columns in which two rows do not say the same.
func otherwise(f *form.Form, a, b *ledger.Record) []*form.Column {
	var columns []*form.Column
	for _, column := range f.Columns {
		if column.Value(a) != column.Value(b) {
			columns = append(columns, column)
		}
	}
	return columns
}

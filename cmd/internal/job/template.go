package job

import (
	"context"
	"path"
	"slices"

	"huizong/consolidate"
	"huizong/importer/template"
	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A Template is a workbook to be filled in, by its path below the folder that it is wanted in, with slashes.
type Template struct {
	Path    string
	Content []byte
}

// Templates are the workbooks that units fill in for a month, each with what its unit owes and what stands of it from the
// month before: of one unit, or of all that owe something. known is false where nothing of the month before is.
func (j *Job) Templates(ctx context.Context, period ledger.Period, department string) (files []Template, known bool, err error) {
	past := make([][]ledger.Standing, monthsOfRules)
	for i := range past {
		if past[i], err = j.db.Standing(ctx, j.county.Region, period.Add(-1-i)); err != nil {
			return nil, false, err
		}
	}
	files, err = templates(j.county, consolidate.NewHistory(j.county, past...), period, department)
	return files, len(past[0]) > 0, err
}

// monthsOfRules is how many months before a month the rules of rows look at.
const monthsOfRules = 3

// BlankTemplates are the workbooks where no month is known.
func BlankTemplates(c *county.County, period ledger.Period, department string) ([]Template, error) {
	return templates(c, consolidate.NewHistory(c), period, department)
}

func templates(c *county.County, history *consolidate.History, period ledger.Period, department string) ([]Template, error) {
	var files []Template
	for _, unit := range c.Units {
		t := template.Template{County: c, Period: period, Department: unit.Name}
		for _, f := range form.All() {
			if slices.ContainsFunc(c.Owes(f.ID), func(u county.Unit) bool { return u.Name == unit.Name }) {
				t.Sheets = append(t.Sheets, template.Sheet{Form: f, Rows: rowsOf(c, history, f, period, unit.Name)})
			}
		}
		if len(t.Sheets) == 0 || department != "" && unit.Name != department {
			continue
		}
		content, err := template.Make(&t)
		if err != nil {
			return nil, err
		}
		files = append(files, Template{Path: path.Join(period.String(), t.Name()), Content: content})
	}
	return files, nil
}

// rowsOf are the rows that a unit is known to owe: what stands of a stock, and what the county lists.
func rowsOf(c *county.County, history *consolidate.History, f *form.Form, period ledger.Period, department string) []template.Row {
	var rows []template.Row
	for _, stood := range history.Stocked(f, department) {
		row := template.Row{Key: stood.Key, Given: ledger.Record{}, Past: stood.Past}
		for _, column := range f.Columns {
			if column.Stands(period) {
				column.Set(&row.Given, column.Value(stood.Past[0]))
			}
		}
		if name := f.Name(stood.Past[0]); name != "" { // 全县 where it has none of its own
			f.Entity.Set(&row.Given, ledger.Words(name))
		}
		rows = append(rows, row)
	}
	for _, part := range c.Forms[f.ID].Roll {
		for _, expected := range part.Rows {
			if expected.Unit == department {
				given := listed(f, part, expected)
				rows = append(rows, template.Row{Given: given, Past: history.Past(f, department, &given)})
			}
		}
	}
	return rows
}

// listed is a row of the county's roll, as far as it is known.
func listed(f *form.Form, part county.Part, expected county.Expected) ledger.Record {
	given := ledger.Record{}
	say := func(c *form.Column, text string) {
		if c != nil && text != "" {
			c.Set(&given, ledger.Words(text))
		}
	}
	say(f.Entity.Column, expected.Name)
	if len(f.Apart) > 0 {
		say(f.Apart[0], part.Under)
	}
	say(f.RollPart, part.Name)
	say(f.RollText, expected.Text)
	say(f.Role(form.RoleResponsible), expected.Unit)
	return given
}

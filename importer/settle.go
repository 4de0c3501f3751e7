package importer

import (
	"slices"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// env is what a row is judged in while it is read: by itself, without a past.
func (r *reader) env(record *ledger.Record) *form.Env {
	return &form.Env{Period: r.period, Now: record, Settings: r.in.County.Settings()}
}

// settleDoubts decides what an ambiguous heading means: the one meaning that no row
// breaks, where rows break each of the others. Else the column is not taken, and its
// figures are kept by their heading.
func (r *reader) settleDoubts() {
	for i := range r.head.bound {
		b := &r.head.bound[i]
		if b.doubt == nil {
			continue
		}
		first := r.head.form.Columns[i]
		open := slices.DeleteFunc(slices.Clone(b.doubt.Meanings), func(meaning form.Meaning) bool {
			return meaning.Column != first && r.head.bound[meaning.Column.Index].at != 0
		})
		var fits []*form.Column
		for _, meaning := range open {
			if !r.breaks(meaning, first) {
				fits = append(fits, meaning.Column)
			}
		}
		if len(fits) == 1 {
			r.move(first, fits[0])
			continue
		}
		r.head.wrong = append(r.head.wrong, misnomer{HeadingAmbiguous, first, b.head, nameAll(open)})
		r.giveUp(first)
	}
}

// breaks reports whether a row breaks what a meaning says, with the figure of the doubtful
// column under it.
func (r *reader) breaks(meaning form.Meaning, doubtful *form.Column) bool {
	for i := range r.records {
		trial := r.records[i]
		figure := doubtful.Field(&trial)
		trial.Set(doubtful.Index, ledger.Field{})
		trial.Set(meaning.Column.Index, figure)
		if meaning.Holds.Judge(r.env(&trial)) == form.Fails {
			return true
		}
	}
	return false
}

// move puts what was read under one column under another.
func (r *reader) move(from, to *form.Column) {
	r.head.bound[from.Index].doubt = nil
	if from == to {
		return
	}
	for i := range r.records {
		record := &r.records[i]
		record.Set(to.Index, from.Field(record))
		record.Set(from.Index, ledger.Field{})
	}
	for i := range r.findings {
		if r.findings[i].Field == from.Name {
			r.findings[i].Field = to.Name
		}
	}
	r.head.bound[to.Index], r.head.bound[from.Index] = r.head.bound[from.Index], binding{}
	r.sums.finest[to.Index], r.sums.unread[to.Index] = r.sums.finest[from.Index], r.sums.unread[from.Index]
	r.bare[to.Index], r.bare[from.Index] = r.bare[from.Index], ledger.Field{}
	if from.Need == form.Required {
		r.head.wrong = append(r.head.wrong, misnomer{ColumnMissing, from, nil, from.Name})
	}
}

// giveUp takes the figures of a column that nobody can name back out of the records.
func (r *reader) giveUp(c *form.Column) {
	name := r.head.bound[c.Index].head.String()
	for i := range r.records {
		record := &r.records[i]
		if raw := c.Field(record).Raw; raw != "" {
			if record.Extra == nil {
				record.Extra = map[string]string{}
			}
			record.Extra[name] = raw
		}
		record.Set(c.Index, ledger.Field{})
	}
	r.findings = slices.DeleteFunc(r.findings, func(f ledger.Finding) bool { return f.Field == c.Name && f.Row != 0 })
	r.head.bound[c.Index], r.bare[c.Index] = binding{}, ledger.Field{}
}

func nameAll(meanings []form.Meaning) string {
	text := ""
	for i, meaning := range meanings {
		if i > 0 {
			text += "或"
		}
		text += meaning.Column.Name
	}
	return text
}

// settleRates decides of each undecided rate whether it is a percentage or a fraction: as
// which it agrees with the form's own rules of it, and as the other does not.
func (r *reader) settleRates() {
	for _, wait := range r.waiting {
		record := &r.records[wait.record]
		field := wait.column.Field(record)
		percentage, fraction := field.Value, wait.fraction
		asPercentage, asFraction := r.agrees(record, wait.column, percentage), r.agrees(record, wait.column, fraction)
		switch {
		case asPercentage && !asFraction:
			field.Value, field.Did = percentage, join(field.Did, "与计算值相符，按百分数")
		case asFraction && !asPercentage:
			field.Value, field.Did = fraction, join(field.Did, "与计算值相符，按小数")
		default:
			field.Value = ledger.Value{}
			r.findings = append(r.findings, ledger.Finding{Code: RateUnclear, Row: record.Row, Cell: field.Cell.String(),
				Entity: r.head.form.Name(record), Field: wait.column.Name, Found: field.Raw})
		}
		record.Set(wait.column.Index, field)
	}
}

// agrees reports whether a rule of the form at the column holds with a value, and none
// is broken.
func (r *reader) agrees(record *ledger.Record, c *form.Column, value ledger.Value) bool {
	trial := *record
	c.Set(&trial, value)
	held := false
	for _, rule := range r.head.form.Rules {
		if rule.At != c {
			continue
		}
		switch rule.Holds.Judge(r.env(&trial)) {
		case form.Passes:
			held = true
		case form.Fails:
			return false
		}
	}
	return held
}

func join(did, more string) string {
	if did == "" {
		return more
	}
	return did + "；" + more
}

package consolidate

import (
	"cmp"
	"slices"

	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// Judge applies findings to their return: the harshest effect on the whole decides its
// state, rows are sent back and fields held back where a finding says so. Findings are
// added to the return's own. What was applied to it before is forgotten first, so judging
// twice is judging once.
func Judge(r *ledger.Return, found []ledger.Finding) {
	r.Findings = append(slices.Clip(r.Findings), found...)
	ledger.SortFindings(r.Findings)
	rows := map[int]*ledger.Record{}
	for i := range r.Records {
		record := &r.Records[i]
		record.Returned = false
		for j := range record.Fields {
			record.Fields[j].Held = false
		}
		rows[record.Row] = record
	}
	r.State = ledger.Accepted
	if r.Nil || r.Unchanged {
		r.State = ledger.Nil
	}
	columns := columnsByName(r.Form)
	for _, f := range r.Findings {
		switch record := rows[f.Row]; {
		case f.Code.Effect >= ledger.RejectReturn:
			r.State = ledger.Returned
		case record == nil:
		case f.Code.Effect == ledger.RejectRow:
			record.Returned = true
		case f.Code.Effect == ledger.HoldField && columns[f.Field] != nil:
			record.Fields[columns[f.Field].Index].Held = true
		}
	}
}

func columnsByName(id string) map[string]*form.Column {
	columns := map[string]*form.Column{}
	if f := form.ByID(id); f != nil {
		for _, c := range f.Columns {
			columns[c.Name] = c
		}
	}
	return columns
}

// Settle puts the returns of a period in order: by form, department in the official
// order, and age. Versions are numbered, the newest accepted one stays in force and older
// accepted ones are superseded. Returns of one date and different content are ordered by
// their content, with a query, so that no order of files decides.
func Settle(c *county.County, returns []*ledger.Return) {
	slices.SortFunc(returns, func(a, b *ledger.Return) int {
		return cmp.Or(cmp.Compare(formNumber(a.Form), formNumber(b.Form)), cmp.Compare(c.Order(a.Department), c.Order(b.Department)),
			cmp.Compare(a.Department, b.Department), cmp.Compare(a.Prepared.String(), b.Prepared.String()), cmp.Compare(a.Content, b.Content))
	})
	for from := 0; from < len(returns); {
		to := from + 1
		for to < len(returns) && returns[to].ReturnID == returns[from].ReturnID {
			to++
		}
		settleVersions(returns[from:to])
		from = to
	}
}

func settleVersions(versions []*ledger.Return) {
	newest := true
	for i := len(versions) - 1; i >= 0; i-- {
		r := versions[i]
		r.Version = i + 1
		if r.State == ledger.Returned {
			continue
		}
		if !newest {
			r.State = ledger.Superseded
		}
		newest = false
	}
	for i := 1; i < len(versions); i++ {
		if r := versions[i]; r.Prepared == versions[i-1].Prepared {
			r.Findings = append(r.Findings, about(r, SameDate, r.Prepared.String()))
		}
	}
}

func formNumber(id string) int {
	if f := form.ByID(id); f != nil {
		return f.Number
	}
	return 0
}

// about makes a finding of a whole return.
func about(r *ledger.Return, code *ledger.Code, found string) ledger.Finding {
	return ledger.Finding{Code: code, File: r.File, Sheet: r.Sheet, Period: r.Period, Department: r.Department, Form: r.Form, Found: found}
}

// inForce reports whether the return is the one that counts.
func inForce(r *ledger.Return) bool { return r.State == ledger.Accepted || r.State == ledger.Nil }

package consolidate

import (
	"cmp"
	"fmt"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A Dispute is a field of a project on which departments do not agree.
type Dispute struct {
	Project *Project
	Resolution
}

// Disputes are the fields on which departments do not agree, form by form in the order of
// the projects: those that are open, and those that authority settles.
func (g *Register) Disputes() []Dispute {
	var all []Dispute
	for _, f := range form.All() {
		for _, p := range g.Projects[f.ID] {
			for _, r := range p.Resolutions {
				if r.Reason == Open || r.Reason == ByAuthority {
					all = append(all, Dispute{p, r})
				}
			}
		}
	}
	return all
}

// disagreements tell each department whose word does not count what another says, at its cell.
// What stands from an earlier month was said then: nobody is asked about it again.
func disagreements(g *Register, inForce []*ledger.Return) []ledger.Finding {
	returns := map[ledger.ReturnID]*ledger.Return{}
	for _, r := range inForce {
		returns[r.ReturnID] = r
	}
	var all []ledger.Finding
	for _, d := range g.Disputes() {
		winner, _ := d.Winner()
		code := Overruled
		if d.Reason == Open {
			code = ReportedApart
		}
		for _, loser := range d.Losers() {
			r := returns[loser.Row.ReturnID]
			if r == nil || loser.Carried {
				continue
			}
			finding := about(r, code, said(d.Column, loser.Field))
			at := loser.Row.Record.PlaceOf(d.Column.Index)
			finding.Sheet, finding.Cell, finding.Row = cmp.Or(at.Sheet, r.Sheet), loser.Field.Cell.String(), at.Row
			finding.Entity, finding.Field = d.Project.Form.Name(loser.Row.Record), d.Column.Name
			finding.Expected = fmt.Sprintf("与%s所报%s一致", winner.Department, quoted(d.Column, winner.Field.Value))
			all = append(all, finding)
		}
	}
	return all
}

// said is what the sheet says: as it says it, or as its column writes it.
func said(c *form.Column, field ledger.Field) string {
	if field.Raw != "" {
		return field.Raw
	}
	return c.Show(field.Value)
}

// quoted is a value in a sentence: 8000万元, “在建”.
func quoted(c *form.Column, v ledger.Value) string {
	if c.Type == form.AmountType {
		return c.Spell(v)
	}
	return "“" + c.Spell(v) + "”"
}

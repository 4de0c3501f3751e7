package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

func (p *program) decideFind() *cobra.Command {
	var period ledger.Period
	command := &cobra.Command{
		Use:     "find NAME [--period 2024-06]",
		Short:   "按名称查项目的键，任何两行都可以判定 (find rows by name, for their keys)",
		Example: "  huizong decide find 冷链物流\n  huizong decide find 柳林镇 物流",
		Args:    cobra.MinimumNArgs(1),
		RunE: p.works(func(ctx context.Context, words []string) error {
			return p.find(ctx, period, strings.Join(words, " "))
		}),
	}
	periodFlag(command, &period, false)
	return command
}

// A foundRow is a row of `decide find --json`.
type foundRow struct {
	Key     string        `json:"key"`
	Form    string        `json:"form"`
	Unit    string        `json:"unit"`
	Name    string        `json:"name"`
	Total   *ledger.Money `json:"total_fen,omitempty"` // 总投资; absent where it is not known
	Carried string        `json:"carried,omitempty"`   // from which month, where it was not reported this month

	shown string // the total as people read it
}

// find lists the rows of a month by their name, whether or not anybody asks about them.
func (p *program) find(ctx context.Context, period ledger.Period, name string) error {
	month, err := p.month(ctx, period)
	if err != nil {
		return err
	}
	rows := []foundRow{}
	for _, row := range month.Register.Find(name) {
		rows = append(rows, newFoundRow(month.Register.Key(row), row))
	}
	if p.json {
		return p.writeJSON(map[string]any{"period": month.Period.String(), "rows": rows})
	}
	if len(rows) == 0 {
		p.printf(p.say("%s没有名称里有“%s”的项目\n", "in %s no project has %s in its name\n"), month.Period, name)
	}
	for _, row := range rows {
		p.printf("%s\n", p.foundLine(row))
	}
	return nil
}

func newFoundRow(key string, row *ledger.Standing) foundRow {
	f := form.ByID(row.Form)
	found := foundRow{Key: key, Form: f.ID, Unit: row.Department, Name: f.Name(row.Record)}
	if total := f.Role(form.RoleTotal); total != nil {
		if value := total.Value(row.Record); value.Known {
			money := ledger.Money(value.N)
			found.Total, found.shown = &money, total.Spell(value)
		}
	}
	if row.Carried() {
		found.Carried = row.From.String()
	}
	return found
}

// foundLine is a row as people read it.
func (p *program) foundLine(row foundRow) string {
	line := row.Key + "  "
	if p.lang == ledger.Chinese {
		line += "《" + form.ByID(row.Form).Title + "》"
	} else {
		line += row.Form
	}
	line += p.say("  "+row.Name+"（"+row.Unit+"）", "  "+row.Name+" ("+row.Unit+")")
	if row.Total != nil {
		line += p.say("  总投资", "  total investment ") + row.shown
	}
	if row.Carried != "" {
		line += p.say("  沿用"+row.Carried, "  carried over from "+row.Carried)
	}
	return line
}

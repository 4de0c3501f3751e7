package briefing

import (
	"cmp"
	"slices"

	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
)

// overdue are the problems past their deadline, the longest first.
func (b *briefing) overdue() []page.Obstacle {
	late := slices.DeleteFunc(b.ObstaclesOf(), func(o page.Obstacle) bool { return o.Days == 0 })
	slices.SortStableFunc(late, func(x, z page.Obstacle) int { return cmp.Compare(z.Days, x.Days) })
	return late
}

// drawOverdue draws 逾期堵点难点.
func (b *briefing) drawOverdue(s *workbook.Sheet, late []page.Obstacle) {
	f := &form.Obstacles
	of := func(value func(*page.Project) workbook.Cell) func(page.Obstacle) workbook.Cell {
		return func(o page.Obstacle) workbook.Cell { return value(o.Project) }
	}
	workbook.Table[page.Obstacle]{
		Title: b.Title("逾期未办结的堵点难点"), Left: b.AsOf(), Ledger: true, Frozen: 2,
		Columns: []workbook.Column[page.Obstacle]{
			{"序号", 5, workbook.Ordinal, nil},
			{"编号", 10, workbook.Label, of(page.Shown(f.Number.Column))},
			{"项目名称", 28, workbook.Prose, of(page.Shown(f.Project.Column))},
			{"问题", 34, workbook.Prose, of(page.Shown(f.Description.Column))},
			{"主办单位", 16, workbook.Label, of(page.UnitOf)},
			{"办结时限", 12, workbook.Label, of(page.Shown(f.Deadline.Column))},
			{"逾期（天）", 8, workbook.Ordinal, page.Obstacle.LateBy},
		},
	}.Draw(s.Top(), late)
}

package reserve

import (
	"huizong/consolidate"
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
)

// What 批次核对 says of a reserve project that is a key project, too.
const (
	inStep       = "一致"
	toStarted    = "已开工，应调整到“开工”批次"
	toProducing  = "已建成，应调整到“投产”批次"
	startedEarly = "批次为开工，重点项目表中尚未开工"
)

// An advance is a reserve project and the key project that it has become.
type advance struct {
	*page.Project
	key *consolidate.Project
}

// advances are the reserve projects that are key projects, in the order of the ledger.
func advances(r *page.Report) []advance {
	joined := r.Register.Join(r.Register.Counted(r.Form), r.Register.Counted(form.Progress.Name.Form))
	var all []advance
	for _, p := range r.Projects {
		if key := joined[p.Project]; key != nil {
			all = append(all, advance{p, key})
		}
	}
	return all
}

// verdict holds the stage of the reserve against what the key project says of its start.
func (r *drawing) verdict(a advance) string {
	stage := form.Reserve.Stage.Of(a.Record())
	started := form.Started.Judge(r.Register.Env(a.key)) == form.Passes
	built := form.Progress.Class.Of(a.key.Record()) == "建成"
	early := stage == "谋划" || stage == "储备"
	switch {
	case built && stage != "投产":
		return toProducing
	case started && early:
		return toStarted
	case !started && !early:
		return startedEarly
	}
	return inStep
}

// drawAdvance draws 批次核对: reserve projects beside the key projects that they have become.
func (r *drawing) drawAdvance(s *workbook.Sheet, all []advance) {
	theirs := func(value func(*page.Project) workbook.Cell) func(advance) workbook.Cell {
		return func(a advance) workbook.Cell { return value(&page.Project{Project: a.key}) }
	}
	mine := func(value func(*page.Project) workbook.Cell) func(advance) workbook.Cell {
		return func(a advance) workbook.Cell { return value(a.Project) }
	}
	workbook.Table[advance]{
		Title: r.Title("谋划储备项目批次核对"), Left: r.AsOf(), Right: "单位：万元", Ledger: true, Dense: true, Frozen: 2,
		Columns: []workbook.Column[advance]{
			{"序号", 6, workbook.Ordinal, nil},
			{"项目名称", 32, workbook.Prose, mine(page.NameOf)},
			{"批次", 8, workbook.Label, mine(page.Shown(form.Reserve.Stage.Column))},
			{"重点项目表中名称", 32, workbook.Prose, theirs(page.Shown(form.Progress.Name.Column))},
			{"类别", 9, workbook.Label, theirs(page.Shown(form.Progress.Class.Column))},
			{"实际开工", 11, workbook.Label, theirs(page.Month(form.Progress.Start))},
			{"总投资/储备", 14, workbook.Wan, mine(page.Amount(form.Reserve.Total))},
			{"总投资/重点", 14, workbook.Wan, theirs(page.Amount(form.Progress.Total))},
			{"核对结果", 26, workbook.Label, func(a advance) workbook.Cell {
				return workbook.Text(r.verdict(a)).From(page.Cite(a.Project, form.Reserve.Stage.Column))
			}},
			{"责任单位", 18, workbook.Label, mine(page.UnitOf)},
		},
		Notes: []string{"注：按项目代码、其次按名称或人工判定对应；没有对应的可用 huizong decide find 查键后判定。两张报表的数各自列示，不作调整；批次应调整的请责任单位在储备表中改批次。"},
	}.Draw(s.Top(), all)
}

package audit

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"huizong/consolidate"
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// correctionsSheet is the sheet of what came late.
const correctionsSheet = "更正"

// A lateLine is a return that came late.
type lateLine struct {
	sent    *ledger.Return
	changes int // rows and fields that it says otherwise
}

// A restatement is a figure of an earlier month that was first published otherwise.
type restatement struct {
	period     ledger.Period
	figure     form.Figure
	first, now ledger.Value
}

// Headings of 更正 that formulas read.
const (
	published = "公布数"
	corrected = "如计入更正"
	firstTime = "首次公布"
	thisTime  = "重新公布"
)

// hasCorrections reports whether there is anything to say on 更正.
func (a *audit) hasCorrections() bool { return len(a.Corrections)+len(a.Restated) > 0 }

// drawCorrections draws 更正: what came of months that were closed, what it says otherwise than was published,
// row by row and figure by figure, and what was published anew. Nothing of what came late counts.
func (a *audit) drawCorrections(s *workbook.Sheet) {
	flow := s.Flow(44, 4)
	flow.Write(workbook.Text(a.Title(correctionsSheet)), workbook.Title)
	if len(a.Corrections) > 0 {
		flow.Past(a.drawLate(flow.Here()))
		flow.Gap(8)
		flow.Past(a.drawChanges(flow.Here()))
	}
	for _, c := range a.Corrections {
		flow.Gap(8)
		flow.Past(a.drawCorrected(flow.Here(), c))
	}
	if len(a.Restated) > 0 {
		flow.Gap(8)
		flow.Past(a.drawRestated(flow.Here()))
	}
}

func (a *audit) drawLate(at workbook.Ref) *workbook.Drawn {
	var lines []lateLine
	for _, c := range a.Corrections {
		for _, r := range c.Late {
			lines = append(lines, lateLine{r, len(c.By(r))})
		}
	}
	text := func(of func(*ledger.Return) string) func(lateLine) workbook.Cell {
		return func(l lateLine) workbook.Cell {
			return workbook.Text(of(l.sent)).From(page.FromReturn{Sent: l.sent})
		}
	}
	return workbook.Table[lateLine]{
		Caption: "结账后收到的以前月份的报表", Left: a.AsOf(), Right: "单位：行、处", Total: "合计",
		Columns: []workbook.Column[lateLine]{
			{"序号", 8, workbook.Ordinal, nil},
			{"所属月份", 16, workbook.Label, text(func(r *ledger.Return) string { return r.Period.Chinese() })},
			{"报送单位", 24, workbook.Label, text(func(r *ledger.Return) string { return r.Department })},
			{"报表", 32, workbook.Label, text(func(r *ledger.Return) string { return titleOf(r.Form) })},
			{"文件、表", 52, page.Small(workbook.Prose), text(func(r *ledger.Return) string { return r.File + " " + r.Sheet })},
			{"数据行", 8, workbook.Whole, func(l lateLine) workbook.Cell {
				return workbook.Int(len(l.sent.Records)).From(page.FromReturn{Sent: l.sent})
			}},
			{"与公布不同", 12, workbook.Whole.Dash(), func(l lateLine) workbook.Cell {
				return workbook.Int(l.changes).From(page.FromReturn{Sent: l.sent})
			}},
			{"处理", 24, workbook.Label, text(lateState)},
		},
		Notes: []string{
			"注：以上报表所属的月份已结账，公布的数不变，以下更正都没有计入：报送单位在以后月份的报表里报更正后的数，或由发改局重开该月，才计入。没有再报的，以后月份沿用公布的数。",
		},
	}.Draw(at, lines)
}

// lateState is what became of a late return, if it had counted.
func lateState(r *ledger.Return) string {
	switch {
	case r.State == ledger.Returned:
		return "未通过审核"
	case !r.InForce():
		return page.StateWords[r.State]
	}
	return page.StateWords[ledger.Late]
}

// matterOf is what a change is of.
func matterOf(c consolidate.Change) string {
	switch c.Kind {
	case consolidate.Entered:
		return "补报该行"
	case consolidate.Left:
		return "不再报该行"
	}
	return page.Heading(c.Column, c.Late.Period)
}

// versionOf is the row that a change is known by.
func versionOf(c consolidate.Change) consolidate.Version {
	if c.Says.Row != nil {
		return c.Says
	}
	return c.Was
}

// saying is what a row says in the column of a change; of a whole row its amount. What is personal is not
// shown.
func saying(c consolidate.Change, v consolidate.Version) workbook.Cell {
	if v.Row == nil {
		return workbook.Blank
	}
	f := form.ByID(c.Late.Form)
	column := cmp.Or(c.Column, f.Amount.Column, f.Entity.Column)
	origin := page.FromRow{Project: v.Project, Row: v.Row, Column: column}
	if column.Personal {
		origin.Column = f.Entity.Column
		return workbook.Text("（略）").From(origin)
	}
	return page.InOwnKind(column, column.Value(v.Row.Record)).From(origin)
}

func (a *audit) drawChanges(at workbook.Ref) *workbook.Drawn {
	var lines []consolidate.Change
	for _, c := range a.Corrections {
		lines = append(lines, c.Changes...)
	}
	type line = consolidate.Change
	return workbook.Table[line]{
		Caption: "逐项更正（未计入）", Right: "金额单位：万元",
		Columns: []workbook.Column[line]{
			{"序号", 8, workbook.Ordinal, nil},
			{"所属月份", 16, workbook.Label, func(c line) workbook.Cell { return workbook.Text(c.Late.Period.Chinese()) }},
			{"报送单位", 24, workbook.Label, func(c line) workbook.Cell { return workbook.Text(c.Late.Department) }},
			{"对象", 44, workbook.Prose, func(c line) workbook.Cell {
				v := versionOf(c)
				f := form.ByID(c.Late.Form)
				return workbook.Text(f.Name(v.Row.Record)).From(page.FromRow{Project: v.Project, Row: v.Row, Column: f.Entity.Column})
			}},
			{"事项", 28, workbook.Label, func(c line) workbook.Cell { return workbook.Text(matterOf(c)) }},
			{"公布", 24, workbook.Label, func(c line) workbook.Cell { return saying(c, c.Was) }},
			{"迟报", 20, workbook.Label, func(c line) workbook.Cell { return saying(c, c.Says) }},
			{"计数", 12, workbook.Label, func(c line) workbook.Cell { return page.Counting(&page.Project{Project: versionOf(c).Project}) }},
		},
	}.Draw(at, lines)
}

// figureCell is a figure that may not be known.
func figureCell(f form.Figure, v ledger.Value) workbook.Cell {
	if !v.Known {
		return workbook.Blank
	}
	return page.FigureCell(f, v.N).As(page.FigureStyle(f))
}

// publishedCell is a figure as it was published of a month.
func publishedCell(p ledger.Period, f form.Figure, v ledger.Value) workbook.Cell {
	if !v.Known {
		return workbook.Blank
	}
	return page.PublishedIn(p, map[string]int64{f.Name: v.N}, f)
}

func (a *audit) drawCorrected(at workbook.Ref, c consolidate.Correction) *workbook.Drawn {
	figure := func(change consolidate.FigureChange) form.Figure {
		_, f := form.FigureNamed(change.Name)
		return f
	}
	type line = consolidate.FigureChange
	return workbook.Table[line]{
		Caption: c.Period.Chinese() + "公布的数，如计入更正（未计入）", Right: "金额单位：亿元",
		Columns: []workbook.Column[line]{
			{"序号", 8, workbook.Ordinal, nil},
			{"指标", 72, workbook.Label, func(l line) workbook.Cell { return workbook.Text(page.FigureTitle(figure(l), c.Period)) }},
			{"单位", 12, workbook.Label, func(l line) workbook.Cell { return workbook.Text(figure(l).Unit) }},
			{published, 28, workbook.Whole, func(l line) workbook.Cell { return publishedCell(c.Period, figure(l), l.Published) }},
			{corrected, 28, workbook.Whole, func(l line) workbook.Cell {
				f, shown := form.FigureNamed(l.Name)
				return figureCell(shown, l.Would).From(page.FromProjects{Projects: l.Projects, Form: f, Columns: append(form.Reads(shown.Of), f.Entity.Column)})
			}},
			{"增减", 28, workbook.Whole, func(l line) workbook.Cell {
				if !l.Published.Known || !l.Would.Known {
					return workbook.Blank
				}
				return page.ChangeOf(figure(l), corrected, published)
			}},
		},
	}.Draw(at, c.Figures)
}

func (a *audit) drawRestated(at workbook.Ref) *workbook.Drawn {
	var lines []restatement
	for _, p := range slices.SortedFunc(maps.Keys(a.Restated), ledger.Period.Since) {
		for _, name := range slices.Sorted(maps.Keys(a.Restated[p])) {
			_, figure := form.FigureNamed(name)
			n, known := a.Past[p][name]
			lines = append(lines, restatement{p, figure, a.Restated[p][name], ledger.Value{Known: known, N: n}})
		}
	}
	return workbook.Table[restatement]{
		Caption: "以前月份重新公布的数", Right: "金额单位：亿元",
		Columns: []workbook.Column[restatement]{
			{"序号", 8, workbook.Ordinal, nil},
			{"月份", 16, workbook.Label, func(l restatement) workbook.Cell { return workbook.Text(l.period.Chinese()) }},
			{"指标", 56, workbook.Label, func(l restatement) workbook.Cell { return workbook.Text(page.FigureTitle(l.figure, l.period)) }},
			{"单位", 12, workbook.Label, func(l restatement) workbook.Cell { return workbook.Text(l.figure.Unit) }},
			{firstTime, 28, workbook.Whole, func(l restatement) workbook.Cell {
				return figureCell(l.figure, l.first).From(page.Fact{
					fmt.Sprintf("%s首次结账时公布的 %s", l.period.Chinese(), l.figure.Name),
					fmt.Sprintf("figure %s as %s was first closed", l.figure.Name, l.period)})
			}},
			{thisTime, 28, workbook.Whole, func(l restatement) workbook.Cell { return publishedCell(l.period, l.figure, l.now) }},
			{"增减", 28, workbook.Whole, func(l restatement) workbook.Cell {
				if !l.first.Known || !l.now.Known {
					return workbook.Blank
				}
				return page.ChangeOf(l.figure, thisTime, firstTime)
			}},
		},
		Notes: []string{"注：这些月份结账后重开、更正、重新公布，各册的“上月”数为重新公布的数。"},
	}.Draw(at, lines)
}

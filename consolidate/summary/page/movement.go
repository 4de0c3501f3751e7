package page

import (
	"cmp"
	"slices"

	"huizong/consolidate"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A movement is a line of 月度变动.
type movement struct {
	consolidate.Movement
	county *county.County
	stage  form.Choice // what 新增 and 退出 name beside the money
	money  form.Money
}

// DrawMovements draws 月度变动: what is new, gone, moved on, adjusted or renamed since the
// month before, from what to what, and who says so. It is nil in the first month, which has
// nothing before it.
func (r *Report) DrawMovements(s *workbook.Sheet, stage form.Choice, money form.Money) *workbook.Drawn {
	if r.Earlier == nil {
		flow := s.Flow(12, 10)
		flow.Write(workbook.Text(r.ProjectsTitle("月度变动")), workbook.Title)
		flow.Gap(12)
		flow.Write(workbook.Text(r.Period.Chinese()+"是首个汇总月份，没有上月数可比；月度变动自下月起列示。"), workbook.Bulletin)
		return nil
	}
	var lines []movement
	for _, m := range r.Movements[r.Form.ID] {
		lines = append(lines, movement{m, r.County, stage, money})
	}
	slices.SortStableFunc(lines, func(a, b movement) int { return cmp.Compare(a.Kind, b.Kind) })
	return workbook.Table[movement]{
		Title: r.ProjectsTitle("月度变动"), Left: r.AsOf() + "，与" + r.Period.Add(-1).Chinese() + "相比", Right: "金额单位：万元",
		Ledger: true, Frozen: 3, Printed: 9,
		Columns: []workbook.Column[movement]{
			{"序号", 5, workbook.Ordinal, nil},
			{"变动", 6, workbook.Label, func(m movement) workbook.Cell { return workbook.Text(m.Kind.String()) }},
			{"项目名称", 32, workbook.Prose, func(m movement) workbook.Cell { return NameOf(Project{Project: m.Project}) }},
			{"变动事项", 14, workbook.Label, movement.matter},
			{"变动前", 18, workbook.Label, movement.before},
			{"变动后", 18, workbook.Label, movement.after},
			{"增减（万元）", 13, workbook.Wan.Signed(), movement.change},
			{"计数", 6, workbook.Label, func(m movement) workbook.Cell { return Counting(Project{Project: m.Project}) }},
			{"依据（报送单位、文件）", 34, workbook.Prose, func(m movement) workbook.Cell { return workbook.Text(r.basis(m)) }},
			{"说明", 24, workbook.Prose, movement.remark},
		},
		Notes: []string{"注：“增减”列新增为项目金额、退出为负、调整为变动后减变动前，金额为" + money.String() + "或所列事项；打包子项的变动列示，不计入项目数。"},
	}.Draw(s.Top(), lines)
}

// entity reports whether the whole project came or went.
func (m movement) entity() bool { return m.Column == nil }

// cite is the origin of a cell of the project as it stands, as it stood where it left.
func (m movement) cite(c *form.Column) FromProject { return Cite(Project{Project: m.Project}, c) }

func (m movement) matter() workbook.Cell {
	if m.entity() {
		return workbook.Text(m.stage.String())
	}
	return workbook.Text(Heading(m.Column, m.Project.Row.Period))
}

func (m movement) before() workbook.Cell {
	switch {
	case m.Kind == consolidate.Left:
		return m.stated(m.stage.Column, m.stage.Value(m.Project.Record())).From(m.cite(m.stage.Column))
	case m.entity():
		return workbook.Blank
	}
	return m.stated(m.Column, m.Before).From(FromRow{m.Project, m.Was.Spokesman(m.Column), m.Column})
}

func (m movement) after() workbook.Cell {
	switch {
	case m.Kind == consolidate.Entered:
		return m.stated(m.stage.Column, m.stage.Value(m.Project.Record())).From(m.cite(m.stage.Column))
	case m.entity():
		return workbook.Blank
	}
	return m.stated(m.Column, m.After).From(m.cite(m.Column))
}

// stated is a value in a cell of its own kind: money stays a number.
func (m movement) stated(c *form.Column, v ledger.Value) workbook.Cell {
	if c == form.Reserve.Stage.Column {
		return workbook.Text(StageLabel(m.county, v.S))
	}
	return InOwnKind(c, v)
}

func (m movement) change() workbook.Cell {
	amount := m.money.Of(m.Project.Record())
	switch {
	case m.Kind == consolidate.Entered && amount.Valid:
		return workbook.Money(amount.V).From(m.cite(m.money.Column))
	case m.Kind == consolidate.Left && amount.Valid:
		return workbook.Money(-amount.V).From(m.cite(m.money.Column))
	case m.Kind == consolidate.Adjusted:
		return workbook.Minus(workbook.Own("变动后"), workbook.Own("变动前"))
	}
	return workbook.Blank
}

func (m movement) remark() workbook.Cell {
	reason := m.Reason
	if m.Kind == consolidate.Left && reason == "" && !m.Replaced {
		reason = "未说明原因"
	}
	return workbook.Text(Join(reason, m.Kin))
}

// basis is whose word the movement is, and where it was read.
func (r *Report) basis(m movement) string {
	if m.Kind == consolidate.Left {
		return m.Says
	}
	return r.source(m.Project.Row)
}

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
	county  *county.County
	columns ProjectColumns
	stage   form.Choice // what 新增 and 退库 name beside the money
	money   form.Money
}

// Headings of 月度变动, and the words of the bridge over it.
const (
	moveKind   = "变动"
	moveMatter = "变动事项"
	moveBy     = "增减（万元）"
)

// DrawMovements draws 月度变动: what is new, gone, moved on, adjusted or renamed since the
// month before, from what to what, and who says so, under the bridge from the figures of that month to
// those of this one. It is nil in the first month, which has nothing before it: the sheet is left out.
func (r *Report) DrawMovements(s *workbook.Sheet, stage form.Choice, money form.Money, now Bridged) *workbook.Drawn {
	if r.Earlier == nil {
		r.Omit(s, r.Period.Chinese()+"是首个汇总月份，没有上月数可比")
		return nil
	}
	var lines []movement
	for _, m := range r.Movements[r.Form.ID] {
		lines = append(lines, movement{m, r.County, r.columns, stage, money})
	}
	slices.SortStableFunc(lines, func(a, b movement) int { return cmp.Compare(a.Kind, b.Kind) })
	top := s.Top()
	list := workbook.Table[movement]{
		Left: "逐项变动（" + r.AsOf() + "，与" + r.Period.Add(-1).Chinese() + "相比）", Right: "金额单位：万元",
		Ledger: true, Dense: true, Frozen: 3, Printed: 9,
		Columns: []workbook.Column[movement]{
			{"序号", 5, workbook.Ordinal, nil},
			{moveKind, 9, workbook.Label, func(m movement) workbook.Cell { return workbook.Text(m.kind()) }},
			{"项目名称", 36, workbook.Prose, func(m movement) workbook.Cell { return NameOf(&Project{Project: m.Project}) }},
			{moveMatter, 14, workbook.Label, movement.matter},
			{"变动前", 16, workbook.Label, movement.before},
			{"变动后", 16, workbook.Label, movement.after},
			{moveBy, 13, workbook.Wan.Signed(), movement.change},
			{"报送单位", 18, workbook.Label, func(m movement) workbook.Cell { return workbook.Text(m.Says) }},
			{"计数", 12, workbook.Label, func(m movement) workbook.Cell { return Counting(&Project{Project: m.Project}) }},
			{"依据（报送单位、文件）", 50, workbook.Prose, func(m movement) workbook.Cell { return workbook.Text(r.basis(m)) }},
			{"说明", 40, workbook.Prose, movement.remark},
		},
		Notes: []string{"注：“增减”列新增为项目金额、退库为负、调整为变动后减变动前，金额为" + money.String() +
			"或所列事项；打包子项的变动列示，不计项目数。依据文件和说明见电子表右侧。"},
	}.Draw(top.Down(bridgeRows), lines)
	r.drawMoveBridge(top, list, money, now)
	return list
}

// kind is the word of the change; what moves on is called after what it moves through.
func (m movement) kind() string {
	if m.Kind == consolidate.Moved && m.stage.Column != form.Reserve.Stage.Column {
		return "类别调整"
	}
	return m.Kind.String()
}

// entity reports whether the whole project came or went.
func (m movement) entity() bool { return m.Column == nil }

// cite is the origin of a cell of the project as it stands, as it stood where it left.
func (m movement) cite(c *form.Column) FromProject { return Cite(&Project{Project: m.Project}, c) }

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
	return m.stated(m.Column, m.dated(m.Before)).From(FromRow{m.Project, m.Was.Spokesman(m.Column), m.Column})
}

func (m movement) after() workbook.Cell {
	switch {
	case m.Kind == consolidate.Entered:
		return m.stated(m.stage.Column, m.stage.Value(m.Project.Record())).From(m.cite(m.stage.Column))
	case m.entity():
		return workbook.Blank
	}
	return m.stated(m.Column, m.dated(m.After)).From(m.cite(m.Column))
}

// dated is a date of the change by its month, as the ledgers show it, unless only the day has changed.
func (m movement) dated(v ledger.Value) ledger.Value {
	if m.Column.Type != form.DateType || !v.Known {
		return v
	}
	day, err := ledger.ParseDate(v.S)
	was, errWas := ledger.ParseDate(m.Before.S)
	is, errIs := ledger.ParseDate(m.After.S)
	if err != nil || errWas == nil && errIs == nil && was.Period() == is.Period() {
		return v
	}
	day.Day = 0
	v.S = day.String()
	return v
}

// stated is a value in a cell of its own kind, in the county's own words as the ledger has them: money
// stays a number.
func (m movement) stated(c *form.Column, v ledger.Value) workbook.Cell {
	switch c {
	case form.Reserve.Stage.Column:
		return workbook.Text(StageLabel(m.county, v.S))
	case m.columns.Unit.Column, m.columns.Field.Column:
		return workbook.Text(m.word(c.Show(v)))
	}
	return InOwnKind(c, v)
}

// word is the county's word for what was said in the movement's column, of a unit or of a field.
func (m movement) word(said string) string {
	if m.Column == m.columns.Unit.Column {
		return responsible(m.county, said).Name
	}
	return fieldOf(m.county, said)
}

// unfamiliar quotes a unit or a field, before or after, that the county does not know.
func (m movement) unfamiliar() string {
	if m.entity() || m.Column != m.columns.Unit.Column && m.Column != m.columns.Field.Column {
		return ""
	}
	quote := func(when string, v ledger.Value) string {
		said := m.Column.Show(v)
		if said == "" || m.word(said) != Other {
			return ""
		}
		return when + "填报为“" + said + "”"
	}
	return Join(quote("变动前", m.Before), quote("变动后", m.After))
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
	return workbook.Text(Join(Join(reason, m.Kin), m.unfamiliar()))
}

// basis is whose word the movement is, and where it was read.
func (r *Report) basis(m movement) string {
	if m.Kind == consolidate.Left {
		return m.Says
	}
	return r.source(m.Project.Row)
}

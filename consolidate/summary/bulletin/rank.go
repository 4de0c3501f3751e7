package bulletin

import (
	"math/big"
	"slices"

	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/progress"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A standing is a line of 进度排名: a unit by its projects' lead over the year.
type standing struct {
	page.UnitLine
	line int // its row in 分责任单位 of the key projects
	lead *big.Rat
}

// An honour is one of the two lists of units: 红榜, those whose projects reach the share of the year, the
// first first, and 黑榜, those as far behind it as a yellow light is, the worst first. Groups stand apart,
// as they are ranked.
type honour struct {
	name   string
	units  []standing
	groups []string // that have units on it, in the county's order
	drawn  *workbook.Drawn
}

// honours are both lists. Units without a plan are on neither, nor are those a little behind.
func (b *bulletin) honours() (reached, missed *honour) {
	reached, missed = &honour{name: "红榜"}, &honour{name: "黑榜"}
	for i, l := range b.keys.UnitLines {
		lead, known := b.keys.LeadOf(l)
		if !known {
			continue
		}
		list := reached
		switch behind := new(big.Rat).Neg(lead); {
		case behind.Cmp(big.NewRat(int64(b.County.Lights.BehindYellow), form.RateScale)) >= 0:
			list = missed
		case behind.Sign() > 0:
			continue
		}
		list.units = append(list.units, standing{l, i, lead})
		if !slices.Contains(list.groups, l.Group) {
			list.groups = append(list.groups, l.Group)
		}
	}
	order := func(list *honour, compare func(x, z standing) int) {
		var sorted []standing
		for _, group := range list.groups {
			mine := list.of(group)
			slices.SortStableFunc(mine, compare)
			sorted = append(sorted, mine...)
		}
		list.units = sorted
	}
	order(reached, func(x, z standing) int { return z.lead.Cmp(x.lead) }) // ties by money, as the lines came
	slices.Reverse(missed.units)
	order(missed, func(x, z standing) int { return x.lead.Cmp(z.lead) }) // and the less money first
	return reached, missed
}

// tolerance is from how many points behind a unit is on 黑榜: as a light is yellow.
func (b *bulletin) tolerance() string {
	return ledger.Exactly(int64(b.County.Lights.BehindYellow), form.RateScale/100)
}

// of are the units of a group.
func (h *honour) of(group string) []standing {
	var mine []standing
	for _, u := range h.units {
		if u.Group == group {
			mine = append(mine, u)
		}
	}
	return mine
}

// drawHonours draws 进度排名, both lists, quoting 分责任单位.
func (b *bulletin) drawHonours(s *workbook.Sheet, lists ...*honour) {
	flow := s.Flow(24, 5)
	flow.Write(workbook.Text(b.Title("重点项目进度红黑榜")), workbook.Title)
	for i, list := range lists {
		quote := func(heading string) func(standing) workbook.Cell {
			return func(u standing) workbook.Cell { return workbook.Quote(b.keys.Units.Cell(heading, u.line)) }
		}
		list.drawn = workbook.Table[standing]{
			Caption: page.Numeral(i) + "、" + list.name, Left: b.AsOf(), Right: "单位：万元",
			Columns: []workbook.Column[standing]{
				{"序号", 5, workbook.Ordinal, nil},
				{"类别", 10, workbook.Label, quote("类别")},
				{"责任单位", 30, workbook.Label, quote("责任单位")},
				{"项目数", 10, workbook.Whole, quote("项目数")},
				{progress.YearPlan, 15, workbook.Wan, quote(progress.YearPlan)},
				{b.keys.Done(), 15, workbook.Wan, quote(b.keys.Done())},
				{progress.OfPlan, 15, workbook.Percent, quote(progress.OfPlan)},
				{progress.Ahead, 15, workbook.Points, quote(progress.Ahead)},
			},
			Notes: []string{"注：红榜为完成投资达到时序进度的单位，黑榜为低于时序进度" + b.tolerance() + "个百分点及以上的单位，其余不列；部门、镇街、园区、企业分列。取自《重点项目进展汇总》分责任单位。"},
		}.Draw(flow.Here(), list.units)
		flow.Past(list.drawn)
		flow.Gap(10)
	}
}

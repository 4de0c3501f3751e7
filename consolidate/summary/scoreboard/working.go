package scoreboard

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"

	"huizong/consolidate/rating"
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/county"
	"huizong/internal/ledger"
)

// A scoring is a row of 月评比计分: an indicator of a unit.
type scoring struct {
	*scored
	unit string
	mark *rating.Mark
}

// A scored is an indicator by which a group is scored. Its rows stand together: first is the first of them, n how
// many there are.
type scored struct {
	group     string
	score     county.Score
	indicator county.Indicator
	first, n  int
}

// Headings of the working.
const (
	scoreKind  = "计入"
	fullMarks  = "满分"
	partOf     = "分子"
	wholeOf    = "分母"
	valueOf    = "数值"
	placeOfOne = "指标名次"
)

// inHundred stands under 计入 where the points are of the hundred; others are 加减分.
const inHundred = "百分"

// DrawWorking draws 月评比计分, the working of every score: numerator over denominator gives the
// value, the value gives the points, by live formulas.
func DrawWorking(v *page.Volume, s *workbook.Sheet, ratings []rating.Rating) {
	workbook.Table[scoring]{
		Title: v.Title("月评比计分表"), Left: v.AsOf(), Right: "金额单位：万元", Ledger: true, Frozen: 3, Printed: 11,
		Columns: []workbook.Column[scoring]{
			{"类别", 8, workbook.Label, func(r scoring) workbook.Cell { return workbook.Text(r.group) }},
			{"指标", 12, workbook.Label, func(r scoring) workbook.Cell { return workbook.Text(r.score.Name) }},
			{"单位", 22, workbook.Label, func(r scoring) workbook.Cell { return workbook.Text(r.unit) }},
			{scoreKind, 8, workbook.Label, scoring.kind},
			{fullMarks, 8, workbook.Score, scoring.weight},
			{partOf, 13, workbook.Score, func(r scoring) workbook.Cell { return r.quantity(r.mark.Part, r.indicator.Money).From(r.from(false)) }},
			{wholeOf, 13, workbook.Score, scoring.whole},
			{valueOf, 11, workbook.Score, scoring.value},
			{placeOfOne, 6, workbook.Ordinal, scoring.place},
			{totalScore, 8, workbook.Score.Bold(), scoring.points},
			{"计分办法", 36, page.Small(workbook.Prose), func(r scoring) workbook.Cell { return workbook.Text(methodText(r.score)) }},
			{"说明", 20, page.Small(workbook.Prose), func(r scoring) workbook.Cell { return workbook.Text(r.remark()) }},
		},
		Notes: []string{"注：比率类指标数值＝分子÷分母，其余指标数值即分子；各指标的分子、分母见《高质量项目推进月度通报》中月评比的评分办法。得分四舍五入到0.01分。不排名的单位不列。"},
	}.Draw(s.Top(), scorings(v.County, ratings))
}

// scorings are the rows of the working: by group, indicator and unit in the official order.
func scorings(c *county.County, ratings []rating.Rating) (all []scoring) {
	for _, r := range ratings {
		units := officially(c, r.Ranked)
		for i, score := range r.Scores {
			indicator, _ := county.IndicatorOf(score.Indicator)
			by := &scored{r.Group, score, indicator, len(all), len(units)}
			for _, unit := range units {
				all = append(all, scoring{by, unit.Unit, &unit.Marks[i]})
			}
		}
	}
	return all
}

// scheme is the origin of what the county's scheme says.
var scheme = page.Fact{"county.toml 的评分方案", "the scoring scheme of county.toml"}

// from is the origin of what was measured: the numerator, or the denominator.
func (r scoring) from(whole bool) page.FromIndicator {
	return page.FromIndicator{Indicator: r.score.Indicator, Unit: r.unit, Whole: whole}
}

func (r scoring) kind() workbook.Cell {
	if r.score.Extra() {
		return workbook.Text(extraPoints)
	}
	return workbook.Text(inHundred)
}

func (r scoring) weight() workbook.Cell {
	if r.score.Extra() {
		return workbook.Blank
	}
	return inPoints(r.score.Weight).From(scheme)
}

// quantity is the cell of a number of things, or of money in 万元: exact, since what is due
// of a plan need not be whole 分.
func (r scoring) quantity(n *big.Rat, money bool) workbook.Cell {
	switch {
	case n == nil:
		return workbook.Blank
	case money:
		return number(new(big.Rat).Quo(n, big.NewRat(int64(ledger.TenThousandYuan), 1)))
	}
	return number(n).As(workbook.Whole)
}

func number(n *big.Rat) workbook.Cell {
	x, _ := n.Float64()
	return workbook.Number(x)
}

func (r scoring) share() bool { return r.indicator.Kind == county.Share }

func (r scoring) whole() workbook.Cell {
	if !r.share() {
		return workbook.Blank
	}
	return r.quantity(r.mark.Whole, r.indicator.Money).From(r.from(true))
}

func (r scoring) value() workbook.Cell {
	switch {
	case r.mark.Value == nil:
		return workbook.Blank
	case r.share():
		return workbook.Quotient(workbook.Own(partOf), workbook.Own(wholeOf)).As(workbook.Percent2)
	case r.indicator.Money:
		return workbook.Same(workbook.Own(partOf))
	}
	return workbook.Same(workbook.Own(partOf)).As(workbook.Whole)
}

// place is the unit's place by the value, where the method asks for it.
func (r scoring) place() workbook.Cell {
	rank := workbook.Rank
	if r.indicator.Fewer {
		rank = workbook.RankUp
	}
	if r.score.Method != county.ByRank || r.mark.Value == nil {
		return workbook.Blank
	}
	return rank(workbook.Some(valueOf, r.first, r.n)).Matching(workbook.Int(r.mark.Place))
}

// points is the formula of the method over the cells of its row.
func (r scoring) points() workbook.Cell {
	switch {
	case r.mark.State == rating.NothingDue:
		return workbook.Blank
	case r.mark.Value == nil:
		return inPoints(0).From(r.from(false))
	}
	earned := inPoints(r.mark.Points)
	value, weight := workbook.Own(valueOf), workbook.Own(fullMarks)
	switch r.score.Method {
	case county.ByRatio:
		return r.floored(workbook.Calc(earned, "ROUND(MAX(0,MIN(%s,%s/%s))*%s,2)", number(r.score.Most()), value, r.level(r.score.Full()), weight))
	case county.ByRank:
		return r.floored(workbook.Calc(earned, "ROUND(MAX(0,%s-(%s-1)*%s),2)", weight, workbook.Own(placeOfOne), inPoints(r.score.Step)))
	case county.ByBands:
		return r.banded(earned)
	}
	low, high, from := inPoints(0), workbook.Operand(weight), workbook.Operand(inPoints(0))
	switch {
	case r.score.Extra():
		low, high = inPoints(-r.score.Limit), inPoints(r.score.Limit)
	case r.score.Each < 0:
		from = weight
	}
	return workbook.Calc(earned, "ROUND(MAX(%s,MIN(%s,%s+%s*%s)),2)", low, high, from, value, inPoints(r.score.Each))
}

// level is a value of the scheme as the column of values shows it: money in 万元.
func (r scoring) level(n *big.Rat) workbook.Cell {
	return r.quantity(n, r.indicator.Kind == county.Amount)
}

// floored is the formula where the value must reach a floor.
func (r scoring) floored(points workbook.Cell) workbook.Cell {
	if r.score.Floor.Kind == county.NoKind {
		return points
	}
	return workbook.Calc(inPoints(r.mark.Points), "IF(%s<%s,0,%s)", workbook.Own(valueOf), r.level(r.score.Floor.Value()), points)
}

// banded is the formula that finds the first band that is reached.
func (r scoring) banded(earned workbook.Cell) workbook.Cell {
	reached := ">="
	if r.indicator.Fewer {
		reached = "<="
	}
	formula := inPoints(0)
	for i := len(r.score.Bands) - 1; i >= 0; i-- {
		band := r.score.Bands[i]
		formula = workbook.Calc(earned, "IF(%s"+reached+"%s,%s,%s)", workbook.Own(valueOf), r.level(band.At.Value()), inPoints(band.Points), formula)
	}
	return formula
}

// remark says why there is no value.
func (r scoring) remark() string {
	switch r.mark.State {
	case rating.NothingDue:
		return "本月无应评事项，不计"
	case rating.Unreported:
		return "应报未报，不得分"
	}
	if r.score.Floor.Kind != county.NoKind && r.mark.Value.Cmp(r.score.Floor.Value()) < 0 {
		return fmt.Sprintf("低于%s，不得分", r.score.Floor)
	}
	return ""
}

// officially puts ranked units in the official order.
func officially(c *county.County, ranked []rating.Rated) []rating.Rated {
	units := slices.Clone(ranked)
	slices.SortStableFunc(units, func(a, b rating.Rated) int { return cmp.Compare(c.Order(a.Unit), c.Order(b.Unit)) })
	return units
}

// Package scoreboard draws 月评比: the ranking of each group of units with the county's scheme under
// it, a sheet of the bulletin, and 月评比计分, the working of every score as live formulas from the
// numerator to the points, a sheet of the working papers. What is ranked and why is package rating's.
package scoreboard

import (
	"fmt"
	"slices"
	"strings"

	"huizong/consolidate/rating"
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/county"
)

// A board is 月评比 being drawn.
type board struct {
	*page.Volume
	ratings []rating.Rating
}

// Draw draws 月评比: the ranking of each group, and the scheme under them. It gives the rankings.
func Draw(v *page.Volume, s *workbook.Sheet, ratings []rating.Rating) []Ranking {
	return (&board{v, ratings}).drawRankings(s)
}

// A Ranking is the ranking of a group as it was drawn, its lines in order.
type Ranking struct {
	rating.Rating
	Drawn *workbook.Drawn
}

// Grid of the page of the rankings, and how many lines of a ranking go on it.
const (
	scoreGrid    = 4.5
	scoreColumns = 37
	scoreLines   = 36
)

// drawRankings draws a ranking for each group, and the scheme. A ranking begins a new page
// where it does not go on the one before.
func (b *board) drawRankings(s *workbook.Sheet) (drawn []Ranking) {
	flow := s.Flow(scoreColumns, scoreGrid)
	flow.Write(workbook.Text(b.Title("月评比")), workbook.Title)
	flow.Write(workbook.Text(b.AsOf()+"　"+b.County.Scoring.Basis), workbook.Subheading.Size(10.5))
	used := 0
	room := func(lines int) {
		if used > 0 && used+lines > scoreLines {
			flow.NewPage()
			used = 0
		}
		used += lines
	}
	for i, rating := range b.ratings {
		room(len(rating.Ranked) + len(rating.Apart)/8 + 5)
		ranking := b.drawRanking(flow.Here(), i, rating)
		drawn = append(drawn, Ranking{rating, ranking})
		flow.Past(ranking)
		flow.Gap(10)
	}
	room(len(b.County.Scores) + 6)
	flow.Past(b.drawScheme(flow.Here()))
	return drawn
}

// Headings of the rankings.
const (
	sumOfScores = "指标合计"
	ofWeights   = "应得满分"
	extraPoints = "加减分"
	tieOrder    = "同分比序"
	totalScore  = "得分"
)

// drawRanking draws the units of a group by place: the points of each indicator as the
// working gives them, their sum, and the score that comes of it.
func (b *board) drawRanking(at workbook.Ref, number int, r rating.Rating) *workbook.Drawn {
	ties := len(b.County.Scoring.Ties) > 0
	extra := slices.ContainsFunc(r.Scores, county.Score.Extra)
	columns := []workbook.Column[rating.Rated]{
		{"名次", 2 * scoreGrid, workbook.Ordinal.Bold(), func(u rating.Rated) workbook.Cell { return placeOfUnit(u, ties) }},
		{"单位", 5 * scoreGrid, workbook.Label, func(u rating.Rated) workbook.Cell { return workbook.Text(u.Unit) }},
		{totalScore, 2 * scoreGrid, workbook.Score.Bold(), func(u rating.Rated) workbook.Cell { return totalOfUnit(u, extra) }},
	}
	var hundred, extras []workbook.Operand
	for i, score := range r.Scores {
		heading := score.Name + "/" + worth(score)
		if score.Extra() {
			extras = append(extras, workbook.Own(heading))
		} else {
			hundred = append(hundred, workbook.Own(heading))
		}
		columns = append(columns, workbook.Column[rating.Rated]{heading, 2 * scoreGrid, workbook.Score,
			func(u rating.Rated) workbook.Cell { return pointsOfUnit(u, i, score) }})
	}
	sum := func(heading string, of func(rating.Rated) workbook.Cell) {
		columns = append(columns, workbook.Column[rating.Rated]{heading, 2 * scoreGrid, workbook.Score, of})
	}
	sum(sumOfScores, func(u rating.Rated) workbook.Cell { return sumOf(u.Sum, hundred) })
	sum(ofWeights, func(u rating.Rated) workbook.Cell { return inPoints(u.Of).From(scheme) })
	if extra {
		sum(extraPoints, func(u rating.Rated) workbook.Cell { return sumOf(u.Extra, extras) })
	}
	if ties {
		columns = append(columns, workbook.Column[rating.Rated]{tieOrder, 2 * scoreGrid, workbook.Ordinal, func(u rating.Rated) workbook.Cell {
			return workbook.Int(u.Tie).From(page.Fact{"同分比序：按评分方案依次比较", "the order of equal scores, by the scheme"})
		}})
	}
	return workbook.Table[rating.Rated]{
		Caption: fmt.Sprintf("%s、%s（参评%d个，不排名%d个）", page.Numeral(number), r.Group, len(r.Ranked), len(r.Apart)),
		Columns: columns, Notes: apartNotes(r),
	}.Draw(at, r.Ranked)
}

// sumOf adds up the points in the cells of a row; those of indicators by which nothing is due are blank.
func sumOf(points county.Points, cells []workbook.Operand) workbook.Cell {
	if len(cells) == 0 {
		return inPoints(points).From(scheme)
	}
	return workbook.Calc(inPoints(points), "ROUND(SUM("+strings.TrimSuffix(strings.Repeat("%s,", len(cells)), ",")+"),2)", cells...)
}

// pointsOfUnit are the points of one indicator; blank where nothing is due.
func pointsOfUnit(u rating.Rated, i int, score county.Score) workbook.Cell {
	if u.Marks[i].State == rating.NothingDue {
		return workbook.Blank
	}
	return inPoints(u.Marks[i].Points).From(page.FromIndicator{Indicator: score.Indicator, Unit: u.Unit})
}

// placeOfUnit ranks by the score; units of one score by the order of the indicators that part
// them.
func placeOfUnit(u rating.Rated, ties bool) workbook.Cell {
	place := workbook.Rank(workbook.Rows(totalScore))
	if ties {
		place = workbook.RankParted(workbook.Rows(totalScore), tieOrder)
	}
	return place.Matching(workbook.Int(u.Place))
}

// totalOfUnit is the sum over the weights that apply, out of a hundred, and the extra points.
func totalOfUnit(u rating.Rated, extra bool) workbook.Cell {
	total := workbook.Calc(inPoints(u.Total-u.Extra), "ROUND(%s/%s*100,2)", workbook.Own(sumOfScores), workbook.Own(ofWeights))
	if extra {
		return workbook.Calc(inPoints(u.Total), "ROUND(%s+%s,2)", total, workbook.Own(extraPoints))
	}
	return total
}

// inPoints is the cell of points.
func inPoints(p county.Points) workbook.Cell {
	return workbook.Number(float64(p) / float64(county.Point))
}

// apartNotes name the units of a group that are not ranked, by the reason.
func apartNotes(r rating.Rating) []string {
	var whys []string
	units := map[string][]string{}
	for _, apart := range r.Apart {
		if units[apart.Why] == nil {
			whys = append(whys, apart.Why)
		}
		units[apart.Why] = append(units[apart.Why], apart.Unit)
	}
	for i, why := range whys {
		whys[i] = "不排名（" + why + "）：" + strings.Join(units[why], "、") + "。"
	}
	return whys
}

// drawScheme draws 评分办法: each indicator, what it measures and how that becomes points.
func (b *board) drawScheme(at workbook.Ref) *workbook.Drawn {
	return workbook.Table[county.Score]{
		Caption: "评分办法",
		Columns: []workbook.Column[county.Score]{
			{"指标", 4 * scoreGrid, workbook.Label, func(s county.Score) workbook.Cell { return workbook.Text(s.Name) }},
			{"适用", 5 * scoreGrid, workbook.Label, func(s county.Score) workbook.Cell { return workbook.Text(strings.Join(s.Groups, "、")) }},
			{fullMarks, 3 * scoreGrid, workbook.Label, func(s county.Score) workbook.Cell { return workbook.Text(worth(s)) }},
			{"数值", 13 * scoreGrid, workbook.Prose, func(s county.Score) workbook.Cell { return workbook.Text(b.measured(s)) }},
			{"计分办法", 12 * scoreGrid, workbook.Prose, func(s county.Score) workbook.Cell { return workbook.Text(methodText(s)) }},
		},
		Notes: b.schemeNotes(),
	}.Draw(at, b.County.Scores)
}

// worth is the weight of an indicator, or that it has none.
func worth(s county.Score) string {
	if s.Extra() {
		return extraPoints
	}
	return s.Weight.String()
}

func (b *board) schemeNotes() []string {
	s := b.County.Scoring
	equal := "得分相同的名次并列、其后空出。"
	if len(s.Ties) > 0 {
		equal = "得分相同的，依次比较" + strings.Join(s.Ties, "、") + "（同分比序）；仍相同的名次并列、其后空出。"
	}
	return []string{
		"注：评分方案：" + s.Basis + "。",
		"得分＝指标合计÷应得满分×100＋加减分，每项得分和总分均四舍五入到0.01分。本月没有应评事项的指标不计（表中空白），既不按0%也不按100%算，其权重由该单位其余指标按比例分担；应报未报、又没有可沿用数的，该指标不得分。",
		equal + fmt.Sprintf("可评指标权重不足%s的单位单列，不排名。各指标数值和得分的计算见《核对底稿》中的《月评比计分》。", county.Mark{Kind: county.Share, N: int64(s.Least)}),
	}
}

// measured says what an indicator measures.
func (b *board) measured(s county.Score) string {
	m, _ := county.IndicatorOf(s.Indicator)
	text := m.Part
	if m.Kind == county.Share {
		text = s.Indicator + "＝" + m.Part + "÷" + m.Whole
	}
	return strings.NewReplacer("1-N月", fmt.Sprintf("1-%d月", b.Period.Month), "N/12", fmt.Sprintf("%d/12", b.Period.Month)).Replace(text)
}

// methodText says how the value becomes points.
func methodText(s county.Score) string {
	m, _ := county.IndicatorOf(s.Indicator)
	text := ""
	switch s.Method {
	case county.ByRatio:
		text = "数值×满分"
		if s.Target.Kind != county.NoKind {
			text = "数值÷" + s.Target.String() + "×满分"
		}
		text += "，最多得满分"
		if s.Cap != 0 {
			text += "的" + county.Mark{Kind: county.Share, N: int64(s.Cap)}.String()
		}
	case county.ByRank:
		text = fmt.Sprintf("本类第1名得满分，每后一名减%s", s.Step)
		if m.Fewer {
			text += "（少者为先）"
		}
	case county.ByBands:
		return bandsText(s, m)
	case county.ByEach:
		return eachText(s)
	}
	if s.Floor.Kind != county.NoKind {
		text += "；低于" + s.Floor.String() + "不得分"
	}
	return text
}

func bandsText(s county.Score, m county.Indicator) string {
	reached, beyond := "及以上", "以下"
	if m.Fewer {
		reached, beyond = "及以下", "以上"
	}
	var bands []string
	for _, band := range s.Bands {
		bands = append(bands, band.At.String()+reached+"得"+band.Points.String())
	}
	return strings.Join(bands, "，") + "，" + s.Bands[len(s.Bands)-1].At.String() + beyond + "不得分"
}

func eachText(s county.Score) string {
	size := max(s.Each, -s.Each)
	switch {
	case s.Extra() && s.Each < 0:
		return fmt.Sprintf("每个（次）扣%s，最多扣%s，不计入百分", size, s.Limit)
	case s.Extra():
		return fmt.Sprintf("每个（次）加%s，最多加%s，不计入百分", size, s.Limit)
	case s.Each < 0:
		return fmt.Sprintf("从满分起，每个（次）扣%s，扣完为止", size)
	}
	return fmt.Sprintf("每个（次）得%s，最多得满分", size)
}

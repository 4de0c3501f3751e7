package briefing

import (
	"huizong/consolidate/rating"
	"huizong/consolidate/summary/scoreboard"
	"huizong/consolidate/summary/workbook"
)

// fewUnits is how many units stand in one list; more stand in two.
const fewUnits = 6

// drawRankings draws 月评比: the places and scores of each group; how they came about is in the bulletin's
// workbook.
func (b *briefing) drawRankings(s *workbook.Sheet) {
	flow := s.Flow(20, 4)
	flow.Write(workbook.Text(b.Title("月评比")), workbook.Title)
	flow.Write(workbook.Text(b.AsOf()+"　"+b.County.Scoring.Basis), workbook.Subheading.Size(10.5))
	for _, r := range b.report.Rankings {
		if len(r.Ranked) == 0 {
			continue
		}
		half := len(r.Ranked)
		if half > fewUnits {
			half = (half + 1) / 2
		}
		at := flow.Here()
		flow.Past(b.drawRanking(at, r, r.Group, 0, half))
		if half < len(r.Ranked) {
			b.drawRanking(at.Right(10), r, r.Group+"（续）", half, len(r.Ranked))
		}
		flow.Gap(10)
	}
}

// drawRanking draws the lines of a ranking from one to another.
func (b *briefing) drawRanking(at workbook.Ref, r scoreboard.Ranking, caption string, from, to int) *workbook.Drawn {
	type line struct {
		rating.Rated
		row int
	}
	var lines []line
	for i := from; i < to; i++ {
		lines = append(lines, line{r.Ranked[i], i})
	}
	return workbook.Table[line]{
		Caption: caption,
		Columns: []workbook.Column[line]{
			{"名次", 8, workbook.Ordinal, func(l line) workbook.Cell { return workbook.Quote(r.Drawn.Cell("名次", l.row)) }},
			{"单位", 20, workbook.Label, func(l line) workbook.Cell { return workbook.Text(l.Unit) }},
			{"得分", 8, workbook.Score, func(l line) workbook.Cell { return workbook.Quote(r.Drawn.Cell("得分", l.row)) }},
		},
	}.Draw(at, lines)
}

package page

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// FigureTitle is what leaders call a figure of a month.
func FigureTitle(f form.Figure, p ledger.Period) string {
	return strings.ReplaceAll(f.Title, "1-N月", toDate(p))
}

// FigureCell is a number of a figure as a cell of its kind.
func FigureCell(f form.Figure, n int64) workbook.Cell {
	switch f.Kind {
	case form.Fen:
		return workbook.Money(n)
	case form.BasisPoints:
		return workbook.Ratio(n, 10_000)
	}
	return workbook.Int(n)
}

// FigureStyle is how a figure is shown: money in 亿元, rates in percent.
func FigureStyle(f form.Figure) workbook.Style {
	switch f.Kind {
	case form.Fen:
		return workbook.Yi
	case form.BasisPoints:
		return workbook.Percent
	}
	return workbook.Whole
}

// ChangeOf is the difference of two columns of the row in the figure's own terms: rates differ by points.
func ChangeOf(f form.Figure, now, before string) workbook.Cell {
	if f.Kind == form.BasisPoints {
		return workbook.PointsBetween(workbook.Own(now), workbook.Own(before)).As(workbook.Points)
	}
	return workbook.Minus(workbook.Own(now), workbook.Own(before)).As(FigureStyle(f).Signed())
}

// PublishedIn is a figure of a month as it was published then; Blank where it was not.
func PublishedIn(p ledger.Period, figures map[string]int64, f form.Figure) workbook.Cell {
	value, published := figures[f.Name]
	if !published {
		return workbook.Blank
	}
	return FigureCell(f, value).As(FigureStyle(f)).From(publishedIn(p, f.Name))
}

// publishedIn is the origin of what was published in a month.
func publishedIn(p ledger.Period, name string) Fact {
	return Fact{fmt.Sprintf("%s公布数 %s（见该月的汇总工作簿）", p.Chinese(), name),
		fmt.Sprintf("figure %s as published for %s (see the workbooks of that month)", name, p)}
}

// ElapsedIn is the share of the year that has passed by the end of a month (时序进度).
func ElapsedIn(p ledger.Period) workbook.Cell {
	return workbook.Ratio(p.Month, 12).
		From(Fact{fmt.Sprintf("时序进度：%d月÷12", p.Month), fmt.Sprintf("the share of the year that has passed: month %d of 12", p.Month)})
}

// RestatedBefore are the notes under what is compared with the month before: what of it was published anew
// since it was first closed. None if nothing was.
func (v *Volume) RestatedBefore() []string {
	before := v.Period.Add(-1)
	var words []string
	for _, name := range slices.Sorted(maps.Keys(v.Restated[before])) {
		_, figure := form.FigureNamed(name)
		words = append(words, FigureTitle(figure, before))
	}
	if words == nil {
		return nil
	}
	return []string{fmt.Sprintf("注：%s结账后重开、重新公布，上月数为重新公布的数，与首次公布不同的有%d项（%s），首次公布的数见《核对底稿》的“更正”。",
		before.Chinese(), len(words), strings.Join(words, "、"))}
}

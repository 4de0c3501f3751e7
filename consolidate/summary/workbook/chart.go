package workbook

import (
	"fmt"
	"slices"

	"github.com/xuri/excelize/v2"
)

// A Kind is a kind of chart.
type Kind int8

// The kinds. Bars lie, the first category on top; columns stand.
const (
	Columns Kind = iota
	StackedColumns
	Bars
	StackedBars
	Lines
	Pie
	Doughnut
)

var chartTypes = [...]excelize.ChartType{
	Columns: excelize.Col, StackedColumns: excelize.ColStacked, Bars: excelize.Bar, StackedBars: excelize.BarStacked,
	Lines: excelize.Line, Pie: excelize.Pie, Doughnut: excelize.Doughnut,
}

// Round reports whether a chart of that kind is a pie or a ring, of the shares of one series.
func (k Kind) Round() bool { return k == Pie || k == Doughnut }

// Lying reports whether it is of bars that lie.
func (k Kind) Lying() bool { return k == Bars || k == StackedBars }

// Stacked reports whether the series stand one upon the other.
func (k Kind) Stacked() bool { return k == StackedColumns || k == StackedBars }

// Line reports whether it is of lines.
func (k Kind) Line() bool { return k == Lines }

// A Chart shows cells. Its values are cached from them, so that a viewer that
// does not calculate draws it too. Numbers read as in the first series' cells.
type Chart struct {
	Kind       Kind
	Title      string // with the unit: 各批次总投资（亿元）
	Categories Range
	Series     []Series // Pie and Doughnut show one
	Labels     bool     // the value at each column, bar or point, instead of an axis
	Mark       *Series  // of Columns: a line over them, such as what is due; nil: none
}

// A Series is the values of a chart under a name; see Drawn.Series.
type Series struct {
	Name   Ref
	Values Range
}

// Draw lays the chart over a range of cells, which it fills exactly.
func (c Chart) Draw(over Range) {
	sheet := over.first.sheet
	sheet.cover(over, underChart)
	for row := over.first.row; row <= over.Last().row; row++ {
		if _, fixed := sheet.heights[row]; !fixed {
			sheet.Height(row, chartRow)
		}
	}
	sheet.charts = append(sheet.charts, placedChart{c, over})
}

// underChart lies over the cells under charts, and says nothing.
var underChart = &slot{}

type placedChart struct {
	chart Chart
	over  Range
}

// anchor says where the chart lies, a little inside its cells: on another desk
// columns are a few hundredths narrower. The library would reckon it from
// heights of rows that it does not know.
func (p placedChart) anchor() string {
	const pixel, inset = 9525, 3 // in English Metric Units; pixels
	sheet, first, last := p.over.first.sheet, p.over.first, p.over.Last()
	corner := func(name string, r Ref, x, y int) string {
		return fmt.Sprintf("<xdr:%s><xdr:col>%d</xdr:col><xdr:colOff>%d</xdr:colOff><xdr:row>%d</xdr:row><xdr:rowOff>%d</xdr:rowOff></xdr:%s>",
			name, r.col-1, x*pixel, r.row-1, y*pixel, name)
	}
	wide, high := columnPixels(sheet.width(last.col)), int(sheet.heights[last.row]/pointsOfPixel)
	return corner("from", first, inset, inset) + corner("to", last, wide*85/100, high-inset)
}

// palette is kept apart by lightness too, for printers without colour.
var palette = []string{"2F5597", "C9A24B", "5B9A8B", "B5533C", "8FAADC", "7F7F7F", "3B6E5F", "E0C68A", "6B4E71", "A9C4B8"}

// lamps are the colours of what is named after a light.
var lamps = map[Light]string{Red: "C0504D", Yellow: "DFA93A", Green: "6AA35A", Unlit: "A6A6A6"}

// colour is that of the i-th series or point, called name.
func colour(i int, name string) excelize.Fill {
	if lamp, ok := lamps[Light(name)]; ok {
		return solid(lamp)
	}
	return solid(palette[i%len(palette)])
}

// dark tells whether a colour, RRGGBB, wants white letters.
func dark(colour string) bool {
	var r, g, b int
	if _, err := fmt.Sscanf(colour, "%02x%02x%02x", &r, &g, &b); err != nil {
		panic("workbook: no such colour: " + colour)
	}
	return 299*r+587*g+114*b < 140_000
}

func solid(rrggbb string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{rrggbb}}
}

// options is the chart as the writer underneath wants it.
func (p placedChart) options(fonts Fonts) *excelize.Chart {
	c, vary, gap := p.chart, p.chart.Kind.Round(), uint(60)
	text := excelize.Font{Family: fonts.Body, Size: 10, Color: "262626"}
	code := "General"
	if s := c.Series[0].Values.first.slot(); s != nil && s.style.format.is {
		code = s.style.format.code()
	}
	x := &excelize.Chart{
		Type:       chartTypes[c.Kind],
		VaryColors: &vary,
		Title: excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{
			Text: c.Title, Font: &excelize.Font{Family: fonts.Heading, Size: 12, Color: "000000"},
		}}},
		Legend:   excelize.ChartLegend{Position: "bottom", Font: &text},
		Border:   excelize.LineOptions{Type: excelize.LineSolid, Width: 0.75, Fill: solid("BFC5CE")},
		GapWidth: &gap,
		XAxis:    excelize.ChartAxis{Font: text, ReverseOrder: c.Kind.Lying()},
		YAxis: excelize.ChartAxis{
			Font: text, MajorGridLines: !c.Labels, None: c.Labels,
			NumFmt: excelize.ChartNumFmt{CustomNumFmt: code},
		},
		PlotArea: excelize.ChartPlotArea{
			ShowVal: c.Labels && !c.Kind.Round(), ShowPercent: c.Kind.Round(),
			NumFmt: excelize.ChartNumFmt{CustomNumFmt: code},
		},
		HoleSize: 55,
		Format:   excelize.GraphicOptions{AltText: c.Title, Positioning: "twoCell"},
	}
	if len(c.all()) == 1 && !c.Kind.Round() {
		x.Legend.Position = "none"
	}
	if c.Kind != Lines && !c.Kind.Round() && c.least() >= 0 { // a bar that does not start at zero deceives
		zero := 0.
		x.YAxis.Minimum = &zero
	}
	if c.Kind.Round() {
		x.Legend.Position = "right"
		x.PlotArea.NumFmt.CustomNumFmt = "0.0%"
	}
	for i, s := range c.Series {
		x.Series = append(x.Series, c.series(i, s, text))
	}
	return x
}

// mark is the line over the columns as the writer underneath wants it, on the axes of the columns; nil
// if there is none.
func (p placedChart) mark(fonts Fonts, columns *excelize.Chart) []*excelize.Chart {
	if p.chart.Mark == nil {
		return nil
	}
	line := p.chart.series(len(p.chart.Series), *p.chart.Mark, excelize.Font{Family: fonts.Body, Size: 10, Color: "262626"})
	line.Fill, line.Marker = solid(lamps[Red]), excelize.ChartMarker{Symbol: "none"}
	return []*excelize.Chart{{Type: excelize.Line, Series: []excelize.ChartSeries{line}, XAxis: columns.XAxis, YAxis: columns.YAxis}}
}

// all are the series and the line over them.
func (c Chart) all() []Series {
	if c.Mark == nil {
		return c.Series
	}
	return append(slices.Clone(c.Series), *c.Mark)
}

// least is the smallest value shown.
func (c Chart) least() float64 {
	least := 0.
	for _, s := range c.all() {
		s.Values.each(func(r Ref) {
			if x, is := r.value(nil).(float64); is {
				least = min(least, x)
			}
		})
	}
	return least
}

func (c Chart) series(i int, s Series, text excelize.Font) excelize.ChartSeries {
	name, _ := s.Name.value(nil).(string)
	fill := colour(i, name)
	x := excelize.ChartSeries{
		Name: s.Name.String(), Categories: c.Categories.String(), Values: s.Values.String(),
		Fill: fill, Line: excelize.LineOptions{Width: 2},
		Marker:    excelize.ChartMarker{Symbol: "circle", Size: 6, Fill: fill},
		DataLabel: excelize.ChartDataLabel{Font: excelize.Font{Family: text.Family, Size: 9, Color: text.Color}},
	}
	switch c.Kind {
	case Columns, Bars:
		x.DataLabelPosition = excelize.ChartDataLabelsPositionOutsideEnd
	case StackedColumns, StackedBars:
		x.DataLabelPosition = excelize.ChartDataLabelsPositionCenter
		if dark(fill.Color[0]) {
			x.DataLabel.Font.Color = "FFFFFF"
		}
	case Lines:
		x.DataLabelPosition = excelize.ChartDataLabelsPositionAbove
	case Pie:
		x.DataLabelPosition = excelize.ChartDataLabelsPositionOutsideEnd
	case Doughnut: // labels lie on the ring
		x.DataLabel.Font.Color, x.DataLabel.Font.Bold = "FFFFFF", true
	}
	if c.Kind.Round() {
		for j := range s.Values.rows {
			name, _ := c.Categories.first.Down(j).value(nil).(string)
			x.DataPoint = append(x.DataPoint, excelize.ChartDataPoint{Index: j, Fill: colour(j, name)})
		}
	}
	return x
}

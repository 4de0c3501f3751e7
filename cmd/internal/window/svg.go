package window

import (
	"fmt"
	"html/template"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"huizong/consolidate/summary"
)

// A picture is a chart being drawn, in pixels of a screen. It has colours and shapes as attributes, since pages forbid styles,
// and can be read without colour: lines have dashes and markers, bars and slices their values or names beside them.
type picture struct {
	strings.Builder
	chart         summary.Chart
	width, height float64
	plot          float64         // height of the plot of a standing chart
	values        strings.Builder // what lies over all else
}

// Measures of pictures.
const (
	letter    = 15. // height of letters; a Chinese one is as wide
	leastWide = 480.
	plotHigh  = 200. // of columns
	lineHigh  = 150. // of lines
	roundHigh = 250.
	slotWide  = 46. // least room for a category of a standing chart
	rowHigh   = 20. // of a bar that lies
	above     = 26. // the plot
	beside    = 18. // right of it
	ticks     = 4   // about how many steps an axis has
	aslant    = .64 // how far a text goes to the side that is written aslant
)

// palette is kept apart by lightness, too, for paper without colour.
var palette = []string{"#2f5597", "#c9a24b", "#5b9a8b", "#b5533c", "#8faadc", "#7f7f7f", "#3b6e5f", "#e0c68a", "#6b4e71", "#a9c4b8"}

// inks are the colours of what is named after a light.
var inks = map[string]string{"红灯": "#c0504d", "黄灯": "#dfa93a", "绿灯": "#6aa35a", "无": "#a6a6a6"}

// markInk is the colour of the line over columns.
const markInk = "#c0504d"

var dashes = []string{"", "7 4", "2 3", "9 3 2 3"}

func inkOf(i int, name string) string {
	if ink, light := inks[name]; light {
		return ink
	}
	return palette[i%len(palette)]
}

// draw is a chart as a picture that a reader of screens is told the title of, and what it shows in a sentence; its values are
// to stand in a table beside it. Names are escaped.
func draw(c summary.Chart, id, says string) template.HTML {
	p, small := &picture{chart: c}, ""
	switch {
	case c.Kind.Round():
		p.ring()
		small = ` class="small"`
	case c.Kind.Lying():
		p.lying()
	default:
		p.standing()
	}
	p.legend()
	head := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg"%s viewBox="0 0 %.0f %.0f" width="%.0f" height="%.0f" font-size="%.0f" fill="#1c2733" `+
		`role="img" aria-labelledby="%s-title %s-says"><title id="%s-title">%s</title><desc id="%s-says">%s</desc>`,
		small, p.width, p.height, p.width, p.height, letter, id, id, id, template.HTMLEscapeString(c.Title), id, template.HTMLEscapeString(says))
	return template.HTML(head + p.String() + p.values.String() + "</svg>")
}

// all are the series and the line over columns.
func (p *picture) all() []summary.Series {
	if p.chart.Mark == nil {
		return p.chart.Series
	}
	return append(slices.Clone(p.chart.Series), *p.chart.Mark)
}

// text writes a text that ends, begins or is centred at a point.
func (p *picture) text(x, y float64, anchor, text string) {
	fmt.Fprintf(p, `<text x="%.1f" y="%.1f" text-anchor="%s">%s</text>`, x, y, anchor, template.HTMLEscapeString(text))
}

// value writes a value over whatever is drawn there.
func (p *picture) value(x, y float64, shown string) {
	fmt.Fprintf(&p.values, `<text x="%.1f" y="%.1f" text-anchor="middle" stroke="#fff" stroke-width="3" paint-order="stroke">%s</text>`,
		x, y, template.HTMLEscapeString(shown))
}

func (p *picture) line(x1, y1, x2, y2 float64, ink string) {
	fmt.Fprintf(p, `<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="%s"/>`, x1, y1, x2, y2, ink)
}

// bar draws a rectangle between two corners, whichever they are.
func (p *picture) bar(x1, y1, x2, y2 float64, ink string) {
	fmt.Fprintf(p, `<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" fill="%s" stroke="#1c2733" stroke-width=".5"/>`,
		min(x1, x2), min(y1, y2), math.Abs(x2-x1), math.Abs(y2-y1), ink)
}

// marker draws the point of a series, each series' in a shape of its own.
func (p *picture) marker(i int, x, y float64, ink string) {
	const r = 4.
	switch i % 4 {
	case 0:
		fmt.Fprintf(p, `<circle cx="%.1f" cy="%.1f" r="%.0f" fill="%s"/>`, x, y, r, ink)
	case 1:
		fmt.Fprintf(p, `<rect x="%.1f" y="%.1f" width="%.0f" height="%.0f" fill="%s"/>`, x-r, y-r, 2*r, 2*r, ink)
	case 2:
		fmt.Fprintf(p, `<path d="M%.1f %.1fl%.0f %.0fh%.0fz" fill="%s"/>`, x, y-r, r, 2*r, -2*r, ink)
	default:
		fmt.Fprintf(p, `<path d="M%.1f %.1fl%.0f %.0fl%.0f %.0fl%.0f %.0fz" fill="%s"/>`, x, y-r, r, r, -r, r, -r, -r, ink)
	}
}

// path draws a line through points; where a value is not known it is broken.
func (p *picture) path(points []point, ink, dash string) {
	var d strings.Builder
	begun := false
	for _, at := range points {
		if at.known {
			fmt.Fprintf(&d, "%s%.1f %.1f", map[bool]string{false: "M", true: "L"}[begun], at.x, at.y)
		}
		begun = at.known
	}
	fmt.Fprintf(p, `<path d="%s" fill="none" stroke="%s" stroke-width="2" stroke-dasharray="%s"/>`, d.String(), ink, dash)
}

// A point is where a value stands.
type point struct {
	x, y  float64
	known bool
}

// wide is about how wide a text is.
func wide(text string) float64 {
	total := 0.
	for _, r := range text {
		if r < utf8.RuneSelf {
			total += letter * .58
		} else {
			total += letter
		}
	}
	return total
}

// widest is the width of the widest text.
func widest(texts []string) float64 {
	most := 0.
	for _, text := range texts {
		most = max(most, wide(text))
	}
	return most
}

// A scale is an axis: what its ends stand for, and how far its lines are apart.
type scale struct {
	low, high, step float64
	percent         bool
}

// scale is the axis that holds all values. That of bars begins at zero, since a bar that does not deceives.
func (p *picture) scale() scale {
	low, high := math.Inf(1), math.Inf(-1)
	for _, s := range p.all() {
		for _, v := range s.Values {
			if v.Known {
				low, high = min(low, v.Number), max(high, v.Number)
			}
		}
	}
	if p.chart.Kind.Stacked() {
		for i := range p.chart.Categories {
			below, over := p.stacked(i, len(p.chart.Series))
			low, high = min(low, below), max(high, over)
		}
	}
	if low > high { // nothing is known
		low, high = 0, 1
	}
	if !p.chart.Kind.Line() || low < high/2 {
		low, high = min(low, 0), max(high, 0)
	}
	if low == high {
		high = low + 1
	}
	step := math.Pow(10, math.Floor(math.Log10((high-low)/ticks)))
	for _, times := range []float64{2, 2.5, 2} { // 2, 5, 10
		if (high-low)/step > ticks+1 {
			step *= times
		}
	}
	return scale{math.Floor(low/step+1e-9) * step, math.Ceil(high/step-1e-9) * step, step, p.chart.Percent}
}

// stacked is the ends of the first n bars of a category that stand one upon the other, those below zero and those above.
func (p *picture) stacked(category, n int) (below, over float64) {
	for _, s := range p.chart.Series[:n] {
		if v := s.Values[category]; v.Number < 0 {
			below += v.Number
		} else {
			over += v.Number
		}
	}
	return below, over
}

// lines are the values at which an axis has lines.
func (s scale) lines() []float64 {
	var all []float64
	for i := 0; s.low+float64(i)*s.step <= s.high+s.step/2; i++ {
		all = append(all, s.low+float64(i)*s.step)
	}
	return all
}

// at is how far a value is along the axis, from 0 to 1.
func (s scale) at(value float64) float64 { return (value - s.low) / (s.high - s.low) }

// show is a value of the axis as a text.
func (s scale) show(value float64) string {
	step, sign := s.step, ""
	if s.percent {
		step, value, sign = step*100, value*100, "%"
	}
	return strconv.FormatFloat(value, 'f', max(0, int(-math.Floor(math.Log10(step)+1e-9))), 64) + sign
}

// standing draws columns, stacked or not, and lines.
func (p *picture) standing() {
	c, s := p.chart, p.scale()
	if p.plot = plotHigh; c.Kind.Line() {
		p.plot = lineHigh
	}
	left := 10.
	for _, value := range s.lines() {
		left = max(left, wide(s.show(value))+12)
	}
	n := float64(max(1, len(c.Categories)))
	left = max(left, widest(c.Categories)*aslant-slotWide/2+6)
	p.width = max(leastWide, left+beside+n*slotWide)
	slot := (p.width - left - beside) / n
	high := func(value float64) float64 { return above + p.plot*(1-s.at(value)) }
	for _, value := range s.lines() {
		p.line(left, high(value), p.width-beside, high(value), "#c9d2db")
		p.text(left-6, high(value)+letter/3, "end", s.show(value))
	}
	for i, series := range c.Series {
		switch ink := inkOf(i, series.Name); {
		case c.Kind.Line():
			p.curve(i, series, ink, dashes[i%len(dashes)], left, slot, high)
		default:
			p.columns(i, series, ink, left, slot, high)
		}
	}
	if c.Mark != nil {
		p.path(p.points(*c.Mark, left, slot, high), markInk, dashes[1])
	}
	p.line(left, high(max(s.low, 0)), p.width-beside, high(max(s.low, 0)), "#51606f")
	p.height = above + p.plot + p.categories(left, slot)
}

// categories names the categories under a standing chart, aslant where they have no room, and gives how high that is.
func (p *picture) categories(left, slot float64) float64 {
	most := widest(p.chart.Categories)
	y := above + p.plot + letter + 4
	if most < slot-4 {
		for i, name := range p.chart.Categories {
			p.text(left+(float64(i)+.5)*slot, y, "middle", name)
		}
		return letter + 12
	}
	for i, name := range p.chart.Categories {
		x := left + (float64(i)+.5)*slot + 4
		fmt.Fprintf(p, `<text x="%.1f" y="%.1f" text-anchor="end" transform="rotate(-50 %.1f %.1f)">%s</text>`,
			x, y, x, y, template.HTMLEscapeString(name))
	}
	return most*.77 + letter + 12
}

// curve draws a series as a line, with its last value.
func (p *picture) curve(i int, s summary.Series, ink, dash string, left, slot float64, high func(float64) float64) {
	points := p.points(s, left, slot, high)
	p.path(points, ink, dash)
	last := -1
	for j, at := range points {
		if at.known {
			p.marker(i, at.x, at.y, ink)
			last = j
		}
	}
	for j, at := range points {
		if at.known && (p.chart.Labels || j == last) {
			p.value(at.x, at.y-8, s.Values[j].Shown)
		}
	}
}

// points are where the values of a series stand.
func (p *picture) points(s summary.Series, left, slot float64, high func(float64) float64) []point {
	var all []point
	for j, v := range s.Values {
		all = append(all, point{left + (float64(j)+.5)*slot, high(v.Number), v.Known})
	}
	return all
}

// columns draws a series as columns.
func (p *picture) columns(i int, s summary.Series, ink string, left, slot float64, high func(float64) float64) {
	room := slot * .7
	wide, from := room/float64(len(p.chart.Series)), left+slot*.15
	for j, v := range s.Values {
		x := from + float64(j)*slot + float64(i)*wide
		foot, top := 0., v.Number
		if p.chart.Kind.Stacked() {
			x, foot, top = from+float64(j)*slot, p.foot(i, j), p.foot(i, j)+v.Number
		}
		if !v.Known {
			continue
		}
		end := x + wide
		if p.chart.Kind.Stacked() {
			end = x + room
		}
		p.bar(x, high(foot), end, high(top), ink)
		if p.labelled(slot) {
			p.value((x+end)/2, high(max(foot, top))-4, v.Shown)
		}
	}
}

// foot is where the bar of a series stands in a stack.
func (p *picture) foot(series, category int) float64 {
	below, over := p.stacked(category, series)
	if p.chart.Series[series].Values[category].Number < 0 {
		return below
	}
	return over
}

// labelled reports whether the values stand at columns: where none lies over another.
func (p *picture) labelled(slot float64) bool {
	var shown []string
	for _, v := range p.chart.Series[0].Values {
		shown = append(shown, v.Shown)
	}
	return len(p.chart.Series) == 1 && widest(shown) < slot
}

// lying draws bars that lie, the first category on top.
func (p *picture) lying() {
	c, s := p.chart, p.scale()
	p.width = leastWide
	left := min(widest(c.Categories)+12, p.width/2)
	right := p.width - beside - 56
	far := func(value float64) float64 { return left + (right-left)*s.at(value) }
	bars := len(c.Series)
	if c.Kind.Stacked() {
		bars = 1
	}
	slot := float64(bars)*rowHigh + 8
	p.height = 8 + slot*float64(len(c.Categories)) + 4
	for i, name := range c.Categories {
		top := 8 + float64(i)*slot
		p.text(left-6, top+slot/2+letter/3, "end", name)
		for j, series := range c.Series {
			v := series.Values[i]
			if !v.Known {
				continue
			}
			y, foot, end := top+4+float64(j)*rowHigh, 0., v.Number
			if c.Kind.Stacked() {
				y, foot = top+4, p.foot(j, i)
				end += foot
			}
			p.bar(far(foot), y, far(end), y+rowHigh-2, inkOf(j, series.Name))
			switch low := y + rowHigh/2 + letter/3; {
			case !c.Kind.Stacked():
				p.text(far(max(foot, end))+5, low, "start", v.Shown)
			case wide(v.Shown) < math.Abs(far(end)-far(foot)) || len(c.Series) == 1:
				p.value((far(foot)+far(end))/2, low, v.Shown)
			}
		}
	}
	p.line(far(0), 4, far(0), p.height-4, "#51606f")
}

// ring draws the shares of one series, each with its name and share beside it.
func (p *picture) ring() {
	const outer, inner, x, y = 95., 52., 105., roundHigh / 2
	p.width, p.height = 240+widest(p.chart.Categories)+150, max(roundHigh, 24+float64(len(p.chart.Categories))*(letter+9))
	total := 0.
	for _, v := range p.chart.Series[0].Values {
		total += max(0, v.Number)
	}
	turn := 0.
	for i, v := range p.chart.Series[0].Values {
		name := p.chart.Categories[i]
		ink, share := inkOf(i, name), 0.
		if total > 0 {
			share = max(0, v.Number) / total
		}
		p.slice(x, y, inner, outer, turn, turn+share, ink)
		turn += share
		row := 24 + float64(i)*(letter+9)
		p.bar(220, row-11, 232, row+1, ink)
		p.text(240, row, "start", fmt.Sprintf("%s  %s（%.1f%%）", name, v.Shown, share*100))
	}
}

// slice draws a part of a ring, from one share of the turn to another, clockwise from the top.
func (p *picture) slice(x, y, inner, outer, from, to float64, ink string) {
	if to <= from {
		return
	}
	to = min(to, from+.9999) // an arc that ends where it begins is none
	on := func(r, turn float64) string {
		return fmt.Sprintf("%.2f %.2f", x+r*math.Sin(2*math.Pi*turn), y-r*math.Cos(2*math.Pi*turn))
	}
	large := 0
	if to-from > .5 {
		large = 1
	}
	fmt.Fprintf(p, `<path d="M%s A%.0f %.0f 0 %d 1 %s L%s A%.0f %.0f 0 %d 0 %sZ" fill="%s" stroke="#fff" stroke-width="1.5"/>`,
		on(outer, from), outer, outer, large, on(outer, to), on(inner, to), inner, inner, large, on(inner, from), ink)
}

// legend names the series under the chart, where there are several.
func (p *picture) legend() {
	all := p.all()
	if len(all) < 2 || p.chart.Kind.Round() {
		return
	}
	x, y := 10., p.height+letter
	for i, s := range all {
		mark := p.chart.Mark != nil && i == len(all)-1
		ink := inkOf(i, s.Name)
		if mark {
			ink, i = markInk, 1
		}
		if mark || p.chart.Kind.Line() {
			p.path([]point{{x, y - 4, true}, {x + 30, y - 4, true}}, ink, dashes[i%len(dashes)])
			if !mark {
				p.marker(i, x+15, y-4, ink)
			}
		} else {
			p.bar(x+9, y-10, x+21, y+2, ink)
		}
		p.text(x+36, y, "start", s.Name)
		x += 36 + wide(s.Name) + 22
	}
	p.width, p.height = max(p.width, x), y+10
}

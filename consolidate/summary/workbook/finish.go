package workbook

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"huizong/internal/zipped"
)

// finish has the last word on a part of the file: the same content is the same bytes,
// charts are filled, and the rows of a sheet are put in.
func (x *file) finish(to io.Writer, name string, data []byte) error {
	var number int
	if _, err := fmt.Sscanf(name, "xl/worksheets/sheet%d.xml", &number); err == nil {
		return x.putRows(to, name, data, x.sheets[number-1])
	}
	switch {
	case strings.HasPrefix(name, "xl/charts/chart"):
		data = x.book.fillCaches(data)
	case strings.HasPrefix(name, "xl/drawings/drawing"):
		data = x.book.fixAnchors(name, data)
	}
	return zipped.Workbook(to, name, data)
}

// putRows writes a sheet with its rows.
func (x *file) putRows(to io.Writer, name string, data []byte, sheet rowless) error {
	begin := []byte("<sheetData>")
	before, after, found := bytes.Cut(data, begin)
	if !found {
		panic("workbook: no place for rows in " + name)
	}
	if _, err := to.Write(append(before, begin...)); err != nil {
		return err
	}
	if err := sheet.writeRows(to, sheet.ids); err != nil {
		return err
	}
	return zipped.Workbook(to, name, after)
}

// Where a drawing says that a chart lies.
var chartAnchor = regexp.MustCompile(`(?s)<xdr:from>.*?</xdr:to>`)

// fixAnchors lays the charts of a drawing over their cells. The drawings are
// those of the sheets with charts, in order, and numbered from 1.
func (b *Book) fixAnchors(name string, drawing []byte) []byte {
	var charts []placedChart
	number := 0
	for _, s := range b.sheets {
		if len(s.charts) > 0 {
			number++
		}
		if name == fmt.Sprintf("xl/drawings/drawing%d.xml", number) {
			charts = s.charts
			break
		}
	}
	return chartAnchor.ReplaceAllFunc(drawing, func([]byte) []byte {
		anchor := charts[0].anchor()
		charts = charts[1:]
		return []byte(anchor)
	})
}

// A reference of a chart and its cache, which the library leaves empty.
var chartReference = regexp.MustCompile(`(?s)<(num|str)Ref><f>(.*?)</f>.*?</(?:num|str)Ref>`)

// fillCaches writes into a chart the values of the cells that it shows.
func (b *Book) fillCaches(chart []byte) []byte {
	ranges := b.charted()
	return chartReference.ReplaceAllFunc(chart, func(ref []byte) []byte {
		m := chartReference.FindSubmatch(ref)
		kind, formula := string(m[1]), string(m[2])
		r, known := ranges[unescape(formula)]
		if !known {
			panic("workbook: chart of unknown cells " + formula)
		}
		return fmt.Appendf(nil, "<%sRef><f>%s</f>%s</%sRef>", kind, formula, r.cache(kind), kind)
	})
}

// charted is what charts refer to, by reference.
func (b *Book) charted() map[string]Range {
	ranges := map[string]Range{}
	for _, s := range b.sheets {
		for _, c := range s.charts {
			ranges[c.chart.Categories.String()] = c.chart.Categories
			for _, series := range c.chart.all() {
				ranges[series.Name.String()] = series.Name.Span(1, 1)
				ranges[series.Values.String()] = series.Values
			}
		}
	}
	return ranges
}

// cache is the cache element of a reference: of kind num the numbers among the
// cells, of kind str what all of them show.
func (r Range) cache(kind string) string {
	var format, points strings.Builder
	if s := r.first.slot(); kind == "num" {
		code := "General"
		if s != nil && s.style.format.is {
			code = s.style.format.code()
		}
		format.WriteString("<formatCode>" + escaped(code) + "</formatCode>")
	}
	count := 0
	r.each(func(cell Ref) {
		if s := cell.slot(); s != nil {
			text := s.shown()
			if x, ok := s.result().(float64); ok && kind == "num" {
				text = strconv.FormatFloat(x, 'f', -1, 64)
			} else if kind == "num" {
				text = ""
			}
			if text != "" {
				fmt.Fprintf(&points, `<pt idx="%d"><v>%s</v></pt>`, count, escaped(text))
			}
		}
		count++
	})
	return fmt.Sprintf(`<%sCache>%s<ptCount val="%d"/>%s</%sCache>`, kind, &format, count, &points, kind)
}

func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder does not fail
	return b.String()
}

// unescape reads the text of an XML element.
func unescape(s string) string {
	var text string
	_ = xml.Unmarshal([]byte("<t>"+s+"</t>"), &text) // what the library escaped
	return text
}

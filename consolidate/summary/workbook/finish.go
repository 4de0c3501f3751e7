package workbook

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// finish has the last word on a part of the file: the same content is the same bytes, and
// charts are filled.
func (b *Book) finish(name string, data []byte) ([]byte, error) {
	switch {
	case name == "[Content_Types].xml":
		return sortTypes(data)
	case strings.HasPrefix(name, "xl/charts/chart"):
		return b.fillCaches(data), nil
	case strings.HasPrefix(name, "xl/drawings/drawing"):
		return b.fixAnchors(name, data), nil
	case strings.HasPrefix(name, "xl/worksheets/sheet"):
		// A formula that comes to no text has that for its value, and says so.
		return usualPrefix(bytes.ReplaceAll(data, []byte("</f></c>"), []byte("</f><v></v></c>"))), nil
	case name == "docProps/core.xml":
		return coreElement.ReplaceAll(bytes.Replace(data, []byte(" xmlns="), []byte(" xmlns:cp="), 1), []byte("<${1}cp:$2")), nil
	}
	return data, nil
}

// Some readers go by prefixes instead of namespaces: exceljs opens no workbook whose properties lack
// cp: or whose drawings are not named by r:id. The elements of the properties without a prefix:
var coreElement = regexp.MustCompile(`<(/?)([A-Za-z]+\b[^:])`)

// The elements of a sheet that refer to another part under the prefix that the library makes up.
var drawingElement = regexp.MustCompile(`<(?:drawing|legacyDrawing) [^>]*>`)

// usualPrefix refers to drawings and notes as Excel does. They stand after the cells.
func usualPrefix(sheet []byte) []byte {
	after := max(0, bytes.LastIndex(sheet, []byte("</sheetData>")))
	return append(sheet[:after:after], drawingElement.ReplaceAllFunc(sheet[after:], func(element []byte) []byte {
		return bytes.ReplaceAll(bytes.ReplaceAll(element, []byte("xmlns:relationships="), []byte("xmlns:r=")), []byte("relationships:id="), []byte("r:id="))
	})...)
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

// sortTypes puts the content types in order: those of extensions, then those of
// parts.
func sortTypes(data []byte) ([]byte, error) {
	type byExtension struct {
		Extension   string `xml:"Extension,attr"`
		ContentType string `xml:"ContentType,attr"`
	}
	type byPart struct {
		PartName    string `xml:"PartName,attr"`
		ContentType string `xml:"ContentType,attr"`
	}
	var types struct {
		XMLName  xml.Name      `xml:"http://schemas.openxmlformats.org/package/2006/content-types Types"`
		Default  []byExtension `xml:"Default"`
		Override []byPart      `xml:"Override"`
	}
	if err := xml.Unmarshal(data, &types); err != nil {
		return nil, err
	}
	slices.SortFunc(types.Default, func(a, b byExtension) int { return cmp.Compare(a.Extension, b.Extension) })
	slices.SortFunc(types.Override, func(a, b byPart) int { return cmp.Compare(a.PartName, b.PartName) })
	sorted, err := xml.Marshal(types)
	return append([]byte(xml.Header), sorted...), err
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

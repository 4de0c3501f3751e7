package window

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"huizong/consolidate/summary"
	"huizong/consolidate/summary/workbook"
)

// chartOf is a chart of lines, or of columns under a line, of as many categories and series.
func chartOf(lines bool, categories, series int) summary.Chart {
	c := summary.Chart{Kind: workbook.Columns, Title: "各单位占年度计划", Percent: true}
	due := summary.Series{Name: "时序进度"}
	for i := range categories {
		c.Categories = append(c.Categories, fmt.Sprintf("三合循环经济%02d", i+1))
		due.Values = append(due.Values, summary.Value{Number: .5, Known: true, Shown: "50.0%"})
	}
	for i := range series {
		s := summary.Series{Name: fmt.Sprintf("序列%d", i+1)}
		for j := range categories {
			x := float64(j+i) / float64(categories+i)
			s.Values = append(s.Values, summary.Value{Number: x, Known: true, Shown: fmt.Sprintf("%.1f%%", x*100), Sheet: 1, Place: "A1"})
		}
		c.Series = append(c.Series, s)
	}
	if c.Mark = &due; lines {
		c.Kind, c.Mark = workbook.Lines, nil
	}
	return c
}

// An element of a picture.
type element struct {
	name, text string
	attr       map[string]string
}

// elements are those of a picture, which is well formed.
func elements(t *testing.T, c summary.Chart) []element {
	t.Helper()
	var all []element
	d := xml.NewDecoder(strings.NewReader(string(draw(c, "c", "两项"))))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			e := element{name: token.Name.Local, attr: map[string]string{}}
			for _, a := range token.Attr {
				e.attr[a.Name.Local] = a.Value
			}
			all = append(all, e)
		case xml.CharData:
			all[len(all)-1].text += string(token)
		}
	}
}

// count counts elements of a name.
func count(all []element, name string) int {
	n := 0
	for _, e := range all {
		if e.name == name {
			n++
		}
	}
	return n
}

// says reports whether a picture has a text.
func says(all []element, text string) bool {
	for _, e := range all {
		if e.text == text {
			return true
		}
	}
	return false
}

func TestPicturesEscapeNames(t *testing.T) {
	const evil = `</text><script>alert("1")</script>&'`
	for kind := workbook.Columns; kind <= workbook.Doughnut; kind++ {
		c := chartOf(false, 2, 2)
		c.Kind, c.Title, c.Categories[0], c.Series[0].Name, c.Series[0].Values[0].Shown = kind, evil, evil, evil, evil
		all := elements(t, c)
		if count(all, "script") != 0 || !says(all, evil) {
			t.Errorf("kind %d: %+v", kind, all)
		}
	}
}

func TestPicturesShowTheValues(t *testing.T) {
	for kind := workbook.Columns; kind <= workbook.Doughnut; kind++ {
		c := chartOf(false, 3, 1)
		c.Kind, c.Mark, c.Labels = kind, nil, true
		all := elements(t, c)
		for i, v := range c.Series[0].Values {
			if text := v.Shown; !says(all, text) && !says(all, fmt.Sprintf("%s  %s（%.1f%%）", c.Categories[i], text, v.Number*100)) {
				t.Errorf("kind %d does not show %s", kind, text)
			}
			if !kind.Round() && !says(all, c.Categories[i]) {
				t.Errorf("kind %d does not name %s", kind, c.Categories[i])
			}
		}
		if !says(all, c.Title) || !says(all, "两项") || all[0].attr["role"] != "img" || all[0].attr["aria-labelledby"] != "c-title c-says" {
			t.Errorf("kind %d does not say what it is", kind)
		}
	}
}

// TestPicturesLeaveOutWhatIsNotKnown: it is not zero; a line is broken there.
func TestPicturesLeaveOutWhatIsNotKnown(t *testing.T) {
	c := chartOf(false, 3, 1)
	c.Mark, c.Series[0].Values[1] = nil, summary.Value{}
	if n := count(elements(t, c), "rect"); n != 2 {
		t.Errorf("%d columns, want 2", n)
	}
	c.Kind = workbook.Lines
	all := elements(t, c)
	if n := count(all, "circle"); n != 2 {
		t.Errorf("%d points, want 2", n)
	}
	for _, e := range all {
		if e.name == "path" && (strings.Count(e.attr["d"], "M") != 2 || strings.Contains(e.attr["d"], "L")) {
			t.Errorf("the line is %s", e.attr["d"])
		}
	}
	c.Series[0].Values = make([]summary.Value, 3)
	for kind := workbook.Columns; kind <= workbook.Doughnut; kind++ {
		c.Kind = kind
		if picture := string(draw(c, "c", "")); strings.Contains(picture, "NaN") || strings.Contains(picture, "Inf") {
			t.Errorf("kind %d, nothing known: %s", kind, picture)
		}
	}
}

// TestSeriesAreToldApartWithoutColour: by dashes and markers.
func TestSeriesAreToldApartWithoutColour(t *testing.T) {
	shapes, dashes := map[string]bool{}, map[string]bool{}
	for _, e := range elements(t, chartOf(true, 2, 4)) {
		if e.name == "path" && e.attr["fill"] == "none" {
			dashes[e.attr["stroke-dasharray"]] = true
		} else if e.name == "path" {
			shapes[fmt.Sprint(strings.Count(e.attr["d"], "l"))] = true
		} else if e.name == "circle" || e.name == "rect" {
			shapes[e.name] = true
		}
	}
	if len(shapes) != 4 || len(dashes) != 4 {
		t.Errorf("shapes %v, dashes %v", shapes, dashes)
	}
}

func TestAxes(t *testing.T) {
	for _, test := range []struct {
		name      string
		kind      workbook.Kind
		low, high float64
		percent   bool
		want      string
	}{
		{"from nothing", workbook.Columns, 0, .924, true, "[0% 20% 40% 60% 80% 100%]"},
		{"columns begin at zero", workbook.Columns, 90, 100, false, "[0 20 40 60 80 100]"},
		{"lines need not", workbook.Lines, 90, 100, false, "[90 92 94 96 98 100]"},
		{"below zero", workbook.Columns, -30, 50, false, "[-40 -20 0 20 40 60]"},
		{"small", workbook.Columns, 0, .37, false, "[0.0 0.1 0.2 0.3 0.4]"},
		{"all the same", workbook.Lines, 0, 0, false, "[0.0 0.2 0.4 0.6 0.8 1.0]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := &picture{chart: summary.Chart{Kind: test.kind, Percent: test.percent, Categories: []string{"甲", "乙"},
				Series: []summary.Series{{Values: []summary.Value{{Number: test.low, Known: true}, {Number: test.high, Known: true}}}}}}
			s := p.scale()
			var shown []string
			for _, value := range s.lines() {
				shown = append(shown, s.show(value))
			}
			if got := fmt.Sprint(shown); got != test.want {
				t.Errorf("axis %s, want %s", got, test.want)
			}
		})
	}
}

package main

import (
	"strings"

	"huizong/importer/sheet"
)

// A look is how a cell looks.
type look struct {
	font, fill, border, alignment string
	unlocked                      bool
}

type value struct {
	Is string `xml:"val,attr"`
}

type line struct {
	Style string `xml:"style,attr"`
}

type stylePart struct {
	Fonts []struct {
		Name value  `xml:"name"`
		Size value  `xml:"sz"`
		Bold *value `xml:"b"`
	} `xml:"fonts>font"`
	Fills []struct {
		Pattern struct {
			Kind   string `xml:"patternType,attr"`
			Colour struct {
				RGB     string `xml:"rgb,attr"`
				Theme   string `xml:"theme,attr"`
				Indexed string `xml:"indexed,attr"`
			} `xml:"fgColor"`
		} `xml:"patternFill"`
	} `xml:"fills>fill"`
	Borders []struct {
		Left   line `xml:"left"`
		Right  line `xml:"right"`
		Top    line `xml:"top"`
		Bottom line `xml:"bottom"`
	} `xml:"borders>border"`
	Cells []struct {
		Font      int `xml:"fontId,attr"`
		Fill      int `xml:"fillId,attr"`
		Border    int `xml:"borderId,attr"`
		Alignment struct {
			Horizontal string `xml:"horizontal,attr"`
			Vertical   string `xml:"vertical,attr"`
			Wrap       yes    `xml:"wrapText,attr"`
		} `xml:"alignment"`
		Protection struct {
			Locked string `xml:"locked,attr"`
		} `xml:"protection"`
	} `xml:"cellXfs>xf"`
}

// looks are those of a workbook's cells, by the number that cells refer to.
func (p parts) looks(at string) ([]look, error) {
	var s stylePart
	if err := p.decode(at, &s); err != nil {
		return nil, err
	}
	var all []look
	for _, cell := range s.Cells {
		l := look{unlocked: cell.Protection.Locked == "0" || cell.Protection.Locked == "false"}
		if cell.Font < len(s.Fonts) {
			font := s.Fonts[cell.Font]
			l.font = font.Name.Is + " " + font.Size.Is
			if font.Bold != nil && (font.Bold.Is == "" || yes(font.Bold.Is).is()) {
				l.font += " bold"
			}
		}
		if cell.Fill < len(s.Fills) && s.Fills[cell.Fill].Pattern.Kind == "solid" {
			colour := s.Fills[cell.Fill].Pattern.Colour
			l.fill = strings.TrimPrefix(colour.RGB+" "+colour.Theme+" "+colour.Indexed, "FF")
		}
		if cell.Border < len(s.Borders) {
			b := s.Borders[cell.Border]
			l.border = lines(b.Left, b.Right, b.Top, b.Bottom)
		}
		a := cell.Alignment
		l.alignment = strings.NewReplacer("general", "", "bottom", "").Replace(a.Horizontal + " " + a.Vertical)
		if a.Wrap.is() {
			l.alignment += " wrapped"
		}
		l.alignment = strings.TrimSpace(l.alignment)
		all = append(all, l)
	}
	return all, nil
}

// lines are those of a border on four sides.
func lines(sides ...line) string {
	var drawn []string
	for i, side := range sides {
		if side.Style != "" && side.Style != "none" {
			drawn = append(drawn, []string{"left", "right", "top", "bottom"}[i]+" "+side.Style)
		}
	}
	return strings.Join(drawn, ", ")
}

// looks are those of a sheet's cells. Of merged cells there is one.
func (t Traits) looks(name string, w *worksheetPart, of []look) {
	covered := covered(w)
	for _, row := range w.Rows {
		for _, cell := range row.Cells {
			if cell.Style >= len(of) || covered[cell.Ref] {
				continue
			}
			place, l := name+"!"+cell.Ref, of[cell.Style]
			t.put(fills, place, strings.TrimSpace(l.fill))
			t.put(borders, place, l.border)
			t.put(alignments, place, l.alignment)
			if t[values][place] != "" {
				t.put(fonts, place, l.font)
			}
			if l.unlocked {
				t.put(unlocked, place, "unlocked")
			}
		}
	}
}

// covered are the cells that others cover with which they are merged.
func covered(w *worksheetPart) map[string]bool {
	all := map[string]bool{}
	for _, m := range w.Merges {
		from, to, _ := strings.Cut(m.Ref, ":")
		left, top := place(from)
		right, bottom := place(to)
		for row := top; row <= bottom; row++ {
			for column := left; column <= right; column++ {
				all[sheet.Ref(column, row)] = row > top || column > left
			}
		}
	}
	return all
}

// place is the column and the row of a cell such as AB12.
func place(ref string) (column, row int) {
	for _, r := range ref {
		if r <= '9' {
			row = 10*row + int(r-'0')
		} else {
			column = 26*column + int(r-'A') + 1
		}
	}
	return column, row
}

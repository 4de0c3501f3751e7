package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"huizong/importer/sheet"
)

type worksheetPart struct {
	Fit struct {
		Page yes `xml:"fitToPage,attr"`
	} `xml:"sheetPr>pageSetUpPr"`
	Panes []struct {
		Columns string `xml:"xSplit,attr"`
		Rows    string `xml:"ySplit,attr"`
		State   string `xml:"state,attr"`
	} `xml:"sheetViews>sheetView>pane"`
	Columns []struct {
		From   int    `xml:"min,attr"`
		To     int    `xml:"max,attr"`
		Width  string `xml:"width,attr"`
		Hidden yes    `xml:"hidden,attr"`
	} `xml:"cols>col"`
	Rows []struct {
		Number string `xml:"r,attr"`
		Height string `xml:"ht,attr"`
		Hidden yes    `xml:"hidden,attr"`
		Cells  []struct {
			Ref   string `xml:"r,attr"`
			Style int    `xml:"s,attr"`
		} `xml:"c"`
	} `xml:"sheetData>row"`
	Protection struct {
		Sheet yes `xml:"sheet,attr"`
	} `xml:"sheetProtection"`
	Filter struct {
		Ref string `xml:"ref,attr"`
	} `xml:"autoFilter"`
	Merges []struct {
		Ref string `xml:"ref,attr"`
	} `xml:"mergeCells>mergeCell"`
	Conditional []struct {
		Area  string `xml:"sqref,attr"`
		Rules []struct {
			Type     string   `xml:"type,attr"`
			Formulas []string `xml:"formula"`
		} `xml:"cfRule"`
	} `xml:"conditionalFormatting"`
	Validations []struct {
		Area     string `xml:"sqref,attr"`
		Type     string `xml:"type,attr"`
		Prompt   string `xml:"prompt,attr"`
		Asked    yes    `xml:"showErrorMessage,attr"`
		Formula1 string `xml:"formula1"`
		Formula2 string `xml:"formula2"`
	} `xml:"dataValidations>dataValidation"`
	Links []struct {
		Ref string `xml:"ref,attr"`
	} `xml:"hyperlinks>hyperlink"`
	Margins struct {
		Left string `xml:"left,attr"`
		Top  string `xml:"top,attr"`
	} `xml:"pageMargins"`
	Page struct {
		Paper       string `xml:"paperSize,attr"`
		Orientation string `xml:"orientation,attr"`
		Wide        string `xml:"fitToWidth,attr"`
		High        string `xml:"fitToHeight,attr"`
	} `xml:"pageSetup"`
	Header string `xml:"headerFooter>oddHeader"`
	Footer string `xml:"headerFooter>oddFooter"`
}

// sheet are the traits of a worksheet.
func (t Traits) sheet(p parts, name, at string, looks []look) error {
	var w worksheetPart
	if err := p.decode(at, &w); err != nil {
		return err
	}
	for _, pane := range w.Panes {
		if strings.HasPrefix(pane.State, "frozen") {
			t.put(frozen, name, fmt.Sprintf("%d columns, %d rows", whole(pane.Columns), whole(pane.Rows)))
		}
	}
	t.grid(name, &w)
	t.typing(name, &w)
	t.printing(name, &w)
	t.looks(name, &w, looks)
	return t.notes(p, name, at)
}

// whole is a number without what is behind its point; of nothing it is 0.
func whole(number string) int {
	n, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return 0
	}
	return int(n)
}

// grid is what makes columns and rows, and what lies on them.
func (t Traits) grid(name string, w *worksheetPart) {
	const most = 200 // columns: some programs give all there can be
	for _, c := range w.Columns {
		for i := c.From; i <= min(c.To, most); i++ {
			place := name + "!" + sheet.ColumnName(i)
			t.put(columnWidths, place, c.Width)
			if c.Hidden.is() {
				t.put(hiddenColumns, place, "hidden")
			}
		}
	}
	for _, row := range w.Rows {
		place := name + "!" + row.Number
		t.put(rowHeights, place, row.Height)
		if row.Hidden.is() {
			t.put(hiddenRows, place, "hidden")
		}
	}
	for _, m := range w.Merges {
		t.put(merged, name+"!"+m.Ref, "merged")
	}
	for _, l := range w.Links {
		t.put(links, name+"!"+area(l.Ref), "a link")
	}
	t.put(filters, name, area(w.Filter.Ref))
}

// typing is what a sheet does while somebody types.
func (t Traits) typing(name string, w *worksheetPart) {
	for _, c := range w.Conditional {
		for _, rule := range c.Rules {
			t.put(conditional, name+"!"+area(c.Area)+" "+plain(strings.Join(rule.Formulas, ";")), rule.Type)
		}
	}
	for _, v := range w.Validations {
		place := name + "!" + area(v.Area)
		t.put(prompts, place, v.Prompt)
		if v.Asked.is() && v.Type != "" && v.Type != "none" {
			t.put(validations, place, fmt.Sprintf("%s %s %s", v.Type, plain(v.Formula1), strings.TrimPrefix(plain(v.Formula2), "0")))
		}
	}
	if w.Protection.Sheet.is() {
		t.put(protected, name, "protected")
	}
}

// area is a reference as it is written here: without signs that programs may leave out, ranges of one cell as the cell, in order.
func area(ref string) string {
	all := strings.FieldsFunc(plain(strings.ReplaceAll(ref, " ", ",")), func(r rune) bool { return r == ',' })
	for i, one := range all {
		if from, to, is := strings.Cut(one, ":"); is && from == to {
			all[i] = from
		}
	}
	slices.Sort(all)
	return strings.Join(all, ",")
}

// plain is a formula without what programs write as they like.
func plain(formula string) string {
	return strings.NewReplacer("'", "", "$", "", " ", "", "TRUE()", "TRUE", "FALSE()", "FALSE").Replace(formula)
}

// printing is how a sheet is printed.
func (t Traits) printing(name string, w *worksheetPart) {
	if w.Page.Paper != "" {
		t.put(paper, name, strings.TrimSpace("paper "+w.Page.Paper+" "+strings.ReplaceAll(w.Page.Orientation, "default", "portrait")))
	}
	if w.Fit.Page.is() {
		t.put(fitted, name, fmt.Sprintf("%s wide, %s high", orOne(w.Page.Wide), orOne(w.Page.High)))
	}
	if left, top := w.Margins.Left, w.Margins.Top; left != "" {
		x, _ := strconv.ParseFloat(left, 64)
		y, _ := strconv.ParseFloat(top, 64)
		t.put(margins, name, fmt.Sprintf("%.1f %.1f", x, y))
	}
	t.put(pageLines, name, strings.Join(strings.Fields(w.Header+w.Footer), ""))
}

// orOne is a number of pages, 1 where none is said.
func orOne(number string) string {
	if number == "" {
		return "1"
	}
	return number
}

// notes are those of a sheet, without their blanks.
func (t Traits) notes(p parts, name, at string) error {
	_, byType, err := p.relations(at)
	if err != nil || byType["comments"] == "" {
		return err
	}
	var list struct {
		All []struct {
			Ref   string   `xml:"ref,attr"`
			Texts []string `xml:"text>t"`
			Runs  []string `xml:"text>r>t"`
		} `xml:"commentList>comment"`
	}
	if err := p.decode(byType["comments"], &list); err != nil {
		return err
	}
	for _, note := range list.All {
		t.put(notes, name+"!"+note.Ref, strings.Join(strings.Fields(strings.Join(append(note.Texts, note.Runs...), "")), ""))
	}
	return nil
}

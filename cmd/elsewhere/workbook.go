package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path"
	"strconv"
	"strings"

	"huizong/importer/sheet"
	"huizong/internal/county"
)

// workbook gives the traits of a workbook as they are in its parts.
func workbook(file string) (Traits, error) {
	t := Traits{}
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	if err := t.cells(content); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	archive, err := zip.OpenReader(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	defer archive.Close()
	if err := t.workbook(parts{archive}); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return t, nil
}

// cells are the values of a file, the results of its formulas, and what both show.
func (t Traits) cells(content []byte) error {
	book, err := sheet.Open(bytes.NewReader(content), int64(len(content)), sheet.Limits(county.Default().Limits))
	if err != nil {
		return err
	}
	for _, s := range book.Sheets() {
		for row, err := range s.Rows() {
			if err != nil {
				return err
			}
			for _, cell := range row.Cells {
				t.cell(s.Name+"!"+sheet.Ref(cell.Column, row.Number), cell)
			}
		}
	}
	return nil
}

func (t Traits) cell(place string, cell sheet.Cell) {
	if text, known := showing(cell); known {
		t.put(shown, place, shownText(text))
	}
	if cell.Formula {
		t.put(formulas, place, "a formula")
		t.put(results, place, literal(cell))
	} else {
		t.put(values, place, literal(cell))
	}
}

// shownText is a text as shown, without blanks at its ends, and with the usual minus, where Gnumeric shows that of mathematics.
func shownText(text string) string {
	return strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "−", "-").Replace(text))
}

type workbookPart struct {
	Sheets []struct {
		Name  string `xml:"name,attr"`
		State string `xml:"state,attr"`
		ID    string `xml:"id,attr"`
	} `xml:"sheets>sheet"`
	Names []struct {
		Name   string `xml:"name,attr"`
		Sheet  string `xml:"localSheetId,attr"`
		Refers string `xml:",chardata"`
	} `xml:"definedNames>definedName"`
}

func (t Traits) workbook(p parts) error {
	_, top, err := p.relations("")
	if err != nil {
		return err
	}
	at := top["officeDocument"]
	var book workbookPart
	if err := p.decode(at, &book); err != nil {
		return err
	}
	sheetAt, others, err := p.relations(at)
	if err != nil {
		return err
	}
	looks, err := p.looks(others["styles"])
	if err != nil {
		return err
	}
	for i, s := range book.Sheets {
		t.put(sheets, s.Name, "sheet "+strconv.Itoa(i+1))
		if s.State == "hidden" || s.State == "veryHidden" {
			t.put(hiddenSheets, s.Name, "hidden")
		}
		if err := t.sheet(p, s.Name, sheetAt[s.ID], looks); err != nil {
			return err
		}
	}
	t.names(book)
	drawn := 0
	for _, part := range p.File {
		if is, _ := path.Match("xl/charts/chart*.xml", part.Name); is {
			drawn++
			t.put(charts, "chart "+strconv.Itoa(drawn), "drawn")
		}
	}
	return nil
}

// names are those of cells, and those that programs give to what is printed.
func (t Traits) names(book workbookPart) {
	for _, name := range book.Names {
		place := ""
		if i, err := strconv.Atoi(name.Sheet); err == nil && i < len(book.Sheets) {
			place = book.Sheets[i].Name
		}
		switch name.Name {
		case "_xlnm.Print_Titles":
			t.put(printTitles, place, area(name.Refers))
		case "_xlnm.Print_Area":
			t.put(printAreas, place, area(name.Refers))
		case "_xlnm._FilterDatabase":
		default:
			t.put(names, name.Name, area(name.Refers))
		}
	}
}

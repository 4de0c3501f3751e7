package main

import (
	"math"
	"strconv"
)

// Traits are what somebody meets in a file: for each trait its places, and what is there. A place is
// "SHEET!A1", "SHEET!A", "SHEET", a name of the workbook or a paragraph.
type Traits map[string]map[string]string

// put notes what is at a place; nothing is not noted.
func (t Traits) put(trait, place, what string) {
	if t[trait] == nil {
		t[trait] = map[string]string{}
	}
	if what != "" {
		t[trait][place] = what
	}
}

// The traits that files are compared by, in the words of the page.
const (
	opened        = "files"
	sheets        = "sheets"
	values        = "values"
	shown         = "texts that cells show"
	formulas      = "formulas"
	results       = "results of formulas"
	merged        = "merged cells"
	frozen        = "frozen panes"
	columnWidths  = "column widths"
	rowHeights    = "row heights"
	hiddenColumns = "hidden columns"
	hiddenRows    = "hidden rows"
	hiddenSheets  = "hidden sheets"
	filters       = "filters"
	names         = "names of cells"
	links         = "links"
	notes         = "notes on cells"
	charts        = "charts"
	conditional   = "conditional formats"
	validations   = "checks while typing"
	prompts       = "prompts while typing"
	protected     = "protected sheets"
	unlocked      = "cells to type in"
	fonts         = "fonts"
	fills         = "fill colours"
	borders       = "borders"
	alignments    = "alignments"
	printTitles   = "print titles"
	printAreas    = "print areas"
	paper         = "paper"
	fitted        = "pages to fit on"
	margins       = "page margins"
	pageLines     = "headers and footers"
	paragraphs    = "paragraphs"
	tables        = "tables"
)

// alike reports whether two things at a place are one to somebody who looks: numbers to nine digits, widths and heights
// to a tenth or one.
func alike(trait, ours, theirs string) bool {
	if ours == theirs {
		return true
	}
	x, err1 := strconv.ParseFloat(ours, 64)
	y, err2 := strconv.ParseFloat(theirs, 64)
	if err1 != nil || err2 != nil {
		return false
	}
	switch trait {
	case values, results:
		return math.Abs(x-y) <= 1e-9*math.Max(1, math.Abs(x))
	case columnWidths, rowHeights:
		return math.Abs(x-y) <= math.Max(1, 0.1*x)
	}
	return false
}

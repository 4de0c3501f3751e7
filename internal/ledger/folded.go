package ledger

import (
	"slices"
	"strings"
)

// A Folded is a finding with how many more there are of its kind.
type Folded struct {
	Finding
	Others []Finding // of the same code, in the same column of the same sheet; nil where it stands alone
}

// foldedFrom is how many findings of a kind fold into one.
const foldedFrom = 4

// FoldFindings brings many findings of one kind in one column together, at the place of the first: a column of amounts in which
// every cell is a text needs one line, not a hundred. Queries stand alone, for each is answered by itself; and since
// what folds is of one code, none hides a graver one.
func FoldFindings(findings []Finding) []Folded {
	type kind struct {
		code               *Code
		file, sheet, field string
	}
	of := func(f *Finding) kind { return kind{f.Code, f.File, f.Sheet, f.Field} }
	count := map[kind]int{}
	for i := range findings {
		count[of(&findings[i])]++
	}
	var all []Folded
	first := map[kind]int{}
	for i := range findings {
		f := &findings[i]
		folds := f.Code.Severity != Query && count[of(f)] >= foldedFrom
		at, seen := first[of(f)]
		switch {
		case folds && seen:
			all[at].Others = append(all[at].Others, *f)
			continue
		case folds:
			first[of(f)] = len(all)
		}
		all = append(all, Folded{Finding: *f})
	}
	return all
}

// mostPlaces is how many places of what is folded are named, mostFound how many texts.
const (
	mostPlaces = 12
	mostFound  = 3
)

// Places are where it is, within its sheet: H7、H9、H12, as far as there is room, and how many there are if there are more.
func (f Folded) Places(lang Lang) string {
	var all []string
	for _, one := range f.all() {
		switch {
		case len(all) == mostPlaces:
			return strings.Join(all, Between) + andMore.Format(lang, len(f.Others)+1)
		case one.Cell != "":
			all = append(all, one.Cell)
		case one.Row > 0:
			all = append(all, strings.TrimSpace(atRow.Format(lang, one.Row)))
		}
	}
	return strings.Join(all, Between)
}

// FoundThere is what is found there, each text once as far as there is room.
func (f Folded) FoundThere() string {
	var all []string
	for _, one := range f.all() {
		switch {
		case one.Found == "" || slices.Contains(all, one.Found):
		case len(all) == mostFound:
			return strings.Join(all, Between) + "…"
		default:
			all = append(all, one.Found)
		}
	}
	return strings.Join(all, Between)
}

func (f Folded) all() []Finding { return append([]Finding{f.Finding}, f.Others...) }

// Line is that of the first, and where the others are.
func (f Folded) Line(lang Lang) string {
	if f.Others == nil {
		return f.Finding.Line(lang)
	}
	rest := Folded{f.Others[0], f.Others[1:]}
	return f.Finding.Line(lang) + alike.Format(lang, rest.Places(lang))
}

var (
	andMore = Phrase{"等%d处", " and more, %d in all"}
	alike   = Phrase{"（另有同样的：%s）", " (and alike: %s)"}
)

package consistency

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A Finding is a contradiction: what kind, and where.
type Finding struct{ Kind, Words string }

func (f Finding) String() string { return f.Kind + "：" + f.Words }

// A Report is what was held against what, and what does not agree.
type Report struct {
	Facts, Pairs int            // facts, and pairs of them that speak of one thing
	Numbers      int            // cells of tables that show a number
	Unread       []Place        // of these, those that were understood as no fact
	Spoken       int            // numbers of running text
	Unheard      []string       // of these, those that were understood as no fact
	Read         map[string]int // facts by sheet
	Sums         int            // wholes held against their parts
	Projects     int            // projects that two places or more speak of
	References   int            // names of sheets
	Orders       int            // orders held against their list
	Findings     []Finding

	tails map[string][]string // by sheet: wholes that its rounded parts do not quite give
}

func (r *Report) find(kind, format string, args ...any) {
	r.Findings = append(r.Findings, Finding{kind, fmt.Sprintf(format, args...)})
}

// Check holds months against themselves and one another.
func Check(months ...*Folder) *Report {
	report := &Report{Read: map[string]int{}, tails: map[string][]string{}}
	var facts []Fact
	for _, folder := range months {
		namesakes := folder.namesakes()
		for _, s := range folder.Sheets {
			r := readFacts(s, namesakes)
			facts = append(facts, r.facts...)
			report.Numbers += r.numbers
			report.Unread = append(report.Unread, r.unread...)
			report.Spoken += r.spoken
			report.Unheard = append(report.Unheard, r.unheard...)
			report.Read[s.File+" "+s.Name] = len(r.facts)
			alone := s.alone()
			report.Sums += alone.Sums
			report.Findings = append(report.Findings, alone.Findings...)
			maps.Copy(report.tails, alone.tails)
		}
		report.references(folder)
		report.orders(folder)
	}
	report.Facts = len(facts)
	report.facts(facts)
	report.projects(facts)
	report.identities(facts, months)
	for sheet, tails := range report.tails {
		report.find("分项之和与总数有尾差而没有说明", "%s共%d处，如%s", sheet, len(tails), tails[0])
	}
	slices.SortFunc(report.Findings, func(a, b Finding) int { return strings.Compare(a.String(), b.String()) })
	report.Findings = slices.Compact(report.Findings)
	return report
}

// alone holds a sheet against itself, once.
func (s *Sheet) alone() *Report {
	if s.checked == nil {
		r := &Report{tails: map[string][]string{}}
		r.sums(s)
		r.shares(s)
		r.held(s)
		r.ranks(s)
		r.equations(s)
		r.cells(s)
		s.checked = r
	}
	return s.checked
}

// facts holds facts of one thing against each other.
func (r *Report) facts(all []Fact) {
	of := map[string][]Fact{}
	for _, f := range all {
		of[f.key()] = append(of[f.key()], f)
	}
	for _, key := range slices.Sorted(maps.Keys(of)) {
		same := of[key]
		r.Pairs += len(same) * (len(same) - 1) / 2
		if slices.ContainsFunc(same, func(f Fact) bool { return !agreesWithAll(f, same) }) {
			r.find("同名不同数", "%s：%s", key, told(same))
		}
	}
}

func agreesWithAll(f Fact, all []Fact) bool {
	return !slices.ContainsFunc(all, func(other Fact) bool { return !f.agrees(other) })
}

// told lists what facts say and where, the rarest first, each with two places.
func told(facts []Fact) string {
	var kinds [][]Fact
	for _, f := range facts {
		i := slices.IndexFunc(kinds, func(k []Fact) bool { return f.agrees(k[0]) })
		if i < 0 {
			kinds, i = append(kinds, nil), len(kinds)
		}
		kinds[i] = append(kinds[i], f)
	}
	slices.SortStableFunc(kinds, func(a, b []Fact) int { return len(a) - len(b) })
	var all []string
	for _, same := range kinds {
		words := fmt.Sprintf("%s在%v", same[0].said(), same[0].At)
		if len(same) > 1 {
			words += fmt.Sprintf("、%v等%d处", same[len(same)-1].At, len(same))
		}
		all = append(all, words)
	}
	return strings.Join(all, "；")
}

// said is what a fact shows; a sum of rows shows nothing.
func (f Fact) said() string {
	switch {
	case f.Shown == "":
		return fmt.Sprintf("相加得%.10g", f.number.value)
	case !strings.HasSuffix(f.Shown, f.number.unit):
		return f.Shown + "（" + f.number.unit + "）"
	}
	return f.Shown
}

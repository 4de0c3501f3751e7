package importer

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A label is one cell of a header, made comparable with the names of columns.
type label struct {
	text   string   // as people read it, blanks folded
	keys   []string // what it is compared by, best first: with what stands in brackets, with that in front, without it
	senses []string // what it says by itself, as keys
	units  wording  // in brackets or at the end
	year   int      // 2024 in 2024年计划投资; 0 if it names none
	month  int      // 6 in 1-6月完成投资 and in 6月完成投资; 0 if it names none
}

// spelling makes one of what staff write in several ways, and drops signs that mean
// nothing in a heading.
var spelling = strings.NewReplacer(
	"累积", "累计", "截止", "截至", "年末", "年底", "月末", "月底", "去年", "上年", "月份", "月",
	`"`, "", "“", "", "”", "", "*", "", "★", "", "※", "", "▲", "", ":", "", "、", "", ",", "", "，", "", "。", "", "/", "")

var (
	yearEnd  = regexp.MustCompile(`\b((?:19|20)\d\d)年?12月底`)
	yearIn   = regexp.MustCompile(`\b((?:19|20)\d\d)(?:年|\b)|\b(\d\d)年`)
	monthsIn = regexp.MustCompile(`\b0?1月?[-至到](\d{1,2})月`)
	// numbering stands in front of a heading: 3.总投资, ③总投资.
	numbering = regexp.MustCompile(`^(?:[①-⑳]|\d{1,2}[.、)]|[一二三四五六七八九十]{1,3}、)`)
	monthIn   = regexp.MustCompile(`(\d{1,2})月`)
)

// newLabel reads a heading. Months become N and years 年, as the names of columns have
// them: 2024年计划投资（万元） is compared as 年计划投资, with its unit and its year.
func newLabel(text string) label {
	l := label{text: ledger.Fold(text)}
	rest, units := unitOfHeading(numbering.ReplaceAllString(l.text, ""))
	l.units = units
	s := l.generalise(spelling.Replace(rest))
	bare, inner := bracketed.ReplaceAllString(s, ""), ""
	for _, match := range bracketed.FindAllStringSubmatch(s, -1) {
		inner += match[1]
	}
	keys := []string{bare}
	if inner != "" {
		keys = []string{brackets.Replace(s), inner + bare, bare}
	}
	l.keys = slices.DeleteFunc(keys, func(key string) bool { return key == "" })
	if len(l.keys) > 0 {
		l.senses = sensesOf([]label{l})
	}
	return l
}

// generalise replaces the year and the month, and keeps them.
func (l *label) generalise(s string) string {
	s = yearEnd.ReplaceAllString(s, "${1}年底")
	s = yearIn.ReplaceAllStringFunc(s, func(year string) string {
		l.year, _ = strconv.Atoi(strings.TrimSuffix(year, "年"))
		if l.year < 100 {
			l.year += 2000
		}
		return "年"
	})
	for _, months := range []struct {
		pattern *regexp.Regexp
		general string
	}{{monthsIn, "1-N月"}, {monthIn, "N月"}} {
		s = months.pattern.ReplaceAllStringFunc(s, func(month string) string {
			found := months.pattern.FindStringSubmatch(month)
			l.month, _ = strconv.Atoi(found[1])
			return months.general
		})
	}
	return general(s)
}

// general drops the year before a month: 年1-N月完成投资 is 1-N月完成投资.
func general(s string) string {
	if !strings.Contains(s, "N月") {
		return s
	}
	return monthOnly.Replace(s)
}

var (
	monthOnly = strings.NewReplacer("年1-N月", "1-N月", "年N月", "N月")
	brackets  = strings.NewReplacer("(", "", ")", "")
)

// bare is the label without brackets and units.
func (l label) bare() string {
	if len(l.keys) == 0 {
		return ""
	}
	return l.keys[len(l.keys)-1]
}

// joined are the keys of a path of labels, best first: the levels in one word.
func joined(levels []label) []string {
	group, leaf := "", levels[len(levels)-1]
	for _, l := range levels[:len(levels)-1] {
		group += l.bare()
	}
	keys := make([]string, len(leaf.keys))
	for i, key := range leaf.keys {
		keys[i] = general(group + key)
	}
	return keys
}

// A dictionary is a form's columns by every key that their names and aliases have.
type dictionary struct {
	form     *form.Form
	claims   map[string][]claim
	doubtful map[string]*form.Ambiguity
	senses   map[string][]claim // by what names and aliases say, in whatever words
	doubts   map[string]*form.Ambiguity
	plain    map[string]bool // names and aliases as they stand, without brackets
	required int             // columns that are
}

// A claim is a column that a key may mean, by its official name or by an alias.
type claim struct {
	column *form.Column
	alias  bool
}

var dictionaries sync.Map // *form.Form → *dictionary

// dictionaryOf is the dictionary of a form, made once: forms do not change.
func dictionaryOf(f *form.Form) *dictionary {
	if d, ok := dictionaries.Load(f); ok {
		return d.(*dictionary)
	}
	d, _ := dictionaries.LoadOrStore(f, newDictionary(f))
	return d.(*dictionary)
}

func newDictionary(f *form.Form) *dictionary {
	d := &dictionary{form: f, claims: map[string][]claim{}, doubtful: map[string]*form.Ambiguity{}, plain: map[string]bool{},
		senses: map[string][]claim{}, doubts: map[string]*form.Ambiguity{}}
	for _, c := range f.Columns {
		d.add(c, c.Name, false)
		for _, alias := range c.Aliases {
			d.add(c, alias, true)
		}
		if c.Need == form.Required {
			d.required++
		}
	}
	for i := range f.Ambiguous {
		for _, name := range f.Ambiguous[i].Names {
			l := newLabel(name)
			for _, key := range l.keys {
				d.doubtful[key] = &f.Ambiguous[i]
			}
			for _, sense := range l.senses {
				d.doubts[sense] = &f.Ambiguous[i]
			}
		}
	}
	return d
}

func (d *dictionary) add(c *form.Column, name string, alias bool) {
	d.plain[plainHeading(name[strings.LastIndex(name, "/")+1:])] = true
	var levels []label
	for _, level := range strings.Split(name, "/") {
		levels = append(levels, newLabel(level))
	}
	for _, key := range joined(levels) {
		claimed(d.claims, key, claim{c, alias})
	}
	for _, sense := range sensesOf(levels) {
		claimed(d.senses, sense, claim{c, alias})
	}
}

// knows reports whether any key or sense means something under the form.
func (d *dictionary) knows(keys, senses []string) bool {
	return slices.ContainsFunc(keys, func(key string) bool { return d.claims[key] != nil || d.doubtful[key] != nil }) ||
		slices.ContainsFunc(senses, func(sense string) bool { return d.senses[sense] != nil || d.doubts[sense] != nil })
}

func claimed(claims map[string][]claim, key string, by claim) {
	if !slices.ContainsFunc(claims[key], func(other claim) bool { return other.column == by.column }) {
		claims[key] = append(claims[key], by)
	}
}

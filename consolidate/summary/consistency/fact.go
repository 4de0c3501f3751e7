package consistency

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"time"
)

// A Fact is one thing that a reader is told: what was measured, of whom, when, and how much.
type Fact struct {
	Subject, Measure, Group, Month string

	number number
	text   string // instead of a number
	At     Place
	Shown  string
}

// key is what two facts share that must agree.
func (f Fact) key() string {
	return strings.Join([]string{f.Subject, f.Measure, f.Group, f.Month}, " | ")
}

func (f Fact) agrees(other Fact) bool {
	return f.text == other.text && (f.text != "" || f.number.agrees(other.number))
}

// A reader gathers the facts of a sheet.
type reader struct {
	*Sheet
	namesakes map[string]bool
	subject   string
	facts     []Fact
	numbers   int     // cells of tables that show a number to be a fact
	unread    []Place // of these, those that became none

	heard   map[[3]int]bool // numbers of texts that became facts, by row, column and offset
	spoken  int             // numbers of texts
	unheard []string        // of these, those that became none
}

// readFacts reads all facts of a sheet, once.
func readFacts(s *Sheet, namesakes map[string]bool) *reader {
	if s.told != nil {
		return s.told
	}
	r := &reader{Sheet: s, namesakes: namesakes, heard: map[[3]int]bool{}}
	for _, t := range s.Tables {
		r.subject = cmp.Or(subjectOf(t.about), subjectOf(s.Title), subjectOf(t.caption))
		r.table(t)
		r.count(t)
		r.exceed(t)
		r.returns(t)
	}
	r.subject = subjectOf(s.Title)
	r.tiles()
	r.sentences()
	r.pages()
	s.told = r
	return r
}

func subjectOf(title string) string {
	for _, s := range subjects {
		if strings.Contains(title, s.word) {
			return s.subject
		}
	}
	return ""
}

// add notes a fact; a month is one by its number, or 本月, 上月 or 较上月 as seen from the sheet's.
func (r *reader) add(f Fact) {
	switch {
	case f.Month == "", f.Month == "本月":
		f.Month = r.Month
	case f.Month == "上月":
		f.Month = monthBefore(r.Month)
	case !monthOfName.MatchString(f.Month):
		f.Month = r.Month + f.Month
	}
	r.facts = append(r.facts, f)
}

// table reads the rows of a table.
func (r *reader) table(t *Table) {
	for _, line := range t.rows {
		group := r.groupOf(t, line)
		if unit := t.cell(line, "责任单位"); r.namesakes[t.cell(line, "项目名称")] {
			if unit == "" {
				continue
			}
			group += "（" + unit + "）"
		}
		for _, h := range t.headings {
			shown, is := line.cells[h.col]
			if !is || unmeasured[h.path()] != "" || unmeasured[h.levels[len(h.levels)-1]] != "" {
				continue
			}
			r.cell(t, line, h, group, shown)
		}
	}
}

func (r *reader) cell(t *Table, line row, h heading, group, shown string) {
	f := r.meaning(t, line, h)
	f.Group, f.At, f.Shown = join(f.Group, group), line.at[h.col], shown
	n, numeric := parseNumber(shown)
	if strings.HasPrefix(group, "任务=") {
		f.Subject = "任务"
	}
	switch total := t.total(line); {
	case t.at("灯") != 0:
		r.lamps(t, line, h, f, n)
	case h.levels[0] == "级别" && shown == "√":
		f.Measure, f.text = "级别", h.levels[len(h.levels)-1]
		r.add(f)
	case numeric && total && counted[f.Measure] != "":
		f.Measure = counted[f.Measure]
		fallthrough
	case numeric && !texts[f.Measure]:
		r.numbers++
		if f.Measure == "" || f.Subject == "" {
			r.unread = append(r.unread, f.At)
			return
		}
		f.number = n
		switch unit := t.cell(line, "单位"); {
		case money[lastPart(f.Measure)]:
			f.number = n.in(r.unitOf(t, line, h, n))
		case t.at("指标") != 0 && n.unit == "":
			f.number.unit = unit
		}
		r.add(f)
	case texts[f.Measure] && !total && single.MatchString(group):
		f.text = clean(shown)
		r.add(f)
		r.embedded(f, shown)
	case !total:
		r.embedded(f, shown)
	}
}

// namesakes are the names that two units have each a project of, by the ledgers, which have a line
// for each project: only the unit tells which one is meant.
func (f *Folder) namesakes() map[string]bool {
	twice := map[string]bool{}
	for _, s := range f.Sheets {
		if !strings.Contains(s.Title, "项目台账") {
			continue
		}
		for _, t := range s.Tables {
			of := map[string]string{}
			for _, line := range t.parts() {
				name, unit := t.cell(line, "项目名称"), t.cell(line, "责任单位")
				if first, is := of[name]; is && first != unit {
					twice[name] = true
				}
				of[name] = unit
			}
		}
	}
	return twice
}

// single are groups of one thing, of which words are told too.
var single = regexp.MustCompile(`^(?:项目|问题|任务)=`)

// lamps reads a table of lights: what a row counts of each kind.
func (r *reader) lamps(t *Table, line row, h heading, f Fact, n number) {
	lamp := t.cell(line, "灯")
	if f.Measure == "灯" || t.total(line) {
		return
	}
	r.numbers++
	f.Measure, f.Group, f.number = lamp, "", n
	if kind := h.levels[len(h.levels)-1]; kind != "总评" {
		f.Measure += "/" + kind
	}
	r.add(f)
}

// unitOf is the unit of money: at the number, in its heading, at the indicator, over the table.
func (r *reader) unitOf(t *Table, line row, h heading, n number) string {
	for _, words := range []string{n.unit, h.unit, t.cell(line, "单位"), t.cell(line, "指标"), t.caption} {
		if unit := unitOf(words); unit != "" {
			return unit
		}
	}
	return "万元"
}

func lastPart(path string) string { return path[strings.LastIndex(path, "/")+1:] }

func join(parts ...string) string {
	all := slices.DeleteFunc(slices.Clone(parts), func(p string) bool { return p == "" })
	return strings.Join(slices.Compact(all), "、")
}

var (
	toDate    = regexp.MustCompile(`1[—-]\d+月`)
	thisMonth = regexp.MustCompile(`(^|[^\dN—-])(?:\d+月|本月)完成`)
	fullMarks = regexp.MustCompile(`^(\d+分|加减分)$`)
)

// meaning is what a column measures in a row: subject, measure, month, and the group that its
// heading adds.
func (r *reader) meaning(t *Table, line row, h heading) Fact {
	f := Fact{Subject: r.subject}
	var path []string
	for i, level := range h.levels {
		month, isMonth := months[level]
		dimension, divides := across[level]
		switch {
		case isMonth:
			f.Month = month
		case divides && r.subject == "储备" && h.levels[0] != "调整到":
			f.Group = join(f.Group, dimension+"="+level)
		case level == "资金来源" && i < len(h.levels)-1:
			path = append(path, "总投资")
		case fullMarks.MatchString(level) && i > 0:
			path = append(path, "得分")
		default:
			path = append(path, level)
		}
	}
	f.Measure = strings.Join(path, "/")
	if name := t.cell(line, indicated...); name != "" && !slices.Contains(indicated, h.levels[0]) {
		r.indicate(&f, t, line, name)
	}
	if month := t.cell(line, "月份"); monthOfName.MatchString(month) {
		f.Month = month
	}
	if what := t.cell(line, "变动事项"); what != "" && changed[f.Measure] != "" {
		f.Measure, f.Month = what, changed[f.Measure]
	}
	if f.Measure == "" && f.Group != "" {
		f.Measure = "项目数"
	}
	if measure, is := before[h.plain]; is {
		f.Measure, f.Month = measure, "上月"
	}
	f.Subject, f.Measure = translate(f.Subject, f.Measure)
	return f
}

// indicate takes the name of a row as the measure.
func (r *reader) indicate(f *Fact, t *Table, line row, name string) {
	switch {
	case r.subject == "月评比":
		f.Measure = name + "/" + f.Measure
	case f.Measure == "" || f.Measure == "指标值":
		scope, _, _ := strings.Cut(t.cell(line, "口径"), "：")
		if !strings.HasPrefix(scope, "按") {
			scope = ""
		} else {
			scope = "（" + scope + "）"
		}
		subject, measure, group := indicate(r.subject, clean(name)+scope)
		f.Subject, f.Measure, f.Group = subject, measure, join(f.Group, group)
	default:
		f.Measure = name + t.cell(line, "口径") + "/" + f.Measure
	}
}

// indicate finds what the name of an indicator measures.
func indicate(subject, name string) (of, measure, group string) {
	for _, i := range indicators {
		m := i.name.FindStringSubmatchIndex(name)
		if m == nil {
			continue
		}
		expand := func(template string) string { return string(i.name.ExpandString(nil, template, name, m)) }
		measure := expand(i.measure)
		if short, is := spelled[measure]; is {
			measure = short
		}
		return i.subject, measure, expand(i.group)
	}
	return subject, name, ""
}

// translate gives a measure its one name.
func translate(subject, measure string) (of, name string) {
	measure = toDate.ReplaceAllString(measure, "1—N月")
	measure = thisMonth.ReplaceAllString(measure, "${1}N月完成")
	if measure == "N月完成" {
		measure = "N月完成投资"
	}
	for _, key := range []meaning{{subject, measure}, {"", measure}} {
		if m, is := meanings[key]; is {
			if m.subject == "" {
				m.subject = subject
			}
			return m.subject, m.measure
		}
	}
	return subject, measure
}

// obstacle is the number of a problem, whatever heading it stands under.
var obstacle = regexp.MustCompile(`^堵\d{4}-\d+$`)

// groupOf is what a row is of: "" where it is all.
func (r *reader) groupOf(t *Table, line row) string {
	scope := ""
	for _, w := range wholes {
		if strings.Contains(r.Title+t.caption, w.words) && (t.total(line) || strings.HasPrefix(w.group, "方案")) {
			scope = w.group
		}
	}
	if t.total(line) {
		return scope
	}
	if t.subtotal(line) {
		return join(scope, "类别="+t.cell(line, "类别"))
	}
	if _, has := t.column(indicated...); has && r.subject != "月评比" || t.at("月份") != 0 {
		return scope
	}
	if number := t.cell(line, "编号"); obstacle.MatchString(number) {
		return join(scope, "问题="+number)
	}
	for _, g := range groups {
		if g.dimension == "交办事项" && t.cell(line, "类别") == "滞后项目" {
			return join(scope, "项目="+clean(t.cell(line, "事项")))
		}
		if name := t.named(line, strings.Split(g.heading, "+")); name != "" {
			if kinds[name] {
				return join(scope, "类别="+name)
			}
			return join(scope, g.dimension+"="+clean(name))
		}
	}
	return join(scope, strings.Join(t.labels(line), "/"))
}

// named is what a row holds under all of the headings; "" if a heading or its cell is not there.
func (t *Table) named(line row, headings []string) string {
	name := ""
	for _, heading := range headings {
		part := t.cell(line, heading)
		if part == "" {
			return ""
		}
		name += part
	}
	return name
}

// pages reads orders: how many items each has.
func (r *reader) pages() {
	for _, o := range ordersOf(r.Sheet) {
		n, _ := parseNumber(o.items)
		r.add(Fact{Subject: "交办", Measure: "交办事项", Group: "单位=" + o.unit, number: n, At: o.at, Shown: o.items})
	}
}

// tiles reads numbers that stand alone under their names.
func (r *reader) tiles() {
	for i, t := range r.Texts {
		n, is := parseNumber(t.Words)
		if !is || n.unit == "" {
			continue
		}
		for _, above := range slices.Backward(r.Texts[:i]) {
			if above.col == t.col && above.row == t.row-1 {
				subject, measure, group := indicate(r.subject, clean(above.Words))
				subject, measure = translate(subject, measure)
				if money[measure] {
					n = n.in(unitOf(n.unit))
				}
				f := Fact{Subject: subject, Measure: measure, Group: group, number: n, At: t.At, Shown: t.Words}
				r.add(f)
				r.change(f, i)
				break
			}
		}
	}
}

// change reads the line under a tile: by how much it is more or less than last month.
func (r *reader) change(f Fact, tile int) {
	for _, below := range r.Texts[tile:] {
		m := more.FindStringSubmatchIndex(below.Words)
		if m == nil || below.col != r.Texts[tile].col || below.row != r.Texts[tile].row+1 {
			continue
		}
		n, _ := parseNumber(below.Words[m[4]:m[5]])
		if below.Words[m[2]:m[3]] == "减少" {
			n.value = -n.value
		}
		r.heard[[3]int{below.row, below.col, m[4]}] = true
		f.Month, f.number, f.At, f.Shown = "较上月", n.in(unitOf(below.Words[m[4]:])), below.At, below.Words
		r.add(f)
	}
}

var more = regexp.MustCompile(`^较上月(?:公布数)?(增加|减少)([\d,.]+)`)

// monthBefore is the month before one like 2024-06.
func monthBefore(month string) string {
	at, err := time.Parse("2006-01", month)
	if err != nil {
		return month + "上月"
	}
	return at.AddDate(0, -1, 0).Format("2006-01")
}

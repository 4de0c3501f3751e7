package consistency

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

var (
	// rounded is the note that parts, each rounded, need not add up to the rounded whole.
	rounded = regexp.MustCompile(`四舍五入[^。]*(?:出入|不等|不符)`)

	// overlapping is said where parts may be in the whole once and in several parts.
	overlapping = regexp.MustCompile(`不重复|兼有|计入每位|各计一次|只计一次`)

	// apart are headings whose numbers do not add up.
	apart = regexp.MustCompile(`率|占|比|时序差|名次|应达|亩均|序号|逾期天数|得分|上月$|单位数`)

	// counts of what a table lists, in its caption.
	captioned = regexp.MustCompile(`（(?:参评)?(\d+)[项个](?:[，、][^）]*)?）`)
)

// sums holds all wholes of a sheet's tables against the parts as they are shown.
func (r *Report) sums(s *Sheet) {
	for _, t := range s.Tables {
		r.listed(t)
		for _, line := range t.rows {
			r.across(t, line)
			r.changes(t, line)
			r.balance(t, line)
		}
		whole, has := t.whole()
		if !has || len(t.parts()) == 0 {
			continue
		}
		for _, h := range t.headings {
			r.down(t, h, whole)
		}
	}
}

// terms are the numbers that should make a whole.
type terms struct {
	sum, step float64
	n         int
}

func (t *terms) add(shown string, sign float64) {
	if n, is := parseNumber(shown); is && n.unit != "%" {
		t.sum, t.step, t.n = t.sum+sign*n.value, max(t.step, n.step), t.n+1
	}
}

// make holds a whole against its terms: they give it, or the sheet says why not.
func (r *Report) make(t *Table, of terms, shown string, at Place, what string) {
	whole, is := parseNumber(shown)
	if !is || of.n < 2 || whole.unit == "%" {
		return
	}
	r.Sums++
	off := max(of.sum-whole.value, whole.value-of.sum)
	step := max(of.step, whole.step)
	switch {
	case off < step/1e3:
	case t.notes(overlapping):
	case off <= step*float64(of.n+1)/2*1.0001 && step < 1:
		if !t.notes(rounded) {
			sheet := at.File + " " + at.Sheet
			r.tails[sheet] = append(r.tails[sheet], fmt.Sprintf("%s %s：显示%s，分项相加%.2f", at.Cell, what, shown, of.sum))
		}
	default:
		r.find("分项之和不等于总数", "%v %s：显示%s，分项相加%.4f", at, what, shown, of.sum)
	}
}

// notes reports whether the sheet, or the total's own label, says a thing.
func (t *Table) notes(what *regexp.Regexp) bool {
	whole, _ := t.whole()
	return what.MatchString(strings.Join(t.labels(whole), "")) ||
		slices.ContainsFunc(t.sheet.Texts, func(text Text) bool { return what.MatchString(text.Words) && !isRule.MatchString(text.Words) })
}

// down adds up a column to its 合计, and the rows between to each 小计.
func (r *Report) down(t *Table, h heading, whole row) {
	if apart.MatchString(h.path()) || unmeasured[h.path()] != "" {
		return
	}
	var all terms
	kinds := map[string]*terms{}
	for _, line := range t.parts() {
		all.add(line.cells[h.col], 1)
		kind := t.cell(line, "类别")
		if kinds[kind] == nil {
			kinds[kind] = &terms{}
		}
		kinds[kind].add(line.cells[h.col], 1)
	}
	r.make(t, all, whole.cells[h.col], whole.at[h.col], h.path())
	for _, line := range t.rows {
		if kind := kinds[t.cell(line, "类别")]; t.subtotal(line) && kind != nil {
			r.make(t, *kind, line.cells[h.col], line.at[h.col], h.path())
		}
	}
}

// across adds up the columns beside a 合计.
func (r *Report) across(t *Table, line row) {
	for _, h := range t.headings {
		i := slices.Index(h.levels, "合计")
		if i < 0 || h.col == t.headings[0].col {
			continue
		}
		var parts terms
		for _, other := range t.headings {
			if h.covers(other, i) && other.adds() {
				parts.add(line.cells[other.col], 1)
			}
		}
		r.make(t, parts, line.cells[h.col], line.at[h.col], "横向合计")
	}
}

// covers reports whether a heading, 合计 at a level, is the whole of another: one of its like beside
// it, or one of any depth where 合计 itself has nothing under it.
func (h heading) covers(other heading, level int) bool {
	if len(other.levels) <= level || other.levels[level] == "合计" || !slices.Equal(other.levels[:level], h.levels[:level]) {
		return false
	}
	return len(h.levels) == level+1 || slices.Equal(other.levels[level+1:], h.levels[level+1:])
}

// adds reports whether the numbers of a column add up to anything.
func (h heading) adds() bool {
	return !apart.MatchString(h.path()) && unmeasured[h.path()] == "" && counted[h.path()] == ""
}

// changes holds 较上月 against 本月 less 上月.
func (r *Report) changes(t *Table, line row) {
	for _, h := range t.headings {
		if months[h.levels[len(h.levels)-1]] != "较上月" {
			continue
		}
		var of terms
		for _, other := range t.headings {
			if len(other.levels) != len(h.levels) || !slices.Equal(other.levels[:len(other.levels)-1], h.levels[:len(h.levels)-1]) {
				continue
			}
			shown := strings.TrimSuffix(line.cells[other.col], "%")
			switch months[other.levels[len(other.levels)-1]] {
			case "本月":
				of.add(shown, 1)
			case "上月":
				of.add(shown, -1)
			default:
				if other.path() == "指标值" {
					of.add(shown, 1)
				}
			}
		}
		r.make(t, of, line.cells[h.col], line.at[h.col], "本月－上月 "+strings.Join(t.labels(line), " "))
	}
}

// balance holds what is left against what came, went and was there.
func (r *Report) balance(t *Table, line row) {
	for _, h := range t.headings {
		if h.levels[0] != "公布" {
			continue
		}
		var of terms
		for _, other := range t.headings {
			sign := 1.
			if strings.HasPrefix(other.levels[0], "减") {
				sign = -1
			}
			if other.levels[len(other.levels)-1] == h.levels[len(h.levels)-1] && other.col != h.col {
				of.add(line.cells[other.col], sign)
			}
		}
		r.make(t, of, line.cells[h.col], line.at[h.col], "对账 "+strings.Join(t.labels(line), " "))
	}
}

// listed holds the count in a caption, and one under the names, against the rows.
func (r *Report) listed(t *Table) {
	if all := captioned.FindAllStringSubmatch(t.caption, -1); all != nil && len(t.rows) > 0 {
		r.rows(t, all[len(all)-1][1], t.rows[0].at[t.headings[0].col])
	}
	whole, has := t.whole()
	if !has {
		return
	}
	for _, h := range t.headings {
		if n, is := parseNumber(whole.cells[h.col]); is && n.unit != "" && slices.Contains([]string{"项目名称", "责任单位", "问题编号", "编号"}, h.path()) {
			r.rows(t, strings.TrimSuffix(whole.cells[h.col], n.unit), whole.at[h.col])
		}
	}
}

func (r *Report) rows(t *Table, shown string, at Place) {
	n, is := parseNumber(shown)
	r.Sums++
	if is && int(n.value) != len(t.parts()) {
		r.find("写明的个数与行数不同", "%v：写明%s，有%d行", at, shown, len(t.parts()))
	}
}

// equation is a whole and its parts in running text: 584 行＝采用 471＋退回 8.
var (
	equation = regexp.MustCompile(`(\d+) ?行＝((?:\p{Han}+ ?\d+[＋－]?)+)`)
	addend   = regexp.MustCompile(`(\d+)`)
)

// equations holds what running text adds up.
func (r *Report) equations(s *Sheet) {
	for _, t := range s.Texts {
		for _, m := range equation.FindAllStringSubmatch(t.Words, -1) {
			whole, _ := parseNumber(m[1])
			var of terms
			for _, part := range addend.FindAllString(m[2], -1) {
				of.add(part, 1)
			}
			r.Sums++
			if of.sum != whole.value {
				r.find("分项之和不等于总数", "%v：%s，分项相加%g", t.At, m[0], of.sum)
			}
		}
	}
}

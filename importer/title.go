package importer

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"huizong/importer/sheet"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A title is what stands above a header, and in the signatures below the table.
type title struct {
	rest   string            // what is no labelled field: the title itself
	fields map[string]string // 填报单位, 单位, 填报人, 填报日期, 报告期: the first of each
	refs   map[string]string // the cell of each
	first  string            // the cell of the title
	none   bool              // 零报告
	same   bool              // 本月无变化
}

// labelNames are the labels of a title block by what they say. A label of nobody's
// interest is known so that it ends the value before it.
var labelNames = map[string]string{}

var labelled *regexp.Regexp

func init() {
	var all []string
	for _, names := range []string{
		"填报单位 填报部门 报送单位 报送部门 填表单位 编报单位 编制单位 上报单位 单位名称",
		"金额单位 计量单位 货币单位", "单位", "填报人 填表人 制表人 经办人 报送人",
		"填报日期 填报时间 填表日期 填表时间 报送日期 报送时间 上报日期 上报时间 制表日期 制表时间 日期",
		"报告期 报表期 所属期 报送月份 填报月份 所属月份 统计月份 月份 统计期 统计时间 统计期间 截至日期 统计截止日期 数据截止日期", "报告类型 报表类型 报送情况",
		"审核人 审核 单位负责人 分管领导 负责人 联系人 联系电话 电话 手机 统一社会信用代码 盖章",
	} {
		list := strings.Fields(names)
		for _, name := range list {
			labelNames[name] = list[0]
		}
		all = append(all, list...)
	}
	labelled = regexp.MustCompile(`(` + strings.Join(all, "|") + `)(?:\([^()]*\))?:`)
}

const cellEnd = "\x00"

// readTitle reads lines of a title or of signatures. Labels and values may share a cell or
// stand in neighbouring ones, in any spacing.
func readTitle(p *page, from, to int) title {
	t := title{fields: map[string]string{}, refs: map[string]string{}}
	for i := from; i < to; i++ {
		t.add(p.titleLine(&p.lines[i]))
	}
	return t
}

// add goes on with a line below.
func (t *title) add(l title) {
	t.rest += l.rest
	t.first = cmp.Or(t.first, l.first)
	t.none, t.same = t.none || l.none, t.same || l.same
	for name, value := range l.fields {
		if t.fields[name] == "" {
			t.fields[name], t.refs[name] = value, l.refs[name]
		}
	}
}

// titleLine reads a line as one of a title, once.
func (p *page) titleLine(l *line) title {
	t, ok := p.titles[l.number]
	if !ok {
		t = p.newTitle(l)
		p.titles[l.number] = t
	}
	return t
}

// Bounds on what may be a line of a title: cells, and bytes of each. What is longer is a text of
// its own, what is wider a list.
const (
	widestTitle = 256
	longestNote = 3_000
)

// newTitle reads a line as one of a title.
func (p *page) newTitle(l *line) title {
	t := title{fields: map[string]string{}, refs: map[string]string{}}
	var text strings.Builder
	var starts []int
	cells := slices.DeleteFunc(slices.Clone(l.cells[:min(len(l.cells), widestTitle)]), func(cell sheet.Cell) bool {
		return len(cell.Raw) > longestNote || !p.search.takes(titleSteps*len(cell.Raw))
	})
	for _, cell := range cells {
		words := ledger.Fold(cell.Raw)
		if labelled.FindString(words+":") == words+":" {
			words += ":"
		}
		if cell.Kind == sheet.Number && dateFormat(cell.Format) != noDate {
			date, _, _ := numberDate(cell, p.date1904)
			if dateFormat(cell.Format) == monthShown {
				date.Day = 0
			}
			words = date.String()
		}
		starts = append(starts, text.Len())
		text.WriteString(words + cellEnd)
		t.nothing(words)
		if t.first == "" {
			t.first = sheet.Ref(cell.Column, l.number)
		}
	}
	all := text.String()
	cellAt := func(offset int) string {
		i := 0
		for i+1 < len(starts) && starts[i+1] <= offset {
			i++
		}
		return sheet.Ref(cells[i].Column, l.number)
	}
	places := labelled.FindAllStringSubmatchIndex(all, -1)
	var rest strings.Builder
	last := 0
	for i, place := range places {
		rest.WriteString(all[last:place[0]])
		end := len(all)
		if i+1 < len(places) {
			end = places[i+1][0]
		}
		value := strings.TrimLeft(all[place[1]:end], cellEnd)
		offset := end - len(value)
		value, _, _ = strings.Cut(value, cellEnd)
		value = inBrackets(value)
		last = offset + len(value)
		if name := labelNames[all[place[2]:place[3]]]; value != "" && t.fields[name] == "" {
			t.fields[name], t.refs[name] = value, cellAt(offset)
		}
	}
	rest.WriteString(all[last:])
	t.rest = rest.String()
	return t
}

// inBrackets ends a value where the bracket closes that its label stands in: 单位:亿元) is
// 亿元.
func inBrackets(value string) string {
	depth := 0
	for i, r := range value {
		switch r {
		case '(':
			depth++
		case ')':
			if depth--; depth < 0 {
				return value[:i]
			}
		}
	}
	return value
}

var nothing = regexp.MustCompile(`(零报告|(?:本月|本期)无变化|^无变化)[)。]*$`)

// nothing reads 零报告 and 本月无变化, as the end of a statement; instructions that only
// mention them are none.
func (t *title) nothing(words string) bool {
	m := nothing.FindStringSubmatch(words)
	if m == nil || note.MatchString(words) || strings.ContainsAny(words, "如若请的") {
		return false
	}
	if m[1] == "零报告" {
		t.none = true
	} else {
		t.same = true
	}
	return true
}

// formNamed finds the form that lines name: the longest title or alias in them.
func (c Config) formNamed(p *page, from, to int) *form.Form {
	return c.formIn(readTitle(p, from, to).rest)
}

// titled is the form whose official title stands in a text; nil if there is none.
func (c Config) titled(text string) *form.Form {
	text = ledger.Fold(text)
	for _, f := range c.Forms {
		if strings.Contains(text, titlesOf(f)[0]) {
			return f
		}
	}
	return nil
}

func (c Config) formIn(text string) *form.Form {
	f, _ := c.formWords(text)
	return f
}

func (c Config) formWords(text string) (named *form.Form, words string) {
	text = ledger.Fold(text)
	for _, f := range c.Forms {
		for _, name := range titlesOf(f) {
			if len(name) > len(words) && strings.Contains(text, name) {
				named, words = f, name
			}
		}
	}
	return named, words
}

var titles sync.Map // *form.Form → []string

// titlesOf are the title and the other names of a form, folded once: forms do not change.
func titlesOf(f *form.Form) []string {
	if names, ok := titles.Load(f); ok {
		return names.([]string)
	}
	names := []string{ledger.Fold(f.Title)}
	for _, alias := range f.Aliases {
		names = append(names, ledger.Fold(alias))
	}
	titles.Store(f, names)
	return names
}

// or fills in from another title what this one leaves open: a table below another may go
// by the title of the first, and signatures stand below.
func (t title) or(other title) title {
	merged := title{rest: t.rest, first: t.first, none: t.none, same: t.same, fields: maps.Clone(t.fields), refs: maps.Clone(t.refs)}
	if strings.Trim(t.rest, cellEnd) == "" {
		merged.rest, merged.first = other.rest, other.first
	}
	for name, value := range other.fields {
		if merged.fields[name] == "" {
			merged.fields[name], merged.refs[name] = value, other.refs[name]
		}
	}
	return merged
}

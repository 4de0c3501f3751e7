package importer

import (
	"maps"
	"path"
	"regexp"
	"strconv"
	"strings"

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
		"报告期 报表期 所属期 报送月份 填报月份 所属月份 月份", "报告类型 报表类型 报送情况",
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
		t.line(&p.lines[i])
	}
	return t
}

func (t *title) line(l *line) {
	var text strings.Builder
	var starts []int
	for _, cell := range l.cells {
		words := ledger.Fold(cell.Raw)
		if labelled.FindString(words+":") == words+":" {
			words += ":"
		}
		if cell.Kind == sheet.Number && dateFormat(cell.Format) != noDate {
			date, _, _ := numberDate(cell, false)
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
		return sheet.Ref(l.cells[i].Column, l.number)
	}
	places := labelled.FindAllStringSubmatchIndex(all, -1)
	last := 0
	for i, place := range places {
		t.rest += all[last:place[0]]
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
	t.rest += all[last:]
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

func (c Config) formIn(text string) *form.Form {
	f, _ := c.formWords(text)
	return f
}

func (c Config) formWords(text string) (named *form.Form, words string) {
	text = ledger.Fold(text)
	for _, f := range c.Forms {
		for _, name := range append([]string{f.Title}, f.Aliases...) {
			if name = ledger.Fold(name); len(name) > len(words) && strings.Contains(text, name) {
				named, words = f, name
			}
		}
	}
	return named, words
}

// A sender is whom and which month a return was found to be of, and how.
type sender struct {
	department string
	unlisted   bool // the unit that the title states is not on the list
	period     ledger.Period
	assumed    bool // the period is that of the run
}

// sender looks for department and period in the title, else in the names of sheet and
// file, the department else in the folders, from the innermost; the period else is the
// run's. A sheet's name counts only where all of it is a unit's.
func (c Config) sender(t title, sheetName, file string) sender {
	var s sender
	base := strings.TrimSuffix(path.Base(file), path.Ext(file))
	s.department, s.unlisted = c.department(t, sheetName, base, path.Dir(file))
	for _, text := range []string{t.fields["报告期"], t.rest, ledger.Fold(base)} {
		if s.period = c.periodIn(text, t); !s.period.IsZero() {
			return s
		}
	}
	s.period, s.assumed = c.Period, !c.Period.IsZero()
	return s
}

func (c Config) department(t title, sheetName, base, folders string) (name string, unlisted bool) {
	for _, label := range []string{"填报单位", "单位"} {
		stated := strings.Trim(seal.Replace(t.fields[label]), "_")
		if unit, ok := c.County.Unit(stated); ok {
			return unit.Name, false
		}
		if stated == "" || label == "单位" && unitOfMoney(stated) {
			continue
		}
		if unit, ok := c.County.UnitIn(stated); ok {
			return unit.Name, false
		}
		unlisted = true
	}
	if unit, ok := c.officeBeside(t.rest); ok {
		return unit, unlisted
	}
	if unit, ok := c.County.Unit(sheetName); ok {
		return unit.Name, unlisted
	}
	if unit, ok := c.officeBeside(base); ok {
		return unit, unlisted
	}
	for folders != "." && folders != "/" && folders != "" {
		if unit, ok := c.County.UnitIn(folderName(folders)); ok {
			return unit.Name, unlisted
		}
		folders = path.Dir(folders)
	}
	return "", unlisted
}

// folderName is the name of the innermost folder of a path; an archive is one, by its name
// without .zip.
func folderName(folders string) string {
	name := path.Base(folders)
	if extension := path.Ext(name); strings.EqualFold(extension, ".zip") {
		return strings.TrimSuffix(name, extension)
	}
	return name
}

// officeBeside finds the unit that a text names besides the name of the form: 招商签约项目表
// says nothing of 招商服务中心.
func (c Config) officeBeside(text string) (string, bool) {
	text = ledger.Fold(text)
	if _, words := c.formWords(text); words != "" {
		text = strings.ReplaceAll(text, words, cellEnd)
	}
	unit, ok := c.County.UnitIn(text)
	return unit.Name, ok
}

var seal = strings.NewReplacer("(盖章)", "", "(公章)", "", "(章)", "")

// Periods as titles write them; of a range the last month counts. What has a day is a date,
// no period.
var (
	yearMonths  = regexp.MustCompile(`((?:20)?\d\d)年度?(?:\d{1,2}月?[-至到])?(\d{1,2})月(\d{1,2}[日号])?`)
	numbered    = regexp.MustCompile(`(?:^|[^\d.])(20\d\d)[.\-/]?(0[1-9]|1[0-2]|[1-9])(?:$|[^\d.\-/年月])`)
	monthsAlone = regexp.MustCompile(`(?:^|\D)(?:\d{1,2}月?[-至到])?(\d{1,2})月(\d{1,2}[日号])?`)
	yearAlone   = regexp.MustCompile(`(?:^|\D)(20\d\d)(?:年|\D|$)`)
	partOfYear  = strings.NewReplacer("上半年", "6月", "前三季度", "9月", "第一季度", "3月", "一季度", "3月")
)

// periodIn finds the month that a text names; zero if it names none. A month without a
// year is of the year that text, title or signature name, else of the run's.
func (c Config) periodIn(text string, t title) ledger.Period {
	text = chineseDigits(partOfYear.Replace(text))
	for _, m := range yearMonths.FindAllStringSubmatch(text, -1) {
		if p := periodOf(m[1], m[2]); m[3] == "" && !p.IsZero() {
			return p
		}
	}
	for _, m := range numbered.FindAllStringSubmatch(text, -1) {
		if p := periodOf(m[1], m[2]); !p.IsZero() {
			return p
		}
	}
	for _, m := range monthsAlone.FindAllStringSubmatch(text, -1) {
		if m[2] != "" {
			continue
		}
		for _, years := range []string{text, chineseDigits(t.rest)} {
			if y := yearAlone.FindStringSubmatch(years); y != nil {
				return periodOf(y[1], m[1])
			}
		}
		if !c.Period.IsZero() {
			return periodOf(strconv.Itoa(c.Period.Year), m[1])
		}
		if date := t.prepared(); !date.IsZero() {
			p := periodOf(strconv.Itoa(date.Year), m[1])
			if !p.IsZero() && date.Period().Less(p) {
				p.Year--
			}
			return p
		}
	}
	return ledger.Period{}
}

func periodOf(year, month string) ledger.Period {
	y, _ := strconv.Atoi(year)
	if y < 100 {
		y += 2000
	}
	m, _ := strconv.Atoi(month)
	if m < 1 || m > 12 {
		return ledger.Period{}
	}
	return ledger.Period{Year: y, Month: m}
}

var (
	chineseYear  = regexp.MustCompile(`[二][〇○零oO0]([一二三四五六七八九〇○零])([一二三四五六七八九〇○零])年`)
	chineseMonth = regexp.MustCompile(`(十[一二]?|[一二三四五六七八九])月`)
	yearDigits   = strings.NewReplacer("〇", "0", "○", "0", "零", "0", "o", "0", "O", "0", "一", "1", "二", "2", "三", "3", "四", "4", "五", "5", "六", "6",
		"七", "7", "八", "8", "九", "9")
	monthNumbers = map[string]string{"一": "1", "二": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7", "八": "8", "九": "9", "十": "10", "十一": "11",
		"十二": "12"}
)

// chineseDigits writes 二〇二四年六月 as 2024年6月.
func chineseDigits(text string) string {
	text = chineseYear.ReplaceAllStringFunc(text, yearDigits.Replace)
	return chineseMonth.ReplaceAllStringFunc(text, func(month string) string {
		return monthNumbers[strings.TrimSuffix(month, "月")] + "月"
	})
}

// prepared is 填报日期; zero if the title has none that can be read.
func (t *title) prepared() ledger.Date {
	date, _, wrong := parseDate(t.fields["填报日期"])
	if wrong == nil && date.Month != 0 {
		return date
	}
	return ledger.Date{}
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

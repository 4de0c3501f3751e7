package importer

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"huizong/importer/sheet"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// readDate reads a date, which words may stand around: 预计2024年10月开工 is a date of a
// column of what is to come, and none of what has happened.
func readDate(c *form.Column, cell sheet.Cell, in calendar) reading {
	date, did, wrong := ledger.Date{}, "", NotDate
	switch {
	case cell.Kind == sheet.Number:
		date, did, wrong = numberDate(cell, in.date1904)
	case cell.Kind != sheet.Text:
	case len(cell.Raw) == 5 && strings.Trim(cell.Raw, "0123456789") == "": // a serial, as text
		date, did, wrong = numberDate(sheet.Cell{Kind: sheet.Number, Raw: cell.Raw}, in.date1904)
	default:
		date, did, wrong = parseDate(cell.Raw)
	}
	if cell.Kind == sheet.Text && (wrong == NotDate || wrong == YearMissing) {
		if notYet(c, cell.Raw) {
			return nothingIn(cell)
		}
		date, did, wrong = dateAmongWords(c, cell.Raw, in)
	}
	switch {
	case wrong == MonthUnclear:
		year, _, _ := strings.Cut(significant(cell.Raw), ".")
		return reading{wrong: wrong, expected: year + "年1月或" + year + "年10月"}
	case wrong == nil && did == onlyYear && !c.Ahead:
		return fails(DateUnclear)
	case wrong != nil:
		return fails(wrong)
	}
	return reading{value: ledger.Words(date.String()), did: done(did)}
}

// dateCore is what may be a date in a text that was spelled plainly.
var dateCore = regexp.MustCompile(`\d[\d年月日.\-/,、第季度上下半中旬底末初份]*`)

// The words that staff put around a date. Those of an event are read only in a column that
// is of the event.
var (
	plannedWords = []string{"计划", "预计", "预期", "争取", "力争", "暂定", "初定", "拟", "预"}
	roughWords   = []string{"大约", "左右", "前后", "约"}
	beforeWords  = []string{"之前", "以前", "前"}
	notYetWords  = []string{"尚未", "暂未", "还未", "仍未", "未", "没有", "没", "待"}
	emptyWords   = []string{"已经", "已于", "实际", "正式", "全面", "时间", "日期", "建设", "施工", "开始", "已", "于", "在", "自", "起", "了", "为", "完毕"}
)

// eventWords are what the names of columns call an event, then its other words.
var eventWords = [][]string{
	{"开工", "动工", "启动", "进场"}, {"竣工", "完工", "建成", "完成", "投产", "投用", "交工"}, {"入统", "纳统", "入库", "纳入统计"}, {"签约", "签订", "签署"},
	{"注册", "登记"}, {"提出", "反映", "上报", "提报"}, {"受理"}, {"交办", "调度"}, {"办结", "完成", "解决"}, {"完成", "办结"}, {"销号"},
	{"召开", "印发", "下发"}, {"开始", "出发"}, {"结束", "返回"},
}

// dateAmongWords reads a date that words stand around, and a day without a year in a form of
// the month's own.
func dateAmongWords(c *form.Column, raw string, in calendar) (date ledger.Date, did string, wrong *ledger.Code) {
	if len(raw) > longestDate {
		return date, "", NotDate
	}
	text := plainDate(raw)
	at := dateCore.FindStringIndex(text)
	if at == nil {
		return date, "", NotDate
	}
	said, ok := wordsAround(c, text[:at[0]]+" "+text[at[1]:])
	if !ok {
		return date, "", NotDate
	}
	core := text[at[0]:at[1]]
	date, part, wrong := parseDate(core)
	did = part
	if wrong == YearMissing {
		date, did, wrong = in.inYear(c, core)
	}
	switch {
	case wrong != nil:
		return date, "", wrong
	case said.planned && !c.Ahead:
		return date, "", NotYetHappened
	case (said.rough || said.before) && !c.Ahead, said.before && date.Day == 0 && part == "":
		return date, "", DateUnclear
	case did == "":
		did = "“" + tidy(raw) + "”只取日期"
	}
	return date, did, nil
}

// inYear reads a month and day without a year. In a form of the month's own the year is the
// return's: for what has happened up to its month, for what is to come in the half year from it.
func (in calendar) inYear(c *form.Column, text string) (date ledger.Date, did string, wrong *ledger.Code) {
	if c.Form.Stock || in.period.IsZero() {
		return date, "", YearMissing
	}
	sign := "年"
	if i := strings.IndexAny(text, "/-."); i >= 0 {
		sign = text[i : i+1]
	}
	date, did, wrong = parseDate(strconv.Itoa(in.period.Year) + sign + text)
	if wrong != nil {
		return date, "", wrong
	}
	after := date.Month - in.period.Month
	if !c.Ahead && after > 0 || c.Ahead && (after < 0 || after > 6) {
		return date, "", YearMissing
	}
	return date, join(did, "年份按报告期"), nil
}

// around is what the words around a date say of it.
type around struct{ planned, rough, before bool }

// wordsAround reads the words around a date; not ok where any of them may mean something else.
func wordsAround(c *form.Column, text string) (said around, ok bool) {
	for _, rest := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("() :,;、.", r) }) {
		for rest != "" {
			switch {
			case cutWord(&rest, plannedWords):
				said.planned = true
			case cutWord(&rest, roughWords):
				said.rough = true
			case cutWord(&rest, beforeWords):
				said.before = true
			case cutWord(&rest, emptyWords), cutEvent(&rest, c):
			default:
				return said, false
			}
		}
	}
	return said, true
}

// cutWord cuts one of the words off the beginning of a text.
func cutWord(text *string, words []string) bool {
	for _, word := range words {
		if rest, ok := strings.CutPrefix(*text, word); ok {
			*text = rest
			return true
		}
	}
	return false
}

// cutEvent cuts off a word of the event that the column is of.
func cutEvent(text *string, c *form.Column) bool {
	for _, words := range eventWords {
		names := func(name string) bool { return strings.Contains(name, words[0]) }
		if (names(c.Name) || slices.ContainsFunc(c.Aliases, names)) && cutWord(text, words) {
			return true
		}
	}
	return false
}

// notYet reports words by which the event of the column has not happened: 尚未开工.
func notYet(c *form.Column, raw string) bool {
	if len(raw) > longestDate {
		return false
	}
	text := strings.Trim(ledger.Fold(raw), "()")
	if !cutWord(&text, notYetWords) || text == "" {
		return false
	}
	for text != "" {
		if !cutEvent(&text, c) && !cutWord(&text, emptyWords) {
			return false
		}
	}
	return true
}

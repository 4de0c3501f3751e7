package importer

import (
	"slices"
	"strconv"
	"strings"

	"huizong/importer/sheet"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

type rowKind uint8

const (
	dataRow rowKind = iota
	blankRow
	totalRow   // 合计, 小计, 平均
	sectionRow // 一、 and （一）, an office over its projects, 续建项目 with its sums
	partRow    // 其中: a part of what stands above
	numberRow  // the columns numbered: 1, 2, 3
	headingRow // the header again, on a new printed page
	noteRow    // notes, signatures, 零报告
	sampleRow  // an example of how to fill in the form
	doubtRow   // a project or a total: its sums tell, else nobody can
)

// A use is what a column of the sheet is to its rows.
type use uint8

const (
	noUse     use = iota
	nameUse       // the entity's name
	wordUse       // words that a project has and a total has not
	officeUse     // such words that are written once for several rows
	figureUse     // numbers
)

// usesOf gives the use of each column of the sheet, by its number.
func usesOf(head *header) []use {
	uses := make([]use, 1)
	for i, b := range head.bound {
		c := head.form.Columns[i]
		for len(uses) <= b.at {
			uses = append(uses, noUse)
		}
		switch {
		case b.at == 0 || c.Role == form.RoleRemark:
		case c == head.form.Entity.Column:
			uses[b.at] = nameUse
		case figures(c):
			uses[b.at] = figureUse
		case c.Identity:
			uses[b.at] = officeUse
		default:
			uses[b.at] = wordUse
		}
	}
	return uses
}

func (r *reader) useOf(column int) use {
	if column < len(r.uses) {
		return r.uses[column]
	}
	return noUse
}

// A gist is what a row has, at a glance.
type gist struct {
	serial  bool // a number of its own
	words   int  // columns of words besides its first text, its name and its remarks
	offices int  // those of them that are written once for several rows
	figures int
}

// bare reports a row that says nothing where a project must.
func (g gist) bare() bool { return g.words == 0 }

func (r *reader) gistOf(l *line) gist {
	g := gist{serial: serial(l.at(r.head.ordinal))}
	first := true
	for _, cell := range l.cells {
		switch used := r.useOf(cell.Column); {
		case cell.Column == r.head.ordinal && g.serial:
		case used == figureUse && figure(cell):
			g.figures++
		case first && cell.Kind == sheet.Text:
			first = false
		case (used == wordUse || used == officeUse) && !saysNothing(cell):
			g.words++
			if used == officeUse {
				g.offices++
			}
		}
	}
	return g
}

// figure reports a cell that holds a number, however it is typed.
func figure(cell sheet.Cell) bool {
	if cell.Kind == sheet.Text {
		text := strings.TrimLeft(width(tidy(cell.Raw)), "¥￥$-+.约")
		return text != "" && isDigit(rune(text[0]))
	}
	return cell.Kind == sheet.Number && dateFormat(cell.Format) == noDate || cell.Formula
}

// dots reports a cell that stands for more of the same: ……
func dots(cell sheet.Cell) bool {
	return cell.Kind == sheet.Text && strings.Trim(cell.Raw, ".…· ") == ""
}

// saysNothing reports a word cell that a total has, too: a stroke, or how many rows it is of.
func saysNothing(cell sheet.Cell) bool {
	const stroke, count = 6, 24 // bytes
	return cell.Kind == sheet.Text && (len(cell.Raw) <= stroke && (blankWord(cell.Raw) || dots(cell)) ||
		len(cell.Raw) <= count && strings.ContainsAny(cell.Raw, "个项家户条处") && countAlone.MatchString(ledger.Fold(cell.Raw)))
}

// serial reports a number in front of a row: 3, 3.1, （三）, ③, A2.
func serial(cell sheet.Cell) bool {
	const longest = 24 // bytes
	if cell.Kind == sheet.Number {
		return true
	}
	if cell.Kind != sheet.Text || len(cell.Raw) > longest {
		return false
	}
	text := strings.Trim(ledger.Fold(cell.Raw), "().、,:-·*★▲#")
	return text != "" && strings.Trim(text, "0123456789.-一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩ABCDEFGHabcdefghⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ") == ""
}

// A habit is what most rows of a table have: a row that has it not is none of them.
type habit struct {
	serials bool
	words   bool
	many    bool // words in three columns or more
	last    int  // the last row with words and a number of any kind
}

func habitOf(lines []line, gists []gist) habit {
	var h habit
	numbered, unnumbered, worded, wordy, bare := 0, 0, 0, 0, 0
	for i, g := range gists {
		switch {
		case g.serial && len(lines[i].cells) > 1:
			numbered++
		case g.words > 0:
			unnumbered++
		}
		switch {
		case g.words > g.offices:
			worded++
		case g.figures > 0:
			bare++
		}
		if g.words > 2 {
			wordy++
		}
		if g.words > 0 && (g.serial || g.figures > 0) {
			h.last = lines[i].number
		}
	}
	const totals = 4 // at most so many totals and sections for each project
	h.serials = numbered > 0 && numbered >= unnumbered
	h.words = worded > 0 && totals*worded >= bare
	h.many = h.words && 2*wordy > worded
	return h
}

// stray reports a row that has next to nothing of what the others have.
func (r *reader) stray(l *line, g gist) bool {
	few := g.bare() || g.words == 1 && r.habit.many
	if !few || g.serial || !r.habit.serials && !r.habit.words {
		return false
	}
	if _, covered := r.page.mergedOver(l.number, r.head.ordinal); covered && r.habit.serials {
		return false
	}
	for column := range r.uses {
		if r.uses[column] == wordUse && len(r.page.down[column]) > 0 {
			if _, covered := r.page.mergedOver(l.number, column); covered {
				return false
			}
		}
	}
	return true
}

// kindOf tells what a row is, and what it says of itself where it is no data. A row is data
// if it has what the others have; one that has not is what it says, else what it adds up.
func (r *reader) kindOf(l *line, g gist) (rowKind, string) {
	switch {
	case r.fresh && columnNumbers(l):
		return numberRow, ""
	case g.serial && g.words > 1:
		return r.sampleOr(dataRow, l)
	case r.empty(l):
		return blankRow, ""
	case r.headingAgain(l):
		return headingRow, ""
	case r.speaksOfWhole(l):
		return dataRow, ""
	case r.unlabelled(l):
		return totalRow, ""
	}
	if kind, label := r.captioned(l, g); kind != dataRow {
		return kind, label
	}
	return r.sampleOr(r.uncaptioned(l, g), l)
}

// captioned tells what a row is by what one of its texts says.
func (r *reader) captioned(l *line, g gist) (rowKind, string) {
	const short = 24 // bytes: 工作小结 ends the name of a meeting, too
	texts := r.texts(l, g)
	for _, text := range texts {
		said := noCaption
		if g.words <= 1 || g.figures == 0 || strings.ContainsAny(text, sumSigns) {
			said = captionOf(text)
		}
		switch {
		case said == sumCaption && (g.bare() || !g.serial && (r.habit.serials || len(text) <= short)),
			said == looseCaption && g.bare() && !g.serial:
			return r.unlessRate(totalRow, l), text
		case !g.serial && (said == partCaption || strings.HasPrefix(text, "其中") && r.groups(strings.TrimPrefix(text, "其中"))):
			return partRow, text
		case said == footCaption && !g.serial && g.figures == 0 && (g.bare() || l.number > r.habit.last),
			strings.ContainsAny(text, ":.、(") && note.MatchString(text), !g.serial && signatures(l, g):
			return noteRow, text
		case said == continuedCaption && g.bare() && g.figures == 0:
			return headingRow, text
		case g.bare() && section.MatchString(text):
			return sectionRow, r.label(l)
		}
	}
	if g.words > 1 || !g.bare() && g.serial {
		return dataRow, ""
	}
	for _, text := range r.names(l, texts) {
		switch group := r.groups(text); {
		case group && r.stray(l, g):
			return r.unlessRate(sectionRow, l), text
		case group, captionOf(text) == looseCaption:
			return doubtRow, text
		}
	}
	return dataRow, ""
}

// names are those of the texts of a row that may name a group: its name, where it has one.
func (r *reader) names(l *line, texts []string) []string {
	if name := l.at(r.entity().at); name.Kind == sheet.Text && !saysNothing(name) {
		return []string{ledger.Fold(name.Raw)}
	}
	return texts
}

// unlessRate is the kind of a row that says that it is no data. One with a figure that no sum
// has, in a form that has it for the whole (全县增速), would lose it and is in doubt.
func (r *reader) unlessRate(kind rowKind, l *line) rowKind {
	if r.head.form.Whole != nil && r.holdsRate(l) {
		return doubtRow
	}
	return kind
}

// texts are the texts by which a row may say what it is: its first, its name, its words
// where it has hardly any, and whatever it says where it has no name.
func (r *reader) texts(l *line, g gist) []string {
	texts := []string{r.label(l)}
	add := func(cell sheet.Cell) {
		if text := ledger.Fold(cell.Raw); cell.Kind == sheet.Text && text != texts[0] {
			texts = append(texts, text)
		}
	}
	name := l.at(r.entity().at)
	add(l.cells[0])
	add(name)
	for _, cell := range l.cells {
		used := r.useOf(cell.Column)
		if g.words <= 1 && (used == wordUse || used == officeUse || !holds(name)) {
			add(cell)
		}
	}
	return texts
}

// label is what a row that is no data says of itself: its first text, or its name.
func (r *reader) label(l *line) string { return ledger.Fold(r.labelCell(l).Raw) }

func (r *reader) labelCell(l *line) sheet.Cell {
	first, name := l.cells[0], l.at(r.entity().at)
	if (first.Kind != sheet.Text || first.Column == r.head.ordinal && serial(first)) && name.Kind == sheet.Text {
		return name
	}
	return first
}

// uncaptioned tells what a row is that says nothing of it.
func (r *reader) uncaptioned(l *line, g gist) rowKind {
	first := l.cells[0]
	alone := len(l.cells) == 1 && first.Kind == sheet.Text
	switch {
	case alone && (new(title).nothing(ledger.Fold(first.Raw)) || r.noted):
		return noteRow
	case alone && (r.head.ordinal == first.Column || r.page.across[[2]int{l.number, first.Column}] > 2):
		return sectionRow
	case alone && l.number > r.habit.last && strings.ContainsAny(first.Raw, "。；;：:"):
		return noteRow
	case r.stray(l, g):
		return doubtRow
	}
	return dataRow
}

// sampleOr tells an example by its number or its name: 示例, XX项目. A name that leaves
// something out is in doubt once there are projects above it.
func (r *reader) sampleOr(kind rowKind, l *line) (rowKind, string) {
	name := ledger.Fold(l.at(r.entity().at).Raw)
	switch {
	case kind != dataRow && kind != doubtRow:
		return kind, ""
	case exampleNumber(l.at(r.head.ordinal)), exampleName(name):
		return sampleRow, name
	case placeholder(name) && len(r.records) == 0:
		return sampleRow, name
	case placeholder(name):
		return doubtRow, name
	case kind == doubtRow:
		return doubtRow, r.label(l)
	}
	return dataRow, ""
}

// holdsRate reports a row with a figure that no sum of rows has.
func (r *reader) holdsRate(l *line) bool {
	for i, b := range r.head.bound {
		if b.at != 0 && r.head.form.Columns[i].Type == form.RateType && holds(l.at(b.at)) {
			return true
		}
	}
	return false
}

// speaksOfWhole reports the row of the county as a whole, which is data of some forms.
func (r *reader) speaksOfWhole(l *line) bool {
	whole := r.head.form.Whole
	if whole == nil || !r.holdsRate(l) {
		return false
	}
	record := r.bareRecord(l)
	return whole.Judge(r.env(&record)) == form.Passes
}

// signatures reports a line of labelled fields, as below a table: 填报人：… 审核人：…. The
// first cell is a label, and no other a figure unless half of all are labels.
func signatures(l *line, g gist) bool {
	const label = 60 // bytes
	first := l.cells[0]
	if first.Kind != sheet.Text || (len(first.Raw) > label || g.figures > 0) && !strings.ContainsAny(first.Raw, ":：") {
		return false
	}
	labels := 0
	for i, cell := range l.cells {
		text := ledger.Fold(cell.Raw)
		if !strings.HasSuffix(text, ":") {
			text += ":"
		}
		place := labelled.FindStringIndex(text)
		if place != nil && place[0] == 0 {
			labels++
		} else if i == 0 {
			return false
		}
	}
	return g.figures == 0 || 2*labels >= len(l.cells)
}

// empty reports a row prepared and not filled in: a number in front, dots, and formulas that
// come to nothing.
func (r *reader) empty(l *line) bool {
	for _, cell := range l.cells {
		if dots(cell) {
			continue
		}
		nothing := cell.Formula && (cell.Kind == sheet.Error || cell.Kind == sheet.Blank || significant(cell.Raw) == "0")
		numbered := cell.Column == r.head.ordinal && ordinal.MatchString(ledger.Fold(cell.Raw))
		if !numbered && (!nothing || cell.Column == r.entity().at) {
			return false
		}
	}
	return true
}

// unlabelled reports a total that does not say so: formulas alone, and of figures only.
func (r *reader) unlabelled(l *line) bool {
	for _, cell := range l.cells {
		if used := r.useOf(cell.Column); !cell.Formula || used == nameUse || used == wordUse || used == officeUse {
			return false
		}
	}
	return true
}

// columnNumbers reports a row that numbers the columns: 1, 2, 3 or 甲, 乙, 1, 2=3+4.
func columnNumbers(l *line) bool {
	const longest = 40 // bytes
	before, numbers := 0, 0
	for i, cell := range l.cells {
		if len(cell.Raw) > longest {
			return false
		}
		text := ledger.Fold(cell.Raw)
		if i == 0 && columnTitles[text] || strings.Trim(text, "-/") == "" {
			continue
		}
		n, ok := columnNumber(text)
		if !ok || n != 0 && before != 0 && n != before+1 {
			return false
		}
		if n != 0 {
			before = n
		}
		numbers++
	}
	return numbers >= 3
}

var columnTitles = map[string]bool{"栏次": true, "列次": true, "项次": true, "栏号": true, "列号": true, "行次": true, "序号": true, "编号": true}

// columnNumber reads the number of a column, 0 for a letter: 3, (3), ③, 三, 3=1+2, 丙, C.
func columnNumber(text string) (n int, ok bool) {
	text, _, _ = strings.Cut(text, "=")
	text = strings.TrimSuffix(strings.TrimSuffix(strings.Trim(text, "()"), "栏"), "列")
	if n, err := strconv.Atoi(text); err == nil {
		return n, n > 0
	}
	letters := []rune(text)
	if len(letters) != 1 {
		return 0, false
	}
	switch letter := letters[0]; {
	case letter >= '①' && letter <= '⑳':
		return int(letter-'①') + 1, true
	case strings.ContainsRune("一二三四五六七八九十", letter):
		return len([]rune(strings.SplitAfter("一二三四五六七八九十", text)[0])), true
	}
	return 0, strings.Contains("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", text)
}

// headingAgain reports a row that repeats the header.
func (r *reader) headingAgain(l *line) bool {
	same, other := 0, 0
	for _, b := range r.head.bound {
		if b.at == 0 || !holds(l.at(b.at)) {
			continue
		}
		text := ledger.Fold(l.at(b.at).Raw)
		if slices.ContainsFunc(b.head.levels, func(level label) bool { return level.text == text }) {
			same++
		} else {
			other++
		}
	}
	return same >= 2 && same > other
}

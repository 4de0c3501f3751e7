package importer

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"huizong/importer/sheet"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A saying is what the name of a sheet, a title or a section row says of the rows below it:
// 储备一批, 一、续建项目. It stands for a column that the table lacks; a cell that says
// otherwise wins.
type saying struct {
	column *form.Column
	field  ledger.Field
	rank   rank
}

// A rank tells which sayings a section ends: those of its own rank and below.
type rank uint8

const (
	ofTable   rank = iota // of the sheet's name or the title: ended by none
	ofPart                // 一、
	ofSubpart             // （一）
	ofGroup               // without a number
)

func rankOf(label string) rank {
	switch {
	case strings.HasPrefix(label, "("):
		return ofSubpart
	case section.MatchString(label):
		return ofPart
	}
	return ofGroup
}

// sheetSays is what the name of a sheet says. A word that the form bears in its own name,
// as 谋划储备项目表 does 储备, says something only where another sheet says another word.
func (o *opened) sheetSays(f *form.Form, name string) []saying {
	var all []saying
	for _, s := range o.sayings(f, name) {
		alone := !slices.ContainsFunc(o.sheets, func(other string) bool {
			return slices.ContainsFunc(o.sayings(f, other), func(t saying) bool { return t.column == s.column && t.field.Value != s.field.Value })
		})
		if alone && inNameOf(f, s.field.Raw) {
			continue
		}
		s.field.Raw, s.field.Did = "", "按工作表名“"+name+"”"
		all = append(all, s)
	}
	return all
}

// titleSays is what the lines above a header say; a section among them may stand for blank
// cells, too.
func (o *opened) titleSays(f *form.Form, lines []line) []saying {
	var all []saying
	for i := range lines {
		l := &lines[i]
		for _, cell := range l.cells {
			if cell.Kind != sheet.Text || len(cell.Raw) > longestLabel {
				continue
			}
			text := ledger.Fold(cell.Raw)
			for _, s := range o.sayings(f, text) {
				did := "按表名“" + text + "”"
				if section.MatchString(text) {
					s.rank, did = rankOf(text), "按所在部分“"+text+"”"
				} else if inNameOf(f, s.field.Raw) {
					continue
				}
				s.field.Cell, s.field.Raw, s.field.Did = ledger.Cell{Column: cell.Column, Row: l.number}, cell.Raw, did
				all = append(withoutColumn(all, s.column), s)
			}
		}
	}
	return all
}

func withoutColumn(all []saying, c *form.Column) []saying {
	return slices.DeleteFunc(all, func(s saying) bool { return s.column == c })
}

// inNameOf reports whether a form bears a word in its own title or in another.
func inNameOf(f *form.Form, word string) bool {
	return slices.ContainsFunc(append([]string{f.Title}, f.Aliases...), func(name string) bool { return strings.Contains(ledger.Fold(name), word) })
}

// sayings reads the required choices, and the field of projects, that a text names. The Raw
// of each is the word that names it.
func (c Config) sayings(f *form.Form, text string) []saying {
	text = strings.ReplaceAll(ledger.Fold(text), c.County.Name, "")
	subject := subjectOf(text)
	if _, name := c.formWords(text); name != "" {
		text = strings.ReplaceAll(text, name, cellEnd)
	}
	var all []saying
	for _, column := range f.Columns {
		if column.Need != form.Required {
			continue
		}
		name, word := "", ""
		switch {
		case column.Type == form.ChoiceType || column.Type == form.SetType:
			if name, word = wordNamed(column, subject), subject; name == "" {
				name, word = wordIn(column, text)
			}
		case column.Role == form.RoleField:
			if field, known := c.County.Field(subject); known {
				name, word = field, subject
			}
		}
		if name != "" {
			all = append(all, saying{column: column, field: ledger.Field{Value: ledger.Words(name), Raw: word}})
		}
	}
	return all
}

// subjectOf is what a heading of a part is about: 续建 of 一、续建项目（12个）.
func subjectOf(text string) string {
	text = section.ReplaceAllString(text, "")
	text, _, _ = strings.Cut(text, "(")
	text = strings.TrimRight(text, "0123456789个项:、.")
	for _, ending := range []string{"表", "库", "项目", "工程", "领域", "类", "部分"} {
		text = strings.TrimSuffix(text, ending)
	}
	return text
}

// wordNamed is the official word of a choice that a text is; blank if it is none.
func wordNamed(c *form.Column, text string) string {
	for _, word := range c.Words {
		for _, name := range append([]string{word.Name}, word.Aliases...) {
			if ledger.Fold(name) == text {
				return word.Name
			}
		}
	}
	return ""
}

// wordIn finds the one word of a choice that a text names, and how it says it; none if it
// names several, as 续建、新开工 does.
func wordIn(c *form.Column, text string) (official, said string) {
	for _, s := range wordNamesOf(c) {
		before, after, found := strings.Cut(text, s.name)
		if !found {
			continue
		}
		text = before + cellEnd + after
		if !standsAlone(c, before, after) {
			return "", ""
		}
		if official != "" && official != s.official {
			return "", ""
		}
		official, said = s.official, s.name
	}
	return official, said
}

// A wordName is a way to write a word of a choice.
type wordName struct{ official, name string }

var wordNames sync.Map // *form.Column → []wordName

// wordNamesOf are those of a column of more than one character, folded, the longest first.
func wordNamesOf(c *form.Column) []wordName {
	if all, ok := wordNames.Load(c); ok {
		return all.([]wordName)
	}
	var all []wordName
	for _, word := range c.Words {
		for _, name := range append([]string{word.Name}, word.Aliases...) {
			if name = ledger.Fold(name); utf8.RuneCountInString(name) > 1 {
				all = append(all, wordName{word.Name, name})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b wordName) int { return cmp.Compare(len(b.name), len(a.name)) })
	wordNames.Store(c, all)
	return all
}

// What may follow a word that names a part, and what turns it into another before it.
var (
	partFollows = []string{"项目", "重点", "一批", "类", "阶段", "工程", "情况", "进展", "建设", "工作", "表", "台账", "共", "(", ":", "、", ",", "和", cellEnd}
	turnsWords  = "未不非无拟待尚划计"
)

// standsAlone reports whether a word between two texts is a word by itself: not 县级 in
// 县级领导 or 省市县级, not 开工 in 未开工.
func standsAlone(c *form.Column, before, after string) bool {
	begins := func(word string) bool { return strings.HasPrefix(after, word) }
	follows := after == "" || slices.ContainsFunc(partFollows, begins) || slices.ContainsFunc(c.Form.Columns, func(other *form.Column) bool {
		return other.Need == form.Required && other != c && slices.ContainsFunc(other.Words, func(word form.Word) bool { return begins(word.Name) })
	})
	last, _ := utf8.DecodeLastRuneInString(before)
	return follows && !strings.ContainsRune(turnsWords, last) && wordNamed(c, string(last)) == ""
}

// section takes note of what a section row, which is labelled with a text, says of the rows below it.
func (r *reader) section(l *line, text string) {
	cell := r.labelCell(l)
	if i := slices.IndexFunc(l.cells, func(cell sheet.Cell) bool { return ledger.Fold(cell.Raw) == text }); i >= 0 {
		cell = l.cells[i]
	}
	rank := rankOf(text)
	says := r.in.sayings(r.head.form, text)
	if unit, ok := r.in.County.Unit(subjectOf(text)); ok {
		if c := r.head.form.Role(form.RoleResponsible); c != nil {
			says = append(says, saying{column: c, field: ledger.Field{Value: ledger.Words(unit.Name)}})
		}
	}
	nested := rank == ofGroup && len(says) > 0 && r.headed == len(r.records) // straight below another heading
	if !nested {
		r.says = slices.DeleteFunc(r.says, func(s saying) bool { return s.rank >= rank })
	}
	r.headed = len(r.records)
	for _, s := range says {
		s.rank = rank
		s.field.Cell, s.field.Raw, s.field.Did = ledger.Cell{Column: cell.Column, Row: l.number}, cell.Raw, "按所在部分“"+text+"”"
		r.says = append(withoutColumn(r.says, s.column), s)
	}
}

// give puts what is said above a row into the fields that the row leaves open.
func (r *reader) give(fields []ledger.Field) {
	for _, s := range r.says {
		field := &fields[s.column.Index]
		open := r.head.bound[s.column.Index].at == 0 || s.rank != ofTable
		if open && !field.Value.Known && field.Raw == "" {
			*field = s.field
			r.gave[s.column] = true
		}
	}
}

// goOn are the sayings of a section that stands below the last row: it is the title of what
// follows.
func (r *reader) goOn() []saying {
	if r.headed != len(r.records) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(r.says), func(s saying) bool { return s.rank == ofTable })
}

// taken are those of the sayings that a row had a value from.
func (r *reader) taken(says []saying) []string {
	var all []string
	for _, s := range says {
		if r.gave[s.column] {
			all = append(all, s.column.ID+" "+s.field.Value.S)
		}
	}
	return all
}

package ledger

import (
	"cmp"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"unicode"
)

// A Severity says what a department owes us about a finding.
type Severity int

const (
	Notice Severity = iota // 提示性: good to know
	Query                  // 核实性: correct it, or explain it
	Error                  // 强制性: must be corrected
)

// An Effect says what a finding does to the month; the harshest comes last.
type Effect int

const (
	Accept          Effect = iota // 照常采用
	AcceptExplained               // 说明后采用: counts at once, must be explained before the month is closed
	SetAside                      // 留作更正: kept with a month that is closed, which it does not change
	HoldField                     // 暂缓该项: the last accepted value of the field stays in force
	RejectRow                     // 退回该行: the last accepted row stays in force
	RejectReturn                  // 退回该表
	RejectFile                    // 退回文件
)

// A Level is the breadth of a check, 0–5 as official statistics number them.
type Level int

const (
	Level0 Level = iota // file and format
	Level1              // within a return
	Level2              // against the same department's earlier months
	Level3              // between departments
	Level4              // between forms
	Level5              // against outside figures
)

// A Lang is a language of findings: Chinese for those who fill in sheets, English beside it.
type Lang int

const (
	Chinese Lang = iota
	English
)

// A Phrase says one thing in both languages; it may be a format.
type Phrase [2]string // by Lang

// In is the phrase in a language.
func (p Phrase) In(lang Lang) string { return p[lang] }

// Format is the phrase in a language with its arguments put in.
func (p Phrase) Format(lang Lang, args ...any) string { return fmt.Sprintf(p[lang], args...) }

var (
	severities = [...]Phrase{{"提示", "notice"}, {"核实", "query"}, {"强制", "error"}}
	effects    = [...]Phrase{{"照常采用", "accept"}, {"说明后采用", "accept-if-explained"}, {"留作更正", "set-aside"},
		{"暂缓该项", "hold-field"},
		{"退回该行", "reject-row"}, {"退回该表", "reject-return"}, {"退回文件", "reject-file"}}
)

// String is the word of the machine-readable results.
func (s Severity) String() string { return severities[s].In(English) }

// In is the severity as people read it.
func (s Severity) In(lang Lang) string { return severities[s].In(lang) }

// String is the word of the machine-readable results.
func (e Effect) String() string { return effects[e].In(English) }

// In is the effect as people read it.
func (e Effect) In(lang Lang) string { return effects[e].In(lang) }

// A Text is what a declaration of a finding says in one language: what is wrong, and what to do
// about it.
type Text struct{ Wrong, Remedy string }

// A Code is a kind of finding, declared once: C01 不是金额.
type Code struct {
	ID       string // F file, C cell, V validation, M between months and departments
	Severity Severity
	Effect   Effect
	Level    Level
	Type     string // Frictionless' word where it has one, else ours
	Wrong    Phrase // what is wrong
	Remedy   Phrase // what to do about it
}

// MayBeTried reports whether a rule can be put on trial: one on what was read that holds back a field at most, so that
// nothing else rests on it.
func (c *Code) MayBeTried() bool { return c.ID[0] == 'V' && c.Effect <= HoldField }

// OnTrial is the code as it is told while its rule is on trial (试行): it says what it sees, and asks and holds back nothing.
func (c *Code) OnTrial() *Code { return trials[c.ID] }

// OfReading reports whether reading a file finds it (F, C); the rest is judged from what
// was read, and may be judged anew.
func (c *Code) OfReading() bool { return c.ID[0] == 'F' || c.ID[0] == 'C' }

// OfMonth reports whether it takes the whole month to find it (M).
func (c *Code) OfMonth() bool { return c.ID[0] == 'M' }

var (
	codes    = map[string]*Code{}
	trials   = map[string]*Code{}  // as they are told on trial
	declared = map[string]string{} // file and line of each, for who declares it again
)

// Declare registers a kind of finding at start. A code declared twice is a programmer's
// mistake and panics: it says where the other stands and what to do.
func Declare(id string, severity Severity, effect Effect, level Level, kind string, chinese, english Text) *Code {
	at := declaration()
	if codes[id] != nil {
		panic(fmt.Sprintf("the finding %s is declared at %s and again at %s: give the second a number that is free (huizong codes lists those taken)",
			id, declared[id], at))
	}
	code := Code{ID: id, Severity: severity, Effect: effect, Level: level, Type: kind,
		Wrong: Phrase{chinese.Wrong, english.Wrong}, Remedy: Phrase{chinese.Remedy, english.Remedy}}
	trial := code
	trial.Severity, trial.Effect = Notice, Accept
	trial.Wrong = Phrase{"（试行）" + chinese.Wrong, "(on trial) " + english.Wrong}
	codes[id], trials[id] = &code, &trial
	declared[id] = at
	return codes[id]
}

// declaration is the file and line that a finding is being declared at: of the variable, however
// many functions shorten its declaration.
func declaration() string {
	calls := make([]uintptr, 16)
	frames := runtime.CallersFrames(calls[:runtime.Callers(3, calls)])
	frame, more := frames.Next()
	for outer := frame; more && !strings.HasSuffix(frame.Function, ".init"); {
		if outer, more = frames.Next(); strings.HasSuffix(outer.Function, ".init") {
			frame = outer
		}
	}
	return fmt.Sprintf("%s:%d", frame.File, frame.Line)
}

// Zh is the Chinese text of a declaration.
func Zh(wrong, remedy string) Text { return Text{wrong, remedy} }

// En is the English text of a declaration.
func En(wrong, remedy string) Text { return Text{wrong, remedy} }

// Codes are all kinds of finding in order of their ID: the dictionary that `codes` prints.
func Codes() []*Code {
	all := make([]*Code, 0, len(codes))
	for _, code := range codes {
		all = append(all, code)
	}
	slices.SortFunc(all, func(a, b *Code) int { return cmp.Compare(a.ID, b.ID) })
	return all
}

// CodeByID finds a declared code; nil if there is none.
func CodeByID(id string) *Code { return codes[id] }

// A Finding is something a department should look at.
type Finding struct {
	Code *Code

	// Where. File is relative to the inbox; Sheet, Cell ("H7") and Row are blank or 0 where
	// the finding is of the whole file or return. One of a whole column has a Field and no Row;
	// in a return of several tables its Row is that of the table's header.
	File, Sheet, Cell string
	Row               int

	// About what. Empty where the finding is of the file.
	Period     Period
	Department string
	Form       string
	Entity     string // the row's own name: the project, the leader, the problem's number; the form's title where a return is missing
	Field      string // the column's official name; of several columns their names with Between between them

	Found    string // what the cell says, as it says it; of what has no cell, what it is about
	Expected string // what would be right, blank where nobody can know
}

// Between parts the names of several columns in Field.
const Between = "、"

// Fields are the official names of the columns that the finding is about.
func (f Finding) Fields() []string { return strings.Split(f.Field, Between) }

// Key names the finding without its place in a sheet, so that it survives re-upload:
// code, period, department, form, entity and field.
func (f Finding) Key() string {
	return strings.Join([]string{f.Code.ID, f.Period.String(), f.Department, f.Form, f.Entity, f.Field}, "|")
}

// An Asked is what a finding asks about, whatever the month, the place and the value.
type Asked struct {
	Code                            *Code
	Department, Form, Entity, Field string
}

// Asked is what it asks about.
func (f Finding) Asked() Asked { return Asked{f.Code, f.Department, f.Form, f.Entity, f.Field} }

// The words around the texts of a finding.
var (
	opening     = Phrase{"（", " ("}
	closing     = Phrase{"）", ")"}
	foundIs     = Phrase{"填的是“", `found "`}
	foundEnds   = Phrase{"”", `"`}
	namely      = Phrase{"具体为：", "namely: "}
	expectedIs  = Phrase{"应为：", "expected: "}
	betweenSuch = Phrase{"；", "; "}
	atRow       = Phrase{" 第%d行", " row %d"}
	toDo        = Phrase{"：", ": "}
)

// Message says what is wrong in one clause: 不是金额（填的是“约40”；应为：…）.
func (f Finding) Message(lang Lang) string {
	var found, between, expected string
	switch {
	case f.Found != "" && f.Cell != "":
		found = foundIs.In(lang) + brief(f.Found) + foundEnds.In(lang)
	case f.Found != "":
		found = namely.In(lang) + brief(f.Found)
	}
	if f.Expected != "" {
		expected = expectedIs.In(lang) + f.Expected
	}
	switch {
	case found == "" && expected == "":
		return f.Code.Wrong.In(lang)
	case found != "" && expected != "":
		between = betweenSuch.In(lang)
	}
	return f.Code.Wrong.In(lang) + opening.In(lang) + found + between + expected + closing.In(lang)
}

// brief is what a cell says on one line, cut after forty characters.
func brief(text string) string {
	if strings.ContainsFunc(text, unicode.IsSpace) {
		text = strings.Join(strings.Fields(text), " ")
	}
	characters := 0
	for at := range text {
		if characters == 40 {
			return text[:at] + "…"
		}
		characters++
	}
	return text
}

// Line is the finding as a clerk reads it, at its place, with what to do:
//
//	县交通局6月进展.xlsx 重点项目!H7  C01 不是金额（填的是“约40”）：请只填数字，单位万元
//
// A finding of no file is placed by its department, one of no cell by its row.
func (f Finding) Line(lang Lang) string {
	place := cmp.Or(f.File, f.Department)
	if f.Sheet != "" {
		place += " " + f.Sheet
	}
	switch {
	case f.Cell != "":
		place += "!" + f.Cell
	case f.Row != 0:
		place += atRow.Format(lang, f.Row)
	}
	about := f.Field
	if f.Entity != "" {
		about = strings.TrimSuffix(brief(f.Entity)+" · "+f.Field, " · ")
	}
	if about != "" {
		about += " "
	}
	return place + "  " + f.Code.ID + " " + about + f.Message(lang) + toDo.In(lang) + f.Code.Remedy.In(lang)
}

// Add adds a finding to those of a file, of which there may be a hundred thousand: append alone
// would copy all of them, again and again, for a quarter more each time.
func Add(all []Finding, f Finding) []Finding {
	if len(all) == cap(all) {
		all = slices.Grow(all, max(16, len(all)/2))
	}
	return append(all, f)
}

// SortFindings orders findings by file, sheet, row, cell and code: the order of every output.
func SortFindings(all []Finding) {
	if !slices.IsSortedFunc(placesOf(all), compareFindings) {
		copy(all, SortedFindings(all))
	}
}

// SortedFindings are the findings of lists as one, in the order of every output. To sort them by
// where they are spares moving each a dozen times.
func SortedFindings(lists ...[]Finding) []Finding {
	order := placesOf(lists...)
	slices.SortFunc(order, compareFindings)
	sorted := make([]Finding, len(order))
	for i, f := range order {
		sorted[i] = *f
	}
	return sorted
}

// placesOf are where the findings of lists are.
func placesOf(lists ...[]Finding) []*Finding {
	var places []*Finding
	for _, list := range lists {
		places = slices.Grow(places, len(list))
		for i := range list {
			places = append(places, &list[i])
		}
	}
	return places
}

func compareFindings(a, b *Finding) int {
	if order := cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Sheet, b.Sheet), cmp.Compare(a.Row, b.Row)); order != 0 {
		return order
	}
	if order := cmp.Or(cmp.Compare(len(a.Cell), len(b.Cell)), cmp.Compare(a.Cell, b.Cell), cmp.Compare(a.Code.ID, b.Code.ID)); order != 0 {
		return order // keys are dear to make
	}
	return cmp.Or(cmp.Compare(a.Key(), b.Key()), cmp.Compare(a.Found, b.Found), cmp.Compare(a.Expected, b.Expected))
}

// Package form holds the returns themselves: what each form asks, under which names, in
// which shape, and what must hold among its columns. One file a form; a column is one
// line, a rule one entry. A form knows nothing of files, counties or databases.
package form

import (
	"cmp"
	"fmt"
	"path"
	"runtime"
	"slices"
	"strings"

	"huizong/internal/ledger"
	"huizong/internal/naming"
)

// A Form is a kind of return (报表).
type Form struct {
	Number  int    // place among the forms, and of every list of them
	ID      string // "progress": also the name of its table
	Title   string // 表名 as departments know it
	English string
	Aliases []string // other titles and file names it goes by

	// Stock says that rows stand until they leave: what a return leaves out keeps its last
	// values (沿用). Rows of other forms are the month's own.
	Stock bool

	Columns []*Column
	// Ambiguous are headings that staff use for either of two columns.
	Ambiguous []Ambiguity

	Rules   []Rule
	Figures []Figure
	// Amount is the money that the ledger balance of the form is struck in.
	Amount Money

	// Entity names a row: the project, the leader, the problem's number.
	Entity Text
	// ProjectCode and Owners identify the project of a row with its name; Owners in order of
	// preference (项目单位, else 责任单位). Unset where rows are no projects.
	ProjectCode *Column
	Owners      []Text
	// Stage is the choice by which an entity moves on (批次调整): the batch, the class.
	Stage *Column
	// Apart are the columns that tell rows of one name apart where they are no projects: the
	// day of a meeting, the scheme of a task.
	Apart []*Column
	// RollPart and RollText are the columns for what a row of the county's roll is a part of and for its text;
	// nil where the form has none.
	RollPart *Column
	RollText *Column
	// Whole holds of a row that speaks of the county as a whole and bears no name (全县); nil
	// if the form has none.
	Whole Statement
	// Tracked are the columns whose changes are listed from month to month (月度变动).
	Tracked []*Column
	// Package and IsPackage tie the parts of a 打包项目 to it by name; unset where there are none.
	Package   *Column
	IsPackage *Column
	// Leaves holds for a row by which its entity leaves the stock (退库, 调出, 销号); nil if
	// rows do not leave.
	Leaves Statement
	// Ended holds for a row whose matter ended in its month: it counts in that month, and
	// nobody misses it the month after. nil if matters do not end.
	Ended Statement

	declared string // where, file:line, for who declares it again
}

// An Ambiguity is a heading that may mean one of several columns: 累计完成投资 is since
// January or since the start. It means the one whose statement no row breaks, if rows
// break each of the others; else nobody can tell.
type Ambiguity struct {
	Names    []string
	Meanings []Meaning
}

// A Meaning is a column that an ambiguous heading may mean, and what then holds of a row.
type Meaning struct {
	Column *Column
	Holds  Statement
}

var registry []*Form

// newForm registers a form; All lists the forms by number. Two forms of one number or ID
// are a programmer's mistake.
func newForm(f Form) *Form {
	for _, other := range registry {
		if other.ID == f.ID || other.Number == f.Number {
			panic(fmt.Sprintf("form %s, number %d, is declared already as %s, number %d, at %s: give it an ID of its own and number %d",
				f.ID, f.Number, other.ID, other.Number, other.declared, registry[len(registry)-1].Number+1))
		}
	}
	_, file, line, _ := runtime.Caller(1)
	f.declared = fmt.Sprintf("%s:%d", file, line)
	registry = append(registry, &f)
	slices.SortFunc(registry, func(a, b *Form) int { return cmp.Compare(a.Number, b.Number) })
	return &f
}

// All are the forms in their order.
func All() []*Form { return slices.Clone(registry) }

// ByID finds a form; nil if there is none of that name.
func ByID(id string) *Form {
	for _, f := range registry {
		if f.ID == id {
			return f
		}
	}
	return nil
}

// Column finds a column by its ID; nil if the form has none of that name.
func (f *Form) Column(id string) *Column {
	for _, c := range f.Columns {
		if c.ID == id {
			return c
		}
	}
	return nil
}

// Owner is who the row's project belongs to: 项目单位, else 责任单位, else blank.
func (f *Form) Owner(r *ledger.Record) string {
	for _, owner := range f.Owners {
		if name := owner.Of(r); name != "" {
			return name
		}
	}
	return ""
}

// Code is the row's project code; blank if it has none.
func (f *Form) Code(r *ledger.Record) ledger.ProjectCode {
	if f.ProjectCode == nil {
		return ""
	}
	return ledger.ProjectCode(f.ProjectCode.value(r).S)
}

// Identity is what the row is known by; identify is the county's way with names. A code that is
// malformed or whose check digit fails identifies nobody.
func (f *Form) Identity(r *ledger.Record, identify func(naming.Said) naming.Identity) naming.Identity {
	said := naming.Said{Name: f.Name(r), Owner: f.Owner(r)}
	if place := f.Role(RolePlace); place != nil {
		said.Place = place.value(r).S
	}
	for _, c := range f.Apart {
		said.Apart = append(said.Apart, c.Show(c.value(r)))
	}
	if code := f.Code(r); code != "" && code.Check() == ledger.CodeGood {
		said.Code = code
	}
	return identify(said)
}

// Name is what the row's entity is called; 全县 where it speaks of the county as a whole.
func (f *Form) Name(r *ledger.Record) string {
	if f.Whole != nil && f.Whole.Judge(&Env{Now: r}) == Passes {
		return "全县"
	}
	return f.Entity.Of(r)
}

// A Type is the shape of a column's values; ledger.Value says how each is held.
type Type int

const (
	TextType   Type = iota
	CodeType        // project code, folded to half width
	AmountType      // money; a bare number is in the unit of its heading, else of the sheet
	RateType        // percent
	CountType       // a number of things or mu, to four decimals
	FlagType        // 是/否
	DateType        // a day, month or year
	SpanType        // from–to
	ChoiceType      // one of Words
	SetType         // any of Words
)

var typeNames = [...]string{"文本", "项目代码", "金额", "百分比", "数量", "是否", "日期", "起止时间", "单选", "多选"}

// String is the type as the dictionary of forms prints it.
func (t Type) String() string { return typeNames[t] }

// Need says whether a row must have the column.
type Need bool

const (
	Optional Need = false
	Required Need = true
)

// A Word is an official word of a choice, with what staff write instead of it.
type Word struct {
	Name    string
	Aliases []string
}

// A Column is what a form asks of a row. A Name or alias may be a path of two header rows,
// such as 资金来源/银行贷款. N stands for a month and 年 for a year: 1-N月累计完成投资 is
// also 1-6月累计完成投资, 年计划投资 also 2024年计划投资.
type Column struct {
	Form    *Form
	Index   int    // place among the columns of the form, and of a record's fields
	ID      string // "year_to_date": also the column of its table
	Name    string
	Aliases []string
	Need    Need
	Waived  Statement // where it holds, a required column may be blank
	Type    Type
	Words   []Word // of a choice or set, which has no others; of a text, which may
	Role    Role   // by which code for all forms finds it

	// ResetsInJanuary marks what is said of one year (since 1 January, to the end of last year):
	// in January there is no month before.
	ResetsInJanuary bool
	// OfMonth marks figures of one month alone, which never carry over to the next.
	OfMonth bool
	// Anew marks what is said anew each month: last month's value is no answer, though it stands
	// where there is none.
	Anew bool
	// Identity columns are what a row is known by: without them it cannot be taken.
	Identity bool
	// Ahead marks dates of what is planned or due; other dates are of what has happened.
	Ahead bool
	// Personal columns (telephone numbers) appear in no leader's workbook.
	Personal bool
}

// A Role is what a column is to any form that has one like it. Code that is written once for all
// forms finds a column by its role, never by what it is called.
type Role int

const (
	NoRole          Role = iota
	RoleRemark           // 备注: what anybody wants to add
	RolePlace            // 建设地点
	RoleTotal            // 总投资
	RoleLand             // an area in 亩, which 平方米 and 公顷 are converted to
	RoleLastYear         // what stood at the end of last year: its heading may name that year
	RoleField            // 领域: one of those that county.toml lists
	RoleResponsible      // 责任单位, of those that county.toml lists; 督办 may name anybody
	RoleLeader           // 包抓领导, of those that county.toml lists
	RoleLeaving          // why the entity leaves the stock: 退库原因, 调出原因
)

// Role finds the column of a role; nil if the form has none.
func (f *Form) Role(role Role) *Column {
	for _, c := range f.Columns {
		if c.Role == role {
			return c
		}
	}
	return nil
}

// play gives a column its role. Two columns of one role in a form are a programmer's mistake.
func (c *Column) play(role Role) {
	if other := c.Form.Role(role); other != nil {
		panic(fmt.Sprintf("form %s has two columns of one role: %s and %s", c.Form.ID, other.ID, c.ID))
	}
	c.Role = role
}

func (c Text) as(role Role) Text   { c.play(role); return c }
func (c Money) as(role Role) Money { c.play(role); return c }
func (c Count) as(role Role) Count { c.play(role); return c }

func (c Date) ahead() Date { c.Ahead = true; return c }

func (c *Column) value(r *ledger.Record) ledger.Value {
	if r == nil {
		return ledger.Value{}
	}
	return r.Fields.Value(c.Index)
}

// Official is the official word for what a text says; the text itself if it is none of the
// column's words.
func (c *Column) Official(text string) string {
	folded := ledger.Fold(text)
	for _, word := range c.Words {
		for _, name := range append([]string{word.Name}, word.Aliases...) {
			if ledger.Fold(name) == folded {
				return word.Name
			}
		}
	}
	return text
}

// Value is what a record says in the column.
func (c *Column) Value(r *ledger.Record) ledger.Value { return c.value(r) }

// Field is what a record says in the column, with where it comes from.
func (c *Column) Field(r *ledger.Record) ledger.Field { return r.Fields.At(c.Index) }

// Set puts a value into the column of a record, and leaves where it comes from.
func (c *Column) Set(r *ledger.Record, v ledger.Value) {
	field := c.Field(r)
	field.Value = v
	r.Set(c.Index, field)
}

// String is the column's official name without its group.
func (c *Column) String() string { return path.Base(c.Name) }

// Show writes a value as people read it: amounts in 万元, rates in percent.
func (c *Column) Show(v ledger.Value) string {
	if !v.Known {
		return ""
	}
	switch c.Type {
	case AmountType:
		return ledger.Exactly(v.N, int64(ledger.TenThousandYuan))
	case RateType:
		return ledger.Exactly(v.N, 10_000) + "%"
	case CountType:
		return ledger.Exactly(v.N, CountScale)
	case FlagType:
		return YesNo(v.N == 1)
	case SpanType:
		return strings.ReplaceAll(v.S, "/", "—")
	default:
		return v.S
	}
}

// YesNo is the word of a flag.
func YesNo(yes bool) string {
	if yes {
		return "是"
	}
	return "否"
}

// Spell writes a value as Show does, amounts with their unit: 8000万元.
func (c *Column) Spell(v ledger.Value) string {
	if c.Type == AmountType && v.Known {
		return c.Show(v) + "万元"
	}
	return c.Show(v)
}

// CountScale and RateScale are the parts that counts and rates are held in.
const (
	CountScale = 10_000
	RateScale  = 1_000_000
)

// The typed handles of columns: the compiler checks every rule against its column.
type (
	Text   struct{ *Column }
	Code   struct{ *Column }
	Money  struct{ *Column }
	Rate   struct{ *Column }
	Count  struct{ *Column }
	Flag   struct{ *Column }
	Date   struct{ *Column }
	Span   struct{ *Column }
	Choice struct{ *Column }
	Set    struct{ *Column }
)

// Of is the text of a record; blank if it has none.
func (c Text) Of(r *ledger.Record) string { return c.value(r).S }

// Of is the project code of a record; blank if it has none.
func (c Code) Of(r *ledger.Record) ledger.ProjectCode { return ledger.ProjectCode(c.value(r).S) }

// Of is the amount of a record; not valid where the department did not say.
func (c Money) Of(r *ledger.Record) ledger.Amount {
	v := c.value(r)
	return ledger.Amount{V: ledger.Money(v.N), Valid: v.Known}
}

// Of is the rate of a record in millionths.
func (c Rate) Of(r *ledger.Record) (millionths int64, known bool) {
	v := c.value(r)
	return v.N, v.Known
}

// Of is the count of a record in ten-thousandths.
func (c Count) Of(r *ledger.Record) (parts int64, known bool) {
	v := c.value(r)
	return v.N, v.Known
}

// Of reports yes; known tells a no from a blank.
func (c Flag) Of(r *ledger.Record) (yes, known bool) {
	v := c.value(r)
	return v.N == 1, v.Known
}

// Of is the date of a record; the zero date if it has none.
func (c Date) Of(r *ledger.Record) ledger.Date {
	d, _ := ledger.ParseDate(c.value(r).S)
	return d
}

// Of is the span of a record; its ends may be zero.
func (c Span) Of(r *ledger.Record) ledger.Span {
	from, to, _ := strings.Cut(c.value(r).S, "/")
	first, _ := ledger.ParseDate(from)
	last, _ := ledger.ParseDate(to)
	return ledger.Span{From: first, To: last}
}

// Of is the official word chosen; blank if none is.
func (c Choice) Of(r *ledger.Record) string { return c.value(r).S }

// Of are the official words chosen, in the order of the form.
func (c Set) Of(r *ledger.Record) []string { return c.value(r).List() }

// column adds a column to the form. Names that stand twice in a form are found by a test.
func (f *Form) column(t Type, need Need, id, name string, aliases []string) *Column {
	if f.Column(id) != nil {
		panic(fmt.Sprintf("column declared twice: %s.%s", f.ID, id))
	}
	c := &Column{Form: f, Index: len(f.Columns), ID: id, Name: name, Aliases: aliases, Need: need, Type: t}
	f.Columns = append(f.Columns, c)
	return c
}

func (f *Form) text(need Need, id, name string, aliases ...string) Text {
	return Text{f.column(TextType, need, id, name, aliases)}
}
func (f *Form) code(need Need, id, name string, aliases ...string) Code {
	return Code{f.column(CodeType, need, id, name, aliases)}
}
func (f *Form) money(need Need, id, name string, aliases ...string) Money {
	return Money{f.column(AmountType, need, id, name, aliases)}
}
func (f *Form) rate(need Need, id, name string, aliases ...string) Rate {
	return Rate{f.column(RateType, need, id, name, aliases)}
}
func (f *Form) count(need Need, id, name string, aliases ...string) Count {
	return Count{f.column(CountType, need, id, name, aliases)}
}
func (f *Form) flag(need Need, id, name string, aliases ...string) Flag {
	return Flag{f.column(FlagType, need, id, name, aliases)}
}
func (f *Form) date(need Need, id, name string, aliases ...string) Date {
	return Date{f.column(DateType, need, id, name, aliases)}
}
func (f *Form) span(need Need, id, name string, aliases ...string) Span {
	return Span{f.column(SpanType, need, id, name, aliases)}
}
func (f *Form) choice(need Need, words []Word, id, name string, aliases ...string) Choice {
	c := f.column(ChoiceType, need, id, name, aliases)
	c.Words = words
	return Choice{c}
}
func (f *Form) set(need Need, words []Word, id, name string, aliases ...string) Set {
	c := f.column(SetType, need, id, name, aliases)
	c.Words = words
	return Set{c}
}

// words declares a choice: each entry is the official word, then its aliases after slashes.
func words(entries ...string) []Word {
	all := make([]Word, len(entries))
	for i, entry := range entries {
		names := strings.Split(entry, "/")
		all[i] = Word{names[0], names[1:]}
	}
	return all
}

// BlankWords say that there is nothing to say, in capitals where they are Latin. In text, too:
// 无 is no problem and no remark, and must not count as one.
var BlankWords = strings.Fields(`无 暂无 没有 暂没有 待定 未定 未确定 尚未确定 待确定 未明确 待明确 尚未明确 不详 不明 不明确 未知 空 空白 略 缺 暂缺
	未填 待填 待补 待补充 待核实 不适用 不涉及 无此项 无问题 暂无问题 无存在问题 无困难 无需协调 无需协调事项 无协调事项
	NULL NONE N/A NA NIL - -- --- ---- / // \ … ……`)

// The years in which projects of a county begin and end. A date outside them is a slip.
const (
	FirstYear = 1990
	LastYear  = 2060
)

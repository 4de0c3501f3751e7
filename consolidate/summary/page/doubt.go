package page

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"huizong/consolidate"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A doubt is a line of 疑似重复与冲突: two projects that may be one, two claims on one project that do
// not agree, or what was decided.
type doubt struct {
	form         *form.Form
	matter       string
	a, b         ledger.Party
	field        string // on which claims do not agree
	saysA, saysB workbook.Cell
	why          string
	key          string
}

// Matters of 疑似重复与冲突, in the order of the sheet.
const (
	disputed   = "数据冲突·待定"
	overruled  = "数据冲突·已定"
	wasDecided = "已判定"
)

// openFirst puts disputes that are open before those that are settled.
var openFirst = map[string]int{disputed: 0, overruled: 1}

// toFillIn is the colour of the cells that people write in.
const toFillIn = "FFFBEA"

// DrawDoubts draws 疑似重复与冲突: what a person must decide on some forms, with a column to
// answer in. The workbook may come back with answers: the sheet is then found by its name,
// each line by its key.
func (v *Volume) DrawDoubts(s *workbook.Sheet, title string, forms ...*form.Form) {
	lines := v.doubts(forms...)
	left := v.AsOf() + "，金额单位：万元"
	if len(lines) > 0 {
		left += "。请在“答复”栏选一种答复，存盘后把本册复制到收件箱（见表下说明）"
	}
	columns := []workbook.Column[doubt]{{"序号", 5, workbook.Ordinal, nil}}
	if len(forms) > 1 {
		columns = append(columns, workbook.Column[doubt]{"报表", 14, workbook.Label, func(d doubt) workbook.Cell { return workbook.Text(d.form.Title) }})
	}
	table := workbook.Table[doubt]{
		Title: title, Left: left, Right: ledger.ReplyFiller + "：",
		Ledger: true, Frozen: len(columns) + 2,
		Columns: append(columns, []workbook.Column[doubt]{
			{"事项", 12, workbook.Label, func(d doubt) workbook.Cell { return workbook.Text(d.matter) }},
			{ledger.ReplyNameA, 26, workbook.Prose, func(d doubt) workbook.Cell { return workbook.Text(d.a.Name) }},
			{ledger.ReplyUnitA, 14, workbook.Label, func(d doubt) workbook.Cell { return workbook.Text(d.a.Department) }},
			{ledger.ReplyNameB, 26, workbook.Prose, func(d doubt) workbook.Cell { return workbook.Text(d.b.Name) }},
			{ledger.ReplyUnitB, 14, workbook.Label, func(d doubt) workbook.Cell { return workbook.Text(d.b.Department) }},
			{"核对项", 12, workbook.Label, func(d doubt) workbook.Cell { return workbook.Text(d.field) }},
			{"甲填报", 13, workbook.Label, func(d doubt) workbook.Cell { return d.saysA }},
			{"乙填报", 13, workbook.Label, func(d doubt) workbook.Cell { return d.saysB }},
			{"依据", 34, workbook.Prose, func(d doubt) workbook.Cell { return workbook.Text(d.why) }},
			{ledger.ReplyVerdict, 10, workbook.Label.Fill(toFillIn), func(d doubt) workbook.Cell { return workbook.Blank }},
			{ledger.ReplyWho, 9, workbook.Label.Fill(toFillIn), func(d doubt) workbook.Cell { return workbook.Blank }},
			{ledger.ReplyWhy, 20, workbook.Prose.Fill(toFillIn), func(d doubt) workbook.Cell { return workbook.Blank }},
			{ledger.ReplyKey, 15, workbook.Prose.Size(8), func(d doubt) workbook.Cell { return workbook.Text(d.key) }},
		}...),
		Notes: []string{
			"注：系统只把确定的认作同一项目，其余由人判定：在“答复”栏选一种答复，写明答复人和理由，存盘后把本册复制到收件箱，下次汇总时生效。再次汇总会重写本册，没有复制到收件箱的答复会丢失。",
			"“疑似重复”的在判定以前各自计数。“疑更名”“疑拆分”“疑合并”的，甲是原来报过、本月没有报的，乙是后来报的，在判定以前只计一次。“疑跨表同一”是两张报表里可能为同一项目的。排在前面的牵动的投资大。" +
				"“依据”栏每项后的数字是权重，正数支持同一，负数反对，数字越大越有力；判定得多了，权重随判定调整（huizong decide weights）。",
			"同一：甲、乙说的是一个项目，只计一次。不同：甲、乙是两个项目，各计一次，以后不再问。甲属于乙：甲是乙的一部分（标段、打包子项、拆分出来的），甲列在乙下，不另计数。乙属于甲：反过来，乙是甲的一部分。",
			"本表没有列出的两行也可以判定：键见项目台账最后一栏，或用 huizong decide find 名称 查；判定用 huizong decide same、different 或 part。" +
				"判定错了可以改答或撤销（huizong decide undo 编号，编号见“依据”栏）；“已被取代”“已不在册”“相互矛盾”的判定没有生效，原因见“依据”栏，相互矛盾的请撤销其中一项。",
			"“数据冲突·待定”为权威顺序分不出先后的，暂采用甲所报，请两单位商定，由报错的一方改正重报；“数据冲突·已定”按县里规定的权威顺序采用甲所报。这两种无需答复；如两行其实不是同一项目，答复“不同”。",
		},
	}.Draw(s.At(1, 1), lines)
	table.Column(ledger.ReplyVerdict).Choices(ledger.Answers()...)
}

// party is a row for people.
func (v *Volume) party(row *ledger.Standing) ledger.Party {
	return ledger.Party{Key: v.Register.Key(row), Department: row.Department, Name: form.ByID(row.Form).Name(&row.Record)}
}

// HasDoubts reports whether there is anything on some forms that DrawDoubts would show.
func (v *Volume) HasDoubts(forms ...*form.Form) bool { return len(v.doubts(forms...)) > 0 }

// doubts lists what is open before what is settled, and last what was decided, by number.
func (v *Volume) doubts(forms ...*form.Form) []doubt {
	var lines []doubt
	for _, c := range v.candidatesOn(forms) {
		lines = append(lines, v.candidate(c))
	}
	var disputes []doubt
	for _, d := range v.disputesOn(forms) {
		disputes = append(disputes, v.dispute(d)...)
	}
	slices.SortStableFunc(disputes, func(a, b doubt) int { return cmp.Compare(openFirst[a.matter], openFirst[b.matter]) })
	return slices.Concat(lines, disputes, v.decided(forms))
}

// candidatesOn and disputesOn are those of the month that are on some forms.
func (v *Volume) candidatesOn(forms []*form.Form) []consolidate.Candidate {
	return slices.DeleteFunc(slices.Clone(v.Candidates), func(c consolidate.Candidate) bool { return !slices.Contains(forms, c.A.Form) })
}

func (v *Volume) disputesOn(forms []*form.Form) []consolidate.Dispute {
	return slices.DeleteFunc(v.Register.Disputes(), func(d consolidate.Dispute) bool { return !slices.Contains(forms, d.Project.Form) })
}

func (v *Volume) candidate(c consolidate.Candidate) doubt {
	return doubt{
		form: c.A.Form, matter: c.Matter.In(ledger.Chinese), a: v.party(c.Rows[0]), b: v.party(c.Rows[1]), field: c.A.Form.Role(form.RoleTotal).String(),
		saysA: totalSaid(c.A, c.Rows[0]), saysB: totalSaid(c.B, c.Rows[1]), why: Grounds(c), key: ledger.PairKey(c.Keys[0], c.Keys[1]),
	}
}

// totalSaid is the total investment that a row says; blank where its form has none.
func totalSaid(p *consolidate.Project, row *ledger.Standing) workbook.Cell {
	total := p.Form.Role(form.RoleTotal)
	if total == nil {
		return workbook.Blank
	}
	return InOwnKind(total, total.Value(&row.Record)).From(FromRow{p, row, total})
}

// Grounds says why two projects may be one.
func Grounds(c consolidate.Candidate) string { return strings.Join(c.Grounds(ledger.Chinese), "；") }

// dispute has a line for each claim that the one that counts is held against.
func (v *Volume) dispute(d consolidate.Dispute) []doubt {
	winner, _ := d.Winner()
	matter := overruled
	if d.Reason == consolidate.Open {
		matter = disputed
	}
	var lines []doubt
	for _, loser := range d.Losers() {
		lines = append(lines, doubt{
			form: d.Project.Form, matter: matter, a: v.party(winner.Row), b: v.party(loser.Row), field: Heading(d.Column, v.Period),
			saysA: InOwnKind(d.Column, winner.Field.Value).From(FromRow{d.Project, winner.Row, d.Column}),
			saysB: InOwnKind(d.Column, loser.Field.Value).From(FromRow{d.Project, loser.Row, d.Column}),
			why:   rightOf(d, winner) + "；" + rightOf(d, loser), key: ledger.PairKey(v.Register.Key(winner.Row), v.Register.Key(loser.Row)),
		})
	}
	return lines
}

// rightOf says by what right a claim counts.
func rightOf(d consolidate.Dispute, c consolidate.Claim) string {
	text := c.Department + "：" + d.Place(c)
	if c.Carried {
		text += "（沿用数）"
	}
	return text
}

// decided are the decisions on rows of some forms, those of no effect too. Rows are called what they
// were called when they were decided on: they need not stand any more.
func (v *Volume) decided(forms []*form.Form) []doubt {
	var lines []doubt
	for _, r := range v.Rulings {
		at := slices.IndexFunc(r.Forms, func(f *form.Form) bool { return slices.Contains(forms, f) })
		if at < 0 {
			continue
		}
		state, says := wasDecided, ""
		if r.State != consolidate.InForce {
			state, says = r.State.In(ledger.Chinese), "；"+r.Says(ledger.Chinese)
		}
		lines = append(lines, doubt{form: r.Forms[at], matter: state + "：" + r.Answer(), a: r.A, b: r.B,
			why: fmt.Sprintf("第%d号，%s：%s%s", r.Number, r.Who, r.Why, says), key: ledger.PairKey(r.A.Key, r.B.Key)})
	}
	return lines
}

// InOwnKind is a value in a cell of its own kind: money stays a number.
func InOwnKind(c *form.Column, v ledger.Value) workbook.Cell {
	if c.Type == form.AmountType && v.Known {
		return workbook.Money(v.N).As(workbook.Wan)
	}
	return workbook.Text(c.Show(v))
}

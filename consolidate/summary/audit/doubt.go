package audit

import (
	"cmp"
	"fmt"
	"slices"

	"huizong/consolidate"
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A doubt is a line of 疑似重复与冲突: two projects that may be one, two claims on one project that do
// not agree, or what was decided.
type doubt struct {
	form         string // its title; blank: of a decision on rows that no month knows any more
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

// drawDoubts draws 疑似重复与冲突: what a person must decide, with a column to answer in. The
// workbook may come back with answers: the sheet is then found by its name, each line by its key.
func (a *audit) drawDoubts(s *workbook.Sheet, lines []doubt) {
	table := workbook.Table[doubt]{
		Title: a.Title(ledger.ReplySheet), Left: a.AsOf() + "，金额单位：万元。请在“答复”栏选一种答复，存盘后把本册复制到收件箱（见表下说明）", Right: ledger.ReplyFiller + "：",
		Ledger: true, Frozen: 4, Printed: 14,
		Columns: []workbook.Column[doubt]{
			{"序号", 5, workbook.Ordinal, nil},
			{"报表", 14, workbook.Label, func(d doubt) workbook.Cell { return workbook.Text(d.form) }},
			{"事项", 12, workbook.Label, func(d doubt) workbook.Cell { return workbook.Text(d.matter) }},
			{ledger.ReplyNameA, 26, workbook.Prose, func(d doubt) workbook.Cell { return workbook.Text(d.a.Name) }},
			{ledger.ReplyUnitA, 14, workbook.Label, func(d doubt) workbook.Cell { return workbook.Text(d.a.Department) }},
			{ledger.ReplyNameB, 26, workbook.Prose, func(d doubt) workbook.Cell { return workbook.Text(d.b.Name) }},
			{ledger.ReplyUnitB, 14, workbook.Label, func(d doubt) workbook.Cell { return workbook.Text(d.b.Department) }},
			{"核对项", 12, workbook.Label, func(d doubt) workbook.Cell { return workbook.Text(d.field) }},
			{"甲填报", 13, workbook.Label, func(d doubt) workbook.Cell { return d.saysA }},
			{"乙填报", 13, workbook.Label, func(d doubt) workbook.Cell { return d.saysB }},
			{"依据", 34, workbook.Prose, func(d doubt) workbook.Cell { return workbook.Text(d.why) }},
			{ledger.ReplyVerdict, 10, workbook.Label.Fill(toFillIn), func(doubt) workbook.Cell { return workbook.Blank }},
			{ledger.ReplyWho, 9, workbook.Label.Fill(toFillIn), func(doubt) workbook.Cell { return workbook.Blank }},
			{ledger.ReplyWhy, 20, workbook.Prose.Fill(toFillIn), func(doubt) workbook.Cell { return workbook.Blank }},
			{ledger.ReplyKey, 15, workbook.Prose.Size(8), func(d doubt) workbook.Cell { return workbook.Text(d.key) }},
		},
		Notes: []string{
			"注：系统只把确定的认作同一项目，其余由人判定：在“答复”栏选一种答复，写明答复人和理由，存盘后把本册复制到收件箱，下次汇总时生效。再次汇总会重写本册，没有复制到收件箱的答复会丢失。",
			"“疑似重复”的在判定以前各自计数。“疑更名”“疑拆分”“疑合并”的，甲是原来报过、本月没有报的，乙是后来报的，在判定以前只计一次。“疑跨表同一”是两张报表里可能为同一项目的。排在前面的牵动的投资大。" +
				"“依据”栏每项后的数字是权重，正数支持同一，负数反对，数字越大越有力；判定得多了，权重随判定调整（huizong decide weights）。",
			"同一：甲、乙说的是一个项目，只计一次。不同：甲、乙是两个项目，各计一次，以后不再问。甲属于乙：甲是乙的一部分（标段、打包子项、拆分出来的），甲列在乙下，不另计数。乙属于甲：反过来，乙是甲的一部分。",
			"本表没有列出的两行也可以判定：键见《项目键》，或用 huizong decide find 名称 查；判定用 huizong decide same、different 或 part。" +
				"判定错了可以改答或撤销（huizong decide undo 编号，编号见“依据”栏）；“已被取代”“已不在册”“相互矛盾”的判定没有生效，原因见“依据”栏，相互矛盾的请撤销其中一项。",
			"“数据冲突·待定”为权威顺序分不出先后的，暂采用甲所报，请两单位商定，由报错的一方改正重报；“数据冲突·已定”按县里规定的权威顺序采用甲所报。这两种无需答复；如两行其实不是同一项目，答复“不同”。",
		},
	}.Draw(s.Top(), lines)
	table.Column(ledger.ReplyVerdict).Choices(ledger.Answers()...)
}

// party is a row for people.
func (a *audit) party(row *ledger.Standing) ledger.Party {
	return ledger.Party{Key: a.Register.Key(row), Department: row.Department, Name: form.ByID(row.Form).Name(row.Record)}
}

// doubts lists what is open before what is settled, and last what was decided, by number.
func (a *audit) doubts() []doubt {
	var lines []doubt
	for _, c := range a.Candidates {
		lines = append(lines, a.candidate(c))
	}
	var disputes []doubt
	for _, d := range a.Register.Disputes() {
		disputes = append(disputes, a.dispute(d)...)
	}
	slices.SortStableFunc(disputes, func(x, z doubt) int { return cmp.Compare(openFirst[x.matter], openFirst[z.matter]) })
	return slices.Concat(lines, disputes, a.decided())
}

func (a *audit) candidate(c consolidate.Candidate) doubt {
	return doubt{
		form: c.A.Form.Title, matter: c.Matter.In(ledger.Chinese), a: a.party(c.Rows[0]), b: a.party(c.Rows[1]), field: c.A.Form.Role(form.RoleTotal).String(),
		saysA: totalSaid(c.A, c.Rows[0]), saysB: totalSaid(c.B, c.Rows[1]), why: page.Grounds(c), key: ledger.PairKey(c.Keys[0], c.Keys[1]),
	}
}

// totalSaid is the total investment that a row says; blank where its form has none.
func totalSaid(p *consolidate.Project, row *ledger.Standing) workbook.Cell {
	total := p.Form.Role(form.RoleTotal)
	if total == nil {
		return workbook.Blank
	}
	return page.InOwnKind(total, total.Value(row.Record)).From(page.FromRow{Project: p, Row: row, Column: total})
}

// dispute has a line for each claim that the one that counts is held against.
func (a *audit) dispute(d consolidate.Dispute) []doubt {
	winner, _ := d.Winner()
	matter := overruled
	if d.Reason == consolidate.Open {
		matter = disputed
	}
	var lines []doubt
	for _, loser := range d.Losers() {
		lines = append(lines, doubt{
			form: d.Project.Form.Title, matter: matter, a: a.party(winner.Row), b: a.party(loser.Row), field: page.Heading(d.Column, a.Period),
			saysA: page.InOwnKind(d.Column, winner.Field.Value).From(page.FromRow{Project: d.Project, Row: winner.Row, Column: d.Column}),
			saysB: page.InOwnKind(d.Column, loser.Field.Value).From(page.FromRow{Project: d.Project, Row: loser.Row, Column: d.Column}),
			why:   rightOf(d, winner) + "；" + rightOf(d, loser), key: ledger.PairKey(a.Register.Key(winner.Row), a.Register.Key(loser.Row)),
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

// decided are the decisions, those of no effect too. Rows are called what they
// were called when they were decided on: they need not stand any more.
func (a *audit) decided() []doubt {
	var lines []doubt
	for _, r := range a.Rulings {
		state, says := wasDecided, ""
		if r.State != consolidate.InForce {
			state, says = r.State.In(ledger.Chinese), "；"+r.Says(ledger.Chinese)
		}
		lines = append(lines, doubt{form: formOf(r), matter: state + "：" + r.Answer(), a: r.A, b: r.B,
			why: fmt.Sprintf("第%d号，%s：%s%s", r.Number, r.Who, r.Why, says), key: ledger.PairKey(r.A.Key, r.B.Key)})
	}
	return lines
}

// formOf is the title of the form that the rows of a decision are of.
func formOf(r consolidate.Ruling) string {
	if len(r.Forms) == 0 {
		return ""
	}
	return r.Forms[0].Title
}

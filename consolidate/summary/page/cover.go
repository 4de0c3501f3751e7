package page

import (
	"fmt"
	"slices"
	"strings"

	"huizong/consolidate"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A Cover is what the cover of one workbook says, besides what all covers say.
type Cover struct {
	Scope   workbook.Cell
	Sent    []workbook.Pair // how much was sent, who did not send, who was late
	Balance workbook.Cell   // of the rows
	Look    string          // where what a person must look at is listed
	Notes   []string        // how the figures are to be read
}

// DrawCover draws 封面与编制说明: what a workbook covers, who did not report, whether the rows
// balance, by which rules it was made, and how its figures are to be read.
func (v *Volume) DrawCover(s *workbook.Sheet, c Cover) {
	flow := s.Flow(12, 6.6)
	flow.Gap(36)
	flow.Write(workbook.Text(v.County.Name+v.subject), workbook.CoverTitle)
	flow.Write(workbook.Text("（"+v.Period.Chinese()+"）"), workbook.Subheading.Size(18).Align(workbook.Centre))
	flow.Gap(24)
	pairs := []workbook.Pair{
		{Label: "编制单位", Value: workbook.Text(v.County.Publisher)},
		{Label: "数据截至", Value: workbook.Text(v.Period.End().String()).From(Fact{"汇总月份的末日", "the last day of the month"})},
		{Label: "统计范围", Value: c.Scope},
		{Label: "报送截止", Value: workbook.Text(v.County.Due.In(v.Period).String() + "（拟锁定 " + v.County.Lock.In(v.Period).String() + "）").
			From(Fact{"county.toml 的报送截止日和锁定日", "the days due and lock of county.toml"})},
	}
	pairs = append(pairs, c.Sent...)
	flow.Pairs(0, 3, append(pairs,
		workbook.Pair{Label: "行数对平", Value: c.Balance},
		workbook.Pair{Label: "需人工核对", Value: workbook.Text(v.looking() + c.Look).From(Looked)},
		workbook.Pair{Label: "数据与规则版本", Value: workbook.Text("数据 " + short(v.Sum) + "　规则 " + short(v.Rules)).
			From(Fact{"在册各行和规则集的 SHA-256", "the SHA-256 of the rows in force and of the rules"})})...)
	flow.Gap(16)
	flow.Write(workbook.Text("编制说明"), workbook.Heading.Size(14))
	for i, note := range c.Notes {
		flow.Write(workbook.Text(fmt.Sprintf("%d. %s", i+1, note)), workbook.Passage.Size(11))
	}
}

// Cover is the cover of a workbook of one form.
func (r *Report) Cover(scope workbook.Cell, notes ...string) Cover {
	sent := FromReturns{Form: r.Form}
	return Cover{
		Scope: scope,
		Sent: []workbook.Pair{
			{Label: "报送情况", Value: workbook.Text(r.received()).From(sent)},
			{Label: "未报单位", Value: workbook.Text(r.missing()).From(sent)},
			{Label: "逾期报送", Value: workbook.Text(r.late()).From(sent)},
		},
		Balance: workbook.Text(r.balance()).From(sent),
		Look:    "；本册" + r.Asking(r.Form) + "，见《疑似重复与冲突》",
		Notes:   notes,
	}
}

// Looked is the origin of the number of rows that a person must look at.
var Looked = Fact{"本月有强制性、核实性问题的行、退回的行、漏报的项目、疑似重复的行和数据冲突待定的行，各计一次（run.json 的 look）",
	"rows with errors or queries, rows returned, projects left out, rows that may be another's and rows in open conflict, each once (look of run.json)"}

// looking says how many rows a person must look at, and which these are.
func (v *Volume) looking() string {
	return fmt.Sprintf("本月各类报表合计 %d 行（有强制性或核实性问题、退回、漏报、疑似重复、数据冲突待定的，每行计一次）", v.Look)
}

// Asking says how many pairs and fields of some forms wait for a person.
func (v *Volume) Asking(forms ...*form.Form) string {
	open := 0
	for _, d := range v.disputesOn(forms) {
		if d.Reason == consolidate.Open {
			open++
		}
	}
	return fmt.Sprintf("待判定 %d 对、数据冲突待定 %d 处", len(v.candidatesOn(forms)), open)
}

// Pending says what is open on the count of a form's projects, and between what it may come to lie; blank
// where nothing is.
func (v *Volume) Pending(f *form.Form) string {
	p, open := v.Month.Pending(f)
	if !open {
		return ""
	}
	text := fmt.Sprintf("其中%d项待定，若均为同一则为%d项", p.Projects, p.AllSame)
	if p.AllApart != p.Published {
		text += fmt.Sprintf("，若均不同则为%d项", p.AllApart)
	}
	return text
}

// short is as much of a hash as people compare by eye.
func short(hash string) string {
	if hash == "" {
		return "未注明"
	}
	return hash[:min(12, len(hash))]
}

// received says how many units owe the form and how many of them reported.
func (r *Report) received() string {
	owing := len(r.County.Owes(r.Form.ID))
	return fmt.Sprintf("应报 %d 个单位，已报 %d 个，未报 %d 个", owing, owing-len(r.missed()), len(r.missed()))
}

func (r *Report) missed() []consolidate.Missing {
	var missed []consolidate.Missing
	for _, m := range r.Missing {
		if m.Form == r.Form.ID {
			missed = append(missed, m)
		}
	}
	return missed
}

// missing names the units without a return in force, by what stands for them.
func (r *Report) missing() string {
	const carried, blank, refused = "沿用上月数", "无上月数", "报表已退回、未重报"
	units := map[string][]string{}
	for _, m := range r.missed() {
		why := blank
		switch {
		case slices.ContainsFunc(r.Returns, func(sent *ledger.Return) bool { return sent.Form == m.Form && sent.Department == m.Department }):
			why = refused
		case m.Carried:
			why = carried
		}
		units[why] = append(units[why], m.Department)
	}
	var lines []string
	for _, why := range []string{carried, refused, blank} {
		if len(units[why]) > 0 {
			lines = append(lines, why+"（"+strings.Join(units[why], "、")+"）")
		}
	}
	return Listing(lines)
}

// late names the units whose return in force came after the day it was due.
func (r *Report) late() string {
	var names []string
	for _, sent := range r.InForce() {
		if sent.Form == r.Form.ID && consolidate.Late(r.County, sent) {
			names = append(names, sent.Department+"（"+sent.Prepared.String()+"）")
		}
	}
	return Listing(names)
}

// Listing is a list of names, 无 if there are none.
func Listing(names []string) string {
	if len(names) == 0 {
		return "无"
	}
	return strings.Join(names, "、")
}

// balance accounts for every row of the form's returns.
func (r *Report) balance() string {
	var rows ledger.Rows
	files := 0
	for _, sent := range r.Returns {
		if sent.Form == r.Form.ID {
			files++
			rows = rows.Plus(sent.Rows())
		}
	}
	return BalanceText(files, rows)
}

// BalanceText accounts for every row of returns.
func BalanceText(returns int, rows ledger.Rows) string {
	return fmt.Sprintf("收到报表 %d 份 %d 行＝采用 %d＋退回 %d＋旧版 %d＋重复 %d＋小计等 %d＋空行 %d",
		returns, rows.Seen, rows.Taken, rows.Returned, rows.Superseded, rows.Repeated, rows.Subtotal, rows.Blank)
}

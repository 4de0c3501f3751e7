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
	Headline workbook.Operand // the month in a sentence, where it stands; nil: none
	Scope    workbook.Cell
	Pairs    []workbook.Pair // how much was sent, who did not send, who was late
	Notes    []string        // how the figures are to be read
}

// DrawCover draws 封面与编制说明: the headline, what a workbook covers, who did not report, and how its
// figures are to be read.
func (v *Volume) DrawCover(s *workbook.Sheet, c Cover) {
	flow := s.Flow(12, 6.6)
	flow.Write(workbook.Text(v.County.Name+v.subject), workbook.CoverTitle)
	flow.Write(workbook.Text("（"+v.Period.Chinese()+"）"), workbook.Subheading.Size(18).Align(workbook.Centre))
	flow.Gap(6)
	if c.Headline != nil {
		flow.Write(workbook.Same(c.Headline), workbook.Passage.Size(12))
		flow.Gap(6)
	}
	flow.Pairs(0, 3, slices.Concat([]workbook.Pair{
		{Label: "编制单位", Value: workbook.Text(v.County.Publisher)},
		{Label: "数据截至", Value: workbook.Text(v.Period.End().String()).From(Fact{"汇总月份的末日", "the last day of the month"})},
		{Label: "统计范围", Value: c.Scope},
		{Label: "报送截止", Value: workbook.Text(v.County.Due.In(v.Period).String() + "（拟锁定 " + v.County.Lock.In(v.Period).String() + "）").
			From(Fact{"county.toml 的报送截止日和锁定日", "the days due and lock of county.toml"})},
	}, c.Pairs)...)
	flow.Gap(6)
	flow.Index(6.6, 19.8, 39.6, 13.2)
	if omitted := v.omissions(); omitted != "" {
		flow.Write(workbook.Text("本月未列的工作表："+omitted+"。"), workbook.Remark)
	}
	flow.Gap(6)
	flow.Write(workbook.Text("编制说明"), workbook.Heading.Size(12))
	for i, note := range c.Notes {
		flow.Write(workbook.Text(fmt.Sprintf("%d. %s", i+1, note)), workbook.Passage.Size(10))
	}
}

// Cover is the cover of a workbook of one form.
func (r *Report) Cover(headline workbook.Ref, scope workbook.Cell, notes ...string) Cover {
	sent := FromReturns{Form: r.Form}
	return Cover{
		Headline: headline, Scope: scope,
		Pairs: []workbook.Pair{
			{Label: "报送情况", Value: workbook.Text(r.received()).From(sent)},
			{Label: "未报单位", Value: workbook.Text(r.missing()).From(sent)},
			{Label: "逾期报送", Value: workbook.Text(r.late()).From(sent)},
		},
		Notes: notes,
	}
}

// Looked is the origin of the number of rows that a person must look at.
var Looked = Fact{"本月有强制性、核实性问题的行、退回的行、漏报的项目、疑似重复的行和数据冲突待定的行，各计一次（run.json 的 look）",
	"rows with errors or queries, rows returned, projects left out, rows that may be another's and rows in open conflict, each once (look of run.json)"}

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

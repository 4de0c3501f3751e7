package audit

import (
	"fmt"

	"huizong/consolidate"
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/ledger"
)

// drawCover draws the cover: whether the rows balance, what a person must look at, and by which data
// and rules the month was made.
func (a *audit) drawCover(s *workbook.Sheet) {
	a.DrawCover(s, page.Cover{
		Scope: workbook.Text("本月全部报表"),
		Pairs: []workbook.Pair{
			{Label: "行数核对一致", Value: workbook.Text(a.balance()).From(page.FromReturns{})},
			{Label: "需人工核对", Value: workbook.Text(a.looking()).From(page.Looked)},
			{Label: "数据与规则版本", Value: workbook.Text("数据 " + short(a.Sum) + "　规则 " + short(a.Rules)).
				From(page.Fact{"现用各行和规则集的 SHA-256", "the SHA-256 of the rows in force and of the rules"})},
		},
		Notes: []string{
			"本册供发改局核对、判定和留底用，不呈送领导；其他各册的数字怎样得来，均可在本册查到依据。",
			"《" + ledger.ReplySheet + "》有待判定、已判定的事项时才有。在该表答复后，把本册复制到收件箱，下次汇总时生效。",
			"每个数的来源：huizong trace 工作簿 '工作表!单元格'。",
		},
	})
}

// balance accounts for every row of the month's returns.
func (a *audit) balance() string {
	rows := a.Balance
	return fmt.Sprintf("收到报表 %d 份 %d 行＝采用 %d＋退回 %d＋被新版替换 %d＋重复 %d＋小计等 %d＋空行 %d",
		len(a.Returns), rows.Seen, rows.Taken, rows.Returned, rows.Superseded, rows.Repeated, rows.Subtotal, rows.Blank)
}

// looking says how many rows a person must look at, and which these are.
func (a *audit) looking() string {
	open := 0
	for _, d := range a.Register.Disputes() {
		if d.Reason == consolidate.Open {
			open++
		}
	}
	text := fmt.Sprintf("本月各类报表合计 %d 行（有强制性问题或未说明的核实性问题、退回、漏报、疑似重复、数据冲突待定的，每行计一次），见《数据质量》《问题清单》", a.Look)
	if len(a.Candidates)+open > 0 {
		text += fmt.Sprintf("；其中待判定 %d 对、数据冲突待定 %d 处，见《%s》", len(a.Candidates), open, ledger.ReplySheet)
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

// Package bulletin draws workbook C, 高质量项目推进月度通报: a sheet or two for each of the other forms,
// who sent what (报送情况), what is ordered of whom (任务交办汇总), 主要指标 with every published figure, and 通报正文, the month in sentences.
//
// The order is data. A sheet that computes published figures gives ties, the cells that they stand
// in; 主要指标 takes those and gives the cells that sentences read; a sentence that names a figure
// which cannot be there is a panic, one whose figure is not known is left out. A file is a sheet or
// a few that belong together; its goldens are in testdata.
package bulletin

import (
	"slices"
	"strings"

	"huizong/consolidate"
	"huizong/consolidate/rating"
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/progress"
	"huizong/consolidate/summary/scoreboard"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// Subject is what the workbook is on; its file's name holds it.
const Subject = "高质量项目推进月度通报"

// A bulletin is workbook C, 高质量项目推进月度通报: all forms of a month on one subject.
type bulletin struct {
	*page.Volume
	keys    *progress.Workbook // the key projects as workbook B shows them
	filings []filing           // what every unit owed and sent
	found   map[sentOn][]*ledger.Finding

	// What was drawn and is read by sentences and documents.
	slow            []laggard
	slowSheet       *workbook.Drawn // 滞后项目: a line for each of slow
	reached, missed *honour
	rankings        []scoreboard.Ranking
	ordered         *ordered
	received        *workbook.Drawn // 报送情况
	problems        *workbook.Drawn // 堵点难点台账: a line for each problem; nil where there is none
	tasks           *workbook.Drawn // 任务台账: a line for each task; nil where there is none
	told            []toldChapter
}

// A sentOn is what a unit sent on a form.
type sentOn struct{ form, unit string }

// foundIn are the findings of a month by what they are about.
func foundIn(m *consolidate.Month) map[sentOn][]*ledger.Finding {
	found := map[sentOn][]*ledger.Finding{}
	for i := range m.Findings {
		one := &m.Findings[i]
		about := sentOn{one.Form, one.Department}
		found[about] = append(found[about], one)
	}
	return found
}

// ties say where a sheet computes published figures, by their names.
type ties map[string]workbook.Ref

// placesOf is where the figures of a form are worked out: a sheet of this workbook, or another one.
var placesOf = map[string]string{
	"reserve": "《谋划储备项目汇总》", "progress": "《重点项目进展汇总》", "statistics": "《重点项目进展汇总》入统核对",
	"obstacles": "堵点难点销号", "duty": "领导包抓履职", "promotion": "招商月晾晒", "signing": "签约项目", "dispatch": "调度督办",
	"tasks": "任务进展", "services": "营商环境", "landyield": "亩均效益",
}

// A Workbook is 高质量项目推进月度通报 as it was drawn, for those that quote it.
type Workbook struct {
	*page.Volume
	Rankings  []scoreboard.Ranking // 月评比
	Headlines *workbook.Drawn      // 主要指标: a line for each of Listed
	Listed    []form.Figure
	bulletin  *bulletin
}

// Draw makes 高质量项目推进月度通报, over the key projects and the ratings of the same month.
func Draw(m *consolidate.Month, keys *progress.Workbook, ratings []rating.Rating) *Workbook {
	b := &bulletin{Volume: page.NewVolume(m, Subject), keys: keys, filings: listFilings(m), found: foundIn(m)}
	front := b.Book.Sheet("封面与编制说明", workbook.A4Portrait.OnOnePage())
	text := b.Book.Sheet("通报正文", workbook.A4Portrait).Shows(workbook.Front, "本月推进情况的文字通报")
	headlines := b.Book.Sheet("主要指标", workbook.A4Landscape).Shows(workbook.Front, "全部公布数，与上月相比")
	ranking := b.Book.Sheet("月评比", workbook.A3Landscape).Shows(workbook.Lists, "各单位本月得分和名次")
	honours := b.Book.Sheet("进度排名", workbook.A4Landscape).Shows(workbook.Lists, "责任单位按与时序进度之差分红黑榜")
	slow := b.Book.Sheet("滞后项目", workbook.A3Landscape).Shows(workbook.Lists, "进度滞后、到期未开工、应入未入的重点项目，落后最多的在前")
	duty := b.Book.Sheet("领导包抓履职", workbook.A4Landscape).Shows(workbook.Lists, "县级领导包抓项目、深入现场、解决问题")
	dispatch := b.Book.Sheet("调度督办", workbook.A4Landscape).Shows(workbook.Lists, "调度会、通报和交办单")
	dispatchLedger := b.Book.Sheet("调度督办明细", workbook.A4Landscape).Shows(workbook.Ledgers, "每次调度、每份督办一行")
	tasks := b.Book.Sheet("任务进展", workbook.A4Landscape).Shows(workbook.Lists, "行动方案各项任务的完成、滞后情况")
	taskLedger := b.Book.Sheet("任务台账", workbook.A3Landscape).Shows(workbook.Ledgers, "每项任务一行")
	promotion := b.Book.Sheet("招商月晾晒", workbook.A4Portrait.OnOnePage()).Shows(workbook.Lists, "县级领导招商活动、对接企业、意向投资")
	promotionLedger := b.Book.Sheet("招商活动明细", workbook.A4Landscape).Shows(workbook.Ledgers, "每次招商活动一行")
	signing := b.Book.Sheet("签约项目", workbook.A4Landscape).Shows(workbook.Ledgers, "每个签约项目的投资和到位资金")
	obstacles := b.Book.Sheet("堵点难点销号", workbook.A4Landscape.OnOnePage()).Shows(workbook.Lists, "堵点难点的结转、新增、销号和逾期")
	obstacleLedger := b.Book.Sheet("堵点难点台账", workbook.A3Landscape).Shows(workbook.Ledgers, "每个堵点难点一行")
	services := b.Book.Sheet("营商环境", workbook.A4Landscape).Shows(workbook.Lists, "营商环境各项指标")
	land := b.Book.Sheet("亩均效益", workbook.A3Landscape).Shows(workbook.Lists, "参评企业的亩均税收、亩均收入和等级")
	orders := b.Book.Sheet("任务交办汇总", workbook.A4Landscape).Shows(workbook.Lists, "有滞后、逾期、未报事项的单位，一个单位一份交办单")
	matters := b.Book.Sheet("交办明细", workbook.A3Landscape).Shows(workbook.Ledgers, "每项交办事项一行")
	filings := b.Book.Sheet("报送情况", workbook.A3Landscape).Shows(workbook.Workings, "各单位各类报表应报、已报、逾期、未报")
	filingLedger := b.Book.Sheet("报送明细", workbook.A3Landscape).Shows(workbook.Ledgers, "每个单位每类报表一行")

	computed := allTies(
		b.drawDuty(duty),
		b.drawDispatch(dispatch, dispatchLedger),
		b.drawTasks(tasks, taskLedger),
		b.drawPromotion(promotion, promotionLedger),
		b.drawSigning(signing),
		b.drawObstacles(obstacles, obstacleLedger),
		b.drawServices(services),
		b.drawLand(land),
	)
	b.slow = b.laggards()
	b.slowSheet = b.drawLaggards(slow, b.slow)
	b.reached, b.missed = b.honours()
	b.drawHonours(honours, b.reached, b.missed)
	b.ordered = b.drawOrders(orders, matters)
	b.received = b.drawFilings(filings, b.drawFilingLedger(filingLedger))
	b.rankings = scoreboard.Draw(b.Volume, ranking, ratings)
	drawn, figures := b.drawHeadlines(headlines, computed, b.received, b.ordered.headline())
	b.told = b.drawText(text, figures)
	b.DrawCover(front, b.cover(b.received))
	made := &Workbook{Volume: b.Volume, Rankings: b.rankings, Headlines: drawn, bulletin: b}
	for _, h := range b.headed() {
		made.Listed = append(made.Listed, h.Figure)
	}
	return made
}

// nothing reports whether there is nothing of a form, and leaves its sheets out then: whose return is
// awaited, or that there was nothing to report, the cover says.
func (b *bulletin) nothing(f *form.Form, sheets ...*workbook.Sheet) bool {
	if len(b.Register.Counted(f)) > 0 {
		return false
	}
	var awaited []string
	for _, m := range b.Missing {
		if m.Form == f.ID {
			awaited = append(awaited, m.Department)
		}
	}
	reason := "《" + f.Title + "》为零报告"
	if len(awaited) > 0 {
		reason = "未收到" + strings.Join(awaited, "、") + "的《" + f.Title + "》，不等于零"
	}
	for _, s := range sheets {
		b.Omit(s, reason)
	}
	return true
}

// allTies are those of several sheets. A figure that two of them compute is a programmer's mistake.
func allTies(sheets ...ties) ties {
	all := ties{}
	for _, sheet := range sheets {
		for figure, at := range sheet {
			if _, twice := all[figure]; twice {
				panic("two sheets compute the figure " + figure)
			}
			all[figure] = at
		}
	}
	return all
}

// added is the cell of a formula that must give the published total of a count. Totals are
// published without fractions: where the rows leave one, the formula stands alone.
func (b *bulletin) added(formula workbook.Cell, figure string, c form.Count) workbook.Cell {
	parts := int64(0)
	for _, p := range b.Register.Counted(c.Form) {
		n, _ := c.Of(p.Record())
		parts += n
	}
	if parts%form.CountScale != 0 || !b.HasFigure(figure) {
		return formula
	}
	return b.TiedCount(formula, figure)
}

// units are those of the lines in the official order, 其他 last.
func (b *bulletin) units(lines []*page.Project, always ...string) []string {
	names := slices.Clone(always)
	for _, l := range lines {
		names = append(names, l.Unit)
	}
	slices.SortFunc(names, b.Register.CompareUnits)
	return slices.Compact(names)
}

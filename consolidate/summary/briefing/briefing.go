// Package briefing draws 领导参阅, what leaders read: the month on a few A4 pages, what is behind and
// whose it is, the worst first. It works nothing out: every number is quoted from the workbook that
// does, or read from a row that counts, so that it can be no other one there.
package briefing

import (
	"huizong/consolidate"
	"huizong/consolidate/summary/bulletin"
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/progress"
	"huizong/consolidate/summary/reserve"
	"huizong/consolidate/summary/workbook"
)

// Subject is what the workbook is on; its file's name holds it.
const Subject = "领导参阅"

// A briefing is 领导参阅 being drawn, over the workbooks that it quotes.
type briefing struct {
	*page.Volume
	ideas  *reserve.Workbook
	keys   *progress.Workbook
	report *bulletin.Workbook

	figures map[string]workbook.Ref // of this month, by name, where 主要指标 shows them; those that are known
	now     lastLine                // this month on 走势

	front   front
	behind  *workbook.Drawn // 滞后项目; nil where none is behind
	units   *workbook.Drawn // 各单位进度; nil where there is no key project
	leading *workbook.Drawn // 主要指标
	filings *workbook.Drawn // 报送情况
}

// A Workbook is 领导参阅 as it was drawn, for those that show its month on a page.
type Workbook struct {
	*workbook.Book
	Title     workbook.Ref    // of the front page
	AsOf      workbook.Ref    // of which month it is, and until when
	Headlines []workbook.Ref  // the sentences over the front page
	Tiles     []workbook.Ref  // its large figures; each has its name above and what it is compared with below
	Note      workbook.Ref    // whose returns the month rests on
	Behind    *workbook.Drawn // 滞后项目; nil: none is behind
	Units     *workbook.Drawn // 各单位进度; nil where there is no key project
	Leading   *workbook.Drawn // 主要指标
	Filings   *workbook.Drawn // 报送情况
}

// Draw makes 领导参阅. A sheet that has nothing to show is left out.
func Draw(m *consolidate.Month, ideas *reserve.Workbook, keys *progress.Workbook, report *bulletin.Workbook) *Workbook {
	b := &briefing{Volume: page.NewVolume(m, Subject), ideas: ideas, keys: keys, report: report}
	front := b.Book.Sheet("首页", workbook.A4Portrait.OnOnePage())
	if n := len(b.keys.Behindhand); n > 0 {
		b.drawBehindhand(b.Book.Sheet("滞后项目", onePage(workbook.A4Portrait, n, 32)).Shows(workbook.Lists, "红灯、黄灯项目：谁的、落后多少、落后什么，最差的在前"))
	}
	if len(b.keys.Projects) > 0 {
		b.drawUnits(b.Book.Sheet("各单位进度", onePage(workbook.A4Portrait, len(b.keys.UnitLines), 30)).Shows(workbook.Lists, "全部责任单位（含园区、企业）占年度计划，与时序进度相比"))
		b.drawKeys(b.Book.Sheet("省市重点项目", workbook.A4Landscape).Shows(workbook.Ledgers, "省级、市级重点项目逐项进度，最差的在前"))
		b.drawLeaders(b.Book.Sheet("领导包抓", onePage(workbook.A4Portrait, len(b.keys.Charged), 45)).Shows(workbook.Lists, "各包抓领导的项目和进度"))
	}
	if b.ranked() {
		b.drawRankings(b.Book.Sheet("月评比", workbook.A4Portrait).Shows(workbook.Lists, "部门、镇街、园区的得分和名次"))
	}
	if len(b.ideas.Projects) > 0 {
		b.drawReserve(b.Book.Sheet("谋划储备", workbook.A4Landscape.OnOnePage()).Shows(workbook.Lists, "四个一批，分领域"))
		b.drawIdeasByUnit(b.Book.Sheet("储备分单位", onePage(workbook.A4Portrait, len(b.ideas.UnitLines), 70)).
			Shows(workbook.Lists, "各责任单位谋划储备的项目和投资"))
	}
	if overdue := b.overdue(); len(overdue) > 0 {
		b.drawOverdue(b.Book.Sheet("逾期堵点难点", workbook.A4Landscape).Shows(workbook.Ledgers, "超过办结时限未销号的问题，逾期久的在前"), overdue)
	}
	b.drawHeadlines(b.Book.Sheet("主要指标", workbook.A4Portrait.OnOnePage()).Shows(workbook.Front, "主要公布数，与上月、上年同月相比"))
	b.drawTrend(b.Book.Sheet("走势", workbook.A4Landscape.OnOnePage()).Shows(workbook.Front, "数据库中各月的走势，最多十二个月"))
	b.drawFilings(b.Book.Sheet("报送情况", workbook.A4Portrait).Shows(workbook.Lists, "未报、退回、逾期的单位"))
	b.drawFront(front)
	on := b.front
	return &Workbook{b.Book, on.title, on.asOf, on.headlines, on.tiles, on.note, b.behind, b.units, b.leading, b.filings}
}

// onePage puts a sheet on one page where it has no more rows than can be read there.
func onePage(p workbook.Page, rows, most int) workbook.Page {
	if rows <= most {
		return p.OnOnePage()
	}
	return p
}

// ranked reports whether any unit is ranked.
func (b *briefing) ranked() bool {
	for _, r := range b.report.Rankings {
		if len(r.Ranked) > 0 {
			return true
		}
	}
	return false
}

// key is a column of the ledger of key projects, quoted.
func (b *briefing) key(heading string) func(*page.Project) workbook.Cell {
	return func(p *page.Project) workbook.Cell {
		return workbook.Quote(b.keys.Ledger.Cell(heading, b.keys.RowOf(p)))
	}
}

// number is what a cell holds, to sort by; not known where it shows nothing.
func number(at workbook.Ref) (x float64, known bool) {
	x, known = at.Value().(float64)
	return x, known
}

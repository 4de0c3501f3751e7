// Package audit draws 核对底稿, the working papers of a month: what the office checks by and answers
// in, and what leaders need not see. It holds what is wrong with the data (数据质量, 问题清单,
// 分规则问题), what came of months that are closed (更正), what a person must decide (疑似重复与冲突), the keys that decisions are made by (项目键),
// the working of every score (月评比计分), and the files that everything rests on (数据来源). The other
// workbooks refer to it by name.
package audit

import (
	"huizong/consolidate"
	"huizong/consolidate/rating"
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/scoreboard"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/ledger"
)

// Subject is what the workbook is on; its file's name holds it.
const Subject = "核对底稿"

// An audit is 核对底稿: all forms of a month on one subject.
type audit struct{ *page.Volume }

// Draw makes 核对底稿, with the working of the month's ratings. 疑似重复与冲突 is left out where there is nothing to decide and nothing was decided,
// 更正 where nothing came late and nothing was published anew.
func Draw(m *consolidate.Month, ratings []rating.Rating) *workbook.Book {
	a := &audit{page.NewVolume(m, Subject)}
	front := a.Book.Sheet("封面与编制说明", workbook.A4Portrait.OnOnePage())
	quality := a.Book.Sheet("数据质量", workbook.A4Portrait).Shows(workbook.Front, "需人工核对的行，各单位的问题、退回和待核")
	if lines := a.doubts(); len(lines) > 0 {
		doubts := a.Book.Sheet(ledger.ReplySheet, workbook.A3Landscape).
			Shows(workbook.Lists, "需要人工判定的：可能重复的项目，几个单位填报不一致的内容；在此答复")
		a.drawDoubts(doubts, lines)
	}
	if a.hasCorrections() {
		a.drawCorrections(a.Book.Sheet(correctionsSheet, workbook.A3Landscape).
			Shows(workbook.Lists, "结账后收到的以前月份的报表，与公布的数有何不同；重新公布的数"))
	}
	findings := a.Book.Sheet("问题清单", workbook.A3Landscape).Shows(workbook.Ledgers, "每个问题一行：文件、单元格、怎么改")
	rules := a.Book.Sheet("分规则问题", workbook.A4Portrait).Shows(workbook.Lists, "每条审核规则发现的问题数")
	scores := a.Book.Sheet("月评比计分", workbook.A4Landscape).Shows(workbook.Workings, "各单位各项指标的计分过程")
	keys := a.Book.Sheet("项目键", workbook.A4Landscape).Shows(workbook.Ledgers, "判定任何两行时所用的键")
	files := a.Book.Sheet("数据来源", workbook.A3Landscape).Shows(workbook.Workings, "所用的每份报表：单位、文件、版本、采用行数")

	found := a.drawFindings(findings)
	a.drawRules(rules, found)
	a.drawQuality(quality, found)
	scoreboard.DrawWorking(a.Volume, scores, ratings)
	a.drawKeys(keys)
	a.drawSources(files)
	a.drawCover(front)
	return a.Book
}

package bulletin

import (
	"fmt"
	"slices"
	"strings"

	"huizong/consolidate"
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
)

// A chapter is a part of the bulletin, 一、, with its sections.
type chapter struct {
	heading  string
	sections []section
}

// A section is a part of a chapter, （一）: a heading, and sentences that make one paragraph.
type section struct {
	heading   string
	sentences []clause
}

func (n narrator) chapters() []chapter {
	return []chapter{
		{"总体情况", []section{
			{"项目谋划储备", n.onReserve()},
			{"重点项目建设", n.onProgress()},
			{"领导包抓和调度督办", n.onDuty()},
			{"要素保障和堵点难点销号", n.onObstacles()},
			{"招商引资", n.onPromotion()},
			{"行动方案任务进展", n.onTasks()},
			{"营商环境", n.onServices()},
			{"亩均效益", n.onLand()},
		}},
		{"排名情况", []section{
			{"重点项目进度红黑榜", n.onHonours()},
			{"月评比", n.onScores()},
		}},
		{"存在问题", []section{
			{"项目进度滞后", n.onSlow()},
			{"到期未开工", n.onUnstarted()},
			{"应入统未入统", n.onNotInStatistics()},
			{"堵点难点逾期未结", n.onOverdue()},
			{"任务滞后", n.onLateTasks()},
			{"报表报送", append(n.onFilings(), n.onUnsent()...)},
		}},
		{"下步要求", []section{
			{"办理交办事项", append(n.onMatters(), n.onOrders()...)},
			{"补报和更正报表", n.onMending()},
		}},
	}
}

// A toldChapter is one as it was drawn: what can be said of it.
type toldChapter struct {
	heading  string
	sections []toldSection
}

type toldSection struct {
	heading   string
	paragraph workbook.Ref
}

// indent is that of the first line of a paragraph.
const indent = "　　"

// about is what the bulletin is about, as its title and its first sentence have it.
func (b *bulletin) about() string { return b.Period.Chinese() + "全县高质量项目推进情况" }

// opening is the first sentence.
func (b *bulletin) opening() string { return "现将" + b.about() + "通报如下。" }

// drawText draws 通报正文: the month in sentences, each number from its cell. What cannot be said is left
// out with its heading.
func (b *bulletin) drawText(s *workbook.Sheet, figures headlineCells) []toldChapter {
	flow := s.Flow(12, 6.9)
	body := workbook.Bulletin.Size(14)
	flow.Gap(14)
	flow.Write(workbook.Text(b.County.Name+Subject), workbook.Title.Size(24))
	flow.Write(workbook.Text("（"+b.Period.Chinese()+"）"), workbook.Subheading.Size(15).Align(workbook.Centre))
	flow.Gap(10)
	flow.Write(workbook.Text(b.County.Bulletin.To+"："), body)
	flow.Write(workbook.Text(indent+b.opening()), body)
	var all []toldChapter
	for _, c := range (narrator{b, figures}).chapters() {
		told := toldChapter{heading: c.heading}
		for _, section := range c.sections {
			paragraph := []any{indent}
			for _, said := range section.sentences {
				paragraph = append(paragraph, said...)
			}
			if len(paragraph) == 1 {
				continue
			}
			if len(told.sections) == 0 {
				flow.Write(workbook.Text(indent+page.Numeral(len(all))+"、"+c.heading), workbook.Heading.Size(14))
			}
			flow.Write(workbook.Text(indent+"（"+page.Numeral(len(told.sections))+"）"+section.heading), workbook.Subheading.Size(14))
			told.sections = append(told.sections, toldSection{section.heading, flow.Write(workbook.Sentence(paragraph...), body)})
		}
		if len(told.sections) > 0 {
			all = append(all, told)
		}
	}
	flow.Gap(20)
	end := b.Period.End()
	signature, _ := b.County.Signed(b.Period)
	flow.Write(workbook.Text(signature+indent), body.Align(workbook.Right))
	flow.Write(workbook.Text(fmt.Sprintf("数据截至%d年%d月%d日%s", end.Year, end.Month, end.Day, indent)), body.Align(workbook.Right))
	return all
}

// silent names the forms of which nothing stands.
func (b *bulletin) silent() string {
	var titles []string
	for _, f := range form.All() {
		if len(b.Register.Counted(f)) == 0 && len(b.County.Owes(f.ID)) > 0 &&
			slices.ContainsFunc(b.Missing, func(m consolidate.Missing) bool { return m.Form == f.ID }) {
			titles = append(titles, "《"+f.Title+"》")
		}
	}
	return strings.Join(titles, "")
}

package template

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// The columns of the first page are for a table of the returns; texts go over all of them.
var guideWidths = [...]float64{40, 16, 20, 64}

// A guide is the first page (填报说明) while it is drawn, from the top down.
type guide struct {
	*book
	row int
}

// guide draws the first page: what is owed and when, how to fill it in, what the colours mean, what goes wrong.
func (b *book) guide() {
	g := &guide{b, 1}
	for i, width := range guideWidths {
		column, err := excelize.ColumnNumberToName(i + 1)
		b.try(err)
		b.try(b.file.SetColWidth(ledger.TemplateGuide, column, column, width))
	}
	g.text(b.Department+b.Period.Chinese()+ledger.GuideTitle, look{font: b.County.Fonts.Title, size: 20, bold: true, centre: true})
	g.owed()
	g.heading("二、怎么填")
	for i, step := range steps {
		g.text(fmt.Sprintf("%d. %s", i+1, step), look{})
	}
	g.colours()
	g.mistakes()
	g.heading("五、报到哪里")
	g.text("填好后存盘，把本工作簿整个报送"+b.County.Publisher+"，不要拆开，不要另存为图片或 PDF。", look{})
	if contact := b.County.Bulletin.Contact; contact != "" {
		g.text(contact, look{})
	}
	b.page(ledger.TemplateGuide, 1, "")
	b.protect(ledger.TemplateGuide)
}

// steps say how the sheets are filled in.
var steps = []string{
	"每张工作表是一种报表。灰底的项目名称、代码等不能改；白底的格子都可以填。名称确实变了的，先点“审阅—撤销工作表保护”（没有密码）再改，仍算同一个项目。",
	"已填好的是上月的数，没有变化的不用动，变了的直接改。本月完成、累计完成、形象进度等每月都要重填；旁边灰字是上月填的数，供对照，不用改。",
	"金额一律填万元，只填数字，不带单位、不写“约”。没有的填0，不知道的留空。百分比填成85.5%。日期填成2024-06-15的样子。",
	"新项目填在表下的空行里。不再报的项目不要删行，写明退库、调出或销号的原因。",
	"本月没有变化或没有要报的，只在表头上方的格子里选√，下面不用填。",
	"最右边的“检查”随填随查，写着哪一项不对、为什么；一行都填好了就是空的。留着问题也能报，但会被退回或要求说明。",
	"不要改表头、不要增减列。填报人、填报日期填在表头上方。",
}

// owed lists the returns and the day on which they are due.
func (g *guide) owed() {
	due := g.County.Due.In(g.Period)
	g.heading("一、报什么，什么时候报")
	g.text(fmt.Sprintf("请在%d年%d月%d日以前（含当日）报送下列%d种报表：", due.Year, due.Month, due.Day, len(g.Sheets)), look{bold: true})
	g.line(look{font: g.County.Fonts.Heading, frame: true, centre: true, fill: headed}, "报表（工作表）", "已列出的行数", "金额单位", "必填的栏目")
	for i := range g.Sheets {
		s := &g.Sheets[i]
		var required []string
		unit, rows := "—", "—"
		for _, c := range s.Form.Columns {
			if c.Need == form.Required {
				required = append(required, strings.TrimPrefix(headingOf(c, g.Period), "*"))
			}
		}
		if hasAmounts(s.Form) {
			unit = "万元"
		}
		if len(s.Rows) > 0 {
			rows = fmt.Sprint(len(s.Rows))
		}
		g.line(look{frame: true}, s.Form.Title, rows, unit, strings.Join(required, "、"))
	}
}

// colours says what the colours mean, each on a cell of its own.
func (g *guide) colours() {
	g.heading("三、颜色和记号")
	for _, c := range []struct{ sample, fill, colour, means string }{
		{"必填未填", toFill, "", "必填的还没有填；栏目名称前有*的是必填"},
		{"必须改正", broken[ledger.Error], "", "强制性审核没有通过，要改正"},
		{"核实说明", broken[ledger.Query], "", "与别的数对不上：填错了的改正；没有错的，在备注中说明"},
		{"提示", broken[ledger.Notice], "", "请看一眼，情况属实的不用改"},
		{"锁定", given, "", "项目名称、代码等，不能改"},
		{"上月", given, pastText, "上月填的数，供对照"},
	} {
		g.put(ledger.TemplateGuide, ref(1, g.row), c.sample, look{frame: true, centre: true, fill: c.fill, colour: c.colour})
		g.over(2, c.means, look{})
	}
}

// mistakes are the checks of each form that ask for an answer, those first that must be corrected.
func (g *guide) mistakes() {
	const most = 5 // of a form
	g.heading("四、最容易错的地方")
	for i := range g.Sheets {
		f := g.Sheets[i].Form
		var codes []*ledger.Code
		for _, rule := range f.Rules {
			if g.inCounty(rule.Code).Severity >= ledger.Query && !slices.Contains(codes, rule.Code) {
				codes = append(codes, rule.Code)
			}
		}
		slices.SortStableFunc(codes, func(a, b *ledger.Code) int { return int(b.Severity) - int(a.Severity) })
		if len(codes) == 0 {
			continue
		}
		g.text("《"+f.Title+"》", look{bold: true})
		for _, code := range codes[:min(len(codes), most)] {
			g.text("　· "+code.Wrong.In(ledger.Chinese)+"（"+code.ID+"）："+code.Remedy.In(ledger.Chinese)+"。", look{})
		}
	}
}

func (g *guide) heading(text string) {
	g.text(text, look{font: g.County.Fonts.Heading, size: 13, bold: true})
}

// text writes a paragraph over all columns.
func (g *guide) text(text string, l look) { g.over(1, text, l) }

// over writes a text over the columns from one on, as high as it needs.
func (g *guide) over(from int, text string, l look) {
	cell := ref(from, g.row)
	g.put(ledger.TemplateGuide, cell, text, l)
	g.try(g.file.MergeCell(ledger.TemplateGuide, cell, ref(len(guideWidths), g.row)))
	width := 0.0
	for _, w := range guideWidths[from-1:] {
		width += w
	}
	g.next(text, width, l)
}

// line writes a line of the table.
func (g *guide) line(l look, texts ...string) {
	longest := 0
	for i, text := range texts {
		g.put(ledger.TemplateGuide, ref(i+1, g.row), text, l)
		if float64(widthIn(text))/guideWidths[i] > float64(widthIn(texts[longest]))/guideWidths[longest] {
			longest = i
		}
	}
	g.next(texts[longest], guideWidths[longest], l)
}

// next makes the row as high as a text of its needs, and goes on to the next.
func (g *guide) next(text string, width float64, l look) {
	size := max(l.size, 10)
	lines := math.Ceil(float64(widthIn(text)) * size / 10 * 1.08 / width)
	g.try(g.file.SetRowHeight(ledger.TemplateGuide, g.row, max(lines, 1)*size*1.5+3))
	g.row++
}

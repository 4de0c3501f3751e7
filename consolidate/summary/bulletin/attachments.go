package bulletin

import (
	"fmt"
	"slices"

	"huizong/consolidate/summary/document"
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/progress"
	"huizong/consolidate/summary/workbook"
)

// Titles of the attachments.
const (
	slowTitle  = "滞后、应入未入重点项目清单"
	keyTitle   = "重点项目进展情况表"
	rankTitle  = "责任单位重点项目进度红黑榜"
	scoreTitle = "月评比排名"
	stuckTitle = "逾期堵点难点清单"
	taskTitle  = "滞后和过期未完成任务清单"
)

// An attachment is a list of the bulletin (附件) that has something in it.
type attachment struct {
	title string
	page  document.Page
	draw  func(*document.Document)
}

// attachments are those of the month, in their order.
func (b *bulletin) attachments() []attachment {
	var all []attachment
	add := func(lines int, title string, p document.Page, draw func(*document.Document)) {
		if lines > 0 {
			all = append(all, attachment{title, p, draw})
		}
	}
	add(len(b.slow), slowTitle, document.Landscape, b.attachSlow)
	add(len(b.keys.Projects), keyTitle, document.Landscape, b.attachKeys)
	add(len(b.reached.units)+len(b.missed.units), rankTitle, document.Portrait, b.attachHonours)
	add(len(b.scored()), scoreTitle, document.Portrait, b.attachScores)
	add(len(b.overdue()), stuckTitle, document.Portrait, b.attachOverdue)
	add(len(b.lateTasks()), taskTitle, document.Portrait, b.attachTasks)
	return all
}

// attachmentMark is how the text names an attachment: 附件2; blank where there is no such.
func (b *bulletin) attachmentMark(title string) string {
	all := b.attachments()
	switch at := slices.IndexFunc(all, func(a attachment) bool { return a.title == title }); {
	case at < 0:
		return ""
	case len(all) == 1:
		return "附件"
	default:
		return fmt.Sprintf("附件%d", at+1)
	}
}

// smallType is that of the tables, in points.
const smallType = 10.5

// A quotation is a column of an attachment: its heading, width and alignment, and where the cells stand that
// it shows.
type quotation struct {
	heading string
	width   float64
	align   document.Align
	from    *workbook.Drawn
	column  string // blank: as the heading
}

// A line is a row of an attachment: its number, and the row of the table that it quotes.
type line struct{ number, row int }

// quoteRows draws a table of rows of what was drawn elsewhere, numbered.
func quoteRows(d *document.Document, right string, rows []int, columns ...quotation) {
	table := document.Table[line]{Points: smallType, Right: right, Columns: []document.Column[line]{
		{"序号", 3, document.Centre, func(l line) document.Text { return document.Plain(fmt.Sprint(l.number)) }},
	}}
	for _, c := range columns {
		column := c.column
		if column == "" {
			column = c.heading
		}
		table.Columns = append(table.Columns, document.Column[line]{c.heading, c.width, c.align,
			func(l line) document.Text { return quoted(c.from.Cell(column, l.row)) }})
	}
	lines := make([]line, len(rows))
	for i, row := range rows {
		lines[i] = line{i + 1, row}
	}
	table.Draw(d, lines)
}

func (b *bulletin) attachSlow(d *document.Document) {
	quoteRows(d, "", page.UpTo(len(b.slow)),
		quotation{"项目名称", 14, document.Left, b.slowSheet, ""}, quotation{"责任单位", 8, document.Centre, b.slowSheet, ""},
		quotation{"包抓领导", 6, document.Centre, b.slowSheet, ""}, quotation{"占年度\n计划", 4, document.Right, b.slowSheet, progress.OfPlan},
		quotation{"与时序差\n（百分点）", 5, document.Right, b.slowSheet, progress.Ahead}, quotation{"落后事项", 15, document.Left, b.slowSheet, ""})
}

// attachKeys lists the key projects level by level, the worst first.
func (b *bulletin) attachKeys(d *document.Document) {
	base := b.keys.Ledger
	for _, level := range b.keys.Levels {
		var lines []int
		for _, p := range b.keys.OfLevel(level) {
			if p.Counts() {
				lines = append(lines, b.keys.RowOf(p))
			}
		}
		if len(lines) == 0 {
			continue
		}
		d.Heading(1, document.Say(level.Name+"重点项目"))
		quoteRows(d, "单位：万元", lines,
			quotation{"项目名称", 14, document.Left, base, ""}, quotation{"责任单位", 8, document.Centre, base, ""},
			quotation{"包抓领导", 6, document.Centre, base, ""},
			quotation{progress.YearPlan, 6, document.Right, base, ""}, quotation{b.keys.Done(), 6, document.Right, base, ""},
			quotation{"占年度\n计划", 4, document.Right, base, progress.OfPlan}, quotation{"与时序差\n（百分点）", 5, document.Right, base, progress.Ahead},
			quotation{"总评", 3, document.Centre, base, "红黄绿灯/总评"})
	}
}

func (b *bulletin) attachHonours(d *document.Document) {
	for _, list := range []*honour{b.reached, b.missed} {
		if len(list.units) == 0 {
			continue
		}
		d.Heading(1, document.Say(list.name))
		quoteRows(d, "", page.UpTo(len(list.units)),
			quotation{"类别", 4, document.Centre, list.drawn, ""}, quotation{"责任单位", 12, document.Centre, list.drawn, ""},
			quotation{"项目数\n（个）", 4, document.Right, list.drawn, "项目数"}, quotation{"占年度\n计划", 5, document.Right, list.drawn, progress.OfPlan},
			quotation{"与时序差\n（百分点）", 5, document.Right, list.drawn, progress.Ahead})
	}
}

// A scored is a line of a ranking of 月评比.
type scored struct {
	group string
	from  *workbook.Drawn
	row   int
}

// scored are the lines of the rankings; a group in which nobody has points is not ranked for a reader.
func (b *bulletin) scored() []scored {
	var all []scored
	for _, r := range b.rankings {
		if len(r.Ranked) == 0 || r.Ranked[0].Total <= 0 {
			continue
		}
		for i := range r.Ranked {
			all = append(all, scored{r.Group, r.Drawn, i})
		}
	}
	return all
}

// attachScores lists the rankings in two halves side by side, so that they go on a page.
func (b *bulletin) attachScores(d *document.Document) {
	all := b.scored()
	rows := (len(all) + 1) / 2
	table := document.Table[int]{Points: smallType, Notes: []string{"注：" + b.County.Scoring.Basis + "。"}}
	for _, from := range []int{0, rows} {
		half := func(of func(scored) document.Text) func(int) document.Text {
			return func(row int) document.Text {
				if from+row >= len(all) {
					return nil
				}
				return of(all[from+row])
			}
		}
		quote := func(heading string) func(int) document.Text {
			return half(func(s scored) document.Text { return quoted(s.from.Cell(heading, s.row)) })
		}
		table.Columns = append(table.Columns,
			document.Column[int]{"类别", 2.5, document.Centre, half(func(s scored) document.Text { return document.Plain(s.group) })},
			document.Column[int]{"名次", 2.5, document.Centre, quote("名次")},
			document.Column[int]{"单位", 10, document.Centre, quote("单位")},
			document.Column[int]{"得分", 3.5, document.Right, quote("得分")})
	}
	table.Draw(d, page.UpTo(rows))
}

// overdue are the rows of 堵点难点台账 that are past their deadline.
func (b *bulletin) overdue() []int {
	var rows []int
	for i, o := range b.ObstaclesOf() {
		if o.Days > 0 {
			rows = append(rows, i)
		}
	}
	return rows
}

func (b *bulletin) attachOverdue(d *document.Document) {
	quoteRows(d, "", b.overdue(),
		quotation{"问题编号", 4, document.Centre, b.problems, ""}, quotation{"项目名称", 8, document.Left, b.problems, ""},
		quotation{"问题描述", 8, document.Left, b.problems, ""}, quotation{"主办单位", 6, document.Centre, b.problems, ""},
		quotation{"办结时限", 5.5, document.Centre, b.problems, ""}, quotation{"逾期\n（天）", 3, document.Right, b.problems, "逾期天数"})
}

// lateTasks are the rows of 任务台账 that are behind or past their deadline.
func (b *bulletin) lateTasks() []int {
	var rows []int
	for i, t := range b.tasksOf() {
		if t.late() {
			rows = append(rows, i)
		}
	}
	return rows
}

func (b *bulletin) attachTasks(d *document.Document) {
	quoteRows(d, "", b.lateTasks(),
		quotation{"方案", 6, document.Left, b.tasks, ""}, quotation{"编号", 2.5, document.Centre, b.tasks, ""},
		quotation{"任务内容", 8.5, document.Left, b.tasks, ""}, quotation{"牵头单位", 6.5, document.Centre, b.tasks, ""},
		quotation{"完成时限", 5.5, document.Centre, b.tasks, ""}, quotation{"状态", 2.5, document.Centre, b.tasks, ""},
		quotation{"过期", 2.5, document.Centre, b.tasks, ""})
}

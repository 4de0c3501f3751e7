package summary

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"

	"huizong/consolidate"
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// ReceiptsDir is where in a month's folder lies what departments are given back, each in a folder of its name.
const ReceiptsDir = "回单"

// mirrorName is the name of a notice: 回单/<department>/镜像告知_2024-06.xlsx.
const mirrorName = "镜像告知_%s.xlsx"

// A reflection is a line of 镜像告知: what another department said of a project that this one
// reports, beside what this one said.
type reflection struct {
	form          *form.Form
	own, other    *ledger.Standing
	matter        string
	says, theySay workbook.Cell
	counts        workbook.Cell
	why           string
	urgency       int // greater for what has to be looked at first; 0: nothing has to be done
}

// A notice is the workbook of a department by its path below the month's folder, with slashes.
type notice struct {
	path string
	book *workbook.Book
}

// noticesOf tells each department what others said of its projects. A department that nobody else speaks
// of gets none.
func noticesOf(m *consolidate.Month) []notice {
	var notices []notice
	all := reflections(m)
	for _, department := range slices.SortedFunc(maps.Keys(all), m.Register.CompareUnits) {
		at := path.Join(ReceiptsDir, department, fmt.Sprintf(mirrorName, m.Period))
		notices = append(notices, notice{at, mirrorWorkbook(m, department, all[department])})
	}
	return notices
}

// reflections gathers by department what others said, what somebody has to look at first.
func reflections(m *consolidate.Month) map[string][]reflection {
	all := map[string][]reflection{}
	for _, f := range form.All() {
		for _, p := range m.Register.Projects[f.ID] {
			for _, r := range p.Resolutions {
				for _, claim := range r.Claims {
					all[claim.Department] = append(all[claim.Department], mirrored(m, p, r, claim)...)
				}
			}
		}
	}
	for _, c := range m.Candidates {
		if c.Matter != consolidate.MatterOne {
			continue
		}
		for _, side := range [][2]*consolidate.Project{{c.A, c.B}, {c.B, c.A}} {
			if mine, theirs := side[0], side[1]; mine.Row.Department != theirs.Row.Department {
				total := c.A.Form.Role(form.RoleTotal)
				all[mine.Row.Department] = append(all[mine.Row.Department], reflection{
					form: c.A.Form, own: mine.Row, other: theirs.Row, matter: c.Matter.In(ledger.Chinese),
					says: page.InOwnKind(total, total.Value(mine.Record())), theySay: page.InOwnKind(total, total.Value(theirs.Record())),
					counts: workbook.Text("各自计数"),
					why:    page.Grounds(c), urgency: 3,
				})
			}
		}
	}
	for department, lines := range all {
		if len(lines) == 0 {
			delete(all, department)
		}
		slices.SortStableFunc(lines, func(a, b reflection) int { return cmp.Compare(b.urgency, a.urgency) })
	}
	return all
}

// mostOthers is how many claims of others are set beside one's own, the one that counts first. Beside each other one the lines
// would grow with the square of the rows that people decide are one.
const mostOthers = 20

// mirrored sets other departments' claims beside one's own.
func mirrored(m *consolidate.Month, p *consolidate.Project, r consolidate.Resolution, own consolidate.Claim) []reflection {
	var lines []reflection
	winner, _ := r.Winner()
	for _, other := range r.Claims {
		if other.Department == own.Department || !other.Field.Value.Known {
			continue
		}
		if len(lines) == mostOthers {
			lines[mostOthers-1].why += "；其余各行所报没有一一列出"
			break
		}
		lines = append(lines, reflection{
			form: p.Form, own: own.Row, other: other.Row, matter: page.Heading(r.Column, m.Period),
			says: page.InOwnKind(r.Column, own.Field.Value), theySay: page.InOwnKind(r.Column, other.Field.Value),
			counts: page.InOwnKind(r.Column, winner.Field.Value), why: page.VerdictOf(r, winner),
			urgency: map[consolidate.Reason]int{consolidate.Open: 2, consolidate.ByAuthority: 1}[r.Reason],
		})
	}
	return lines
}

// mirrorWorkbook draws the notice to one department.
func mirrorWorkbook(m *consolidate.Month, department string, lines []reflection) *workbook.Book {
	title := fmt.Sprintf("%s%s镜像告知（%s）", m.County.Name, m.Period.Chinese(), department)
	book := page.NewBook(m, title)
	nameOf := func(row *ledger.Standing) workbook.Cell {
		return workbook.Text(form.ByID(row.Form).Name(row.Record))
	}
	workbook.Table[reflection]{
		Title: title, Left: "数据截至 " + m.Period.End().String(), Right: "不一致的在前（粗体），金额单位：万元", Ledger: true, Frozen: 2,
		Columns: []workbook.Column[reflection]{
			{"序号", 5, workbook.Ordinal, nil},
			{"本单位填报的项目", 24, workbook.Prose, func(l reflection) workbook.Cell { return nameOf(l.own) }},
			{"报表", 12, workbook.Label, func(l reflection) workbook.Cell { return workbook.Text(l.form.Title) }},
			{"核对项", 11, workbook.Label, func(l reflection) workbook.Cell { return workbook.Text(l.matter) }},
			{"本单位填报", 12, workbook.Label, func(l reflection) workbook.Cell { return l.says }},
			{"其他单位", 12, workbook.Label, func(l reflection) workbook.Cell { return workbook.Text(l.other.Department) }},
			{"其填报的项目", 24, workbook.Prose, func(l reflection) workbook.Cell { return nameOf(l.other) }},
			{"其填报", 12, workbook.Label, func(l reflection) workbook.Cell { return l.theySay }},
			{"本月采用", 12, workbook.Label, func(l reflection) workbook.Cell { return l.counts }},
			{"说明", 26, workbook.Prose, func(l reflection) workbook.Cell { return workbook.Text(l.why) }},
		},
		Strong: func(l reflection) bool { return l.urgency > 0 },
		Notes:  []string{"注：其他单位也填报了本单位的项目。不一致的（粗体），请与该单位商定，由报错的一方改正重报；“疑似重复”的请告知县发改局是否为同一项目；一致的无需处理。"},
	}.Draw(book.Sheet("镜像告知", workbook.A4Landscape).Top(), lines)
	return book
}

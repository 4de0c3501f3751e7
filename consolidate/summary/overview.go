package summary

import (
	"slices"
	"strings"

	"huizong/consolidate/summary/briefing"
	"huizong/consolidate/summary/progress"
	"huizong/consolidate/summary/workbook"
)

// An Overview is a month on a page, as 领导参阅 has it.
type Overview struct {
	Book        int // 领导参阅 among the workbooks
	Title, AsOf string
	Headlines   []Figure // the month in sentences
	Tiles       []Tile
	Behind      *Excerpt // the projects furthest behind, the worst first; nil: none is
	Units       *Excerpt // the units that are behind or have projects of a red light, the worst first; nil: none does
	Leading     *Excerpt // the leading figures, beside those of the month before
	Filings     *Excerpt // who sent nothing, what was returned, who sent late; nil: nobody
	Note        string   // whose returns the month rests on
	Charts      []Chart
}

// A Figure is what a cell of 领导参阅 shows, and where it stands.
type Figure struct {
	Place
	Text   string         // blank: not known
	Light  workbook.Light // blank: it is none
	Number bool           // it stands to the right, as numbers do
	Asked  bool           // it can be asked where it comes from
}

// A Tile is a large figure, under its name and over what it is compared with.
type Tile struct {
	Name        string
	Value, Foot Figure
}

// An Excerpt is the first lines of a table, in some of its columns.
type Excerpt struct {
	Book, Sheet int    // that has all of it
	Name        string // of the sheet
	Headings    []string
	Lines       [][]Figure
	More        int // lines that are left out
}

// How many lines a page takes.
const (
	mostBehind  = 10
	mostUnits   = 8
	mostFilings = 8
)

// An overviewing makes the month a page.
type overviewing struct {
	*briefing.Workbook
	number int // of 领导参阅
}

// Overview is the month on a page.
func (o *Opened) Overview() (*Overview, error) {
	o.one.Lock()
	defer o.one.Unlock()
	p := overviewing{o.drawn.leaders, 1 + slices.IndexFunc(o.drawn.volumes, func(v volume) bool { return v.book == o.drawn.leaders.Book })}
	v := &Overview{Book: p.number, Title: p.Title.Shown(), AsOf: p.AsOf.Shown(), Note: p.Note.Shown()}
	for _, at := range p.Headlines {
		v.Headlines = append(v.Headlines, p.figure(at))
	}
	for _, at := range p.Tiles {
		v.Tiles = append(v.Tiles, Tile{at.Down(-1).Shown(), p.figure(at), p.figure(at.Down(1))})
	}
	v.Behind = p.excerpt(p.Behind, mostBehind, everyLine, "总评", "项目名称", "责任单位", "包抓领导", progress.Ahead, "落后事项")
	v.Units = p.excerpt(p.Units, mostUnits, p.inTrouble, "责任单位", "项目数", progress.OfPlan, progress.Ahead, "红灯", "黄灯")
	v.Leading = p.excerpt(p.Leading, p.Leading.Rows(), everyLine, "指标", "单位", "本月", "上月", "较上月")
	v.Filings = p.excerpt(p.Filings, mostFilings, everyLine, "单位", "未报", "退回未重报", "逾期报送")
	for _, sheet := range p.Sheets() {
		view, err := p.View(sheet)
		if err != nil {
			return nil, err
		}
		v.Charts = append(v.Charts, view.Charts...)
	}
	return v, nil
}

// figure is what a cell shows.
func (p overviewing) figure(at workbook.Ref) Figure {
	c := at.View()
	return Figure{Place{p.number, at.Sheet(), c.Place}, c.Text, c.Light, c.Align == workbook.Right, c.Figure}
}

func everyLine(int) bool { return true }

// inTrouble reports whether a unit is behind or has a project of a red light.
func (p overviewing) inTrouble(row int) bool {
	ahead, known := p.Units.Cell(progress.Ahead, row).Value().(float64)
	red, _ := p.Units.Cell("红灯", row).Value().(float64)
	return known && ahead < 0 || red > 0
}

// excerpt is the first lines of a table of those that are wanted; nil where there is none.
func (p overviewing) excerpt(table *workbook.Drawn, most int, wanted func(row int) bool, headings ...string) *Excerpt {
	if table == nil {
		return nil
	}
	sheet := table.Area().First().Sheet()
	e := &Excerpt{Book: p.number, Sheet: sheet, Name: p.Sheets()[sheet-1]}
	for _, heading := range headings {
		e.Headings = append(e.Headings, strings.ReplaceAll(heading, "\n", ""))
	}
	for row := range table.Rows() {
		switch {
		case !wanted(row):
		case len(e.Lines) == most:
			e.More++
		default:
			var line []Figure
			for _, heading := range headings {
				line = append(line, p.figure(table.Cell(heading, row)))
			}
			e.Lines = append(e.Lines, line)
		}
	}
	if len(e.Lines) == 0 {
		return nil
	}
	return e
}

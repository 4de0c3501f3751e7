package bulletin

import (
	"slices"

	"huizong/consolidate/rating"
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
)

// A watch is a line of 领导包抓履职: a leader, what the duty sheet says, and what the returns
// of projects and of problems say of the same leader.
type watch struct {
	page.Leader
	row         *page.Project   // of the duty sheet; nil: not in it
	projects    []*page.Project // key projects that name the leader
	red, yellow []*page.Project // of them, by the overall light
	open, late  []*page.Project // problems
}

// watches are the roster in its order, zeros included, then leaders outside it, those that only
// projects or problems name among them, so that every project and problem has a line.
func (b *bulletin) watches() []watch {
	f := &form.Duty
	rows, named := map[string]*page.Project{}, []string{}
	for _, p := range b.Register.Counted(f.Leader.Form) {
		name := b.Roster.Spelling(f.Leader.Of(p.Record()))
		rows[name], named = &page.Project{Project: p}, append(named, name)
	}
	for _, p := range b.keys.Projects {
		if p.Counts() {
			named = append(named, b.keys.LeadersOf(p)...)
		}
	}
	for _, o := range b.ObstaclesOf() {
		if o.Outcome != page.StruckOff {
			named = append(named, b.Roster.Charged(form.Obstacles.Leader.Of(o.Record()))...)
		}
	}
	all := []watch{}
	for _, l := range b.Roster.With(named) {
		all = append(all, watch{Leader: l, row: rows[l.Name]})
	}
	b.addProjects(all)
	b.addObstacles(all)
	return all
}

func (b *bulletin) addProjects(all []watch) {
	for _, p := range b.keys.Projects {
		for _, name := range b.keys.LeadersOf(p) {
			at := slices.IndexFunc(all, func(w watch) bool { return w.Name == name })
			if at < 0 || !p.Counts() {
				continue
			}
			all[at].projects = append(all[at].projects, p)
			switch b.keys.Lights[p.Project].Overall() {
			case rating.Red:
				all[at].red = append(all[at].red, p)
			case rating.Yellow:
				all[at].yellow = append(all[at].yellow, p)
			}
		}
	}
}

func (b *bulletin) addObstacles(all []watch) {
	for _, o := range b.ObstaclesOf() {
		for _, name := range b.Roster.Charged(form.Obstacles.Leader.Of(o.Record())) {
			at := slices.IndexFunc(all, func(w watch) bool { return w.Name == name })
			if at < 0 || o.Outcome == page.StruckOff {
				continue
			}
			all[at].open = append(all[at].open, o.Project)
			if o.Days > 0 {
				all[at].late = append(all[at].late, o.Project)
			}
		}
	}
}

// Words of the column 履职表.
const (
	listed   = "已列"
	unlisted = "未列"
)

// said is what the duty sheet says of the leader in a column.
func (w watch) said(c form.Count) workbook.Cell {
	if w.row == nil {
		return workbook.Blank
	}
	return page.Quantity(c)(w.row)
}

// nobody reports whether the line is of the projects and problems that name no leader.
func (w watch) nobody() bool { return w.Name == page.NoLeader }

// expected reports whether the duty sheet should list the leader: one of the roster.
func (w watch) expected() bool { return !w.nobody() && w.Post != page.OffRoster }

// inSheet is 已列 or 未列; blank where the duty sheet lists none and need not.
func (w watch) inSheet() workbook.Cell {
	switch {
	case w.row == nil && w.expected():
		return workbook.Text(unlisted).From(page.FromReturns{Form: form.Duty.Leader.Form})
	case w.row == nil:
		return workbook.Blank
	}
	return workbook.Text(listed).From(page.Cite(w.row, form.Duty.Leader.Column))
}

// reminder is what the leader's office should look at.
func (w watch) reminder() string {
	text := ""
	switch {
	case w.nobody():
		return "请责任单位明确包抓领导"
	case w.row == nil && w.expected():
		return "履职表未列"
	case w.row == nil:
		return "名录以外，请核对姓名"
	}
	if visits, known := form.Duty.Visits.Of(w.row.Record()); known && visits == 0 && len(w.projects) > 0 {
		text = page.Join(text, "有包抓项目，本月未深入现场")
	}
	if len(w.late) > 0 {
		text = page.Join(text, "有逾期未结的堵点难点")
	}
	return text
}

// drawDuty draws 领导包抓履职: every leader of the roster, the duty sheet beside what the
// returns of projects and problems say.
func (b *bulletin) drawDuty(s *workbook.Sheet) ties {
	f := &form.Duty
	if b.nothing(f.Leader.Form, s) {
		return nil
	}
	watches := b.watches()
	said := func(c form.Count) func(watch) workbook.Cell {
		return func(w watch) workbook.Cell { return w.said(c) }
	}
	count := func(f *form.Form, of func(watch) []*page.Project, columns ...*form.Column) func(watch) workbook.Cell {
		return func(w watch) workbook.Cell { return workbook.Int(len(of(w))).From(page.CiteAll(f, of(w), columns...)) }
	}
	lit := func(of func(watch) []*page.Project) func(watch) workbook.Cell {
		return func(w watch) workbook.Cell {
			return workbook.Int(len(of(w))).From(b.CiteEntries(of(w), rating.LightColumns()...))
		}
	}
	keys, problems := form.Progress.Name.Form, form.Obstacles.Number.Form
	total := func(heading, figure string, c form.Count) workbook.Cell {
		return b.added(workbook.SumKnown(workbook.Rows(heading), workbook.Is(workbook.Rows("履职表"), workbook.Text(listed))), figure, c)
	}
	drawn := workbook.Table[watch]{
		Title: b.Title("县级领导包抓履职情况"), Left: b.AsOf(), Right: "单位：个、次", Total: "合计", Ledger: true, Dense: true, Frozen: 2,
		Columns: []workbook.Column[watch]{
			{"序号", 5, workbook.Ordinal, nil},
			{"领导", 14, workbook.Label, func(w watch) workbook.Cell { return workbook.Text(w.Name) }},
			{"职务", 11, workbook.Label, func(w watch) workbook.Cell { return workbook.Text(w.Post) }},
			{"履职表", 7, workbook.Label, watch.inSheet},
			{"包抓项目/履职表", 8, workbook.Whole, said(f.Projects)},
			{"包抓项目/项目月报", 8, workbook.Whole, count(keys, func(w watch) []*page.Project { return w.projects }, form.Progress.Leader.Column)},
			{"包抓项目/相差", 7, workbook.Whole.Signed().Dash(), func(watch) workbook.Cell {
				return workbook.Minus(workbook.Own("包抓项目/履职表"), workbook.Own("包抓项目/项目月报"))
			}},
			{"深入现场", 7, workbook.Whole, said(f.Visits)},
			{"现场办公\n调度会", 9, workbook.Whole, said(f.Meetings)},
			{"问题/发现", 6, workbook.Whole, said(f.Found)},
			{"问题/解决", 6, workbook.Whole, said(f.Solved)},
			{"问题/未解决", 7, workbook.Whole, said(f.Unresolved)},
			{"包抓项目灯/红灯", 6, workbook.Whole.Dash(), lit(func(w watch) []*page.Project { return w.red })},
			{"包抓项目灯/黄灯", 6, workbook.Whole.Dash(), lit(func(w watch) []*page.Project { return w.yellow })},
			{"堵点难点/未结", 6, workbook.Whole.Dash(), count(problems, func(w watch) []*page.Project { return w.open }, form.Reads(form.ObstacleClosed)...)},
			{"堵点难点/逾期", 6, workbook.Whole.Dash(), count(problems, func(w watch) []*page.Project { return w.late }, form.Reads(form.ObstacleOverdue)...)},
			{"提醒", 24, page.Small(workbook.Prose), func(w watch) workbook.Cell { return workbook.Text(w.reminder()) }},
		},
		Totals: map[string]workbook.Cell{
			"履职表": b.TiedCount(workbook.CountIf(workbook.Is(workbook.Rows("履职表"), workbook.Text(listed))), "duty.leaders").
				As(workbook.Whole.Suffix("人").Align(workbook.Centre)),
			"包抓项目/相差":   workbook.Minus(workbook.Own("包抓项目/履职表"), workbook.Own("包抓项目/项目月报")),
			"深入现场":      total("深入现场", "duty.visits", f.Visits),
			"现场办公\n调度会": total("现场办公\n调度会", "duty.meetings", f.Meetings),
			"问题/发现":     total("问题/发现", "duty.found", f.Found),
			"问题/解决":     total("问题/解决", "duty.solved", f.Solved),
		},
		Notes: []string{"注：“履职表”各栏由督查室报送；“项目月报”为各责任单位月报中以该领导为包抓领导的重点项目数，一个项目由几位领导包抓的各计一次，没有填报包抓领导的列在“未明确”。空白为未填报，不等于零。"},
	}.Draw(s.Top(), watches)
	computed := ties{
		"duty.leaders": drawn.Total("履职表"), "duty.visits": drawn.Total("深入现场"), "duty.meetings": drawn.Total("现场办公\n调度会"),
		"duty.found": drawn.Total("问题/发现"), "duty.solved": drawn.Total("问题/解决"),
	}
	counted := b.drawRoster(drawn)
	// some are in the sheet and not on the roster, or the other way round
	if slices.ContainsFunc(watches, func(w watch) bool { return w.expected() == (w.row == nil) }) {
		computed[onRoster], computed[offRoster], computed[silentLeaders] = counted.Cell("人数", 1), counted.Cell("人数", 2), counted.Cell("人数", 3)
	}
	return computed
}

// drawRoster counts, under 领导包抓履职, the leaders that the duty sheet lists, on the roster and off it,
// and those of the roster that it does not list.
func (b *bulletin) drawRoster(duty *workbook.Drawn) *workbook.Drawn {
	says := func(word string) workbook.Condition {
		return workbook.Is(duty.Column("履职表"), workbook.Text(word))
	}
	off := workbook.CountIf(says(listed), workbook.Is(duty.Column("职务"), workbook.Text(page.OffRoster)))
	type line struct {
		what string
		n    workbook.Cell
	}
	return workbook.Table[line]{
		Caption: "报送人数",
		Columns: []workbook.Column[line]{
			{"序号", 5, workbook.Ordinal, nil},
			{"范围", 14, workbook.Label, func(l line) workbook.Cell { return workbook.Text(l.what) }},
			{"人数", 11, workbook.Whole, func(l line) workbook.Cell { return l.n }},
		},
	}.Draw(duty.Area().Below().Down(1), []line{
		{"履职表已列", workbook.Same(duty.Total("履职表"))},
		{"其中名录内", workbook.Minus(duty.Total("履职表"), off)},
		{"其中名录外", off},
		{"名录内未列", workbook.CountIf(says(unlisted))},
	})
}

package validate

import (
	"fmt"
	"slices"

	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// Findings between forms.
var (
	ObstacleOfNone = ledger.Declare("M20", ledger.Query, ledger.AcceptExplained, ledger.Level4, "foreign-key",
		ledger.Zh("问题所涉及的项目，各单位报表中都没有", "请核对项目名称或代码，与储备表、进展月报表中的一致"),
		ledger.En("no return knows the project that the problem is of", "write its name or code as the returns of projects do"))
	SigningOfNone = ledger.Declare("M21", ledger.Query, ledger.AcceptExplained, ledger.Level4, "foreign-key",
		ledger.Zh("签约项目已开工，而储备表、进展月报表中都没有", "请与责任单位衔接，将项目纳入储备或重点项目报送；名称不同的请统一"),
		ledger.En("the project signed has started, but no return of projects knows it", "have it reported, or give it one name"))
	StatisticsOfNone = ledger.Declare("M22", ledger.Notice, ledger.Accept, ledger.Level4, "foreign-key",
		ledger.Zh("入统项目在储备表、进展月报表中都没有", "请核对名称和代码；不属于重点项目、储备项目的无需改动"),
		ledger.En("no return of projects knows the project in the statistics", "check its name and code; leave it if it is none of them"))
	AbsentFromStatistics = ledger.Declare("M23", ledger.Query, ledger.AcceptExplained, ledger.Level4, "foreign-key",
		ledger.Zh("已开工且达到入统标准，而统计局的入统表中没有该项目", "请与统计局核对是否入库，项目名称、代码是否一致"),
		ledger.En("started and over the threshold, but not in the statistics return",
			"check with the statistics office whether it was entered, and under which name"))
	LeaderAbsent = ledger.Declare("M24", ledger.Query, ledger.AcceptExplained, ledger.Level4, "foreign-key",
		ledger.Zh("县级领导名单中的领导没有列入履职情况表", "请补列；没有活动的也要列出，各项填0"),
		ledger.En("a leader of the roster is not in the duty sheet", "add the leader, with zeros where there was nothing"))
	ProjectsApart = ledger.Declare("M25", ledger.Query, ledger.AcceptExplained, ledger.Level4, "balance-error",
		ledger.Zh("包抓项目个数与进展月报表中该领导包抓的项目数不同", "请与各责任单位核对包抓安排"),
		ledger.En("the number of projects differs from the key projects that name the leader", "check the assignment with the units responsible"))
	NobodyOfRoster = ledger.Declare("M26", ledger.Notice, ledger.Accept, ledger.Level4, "foreign-key",
		ledger.Zh("带队和同行的都不是县级领导名单中的领导", "请核对姓名；确非县级领导带队的无需改动"),
		ledger.En("neither head nor companions of the trip are on the county's roster", "check the names; leave them if it is so"))
	RowMissing = ledger.Declare("M27", ledger.Query, ledger.AcceptExplained, ledger.Level4, "foreign-key",
		ledger.Zh("县里清单要求报送的事项没有报", "请补报这一行；已完成的也要列出"),
		ledger.En("a row that the county's list asks for is missing", "report it, also when it is done"))
	RowUnlisted = ledger.Declare("M28", ledger.Notice, ledger.Accept, ledger.Level4, "foreign-key",
		ledger.Zh("该事项不在县里的清单中", "请核对编号和名称；确属新增的，请告知县发改局更新清单"),
		ledger.En("the row is not on the county's list", "check its number and name, or have the list updated"))
	WeekWithout = ledger.Declare("M29", ledger.Notice, ledger.Accept, ledger.Level4, "calendar",
		ledger.Zh("这一周没有周调度的记录", "请补报；确未召开的无需改动"),
		ledger.En("no weekly dispatch is on record for the week", "report it; leave it if there was none"))
	QuarterWithout = ledger.Declare("M30", ledger.Notice, ledger.Accept, ledger.Level4, "calendar",
		ledger.Zh("本季度没有季观摩的记录", "请补报；确未开展的无需改动"),
		ledger.En("no quarterly inspection is on record for the quarter", "report it; leave it if there was none"))
)

// Between judges the forms of a month against one another: projects holds the rows of
// every form, whether its rows are projects or not; earlier what stood in the months
// before, the latest first. A form of which nothing stands is not held against others.
func Between(p ledger.Period, inForce []*ledger.Return, projects []Project, earlier [][]ledger.Standing, c *county.County) []ledger.Finding {
	b := &between{across: across{county: c, returns: map[ledger.ReturnID]*ledger.Return{}}, period: p, rows: map[*form.Form][]Project{}, inForce: inForce}
	for _, r := range inForce {
		b.returns[r.ReturnID] = r
	}
	for _, project := range projects {
		b.rows[project.Form] = append(b.rows[project.Form], project)
	}
	b.unknownProjects()
	b.statistics()
	b.leaders()
	b.trips()
	b.rolls()
	b.weeks()
	b.quarter(earlier)
	return b.findings
}

type between struct {
	across
	period  ledger.Period
	rows    map[*form.Form][]Project
	inForce []*ledger.Return
}

// wants raises a finding of something that a return lacks, in each return of the form in
// force; a department that sent none is reminded of that already.
func (b *between) wants(code *ledger.Code, f *form.Form, department, entity, expected string) {
	for _, r := range b.inForce {
		if r.Form == f.ID && (department == "" || r.Department == department) {
			b.findings = append(b.findings, ledger.Finding{Code: code, File: r.File, Sheet: r.Sheet, Period: r.Period,
				Department: r.Department, Form: f.ID, Entity: entity, Field: f.Entity.Name, Expected: expected})
		}
	}
}

// A knowledge of projects finds them by sound code or by folded name.
type knowledge map[string]bool

func (b *between) known(forms ...*form.Form) knowledge {
	k := knowledge{}
	for _, f := range forms {
		for _, project := range b.rows[f] {
			for _, row := range project.Rows {
				k[b.county.FoldName(f.Name(row.Record))] = true
				k[soundCode(f.Code(row.Record))] = true
			}
		}
	}
	delete(k, "")
	return k
}

func soundCode(code ledger.ProjectCode) string {
	if code.Check() != ledger.CodeGood {
		return ""
	}
	return string(code)
}

func (b *between) knows(k knowledge, name string, code ledger.ProjectCode) bool {
	return k[b.county.FoldName(name)] || k[soundCode(code)]
}

var (
	reserve, progress     = form.Reserve.Name.Form, form.Progress.Name.Form
	statistics, obstacles = form.Statistics.Name.Form, form.Obstacles.Number.Form
	duty, promotion       = form.Duty.Leader.Form, form.Promotion.Head.Form
	signing, dispatch     = form.Signing.Name.Form, form.Dispatch.Title.Form
)

// unknownProjects asks about problems, started signings and statistics of a project that no
// return of projects knows.
func (b *between) unknownProjects() {
	if len(b.rows[reserve]) == 0 || len(b.rows[progress]) == 0 {
		return
	}
	reported := b.known(reserve, progress)
	anywhere := b.known(reserve, progress, signing, statistics)
	for _, row := range b.each(obstacles) {
		if !b.knows(anywhere, form.Obstacles.Project.Of(row.Record), form.Obstacles.Code.Of(row.Record)) {
			b.find(ObstacleOfNone, obstacles, row, form.Obstacles.Project.Column, "")
		}
	}
	for _, row := range b.each(signing) {
		started, _ := form.Signing.IsStarted.Of(row.Record)
		if started && !b.knows(reported, form.Signing.Name.Of(row.Record), form.Signing.Code.Of(row.Record)) {
			b.find(SigningOfNone, signing, row, form.Signing.Name.Column, "")
		}
	}
	for _, row := range b.each(statistics) {
		whole := statistics.Whole.Judge(&form.Env{Period: b.period, Now: row.Record}) == form.Passes
		if !whole && !b.knows(reported, form.Statistics.Name.Of(row.Record), form.Statistics.Code.Of(row.Record)) {
			b.find(StatisticsOfNone, statistics, row, form.Statistics.Name.Column, "")
		}
	}
}

// each are all rows of a form, those that count and the others.
func (b *between) each(f *form.Form) []*ledger.Standing {
	var all []*ledger.Standing
	for _, project := range b.rows[f] {
		all = append(all, project.Rows...)
	}
	return all
}

// statistics asks about key projects that should be in the statistics return and are not.
// One that says 否 under 是否入统 is asked about by the rules of its own form.
func (b *between) statistics() {
	if len(b.rows[statistics]) == 0 {
		return
	}
	entered, settings := b.known(statistics), b.county.Settings()
	for _, row := range b.each(progress) {
		env := &form.Env{Period: b.period, Now: row.Record, Settings: settings}
		in, said := form.Progress.InStatistics.Of(row.Record)
		if form.DueInStatistics.Judge(env) == form.Passes && (in || !said) &&
			!b.knows(entered, form.Progress.Name.Of(row.Record), form.Progress.Code.Of(row.Record)) {
			b.find(AbsentFromStatistics, progress, row, form.Progress.InStatistics.Column, "")
		}
	}
}

// leaders holds the duty sheet against the roster and against the key projects.
func (b *between) leaders() {
	if len(b.rows[duty]) == 0 {
		return
	}
	onDuty := map[string]bool{}
	for _, row := range b.each(duty) {
		onDuty[ledger.Fold(form.Duty.Leader.Of(row.Record))] = true
	}
	for _, leader := range b.county.Leaders {
		if !onDuty[ledger.Fold(leader.Name)] {
			b.wants(LeaderAbsent, duty, "", leader.Name, "")
		}
	}
	if len(b.rows[progress]) == 0 {
		return
	}
	projects := map[string]int64{}
	for _, project := range b.rows[progress] {
		for _, leader := range ledger.Names(form.Progress.Leader.Of(project.Rows[0].Record)) {
			projects[ledger.Fold(leader)]++
		}
	}
	for _, row := range b.each(duty) {
		stated, known := form.Duty.Projects.Of(row.Record)
		counted := projects[ledger.Fold(form.Duty.Leader.Of(row.Record))]
		if known && stated != counted*form.CountScale {
			b.find(ProjectsApart, duty, row, form.Duty.Projects.Column, fmt.Sprintf("进展月报表中有%d个", counted))
		}
	}
}

// trips notes those that nobody of the roster made: they count all the same.
func (b *between) trips() {
	for _, row := range b.each(promotion) {
		party := ledger.Names(form.Promotion.Head.Of(row.Record) + "、" + form.Promotion.Companions.Of(row.Record))
		if !slices.ContainsFunc(party, b.county.KnownLeader) {
			b.find(NobodyOfRoster, promotion, row, form.Promotion.Head.Column, "")
		}
	}
}

// rolls holds the rows of a form against those that the county asks for.
func (b *between) rolls() {
	for _, f := range form.All() {
		roll := b.county.Forms[f.ID].Roll
		if len(roll) == 0 || len(b.rows[f]) == 0 {
			continue
		}
		reported, listed := map[entry]bool{}, map[entry]bool{}
		for _, row := range b.each(f) {
			reported[b.entry(f, row.Record)] = true
			reported[entry{name: b.entry(f, row.Record).name}] = true
		}
		for _, part := range roll {
			for _, expected := range part.Rows {
				key := entry{ledger.Fold(part.Under), ledger.Fold(expected.Name)}
				listed[key] = true
				if !reported[key] {
					b.wants(RowMissing, f, expected.Unit, part.Under+expected.Name, expected.Text)
				}
			}
		}
		for _, row := range b.each(f) {
			if key := b.entry(f, row.Record); !listed[key] && !listed[entry{name: key.name}] {
				b.find(RowUnlisted, f, row, f.Entity.Column, "")
			}
		}
	}
}

// An entry is a row of a roll: its name, and what it stands under; blank where that does
// not matter.
type entry struct{ under, name string }

func (b *between) entry(f *form.Form, r *ledger.Record) entry {
	e := entry{name: ledger.Fold(f.Entity.Official(f.Name(r)))}
	if len(f.Apart) > 0 {
		e.under = ledger.Fold(f.Apart[0].Value(r).S)
	}
	return e
}

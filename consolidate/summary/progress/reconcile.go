package progress

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"

	"huizong/consolidate"
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// Classes of 入统核对: a project in both returns, here alone, or there alone.
const (
	bothClose     = "两边都有，相近"
	bothApart     = "两边都有，差额大"
	bothUnstated  = "两边都有，投资未填"
	hereDue       = "仅发改，应入未入"
	hereTooEarly  = "仅发改，未到入统期限"
	hereUnstarted = "仅发改，未开工"
	hereTooSmall  = "仅发改，未达标准"
	hereUnknown   = "仅发改，总投资未填"
	thereAlone    = "仅统计"
)

// An entry is a line of 入统明细: a key project, its project in the statistics, or both, and
// what was signed of it.
type entry struct {
	key    *page.Project
	entry  *consolidate.Project
	signed *consolidate.Project
	class  string
}

// listed are the projects that the return of the statistics lists.
func (r *Report) listed() []*consolidate.Project {
	f := form.Statistics.Name.Form
	return slices.DeleteFunc(r.Register.Counted(f), func(p *consolidate.Project) bool { return f.Whole.Judge(r.Register.Env(p)) == form.Passes })
}

// entries puts the key projects beside their rows in the statistics and what was signed.
func (r *Report) entries() []entry {
	signed := r.Register.Join(r.Register.Counted(r.Form), r.Register.Counted(form.Signing.Name.Form))
	taken := map[*consolidate.Project]bool{}
	var all []entry
	for _, p := range r.Projects {
		if p.Counts() {
			e := entry{key: p, entry: r.Entries[p.Project].Row, signed: signed[p.Project]}
			e.class = r.classify(e)
			taken[e.entry] = true
			all = append(all, e)
		}
	}
	for _, s := range r.listed() {
		if !taken[s] {
			all = append(all, entry{entry: s, class: thereAlone})
		}
	}
	return all
}

func (r *Report) classify(e entry) string {
	if e.entry == nil {
		return outsideFor[r.Entries[e.key.Project].State]
	}
	mine, theirs := form.Progress.YearToDate.Of(e.key.Record()), form.Statistics.YearToDate.Of(e.entry.Record())
	switch {
	case !mine.Valid || !theirs.Valid:
		return bothUnstated
	case r.close(mine.V, theirs.V):
		return bothClose
	}
	return bothApart
}

// close reports whether two amounts differ by no more than the county's share of the larger.
func (r *Report) close(a, b ledger.Money) bool {
	apart, larger := new(big.Int).SetInt64(int64(max(a, b)-min(a, b))), big.NewInt(int64(max(a, b, -a, -b)))
	share := big.NewInt(r.County.Settings()["statistics.close"])
	return apart.Mul(apart, big.NewInt(form.RateScale)).Cmp(larger.Mul(larger, share)) <= 0
}

// outsideFor says why a key project is not in the statistics.
var outsideFor = map[consolidate.EntryState]string{
	consolidate.OutOfStatistics: hereDue, consolidate.NotYetDue: hereTooEarly, consolidate.NotStarted: hereUnstarted,
	consolidate.TooSmall: hereTooSmall, consolidate.SizeUnknown: hereUnknown,
}

func (e entry) name() string {
	if e.key != nil {
		return e.key.Name()
	}
	return e.entry.Name()
}

// cite is the origin of what is said of the line: the key project, else that of the statistics.
func (e entry) cite() page.FromProject {
	if e.key != nil {
		return page.Cite(e.key, e.key.Form.Entity.Column, form.Progress.YearToDate.Column)
	}
	return page.Cite(&page.Project{Project: e.entry}, e.entry.Form.Entity.Column, form.Statistics.YearToDate.Column)
}

// citeClass is the origin of the line's class: what both returns say, where both have the project.
func (r *Report) citeClass(e entry) any {
	if e.key == nil {
		return e.cite()
	}
	return r.CiteEntries([]*page.Project{e.key}, append(consolidate.EntryColumns(), form.Progress.YearToDate.Column)...)
}

// unit is the unit responsible, else the unit that reports to the statistics.
func (e entry) unit() string {
	if e.key != nil {
		return e.key.Unit
	}
	return form.Statistics.Unit.Of(e.entry.Record())
}

// here and there are a column of the one return and of the other; blank where the project
// is not in it.
func here(value func(*page.Project) workbook.Cell) func(entry) workbook.Cell {
	return func(e entry) workbook.Cell {
		if e.key == nil {
			return workbook.Blank
		}
		return value(e.key)
	}
}

func there(value func(*page.Project) workbook.Cell) func(entry) workbook.Cell {
	return func(e entry) workbook.Cell {
		if e.entry == nil {
			return workbook.Blank
		}
		return value(&page.Project{Project: e.entry})
	}
}

func funds(e entry) workbook.Cell {
	if e.signed == nil {
		return workbook.Blank
	}
	return page.Amount(form.Signing.Funds)(&page.Project{Project: e.signed})
}

// aboveHundred says how many projects have more in the statistics than in their own returns; nothing
// where none has.
func aboveHundred(all []entry) []string {
	n := 0
	for _, e := range all {
		if e.key == nil || e.entry == nil {
			continue
		}
		mine, theirs := form.Progress.YearToDate.Of(e.key.Record()), form.Statistics.YearToDate.Of(e.entry.Record())
		if mine.V > 0 && theirs.V > mine.V {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return []string{fmt.Sprintf("入统比例超过100%%的项目有%d个，是入统口径大于发改口径，请责任单位与统计局核对并说明原因。", n)}
}

// Headings of what the two returns call the year's investment.
const (
	spentHere  = "完成投资/发改口径"
	spentThere = "完成投资/入统口径"
	spentApart = "完成投资/差额"
)

// Words of the column 填报与入统表.
const (
	wordAgrees = "一致"
	wordApart  = "不一致，待核"
)

// drawEntries draws 入统明细.
func (r *Report) drawEntries(s *workbook.Sheet, all []entry) *workbook.Drawn {
	f, g := &form.Progress, &form.Statistics
	return workbook.Table[entry]{
		Title: r.Title("重点项目入统核对明细"), Left: r.AsOf(), Right: "单位：万元", Total: "合计", Ledger: true, Dense: true, Frozen: 3,
		Columns: []workbook.Column[entry]{
			{"序号", 5, workbook.Ordinal, nil},
			{"项目名称", 32, workbook.Prose, func(e entry) workbook.Cell { return workbook.Text(e.name()).From(e.cite()) }},
			{"核对结果", 20, workbook.Label, func(e entry) workbook.Cell { return workbook.Text(e.class).From(r.citeClass(e)) }},
			{"责任（统计）单位", 22, workbook.Label, func(e entry) workbook.Cell { return workbook.Text(e.unit()) }},
			{"月报填报\n是否入统", 9, workbook.Label, here(page.Shown(f.InStatistics.Column))},
			{"填报与\n入统表", 9, workbook.Label, r.wordAgainstTable},
			{"实际开工", 9, workbook.Label, here(page.Month(f.Start))},
			{"入库时间", 11, workbook.Label, there(page.Month(g.Since))},
			{"表号", 8, workbook.Label, there(page.Shown(g.Table.Column))},
			{"总投资/发改口径", 13, workbook.Wan, here(page.Amount(f.Total))},
			{"总投资/入统口径", 13, workbook.Wan, there(page.Amount(g.Total))},
			{spentHere, 13, workbook.Wan, here(page.Amount(f.YearToDate))},
			{spentThere, 13, workbook.Wan, there(page.Amount(g.YearToDate))},
			{spentApart, 13, workbook.Wan.Signed(), func(entry) workbook.Cell {
				return workbook.Minus(workbook.Own(spentHere), workbook.Own(spentThere))
			}},
			{"入统比例", 9, workbook.Percent, func(entry) workbook.Cell {
				return workbook.Quotient(workbook.Own(spentThere), workbook.Own(spentHere))
			}},
			{"招商口径\n到位资金", 13, workbook.Wan, funds},
		},
		Totals: map[string]workbook.Cell{
			"项目名称":       workbook.CountA(workbook.Rows("项目名称")).As(page.TotalCount),
			"总投资/发改口径":   page.Stated("总投资/发改口径"),
			"总投资/入统口径":   page.Stated("总投资/入统口径"),
			"招商口径\n到位资金": page.Stated("招商口径\n到位资金"),
			spentHere:    r.TiedMoney(page.Stated(spentHere), "progress.year_to_date_fen"),
			spentThere:   r.TiedMoney(page.Stated(spentThere), "statistics.year_to_date_fen"),
			spentApart:   workbook.Sum(workbook.Rows(spentApart)),
		},
		Notes: append([]string{"注：按项目代码、其次按名称或人工判定对应，没有把握的列在《核对底稿》待判定；差额＝发改口径－入统口径，" +
			"入统比例＝入统口径÷发改口径；一方没有的不计算，" +
			"合计的差额也只算两边都有的项目，合计的入统比例见《入统核对》。“入统”以统计局入统表为准，“填报与入统表”不一致的，请责任单位与统计局核对。招商口径为签约项目表的到位资金，与完成投资不是同一指标。各口径分别列示，不作调整。"}, aboveHundred(all)...),
	}.Draw(s.Top(), all)
}

// wordAgainstTable holds the department's own 是否入统 against the table; blank where it does not say.
func (r *Report) wordAgainstTable(e entry) workbook.Cell {
	if e.key == nil {
		return workbook.Blank
	}
	judged := r.Entries[e.key.Project]
	text := ""
	switch _, said := form.Progress.InStatistics.Of(e.key.Record()); {
	case judged.Apart:
		text = wordApart
	case said:
		text = wordAgrees
	}
	return workbook.Text(text).From(r.CiteEntries([]*page.Project{e.key}, consolidate.EntryColumns()...))
}

// drawReconciled draws 入统核对 over 入统明细: both returns side by side, neither altered.
func (r *Report) drawReconciled(s, entriesSheet *workbook.Sheet) {
	all := r.entries()
	base := r.drawEntries(entriesSheet, all)
	flow := s.Flow(24, 5)
	flow.Write(workbook.Text(r.Title("重点项目入统核对（发改与统计）")), workbook.Title)
	same := workbook.Is(base.Column("核对结果"), workbook.Own("核对结果"))
	const inBoth = 2 // rows of the projects of which both returns state the investment, the first ones
	known := func(heading string) func(string) workbook.Cell {
		return func(string) workbook.Cell { return workbook.SumKnown(base.Column(heading), same) }
	}
	flow.Past(workbook.Table[string]{
		Caption: "一、核对结果", Left: r.AsOf(), Right: "单位：个、万元", Total: "合计",
		Columns: []workbook.Column[string]{
			{"核对结果", 25, workbook.Label, workbook.Text},
			{"项目数", 10, workbook.Whole.Dash(), func(string) workbook.Cell { return workbook.CountIf(same) }},
			{"发改口径", 15, workbook.Wan.Dash(), known(spentHere)},
			{"入统口径", 15, workbook.Wan.Dash(), known(spentThere)},
			{"差额", 15, workbook.Wan.Signed(), func(class string) workbook.Cell {
				if class == bothClose || class == bothApart {
					return workbook.Minus(workbook.Own("发改口径"), workbook.Own("入统口径"))
				}
				return workbook.Blank
			}},
			{"入统比例", 10, workbook.Percent, func(class string) workbook.Cell {
				if class == bothClose || class == bothApart {
					return workbook.Quotient(workbook.Own("入统口径"), workbook.Own("发改口径"))
				}
				return workbook.Blank
			}},
			{"含义", 30, page.Small(workbook.Prose), func(class string) workbook.Cell { return workbook.Text(r.classMeaning(class)) }},
		},
		Totals: map[string]workbook.Cell{
			"发改口径": workbook.Same(base.Total(spentHere)), "入统口径": workbook.Same(base.Total(spentThere)),
			"入统比例": workbook.Quotient(workbook.Sum(workbook.Some("入统口径", 0, inBoth)), workbook.Sum(workbook.Some("发改口径", 0, inBoth))),
		},
	}.Draw(flow.Here(), []string{bothClose, bothApart, bothUnstated, hereDue, hereTooEarly, hereUnstarted, hereTooSmall, hereUnknown, thereAlone}))
	flow.Gap(10)
	flow.Past(r.drawToSettle(flow, all))
	flow.Write(workbook.Text("注：发改口径为责任单位月报的"+r.ToDate()+"累计完成投资，入统口径为统计局入统表的自年初累计完成投资；差额、入统比例的合计只算两边都有的项目，仅一方有的各列其数。各项目见《入统明细》。"), workbook.Remark)
}

func (r *Report) classMeaning(class string) string {
	threshold := ledger.Exactly(int64(r.County.Statistics.Threshold), int64(ledger.TenThousandYuan)) + "万元"
	close := points(r.County.Settings()["statistics.close"]) + "%"
	return map[string]string{
		bothClose:     "两个口径相差不超过较大数的" + close,
		bothApart:     "两个口径相差超过较大数的" + close,
		bothUnstated:  "一方没有填报完成投资",
		hereDue:       "已开工、总投资" + threshold + "及以上，过了规定时间而入统表中没有",
		hereTooEarly:  "已开工、总投资" + threshold + "及以上，未到规定入统时间",
		hereUnstarted: "尚未开工，暂不需入统",
		hereTooSmall:  "总投资不足" + threshold,
		hereUnknown:   "已开工，总投资未填",
		thereAlone:    "入统表中有，不是重点项目",
	}[class]
}

// apart is by how much the two offices' figures differ; what one of them does not have is none.
func (e entry) apart() ledger.Money {
	var mine, theirs ledger.Money
	if e.key != nil {
		mine = form.Progress.YearToDate.Of(e.key.Record()).V
	}
	if e.entry != nil {
		theirs = form.Statistics.YearToDate.Of(e.entry.Record()).V
	}
	return max(mine-theirs, theirs-mine)
}

// drawToSettle draws the projects that the two offices should settle: those missing in the
// statistics, and those whose figures are far apart, each the largest first.
func (r *Report) drawToSettle(flow *workbook.Flow, all []entry) *workbook.Drawn {
	var unsettled []entry
	classes := []string{hereDue, bothApart}
	for _, e := range all {
		if slices.Contains(classes, e.class) {
			unsettled = append(unsettled, e)
		}
	}
	slices.SortStableFunc(unsettled, func(a, b entry) int {
		return cmp.Or(cmp.Compare(slices.Index(classes, a.class), slices.Index(classes, b.class)), cmp.Compare(b.apart(), a.apart()))
	})
	return workbook.Table[entry]{
		Caption: "二、需与统计部门衔接的项目", Right: "单位：万元",
		Columns: []workbook.Column[entry]{
			{"序号", 5, workbook.Ordinal, nil},
			{"项目名称", 35, workbook.Prose, func(e entry) workbook.Cell { return workbook.Text(e.name()).From(e.cite()) }},
			{"核对结果", 20, workbook.Label, func(e entry) workbook.Cell { return workbook.Text(e.class).From(r.citeClass(e)) }},
			{"责任单位", 15, workbook.Label, func(e entry) workbook.Cell { return workbook.Text(e.unit()) }},
			{"发改口径", 15, workbook.Wan, here(page.Amount(form.Progress.YearToDate))},
			{"入统口径", 15, workbook.Wan, there(page.Amount(form.Statistics.YearToDate))},
			{"差额", 15, workbook.Wan.Signed(), func(entry) workbook.Cell {
				return workbook.Minus(workbook.Own("发改口径"), workbook.Own("入统口径"))
			}},
		},
	}.Draw(flow.Here(), unsettled)
}

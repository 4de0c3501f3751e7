package bulletin

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
)

// A trip is a line of the activities: one leader's report of a trip.
type trip struct {
	*page.Project
	key   string   // what joint trips share; blank: nothing stated
	first bool     // of its trip
	party []string // head and companions
	firms []string // all that it names
	fresh int      // of them, those that no line before it names
}

func (b *bulletin) trips() []trip {
	f := &form.Promotion
	var all []trip
	seen, met := map[string]bool{}, map[string]bool{}
	lines := b.Lines(f.Head.Form, f.Department)
	slices.SortStableFunc(lines, func(a, z *page.Project) int {
		return cmp.Compare(f.Start.Of(a.Record()).String(), f.Start.Of(z.Record()).String())
	})
	for _, p := range lines {
		t := trip{Project: p, key: together(p, f.Start.Column, f.End.Column, f.Destination.Column, f.Activity.Column),
			party: b.Roster.NamesIn(f.Head.Of(p.Record()) + "、" + f.Companions.Of(p.Record())), firms: form.Firms(f.Enterprises.Of(p.Record()))}
		t.first = t.key != "" && !seen[t.key]
		seen[t.key] = true
		for _, firm := range t.firms {
			if !met[firm] {
				met[firm] = true
				t.fresh++
			}
		}
		all = append(all, t)
	}
	return all
}

func (t trip) mark() workbook.Cell {
	if t.first {
		f := &form.Promotion
		return workbook.Text(counts).From(page.Cite(t.Project, f.Start.Column, f.End.Column, f.Destination.Column, f.Activity.Column))
	}
	return workbook.Blank
}

// A tour is a line of the tables by leader and by unit: distinct trips and enterprises.
type tour struct {
	name, post   string
	trips, firms map[string]bool
	lines        []*page.Project // that it is taken over
}

func (t *tour) add(of trip) {
	t.lines = append(t.lines, of.Project)
	if of.key != "" {
		t.trips[of.key] = true
	}
	for _, firm := range of.firms {
		t.firms[firm] = true
	}
}

func newTour(name, post string) *tour {
	return &tour{name: name, post: post, trips: map[string]bool{}, firms: map[string]bool{}}
}

// from is the origin of a number of the tour.
func (t *tour) from(columns ...*form.Column) page.FromProjects {
	return page.CiteAll(form.Promotion.Head.Form, t.lines, columns...)
}

// toursOfLeaders are all leaders, zeros included, then those of the parties outside the roster.
func (b *bulletin) toursOfLeaders(all []trip) []*tour {
	var named []string
	for _, t := range all {
		named = append(named, t.party...)
	}
	var tours []*tour
	for _, l := range b.Roster.With(named) {
		line := newTour(l.Name, l.Post)
		for _, t := range all {
			if slices.Contains(t.party, l.Name) {
				line.add(t)
			}
		}
		tours = append(tours, line)
	}
	return tours
}

func (b *bulletin) toursOfUnits(all []trip) []*tour {
	units := map[string]*tour{}
	for _, t := range all {
		if units[t.Unit] == nil {
			units[t.Unit] = newTour(t.Unit, t.Group)
		}
		units[t.Unit].add(t)
	}
	return slices.SortedFunc(maps.Values(units), func(a, z *tour) int { return b.Register.CompareUnits(a.name, z.name) })
}

// drawPromotion draws 招商活动明细 and over it 招商月晾晒: every leader and unit with trips and
// enterprises.
func (b *bulletin) drawPromotion(s, ledgerSheet *workbook.Sheet) ties {
	if b.nothing(form.Promotion.Head.Form, s, ledgerSheet) {
		return nil
	}
	all := b.trips()
	flow := s.Flow(23, 4)
	flow.Write(workbook.Text(b.Title("招商活动月晾晒")), workbook.Title)
	list := b.drawTrips(ledgerSheet, all)
	byLeader := b.drawTours(flow.Here(), list, "一、县级领导", "领导", "职务", b.toursOfLeaders(all), "注：联合外出的，全县计一次、每位领导各计一次；企业按名称计，同一企业只计一次。")
	b.drawTours(byLeader.Area().Beside().Right(1), list, "二、责任单位", "单位", "类别", b.toursOfUnits(all))
	return ties{
		"promotion.activities": byLeader.Total("活动（次）"), "promotion.enterprises": byLeader.Total("企业（家）"), "promotion.intent_fen": list.Total("意向投资额"),
	}
}

// drawTours draws distinct trips and enterprises. The total is that of the county, in which
// joint trips count once: it may be less than the sum of the lines.
func (b *bulletin) drawTours(at workbook.Ref, list *workbook.Drawn, caption, who, kind string, tours []*tour, notes ...string) *workbook.Drawn {
	f := &form.Promotion
	return workbook.Table[*tour]{
		Caption: caption, Left: fmt.Sprintf("%d月活动", b.Period.Month), Right: "单位：次、家", Total: "合计",
		Columns: []workbook.Column[*tour]{
			{who, 16, workbook.Label, func(t *tour) workbook.Cell { return workbook.Text(t.name) }},
			{kind, 8, workbook.Label, func(t *tour) workbook.Cell { return workbook.Text(t.post) }},
			{"活动（次）", 8, workbook.Whole, func(t *tour) workbook.Cell {
				return workbook.Int(len(t.trips)).From(t.from(f.Start.Column, f.End.Column, f.Destination.Column, f.Activity.Column))
			}},
			{"企业（家）", 8, workbook.Whole, func(t *tour) workbook.Cell { return workbook.Int(len(t.firms)).From(t.from(f.Enterprises.Column)) }},
			{"名次", 4, workbook.Ordinal, func(t *tour) workbook.Cell {
				if len(t.trips) == 0 {
					return workbook.Blank
				}
				return workbook.Rank(workbook.Rows("活动（次）"))
			}},
		},
		Totals: map[string]workbook.Cell{
			"活动（次）": b.TiedCount(workbook.CountIf(workbook.Is(list.Column("计次"), workbook.Text(counts))), "promotion.activities"),
			"企业（家）": b.TiedCount(workbook.Sum(list.Column("新对接\n企业")), "promotion.enterprises"),
		},
		Notes: notes,
	}.Draw(at, tours)
}

func (b *bulletin) drawTrips(s *workbook.Sheet, all []trip) *workbook.Drawn {
	f := &form.Promotion
	of := func(value func(*page.Project) workbook.Cell) func(trip) workbook.Cell {
		return func(t trip) workbook.Cell { return value(t.Project) }
	}
	return workbook.Table[trip]{
		Title: b.Title("招商活动明细"), Left: b.AsOf(), Right: "金额单位：万元", Total: "合计", Ledger: true, Dense: true, Frozen: 2, Printed: 12,
		Columns: []workbook.Column[trip]{
			{"序号", 5, workbook.Ordinal, nil},
			{"带队领导", 12, workbook.Label, of(page.Shown(f.Head.Column))},
			{"同行领导", 13, workbook.Label, of(page.Shown(f.Companions.Column))},
			{"单位", 15, page.Small(workbook.Label), of(page.UnitOf)},
			{"活动名称", 16, page.Small(workbook.Prose), of(page.Shown(f.Activity.Column))},
			{"开始", 11, workbook.Label, of(page.Shown(f.Start.Column))},
			{"结束", 11, workbook.Label, of(page.Shown(f.End.Column))},
			{"目的地", 10, workbook.Label, of(page.Shown(f.Destination.Column))},
			{"拜访企业", 36, page.Small(workbook.Prose), of(page.Shown(f.Enterprises.Column))},
			{"新对接\n企业", 8, workbook.Whole, func(t trip) workbook.Cell {
				return workbook.Int(t.fresh).From(page.Cite(t.Project, f.Enterprises.Column))
			}},
			{"意向投资额", 12, workbook.Wan, of(page.Amount(f.Intent))},
			{"计次", 5, workbook.Label, trip.mark},
			{"成果", 24, page.Small(workbook.Prose), of(page.Shown(f.Outcome.Column))},
		},
		Totals: map[string]workbook.Cell{
			"意向投资额": b.TiedMoney(page.Stated("意向投资额"), "promotion.intent_fen"),
			"计次":    workbook.CountA(workbook.Rows("计次")).As(workbook.Whole.Align(workbook.Centre)),
		},
		Notes: []string{"注：“新对接企业”为表中第一次出现的企业数；拜访企业只填数量、没有名称的不计。"},
	}.Draw(s.Top(), all)
}

// fundsRate is the rate that 签约项目 computes, over the projects that state both sides.
const fundsRate = "rate.funds"

// drawSigning draws 签约项目.
func (b *bulletin) drawSigning(s *workbook.Sheet) ties {
	f := &form.Signing
	if b.nothing(f.Name.Form, s) {
		return nil
	}
	lines := b.Lines(f.Name.Form, f.Department)
	arrived := workbook.Quotient(workbook.Own("到位资金"), workbook.Own("合同总投资"))
	drawn := workbook.Table[*page.Project]{
		Title: b.Title("招商签约项目"), Left: b.AsOf(), Right: "单位：万元", Total: "合计", Ledger: true, Dense: true, Frozen: 2, Printed: 15,
		Columns: []workbook.Column[*page.Project]{
			{"序号", 5, workbook.Ordinal, nil},
			{"项目名称", 22, workbook.Prose, page.NameOf},
			{"投资方", 15, workbook.Prose, page.Shown(f.Investor.Column)},
			{"协议类型", 9, workbook.Label, page.Shown(f.Agreement.Column)},
			{"签约日期", 11, workbook.Label, page.Shown(f.Signed.Column)},
			{"合同总投资", 12, workbook.Wan, page.Amount(f.Total)},
			{"固定资产投资", 11, workbook.Wan, page.Amount(f.Fixed)},
			{"到位资金", 11, workbook.Wan, page.Amount(f.Funds)},
			{"到位率", 7, workbook.Percent, func(*page.Project) workbook.Cell { return arrived }},
			{"来源地", 7, workbook.Label, page.Shown(f.Origin.Column)},
			{"是否注册", 6, workbook.Label, page.Shown(f.IsRegistered.Column)},
			{"是否开工", 6, workbook.Label, page.Shown(f.IsStarted.Column)},
			{"责任单位", 14, workbook.Label, page.UnitOf},
			{"责任领导", 10, workbook.Label, page.Shown(f.Leader.Column)},
			{"在库情况", 8, workbook.Label, page.Word(b.inStock, f.Name.Column)},
			{"说明", 30, page.Small(workbook.Prose), page.RemarkOf},
		},
		Totals: map[string]workbook.Cell{
			"项目名称":   b.TiedCount(workbook.CountA(workbook.Rows("项目名称")), "signing.projects").As(page.TotalCount),
			"合同总投资":  b.TiedMoney(page.Stated("合同总投资"), "signing.investment_fen"),
			"固定资产投资": page.Stated("固定资产投资"),
			"到位资金":   b.TiedMoney(page.Stated("到位资金"), "signing.funds_fen"), "到位率": overStated("到位资金", "合同总投资"),
			"是否注册": yes("是否注册"), "是否开工": yes("是否开工"),
		},
		Notes: []string{fmt.Sprintf("注：本表为%s签约的项目。合计的到位率只算合同总投资、到位资金都填报的项目。“在库情况”为项目是否已列入重点项目月报、谋划储备库，按代码、其次按名称核对。", b.Period.Chinese())},
	}.Draw(s.Top(), lines)
	return ties{
		"signing.projects": drawn.Total("项目名称"), "signing.investment_fen": drawn.Total("合同总投资"), "signing.funds_fen": drawn.Total("到位资金"),
		fundsRate: drawn.Total("到位率"),
	}
}

func yes(heading string) workbook.Cell {
	return workbook.CountIf(workbook.Is(workbook.Rows(heading), workbook.Text("是"))).As(workbook.Whole.Align(workbook.Centre))
}

// inStock says which returns of projects know a project that was signed.
func (b *bulletin) inStock(p *page.Project) string {
	mine := p.Form.Identity(p.Record(), b.County.Identify)
	for _, stock := range []struct {
		form *form.Form
		word string
	}{{form.Progress.Name.Form, "重点项目"}, {form.Reserve.Name.Form, "储备库"}} {
		for _, other := range b.Register.Projects[stock.form.ID] {
			theirs := stock.form.Identity(other.Record(), b.County.Identify)
			if mine.Code != "" && mine.Code == theirs.Code || mine.Name == theirs.Name {
				return stock.word
			}
		}
	}
	return "未入库"
}

package samples

import (
	"slices"
	"strings"

	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// The reserve of the county in June, as its published summary has it: 460 projects and
// 1080.96亿元, here in 万元.
const (
	reserveProjects = 460
	reserveTotal    = 10_809_600
)

// coming and leaving say how many projects come into the reserve in each month of the year
// and how many leave it: 452 in May, 460 in June.
var (
	coming  = [13]int{2: 5, 3: 6, 4: 7, 5: 8, 6: 11, 7: 6, 8: 4, 9: 4, 10: 3, 11: 2}
	leaving = [13]int{4: 1, 5: 2, 6: 3, 8: 2, 10: 1}
)

// offices says how many of June's projects each unit has, and of what kinds.
var offices = []struct {
	unit     string
	projects int
	subjects string
}{
	{"发展和改革局", 14, "综合"}, {"经济贸易局", 26, "工业"}, {"教育体育局", 20, "教育"}, {"科学技术局", 0, "工业"}, {"民政局", 10, "民政"},
	{"人力资源和社会保障局", 5, "就业"}, {"自然资源局", 10, "国土"}, {"生态环境局城固分局", 12, "环保"}, {"住房和城乡建设局", 30, "住建"},
	{"交通运输局", 26, "交通"}, {"水利局", 24, "水利"}, {"农业农村局", 26, "农业"}, {"林业局", 12, "林业"}, {"文化和旅游局", 18, "文旅"},
	{"卫生健康局", 14, "卫健"}, {"应急管理局", 6, "应急"}, {"城市管理局", 14, "城管"}, {"招商服务中心", 16, "工业 文旅 农业"},
	{"乡村振兴局", 14, "乡村 农业"}, {"城市建设投资集团", 18, "住建 城管 文旅"}, {"博望街道", 9, "住建 乡村 文旅"}, {"莲花街道", 8, "住建 乡村 工业"},
	{"龙头镇", 8, "乡村 农业"}, {"沙河营镇", 7, "乡村 农业"}, {"文川镇", 9, "乡村 农业 文旅"}, {"柳林镇", 9, "乡村 农业 工业"}, {"老庄镇", 7, "乡村 农业"},
	{"桔园镇", 9, "乡村 农业 文旅"}, {"原公镇", 8, "乡村 农业 文旅"}, {"上元观镇", 9, "乡村 农业 文旅"}, {"天明镇", 6, "乡村 农业"}, {"二里镇", 7, "乡村 林业"},
	{"五堵镇", 6, "乡村 林业"}, {"双溪镇", 5, "乡村 林业 文旅"}, {"小河镇", 5, "乡村 林业"}, {"董家营镇", 8, "乡村 农业 工业"}, {"三合镇", 7, "乡村 农业"},
	{"三合循环经济产业园区", 9, "工业"}, {"航空经济技术开发区", 9, "工业"},
}

// A plan is a project of the reserve through the year; amounts in 万元. Months are those of
// the year; 0 is before it, or never.
type plan struct {
	site
	unit          string
	also          string // another unit that reports it, too
	number        int    // place among the unit's
	stage         int    // at New Year, of the form's choice
	moves         int    // month in which it goes one stage on
	comes, leaves int
	total, before int64 // since June, and before
	unknown       bool  // nobody can say yet what it costs
	slipped       bool  // in May somebody wrote 亿元 where 万元 belong
	pack          *plan // the package that it is a part of
	parts         []*plan
}

// reserveYear is the reserve of the county through a year.
type reserveYear struct {
	*scene
	plans  map[string][]*plan // by unit, packages before their parts
	counts []*plan            // what is counted: no parts
}

func tellReserve(s *scene) *telling {
	y := planReserve(s)
	t := newTelling()
	shared := map[string][]ledger.Record{}
	for _, office := range offices {
		for _, p := range y.plans[office.unit] {
			if p.comes > s.month() || p.leaves != 0 && p.leaves < s.month() {
				continue
			}
			record := y.record(p)
			t.say(p.unit, record)
			if p.also != "" {
				shared[p.also] = append(shared[p.also], y.theirs(p, record))
			}
			if p.pack == nil && p.leaves != s.month() {
				t.figures["reserve.projects"]++
				t.figures["reserve.investment_fen"] += form.Reserve.Total.Value(&record).N
			}
		}
	}
	for unit, records := range shared {
		for _, record := range records {
			t.say(unit, record, reportedTwice(form.Reserve.Name))
		}
	}
	return t
}

// theirs is the row of a project as the other unit reports it: the same, but that it names
// its own people.
func (y *reserveYear) theirs(p *plan, r ledger.Record) ledger.Record {
	d := roll(y.seed, "联系人", p.also)
	put(&r, form.Reserve.Contact, person(d))
	put(&r, form.Reserve.Phone, phone(d))
	return r
}

// planReserve invents the year: projects, who comes and goes, and totals that add up.
func planReserve(s *scene) *reserveYear {
	y := &reserveYear{scene: s, plans: map[string][]*plan{}}
	planner := newPlanner(s.seed, s.county)
	invent := func(unit string) *plan {
		n := len(y.plans[unit])
		subjects := ""
		for _, office := range offices {
			if office.unit == unit {
				subjects = office.subjects
			}
		}
		p := y.plan(planner.site(unit, mark{}, strings.Fields(subjects), "储备", string(rune('A'+n))), unit, n)
		y.plans[unit] = append(y.plans[unit], p)
		y.counts = append(y.counts, p)
		return p
	}
	for _, office := range offices {
		for range office.projects {
			invent(office.unit)
		}
	}
	y.comeAndGo(invent)
	y.share()
	y.cost()
	y.bundle(planner, "住房和城乡建设局", 4)
	y.bundle(planner, "交通运输局", 5)
	y.bundle(planner, "农业农村局", 3)
	return y
}

// stagesByNumber are the stages of a unit's projects at New Year, in turn.
var stagesByNumber = []int{0, 1, 2, 1, 0, 1, 0, 2, 1, 0, 3, 0, 1}

func (y *reserveYear) plan(at site, unit string, number int) *plan {
	p := &plan{site: at, unit: unit, number: number, stage: stagesByNumber[number%len(stagesByNumber)]}
	d := roll(y.seed, "储备", p.name)
	if number%3 == 1 && p.stage < 3 && !quiet(unit) {
		p.moves = d.between(2, 12)
	}
	p.total = int64(d.spread(p.theme.cost[0], p.theme.cost[1]))
	return p
}

// quiet units have a year without news, because one month they send nothing, or say so.
func quiet(unit string) bool {
	return slices.ContainsFunc(reserveEvents, func(e event) bool {
		return e.unit == unit && (e.kind == missing || e.kind == unchanged)
	})
}

// comeAndGo lets units in turn have projects come and leave. Those that have come by June
// or leave after it are among June's; the others are invented besides.
func (y *reserveYear) comeAndGo(invent func(unit string) *plan) {
	turn := 0
	next := func() string {
		for {
			office := offices[turn%len(offices)]
			turn++
			if office.projects >= 6 && !quiet(office.unit) {
				return office.unit
			}
		}
	}
	old := func(p *plan) bool { return p.comes == 0 && p.leaves == 0 && p.moves == 0 }
	for month := 1; month <= 12; month++ {
		for range coming[month] {
			unit := next()
			p := (*plan)(nil)
			if month <= 6 {
				p = last(y.plans[unit], old)
			} else {
				p = invent(unit)
			}
			p.comes, p.stage, p.moves = month, p.number%2, 0
		}
		for range leaving[month] {
			unit := next()
			p := (*plan)(nil)
			if month <= 6 {
				p = invent(unit)
			} else {
				p = last(y.plans[unit], old)
			}
			p.leaves, p.stage, p.moves = month, 0, 0
		}
	}
}

func last(plans []*plan, fits func(*plan) bool) *plan {
	for _, p := range slices.Backward(plans) {
		if fits(p) {
			return p
		}
	}
	panic("samples: a unit has no such project")
}

// share lets a department's project be reported by the town it lies in, too, and gives the
// county a project of one name under two owners, which only a person can tell apart.
func (y *reserveYear) share() {
	for _, unit := range []string{"教育体育局", "住房和城乡建设局", "交通运输局", "水利局", "农业农村局", "林业局", "文化和旅游局", "乡村振兴局"} {
		p := y.plans[unit][3]
		for i := 3; quiet(y.plans[unit][i].town); i++ {
			p = y.plans[unit][i+1]
		}
		p.also = p.town
	}
	water, town := y.plans["水利局"][8], y.plans["上元观镇"][0]
	water.name = "上元观镇集中供水改造提升工程"
	town.name = water.name
	y.plans["城市建设投资集团"][0].name += "（一期）"
	y.plans["城市建设投资集团"][1].site = y.plans["城市建设投资集团"][0].site
	y.plans["城市建设投资集团"][1].name = strings.Replace(y.plans["城市建设投资集团"][0].name, "（一期）", "（二期）", 1)
}

// cost scales the totals so that June's add up to the county's figure, to the 分: the
// greatest takes the rest. A few are adjusted in June, and of a few nobody knows.
func (y *reserveYear) cost() {
	for _, unit := range []string{"招商服务中心", "经济贸易局", "柳林镇", "文化和旅游局"} {
		y.plans[unit][0].unknown, y.plans[unit][0].stage, y.plans[unit][0].moves = true, 0, 0
	}
	var june []*plan
	var sum int64
	for _, p := range y.counts {
		if p.comes <= 6 && (p.leaves == 0 || p.leaves > 6) {
			june = append(june, p)
		}
		if p.unknown {
			p.total = 0
		}
	}
	for _, p := range june {
		sum += p.total
	}
	for _, p := range y.counts {
		step := int64(10)
		if p.total*reserveTotal/sum > 10_000 {
			step = 100
		}
		p.total = min(max(p.total*reserveTotal/sum/step*step, 200), 300_000)
		if p.unknown {
			p.total = 0
		}
	}
	rest, greatest := int64(reserveTotal), june[0]
	for _, p := range june {
		rest -= p.total
		if p.total > greatest.total {
			greatest = p
		}
	}
	greatest.total += rest
	for _, p := range y.counts {
		p.before = p.total
	}
	for _, unit := range []string{"住房和城乡建设局", "农业农村局", "招商服务中心", "文川镇"} {
		adjusted := y.plans[unit][2]
		adjusted.before = adjusted.total * 9 / 100 * 10
	}
	y.plans["城市管理局"][2].slipped = true
}

// bundle makes the unit's seventh project a package of so many parts, which stand below
// it in the sheet and are never counted.
func (y *reserveYear) bundle(planner *planner, unit string, parts int) {
	at := slices.IndexFunc(y.plans[unit], func(p *plan) bool { return p.number == 6 })
	pack := y.plans[unit][at]
	pack.moves = 0
	for i := range parts {
		part := *pack
		part.name = strings.Replace(pack.name, "项目", "", 1) + "·" + villages[i*5+len(unit)%5] + "片区"
		part.total = pack.total / int64(parts) / 10 * 10
		part.before, part.pack = part.total, pack
		pack.parts = append(pack.parts, &part)
	}
	y.plans[unit] = slices.Insert(y.plans[unit], at+1, pack.parts...)
}

// record is what the project's row says in the month.
func (y *reserveYear) record(p *plan) ledger.Record {
	c := &form.Reserve
	r := ledger.Record{}
	d := roll(y.seed, "储备", p.name, "细目")
	stage, total := p.stage, p.total
	if p.moves != 0 && y.month() >= p.moves {
		stage++
	}
	if y.month() < 6 {
		total = p.before
	}
	put(&r, c.Name, p.name)
	put(&r, c.Field, p.theme.field)
	put(&r, c.Stage, c.Stage.Words[stage].Name)
	put(&r, c.Nature, pick(d, []string{"新建", "新建", "新建", "扩建", "改建"}))
	put(&r, c.Place, p.place)
	put(&r, c.Content, p.content)
	y.date(&r, p, stage, d)
	y.permit(&r, stage, d)
	switch {
	case p.slipped && y.month() == 5:
		set(&r, c.Total, ledger.Number(total*int64(ledger.TenThousandYuan/10_000)))
	case !p.unknown:
		y.fund(&r, p.theme, stage, total)
	}
	put(&r, c.TaskForce, p.task)
	put(&r, c.Department, p.unit)
	put(&r, c.Owner, p.owner)
	put(&r, c.Leader, p.leader)
	put(&r, c.Contact, p.contact)
	put(&r, c.Phone, p.phone)
	set(&r, c.LandArea, ledger.Number(int64(d.between(3, 240))*form.CountScale))
	if p.parts != nil {
		set(&r, c.IsPackage, ledger.Number(1))
	}
	if p.pack != nil {
		set(&r, c.IsPackage, ledger.Number(0))
		put(&r, c.Package, p.pack.name)
	}
	if p.leaves == y.month() {
		put(&r, c.Leaving, pick(d, []string{"投资主体放弃投资，申请退库", "与国土空间规划不符，不再实施", "已并入其他项目，申请退库"}))
	}
	return r
}

// date gives the code that a project has once it is registered, and its times.
func (y *reserveYear) date(r *ledger.Record, p *plan, stage int, d *die) {
	c := &form.Reserve
	begins := y.period.Year*12 + d.between(8, 30)
	registered := d.between(1, 12)
	switch {
	case stage >= 2 && p.moves != 0 && p.stage < 2:
		begins = y.period.Year*12 + p.moves - 1
	case stage >= 2:
		begins = y.period.Year*12 - d.between(2, 16)
	}
	lasts := d.between(10, 34)
	if stage == 3 {
		begins, lasts = y.period.Year*12-d.between(14, 26), d.between(8, 13)
	}
	if p.stage >= 2 && p.number%2 == 0 && p.pack == nil {
		region := y.county.Region
		if d.below(9) == 0 {
			region = region[:4] + "00"
		}
		put(r, c.Code, string(code(d, y.period.Year-1, registered, region)))
	}
	put(r, c.Start, monthOf(begins).String())
	put(r, c.Years, ledger.Span{From: monthOf(begins), To: monthOf(begins + lasts)}.String())
}

// monthOf is a count of months since year 0 as a date.
func monthOf(n int) ledger.Date { return ledger.Date{Year: n / 12, Month: n%12 + 1} }

// permit gives permits and the maturity that goes with them: C before anything is done, B
// once something is, A when all is.
func (y *reserveYear) permit(r *ledger.Record, stage int, d *die) {
	c := &form.Reserve
	const none, busy, done, free = "未启动", "办理中", "已完成", "不需要"
	says, grade := [6]string{none, none, none, none, none, none}, "C"
	switch {
	case stage == 1:
		says, grade = [6]string{done, pick(d, []string{done, busy}), busy, pick(d, []string{busy, none}), pick(d, []string{busy, none}),
			pick(d, []string{none, free})}, "B"
	case stage > 1:
		says, grade = [6]string{done, done, done, done, done, pick(d, []string{done, free})}, "A"
	case d.below(2) == 0:
		says[0] = busy
	}
	for i, permit := range []form.Choice{c.Feasibility, c.Approval, c.Land, c.Planning, c.Environment, c.Energy} {
		put(r, permit, says[i])
	}
	put(r, c.Maturity, grade)
}

// fund gives the total, in 万元, what it is to be made up of, and how much is secured.
func (y *reserveYear) fund(r *ledger.Record, t theme, stage int, total int64) {
	c := &form.Reserve
	set(r, c.Total, money(total))
	shares, rest := 0, total
	for _, share := range t.sources {
		shares += share
	}
	sources := []form.Money{c.Central, c.Bonds, c.LongTerm, c.Local, c.Loans, c.Social, c.Other}
	largest := slices.Index(t.sources[:], slices.Max(t.sources[:]))
	for i, source := range sources {
		if part := total * int64(t.sources[i]) / int64(shares) / 10 * 10; part > 0 && i != largest {
			set(r, source, money(part))
			rest -= part
		}
	}
	set(r, sources[largest], money(rest))
	if stage > 0 {
		set(r, c.Secured, money(total*[...]int64{0, 10, 55, 100}[stage]/100))
	}
}

// crowdReserve makes clean rows for a unit of a very large county, a month like any other.
func crowdReserve(s *scene, unit county.Unit, rows int) []ledger.Record {
	y := &reserveYear{scene: s}
	planner := newPlanner(s.seed, s.county)
	records := make([]ledger.Record, rows)
	for i := range records {
		p := y.plan(planner.crowdSite(unit, i, "储备"), unit.Name, i)
		p.before = p.total
		records[i] = y.record(p)
	}
	return records
}

package samples

import (
	"fmt"
	"slices"
	"strings"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// growth is the county's line by month, in tenths of a percent: 9.4% for the half-year, as
// published. January has none, for the statistics of January and February come together.
var growth = [13]int64{2: 82, 3: 85, 4: 88, 5: 91, 6: 94, 7: 92, 8: 90, 9: 93, 10: 95, 11: 96, 12: 97}

// An entry is a project as the statistics have it; amounts in 万元.
type entry struct {
	name, owner       string
	code              ledger.ProjectCode
	entered           ledger.Date
	total, beforeYear int64
	done              func(month int) int64 // since January
	plant             bool                  // machines are a good part of it
	unknown           bool                  // in no return of projects
}

func tellStatistics(s *scene) *telling {
	t := newTelling()
	if s.month() == 1 {
		return t
	}
	whole := ledger.Record{}
	put(&whole, stat.Name, "全县")
	set(&whole, stat.Growth, ledger.Number(growth[s.month()]*form.RateScale/1000))
	t.say("统计局", whole)
	t.figures["statistics.growth_bp"] = growth[s.month()] * 10
	for _, e := range s.entries() {
		if s.period.Since(e.entered.Period()) < 0 {
			continue
		}
		record := s.statisticsRecord(e)
		if e.unknown {
			t.say("统计局", record, &trouble{codes: "M22", what: "储备表、进展月报表中都没有的入统项目", at: stat.Name.Column})
		} else {
			t.say("统计局", record)
		}
	}
	return t
}

// entries are the key projects but for two, projects of the reserve that are under way, and
// three that nobody else reports. Of every sixth key project the statistics have vouchers
// for about half of what its unit reports.
func (s *scene) entries() []entry {
	var all []entry
	for _, w := range s.works() {
		if w.unentered() {
			continue
		}
		vouched := int64(96 + w.number%5)
		if w.number%6 == 4 {
			vouched = 55
		}
		e := entry{name: w.name, owner: w.owner, code: w.code, entered: monthOf(w.from + 1), total: w.total, beforeYear: w.beforeYear * vouched / 100,
			done:  func(month int) int64 { return w.toDate(month) * vouched / 100 },
			plant: slices.Equal(w.theme.phases, plantPhases)}
		e.entered.Day = 8 + w.number%16
		if w.number%7 == 2 {
			e.name = s.county.Name + e.name
		}
		all = append(all, e)
	}
	return append(append(all, s.reserveEntries()...), s.unknownEntries()...)
}

// reserveEntries are the first eighteen projects of the reserve that have a code, which
// they have all year, and are large enough: as they stand in June, for totals are adjusted.
func (s *scene) reserveEntries() []entry {
	var all []entry
	known := map[string]bool{}
	june := *s
	june.period.Month = 6
	rows := tellReserve(&june).rows
	for _, office := range offices {
		for _, r := range rows[office.unit] {
			code, total := res.Code.Of(&r), res.Total.Of(&r).V/ledger.TenThousandYuan
			if code == "" || known[string(code)] || total < 500 || len(all) == 18 {
				continue
			}
			known[string(code)] = true
			d := roll(s.seed, "入统", string(code))
			e := s.underWay(d, int64(total))
			e.name, e.owner, e.code, e.plant = res.Name.Of(&r), res.Owner.Of(&r), code, res.Field.Of(&r) == "产业发展"
			all = append(all, e)
		}
	}
	return all
}

func (s *scene) unknownEntries() []entry {
	planner := newPlanner(s.seed, s.county)
	var all []entry
	for i := range 3 {
		at := planner.site("统计局", mark{end: "（二期扩能）"}, strings.Fields("工业"), "入统", fmt.Sprint(i))
		d := roll(s.seed, "入统", at.name)
		e := s.underWay(d, int64(d.between(8, 90))*100)
		e.name, e.owner, e.code, e.plant, e.unknown = at.name, at.owner, code(d, s.period.Year-1, d.between(1, 12), s.county.Region), true, true
		all = append(all, e)
	}
	return all
}

// underWay is a project that was entered last year and is built on all year.
func (s *scene) underWay(d *die, total int64) entry {
	plan := total * int64(d.between(25, 45)) / 100
	return entry{total: total, beforeYear: total * int64(d.between(10, 50)) / 100, entered: s.day(d.between(-8, 0), d.between(3, 25)),
		done: func(month int) int64 { return plan * due[month] / 100 }}
}

func (s *scene) statisticsRecord(e entry) ledger.Record {
	r := ledger.Record{}
	done := e.done(s.month())
	put(&r, stat.Name, e.name)
	put(&r, stat.Code, string(e.code))
	put(&r, stat.Unit, e.owner)
	set(&r, stat.Total, money(e.total))
	put(&r, stat.Since, e.entered.String())
	put(&r, stat.Table, map[bool]string{true: "206-1", false: "206-2"}[e.total >= 5000])
	set(&r, stat.ThisMonth, money(done-e.done(s.month()-1)))
	set(&r, stat.SinceStart, money(e.beforeYear+done))
	invest(&r, money(done).N, e.plant)
	return r
}

// invest gives the investment since January with the parts that it is made up of.
func invest(r *ledger.Record, done int64, plant bool) {
	const wan = int64(ledger.TenThousandYuan)
	shares := [3]int64{72, 9, 6}
	if plant {
		shares = [3]int64{38, 10, 43}
	}
	rest := done
	for i, part := range []form.Money{stat.Construction, stat.Installation, stat.Equipment} {
		amount := done * shares[i] / 100 / wan * wan
		set(r, part, ledger.Number(amount))
		rest -= amount
	}
	set(r, stat.OtherCosts, ledger.Number(rest))
	set(r, stat.YearToDate, ledger.Number(done))
}

package rating

import (
	"math/big"
	"slices"

	"huizong/consolidate"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// An indicator takes one of county.Indicators of a unit.
type indicator struct {
	// form is the return that it is taken from: a unit that owes it, has nothing there
	// and did not send it, is unreported. nil: the returns as such.
	form *form.Form
	// owed says that a unit that owes the form has something due even if it has none of it.
	owed bool
	take func(s *scene, unit string) (part, whole *big.Rat)

	part, whole sum // of the form's rows; unset where the returns as such are counted
}

// A scene is a month laid out by form and unit.
type scene struct {
	*consolidate.Month
	rows    map[*form.Form]map[string][]*form.Env            // that count, of the unit responsible
	of      map[*form.Form]map[string][]*consolidate.Project // whose rows they are
	owing   map[*form.Form]map[string]bool
	missing map[*form.Form]map[string]bool     // owed and not in force
	project map[*form.Env]*consolidate.Project // by row
	lights  map[*consolidate.Project]Lights    // of the key projects, once they were asked for
	returns map[string][]*ledger.Return        // by department
}

// newScene gives every row to the first unit known of those that it names.
func newScene(m *consolidate.Month) *scene {
	s := &scene{m, map[*form.Form]map[string][]*form.Env{}, map[*form.Form]map[string][]*consolidate.Project{}, map[*form.Form]map[string]bool{},
		map[*form.Form]map[string]bool{}, map[*form.Env]*consolidate.Project{}, map[*consolidate.Project]Lights{}, map[string][]*ledger.Return{}}
	for _, r := range m.Returns {
		s.returns[r.Department] = append(s.returns[r.Department], r)
	}
	for _, f := range form.All() {
		s.rows[f], s.of[f] = map[string][]*form.Env{}, map[string][]*consolidate.Project{}
		s.owing[f], s.missing[f] = map[string]bool{}, map[string]bool{}
		for _, unit := range m.County.Owes(f.ID) {
			s.owing[f][unit.Name] = true
		}
	}
	for _, missing := range m.Missing {
		s.missing[form.ByID(missing.Form)][missing.Department] = true
	}
	for _, named := range []form.Text{form.Progress.Department, form.Reserve.Department, form.Obstacles.Department,
		form.Tasks.Department, form.Signing.Department, form.Promotion.Department} {
		for _, p := range m.Register.Counted(named.Form) {
			if unit, known := m.County.FirstUnit(named.Of(p.Record())); known {
				row := m.Register.Env(p)
				s.project[row] = p
				s.rows[named.Form][unit.Name] = append(s.rows[named.Form][unit.Name], row)
				s.of[named.Form][unit.Name] = append(s.of[named.Form][unit.Name], p)
			}
		}
	}
	return s
}

// A sum is what rows come to, which of them it came from, and the columns that it reads,
// what is added up first.
type sum struct {
	of      func(s *scene, rows []*form.Env) (value *big.Rat, from []int)
	columns []*form.Column
}

// over takes an indicator over a unit's rows of a form.
func over(f *form.Form, part, whole sum) indicator {
	return indicator{form: f, part: part, whole: whole, take: func(s *scene, unit string) (*big.Rat, *big.Rat) {
		n, _ := part.of(s, s.rows[f][unit])
		of, _ := whole.of(s, s.rows[f][unit])
		return n, of
	}}
}

// even is the indicator with something due wherever the form is owed.
func (n indicator) even() indicator { n.owed = true; return n }

// measured reads a measure of the forms: amounts in 分.
func measured(m form.Measure) sum {
	return sum{func(_ *scene, rows []*form.Env) (*big.Rat, []int) {
		value, _, from := m.Over(rows)
		return new(big.Rat).SetInt64(value), from
	}, form.Reads(m)}
}

func count(where form.Statement) sum { return measured(form.CountOf(where)) }
func total(what form.Money) sum      { return measured(form.TotalOf(what, nil)) }

// indicators are how county.Indicators are taken, by name; none is left out.
var indicators = func() map[string]indicator {
	p, r, o, t, s := &form.Progress, &form.Reserve, &form.Obstacles, &form.Tasks, &form.Signing
	progress, reserve, obstacles, tasks, signing := p.Name.Form, r.Name.Form, o.Number.Form, t.Number.Form, s.Name.Form
	everything := count(nil)
	dueOrClosed := form.Either(form.ObstacleClosed, form.NotAfter(o.Deadline, form.PeriodEnd))
	inTime := form.Both(form.ObstacleClosed, form.Either(form.NotAfter(o.Solved, o.Deadline),
		form.Both(form.Not(form.Stated(o.Solved.Column)), form.NotAfter(o.Closed, o.Deadline))))
	promotion := form.Promotion.Head.Form
	trips := measured(form.DistinctOf(nil, form.Promotion.Start.Column, form.Promotion.End.Column, form.Promotion.Destination.Column,
		form.Promotion.Activity.Column))
	return map[string]indicator{
		"年度计划完成率": over(progress, total(p.YearToDate), total(p.YearPlan)),
		"时序进度达成率": over(progress, doneOfPlans, dueByNow),
		"开工率": over(progress, startedOf(count(form.Started), count(form.Both(form.Is(p.Class, "新开工"), form.Started))),
			startedOf(everything, count(form.Is(p.Class, "新开工")))),
		"入统率":     over(progress, entered, count(form.DueInStatistics)),
		"红灯项目数":   over(progress, lit(Red), lit(Green)),
		"红灯项目占比":  over(progress, lit(Red), lit(Green)),
		"本月完成投资":  over(progress, total(p.ThisMonth), everything),
		"储备项目个数":  over(reserve, everything, everything).even(),
		"储备项目总投资": over(reserve, total(r.Total), everything).even(),
		"储备项目开工率": over(reserve, count(form.Is(r.Stage, "开工", "投产")), everything),
		"前期手续办结率": over(reserve, permits("已完成"), permits("未启动", "办理中", "已完成")),
		"堵点按期办结率": over(obstacles, count(inTime), count(dueOrClosed)),
		"堵点逾期未结数": over(obstacles, count(form.ObstacleOverdue), everything),
		"任务完成率":   over(tasks, count(form.Is(t.Pace, "完成")), everything),
		"滞后任务数":   over(tasks, count(form.Is(t.Pace, "滞后")), everything),
		"招商到位资金":  over(signing, total(s.Funds), everything),
		"签约项目数":   over(signing, everything, everything),
		"外出招商次数":  over(promotion, trips, trips),
		"报送按时率":   {take: punctual},
		"退回次数":    {take: sentBack},
	}
}()

// added adds up what each row gives; rows that give nothing are left out.
func added(of func(s *scene, row *form.Env) (value *big.Rat, known bool), columns ...*form.Column) sum {
	return sum{func(s *scene, rows []*form.Env) (*big.Rat, []int) {
		total, from := new(big.Rat), []int(nil)
		for i, row := range rows {
			if value, known := of(s, row); known {
				total.Add(total, value)
				from = append(from, i)
			}
		}
		return total, from
	}, columns}
}

// dueByNow is the investment due by the end of the month: of the year's plan the share that
// the project's own curve gives, else N/12.
var dueByNow = added(func(_ *scene, row *form.Env) (*big.Rat, bool) {
	p := &form.Progress
	plan := p.YearPlan.Of(row.Now)
	share, _ := form.Evaluate(form.OrElse(form.Share(p.PlanToDate, p.YearPlan), form.Elapsed), row) // known: Elapsed is
	return new(big.Rat).Mul(share, new(big.Rat).SetInt64(int64(plan.V))), plan.Valid
}, form.Progress.YearPlan.Column, form.Progress.PlanToDate.Column)

// doneOfPlans is the investment completed by the projects that have a plan for the year.
var doneOfPlans = added(func(_ *scene, row *form.Env) (*big.Rat, bool) {
	done := form.Progress.YearToDate.Of(row.Now).V
	return new(big.Rat).SetInt64(int64(done)), form.Progress.YearPlan.Of(row.Now).Valid
}, form.Progress.YearToDate.Column, form.Progress.YearPlan.Column)

// startedOf picks what 开工率 is taken over, as the county chose: all projects, or those of
// 新开工 alone.
func startedOf(all, fresh sum) sum {
	return sum{func(s *scene, rows []*form.Env) (*big.Rat, []int) {
		if s.County.Progress.OverNew() {
			return fresh.of(s, rows)
		}
		return all.of(s, rows)
	}, fresh.columns}
}

// lit counts the key projects whose worst light is this or a worse one.
func lit(light Light) sum {
	one := big.NewRat(1, 1)
	return added(func(s *scene, row *form.Env) (*big.Rat, bool) {
		return one, s.lightsOf(s.project[row]).Overall() >= light
	}, LightColumns()...)
}

// lightsOf are the lights of a project, judged once.
func (s *scene) lightsOf(p *consolidate.Project) Lights {
	lights, judged := s.lights[p]
	if !judged {
		lights = LightsOf(s.Month, p)
		s.lights[p] = lights
	}
	return lights
}

// entered counts the key projects that must be in the statistics and are.
var entered = added(func(s *scene, row *form.Env) (*big.Rat, bool) {
	return big.NewRat(1, 1), form.DueInStatistics.Judge(row) == form.Passes && s.Entries[s.project[row]].In
}, consolidate.EntryColumns()...)

// permits counts the permits of reserve projects that stand at one of these.
func permits(states ...string) sum {
	r := &form.Reserve
	each := []form.Choice{r.Feasibility, r.Approval, r.Land, r.Planning, r.Environment, r.Energy}
	columns := make([]*form.Column, len(each))
	for i, permit := range each {
		columns[i] = permit.Column
	}
	return added(func(_ *scene, row *form.Env) (*big.Rat, bool) {
		n := int64(0)
		for _, permit := range each {
			if slices.Contains(states, permit.Of(row.Now)) {
				n++
			}
		}
		return new(big.Rat).SetInt64(n), n > 0
	}, columns...)
}

// punctual counts the forms that a unit owes, and those of them of which its return in force
// is not late. Without a date nobody is late.
func punctual(s *scene, unit string) (part, whole *big.Rat) {
	kept, owed := int64(0), int64(0)
	for _, f := range form.All() {
		if s.owing[f][unit] {
			owed++
		}
	}
	for _, r := range s.returns[unit] {
		if r.InForce() && s.owing[form.ByID(r.Form)][unit] && !consolidate.Late(s.County, r) {
			kept++
		}
	}
	return new(big.Rat).SetInt64(kept), new(big.Rat).SetInt64(owed)
}

// sentBack counts the returns of a unit, each version once, and those of them that were
// sent back.
func sentBack(s *scene, unit string) (part, whole *big.Rat) {
	back, sent := int64(0), int64(0)
	for _, r := range s.returns[unit] {
		if r.State == ledger.Repeated {
			continue
		}
		sent++
		if r.State == ledger.Returned {
			back++
		}
	}
	return new(big.Rat).SetInt64(back), new(big.Rat).SetInt64(sent)
}

// A Basis is what a number was measured over: the rows that it came from, and the columns
// that it reads of them; of key projects judged by whether they are in the statistics, also those
// of their rows there.
type Basis struct {
	Projects []*consolidate.Project
	Columns  []*form.Column
	Entries  map[*consolidate.Project]*consolidate.Project
}

// Bases tell what marks were measured over.
type Bases struct{ scene *scene }

// BasesOf lays out a month.
func BasesOf(m *consolidate.Month) Bases { return Bases{newScene(m)} }

// Of is what the part and the whole of an indicator were taken over of a unit; not ok for an
// indicator of the returns as such, which is over no rows.
func (b Bases) Of(name, unit string) (part, whole Basis, ok bool) {
	n := indicators[name]
	if n.form == nil {
		return Basis{}, Basis{}, false
	}
	take := func(r sum) Basis {
		basis := Basis{Columns: r.columns, Entries: map[*consolidate.Project]*consolidate.Project{}}
		_, from := r.of(b.scene, b.scene.rows[n.form][unit])
		for _, i := range from {
			p := b.scene.of[n.form][unit][i]
			basis.Projects = append(basis.Projects, p)
			if row := b.scene.Entries[p].Row; row != nil && slices.Contains(r.columns, form.Progress.InStatistics.Column) {
				basis.Entries[p] = row
			}
		}
		return basis
	}
	return take(n.part), take(n.whole), true
}

package consolidate

import (
	"huizong/consolidate/identity"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A Movement is a change of a project since the month before: what, from what to what, and
// whose word it is.
type Movement struct {
	Kind          MovementKind
	Project       *Project // as it stands now; as it stood before where it left
	Column        *form.Column
	Before, After ledger.Value
	Says          string   // the department
	Reason        string   // of leaving, as the department states it
	Was           *Project // as it stood the month before; nil where it is new
	// Kin says what a project that entered may have come from, or one that left may have
	// become: a rename, a split, a merger. It is a reason to ask, never taken for granted.
	Kin string
}

// A MovementKind orders the list of changes.
type MovementKind int

const (
	Entered  MovementKind = iota // 新增
	Left                         // 退出
	Moved                        // 转段: the stage changed
	Adjusted                     // 调整: an amount changed
	Renamed                      // 更名
	Altered                      // 变更: anything else
)

// String is the word of the list.
func (k MovementKind) String() string {
	return [...]string{"新增", "退出", "转段", "调整", "更名", "变更"}[k]
}

// movements compares the projects of a form with those of the month before; what is said of
// one year begins anew in January, which is no movement. Left gives the rows by which
// projects left.
func movements(f *form.Form, now, before *Register, left map[*ledger.Standing]*ledger.Record) []Movement {
	var all []Movement
	stays := make([]bool, len(before.Projects[f.ID]))
	for i, at := range succession(now, before, f) {
		p := now.Projects[f.ID][i]
		if at < 0 {
			all = append(all, Movement{Kind: Entered, Project: p, Says: p.Row.Department})
			continue
		}
		stays[at] = true
		all = append(all, changes(p, before.Projects[f.ID][at], now.Period.Month == 1)...)
	}
	for at, p := range before.Projects[f.ID] {
		if !stays[at] {
			all = append(all, Movement{Kind: Left, Project: p, Says: p.Row.Department, Reason: leavingReason(f, left[p.Row]), Was: p})
		}
	}
	if f.ProjectCode != nil {
		tieKin(now, f, all)
	}
	return all
}

// succession finds for each project of a form the one that it was in the month before, or
// -1: by the row that counts, else by another row of it, for the row that counts may have
// changed.
func succession(now, before *Register, f *form.Form) []int {
	earlier, identities := identity.NewIndex(), []identity.Row{}
	var of []int // the project of each earlier row
	for at, p := range before.Projects[f.ID] {
		for _, row := range p.Rows() {
			earlier.Add(identity.Of(before.County, f, row))
			of = append(of, at)
		}
	}
	var rows []int // the project of each row now: rows that count first
	for _, first := range []bool{true, false} {
		for i, p := range now.Projects[f.ID] {
			for n, row := range p.Rows() {
				if (n == 0) == first {
					identities, rows = append(identities, identity.Of(now.County, f, row)), append(rows, i)
				}
			}
		}
	}
	was, taken := make([]int, len(now.Projects[f.ID])), make([]bool, len(before.Projects[f.ID]))
	for i := range was {
		was[i] = -1
	}
	for n, at := range earlier.Match(identities) {
		if i := rows[n]; at >= 0 && was[i] < 0 && !taken[of[at]] {
			was[i], taken[of[at]] = of[at], true
		}
	}
	return was
}

// changes are the tracked columns in which a project differs from what it was.
func changes(now, then *Project, january bool) []Movement {
	var all []Movement
	for _, column := range now.Form.Tracked {
		was, is := column.Value(then.Record()), column.Value(now.Record())
		if was != is && !(january && column.ResetsInJanuary) {
			all = append(all, Movement{kindOf(now.Form, column), now, column, was, is, now.Row.Department, "", then, ""})
		}
	}
	return all
}

// leavingReason is what the department states as the reason (退库原因, 调出原因).
func leavingReason(f *form.Form, r *ledger.Record) string {
	if column := f.Column("leaving"); column != nil {
		return column.Value(r).S
	}
	return ""
}

func kindOf(f *form.Form, c *form.Column) MovementKind {
	switch {
	case c == f.Entity.Column:
		return Renamed
	case c == f.Stage:
		return Moved
	case c.Type == form.AmountType:
		return Adjusted
	}
	return Altered
}

// A PlanVersion is the year's plan of a project from a month on.
type PlanVersion struct {
	Since ledger.Period
	Plan  ledger.Amount
	Row   *ledger.Standing // that says so
}

// PlanVersions are the plans of the year (年初计划, 中期调整 …) of a key project, each from
// the month it is first known in; the last is in force. None if no plan is known.
func (h *History) PlanVersions(p *Project, now ledger.Period) []PlanVersion {
	id := identity.Of(h.county, p.Form, p.Row)
	var versions []PlanVersion
	for months := min(now.Month-1, len(h.months)); months >= 0; months-- {
		row := p.Row
		if months > 0 {
			row = h.find(months, p.Form, id)
		}
		if row == nil {
			continue
		}
		plan := form.Progress.YearPlan.Of(&row.Record)
		if plan.Valid && (len(versions) == 0 || versions[len(versions)-1].Plan != plan) {
			versions = append(versions, PlanVersion{now.Add(-months), plan, row})
		}
	}
	return versions
}

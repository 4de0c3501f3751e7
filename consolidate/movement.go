package consolidate

import (
	"cmp"

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
	// become: a rename, a split, a merger. It is a reason to ask, never taken for granted, unless a
	// person decided so.
	Kin string
	// Replaced says of one that left that no row said so: it counts with, or as, the one that Kin names.
	Replaced bool
}

// A MovementKind orders the list of changes.
type MovementKind int

const (
	Entered  MovementKind = iota // 新增
	Left                         // 退库
	Moved                        // 批次调整: the stage changed
	Adjusted                     // 调整: an amount changed
	Renamed                      // 更名
	Altered                      // 变更: anything else
)

// String is the word of the list.
func (k MovementKind) String() string {
	return [...]string{"新增", "退库", "批次调整", "调整", "更名", "变更"}[k]
}

// movements compares the projects of a form with those of the month before; what is said of
// one year begins anew in January, which is no movement.
func movements(f *form.Form, m *Month) []Movement {
	var all []Movement
	now, before := m.Register, m.Earlier
	was, stays := succession(now, before, f, m.wasOf)
	for _, p := range now.Projects[f.ID] {
		if was[p] == nil {
			all = append(all, Movement{Kind: Entered, Project: p, Says: p.Row.Department})
			continue
		}
		all = append(all, changes(p, was[p], now.Period.Month == 1)...)
	}
	for _, p := range before.Projects[f.ID] {
		if !stays[p] {
			all = append(all, Movement{Kind: Left, Project: p, Says: p.Row.Department, Reason: leavingReason(f, m.left[p.Row]), Was: p})
		}
	}
	if f.ProjectCode != nil {
		tieKin(now, f, all)
		tieHeirs(now, before, f, all)
	}
	return all
}

// wasOf is the row of the month before that a row of this month goes on from; nil if there is none,
// or if it is that row itself, carried over.
func (m *Month) wasOf(row *ledger.Standing) *ledger.Standing {
	if row.Carried() {
		return nil
	}
	return m.past[cmp.Or(m.reported[row.Record], row.Record)]
}

// succession finds for each project of a form the one that it was in the month before, if any, and which
// of those stay: by the row that counts, else by another row of it, for the row that counts may have
// changed. What a row goes on from comes before what is alike.
func succession(now, before *Register, f *form.Form, wasOf func(*ledger.Standing) *ledger.Standing) (was map[*Project]*Project, stays map[*Project]bool) {
	earlier, identities := identity.NewIndex(), []identity.Row{}
	var then []*Project // of each earlier row
	thenOf := map[*ledger.Standing]*Project{}
	for _, p := range before.Projects[f.ID] {
		for _, row := range p.Rows() {
			earlier.Add(identity.Of(before.County, f, row))
			then, thenOf[row] = append(then, p), p
		}
	}
	was, stays = map[*Project]*Project{}, map[*Project]bool{}
	take := func(p, then *Project) {
		if was[p] == nil && !stays[then] {
			was[p], stays[then] = then, true
		}
	}
	var rows []*Project // of each row now: rows that count first
	for _, first := range []bool{true, false} {
		for _, p := range now.Projects[f.ID] {
			for _, row := range p.Rows() {
				if (row == p.Row) != first {
					continue
				}
				identities, rows = append(identities, identity.Of(now.County, f, row)), append(rows, p)
				if then := thenOf[wasOf(row)]; then != nil {
					take(p, then)
				}
			}
		}
	}
	for n, at := range earlier.Match(identities) {
		if at >= 0 {
			take(rows[n], then[at])
		}
	}
	return was, stays
}

// changes are the tracked columns in which a project differs from what it was.
func changes(now, then *Project, january bool) []Movement {
	var all []Movement
	for _, column := range now.Form.Tracked {
		was, is := column.Value(then.Record()), column.Value(now.Record())
		if was != is && !(january && column.ResetsInJanuary) {
			all = append(all, Movement{Kind: kindOf(now.Form, column), Project: now, Column: column, Before: was, After: is, Says: now.Row.Department, Was: then})
		}
	}
	return all
}

// leavingReason is what the department states as the reason (退库原因, 调出原因).
func leavingReason(f *form.Form, r *ledger.Record) string {
	if column := f.Role(form.RoleLeaving); column != nil {
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
	var before *stock
	for months := min(now.Month-1, len(h.months)); months >= 0; months-- {
		row := p.Row
		if months > 0 {
			then := h.stood(months, p.Form, id.Department)
			if then == before { // it says what the month before it says
				continue
			}
			row, before = then.find(id), then
		}
		if row == nil {
			continue
		}
		plan := form.Progress.YearPlan.Of(row.Record)
		if plan.Valid && (len(versions) == 0 || versions[len(versions)-1].Plan != plan) {
			versions = append(versions, PlanVersion{now.Add(-months), plan, row})
		}
	}
	return versions
}

// changedPlans are the plans of the year of the key projects that had several.
func changedPlans(g *Register, h *History) map[*Project][]PlanVersion {
	plans := map[*Project][]PlanVersion{}
	for _, p := range g.Projects[form.Progress.Name.Form.ID] {
		if versions := h.PlanVersions(p, g.Period); len(versions) > 1 {
			plans[p] = versions
		}
	}
	return plans
}

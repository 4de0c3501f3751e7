package consolidate

import (
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
	Says          string // the department
	Reason        string // of leaving, as the department states it
}

// A MovementKind orders the list of changes.
type MovementKind int

const (
	Entered  MovementKind = iota // 新增
	Left                         // 退出
	Moved                        // 转段: a choice changed
	Adjusted                     // 调整: an amount changed
	Renamed                      // 更名
	Altered                      // 变更: anything else
)

// String is the word of the list.
func (k MovementKind) String() string {
	return [...]string{"新增", "退出", "转段", "调整", "更名", "变更"}[k]
}

// movements compares the projects of a form with those of the month before. A carried row
// has not moved.
func movements(f *form.Form, now, before *Book, left map[string]string) []Movement {
	earlier, matched := newIndex[*Project](), map[*Project]bool{}
	for _, p := range before.Projects[f.ID] {
		earlier.add(identify(before.County, f, p.Record()), p)
	}
	var all []Movement
	for _, p := range now.Projects[f.ID] {
		then, found := earlier.find(identify(now.County, f, p.Record()), true)
		if !found || matched[then] {
			all = append(all, Movement{Kind: Entered, Project: p, Says: p.Row.Department})
			continue
		}
		matched[then] = true
		for _, column := range f.Tracked {
			was, is := column.Value(then.Record()), column.Value(p.Record())
			if was != is {
				all = append(all, Movement{kindOf(f, column), p, column, was, is, p.Row.Department, ""})
			}
		}
	}
	for _, p := range before.Projects[f.ID] {
		if !matched[p] {
			reason := left[identify(before.County, f, p.Record()).key()]
			all = append(all, Movement{Kind: Left, Project: p, Says: p.Row.Department, Reason: reason})
		}
	}
	return all
}

func kindOf(f *form.Form, c *form.Column) MovementKind {
	switch {
	case c == f.Entity.Column:
		return Renamed
	case c.Type == form.ChoiceType:
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
}

// PlanVersions are the plans of the year (年初计划, 中期调整 …) of a key project, the first
// known one first; the last is in force.
func (h *History) PlanVersions(p *Project, now ledger.Period) []PlanVersion {
	plan := form.Progress.YearPlan
	id := identify(h.county, p.Form, p.Record())
	versions := []PlanVersion{}
	for months := min(now.Month-1, len(h.months)); months >= 0; months-- {
		record := p.Record()
		if months > 0 {
			row := h.find(months-1, p.Form, p.Row.Department, id)
			if row == nil {
				continue
			}
			record = &row.Record
		}
		if amount := plan.Of(record); len(versions) == 0 || versions[len(versions)-1].Plan != amount {
			versions = append(versions, PlanVersion{now.Add(-months), amount})
		}
	}
	return versions
}

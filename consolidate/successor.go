package consolidate

import (
	"cmp"
	"slices"

	"huizong/consolidate/identity"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A Matter is what a pair of rows is asked about.
type Matter int

// The matters, in the order in which they are asked.
const (
	MatterOne     Matter = iota // 疑似重复: two projects of a form may be one
	MatterRenamed               // 疑更名: a row that its department no longer reports may go on under another name
	MatterSplit                 // 疑拆分
	MatterMerged                // 疑合并
	MatterForms                 // 疑同一项目（跨表): a project of one form may be a project of another
)

// In is the matter as people read it, and as sheets in Chinese write it.
func (m Matter) In(lang ledger.Lang) string {
	return [...]ledger.Phrase{{"疑似重复", "may be one"}, {"疑更名", "may be renamed"}, {"疑拆分", "may be split"}, {"疑合并", "may be merged"},
		{"疑跨表同一", "may be one across forms"}}[m].In(lang)
}

// A successor is a row that its department no longer reports, and one that it reports since, which
// may be the same project, or part of it.
type successor struct {
	old, new *ledger.Standing
	matter   Matter
	counted  bool // once, as long as nobody decides: the old row does not count beside the new one
	score    int
	clues    []identity.Clue
}

// leastOfSuccessors is the score from which on a row that is gone and one that came are asked about;
// surelyOfSuccessors that from which on a third row is, too.
const (
	leastOfSuccessors  = 50
	surelyOfSuccessors = 60
)

// successors pairs what departments no longer report with what they report since, department by
// department, one to one, the likeliest first; then what adds up to the one or the other.
// What people decided on is left out.
func (k court) successors(rows []*ledger.Standing, decided identity.Verdicts) []successor {
	if k.form.ProjectCode == nil {
		return nil
	}
	gone, came := map[string][]*ledger.Standing{}, map[string][]*ledger.Standing{}
	var departments []string
	for _, row := range rows {
		if row.Carried() {
			if gone[row.Department] == nil {
				departments = append(departments, row.Department)
			}
			gone[row.Department] = append(gone[row.Department], row)
		} else {
			came[row.Department] = append(came[row.Department], row)
		}
	}
	var all []successor
	for _, department := range departments {
		all = append(all, k.succession(gone[department], came[department], decided)...)
	}
	return all
}

// succession is that of one department.
func (k court) succession(gone, came []*ledger.Standing, decided identity.Verdicts) []successor {
	since := slices.MinFunc(gone, func(a, b *ledger.Standing) int { return a.From.Since(b.From) }).From
	came = slices.DeleteFunc(slices.Clone(came), func(row *ledger.Standing) bool { return !cameAfter(row, since) })
	var pairs []successor
	profiles := k.profiles(slices.Concat(gone, came))
	blocks := identity.NewBlocks(profiles)
	for i, old := range gone {
		for _, at := range blocks.Near(i) {
			j := at - len(gone)
			if j < 0 || !cameAfter(came[j], old.From) {
				continue
			}
			score, clues := identity.BuiltIn.Succeeds(profiles[i], profiles[at])
			if score >= leastOfSuccessors && !slices.ContainsFunc(clues, identity.Clue.Contrary) && !decided.On(k.key(old), k.key(came[j])) {
				pairs = append(pairs, successor{old: old, new: came[j], score: score, clues: clues})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b successor) int { return cmp.Compare(b.score, a.score) })
	return k.paired(pairs)
}

// cameAfter reports whether a row stands since a later month than another was last reported in.
func cameAfter(row *ledger.Standing, month ledger.Period) bool { return row.Since().Since(month) > 0 }

func (k court) profiles(rows []*ledger.Standing) []*identity.Profile {
	all := make([]*identity.Profile, len(rows))
	for i, row := range rows {
		all[i] = identity.NewProfile(k.county, k.form, row.Record)
	}
	return all
}

func (k court) key(row *ledger.Standing) string {
	return identity.Key(k.form.ID, identity.Of(k.county, k.form, row))
}

// paired takes of possible pairs, the likeliest first, those that are one to one, and those beside
// them that make a split or a merger: what adds up, or what nothing but a part's mark sets apart.
func (k court) paired(pairs []successor) []successor {
	heirs, forebears := map[*ledger.Standing]*ledger.Standing{}, map[*ledger.Standing]*ledger.Standing{}
	var one, more []successor
	for _, p := range pairs {
		if heirs[p.old] == nil && forebears[p.new] == nil {
			heirs[p.old], forebears[p.new] = p.new, p.old
			p.matter, p.counted = MatterRenamed, true
			one = append(one, p)
		} else {
			more = append(more, p)
		}
	}
	for _, p := range more {
		merges, splits := heirs[p.old] == nil, forebears[p.new] == nil
		switch {
		case merges && (p.score >= surelyOfSuccessors || k.addsUp(p.new, p.old, forebears[p.new])):
			heirs[p.old] = p.new
			p.matter, p.counted = MatterMerged, true
			one = relabelled(append(one, p), func(s successor) bool { return s.new == p.new }, MatterMerged)
		case splits && (p.score >= surelyOfSuccessors || k.addsUp(p.old, p.new, heirs[p.old])):
			forebears[p.new] = p.old
			p.matter = MatterSplit
			one = relabelled(append(one, p), func(s successor) bool { return s.old == p.old }, MatterSplit)
		}
	}
	return one
}

func relabelled(all []successor, of func(successor) bool, matter Matter) []successor {
	for i := range all {
		if of(all[i]) {
			all[i].matter = matter
		}
	}
	return all
}

// addsUp reports whether two totals come to a third, within a twentieth.
func (k court) addsUp(whole, a, b *ledger.Standing) bool {
	column := k.form.Role(form.RoleTotal)
	if column == nil || a == nil || b == nil {
		return false
	}
	sum, of := column.Value(a.Record).N+column.Value(b.Record).N, column.Value(whole.Record).N
	return of > 0 && absolute(sum-of) <= of/20
}

// absences ask departments about rows that they no longer report: about the row that may have come in
// its place, where there is one.
func (g *Register) absences(all []absence) []ledger.Finding {
	heirs := map[lookRow]*ledger.Standing{}
	for _, successors := range g.successors {
		for _, s := range successors {
			if at := lookAt(s.old); heirs[at] == nil {
				heirs[at] = s.new
			}
		}
	}
	var found []ledger.Finding
	for _, a := range all {
		f := form.ByID(a.row.Form)
		gone := lookRow{a.row.Form, a.row.Department, a.row.Content, a.row.Record.Place}
		finding := about(a.from, RowAbsent, "")
		finding.Entity = f.Name(a.row.Record)
		if heir := heirs[gone]; heir != nil {
			at := heir.Record.PlaceOf(f.Entity.Index)
			finding = about(a.from, RowReplaced, "上月报的是“"+finding.Entity+"”")
			finding.Sheet, finding.Cell, finding.Row = cmp.Or(at.Sheet, a.from.Sheet), f.Entity.Field(heir.Record).Cell.String(), at.Row
			finding.Entity, finding.Field = f.Name(heir.Record), f.Entity.Name
		}
		found = append(found, finding)
	}
	return found
}

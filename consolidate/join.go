package consolidate

import (
	"maps"
	"slices"

	"huizong/consolidate/identity"
	"huizong/internal/form"
	"huizong/internal/ledger"
	"huizong/internal/naming"
)

// joinedTo are the forms whose projects are asked about beside those of a form: reserve projects are
// held against the key projects that they become (批次调整), key projects against the statistics (入统).
func joinedTo(f *form.Form) []*form.Form {
	switch f {
	case form.Reserve.Name.Form:
		return []*form.Form{form.Progress.Name.Form}
	case form.Progress.Name.Form:
		return []*form.Form{form.Statistics.Name.Form}
	}
	return nil
}

// Join finds for projects of one form those of another form that are the same: as people decided, by
// code, by name, else by a name of the same words, each at most once, the strongest bonds first. What
// names say of stages, sections and places keeps them apart. The figures of two forms stand side
// by side; none is altered, none stands for another: 完成投资 (发改), 入统投资 (统计) and
// 到位资金 (招商) are three figures.
func (g *Register) Join(mine, theirs []*Project) map[*Project]*Project {
	joined, taken := g.decidedJoin(mine, theirs)
	free := func(p *Project) bool { return joined[p] == nil && !taken[p] }
	home, away := only(mine, free), only(theirs, free)
	abroad := identity.NewIndex()
	for _, p := range away {
		abroad.Add(g.stateless(p))
	}
	rows := make([]identity.Row, len(home))
	for i, p := range home {
		rows[i] = g.stateless(p)
	}
	for i, at := range abroad.Reworded(rows, abroad.Match(rows), nil) {
		if at >= 0 && !g.keptApart(home[i], away[at]) {
			joined[home[i]] = away[at]
		}
	}
	return joined
}

// decidedJoin are the pairs that people decided are one, and which projects of the other side they take.
func (g *Register) decidedJoin(mine, theirs []*Project) (joined map[*Project]*Project, taken map[*Project]bool) {
	joined, taken = map[*Project]*Project{}, map[*Project]bool{}
	if len(g.decided) == 0 {
		return joined, taken
	}
	of := map[string]*Project{}
	for _, p := range theirs {
		for _, row := range p.Rows() {
			of[g.Key(row)] = p
		}
	}
	for _, p := range mine {
		for _, row := range p.Rows() {
			verdicts := g.decided[g.Key(row)]
			for _, key := range slices.Sorted(maps.Keys(verdicts)) {
				if q := of[key]; q != nil && verdicts[key].Verdict == ledger.Same && joined[p] == nil && !taken[q] {
					joined[p], taken[q] = q, true
				}
			}
		}
	}
	return joined, taken
}

// keptApart reports whether a person decided that rows of two projects differ.
func (g *Register) keptApart(p, q *Project) bool {
	for _, row := range p.Rows() {
		for _, other := range q.Rows() {
			if d, is := g.decided[g.Key(row)][g.Key(other)]; is && d.Verdict != ledger.Same {
				return true
			}
		}
	}
	return false
}

// alone are the projects of two forms that Join finds nothing for.
func (g *Register) alone(mine, theirs []*Project) (here, there []*Project) {
	joined, taken := g.Join(mine, theirs), map[*Project]bool{}
	for _, p := range joined {
		taken[p] = true
	}
	return only(mine, func(p *Project) bool { return joined[p] == nil }), only(theirs, func(p *Project) bool { return !taken[p] })
}

func only(projects []*Project, which func(*Project) bool) []*Project {
	var all []*Project
	for _, p := range projects {
		if which(p) {
			all = append(all, p)
		}
	}
	return all
}

// stateless is a project's identity whoever reports it: another office's form names other
// owners, and other places.
func (g *Register) stateless(p *Project) identity.Row {
	row := identity.Row{Identity: p.Form.Identity(p.Record(), g.County.Identify)}
	if known := g.profiles[p]; known != nil {
		row.Identity = known.Identity
	}
	row.Place = naming.Place{}
	return row
}

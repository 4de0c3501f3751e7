package consolidate

import (
	"huizong/consolidate/identity"
)

// Join finds for projects of one form those of another form that are the same: by code, else
// by name, each at most once, the strongest bonds first. The figures of two forms stand side
// by side; none is altered, none stands for another: 完成投资 (发改), 入统投资 (统计) and
// 到位资金 (招商) are three figures.
func (g *Register) Join(mine, theirs []*Project) map[*Project]*Project {
	abroad := identity.NewIndex()
	for _, p := range theirs {
		abroad.Add(g.stateless(p))
	}
	home := make([]identity.Row, len(mine))
	for i, p := range mine {
		home[i] = g.stateless(p)
	}
	joined := map[*Project]*Project{}
	for i, at := range abroad.Match(home) {
		if at >= 0 {
			joined[mine[i]] = theirs[at]
		}
	}
	return joined
}

// stateless is a project's identity whoever reports it: another office's form names other
// owners.
func (g *Register) stateless(p *Project) identity.Row {
	return identity.Row{Identity: p.Form.Identity(p.Record(), g.County.FoldName)}
}

package consolidate

import (
	"huizong/internal/form"
)

// A Pending says between what the count of a form's projects may come to lie when people have answered
// what is open on it. As it is published, projects that may be one count each, and a row that is gone
// counts once with the one that came in its place.
type Pending struct {
	Projects  int `json:"pending"`       // counted projects about which something is open
	Published int `json:"published"`     // the count as it is published
	AllSame   int `json:"all_same"`      // if all that is open is one
	AllApart  int `json:"all_different"` // if nothing of it is
}

// Pending gives for a form what is open on the count of its projects; not ok where nothing is.
func (m *Month) Pending(f *form.Form) (p Pending, ok bool) {
	counted := m.Register.Counted(f)
	p.Published, p.AllSame, p.AllApart = len(counted), len(counted), len(counted)
	counts, open, one := map[*Project]bool{}, map[*Project]bool{}, map[*Project]*Project{}
	for _, c := range counted {
		counts[c] = true
	}
	root := func(x *Project) *Project {
		for one[x] != nil {
			x = one[x]
		}
		return x
	}
	for _, c := range m.Candidates {
		if c.A.Form != f || c.Matter == MatterForms || !counts[c.A] || !counts[c.B] {
			continue
		}
		open[c.A], open[c.B] = true, true
		a, b := root(c.A), root(c.B)
		switch {
		case c.Once():
			p.AllApart++
		case c.Matter == MatterOne && a != b: // of what came in place of one row that is gone, each counts
			one[b] = a
			p.AllSame--
		}
	}
	p.Projects = len(open)
	return p, p.Projects > 0
}

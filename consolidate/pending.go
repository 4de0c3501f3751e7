package consolidate

import (
	"slices"

	"huizong/internal/form"
	"huizong/internal/ledger"
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
	open, one := map[*Project]struct{}{}, map[*Project]*Project{}
	root := func(x *Project) *Project {
		for one[x] != nil {
			x = one[x]
		}
		return x
	}
	for _, c := range m.Open() {
		if c.A.Form != f {
			continue
		}
		open[c.A], open[c.B] = struct{}{}, struct{}{}
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

// Open are the candidates that leave a count open: as long as nobody decides, what is published of it is a
// range. Those of two forms, and of parts of packages, move no count.
func (m *Month) Open() []Candidate {
	return slices.DeleteFunc(slices.Clone(m.Candidates), func(c Candidate) bool {
		return c.Matter == MatterForms || !c.A.Counts() || !c.B.Counts()
	})
}

// Unexplained are the findings of the month's returns that have to be corrected, or explained before the
// month is closed, and were not explained. What came late is of another month.
func (m *Month) Unexplained() []ledger.Finding {
	return slices.DeleteFunc(slices.Clone(m.Findings), func(f ledger.Finding) bool {
		return f.Code.Severity < ledger.Error && f.Code.Effect != ledger.AcceptExplained || m.Settled(f)
	})
}

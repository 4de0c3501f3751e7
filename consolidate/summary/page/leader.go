package page

import (
	"slices"

	"huizong/internal/county"
	"huizong/internal/ledger"
)

// A Leader is a county leader with the post that the roster gives.
type Leader struct{ Name, Post string }

const (
	OffRoster = "名录以外" // the post of one that the roster does not have
	NoLeader  = "未明确"  // stands for the leader of a project that names none
)

// A Roster is the county's leaders (名录), who are listed whether anything is said of them or not.
type Roster struct {
	leaders []Leader
	spelled map[string]string // names by their folded spelling
}

func newRoster(c *county.County) Roster {
	r := Roster{spelled: map[string]string{}}
	for _, known := range c.Leaders {
		r.leaders = append(r.leaders, Leader{known.Name, known.Post})
		r.spelled[ledger.Fold(known.Name)] = known.Name
	}
	return r
}

// NamesIn are the leaders that a text names, each once, as the roster spells them.
func (r Roster) NamesIn(text string) []string {
	var names []string
	for _, name := range ledger.Names(text) {
		if name = r.Spelling(name); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// Charged are the leaders that a text names; 未明确 where it names none.
func (r Roster) Charged(text string) []string {
	if names := r.NamesIn(text); names != nil {
		return names
	}
	return []string{NoLeader}
}

// Spelling is a leader's name as the roster spells it; the name itself if it is not there.
func (r Roster) Spelling(name string) string {
	if known, ok := r.spelled[ledger.Fold(name)]; ok {
		return known
	}
	return name
}

// With are all leaders in their order, then those of the names that are not on the roster, and
// 未明确, which is no leader and has no post, last.
func (r Roster) With(named []string) []Leader {
	all := slices.Clone(r.leaders)
	listed := map[string]bool{}
	for _, l := range all {
		listed[l.Name] = true
	}
	for _, name := range named {
		if !listed[name] && name != NoLeader {
			listed[name] = true
			all = append(all, Leader{name, OffRoster})
		}
	}
	if slices.Contains(named, NoLeader) {
		all = append(all, Leader{Name: NoLeader})
	}
	return all
}

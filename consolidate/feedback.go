package consolidate

import (
	"cmp"
	"slices"

	"huizong/internal/ledger"
)

// A Kind counts errors and queries of one code.
type Kind struct {
	Code *ledger.Code
	N    int
}

// A UnitYear is how often each unit was asked about anything in the twelve months that end with the month.
type UnitYear struct {
	Department string
	Months     [12]int // the earliest first; Unknown for a month that was never merged
	Kinds      []Kind  // of all twelve months, the most frequent first
}

// Unknown stands for the count of a month of which nothing is known.
const Unknown = -1

// Total is of all twelve months.
func (r *UnitYear) Total() (n int) {
	for _, kind := range r.Kinds {
		n += kind.N
	}
	return n
}

// asked are the errors and queries of the month itself.
func (m *Month) asked() []ledger.Asked {
	var all []ledger.Asked
	for _, f := range m.Findings {
		if f.Code.Severity >= ledger.Query {
			all = append(all, f.Asked())
		}
	}
	return all
}

// UnitYears are those of all units that were asked about anything in twelve months, in the order of units.
func (m *Month) UnitYears() []UnitYear {
	of := map[string]*UnitYear{}
	kinds := map[string]map[*ledger.Code]int{}
	for i := range 12 {
		p := m.Period.Add(i - 11)
		asked := m.Asked[p]
		if p == m.Period {
			asked = m.asked()
		}
		for _, one := range asked {
			if of[one.Department] == nil {
				of[one.Department] = &UnitYear{Department: one.Department}
				kinds[one.Department] = map[*ledger.Code]int{}
			}
			of[one.Department].Months[i]++
			kinds[one.Department][one.Code]++
		}
	}
	var all []UnitYear
	for department, year := range of {
		for i := range 11 {
			if _, merged := m.Asked[m.Period.Add(i-11)]; !merged {
				year.Months[i] = Unknown
			}
		}
		year.Kinds = kindsOf(kinds[department])
		all = append(all, *year)
	}
	slices.SortFunc(all, func(a, b UnitYear) int { return m.Register.CompareUnits(a.Department, b.Department) })
	return all
}

// kindsOf are counts in the order of how many there are.
func kindsOf(count map[*ledger.Code]int) []Kind {
	var all []Kind
	for code, n := range count {
		all = append(all, Kind{code, n})
	}
	slices.SortFunc(all, func(a, b Kind) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Code.ID, b.Code.ID)) })
	return all
}

// monthsRunning is for how many months a finding comes again before the unit is named.
const monthsRunning = 3

// Running are the errors and queries of the month that are the same as in each of the two months before: same kind, same
// unit, same row, same column; what is settled is asked no more. They are in the order of the month's findings, each once.
func (m *Month) Running() []ledger.Finding {
	again := map[ledger.Asked]int{}
	for i := 1; i < monthsRunning; i++ {
		for _, one := range m.Asked[m.Period.Add(-i)] {
			if again[one] == i-1 {
				again[one] = i
			}
		}
	}
	var all []ledger.Finding
	for _, f := range m.Findings {
		if f.Code.Severity >= ledger.Query && again[f.Asked()] == monthsRunning-1 && !m.Settled(f) {
			again[f.Asked()] = 0
			all = append(all, f)
		}
	}
	return all
}

// A Better is a kind of error or query of which there are fewer than in the month before.
type Better struct {
	Code        *ledger.Code
	Before, Now int
}

// Better says what units do better than in the month before, by unit and form, the greatest gain first. Of a unit that
// sent nothing it says nothing.
func (m *Month) Better() map[ledger.ReturnID][]Better {
	type kind struct {
		id   ledger.ReturnID
		code *ledger.Code
	}
	of := func(one ledger.Asked) kind {
		return kind{ledger.ReturnID{Region: m.Region, Period: m.Period, Form: one.Form, Department: one.Department}, one.Code}
	}
	sent := map[ledger.ReturnID]bool{}
	for _, r := range m.Returns {
		sent[r.ReturnID] = sent[r.ReturnID] || r.InForce()
	}
	before, now := map[kind]int{}, map[kind]int{}
	for _, one := range m.Asked[m.Period.Add(-1)] {
		before[of(one)]++
	}
	for _, one := range m.asked() {
		now[of(one)]++
	}
	all := map[ledger.ReturnID][]Better{}
	for kind, n := range before {
		if now[kind] < n && sent[kind.id] {
			all[kind.id] = append(all[kind.id], Better{kind.code, n, now[kind]})
		}
	}
	for _, better := range all {
		slices.SortFunc(better, func(a, b Better) int {
			return cmp.Or((b.Before-b.Now)-(a.Before-a.Now), cmp.Compare(a.Code.ID, b.Code.ID))
		})
	}
	return all
}

package consolidate

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"

	"huizong/internal/ledger"
)

// A Justification is why a finding stands: a waiver (豁免) of the office, else the explanation of its department.
type Justification struct {
	Text, Who string
	Waived    bool // by the office
}

// A Waived is a waiver and how many findings of the month it is of; none where it no longer holds.
type Waived struct {
	ledger.Waiver
	Findings int
}

// Expired reports whether the waiver no longer holds in a month.
func (w Waived) Expired(p ledger.Period) bool { return w.Until.Less(p) }

// Explain is the month with what was explained and waived of its findings; the month itself stays as it is. A finding
// that is settled needs nobody to look at it, and is shown with its justification; nothing else changes.
func (m *Month) Explain(explanations []ledger.Explanation, waivers []ledger.Waiver) *Month {
	if len(explanations)+len(waivers) == 0 {
		return m
	}
	with := *m
	with.Justified, with.Waivers = map[string]Justification{}, make([]Waived, len(waivers))
	for i, w := range waivers {
		with.Waivers[i].Waiver = w
	}
	holding := ledger.Holding(explanations)
	for _, f := range m.Findings {
		digest := f.Digest()
		if e, explained := holding[digest]; explained {
			with.Justified[digest] = Justification{Text: e.Text, Who: e.Who}
		}
		for i := range slices.Backward(with.Waivers) { // of several the first is named
			if w := &with.Waivers[i]; !w.Expired(m.Period) && w.Covers(f) {
				w.Findings++
				with.Justified[digest] = Justification{w.Why, w.Who, true}
			}
		}
	}
	with.Look = with.look()
	with.Sum = sumWith(m.Sum, with.Justified)
	return &with
}

// Justification is why a finding stands; not ok where nobody said.
func (m *Month) Justification(f ledger.Finding) (j Justification, ok bool) {
	if len(m.Justified) > 0 { // digests are dear to make
		j, ok = m.Justified[f.Digest()]
	}
	return j, ok
}

// Settled reports whether a finding is justified, and that is enough.
func (m *Month) Settled(f ledger.Finding) bool {
	_, ok := m.Justification(f)
	return ok && f.Code.Explainable()
}

// sumWith is the sum of a month with what is justified of it; the sum itself where nothing is.
func sumWith(sum string, justified map[string]Justification) string {
	if len(justified) == 0 {
		return sum
	}
	hash := sha256.New()
	fmt.Fprintln(hash, sum)
	for _, digest := range slices.Sorted(maps.Keys(justified)) {
		j := justified[digest]
		fmt.Fprintf(hash, "%s %q %q %t\n", digest, j.Text, j.Who, j.Waived)
	}
	return hex.EncodeToString(hash.Sum(nil))
}

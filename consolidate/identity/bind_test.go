package identity

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"huizong/internal/ledger"
)

// What rows settle among themselves no later row changes, but that it may join them: nor does one that is
// tied to two projects make them one if anything in them speaks against it.
func TestLaterRowsPartNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var rows []Row
		for range rapid.IntRange(2, 12).Draw(t, "rows") {
			rows = append(rows, drawnRow(t))
		}
		later := rapid.SampledFrom(rows).Draw(t, "like") // of the same name, owner and code as one that is there
		later.Total.V, later.Department = ledger.Money(rapid.Int64Range(1, 1000).Draw(t, "total")), "某协会"
		first, again := Bind(rows, nil, nil), Bind(append(slices.Clone(rows), later), nil, nil)
		for i := range rows {
			for j := range i {
				switch one := again[i] == again[j]; {
				case first[i] == first[j] && !one:
					t.Fatalf("%d and %d are parted by one more row:\n%s", j, i, lines(append(rows, later)))
				case first[i] != first[j] && one && rows[i].against(rows[j]):
					t.Fatalf("%d and %d are brought together by one more row:\n%s", j, i, lines(append(rows, later)))
				}
			}
		}
	})
}

// lines are rows as people compare them.
func lines(rows []Row) string {
	text := ""
	for i, r := range rows {
		text += fmt.Sprintf("%d: %s %s，%s，%s %s %d\n", i, r.Department, r.Name, r.Owner, r.Place.Text, r.Code, r.Total.V)
	}
	return text
}

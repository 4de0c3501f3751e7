package consolidate

import (
	"testing"

	"huizong/internal/form"
	. "huizong/internal/returntest"
)

// TestEntryByOwnWord: without a table the department's word stands against start, threshold and
// the months allowed.
func TestEntryByOwnWord(t *testing.T) {
	for _, test := range []struct {
		name  string
		words []string
		want  EntryState
	}{
		{"in", []string{"start=2024-01", "total=500", "in_statistics=是"}, InStatistics},
		{"not in", []string{"start=2024-01", "total=500", "in_statistics=否"}, OutOfStatistics},
		{"not said", []string{"start=2024-01", "total=500"}, OutUnsaid},
		{"not said, but since when", []string{"start=2024-01", "total=500", "statistics_since=2024-02"}, InStatistics},
		{"a month after the start", []string{"start=2024-05", "total=500", "in_statistics=否"}, NotYetDue},
		{"two months after the start", []string{"start=2024-04", "total=500", "in_statistics=否"}, OutOfStatistics},
		{"a cent below the threshold", []string{"start=2024-01", "total=499.999999", "in_statistics=否"}, TooSmall},
		{"total not known", []string{"start=2024-01", "in_statistics=否"}, SizeUnknown},
		{"not started", []string{"total=500", "in_statistics=否"}, NotStarted},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := merged(t, June, nil, Sent(June, Progress, Housing, "p", Works(5, "滨江路", "1000", test.words...)))
			if got := m.Entries[m.Register.Projects[Progress.ID][0]]; got.State != test.want || got.Apart {
				t.Errorf("%+v, want %s", got, test.want)
			}
		})
	}
}

// TestEntryByTable: where 统计局 lists projects its table decides, and a department that says
// otherwise is asked; a table that speaks of the county alone lists none.
func TestEntryByTable(t *testing.T) {
	statistics := form.Statistics.Name.Form
	for _, test := range []struct {
		name, own, listed string
		want              EntryState
		asked             bool
	}{
		{"says no, listed", "否", "滨江路", InStatistics, true},
		{"says nothing, listed", "", "滨江路", InStatistics, false},
		{"says yes, listed", "是", "滨江路", InStatistics, false},
		{"says no, not listed", "否", "体育馆", OutOfStatistics, false},
		{"says nothing, not listed", "", "体育馆", OutOfStatistics, false},
		{"says yes, not listed: asked by the rules between forms", "是", "体育馆", OutOfStatistics, false},
		{"says yes, the county alone", "是", "", InStatistics, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			table := Record(statistics, 5, "growth=8.5")
			if test.listed != "" {
				table = Record(statistics, 5, "name="+test.listed, "year_to_date=900")
			}
			words := []string{"start=2024-01", "total=5000"}
			if test.own != "" {
				words = append(words, "in_statistics="+test.own)
			}
			m := merged(t, June, nil, Sent(June, statistics, "统计局", "s", table), Sent(June, Progress, Housing, "p", Works(5, "滨江路", "1000", words...)))
			entry, asked := m.Entries[m.Register.Projects[Progress.ID][0]], false
			for _, f := range m.Findings {
				asked = asked || f.Code == EntryOfOther && f.Row == 5 && f.Department == Housing
			}
			if entry.State != test.want || asked != test.asked {
				t.Errorf("%+v, asked %v; want %s, %v", entry, asked, test.want, test.asked)
			}
		})
	}
}

// TestEntryOfParts: a part of a package is in with its package; its own row of the table counts for it alone.
func TestEntryOfParts(t *testing.T) {
	statistics := form.Statistics.Name.Form
	m := merged(t, June, nil,
		Sent(June, statistics, "统计局", "s", Record(statistics, 5, "name=滨江路", "year_to_date=900")),
		Sent(June, Progress, Housing, "p", Works(5, "滨江路", "1000"), Works(6, "滨江路绿化", "10", "in_statistics=否")))
	whole, part := m.Register.Projects[Progress.ID][0], m.Register.Projects[Progress.ID][1]
	part.Parent = whole
	if e := m.Register.entries()[part]; !e.In || e.Row == nil || e.Row.Name() != "滨江路" {
		t.Errorf("%+v", e)
	}
}

package consolidate

import (
	"fmt"
	"slices"
	"testing"

	"huizong/internal/form"
	"huizong/internal/ledger"
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
		name, own, total, listed string
		want                     EntryState
		asked                    string // at which cell, and what the table says; blank: not
	}{
		{"says no, listed", "in_statistics=否", "5000", "滨江路", InStatistics, "X5 入统表中有“滨江路”"},
		{"says nothing, listed", "", "5000", "滨江路", InStatistics, ""},
		{"says yes, listed", "in_statistics=是", "5000", "滨江路", InStatistics, ""},
		{"says no, not listed", "in_statistics=否", "5000", "体育馆", OutOfStatistics, ""},
		{"says nothing, not listed", "", "5000", "体育馆", OutOfStatistics, ""},
		{"says yes, not listed: asked by the rules between forms", "in_statistics=是", "5000", "体育馆", OutOfStatistics, ""},
		{"says yes, not listed and too small to be", "in_statistics=是", "499", "体育馆", TooSmall, "X5 入统表中没有该项目"},
		{"says since when, listed", "statistics_since=2024-02", "5000", "滨江路", InStatistics, ""},
		{"says since when, not listed and too small to be", "statistics_since=2024-02", "499", "体育馆", TooSmall, " 入统表中没有该项目"},
		{"says yes, the county alone", "in_statistics=是", "5000", "", InStatistics, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			table := Record(statistics, 5, "growth=8.5")
			if test.listed != "" {
				table = Record(statistics, 5, "name="+test.listed, "year_to_date=900")
			}
			words := []string{"start=2024-01", "total=" + test.total}
			if test.own != "" {
				words = append(words, test.own)
			}
			m := merged(t, June, nil, Sent(June, statistics, "统计局", "s", table), Sent(June, Progress, Housing, "p", Works(5, "滨江路", "1000", words...)))
			entry, asked := m.Entries[m.Register.Projects[Progress.ID][0]], ""
			for _, f := range m.Findings {
				if f.Code == EntryOfOther && f.Row == 5 && f.Department == Housing && f.Entity == "滨江路" {
					asked += f.Cell + " " + f.Expected
				}
			}
			if entry.State != test.want || asked != test.asked {
				t.Errorf("%+v, asked %q; want %s, %q", entry, asked, test.want, test.asked)
			}
		})
	}
}

// What is asked about a row stands on the sheet that the row stands on.
func TestWhereEntriesAreAsked(t *testing.T) {
	statistics := form.Statistics.Name.Form
	row := Works(5, "滨江路", "1000", "in_statistics=否")
	row.Sheet = "续表"
	m := merged(t, June, nil, Sent(June, statistics, "统计局", "s", Record(statistics, 5, "name=滨江路", "year_to_date=900")),
		Sent(June, Progress, Housing, "p", row, Works(6, "体育馆", "1000", "in_statistics=是", "total=1")))
	var got []string
	for _, f := range m.Findings {
		if f.Code == EntryOfOther {
			got = append(got, fmt.Sprintf("%s!%s row %d %s %s: %s", f.Sheet, f.Cell, f.Row, f.Entity, f.Field, f.Found))
		}
	}
	slices.Sort(got)
	if want := []string{"Sheet1!X6 row 6 体育馆 是否入统: 是", "续表!X5 row 5 滨江路 是否入统: 否"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// What a department said in an earlier month is not asked about again.
func TestEntryOfCarriedRow(t *testing.T) {
	statistics := form.Statistics.Name.Form
	before := merged(t, May, nil, Sent(May, Progress, Housing, "may", Works(5, "滨江路", "1000", "in_statistics=否"), Works(6, "体育馆", "1000")))
	m := merged(t, June, after(before), Sent(June, Progress, Housing, "june", Works(6, "体育馆", "1000")),
		Sent(June, statistics, "统计局", "s", Record(statistics, 5, "name=滨江路", "year_to_date=900")))
	if e := m.Entries[m.Register.Projects[Progress.ID][0]]; !e.Apart || e.Row == nil {
		t.Errorf("%+v", e)
	}
	for _, f := range m.Findings {
		if f.Code == EntryOfOther {
			t.Errorf("%+v", f)
		}
	}
}

// TestEntryOfParts: a part of a package is in with its package; its own row of the table counts for it alone.
func TestEntryOfParts(t *testing.T) {
	statistics := form.Statistics.Name.Form
	for _, test := range []struct {
		name   string
		listed []string
		want   [3]string // the rows by which the package, its part and the part's part are in
	}{
		{"the package is listed", []string{"滨江路"}, [3]string{"滨江路", "滨江路", "滨江路"}},
		{"the package and a part of it are", []string{"滨江路", "苗圃"}, [3]string{"滨江路", "苗圃", "滨江路"}},
		{"a part alone is", []string{"苗圃"}, [3]string{"", "苗圃", ""}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var table []ledger.Record
			for i, name := range test.listed {
				table = append(table, Record(statistics, 5+i, "name="+name, "year_to_date=900"))
			}
			m := merged(t, June, nil, Sent(June, statistics, "统计局", "s", table...),
				Sent(June, Progress, Housing, "p", Works(5, "滨江路", "1000"), Works(6, "苗圃", "10", "in_statistics=否"), Works(7, "温室", "1")))
			all := m.Register.Projects[Progress.ID]
			all[1].Parent, all[2].Parent = all[0], all[1]
			var got [3]string
			for i, entries := 0, m.Register.entries(); i < 3; i++ {
				e := entries[all[i]]
				if e.Row != nil {
					got[i] = e.Row.Name()
				}
				if e.In != (e.Row != nil) || !e.Known {
					t.Errorf("%s: %+v", all[i].Name(), e)
				}
			}
			if got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

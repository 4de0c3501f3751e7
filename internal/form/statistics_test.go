package form_test

import (
	"testing"

	"huizong/internal/form"
)

func TestStatistics(t *testing.T) {
	good := []any{"name", "样例大道", "code", "2401-610722-04-01-100012", "total", 6000 * wan, "since", "2024-03", "statistics_table", "206-1",
		"year_to_date", 900 * wan, "this_month", 200 * wan, "construction", 700 * wan, "installation", 150 * wan, "other_costs", 50 * wan,
		"since_start", 900 * wan}
	before := []any{"year_to_date", 700 * wan}
	judge(t, form.ByID("statistics"), good, before, []verdict{
		{"parts add up", form.PartsApart, "year_to_date", nil, form.Passes},
		{"a part is missing", form.PartsApart, "year_to_date", []any{"installation", nil}, form.Fails},
		{"no parts given", form.PartsApart, "year_to_date", []any{"construction", nil, "installation", nil, "other_costs", nil}, form.Undecided},
		{"rolled forward", form.NotRolledForward, "year_to_date", nil, form.Passes},
		{"a yuan too much", form.NotRolledForward, "year_to_date", []any{"this_month", 200*wan - 100}, form.Fails},
		{"this month blank", form.NotRolledForward, "year_to_date", []any{"this_month", nil}, form.Undecided},
		{"not fallen", form.FellSinceLastMonth, "year_to_date", []any{"year_to_date", 700 * wan}, form.Passes},
		{"fallen", form.FellSinceLastMonth, "year_to_date", []any{"year_to_date", 700*wan - 1}, form.Fails},
		{"fallen and explained", form.FellSinceLastMonth, "year_to_date", []any{"year_to_date", 1, "remark", "核减"}, form.Passes},
		{"at the threshold", form.BelowThreshold, "total", []any{"total", 500 * wan}, form.Passes},
		{"a cent below it", form.BelowThreshold, "total", []any{"total", 500*wan - 1}, form.Fails},
		{"entered", form.NotEntered, "since", nil, form.Passes},
		{"money before entry", form.NotEntered, "since", []any{"since", nil}, form.Fails},
		{"no money yet", form.NotEntered, "since", []any{"since", nil, "year_to_date", 0}, form.Undecided},
		{"entered this month", form.LaterThanMonth, "since", []any{"since", "2024-06-30"}, form.Passes},
		{"entered next month", form.LaterThanMonth, "since", []any{"since", "2024-07-01"}, form.Fails},
		{"large in the table of the large", form.TableApart, "statistics_table", []any{"total", 5000 * wan}, form.Passes},
		{"small in the table of the large", form.TableApart, "statistics_table", []any{"total", 5000*wan - 1}, form.Fails},
		{"small in the table of the small", form.TableApart, "statistics_table", []any{"total", 5000*wan - 1, "statistics_table", "206-2"}, form.Passes},
		{"large in the table of the small", form.TableApart, "statistics_table", []any{"statistics_table", "206-2"}, form.Fails},
		{"just large in the table of the small", form.TableApart, "statistics_table", []any{"total", 5000 * wan, "statistics_table", "206-2"}, form.Fails},
		{"all of it this year's", form.YearOverStart, "year_to_date", nil, form.Passes},
		{"more this year than ever", form.YearOverStart, "year_to_date", []any{"since_start", 900*wan - 1}, form.Fails},
		{"all of the total", form.StartOverTotal, "since_start", []any{"since_start", 6000 * wan}, form.Passes},
		{"less than 1,000 times last month's", form.AmountJumped, "year_to_date", []any{"year_to_date", 700_000*wan - 1}, form.Passes},
		{"1,000 times last month's", form.AmountJumped, "year_to_date", []any{"year_to_date", 700_000 * wan}, form.Fails},
		{"less than 100 times last month's", form.UnitSuspect, "year_to_date", []any{"year_to_date", 70_000*wan - 1}, form.Passes},
		{"100 times last month's", form.UnitSuspect, "year_to_date", []any{"year_to_date", 70_000 * wan}, form.Fails},
		{"of the usual size", form.UnitSuspect, "total", nil, form.Passes},
		{"smaller than any", form.UnitSuspect, "total", []any{"total", 10*wan - 1}, form.Fails},
		{"larger than any", form.UnitSuspect, "total", []any{"total", 600_000*wan + 1}, form.Fails},
		{"all of the total in a month", form.UnitSuspect, "this_month", []any{"this_month", 6000 * wan}, form.Passes},
		{"more in a month than the total", form.UnitSuspect, "this_month", []any{"this_month", 6000*wan + 1}, form.Fails},
		{"a cent over the total", form.StartOverTotal, "since_start", []any{"since_start", 6000*wan + 1}, form.Fails},
	})
}

// The county's line bears no name: its growth is the figure, and it is no project.
func TestStatisticsOfTheCounty(t *testing.T) {
	f := form.ByID("statistics")
	line := said(t, f, "growth", 94_000)
	if f.Name(line) != "全县" || f.Name(said(t, f, "year_to_date", 1)) != "" {
		t.Errorf("the county's line is called %q", f.Name(line))
	}
	e := &form.Env{Period: june, Now: line}
	for _, c := range f.Columns {
		if c.Need == form.Required && c.Waived.Judge(e) != form.Passes {
			t.Errorf("%s is asked of the county's line", c.ID)
		}
	}
	figures(t, f, map[string]int64{"statistics.growth_bp": 940, "statistics.projects": 2, "statistics.year_to_date_fen": 30},
		said(t, f, "name", "甲", "code", "x", "year_to_date", 10, "growth", 94_000),
		said(t, f, "name", "乙", "code", "y", "year_to_date", 20), line)
	figures(t, f, map[string]int64{"statistics.projects": 1, "statistics.year_to_date_fen": 20}, said(t, f, "name", "乙", "code", "y", "year_to_date", 20))
}

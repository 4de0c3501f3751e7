package form_test

import (
	"testing"

	"huizong/internal/form"
)

func TestObstacles(t *testing.T) {
	good := []any{"number", "YS-031", "project", "样例大道", "kind", "用地", "description", "缺用地指标12亩", "raised_by", "交通运输局", "raised", "2024-06-03",
		"accepted", "2024-06-03", "assigned", "2024-06-04", "department", "自然资源局", "deadline", "2024-07-10", "state", "办理中"}
	closed := []any{"state", "销号", "closed", "2024-06-28", "checker", "张三", "solved", "2024-06-26", "measures", "已调剂"}
	with := func(base []any, more ...any) []any { return append(append([]any{}, base...), more...) }
	judge(t, form.ByID("obstacles"), good, nil, []verdict{
		{"struck off with date and checker", form.ClosedUnchecked, "closed", closed, form.Passes},
		{"struck off without a date", form.ClosedUnchecked, "closed", with(closed, "closed", nil), form.Fails},
		{"struck off without a checker", form.ClosedUnchecked, "checker", with(closed, "checker", nil), form.Fails},
		{"not struck off", form.ClosedUnchecked, "closed", nil, form.Undecided},
		{"a date and the state", form.ClosedInDateOnly, "state", closed, form.Passes},
		{"a date alone", form.ClosedInDateOnly, "state", []any{"closed", "2024-06-28"}, form.Fails},
		{"solved and told how", form.SolvedUnstated, "measures", []any{"state", "已解决待核", "solved", "2024-06-20", "measures", "已调剂"}, form.Passes},
		{"solved, nobody knows how", form.SolvedUnstated, "measures", []any{"state", "已解决待核"}, form.Fails},
		{"solved, nobody knows when", form.SolvedUnstated, "solved", []any{"state", "已解决待核"}, form.Fails},
		{"cannot be done, with the reason", form.UnableUnexplained, "measures", []any{"state", "无法办理", "remark", "不符合规划"}, form.Passes},
		{"cannot be done", form.UnableUnexplained, "measures", []any{"state", "无法办理"}, form.Fails},
		{"put off, explained", form.DelayUnexplained, "remark", []any{"state", "延期", "remark", "经批准延至7月"}, form.Passes},
		{"put off", form.DelayUnexplained, "remark", []any{"state", "延期"}, form.Fails},
		{"due on the last day", form.PastDeadline, "deadline", []any{"deadline", "2024-06-30"}, form.Passes},
		{"due the day before", form.PastDeadline, "deadline", []any{"deadline", "2024-06-29"}, form.Fails},
		{"due some day this month", form.PastDeadline, "deadline", []any{"deadline", "2024-06"}, form.Passes},
		{"due long ago, but struck off", form.PastDeadline, "deadline", with(closed, "deadline", "2024-06-10"), form.Undecided},
		{"accepted the same day", form.DatesReversed, "accepted", nil, form.Passes},
		{"accepted before it was raised", form.DatesReversed, "accepted", []any{"accepted", "2024-06-02"}, form.Fails},
		{"assigned the day it was accepted", form.DatesReversed, "assigned", []any{"assigned", "2024-06-03"}, form.Passes},
		{"due the day it was raised", form.DatesReversed, "deadline", []any{"deadline", "2024-06-03"}, form.Passes},
		{"solved the day it was raised", form.DatesReversed, "solved", []any{"solved", "2024-06-03"}, form.Passes},
		{"struck off the day it was solved", form.DatesReversed, "closed", with(closed, "closed", "2024-06-26"), form.Passes},
		{"struck off by somebody", form.ClosedUnchecked, "checker", closed, form.Passes},
		{"solved on a day", form.SolvedUnstated, "solved", []any{"state", "已解决待核", "solved", "2024-06-20"}, form.Passes},
		{"assigned before it was accepted", form.DatesReversed, "assigned", []any{"assigned", "2024-06-02"}, form.Fails},
		{"due before it was raised", form.DatesReversed, "deadline", []any{"deadline", "2024-06-02"}, form.Fails},
		{"solved before it was raised", form.DatesReversed, "solved", []any{"solved", "2024-06-02"}, form.Fails},
		{"struck off before it was solved", form.DatesReversed, "closed", with(closed, "closed", "2024-06-25"), form.Fails},
		{"raised this month", form.LaterThanMonth, "raised", nil, form.Passes},
		{"raised next month", form.LaterThanMonth, "raised", []any{"raised", "2024-07-01"}, form.Fails},
		{"raised on the last day", form.LaterThanMonth, "raised", []any{"raised", "2024-06-30"}, form.Passes},
		{"solved on the last day", form.LaterThanMonth, "solved", []any{"solved", "2024-06-30"}, form.Passes},
		{"struck off on the last day", form.LaterThanMonth, "closed", []any{"closed", "2024-06-30"}, form.Passes},
		{"solved next month", form.LaterThanMonth, "solved", []any{"solved", "2024-07-01"}, form.Fails},
		{"struck off next month", form.LaterThanMonth, "closed", []any{"closed", "2024-07-01"}, form.Fails},
	})
}

// 上月结转 + 本月新增 = 本月销号 + 月末未结, whatever is blank.
func TestObstacleFigures(t *testing.T) {
	f := form.ByID("obstacles")
	figures(t, f, map[string]int64{"obstacles.opening": 3, "obstacles.new": 2, "obstacles.closed": 2, "obstacles.open": 3, "obstacles.overdue": 2,
		"obstacles.units": 2},
		said(t, f, "raised", "2024-05-31", "state", "销号", "deadline", "2024-06-10", "department", "资源局"),
		said(t, f, "raised", "2024-06-01", "state", "销号", "department", "自然资源局"),
		said(t, f, "raised", "2024-06-01", "state", "已解决待核", "deadline", "2024-06-29", "department", "交通运输局"),
		said(t, f, "raised", "2024-03", "state", "办理中", "deadline", "2024-06-30", "department", "县住建局、交通运输局"),
		said(t, f, "deadline", "2024-06-01"))
}

// A problem struck off counts in its month; what was struck off before it has left.
func TestObstacleLeaves(t *testing.T) {
	f := form.ByID("obstacles")
	for _, test := range []struct {
		name, state, closed string
		want                form.Outcome
	}{
		{"in the month", "销号", "2024-06-01", form.Fails},
		{"the day before the month", "销号", "2024-05-31", form.Passes},
		{"some day of the year", "销号", "2024", form.Fails},
		{"no day given", "销号", "", form.Undecided},
		{"an answer is no striking off", "已解决待核", "2024-05-31", form.Fails},
	} {
		e := &form.Env{Period: june, Now: said(t, f, "state", test.state)}
		if test.closed != "" {
			e.Now = said(t, f, "state", test.state, "closed", test.closed)
		}
		if got := f.Leaves.Judge(e); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

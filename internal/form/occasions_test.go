package form_test

import (
	"testing"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

const one = form.CountScale

func TestDuty(t *testing.T) {
	good := []any{"leader", "样例领导01", "projects", 2 * one, "visits", one, "meetings", 0, "found", 3 * one, "solved", 4 * one, "unresolved", one}
	before := []any{"unresolved", 2 * one}
	judge(t, form.ByID("duty"), good, before, []verdict{
		{"all that was left and found", form.SolvedOverFound, "solved", []any{"solved", 5 * one}, form.Passes},
		{"one more", form.SolvedOverFound, "solved", []any{"solved", 6 * one}, form.Fails},
		{"found not stated", form.SolvedOverFound, "solved", []any{"found", nil}, form.Undecided},
		{"rolled forward", form.UnresolvedApart, "unresolved", nil, form.Passes},
		{"one too few", form.UnresolvedApart, "unresolved", []any{"unresolved", 0}, form.Fails},
		{"one too few, explained", form.UnresolvedApart, "unresolved", []any{"unresolved", 0, "remark", "上月数有误"}, form.Passes},
		{"a visit", form.NoVisit, "visits", nil, form.Passes},
		{"no visit", form.NoVisit, "visits", []any{"visits", 0}, form.Fails},
		{"no visit, no projects", form.NoVisit, "visits", []any{"visits", 0, "projects", 0}, form.Undecided},
		{"none at all", form.NotWhole, "meetings", nil, form.Passes},
		{"half a meeting", form.NotWhole, "meetings", []any{"meetings", one / 2}, form.Fails},
		{"less than none", form.NotWhole, "meetings", []any{"meetings", -one}, form.Fails},
		{"zero is stated", form.ZeroUnstated, "meetings", nil, form.Passes},
		{"blank is not zero", form.ZeroUnstated, "meetings", []any{"meetings", nil}, form.Fails},
	})
	f := form.ByID("duty")
	figures(t, f, map[string]int64{"duty.leaders": 2, "duty.visits": 3, "duty.found": 0},
		said(t, f, "leader", "甲", "visits", 3*one, "found", 0), said(t, f, "leader", "乙"))
}

func TestPromotion(t *testing.T) {
	f := form.ByID("promotion")
	good := []any{"head", "样例领导01", "department", "招商服务中心", "start_date", "2024-06-11", "end_date", "2024-06-13", "destination", "苏州市", "enterprises",
		"甲公司、乙公司", "intent", 0}
	judge(t, f, good, nil, []verdict{
		{"named", form.EnterprisesCounted, "enterprises", nil, form.Passes},
		{"counted", form.EnterprisesCounted, "enterprises", []any{"enterprises", "60余家"}, form.Fails},
		{"some named, all counted", form.EnterprisesCounted, "enterprises", []any{"enterprises", "甲公司等十余家企业"}, form.Fails},
		{"begun in the month before", form.OutsideMonth, "start_date", []any{"start_date", "2024-05-30", "end_date", "2024-06-01"}, form.Passes},
		{"over by the month before", form.OutsideMonth, "start_date", []any{"start_date", "2024-05-30", "end_date", "2024-05-31"}, form.Fails},
		{"begun on the last day", form.LaterThanMonth, "start_date", []any{"start_date", "2024-06-30", "end_date", "2024-07-02"}, form.Passes},
		{"still to come", form.LaterThanMonth, "start_date", []any{"start_date", "2024-07-01", "end_date", "2024-07-02"}, form.Fails},
		{"a day's trip", form.DatesReversed, "end_date", []any{"end_date", "2024-06-11"}, form.Passes},
		{"the largest intent", form.UnitSuspect, "intent", []any{"intent", 600_000 * wan}, form.Passes},
		{"元 taken for 万元", form.UnitSuspect, "intent", []any{"intent", 80_000_000 * wan}, form.Fails},
		{"back before leaving", form.DatesReversed, "end_date", []any{"end_date", "2024-06-10"}, form.Fails},
	})
	trip := func(head, day, place, activity, firms string) *ledger.Record {
		return said(t, f, "head", head, "start_date", day, "end_date", day, "destination", place, "activity", activity, "enterprises", firms)
	}
	joint, of := trip("甲", "2024-06-11", "苏州市", "苏州推介会", "江苏样例科技有限公司、丙公司"), trip("乙", "2024-06-11", "苏州 市", "苏州推介会", "江苏样例科技")
	alone, counted := trip("乙", "2024-06-11", "苏州市", "走访企业", "丁公司"), trip("甲", "2024-06-20", "深圳市", "洽谈", "60余家")
	figures(t, f, map[string]int64{"promotion.activities": 3, "promotion.enterprises": 3}, joint, of, alone, counted)
}

func TestSigning(t *testing.T) {
	f := form.ByID("signing")
	good := []any{"name", "样例食品加工", "investor", "样例食品", "signed", "2024-06-18", "total", 10_000 * wan, "fixed", 8000 * wan, "funds", 500 * wan,
		"department", "招商服务中心",
		"is_registered", 1, "registered", "2024-06-20", "is_started", 1, "start", "2024-06-28"}
	judge(t, f, good, nil, []verdict{
		{"signed on the last day", form.OutsideMonth, "signed", []any{"signed", "2024-06-30"}, form.Passes},
		{"signed in May", form.OutsideMonth, "signed", []any{"signed", "2024-05-31"}, form.Fails},
		{"signed some day of the year", form.OutsideMonth, "signed", []any{"signed", "2024"}, form.Passes},
		{"signed the year before", form.OutsideMonth, "signed", []any{"signed", "2023"}, form.Fails},
		{"no day", form.OutsideMonth, "signed", []any{"signed", nil}, form.Undecided},
		{"all of it arrived", form.FundsOverContract, "funds", []any{"funds", 10_000 * wan}, form.Passes},
		{"a cent more", form.FundsOverContract, "funds", []any{"funds", 10_000*wan + 1}, form.Fails},
		{"all of it fixed", form.FixedOverContract, "fixed", []any{"fixed", 10_000 * wan}, form.Passes},
		{"a cent more fixed", form.FixedOverContract, "fixed", []any{"fixed", 10_000*wan + 1}, form.Fails},
		{"registered on a day", form.DateUnstated, "registered", nil, form.Passes},
		{"registered some day", form.DateUnstated, "registered", []any{"registered", nil}, form.Fails},
		{"started on a day", form.DateUnstated, "start", nil, form.Passes},
		{"started on the last day", form.LaterThanMonth, "start", []any{"start", "2024-06-30"}, form.Passes},
		{"of the county's largest", form.UnitSuspect, "total", []any{"total", 600_000 * wan}, form.Passes},
		{"a cent larger", form.UnitSuspect, "total", []any{"total", 600_000*wan + 1}, form.Fails},
		{"started some day", form.DateUnstated, "start", []any{"start", nil}, form.Fails},
		{"not started", form.DateUnstated, "start", []any{"is_started", 0, "start", nil}, form.Undecided},
		{"registered in time", form.LaterThanMonth, "registered", nil, form.Passes},
		{"registered next month", form.LaterThanMonth, "registered", []any{"registered", "2024-07-01"}, form.Fails},
		{"started next month", form.LaterThanMonth, "start", []any{"start", "2024-07"}, form.Fails},
		{"started when signed", form.DatesReversed, "start", []any{"start", "2024-06-18"}, form.Passes},
		{"started before it was signed", form.DatesReversed, "start", []any{"start", "2024-06-17"}, form.Fails},
		{"of the usual size", form.UnitSuspect, "total", nil, form.Passes},
		{"a slip of the unit", form.UnitSuspect, "total", []any{"total", wan}, form.Fails},
	})
	figures(t, f, map[string]int64{"signing.projects": 2, "signing.investment_fen": 50, "signing.funds_fen": 4, "signing.unstated": 1,
		"signing.both_investment_fen": 30, "signing.both_funds_fen": 4}, said(t, f, "total", 30, "funds", 4), said(t, f, "total", 20))
}

func TestDispatch(t *testing.T) {
	f := form.ByID("dispatch")
	good := []any{"kind", "任务交办单", "held_on", "2024-06-12", "title", "城项办交〔2024〕7号", "matters", "加快用地报批", "responsible", "自然资源局", "deadline", "2024-06-25"}
	judge(t, f, good, nil, []verdict{
		{"of the month", form.OutsideMonth, "held_on", []any{"held_on", "2024-06"}, form.Passes},
		{"of the month before", form.OutsideMonth, "held_on", []any{"held_on", "2024-05-31"}, form.Fails},
		{"to a unit by a day", form.OrderUnaddressed, "responsible", nil, form.Passes},
		{"to nobody", form.OrderUnaddressed, "responsible", []any{"responsible", nil}, form.Fails},
		{"by no day", form.OrderUnaddressed, "deadline", []any{"deadline", nil}, form.Fails},
		{"a bulletin is to all", form.OrderUnaddressed, "responsible", []any{"kind", "工作通报", "responsible", nil}, form.Undecided},
		{"a meeting that settled something", form.NothingSettled, "matters", []any{"kind", "周调度"}, form.Passes},
		{"a meeting that settled nothing", form.NothingSettled, "matters", []any{"kind", "周调度", "matters", nil}, form.Fails},
		{"due the same day", form.DatesReversed, "deadline", []any{"deadline", "2024-06-12"}, form.Passes},
		{"due the day before", form.DatesReversed, "deadline", []any{"deadline", "2024-06-11"}, form.Fails},
	})
	row := func(kind, day, title, matter string) *ledger.Record {
		return said(t, f, "kind", kind, "held_on", day, "title", title, "matters", matter)
	}
	figures(t, f, map[string]int64{"dispatch.meetings": 3, "dispatch.notices": 2},
		row("周调度", "2024-06-03", "周调度会", "甲"), row("周调度", "2024-06-03", "周调度会", "乙"), row("周调度", "2024-06-10", "周调度会", "丙"),
		row("专题调度", "2024-06-10", "周调度会", "丁"), row("工作通报", "2024-06-11", "第1期", ""), row("任务交办单", "2024-06-11", "1号", ""),
		row("季观摩", "2024-06-20", "二季度观摩", ""))
}

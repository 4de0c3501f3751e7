package form_test

import (
	"fmt"
	"slices"
	"testing"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

const percent = form.RateScale / 100

func TestTasks(t *testing.T) {
	f := form.ByID("tasks")
	good := []any{"scheme", "高质量项目推进年行动方案", "number", "1.1", "aspect", "项目谋划储备", "task", "谋划储备项目", "department", "发展和改革局", "deadline", "2024-12",
		"report", "已完成一半", "progress", 50 * percent, "pace", "推进"}
	judge(t, f, good, nil, []verdict{
		{"done and at 100%", form.DoneApart, "progress", []any{"pace", "完成", "progress", 100 * percent}, form.Passes},
		{"done, short of 100%", form.DoneApart, "progress", []any{"pace", "完成", "progress", 100*percent - 1}, form.Fails},
		{"done, no progress given", form.DoneApart, "progress", []any{"pace", "完成", "progress", nil}, form.Undecided},
		{"at 100% and not done", form.DoneApart, "pace", []any{"progress", 100 * percent}, form.Fails},
		{"at 100% and done", form.DoneApart, "pace", []any{"progress", 100 * percent, "pace", "完成"}, form.Passes},
		{"due this month", form.TaskLate, "pace", []any{"deadline", "2024-06-30"}, form.Undecided},
		{"due the day before", form.TaskLate, "pace", []any{"deadline", "2024-06-29"}, form.Fails},
		{"overdue and said to be behind", form.TaskLate, "pace", []any{"deadline", "2024-06-29", "pace", "滞后", "remark", "缺资金"}, form.Passes},
		{"overdue and done", form.TaskLate, "pace", []any{"deadline", "2024-06-29", "pace", "完成"}, form.Passes},
		{"nothing done yet", form.ProgressOutside, "progress", []any{"progress", 0}, form.Passes},
		{"less than nothing", form.ProgressOutside, "progress", []any{"progress", -1}, form.Fails},
		{"more than all", form.ProgressOutside, "progress", []any{"progress", 100*percent + 1}, form.Fails},
		{"behind, explained", form.LateUnexplained, "remark", []any{"pace", "滞后", "remark", "缺资金"}, form.Passes},
		{"behind", form.LateUnexplained, "remark", []any{"pace", "滞后"}, form.Fails},
	})
	task := func(scheme, number, aspect, pace string) *ledger.Record {
		return said(t, f, "scheme", scheme, "number", number, "aspect", aspect, "pace", pace)
	}
	const projects, business = "高质量项目推进年行动方案", "营商环境突破年行动方案"
	figures(t, f, map[string]int64{
		"tasks.aspects": 2, "tasks.tasks": 3, "tasks.tasks_done": 1, "tasks.tasks_late": 0,
		"tasks.business_focuses": 1, "tasks.business_measures": 1, "tasks.business_measures_done": 0, "tasks.business_measures_late": 1,
	}, task(projects, "1.1", "甲", "完成"), task(projects, "1.2", " 甲", "推进"), task(projects, "2.1", "乙", "推进"), task(business, "1.1", "甲", "滞后"))
}

func TestServices(t *testing.T) {
	f := form.ByID("services")
	good := []any{"indicator", "网办率", "basis", "事项", "numerator", 960 * one, "denominator", 1000 * one, "indicator_value", "96%", "unit", "%",
		"department", "行政审批服务局"}
	alone := func(value, unit string) []any {
		return []any{"numerator", nil, "denominator", nil, "indicator_value", value, "unit", unit}
	}
	judge(t, f, good, nil, []verdict{
		{"a percentage", form.ValueUnread, "indicator_value", alone("96%", "%"), form.Passes},
		{"thousands parted, the unit with it", form.ValueUnread, "indicator_value", alone("4,912 件", "件"), form.Passes},
		{"about so many", form.ValueUnread, "indicator_value", alone("4900余", "件"), form.Fails},
		{"blank, to be computed", form.ValueUnread, "indicator_value", []any{"indicator_value", nil}, form.Passes},
		{"blank, nothing to compute", form.ValueUnread, "indicator_value", []any{"indicator_value", nil, "numerator", nil}, form.Fails},
		{"half a point apart", form.ValueApart, "indicator_value", []any{"indicator_value", "96.5"}, form.Passes},
		{"more than half a point apart", form.ValueApart, "indicator_value", []any{"indicator_value", "96.51"}, form.Fails},
		{"a number of things is no rate", form.ValueApart, "indicator_value", []any{"indicator_value", "372", "unit", "项"}, form.Undecided},
		{"all of them", form.PartOverWhole, "numerator", []any{"numerator", 1000 * one}, form.Passes},
		{"more than all", form.PartOverWhole, "numerator", []any{"numerator", 1001 * one}, form.Fails},
		{"100%", form.PartOverWhole, "indicator_value", alone("100", "%"), form.Passes},
		{"more than 100%", form.PartOverWhole, "indicator_value", alone("100.1", "%"), form.Fails},
		{"0.96 may be 96%", form.PercentSuspect, "indicator_value", alone("0.96", "%"), form.Fails},
		{"1 may be 100%", form.PercentSuspect, "indicator_value", alone("1", "%"), form.Fails},
		{"1.01 is a percentage", form.PercentSuspect, "indicator_value", alone("1.01", "%"), form.Passes},
		{"0.96% is", form.PercentSuspect, "indicator_value", alone("0.96%", "%"), form.Undecided},
		{"nothing is nothing", form.PercentSuspect, "indicator_value", alone("0", "%"), form.Undecided},
		{"whole cases", form.NotWhole, "numerator", nil, form.Passes},
		{"half a case", form.NotWhole, "denominator", []any{"denominator", one / 2}, form.Fails},
	})
}

// What a department reads of a rate that is not what its parts come to, of one over 100%, and of none.
func TestServicesExplain(t *testing.T) {
	f := form.ByID("services")
	e := &form.Env{Period: june, Settings: settings, Now: said(t, f, "indicator_value", "150%", "unit", "%", "numerator", 960*one, "denominator", 1000*one)}
	for _, test := range []struct {
		code *ledger.Code
		at   string
		want string
	}{
		{form.ValueUnread, "indicator_value", "数字，如372、96%"},
		{form.ValueApart, "indicator_value", "单位为%时，值 150% 约等于 分子 960 ÷ 分母 1000 ＝ 96%，相差不超过0.5%"},
		{form.PartOverWhole, "numerator", "单位为%时，分子 960 不超过 分母 1000"},
		{form.PartOverWhole, "indicator_value", "单位为%时，值 150% 不低于 0，且值 150% 不超过 100%"},
	} {
		at := slices.IndexFunc(f.Rules, func(r form.Rule) bool { return r.Code == test.code && r.At.ID == test.at })
		if got := f.Rules[at].Holds.Explain(e); got != test.want {
			t.Errorf("%s at %s: %s", test.code.ID, test.at, got)
		}
	}
	if got, want := f.Rules[0].Holds.String(), "值 为数字，或有 分子 ÷ 分母"; got != want {
		t.Errorf("%s prints, want %s", got, want)
	}
}

func TestServiceFigures(t *testing.T) {
	f := form.ByID("services")
	row := func(indicator, value, unit string) *ledger.Record {
		return said(t, f, "indicator", indicator, "indicator_value", value, "unit", unit)
	}
	stated := said(t, f, "indicator", "网办率", "indicator_value", "96%", "unit", "%", "numerator", 959*one, "denominator", 1000*one)
	cases := row("全程网办率", "91.25", "%")
	f.Column("basis").Set(cases, ledger.Words("网上办件量÷总办件量"))
	computed := said(t, f, "indicator", "申报材料精简率", "numerator", 51*one, "denominator", 100*one, "unit", "%")
	figures(t, f, map[string]int64{
		"services.online_bp": 9600, "services.online_cases_bp": 9125, "services.time_saved_bp": 8400, "services.one_thing": 15,
		"services.material_saved_bp": 5100,
		"services.tax_online":        372, "services.contactless": 233, "services.hotline_orders": 4912, "services.hotline_overdue": 0,
		"services.on_time_bp": 7500,
	}, stated, cases, row("承诺时限压缩率", "84", "%"), row("“一件事”", "15件", "件"), computed, row("涉企纳税全程网办", "372", "项"), row("“非接触式”办税项数", "２３３", "项"),
		row("12345 受理工单", "4,912", "件"), row("逾期工单", "0", "件"), row("应办结", "4900", "件"), row("按期办结", "3675", "件"))
	figures(t, f, map[string]int64{"services.online_cases_bp": 9125, "services.on_time_bp": 9990},
		row("网办率（办件）", "91.25%", "%"), row("限时办结率", "99.9%", "%"), row("应办结", "100", "件"), row("按期办结", "100", "件"), row("12345受理", "4900余", "件"))
}

func TestLandYield(t *testing.T) {
	f := form.ByID("landyield")
	good := []any{"name", "样例食品", "credit_code", "91350100M000100Y43", "land_area", 50 * one, "revenue", 20_000 * wan, "tax", 1000 * wan, "grade", "A"}
	judge(t, f, good, []any{"tax", 1000 * wan, "revenue", 20_000 * wan}, []verdict{
		{"as last month", form.AmountJumped, "revenue", nil, form.Passes},
		{"a thousandth of last month's", form.AmountJumped, "revenue", []any{"revenue", 20 * wan}, form.Fails},
		{"of the usual size", form.UnitSuspect, "revenue", nil, form.Passes},
		{"a hundredth of last month's", form.UnitSuspect, "revenue", []any{"revenue", 200 * wan}, form.Fails},
		{"the county's largest", form.UnitSuspect, "revenue", []any{"revenue", 600_000 * wan}, form.Passes},
		{"larger than the largest", form.UnitSuspect, "revenue", []any{"revenue", 600_000*wan + 1}, form.Fails},
		{"as much in fixed assets", form.UnitSuspect, "fixed", []any{"fixed", 600_000 * wan}, form.Passes},
		{"more than that", form.UnitSuspect, "fixed", []any{"fixed", 600_000*wan + 1}, form.Fails},
		{"in small letters, spaced", form.CreditCodeWrong, "credit_code", []any{"credit_code", "91350100 m000100y43"}, form.Passes},
		{"a wrong check character", form.CreditCodeWrong, "credit_code", []any{"credit_code", "91350100M000100Y44"}, form.Fails},
		{"two characters changed about", form.CreditCodeWrong, "credit_code", []any{"credit_code", "91350100M001000Y43"}, form.Fails},
		{"17 characters", form.CreditCodeWrong, "credit_code", []any{"credit_code", "91350100M000100Y4"}, form.Fails},
		{"no code", form.CreditCodeWrong, "credit_code", []any{"credit_code", nil}, form.Undecided},
		{"a letter that is none", form.CreditCodeWrong, "credit_code", []any{"credit_code", "91350100I000100Y43"}, form.Fails},
		{"land", form.NoLand, "land_area", nil, form.Passes},
		{"no land", form.NoLand, "land_area", []any{"land_area", 0}, form.Fails},
		{"all of it tax", form.TaxOverRevenue, "tax", []any{"revenue", 1000 * wan}, form.Passes},
		{"more than all", form.TaxOverRevenue, "tax", []any{"revenue", 1000*wan - 1}, form.Fails},
		{"200,000 yuan a mu are A", form.GradeApart, "grade", nil, form.Passes},
		{"a little less is not", form.GradeApart, "grade", []any{"tax", 1000*wan - 1}, form.Fails},
		{"a little less is B", form.GradeApart, "grade", []any{"tax", 1000*wan - 1, "grade", "B"}, form.Passes},
		{"A is not B", form.GradeApart, "grade", []any{"grade", "B"}, form.Fails},
		{"B is not C", form.GradeApart, "grade", []any{"tax", 500 * wan, "grade", "C"}, form.Fails},
		{"C begins at 30,000", form.GradeApart, "grade", []any{"tax", 150 * wan, "grade", "C"}, form.Passes},
		{"B begins at 100,000", form.GradeApart, "grade", []any{"tax", 500 * wan, "grade", "B"}, form.Passes},
		{"C is not B", form.GradeApart, "grade", []any{"tax", 500*wan - 1, "grade", "B"}, form.Fails},
		{"C ends below 100,000", form.GradeApart, "grade", []any{"tax", 500*wan - 1, "grade", "C"}, form.Passes},
		{"D is not C", form.GradeApart, "grade", []any{"tax", 150*wan - 1, "grade", "C"}, form.Fails},
		{"D is below", form.GradeApart, "grade", []any{"tax", 150*wan - 1, "grade", "D"}, form.Passes},
		{"C is not D", form.GradeApart, "grade", []any{"tax", 150 * wan, "grade", "D"}, form.Fails},
		{"no land, no grade", form.GradeApart, "grade", []any{"land_area", 0}, form.Undecided},
	})
	e := &form.Env{Period: june, Now: said(t, f, append(good, "fixed", 3000*wan, "added_value", 4000*wan)...)}
	for _, test := range []struct {
		of   form.Quantity
		want ledger.Money // of 50 mu
	}{
		{form.FixedPerMu, 60 * wan}, {form.RevenuePerMu, 400 * wan}, {form.TaxPerMu, 20 * wan}, {form.AddedValuePerMu, 80 * wan},
	} {
		if got, known := form.Evaluate(test.of, e); !known || got.RatString() != fmt.Sprint(int64(test.want)) {
			t.Errorf("%s is %v fen, want %d", test.of, got, int64(test.want))
		}
	}
	figures(t, f, map[string]int64{"landyield.rows": 2, "landyield.land": 50, "landyield.tax_fen": int64(1000 * wan),
		"landyield.revenue_fen": int64(20_000 * wan)},
		e.Now, said(t, f, "name", "样例园区"))
}

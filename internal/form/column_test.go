package form_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// What is asked of the columns of each form: by which a row is known, which it must have besides, which
// are of the month alone or of one year, which dates lie ahead, and what no leader's workbook shows. A
// form that is not named here has them in a test of its own; a column may be added that is none of these.
func TestColumns(t *testing.T) {
	type asked struct{ identity, required, ofMonth, ofYear, ahead, personal string }
	for id, want := range map[string]asked{
		"reserve": {identity: "name department", required: "field stage place content total", ahead: "start", personal: "phone"},
		"progress": {identity: "name department", required: "code level class years total year_plan year_to_date appearance leader",
			ofMonth: "this_month", ofYear: "before_year year_plan plan_to_date year_to_date plan_share funds year_goal",
			ahead: "plan_start plan_finish", personal: "phone"},
		"statistics": {identity: "name", required: "code total year_to_date", ofMonth: "this_month growth",
			ofYear: "year_to_date construction installation equipment other_costs"},
		"obstacles": {identity: "number project", required: "kind description raised_by raised department deadline state", ahead: "deadline"},
		"duty":      {identity: "leader", ofMonth: "visits meetings found solved"},
		"promotion": {identity: "head", required: "department start_date end_date destination enterprises", personal: "contact"},
		"signing":   {identity: "name department", required: "investor signed total"},
		"dispatch":  {identity: "title", required: "kind held_on", ahead: "deadline"},
		"tasks":     {identity: "scheme number", required: "aspect task department deadline report", ahead: "deadline"},
		"services":  {identity: "indicator", required: "unit department"},
		"landyield": {identity: "name", required: "land_area"},
	} {
		columns := func(is func(*form.Column) bool) string {
			var ids []string
			for _, c := range form.ByID(id).Columns {
				if is(c) {
					ids = append(ids, c.ID)
				}
			}
			return strings.Join(ids, " ")
		}
		got := asked{
			identity: columns(func(c *form.Column) bool { return c.Identity }),
			required: columns(func(c *form.Column) bool { return c.Need == form.Required && !c.Identity }),
			ofMonth:  columns(func(c *form.Column) bool { return c.OfMonth }),
			ofYear:   columns(func(c *form.Column) bool { return c.ResetsInJanuary }),
			ahead:    columns(func(c *form.Column) bool { return c.Ahead }),
			personal: columns(func(c *form.Column) bool { return c.Personal }),
		}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(asked{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", id, diff)
		}
	}
}

// Rows of a stock stand until they leave; all others are the month's own.
func TestStocks(t *testing.T) {
	for _, f := range form.All() {
		want := f.ID == "reserve" || f.ID == "progress" || f.ID == "statistics" || f.ID == "obstacles"
		if f.Number <= 11 && f.Stock != want {
			t.Errorf("%s: %v", f.ID, f.Stock)
		}
	}
}

// What is plainly wrong is held back, so that what was accepted before stands; what may be so is taken and
// must be explained.
func TestEffects(t *testing.T) {
	codes := map[string]*ledger.Code{}
	for _, f := range form.All() {
		for _, rule := range f.Rules {
			codes[rule.Code.ID] = rule.Code
		}
	}
	for _, id := range strings.Fields("V09 V12 V14 V21 V24 V26 V27 V29 V37 V40 V42 V47 V70 V71 V82 V86 V88 V91") {
		if codes[id].Effect != ledger.HoldField {
			t.Errorf("%s is %s, want %s", id, codes[id].Effect, ledger.HoldField)
		}
	}
}

// A form whose rows are no projects has no codes and no owners.
func TestNoProject(t *testing.T) {
	f := form.ByID("duty")
	r := filled(f, map[string]string{"leader": "样例领导01"})
	if code, owner := f.Code(r), f.Owner(r); code != "" || owner != "" {
		t.Errorf("code %q, owner %q", code, owner)
	}
}

// 累计完成投资 is since January where that breaks no row's plan or total, and since the start where that does not.
func TestAmbiguousHeading(t *testing.T) {
	f := form.Progress.Name.Form
	sinceJanuary, sinceStart := f.Ambiguous[0].Meanings[0], f.Ambiguous[0].Meanings[1]
	if sinceJanuary.Column != form.Progress.YearToDate.Column || sinceStart.Column != form.Progress.SinceStart.Column {
		t.Fatalf("%s may mean %s or %s", f.Ambiguous[0].Names[0], sinceJanuary.Column, sinceStart.Column)
	}
	for _, test := range []struct {
		name    string
		meaning form.Meaning
		changes map[string]string
		broken  bool
	}{
		{"all of the year's plan", sinceJanuary, map[string]string{"year_to_date": "2000"}, false},
		{"a cent over the plan", sinceJanuary, map[string]string{"year_to_date": "2000.000001"}, true},
		{"all that was left of the total", sinceJanuary, map[string]string{"year_plan": "9000", "year_to_date": "4000"}, false},
		{"a cent over what was left", sinceJanuary, map[string]string{"year_plan": "9000", "year_to_date": "4000.000001"}, true},
		{"nothing known of earlier years", sinceJanuary, map[string]string{"year_plan": "9000", "year_to_date": "9000", "before_year": ""}, false},
		{"all of the total", sinceStart, map[string]string{"since_start": "5000"}, false},
		{"a cent over the total", sinceStart, map[string]string{"since_start": "5000.000001"}, true},
		{"as much as at the end of last year", sinceStart, map[string]string{"since_start": "1000"}, false},
		{"a cent less than that", sinceStart, map[string]string{"since_start": "999.999999"}, true},
		{"of earlier years, no more than one year's plan", sinceStart, map[string]string{"since_start": "2000", "before_year": ""}, true},
		{"of earlier years, a cent more than that", sinceStart, map[string]string{"since_start": "2000.000001", "before_year": ""}, false},
		{"finished, no more than one year's plan", sinceStart, map[string]string{"since_start": "2000", "before_year": "", "class": "建成"}, true},
	} {
		r := goodProgress(nil).now
		for id, text := range test.changes {
			set(f.Column(id), r, text)
		}
		if got := test.meaning.Holds.Judge(&form.Env{Period: june, Now: r, Settings: settings}); (got == form.Fails) != test.broken {
			t.Errorf("%s: %s, broken: %v", test.name, got, test.broken)
		}
	}
}

// The county's own level is shown only while there are projects of it.
func TestProgressLevels(t *testing.T) {
	var got []string
	for _, level := range form.ProgressLevels {
		if level.Optional {
			got = append(got, level.Figure)
		}
	}
	if len(form.ProgressLevels) != 3 || len(got) != 1 || got[0] != "progress.county" {
		t.Errorf("of %d levels these are optional: %v", len(form.ProgressLevels), got)
	}
}

// A sum may have one part.
func TestSumOfOne(t *testing.T) {
	e := goodProgress(nil).env()
	for _, sum := range []form.Quantity{form.SumOf(form.Progress.Total), form.SumOfStated(form.Progress.Total)} {
		if got := form.AtLeast(sum, form.Progress.YearPlan).Explain(e); got != "总投资 5000万元 不低于 年度计划投资 2000万元" {
			t.Error(got)
		}
	}
}

// The official words of a choice stand in the order in which departments are offered them.
func TestWordsInOrder(t *testing.T) {
	for _, test := range []struct {
		column *form.Column
		want   string
	}{
		{form.Signing.Origin.Column, "省内 省际 境外"}, {form.Signing.Agreement.Column, "框架协议 正式合同 补充协议"},
		{form.Progress.Class.Column, "新开工 续建 建成 前期"}, {form.Tasks.Pace.Column, "完成 推进 滞后"},
		{form.Tasks.Scheme.Column, "高质量项目推进年行动方案 营商环境突破年行动方案"},
		{form.Obstacles.Kind.Column, "用地 林地 资金 手续 征拆 水电气路 开复工 投资入统 其他"},
		{form.Obstacles.State.Column, "受理 交办 办理中 已解决待核 销号 退回 延期 无法办理"},
		{form.Dispatch.Kind.Column, "周调度 专题调度 月评比 季观摩 工作通报 任务交办单 督查"},
		{form.Reserve.Stage.Column, "谋划 储备 开工 投产"}, {form.Reserve.Nature.Column, "新建 扩建 改建 迁建"},
		{form.Reserve.Approval.Column, "未启动 办理中 已完成 不需要"}, {form.Reserve.Maturity.Column, "A B C"},
		{form.LandYield.Grade.Column, "A B C D"}, {form.Statistics.Table.Column, "206-1 206-2"},
	} {
		var names []string
		for _, word := range test.column.Words {
			names = append(names, word.Name)
		}
		if got := strings.Join(names, " "); got != test.want {
			t.Errorf("%s: %s, want %s", test.column, got, test.want)
		}
	}
}

// Where money comes from may be said by a place, with or without what the place is, but never by one character.
func TestOrigins(t *testing.T) {
	for said, want := range map[string]string{
		"陕西": "省内", "陕西省": "省内", "城固": "省内", "城固县": "省内", "洋县": "省内", "洋": "洋",
		"苏州": "省际", "苏州市": "省际", "内蒙古自治区": "省际", "台湾省": "境外", "香港": "境外", "月球": "月球",
	} {
		if got := form.Signing.Origin.Official(said); got != want {
			t.Errorf("%s: %s, want %s", said, got, want)
		}
	}
}

package form_test

import (
	"fmt"
	"slices"
	"testing"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// An example is a row for one rule, named by code and column, and what comes of it. Where
// several rules bear that name, the row fails if one of them does.
type example struct {
	rule, name string
	scene      *scene
	want       form.Outcome
}

// progressCase and reserveCase change one row: pairs of column ID and value. A column after
// "may:" or "april:" is of the months before.
func progressCase(rule, name string, want form.Outcome, changes ...string) example {
	return example{rule, name, goodProgress(changing(form.Progress.Name.Form, changes)), want}
}

func reserveCase(rule, name string, want form.Outcome, changes ...string) example {
	return example{rule, name, goodReserve(changing(form.Reserve.Name.Form, changes)), want}
}

func changing(f *form.Form, changes []string) func(*scene) {
	return func(s *scene) {
		for i := 0; i < len(changes); i += 2 {
			id, text := changes[i], changes[i+1]
			switch id {
			case "period":
				s.period, _ = ledger.ParsePeriod(text)
			case "may:":
				s.may, s.april = nil, nil
			case "april:":
				s.april = nil
			default:
				r := s.now
				if len(id) > 4 && id[:4] == "may:" {
					id, r = id[4:], s.may
				} else if len(id) > 6 && id[:6] == "april:" {
					id, r = id[6:], s.april
				}
				set(f.Column(id), r, text)
			}
		}
	}
}

const (
	na   = form.Undecided
	pass = form.Passes
	fail = form.Fails
)

var examples = []example{
	progressCase("V22 year_to_date", "last month's plus this month's", pass),
	progressCase("V22 year_to_date", "a cent more", fail, "year_to_date", "1100.000001"),
	progressCase("V22 year_to_date", "a cent less", fail, "year_to_date", "1099.999999"),
	progressCase("V22 year_to_date", "a difference that is explained", pass, "year_to_date", "1150", "remark", "5月核增50万元"),
	progressCase("V22 year_to_date", "it fell, which is asked by itself", na, "year_to_date", "800"),
	progressCase("V22 year_to_date", "this month not reported", na, "this_month", ""),
	progressCase("V22 year_to_date", "no month before", na, "may:", ""),
	progressCase("V22 year_to_date", "January has no month before", na, "period", "2024-01"),

	progressCase("V21 year_to_date", "the same as last month", pass, "year_to_date", "900"),
	progressCase("V21 year_to_date", "a cent less", fail, "year_to_date", "899.999999"),
	progressCase("V21 year_to_date", "a reduction that is explained", pass, "year_to_date", "800", "remark", "审计核减，城审〔2024〕3号"),
	progressCase("V21 year_to_date", "not reported", na, "year_to_date", ""),
	progressCase("V21 year_to_date", "not reported last month", na, "may:year_to_date", ""),
	progressCase("V21 year_to_date", "January has no month before", na, "period", "2024-01", "year_to_date", "50"),

	progressCase("V23 since_start", "last year's plus this year's", pass),
	progressCase("V23 since_start", "a cent apart", fail, "since_start", "2100.000001"),
	progressCase("V23 since_start", "last year not reported", na, "before_year", ""),

	progressCase("V24 year_to_date", "all of the total", pass, "year_to_date", "4000"),
	progressCase("V24 year_to_date", "a cent over the total", fail, "year_to_date", "4000.000001"),
	progressCase("V24 year_to_date", "more than the total, last year not reported", fail, "before_year", "", "year_to_date", "5000.01"),
	progressCase("V24 year_to_date", "the total, last year not reported", pass, "before_year", "", "year_to_date", "5000"),
	progressCase("V24 year_to_date", "total not reported", na, "total", ""),

	progressCase("V25 plan_share", "as computed", pass),
	progressCase("V25 plan_share", "a tenth of a point apart", pass, "plan_share", "55.1"),
	progressCase("V25 plan_share", "a little more than a tenth apart", fail, "plan_share", "55.1001"),
	progressCase("V25 plan_share", "a little more than a tenth below", fail, "plan_share", "54.8999"),
	progressCase("V25 plan_share", "not declared", na, "plan_share", ""),
	progressCase("V25 plan_share", "no plan to take it of", na, "year_plan", "0"),

	progressCase("V26 year_plan", "all that is left", pass, "year_plan", "4000"),
	progressCase("V26 year_plan", "a cent over what is left", fail, "year_plan", "4000.000001"),
	progressCase("V26 year_plan", "total not reported", na, "total", ""),

	progressCase("V27 year_plan", "as last month", pass),
	progressCase("V27 year_plan", "moved in June", fail, "year_plan", "2500"),
	progressCase("V27 year_plan", "moved with the approval stated", pass, "year_plan", "2500", "remark", "城发改〔2024〕12号"),
	progressCase("V27 year_plan", "moved in July, before the adjustment", fail, "period", "2024-07", "year_plan", "2500"),
	progressCase("V27 year_plan", "moved in August, the adjustment's first month", na, "period", "2024-08", "year_plan", "2500"),
	progressCase("V27 year_plan", "moved in September, its last", na, "period", "2024-09", "year_plan", "2500"),
	progressCase("V27 year_plan", "moved in October, after it", fail, "period", "2024-10", "year_plan", "2500"),
	progressCase("V27 year_plan", "January brings a new plan", na, "period", "2024-01", "year_plan", "2500"),
	progressCase("V27 year_plan", "no plan last month", na, "may:year_plan", ""),

	progressCase("V28 start", "continued, with its start", pass),
	progressCase("V28 start", "continued, without a start", fail, "start", ""),
	progressCase("V28 start", "finished, without a start", fail, "class", "建成", "start", ""),
	progressCase("V28 start", "to be started this year", na, "class", "新开工", "start", ""),
	progressCase("V28 start", "class not reported", na, "class", "", "start", ""),

	progressCase("V29 start", "on the last day of the month", pass, "start", "2024-06-30"),
	progressCase("V29 start", "on the day after", fail, "start", "2024-07-01"),
	progressCase("V29 start", "in the month", pass, "start", "2024-06"),
	progressCase("V29 start", "in the month after", fail, "start", "2024-07"),
	progressCase("V29 start", "in the year", pass, "start", "2024"),
	progressCase("V29 start", "not reported", na, "start", ""),

	progressCase("V30 finish", "finished, with its date", pass, "class", "建成", "finish", "2024-05"),
	progressCase("V30 finish", "finished, without a date", fail, "class", "建成"),
	progressCase("V30 finish", "under way", na),
	progressCase("V30 class", "finished by date and class", pass, "class", "建成", "finish", "2024-05"),
	progressCase("V30 class", "finished by date only", fail, "finish", "2024-05"),
	progressCase("V30 class", "to be finished next month", na, "finish", "2024-07"),
	progressCase("V30 class", "no date", na),

	progressCase("V31 in_statistics", "in the statistics", pass),
	progressCase("V31 in_statistics", "not in, two months after the start", fail, "in_statistics", "否", "start", "2024-04"),
	progressCase("V31 in_statistics", "not in, one month after the start", na, "in_statistics", "否", "start", "2024-05"),
	progressCase("V31 in_statistics", "not in, at the threshold", fail, "in_statistics", "否", "total", "500"),
	progressCase("V31 in_statistics", "not in, a cent below the threshold", na, "in_statistics", "否", "total", "499.999999"),
	progressCase("V31 in_statistics", "not in, explained", pass, "in_statistics", "否", "remark", "涉密项目"),
	progressCase("V31 in_statistics", "does not say", na, "in_statistics", ""),
	progressCase("V31 in_statistics", "started in a year, no month", na, "in_statistics", "否", "start", "2023"),

	progressCase("V32 start", "new, started, with investment", pass, "class", "新开工"),
	progressCase("V32 start", "new, investment without a start", fail, "class", "新开工", "start", ""),
	progressCase("V32 start", "in preparation, investment without a start", fail, "class", "前期", "start", ""),
	progressCase("V32 start", "new, no investment yet", na, "class", "新开工", "start", "", "year_to_date", "0"),
	progressCase("V32 start", "continued: asked by itself", na, "start", ""),

	progressCase("V33 appearance", "money and text move", pass),
	progressCase("V33 appearance", "money moves, the text stands", fail, "may:appearance", "路面完成60%", "april:appearance", "路面完成60%"),
	progressCase("V33 appearance", "the text moved two months ago", pass, "may:appearance", "路面完成60%"),
	progressCase("V33 appearance", "no money moves", na, "april:year_to_date", "1100", "may:appearance", "路面完成60%", "april:appearance", "路面完成60%"),
	progressCase("V33 appearance", "February: two months ago was last year", na, "period", "2024-02"),
	progressCase("V33 appearance", "two months ago unknown", na, "april:", ""),

	progressCase("V34 year_to_date", "text and money move", pass),
	progressCase("V34 year_to_date", "the text moves, the money stands", fail, "may:year_to_date", "1100", "april:year_to_date", "1100"),
	progressCase("V34 year_to_date", "the money moved last month", pass, "may:year_to_date", "1100"),
	progressCase("V34 year_to_date", "not started: no money is due", na, "start", "2024-09", "may:year_to_date", "1100", "april:year_to_date", "1100"),
	progressCase("V34 year_to_date", "the text stands", na, "may:appearance", "路面完成60%", "april:appearance", "路面完成60%"),
	progressCase("V34 year_to_date", "February: two months ago was last year", na, "period", "2024-02", "may:year_to_date", "1100",
		"april:year_to_date", "1100"),

	progressCase("V35 problems", "on schedule", na, "year_to_date", "1000"),
	progressCase("V35 problems", "behind by a cent less than 10 points", na, "year_to_date", "800.000001"),
	progressCase("V35 problems", "behind by exactly 10 points", fail, "year_to_date", "800"),
	progressCase("V35 problems", "behind by a cent more", fail, "year_to_date", "799.999999"),
	progressCase("V35 problems", "behind, with the problem stated", pass, "year_to_date", "800", "problems", "征地未完成"),
	progressCase("V35 problems", "behind N/12, but not its own plan to date", na, "year_to_date", "800", "plan_to_date", "800"),
	progressCase("V35 problems", "ahead of N/12, but behind its own plan to date", fail, "plan_to_date", "1300"),
	progressCase("V35 problems", "plan not reported", na, "year_plan", "", "year_to_date", "0"),
	progressCase("V35 problems", "a plan of nothing", na, "year_plan", "0", "year_to_date", "0"),
	progressCase("V35 problems", "investment not reported", na, "year_to_date", ""),

	progressCase("V36 year_to_date", "all of the plan", pass, "year_to_date", "2000"),
	progressCase("V36 year_to_date", "a cent over the plan", fail, "year_to_date", "2000.000001"),
	progressCase("V36 year_to_date", "plan not reported", na, "year_plan", ""),

	progressCase("V08 plan_finish", "start before finish", pass),
	progressCase("V08 plan_finish", "start after finish", fail, "plan_finish", "2023-02"),
	progressCase("V08 plan_finish", "in one month", pass, "plan_finish", "2023-03"),
	progressCase("V08 plan_finish", "in one year, the month of one unknown", pass, "plan_finish", "2023"),
	progressCase("V08 plan_finish", "no finish planned", na, "plan_finish", ""),
	progressCase("V08 finish", "start before finish", pass, "finish", "2024-05-01"),
	progressCase("V08 finish", "the same day", pass, "finish", "2023-03-15"),
	progressCase("V08 finish", "finished the day before", fail, "finish", "2023-03-14"),
	progressCase("V08 finish", "not finished", na),

	reserveCase("V11 total", "sources add up", pass),
	reserveCase("V11 total", "apart by the tolerance", pass, "total", "8001"),
	reserveCase("V11 total", "apart by a cent more", fail, "total", "8001.000001"),
	reserveCase("V11 total", "short by a cent more", fail, "total", "7998.999999"),
	reserveCase("V11 total", "no source stated", na, "bonds", "", "social", ""),
	reserveCase("V11 total", "total not known", na, "total", ""),

	reserveCase("V12 secured", "all of it", pass, "secured", "8000"),
	reserveCase("V12 secured", "a cent more", fail, "secured", "8000.000001"),
	reserveCase("V12 secured", "not reported", na, "secured", ""),

	reserveCase("V13 stage", "stands", pass),
	reserveCase("V13 stage", "one on", pass, "stage", "开工"),
	reserveCase("V13 stage", "two on", fail, "stage", "投产"),
	reserveCase("V13 stage", "two on from the first", fail, "may:stage", "谋划", "stage", "开工"),
	reserveCase("V13 stage", "two on, explained", pass, "stage", "投产", "remark", "当月开工当月投产"),
	reserveCase("V13 stage", "back, which is asked by itself", pass, "stage", "谋划"),
	reserveCase("V13 stage", "no month before", na, "may:", ""),
	reserveCase("V13 stage", "from December to January it may still not skip", fail, "period", "2024-01", "stage", "投产"),

	reserveCase("V14 stage", "stands", pass),
	reserveCase("V14 stage", "back by one", fail, "stage", "谋划"),
	reserveCase("V14 stage", "back, with the reason", pass, "stage", "谋划", "remark", "用地调整，退回谋划"),
	reserveCase("V14 stage", "not reported", na, "stage", ""),

	reserveCase("V15 maturity", "B with some of the permits", pass),
	reserveCase("V15 maturity", "A without all of them", fail, "maturity", "A"),
	reserveCase("V15 maturity", "A with all of them", pass, "maturity", "A", "land", "已完成", "planning", "不需要", "environment", "已完成"),
	reserveCase("V15 maturity", "B with all of them", fail, "land", "已完成", "planning", "不需要", "environment", "已完成"),
	reserveCase("V15 maturity", "B with none of them", fail, "feasibility", "未启动", "approval", "办理中"),
	reserveCase("V15 maturity", "C with none of them", pass, "maturity", "C", "feasibility", "未启动", "approval", "未启动"),
	reserveCase("V15 maturity", "C with some", fail, "maturity", "C"),
	reserveCase("V15 maturity", "not declared", na, "maturity", ""),
	reserveCase("V15 maturity", "A, a permit not reported", na, "maturity", "A", "land", "", "planning", "已完成", "environment", "已完成"),

	reserveCase("V16 total", "the smallest", pass, "may:", "", "total", "10"),
	reserveCase("V16 total", "a cent below the smallest", fail, "may:", "", "total", "9.999999"),
	reserveCase("V16 total", "the largest", pass, "may:", "", "total", "600000"),
	reserveCase("V16 total", "a cent over the largest", fail, "may:", "", "total", "600000.000001"),
	reserveCase("V16 total", "元 taken for 万元", fail, "may:", "", "total", "80000000"),
	reserveCase("V16 total", "not known", na, "may:", "", "total", ""),

	reserveCase("V17 package", "a package", pass, "is_package", "是"),
	reserveCase("V17 package", "a package that is part of one", fail, "is_package", "是", "package", "城区路网"),
	reserveCase("V17 package", "a part", na, "package", "城区路网"),
}

// negatives are the examples of V09, which every amount of a form has.
func negatives() []example {
	var all []example
	for _, c := range []*form.Form{form.Reserve.Name.Form, form.Progress.Name.Form} {
		make := progressCase
		if c.ID == "reserve" {
			make = reserveCase
		}
		for _, column := range c.Columns {
			if column.Type != form.AmountType {
				continue
			}
			rule := "V09 " + column.ID
			all = append(all,
				make(rule, "nothing", pass, column.ID, "0"),
				make(rule, "a cent less than nothing", fail, column.ID, "-0.000001"),
				make(rule, "a reduction that is explained", pass, column.ID, "-5", "remark", "审计核减"),
				make(rule, "not reported", na, column.ID, ""))
		}
	}
	return all
}

// sizes are the examples of V37 and V16, which every amount of a form has that is not of one
// month alone.
func sizes() []example {
	all := []example{
		progressCase("V16 this_month", "all of the total", pass, "this_month", "5000"),
		progressCase("V16 this_month", "a cent over the total", fail, "this_month", "5000.000001"),
		progressCase("V16 this_month", "no total", na, "total", ""),
		progressCase("V38 total", "a cent less than twice", pass, "may:total", "5000", "total", "9999.999999"),
		progressCase("V38 total", "twice", fail, "may:total", "5000", "total", "10000"),
		progressCase("V38 total", "a third", fail, "may:total", "23200", "total", "7739"),
		progressCase("V38 total", "a third, explained", pass, "may:total", "23200", "total", "7739", "remark", "初设批复核减"),
		progressCase("V38 total", "asked about its unit", na, "may:total", "23200", "total", "232"),
		progressCase("V38 total", "not reported before", na, "may:", ""),
		progressCase("V16 total", "the smallest", pass, "may:", "", "total", "10"),
		progressCase("V16 total", "a cent below the smallest", fail, "may:", "", "total", "9.999999"),
		progressCase("V16 total", "the largest", pass, "may:", "", "total", "600000"),
		progressCase("V16 total", "a cent over the largest", fail, "may:", "", "total", "600000.000001"),
	}
	for _, c := range []*form.Form{form.Reserve.Name.Form, form.Progress.Name.Form} {
		make := progressCase
		if c.ID == "reserve" {
			make = reserveCase
		}
		for _, column := range c.Columns {
			if column.Type != form.AmountType || column.OfMonth {
				continue
			}
			before, now := "may:"+column.ID, column.ID
			all = append(all,
				make("V37 "+now, "a cent less than 1,000 times", pass, before, "100", now, "99999.999999"),
				make("V37 "+now, "1,000 times", fail, before, "100", now, "100000"),
				make("V37 "+now, "a thousandth", fail, before, "100000", now, "100"),
				make("V37 "+now, "nothing before", na, before, "0", now, "100"),
				make("V37 "+now, "a slip of last month corrected", na, before, "9.999999", now, "100000"),
				make("V37 "+now, "a slip of 元 corrected", na, before, "600000.000001", now, "100"),
				make("V37 "+now, "not reported before", na, before, "", now, "100"),
				make("V16 "+now, "a cent less than 100 times", pass, before, "100", now, "9999.999999"),
				make("V16 "+now, "100 times", fail, before, "100", now, "10000"),
				make("V16 "+now, "a hundredth", fail, before, "10000", now, "100"),
				make("V16 "+now, "not reported", na, now, ""))
		}
	}
	return all
}

func key(r form.Rule) string { return r.Code.ID + " " + r.At.ID }

// Every rule stands in the table with a row that passes, one that fails and one that cannot
// be judged.
func TestRules(t *testing.T) {
	type seen struct{ form, rule string }
	outcomes := map[seen]map[form.Outcome]bool{}
	for _, x := range slices.Concat(negatives(), sizes(), examples) {
		t.Run(x.scene.of.ID+"/"+x.rule+"/"+x.name, func(t *testing.T) {
			got := form.Undecided
			for _, rule := range x.scene.of.Rules {
				if key(rule) != x.rule {
					continue
				}
				outcome := rule.Holds.Judge(x.scene.env())
				name := seen{x.scene.of.ID, rule.String()}
				if outcomes[name] == nil {
					outcomes[name] = map[form.Outcome]bool{}
				}
				outcomes[name][outcome] = true
				got = max(got, outcome)
			}
			if got != x.want {
				t.Errorf("%s: %s, want %s", x.rule, got, x.want)
			}
		})
	}
	for _, f := range []*form.Form{form.Reserve.Name.Form, form.Progress.Name.Form} {
		for _, rule := range f.Rules {
			for _, outcome := range []form.Outcome{pass, fail, na} {
				if !outcomes[seen{f.ID, rule.String()}][outcome] {
					t.Errorf("%s %s has no example of %s", f.ID, rule, outcome)
				}
			}
		}
	}
}

// A good row has nothing to answer for.
func TestGoodRowsPass(t *testing.T) {
	for _, s := range []*scene{goodProgress(nil), goodReserve(nil)} {
		for _, rule := range s.of.Rules {
			if rule.Holds.Judge(s.env()) == form.Fails {
				t.Errorf("%s: %s", rule, rule.Holds.Explain(s.env()))
			}
		}
	}
}

// Rules are hashed as they print: each print is its own, and the same every time.
func TestRulesPrint(t *testing.T) {
	prints := map[string]bool{}
	for _, f := range form.All() {
		for _, rule := range f.Rules {
			text := f.ID + " " + rule.String()
			if prints[text] {
				t.Errorf("two rules print %s", text)
			}
			prints[text] = true
			if again := f.ID + " " + rule.String(); again != text || fmt.Sprint(rule) != rule.String() {
				t.Errorf("%s, then %s", text, again)
			}
		}
	}
}

// The rules of a form are listed for people: its own first, then those of size, and last that amounts are not negative.
func TestOrderOfRules(t *testing.T) {
	last := map[*ledger.Code]int{form.UnitSuspect: 1, form.TotalMoved: 1, form.AmountJumped: 1, form.NegativeAmount: 2}
	for _, f := range form.All() {
		if !slices.IsSortedFunc(f.Rules, func(a, b form.Rule) int { return last[a.Code] - last[b.Code] }) {
			t.Errorf("the rules of %s are out of order: %v", f.ID, f.Rules)
		}
	}
}

// Every rule is about a column of its form, and its finding has an effect that fits: what
// must be corrected or explained is not simply accepted.
func TestRulesPointIntoTheirForm(t *testing.T) {
	for _, f := range form.All() {
		for _, rule := range f.Rules {
			if rule.At.Form != f || f.Columns[rule.At.Index] != rule.At {
				t.Errorf("%s: %s is at a column of another form", f.ID, rule)
			}
			if (rule.Code.Severity == ledger.Notice) != (rule.Code.Effect == ledger.Accept) {
				t.Errorf("%s is %s and %s", rule.Code.ID, rule.Code.Severity, rule.Code.Effect)
			}
		}
	}
}

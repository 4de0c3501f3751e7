package consolidate

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/internal/form"
	"huizong/internal/ledger"
	. "huizong/internal/returntest"
)

func moves(m *Month, f *form.Form) []string {
	var all []string
	for _, x := range m.Movements[f.ID] {
		line := fmt.Sprintf("%s %s", x.Kind, x.Project.Name())
		if x.Column != nil {
			line += fmt.Sprintf(" %s: %s→%s", x.Column, x.Column.Show(x.Before), x.Column.Show(x.After))
		}
		if x.Reason != "" {
			line += " " + x.Reason
		}
		all = append(all, line)
	}
	return all
}

func TestMovements(t *testing.T) {
	before := merged(t, May, nil,
		Sent(May, Reserve, Trade, "may", Idea(5, "物流园", "8", "code="+CodeA), Idea(6, "冷库", "9", "maturity=C")),
		Sent(May, Reserve, Town, "town", Idea(5, "村道", "1", "department="+Town)))
	still := Sent(June, Reserve, Town, "town", Idea(5, "村道", "1", "department="+Town))
	for _, test := range []struct {
		name string
		rows []ledger.Record
		want []string
	}{
		{"nothing moved", []ledger.Record{Idea(15, "物流园", "8", "code="+CodeA), Idea(16, "冷库", "9", "maturity=C")}, nil},
		{"entered", []ledger.Record{Idea(5, "物流园", "8", "code="+CodeA), Idea(6, "冷库", "9", "maturity=C"), Idea(7, "水厂", "3")}, []string{"新增 水厂"}},
		{"left", []ledger.Record{Idea(5, "物流园", "8", "code="+CodeA), Idea(6, "冷库", "9", "leaving=业主放弃")}, []string{"退库 冷库 业主放弃"}},
		{"left under another name", []ledger.Record{Idea(5, "物流中心", "8", "code="+CodeA, "leaving=调出"), Idea(6, "冷库", "9", "maturity=C")},
			[]string{"退库 物流园 调出"}},
		{"moved on", []ledger.Record{Idea(5, "物流园", "8", "code="+CodeA), Idea(6, "冷库", "9", "stage=开工", "maturity=C")}, []string{"批次调整 冷库 所属批次: 储备→开工"}},
		{"adjusted", []ledger.Record{Idea(5, "物流园", "8.5", "code="+CodeA), Idea(6, "冷库", "9", "maturity=C")}, []string{"调整 物流园 总投资: 8→8.5"}},
		{"renamed", []ledger.Record{Idea(5, "现代仓储中心", "8", "code="+CodeA), Idea(6, "冷库", "9", "maturity=C")}, []string{"更名 现代仓储中心 项目名称: 物流园→现代仓储中心"}},
		{"anything else, blank as well", []ledger.Record{Idea(5, "物流园", "8", "code="+CodeA, "field=产业发展"), Idea(6, "冷库", "9", "maturity=A")},
			[]string{"变更 物流园 领域: →产业发展", "变更 冷库 成熟度: C→A"}},
		{"the second stage is another project",
			[]ledger.Record{Idea(5, "物流园", "8", "code="+CodeA), Idea(6, "冷库", "9", "leaving=分期"), Idea(7, "冷库二期", "5")}, []string{"新增 冷库二期", "退库 冷库 分期"}},
		{"left out: it is carried and has not moved", []ledger.Record{Idea(5, "物流园", "8", "code="+CodeA)}, nil},
		{"a name of another department's project",
			[]ledger.Record{Idea(5, "物流园", "8", "code="+CodeA), Idea(6, "冷库", "9", "maturity=C"), Idea(7, "村道", "2")}, []string{"新增 村道"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := merged(t, June, after(before), Sent(June, Reserve, Trade, "june", test.rows...), still)
			if diff := cmp.Diff(test.want, moves(m, Reserve)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
	if first := merged(t, June, nil, still); len(first.Movements["reserve"]) != 0 || first.Earlier != nil {
		t.Error("the first month has none to compare with")
	}
}

// A name alone does not make two departments' projects one.
func TestOneLeavesAnotherEnters(t *testing.T) {
	before := merged(t, May, nil, Sent(May, Reserve, Town, "may", Idea(5, "村道", "1", "department="+Town)))
	m := merged(t, June, after(before),
		Sent(June, Reserve, Town, "town", Idea(5, "村道", "1", "department="+Town, "leaving=取消")), Sent(June, Reserve, Trade, "trade", Idea(5, "村道", "2")))
	if diff := cmp.Diff([]string{"新增 村道", "退库 村道 取消"}, moves(m, Reserve)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// Where another department's row comes to count, the change of the figure is listed.
func TestAnotherRowComesToCount(t *testing.T) {
	before := merged(t, May, nil, Sent(May, Reserve, Trade, "trade", Idea(5, "物流园", "8", "department="+Town)),
		Sent(May, Reserve, Town, "town", Idea(5, "物流园", "9", "department="+Town)))
	m := merged(t, June, after(before), Sent(June, Reserve, Town, "town", Idea(5, "物流园", "9", "department="+Town, "leaving=移交")))
	if diff := cmp.Diff([]string{"调整 物流园 总投资: 9→8"}, moves(m, Reserve)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// Where two projects become one it goes on from what the row that counts was.
func TestTwoBecomeOne(t *testing.T) {
	before := merged(t, May, nil, Sent(May, Reserve, Trade, "trade", Idea(5, "冷库", "8", "owner=城投", "department="+Trade)),
		Sent(May, Reserve, Town, "town", Idea(5, "冷库", "9", "owner=供销社", "department="+Trade)))
	m := merged(t, June, after(before), Sent(June, Reserve, Trade, "trade june", Idea(5, "冷库", "8", "owner=城投", "department="+Trade)),
		Sent(June, Reserve, Town, "town june", Idea(5, "冷库", "9", "owner=城投", "department="+Trade)))
	if diff := cmp.Diff([]string{"退库 冷库"}, moves(m, Reserve)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if gone := m.Movements["reserve"][0]; gone.Says != Town || gone.Was != gone.Project {
		t.Errorf("%s says that %v left", gone.Says, gone.Was)
	}
}

// A new year brings new plans: that is no movement.
func TestPlansOfANewYearHaveNotMoved(t *testing.T) {
	december, january := ledger.Period{Year: 2023, Month: 12}, ledger.Period{Year: 2024, Month: 1}
	before := merged(t, december, nil, Sent(december, Progress, Housing, "december", Works(5, "滨江路", "1000", "year_plan=2000", "total=5000")))
	m := merged(t, january, after(before), Sent(january, Progress, Housing, "january", Works(5, "滨江路", "50", "year_plan=900", "total=6000")))
	if diff := cmp.Diff([]string{"调整 滨江路 总投资: 5000→6000"}, moves(m, Progress)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestPlanVersions(t *testing.T) {
	month := func(p ledger.Period, before []*Month, plan string) *Month {
		words := []string{}
		if plan != "" {
			words = append(words, "year_plan="+plan)
		}
		return merged(t, p, before, Sent(p, Progress, Housing, p.String(), Works(5, "滨江路", "1", words...)))
	}
	var past []*Month // the latest first
	for i, plan := range []string{"700", "", "2000", "2000", "", "2500", "2600"} {
		past = append([]*Month{month(ledger.Period{Year: 2023, Month: 12}.Add(i), past, plan)}, past...)
	}
	var got []string
	for _, version := range past[0].History.PlanVersions(past[0].Register.Projects["progress"][0], June) {
		got = append(got, fmt.Sprintf("%s %s", version.Since, version.Plan.V.In(ledger.TenThousandYuan, 0)))
	}
	if diff := cmp.Diff([]string{"2024-02 2000", "2024-05 2500", "2024-06 2600"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	late := merged(t, June, past[1:], Sent(June, Progress, Housing, "late", Works(5, "体育馆", "1", "year_plan=9")))
	for _, p := range late.Register.Projects["progress"] {
		if got := late.History.PlanVersions(p, June); p.Name() == "体育馆" && (len(got) != 1 || got[0].Since != June || got[0].Row != p.Row) {
			t.Errorf("a project that came in June has %v", got)
		}
	}
	unplanned := month(June, nil, "")
	if got := unplanned.History.PlanVersions(unplanned.Register.Projects["progress"][0], June); got != nil {
		t.Errorf("a project without a plan has %v", got)
	}
}

// Where one project becomes two, the one whose row that counts is of it goes on from it: no row that does not count
// comes before that.
func TestOneBecomesTwo(t *testing.T) {
	sent := func(p ledger.Period, department, owner string) *ledger.Return {
		return Sent(p, Reserve, department, p.String()+department, Idea(5, "物流园", "8", "department="+Housing, "owner="+owner))
	}
	before := merged(t, May, nil, sent(May, Trade, "城投"), sent(May, Town, "城投"))
	m := merged(t, June, after(before), sent(June, Housing, "城投"), sent(June, Trade, "城投"), sent(June, Town, "供销社"))
	if got := m.Movements["reserve"]; len(got) != 1 || got[0].Kind != Entered || got[0].Says != Housing {
		t.Errorf("%v", moves(m, Reserve))
	}
}

// Where several become one that goes on from the weightiest.
func TestMergerGoesOnFromTheWeightiest(t *testing.T) {
	const of = "owner=供销社"
	before := merged(t, May, nil, Sent(May, Reserve, Trade, "may", Idea(5, "柳林镇冷链物流园一期", "50", of), Idea(6, "柳林镇冷链物流园二期", "70", of)))
	m := merged(t, June, after(before), Sent(June, Reserve, Trade, "june", Idea(5, "柳林镇冷链物流园", "120", of)))
	want := []string{"更名 柳林镇冷链物流园 项目名称: 柳林镇冷链物流园二期→柳林镇冷链物流园", "调整 柳林镇冷链物流园 总投资: 70→120", "退库 柳林镇冷链物流园一期"}
	if diff := cmp.Diff(want, moves(m, Reserve)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// Within a year a new plan is a movement.
func TestPlanChanged(t *testing.T) {
	before := merged(t, May, nil, Sent(May, Progress, Housing, "may", Works(5, "滨江路", "50", "year_plan=2000")))
	m := merged(t, June, after(before), Sent(June, Progress, Housing, "june", Works(5, "滨江路", "50", "year_plan=900")))
	if diff := cmp.Diff([]string{"调整 滨江路 年度计划投资: 2000→900"}, moves(m, Progress)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// The plan of January is the first of its year.
func TestPlanOfJanuary(t *testing.T) {
	var past []*Month
	for i, plan := range []string{"700", "1000", "1000", "1200"} {
		p := ledger.Period{Year: 2023, Month: 12}.Add(i)
		past = append([]*Month{merged(t, p, past, Sent(p, Progress, Housing, p.String(), Works(5, "滨江路", "1", "year_plan="+plan)))}, past...)
	}
	var got []string
	for _, v := range past[0].History.PlanVersions(past[0].Register.Projects["progress"][0], past[0].Period) {
		got = append(got, fmt.Sprintf("%s %s", v.Since, v.Plan.V.In(ledger.TenThousandYuan, 0)))
	}
	if diff := cmp.Diff([]string{"2024-01 1000", "2024-03 1200"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

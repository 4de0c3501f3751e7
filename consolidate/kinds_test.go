package consolidate_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/consolidate"
	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

type kind map[string]any

// sent is a department's return of June, each row a set of values by column ID: texts, or
// numbers in the column's parts.
func sent(id, department string, rows ...kind) *ledger.Return {
	f := form.ByID(id)
	r := &ledger.Return{ReturnID: ledger.ReturnID{Region: "610722", Period: ledger.Period{Year: 2024, Month: 6}, Form: id, Department: department},
		Content: id + department}
	for i, values := range rows {
		record := ledger.Record{}
		record.Row = i + 5
		for column, value := range values {
			if text, ok := value.(string); ok {
				f.Column(column).Set(&record, ledger.Words(text))
			} else {
				f.Column(column).Set(&record, ledger.Number(int64(value.(int))))
			}
		}
		r.Records = append(r.Records, record)
	}
	return r
}

// stood is what a return of May left standing.
func stood(r *ledger.Return) []ledger.Standing {
	may := r.Period.Add(-1)
	var all []ledger.Standing
	for _, record := range r.Records {
		id := r.ReturnID
		id.Period = may
		all = append(all, ledger.Standing{ReturnID: id, Entity: fmt.Sprint(record.Row), Record: &record, From: may, Content: "may"})
	}
	return all
}

func reconcile(t *testing.T, before []ledger.Standing, returns ...*ledger.Return) *consolidate.Month {
	t.Helper()
	c := county.Default()
	for i, r := range returns {
		returns[i] = consolidate.Apply(r, nil)
	}
	m, err := consolidate.Reconcile(consolidate.Input{County: c, Period: ledger.Period{Year: 2024, Month: 6}, Returns: returns,
		History: consolidate.NewHistory(c, before), Before: "may"})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// names are what stands of a form, with what was left out by the return.
func names(m *consolidate.Month, id string) []string {
	var all []string
	for _, p := range m.Register.Projects[id] {
		carried := ""
		if p.Row.Carried() {
			carried = " 沿用"
		}
		all = append(all, fmt.Sprint(p.Name(), carried, " +", len(p.Others)))
	}
	for _, f := range m.Findings {
		if f.Form == id && f.Code == consolidate.RowAbsent {
			all = append(all, "absent "+f.Entity)
		}
	}
	return all
}

func expect(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// What was struck off in May is gone in June, whether the ledger still lists it or not, and
// nobody misses it; what is struck off in June counts in June.
func TestObstaclesEnd(t *testing.T) {
	const unit = "自然资源局"
	problem := func(number, state string) kind {
		return kind{"number": number, "project": "样例大道", "state": state, "raised": "2024-05-06"}
	}
	before := stood(sent("obstacles", unit, problem("1", "销号"), problem("2", "销号"), problem("3", "办理中"), problem("4", "办理中"), problem("5", "销号")))
	old := problem("6", "销号")
	old["closed"] = "2024-04-30"
	m := reconcile(t, before, sent("obstacles", unit, problem("1", "销号"), problem("3", "销号"), problem("5", "办理中"), old))
	expect(t, "obstacles", names(m, "obstacles"), "3 +0", "5 +0", "4 沿用 +0", "absent 4")
	for name, want := range map[string]int64{"obstacles.opening": 3, "obstacles.new": 0, "obstacles.closed": 1, "obstacles.open": 2} {
		if m.Figures[name] != want {
			t.Errorf("%s is %d, want %d", name, m.Figures[name], want)
		}
	}
	expect(t, "obstacles without a return", names(reconcile(t, before), "obstacles"), "3 沿用 +0", "4 沿用 +0")
}

// Two units that number their problems from 1 do not speak of one problem.
func TestObstaclesOfTwoUnits(t *testing.T) {
	m := reconcile(t, nil, sent("obstacles", "自然资源局", kind{"number": "1", "project": "样例大道"}),
		sent("obstacles", "林业局", kind{"number": "1", "project": "样例园区"}, kind{"number": "2", "project": "样例大道"}))
	if counted := len(m.Register.Projects["obstacles"]); counted != 3 {
		t.Errorf("%d problems, want 3", counted)
	}
}

// The county's line is one row from month to month; its growth never stands for another.
func TestCountyLineStands(t *testing.T) {
	line := func(growth int) kind { return kind{"growth": growth} }
	before := stood(sent("statistics", "统计局", line(80_000), kind{"name": "样例大道"}))
	m := reconcile(t, before, sent("statistics", "统计局", kind{"name": "样例大道"}, line(94_000)))
	expect(t, "statistics", names(m, "statistics"), "样例大道 +0", "全县 +0")
	if m.Figures["statistics.growth_bp"] != 940 || m.Figures["statistics.projects"] != 1 {
		t.Errorf("figures: %v", m.Figures)
	}
	if growth, known := reconcile(t, before).Figures["statistics.growth_bp"]; known {
		t.Errorf("without a return the growth is %d, want none", growth)
	}
}

// Rows that are no projects are the month's own, and are told apart by more than a name.
func TestOccasionsAreTheMonthsOwn(t *testing.T) {
	const office = "项目推进年专班"
	meeting := func(day string) kind { return kind{"kind": "周调度", "title": "周调度会", "held_on": day} }
	before := stood(sent("dispatch", office, meeting("2024-05-20"), kind{"kind": "专题调度", "title": "专题会", "held_on": "2024-05-21"}))
	m := reconcile(t, before, sent("dispatch", office, meeting("2024-06-03"), meeting("2024-06-10")))
	expect(t, "dispatch", names(m, "dispatch"), "周调度会 +0", "周调度会 +0")
	task := func(number string) kind {
		return kind{"scheme": "高质量项目推进年行动方案", "number": number, "department": "统计局"}
	}
	m = reconcile(t, nil, sent("tasks", "发展和改革局", task("1.1")), sent("tasks", "统计局", task("1.1"), task("1.2")))
	expect(t, "tasks", names(m, "tasks"), "1.1 +1", "1.2 +0")
	if from := m.Register.Projects["tasks"][0].Row.Department; from != "统计局" {
		t.Errorf("the row of %s counts, want that of the lead unit", from)
	}
}

// What the rules of a form look back to is there for the month's own rows, too.
func TestPastOfOccasions(t *testing.T) {
	c := county.Default()
	before := stood(sent("duty", "政府办督查室", kind{"leader": "样例领导01", "unresolved": 20_000}))
	now := sent("duty", "政府办督查室", kind{"leader": "样例领导 01"})
	past := consolidate.NewHistory(c, before).Past(form.ByID("duty"), "政府办督查室", &now.Records[0])
	if len(past) != 1 || past[0] == nil || form.Duty.Unresolved.Value(past[0]).N != 20_000 {
		t.Errorf("past of a leader: %v", past)
	}
}

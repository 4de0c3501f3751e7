package bulletin

import (
	"strings"
	"testing"

	"huizong/consolidate/monthtest"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// TestRateThatIsHeld: a published rate of which what was stated is held back says so wherever it stands.
func TestRateThatIsHeld(t *testing.T) {
	f := &form.Services
	held := ledger.Declare("C98", ledger.Query, ledger.HoldField, ledger.Level1, "test", ledger.Zh("试", "试"), ledger.En("test", "test"))
	row := monthtest.Said{f.Indicator.Column: "材料精简率", f.Numerator.Column: "51", f.Denominator.Column: "100", f.Value.Column: "57", f.Unit.Column: "%",
		f.Department.Column: "审批局"}
	sent := func() *ledger.Return {
		return monthtest.Sent(t, f.Indicator.Form, monthtest.June, "行政审批服务局", 20, row)
	}
	back := sent()
	monthtest.Finding(held, back, 4, f.Value.Column)
	for _, test := range []struct {
		name string
		sent *ledger.Return
		want string
	}{
		{"as stated", sent(), "申报材料精简57.0%。"},
		{"held back", back, "申报材料精简51.0%（待核）。"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := text(t, monthtest.Reconcile(t, monthtest.June, nil, test.sent)); !strings.Contains(got, test.want) {
				t.Errorf("no %q in\n%s", test.want, got)
			}
		})
	}
}

// TestTasksOffTheList: a task that is not on the county's list is reported, and counted apart.
func TestTasksOffTheList(t *testing.T) {
	f := &form.Tasks
	row := func(number string) monthtest.Said {
		return monthtest.Said{f.Scheme.Column: "高质量项目推进年行动方案", f.Aspect.Column: "项目谋划储备", f.Number.Column: number, f.Pace.Column: "推进",
			f.Department.Column: "发展和改革局"}
	}
	got := text(t, monthtest.Reconcile(t, monthtest.June, nil, monthtest.Sent(t, f.Number.Form, monthtest.June, "发展和改革局", 20, row("1.1"), row("93.3"))))
	if want := "2项任务（清单内1项、清单外1项）"; !strings.Contains(got, want) {
		t.Errorf("no %q in\n%s", want, got)
	}
}

package bulletin

import (
	"fmt"
	"strings"
	"testing"

	"huizong/consolidate"
	"huizong/consolidate/monthtest"
	"huizong/consolidate/summary/workbook"
	"huizong/consolidate/summary/workbook/workbooktest"
	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// drawn is the bulletin of a month.
func drawn(m *consolidate.Month) *workbook.Book { return made(m).Book }

// TestSheets holds every sheet of June against what it showed before.
func TestSheets(t *testing.T) {
	_, second := monthtest.Months(t)
	workbooktest.Goldens(t, workbooktest.Bytes(t, drawn(second)))
}

// TestHeadlines: the workings of every published figure are named beside it.
func TestHeadlines(t *testing.T) {
	for _, f := range form.All() {
		if place := placesOf[f.ID]; len(f.Figures) > 0 && place == "" {
			t.Errorf("主要指标 does not say where the figures of %s are worked out", f.Title)
		}
	}
}

// TestBulletinPrinted looks at the paper: no number that did not fit.
func TestBulletinPrinted(t *testing.T) {
	if testing.Short() {
		t.Skip("starts LibreOffice")
	}
	_, m := monthtest.Months(t)
	for i, page := range workbooktest.Print(t, workbooktest.Bytes(t, drawn(m))) {
		if strings.Contains(page, "###") {
			t.Errorf("page %d: a number that does not fit", i+1)
		}
	}
}

// text is the bulletin's 通报正文.
func text(t *testing.T, m *consolidate.Month) string {
	t.Helper()
	data := workbooktest.Bytes(t, drawn(m))
	return workbooktest.Dump(t, data, "通报正文")
}

// owed is how many returns the county's units owe.
func owed() int {
	n := 0
	for _, f := range form.All() {
		n += len(county.Default().Owes(f.ID))
	}
	return n
}

// TestWhatIsNotKnownIsNotSaid: a figure that nobody reported is left out of its sentence, and
// its chapter with it; it is never said as 0.
func TestWhatIsNotKnownIsNotSaid(t *testing.T) {
	unplanned := monthtest.Key("甲", "市级", "续建", "交通局", "样例领导01", "", "500", "")
	for _, test := range []struct {
		name    string
		returns []*ledger.Return
		says    []string
		not     []string
	}{
		{"nothing reported", nil, []string{fmt.Sprintf("应报报表%d份，收到0份，报送率0.0%%", owed()), "本月尚未汇总的报表：《谋划储备项目表》"},
			[]string{"谋划储备项目0个", "）重点项目建设", "排名情况", "月末未结", "签约项目0个"}},
		{"no plan of the year", []*ledger.Return{monthtest.Sent(t, form.Progress.Name.Form, monthtest.June, "交通运输局", 20, unplanned)},
			[]string{"（一）重点项目建设", "1—6月累计完成投资0.05亿元。"}, []string{"占年度计划", "时序进度", "6月完成投资"}},
		{"signed without funds", []*ledger.Return{monthtest.SigningReturn(t, monthtest.June, func(int) string { return "2024-06-03" })},
			[]string{"新签约项目2个，合同总投资17.00亿元，到位资金0.30亿元。"}, []string{"招商活动0次"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := text(t, monthtest.Reconcile(t, monthtest.June, nil, test.returns...))
			for _, want := range test.says {
				if !strings.Contains(got, want) {
					t.Errorf("no %q in\n%s", want, got)
				}
			}
			for _, never := range test.not {
				if strings.Contains(got, never) {
					t.Errorf("%q in\n%s", never, got)
				}
			}
		})
	}
}

// TestMoved: what the bulletin says of a figure against the month before.
func TestMoved(t *testing.T) {
	for _, test := range []struct {
		name, want string
		before     int64
		published  bool
	}{
		{"more", "谋划储备项目8个，较上月公布数增加2个，", 6, true},
		{"less", "谋划储备项目8个，较上月公布数减少1个，", 9, true},
		{"as many", "谋划储备项目8个，与上月公布数持平，", 8, true},
		{"the first month", "谋划储备项目8个，总投资", 0, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, m := monthtest.Months(t)
			delete(m.Published, "reserve.projects")
			if test.published {
				m.Published["reserve.projects"] = test.before
			}
			if got := text(t, m); !strings.Contains(got, test.want) {
				t.Errorf("no %q in\n%s", test.want, got)
			}
		})
	}
}

// TestFilings: what becomes of a return that is owed.
func TestFilings(t *testing.T) {
	f := form.Signing.Name.Form
	back := monthtest.Sent(t, f, monthtest.June, "招商服务中心", 20)
	back.State = ledger.Returned
	back.Findings = []ledger.Finding{{Code: rejectedReturn, Form: f.ID, Department: "招商服务中心", Period: monthtest.June}}
	undatedReturn := monthtest.SigningReturn(t, monthtest.June, func(int) string { return "2024-06-03" })
	undatedReturn.Prepared, undatedReturn.Dated = ledger.Date{}, ledger.Undated
	on := func(day int) *ledger.Return {
		r := monthtest.SigningReturn(t, monthtest.June, func(int) string { return "2024-06-03" })
		r.Prepared.Day = day
		return r
	}
	for _, test := range []struct {
		name    string
		want    filingState
		returns []*ledger.Return
	}{
		{"never sent", missing, nil},
		{"on the day it is due", onTime, []*ledger.Return{on(25)}},
		{"a day later", tardy, []*ledger.Return{on(26)}},
		{"without a date", undated, []*ledger.Return{undatedReturn}},
		{"sent back", refused, []*ledger.Return{back}},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := monthtest.Reconcile(t, monthtest.June, nil, test.returns...)
			for _, filing := range listFilings(m) {
				if filing.form == f && (filing.state != test.want || !filing.owed) {
					t.Errorf("%s %s: %s, want %s", filing.unit, filing.form.ID, filing.state, test.want)
				}
			}
		})
	}
}

var rejectedReturn = ledger.Declare("F99", ledger.Error, ledger.RejectReturn, ledger.Level0, "test", ledger.Zh("试", "试"), ledger.En("test", "test"))

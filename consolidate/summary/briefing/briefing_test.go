package briefing

import (
	"fmt"
	"strings"
	"testing"

	"huizong/consolidate"
	"huizong/consolidate/monthtest"
	"huizong/consolidate/rating"
	"huizong/consolidate/summary/bulletin"
	"huizong/consolidate/summary/progress"
	"huizong/consolidate/summary/reserve"
	"huizong/consolidate/summary/workbook"
	"huizong/consolidate/summary/workbook/workbooktest"
	"huizong/internal/ledger"
)

// drawn is 领导参阅 of a month.
func drawn(m *consolidate.Month) *workbook.Book {
	keys := progress.Draw(m)
	return Draw(m, reserve.Draw(m), keys, bulletin.Draw(m, keys, rating.Scores(m))).Book
}

// TestSheets holds every sheet of June against what it showed before.
func TestSheets(t *testing.T) {
	_, second := monthtest.Months(t)
	workbooktest.Goldens(t, workbooktest.Bytes(t, drawn(second)))
}

// TestNothingReported: a month without returns has no sheet that is empty.
func TestNothingReported(t *testing.T) {
	data := workbooktest.Bytes(t, drawn(monthtest.Reconcile(t, monthtest.June, nil)))
	workbooktest.Check(t, data)
	if got, want := fmt.Sprint(workbooktest.Sheets(t, data)), "[首页 月评比 主要指标 走势 报送情况]"; got != want {
		t.Errorf("sheets %s, want %s", got, want)
	}
	if front := workbooktest.Dump(t, data, "首页"); strings.Contains(front, "0个") || !strings.Contains(front, "本月尚未汇总《谋划储备项目表》") {
		t.Errorf("what nobody reported is said as nothing there is:\n%s", front)
	}
}

// TestTrend: the months that are known, a total since January that fell, and the same month of the year
// before.
func TestTrend(t *testing.T) {
	_, m := monthtest.Months(t)
	figures := func(done, plan, projects int64) map[string]int64 {
		return map[string]int64{"progress.year_to_date_fen": done * 1e10, "progress.year_plan_fen": plan * 1e10, "reserve.projects": projects}
	}
	m.Past = map[ledger.Period]map[string]int64{
		{Year: 2023, Month: 6}: figures(3, 8, 7), {Year: 2023, Month: 7}: figures(5, 8, 9), {Year: 2023, Month: 12}: figures(8, 8, 10),
		{Year: 2024, Month: 3}: figures(2, 9, 11), {Year: 2024, Month: 4}: figures(1, 9, 12),
	}
	data := workbooktest.Bytes(t, drawn(m))
	workbooktest.Check(t, data)
	got := workbooktest.Dump(t, data, "走势")
	for _, want := range []string{"2023-07", "2024-04", "累计完成比2024年3月公布数减少，系更正"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if strings.Contains(got, "2023-06") {
		t.Error("thirteen months are shown")
	}
	if n := strings.Count(got, "系更正"); n != 1 {
		t.Errorf("%d months are restated; January begins anew", n)
	}
	if headlines := workbooktest.Dump(t, data, "主要指标"); !strings.Contains(headlines, "上年同月") || !strings.Contains(headlines, "同比增减") {
		t.Errorf("no 同比 in\n%s", headlines)
	}
}

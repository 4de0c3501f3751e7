package summary

import (
	"slices"
	"strings"
	"testing"

	"huizong/consolidate/summary/workbook/workbooktest"
	"huizong/internal/form"
)

// TestHeadlines: every figure that is published stands in 主要指标, once.
func TestHeadlines(t *testing.T) {
	var want, got []string
	for _, f := range form.All() {
		for _, figure := range f.Figures {
			want = append(want, figure.Name)
		}
	}
	for _, h := range headlines {
		got = append(got, h.figure)
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(want, got) {
		t.Errorf("headlines %q, figures %q", got, want)
	}
}

// TestBulletinPrinted looks at the paper: no number that did not fit, each order whole on
// its page.
func TestBulletinPrinted(t *testing.T) {
	if testing.Short() {
		t.Skip("starts LibreOffice")
	}
	_, m := months(t)
	data, err := bulletinWorkbook(m)
	if err != nil {
		t.Fatal(err)
	}
	orders := 0
	for i, page := range workbooktest.Print(t, data) {
		if strings.Contains(page, "###") {
			t.Errorf("page %d: a number that does not fit", i+1)
		}
		n := strings.Count(page, "高质量项目推进任务交办单")
		if orders += n; n > 1 || n == 1 && !strings.Contains(page, "办理情况") {
			t.Errorf("page %d: an order is cut, or two on a page:\n%s", i+1, page)
		}
	}
	if want := strings.Count(workbooktest.Dump(t, data, "任务交办单"), "高质量项目推进任务交办单"); orders != want {
		t.Errorf("%d orders on paper, %d in the workbook", orders, want)
	}
}

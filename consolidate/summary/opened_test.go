package summary

import (
	"errors"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/consolidate"
	"huizong/consolidate/monthtest"
	"huizong/consolidate/summary/workbook/workbooktest"
	"huizong/internal/ledger"
)

func opened(t testing.TB, m *consolidate.Month) *Opened {
	t.Helper()
	o, err := Open(m)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func overview(t testing.TB, o *Opened) *Overview {
	t.Helper()
	v, err := o.Overview()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestViewsShowTheWorkbooks: each sheet of a month shows on a page what it shows in the workbook.
func TestViewsShowTheWorkbooks(t *testing.T) {
	_, m := monthtest.Months(t)
	o, made := opened(t, m), books(t, m)
	for book, title := range o.Titles() {
		data := made[title.Subject]
		for number, sheet := range title.Sheets {
			want := workbooktest.Texts(t, data, sheet.Name)
			if number > 0 {
				maps.DeleteFunc(want, func(place, _ string) bool { return strings.TrimLeft(place, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "1" })
			}
			view, err := o.View(book+1, number+1)
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]string{}
			for _, row := range view.Rows {
				for _, cell := range row {
					if cell.Text != "" {
						got[cell.Place] = cell.Text
					}
				}
			}
			if diff := cmp.Diff(want, got, workbooktest.Zeros); diff != "" {
				t.Errorf("%s, %s: -file +view:\n%s", title.Subject, sheet.Name, diff)
			}
		}
	}
}

// TestOverviewLeadsBack: every figure of the page that can be asked shows what the workbook shows at its place, and
// leads to something that was sent or a fact of the month; what the formula reads can be asked in turn.
func TestOverviewLeadsBack(t *testing.T) {
	_, m := monthtest.Months(t)
	o := opened(t, m)
	v := overview(t, o)
	figures := v.Headlines
	for _, tile := range v.Tiles {
		figures = append(figures, tile.Value, tile.Foot)
	}
	for _, e := range []*Excerpt{v.Behind, v.Units, v.Leading, v.Filings} {
		for _, line := range e.Lines {
			figures = append(figures, line...)
		}
	}
	for _, c := range v.Charts {
		for _, s := range c.Series {
			for _, value := range s.Values {
				figures = append(figures, Figure{Place: Place{v.Book, value.Sheet, value.Place}, Text: value.Shown, Asked: value.Known})
			}
		}
	}
	asked := 0
	for _, f := range figures {
		trace, err := o.Trace(f.Place, ledger.Chinese)
		if err != nil {
			t.Fatalf("%+v: %v", f, err)
		}
		if trace.Shown != f.Text {
			t.Errorf("%+v: the workbook shows %q", f, trace.Shown)
		}
		if !f.Asked {
			continue
		}
		asked++
		if len(trace.Items)+len(trace.Facts) == 0 {
			t.Errorf("%+v leads to nothing", f)
		}
		for _, read := range trace.Reads {
			if at, known := o.Place(f.Book, read); !known {
				t.Errorf("%+v reads %s, which is nowhere", f, read)
			} else if _, err := o.Trace(at, ledger.Chinese); err != nil {
				t.Errorf("%+v reads %s: %v", f, read, err)
			}
		}
	}
	if asked < 150 {
		t.Errorf("%d figures can be asked", asked)
	}
}

// TestOverviewSaysTheMonth: what is behind, whose it is, and who is in trouble.
func TestOverviewSaysTheMonth(t *testing.T) {
	_, m := monthtest.Months(t)
	v := overview(t, opened(t, m))
	if v.Title != "城固县项目推进领导参阅" || !strings.Contains(v.AsOf, "2024-06-30") || !strings.Contains(v.Note, "78份") {
		t.Errorf("%s, %s, %s", v.Title, v.AsOf, v.Note)
	}
	if tile := v.Tiles[1]; tile.Name != "重点项目1—6月完成投资" || tile.Value.Text != "6.80亿元" || tile.Foot.Text != "占年度计划46.6%，时序进度50.0%" {
		t.Errorf("tile %+v", tile)
	}
	for _, test := range []struct {
		excerpt *Excerpt
		lines   int
		more    int
		first   string
	}{
		{v.Behind, 2, 0, "红灯 双溪镇温泉康养 文化和旅游局 样例领导04 -50.0 计划2024-03开工，逾期3个月未开工（红灯）；进度落后50.0个百分点（红灯）"},
		{v.Units, 3, 0, "文化和旅游局 1 0.0% -50.0 1 —"},
		{v.Leading, 37, 0, "谋划储备项目数 个 8 6 +2"},
		{v.Filings, 8, 37, "发展和改革局 谋划储备项目表、重点项目建设进展月报表、要素保障堵点难点问题台账  "},
	} {
		var texts []string
		for _, f := range test.excerpt.Lines[0] {
			texts = append(texts, f.Text)
		}
		if first := strings.Join(texts, " "); first != test.first || len(test.excerpt.Lines) != test.lines || test.excerpt.More != test.more {
			t.Errorf("%d lines and %d more, the first %q; want %+v", len(test.excerpt.Lines), test.excerpt.More, first, test)
		}
	}
	if at := v.Behind.Lines[0][0]; at.Light != "红灯" || !at.Asked {
		t.Errorf("the light of the first project: %+v", at)
	}
	if len(v.Charts) != 1 || v.Charts[0].Mark == nil {
		t.Errorf("charts %+v", v.Charts)
	}
}

// TestOverviewOfNothing: a month without returns has a page.
func TestOverviewOfNothing(t *testing.T) {
	v := overview(t, opened(t, monthtest.Reconcile(t, monthtest.June, nil)))
	if v.Behind != nil || v.Units != nil || v.Filings == nil || len(v.Charts) != 0 {
		t.Errorf("%+v", v)
	}
	for _, tile := range v.Tiles {
		if tile.Value.Text != "" {
			t.Errorf("%s: nobody reported it, and it shows %s", tile.Name, tile.Value.Text)
		}
	}
}

func TestNotThere(t *testing.T) {
	_, m := monthtest.Months(t)
	o := opened(t, m)
	for _, at := range []Place{{0, 1, "A1"}, {6, 1, "A1"}, {1, 0, "A1"}, {1, 99, "A1"}, {1, 1, "甲"}, {1, 1, ""}} {
		if _, err := o.Trace(at, ledger.Chinese); !errors.Is(err, ErrNotThere) {
			t.Errorf("%+v: %v", at, err)
		}
	}
	if _, err := o.View(1, 99); !errors.Is(err, ErrNotThere) {
		t.Errorf("a sheet that is not there: %v", err)
	}
	for _, named := range []string{"没有!A1", "《没有》总览!A1", "总览", ""} {
		if at, known := o.Place(1, named); known {
			t.Errorf("%s is at %+v", named, at)
		}
	}
}

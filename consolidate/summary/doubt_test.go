package summary

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"huizong/consolidate"
	"huizong/consolidate/summary/workbook/workbooktest"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// disputedMonth is a month in which departments speak of one another's projects: a pair that
// may be one, a field that is open, one that authority settles, and a part that agrees.
func disputedMonth(t testing.TB) *consolidate.Month {
	t.Helper()
	r := &form.Reserve
	project := func(name, total string) said {
		return said{r.Name.Column: name, r.Total.Column: total, r.Stage.Column: "储备", r.Field.Column: "产业发展", r.Place.Column: "柳林镇", r.Department.Column: "经济贸易局", r.Owner.Column: "供销社"}
	}
	reserve := r.Name.Form
	return reconcile(t, june, nil,
		sent(t, reserve, june, "经济贸易局", 20, project("柳林镇冷链物流园", "8000"), project("新华大桥", "500")),
		sent(t, reserve, june, "柳林镇", 20, project("柳林镇冷链物流园（一期）", "8000"), project("新华大桥", "900"), project("青龙水厂", "300")),
		sent(t, reserve, june, "发展和改革局", 20, project("新华大桥", "700")),
		sent(t, reserve, june, "原公镇", 20, project("青龙水厂", "400")))
}

func TestDoubtsAndMirrors(t *testing.T) {
	m := disputedMonth(t)
	data := books(t, m)["谋划储备项目汇总"]
	golden(t, "疑似重复与冲突（有待判定）", workbooktest.Dump(t, data, ledger.ReplySheet))
	golden(t, "对账（权威调整）", workbooktest.Dump(t, data, "对账"))
	workbooktest.Check(t, data)

	dir := t.TempDir()
	stale := filepath.Join(dir, receiptsDir, "统计局", "镜像告知_2024-06.xlsx")
	for _, path := range []string{stale, filepath.Join(filepath.Dir(stale), "回单.xlsx")} {
		if err := WriteFile(path, nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := WriteMirrors(m, dir); err != nil {
		t.Fatal(err)
	}
	written, err := filepath.Glob(filepath.Join(dir, receiptsDir, "*", "*.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	var departments []string
	for _, path := range written {
		departments = append(departments, filepath.Base(filepath.Dir(path))+"/"+filepath.Base(path))
	}
	want := []string{"原公镇/镜像告知_2024-06.xlsx", "发展和改革局/镜像告知_2024-06.xlsx", "柳林镇/镜像告知_2024-06.xlsx", "经济贸易局/镜像告知_2024-06.xlsx", "统计局/回单.xlsx"}
	if slices.Sort(departments); !slices.Equal(departments, want) {
		t.Errorf("%v, want %v", departments, want)
	}
	notice, err := os.ReadFile(filepath.Join(dir, receiptsDir, "柳林镇", "镜像告知_2024-06.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "镜像告知", workbooktest.Dump(t, notice, "镜像告知"))
}

// Pairs on a form that the other two workbooks do not show are asked about in the bulletin;
// a bulletin without any has no such sheet.
func TestDoubtsOfOtherProjects(t *testing.T) {
	s := &form.Signing
	signed := func(name string) said {
		return said{s.Name.Column: name, s.Investor.Column: "秦岭科技", s.Total.Column: "8000", s.Department.Column: "经济贸易局"}
	}
	pair := func(second string) []byte {
		return books(t, reconcile(t, june, nil,
			sent(t, s.Name.Form, june, "招商服务中心", 20, signed("柳林镇智能制造产业园")),
			sent(t, s.Name.Form, june, "柳林镇", 20, signed(second))))["高质量项目推进月度通报"]
	}
	data := pair("柳林镇智能制造产业园（一期）")
	golden(t, "疑似重复与冲突（签约项目）", workbooktest.Dump(t, data, ledger.ReplySheet))
	workbooktest.Check(t, data)
	if names := workbooktest.Sheets(t, pair("新华大桥")); slices.Contains(names, ledger.ReplySheet) {
		t.Errorf("sheets without a doubt: %v", names)
	}
}

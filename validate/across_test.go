package validate_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/internal/form"
	"huizong/internal/ledger"
	"huizong/validate"
)

// says is what a department's row makes of a project in June; from is the month it was last
// reported in.
func says(f *form.Form, department string, r ledger.Record, from ledger.Period) *ledger.Standing {
	return &ledger.Standing{ReturnID: ledger.ReturnID{Region: "610722", Period: june, Form: f.ID, Department: department}, Record: &r, From: from}
}

func TestAcross(t *testing.T) {
	const housing, trade, town = "住房和城乡建设局", "经济贸易局", "三合镇"
	may := june.Add(-1)
	project := func(f *form.Form, rows ...*ledger.Standing) validate.Project {
		return validate.Project{Form: f, Rows: rows}
	}
	for _, test := range []struct {
		name     string
		projects []validate.Project
		want     []string
	}{
		{"one department", []validate.Project{project(reserve, says(reserve, trade, reserveProject(5), june))}, nil},
		{"two departments", []validate.Project{project(reserve, says(reserve, trade, reserveProject(5), june), says(reserve, town, reserveProject(6), june))},
			[]string{"M11 三合镇 name6 只由一个单位报送，现以经济贸易局所报为准"}},
		{"what stands from May is not asked about",
			[]validate.Project{project(reserve, says(reserve, trade, reserveProject(5), june),
				says(reserve, town, reserveProject(6, "total", "1"), may))}, nil},
		{"this month's is asked about though May's counts",
			[]validate.Project{project(reserve, says(reserve, trade, reserveProject(5), may), says(reserve, town, reserveProject(6, "total", "1"), june))},
			[]string{"M11 三合镇 name6 只由一个单位报送，现以经济贸易局所报为准"}},
		{"a part of a package", []validate.Project{
			project(reserve, says(reserve, trade, reserveProject(5, "package", "城固县 城区路网"), june)),
			project(reserve, says(reserve, town, reserveProject(6, "name", "城区路网", "is_package", "是"), june)),
		}, nil},
		{"a part of no package", []validate.Project{project(reserve, says(reserve, trade, reserveProject(5, "package", "城区路网"), june))},
			[]string{"M10 经济贸易局 package5 "}},
		{"a part of what is no package", []validate.Project{
			project(reserve, says(reserve, trade, reserveProject(5, "package", "城区路网"), june)),
			project(reserve, says(reserve, town, reserveProject(6, "name", "城区路网", "is_package", "否"), june)),
		}, []string{"M10 经济贸易局 package5 "}},
		{"one code, two stages", []validate.Project{
			project(progress, says(progress, housing, keyProject(5, "name", "滨江路一期"), june)),
			project(progress, says(progress, trade, keyProject(6, "name", "滨江路二期"), june)),
		}, []string{"M13 经济贸易局 code6 一个项目一个代码，住房和城乡建设局所报“滨江路一期”已使用该代码"}},
		{"one code on two forms", []validate.Project{
			project(progress, says(progress, housing, keyProject(5), june)),
			project(reserve, says(reserve, trade, reserveProject(6, "code", "2401-610722-04-01-100012"), june)),
		}, nil},
		{"one code that is not sound", []validate.Project{
			project(progress, says(progress, housing, keyProject(5, "name", "滨江路一期", "code", "无"), june)),
			project(progress, says(progress, trade, keyProject(6, "name", "滨江路二期", "code", "无"), june)),
		}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			var inForce []*ledger.Return
			for _, f := range []*form.Form{reserve, progress} {
				for _, department := range []string{housing, trade, town} {
					r := returned(f, department)
					r.Content = "the same cells" // as nil returns of two departments may have
					inForce = append(inForce, r)
				}
			}
			var got []string
			for _, f := range validate.Across(inForce, test.projects, chenggu) {
				if f.File != f.Department+".xlsx" || f.Sheet != "Sheet1" || f.Period != june {
					t.Errorf("%+v is not at its place", f)
				}
				got = append(got, f.Code.ID+" "+f.Department+" "+cellOf(f)+" "+f.Expected)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// A finding of a row in the second sheet of a return is there.
func TestAcrossInItsSheet(t *testing.T) {
	r := returned(reserve, "经济贸易局", reserveProject(5, "package", "城区路网"))
	r.Sheet, r.Records[0].Place = "前期、储备", ledger.Place{Row: 5, Sheet: "储备"}
	projects := []validate.Project{{Form: reserve, Rows: []*ledger.Standing{says(reserve, "经济贸易局", r.Records[0], june)}}}
	if found := validate.Across([]*ledger.Return{r}, projects, chenggu); len(found) != 1 || found[0].Sheet != "储备" {
		t.Errorf("found %+v, want one in 储备", found)
	}
}

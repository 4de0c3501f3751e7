package form_test

import (
	"fmt"
	"testing"

	"huizong/internal/form"
)

// Which columns code for all forms finds; every form takes remarks. A form that is not named
// here has its roles in a test of its own.
func TestRoles(t *testing.T) {
	names := map[form.Role]string{
		form.RolePlace: "place", form.RoleTotal: "total", form.RoleLand: "land", form.RoleLastYear: "last year",
		form.RoleField: "field", form.RoleResponsible: "responsible", form.RoleLeader: "leader", form.RoleLeaving: "leaving",
	}
	got := map[string]string{}
	for _, f := range form.All() {
		if remark := f.Role(form.RoleRemark); remark == nil || remark.String() != "备注" {
			t.Errorf("%s: remarks go into %v", f.ID, remark)
		}
		for role := form.RolePlace; role <= form.RoleLeaving; role++ {
			if c := f.Role(role); c != nil {
				got[f.ID] += fmt.Sprintf("%s=%s ", names[role], c.Name)
			}
		}
	}
	want := map[string]string{
		"reserve":    "place=建设地点 total=总投资 land=用地 field=领域 responsible=责任单位 leader=包抓领导 leaving=退库原因 ",
		"progress":   "place=建设地点 total=总投资 last year=上年底累计完成投资 field=领域 responsible=责任单位 leader=包抓领导 leaving=调出原因 ",
		"statistics": "total=计划总投资 leaving=退库原因 ",
		"obstacles":  "responsible=主办单位 leader=包抓领导 ",
		"promotion":  "responsible=单位 ",
		"signing":    "total=合同总投资 responsible=责任单位 leader=责任领导 ",
		"tasks":      "responsible=牵头单位 ",
		"services":   "responsible=责任单位 ",
		"duty":       "leader=领导 ",
		"landyield":  "land=用地面积 ",
	}
	for id, roles := range want {
		if got[id] != roles {
			t.Errorf("%s: %s, want %s", id, got[id], roles)
		}
	}
}

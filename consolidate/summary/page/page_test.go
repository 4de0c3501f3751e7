package page

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/consolidate/monthtest"
	"huizong/internal/form"
)

// TestPersonalColumnsAreNotShown: to draw one is a programmer's mistake.
func TestPersonalColumnsAreNotShown(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a personal column is drawn")
		}
	}()
	Shown(form.Reserve.Phone.Column)
}

// The note of a settled field says whose word counts and what each said where.
func TestNotesOfSettledFields(t *testing.T) {
	m := monthtest.DisputedMonth(t)
	want := "采用发展和改革局所报：权威顺序第2位（发展和改革局）\n" +
		"发展和改革局：700万元（发展和改革局2024年6月谋划储备项目表.xlsx Sheet1!）\n" +
		"经济贸易局：500万元（经济贸易局2024年6月谋划储备项目表.xlsx Sheet1!）\n" +
		"柳林镇：900万元（柳林镇2024年6月谋划储备项目表.xlsx Sheet1!）"
	var got []string
	for _, p := range listProjects(m, form.Reserve.Name.Form, ProjectColumns{form.Reserve.Department, form.Reserve.Field}) {
		if note := p.notes[form.Reserve.Total.Column]; p.Name() == "新华大桥" {
			got = append(got, note)
		} else if p.Name() == "柳林镇冷链物流园" && note != "" {
			t.Errorf("a field that one department reports has the note %q", note)
		}
	}
	if diff := cmp.Diff([]string{want}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

package form

import (
	"fmt"
	"regexp"
	"testing"
)

func TestFormDeclaredTwice(t *testing.T) {
	want := regexp.MustCompile(fmt.Sprintf(
		`^form trial, number 2, is declared already as progress, number 2, at .*progress\.go:\d+: give it an ID of its own and number %d$`,
		registry[len(registry)-1].Number+1))
	defer func() {
		if said := fmt.Sprint(recover()); !want.MatchString(said) {
			t.Errorf("panic %q", said)
		}
	}()
	newForm(Form{ID: "trial", Number: 2})
}

func TestRolePlayedTwice(t *testing.T) {
	f := &Form{ID: "trial"}
	f.text(Optional, "note", "备注").as(RoleRemark)
	defer func() {
		if said := recover(); said != "form trial has two columns of one role: note and more" {
			t.Errorf("panic %q", said)
		}
	}()
	f.text(Optional, "more", "说明").as(RoleRemark)
}

func TestColumnDeclaredTwice(t *testing.T) {
	f := &Form{ID: "trial"}
	f.text(Optional, "note", "备注")
	defer func() {
		if said := recover(); said != "column declared twice: trial.note" {
			t.Errorf("panic %q", said)
		}
	}()
	f.money(Optional, "note", "说明")
}

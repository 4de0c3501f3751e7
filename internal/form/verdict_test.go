package form_test

import (
	"regexp"
	"testing"

	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A verdict is an example of what a rule says of a row that is good but for what it says
// instead. A column set to nil is blank.
type verdict struct {
	name    string
	code    *ledger.Code
	at      string // the column the rule points to
	instead []any
	want    form.Outcome
}

const wan = ledger.TenThousandYuan

// judge holds every verdict of a form and those that all amounts have, and asks for a pass
// and a fail of each kind of finding. good are the pairs of a row that no rule fails; before
// those of the same row a month ago, nil where there was none.
func judge(t *testing.T, f *form.Form, good, before []any, verdicts []verdict) {
	t.Helper()
	env := func(t *testing.T, instead []any) *form.Env {
		e := &form.Env{Period: june, Now: said(t, f, good...), Settings: county.Default().Settings(), Official: county.Default().Official}
		for i := 0; i < len(instead); i += 2 {
			column := f.Column(instead[i].(string))
			if instead[i+1] == nil {
				column.Set(e.Now, ledger.Value{})
				continue
			}
			column.Set(e.Now, column.Value(said(t, f, instead[i:i+2]...)))
		}
		if before != nil {
			e.Past = []*ledger.Record{said(t, f, before...)}
		}
		return e
	}
	t.Run("a good row", func(t *testing.T) {
		for _, rule := range f.Rules {
			if rule.Holds.Judge(env(t, nil)) == form.Fails {
				t.Errorf("%s fails", rule)
			}
		}
	})
	shown := map[*ledger.Code]map[form.Outcome]bool{}
	for _, v := range append(belowZero(f), verdicts...) {
		if shown[v.code] == nil {
			shown[v.code] = map[form.Outcome]bool{}
		}
		shown[v.code][v.want] = true
		t.Run(v.code.ID+" "+v.name, func(t *testing.T) {
			e := env(t, v.instead)
			got := form.Undecided
			for _, rule := range f.Rules {
				if rule.Code != v.code || rule.At.ID != v.at {
					continue
				}
				got = max(got, rule.Holds.Judge(e))
				if rule.Holds.Explain(e) == "" {
					t.Errorf("%s explains nothing", rule)
				}
			}
			if got != v.want {
				t.Errorf("%s at %s: %s, want %s", v.code.ID, v.at, got, v.want)
			}
		})
	}
	blank := ledger.Record{}
	for _, rule := range f.Rules {
		if rule.Holds.Judge(&form.Env{Period: june, Now: &blank}) == form.Passes {
			t.Errorf("%s: a blank row is passed off as a pass", rule)
		}
		for _, want := range []form.Outcome{form.Passes, form.Fails} {
			if !shown[rule.Code][want] {
				t.Errorf("%s: no example of a %s", rule, want)
			}
		}
	}
}

// Every threshold that a rule names is one the county decides.
func TestSettingsOfRules(t *testing.T) {
	settings := county.Default().Settings()
	for _, f := range form.All() {
		for _, rule := range f.Rules {
			for _, name := range regexp.MustCompile(`〔(.+?)〕`).FindAllStringSubmatch(rule.String(), -1) {
				if _, set := settings[name[1]]; !set {
					t.Errorf("%s names %s, which the county does not set", rule, name[1])
				}
			}
		}
	}
}

func belowZero(f *form.Form) []verdict {
	var all []verdict
	for _, c := range f.Columns {
		if c.Type == form.AmountType {
			all = append(all,
				verdict{"nothing of " + c.ID, form.NegativeAmount, c.ID, []any{c.ID, 0}, form.Passes},
				verdict{"less than nothing of " + c.ID, form.NegativeAmount, c.ID, []any{c.ID, -1}, form.Fails},
				verdict{"less than nothing, explained, of " + c.ID, form.NegativeAmount, c.ID, []any{c.ID, -1, "remark", "核减"}, form.Passes})
		}
	}
	return all
}

package form_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"huizong/internal/form"
	"huizong/internal/ledger"
	"huizong/internal/naming"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// No name or alias stands for two columns of a form, none twice for one.
func TestNamesAreUnambiguous(t *testing.T) {
	for _, f := range form.All() {
		owner := map[string]string{}
		claim := func(name, by string) {
			folded := ledger.Fold(name)
			if other, taken := owner[folded]; taken {
				t.Errorf("%s: %s is a name of %s and of %s", f.ID, name, other, by)
			}
			owner[folded] = by
		}
		for _, c := range f.Columns {
			for _, name := range append([]string{c.Name}, c.Aliases...) {
				claim(name, c.ID)
			}
		}
		for _, ambiguity := range f.Ambiguous {
			for _, name := range ambiguity.Names {
				claim(name, "ambiguous")
			}
		}
	}
}

// No title stands for two forms, no word of a choice for two choices.
func TestTitlesAndWordsAreUnambiguous(t *testing.T) {
	titles := map[string]string{}
	for _, f := range form.All() {
		for _, title := range append([]string{f.Title}, f.Aliases...) {
			if other, taken := titles[ledger.Fold(title)]; taken {
				t.Errorf("%s is a title of %s and of %s", title, other, f.ID)
			}
			titles[ledger.Fold(title)] = f.ID
		}
		for _, c := range f.Columns {
			words := map[string]bool{}
			for _, word := range c.Words {
				for _, name := range append([]string{word.Name}, word.Aliases...) {
					if words[ledger.Fold(name)] {
						t.Errorf("%s.%s: %s stands twice", f.ID, c.ID, name)
					}
					words[ledger.Fold(name)] = true
				}
			}
			if choice := c.Type == form.ChoiceType || c.Type == form.SetType; choice != (len(c.Words) > 0) && c.Type != form.TextType {
				t.Errorf("%s.%s is %s and has %d words", f.ID, c.ID, c.Type, len(c.Words))
			}
		}
	}
}

func TestForms(t *testing.T) {
	for i, f := range form.All() {
		if f.Number != i+1 || form.ByID(f.ID) != f {
			t.Errorf("%s is number %d, place %d", f.ID, f.Number, i+1)
		}
		for at, c := range f.Columns {
			if c.Index != at || c.Form != f || f.Column(c.ID) != c {
				t.Errorf("%s.%s: place %d, index %d", f.ID, c.ID, at, c.Index)
			}
			if strings.Contains(c.Name, ledger.Between) {
				t.Errorf("%s cannot be told apart from others in a finding of several columns", c.Name)
			}
			if c.Identity && c.Need != form.Required {
				t.Errorf("%s.%s identifies rows and may be blank", f.ID, c.ID)
			}
		}
		for _, figure := range f.Figures {
			if !strings.HasPrefix(figure.Name, f.ID+".") {
				t.Errorf("%s is a figure of %s", figure.Name, f.ID)
			}
		}
	}
	if form.ByID("no such") != nil || form.Progress.Name.Form.Column("no such") != nil {
		t.Error("what is not there is nil")
	}
}

func TestShow(t *testing.T) {
	for _, test := range []struct {
		name   string
		column *form.Column
		value  ledger.Value
		want   string
	}{
		{"blank", p.Total.Column, ledger.Value{}, ""},
		{"nothing", p.Total.Column, ledger.Number(0), "0"},
		{"an amount to the cent", p.Total.Column, ledger.Number(12_345_678_901), "12345.678901"},
		{"a rate", p.PlanShare.Column, ledger.Number(855_000), "85.5%"},
		{"a count", p.SevenSeven.Column, ledger.Number(70_000), "7"},
		{"yes", p.InStatistics.Column, ledger.Number(1), "是"},
		{"no", p.InStatistics.Column, ledger.Number(0), "否"},
		{"a span", p.Years.Column, ledger.Words("2023-03/2025-12"), "2023-03—2025-12"},
		{"a set", p.Level.Column, ledger.Words("省级、市级"), "省级、市级"},
	} {
		if got := test.column.Show(test.value); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

// Amounts are spelled with their unit, other values as they are shown, and a blank as nothing.
func TestSpell(t *testing.T) {
	for _, test := range []struct {
		column *form.Column
		value  ledger.Value
		want   string
	}{
		{p.Total.Column, ledger.Number(80_000_000_00), "8000万元"},
		{p.Total.Column, ledger.Value{}, ""},
		{p.SevenSeven.Column, ledger.Number(70_000), "7"},
	} {
		if got := test.column.Spell(test.value); got != test.want {
			t.Errorf("%s: %s, want %s", test.column, got, test.want)
		}
	}
}

// Handles read what columns hold; a blank is never a value.
func TestHandles(t *testing.T) {
	r := goodProgress(nil).now
	set(p.PlanFinish.Column, r, "2025")
	set(p.SevenSeven.Column, r, "7")
	empty := ledger.Record{}
	share, shareKnown := p.PlanShare.Of(r)
	count, countKnown := p.SevenSeven.Of(r)
	in, inKnown := p.InStatistics.Of(r)
	got := fmt.Sprintln(p.Name.Of(r), p.Code.Of(r), p.Total.Of(r), share, shareKnown, count, countKnown, in, inKnown, p.PlanFinish.Of(r),
		p.Years.Of(r), p.Class.Of(r), p.Level.Of(r))
	if want := "滨江路改造 2401-610722-04-01-100012 {50000000.00元 true} 550000 true 70000 true true true 2025 2023-03/2025-12 续建 [市级]\n"; got != want {
		t.Errorf("got %swant %s", got, want)
	}
	_, shareKnown = p.PlanShare.Of(&empty)
	_, countKnown = p.SevenSeven.Of(&empty)
	_, inKnown = p.InStatistics.Of(&empty)
	if p.Total.Of(&empty).Valid || shareKnown || countKnown || inKnown || !p.Start.Of(&empty).IsZero() || p.Years.Of(&empty) != (ledger.Span{}) ||
		len(p.Level.Of(&empty)) != 0 {
		t.Error("a blank is not known")
	}
	if cut := (ledger.Record{Fields: ledger.Pack(r.Fields.Unpack(0)[:p.Total.Index])}); p.Total.Of(&cut).Valid {
		t.Error("a column that a record is too short for is blank")
	}
}

func TestIdentity(t *testing.T) {
	f, asSaid := p.Name.Form, func(said naming.Said) naming.Identity {
		return naming.Identity{Code: said.Code, Name: said.Name, Owner: said.Owner}
	}
	for _, test := range []struct {
		name, code, owner string
		want              naming.Identity
	}{
		{"by code", "2401-610722-04-01-100012", "", naming.Identity{Code: "2401-610722-04-01-100012", Name: "滨江路", Owner: "住建局"}},
		{"the owner goes before the unit responsible", "", "城投", naming.Identity{Name: "滨江路", Owner: "城投"}},
		{"a code whose check digit fails", "2401-610722-04-01-100013", "", naming.Identity{Name: "滨江路", Owner: "住建局"}},
		{"a malformed code", "城发改2024-1", "", naming.Identity{Name: "滨江路", Owner: "住建局"}},
	} {
		r := filled(f, map[string]string{"name": "滨江路", "code": test.code, "owner": test.owner, "department": "住建局"})
		if diff := cmp.Diff(test.want, f.Identity(r, asSaid), cmpopts.IgnoreUnexported(naming.Identity{}, naming.Place{})); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}

// What a row says besides its name is taken along where its form has it: where it is, and what tells it apart.
func TestIdentitySays(t *testing.T) {
	for _, test := range []struct {
		form *form.Form
		row  map[string]string
		want naming.Said
	}{
		{form.Reserve.Name.Form, map[string]string{"name": "物流园", "place": "柳林镇", "owner": "城投"}, naming.Said{Name: "物流园", Place: "柳林镇", Owner: "城投"}},
		{form.Services.Indicator.Form, map[string]string{"indicator": "网办率", "basis": "办件"}, naming.Said{Name: "网办率", Apart: []string{"办件"}}},
		{form.Tasks.Scheme.Form, map[string]string{"scheme": "方案", "number": "1.1"}, naming.Said{Name: "1.1", Apart: []string{"方案"}}},
	} {
		test.form.Identity(filled(test.form, test.row), func(said naming.Said) naming.Identity {
			if diff := cmp.Diff(test.want, said); diff != "" {
				t.Errorf("%s (-want +got)\n%s", test.form.ID, diff)
			}
			return naming.Identity{}
		})
	}
}

func TestFigures(t *testing.T) {
	rows := []*form.Env{
		goodProgress(nil).env(),
		goodProgress(changing(p.Name.Form, []string{"level", "省级、市级", "total", "100", "start", ""})).env(),
		goodProgress(changing(p.Name.Form, []string{"level", "县级", "total", "", "start", "2024-07"})).env(),
	}
	figures := map[string]string{}
	for _, figure := range p.Name.Form.Figures {
		value, known, from := figure.Of.Over(rows)
		figures[figure.Name] = fmt.Sprint(value, known, from)
	}
	for name, want := range map[string]string{
		"progress.projects":            "3 true [0 1 2]",
		"progress.started":             "1 true [0]",
		"progress.investment_fen":      "5100000000 true [0 1]",
		"progress.provincial.projects": "1 true [1]",
		"progress.provincial.started":  "0 true []",
		"progress.municipal.projects":  "2 true [0 1]",
		"progress.municipal.started":   "1 true [0]",
	} {
		if figures[name] != want {
			t.Errorf("%s: %s, want %s", name, figures[name], want)
		}
	}
	blank := form.TotalOf(p.Funds, nil)
	if value, known, from := blank.Over(rows); value != 0 || known || from != nil {
		t.Errorf("a total of blanks is %d, %v, from %v", value, known, from)
	}
	if got := form.TotalOf(p.Total, form.Started).String() + "；" + form.CountOf(nil).String(); got != "合计 总投资（实际开工时间 不晚于 报告期末）；行数" {
		t.Error(got)
	}
}

// What a department reads when a rule does not hold, for each example that fails.
func TestExplain(t *testing.T) {
	var text strings.Builder
	for _, x := range append(examples, negatives()[1]) {
		if x.want != fail {
			continue
		}
		for _, rule := range x.scene.of.Rules {
			if e := x.scene.env(); key(rule) == x.rule && rule.Holds.Judge(e) == form.Fails {
				finding := ledger.Finding{Code: rule.Code, Cell: "H7", Field: rule.At.Name, Found: rule.At.Show(rule.At.Value(e.Now)),
					Expected: rule.Holds.Explain(e)}
				fmt.Fprintf(&text, "# %s\n%s %s。%s\n\n", x.name, rule.Code.ID, finding.Message(ledger.Chinese), rule.Code.Remedy.In(ledger.Chinese))
			}
		}
	}
	golden(t, "testdata/explain.txt", text.String())
}

// The rules as they print and are hashed, of the two forms that have the most.
func TestPrint(t *testing.T) {
	var text strings.Builder
	for _, f := range []*form.Form{form.Reserve.Name.Form, form.Progress.Name.Form} {
		for _, rule := range f.Rules {
			fmt.Fprintf(&text, "%s %s\n", f.ID, rule)
		}
	}
	golden(t, "testdata/rules.txt", text.String())
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got), -update rewrites it:\n%s", path, diff)
	}
}

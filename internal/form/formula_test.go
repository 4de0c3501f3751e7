package form_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"huizong/internal/form"
)

// cellsAsNamed has the cell of a column under the ID of the column, that of last month with a sign
// after it, and nothing of the months before: as a template has them.
var cellsAsNamed = form.Cells{
	Now: func(c *form.Column) string { return c.ID },
	Past: func(c *form.Column, months int) string {
		if months > 1 {
			return ""
		}
		return c.ID + "_上月"
	},
	Period: june, Settings: settings,
}

// noFormula are the rules that no template can have as a formula, and why.
var noFormula = map[string]string{
	"progress V33 appearance":      "本表没有两个月前的“1-N月累计完成投资”",
	"progress V34 year_to_date":    "本表没有两个月前的“当前形象进度”",
	"promotion V65 enterprises":    "“拜访企业名称”里写的是名称还是数量，公式认不出",
	"services V85 indicator_value": valueWithUnit,
	"services V86 indicator_value": valueWithUnit,
	"services V87 indicator_value": valueWithUnit,
	"services V88 indicator_value": valueWithUnit,
}

const valueWithUnit = "“值”可以连单位一起填写（如96%、372件），公式认不全"

// Every rule is a formula that spreadsheets since Excel 2007 take, or there is a reason why not.
func TestFormulas(t *testing.T) {
	unfounded := map[string]bool{}
	for name := range noFormula {
		unfounded[name] = true
	}
	for _, f := range form.All() {
		for _, rule := range f.Rules {
			name := f.ID + " " + key(rule)
			formula, why := rule.Formula(cellsAsNamed)
			if why != noFormula[name] || (formula == "") != (why != "") {
				t.Errorf("%s: %q, %q", name, formula, why)
			}
			delete(unfounded, name)
			if why == "" {
				checkFormula(t, name, formula)
			}
		}
	}
	if len(unfounded) > 0 {
		t.Errorf("there are no rules %v", unfounded)
	}
}

var (
	literal  = regexp.MustCompile(`"((?:[^"]|"")*)"`)
	function = regexp.MustCompile(`([A-Z]*)\(`)
	// everywhere are functions that Excel 2007, WPS and LibreOffice have alike.
	everywhere = regexp.MustCompile(`^(ABS|AND|DATEVALUE|EOMONTH|EXACT|FIND|IF|INT|ISNUMBER|LEFT|LEN|MID|MOD|MONTH|NOT|OR|ROUND|SUBSTITUTE|TRIM|UPPER|YEAR|)$`)
)

// checkFormula holds a formula against the limits of Excel: 8,192 characters, functions within one
// another to a depth of 64, texts of 255 characters.
func checkFormula(t *testing.T, name, formula string) {
	t.Helper()
	if length := utf8.RuneCountInString(formula); length > 8192 {
		t.Errorf("%s: a formula of %d characters", name, length)
	}
	for _, text := range literal.FindAllStringSubmatch(formula, -1) {
		if utf8.RuneCountInString(text[1]) > 255 {
			t.Errorf("%s: a text is too long: %s", name, text[1])
		}
	}
	signs := literal.ReplaceAllString(formula, "")
	depth, deepest := 0, 0
	for _, sign := range signs {
		switch sign {
		case '(':
			depth++
		case ')':
			depth--
		case '"', '=':
			continue
		}
		deepest = max(deepest, depth)
	}
	if depth != 0 || deepest > 64 {
		t.Errorf("%s: brackets go %d deep and close to %d", name, deepest, depth)
	}
	for _, called := range function.FindAllStringSubmatch(signs, -1) {
		if !everywhere.MatchString(called[1]) {
			t.Errorf("%s calls %s", name, called[1])
		}
	}
}

// The formulas of the two forms that have the most; "…" is the list of words for nothing.
func TestFormulasPrint(t *testing.T) {
	var text strings.Builder
	nothing := "||" + strings.Join(form.BlankWords, "|") + "|"
	for _, f := range []*form.Form{form.Reserve.Name.Form, form.Progress.Name.Form} {
		for _, rule := range f.Rules {
			formula, why := rule.Formula(cellsAsNamed)
			if why != "" {
				formula = "— " + why
			}
			fmt.Fprintf(&text, "%s %s\n\t%s\n", f.ID, key(rule), strings.ReplaceAll(formula, nothing, "…"))
		}
	}
	golden(t, "testdata/formulas.txt", text.String())
}

// What no row can fail in a month needs no formula then; what a sheet lacks is named.
func TestWhyThereIsNoFormula(t *testing.T) {
	moved := form.Rule{Code: form.PlanMoved, At: p.YearPlan.Column, Holds: form.Equal(p.YearPlan, form.Before(p.YearPlan))}
	adjusted := form.Rule{Code: form.PlanMoved, At: p.YearPlan.Column,
		Holds: form.Given(form.AtMost(form.Month, form.Setting("progress.adjustment_from", form.CountType)), form.AtLeast(p.YearPlan, form.Zero))}
	in := func(month int) form.Cells {
		cells := cellsAsNamed
		cells.Period.Month = month
		return cells
	}
	without := cellsAsNamed
	without.Now = func(*form.Column) string { return "" }
	for _, test := range []struct {
		name         string
		rule         form.Rule
		cells        form.Cells
		formula, why string
	}{
		{"in June", moved, in(6), "IF(AND(ISNUMBER(year_plan),ISNUMBER(year_plan_上月)),ROUND(year_plan,6)<>ROUND(year_plan_上月,6),FALSE)", ""},
		{"in January there is no month before", moved, in(1), "", "本月不作这项核对"},
		{"in the adjustment's first month", adjusted, in(8), "IF(ISNUMBER(year_plan),ROUND(year_plan,6)<0,FALSE)", ""},
		{"after it", adjusted, in(9), "", "本月不作这项核对"},
		{"a sheet without the column", moved, without, "", "本表没有“年度计划投资”"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if formula, why := test.rule.Formula(test.cells); formula != test.formula || why != test.why {
				t.Errorf("%s, %s", formula, why)
			}
		})
	}
}

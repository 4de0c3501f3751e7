package summary

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/consolidate/monthtest"
	"huizong/internal/ledger"
)

// claimsOf are the claims of a cell: whose, of which month, what it says, and what became of it.
func claimsOf(t *testing.T, l *Lineage, sheet, cell string) []string {
	t.Helper()
	trace, err := l.Trace(sheet, cell, ledger.Chinese)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, item := range trace.Items {
		for _, c := range item.Claims {
			all = append(all, strings.TrimSpace(fmt.Sprintf("%s %s %s %s %s %s", c.Department, c.Period, c.Column, c.Value, c.State, c.Why)))
		}
	}
	return all
}

// cellOf finds the cell under a heading in the line that shows a name in one of its first cells.
func cellOf(t *testing.T, l *Lineage, sheet, heading, name string) string {
	t.Helper()
	ask := func(column rune, row int) *Trace {
		trace, err := l.Trace(sheet, fmt.Sprintf("%c%d", column, row), ledger.Chinese)
		if err != nil {
			t.Fatal(err)
		}
		return trace
	}
	for row := 4; row < 60; row++ {
		if !slices.ContainsFunc([]rune("ABC"), func(column rune) bool { return ask(column, row).Shown == name }) {
			continue
		}
		for column := 'A'; column <= 'Z'; column++ {
			if at := ask(column, row); at.Heading == heading {
				return at.Cell
			}
		}
	}
	t.Fatalf("no %s of %s", heading, name)
	return ""
}

// Every claim on a field that several departments report is told, the one that counts
// first, with the reason; the cell bears a note.
func TestClaimsOfSettledFields(t *testing.T) {
	l := LineageOf(monthtest.DisputedMonth(t), "谋划储备项目汇总")
	for _, test := range []struct {
		name string
		want []string
	}{
		{"新华大桥", []string{
			"发展和改革局 2024-06 总投资 700万元 counts 采用发展和改革局所报：权威顺序第2位（发展和改革局）",
			"经济贸易局 2024-06 总投资 500万元 other", "柳林镇 2024-06 总投资 900万元 other"}},
		{"柳林镇冷链物流园", []string{"经济贸易局 2024-06 总投资 8000万元 counts"}},
	} {
		at := cellOf(t, l, "项目台账", "总投资", test.name)
		if diff := cmp.Diff(test.want, claimsOf(t, l, "项目台账", at)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", test.name, diff)
		}
	}
}

// What stands for a return that did not come, and for a value held back, leads to May; so
// does what a movement was before.
func TestClaimsOfEarlierMonths(t *testing.T) {
	_, m := monthtest.Months(t)
	l := LineageOf(m, "谋划储备项目汇总")
	for _, test := range []struct {
		name string
		want []string
	}{
		{"国家储备林基地", []string{"林业局 2024-05 总投资 22000万元 carried"}},
		{"县医院门诊综合楼", []string{"卫生健康局 2024-05 总投资 15800.25万元 carried", "卫生健康局 2024-06 总投资 158002.5万元 held"}},
	} {
		at := cellOf(t, l, "项目台账", "总投资", test.name)
		if diff := cmp.Diff(test.want, claimsOf(t, l, "项目台账", at)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", test.name, diff)
		}
	}
	if LineageOf(m, "别的.xlsx") != nil {
		t.Error("another workbook is known")
	}
	if _, err := l.Trace("没有", "A1", ledger.Chinese); err == nil {
		t.Error("a sheet that is not there is traced")
	}
}

// Of two claims that do not agree the one that counts for the time being is told from the other.
func TestClaimsOfAConflict(t *testing.T) {
	l := LineageOf(monthtest.DisputedMonth(t), "核对底稿")
	for cell, want := range map[string]string{
		"I6": "柳林镇 2024-06 总投资 300万元 counts 权威顺序分不出先后，待定，暂采用柳林镇所报",
		"J6": "原公镇 2024-06 总投资 400万元 other",
	} {
		if diff := cmp.Diff([]string{want}, claimsOf(t, l, ledger.ReplySheet, cell)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", cell, diff)
		}
	}
}

// The steps of 对账 lead to the projects that they are over, of whatever month, and the numbers
// of 数据来源 to the return of their line.
func TestClaimsOfTheBalance(t *testing.T) {
	_, june := monthtest.Months(t)
	carried, papers, disputed := LineageOf(june, "谋划储备项目汇总"), LineageOf(june, "核对底稿"), LineageOf(monthtest.DisputedMonth(t), "谋划储备项目汇总")
	for _, test := range []struct {
		lineage              *Lineage
		sheet, line, heading string
		shown                string
		claims               []string // among others
		fact                 string
	}{
		{carried, "对账", "林业局", "加：沿用/万元", "22,000.00", []string{"林业局 2024-05 总投资 22000万元 carried"}, ""},
		{carried, "对账", "卫生健康局", "加：待核调整/万元", "-142,202.25", []string{"卫生健康局 2024-05 总投资 15800.25万元 carried", "卫生健康局 2024-06 总投资 158002.5万元 held"}, ""},
		{carried, "对账", "林业局", "报送/行", "—", nil, "林业局本月没有报送《谋划储备项目表》"},
		{carried, "对账", "林业局", "减：退回/行", "—", nil, "林业局《谋划储备项目表》没有这样的行"},
		{papers, "数据来源", "林业局", "版本", "1", nil, "林业局2024年5月报送的《谋划储备项目表》"},
		{papers, "数据来源", "林业局", "现用", "1", []string{"林业局 2024-05 项目名称 国家储备林基地 carried"}, ""},
		{disputed, "对账", "发展和改革局", "加：权威调整/万元", "—", nil, "发展和改革局《谋划储备项目表》没有这样的行"},
		{disputed, "对账", "经济贸易局", "加：权威调整/万元", "200.00", []string{"发展和改革局 2024-06 总投资 700万元 counts", "经济贸易局 2024-06 总投资 500万元 other"}, ""},
		{disputed, "对账", "柳林镇", "减：同一项目已计/万元", "900.00", []string{"柳林镇 2024-06 总投资 900万元 other"}, ""},
	} {
		t.Run(test.line+" "+test.heading, func(t *testing.T) {
			trace, err := test.lineage.Trace(test.sheet, cellOf(t, test.lineage, test.sheet, test.heading, test.line), ledger.Chinese)
			if err != nil {
				t.Fatal(err)
			}
			if trace.Shown != test.shown {
				t.Errorf("it shows %s, want %s", trace.Shown, test.shown)
			}
			claims, facts := strings.Join(claimsOf(t, test.lineage, test.sheet, trace.Cell), "\n"), strings.Join(trace.Facts, "\n")
			for _, want := range test.claims {
				if !strings.Contains(claims, want) {
					t.Errorf("no claim %q in\n%s", want, claims)
				}
			}
			if (claims == "") != (test.claims == nil) || (facts == "") != (test.fact == "") || !strings.Contains(facts, test.fact) {
				t.Errorf("claims\n%s\nfacts\n%s, want %s", claims, facts, test.fact)
			}
		})
	}
}

package reserve

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"huizong/consolidate/monthtest"
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook/workbooktest"
	"huizong/internal/form"
)

// TestSheets holds every sheet of June, and what differs in the first month, against what it showed before.
func TestSheets(t *testing.T) {
	first, second := monthtest.Months(t)
	workbooktest.Goldens(t, workbooktest.Bytes(t, Draw(second).Book))
	workbooktest.Golden(t, "封面与编制说明（首月）", workbooktest.Dump(t, workbooktest.Bytes(t, Draw(first).Book), "封面与编制说明"))
}

// TestAuthority: what authority makes of the money.
func TestAuthority(t *testing.T) {
	data := workbooktest.Bytes(t, Draw(monthtest.DisputedMonth(t)).Book)
	workbooktest.Golden(t, "对账（权威调整）", workbooktest.Dump(t, data, "对账"))
	workbooktest.Check(t, data)
	if !bytes.Equal(data, workbooktest.Bytes(t, Draw(monthtest.DisputedMonth(t)).Book)) {
		t.Error("the same month gives two workbooks")
	}
}

// TestAdvance: reserve projects beside the key projects that they have become, whatever way they are spelled.
func TestAdvance(t *testing.T) {
	p := &form.Progress
	key := func(name, class, start string) monthtest.Said {
		said := monthtest.Said{p.Name.Column: name, p.Class.Column: class, p.Level.Column: "市级", p.Total.Column: "9000", p.YearPlan.Column: "3000",
			p.Department.Column: "交通运输局"}
		if start != "" {
			said[p.Start.Column] = start
		}
		return said
	}
	m := monthtest.Reconcile(t, monthtest.June, nil,
		monthtest.Sent(t, form.Reserve.Name.Form, monthtest.June, "交通运输局", 20,
			monthtest.Idea("北环路改造工程", "储备", "基础设施", "交通局", "8000"), monthtest.Idea("南沙湖路网工程", "开工", "基础设施", "交通局", "9000"),
			monthtest.Idea("滨江大桥（一期）", "开工", "基础设施", "交通局", "9000"), monthtest.Idea("文川河大桥", "谋划", "基础设施", "交通局", "9000"),
			monthtest.Idea("朝阳路西段", "开工", "基础设施", "交通局", "9000")),
		monthtest.Sent(t, p.Name.Form, monthtest.June, "交通运输局", 20,
			key("城固县北环路改造项目", "续建", "2023-08"), key("南沙湖路网", "新开工", ""), key("滨江大桥一期工程", "建成", "2022-03"),
			key("滨江大桥二期", "新开工", "2024-05"), key("朝阳路西段工程", "续建", "2023-05")))
	data := workbooktest.Bytes(t, Draw(m).Book)
	workbooktest.Golden(t, "批次核对", workbooktest.Dump(t, data, "批次核对"))
	workbooktest.Check(t, data)
}

// footed is the foot of a page; how far its words stand apart depends on the fonts.
var footed = regexp.MustCompile(`数据截至 2024-06-30 +第 ?\d+ ?页.*`)

// TestPrinted looks at the paper: the header of a ledger on each of its pages, no number
// that did not fit.
func TestPrinted(t *testing.T) {
	if testing.Short() {
		t.Skip("starts LibreOffice")
	}
	ledgers := 0
	for i, page := range workbooktest.Print(t, workbooktest.Bytes(t, Draw(monthtest.Many(t)).Book)) {
		if strings.Contains(page, "###") {
			t.Errorf("page %d: a number that does not fit", i+1)
		}
		foot := footed.FindString(page)
		if foot == "" {
			t.Errorf("page %d: no foot", i+1)
		}
		if strings.Contains(foot, "项目台账") {
			ledgers++
			if !strings.Contains(page, "责任单位") {
				t.Errorf("page %d of the ledger: no header", i+1)
			}
		}
	}
	if ledgers < 2 {
		t.Errorf("the ledger has %d pages, too few to prove anything", ledgers)
	}
}

// TestPermits: what is done of what is needed.
func TestPermits(t *testing.T) {
	f := &form.Reserve
	for _, test := range []struct {
		name, want string
		row        monthtest.Said
	}{
		{"nothing known", "", monthtest.Said{}},
		{"nothing needed", "", monthtest.Said{f.Energy.Column: "不需要"}},
		{"all done", "已办结2/2", monthtest.Said{f.Approval.Column: "已完成", f.Land.Column: "已完成", f.Energy.Column: "不需要"}},
		{"some going", "已办结1/3；办理中：用地", monthtest.Said{f.Approval.Column: "已完成", f.Land.Column: "办理中", f.Planning.Column: "未启动"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := page.NewReport(monthtest.Reconcile(t, monthtest.June, nil,
				monthtest.Sent(t, f.Name.Form, monthtest.June, "交通运输局", 20, monthtest.Idea("甲", "谋划", "", "交通局", "").And(test.row))),
				f.Name.Form, "谋划储备项目汇总", columns)
			if got := permits(r.Projects[0]); got != test.want {
				t.Errorf("says %q, want %q", got, test.want)
			}
		})
	}
}

// TestCounty: a county that calls the stages otherwise sees its own words everywhere.
func TestCounty(t *testing.T) {
	_, m := monthtest.Months(t)
	c := *m.County
	c.Stages = []string{"谋划一批", "开工一批", "在建一批", "投产一批"}
	m.County = &c
	data := workbooktest.Bytes(t, Draw(m).Book)
	workbooktest.Check(t, data)
	for sheet, want := range map[string]string{"四个一批": "在建一批 |  |  | 2", "月度变动": "开工一批 | 在建一批", "分责任单位": "谋划一批"} {
		if got := workbooktest.Dump(t, data, sheet); !strings.Contains(got, want) {
			t.Errorf("%s: no %q in\n%s", sheet, want, got)
		}
	}
}

package main

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"huizong/consolidate/summary/consistency"
)

// What a month's files must at least give to compare, so that nothing passes by being
// understood no longer.
const (
	leastFacts    = 15_000
	leastPairs    = 15_000
	leastSums     = 600
	leastProjects = 50    // that two places or more speak of
	leastOrders   = 30    // documents and lists of items
	mostUnread    = 0.002 // of the numbers in tables
	mostUnheard   = 0.03  // of the numbers in running text
)

// TestConsistent reads all that the sample months and generated ones give, as a leader does:
// equal names, groups and months give equal values, parts add up or a note says why not,
// words, lights and classes of a project agree everywhere, and every sheet that is pointed to
// is there.
func TestConsistent(t *testing.T) {
	if testing.Short() {
		t.Skip("every cell of three months' files: run without -short")
	}
	t.Run("samples", func(t *testing.T) {
		out, database := t.TempDir(), sqliteIn(t)
		agree(t, monthOf(t, database, "2024-05", samplesDir, out), monthOf(t, database, "2024-06", samplesDir, out))
	})
	for _, seed := range []string{"7", "11", "23", "42"} {
		t.Run("generated "+seed, func(t *testing.T) {
			in := t.TempDir()
			huizong(t, exitDone, "samples", "--period", "2024-06", "--seed", seed, "--out", filepath.Join(in, "2024-06"))
			agree(t, monthOf(t, sqliteIn(t), "2024-06", in, t.TempDir()))
		})
	}
}

// monthOf runs a month and reads what came out.
func monthOf(t *testing.T, database, period, inboxes, out string) *consistency.Folder {
	t.Helper()
	huizong(t, exitLeftOut, "--database", database, "--quiet", "run",
		"--period", period, "--inbox", filepath.Join(inboxes, period, "inbox"), "--out", out)
	folder, err := consistency.Read(filepath.Join(out, period))
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

func agree(t *testing.T, months ...*consistency.Folder) {
	t.Helper()
	r := consistency.Check(months...)
	t.Logf("%d facts, %d pairs, %d sums, %d projects, %d references, %d orders; %d of %d numbers in tables and %d of %d in text are no fact",
		r.Facts, r.Pairs, r.Sums, r.Projects, r.References, r.Orders, len(r.Unread), r.Numbers, len(r.Unheard), r.Spoken)
	for what, got := range map[string][2]int{
		"facts": {r.Facts, leastFacts}, "pairs": {r.Pairs, leastPairs}, "sums": {r.Sums, leastSums}, "projects": {r.Projects, leastProjects},
		"references": {r.References, 1}, "orders": {r.Orders, leastOrders},
	} {
		if got[0] < got[1]*len(months) {
			t.Errorf("%d %s of %d months, want %d a month", got[0], what, len(months), got[1])
		}
	}
	if most := mostUnread * float64(r.Numbers); float64(len(r.Unread)) > most {
		t.Errorf("%d numbers in tables are no fact, want at most %.0f: %v", len(r.Unread), most, r.Unread)
	}
	if most := mostUnheard * float64(r.Spoken); float64(len(r.Unheard)) > most {
		t.Errorf("%d numbers in text are no fact, want at most %.0f: %q", len(r.Unheard), most, r.Unheard)
	}
	for _, sheet := range slices.Sorted(maps.Keys(r.Read)) {
		t.Logf("%5d facts of %s", r.Read[sheet], sheet)
	}
	for _, f := range r.Findings {
		t.Error(f)
	}
}

// A plant is a contradiction to put into a finished month: the cell found by sheet, row and
// heading, or by words outside tables, and what it says instead.
type plant struct {
	name                  string
	title, label, heading string // heading "": the label is words outside tables
	says                  string // instead; of words, instead of the label
	number                float64
	want                  string // begins a finding that was not there
}

// An amount of a project is told in 台账, lists and boards, a total in tables and sentences.
var plants = []plant{
	{"a unit's count in one sheet", "储备项目分责任单位", "交通运输局", "合计/个", "", 27, "同名不同数：储备 | 项目数 | 单位=交通运输局"},
	{"a unit's money in one sheet", "重点项目分责任单位", "水利局", "1—N月完成", "", 6202, "同名不同数：重点 | 累计完成投资 | 单位=水利局"},
	{"a class of the library", "储备项目总览", "乡村振兴", "项目", "", 134, "同名不同数：储备 | 项目数 | 领域=乡村振兴"},
	{"a project's money in the ledger", "重点项目台账", "天明镇枣林山洪灾害防治项目", "总投资", "", 4301, "同名不同数：重点 | 总投资 | 项目=天明镇枣林山洪灾害防治项目"},
	{"a project's light on a board", "省级重点项目", "天明镇枣林山洪灾害防治项目", "红黄绿灯/总评", "绿灯", 0, "同名不同数：重点 | 总评 | 项目=天明镇枣林山洪灾害防治项目"},
	{"a light that is not the worst", "省级重点项目", "天明镇枣林山洪灾害防治项目", "红黄绿灯/开工", "红灯", 0, "总评不是各灯中最差的：项目=天明镇枣林山洪灾害防治项目"},
	{"a class of 入统核对", "入统核对明细", "桔园镇团结再生资源利用项目", "核对结果", "仅发改，应入未入", 0, "入统的说法不一致：项目=桔园镇团结再生资源利用项目"},
	{"a word of 入统", "重点项目台账", "桔园镇团结再生资源利用项目", "入统", "应入未入", 0, "入统的说法不一致：项目=桔园镇团结再生资源利用项目"},
	{"whose project it is", "红黄绿榜", "三合镇陈沟再生资源利用项目", "责任单位", "水利局", 0, "同名不同数：重点 | 责任单位 | 项目=三合镇陈沟再生资源利用项目"},
	{"a part of a whole", "堵点难点销号", "林业局", "本月新增", "", 2, "分项之和不等于总数"},
	{"a change since last month", "项目推进主要指标", "5", "较上月", "", 10, "分项之和不等于总数"},
	{"a whole and what it was and came", "堵点难点销号", "林业局", "月末未结", "", 6, "数与数对不上：堵点 | 月末未结 | 单位=林业局"},
	{"an indicator", "项目推进主要指标", "入统项目数", "本月", "", 70, "同名不同数：入统 | 入统项目数"},
	{"a unit of counting", "项目推进主要指标", "对接企业数", "单位", "个", 0, "同名不同数：招商 | 对接企业"},
	{"a place", "2024年6月月评比", "水利局", "名次", "", 1, "名次与数值不符"},
	{"a score", "2024年6月月评比计分表", "水利局", "得分", "", 99, "同名不同数：月评比 | 投资进度/得分 | 单位=水利局"},
	{"what corrections make of a unit's money", "重点项目分责任单位", "交通运输局", "补报、更正", "", 1, "数与数对不上：重点 | 累计完成投资 | 单位=交通运输局"},
	{"projects of no leader", "县级领导包抓履职", "样例领导02", "包抓项目/项目月报", "", 3, "同名不同数：重点 | 项目数 | 领导=样例领导02"},
	{"a zero below zero", "市级重点项目", "天明镇陈沟柑橘果汁加工项目", "与时序差", "-0.0", 0, "不该出现的数"},
	{"a formula that failed", "市级重点项目", "天明镇陈沟柑橘果汁加工项目", "总投资", "#REF!", 0, "不该出现的数"},
	{"more than all there is", "签约项目", "龙头镇枣林柑橘果汁加工项目（签约）", "到位率", "111.0%", 0, "比率超过100%而没有说明"},
	{"a plan above the whole", "重点项目台账", "双溪镇高堰冷链物流枢纽", "年度计划", "", 5601, "年度计划大于总投资而没有说明"},
	{"what an order says of its items", "任务交办", "水利局", "合计", "", 4, "交办单与汇总不一致"},
	{"what is told missing and shown", "签约项目", "龙头镇枣林柑橘果汁加工项目（签约）", "说明", "合同总投资待核，暂缺", 0, "写明暂缺而有数"},
	{"a sentence", "月度通报", "谋划储备项目460个", "", "谋划储备项目461个", 0, "同名不同数：储备 | 项目数 |  |"},
	{"a sheet that is pointed to", "四个一批", "《月度变动》", "", "《变动情况》", 0, "所指的表不存在"},
	{"rows that add up", "核对底稿", "采用 851", "", "采用 852", 0, "分项之和不等于总数"},
	{"a number in a caption", "行动方案任务进展", "（10项）", "", "（11项）", 0, "写明的个数与行数不同"},
	{"an order's number", "任务交办明细", "水利局", "交办单编号", "2024年6月第33号", 0, "交办单与汇总不一致"},
	{"a unit's lead in what leaders read", "各单位重点项目进度", "水利局", "与时序差", "", -17.4, "同名不同数：重点 | 与时序差 | 单位=水利局"},
	{"an order's items of a kind", "任务交办汇总", "水利局", "滞后项目", "", 4, "同名不同数：重点 | 红黄灯 | 单位=水利局"},
	{"a figure of what leaders read", "2024年6月主要指标", "入统项目数", "本月", "", 70, "同名不同数：入统 | 入统项目数"},
	{"a month of the trend", "主要指标走势", "2024-05", "累计完成", "", 16.99, "同名不同数：重点 | 累计完成投资 |  | 2024-05"},
	{"a leader's lead", "6月领导包抓重点项目", "样例领导15", "与时序差", "", -40.8, "同名不同数：重点 | 与时序差 | 领导=样例领导15"},
	{"a return named late", "报表未报、退回、逾期情况", "财政局", "逾期报送", "行动方案任务进展表、谋划储备项目表", 0, "同名不同数：报送 | 逾期 | 单位=财政局"},
	{"units in a sentence", "月度通报", "滞后任务10项（8个单位）", "", "滞后任务10项（9个单位）", 0, "同名不同数：交办 | 滞后任务/单位数"},
	{"a unit in a list of a sentence", "月度通报", "住房和城乡建设局2个", "", "住房和城乡建设局3个", 0, "同名不同数：堵点 | 逾期 | 单位=住房和城乡建设局"},
}

// TestPlanted: each kind of contradiction, planted in a finished month, is found.
func TestPlanted(t *testing.T) {
	if testing.Short() {
		t.Skip("changes finished workbooks one by one: run without -short")
	}
	out, database := t.TempDir(), sqliteIn(t)
	monthOf(t, database, "2024-05", samplesDir, out)
	month := monthOf(t, database, "2024-06", samplesDir, out)
	known := map[consistency.Finding]bool{}
	for _, f := range consistency.Check(month).Findings {
		known[f] = true
	}
	for _, p := range plants {
		t.Run(p.name, func(t *testing.T) {
			changed, err := month.With(p.put(t, month, filepath.Join(out, "2024-06")))
			if err != nil {
				t.Fatal(err)
			}
			var found []consistency.Finding
			for _, f := range consistency.Check(changed).Findings {
				if !known[f] {
					found = append(found, f)
				}
			}
			if !slices.ContainsFunc(found, func(f consistency.Finding) bool { return strings.HasPrefix(f.String(), p.want) }) {
				t.Errorf("found %v, want one that begins with %s", found, p.want)
			}
		})
	}
}

// put writes a copy of the workbook that has the plant's cell, and gives its path.
func (p plant) put(t *testing.T, month *consistency.Folder, dir string) string {
	t.Helper()
	var at consistency.Place
	found, says := false, any(p.says)
	if p.heading == "" {
		var text consistency.Text
		text, found = month.Words(p.title, p.label)
		at, says = text.At, strings.ReplaceAll(text.Words, p.label, p.says)
	} else if at, found = month.Cell(p.title, p.label, p.heading); p.says == "" {
		says = p.number
	}
	if !found {
		t.Fatalf("no %s, %s in %s", p.label, p.heading, p.title)
	}
	book, err := excelize.OpenFile(filepath.Join(dir, at.File))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if err := book.SetCellFormula(at.Sheet, at.Cell, ""); err != nil {
		t.Fatal(err)
	}
	if err := book.SetCellValue(at.Sheet, at.Cell, says); err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(t.TempDir(), at.File)
	if err := book.SaveAs(copied); err != nil {
		t.Fatal(err)
	}
	return copied
}

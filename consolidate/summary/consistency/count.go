package consistency

import (
	"slices"
	"strings"
)

// A list is a table of single things: what it holds is counted and added up, by groups, and
// must give what other tables say.
type list struct {
	title            string // a word of the sheet's
	subject, measure string
	where            []says // only the rows that say all of these
	by               []dimension
	sums             []string // headings of money, added up too
}

// A says is a column with a word in it.
type says struct{ heading, word string }

// A dimension is a column that divides a list.
type dimension struct{ heading, name string }

var (
	byUnit   = dimension{"责任单位", "单位"}
	bySender = dimension{"单位", "单位"}
	byHost   = dimension{"主办单位", "单位"}
	byForm   = dimension{"报表", "报表"}
	byLeader = dimension{"包抓领导", "领导"}
)

var lists = []list{
	{"储备项目台账", "储备", "项目数", nil, []dimension{byUnit, {"批次", "批次"}, {"领域", "领域"}, {"成熟度", "成熟度"}}, []string{"总投资"}},
	{"重点项目台账", "重点", "项目数", nil, []dimension{byUnit, byLeader, {"类别", "组别"}}, []string{"总投资", "年度计划", "1—N月完成"}},
	{"重点项目台账", "重点", "红灯", []says{{"总评", "红灯"}}, []dimension{byUnit, byLeader}, nil},
	{"重点项目台账", "重点", "黄灯", []says{{"总评", "黄灯"}}, []dimension{byUnit, byLeader}, nil},
	{"重点项目台账", "重点", "绿灯", []says{{"总评", "绿灯"}}, []dimension{byLeader}, nil},
	{"重点项目台账", "重点", "已开工", []says{{"开工", "已开工"}}, []dimension{byUnit, {"类别", "组别"}}, nil},
	{"重点项目台账", "重点", "红灯/开工", []says{{"红黄绿灯/开工", "红灯"}}, nil, nil},
	{"重点项目台账", "重点", "红灯/进度", []says{{"红黄绿灯/进度", "红灯"}}, nil, nil},
	{"重点项目台账", "重点", "红灯/入统", []says{{"红黄绿灯/入统", "红灯"}}, nil, nil},
	{"重点项目台账", "重点", "黄灯/进度", []says{{"红黄绿灯/进度", "黄灯"}}, nil, nil},
	{"红黄绿榜", "重点", "红黄灯", nil, []dimension{byUnit}, nil},
	{"包抓重点项目明细", "重点", "项目数", nil, []dimension{byLeader}, []string{"年度计划", "1—N月完成"}},
	{"入统核对明细", "入统", "项目数", nil, []dimension{{"核对结果", "核对结果"}}, nil},
	{"堵点难点台账", "堵点", "月末未结", []says{{"结果", "未结"}}, []dimension{byHost}, nil},
	{"堵点难点台账", "堵点", "逾期", []says{{"逾期", "逾期"}}, []dimension{byHost}, nil},
	{"堵点难点台账", "堵点", "本月新增", []says{{"来源", "新增"}}, []dimension{byHost}, nil},
	{"堵点难点台账", "堵点", "上月结转", []says{{"来源", "结转"}}, []dimension{byHost}, nil},
	{"堵点难点台账", "堵点", "本月销号", []says{{"结果", "销号"}}, []dimension{byHost}, nil},
	{"调度督办明细", "督办", "次数", []says{{"计次", "计"}}, []dimension{{"类型", "类型"}}, nil},
	{"招商活动明细", "招商", "招商活动", []says{{"计次", "计"}}, nil, nil},
	{"任务台账", "任务", "已完成", []says{{"状态", "完成"}}, []dimension{{"方案", "方案"}}, nil},
	{"任务台账", "任务", "滞后", []says{{"状态", "滞后"}}, []dimension{{"方案", "方案"}}, nil},
	{"报送明细", "报送", "应报", []says{{"应报", "应报"}}, []dimension{bySender, byForm}, nil},
	{"报送明细", "报送", "收到", []says{{"收到", "收到"}}, []dimension{bySender, byForm}, nil},
	{"报送明细", "报送", "未报", []says{{"状态", "未报"}}, []dimension{bySender, byForm}, nil},
	{"报送明细", "报送", "整份退回", []says{{"状态", "整份退回"}}, []dimension{bySender, byForm}, nil},
	{"重点项目存在问题", "重点", "有问题的项目", nil, nil, nil},
	{"数据问题清单", "质量", "问题", nil, []dimension{bySender}, nil},
	{"数据问题清单", "质量", "强制", []says{{"程度", "强制"}}, []dimension{bySender}, nil},
	{"数据问题清单", "质量", "核实", []says{{"程度", "核实"}}, []dimension{bySender}, nil},
	{"包抓履职情况", "履职", "领导人数", []says{{"履职表", "已列"}}, nil, nil},
	{"签约项目", "签约", "项目数", nil, nil, []string{"合同总投资", "到位资金"}},
	{"项目推进领导参阅", "重点", "所列滞后项目", nil, []dimension{{"总评", "总评"}}, nil},
	{"任务交办汇总", "交办", "单位数", nil, nil, nil},
}

// An excess is how many rows of a table show more than so much under a heading.
type excess struct {
	title            string // a word of the sheet's
	heading          string
	over             float64
	subject, measure string
}

var excesses = []excess{
	{"任务交办汇总", "滞后项目", 0, "交办", "滞后项目/单位数"},
	{"任务交办汇总", "逾期堵点难点", 0, "交办", "逾期堵点难点/单位数"},
	{"任务交办汇总", "滞后任务", 0, "交办", "滞后任务/单位数"},
	{"任务交办汇总", "未报报表", 0, "交办", "未报报表/单位数"},
	{"任务交办汇总", "整份退回报表", 0, "交办", "整份退回报表/单位数"},
	{"任务交办汇总", "有退回行报表", 0, "交办", "有退回行报表/单位数"},
	{"入统核对明细", "入统比例", 100, "入统", "比例超过100%"},
}

// exceed counts the rows that show more.
func (r *reader) exceed(t *Table) {
	for _, e := range excesses {
		if t.at(e.heading) == 0 || !strings.Contains(r.Title, e.title) {
			continue
		}
		count := 0.
		for _, line := range t.parts() {
			if n, is := parseNumber(line.cells[t.at(e.heading)]); is && n.value > e.over {
				count++
			}
		}
		at := Place{r.File, r.Name, "逐行"}
		r.add(Fact{Subject: e.subject, Measure: e.measure, number: number{value: count, step: 1}, At: at})
	}
}

// Returns that 报送情况 names for each unit: how many there are is what 报送 says of it.
var returned = map[string]string{"未报": "未报", "退回未重报": "整份退回", "逾期报送": "逾期"}

// returns counts the returns that are named for a unit.
func (r *reader) returns(t *Table) {
	if !strings.Contains(r.Title, "报表未报、退回、逾期情况") {
		return
	}
	for heading, measure := range returned {
		for _, line := range t.parts() {
			n := 0
			if names := line.cells[t.at(heading)]; names != "" {
				n = len(strings.FieldsFunc(names, func(c rune) bool { return c == '、' || c == '\n' }))
			}
			at := Place{r.File, r.Name, "逐行"}
			r.add(Fact{Subject: "报送", Measure: measure, Group: "单位=" + t.cell(line, "单位"), number: number{value: float64(n), step: 1}, At: at})
		}
	}
}

// A sum is what a list gives for a measure and a group.
type sum struct{ measure, group string }

// count counts and adds up what the lists say of a table, which has more than one row.
func (r *reader) count(t *Table) {
	for _, l := range lists {
		if len(t.rows) < 2 || !strings.Contains(r.Title, l.title) || !l.fits(t) {
			continue
		}
		for s, amount := range l.tally(t) {
			at := Place{r.File, r.Name, "逐行"}
			r.add(Fact{Subject: l.subject, Measure: s.measure, Group: s.group, number: number{value: amount, step: 1}, At: at})
		}
	}
}

// fits reports whether the table has the columns of the list.
func (l list) fits(t *Table) bool {
	lacks := func(heading string) bool { _, has := t.column(heading); return !has }
	return !slices.ContainsFunc(l.where, func(s says) bool { return lacks(s.heading) }) &&
		!slices.ContainsFunc(l.by, func(d dimension) bool { return lacks(d.heading) })
}

// tally adds up, for all and for each group.
func (l list) tally(t *Table) map[sum]float64 {
	all := map[sum]float64{}
	for _, line := range t.parts() {
		if slices.ContainsFunc(l.where, func(s says) bool { return t.cell(line, s.heading) != s.word }) {
			continue
		}
		for measure, amount := range l.amounts(t, line) {
			all[sum{measure, ""}] += amount
			for _, d := range l.by {
				for _, name := range strings.Split(t.cell(line, d.heading), "、") {
					all[sum{measure, d.name + "=" + clean(name)}] += amount
				}
			}
		}
	}
	return all
}

// amounts are what a row adds: itself, and its money.
func (l list) amounts(t *Table, line row) map[string]float64 {
	all := map[string]float64{l.measure: 1}
	for _, h := range t.headings {
		if !slices.Contains(l.sums, h.plain) {
			continue
		}
		if n, is := parseNumber(line.cells[h.col]); is {
			_, measure := translate(l.subject, h.plain)
			all[measure] = n.value
		}
	}
	return all
}

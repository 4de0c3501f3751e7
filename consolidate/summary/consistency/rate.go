package consistency

import (
	"slices"
	"strings"
)

// A rate is a column that two others give, in each row and over all.
type rate struct{ heading, over, under string }

var rates = []rate{
	{"占年度计划", "1—N月完成", "年度计划"},
	{"资金落实率", "已落实资金", "总投资"},
	{"入统比例", "完成投资/入统口径", "完成投资/发改口径"},
	{"到位率", "到位资金", "合同总投资"},
	{"亩均/投资强度", "固定资产投资", "用地面积"},
	{"亩均/收入", "主营业务收入", "用地面积"},
	{"亩均/税收", "税收", "用地面积"},
	{"亩均/增加值", "工业增加值", "用地面积"},
	{"报送率", "收到", "应报"},
	{"按时报送率", "其中/按时", "应报"},
	{"开工率", "已开工", "项目数"},
}

// rates holds the rate of a table's 合计 against the rows of which both numbers are known: one
// that lacks the lower must not be in the upper, and the other way round.
func (r *Report) rates(t *Table) {
	whole, has := t.whole()
	if !has {
		return
	}
	for _, x := range rates {
		rate, over, under := t.at(x.heading), t.at(x.over), t.at(x.under)
		shown, is := parseNumber(whole.cells[rate])
		if rate == 0 || over == 0 || under == 0 || !is {
			continue
		}
		var above, below float64
		for _, line := range t.parts() {
			a, hasA := parseNumber(line.cells[over])
			b, hasB := parseNumber(line.cells[under])
			unknown := !hasA && strings.Contains(t.cell(line, "说明", "备注"), "暂缺")
			if hasB && !unknown {
				above, below = above+a.value, below+b.value
			}
		}
		if shown.unit == "%" {
			above *= 100
		}
		r.Sums++
		if got := above / below; below > 0 && !t.notes(overlapping) && max(got-shown.value, shown.value-got) > shown.step*1.01 {
			r.find("合计的比率混入了缺一方的行", "%v %s：显示%s，只按两数都有的行为%.2f", whole.at[rate], x.heading, whole.cells[rate], got)
		}
	}
}

// at is the column of a heading, in its plain words; 0: none.
func (t *Table) at(path string) int {
	i := slices.IndexFunc(t.headings, func(h heading) bool { return h.plain == path })
	if i < 0 {
		return 0
	}
	return t.headings[i].col
}

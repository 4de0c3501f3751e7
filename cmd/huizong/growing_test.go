package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A growing month is of as many rows as it is asked for, all of a kind that tempts to hold each row against
// each other one.
type growing struct {
	name      string
	tried     bool                 // by the test, not by the benchmark alone
	may       func(n int) []mailed // what stood before; nil: nothing
	june      func(n int) []mailed
	decisions func(rows []foundRow) []ledger.Decision // taken between the months, on the rows of May
	answers   func(rows []foundRow) []string          // that come with June, as writeReply takes them
}

// A mailed is a workbook as a unit sends it.
type mailed struct {
	unit   string
	form   *form.Form
	tables []sheetful // a sheet each
}

// A sheetful is a table: what its rows say as "column=text", with "?" before a heading that no form knows, and what stands above its header and below its rows.
type sheetful struct {
	above, below [][]any
	rows         [][]string
}

const (
	// surnames are characters of which two tell a row from all others.
	surnames = "安邦昌辰楚德鼎恩丰福刚耿冠广瀚浩和恒弘厚华淮惠吉嘉建锦京靖矩凯康坤朗乐黎礼良霖灵隆伦茂美铭牧宁鹏平普启谦钦庆荣瑞润森尚绍胜盛顺松泰棠腾通同万维文熙贤祥翔欣信兴轩雅延尧怡义英永裕源悦云展哲正志"
	// dull is a name of common words alone.
	dull = "物流园建设项目"
)

var growingCounty = county.Default()

// tableUnits are those that a month's rows are spread over.
var tableUnits = []string{"发展和改革局", "经济贸易局", "住房和城乡建设局", "交通运输局"}

// own is a word that belongs to the i-th row alone, of the first few thousand. Any two differ in two characters of
// three: however many rows there are, their names are no more alike.
func own(i int) string {
	all := []rune(surnames)
	first, second := i/len(all), i%len(all)
	return string([]rune{all[first%len(all)], all[second], all[(first+7*second)%len(all)]})
}

// idea is a row of the reserve.
func idea(unit, name, total string, more ...string) []string {
	return append([]string{"name=" + name, "field=工业", "stage=储备", "place=三合镇", "content=新建厂房", "total=" + total, "department=" + unit}, more...)
}

// works is a row of the key projects.
func works(unit, name, total string, more ...string) []string {
	return append([]string{"name=" + name, "level=市级", "class=续建", "field=工业", "place=三合镇", "content=新建厂房", "total=" + total, "year_plan=1000",
		"year_to_date=500", "department=" + unit}, more...)
}

// among spreads n rows over units, one workbook each.
func among(units []string, f *form.Form, n int, row func(unit string, i int) []string) []mailed {
	all := make([]mailed, len(units))
	for u, unit := range units {
		all[u] = mailed{unit, f, []sheetful{{}}}
	}
	for i := range n {
		u := i % len(units)
		all[u].tables[0].rows = append(all[u].tables[0].rows, row(units[u], i))
	}
	return all
}

// reserveOf spreads n rows of the reserve over four units.
func reserveOf(row func(unit string, i int) []string) func(n int) []mailed {
	return func(n int) []mailed { return among(tableUnits, form.Reserve.Name.Form, n, row) }
}

// inTwo spreads n rows over two units so that row 2i and row 2i+1 stand in both.
func inTwo(row func(unit string, pair, which int) []string) func(n int) []mailed {
	return func(n int) []mailed {
		return among(tableUnits[:2], form.Reserve.Name.Form, n, func(unit string, i int) []string { return row(unit, i/2, i%2) })
	}
}

// inOne gives all n rows of one unit.
func inOne(row func(unit string, i int) []string) func(n int) []mailed {
	return func(n int) []mailed { return among(tableUnits[:1], form.Reserve.Name.Form, n, row) }
}

func distinct(unit string, i int) []string {
	return idea(unit, own(i)+"食品加工厂建设项目", fmt.Sprint(1000+i), "owner="+own(i)+"食品有限公司")
}

// growings are the kinds of months of which no step may be taken for each pair of rows.
var growings = []growing{
	{name: "distinct names", june: reserveOf(distinct)},
	{name: "distinct names as the month before", may: reserveOf(distinct), june: reserveOf(distinct)},
	{name: "each name in two departments", tried: true, june: inTwo(func(unit string, pair, _ int) []string { return distinct(unit, pair) })},
	{name: "each name in two departments, all totals differ", tried: true, june: inTwo(func(unit string, pair, which int) []string {
		return idea(unit, own(pair)+"食品加工厂建设项目", fmt.Sprint(1000+pair*2+which*17), "owner="+own(pair)+"食品有限公司")
	})},
	{name: "one name, in two departments", june: inTwo(func(unit string, pair, _ int) []string { return idea(unit, dull, "1000") })},
	{name: "one name, each in two departments under another owner", june: inTwo(func(unit string, pair, _ int) []string {
		return idea(unit, dull, fmt.Sprint(1000+pair), "owner="+own(pair)+"有限公司")
	})},
	{name: "one name, other owners", tried: true, june: inOne(func(unit string, i int) []string { return idea(unit, dull, "1000", "owner="+own(i)+"有限公司") })},
	{name: "one name, other owners, totals and departments", june: reserveOf(func(unit string, i int) []string {
		return idea(unit, dull, fmt.Sprint(1000+i), "owner="+own(i)+"有限公司")
	})},
	{name: "one name and owner", tried: true, june: inOne(func(unit string, i int) []string {
		return idea(unit, dull, fmt.Sprint(1000+i), "owner=远大有限公司")
	})},
	{name: "one name and owner, in all departments", june: reserveOf(func(unit string, i int) []string { return idea(unit, dull, "1000", "owner=远大有限公司") })},
	{name: "one name, other places", june: reserveOf(func(unit string, i int) []string {
		return append(idea(unit, dull, "1000", "owner="+own(i)+"有限公司"), "place="+own(i)+"村")
	})},
	{name: "one code", june: reserveOf(func(unit string, i int) []string {
		return idea(unit, own(i)+"食品加工厂建设项目", fmt.Sprint(1000+i), "code=2401-610722-04-01-100012")
	})},
	{name: "one code and name", june: reserveOf(func(unit string, i int) []string {
		return idea(unit, dull, fmt.Sprint(1000+i), "owner="+own(i)+"有限公司", "code=2401-610722-04-01-100012")
	})},
	{name: "names one character apart", june: reserveOf(func(unit string, i int) []string {
		return idea(unit, "城北"+string([]rune(surnames)[i%90])+"达工业园"+string([]rune(surnames)[i/90])+"区标准厂房建设项目", fmt.Sprint(1000+i))
	})},
	{name: "stages of one project", june: reserveOf(func(unit string, i int) []string {
		return idea(unit, fmt.Sprintf("城北工业园标准厂房建设项目（%d期）", i+1), fmt.Sprint(1000+i))
	})},
	{name: "numbers of one project", june: reserveOf(func(unit string, i int) []string {
		return idea(unit, fmt.Sprintf("城北工业园%d号标准厂房建设项目", i+1), "1000", "owner=远大有限公司")
	})},
	{name: "one owner", tried: true, june: reserveOf(func(unit string, i int) []string {
		return idea(unit, own(i)+"食品加工厂建设项目", fmt.Sprint(1000+i), "owner=远大有限公司")
	})},
	{name: "one owner and total", june: reserveOf(func(unit string, i int) []string {
		return idea(unit, own(i)+"食品加工厂建设项目", "1000", "owner=远大有限公司")
	})},
	{name: "villages of one town", june: reserveOf(func(unit string, i int) []string {
		return append(idea(unit, "三合镇"+own(i)+"村道路硬化项目", "1000", "owner=三合镇"), "place=三合镇"+own(i)+"村")
	})},
	{name: "the same projects in forty departments", june: func(n int) []mailed {
		var units []string
		for _, unit := range growingCounty.Units[:40] {
			units = append(units, unit.Name)
		}
		return among(units, form.Reserve.Name.Form, n, func(unit string, i int) []string { return distinct(unit, i/40) })
	}},
	{name: "all renamed", may: reserveOf(distinct), june: reserveOf(func(unit string, i int) []string {
		return idea(unit, own(i)+"食品精深加工厂改扩建项目", fmt.Sprint(1000+i), "owner="+own(i)+"食品有限公司")
	})},
	{name: "all gone, others in their place", may: reserveOf(distinct), june: reserveOf(func(unit string, i int) []string {
		return idea(unit, "新建"+own(i+5000)+"物流中心", fmt.Sprint(9000+3*i), "owner="+own(i+5000)+"物流有限公司")
	})},
	{name: "all split", may: func(n int) []mailed {
		return reserveOf(func(unit string, i int) []string {
			return idea(unit, own(i)+"河综合治理工程", fmt.Sprint(2000+2*i))
		})(n / 2)
	}, june: func(n int) []mailed {
		return among(tableUnits, form.Reserve.Name.Form, n, func(unit string, i int) []string {
			number := i/8*4 + i%4
			return idea(unit, own(number)+"河综合治理工程（"+[]string{"一", "二"}[i/4%2]+"期）", fmt.Sprint(1000+number))
		})
	}},
	{name: "all merged", may: func(n int) []mailed {
		return among(tableUnits, form.Reserve.Name.Form, n, func(unit string, i int) []string {
			number := i/8*4 + i%4
			return idea(unit, own(number)+"河"+[]string{"文川", "柳林"}[i/4%2]+"段治理工程", fmt.Sprint(1000+number))
		})
	}, june: func(n int) []mailed {
		return reserveOf(func(unit string, i int) []string {
			return idea(unit, own(i)+"河综合治理工程", fmt.Sprint(2000+2*i))
		})(n / 2)
	}},
	{name: "many findings in each row", tried: true, june: reserveOf(func(unit string, i int) []string {
		return []string{"name=" + own(i) + "食品加工厂建设项目", "code=2401-610722-04-01-10001" + fmt.Sprint(i%10), "field=无此领域", "stage=不明", "total=约40", "central=若干",
			"bonds=几百", "start=明年", "department=无此单位", "leader=张三丰", "is_package=也许", "package=" + own(i+9) + "包", "land_area=一大片", "secured=不少"}
	})},
	{name: "parts of one package", june: reserveOf(func(unit string, i int) []string {
		if i == 0 {
			return idea(unit, "路网打包项目", "100000", "is_package=是")
		}
		return idea(unit, own(i)+"路改造项目", fmt.Sprint(1000+i), "package=路网打包项目")
	})},
	{name: "identical rows", june: inOne(func(unit string, i int) []string { return idea(unit, dull, "1000") })},
	{name: "no names", june: inOne(func(unit string, i int) []string { return idea(unit, "", fmt.Sprint(1000+i)) })},
	{name: "all leave", may: reserveOf(distinct), june: reserveOf(func(unit string, i int) []string { return append(distinct(unit, i), "leaving=取消") })},
	{name: "key projects", may: keyProjects, june: keyProjects},
	{name: "key projects of one name", june: func(n int) []mailed {
		return among(tableUnits, form.Progress.Name.Form, n, func(unit string, i int) []string {
			return works(unit, dull, fmt.Sprint(1000+i), "owner="+own(i)+"有限公司")
		})
	}},
	{name: "reserve and key projects alike", june: func(n int) []mailed {
		return slices.Concat(reserveOf(func(unit string, i int) []string {
			return idea(unit, own(i)+"食品加工厂建设项目", fmt.Sprint(1000+i))
		})(n/2),
			among(tableUnits, form.Progress.Name.Form, n/2, func(unit string, i int) []string {
				return works(unit, own(i)+"食品精深加工厂项目", fmt.Sprint(1000+i))
			}))
	}},
	{name: "reserve and key projects of one name", june: func(n int) []mailed {
		return slices.Concat(reserveOf(func(unit string, i int) []string {
			return idea(unit, dull, fmt.Sprint(1000+i), "owner="+own(i)+"有限公司")
		})(n/2),
			among(tableUnits, form.Progress.Name.Form, n/2, func(unit string, i int) []string {
				return works(unit, dull, fmt.Sprint(2000+3*i), "owner="+own(i+n)+"有限公司")
			}))
	}},
	{name: "subtotals", june: func(n int) []mailed {
		return altered(inOne(distinct)(n/3), func(t *sheetful) {
			var rows [][]string
			for i, row := range t.rows {
				rows = append(rows, []string{"name=" + own(i) + "片区"}, row, []string{"name=小计", row[5]})
			}
			t.rows = rows
		})
	}},
	{name: "lines above the header", tried: true, june: func(n int) []mailed {
		return altered(inOne(distinct)(10), func(t *sheetful) {
			for i := range n {
				t.above = append(t.above, []any{own(i) + "说明", "项目" + own(i)})
			}
		})
	}},
	{name: "notes below the rows", june: func(n int) []mailed {
		return altered(inOne(distinct)(10), func(t *sheetful) {
			for i := range n {
				t.below = append(t.below, []any{"注：" + own(i) + "项目说明，数据截至6月底，投资单位万元"})
			}
		})
	}},
	{name: "columns that nobody knows", tried: true, june: func(n int) []mailed {
		return altered(inOne(distinct)(10), func(t *sheetful) {
			for row := range t.rows {
				for i := range n {
					t.rows[row] = append(t.rows[row], "?"+own(i)+"情况=有")
				}
			}
		})
	}},
	{name: "sheets of one form", june: func(n int) []mailed {
		one := inOne(distinct)(n)[0]
		var tables []sheetful
		for rows := range slices.Chunk(one.tables[0].rows, 10) {
			tables = append(tables, sheetful{rows: rows})
		}
		one.tables = tables
		return []mailed{one}
	}},
	{name: "versions of one return", june: func(n int) []mailed {
		var all []mailed
		for version := range n / 20 {
			all = append(all, among(tableUnits[:1], form.Reserve.Name.Form, 20, func(unit string, i int) []string {
				return idea(unit, own(i+version)+"食品加工厂建设项目", fmt.Sprint(1000+version))
			})...)
		}
		return all
	}},
	{name: "files of other months", june: func(n int) []mailed {
		var all []mailed
		for i := range n / 10 {
			all = append(all, altered(inOne(distinct)(1), func(t *sheetful) {
				t.above = [][]any{{fmt.Sprintf("城固县谋划储备项目表（2023年%d月）", 1+i%12)}, {own(i)}}
			})...)
		}
		return all
	}},
	{name: "decisions that two are one", may: reserveOf(distinct), june: reserveOf(distinct), decisions: func(rows []foundRow) []ledger.Decision {
		return decided(rows, func(i int) (int, int, ledger.Verdict) { return i / 2 * 2, i/2*2 + 1, ledger.Same })
	}},
	{name: "decisions that chain all", may: reserveOf(distinct), june: reserveOf(distinct), decisions: func(rows []foundRow) []ledger.Decision {
		return decided(rows, func(i int) (int, int, ledger.Verdict) { return i, i + 1, ledger.Same })
	}},
	{name: "decisions that contradict one another", may: reserveOf(distinct), june: reserveOf(distinct), decisions: func(rows []foundRow) []ledger.Decision {
		return decided(rows, func(i int) (int, int, ledger.Verdict) {
			at := i / 3 * 3
			return at + []int{0, 1, 0}[i%3], at + []int{1, 2, 2}[i%3], []ledger.Verdict{ledger.Same, ledger.Same, ledger.Different}[i%3]
		})
	}},
	{name: "decisions against one chain", may: reserveOf(distinct), june: reserveOf(distinct), decisions: func(rows []foundRow) []ledger.Decision {
		return decided(rows, func(i int) (int, int, ledger.Verdict) {
			if i%2 == 0 {
				return i / 2, i/2 + 1, ledger.Same
			}
			return 0, i/2 + 2, ledger.Different
		})
	}},
	{name: "decisions that parts are parts of their parts", may: reserveOf(distinct), june: reserveOf(distinct), decisions: func(rows []foundRow) []ledger.Decision {
		return decided(rows, func(i int) (int, int, ledger.Verdict) { return i, (i + 1) % (len(rows) - 1), ledger.Part })
	}},
	{name: "decisions on one pair", may: inOne(distinct), june: inOne(distinct), decisions: func(rows []foundRow) []ledger.Decision {
		return decided(rows, func(i int) (int, int, ledger.Verdict) {
			return 0, 1, []ledger.Verdict{ledger.Same, ledger.Different}[i%2]
		})
	}},
	{name: "decisions on one row", may: inOne(distinct), june: inOne(distinct), decisions: func(rows []foundRow) []ledger.Decision {
		return decided(rows, func(i int) (int, int, ledger.Verdict) {
			return 0, i + 1, []ledger.Verdict{ledger.Same, ledger.Different}[i%2]
		})
	}},
	{name: "answers", may: reserveOf(distinct), june: reserveOf(distinct), answers: func(rows []foundRow) []string {
		return answered(rows, func(i int) (int, int, string) { return i / 2 * 2, i/2*2 + 1, "同一" })
	}},
	{name: "answers that contradict one another", may: reserveOf(distinct), june: reserveOf(distinct), answers: func(rows []foundRow) []string {
		return answered(rows, func(i int) (int, int, string) {
			at := i / 3 * 3
			return at + []int{0, 1, 0}[i%3], at + []int{1, 2, 2}[i%3], []string{"同一", "同一", "不同"}[i%3]
		})
	}},
	{name: "answers on one pair", may: reserveOf(distinct), june: reserveOf(distinct), answers: func(rows []foundRow) []string {
		return answered(rows, func(i int) (int, int, string) { return 0, 1, []string{"同一", "不同"}[i%2] })
	}},
}

func keyProjects(n int) []mailed {
	return among(tableUnits, form.Progress.Name.Form, n, func(unit string, i int) []string {
		return works(unit, own(i)+"食品加工厂建设项目", fmt.Sprint(1000+i), "owner="+own(i)+"食品有限公司")
	})
}

// altered changes each table of workbooks.
func altered(all []mailed, change func(t *sheetful)) []mailed {
	for i := range all {
		for j := range all[i].tables {
			change(&all[i].tables[j])
		}
	}
	return all
}

// decided are as many decisions as there are rows, less one, each on two of them.
func decided(rows []foundRow, on func(i int) (a, b int, verdict ledger.Verdict)) []ledger.Decision {
	all := make([]ledger.Decision, len(rows)-1)
	for i := range all {
		a, b, verdict := on(i)
		all[i] = ledger.Decision{Verdict: verdict, Who: "张三", Why: fmt.Sprintf("已核对%d", i),
			A: ledger.Party{Key: rows[a].Key, Department: rows[a].Unit, Name: rows[a].Name},
			B: ledger.Party{Key: rows[b].Key, Department: rows[b].Unit, Name: rows[b].Name}}
	}
	return all
}

// answered are as many lines of a reply.
func answered(rows []foundRow, on func(i int) (a, b int, answer string)) []string {
	all := make([]string, len(rows)-1)
	for i := range all {
		a, b, answer := on(i)
		all[i] = rows[a].Key + "-" + rows[b].Key + "=" + answer
	}
	return all
}

// mail writes workbooks into a folder.
func mail(t testing.TB, dir string, period ledger.Period, all []mailed) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o750); err != nil {
		t.Fatal(err)
	}
	for i, m := range all {
		f := excelize.NewFile()
		for n, table := range m.tables {
			sheet := fmt.Sprint("第", n+1, "表")
			if n == 0 {
				must(t, f.SetSheetName("Sheet1", sheet))
			} else if _, err := f.NewSheet(sheet); err != nil {
				t.Fatal(err)
			}
			table.write(t, f, sheet, m, period)
		}
		must(t, f.SaveAs(filepath.Join(dir, fmt.Sprintf("%s%d月%s%d.xlsx", m.unit, period.Month, m.form.Title, i))))
		must(t, f.Close())
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (b sheetful) write(t testing.TB, f *excelize.File, sheet string, m mailed, period ledger.Period) {
	t.Helper()
	w, err := f.NewStreamWriter(sheet)
	must(t, err)
	number := 0
	line := func(cells []any) {
		number++
		must(t, w.SetRow(fmt.Sprint("A", number), cells))
	}
	line([]any{fmt.Sprintf("城固县%s（%d年%d月）", m.form.Title, period.Year, period.Month)})
	line([]any{"填报单位：" + m.unit, "单位：万元", fmt.Sprintf("填报日期：%d年%d月20日", period.Year, period.Month)})
	for _, cells := range b.above {
		line(cells)
	}
	columns := map[string]int{}
	var header []any
	for _, row := range b.rows {
		for _, word := range row {
			id, _, _ := strings.Cut(word, "=")
			if _, known := columns[id]; known {
				continue
			}
			columns[id] = len(header)
			if unknown, is := strings.CutPrefix(id, "?"); is {
				header = append(header, unknown)
			} else {
				header = append(header, m.form.Column(id).Name)
			}
		}
	}
	line(header)
	for _, row := range b.rows {
		cells := make([]any, len(header))
		for _, word := range row {
			id, text, _ := strings.Cut(word, "=")
			if text != "" {
				cells[columns[id]] = text
			}
		}
		line(cells)
	}
	for _, cells := range b.below {
		line(cells)
	}
	must(t, w.Flush())
}

// reply writes a workbook of ours with answers, as it comes back.
func reply(t testing.TB, path string, answers []string) {
	t.Helper()
	f := excelize.NewFile()
	must(t, f.SetSheetName("Sheet1", ledger.ReplySheet))
	w, err := f.NewStreamWriter(ledger.ReplySheet)
	must(t, err)
	must(t, w.SetRow("A1", []any{"数据截至 2024-06-30", "", ledger.ReplyFiller + "：张三"}))
	must(t, w.SetRow("A2", []any{"序号", ledger.ReplyNameA, ledger.ReplyNameB, ledger.ReplyVerdict, ledger.ReplyWhy, ledger.ReplyKey}))
	for i, line := range answers {
		key, answer, _ := strings.Cut(line, "=")
		must(t, w.SetRow(fmt.Sprint("A", i+3), []any{i + 1, "甲项目", "乙项目", answer, "已核对", key}))
	}
	must(t, w.Flush())
	must(t, f.SaveAs(path))
	must(t, f.Close())
}

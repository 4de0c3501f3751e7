package workbook_test

import (
	"database/sql"
	"fmt"
	"testing"
	"time"

	. "huizong/consolidate/summary/workbook"
)

// project is a row of the demonstration's ledger, amounts in 分.
type project struct {
	code, name, unit, field, batch string
	total                          int64
	plan, done, month              sql.Null[int64]
	started, problem               string
	light                          Light
}

type group struct{ name string }

var units = []string{"县发改局", "县交通局", "县水利局", "县住建局", "县工信局", "县农业农村局", "县文旅局", "博望街道办", "三合循环产业园区"}

var lights = []Light{Green, Yellow, Red, Unlit}

// projects invents n projects, always the same.
func projects(n int) []project {
	fields := []string{"基础设施", "产业发展", "生态环保", "民生保障"}
	batches := []string{"谋划", "储备", "开工", "建成"}
	all := make([]project, n)
	for i := range all {
		plan := int64(i%97+1) * 12_345_678
		p := project{
			code: fmt.Sprintf("2404-610722-04-01-%06d", 100000+i*37), name: fmt.Sprintf("城固县第%d号重点项目", i+1),
			unit: units[i*7%len(units)], field: fields[i%4], batch: batches[i/3%4],
			total: plan*5 + int64(i), plan: sql.Null[int64]{V: plan, Valid: i%11 != 0},
			done:  sql.Null[int64]{V: plan * int64(i%13) / 10, Valid: i%11 != 0},
			month: sql.Null[int64]{V: plan / 9, Valid: i%5 != 0}, started: fmt.Sprintf("2024-%02d", i%6+1), light: lights[i%4],
		}
		if i%17 == 0 {
			p.name += "（含配套管网、变配电及附属工程，一期）"
			p.problem = "用地手续尚未办结，需县自然资源局于7月底前完成组卷上报；施工便道与汉江堤防交叉，方案待市级审查"
		}
		all[i] = p
	}
	return all
}

var (
	spent  = Own("2024年投资/1-6月完成")
	rate   = Quotient(spent, Own("2024年投资/年度计划"))
	behind = PointsBetween(Own("2024年投资/占年度计划"), Number(0.5))
)

func text(of func(project) string) func(project) Cell {
	return func(p project) Cell { return Text(of(p)) }
}

var ledger = Table[project]{
	Title: "城固县2024年重点项目台账", Left: "数据截至2024年6月30日", Right: "单位：万元",
	Total: "合计", Ledger: true, Frozen: 3,
	Columns: []Column[project]{
		{"序号", 5, Ordinal, nil},
		{"项目代码", 24, Label, text(func(p project) string { return p.code })},
		{"项目名称", 24, Prose, func(p project) Cell { return Text(p.name).Note("县交通局6月进展.xlsx 重点项目!B7") }},
		{"责任单位", 14, Label, text(func(p project) string { return p.unit })},
		{"领域", 9, Label, text(func(p project) string { return p.field })},
		{"批次", 6, Label, text(func(p project) string { return p.batch })},
		{"总投资", 12, Wan, func(p project) Cell { return Money(p.total) }},
		{"2024年投资/年度计划", 11, Wan, func(p project) Cell { return Maybe(p.plan, Money) }},
		{"2024年投资/1-6月完成", 11, Wan, func(p project) Cell { return Maybe(p.done, Money) }},
		{"2024年投资/6月完成", 10, Wan, func(p project) Cell { return Maybe(p.month, Money) }},
		{"2024年投资/占年度计划", 8, Percent, func(project) Cell { return rate }},
		{"与时序差（百分点）", 8, Points, func(project) Cell { return behind }},
		{"计划开工", 8, Label, text(func(p project) string { return p.started })},
		{"实际开工", 8, Label, text(func(p project) string { return p.started })},
		{"红黄绿灯/开工", 5, Label, func(p project) Cell { return Lamp(p.light) }},
		{"红黄绿灯/进度", 5, Label, func(p project) Cell { return Lamp(p.light) }},
		{"红黄绿灯/入统", 5, Label, func(p project) Cell { return Lamp(Unlit) }},
		{"红黄绿灯/总评", 5, Label, func(p project) Cell { return Lamp(p.light) }},
		{"存在问题", 26, Prose, text(func(p project) string { return p.problem })},
		{"包抓领导", 8, Label, text(func(project) string { return "某某某" })},
		{"级别/省级", 5, Label, text(func(project) string { return "√" })},
		{"级别/市级", 5, Label, text(func(project) string { return "" })},
		{"较上月", 10, Wan, func(p project) Cell { return Minus(spent, Maybe(p.month, Money[int64])) }},
		{"办理情况", 8, Label, text(func(project) string { return "" })},
		{"备注", 8, Prose, text(func(project) string { return "" })},
	},
	Totals: map[string]Cell{
		"项目名称":          CountA(Rows("项目名称")).As(Whole.Suffix("个项目").Align(Centre)),
		"2024年投资/占年度计划": rate, "与时序差（百分点）": behind,
	},
	Notes: []string{"注：“占年度计划”按原始金额计算，分母为年度计划投资；空白表示责任单位尚未报送，不等于零。"},
}

func groups(d *Drawn) Table[group] {
	mine := Is(d.Column("责任单位"), Own("责任单位"))
	return Table[group]{
		Title: "重点项目分责任单位汇总", Left: "数据截至2024年6月30日", Right: "单位：亿元", Total: "合计", Ledger: true,
		Columns: []Column[group]{
			{"位次", 7, Ordinal, func(group) Cell { return Rank(Rows("占年度计划")) }},
			{"责任单位", 22, Label, func(g group) Cell { return Text(g.name) }},
			{"项目数（个）", 10, Whole, func(group) Cell { return CountIf(mine) }},
			{"其中：红灯", 10, Whole, func(group) Cell { return CountIf(mine, Is(d.Column("红黄绿灯/总评"), Text(string(Red)))) }},
			{"总投资", 13, Yi, func(group) Cell { return SumIf(d.Column("总投资"), mine) }},
			{"2024年投资/计划", 13, Yi, func(group) Cell { return SumIf(d.Column("2024年投资/年度计划"), mine) }},
			{"2024年投资/完成", 13, Yi, func(group) Cell { return SumIf(d.Column("2024年投资/1-6月完成"), mine) }},
			{"占年度计划", 11, Percent, func(group) Cell { return Quotient(Own("2024年投资/完成"), Own("2024年投资/计划")) }},
			{"超百万项目完成", 13, Yi, func(group) Cell {
				return SumIf(d.Column("2024年投资/1-6月完成"), mine, Over(d.Column("2024年投资/1-6月完成"), 100))
			}},
		},
		Totals: map[string]Cell{"占年度计划": Quotient(Own("2024年投资/完成"), Own("2024年投资/计划")), "位次": Text("合计"),
			"责任单位": CountA(Rows("责任单位")).As(Whole.Suffix("个单位").Align(Centre))},
		Notes: []string{"注：按占年度计划由高到低排名，并列时名次相同、其后空出。"},
	}
}

// demo is a workbook with everything that there is.
func demo() *Book {
	book := New(Properties{
		Title: "城固县重点项目进展汇总（2024年6月）", Author: "城固县发展和改革局",
		Date: time.Date(2024, 6, 30, 0, 0, 0, 0, time.UTC), Foot: "数据截至 2024-06-30",
	}, DefaultFonts)
	cover, overview := book.Sheet("封面与编制说明", A4Portrait), book.Sheet("总览", A4Landscape.OnOnePage())
	byUnit, whole := book.Sheet("分责任单位", A4Landscape), book.Sheet("项目台账", A3Landscape)
	orders := book.Sheet("任务交办单", A4Portrait)

	data := projects(460)
	all := ledger.Draw(whole.Top(), data)
	all.Column("办理情况").Choices("已办结", "办理中", "未启动")
	all.Column("与时序差（百分点）").When("<", Number(-30), Style{}.Ink("9C0006").Bold())
	var named []group
	for _, u := range units {
		named = append(named, group{u})
	}
	sums := groups(all).Draw(byUnit.Top(), named)
	sums.Column("占年度计划").DataBars()

	drawCover(cover, all)
	drawOverview(overview, all, sums)
	drawOrders(orders, data)
	return book
}

func drawCover(s *Sheet, all *Drawn) {
	page := s.Flow(12, 6.5)
	page.Gap(90)
	page.Write(Text("城固县重点项目进展汇总"), CoverTitle)
	page.Write(Text("（2024年6月）"), Subheading.Size(18).Align(Centre))
	page.Gap(60)
	page.Pairs(1, 3,
		Pair{Label: "编制单位", Value: Text("城固县发展和改革局")},
		Pair{Label: "数据截止", Value: Text("2024年6月30日")},
		Pair{"项目总数", Same(all.Total("项目名称")), Whole.Suffix(" 个").Size(12).Align(Left).Indent(1)},
		Pair{Label: "未报送单位", Value: Text("无")},
		Pair{Label: "项目台账", Value: Text("打开《项目台账》").Link(all.Area().First()).As(Prose.Size(12).Indent(1).Ink("1F4E9E"))},
	)
	page.Gap(40)
	page.Write(Text("编制说明"), Heading.Size(14))
	page.Write(Text("一、本册由各责任单位6月报送数据汇总而成，金额以元为最小单位核对，分项之和与合计完全一致。\n二、“空白”表示尚未报送，不作零处理；“沿用”表示本月未报、取上月已确认数。\n三、时序进度按全年12个月平均计算，6月末为50%。"), Passage)
}

func drawOverview(s *Sheet, all, sums *Drawn) {
	page := s.Flow(24, 5)
	page.Write(Text("城固县重点项目建设总览（2024年1—6月）"), Title)
	done, plan := all.Total("2024年投资/1-6月完成"), all.Total("2024年投资/年度计划")
	page.Write(Sentence("1—6月，全县", all.Total("项目名称"), "累计完成投资", As(done, Yi.Suffix("亿元")), "，占年度计划", As(plan, Yi.Suffix("亿元")),
		"的", all.Total("2024年投资/占年度计划"), "，与时序进度相差", all.Total("与时序差（百分点）"), "个百分点。"), Bulletin)
	page.Gap(6)
	page.Tiles(
		Tile{"项目总数", Same(all.Total("项目名称")), Whole.Suffix("个"), Text("省级4个 · 市级48个")},
		Tile{"总投资", Same(all.Total("总投资")), Yi.Suffix("亿元"), Text("全部项目")},
		Tile{"1—6月完成投资", Same(done), Yi.Suffix("亿元"), Sentence("6月完成", As(all.Total("2024年投资/6月完成"), Yi), "亿元")},
		Tile{"占年度计划", Same(all.Total("2024年投资/占年度计划")), Percent, Sentence("年度计划", As(plan, Yi), "亿元")},
		Tile{"红灯项目", CountIf(Is(all.Column("红黄绿灯/总评"), Text(string(Red)))), Whole.Suffix("个"), Text("总评为红灯")},
		Tile{"进度差", Same(all.Total("与时序差（百分点）")), Points, Text("百分点，对时序进度50%")},
	)
	page.Gap(8)
	lampTable := Table[Light]{
		Caption: "红黄绿灯",
		Columns: []Column[Light]{
			{"总评", 10, Label, func(l Light) Cell { return Lamp(l) }},
			{"项目数（个）", 15, Whole, func(l Light) Cell { return CountIf(Is(all.Column("红黄绿灯/总评"), Own("总评"))) }},
		},
	}.Draw(page.Here(), lights)
	fieldTable := Table[string]{
		Caption: "分领域（亿元）", Total: "合计",
		Columns: []Column[string]{
			{"领域", 20, Label, Text},
			{"计划", 20, Yi, func(f string) Cell {
				return SumIf(all.Column("2024年投资/年度计划"), Is(all.Column("领域"), Own("领域")))
			}},
			{"完成", 20, Yi, func(f string) Cell {
				return SumIf(all.Column("2024年投资/1-6月完成"), Is(all.Column("领域"), Own("领域")))
			}},
			{"完成率", 20, Percent, func(string) Cell { return Quotient(Own("完成"), Own("计划")) }},
		},
		Totals: map[string]Cell{"完成率": Quotient(Own("完成"), Own("计划"))},
	}.Draw(lampTable.Area().Beside().Right(1), []string{"基础设施", "产业发展", "生态环保", "民生保障"})
	page.Past(lampTable, fieldTable)
	page.Gap(8)
	page.Charts(14,
		Chart{Columns, "各领域年度计划与完成（亿元）", fieldTable.Column("领域"), []Series{fieldTable.Series("计划"), fieldTable.Series("完成")}, true, nil},
		Chart{Bars, "各责任单位占年度计划", sums.Column("责任单位"), []Series{sums.Series("占年度计划")}, true, nil},
		Chart{Doughnut, "总评构成", lampTable.Column("总评"), []Series{lampTable.Series("项目数（个）")}, true, nil},
	)
}

func drawOrders(s *Sheet, data []project) {
	page := s.Flow(12, 7)
	for i, u := range units[:3] {
		if i > 0 {
			page.NewPage()
		}
		page.Write(Text("任务交办单"), Title)
		page.Pairs(0, 3, Pair{Label: "责任单位", Value: Text(u)}, Pair{Label: "办结时限", Value: Text("2024年7月20日")})
		page.Gap(10)
		page.Past(Table[project]{
			Caption: "进度滞后项目", Right: "单位：万元",
			Columns: []Column[project]{
				{"序号", 7, Ordinal, nil},
				{"项目名称", 28, Prose, text(func(p project) string { return p.name })},
				{"年度计划", 21, Wan, func(p project) Cell { return Maybe(p.plan, Money) }},
				{"存在问题", 28, Prose, text(func(p project) string { return p.problem })},
			},
			Notes: []string{"请于时限前书面反馈办理情况。"},
		}.Draw(page.Here(), data[i*17:i*17+5*(1-i%2)]))
	}
}

func bytesOf(t *testing.T, b *Book) []byte {
	t.Helper()
	data, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

package bulletin

import (
	"slices"

	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
)

// computedGrade is the grade that the tax per 亩 gives by the county's thresholds; blank where
// the tax or the land is not known.
func (b *bulletin) computedGrade(p *page.Project) string {
	if _, known := form.Evaluate(form.TaxPerMu, b.Register.Env(p.Project)); !known {
		return ""
	}
	for _, grade := range []struct{ setting, word string }{{"a", "A"}, {"b", "B"}, {"c", "C"}} {
		if b.Holds(form.AtLeast(form.TaxPerMu, form.Setting("landyield."+grade.setting, form.AmountType)), p) {
			return grade.word
		}
	}
	return "D"
}

// gradesAgree is 一致 or 不一致 where both grades are known.
func (b *bulletin) gradesAgree(p *page.Project) string {
	switch declared, computed := form.LandYield.Grade.Of(p.Record()), b.computedGrade(p); {
	case declared == "" || computed == "":
		return ""
	case declared == computed:
		return "一致"
	}
	return "不一致"
}

// drawLand draws 亩均效益: what each enterprise makes of its land, the highest tax per 亩 first.
func (b *bulletin) drawLand(s *workbook.Sheet) ties {
	f := &form.LandYield
	if b.nothing(f.Name.Form, s) {
		return nil
	}
	const land = "用地面积（亩）"
	perMu := func(of string) func(*page.Project) workbook.Cell {
		return func(*page.Project) workbook.Cell { return workbook.Quotient(workbook.Own(of), workbook.Own(land)) }
	}
	totals := map[string]workbook.Cell{
		"企业（园区）": b.TiedCount(workbook.CountA(workbook.Rows("企业（园区）")), "landyield.rows").As(workbook.Whole.Suffix("家").Align(workbook.Centre)),
		land:     b.added(page.Stated(land), "landyield.land", f.Land).As(workbook.Score),
		"税收":     b.TiedMoney(page.Stated("税收"), "landyield.tax_fen"),
		"主营业务收入": b.TiedMoney(page.Stated("主营业务收入"), "landyield.revenue_fen"),
		"等级/核对":  workbook.CountIf(workbook.Is(workbook.Rows("等级/核对"), workbook.Text("不一致"))).As(workbook.Whole.Suffix("家不一致").Align(workbook.Centre)),
	}
	columns := []workbook.Column[*page.Project]{
		{"序号", 5, workbook.Ordinal, nil},
		{"企业（园区）", 28, workbook.Prose, page.NameOf},
		{land, 10, workbook.Score, page.Quantity(f.Land)},
		{"固定资产投资", 13, workbook.Wan, page.Amount(f.Fixed)},
		{"主营业务收入", 13, workbook.Wan, page.Amount(f.Revenue)},
		{"税收", 12, workbook.Wan, page.Amount(f.Tax)},
		{"工业增加值", 13, workbook.Wan, page.Amount(f.AddedValue)},
		{"能耗（吨标煤）", 11, workbook.Score, page.Quantity(f.Energy)},
		{"研发投入", 11, workbook.Wan, page.Amount(f.Research)},
	}
	for _, y := range [][2]string{{"亩均（万元/亩）/投资强度", "固定资产投资"}, {"亩均（万元/亩）/收入", "主营业务收入"}, {"亩均（万元/亩）/税收", "税收"}, {"亩均（万元/亩）/增加值", "工业增加值"}} {
		style := workbook.Wan
		columns = append(columns, workbook.Column[*page.Project]{y[0], 10, style, perMu(y[1])})
		totals[y[0]] = overStated(y[1], land)
		if _, given := totals[y[1]]; !given {
			totals[y[1]] = page.Stated(y[1])
		}
	}
	totals["能耗（吨标煤）"], totals["研发投入"] = page.Stated("能耗（吨标煤）").As(workbook.Score), page.Stated("研发投入")
	columns = append(columns, []workbook.Column[*page.Project]{
		{"亩均税收\n名次", 8, workbook.Ordinal, func(*page.Project) workbook.Cell {
			return workbook.Rank(workbook.Rows("亩均（万元/亩）/税收"))
		}},
		{"等级/填报", 6, workbook.Label, page.Shown(f.Grade.Column)},
		{"等级/推算", 6, workbook.Label, page.Word(b.computedGrade, f.Tax.Column, f.Land.Column)},
		{"等级/核对", 9, workbook.Label, page.Word(b.gradesAgree, f.Grade.Column, f.Tax.Column, f.Land.Column)},
		{"说明", 16, page.Small(workbook.Prose), page.RemarkOf},
	}...)
	settings := b.County.Forms[f.Name.Form.ID].Settings
	threshold := func(name string) string { return f.Tax.Show(wanOf(int64(settings[name]))) }
	drawn := workbook.Table[*page.Project]{
		Title: b.Title("亩均效益评价"), Left: b.AsOf(), Right: "单位：万元", Total: "合计", Ledger: true, Dense: true, Frozen: 2, Columns: columns, Totals: totals,
		Notes: []string{"注：推算等级按亩均税收：" + threshold("a") + "万元/亩及以上为A，" + threshold("b") + "万元及以上为B，" + threshold("c") +
			"万元及以上为C，以下为D；按综合评价另有规定的，以填报等级为准。亩均按原始金额和亩数计算，合计的亩均只算两项都填报的企业（园区）。"},
	}.Draw(s.Top(), b.yields())
	return ties{
		"landyield.rows": drawn.Total("企业（园区）"), "landyield.tax_fen": drawn.Total("税收"), "landyield.revenue_fen": drawn.Total("主营业务收入"),
	}
}

// overStated is a total a head: over the rows that state both columns, since what only one of the two
// is known of belongs to neither side.
func overStated(of, each string) workbook.Cell {
	const least = -1e15 // below any amount
	return workbook.Quotient(workbook.SumIf(workbook.Rows(of), workbook.Over(workbook.Rows(each), 0)),
		workbook.SumIf(workbook.Rows(each), workbook.Over(workbook.Rows(of), least)))
}

// yields are the enterprises by tax per 亩, the highest first; where it is not known, last.
func (b *bulletin) yields() []*page.Project {
	lines := b.Lines(form.LandYield.Name.Form, form.LandYield.Name)
	slices.SortStableFunc(lines, func(x, z *page.Project) int {
		mine, known := form.Evaluate(form.TaxPerMu, b.Register.Env(x.Project))
		theirs, also := form.Evaluate(form.TaxPerMu, b.Register.Env(z.Project))
		switch {
		case known && also:
			return theirs.Cmp(mine)
		case known:
			return -1
		case also:
			return 1
		}
		return 0
	})
	return lines
}

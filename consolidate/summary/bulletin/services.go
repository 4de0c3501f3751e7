package bulletin

import (
	"cmp"
	"slices"
	"strings"

	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
)

// A service is a line of 营商环境: an indicator, with the figure that it is published as.
type service struct {
	*page.Project
	figure *form.Figure // nil: it is no published figure
	value  int64        // as the figure has it
	once   bool         // the first line of its figure
}

// servicesOf lists the indicators in the order of the county's list, others after them.
func (b *bulletin) servicesOf() []service {
	f := &form.Services
	var all []service
	seen := map[string]bool{}
	for _, p := range b.Lines(f.Indicator.Form, f.Department) {
		s := service{Project: p}
		for _, figure := range p.Form.Figures {
			if value, known, _ := figure.Of.Over([]*form.Env{b.Register.Env(p.Project)}); known {
				s.figure, s.value, s.once = &figure, value, !seen[figure.Name]
				seen[figure.Name] = true
			}
		}
		all = append(all, s)
	}
	order := map[string]int{}
	for _, part := range b.County.Forms["services"].Roll {
		for _, row := range part.Rows {
			order[row.Name] = len(order) + 1
		}
	}
	place := func(s service) int {
		return cmp.Or(order[f.Indicator.Official(s.Name())], len(order)+1)
	}
	slices.SortStableFunc(all, func(a, z service) int { return cmp.Compare(place(a), place(z)) })
	return all
}

// serviceValue is the value as a number where it is one that is published, else as written.
func serviceValue(s service) workbook.Cell {
	if s.figure == nil {
		return workbook.Text(form.Services.Value.Of(s.Record())).As(workbook.Label).From(page.Cite(s.Project, form.Services.Value.Column))
	}
	return page.FigureCell(*s.figure, s.value).As(page.FigureStyle(*s.figure)).
		From(page.Cite(s.Project, form.Services.Value.Column, form.Services.Numerator.Column, form.Services.Denominator.Column))
}

// serviceUnit is the unit of the measure where it is one that is published, else as written.
func serviceUnit(s service) workbook.Cell {
	if s.figure != nil {
		return workbook.Text(s.figure.Unit)
	}
	return page.Shown(form.Services.Unit.Column)(s.Project)
}

// remarkOf is what a reader must know of an indicator: a value that is held back is computed from both
// parts where they are there, and a part above its whole is asked about.
func (b *bulletin) remarkOf(l service) string {
	f := &form.Services
	text := page.Join(f.Remark.Of(l.Record()), l.Remark)
	if l.figure != nil && b.pendingValue(*l.figure) {
		const computed = "指标值待核，按余下的数计算"
		if held := page.Missing(f.Value.Column, b.Period); strings.Contains(text, held) {
			text = strings.Replace(text, held, "填报的"+computed, 1)
		} else {
			text = page.Join(text, computed)
		}
	}
	part, hasPart := f.Numerator.Of(l.Record())
	whole, hasWhole := f.Denominator.Of(l.Record())
	if hasPart && hasWhole && part > whole && whole > 0 {
		text = page.Join(text, "分子大于分母，比率超过100%，请责任单位说明原因")
	}
	return text
}

// drawServices draws 营商环境: each indicator as stated, as computed, and a month ago.
func (b *bulletin) drawServices(s *workbook.Sheet) ties {
	f := &form.Services
	if b.nothing(f.Indicator.Form, s) {
		return nil
	}
	of := func(value func(*page.Project) workbook.Cell) func(service) workbook.Cell {
		return func(l service) workbook.Cell { return value(l.Project) }
	}
	all := b.servicesOf()
	drawn := workbook.Table[service]{
		Title: b.Title("营商环境指标"), Left: b.AsOf(), Right: "上月为公布数", Ledger: true, Frozen: 2,
		Columns: []workbook.Column[service]{
			{"序号", 5, workbook.Ordinal, nil},
			{"指标", 22, workbook.Label, of(page.Word(func(p *page.Project) string { return f.Indicator.Official(p.Name()) }, f.Indicator.Column))},
			{"口径", 22, page.Small(workbook.Prose), of(page.Shown(f.Basis.Column))},
			{"分子", 10, workbook.Whole, of(page.Quantity(f.Numerator))},
			{"分母", 10, workbook.Whole, of(page.Quantity(f.Denominator))},
			{"指标值", 11, workbook.Score, serviceValue},
			{"单位", 7, workbook.Label, serviceUnit},
			{"分子÷分母", 10, workbook.Percent, func(service) workbook.Cell {
				return workbook.Quotient(workbook.Own("分子"), workbook.Own("分母"))
			}},
			{"上月", 11, workbook.Score, func(l service) workbook.Cell {
				if l.figure == nil {
					return workbook.Blank
				}
				return b.CellBefore(l.figure.Name, func(n int64) workbook.Cell { return page.FigureCell(*l.figure, n) }).As(page.FigureStyle(*l.figure))
			}},
			{"较上月", 11, workbook.Score, func(l service) workbook.Cell {
				if l.figure == nil {
					return workbook.Blank
				}
				return page.ChangeOf(*l.figure, "指标值", "上月")
			}},
			{"责任单位", 16, workbook.Label, of(page.UnitOf)},
			{"说明", 18, page.Small(workbook.Prose), func(l service) workbook.Cell { return workbook.Text(b.remarkOf(l)) }},
		},
		Notes: []string{"注：指标值为责任单位填报数，没有填报而有分子、分母的按计算；网办率按事项、按办件两种口径分别列示；限时办结率＝按期办结÷应办结。比率的较上月为百分点。"},
	}.Draw(s.Top(), all)
	computed := ties{}
	for i, l := range all {
		if l.figure == nil || !l.once {
			continue
		}
		if value, published := b.Figures[l.figure.Name]; published && value == l.value {
			computed[l.figure.Name] = drawn.Cell("指标值", i)
		}
	}
	return computed
}

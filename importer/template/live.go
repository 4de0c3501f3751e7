package template

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A live rule is one that the sheet itself judges, row by row, while somebody types.
type live struct {
	form.Rule
	formula string // with thisRow for the number of the row
	column  int    // that says TRUE where the row breaks it
}

// thisRow stands for the number of a row in a formula that is not yet of one.
const thisRow = "¤"

// rules put a hidden column for each rule beside the others that can be a formula, and for what it reads of
// the months before. Nothing is asked of blank rows, nor where there is nothing to fill in.
func (b *book) rules(p *plan) []live {
	rules := append(requirements(p.Form), p.Form.Rules...)
	for i := range rules {
		rules[i].Code = b.inCounty(rules[i].Code)
	}
	slices.SortStableFunc(rules, func(a, b form.Rule) int { return cmp.Compare(b.Code.Severity, a.Code.Severity) }) // the first colours
	var all []live
	for _, rule := range rules {
		if formula, _ := rule.Formula(b.cells(p)); formula != "" {
			all = append(all, live{rule, formula, p.add(column{use: ruleUse, heading: ledger.Aside(rule.Code.ID), width: 8, hidden: true})})
		}
	}
	return all
}

// inCounty is a rule's code as the county has it: on trial where it tries the rule.
func (b *book) inCounty(code *ledger.Code) *ledger.Code {
	if slices.Contains(b.County.Trial, code.ID) {
		return code.OnTrial()
	}
	return code
}

// requirements say of each column that must be filled in that it is, unless it is waived.
func requirements(f *form.Form) []form.Rule {
	var all []form.Rule
	for _, c := range f.Columns {
		if c.Need != form.Required {
			continue
		}
		stated := form.Stated(c)
		if c.Waived != nil {
			stated = form.Either(stated, c.Waived)
		}
		all = append(all, form.Rule{Code: missing, At: c, Holds: stated})
	}
	return all
}

// missing is what is still to be filled in: no mistake yet.
var missing = &ledger.Code{ID: "必填", Severity: ledger.Error, Wrong: ledger.Phrase{"还没有填", "is still blank"}}

// cells are where rules find what they read.
func (b *book) cells(p *plan) form.Cells {
	in := func(column int) string { return "$" + strings.TrimSuffix(ref(column, 1), "1") + thisRow }
	return form.Cells{
		Now:    func(c *form.Column) string { return in(p.at(c)) },
		Past:   func(c *form.Column, months int) string { return in(p.past(c, months)) },
		Period: b.Period, Settings: b.settings,
	}
}

// live writes the rules into each row, the words of those that are broken and want an answer, and the colours of
// the cells that they are about.
func (b *book) live(p *plan, rules []live) {
	said := p.one(checkUse)
	for row := firstRow; row <= p.lastRow(); row++ {
		filled := tickCell(p) + `="",COUNTA(` + strings.Join(fieldsOf(p, row), ",") + ")>0"
		var words []string
		for _, rule := range rules {
			formula := strings.ReplaceAll(rule.formula, thisRow, strconv.Itoa(row))
			cell := ref(rule.column, row)
			b.try(b.file.SetCellFormula(p.name, cell, "AND("+filled+","+formula+")"))
			if rule.Code.Severity >= ledger.Query {
				words = append(words, fmt.Sprintf("IF($%s,\"%s\",\"\")", cell, wordsOf(rule.Rule, b.Period)))
			}
		}
		cell := ref(said, row)
		b.dress(p.name, cell, cell, look{frame: true, fill: given, colour: "9C0006", size: 9})
		if len(words) > 0 {
			b.try(b.file.SetCellFormula(p.name, cell, strings.Join(words, "&")))
		}
	}
	for _, rule := range rules {
		b.colour(p, rule)
	}
}

// tickCell is the cell that is ticked where there is nothing to fill in.
func tickCell(p *plan) string {
	cell, err := excelize.CoordinatesToCellName(p.tickAt(), tickRow, true)
	if err != nil {
		panic(err) // a sheet has far fewer
	}
	return cell
}

// fieldsOf are the cells of a row that are filled in, in runs.
func fieldsOf(p *plan, row int) []string {
	var all []string
	from := 0
	for i := 0; i <= len(p.columns); i++ {
		is := i < len(p.columns) && p.columns[i].use == fieldUse
		switch {
		case is && from == 0:
			from = i + 1
		case !is && from != 0:
			all = append(all, span(from, row, i, row))
			from = 0
		}
	}
	return all
}

// wordsOf say that a rule is broken: at which column, what is wrong, by which code.
func wordsOf(rule form.Rule, period ledger.Period) string {
	words := nameOf(rule.At.String(), period) + "：" + rule.Code.Wrong.In(ledger.Chinese)
	if rule.Code != missing {
		words += "（" + rule.Code.ID + "）"
	}
	return strings.ReplaceAll(words, `"`, `""`) + "；"
}

// colour gives the cells that a rule is about a colour where the row breaks it.
func (b *book) colour(p *plan, rule live) {
	colour := broken[rule.Code.Severity]
	if rule.Code == missing {
		colour = toFill
	}
	style, known := b.conditions[colour]
	if !known {
		var err error
		style, err = b.file.NewConditionalStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}})
		b.try(err)
		b.conditions[colour] = style
	}
	at := p.at(rule.At)
	b.try(b.file.SetConditionalFormat(p.name, span(at, firstRow, at, p.lastRow()),
		[]excelize.ConditionalFormatOptions{{Type: "formula", Criteria: "$" + ref(rule.column, firstRow), Format: &style}}))
}

package validate_test

import (
	"fmt"

	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
	"huizong/validate"
)

var (
	chenggu    = county.Default()
	june       = ledger.Period{Year: 2024, Month: 6}
	progress   = form.Progress.Name.Form
	reserve    = form.Reserve.Name.Form
	dispatch   = form.Dispatch.Title.Form
	statistics = form.Statistics.Name.Form
)

// noPast is the first month.
func noPast(*form.Form, string, *ledger.Record) []*ledger.Record { return nil }

// row makes a row of a form from values by column ID, in a sheet that has all its columns in their order; "" is blank.
func row(f *form.Form, number int, values map[string]string) ledger.Record {
	r := ledger.Record{}
	r.Row = number
	for i, c := range f.Columns {
		r.Set(i, ledger.Field{Cell: ledger.Cell{Column: i + 1, Row: number}})
		if text := values[c.ID]; text != "" {
			put(c, &r, text)
		}
	}
	return r
}

// put writes a value: 万元 for amounts, percent for rates; "" is blank.
func put(c *form.Column, r *ledger.Record, text string) {
	field := c.Field(r)
	field.Raw, field.Value = text, ledger.Words(text)
	scale := map[form.Type]int64{form.AmountType: int64(ledger.TenThousandYuan), form.RateType: 10_000, form.CountType: form.CountScale}[c.Type]
	switch {
	case text == "":
		field.Value = ledger.Value{}
	case c.Type == form.FlagType:
		field.Value = ledger.Number(map[string]int64{"是": 1, "否": 0}[text])
	case scale != 0:
		n, err := ledger.ParseDecimal(text, scale)
		if err != nil {
			panic(err)
		}
		field.Value = ledger.Number(n)
	}
	r.Set(c.Index, field)
}

// keyProject is a continued key project on schedule, changed by pairs of column ID and value.
func keyProject(number int, changes ...string) ledger.Record {
	r := row(progress, number, map[string]string{
		"name": "滨江路改造", "code": "2401-610722-04-01-100012", "level": "市级", "class": "续建", "field": "城市建设", "years": "2023-03/2025-12",
		"total": "5000", "before_year": "1000", "year_plan": "2000", "this_month": "200", "year_to_date": "1100", "appearance": "路面完成60%",
		"start": "2023-03-15", "in_statistics": "是", "department": "住房和城乡建设局", "leader": "样例领导01",
	})
	return changed(progress, r, changes)
}

// reserveProject is a project of the reserve.
func reserveProject(number int, changes ...string) ledger.Record {
	r := row(reserve, number, map[string]string{
		"name": "物流园", "field": "产业发展", "stage": "储备", "place": "三合镇", "content": "仓库2万平方米", "total": "8000", "department": "经济贸易局",
	})
	return changed(reserve, r, changes)
}

func changed(f *form.Form, r ledger.Record, changes []string) ledger.Record {
	for i := 0; i < len(changes); i += 2 {
		put(f.Column(changes[i]), &r, changes[i+1])
	}
	return r
}

// returned is a return of rows from row 5 on.
func returned(f *form.Form, department string, records ...ledger.Record) *ledger.Return {
	return &ledger.Return{
		ReturnID: ledger.ReturnID{Region: "610722", Period: june, Form: f.ID, Department: department},
		Content:  department + f.ID, File: department + ".xlsx", Sheet: "Sheet1", Records: records,
	}
}

// places are findings as code and cell; one whose row or field is not that of its cell is
// marked.
func places(found []ledger.Finding) []string {
	var all []string
	for _, f := range found {
		place := f.Code.ID + " " + cellOf(f)
		if cellOf(f) != fmt.Sprint(columnID(f), f.Row) {
			place += fmt.Sprintf(" but row %d, field %s", f.Row, f.Field)
		}
		all = append(all, place)
	}
	return all
}

// cellOf is the cell of a finding by the ID of its column: total7; blank if it has none.
func cellOf(f ledger.Finding) string {
	at := ledger.ParseCell(f.Cell)
	if at.Column == 0 {
		return ""
	}
	return fmt.Sprint(form.ByID(f.Form).Columns[at.Column-1].ID, at.Row)
}

func columnID(f ledger.Finding) string {
	for _, c := range form.ByID(f.Form).Columns {
		if c.Name == f.Field {
			return c.ID
		}
	}
	return ""
}

func judged(r *ledger.Return) []ledger.Finding { return validate.Return(r, noPast, chenggu) }

// Package returntest makes returns for tests: rows from words such as "total=500", and
// returns of them that are accepted unless a finding is added.
package returntest

import (
	"strings"

	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

var (
	Chenggu  = county.Default()
	April    = ledger.Period{Year: 2024, Month: 4}
	May      = ledger.Period{Year: 2024, Month: 5}
	June     = ledger.Period{Year: 2024, Month: 6}
	Progress = form.Progress.Name.Form
	Reserve  = form.Reserve.Name.Form
)

const (
	Housing = "住房和城乡建设局"
	Traffic = "交通运输局"
	Trade   = "经济贸易局"
	Town    = "三合镇"

	CodeA = "2401-610722-04-01-100012"
	CodeB = "2403-610722-89-05-204175"
)

// Findings of reading, as the importer makes them.
var (
	Unread  = ledger.Declare("C99", ledger.Error, ledger.HoldField, ledger.Level0, "type-error", ledger.Zh("读不出", ""), ledger.En("", ""))
	Asked   = ledger.Declare("C98", ledger.Query, ledger.AcceptExplained, ledger.Level0, "type-error", ledger.Zh("请核实", ""), ledger.En("", ""))
	NoRow   = ledger.Declare("C97", ledger.Error, ledger.RejectRow, ledger.Level0, "type-error", ledger.Zh("退回该行", ""), ledger.En("", ""))
	NoSheet = ledger.Declare("F99", ledger.Error, ledger.RejectReturn, ledger.Level0, "type-error", ledger.Zh("退回该表", ""), ledger.En("", ""))
	NoFile  = ledger.Declare("F98", ledger.Error, ledger.RejectFile, ledger.Level0, "type-error", ledger.Zh("退回文件", ""), ledger.En("", ""))
	Noted   = ledger.Declare("C96", ledger.Notice, ledger.Accept, ledger.Level0, "type-error", ledger.Zh("提示", ""), ledger.En("", ""))
)

// Record makes a row of a form from "column=value" words: 万元 for amounts.
func Record(f *form.Form, number int, words ...string) ledger.Record {
	r := ledger.Record{}
	r.Row = number
	for _, word := range words {
		id, text, _ := strings.Cut(word, "=")
		c := f.Column(id)
		value := ledger.Words(text)
		switch c.Type {
		case form.AmountType:
			n, err := ledger.ParseMoney(text, ledger.TenThousandYuan)
			if err != nil {
				panic(err)
			}
			value = ledger.Number(int64(n))
		case form.FlagType:
			value = ledger.Number(map[string]int64{"是": 1, "否": 0}[text])
		}
		r.Set(c.Index, ledger.Field{Value: value, Raw: text, Cell: ledger.Cell{Column: c.Index + 1, Row: number}})
	}
	return r
}

// Idea is a project of the reserve: its name and 总投资 in 万元, and more columns.
func Idea(number int, name, total string, words ...string) ledger.Record {
	return Record(Reserve, number, append([]string{"name=" + name, "total=" + total, "stage=储备", "department=" + Trade}, words...)...)
}

// Works is a key project: its name and 1-N月累计 in 万元, and more columns.
func Works(number int, name, toDate string, words ...string) ledger.Record {
	return Record(Progress, number, append([]string{"name=" + name, "year_to_date=" + toDate, "class=续建", "department=" + Housing}, words...)...)
}

// Sent is a return of a month; its content stands for the cells it was read from.
func Sent(p ledger.Period, f *form.Form, department, content string, records ...ledger.Record) *ledger.Return {
	return &ledger.Return{
		ReturnID: ledger.ReturnID{Region: "610722", Period: p, Form: f.ID, Department: department},
		Content:  content, File: content + ".xlsx", Sheet: "Sheet1", Prepared: ledger.Date{Year: p.Year, Month: p.Month, Day: 20}, Records: records,
	}
}

// With adds what reading found, at a row and column.
func With(r *ledger.Return, code *ledger.Code, row int, column string) *ledger.Return {
	finding := ledger.Finding{Code: code, Row: row, Period: r.Period, Department: r.Department, Form: r.Form}
	if c := form.ByID(r.Form).Column(column); c != nil {
		finding.Field = c.Name
	}
	r.Findings = append(r.Findings, finding)
	return r
}

// On dates a return by the day of its month.
func On(r *ledger.Return, day int) *ledger.Return {
	r.Prepared.Day = day
	return r
}

package consolidate

import (
	"fmt"
	"slices"
	"strings"

	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

var (
	chenggu  = county.Default()
	april    = ledger.Period{Year: 2024, Month: 4}
	may      = ledger.Period{Year: 2024, Month: 5}
	june     = ledger.Period{Year: 2024, Month: 6}
	progress = form.Progress.Name.Form
	reserve  = form.Reserve.Name.Form
)

const (
	housing = "住房和城乡建设局"
	traffic = "交通运输局"
	trade   = "经济贸易局"
	town    = "三合镇"

	codeA = "2401-610722-04-01-100012"
	codeB = "2403-610722-89-05-204175"
)

// Findings of reading, as the importer makes them.
var (
	unread  = ledger.Declare("C99", ledger.Error, ledger.HoldField, ledger.Level0, "type-error", ledger.Zh("读不出", ""), ledger.En("", ""))
	asked   = ledger.Declare("C98", ledger.Query, ledger.AcceptExplained, ledger.Level0, "type-error", ledger.Zh("请核实", ""), ledger.En("", ""))
	noRow   = ledger.Declare("C97", ledger.Error, ledger.RejectRow, ledger.Level0, "type-error", ledger.Zh("退回该行", ""), ledger.En("", ""))
	noSheet = ledger.Declare("F99", ledger.Error, ledger.RejectReturn, ledger.Level0, "type-error", ledger.Zh("退回该表", ""), ledger.En("", ""))
	noFile  = ledger.Declare("F98", ledger.Error, ledger.RejectFile, ledger.Level0, "type-error", ledger.Zh("退回文件", ""), ledger.En("", ""))
	noted   = ledger.Declare("C96", ledger.Notice, ledger.Accept, ledger.Level0, "type-error", ledger.Zh("提示", ""), ledger.En("", ""))
)

// record makes a row of a form from "column=value" words: 万元 for amounts.
func record(f *form.Form, number int, words ...string) ledger.Record {
	r := f.New()
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
		r.Fields[c.Index] = ledger.Field{Value: value, Raw: text, Cell: fmt.Sprint(id, number)}
	}
	return r
}

// idea is a project of the reserve: its name and 总投资 in 万元, and more columns.
func idea(number int, name, total string, words ...string) ledger.Record {
	return record(reserve, number, append([]string{"name=" + name, "total=" + total, "stage=储备", "department=" + trade}, words...)...)
}

// works is a key project: its name and 1-N月累计 in 万元, and more columns.
func works(number int, name, toDate string, words ...string) ledger.Record {
	return record(progress, number, append([]string{"name=" + name, "year_to_date=" + toDate, "class=续建", "department=" + housing}, words...)...)
}

// sent is a return of a month; its content stands for the cells it was read from.
func sent(p ledger.Period, f *form.Form, department, content string, records ...ledger.Record) *ledger.Return {
	return &ledger.Return{
		ReturnID: ledger.ReturnID{Region: "610722", Period: p, Form: f.ID, Department: department},
		Content:  content, File: content + ".xlsx", Sheet: "Sheet1", Prepared: ledger.Date{Year: p.Year, Month: p.Month, Day: 20}, Records: records,
	}
}

// with adds what reading found, at a row and column.
func with(r *ledger.Return, code *ledger.Code, row int, column string) *ledger.Return {
	finding := ledger.Finding{Code: code, Row: row, Period: r.Period, Department: r.Department, Form: r.Form}
	if c := form.ByID(r.Form).Column(column); c != nil {
		finding.Field = c.Name
	}
	r.Findings = append(r.Findings, finding)
	return r
}

func on(r *ledger.Return, day int) *ledger.Return {
	r.Prepared.Day = day
	return r
}

// A fataler is a test, or a check of a property.
type fataler interface {
	Helper()
	Fatal(...any)
}

// merged judges and reconciles the returns of a month after the months before, the latest
// first.
func merged(t fataler, p ledger.Period, before []*Month, returns ...*ledger.Return) *Month {
	t.Helper()
	in := Input{County: chenggu, Period: p, Returns: returns}
	var past [][]ledger.Standing
	for _, m := range before {
		past = append(past, m.Standing)
		in.Sent = append(in.Sent, m.Returns...)
	}
	if len(before) > 0 {
		in.Before, in.Published = before[0].Sum, before[0].Figures
	}
	in.History = NewHistory(chenggu, past...)
	for _, r := range returns {
		Judge(r, nil)
	}
	m, err := Reconcile(in)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func after(months ...*Month) []*Month { return months }

// rows are the standing rows: department, name, amount of the balance, month.
func rows(m *Month) []string {
	var all []string
	for i := range m.Standing {
		s := &m.Standing[i]
		f := form.ByID(s.Form)
		amount := f.Amount.Show(f.Amount.Value(&s.Record))
		all = append(all, fmt.Sprintf("%s %s %s %s", s.Department, f.Name(&s.Record), amount, s.From))
	}
	return all
}

// codes are the findings of a month by code and department, without the returns that were
// never sent.
func codes(m *Month) []string {
	var all []string
	for _, f := range m.Findings {
		if f.Code != ReturnMissing {
			all = append(all, strings.TrimSpace(f.Code.ID+" "+f.Department+" "+f.Entity))
		}
	}
	slices.Sort(all)
	return all
}

// Package monthtest makes months for tests of what is drawn from them: returns of every form for
// May and June 2024 with something of every kind in them, reconciled as the program does. Said is
// what a row says, by column; Sent makes a return of rows, Reconcile a month of returns.
package monthtest

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"huizong/consolidate"
	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

var (
	May  = ledger.Period{Year: 2024, Month: 5}
	June = ledger.Period{Year: 2024, Month: 6}
)

// Said is what a row says, by column: amounts in 万元, dates as 2024-06, flags 是 or 否.
type Said map[*form.Column]string

// And is the row with some columns said otherwise.
func (s Said) And(more Said) Said {
	all := Said{}
	for _, part := range []Said{s, more} {
		for column, text := range part {
			all[column] = text
		}
	}
	return all
}

func record(t testing.TB, f *form.Form, row int, s Said) ledger.Record {
	t.Helper()
	r := ledger.Record{}
	r.Row = row
	for column, text := range s {
		if column.Form != f {
			t.Fatalf("column %s is of another form", column.ID)
		}
		if text == "" {
			continue
		}
		value := ledger.Words(text)
		switch column.Type {
		case form.AmountType:
			amount, err := ledger.ParseMoney(text, ledger.TenThousandYuan)
			if err != nil {
				t.Fatal(err)
			}
			value = ledger.Number(int64(amount))
		case form.CountType, form.RateType:
			scale := map[form.Type]int64{form.CountType: form.CountScale, form.RateType: form.RateScale / 100}[column.Type]
			n, err := ledger.ParseDecimal(text, scale)
			if err != nil {
				t.Fatal(err)
			}
			value = ledger.Number(n)
		case form.FlagType:
			value = ledger.Number(0)
			if text == form.YesNo(true) {
				value.N = 1
			}
		}
		column.Set(&r, value)
	}
	return r
}

// Sent is a return of a department, its rows from row 4 on, prepared on that day.
func Sent(t testing.TB, f *form.Form, p ledger.Period, department string, day int, rows ...Said) *ledger.Return {
	t.Helper()
	r := &ledger.Return{
		ReturnID: ledger.ReturnID{Region: "610722", Period: p, Form: f.ID, Department: department},
		File:     fmt.Sprintf("%s%s%s.xlsx", department, p.Chinese(), f.Title), Sheet: "Sheet1", Unit: "万元",
		Prepared: ledger.Date{Year: p.Year, Month: p.Month, Day: day}, Dated: ledger.ByTitle, Subtotal: 1,
	}
	for i, s := range rows {
		r.Records = append(r.Records, record(t, f, 4+i, s))
	}
	r.Content = fmt.Sprintf("%x", sha256.Sum256(fmt.Append(nil, r.ReturnID, r.Prepared, r.Records)))
	return r
}

// Reconcile applies the findings of returns and makes the month of them, after the months before.
func Reconcile(t testing.TB, p ledger.Period, before *consolidate.Month, returns ...*ledger.Return) *consolidate.Month {
	t.Helper()
	c := county.Default()
	applied := make([]*ledger.Return, len(returns))
	for i, r := range returns {
		judged := slices.DeleteFunc(slices.Clone(r.Findings), func(f ledger.Finding) bool { return f.Code.OfReading() })
		applied[i] = consolidate.Apply(r, judged)
	}
	in := consolidate.Input{County: c, Period: p, Rules: strings.Repeat("0123456789abcdef", 4), Returns: applied}
	if before != nil {
		in.History = consolidate.NewHistory(c, before.Standing)
		in.Before, in.Sent = before.Sum, before.Returns
		in.Past = maps.Clone(before.Past)
		if in.Past == nil {
			in.Past = map[ledger.Period]map[string]int64{}
		}
		in.Past[p.Add(-1)] = before.Figures
	} else {
		in.History = consolidate.NewHistory(c)
	}
	m, err := consolidate.Reconcile(in)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Finding is one that holds back a field of a row, or sends the row back.
func Finding(code *ledger.Code, r *ledger.Return, row int, c *form.Column) {
	r.Findings = append(r.Findings, ledger.Finding{Code: code, File: r.File, Sheet: r.Sheet, Row: row, Period: r.Period, Department: r.Department,
		Form: r.Form, Field: c.Name})
}

package store

import (
	"cmp"
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// sample is a return of two projects for June.
func sample(region, department, content string) *ledger.Return {
	f := form.Progress.Name.Form
	r := &ledger.Return{
		ReturnID: ledger.ReturnID{Region: region, Period: june, Form: f.ID, Department: department}, Content: content,
		File: department + "/6月.xlsx", FileSHA256: "f" + content, Sheet: "重点项目",
		Prepared: ledger.Date{Year: 2024, Month: 7, Day: 2}, Dated: ledger.ByTitle, Filler: "李工", Unit: "万元", Subtotal: 1,
	}
	for i, name := range []string{"城固大道", "汉江大桥"} {
		record := ledger.Record{}
		record.Row = 5 + i
		record.Set(form.Progress.Name.Index, ledger.Field{Value: ledger.Words(name), Cell: ledger.Cell{Column: 2, Row: record.Row}, Raw: name})
		record.Set(form.Progress.YearToDate.Index, ledger.Field{Value: ledger.Number(int64(i)), Cell: ledger.Cell{Column: 8, Row: record.Row}, Raw: "0.00"})
		r.Records = append(r.Records, record)
	}
	return r
}

// generation is a month that says g everywhere: g figures of value g, g rows in force.
func generation(region string, g int) *ledger.Month {
	m := &ledger.Month{Region: region, Period: june, Rules: fmt.Sprint(g), Figures: map[string]int64{}}
	for i := range g {
		m.Figures[fmt.Sprint("figure ", i)] = int64(g)
		m.Standing = append(m.Standing, standing(sample(region, "交通运输局", fmt.Sprint(g)), i%2))
	}
	return m
}

// standing is a row of a return, in force in its own month.
func standing(r *ledger.Return, row int) ledger.Standing {
	record := r.Records[row]
	return ledger.Standing{ReturnID: r.ReturnID, Entity: form.ByID(r.Form).Name(&record), Record: &record, From: r.Period, Content: r.Content}
}

// Generators of everything that the store may be given; their text is clean.
var (
	words = rapid.OneOf(
		rapid.SampledFrom([]string{"", "0", "城固大道", "县 交通局", "𠮷野家", `"引号"`, `back\slash`, "两\n行\t", " 前后 ", "'; DROP TABLE return; --",
			"?:name ::text $1", "null", "\u0001\u2028"}),
		rapid.Map(rapid.String(), clean))
	periods = rapid.Custom(func(t *rapid.T) ledger.Period {
		return ledger.Period{Year: rapid.IntRange(2023, 2025).Draw(t, "year"), Month: rapid.IntRange(1, 12).Draw(t, "month")}
	})
	dates = rapid.SampledFrom([]ledger.Date{{}, {Year: 2024}, {Year: 2024, Month: 6}, {Year: 2024, Month: 6, Day: 18}})
	codes = rapid.SampledFrom(ledger.Codes())
	forms = rapid.SampledFrom(form.All())
	count = rapid.IntRange(0, 1_000_000)

	places = rapid.Custom(func(t *rapid.T) ledger.Place {
		return ledger.Place{Row: count.Draw(t, "row"), Sheet: words.Draw(t, "sheet"), Head: count.Draw(t, "head")}
	})

	findings = rapid.Custom(func(t *rapid.T) ledger.Finding {
		text := func(name string) string { return words.Draw(t, name) }
		return ledger.Finding{Code: codes.Draw(t, "code"), File: text("file"), Sheet: text("sheet"), Cell: text("cell"), Row: count.Draw(t, "row"),
			Period: rapid.OneOf(periods, rapid.Just(ledger.Period{})).Draw(t, "period"), Department: text("department"), Form: text("form"),
			Entity: text("entity"), Field: text("field"), Found: text("found"), Expected: text("expected")}
	})
)

func field(t *rapid.T, c *form.Column) (field ledger.Field) {
	switch {
	case !rapid.Bool().Draw(t, "known"):
	case numeric(c):
		field.Value = ledger.Number(rapid.Int64().Draw(t, "number"))
	default:
		field.Value = ledger.Words(words.Draw(t, "words"))
	}
	if rapid.Bool().Draw(t, "lineage") {
		field.Cell = ledger.Cell{Column: rapid.IntRange(0, 16384).Draw(t, "cell"), Row: count.Draw(t, "row")}
		field.Raw, field.Did, field.Unit = words.Draw(t, "raw"), words.Draw(t, "did"), words.Draw(t, "unit")
		field.Sheet = words.Draw(t, "sheet")
		field.Held = rapid.Bool().Draw(t, "held")
	}
	return field
}

func record(t *rapid.T, f *form.Form) ledger.Record {
	r := ledger.Record{}
	r.Place = places.Draw(t, "place")
	r.Rest = rapid.SliceOfN(places, 0, 2).Draw(t, "rest")
	for range rapid.IntRange(0, 5).Draw(t, "fields") {
		c := rapid.SampledFrom(f.Columns).Draw(t, "column")
		r.Set(c.Index, field(t, c))
	}
	r.Extra = rapid.MapOfN(words, words, 0, 2).Draw(t, "extra")
	for range rapid.IntRange(0, 2).Draw(t, "kept") {
		if r.Kept == nil {
			r.Kept = map[int]ledger.Origin{}
		}
		c := rapid.SampledFrom(f.Columns).Draw(t, "kept column")
		r.Kept[c.Index] = ledger.Origin{Period: periods.Draw(t, "kept period"), Content: words.Draw(t, "kept content")}
	}
	r.Key = words.Draw(t, "key")
	r.Returned, r.Repeated = rapid.Bool().Draw(t, "returned"), rapid.Bool().Draw(t, "repeated")
	return r
}

func records(t *rapid.T, f *form.Form, most int) []ledger.Record {
	all := make([]ledger.Record, rapid.IntRange(0, most).Draw(t, "rows"))
	for i := range all {
		all[i] = record(t, f)
	}
	return all
}

// returnOf draws a return as the importer gives it; versions differ by their content.
func returnOf(t *rapid.T, region string) *ledger.Return {
	f := forms.Draw(t, "form")
	text := func(name string) string { return words.Draw(t, name) }
	return &ledger.Return{
		ReturnID: ledger.ReturnID{Region: region, Period: june, Form: f.ID, Department: text("department")}, Content: text("content"),
		File: text("file"), FileSHA256: text("sha256"), Sheet: text("sheet"),
		Prepared: dates.Draw(t, "prepared"), Dated: rapid.SampledFrom([]ledger.Dating{ledger.Undated, ledger.ByTitle}).Draw(t, "dated"),
		Received: dates.Draw(t, "received"), Modified: text("modified"), Filler: text("filler"), Unit: text("unit"),
		Nil: rapid.Bool().Draw(t, "nil"), Unchanged: rapid.Bool().Draw(t, "unchanged"),
		Records: records(t, f, 3), Subtotal: count.Draw(t, "subtotal"), Blank: count.Draw(t, "blank"),
		Findings: rapid.SliceOfN(findings, 0, 2).Draw(t, "findings"),
	}
}

// returnsOf draws returns with different keys, in the order in which Returns gives them.
func returnsOf(t *rapid.T, region string) []*ledger.Return {
	all := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) *ledger.Return { return returnOf(t, region) }), 0, 5,
		func(r *ledger.Return) string { return fmt.Sprintf("%q", []string{r.Form, r.Department, r.Content}) }).Draw(t, "returns")
	return slices.SortedFunc(slices.Values(all), func(a, b *ledger.Return) int {
		return cmp.Or(cmp.Compare(a.Form, b.Form), cmp.Compare(a.Department, b.Department), cmp.Compare(a.Content, b.Content))
	})
}

// monthOf draws what a run makes of the returns.
func monthOf(t *rapid.T, region string, p ledger.Period, returns []*ledger.Return) *ledger.Month {
	m := &ledger.Month{Region: region, Period: p, Rules: words.Draw(t, "rules"), Before: words.Draw(t, "before"), Sum: words.Draw(t, "sum"),
		Report:  words.Draw(t, "report"),
		Returns: returns, Findings: rapid.SliceOfN(findings, 0, 3).Draw(t, "findings"),
		Figures: rapid.MapOfN(words, rapid.Int64(), 0, 5).Draw(t, "figures")}
	for _, rows := range []*int{&m.Balance.Seen, &m.Balance.Taken, &m.Balance.Held, &m.Balance.Returned,
		&m.Balance.Superseded, &m.Balance.Repeated, &m.Balance.Subtotal, &m.Balance.Blank} {
		*rows = count.Draw(t, "balance")
	}
	for _, f := range form.All() {
		for _, r := range records(t, f, 4) {
			m.Standing = append(m.Standing, ledger.Standing{
				ReturnID: ledger.ReturnID{Region: region, Period: p, Form: f.ID, Department: words.Draw(t, "department")},
				Entity:   words.Draw(t, "entity"), Record: &r, From: periods.Draw(t, "from"), Content: words.Draw(t, "content")})
		}
	}
	return m
}

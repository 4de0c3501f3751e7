package samples

import (
	"fmt"
	"slices"
	"strings"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A trouble is one thing that a clerk gets wrong, and the findings that it must raise.
type trouble struct {
	months []int // of the year
	unit   string
	codes  string       // of the findings, parted by blanks; V26@year_plan is at another column of the row, M02@ of the sheet
	what   string       // for the list, as staff would say it
	at     *form.Column // the finding's cell in the row; nil is its first
	sheet  string       // …or another sheet of the workbook
	mark   string       // …or a cell of the sheet: title, unit, total, hidden, head COLUMN
	fits   choice       // chooses the row, the first that fits; nil: the trouble is of the sheet
	do     deed         // nil where the story itself is wrong
}

// reportedTwice is of a row of what another unit reports, too, and first.
func reportedTwice(entity form.Text) *trouble {
	return &trouble{codes: "M11", what: "另有单位报送，只统计一次", at: entity.Column}
}

// A deed is what a clerk does to the row i of a filing. It gives the row that the finding
// is in where that is another.
type deed func(f *filing, i int) *row

// A choice of rows: the row now, and last month, nil if it is new.
type choice func(now, before *ledger.Record) bool

// settled rows stood last month and say the same in a column as then, so that what is held
// back leaves the month as it would have been.
func settled(c *form.Column, also ...choice) choice {
	return func(now, before *ledger.Record) bool {
		return before != nil && c.Value(now).Known && c.Value(now) == c.Value(before) && all(also...)(now, before)
	}
}

// all joins choices.
func all(choices ...choice) choice {
	return func(now, before *ledger.Record) bool {
		return !slices.ContainsFunc(choices, func(fits choice) bool { return !fits(now, before) })
	}
}

// says, stated and blank choose by what the row says now.
func says(c *form.Column, word string) choice {
	return func(now, _ *ledger.Record) bool { return c.Value(now).S == word }
}

func stated(c *form.Column) choice {
	return func(now, _ *ledger.Record) bool { return c.Value(now).Known }
}

func blank(c *form.Column) choice {
	return func(now, _ *ledger.Record) bool { return !c.Value(now).Known }
}

// What clerks do.

// writes puts a text into the trouble's cell instead of its value.
func writes(c *form.Column, text string) deed {
	return as(c, cell{value: text})
}

// as puts a cell of any kind there.
func as(c *form.Column, says cell) deed {
	return func(f *filing, i int) *row {
		said := says // the words are the filing's, what is asked for is everybody's
		if text, isText := says.value.(string); isText {
			said.value = f.words(text)
			if text == "" {
				said.value = nil
			}
		}
		f.rows[i].says(c, said)
		return nil
	}
}

// changes lets the clerk mean something else.
func changes(change func(*ledger.Record)) deed {
	return func(f *filing, i int) *row {
		change(&f.rows[i].Record)
		return nil
	}
}

// more adds an amount in 万元 to a column.
func more(c *form.Column, n int64) func(*ledger.Record) {
	return func(r *ledger.Record) {
		c.Set(r, ledger.Number(c.Value(r).N+n*int64(ledger.TenThousandYuan)))
	}
}

// becomes puts another word into a column.
func becomes(c *form.Column, word string) func(*ledger.Record) {
	return func(r *ledger.Record) { c.Set(r, ledger.Words(word)) }
}

// miscopy gets the last digit of a project code wrong.
func miscopy(c *form.Column) func(*ledger.Record) {
	return func(r *ledger.Record) {
		code := c.Value(r).S
		c.Set(r, ledger.Words(code[:len(code)-1]+string('0'+(code[len(code)-1]-'0'+3)%10)))
	}
}

// elsewhere makes a project code one that another region assigned.
func elsewhere(c *form.Column, region string) func(*ledger.Record) {
	return func(r *ledger.Record) {
		groups := strings.Split(c.Value(r).S, "-")
		groups[1] = region
		groups[4] = groups[4][:5]
		c.Set(r, ledger.Words(strings.Join(groups, "-")+string(ledger.CheckDigit(strings.Join(groups, "")))))
	}
}

// besides puts another sheet into the workbook.
func besides(p *page) deed {
	return func(f *filing, _ int) *row {
		f.hand.beside = append(slices.Clone(f.hand.beside), p)
		return nil
	}
}

// forgets leaves the row out.
func forgets(f *filing, i int) *row {
	f.rows = slices.Delete(f.rows, i, i+1)
	return nil
}

// again writes the row twice, the second time with changes.
func again(change func(*ledger.Record)) deed {
	return func(f *filing, i int) *row {
		copied := row{Record: f.rows[i].Record}
		if change != nil {
			change(&copied.Record)
		}
		f.rows = slices.Insert(f.rows, i+1, &copied)
		return &copied
	}
}

// plant puts the troubles of a form into a filing, besides those of the story. Each takes a
// row of its own.
func (f *filing) plant(troubles []*trouble, month int, story []told, before []ledger.Record) error {
	then := map[string]*ledger.Record{}
	for i := range before {
		then[f.form.Name(&before[i])] = &before[i]
	}
	taken := map[*row]bool{}
	for _, t := range story {
		p := &planted{trouble: t.trouble}
		if t.row >= 0 {
			p.row = f.rows[t.row]
			taken[p.row] = true
		}
		f.planted = append(f.planted, p)
	}
	for _, t := range troubles {
		if t.unit != f.unit.Name || !slices.Contains(t.months, month) {
			continue
		}
		p := &planted{trouble: t}
		i := -1
		if t.fits != nil {
			i = slices.IndexFunc(f.rows, func(r *row) bool {
				return !taken[r] && t.fits(&r.Record, then[f.form.Name(&r.Record)])
			})
			if i < 0 {
				return fmt.Errorf("sample of %s, %s: no row for %s (%s)", f.form.ID, t.unit, t.codes, t.what)
			}
			p.row = f.rows[i]
			taken[p.row] = true
		}
		if t.do != nil {
			if other := t.do(f, i); other != nil {
				p.row = other
				taken[other] = true
			}
		}
		f.planted = append(f.planted, p)
	}
	f.assignedAbove()
	return nil
}

// assignedAbove lists the sound project codes that the city or the province assigned, which
// is noticed wherever the row is judged.
func (f *filing) assignedAbove() {
	shown := f.form.ProjectCode
	if shown == nil || !slices.ContainsFunc(f.hand.columns, func(c column) bool { return c.of == shown }) {
		return
	}
	repeated := map[*row]bool{}
	for _, p := range f.planted {
		repeated[p.row] = repeated[p.row] || p.codes == "C17"
	}
	for _, r := range f.rows {
		code := f.form.Code(&r.Record)
		_, written := r.instead[shown]
		if own := f.county.Region; !repeated[r] && !written && code.Check() == ledger.CodeGood && code.Region() != own && code.Region()[:4] == own[:4] {
			f.planted = append(f.planted, &planted{trouble: &trouble{codes: "V07", what: "项目代码由市级或省级赋码", at: shown}, row: r})
		}
	}
}

// wrong lists what is planted in a filing once it is laid out, in a sheet of a file.
func (f *filing) wrong(file, sheet string) []Wrong {
	var all []Wrong
	for _, p := range f.planted {
		place := sheet
		if p.sheet != "" {
			place = p.sheet
		}
		what := p.what
		if p.row != nil {
			what = f.form.Name(&p.row.Record) + "：" + what
		}
		if p.codes == "" {
			all = append(all, Wrong{File: file, Sheet: sheet, What: what})
		}
		for i, code := range strings.Fields(p.codes) {
			code, _, _ = strings.Cut(code, "@")
			cell := p.cells[i]
			if p.sheet != "" {
				cell = "A1" // what is wrong with a whole sheet is told at its first cell
			}
			all = append(all, Wrong{file, place, cell, code, what})
		}
	}
	return all
}

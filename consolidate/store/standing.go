package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"unique"

	"github.com/jmoiron/sqlx"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// standingColumns are what every table of rows in force has besides the columns of its
// form. Ordinal is the place among the month's rows of the form: it keeps their order, and
// tells rows apart that one department gives one entity.
const standingColumns = `region, period, ` + rowColumns

// rowColumns are those of them that tell one row of a month from another.
const rowColumns = `reported_by, entity, ordinal, from_period, from_content, from_row`

// columnNames are the columns of a form's table that hold values, each after a comma.
func columnNames(columns []*form.Column) (names string) {
	for _, c := range columns {
		names += ", " + c.ID
	}
	return names
}

// partRows is how many rows in force are packed together.
const partRows = 1000

func putStanding(ctx context.Context, tx *sqlx.Tx, m *ledger.Month, sums monthSums) error {
	known := 0
	for _, f := range form.All() {
		rows := standingOf(m, f)
		known += len(rows)
		if err := errors.Join(putForm(ctx, tx, m, f, rows, sums), putParts(ctx, tx, m, f, rows, sums)); err != nil {
			return fmt.Errorf("form %s: %w", f.ID, err)
		}
	}
	if known != len(m.Standing) {
		return fmt.Errorf("%d rows in force are of another month or of no form", len(m.Standing)-known)
	}
	return nil
}

// standingOf are the month's rows of a form.
func standingOf(m *ledger.Month, f *form.Form) []*ledger.Standing {
	var rows []*ledger.Standing
	for i := range m.Standing {
		if row := &m.Standing[i]; row.Form == f.ID && row.Region == m.Region && row.Period == m.Period {
			rows = append(rows, row)
		}
	}
	return rows
}

// putForm puts the month's rows of a form into its table, and sums them.
func putForm(ctx context.Context, tx *sqlx.Tx, m *ledger.Month, f *form.Form, rows []*ledger.Standing, sums monthSums) error {
	in, sum := into(ctx, tx, f.ID, standingColumns+columnNames(f.Columns)), tallyOfForm(f)
	for i, row := range rows {
		key := monthKey(m)
		values := append(key, clean(row.Department), clean(row.Entity), i+1, periodText(row.From), clean(row.Content), row.Record.Row)
		for _, c := range f.Columns {
			values = append(values, columnValue(c, c.Value(row.Record)))
		}
		sum.add(values[len(key):]...)
		if err := in.add(values...); err != nil {
			return err
		}
	}
	sums[f.ID] = sum.sum()
	return in.done()
}

// putParts puts the month's rows of a form as the program works with them, and sums them.
func putParts(ctx context.Context, tx *sqlx.Tx, m *ledger.Month, f *form.Form, rows []*ledger.Standing, sums monthSums) error {
	in, sum := into(ctx, tx, "standing", "region, period, form, "+partColumns), tallyOf(partColumns)
	for part := range slices.Chunk(rows, partRows) {
		p := newPacker(f)
		for _, row := range part {
			p.standing(row)
		}
		values := []any{sum.rows + 1, p.packed()}
		sum.add(values...)
		if err := in.add(append(append(monthKey(m), f.ID), values...)...); err != nil {
			return err
		}
	}
	sums[partsOf(f)] = sum.sum()
	return in.done()
}

// partColumns are what tells the parts of a form in a month.
const partColumns = `part, packed`

// partsOf is what the parts of a form are summed under.
func partsOf(f *form.Form) string { return "standing." + f.ID }

// columnValue is a value as its column in the database holds it: NULL for blank.
func columnValue(c *form.Column, v ledger.Value) any {
	switch {
	case !v.Known:
		return nil
	case numeric(c):
		return v.N
	}
	return clean(v.S)
}

// Standing gives the rows in force of a merged month: by form, and within a form in the
// order in which they were merged.
func (s *Store) Standing(ctx context.Context, region string, p ledger.Period) (all []ledger.Standing, err error) {
	err = s.snapshot(ctx, "read the rows in force of "+p.String(), func(tx *sqlx.Tx) error {
		all = nil
		sums, err := sumsOf(ctx, tx, region, p.String())
		if err != nil {
			return err
		}
		for _, f := range form.All() {
			rows, err := checkForm(ctx, tx, region, p, f, sums)
			if err != nil {
				return fmt.Errorf("form %s: %w", f.ID, err)
			}
			all = slices.Grow(all, rows)
			if all, err = readParts(ctx, tx, region, p, f, sums, nil, all); err != nil {
				return fmt.Errorf("form %s: %w", f.ID, err)
			}
		}
		return checkParts(ctx, tx, region, p)
	})
	return all, err
}

// StandingOf gives the rows in force of a merged month in the order of Standing, with nothing in them but some columns of their
// form and by what templates know them; without those of forms of which no column is wanted. Whoever wants more of a month that
// long passed has to read all of it.
func (s *Store) StandingOf(ctx context.Context, region string, p ledger.Period, columns func(*form.Form) []*form.Column) (all []ledger.Standing, err error) {
	err = s.snapshot(ctx, "read the rows in force of "+p.String(), func(tx *sqlx.Tx) error {
		all = nil
		sums, err := sumsOf(ctx, tx, region, p.String())
		if err != nil {
			return err
		}
		for _, f := range form.All() {
			wanted := columns(f)
			if wanted == nil {
				continue
			}
			fields := make([]ledger.Field, len(f.Columns))
			part := func(row ledger.Standing) ledger.Standing { return lean(&row, wanted, fields) }
			if all, err = readParts(ctx, tx, region, p, f, sums, part, all); err != nil {
				return fmt.Errorf("form %s: %w", f.ID, err)
			}
		}
		return nil
	})
	return all, err
}

// lean is a row with nothing in it but some columns, and where they come from. It holds on to nothing that was read with it. Fields is
// room for those of a row, blank in all other columns.
func lean(row *ledger.Standing, columns []*form.Column, fields []ledger.Field) ledger.Standing {
	own := func(text string) string { return unique.Make(text).Value() }
	r := ledger.Record{Place: ledger.Place{Row: row.Record.Row, Sheet: own(row.Record.Sheet), Head: row.Record.Head}, Key: own(row.Record.Key)}
	for _, c := range columns {
		fields[c.Index] = c.Field(row.Record)
		if kept, is := row.Record.Kept[c.Index]; is {
			if r.Kept == nil {
				r.Kept = map[int]ledger.Origin{}
			}
			r.Kept[c.Index] = ledger.Origin{Period: kept.Period, Content: own(kept.Content)}
		}
	}
	r.Fields = ledger.Pack(fields).Shared()
	id := row.ReturnID
	id.Department = own(id.Department)
	return ledger.Standing{ReturnID: id, Record: &r, From: row.From, Content: own(row.Content)}
}

// checkForm counts the month's rows in the table of a form; it is an error unless they are as they were written.
func checkForm(ctx context.Context, tx *sqlx.Tx, region string, p ledger.Period, f *form.Form, sums monthSums) (rows int, err error) {
	targets, sum := targetsOfRow(f.Columns), tallyOfForm(f)
	query := "SELECT " + rowColumns + columnNames(f.Columns) + " FROM " + f.ID + ofMonth
	err = each(ctx, tx, query, []any{clean(region), p.String()}, func(rows *sqlx.Rows) error {
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		sum.add(targets...)
		return nil
	})
	return sum.rows, cmp.Or(err, sums.check(p, f.ID, sum))
}

// targetsOfRow are what rowColumns and the columns with values are scanned to.
func targetsOfRow(columns []*form.Column) []any {
	var department, entity, fromPeriod, fromContent string
	var ordinal, fromRow int
	targets := []any{&department, &entity, &ordinal, &fromPeriod, &fromContent, &fromRow}
	for _, c := range columns {
		if numeric(c) {
			targets = append(targets, new(sql.Null[int64]))
		} else {
			targets = append(targets, new(sql.Null[string]))
		}
	}
	return targets
}

const (
	selectParts = `SELECT ` + partColumns + ` FROM standing` + ofMonth + ` AND form = ? ORDER BY part`
	selectForms = `SELECT DISTINCT form FROM standing` + ofMonth
)

// readParts adds the month's rows of a form to others, of each what is wanted of it, which keeps nothing of the row; nil is all.
func readParts(ctx context.Context, tx *sqlx.Tx, region string, p ledger.Period, f *form.Form, sums monthSums,
	wanted func(ledger.Standing) ledger.Standing, all []ledger.Standing) ([]ledger.Standing, error) {
	of := ledger.ReturnID{Region: clean(region), Period: p, Form: f.ID}
	var misread error // told only of what is as it was written
	err := eachPart(ctx, tx, region, p, f, sums, func(packed []byte) {
		if misread == nil {
			all, misread = unpackStanding(of, packed, wanted, all)
		}
	})
	return all, cmp.Or(err, misread)
}

// eachPart takes the month's parts of a form in their order; it is an error unless they are as they were written.
func eachPart(ctx context.Context, tx *sqlx.Tx, region string, p ledger.Period, f *form.Form, sums monthSums, take func(packed []byte)) error {
	sum := tallyOf(partColumns)
	err := each(ctx, tx, selectParts, []any{clean(region), p.String(), f.ID}, func(rows *sqlx.Rows) error {
		var part int
		var packed []byte
		if err := rows.Scan(&part, &packed); err != nil {
			return err
		}
		sum.add(part, packed)
		take(packed)
		return nil
	})
	if err == nil && !sums.old() && sums[partsOf(f)] != sum.sum() {
		err = &Changed{Table: "standing", Period: p}
	}
	return err
}

// unpackStanding adds rows in force that were packed to others, of each what is wanted of it, as readParts does.
func unpackStanding(of ledger.ReturnID, packed []byte, wanted func(ledger.Standing) ledger.Standing, all []ledger.Standing) ([]ledger.Standing, error) {
	u, err := unpack(form.ByID(of.Form), packed)
	if err != nil {
		return all, err
	}
	u.lends = wanted != nil
	for u.more() {
		row, err := u.standing()
		if err != nil {
			return all, err
		}
		row.Region, row.Period = of.Region, of.Period
		if wanted != nil {
			row = wanted(row)
		}
		all = append(all, row)
	}
	return all, nil
}

// checkParts is an error where there are parts of what is no form.
func checkParts(ctx context.Context, tx *sqlx.Tx, region string, p ledger.Period) error {
	var ids []string
	err := tx.SelectContext(ctx, &ids, tx.Rebind(selectForms), clean(region), p.String())
	if slices.ContainsFunc(ids, func(id string) bool { return form.ByID(id) == nil }) {
		return &Changed{Table: "standing", Period: p}
	}
	return err
}

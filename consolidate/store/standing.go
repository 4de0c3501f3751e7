package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/jmoiron/sqlx"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// standingColumns are what every table of rows in force has besides the columns of its
// form. Ordinal is the place among the month's rows of the form: it keeps their order, and
// tells rows apart that one department gives one entity.
const standingColumns = `region, period, ` + rowColumns

// rowColumns are those of them that tell one row of a month from another.
const rowColumns = `reported_by, entity, ordinal, from_period, from_content, from_row, source`

// formColumns are the columns of the form's table that hold its values.
func formColumns(f *form.Form) string {
	names := make([]string, len(f.Columns))
	for i, c := range f.Columns {
		names[i] = c.ID
	}
	return strings.Join(names, ", ")
}

func putStanding(ctx context.Context, tx *sqlx.Tx, m *ledger.Month, sums monthSums) error {
	known := 0
	for _, f := range form.All() {
		sum, err := putForm(ctx, tx, m, f)
		if err != nil {
			return fmt.Errorf("form %s: %w", f.ID, err)
		}
		known += sum.rows
		sums[f.ID] = sum.sum()
	}
	if known != len(m.Standing) {
		return fmt.Errorf("%d rows in force are of another month or of no form", len(m.Standing)-known)
	}
	return nil
}

// putForm puts the month's rows of one form, and sums them.
func putForm(ctx context.Context, tx *sqlx.Tx, m *ledger.Month, f *form.Form) (*tally, error) {
	in, sum := into(ctx, tx, f.ID, standingColumns+", "+formColumns(f)), tallyOfForm(f)
	for i := range m.Standing {
		row := &m.Standing[i]
		if row.Form != f.ID || row.Region != m.Region || row.Period != m.Period {
			continue
		}
		key := monthKey(m)
		values := append(key, clean(row.Department), clean(row.Entity), sum.rows+1,
			periodText(row.From), clean(row.Content), row.Record.Row, string(appendRecord(nil, f, &row.Record, false)))
		for _, c := range f.Columns {
			values = append(values, columnValue(c, c.Value(&row.Record)))
		}
		sum.add(values[len(key):]...)
		if err := in.add(values...); err != nil {
			return nil, err
		}
	}
	return sum, in.done()
}

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
			row, sum := newStandingRow(f), tallyOfForm(f)
			var misread error // told only of what is as it was written
			query := "SELECT " + rowColumns + ", " + formColumns(f) + " FROM " + f.ID + ofMonth + " ORDER BY ordinal"
			err := each(ctx, tx, query, []any{clean(region), p.String()}, func(rows *sqlx.Rows) error {
				if err := rows.Scan(row.targets...); err != nil {
					return err
				}
				sum.add(row.targets...)
				standing, err := row.standing()
				standing.Region, standing.Period = clean(region), p
				all = append(all, standing)
				misread = cmp.Or(misread, err)
				return nil
			})
			if err == nil {
				err = cmp.Or(sums.check(p, f.ID, sum), misread)
			}
			if err != nil {
				return fmt.Errorf("form %s: %w", f.ID, err)
			}
		}
		return nil
	})
	return all, err
}

// A standingRow takes rows of one form out of the database, one after the other.
type standingRow struct {
	form                            *form.Form
	department, entity              string
	fromPeriod, fromContent, source string
	ordinal, fromRow                int
	numbers                         []sql.Null[int64]  // by column: of numeric ones
	words                           []sql.Null[string] // by column: of the others
	targets                         []any
}

func newStandingRow(f *form.Form) *standingRow {
	row := &standingRow{form: f, numbers: make([]sql.Null[int64], len(f.Columns)), words: make([]sql.Null[string], len(f.Columns))}
	row.targets = []any{&row.department, &row.entity, &row.ordinal, &row.fromPeriod, &row.fromContent, &row.fromRow, &row.source}
	for i, c := range f.Columns {
		if numeric(c) {
			row.targets = append(row.targets, &row.numbers[i])
		} else {
			row.targets = append(row.targets, &row.words[i])
		}
	}
	return row
}

// standing is the row that was scanned last.
func (row *standingRow) standing() (s ledger.Standing, err error) {
	s.Department, s.Form, s.Entity, s.Content = row.department, row.form.ID, row.entity, row.fromContent
	if s.From, err = parsePeriod(row.fromPeriod); err != nil {
		return s, err
	}
	if s.Record, err = parseRecord(row.source, row.form); err != nil {
		return s, err
	}
	s.Record.Row = row.fromRow
	for i, c := range row.form.Columns {
		switch n, w := row.numbers[i], row.words[i]; {
		case n.Valid:
			c.Set(&s.Record, ledger.Number(n.V))
		case w.Valid:
			c.Set(&s.Record, ledger.Words(w.V))
		}
	}
	return s, nil
}

package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// packing is the migration after which what stood in return_row and in the columns source stands packed. It was one JSON
// object for each row: {"fields":{"name":["城固大道","B7"],"total":[120000000,"H7","0.012","亿元折算","亿元","储备",true]},"extra":…}
// A field was value, cell, raw, did, unit, sheet, held, without what was blank at its end. Values were null where the row had
// typed columns for them.
const packing = "0022_packed.sql"

// moved does what a migration needs besides its SQL.
func moved(ctx context.Context, tx *sqlx.Tx, migration string) error {
	if migration != packing {
		return nil
	}
	return repack(ctx, tx)
}

const (
	selectUnpacked = `
		SELECT region, period FROM return
		UNION SELECT region, period FROM month`
	oldRowColumns = `ordinal, sheet_row, record`
	selectOldRows = `SELECT ` + oldRowColumns + ` FROM return_row` + ofReturn + ` ORDER BY ordinal`
	updateRowsSum = `UPDATE return_sum SET rows_sum = ?` + ofReturn
)

// repack packs the rows of every return and of every month. The sums of what is as it was written become those of what
// was packed; what is not stays known as changed, for its sum is left.
func repack(ctx context.Context, tx *sqlx.Tx) error {
	var months []struct{ Region, Period string }
	if err := tx.SelectContext(ctx, &months, selectUnpacked); err != nil {
		return err
	}
	for _, month := range months {
		p, err := ledger.ParsePeriod(month.Period)
		if err != nil {
			continue // a hand wrote it
		}
		headers, err := headersOf(ctx, tx, month.Region, month.Period)
		if err != nil {
			return err
		}
		sums, err := readReturnSums(ctx, tx, month.Region, month.Period)
		if err != nil {
			return err
		}
		for _, h := range headers {
			if err := h.repack(ctx, tx, sums[h.edition]); err != nil {
				return h.named(err)
			}
		}
		if err := repackMonth(ctx, tx, month.Region, p); err != nil {
			return fmt.Errorf("month %s: %w", p, err)
		}
	}
	return nil
}

// repack packs the rows of a return.
func (h *header) repack(ctx context.Context, tx *sqlx.Tx, sum returnSum) error {
	f, err := formOf(h.Form)
	if err != nil {
		return err
	}
	var records []ledger.Record
	var misread error
	read := tallyOf(oldRowColumns)
	err = each(ctx, tx, selectOldRows, h.key(), func(rows *sqlx.Rows) error {
		var ordinal, at int
		var text string
		if err := rows.Scan(&ordinal, &at, &text); err != nil {
			return err
		}
		read.add(ordinal, at, text)
		r, _, err := parseRecord(text, f)
		r.Row = at
		records, misread = append(records, r), cmp.Or(misread, err)
		return nil
	})
	changed := !sum.old() && sum.Rows != read.sum()
	switch {
	case err != nil || len(records) == 0:
		return err
	case changed:
		return nil
	case misread != nil:
		return misread
	}
	packed := packedRecords(f, records)
	in := into(ctx, tx, "return_rows", "region, period, form, department, content, packed")
	if err := cmp.Or(in.add(append(h.key(), packed)...), in.done()); err != nil || sum.old() {
		return err
	}
	now := tallyOf("packed")
	now.add(packed)
	_, err = change(ctx, tx, updateRowsSum, append([]any{now.sum()}, h.key()...)...)
	return err
}

// repackMonth packs the rows in force of a month.
func repackMonth(ctx context.Context, tx *sqlx.Tx, region string, p ledger.Period) error {
	sums, err := sumsOf(ctx, tx, region, p.String())
	if err != nil || sums == nil {
		return err
	}
	known := tablesOf(migrationNames()[:slices.Index(migrationNames(), packing)])
	for _, f := range form.All() {
		if !slices.ContainsFunc(known, func(t table) bool { return t.name == f.ID }) {
			continue // a form of later
		}
		if err := repackForm(ctx, tx, &ledger.Month{Region: region, Period: p}, f, sums); err != nil {
			return fmt.Errorf("form %s: %w", f.ID, err)
		}
	}
	if sums.old() {
		return nil
	}
	return putSums(ctx, tx, region, p.String(), sums)
}

// repackForm packs a month's rows of a form.
func repackForm(ctx context.Context, tx *sqlx.Tx, m *ledger.Month, f *form.Form, sums monthSums) error {
	kinds, err := kindsOf(ctx, tx, f.ID)
	if err != nil {
		return err
	}
	columns := slices.DeleteFunc(slices.Clone(f.Columns), func(c *form.Column) bool { return kinds[c.ID] == "" }) // not those of later
	names := rowColumns + columnNames(columns)
	var source string
	targets := targetsOfRow(columns)
	var rows []*ledger.Standing
	var misread error
	was, now := tallyOf(names+", source"), tallyOf(names)
	err = each(ctx, tx, "SELECT "+names+", source FROM "+f.ID+ofMonth+" ORDER BY ordinal", monthKey(m), func(scanned *sqlx.Rows) error {
		all := append(targets, &source)
		if err := scanned.Scan(all...); err != nil {
			return err
		}
		was.add(all...)
		now.add(targets...)
		row, err := oldStanding(f, columns, targets, source)
		row.Region, row.Period = m.Region, m.Period
		rows, misread = append(rows, row), cmp.Or(misread, err)
		return nil
	})
	changed := !sums.old() && sums[f.ID] != was.sum()
	switch {
	case err != nil:
		return err
	case changed:
		sums[partsOf(f)] = cmp.Or(sums[f.ID], "changed")
		return nil
	case misread != nil:
		return misread
	}
	sum := monthSums{}
	if err := putParts(ctx, tx, m, f, rows, sum); err != nil || sums.old() {
		return err
	}
	sums[f.ID], sums[partsOf(f)] = now.sum(), sum[partsOf(f)]
	return nil
}

// oldStanding is a row in force that was scanned, with its source.
func oldStanding(f *form.Form, columns []*form.Column, scanned []any, source string) (*ledger.Standing, error) {
	text := func(i int) string { return *scanned[i].(*string) }
	s := &ledger.Standing{ReturnID: ledger.ReturnID{Form: f.ID, Department: text(0)}, Entity: text(1), Content: text(4)}
	from, err := parsePeriod(text(3))
	if err != nil {
		return s, err
	}
	s.From = from
	record, first, err := parseRecord(source, f)
	if err != nil {
		return s, err
	}
	s.Record, s.First = &record, first
	s.Record.Row = *scanned[5].(*int)
	fields := s.Record.Fields.Unpack(len(f.Columns))
	for i, c := range columns {
		switch v := scanned[6+i].(type) {
		case *sql.Null[int64]:
			fields[c.Index].Value = ledger.Value{Known: v.Valid, N: v.V}
		case *sql.Null[string]:
			fields[c.Index].Value = ledger.Value{Known: v.Valid, S: v.V}
		}
	}
	s.Record.Fields = ledger.Pack(fields)
	return s, nil
}

// parseRecord reads a record as JSON; first is of a row in force.
func parseRecord(text string, f *form.Form) (r ledger.Record, first ledger.Period, err error) {
	fields := make([]ledger.Field, len(f.Columns))
	s := scanner{rest: text}
	s.want(`{"fields":{`)
	for next := 0; !s.failed && !s.take("}"); s.take(",") {
		id := s.quoted()
		c := columnFrom(f, next, id)
		if c == nil {
			return r, first, fmt.Errorf("record of form %s: no column %q: %.80s", f.ID, id, text)
		}
		s.want(":")
		fields[c.Index] = s.field(numeric(c))
		next = c.Index + 1
	}
	first = s.about(f, &r)
	r.Fields = ledger.Pack(fields)
	return r, first, s.ended(f, text)
}

func (s *scanner) field(numeric bool) (field ledger.Field) {
	s.want("[")
	switch {
	case s.take("null"):
	case numeric:
		field.Value = ledger.Number(s.number())
	default:
		field.Value = ledger.Words(s.quoted())
	}
	cell := ""
	for _, text := range []*string{&cell, &field.Raw, &field.Did, &field.Unit, &field.Sheet} {
		if !strings.HasPrefix(s.rest, `,"`) {
			break
		}
		s.want(",")
		*text = s.quoted()
	}
	field.Cell = ledger.ParseCell(cell)
	field.Held = s.take(",true")
	s.want("]")
	return field
}

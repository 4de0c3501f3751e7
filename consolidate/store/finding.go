package store

import (
	"fmt"

	"huizong/internal/ledger"
)

// findingColumns are what the tables finding and return_finding have besides whose they are.
const findingColumns = `ordinal, code, file, sheet, cell, sheet_row,
	of_period, of_department, of_form, entity, field, found, expected`

// A findingRow is a finding in the database.
type findingRow struct {
	ordinal                  int
	code, file, sheet, cell  string
	row                      int
	period, department, form string
	entity, field            string
	found, expected          string
}

// targets are where findingColumns are scanned to.
func (row *findingRow) targets() []any {
	return []any{&row.ordinal, &row.code, &row.file, &row.sheet, &row.cell, &row.row,
		&row.period, &row.department, &row.form, &row.entity, &row.field, &row.found, &row.expected}
}

// findingValues are the values of findingColumns.
func findingValues(ordinal int, f *ledger.Finding) []any {
	return []any{ordinal, f.Code.ID, clean(f.File), clean(f.Sheet), clean(f.Cell), f.Row,
		periodText(f.Period), clean(f.Department), clean(f.Form), clean(f.Entity), clean(f.Field), clean(f.Found), clean(f.Expected)}
}

func (row *findingRow) finding() (ledger.Finding, error) {
	code := ledger.CodeByID(row.code)
	if code == nil {
		return ledger.Finding{}, fmt.Errorf("there is no kind of finding %q", row.code)
	}
	period, err := parsePeriod(row.period)
	return ledger.Finding{Code: code, File: row.file, Sheet: row.sheet, Cell: row.cell, Row: row.row,
		Period: period, Department: row.department, Form: row.form, Entity: row.entity, Field: row.field,
		Found: row.found, Expected: row.expected}, err
}

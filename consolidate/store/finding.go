package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"huizong/internal/ledger"
)

// findingColumns are what the tables finding and return_finding have besides their keys.
const findingColumns = `code, file, sheet, cell, sheet_row,
	of_period, of_department, of_form, entity, field, found, expected`

// A findingRow is a finding in the database.
type findingRow struct {
	Code, File, Sheet, Cell string
	Row                     int    `db:"sheet_row"`
	Period                  string `db:"of_period"`
	Department              string `db:"of_department"`
	Form                    string `db:"of_form"`
	Entity, Field           string
	Found, Expected         string
}

// findingValues are the values of findingColumns.
func findingValues(f *ledger.Finding) []any {
	return []any{f.Code.ID, clean(f.File), clean(f.Sheet), clean(f.Cell), f.Row,
		periodText(f.Period), clean(f.Department), clean(f.Form), clean(f.Entity), clean(f.Field), clean(f.Found), clean(f.Expected)}
}

func (row *findingRow) finding() (ledger.Finding, error) {
	code := ledger.CodeByID(row.Code)
	if code == nil {
		return ledger.Finding{}, fmt.Errorf("there is no kind of finding %q", row.Code)
	}
	period, err := parsePeriod(row.Period)
	return ledger.Finding{Code: code, File: row.File, Sheet: row.Sheet, Cell: row.Cell, Row: row.Row,
		Period: period, Department: row.Department, Form: row.Form, Entity: row.Entity, Field: row.Field,
		Found: row.Found, Expected: row.Expected}, err
}

// readFindings runs a query of findingColumns.
func readFindings(ctx context.Context, tx *sqlx.Tx, query string, args []any) (findings []ledger.Finding, err error) {
	err = each(ctx, tx, query, args, func(rows *sqlx.Rows) error {
		var row findingRow
		if err := rows.StructScan(&row); err != nil {
			return err
		}
		f, err := row.finding()
		findings = append(findings, f)
		return err
	})
	return findings, err
}

package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/jmoiron/sqlx"

	"huizong/internal/form"
)

// Types of columns.
const (
	textType  = "TEXT"
	wholeType = "BIGINT"
	flagType  = "BOOLEAN"
	bytesType = "BYTEA"
)

// otherNames are what a database calls a type in its own way.
var otherNames = map[string]string{"INT8": wholeType, "BOOL": flagType}

// A tableColumn is a column of a table of rows in force. shared are those that every such
// table has.
type tableColumn struct {
	name, kind string
	shared     bool
}

// String is the column as SQL declares it. What a row may leave blank is NULL.
func (c tableColumn) String() string {
	if c.shared {
		return c.name + " " + c.kind + " NOT NULL"
	}
	return c.name + " " + c.kind
}

// columnsOf are the columns that the table of a form must have; their order in the database
// is of no matter, for nothing is read or written by position.
func columnsOf(f *form.Form) []tableColumn {
	var all []tableColumn
	for name := range strings.SplitSeq(standingColumns, ",") {
		c := tableColumn{strings.TrimSpace(name), textType, true}
		if c.name == "ordinal" || c.name == "from_row" {
			c.kind = wholeType
		}
		all = append(all, c)
	}
	for _, c := range f.Columns {
		kind := textType
		if numeric(c) {
			kind = wholeType
		}
		all = append(all, tableColumn{c.ID, kind, false})
	}
	return all
}

// kindsOf gives the columns of a table as the database has them: types by name.
func kindsOf(ctx context.Context, tx *sqlx.Tx, table string) (map[string]string, error) {
	rows, err := tx.QueryContext(ctx, "SELECT * FROM "+table+" WHERE 1 = 0")
	if err != nil {
		return nil, err
	}
	columns, err := rows.ColumnTypes()
	if err := errors.Join(err, rows.Close()); err != nil {
		return nil, err
	}
	kinds := map[string]string{}
	for _, c := range columns {
		kinds[c.Name()] = cmp.Or(otherNames[c.DatabaseTypeName()], c.DatabaseTypeName())
	}
	return kinds, nil
}

// check holds the tables against the forms. Where they differ, a migration is missing, and
// the error says which.
func (s *Store) check(ctx context.Context, forms ...*form.Form) error {
	return s.snapshot(ctx, "open", func(tx *sqlx.Tx) error {
		for _, f := range forms {
			kinds, err := kindsOf(ctx, tx, f.ID)
			if err != nil && !migrated(f) {
				err = fmt.Errorf("it has no table: add %s with:\n%s", nextMigration(f.ID), createTable(f))
			} else if err == nil {
				err = missing(f, kinds)
			}
			if err != nil {
				return fmt.Errorf("form %s: %w", f.ID, err)
			}
		}
		return nil
	})
}

// missing is the error of a form whose table lacks a column or has it in another type; nil
// if there is none.
func missing(f *form.Form, kinds map[string]string) error {
	var names, lines []string
	for _, c := range columnsOf(f) {
		switch kind := kinds[c.name]; {
		case kind == c.kind:
		case c.shared:
			return fmt.Errorf("its table has no %s, as the table of every form has: mend its migration, so that it is:\n%s", c, createTable(f))
		case kind != "": // rows that were kept have values of the old type under the name
			return fmt.Errorf("its column %s is %s in its table: mend the migration that adds it; if that is in use, "+
				"give the column an ID of its own and add %s with:\nALTER TABLE %s ADD COLUMN … %s;",
				c, kind, nextMigration(f.ID), f.ID, c.kind)
		default:
			names = append(names, c.String())
			lines = append(lines, fmt.Sprintf("ALTER TABLE %s ADD COLUMN %s;", f.ID, c))
		}
	}
	if names == nil {
		return nil
	}
	name, _, _ := strings.Cut(names[0], " ")
	return fmt.Errorf("its table lacks %s: add %s with:\n%s", strings.Join(names, ", "), nextMigration(f.ID+"_"+name), strings.Join(lines, "\n"))
}

// createTable is the SQL that makes the table of a form.
func createTable(f *form.Form) string {
	sql := "CREATE TABLE " + f.ID + " (\n"
	for _, c := range columnsOf(f) {
		sql += "\t" + c.String() + ",\n"
	}
	return sql + "\tPRIMARY KEY (region, period, reported_by, entity, ordinal)\n);"
}

// migrated reports whether a migration makes the table of a form.
func migrated(f *form.Form) bool {
	return slices.ContainsFunc(migrationNames(), func(name string) bool {
		text, err := migrations.ReadFile("migrations/" + name)
		return err == nil && strings.Contains(string(text), "CREATE TABLE "+f.ID+" (")
	})
}

// nextMigration is the path of the migration after the last one, on a subject.
func nextMigration(subject string) string {
	names := migrationNames()
	last, _, _ := strings.Cut(names[len(names)-1], "_")
	number, err := strconv.Atoi(last)
	if err != nil {
		panic("a migration without a number: " + names[len(names)-1])
	}
	return fmt.Sprintf("consolidate/store/migrations/%04d_%s.sql", number+1, subject)
}

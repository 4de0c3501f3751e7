package store

import (
	"context"
	"strings"

	"github.com/jmoiron/sqlx"
)

// Rows go in many to a statement. More of them gain nothing (measured), and SQLite takes
// 32,766 parameters at most.
const batch = 100

// An insertion puts rows into a table, many at a time. The error of a row may come with a
// later one, or with done.
type insertion struct {
	ctx   context.Context
	tx    *sqlx.Tx
	head  string
	width int
	full  string // inserts a whole batch
	args  []any
}

func into(ctx context.Context, tx *sqlx.Tx, table, columns string) *insertion {
	return &insertion{ctx: ctx, tx: tx, width: strings.Count(columns, ",") + 1,
		head: "INSERT INTO " + table + " (" + columns + ") VALUES "}
}

// add puts a row, a value for each column.
func (in *insertion) add(values ...any) error {
	in.args = append(in.args, values...)
	if len(in.args) < batch*in.width {
		return nil
	}
	if in.full == "" {
		in.full = in.text(batch)
	}
	_, err := in.tx.ExecContext(in.ctx, in.full, in.args...)
	in.args = in.args[:0]
	return err
}

// done puts what is left.
func (in *insertion) done() error {
	if len(in.args) == 0 {
		return nil
	}
	_, err := in.tx.ExecContext(in.ctx, in.text(len(in.args)/in.width), in.args...)
	in.args = nil
	return err
}

func (in *insertion) text(rows int) string {
	row := "(" + strings.Repeat("?, ", in.width-1) + "?)"
	return in.tx.Rebind(in.head + strings.Repeat(row+", ", rows-1) + row)
}

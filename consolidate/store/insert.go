package store

import (
	"context"
	"slices"
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
	what  string // the table and its columns
	width int
	args  []any
}

func into(ctx context.Context, tx *sqlx.Tx, table, columns string) *insertion {
	return &insertion{ctx: ctx, tx: tx, what: table + " (" + columns + ")", width: strings.Count(columns, ",") + 1}
}

// add puts a row, a value for each column.
func (in *insertion) add(values ...any) error {
	in.args = append(in.args, values...)
	if len(in.args) < batch*in.width {
		return nil
	}
	return in.done()
}

// done puts what is left.
func (in *insertion) done() error {
	if len(in.args) == 0 {
		return nil
	}
	put := in.copy
	if in.tx.DriverName() == lite.driver {
		put = in.insert
	}
	err := put()
	in.args = in.args[:0]
	return err
}

func (in *insertion) insert() error {
	row := "(" + strings.Repeat("?, ", in.width-1) + "?)"
	rows := strings.Repeat(row+", ", len(in.args)/in.width-1) + row
	_, err := in.tx.ExecContext(in.ctx, "INSERT INTO "+in.what+" VALUES "+rows, in.args...)
	return err
}

// copy does the same where a server would have to understand thousands of parameters anew each time. It leaves
// nothing in the session, as a statement that is prepared would behind a pooler where a run is stopped.
func (in *insertion) copy() error {
	rows, err := in.tx.PrepareContext(in.ctx, "COPY "+in.what+" FROM STDIN")
	if err != nil {
		return err
	}
	defer rows.Close()
	for row := range slices.Chunk(in.args, in.width) {
		if _, err := rows.ExecContext(in.ctx, row...); err != nil {
			return err
		}
	}
	_, err = rows.ExecContext(in.ctx) // the end of the rows
	return err
}

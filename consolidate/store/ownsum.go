package store

import (
	"context"

	"github.com/jmoiron/sqlx"
)

// What is written without the lock of a run is no part of month_sum, which a run makes anew as a whole: each such table
// has a row of its own in own_sum, which who writes the table holds until its transaction ends.

const (
	selectOwnSums = `SELECT of_table, sha256 FROM own_sum WHERE region = ?`
	holdOwn       = `
		INSERT INTO own_sum (region, of_table, sha256) VALUES (?, ?, '')
		ON CONFLICT (region, of_table) DO UPDATE SET sha256 = own_sum.sha256
		RETURNING sha256`
	updateOwnSum = `UPDATE own_sum SET sha256 = ? WHERE region = ? AND of_table = ?`
)

// ownSum is the sum of a table, blank if nothing was written yet.
func ownSum(ctx context.Context, tx *sqlx.Tx, region, table string) (sum string, err error) {
	err = each(ctx, tx, selectOwnSums, []any{clean(region)}, func(rows *sqlx.Rows) error {
		var of, sha256 string
		if err := rows.Scan(&of, &sha256); err != nil {
			return err
		}
		switch of {
		case table:
			sum = sha256
		case "access", "audit":
		default:
			return &Changed{Table: "own_sum"}
		}
		return nil
	})
	return sum, err
}

// holdOwnSum gives the sum of a table and keeps others from writing the table until the transaction ends.
func holdOwnSum(ctx context.Context, tx *sqlx.Tx, region, table string) (sum string, err error) {
	err = tx.GetContext(ctx, &sum, tx.Rebind(holdOwn), clean(region), table)
	return sum, err
}

func putOwnSum(ctx context.Context, tx *sqlx.Tx, region, table, sum string) error {
	_, err := change(ctx, tx, updateOwnSum, sum, clean(region), table)
	return err
}

package store

import (
	"context"
	"database/sql"
	"errors"
	"math"

	"github.com/jmoiron/sqlx"
)

// A Deed is what somebody did: a row of the table audit, which is only appended to. What is blank is not known, or
// does not apply.
type Deed struct {
	Number    int
	At        string
	Who, Role string
	CameFrom  string `db:"came_from"`
	Deed      string
	Period    string
	About     string
	Chain     string // the SHA-256 of this row and the chain of the one before it
}

const (
	auditColumns = `number, at, who, role, came_from, deed, period, about, chain`
	selectLast   = `SELECT ` + auditColumns + ` FROM audit WHERE region = ? ORDER BY number DESC LIMIT 1`
	selectDeeds  = `SELECT ` + auditColumns + ` FROM audit WHERE region = ? AND number <= ? ORDER BY number DESC`
	insertDeed   = `
		INSERT INTO audit (region, number, at, who, role, came_from, deed, period, about, chain)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
)

// Note appends a deed; its number and chain are given here.
func (s *Store) Note(ctx context.Context, region string, d Deed) error {
	return s.atomically(ctx, "note what was done", func(tx *sqlx.Tx) error { return note(ctx, tx, region, d) })
}

// note is an error where the last deed is not the one that was noted last.
func note(ctx context.Context, tx *sqlx.Tx, region string, d Deed) error {
	sum, err := holdOwnSum(ctx, tx, region, "audit")
	if err != nil {
		return err
	}
	var last Deed
	if err := tx.GetContext(ctx, &last, tx.Rebind(selectLast), clean(region)); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if last.Chain != sum {
		return &Changed{Table: "audit"}
	}
	d = Deed{last.Number + 1, clean(d.At), clean(d.Who), clean(d.Role), clean(d.CameFrom), clean(d.Deed), clean(d.Period), clean(d.About), ""}
	d.Chain = d.chainAfter(last.Chain)
	if _, err := change(ctx, tx, insertDeed, append([]any{clean(region)}, d.row(d.Chain)...)...); err != nil {
		return err
	}
	return putOwnSum(ctx, tx, region, "audit", d.Chain)
}

// row is a deed with a chain, in the order of auditColumns.
func (d Deed) row(chain string) []any {
	return []any{d.Number, d.At, d.Who, d.Role, d.CameFrom, d.Deed, d.Period, d.About, chain}
}

// chainAfter is the chain of a deed that comes after a row with a chain, which is blank before the first.
func (d Deed) chainAfter(before string) string {
	t := tallyOf(auditColumns)
	t.add(d.row(before)...)
	return t.sum()
}

// Deeds are the last deeds before a number that are to be kept, the newest first, at most so many; of all where the
// number is 0 or less. *Changed if a hand changed what is read, took any of it away or put something in.
func (s *Store) Deeds(ctx context.Context, region string, before, most int, keep func(Deed) bool) (all []Deed, err error) {
	if before < 1 {
		before = math.MaxInt
	}
	err = s.snapshot(ctx, "read what was done", func(tx *sqlx.Tx) error {
		all = nil
		sum, err := ownSum(ctx, tx, region, "audit")
		if err != nil {
			return err
		}
		var newer Deed // what was read last is whole where it goes with the row before it
		with := func(older Deed) error {
			first := newer.Number == 0
			if first && older.Number != before && older.Chain != sum || !first && !newer.follows(older) {
				return &Changed{Table: "audit"}
			}
			if !first && newer.Number < before && keep(newer) {
				all = append(all, newer)
			}
			if newer = older; len(all) == most {
				return errEnough
			}
			return nil
		}
		err = each(ctx, tx, selectDeeds, []any{clean(region), before}, func(rows *sqlx.Rows) error {
			var d Deed
			if err := rows.StructScan(&d); err != nil {
				return err
			}
			return with(d)
		})
		if err == nil {
			err = with(Deed{}) // nothing comes before the first
		}
		if errors.Is(err, errEnough) {
			return nil
		}
		return err
	})
	return all, err
}

var errEnough = errors.New("enough was read")

// follows reports whether a deed is as it was noted, next after another.
func (d Deed) follows(before Deed) bool {
	return d.Number == before.Number+1 && d.Chain == d.chainAfter(before.Chain)
}

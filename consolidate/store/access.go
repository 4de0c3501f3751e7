package store

import (
	"context"

	"github.com/jmoiron/sqlx"
)

// An Access is who may come in: a row of the table access.
type Access struct {
	ID   string // the part of the code that is no secret
	Role string
	Name string // of a department or a person
	Hash string // of the rest of the code
	Made string // when it was given
}

const (
	accessColumns = `id, role, name, hash, made`
	selectAccess  = `SELECT ` + accessColumns + ` FROM access WHERE region = ?`
	deleteAccess  = `DELETE FROM access WHERE region = ?`
)

// Access are all who may come in, in no order.
func (s *Store) Access(ctx context.Context, region string) (all []Access, err error) {
	err = s.snapshot(ctx, "read who may come in", func(tx *sqlx.Tx) error {
		sum, err := ownSum(ctx, tx, region, "access")
		if err == nil {
			all, err = readAccess(ctx, tx, region, sum)
		}
		return err
	})
	return all, err
}

// readAccess is an error unless the rows are those that were summed.
func readAccess(ctx context.Context, tx *sqlx.Tx, region, sum string) (all []Access, err error) {
	if err := tx.SelectContext(ctx, &all, tx.Rebind(selectAccess), clean(region)); err != nil {
		return nil, err
	}
	if tallyAccess(all).sum() != sum {
		return nil, &Changed{Table: "access"}
	}
	return all, nil
}

func tallyAccess(all []Access) *tally {
	t := tallyOf(accessColumns)
	for _, a := range all {
		t.add(a.ID, a.Role, a.Name, a.Hash, a.Made)
	}
	return t
}

// ChangeAccess puts those whom change makes of all who may come in into their place, and notes the deed that it was;
// both or, where change fails, neither. Nobody else changes them meanwhile. change may be called more than once.
func (s *Store) ChangeAccess(ctx context.Context, region string, change func(all []Access) ([]Access, Deed, error)) error {
	return s.atomically(ctx, "change who may come in", func(tx *sqlx.Tx) error {
		sum, err := holdOwnSum(ctx, tx, region, "access")
		if err != nil {
			return err
		}
		all, err := readAccess(ctx, tx, region, sum)
		if err != nil {
			return err
		}
		now, deed, err := change(all)
		if err != nil {
			return err
		}
		if err := putAccess(ctx, tx, region, now); err != nil {
			return err
		}
		return note(ctx, tx, region, deed)
	})
}

func putAccess(ctx context.Context, tx *sqlx.Tx, region string, all []Access) error {
	if _, err := change(ctx, tx, deleteAccess, clean(region)); err != nil {
		return err
	}
	in, sum := into(ctx, tx, "access", "region, "+accessColumns), tallyOf(accessColumns)
	for _, a := range all {
		row := []any{clean(a.ID), clean(a.Role), clean(a.Name), clean(a.Hash), clean(a.Made)}
		sum.add(row...)
		if err := in.add(append([]any{clean(region)}, row...)...); err != nil {
			return err
		}
	}
	if err := in.done(); err != nil {
		return err
	}
	return putOwnSum(ctx, tx, region, "access", sum.sum())
}

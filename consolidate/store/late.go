package store

import (
	"context"
	"errors"
	"slices"

	"github.com/jmoiron/sqlx"

	"huizong/internal/ledger"
)

const (
	selectLate        = `SELECT form, department, content, came FROM late` + ofMonth
	selectLatePeriods = `SELECT DISTINCT period FROM late WHERE region = ? AND came = ?`
	lateColumns       = `period, form, department, content, came`
)

// A late return is in the table return, as all are, and in the table late: it is of its month and does not
// count there. lates are those of a month, with the months that they came with the runs of.
type lates map[edition][]string

func readLates(ctx context.Context, tx *sqlx.Tx, region, period string) (lates, error) {
	if err := checkTimeless(ctx, tx, region, "late"); err != nil {
		return nil, err
	}
	var rows []struct {
		edition
		Came string
	}
	if err := tx.SelectContext(ctx, &rows, tx.Rebind(selectLate), region, period); err != nil {
		return nil, err
	}
	all := lates{}
	for _, row := range rows {
		all[row.edition] = append(all[row.edition], row.Came)
	}
	return all, nil
}

// SaveLate keeps returns of months that were closed, which came with a run of the month came: all of them
// or none. They are no returns of their month, see Returns. What its month has already, and what came with
// another month, too, stays as it was delivered first.
func (l *Lock) SaveLate(ctx context.Context, came ledger.Period, returns []*ledger.Return) error {
	return l.write(ctx, "save late returns", func(tx *sqlx.Tx) error {
		if err := checkTimeless(ctx, tx, l.region); err != nil { // before what is there is summed anew
			return err
		}
		w, known := newReturnWriter(ctx, tx), map[string]lates{}
		entries := into(ctx, tx, "late", "region, "+lateColumns)
		for _, r := range distinct(returns) {
			h := headerOf(r)
			if err := l.owns(r.Region); err != nil {
				return h.named(err)
			}
			if known[h.Period] == nil {
				var err error
				if known[h.Period], err = readLates(ctx, tx, h.Region, h.Period); err != nil {
					return err
				}
			}
			there, err := w.of(h)
			if err != nil {
				return h.named(err)
			}
			with := known[h.Period][h.edition]
			entered := slices.Contains(with, came.String())
			switch {
			case there != nil && len(with) == 0: // its month has it
				continue
			case !entered:
				if err := entries.add(append(h.key(), came.String())...); err != nil {
					return h.named(err)
				}
			}
			if there == nil || entered && len(with) == 1 {
				if err := w.write(h, r); err != nil {
					return h.named(err)
				}
			}
		}
		if err := errors.Join(w.done(), entries.done()); err != nil {
			return err
		}
		return sumTimeless(ctx, tx, l.region)
	})
}

// Late are the returns that came late with the runs of a month, as they were delivered, in the order of
// Returns.
func (s *Store) Late(ctx context.Context, region string, came ledger.Period) (returns []*ledger.Return, err error) {
	err = s.snapshot(ctx, "read the late returns of "+came.String(), func(tx *sqlx.Tx) error {
		returns = nil
		if err := checkTimeless(ctx, tx, region, "late"); err != nil {
			return err
		}
		var periods []string
		if err := tx.SelectContext(ctx, &periods, tx.Rebind(selectLatePeriods), clean(region), came.String()); err != nil {
			return err
		}
		for _, period := range periods {
			p, err := ledger.ParsePeriod(period)
			if err != nil {
				return err
			}
			all, err := readReturns(ctx, tx, clean(region), p, func(with []string) bool { return slices.Contains(with, came.String()) })
			if err != nil {
				return err
			}
			returns = append(returns, all...)
		}
		return nil
	})
	slices.SortFunc(returns, byKey)
	return returns, err
}

// Waiting counts the late returns of a month, whenever they came.
func (s *Store) Waiting(ctx context.Context, region string, p ledger.Period) (n int, err error) {
	err = s.snapshot(ctx, "count the late returns of "+p.String(), func(tx *sqlx.Tx) error {
		all, err := readLates(ctx, tx, clean(region), p.String())
		n = len(all)
		return err
	})
	return n, err
}

// Admit makes late returns of a month returns like all others: those of some departments, of all where none
// is named.
func (l *Lock) Admit(ctx context.Context, p ledger.Period, departments []string) error {
	return l.write(ctx, "admit late returns of "+p.String(), func(tx *sqlx.Tx) error {
		if err := checkTimeless(ctx, tx, l.region); err != nil { // before what is there is summed anew
			return err
		}
		all, err := readLates(ctx, tx, l.region, p.String())
		if err != nil {
			return err
		}
		for late := range all {
			if len(departments) > 0 && !slices.Contains(departments, late.Department) {
				continue
			}
			key := []any{l.region, p.String(), late.Form, late.Department, late.Content}
			if _, err := change(ctx, tx, "DELETE FROM late"+ofReturn, key...); err != nil {
				return err
			}
		}
		return sumTimeless(ctx, tx, l.region)
	})
}

package store

import (
	"context"

	"github.com/jmoiron/sqlx"

	"huizong/internal/ledger"
)

const (
	waiverColumns = `period, ordinal, code, department, form, entity, field, found, why, who, until`
	selectWaivers = `SELECT code, department, form, entity, field, found, why, who, until FROM waiver` + ofMonth + ` ORDER BY ordinal`
)

// Waivers are those of a month, in their order.
func (s *Store) Waivers(ctx context.Context, region string, p ledger.Period) (all []ledger.Waiver, err error) {
	err = s.snapshot(ctx, "read the waivers of "+p.String(), func(tx *sqlx.Tx) error {
		all = nil
		if err := checkTimeless(ctx, tx, region, "waiver"); err != nil {
			return err
		}
		return each(ctx, tx, selectWaivers, []any{clean(region), p.String()}, func(rows *sqlx.Rows) error {
			var w ledger.Waiver
			var until string
			err := rows.Scan(&w.Code, &w.Department, &w.Form, &w.Entity, &w.Field, &w.Found, &w.Why, &w.Who, &until)
			if err != nil {
				return err
			}
			w.Until, err = ledger.ParsePeriod(until)
			all = append(all, w)
			return err
		})
	})
	return all, err
}

// Waive puts the waivers of a month in the place of those that were there.
func (l *Lock) Waive(ctx context.Context, p ledger.Period, waivers []ledger.Waiver) error {
	return l.write(ctx, "record the waivers of "+p.String(), func(tx *sqlx.Tx) error {
		if err := checkTimeless(ctx, tx, l.region); err != nil { // before what is there is summed anew
			return err
		}
		if _, err := change(ctx, tx, "DELETE FROM waiver"+ofMonth, l.region, p.String()); err != nil {
			return err
		}
		in := into(ctx, tx, "waiver", "region, "+waiverColumns)
		for i, w := range waivers {
			err := in.add(l.region, p.String(), i+1, clean(w.Code), clean(w.Department), clean(w.Form), clean(w.Entity), clean(w.Field), clean(w.Found),
				clean(w.Why), clean(w.Who), w.Until.String())
			if err != nil {
				return err
			}
		}
		if err := in.done(); err != nil {
			return err
		}
		return sumTimeless(ctx, tx, l.region)
	})
}

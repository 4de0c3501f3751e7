package store

import (
	"cmp"
	"context"

	"github.com/jmoiron/sqlx"

	"huizong/internal/ledger"
)

const selectAsked = `SELECT period, ` + findingColumns + ` FROM finding WHERE region = ? AND period BETWEEN ? AND ? ORDER BY period, ordinal`

// Asked are the findings of the merged months from one to another, both inclusive, by month: the errors and queries, each
// by what it is about, without its place and value. A month that was not merged is not there; one in which
// nothing was found is.
func (s *Store) Asked(ctx context.Context, region string, from, to ledger.Period) (asked map[ledger.Period][]ledger.Asked, err error) {
	err = s.snapshot(ctx, "read findings", func(tx *sqlx.Tx) error {
		asked = map[ledger.Period][]ledger.Asked{}
		sums, err := readSums(ctx, tx, region, from.String(), to.String())
		if err != nil {
			return err
		}
		tallies := map[string]*tally{}
		for p := from; p.Since(to) <= 0; p = p.Add(1) {
			tallies[p.String()] = tallyOf(findingColumns)
			if sums[p.String()] != nil {
				asked[p] = nil
			}
		}
		var period string
		var found findingRow
		var misread error // told only of what is as it was written
		err = each(ctx, tx, selectAsked, []any{clean(region), from.String(), to.String()}, func(rows *sqlx.Rows) error {
			if err := rows.Scan(append([]any{&period}, found.targets()...)...); err != nil {
				return err
			}
			if tallies[period] == nil {
				return &Changed{Table: "finding"}
			}
			tallies[period].add(found.targets()...)
			f, err := found.finding()
			if misread = cmp.Or(misread, err); err != nil || f.Code.Severity < ledger.Query {
				return nil
			}
			p, err := ledger.ParsePeriod(period)
			asked[p] = append(asked[p], f.Asked())
			return err
		})
		if err != nil {
			return err
		}
		for p := from; p.Since(to) <= 0; p = p.Add(1) {
			if err := sums[p.String()].check(p, "finding", tallies[p.String()]); err != nil {
				return err
			}
		}
		return misread
	})
	return asked, err
}

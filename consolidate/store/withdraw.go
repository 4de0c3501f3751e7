package store

import (
	"cmp"
	"context"
	"slices"

	"github.com/jmoiron/sqlx"

	"huizong/internal/ledger"
)

const deleteExplanations = `DELETE FROM explanation WHERE region = ? AND period = ? AND source = ?`

// Withdraw takes out the returns that some files, by their SHA-256, brought with the runs of a month, those that came late
// too, and the explanations that were given with them: all of them or none. The month that was merged stays as it is until
// it is merged again. What another file brought in the same words went unrecorded, and comes back when that is read again.
func (l *Lock) Withdraw(ctx context.Context, p ledger.Period, files ...string) error {
	return l.write(ctx, "withdraw returns of "+p.String(), func(tx *sqlx.Tx) error {
		if err := checkTimeless(ctx, tx, l.region); err != nil { // before what is there is summed anew
			return err
		}
		var periods []string
		if err := tx.SelectContext(ctx, &periods, tx.Rebind(selectLatePeriods), l.region, p.String()); err != nil {
			return err
		}
		known := map[string]lates{}
		for _, of := range append(periods, p.String()) {
			var err error
			if known[of], err = readLates(ctx, tx, l.region, of); err != nil {
				return err
			}
		}
		for of, late := range known {
			if err := l.withdraw(ctx, tx, of, p.String(), late, files); err != nil {
				return err
			}
		}
		for _, file := range files {
			if _, err := change(ctx, tx, deleteExplanations, l.region, p.String(), file); err != nil {
				return err
			}
		}
		return sumTimeless(ctx, tx, l.region)
	})
}

// withdraw takes out returns of one month that came with the runs of another, or of itself.
func (l *Lock) withdraw(ctx context.Context, tx *sqlx.Tx, of, came string, late lates, files []string) error {
	period, err := ledger.ParsePeriod(of)
	if err != nil {
		return err
	}
	headers, err := headersOf(ctx, tx, l.region, of)
	if err != nil {
		return err
	}
	months, err := sumsOf(ctx, tx, l.region, of)
	if err != nil {
		return err
	}
	sums, err := readReturnSums(ctx, tx, l.region, of)
	if err != nil {
		return err
	}
	if err := cmp.Or(sums.checkHeaders(period, headers), months.check(period, "return", sumStates(headers))); err != nil {
		return err
	}
	var left []*header
	for _, h := range headers {
		with := late[h.edition]
		switch {
		case !slices.Contains(files, h.FileSHA256), with == nil && of != came, with != nil && !slices.Contains(with, came):
			left = append(left, h)
			continue
		case with != nil:
			if _, err := change(ctx, tx, "DELETE FROM late"+ofReturn+" AND came = ?", append(h.key(), came)...); err != nil {
				return err
			}
		}
		if len(with) > 1 { // it came with another month, too
			left = append(left, h)
			continue
		}
		if err := h.remove(ctx, tx); err != nil {
			return h.named(err)
		}
	}
	if months == nil || months.old() {
		return nil
	}
	months["return"] = sumStates(left).sum()
	return putSums(ctx, tx, l.region, of, months)
}

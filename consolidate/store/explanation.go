package store

import (
	"context"
	"slices"

	"github.com/jmoiron/sqlx"

	"huizong/internal/ledger"
)

const (
	explanationColumns = `number, period, digest, code, department, form, entity, field, found, text, who, given, source`
	selectExplanations = `SELECT ` + explanationColumns + ` FROM explanation WHERE region = ? ORDER BY number`
	insertExplanation  = `
		INSERT INTO explanation (region, number, period, digest, code, department, form, entity, field, found, text, who, given, source)
		VALUES (:region, :number, :period, :digest, :code, :department, :form, :entity, :field, :found, :text, :who, :given, :source)`
)

// An explanationRow is a row of the table explanation.
type explanationRow struct {
	Region                                       string
	Number                                       int
	Period, Digest                               string
	Code, Department, Form, Entity, Field, Found string
	Text, Who, Given, Source                     string
}

func explanationRowOf(region string, e ledger.Explanation) explanationRow {
	return explanationRow{clean(region), e.Number, e.Period.String(), clean(e.Digest),
		clean(e.Code), clean(e.Department), clean(e.Form), clean(e.Entity), clean(e.Field), clean(e.Found),
		clean(e.Text), clean(e.Who), clean(e.Given), clean(e.Source)}
}

func (r explanationRow) explanation() (ledger.Explanation, error) {
	period, err := ledger.ParsePeriod(r.Period)
	return ledger.Explanation{Number: r.Number, Period: period, Digest: r.Digest,
		Code: r.Code, Department: r.Department, Form: r.Form, Entity: r.Entity, Field: r.Field, Found: r.Found,
		Text: r.Text, Who: r.Who, Given: r.Given, Source: r.Source}, err
}

// Explanations are all that were given with the runs of a month, by number.
func (s *Store) Explanations(ctx context.Context, region string, p ledger.Period) (all []ledger.Explanation, err error) {
	err = s.snapshot(ctx, "read the explanations of "+p.String(), func(tx *sqlx.Tx) error {
		all, err = readExplanations(ctx, tx, region)
		all = slices.DeleteFunc(all, func(e ledger.Explanation) bool { return e.Period != p })
		return err
	})
	return all, err
}

// readExplanations reads all explanations of a region.
func readExplanations(ctx context.Context, tx *sqlx.Tx, region string) ([]ledger.Explanation, error) {
	if err := checkTimeless(ctx, tx, region, "explanation"); err != nil {
		return nil, err
	}
	var rows []explanationRow
	if err := tx.SelectContext(ctx, &rows, tx.Rebind(selectExplanations), clean(region)); err != nil {
		return nil, err
	}
	all := make([]ledger.Explanation, len(rows))
	for i, row := range rows {
		var err error
		if all[i], err = row.explanation(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// A told explanation is what a receipt says of a finding of a month.
type told struct {
	period               ledger.Period
	digest, source, text string
}

func toldBy(e ledger.Explanation) told {
	return told{e.Period, clean(e.Digest), clean(e.Source), clean(e.Text)}
}

// Explain records explanations, all or none, numbers them in their order and gives those that were recorded: what a
// receipt said once is not recorded again.
func (l *Lock) Explain(ctx context.Context, explanations []ledger.Explanation) (recorded []ledger.Explanation, err error) {
	err = l.write(ctx, "record explanations", func(tx *sqlx.Tx) error {
		recorded = nil
		if err := checkTimeless(ctx, tx, l.region); err != nil { // before what is there is summed anew
			return err
		}
		there, err := readExplanations(ctx, tx, l.region)
		if err != nil {
			return err
		}
		known, last := map[told]bool{}, 0
		for _, e := range there {
			known[toldBy(e)], last = true, e.Number
		}
		for _, e := range explanations {
			if known[toldBy(e)] {
				continue
			}
			last++
			e.Number, known[toldBy(e)] = last, true
			if _, err := tx.NamedExecContext(ctx, insertExplanation, explanationRowOf(l.region, e)); err != nil {
				return err
			}
			recorded = append(recorded, e)
		}
		return sumTimeless(ctx, tx, l.region)
	})
	return recorded, err
}

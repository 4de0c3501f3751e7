package job

import (
	"context"
	"slices"

	"huizong/consolidate"
	"huizong/internal/ledger"
)

// corrections hold what came late with the runs of a month, which is made of in, against what was published
// of the months that it is of.
func (j *Job) corrections(ctx context.Context, in consolidate.Input, books ledger.Books) ([]consolidate.Correction, error) {
	returns, err := j.db.Late(ctx, j.county.Region, in.Period)
	if err != nil {
		return nil, err
	}
	byMonth := map[ledger.Period][]*ledger.Return{}
	var months []ledger.Period
	for _, r := range returns {
		if byMonth[r.Period] == nil {
			months = append(months, r.Period)
		}
		byMonth[r.Period] = append(byMonth[r.Period], r)
	}
	slices.SortFunc(months, ledger.Period.Since)
	var all []consolidate.Correction
	for _, p := range months {
		of := in
		if p != in.Period {
			decisions, err := j.decisions(ctx, p, books)
			if err != nil {
				return nil, err
			}
			if of, err = j.input(ctx, p, books, decisions); err != nil {
				return nil, err
			}
		}
		correction, err := j.correct(ctx, of, p == in.Period, byMonth[p])
		if err != nil {
			return nil, err
		}
		all = append(all, correction)
	}
	return all, nil
}

// correct holds late returns against what was published of their month, which is made of in; of the month
// that is being made nothing was, and it is held against what it is without them.
func (j *Job) correct(ctx context.Context, in consolidate.Input, beingMade bool, late []*ledger.Return) (c consolidate.Correction, err error) {
	var published consolidate.Account
	if beingMade {
		month, err := consolidate.Reconcile(in)
		if err != nil {
			return c, err
		}
		published = consolidate.Account{Register: month.Register, Figures: month.Figures}
	} else {
		standing, err := j.db.Standing(ctx, j.county.Region, in.Period)
		if err != nil {
			return c, err
		}
		month, _, err := j.db.Month(ctx, j.county.Region, in.Period)
		if err != nil {
			return c, err
		}
		published = consolidate.Account{Register: consolidate.NewRegister(j.county, in.Period, standing, in.Decisions...), Figures: month.Figures}
	}
	in.Returns = slices.Concat(in.Returns, j.judged(in.History, late))
	would, err := consolidate.Reconcile(in)
	if err != nil {
		return c, err
	}
	return consolidate.Correct(published, would, late), nil
}

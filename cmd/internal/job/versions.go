package job

import (
	"context"

	"huizong/consolidate"
	"huizong/internal/ledger"
)

// A Sending is a version of a return, with what it says otherwise than the one before.
type Sending struct {
	*ledger.Return
	Differences []consolidate.Difference // none of the first
}

// Sendings are the versions of a unit's return of a form in a month that the database holds, the oldest first.
func (r *Reading) Sendings(ctx context.Context, period ledger.Period, unit, form string) ([]Sending, error) {
	month, err := r.Month(ctx, period)
	if err != nil {
		return nil, err
	}
	var all []Sending
	for _, sent := range month.Returns { // oldest first
		if sent.Department != unit || sent.Form != form || sent.State == ledger.Repeated {
			continue
		}
		s := Sending{Return: sent}
		if len(all) > 0 {
			s.Differences = consolidate.Differences(r.job.county, all[len(all)-1].Return, sent)
		}
		all = append(all, s)
	}
	return all, nil
}

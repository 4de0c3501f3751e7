package job

import (
	"context"
	"errors"
	"fmt"

	"huizong/consolidate/store"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// Why nothing was decided or undone.
var (
	ErrOneRow     = errors.New("both keys are of one row")
	ErrNoDecision = store.ErrNoDecision
)

// NoProject is the error of deciding on a key that nothing in the month has.
type NoProject struct {
	Period ledger.Period
	Key    string
}

func (e *NoProject) Error() string {
	return fmt.Sprintf("in %s no project has the key %s", e.Period, e.Key)
}

// TwoForms is the error of deciding on rows of two forms.
type TwoForms struct {
	Names [2]string
	Forms [2]*form.Form
}

func (e *TwoForms) Error() string {
	return fmt.Sprintf("%s is of %s, %s of %s", e.Names[0], e.Forms[0].ID, e.Names[1], e.Forms[1].ID)
}

// Decide records what a person decides of two rows that stand in a month, by their keys; the
// parties of d are filled in here. The month is the latest that was merged where none is
// named. It is not new if it was decided so already.
func (j *Job) Decide(ctx context.Context, period ledger.Period, keys [2]string, d ledger.Decision) (recorded ledger.Decision, isNew bool, err error) {
	month, err := j.Month(ctx, period)
	if err != nil {
		return d, false, err
	}
	var forms [2]*form.Form
	for i, party := range []*ledger.Party{&d.A, &d.B} {
		if *party, forms[i] = month.Register.Party(keys[i]); forms[i] == nil {
			return d, false, &NoProject{month.Period, keys[i]}
		}
	}
	switch {
	case d.A.Key == d.B.Key:
		return d, false, ErrOneRow
	case forms[0] != forms[1]:
		return d, false, &TwoForms{[2]string{d.A.Name, d.B.Name}, forms}
	}
	all, err := j.db.Decide(ctx, j.county.Region, []ledger.Decision{d})
	if err != nil || len(all) == 0 {
		return d, false, err
	}
	return all[0], true, nil
}

// Undo takes a decision back; ErrNoDecision if there is none of the number, or none any more.
func (j *Job) Undo(ctx context.Context, number int) error {
	return j.db.Undo(ctx, j.county.Region, number)
}

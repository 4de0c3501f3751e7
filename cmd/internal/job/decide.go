package job

import (
	"context"
	"errors"
	"fmt"

	"huizong/consolidate"
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

// TwoForms is the error of deciding that a row is a part of one of another form.
type TwoForms struct {
	Names [2]string
	Forms [2]*form.Form
}

func (e *TwoForms) Error() string {
	return fmt.Sprintf("%s is of %s, %s of %s", e.Names[0], e.Forms[0].ID, e.Names[1], e.Forms[1].ID)
}

// A Contradiction is the error of a decision that cannot hold beside others.
type Contradiction struct{ Others []ledger.Decision }

func (e *Contradiction) Error() string {
	numbers := make([]int, len(e.Others))
	for i, d := range e.Others {
		numbers[i] = d.Number
	}
	return "it contradicts " + consolidate.Numbers(numbers, ledger.English)
}

// Decide records what a person decides of two rows of a month or of the month before, by their keys; the
// parties of d are filled in here. The month is the latest that was merged where none is
// named. It is not new if it was decided so already. What would contradict other decisions
// is not recorded.
func (j *Job) Decide(ctx context.Context, period ledger.Period, keys [2]string, d ledger.Decision) (recorded ledger.Decision, isNew bool, err error) {
	err = j.alone(ctx, func(lock *store.Lock) error {
		recorded, isNew, err = j.decide(ctx, lock, period, keys, d)
		return err
	})
	return recorded, isNew, err
}

func (j *Job) decide(ctx context.Context, lock *store.Lock, period ledger.Period, keys [2]string, d ledger.Decision) (
	recorded ledger.Decision, isNew bool, err error) {
	month, err := j.asDecided(ctx, period)
	if err != nil {
		return d, false, err
	}
	if err := fillIn(&d, month, keys); err != nil {
		return d, false, err
	}
	log, err := j.db.DecisionLog(ctx, j.county.Region)
	if err != nil {
		return d, false, err
	}
	d.Number = log.Next()
	if others := upset(month, d); others != nil {
		return d, false, &Contradiction{others}
	}
	all, err := lock.Decide(ctx, []ledger.Decision{d})
	if err != nil || len(all) == 0 {
		return d, false, err
	}
	return all[0], true, nil
}

// asDecided is a month with all that was decided up to now: one that is closed keeps to what was decided
// when it was, but what is decided on its rows holds for the months after it.
func (j *Job) asDecided(ctx context.Context, period ledger.Period) (*consolidate.Month, error) {
	period, err := j.named(ctx, period)
	if err != nil {
		return nil, err
	}
	books, err := j.db.Books(ctx, j.county.Region)
	if err != nil {
		return nil, err
	}
	decisions, err := j.db.Decisions(ctx, j.county.Region)
	if err != nil {
		return nil, err
	}
	return j.makeMonth(ctx, period, books, decisions)
}

// fillIn finds the parties of a decision in the month.
func fillIn(d *ledger.Decision, month *consolidate.Month, keys [2]string) error {
	var forms [2]*form.Form
	for i, party := range []*ledger.Party{&d.A, &d.B} {
		if *party, forms[i] = month.Party(keys[i]); forms[i] == nil {
			return &NoProject{month.Period, keys[i]}
		}
	}
	switch {
	case d.A.Key == d.B.Key:
		return ErrOneRow
	case d.Verdict == ledger.Part && forms[0] != forms[1]:
		return &TwoForms{[2]string{d.A.Name, d.B.Name}, forms}
	}
	return nil
}

// upset are the decisions that stand against the last of those that are to be made, by number;
// nil where all hold beside one another.
func upset(month *consolidate.Month, more ...ledger.Decision) []ledger.Decision {
	against := map[int]bool{}
	for _, r := range month.Upset(more...) {
		against[r.Number] = true
		for _, number := range r.With {
			against[number] = true
		}
	}
	if len(against) == 0 {
		return nil
	}
	last, others := more[len(more)-1].Number, []ledger.Decision{}
	for _, r := range month.Rulings {
		if against[r.Number] {
			others = append(others, r.Decision)
		}
	}
	for _, d := range more {
		if against[d.Number] && d.Number != last {
			others = append(others, d)
		}
	}
	return others
}

// Undo takes a decision back; ErrNoDecision if there is none of the number, or none any more.
func (j *Job) Undo(ctx context.Context, number int) error {
	return j.alone(ctx, func(lock *store.Lock) error { return lock.Undo(ctx, number) })
}

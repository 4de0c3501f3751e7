package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"huizong/internal/ledger"
)

const (
	decisionColumns = `number, a_key, a_department, a_name, b_key, b_department, b_name, verdict, who, why, source, undone`
	selectDecisions = `SELECT ` + decisionColumns + ` FROM decision WHERE region = ? ORDER BY number`
	insertDecision  = `
		INSERT INTO decision (region, number, a_key, a_department, a_name, b_key, b_department, b_name,
			verdict, who, why, source, undone)
		VALUES (:region, :number, :a_key, :a_department, :a_name, :b_key, :b_department, :b_name,
			:verdict, :who, :why, :source, 0)`
	undoDecision = `
		UPDATE decision SET undone = 1 WHERE region = ? AND number = ? AND undone = 0`
)

// ErrNoDecision says that no decision of the number counts: there is none, or it was undone.
var ErrNoDecision = errors.New("no such decision counts")

// A decisionRow is a row of the table decision.
type decisionRow struct {
	Region      string
	Number      int
	AKey        string `db:"a_key"`
	ADepartment string `db:"a_department"`
	AName       string `db:"a_name"`
	BKey        string `db:"b_key"`
	BDepartment string `db:"b_department"`
	BName       string `db:"b_name"`
	Verdict     string
	Who, Why    string
	Source      string
	Undone      int
}

func (r decisionRow) decision() ledger.Decision {
	return ledger.Decision{Number: r.Number, A: ledger.Party{Key: r.AKey, Department: r.ADepartment, Name: r.AName},
		B: ledger.Party{Key: r.BKey, Department: r.BDepartment, Name: r.BName}, Verdict: ledger.Verdict(r.Verdict), Who: r.Who, Why: r.Why, Source: r.Source}
}

// Decisions are the decisions that count, by number.
func (s *Store) Decisions(ctx context.Context, region string) (all []ledger.Decision, err error) {
	err = s.snapshot(ctx, "read the decisions", func(tx *sqlx.Tx) error {
		all = nil
		rows, err := decisionRows(ctx, tx, region)
		for _, row := range rows {
			if row.Undone == 0 {
				all = append(all, row.decision())
			}
		}
		return err
	})
	return all, err
}

// decisionRows reads all decisions of a region.
func decisionRows(ctx context.Context, tx *sqlx.Tx, region string) (rows []decisionRow, err error) {
	if err := checkTimeless(ctx, tx, region, "decision"); err != nil {
		return nil, err
	}
	err = tx.SelectContext(ctx, &rows, tx.Rebind(selectDecisions), clean(region))
	return rows, err
}

// A DecisionLog is all that was ever decided, undone or not.
type DecisionLog struct {
	last int // number
	said map[saying]bool
	// holds has what counts of a pair, the last that was said of it.
	holds map[[2]string]ledger.Saying
}

// A saying is what a source said; the command line has a blank source.
type saying struct {
	ledger.Saying
	source string
}

func newDecisionLog(rows []decisionRow) *DecisionLog {
	log := &DecisionLog{0, map[saying]bool{}, map[[2]string]ledger.Saying{}}
	for _, row := range rows {
		log.add(row.decision(), row.Undone != 0)
	}
	return log
}

func (l *DecisionLog) add(d ledger.Decision, undone bool) {
	l.last = d.Number
	l.said[saying{d.Saying(), d.Source}] = true
	if !undone {
		l.holds[d.Pair()] = d.Saying()
	}
}

// Next is the number of the decision that comes next.
func (l *DecisionLog) Next() int { return l.last + 1 }

// Took reports whether the reply that a decision comes from brought it before, undone or not.
func (l *DecisionLog) Took(d ledger.Decision) bool {
	return d.Source != "" && l.said[saying{d.Saying(), d.Source}]
}

// Holds reports whether a decision says what already holds of its pair.
func (l *DecisionLog) Holds(d ledger.Decision) bool { return l.holds[d.Pair()] == d.Saying() }

// DecisionLog reads all that was ever decided.
func (s *Store) DecisionLog(ctx context.Context, region string) (log *DecisionLog, err error) {
	err = s.snapshot(ctx, "read the decisions", func(tx *sqlx.Tx) error {
		rows, err := decisionRows(ctx, tx, region)
		log = newDecisionLog(rows)
		return err
	})
	return log, err
}

// Decide records decisions, all or none, numbers them in their order and gives those that
// were recorded: what a reply (Source) said once of a pair is not recorded again, nor what
// already holds of it.
func (l *Lock) Decide(ctx context.Context, decisions []ledger.Decision) (recorded []ledger.Decision, err error) {
	err = l.write(ctx, "record decisions", func(tx *sqlx.Tx) error {
		recorded = nil
		if err := checkTimeless(ctx, tx, l.region); err != nil { // before what is there is summed anew
			return err
		}
		rows, err := decisionRows(ctx, tx, l.region)
		if err != nil {
			return err
		}
		log := newDecisionLog(rows)
		for _, d := range decisions {
			if log.Took(d) || log.Holds(d) {
				continue
			}
			d.Number = log.Next()
			if err := putDecision(ctx, tx, l.region, d); err != nil {
				return err
			}
			log.add(d, false)
			recorded = append(recorded, d)
		}
		return sumTimeless(ctx, tx, l.region)
	})
	return recorded, err
}

func putDecision(ctx context.Context, tx *sqlx.Tx, region string, d ledger.Decision) error {
	_, err := tx.NamedExecContext(ctx, insertDecision, decisionRow{
		Region: clean(region), Number: d.Number,
		AKey: clean(d.A.Key), ADepartment: clean(d.A.Department), AName: clean(d.A.Name),
		BKey: clean(d.B.Key), BDepartment: clean(d.B.Department), BName: clean(d.B.Name),
		Verdict: string(d.Verdict), Who: clean(d.Who), Why: clean(d.Why), Source: clean(d.Source)})
	return err
}

// Undo takes a decision back: what held of its pair before holds again.
func (l *Lock) Undo(ctx context.Context, number int) error {
	return l.write(ctx, fmt.Sprintf("undo decision %d", number), func(tx *sqlx.Tx) error {
		if err := checkTimeless(ctx, tx, l.region); err != nil { // before what is there is summed anew
			return err
		}
		switch n, err := change(ctx, tx, undoDecision, l.region, number); {
		case err != nil:
			return err
		case n != 1:
			return ErrNoDecision
		}
		return sumTimeless(ctx, tx, l.region)
	})
}

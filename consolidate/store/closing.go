package store

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/jmoiron/sqlx"

	"huizong/internal/ledger"
)

const (
	closingColumns        = `period, number, event, who, entered, reason, until, departments, decisions`
	closingFigureColumns  = `period, number, name, value`
	closingFindingColumns = `period, number, finding`

	selectClosings        = `SELECT ` + closingColumns + ` FROM closing WHERE region = ?`
	selectClosingFigures  = `SELECT ` + closingFigureColumns + ` FROM closing_figure WHERE region = ?`
	selectClosingFindings = `SELECT ` + closingFindingColumns + ` FROM closing_finding WHERE region = ?`
	insertClosing         = `
		INSERT INTO closing (region, period, number, event, who, entered, reason, until, departments, decisions)
		VALUES (:region, :period, :number, :event, :who, :entered, :reason, :until, :departments, :decisions)`
	selectLastEvent = `
		SELECT event FROM closing
		WHERE region = ? AND period = ?
		ORDER BY number DESC LIMIT 1`
)

// ErrClosed is the error of merging a month that is closed.
var ErrClosed = errors.New("the month is closed")

// betweenNames joins departments: no name of one has it.
const betweenNames = "、"

// A closingRow is a row of the table closing.
type closingRow struct {
	Region, Period         string
	Number                 int
	Event                  string
	Who, Entered, Reason   string
	Until                  string
	Departments, Decisions string
}

func closingRowOf(region string, c ledger.Closing) closingRow {
	row := closingRow{Region: clean(region), Period: c.Period.String(), Number: c.Number, Event: string(c.Event),
		Who: clean(c.Who), Entered: clean(c.When), Reason: clean(c.Reason), Until: c.Until.String(),
		Departments: clean(strings.Join(c.Departments, betweenNames))}
	numbers := make([]string, len(c.Decisions))
	for i, n := range c.Decisions {
		numbers[i] = strconv.Itoa(n)
	}
	row.Decisions = strings.Join(numbers, " ")
	return row
}

func (row *closingRow) closing() (c ledger.Closing, err error) {
	c = ledger.Closing{Number: row.Number, Event: ledger.Event(row.Event), Who: row.Who, When: row.Entered, Reason: row.Reason}
	if c.Period, err = ledger.ParsePeriod(row.Period); err != nil {
		return c, err
	}
	if c.Until, err = parseDate(row.Until); err != nil {
		return c, err
	}
	if row.Departments != "" {
		c.Departments = strings.Split(row.Departments, betweenNames)
	}
	for _, text := range strings.Fields(row.Decisions) {
		n, err := strconv.Atoi(text)
		if err != nil {
			return c, err
		}
		c.Decisions = append(c.Decisions, n)
	}
	if c.Event == ledger.Closed {
		c.Figures = map[string]int64{}
	}
	return c, nil
}

// Books are the logs of the months that were ever closed.
func (s *Store) Books(ctx context.Context, region string) (books ledger.Books, err error) {
	err = s.snapshot(ctx, "read what was closed", func(tx *sqlx.Tx) error {
		books, err = readBooks(ctx, tx, clean(region))
		return err
	})
	return books, err
}

func readBooks(ctx context.Context, tx *sqlx.Tx, region string) (ledger.Books, error) {
	if err := checkTimeless(ctx, tx, region, "closing", "closing_figure", "closing_finding"); err != nil {
		return nil, err
	}
	var rows []closingRow
	if err := tx.SelectContext(ctx, &rows, tx.Rebind(selectClosings), region); err != nil {
		return nil, err
	}
	type entry struct {
		period string
		number int
	}
	entries := map[entry]*ledger.Closing{}
	for _, row := range rows {
		c, err := row.closing()
		if err != nil {
			return nil, err
		}
		entries[entry{row.Period, row.Number}] = &c
	}
	var figures []struct {
		Period string
		Number int
		Name   string
		Value  int64
	}
	if err := tx.SelectContext(ctx, &figures, tx.Rebind(selectClosingFigures), region); err != nil {
		return nil, err
	}
	for _, f := range figures {
		entries[entry{f.Period, f.Number}].Figures[f.Name] = f.Value
	}
	var findings []struct {
		Period  string
		Number  int
		Finding string
	}
	if err := tx.SelectContext(ctx, &findings, tx.Rebind(selectClosingFindings), region); err != nil {
		return nil, err
	}
	for _, f := range findings {
		c := entries[entry{f.Period, f.Number}]
		c.Explained = append(c.Explained, f.Finding)
	}
	books := ledger.Books{}
	for _, c := range entries {
		slices.Sort(c.Explained)
		books[c.Period] = append(books[c.Period], *c)
	}
	for _, log := range books {
		slices.SortFunc(log, func(a, b ledger.Closing) int { return a.Number - b.Number })
	}
	return books, nil
}

// Enter enters that a month was closed or reopened, as the next of its log, whatever number c has.
func (l *Lock) Enter(ctx context.Context, c ledger.Closing) error {
	return l.write(ctx, "enter that "+c.Period.String()+" is "+string(c.Event), func(tx *sqlx.Tx) error {
		if err := checkTimeless(ctx, tx, l.region); err != nil { // before what is there is summed anew
			return err
		}
		books, err := readBooks(ctx, tx, l.region)
		if err != nil {
			return err
		}
		c.Number = len(books[c.Period]) + 1
		if _, err := tx.NamedExecContext(ctx, insertClosing, closingRowOf(l.region, c)); err != nil {
			return err
		}
		key := []any{l.region, c.Period.String(), c.Number}
		figures := into(ctx, tx, "closing_figure", "region, period, number, name, value")
		for _, name := range slices.Sorted(maps.Keys(c.Figures)) {
			if err := figures.add(append(slices.Clone(key), name, c.Figures[name])...); err != nil {
				return err
			}
		}
		findings := into(ctx, tx, "closing_finding", "region, period, number, finding")
		for _, finding := range c.Explained {
			if err := findings.add(append(slices.Clone(key), clean(finding))...); err != nil {
				return err
			}
		}
		if err := errors.Join(figures.done(), findings.done()); err != nil {
			return err
		}
		return sumTimeless(ctx, tx, l.region)
	})
}

// stillOpen fails where the month is closed: whoever would merge it has passed every other gate.
func stillOpen(ctx context.Context, tx *sqlx.Tx, m *ledger.Month, _ monthSums) error {
	var event ledger.Event
	err := tx.GetContext(ctx, &event, tx.Rebind(selectLastEvent), monthKey(m)...)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err == nil && event == ledger.Closed:
		return ErrClosed
	}
	return err
}

// DecisionsOf are the decisions of some numbers, by number, undone since or not.
func (s *Store) DecisionsOf(ctx context.Context, region string, numbers []int) (all []ledger.Decision, err error) {
	err = s.snapshot(ctx, "read the decisions", func(tx *sqlx.Tx) error {
		all = nil
		rows, err := decisionRows(ctx, tx, region)
		for _, row := range rows {
			if slices.Contains(numbers, row.Number) {
				all = append(all, row.decision())
			}
		}
		return err
	})
	return all, err
}

package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

const updateReturn = `
	UPDATE return SET version = ?, state = ?` + ofReturn

const insertMonth = `
	INSERT INTO month (region, period, rules_sum, before_sum, standing_sum,
		seen, taken, held, returned, superseded, repeated, subtotal, blank)
	VALUES (:region, :period, :rules_sum, :before_sum, :standing_sum,
		:seen, :taken, :held, :returned, :superseded, :repeated, :subtotal, :blank)`

const insertReport = `INSERT INTO report (region, period, text) VALUES (?, ?, ?)`

const ofMonth = `
	WHERE region = ? AND period = ?`

// monthColumns are what a line of the table month says of its month.
const monthColumns = `rules_sum, before_sum, standing_sum, seen, taken, held, returned, superseded, repeated, subtotal, blank`

const (
	selectMonth    = `SELECT ` + monthColumns + ` FROM month` + ofMonth
	selectReport   = `SELECT text FROM report` + ofMonth
	selectFindings = `SELECT ` + findingColumns + ` FROM finding` + ofMonth + ` ORDER BY ordinal`
	selectFigures  = `SELECT period, name, value FROM figure WHERE region = ? AND period BETWEEN ? AND ?`
	selectPeriods  = `SELECT period FROM month WHERE region = ?`
)

// A monthRow is a row of the table month.
type monthRow struct {
	Region, Period                 string
	Rules                          string `db:"rules_sum"`
	Before                         string `db:"before_sum"`
	Standing                       string `db:"standing_sum"`
	Seen, Taken, Held, Returned    int
	Superseded, Repeated, Subtotal int
	Blank                          int
}

// Merge puts what a run makes of a month in the place of what was there, all of it or
// nothing: rows in force, findings, figures, balance, and the version and state of its
// returns, which must have been saved, and run.json. Rows and findings of the returns stay as delivered.
// Of a month that is closed nothing is changed: ErrClosed.
func (l *Lock) Merge(ctx context.Context, m *ledger.Month) error {
	return l.write(ctx, "merge "+m.Period.String(), func(tx *sqlx.Tx) error {
		if err := l.owns(m.Region); err != nil {
			return err
		}
		sums := monthSums{}
		for _, step := range []func(context.Context, *sqlx.Tx, *ledger.Month, monthSums) error{
			stillOpen, l.clearMonth, putStates, sumOldReturns, putStanding, putFindings, putFigures, putMonth, putReport,
		} {
			if err := step(ctx, tx, m, sums); err != nil {
				return err
			}
		}
		return putSums(ctx, tx, l.region, m.Period.String(), sums)
	})
}

func monthKey(m *ledger.Month) []any { return []any{clean(m.Region), m.Period.String()} }

// clearMonth clears everything before anything is put: a project may have moved between
// departments.
func (l *Lock) clearMonth(ctx context.Context, tx *sqlx.Tx, m *ledger.Month, _ monthSums) error {
	tables := []string{"month", "report", "finding", "figure", "standing"}
	for _, f := range form.All() {
		tables = append(tables, f.ID)
	}
	for _, table := range tables {
		n, err := change(ctx, tx, "DELETE FROM "+table+ofMonth, monthKey(m)...)
		if err != nil {
			return err
		}
		l.cleared = l.cleared || n > 0
	}
	return nil
}

func putStates(ctx context.Context, tx *sqlx.Tx, m *ledger.Month, sums monthSums) error {
	for _, r := range m.Returns {
		h := headerOf(r)
		n, err := change(ctx, tx, updateReturn, append([]any{h.Version, h.State}, h.key()...)...)
		if err == nil && n != 1 {
			err = errors.New("it is not in the database")
		}
		if err != nil {
			return h.named(err)
		}
	}
	headers, err := headersOf(ctx, tx, clean(m.Region), m.Period.String())
	sums["return"] = sumStates(headers).sum()
	return err
}

func putFindings(ctx context.Context, tx *sqlx.Tx, m *ledger.Month, sums monthSums) error {
	in, sum := into(ctx, tx, "finding", "region, period, "+findingColumns), tallyOf(findingColumns)
	for i := range m.Findings {
		values := findingValues(i+1, &m.Findings[i])
		sum.add(values...)
		if err := in.add(append(monthKey(m), values...)...); err != nil {
			return err
		}
	}
	sums["finding"] = sum.sum()
	return in.done()
}

func putFigures(ctx context.Context, tx *sqlx.Tx, m *ledger.Month, sums monthSums) error {
	in := into(ctx, tx, "figure", "region, period, name, value")
	for _, name := range slices.Sorted(maps.Keys(m.Figures)) {
		if err := in.add(append(monthKey(m), name, m.Figures[name])...); err != nil {
			return err
		}
	}
	sums["figure"] = sumFigures(m.Figures).sum()
	return in.done()
}

// sumFigures sums the figures of a month.
func sumFigures(figures map[string]int64) *tally {
	sum := tallyOf("name, value")
	for name, value := range figures {
		sum.add(name, value)
	}
	return sum
}

func putMonth(ctx context.Context, tx *sqlx.Tx, m *ledger.Month, sums monthSums) error {
	b := m.Balance
	row := monthRow{
		Region: clean(m.Region), Period: m.Period.String(), Rules: m.Rules, Before: m.Before, Standing: m.Sum,
		Seen: b.Seen, Taken: b.Taken, Held: b.Held, Returned: b.Returned,
		Superseded: b.Superseded, Repeated: b.Repeated, Subtotal: b.Subtotal, Blank: b.Blank}
	sums["month"] = row.sum().sum()
	_, err := tx.NamedExecContext(ctx, insertMonth, row)
	return err
}

func putReport(ctx context.Context, tx *sqlx.Tx, m *ledger.Month, sums monthSums) error {
	text := clean(m.Report)
	sums["report"] = sumReport(text).sum()
	_, err := change(ctx, tx, insertReport, append(monthKey(m), text)...)
	return err
}

// sumReport sums the run.json of a month, if it has one.
func sumReport(texts ...string) *tally {
	sum := tallyOf("text")
	for _, text := range texts {
		sum.add(text)
	}
	return sum
}

// sum sums what the row says of its month.
func (r *monthRow) sum() *tally {
	sum := tallyOf(monthColumns)
	sum.add(r.Rules, r.Before, r.Standing, r.Seen, r.Taken, r.Held, r.Returned, r.Superseded, r.Repeated, r.Subtotal, r.Blank)
	return sum
}

// Month gives a merged month with its findings, figures, balance and run.json; Returns and Standing
// have the rest. It is not ok if the month has not been merged.
func (s *Store) Month(ctx context.Context, region string, p ledger.Period) (m ledger.Month, ok bool, err error) {
	m = ledger.Month{Region: clean(region), Period: p}
	err = s.snapshot(ctx, "read the month "+p.String(), func(tx *sqlx.Tx) error {
		ok = false
		sums, err := sumsOf(ctx, tx, region, p.String())
		if err != nil {
			return err
		}
		var reports []string
		if err := tx.SelectContext(ctx, &reports, tx.Rebind(selectReport), monthKey(&m)...); err != nil {
			return err
		}
		if err := sums.check(p, "report", sumReport(reports...)); err != nil {
			return err
		}
		var row monthRow
		switch err := tx.GetContext(ctx, &row, tx.Rebind(selectMonth), monthKey(&m)...); {
		case errors.Is(err, sql.ErrNoRows) && sums == nil:
			return nil
		case errors.Is(err, sql.ErrNoRows):
			return &Changed{Table: "month", Period: p}
		case err != nil:
			return err
		}
		headers, err := headersOf(ctx, tx, clean(region), p.String())
		if err != nil {
			return err
		}
		err = cmp.Or(sums.check(p, "month", row.sum()), sums.check(p, "return", sumStates(headers)), sums.checkNames(p))
		if err != nil {
			return err
		}
		ok = true
		m.Rules, m.Before, m.Sum = row.Rules, row.Before, row.Standing
		m.Report = strings.Join(reports, "") // one, or none
		m.Balance = ledger.Rows{Seen: row.Seen, Taken: row.Taken, Held: row.Held, Returned: row.Returned,
			Superseded: row.Superseded, Repeated: row.Repeated, Subtotal: row.Subtotal, Blank: row.Blank}
		figures, err := readFigures(ctx, tx, region, p, p)
		if err != nil {
			return err
		}
		if m.Figures = figures[p]; m.Figures == nil {
			m.Figures = map[string]int64{}
		}
		m.Findings = nil
		var found findingRow
		var misread error // told only of what is as it was written
		sum := tallyOf(findingColumns)
		err = each(ctx, tx, selectFindings, monthKey(&m), func(rows *sqlx.Rows) error {
			if err := rows.Scan(found.targets()...); err != nil {
				return err
			}
			sum.add(found.targets()...)
			f, err := found.finding()
			m.Findings = append(m.Findings, f)
			misread = cmp.Or(misread, err)
			return nil
		})
		return cmp.Or(err, sums.check(p, "finding", sum), misread)
	})
	return m, ok, err
}

// Figures are the published figures of the merged months from one to another, both inclusive, by month
// and name. A month that was not merged is not there.
func (s *Store) Figures(ctx context.Context, region string, from, to ledger.Period) (figures map[ledger.Period]map[string]int64, err error) {
	err = s.snapshot(ctx, "read figures", func(tx *sqlx.Tx) error {
		figures, err = readFigures(ctx, tx, region, from, to)
		return err
	})
	return figures, err
}

func readFigures(ctx context.Context, tx *sqlx.Tx, region string, from, to ledger.Period) (map[ledger.Period]map[string]int64, error) {
	figures := map[ledger.Period]map[string]int64{}
	sums, err := readSums(ctx, tx, region, from.String(), to.String())
	if err != nil {
		return nil, err
	}
	err = each(ctx, tx, selectFigures, []any{clean(region), from.String(), to.String()}, func(rows *sqlx.Rows) error {
		var text, name string
		var value int64
		if err := rows.Scan(&text, &name, &value); err != nil {
			return err
		}
		period, err := ledger.ParsePeriod(text)
		if err != nil {
			return err
		}
		if figures[period] == nil {
			figures[period] = map[string]int64{}
		}
		figures[period][name] = value
		return nil
	})
	if err != nil {
		return nil, err
	}
	for p := from; p.Since(to) <= 0; p = p.Add(1) {
		if err := sums[p.String()].check(p, "figure", sumFigures(figures[p])); err != nil {
			return nil, err
		}
	}
	return figures, nil
}

// Periods are the merged months, the earliest first.
func (s *Store) Periods(ctx context.Context, region string) (periods []ledger.Period, err error) {
	err = s.snapshot(ctx, "list the months", func(tx *sqlx.Tx) error {
		var texts []string
		if err := tx.SelectContext(ctx, &texts, tx.Rebind(selectPeriods), clean(region)); err != nil {
			return err
		}
		periods = nil
		for _, text := range texts {
			p, err := ledger.ParsePeriod(text)
			if err != nil {
				return err
			}
			periods = append(periods, p)
		}
		return nil
	})
	slices.SortFunc(periods, ledger.Period.Since)
	return periods, err
}

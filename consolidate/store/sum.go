package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"math/bits"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// What is written is summed, and summed again when it is read: a row that was changed, added or
// deleted by a hand is an error, not a figure. The sums guard against hands and disks, not
// against somebody who makes them anew. Free of them are the tables that say who is at work
// (see passing) and the order of rows in a database.

// unsummed marks what was written before there were sums: it is read as it is, and gets its
// sum with the next merge.
const unsummed = "none"

// Changed is the error of reading what is not as it was written.
type Changed struct {
	Table  string
	Period ledger.Period // zero: the table is of no month
	// Form and Department are those of a return; blank: what is changed is the month's.
	Form, Department string
}

func (c *Changed) Error() string {
	const how = "is not as it was written (changed by hand, or damaged)"
	switch {
	case c.Period.IsZero():
		return fmt.Sprintf("table %s %s: put back what was changed, or restore a backup", c.Table, how)
	case c.Form != "":
		return fmt.Sprintf("table %s, return of %s, %s %s, %s: deliver the return again and run %s again, or restore a backup",
			c.Table, c.Department, c.Form, c.Period, how, c.Period)
	}
	return fmt.Sprintf("table %s, month %s, %s: run %s again, or restore a backup", c.Table, c.Period, how, c.Period)
}

// selectWritten lists the months of which anything is kept.
const selectWritten = `
	SELECT period FROM month WHERE region = ?
	UNION SELECT period FROM month_sum WHERE region = ? AND period <> ''
	UNION SELECT period FROM report WHERE region = ?
	UNION SELECT period FROM return WHERE region = ?
	UNION SELECT period FROM return_sum WHERE region = ?`

// Changed reads all that is kept of some regions and lists what is not as it was written; the first of each kind of thing
// that is read together.
func (s *Store) Changed(ctx context.Context, regions ...string) (all []*Changed, err error) {
	told := map[Changed]bool{}
	try := func(err error) error {
		changed := (*Changed)(nil)
		if !errors.As(err, &changed) {
			return err
		}
		if !told[*changed] {
			told[*changed] = true
			all = append(all, changed)
		}
		return nil
	}
	for _, region := range regions {
		var periods []string
		err := s.snapshot(ctx, "list what was written", func(tx *sqlx.Tx) error {
			periods = nil
			return tx.SelectContext(ctx, &periods, tx.Rebind(selectWritten), region, region, region, region, region)
		})
		if err != nil {
			return nil, err
		}
		slices.Sort(periods)
		_, decisions := s.Decisions(ctx, region)
		_, books := s.Books(ctx, region)
		_, access := s.Access(ctx, region)
		_, deeds := s.Deeds(ctx, region, 0, 1, func(Deed) bool { return false }) // reads all
		if err := cmp.Or(try(decisions), try(books), try(access), try(deeds)); err != nil {
			return nil, err
		}
		for _, text := range periods {
			p, err := ledger.ParsePeriod(text)
			if err != nil {
				continue // a hand wrote it: where it stood something is missing
			}
			_, _, month := s.Month(ctx, region, p)
			_, standing := s.Standing(ctx, region, p)
			_, headers := s.Headers(ctx, region, p)
			_, returns := s.Returns(ctx, region, p)
			_, late := s.Late(ctx, region, p)
			_, explanations := s.Explanations(ctx, region, p)
			_, waivers := s.Waivers(ctx, region, p)
			if err := cmp.Or(try(month), try(standing), try(headers), try(returns), try(late), try(explanations), try(waivers)); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

// Verify holds the rows that are kept of a month, those in force and those of its returns, against their sums: *Changed if they are
// not as they were written.
func (s *Store) Verify(ctx context.Context, region string, p ledger.Period) error {
	return s.snapshot(ctx, "verify the rows of "+p.String(), func(tx *sqlx.Tx) error {
		sums, err := sumsOf(ctx, tx, region, p.String())
		if err != nil {
			return err
		}
		for _, f := range form.All() {
			_, err := checkForm(ctx, tx, region, p, f, sums)
			if err := cmp.Or(err, eachPart(ctx, tx, region, p, f, sums, func([]byte) {})); err != nil {
				return fmt.Errorf("form %s: %w", f.ID, err)
			}
		}
		none := func([]string) bool { return false }
		_, err = readReturns(ctx, tx, clean(region), p, none)
		return cmp.Or(checkParts(ctx, tx, region, p), err)
	})
}

// A tally sums the rows of a table: the same on every database, in whatever order it has its
// columns and gives its rows, which their keys tell apart. Blank is left out (NULL, and what a
// column that is NOT NULL has by default), so that a column that a migration adds changes no sum.
type tally struct {
	columns []string
	order   []int // places of the columns, by name
	never   int   // how many of the columns, from the first on, are never NULL
	row     []byte
	rows    int
	total   [4]uint64 // the SHA-256 of all rows added up, the lowest part first
}

// tallyOf sums rows that have these columns, as SQL lists them.
func tallyOf(columns string) *tally {
	t := &tally{}
	for name := range strings.SplitSeq(columns, ",") {
		t.order = append(t.order, len(t.columns))
		t.columns = append(t.columns, strings.TrimSpace(name))
	}
	t.never = len(t.columns)
	slices.SortFunc(t.order, func(a, b int) int { return cmp.Compare(t.columns[a], t.columns[b]) })
	return t
}

// tallyOfForm sums rows in force, the values of which may be blank, empty or 0.
func tallyOfForm(f *form.Form) *tally {
	t := tallyOf(rowColumns + columnNames(f.Columns))
	t.never = len(t.columns) - len(f.Columns)
	return t
}

// add takes a row: a value for each column, or where it was scanned to.
func (t *tally) add(values ...any) {
	t.row = t.row[:0]
	for _, i := range t.order {
		nullable := i >= t.never
		switch v := values[i].(type) {
		case nil:
		case string:
			t.words(i, v, v != "" || nullable)
		case []byte:
			t.words(i, string(v), true)
		case *string:
			t.words(i, *v, *v != "")
		case *sql.Null[string]:
			t.words(i, v.V, v.Valid)
		case int:
			t.number(i, int64(v), v != 0)
		case *int:
			t.number(i, int64(*v), *v != 0)
		case int64:
			t.number(i, v, v != 0 || nullable)
		case *sql.Null[int64]:
			t.number(i, v.V, v.Valid)
		case bool:
			t.number(i, 1, v)
		default:
			panic(fmt.Sprintf("column %s: a %T is not summed", t.columns[i], v))
		}
	}
	t.rows++
	digest, carry := sha256.Sum256(t.row), uint64(0)
	for i := range t.total {
		t.total[i], carry = bits.Add64(t.total[i], binary.LittleEndian.Uint64(digest[8*i:]), carry)
	}
}

func (t *tally) words(i int, text string, known bool) {
	if known {
		t.name(i, 's')
		t.row = append(binary.AppendUvarint(t.row, uint64(len(text))), text...)
	}
}

func (t *tally) number(i int, n int64, known bool) {
	if known {
		t.name(i, 'n')
		t.row = binary.BigEndian.AppendUint64(t.row, uint64(n))
	}
}

func (t *tally) name(i int, kind byte) {
	name := t.columns[i]
	t.row = append(append(append(t.row, byte(len(name))), name...), kind)
}

// sum is blank where there are no rows.
func (t *tally) sum() string {
	if t.rows == 0 {
		return ""
	}
	var total []byte
	for _, part := range t.total {
		total = binary.LittleEndian.AppendUint64(total, part)
	}
	return hex.EncodeToString(total)
}

// monthSums are the sums of a month by table.
type monthSums map[string]string

const (
	deleteSums = `DELETE FROM month_sum` + ofMonth
	selectSums = `SELECT period, of_table, sha256 FROM month_sum WHERE region = ? AND period BETWEEN ? AND ?`
)

// putSums puts the sums of a month in the place of those that were there; a blank period is that
// of what concerns no month.
func putSums(ctx context.Context, tx *sqlx.Tx, region, period string, sums monthSums) error {
	if _, err := change(ctx, tx, deleteSums, region, period); err != nil {
		return err
	}
	in := into(ctx, tx, "month_sum", "region, period, of_table, sha256")
	for table, sum := range sums {
		if sum == "" {
			continue
		}
		if err := in.add(region, period, table, sum); err != nil {
			return err
		}
	}
	return in.done()
}

// readSums reads the sums of some months, by month.
func readSums(ctx context.Context, tx *sqlx.Tx, region, from, to string) (map[string]monthSums, error) {
	all := map[string]monthSums{}
	err := each(ctx, tx, selectSums, []any{clean(region), from, to}, func(rows *sqlx.Rows) error {
		var period, table, sum string
		if err := rows.Scan(&period, &table, &sum); err != nil {
			return err
		}
		if all[period] == nil {
			all[period] = monthSums{}
		}
		all[period][table] = sum
		return nil
	})
	return all, err
}

// sumsOf reads the sums of a month, nil if it has none.
func sumsOf(ctx context.Context, tx *sqlx.Tx, region, period string) (monthSums, error) {
	all, err := readSums(ctx, tx, region, period, period)
	return all[period], err
}

// old reports whether the month was merged before there were sums.
func (sums monthSums) old() bool {
	_, marked := sums[unsummed]
	return marked && len(sums) == 1
}

// check is an error unless a table is as it was written.
func (sums monthSums) check(p ledger.Period, table string, read *tally) error {
	if !sums.old() && sums[table] != read.sum() {
		return &Changed{Table: table, Period: p}
	}
	return nil
}

// checkNames is an error where there is a sum of a table that is not summed.
func (sums monthSums) checkNames(p ledger.Period) error {
	for table := range sums {
		switch table {
		case "month", "report", "return", "finding", "figure":
			continue
		}
		if timeless[table] == "" && form.ByID(strings.TrimPrefix(table, "standing.")) == nil && !sums.old() {
			return &Changed{Table: "month_sum", Period: p}
		}
	}
	return nil
}

// timeless are the tables that no merge makes anew, with their columns but for region. Their sums
// have a blank period.
var timeless = map[string]string{
	"decision":        decisionColumns,
	"closing":         closingColumns,
	"closing_figure":  closingFigureColumns,
	"closing_finding": closingFindingColumns,
	"late":            lateColumns,
	"explanation":     explanationColumns,
	"waiver":          waiverColumns,
}

// tallyTimeless sums a table as it is now.
func tallyTimeless(ctx context.Context, tx *sqlx.Tx, region, table string) (*tally, error) {
	sum := tallyOf(timeless[table])
	err := each(ctx, tx, "SELECT "+timeless[table]+" FROM "+table+" WHERE region = ?", []any{clean(region)}, func(rows *sqlx.Rows) error {
		values, err := rows.SliceScan()
		for i, value := range values {
			if text, is := value.([]byte); is {
				values[i] = string(text)
			}
		}
		sum.add(values...)
		return err
	})
	return sum, err
}

// checkTimeless is an error unless some of the tables, all where none is named, are as they were written.
func checkTimeless(ctx context.Context, tx *sqlx.Tx, region string, tables ...string) error {
	sums, err := sumsOf(ctx, tx, clean(region), "")
	if err != nil {
		return err
	}
	if tables == nil {
		tables = slices.Sorted(maps.Keys(timeless))
	}
	for _, table := range tables {
		sum, err := tallyTimeless(ctx, tx, region, table)
		if err != nil {
			return err
		}
		if err := sums.check(ledger.Period{}, table, sum); err != nil {
			return err
		}
	}
	return sums.checkNames(ledger.Period{})
}

// sumTimeless sums the tables as they are now.
func sumTimeless(ctx context.Context, tx *sqlx.Tx, region string) error {
	sums := monthSums{}
	for table := range timeless {
		sum, err := tallyTimeless(ctx, tx, region, table)
		if err != nil {
			return err
		}
		sums[table] = sum.sum()
	}
	return putSums(ctx, tx, region, "", sums)
}

// sumStates sums what the last merge said of returns. Those that have come since have no
// version yet.
func sumStates(headers []*header) *tally {
	sum := tallyOf("form, department, content, version, state")
	for _, h := range headers {
		if h.Version != 0 {
			sum.add(h.Form, h.Department, h.Content, h.Version, h.State)
		}
	}
	return sum
}

// A returnTally sums a return.
type returnTally struct{ head, rows, findings *tally }

// tallyOfReturn begins with the header of a return.
func tallyOfReturn(h *header) *returnTally {
	t := &returnTally{tallyOf(headColumns), tallyOf("packed"), tallyOf(findingColumns)}
	t.head.add(h.head()...)
	return t
}

func (t *returnTally) sum() returnSum {
	return returnSum{t.head.sum(), t.rows.sum(), t.findings.sum()}
}

// A returnSum are the sums of a return.
type returnSum struct {
	Head     string `db:"head_sum"`
	Rows     string `db:"rows_sum"`
	Findings string `db:"findings_sum"`
}

// old reports whether the return was saved before there were sums.
func (s returnSum) old() bool { return s == returnSum{Head: unsummed} }

const (
	selectReturnSums = `SELECT form, department, content, head_sum, rows_sum, findings_sum FROM return_sum` + ofMonth
	updateReturnSum  = `UPDATE return_sum SET head_sum = ?, rows_sum = ?, findings_sum = ?` + ofReturn
)

// returnSums are the sums of the returns of a month.
type returnSums map[edition]returnSum

func readReturnSums(ctx context.Context, tx *sqlx.Tx, region, period string) (returnSums, error) {
	var rows []struct {
		edition
		returnSum
	}
	err := tx.SelectContext(ctx, &rows, tx.Rebind(selectReturnSums), clean(region), period)
	sums := returnSums{}
	for _, row := range rows {
		sums[row.edition] = row.returnSum
	}
	return sums, err
}

// changed is the error of a return that is not as it was written.
func (e edition) changed(table string, p ledger.Period) error {
	return &Changed{table, p, e.Form, e.Department}
}

// inOrder are editions in the order in which those that were changed are told.
func inOrder[V any](of map[edition]V) []edition {
	return slices.SortedFunc(maps.Keys(of), func(a, b edition) int {
		return cmp.Or(strings.Compare(a.Form, b.Form), strings.Compare(a.Department, b.Department), strings.Compare(a.Content, b.Content))
	})
}

// checkHeaders is an error unless the returns are those that were written.
func (sums returnSums) checkHeaders(p ledger.Period, headers []*header) error {
	there := map[edition]bool{}
	for _, h := range headers {
		there[h.edition] = true
		sum, known := sums[h.edition]
		if !known || !sum.old() && sum.Head != tallyOfReturn(h).head.sum() {
			return h.changed("return", p)
		}
	}
	for _, e := range inOrder(sums) {
		if !there[e] {
			return e.changed("return", p)
		}
	}
	return nil
}

// checkRows is an error unless rows and findings of the returns are as they were written.
func (sums returnSums) checkRows(p ledger.Period, all fillings) error {
	for _, e := range inOrder(all) {
		f := all[e]
		switch sum := sums[e]; {
		case sum.old():
		case sum.Rows != f.sums.rows.sum():
			return e.changed("return_rows", p)
		case sum.Findings != f.sums.findings.sum():
			return e.changed("return_finding", p)
		}
	}
	return nil
}

// sumOldReturns sums the returns of the month that were saved before there were sums.
func sumOldReturns(ctx context.Context, tx *sqlx.Tx, m *ledger.Month, _ monthSums) error {
	sums, err := readReturnSums(ctx, tx, m.Region, m.Period.String())
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(slices.Collect(maps.Values(sums)), returnSum.old) {
		return nil
	}
	headers, err := headersOf(ctx, tx, clean(m.Region), m.Period.String())
	if err != nil {
		return err
	}
	all, err := fillingsOf(ctx, tx, clean(m.Region), m.Period, headers)
	if err != nil {
		return err
	}
	for _, h := range headers {
		if !sums[h.edition].old() {
			continue
		}
		if _, err := all[h.edition].full(); err != nil {
			return h.named(err)
		}
		sum := all[h.edition].sums.sum()
		if _, err := change(ctx, tx, updateReturnSum, append([]any{sum.Head, sum.Rows, sum.Findings}, h.key()...)...); err != nil {
			return h.named(err)
		}
	}
	return nil
}

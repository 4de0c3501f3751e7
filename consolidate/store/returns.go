package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/jmoiron/sqlx"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A new version has no place and no state until it is merged. One that is there keeps
// both: its content is the same.
const upsertReturn = `
	INSERT INTO return (region, period, form, department, content, version, state,
		file, file_sha256, sheet, prepared, dated, received, modified, filler, unit,
		nil_report, unchanged, records, subtotal, blank)
	VALUES (:region, :period, :form, :department, :content, 0, '',
		:file, :file_sha256, :sheet, :prepared, :dated, :received, :modified, :filler, :unit,
		:nil_report, :unchanged, :records, :subtotal, :blank)
	ON CONFLICT (region, period, form, department, content) DO UPDATE SET
		file = excluded.file, file_sha256 = excluded.file_sha256, sheet = excluded.sheet,
		prepared = excluded.prepared, dated = excluded.dated, received = excluded.received,
		modified = excluded.modified, filler = excluded.filler, unit = excluded.unit,
		nil_report = excluded.nil_report, unchanged = excluded.unchanged,
		records = excluded.records, subtotal = excluded.subtotal, blank = excluded.blank`

const selectReturns = `
	SELECT region, period, form, department, content, version, state,
		file, file_sha256, sheet, prepared, dated, received, modified, filler, unit,
		nil_report, unchanged, records, subtotal, blank
	FROM return
	WHERE region = ? AND period = ?`

const ofReturn = `
	WHERE region = ? AND period = ? AND form = ? AND department = ? AND content = ?`

const (
	deleteReturnRows     = `DELETE FROM return_row` + ofReturn
	deleteReturnFindings = `DELETE FROM return_finding` + ofReturn
	selectReturnRows     = `SELECT sheet_row, record FROM return_row` + ofReturn + ` ORDER BY ordinal`
	selectReturnFindings = `SELECT ` + findingColumns + ` FROM return_finding` + ofReturn + ` ORDER BY ordinal`
)

// A header is a row of the table return.
type header struct {
	Region, Period, Form, Department, Content string
	Version                                   int
	State                                     string
	File                                      string
	FileSHA256                                string `db:"file_sha256"`
	Sheet                                     string
	Prepared, Dated, Received, Modified       string
	Filler, Unit                              string
	Nil                                       bool `db:"nil_report"`
	Unchanged                                 bool
	Records, Subtotal, Blank                  int
}

func headerOf(r *ledger.Return) *header {
	return &header{
		Region: clean(r.Region), Period: periodText(r.Period), Form: r.Form, Department: clean(r.Department), Content: clean(r.Content),
		Version: r.Version, State: string(r.State),
		File: clean(r.File), FileSHA256: clean(r.FileSHA256), Sheet: clean(r.Sheet),
		Prepared: r.Prepared.String(), Dated: string(r.Dated), Received: r.Received.String(), Modified: clean(r.Modified),
		Filler: clean(r.Filler), Unit: clean(r.Unit), Nil: r.Nil, Unchanged: r.Unchanged,
		Records: len(r.Records), Subtotal: r.Subtotal, Blank: r.Blank}
}

// bare is the return of the header, without rows and findings.
func (h *header) bare() (*ledger.Return, error) {
	period, err := parsePeriod(h.Period)
	if err != nil {
		return nil, err
	}
	prepared, err := parseDate(h.Prepared)
	if err != nil {
		return nil, err
	}
	received, err := parseDate(h.Received)
	if err != nil {
		return nil, err
	}
	return &ledger.Return{
		ReturnID: ledger.ReturnID{Region: h.Region, Period: period, Form: h.Form, Department: h.Department}, Content: h.Content,
		Version: h.Version, State: ledger.State(h.State),
		File: h.File, FileSHA256: h.FileSHA256, Sheet: h.Sheet,
		Prepared: prepared, Dated: ledger.Dating(h.Dated), Received: received, Modified: h.Modified,
		Filler: h.Filler, Unit: h.Unit, Nil: h.Nil, Unchanged: h.Unchanged,
		Subtotal: h.Subtotal, Blank: h.Blank}, nil
}

// key is what a version of a return is known by, as ofReturn asks for it.
func (h *header) key() []any { return []any{h.Region, h.Period, h.Form, h.Department, h.Content} }

// named adds to the error of a return whose it is.
func (h *header) named(err error) error {
	return fmt.Errorf("return of %s, %s %s, file %s: %w", h.Department, h.Form, h.Period, h.File, err)
}

// Save keeps returns as delivered, with the findings of reading them: all of them or none.
// A version that is there (same region, period, form, department and content) is replaced,
// but for its version and state, which are Merge's to say. Of one content delivered twice
// the earlier delivery is kept, in whatever order they come.
func (s *Store) Save(ctx context.Context, returns []*ledger.Return) error {
	return s.atomically(ctx, "save returns", func(tx *sqlx.Tx) error {
		w, err := newReturnWriter(ctx, tx)
		if err != nil {
			return err
		}
		for _, r := range distinct(returns) {
			h := headerOf(r)
			if err := w.write(h, r); err != nil {
				return h.named(err)
			}
		}
		return w.done()
	})
}

// distinct sorts returns by key and leaves the earliest delivery of each.
func distinct(returns []*ledger.Return) []*ledger.Return {
	all := slices.SortedFunc(slices.Values(returns), func(a, b *ledger.Return) int {
		return cmp.Or(byKey(a, b), byDate(a.Received, b.Received), byDate(a.Prepared, b.Prepared),
			cmp.Compare(a.File, b.File), cmp.Compare(a.Sheet, b.Sheet))
	})
	return slices.CompactFunc(all, func(a, b *ledger.Return) bool { return byKey(a, b) == 0 })
}

// byKey orders versions of returns as bytes, whatever a database thinks of letters.
func byKey(a, b *ledger.Return) int {
	return cmp.Or(cmp.Compare(clean(a.Region), clean(b.Region)), a.Period.Since(b.Period), cmp.Compare(a.Form, b.Form),
		cmp.Compare(clean(a.Department), clean(b.Department)), cmp.Compare(clean(a.Content), clean(b.Content)))
}

// byDate orders dates in time, unknown ones last.
func byDate(a, b ledger.Date) int {
	if a.IsZero() || b.IsZero() {
		return cmp.Compare(b.Year, a.Year)
	}
	return cmp.Compare(a.String(), b.String())
}

// A returnWriter writes returns, many in one transaction.
type returnWriter struct {
	ctx            context.Context
	upsert         *sqlx.NamedStmt
	clear          [2]*sqlx.Stmt
	rows, findings *insertion
	json           []byte
}

func newReturnWriter(ctx context.Context, tx *sqlx.Tx) (w *returnWriter, err error) {
	const key = "region, period, form, department, content, ordinal, "
	w = &returnWriter{ctx: ctx,
		rows:     into(ctx, tx, "return_row", key+"sheet_row, record"),
		findings: into(ctx, tx, "return_finding", key+findingColumns)}
	if w.upsert, err = tx.PrepareNamedContext(ctx, upsertReturn); err != nil {
		return nil, err
	}
	for i, text := range []string{deleteReturnRows, deleteReturnFindings} {
		if w.clear[i], err = prepare(ctx, tx, text); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// write puts one return in the place of what was there.
func (w *returnWriter) write(h *header, r *ledger.Return) error {
	f, err := formOf(r.Form)
	if err != nil {
		return err
	}
	if _, err := w.upsert.ExecContext(w.ctx, h); err != nil {
		return err
	}
	for _, clear := range w.clear {
		if _, err := clear.ExecContext(w.ctx, h.key()...); err != nil {
			return err
		}
	}
	for i := range r.Records {
		w.json = appendRecord(w.json[:0], f, &r.Records[i], true)
		if err := w.rows.add(append(h.key(), i+1, r.Records[i].Row, string(w.json))...); err != nil {
			return err
		}
	}
	for i := range r.Findings {
		if err := w.findings.add(append(append(h.key(), i+1), findingValues(&r.Findings[i])...)...); err != nil {
			return err
		}
	}
	return nil
}

func (w *returnWriter) done() error {
	if err := w.rows.done(); err != nil {
		return err
	}
	return w.findings.done()
}

func formOf(id string) (*form.Form, error) {
	f := form.ByID(id)
	if f == nil {
		return nil, fmt.Errorf("there is no form %q", id)
	}
	return f, nil
}

// Returns gives every version of every return of a month as it was delivered, with the
// version and state of the last merge, by form, department and content (as bytes). A record
// has a field for each column of its form, blank where the form got the column later.
func (s *Store) Returns(ctx context.Context, region string, p ledger.Period) (returns []*ledger.Return, err error) {
	err = s.snapshot(ctx, "read the returns of "+p.String(), func(tx *sqlx.Tx) error {
		var headers []*header
		if err := tx.SelectContext(ctx, &headers, tx.Rebind(selectReturns), clean(region), p.String()); err != nil {
			return err
		}
		rows, err := prepare(ctx, tx, selectReturnRows)
		if err != nil {
			return err
		}
		findings, err := prepare(ctx, tx, selectReturnFindings)
		if err != nil {
			return err
		}
		for _, h := range headers {
			r, err := h.whole(ctx, rows, findings)
			if err != nil {
				return h.named(err)
			}
			returns = append(returns, r)
		}
		return nil
	})
	slices.SortFunc(returns, byKey)
	return returns, err
}

// Headers gives every version of every return of some months without rows and findings, in
// the order of Returns month by month.
func (s *Store) Headers(ctx context.Context, region string, periods ...ledger.Period) (returns []*ledger.Return, err error) {
	err = s.snapshot(ctx, "read what was delivered", func(tx *sqlx.Tx) error {
		for _, p := range periods {
			var headers []*header
			if err := tx.SelectContext(ctx, &headers, tx.Rebind(selectReturns), clean(region), p.String()); err != nil {
				return err
			}
			for _, h := range headers {
				r, err := h.bare()
				if err != nil {
					return h.named(err)
				}
				returns = append(returns, r)
			}
		}
		return nil
	})
	slices.SortStableFunc(returns, byKey)
	return returns, err
}

// whole reads the rows and findings of the return.
func (h *header) whole(ctx context.Context, rows, findings *sqlx.Stmt) (*ledger.Return, error) {
	r, err := h.bare()
	if err != nil {
		return nil, err
	}
	f, err := formOf(h.Form)
	if err != nil {
		return nil, err
	}
	r.Records = make([]ledger.Record, 0, h.Records)
	err = each(ctx, rows, h.key(), func(row *sqlx.Rows) error {
		var at int
		var text string
		if err := row.Scan(&at, &text); err != nil {
			return err
		}
		record, err := parseRecord(text, f)
		record.Row = at
		r.Records = append(r.Records, record)
		return err
	})
	if err == nil && len(r.Records) != h.Records {
		err = fmt.Errorf("%d rows of %d are there", len(r.Records), h.Records)
	}
	if err != nil {
		return nil, err
	}
	r.Findings, err = readFindings(ctx, findings, h.key())
	return r, err
}

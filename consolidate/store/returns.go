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

// headColumns are what a return's line says of it as it was delivered, returnColumns all of it.
const (
	headColumns = `file, file_sha256, sheet, prepared, dated, received, modified, filler, unit,
	nil_report, unchanged, records, subtotal, blank`
	returnColumns = `region, period, form, department, content, version, state, ` + headColumns
)

const selectReturns = `SELECT ` + returnColumns + ` FROM return` + ofMonth

const ofReturn = `
	WHERE region = ? AND period = ? AND form = ? AND department = ? AND content = ?`

const (
	selectReturnRows     = `SELECT form, department, content, packed FROM return_rows` + ofMonth
	selectReturnFindings = `SELECT form, department, content, ` + findingColumns + ` FROM return_finding` + ofMonth + ` ORDER BY ordinal`
)

// An edition is what tells the returns of a month from one another, as the database has it.
type edition struct{ Form, Department, Content string }

// A header is a row of the table return.
type header struct {
	Region, Period string
	edition
	Version                             int
	State                               string
	File                                string
	FileSHA256                          string `db:"file_sha256"`
	Sheet                               string
	Prepared, Dated, Received, Modified string
	Filler, Unit                        string
	Nil                                 bool `db:"nil_report"`
	Unchanged                           bool
	Records, Subtotal, Blank            int
}

func headerOf(r *ledger.Return) *header {
	return &header{
		Region: clean(r.Region), Period: periodText(r.Period), edition: edition{r.Form, clean(r.Department), clean(r.Content)},
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

// head are the values of headColumns.
func (h *header) head() []any {
	return []any{h.File, h.FileSHA256, h.Sheet, h.Prepared, h.Dated, h.Received, h.Modified, h.Filler, h.Unit,
		h.Nil, h.Unchanged, h.Records, h.Subtotal, h.Blank}
}

// values are the values of returnColumns.
func (h *header) values() []any { return append(append(h.key(), h.Version, h.State), h.head()...) }

// named adds to the error of a return whose it is.
func (h *header) named(err error) error {
	return fmt.Errorf("return of %s, %s %s, file %s: %w", h.Department, h.Form, h.Period, h.File, err)
}

// Save keeps returns as delivered, with the findings of reading them: all of them or none.
// A version that is there (same region, period, form, department and content) is replaced,
// but for its version and state, which are Merge's to say; a new one has neither. Of one content
// delivered twice the earlier delivery is kept, in whatever order they come.
func (l *Lock) Save(ctx context.Context, returns []*ledger.Return) error {
	return l.write(ctx, "save returns", func(tx *sqlx.Tx) error {
		w := newReturnWriter(ctx, tx)
		for _, r := range distinct(returns) {
			h := headerOf(r)
			err := l.owns(r.Region)
			if err == nil {
				err = w.write(h, r)
			}
			if err != nil {
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
	ctx                     context.Context
	tx                      *sqlx.Tx
	there                   map[string]map[edition]*header // by period
	headers, rows, findings *insertion
	sums                    *insertion
}

func newReturnWriter(ctx context.Context, tx *sqlx.Tx) *returnWriter {
	const key = "region, period, form, department, content, "
	return &returnWriter{ctx: ctx, tx: tx, there: map[string]map[edition]*header{},
		headers:  into(ctx, tx, "return", returnColumns),
		rows:     into(ctx, tx, "return_rows", key+"packed"),
		findings: into(ctx, tx, "return_finding", key+findingColumns),
		sums:     into(ctx, tx, "return_sum", key+"head_sum, rows_sum, findings_sum")}
}

// write puts one return in the place of what was there.
func (w *returnWriter) write(h *header, r *ledger.Return) error {
	f, err := formOf(r.Form)
	if err != nil {
		return err
	}
	if err := w.replace(h); err != nil {
		return err
	}
	if err := w.headers.add(h.values()...); err != nil {
		return err
	}
	sums := tallyOfReturn(h)
	if len(r.Records) > 0 {
		packed := packedRecords(f, r.Records)
		sums.rows.add(packed)
		if err := w.rows.add(append(h.key(), packed)...); err != nil {
			return err
		}
	}
	for i := range r.Findings {
		values := findingValues(i+1, &r.Findings[i])
		sums.findings.add(values...)
		if err := w.findings.add(append(h.key(), values...)...); err != nil {
			return err
		}
	}
	sum := sums.sum()
	return w.sums.add(append(h.key(), sum.Head, sum.Rows, sum.Findings)...)
}

// of is what is there of a return; nil if nothing is.
func (w *returnWriter) of(h *header) (*header, error) {
	if w.there[h.Period] == nil {
		headers, err := headersOf(w.ctx, w.tx, h.Region, h.Period)
		if err != nil {
			return nil, err
		}
		there := map[edition]*header{}
		sums, err := readReturnSums(w.ctx, w.tx, h.Region, h.Period)
		if err != nil {
			return nil, err
		}
		for lost := range sums { // its header, if a hand deleted that
			there[lost] = &header{}
		}
		for _, old := range headers {
			there[old.edition] = old
		}
		w.there[h.Period] = there
	}
	return w.there[h.Period][h.edition], nil
}

// replace takes away what is there of a return, and leaves it the version and state that it had.
func (w *returnWriter) replace(h *header) error {
	old, err := w.of(h)
	if err != nil {
		return err
	}
	if old == nil {
		h.Version, h.State = 0, ""
		return nil
	}
	h.Version, h.State = old.Version, old.State
	return h.remove(w.ctx, w.tx)
}

// remove takes away all that is there of a return.
func (h *header) remove(ctx context.Context, tx *sqlx.Tx) error {
	for _, table := range []string{"return", "return_rows", "return_finding", "return_sum"} {
		if _, err := change(ctx, tx, "DELETE FROM "+table+ofReturn, h.key()...); err != nil {
			return err
		}
	}
	return nil
}

func (w *returnWriter) done() error {
	for _, in := range []*insertion{w.headers, w.rows, w.findings, w.sums} {
		if err := in.done(); err != nil {
			return err
		}
	}
	return nil
}

func formOf(id string) (*form.Form, error) {
	f := form.ByID(id)
	if f == nil {
		return nil, fmt.Errorf("there is no form %q", id)
	}
	return f, nil
}

// headersOf reads the returns of a month, late ones too, in no order.
func headersOf(ctx context.Context, tx *sqlx.Tx, region, period string) (headers []*header, err error) {
	err = tx.SelectContext(ctx, &headers, tx.Rebind(selectReturns), region, period)
	return headers, err
}

// Headers gives the returns of some months without rows and findings, in the order of Returns
// month by month.
func (s *Store) Headers(ctx context.Context, region string, periods ...ledger.Period) (returns []*ledger.Return, err error) {
	err = s.snapshot(ctx, "read what was delivered", func(tx *sqlx.Tx) error {
		returns = nil
		for _, p := range periods {
			headers, err := headersOf(ctx, tx, clean(region), p.String())
			if err != nil {
				return err
			}
			months, err := sumsOf(ctx, tx, region, p.String())
			if err != nil {
				return err
			}
			sums, err := readReturnSums(ctx, tx, region, p.String())
			if err != nil {
				return err
			}
			if err := cmp.Or(sums.checkHeaders(p, headers), months.check(p, "return", sumStates(headers))); err != nil {
				return err
			}
			late, err := readLates(ctx, tx, clean(region), p.String())
			if err != nil {
				return err
			}
			for _, h := range headers {
				if late[h.edition] != nil {
					continue
				}
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

// Returns gives every version of every return of a month as it was delivered, with the
// version and state of the last merge, by form, department and content (as bytes); without
// those that came late. A record has a field for each column of its form, blank where the
// form got the column later.
func (s *Store) Returns(ctx context.Context, region string, p ledger.Period) (returns []*ledger.Return, err error) {
	err = s.snapshot(ctx, "read the returns of "+p.String(), func(tx *sqlx.Tx) error {
		returns, err = readReturns(ctx, tx, clean(region), p, func(came []string) bool { return came == nil })
		return err
	})
	slices.SortFunc(returns, byKey)
	return returns, err
}

// readReturns reads the returns of a month that are wanted by the months with which they came late, nil
// where they did not.
func readReturns(ctx context.Context, tx *sqlx.Tx, region string, p ledger.Period, wanted func(came []string) bool) ([]*ledger.Return, error) {
	headers, err := headersOf(ctx, tx, region, p.String())
	if err != nil {
		return nil, err
	}
	sums, err := readReturnSums(ctx, tx, region, p.String())
	if err != nil {
		return nil, err
	}
	if err := sums.checkHeaders(p, headers); err != nil {
		return nil, err
	}
	late, err := readLates(ctx, tx, region, p.String())
	if err != nil {
		return nil, err
	}
	all, err := fillingsOf(ctx, tx, region, p, headers)
	if err != nil {
		return nil, err
	}
	if err := sums.checkRows(p, all); err != nil {
		return nil, err
	}
	var returns []*ledger.Return
	for _, h := range headers {
		if !wanted(late[h.edition]) {
			continue
		}
		r, err := all[h.edition].full()
		if err != nil {
			return nil, h.named(err)
		}
		returns = append(returns, r)
	}
	return returns, nil
}

// fillingsOf reads rows and findings of the returns of a month.
func fillingsOf(ctx context.Context, tx *sqlx.Tx, region string, p ledger.Period, headers []*header) (fillings, error) {
	all := fillings{}
	for _, h := range headers {
		all[h.edition] = h.empty()
	}
	return all, all.fill(ctx, tx, p, region, p.String())
}

// A filling is a return whose rows and findings are being read: they come in whatever order suits the database.
type filling struct {
	*ledger.Return
	form   *form.Form
	rows   int    // that are to come
	packed []byte // the rows, until the return is to be had in full
	sums   *returnTally
	// misread is what could not be understood of it: told only of what is as it was written.
	misread error
}

// empty is the return of the header, with room for its rows.
func (h *header) empty() *filling {
	r, misread := h.bare()
	f, unknown := formOf(h.Form)
	return &filling{Return: r, form: f, rows: h.Records, sums: tallyOfReturn(h), misread: cmp.Or(misread, unknown)}
}

// full is the return with its rows.
func (f *filling) full() (*ledger.Return, error) {
	if f.misread == nil && f.packed != nil {
		f.Records, f.misread = unpackRecords(f.form, f.packed, f.rows)
		f.packed = nil
	}
	if f.misread == nil && f.rows != len(f.Records) {
		return nil, fmt.Errorf("%d rows of %d are there", len(f.Records), f.rows)
	}
	return f.Return, f.misread
}

// put puts the rows into their place.
func (f *filling) put(packed []byte) {
	f.sums.rows.add(packed)
	f.packed = packed
}

// find adds a finding.
func (f *filling) find(row *findingRow) {
	f.sums.findings.add(row.targets()...)
	found, err := row.finding()
	if f.misread = cmp.Or(f.misread, err); f.misread == nil {
		f.Findings = append(f.Findings, found)
	}
}

type fillings map[edition]*filling

// fill reads rows and findings of all returns of a month. What is of none of them has been put
// there by a hand.
func (all fillings) fill(ctx context.Context, tx *sqlx.Tx, p ledger.Period, key ...any) error {
	var of edition
	err := each(ctx, tx, selectReturnRows, key, func(rows *sqlx.Rows) error {
		var packed []byte
		if err := rows.Scan(&of.Form, &of.Department, &of.Content, &packed); err != nil {
			return err
		}
		to := all[of]
		if to == nil {
			return of.changed("return_rows", p)
		}
		to.put(packed)
		return nil
	})
	if err != nil {
		return err
	}
	var row findingRow
	targets := append([]any{&of.Form, &of.Department, &of.Content}, row.targets()...)
	return each(ctx, tx, selectReturnFindings, key, func(rows *sqlx.Rows) error {
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		to := all[of]
		if to == nil {
			return of.changed("return_finding", p)
		}
		to.find(&row)
		return nil
	})
}

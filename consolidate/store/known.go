package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"

	"huizong/internal/ledger"
)

// A KnownFile is a file that was read for a month, and what was read from it.
type KnownFile struct {
	Path   string // as its inbox has it
	SHA256 string // of its bytes
	// ReadBy says by what it was read: what is read by another program or by other rules may be otherwise.
	ReadBy  string
	Content string // what was read, but for the rows, which its returns have
	// Returns are those that it brought, which are kept. A file that brought returns of another month is not known.
	Returns []ledger.Edition
}

const (
	knownColumns = `path, sha256, read_by, content, of_returns, returns_sum`
	deleteKnown  = `DELETE FROM known_file` + ofMonth
	selectKnown  = `SELECT ` + knownColumns + ` FROM known_file` + ofMonth
)

// Know puts the files that are known of a month in the place of those that were, all or none. The returns that
// they brought must have been saved.
func (l *Lock) Know(ctx context.Context, p ledger.Period, files []KnownFile) error {
	return l.write(ctx, "note the files of "+p.String(), func(tx *sqlx.Tx) error {
		if _, err := change(ctx, tx, deleteKnown, l.region, p.String()); err != nil {
			return err
		}
		sums, err := readReturnSums(ctx, tx, l.region, p.String())
		if err != nil {
			return err
		}
		in := into(ctx, tx, "known_file", "region, period, "+knownColumns)
		for _, f := range files {
			var of []edition
			for _, r := range f.Returns {
				of = append(of, edition{r.Form, clean(r.Department), clean(r.Content)})
			}
			sum, there := sums.sumOf(of)
			if !there {
				return fmt.Errorf("file %s: its returns were not saved", f.Path)
			}
			names, err := json.Marshal(of)
			if err != nil {
				return err
			}
			if err := in.add(l.region, p.String(), clean(f.Path), f.SHA256, f.ReadBy, clean(f.Content), string(names), sum); err != nil {
				return err
			}
		}
		return in.done()
	})
}

// Known gives the files that are known of a month, by path, whose returns are still there as they brought them.
func (s *Store) Known(ctx context.Context, region string, p ledger.Period) (files map[string]KnownFile, err error) {
	err = s.snapshot(ctx, "read the files of "+p.String(), func(tx *sqlx.Tx) error {
		files = map[string]KnownFile{}
		sums, err := readReturnSums(ctx, tx, region, p.String())
		if err != nil {
			return err
		}
		return each(ctx, tx, selectKnown, []any{clean(region), p.String()}, func(rows *sqlx.Rows) error {
			var f KnownFile
			var names, sum string
			if err := rows.Scan(&f.Path, &f.SHA256, &f.ReadBy, &f.Content, &names, &sum); err != nil {
				return err
			}
			var of []edition
			if json.Unmarshal([]byte(names), &of) != nil {
				return nil // a hand wrote it: the file is read again
			}
			if now, there := sums.sumOf(of); !there || now != sum {
				return nil
			}
			for _, e := range of {
				id := ledger.ReturnID{Region: clean(region), Period: p, Form: e.Form, Department: e.Department}
				f.Returns = append(f.Returns, ledger.Edition{ReturnID: id, Content: e.Content})
			}
			files[f.Path] = f
			return nil
		})
	})
	return files, err
}

// sumOf is the SHA-256 of the sums of some returns; they are not all there if a sum is missing, or is none.
func (sums returnSums) sumOf(of []edition) (sum string, there bool) {
	hash := sha256.New()
	for _, e := range of {
		one, known := sums[e]
		if !known || one.old() {
			return "", false
		}
		fmt.Fprintln(hash, one.Head, one.Rows, one.Findings)
	}
	return hex.EncodeToString(hash.Sum(nil)), true
}

const (
	deleteKept = `DELETE FROM kept` + ofMonth
	selectKept = `SELECT made_of, content FROM kept` + ofMonth + ` AND what = ?`
)

// Keep keeps what was made of a month that was just merged, by what it is, in the place of all that was kept of it. by
// says by what it was made, see Kept.
func (l *Lock) Keep(ctx context.Context, p ledger.Period, by string, made map[string]string) error {
	return l.write(ctx, "keep what was made of "+p.String(), func(tx *sqlx.Tx) error {
		if _, err := change(ctx, tx, deleteKept, l.region, p.String()); err != nil {
			return err
		}
		state, err := stateOfMonth(ctx, tx, l.region, p, by)
		if state == "" || err != nil {
			return err
		}
		in := into(ctx, tx, "kept", "region, period, what, made_of, content")
		for what, content := range made {
			if err := in.add(l.region, p.String(), what, state, clean(content)); err != nil {
				return err
			}
		}
		return in.done()
	})
}

// Kept gives what was kept of a month. It is not there if anything that the month was made of has changed since, or it
// was made by something else.
func (s *Store) Kept(ctx context.Context, region string, p ledger.Period, by, what string) (content string, there bool, err error) {
	err = s.snapshot(ctx, "read what was kept of "+p.String(), func(tx *sqlx.Tx) error {
		var madeOf string
		row := tx.QueryRowContext(ctx, tx.Rebind(selectKept), clean(region), p.String(), what)
		switch err := row.Scan(&madeOf, &content); {
		case errors.Is(err, sql.ErrNoRows):
			there = false
			return nil
		case err != nil:
			return err
		}
		state, err := stateOfMonth(ctx, tx, clean(region), p, by)
		there = state != "" && state == madeOf
		return err
	})
	return content, there, err
}

// LastKept gives what was last kept of a month, whatever has changed since; blank if nothing was.
func (s *Store) LastKept(ctx context.Context, region string, p ledger.Period, what string) (content string, err error) {
	err = s.snapshot(ctx, "read what was last kept of "+p.String(), func(tx *sqlx.Tx) error {
		var madeOf string
		err := tx.QueryRowContext(ctx, tx.Rebind(selectKept), clean(region), p.String(), what).Scan(&madeOf, &content)
		if errors.Is(err, sql.ErrNoRows) {
			content, err = "", nil
		}
		return err
	})
	return content, err
}

const (
	selectMonthsSums = `SELECT period, of_table, sha256 FROM month_sum WHERE region = ? AND period <= ?`
	selectSentSums   = `SELECT period, form, department, content, head_sum, rows_sum, findings_sum FROM return_sum WHERE region = ? AND period <= ?`
)

// stateOfMonth is the SHA-256 of all that a month is made of and of what was made of it, by the sums of what was written:
// the returns and the months up to it, and what concerns no month alone. It is blank where something was written before there
// were sums.
func stateOfMonth(ctx context.Context, tx *sqlx.Tx, region string, p ledger.Period, by string) (string, error) {
	var lines []string
	for _, query := range []string{selectMonthsSums, selectSentSums} {
		err := each(ctx, tx, query, []any{region, p.String()}, func(rows *sqlx.Rows) error {
			values, err := rows.SliceScan()
			lines = append(lines, fmt.Sprintf("%q", values))
			return err
		})
		if err != nil {
			return "", err
		}
	}
	slices.Sort(lines)
	hash := sha256.New()
	for _, line := range lines {
		if strings.Contains(line, `"`+unsummed+`"`) {
			return "", nil
		}
		io.WriteString(hash, line+"\n")
	}
	fmt.Fprintln(hash, by)
	return hex.EncodeToString(hash.Sum(nil)), nil
}

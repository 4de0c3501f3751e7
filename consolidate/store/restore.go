package store

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"
)

// NotEmpty is the error of restoring into a database that holds something.
type NotEmpty struct{ Table string }

func (e *NotEmpty) Error() string {
	return fmt.Sprintf("it is not empty (table %s has rows), and a backup is restored into an empty database only: "+
		"name a SQLite file that is not there yet, or create another PostgreSQL database", e.Table)
}

// Restore puts what a backup holds into a database that holds nothing (*NotEmpty otherwise): all
// of it or nothing. The backup of an older schema is brought up to date in the same transaction.
// The locks of the backup's regions are held meanwhile: *Busy if a run holds one.
func (s *Store) Restore(ctx context.Context, b *Backup, holder Holder) (err error) {
	var locks []*Lock
	defer func() {
		for _, l := range locks {
			err = errors.Join(err, l.Release())
		}
	}()
	for _, region := range b.Regions {
		l, err := s.Lock(ctx, region, holder)
		if err != nil {
			return err
		}
		locks = append(locks, l)
	}
	return s.atomically(ctx, "restore "+b.path, func(tx *sqlx.Tx) error {
		for _, l := range locks {
			if err := l.prove(ctx, tx); err != nil {
				return err
			}
		}
		if err := checkEmpty(ctx, tx); err != nil {
			return err
		}
		later := migrationNames()[len(b.Migrations):]
		if len(later) > 0 {
			if err := remake(ctx, tx, b.Migrations); err != nil {
				return err
			}
		}
		for _, t := range b.Tables {
			if err := fill(ctx, tx, b, t); err != nil {
				return err
			}
		}
		return applyData(ctx, tx, later)
	})
}

func checkEmpty(ctx context.Context, tx *sqlx.Tx) error {
	for _, t := range tablesOf(migrationNames()) {
		var found []int
		if err := tx.SelectContext(ctx, &found, "SELECT 1 FROM "+t.name+" LIMIT 1"); err != nil {
			return err
		}
		if len(found) > 0 {
			return &NotEmpty{t.name}
		}
	}
	return nil
}

// remake makes the tables with data, which are empty, as they were after some migrations. Those
// that say who is at work stay as they are: our own lock is there.
func remake(ctx context.Context, tx *sqlx.Tx, names []string) error {
	for _, t := range tablesOf(migrationNames()) {
		// Who wants to write waits from the first statement on, so that what is dropped is empty.
		const old = "restoring"
		if _, err := tx.ExecContext(ctx, "ALTER TABLE "+t.name+" RENAME TO "+old); err != nil {
			return err
		}
		var found []int
		if err := tx.SelectContext(ctx, &found, "SELECT 1 FROM "+old+" LIMIT 1"); err != nil {
			return err
		}
		if len(found) > 0 {
			return &NotEmpty{t.name}
		}
		if _, err := tx.ExecContext(ctx, "DROP TABLE "+old); err != nil {
			return err
		}
	}
	return applyData(ctx, tx, names)
}

// applyData applies what some migrations do to tables with data.
func applyData(ctx context.Context, tx *sqlx.Tx, names []string) error {
	for _, name := range names {
		for _, s := range statementsOf(name) {
			if slices.Contains(passing, s.table) {
				continue
			}
			if _, err := tx.ExecContext(ctx, s.text); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		if err := moved(ctx, tx, name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// fill puts the rows of a table.
func fill(ctx context.Context, tx *sqlx.Tx, b *Backup, d Dump) error {
	kinds, err := kindsOf(ctx, tx, d.Name)
	if err != nil {
		return err
	}
	var in *insertion
	var packed []int // which columns hold bytes
	err = b.rows(d, func(names []string) error {
		if has := slices.Sorted(maps.Keys(kinds)); !slices.Equal(names, has) {
			return fmt.Errorf("its columns are %s, and should be %s", strings.Join(names, ", "), strings.Join(has, ", "))
		}
		in = into(ctx, tx, d.Name, strings.Join(names, ", "))
		for i, name := range names {
			if kinds[name] == bytesType {
				packed = append(packed, i)
			}
		}
		return nil
	}, func(values []any) error {
		for _, i := range packed {
			text, _ := values[i].(string)
			bytes, err := base64.StdEncoding.DecodeString(text)
			if err != nil {
				return err
			}
			values[i] = bytes
		}
		return in.add(values...)
	})
	if err != nil {
		return err
	}
	if in == nil {
		return errors.New("a table without a line")
	}
	return in.done()
}

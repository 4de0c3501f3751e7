package store

import (
	"context"
	"embed"
	"fmt"
	"slices"

	"github.com/jmoiron/sqlx"
)

//go:embed migrations/*.sql
var migrations embed.FS

const createMigration = `
	CREATE TABLE IF NOT EXISTS migration (
		name TEXT PRIMARY KEY
	)`

// migrate applies the migrations that the database lacks, in one transaction. A database
// that lacks none is not written, so that it opens while a run is merging.
func (s *Store) migrate(ctx context.Context) error {
	if lacking, err := unapplied(ctx, s.db); err == nil && len(lacking) == 0 {
		return nil
	}
	return s.atomically(ctx, "open", func(tx *sqlx.Tx) error {
		for _, statement := range []string{s.place.alone, createMigration} {
			if _, err := tx.ExecContext(ctx, statement); err != nil {
				return err
			}
		}
		lacking, err := unapplied(ctx, tx)
		if err != nil {
			return err
		}
		for _, name := range lacking {
			if err := apply(ctx, tx, name); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		return nil
	})
}

// migrationNames are the files of all migrations, in their order.
func migrationNames() []string {
	files, err := migrations.ReadDir("migrations")
	if err != nil {
		panic(err) // it is part of the program
	}
	names := make([]string, len(files))
	for i, file := range files {
		names[i] = file.Name()
	}
	return names
}

// unapplied lists the migrations that the database lacks, in their order.
func unapplied(ctx context.Context, db sqlx.QueryerContext) ([]string, error) {
	names, applied := migrationNames(), []string{}
	if err := sqlx.SelectContext(ctx, db, &applied, `SELECT name FROM migration`); err != nil {
		return nil, err
	}
	for _, name := range applied {
		if !slices.Contains(names, name) {
			return nil, fmt.Errorf("it was made by a newer program (it has %s): use that one", name)
		}
	}
	return slices.DeleteFunc(names, func(name string) bool { return slices.Contains(applied, name) }), nil
}

func apply(ctx context.Context, tx *sqlx.Tx, name string) error {
	text, err := migrations.ReadFile("migrations/" + name)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, string(text)); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, tx.Rebind(`INSERT INTO migration (name) VALUES (?)`), name)
	return err
}

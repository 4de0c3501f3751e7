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
// that lacks none is not written, so that it opens while a run is merging. Of several programs that
// migrate at once one waits for the other at the name of a migration, which is put down before it
// is applied, fails because it is there, and looks again.
func (s *Store) migrate(ctx context.Context) error {
	return again(ctx, outrun, func() error {
		var lacking []string
		err := s.snapshot(ctx, "open", func(tx *sqlx.Tx) (err error) {
			lacking, err = unapplied(ctx, tx)
			return err
		})
		if err == nil && len(lacking) == 0 {
			return nil
		}
		return s.atomically(ctx, "open", func(tx *sqlx.Tx) error {
			if _, err := tx.ExecContext(ctx, createMigration); err != nil {
				return err
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
	})
}

// outrun is what a database says to the slower of two that migrate. Of two tables that are made at
// once it says that a key is there twice, too.
func outrun(err error) bool {
	return slices.Contains([]string{duplicateKey, duplicateTable}, stateOf(err))
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
func unapplied(ctx context.Context, tx *sqlx.Tx) ([]string, error) {
	names, applied := migrationNames(), []string{}
	if err := tx.SelectContext(ctx, &applied, `SELECT name FROM migration`); err != nil {
		return nil, err
	}
	for _, name := range applied {
		if !slices.Contains(names, name) {
			return nil, &Newer{name}
		}
	}
	return slices.DeleteFunc(names, func(name string) bool { return slices.Contains(applied, name) }), nil
}

func apply(ctx context.Context, tx *sqlx.Tx, name string) error {
	text, err := migrations.ReadFile("migrations/" + name)
	if err != nil {
		return err
	}
	if _, err := change(ctx, tx, `INSERT INTO migration (name) VALUES (?)`, name); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, string(text)); err != nil {
		return err
	}
	return moved(ctx, tx, name)
}

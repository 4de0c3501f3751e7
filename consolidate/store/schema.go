package store

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// passing are the tables that say who is at work on this very database, or in at its window, how its
// schema came to be, and what need not be done again: they are no part of a backup, and nobody sums them.
var passing = []string{"migration", "run", "holder", "last_run", "session", "known_file", "kept"}

// A statement is one of a migration, with the table that it is about.
type statement struct{ table, text string }

var (
	comment = regexp.MustCompile(`--[^\n]*`)
	subject = regexp.MustCompile(`^(?:CREATE TABLE|DROP TABLE|ALTER TABLE|INSERT INTO|UPDATE|DELETE FROM) (\w+)`)
	renamed = regexp.MustCompile(`^ALTER TABLE \w+ RENAME TO (\w+)$`)
	keyed   = regexp.MustCompile(`PRIMARY KEY \(([^)]*)\)`)
)

// statementsOf takes a migration apart. What it cannot tell the table of is no statement that a
// migration may have.
func statementsOf(migration string) []statement {
	text, err := migrations.ReadFile("migrations/" + migration)
	if err != nil {
		panic(err) // it is part of the program
	}
	var all []statement
	for part := range strings.SplitSeq(comment.ReplaceAllString(string(text), ""), ";") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		found := subject.FindStringSubmatch(part)
		if found == nil {
			panic(fmt.Sprintf("%s: of which table is this? %s", migration, part))
		}
		all = append(all, statement{found[1], part})
	}
	return all
}

// A table is one that holds data.
type table struct {
	name string
	key  []string // the columns of its primary key
}

// reuse lets rows that were cleared make room for others: a month that is cleared and loaded again and again would else take
// more each time until the database gets round to it, or for ever where that is turned off. Neither does it wait for
// anybody nor anybody for it. Where it may not or need not be done, nothing is amiss.
func (s *Store) reuse(ctx context.Context) {
	if s.place.reuse == "" {
		return
	}
	names := slices.Clone(passing)
	for _, t := range tablesOf(migrationNames()) {
		names = append(names, t.name)
	}
	s.db.ExecContext(ctx, s.place.reuse+strings.Join(names, ", "))
}

// tablesOf are the tables with data of a schema that these migrations make, by name.
func tablesOf(names []string) []table {
	keys := map[string][]string{}
	for _, name := range names {
		for _, s := range statementsOf(name) {
			switch to := renamed.FindStringSubmatch(s.text); {
			case to != nil:
				keys[to[1]] = keys[s.table]
				delete(keys, s.table)
			case strings.HasPrefix(s.text, "DROP TABLE"):
				delete(keys, s.table)
			case strings.HasPrefix(s.text, "CREATE TABLE"):
				keys[s.table] = nil
				if key := keyed.FindStringSubmatch(s.text); key != nil {
					keys[s.table] = strings.Split(key[1], ", ")
				}
			}
		}
	}
	var all []table
	for name, key := range keys {
		if !slices.Contains(passing, name) {
			all = append(all, table{name, key})
		}
	}
	slices.SortFunc(all, func(a, b table) int { return strings.Compare(a.name, b.name) })
	return all
}

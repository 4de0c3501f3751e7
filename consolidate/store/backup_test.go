package store

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"
	"pgregory.net/rapid"

	"huizong/consolidate/store/pgtest"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// backedUp makes a backup and gives its path and bytes.
func backedUp(t *testing.T, s *Store) (path string, content []byte) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "备份.zip")
	if _, err := s.Backup(context.Background(), path); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return path, content
}

func opened(t *testing.T, path string) *Backup {
	t.Helper()
	b, err := OpenBackup(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

func restored(t *testing.T, s *Store, path string) {
	t.Helper()
	if err := s.Restore(context.Background(), opened(t, path), Holder{}); err != nil {
		t.Fatal(err)
	}
}

// drawn are counties with whatever a store may be given, the same each time.
func drawn(t *testing.T, s *Store) {
	t.Helper()
	for i, region := range []string{"610722", "610723"} {
		everything(t, s, region)
		returns := rapid.Custom(func(t *rapid.T) []*ledger.Return { return returnsOf(t, region) }).Example(3 + i)
		for _, r := range returns {
			r.Period = june.Add(1)
		}
		saved(t, s, returns...)
		for i, r := range returns {
			r.Version, r.State = i+1, ledger.Accepted
		}
		merged(t, s, rapid.Custom(func(t *rapid.T) *ledger.Month { return monthOf(t, region, june.Add(1), returns) }).Example(5+i))
	}
}

// The same content gives the same bytes, in a database of any kind, however old it is and however it sorts
// text, restored from another or not; and what was restored is read as what was backed up.
func TestABackupIsTheSameEverywhere(t *testing.T) {
	kinds := map[string]func(testing.TB) string{
		"postgres by bytes":            func(tb testing.TB) string { return pgtest.Kind{Bytes: true}.Filled(tb, makeTables) },
		"newest postgres as Chinese":   func(tb testing.TB) string { return pgtest.Kind{Newest: true}.Filled(tb, makeTables) },
		"newest postgres, by a pooler": func(tb testing.TB) string { return pgtest.Pooled(tb, newest.Filled(tb, makeTables)) },
	}
	maps.Copy(kinds, databases)
	kept, contents := filepath.Join(t.TempDir(), "b.zip"), map[string][]byte{}
	onEach(t, kinds, func(t *testing.T, address string) {
		s := open(t, address)
		if s.place.driver == postgres.driver {
			t.Log(ask(t, address, `SHOW server_version`))
		}
		drawn(t, s)
		path, content := backedUp(t, s)
		contents[t.Name()] = content
		if err := os.Rename(path, kept); err != nil {
			t.Fatal(err)
		}
	})
	want := contents[t.Name()+"/sqlite"]
	for name, content := range contents {
		if !bytes.Equal(content, want) {
			t.Errorf("%s gives another backup than SQLite", name)
		}
	}
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		restored(t, s, kept)
		if _, again := backedUp(t, s); !bytes.Equal(again, want) {
			t.Error("what was restored gives another backup")
		}
		for _, region := range []string{"610722", "610723"} {
			if err := readAll(s, region); err != nil {
				t.Error(err)
			}
		}
	})
}

// What is written with our SQLite is read by another, older one, the program of the system.
func TestAnotherSQLiteReadsIt(t *testing.T) {
	program, err := exec.LookPath("sqlite3")
	if err != nil {
		t.Skip("sqlite3 is not installed (make tools)")
	}
	s := open(t, databases["sqlite"](t))
	drawn(t, s)
	query, want := "SELECT sqlite_version(); PRAGMA integrity_check", "ok\n"
	for _, name := range slices.Sorted(maps.Keys(catalogue(t, s))) {
		var rows int
		if err := s.db.Get(&rows, "SELECT count(*) FROM "+name); err != nil {
			t.Fatal(err)
		}
		query += "; SELECT '" + name + "', count(*) FROM " + name
		want += fmt.Sprintf("%s|%d\n", name, rows)
	}
	s.Close()
	got, err := exec.Command(program, s.place.path, query).CombinedOutput()
	version, said, _ := strings.Cut(string(got), "\n")
	if err != nil || said != want {
		t.Errorf("%v, %s says\n%s, want\n%s", err, version, said, want)
	}
	t.Log(version)
}

// A backup has all that the database has, but for who is at work on it: no table can be forgotten.
func TestABackupHasEveryTable(t *testing.T) {
	s := open(t, databases["sqlite"](t))
	got := map[string][]string{}
	for _, table := range tablesOf(migrationNames()) {
		got[table.name] = table.key
	}
	want := map[string][]string{}
	for name := range catalogue(t, s) {
		var key []string
		if err := s.db.Select(&key, `SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk`, name); err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(passing, name) {
			want[name] = key
		}
	}
	same(t, "tables and their keys", want, got)
}

func TestABackupIsForItsOwnerAndOverwritesNothing(t *testing.T) {
	s := open(t, databases["sqlite"](t))
	path := filepath.Join(t.TempDir(), "b.zip")
	if _, err := s.Backup(context.Background(), path); !errors.Is(err, ErrNothingToBackUp) {
		t.Errorf("nothing to back up: %v", err)
	}
	everything(t, s, "610722")
	if _, err := s.Backup(context.Background(), path); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Error(info.Mode(), err)
	}
	if _, err := s.Backup(context.Background(), path); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a second one of the name: %v", err)
	}
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 1 {
		t.Errorf("%v is there, %v", left, err)
	}
	if _, err := s.Backup(context.Background(), filepath.Join(path, "b.zip")); err == nil {
		t.Error("below a file")
	}
}

// A backup is the database of one moment, whatever a run writes meanwhile.
func TestABackupIsOfOneMoment(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		ctx, stop := context.WithCancel(context.Background())
		writer, reader, done := open(t, address), open(t, address), make(chan bool)
		lock, err := writer.Lock(ctx, "610722", Holder{})
		if err != nil {
			t.Fatal(err)
		}
		defer lock.Release()
		write := func(g int) error {
			returns, month := crowd(g)
			return errors.Join(lock.Save(ctx, returns), lock.Merge(ctx, month))
		}
		if err := write(1); err != nil {
			t.Fatal(err)
		}
		go func() {
			for g := 2; ctx.Err() == nil; g++ {
				if err := write(g); err != nil && ctx.Err() == nil {
					t.Error(err)
				}
			}
			close(done)
		}()
		for range 4 {
			path, _ := backedUp(t, reader)
			b := opened(t, path)
			files, rules := column(t, b, "return", "file"), column(t, b, "month", "rules_sum")
			var savedLast, mergedLast int
			fmt.Sscan(files[0].(string), &savedLast)
			fmt.Sscan(rules[0].(string), &mergedLast)
			if len(slices.Compact(files)) != 1 || savedLast != mergedLast && savedLast != mergedLast+1 {
				t.Errorf("saved %v, merged %v", files, rules)
			}
			for _, packed := range column(t, b, "return_rows", "packed") {
				bytes, err := base64.StdEncoding.DecodeString(packed.(string))
				if err != nil {
					t.Fatal(err)
				}
				rows, err := unpackRecords(form.Progress.Name.Form, bytes, 0)
				if want := 1 + savedLast%5*10; err != nil || len(rows) != want {
					t.Errorf("%d rows of generation %d, want %d, %v", len(rows), savedLast, want, err)
				}
			}
		}
		stop()
		<-done
	})
}

// column gives the values of a column of a backup.
func column(t *testing.T, b *Backup, table, name string) (values []any) {
	t.Helper()
	at := slices.IndexFunc(b.Tables, func(d Dump) bool { return d.Name == table })
	place := 0
	err := b.rows(b.Tables[at], func(names []string) error {
		place = slices.Index(names, name)
		return nil
	}, func(row []any) error {
		values = append(values, row[place])
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return values
}

// all gives everything that is in a backup.
func all(t *testing.T, path string) (lines []string) {
	t.Helper()
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	for _, part := range archive.File {
		content, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(content)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, part.Name+"\n"+string(text))
	}
	return lines
}

// A file of which any byte was changed or that ends early is refused, or says the same.
func TestADamagedBackupIsRefused(t *testing.T) {
	s := open(t, databases["sqlite"](t))
	everything(t, s, "610722")
	path, content := backedUp(t, s)
	want := all(t, path)
	const trials = 80
	damaged := filepath.Join(t.TempDir(), "damaged.zip")
	refused := 0
	for i := range 2 * trials {
		bad := slices.Clone(content)
		at := rand.IntN(len(bad))
		if i%2 == 0 {
			bad = bad[:at]
		} else {
			bad[at] ^= 1 << rand.IntN(8)
		}
		if err := os.WriteFile(damaged, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		b, err := OpenBackup(damaged)
		if err != nil {
			refused++
			continue
		}
		b.Close()
		if i%2 == 0 || !slices.Equal(want, all(t, damaged)) {
			t.Fatalf("trial %d, byte %d: taken", i, at)
		}
	}
	if refused < trials {
		t.Errorf("%d of %d refused", refused, 2*trials)
	}
}

// rewritten is a backup with other parts; a blank one is left out.
func rewritten(t *testing.T, path string, edit func(name, text string) string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "rewritten.zip")
	var content bytes.Buffer
	archive := zip.NewWriter(&content)
	for _, part := range all(t, path) {
		name, text, _ := strings.Cut(part, "\n")
		if text = edit(name, text); text != "" {
			out, err := create(archive, name)
			if err != nil {
				t.Fatal(err)
			}
			io.WriteString(out, text)
		}
	}
	if err := errors.Join(archive.Close(), os.WriteFile(to, content.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
	return to
}

// What is not this program's backup, or not all of it, is refused by name before anything is written.
func TestWhatIsNoBackupIsRefused(t *testing.T) {
	s := open(t, databases["sqlite"](t))
	everything(t, s, "610722")
	path, _ := backedUp(t, s)
	part := func(name string, edit func(string) string) func(string, string) string {
		return func(at, text string) string {
			if at == name {
				return edit(text)
			}
			return text
		}
	}
	replace := func(old, new string) func(string) string {
		return func(text string) string { return strings.Replace(text, old, new, 1) }
	}
	none := func(string) string { return "" }
	last := migrationNames()[len(migrationNames())-1]
	for name, test := range map[string]struct {
		edit func(name, text string) string
		want string
	}{
		"a newer schema":  {part(manifestPart, replace(`"`+last+`"`, `"`+last+`", "9999_later.sql"`)), "a newer program made it (it has 9999_later.sql)"},
		"a newer format":  {part(manifestPart, replace(`"format": 1`, `"format": 2`)), "made it (it has format 2)"},
		"another schema":  {part(manifestPart, replace(`"0001_house.sql",`, ``)), "0002_reserve.sql stands where 0001_house.sql should"},
		"no manifest":     {part(manifestPart, none), manifestPart},
		"no table":        {part("figure.jsonl", none), "figure.jsonl"},
		"a row is gone":   {part("figure.jsonl", replace("\n[\"reserve.projects\",\"2024-06\",\"610722\",460]", "")), "figure.jsonl: damaged: 1 rows, 2 were backed up"},
		"another figure":  {part("figure.jsonl", replace(",460]", ",461]")), "figure.jsonl: damaged: its SHA-256"},
		"half a line":     {part("figure.jsonl", replace(",460]\n", "")), "figure.jsonl: damaged"},
		"a value too few": {part("figure.jsonl", replace(",460]", "]")), "figure.jsonl, line 3: 3 values for 4 columns"},
		"no JSON":         {part("figure.jsonl", replace("460", "4six0")), "figure.jsonl, line 3: damaged at"},
		"a table is not in the manifest": {part(manifestPart, replace(`"name": "figure"`, `"name": "figures"`)),
			"the table figure is missing"},
	} {
		t.Run(name, func(t *testing.T) {
			bad := rewritten(t, path, test.edit)
			if b, err := OpenBackup(bad); err == nil || !strings.Contains(err.Error(), bad) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v, %v, want … %s …", b, err, test.want)
			}
		})
	}
	other := filepath.Join(t.TempDir(), "returns.xlsx")
	if err := os.WriteFile(other, []byte("no archive"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenBackup(other); err == nil || !strings.Contains(err.Error(), "it is no backup") {
		t.Error(err)
	}
}

// A backup is restored into nothing only, and all of it or nothing.
func TestRestoreIsAllOrNothing(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		from := open(t, databases["sqlite"](t))
		everything(t, from, "610722")
		path, content := backedUp(t, from)
		b, s := opened(t, path), open(t, address)
		twice := rewritten(t, path, func(name, text string) string { // which no table allows
			if name == "tasks.jsonl" {
				return text + strings.SplitAfter(text, "\n")[1]
			}
			return text
		})
		archive, err := zip.OpenReader(twice)
		if err != nil {
			t.Fatal(err)
		}
		defer archive.Close()
		if err := s.Restore(context.Background(), &Backup{Manifest: b.Manifest, archive: &archive.Reader}, Holder{}); err == nil {
			t.Error("a row twice: restored")
		}
		if err := s.snapshot(context.Background(), "look", func(tx *sqlx.Tx) error { return checkEmpty(context.Background(), tx) }); err != nil {
			t.Errorf("after a restore that failed: %v", err)
		}
		restored(t, s, path)
		if _, again := backedUp(t, s); !bytes.Equal(content, again) {
			t.Error("restored after a restore that failed, it is another")
		}
		var full *NotEmpty
		if err := s.Restore(context.Background(), b, Holder{}); !errors.As(err, &full) {
			t.Errorf("into a database that is not empty: %v", err)
		}
		if _, again := backedUp(t, s); !bytes.Equal(content, again) {
			t.Error("a restore that was refused changed something")
		}
	})
}

// made is a database as an older program made it: with the first n migrations.
func made(t *testing.T, address string, n int) *Store {
	t.Helper()
	at, err := locate(address)
	if err != nil {
		t.Fatal(err)
	}
	db, err := sqlx.Open(at.driver, at.dsn)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { db.Close() })
	s := &Store{db: db, place: at}
	alter(t, s, "%s", createMigration)
	err = s.atomically(context.Background(), "make", func(tx *sqlx.Tx) error {
		for _, name := range migrationNames()[:n] {
			if err := apply(context.Background(), tx, name); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The backup of an older schema is restored as the database would be after the migrations that
// it lacked.
func TestABackupOfAnOlderSchema(t *testing.T) {
	newest := open(t, databases["sqlite"](t))
	everything(t, newest, "610722")
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		now := len(migrationNames())
		for _, n := range []int{1, 7, now - 2, now - 1, now} {
			olderAddress := databases["sqlite"](t)
			older := made(t, olderAddress, n)
			for table, columns := range catalogue(t, older) {
				if slices.Contains(passing, table) {
					continue
				}
				r := row{"region": "610722", "period": "2024-06", "form": "progress", "department": "部门0", "content": "a",
					"ordinal": 1, "sheet_row": 5, "record": `{"fields":{}}`}
				if table != "return_row" { // which is no more
					r = firstRow(t, newest, table)
				}
				maps.DeleteFunc(r, func(column string, _ any) bool { return columns[column] == "" })
				if form.ByID(table) != nil && columns["source"] != "" {
					r["source"] = `{"fields":{}}`
				}
				swap(t, older, table, nil, r)
			}
			path, _ := backedUp(t, older)
			restored(t, s, path)
			_, got := backedUp(t, s)
			_, want := backedUp(t, open(t, olderAddress)) // which migrates it
			if !bytes.Equal(want, got) {
				t.Errorf("restored from the schema of %s it is another", migrationNames()[n-1])
			}
			for _, table := range tablesOf(migrationNames()) {
				alter(t, s, "DELETE FROM %s", table.name)
			}
		}
	})
}

// Killed at any moment, a backup is there whole or not at all, and so is what is restored.
func TestAKilledBackupOrRestore(t *testing.T) {
	if testing.Short() {
		t.Skip("killing is long")
	}
	from := open(t, databases["sqlite"](t))
	for g := range 3 { // so that it takes a while
		returns, month := crowd(4)
		for _, r := range returns {
			r.Period = june.Add(-g)
		}
		month.Period, month.Returns = june.Add(-g), returns
		for i := range month.Standing {
			month.Standing[i].Period = month.Period
		}
		saved(t, from, returns...)
		merged(t, from, month)
	}
	path, content := backedUp(t, from)
	onBoth(t, func(t *testing.T, address string) {
		for range 3 {
			dir := t.TempDir()
			victim := begin(t, "restore", address+"\n"+path)
			pause(60)
			kill(victim)
			s := open(t, address)
			empty := s.snapshot(context.Background(), "look", func(tx *sqlx.Tx) error { return checkEmpty(context.Background(), tx) }) == nil
			if empty {
				restored(t, s, path)
			}
			if _, again := backedUp(t, s); !bytes.Equal(content, again) {
				t.Errorf("restored in part (empty: %v)", empty)
			}
			victim = begin(t, "backup", address+"\n"+filepath.Join(dir, "b.zip"))
			pause(60)
			kill(victim)
			if again, err := os.ReadFile(filepath.Join(dir, "b.zip")); !errors.Is(err, fs.ErrNotExist) && !bytes.Equal(content, again) {
				t.Errorf("%d bytes of a backup of %d, %v", len(again), len(content), err)
			}
			for _, table := range tablesOf(migrationNames()) {
				alter(t, s, "DELETE FROM %s", table.name)
			}
		}
	})
}

// Of what was written before there were sums, all is read, and summed when the month is merged again.
func TestWhatWasWrittenBeforeThereWereSums(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		s := open(t, address)
		everything(t, s, "610722")
		alter(t, s, "DELETE FROM month_sum")
		alter(t, s, "DELETE FROM return_sum")
		for _, st := range statementsOf("0018_sums.sql") {
			if strings.HasPrefix(st.text, "INSERT") {
				alter(t, s, "%s", st.text)
			}
		}
		if err := readAll(s, "610722"); err != nil {
			t.Fatal(err)
		}
		returns := there(t, s, "610722")
		m, _, err := s.Month(context.Background(), "610722", june)
		if err != nil {
			t.Fatal(err)
		}
		m.Returns = returns
		merged(t, s, &m)
		var none int
		if err := s.db.Get(&none, `SELECT count(*) FROM return_sum WHERE head_sum = 'none' AND period = '2024-06'`); err != nil || none != 0 {
			t.Errorf("%d returns without a sum, %v", none, err)
		}
		if err := readAll(s, "610722"); err != nil {
			t.Error(err)
		}
		alter(t, s, "UPDATE return_rows SET content = content || ' '")
		var changed *Changed
		if err := readAll(s, "610722"); !errors.As(err, &changed) || changed.Table != "return_rows" {
			t.Errorf("changed after the merge: %v", err)
		}
		if len(returns) != 2 {
			t.Errorf("%d returns", len(returns))
		}
	})
}

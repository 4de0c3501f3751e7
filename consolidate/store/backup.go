package store

import (
	"archive/zip"
	"bufio"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"huizong/internal/folder"
)

// A backup is a zip archive of the whole database, all regions of it, as plain as can be: for
// each table a part TABLE.jsonl, which has a JSON array of the names of its columns in its first
// line and one of values for each row, by primary key, bytes as base64; and backup.json, a Manifest, by which it
// is seen whether all is there. The same content of a database gives the same bytes on either
// kind, and either kind takes them.

const (
	backupFormat = 1
	manifestPart = "backup.json"
	rowsPart     = ".jsonl"
)

// A Manifest says what a backup holds.
type Manifest struct {
	Format     int      `json:"format"`
	Migrations []string `json:"migrations"` // that the database had, in their order
	Regions    []string `json:"regions"`
	Tables     []Dump   `json:"tables"` // by name
}

// A Dump is a table of a backup.
type Dump struct {
	Name   string `json:"name"`
	Rows   int    `json:"rows"`
	SHA256 string `json:"sha256"` // of the part, unpacked
}

// Rows counts the rows of all tables.
func (m *Manifest) Rows() (n int) {
	for _, table := range m.Tables {
		n += table.Rows
	}
	return n
}

// ErrNothingToBackUp says that a database holds nothing: the address may be of another one.
var ErrNothingToBackUp = errors.New("it holds nothing to back up")

// Backup writes the whole database into a file that is not there yet (fs.ErrExist), for its owner
// alone to read. It is the database of one moment: a run that is at work meanwhile is in it wholly
// or not at all. The file is there when all of it is on the disk, or it is not there. Errors of writing it are *folder.Fault
// where it is known what to mend.
func (s *Store) Backup(ctx context.Context, path string) (manifest *Manifest, err error) {
	doing := "back up to " + path
	if _, err := os.Lstat(path); err == nil {
		return nil, s.place.failed(doing, &fs.PathError{Op: "create", Path: path, Err: fs.ErrExist})
	}
	beside, err := folder.NewDraft(filepath.Dir(path), ".huizong-backup-")
	if err != nil {
		return nil, s.place.failed(doing, err)
	}
	defer beside.Drop()
	err = s.snapshot(ctx, doing, func(tx *sqlx.Tx) error {
		if err := errors.Join(beside.Truncate(0), rewind(beside)); err != nil { // of a transaction that is made again
			return err
		}
		to := bufio.NewWriter(beside)
		if manifest, err = s.dump(ctx, tx, to); err != nil {
			return err
		}
		return to.Flush()
	})
	if err != nil {
		return nil, folder.FaultOf(path, err)
	}
	if manifest.Rows() == 0 {
		return nil, s.place.failed(doing, ErrNothingToBackUp)
	}
	return manifest, s.place.failed(doing, folder.FaultOf(path, beside.Become(path)))
}

func rewind(file io.Seeker) error {
	_, err := file.Seek(0, io.SeekStart)
	return err
}

// dump writes the archive.
func (s *Store) dump(ctx context.Context, tx *sqlx.Tx, to io.Writer) (*Manifest, error) {
	m := &Manifest{Format: backupFormat, Regions: []string{}}
	if err := tx.SelectContext(ctx, &m.Migrations, `SELECT name FROM migration`); err != nil {
		return nil, err
	}
	slices.Sort(m.Migrations)
	archive, regions := zip.NewWriter(to), map[string]bool{}
	for _, t := range tablesOf(m.Migrations) {
		part, err := create(archive, t.name+rowsPart)
		if err != nil {
			return nil, err
		}
		dump, err := s.dumpTable(ctx, tx, t, part, regions)
		if err != nil {
			return nil, fmt.Errorf("table %s: %w", t.name, err)
		}
		m.Tables = append(m.Tables, dump)
	}
	m.Regions = append(m.Regions, slices.Sorted(maps.Keys(regions))...)
	part, err := create(archive, manifestPart)
	if err != nil {
		return nil, err
	}
	encoder := json.NewEncoder(part)
	encoder.SetIndent("", "  ")
	return m, errors.Join(encoder.Encode(m), archive.Close())
}

// create begins a part. No clock is in it.
func create(archive *zip.Writer, name string) (io.Writer, error) {
	return archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)})
}

// dumpTable writes the rows of a table, and notes of which regions they are.
func (s *Store) dumpTable(ctx context.Context, tx *sqlx.Tx, t table, to io.Writer, regions map[string]bool) (Dump, error) {
	kinds, err := kindsOf(ctx, tx, t.name)
	if err != nil {
		return Dump{}, err
	}
	if t.key == nil {
		return Dump{}, errors.New("it has no primary key to order its rows by")
	}
	var order []string
	for _, column := range t.key {
		if kinds[column] == textType {
			column += " COLLATE " + s.place.bytewise
		}
		order = append(order, column)
	}
	columns := slices.Sorted(maps.Keys(kinds))
	targets, err := targetsOf(columns, kinds)
	if err != nil {
		return Dump{}, err
	}
	region := slices.Index(columns, "region")
	query := "SELECT " + strings.Join(columns, ", ") + " FROM " + t.name + " ORDER BY " + strings.Join(order, ", ")
	sum, rows, line := sha256.New(), 0, appendNames(nil, columns)
	out := io.MultiWriter(sum, to)
	if _, err := out.Write(line); err != nil {
		return Dump{}, err
	}
	err = each(ctx, tx, query, nil, func(row *sqlx.Rows) error {
		if err := row.Scan(targets...); err != nil {
			return err
		}
		rows++
		regions[targets[region].(*sql.Null[string]).V] = true
		if line, err = appendValues(line[:0], targets); err != nil {
			return err
		}
		_, err := out.Write(line)
		return err
	})
	return Dump{t.name, rows, hex.EncodeToString(sum.Sum(nil))}, err
}

// targetsOf are what columns are scanned to.
func targetsOf(columns []string, kinds map[string]string) ([]any, error) {
	targets := make([]any, len(columns))
	for i, column := range columns {
		switch kinds[column] {
		case textType:
			targets[i] = new(sql.Null[string])
		case wholeType:
			targets[i] = new(sql.Null[int64])
		case flagType:
			targets[i] = new(sql.Null[bool])
		case bytesType:
			targets[i] = new(sql.Null[[]byte])
		default:
			return nil, fmt.Errorf("column %s: a backup knows no %s", column, kinds[column])
		}
	}
	return targets, nil
}

// appendNames writes the first line of a table.
func appendNames(b []byte, columns []string) []byte {
	for i, column := range columns {
		b = append(b, "[,"[min(i, 1)])
		b = appendQuoted(b, column)
	}
	return append(b, "]\n"...)
}

// appendValues writes the line of a row.
func appendValues(b []byte, targets []any) ([]byte, error) {
	for i, target := range targets {
		b = append(b, "[,"[min(i, 1)])
		switch v := target.(type) {
		case *sql.Null[string]:
			if !v.Valid {
				b = append(b, "null"...)
				continue
			}
			if clean(v.V) != v.V {
				return nil, fmt.Errorf("it holds what is no text: %.80q", v.V)
			}
			b = appendQuoted(b, v.V)
		case *sql.Null[int64]:
			if !v.Valid {
				b = append(b, "null"...)
				continue
			}
			b = strconv.AppendInt(b, v.V, 10)
		case *sql.Null[bool]:
			if !v.Valid {
				b = append(b, "null"...)
				continue
			}
			b = strconv.AppendBool(b, v.V)
		case *sql.Null[[]byte]:
			if !v.Valid {
				b = append(b, "null"...)
				continue
			}
			b = appendQuoted(b, base64.StdEncoding.EncodeToString(v.V))
		}
	}
	return append(b, "]\n"...), nil
}

// A Backup is the file of one, which has been read through and is whole.
type Backup struct {
	Manifest
	path    string
	file    *os.File
	archive *zip.Reader
}

// Newer is the error of a database or a backup that a newer program made.
type Newer struct{ Has string }

func (n *Newer) Error() string {
	return fmt.Sprintf("a newer program made it (it has %s): use that one", n.Has)
}

// NoBackup is the error of a file that is no backup, or of which something is damaged or missing.
type NoBackup struct {
	Path string
	Err  error
}

func (n *NoBackup) Error() string { return fmt.Sprintf("backup %s: %v", n.Path, n.Err) }

func (n *NoBackup) Unwrap() error { return n.Err }

// OpenBackup reads a backup through. It is *NoBackup, which names the part, if anything of it is
// damaged or missing, *Newer if a newer program made it.
func OpenBackup(path string) (*Backup, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("backup: %w", err)
	}
	b := &Backup{path: path, file: file}
	if err := b.verify(); err != nil {
		file.Close()
		if errors.As(err, new(*Newer)) {
			return nil, fmt.Errorf("backup %s: %w", path, err)
		}
		return nil, &NoBackup{path, err}
	}
	return b, nil
}

// Close closes the file.
func (b *Backup) Close() error { return b.file.Close() }

func (b *Backup) verify() error {
	info, err := b.file.Stat()
	if err != nil {
		return err
	}
	if b.archive, err = zip.NewReader(b.file, info.Size()); err != nil {
		return fmt.Errorf("it is no backup, or not all of it is there: %w", err)
	}
	if err := b.readManifest(); err != nil {
		return fmt.Errorf("%s: %w", manifestPart, err)
	}
	known := migrationNames()
	for i, name := range b.Migrations {
		if !slices.Contains(known, name) {
			return &Newer{name}
		}
		if known[i] != name {
			return fmt.Errorf("its schema is none of this program's: %s stands where %s should", name, known[i])
		}
	}
	parts := []string{manifestPart}
	for i, t := range tablesOf(b.Migrations) {
		if i >= len(b.Tables) || b.Tables[i].Name != t.name {
			return fmt.Errorf("the table %s is missing", t.name)
		}
		if err := b.rows(b.Tables[i], func([]string) error { return nil }, func([]any) error { return nil }); err != nil {
			return err
		}
		parts = append(parts, t.name+rowsPart)
	}
	for _, part := range b.archive.File {
		if !slices.Contains(parts, part.Name) {
			return fmt.Errorf("%q is no part of a backup", part.Name)
		}
	}
	if len(b.archive.File) != len(parts) || len(b.Tables) != len(parts)-1 {
		return errors.New("it has something twice")
	}
	return nil
}

func (b *Backup) readManifest() error {
	part, err := b.archive.Open(manifestPart)
	if err != nil {
		return err
	}
	defer part.Close()
	text, err := io.ReadAll(part)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, &b.Manifest); err != nil {
		return err
	}
	if b.Format != backupFormat {
		return &Newer{fmt.Sprint("format ", b.Format)}
	}
	return nil
}

// rows hands over the columns and the rows of a table. An error at its end says that what was
// handed over is not what was backed up.
func (b *Backup) rows(d Dump, columns func([]string) error, row func([]any) error) error {
	name := d.Name + rowsPart
	part, err := b.archive.Open(name)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	defer part.Close()
	sum, names, rows := sha256.New(), []string(nil), -1
	lines := bufio.NewReader(part)
	for ; ; rows++ {
		line, err := lines.ReadString('\n')
		if errors.Is(err, io.EOF) && line == "" {
			break
		}
		if err != nil {
			return fmt.Errorf("%s: damaged: %w", name, err)
		}
		io.WriteString(sum, line)
		values, err := parseValues(line)
		switch {
		case err != nil:
		case rows < 0:
			names, err = asNames(values)
			if err == nil {
				err = columns(names)
			}
		case len(values) != len(names):
			err = fmt.Errorf("%d values for %d columns", len(values), len(names))
		default:
			err = row(values)
		}
		if err != nil {
			return fmt.Errorf("%s, line %d: %w", name, rows+2, err)
		}
	}
	return d.agrees(name, rows, sum)
}

func (d Dump) agrees(name string, rows int, sum hash.Hash) error {
	if rows != d.Rows {
		return fmt.Errorf("%s: damaged: %d rows, %d were backed up", name, rows, d.Rows)
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != d.SHA256 {
		return fmt.Errorf("%s: damaged: its SHA-256 is %s, that of what was backed up %s", name, got, d.SHA256)
	}
	return nil
}

// parseValues reads a line of a table.
func parseValues(line string) ([]any, error) {
	s := scanner{rest: line}
	var values []any
	for s.want("["); !s.failed && !s.take("]\n"); {
		if len(values) > 0 {
			s.want(",")
		}
		values = append(values, s.value())
	}
	if s.failed || s.rest != "" {
		return nil, fmt.Errorf("damaged at %.40q", s.rest)
	}
	return values, nil
}

func (s *scanner) value() any {
	switch {
	case s.take("null"):
		return nil
	case s.take("true"):
		return true
	case s.take("false"):
		return false
	case strings.HasPrefix(s.rest, `"`):
		return s.quoted()
	}
	return s.number()
}

func asNames(values []any) ([]string, error) {
	names := make([]string, len(values))
	for i, value := range values {
		name, ok := value.(string)
		if !ok {
			return nil, errors.New("no names of columns")
		}
		names[i] = name
	}
	return names, nil
}

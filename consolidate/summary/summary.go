// Package summary writes what leaders read: the workbooks of a month, the bulletin and the orders as
// documents, and to each department a notice of what others said of its projects. It is the only package that does. Every workbook is a pure
// function of the month, to the byte.
//
// Each workbook has a package of its own, with its sheets, their words, tests and goldens: reserve,
// progress, bulletin and audit, with scoreboard for 月评比. What they share is in page, what an .xlsx
// file takes in workbook. Here is what concerns them all: Write puts them into a folder, and a Lineage
// answers where a cell's figure comes from, by making the workbook again and asking it.
package summary

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"

	"huizong/consolidate"
	"huizong/consolidate/summary/audit"
	"huizong/consolidate/summary/briefing"
	"huizong/consolidate/summary/bulletin"
	"huizong/consolidate/summary/progress"
	"huizong/consolidate/summary/reserve"
	"huizong/consolidate/summary/workbook"
)

// A Written is a workbook or a document as run.json names it: its path below the month's folder.
type Written struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
}

// An Output is what Write wrote.
type Output struct{ Workbooks, Documents []Written }

// A volume is a workbook of a month by the subject in its name.
type volume struct {
	subject string
	book    *workbook.Book
}

// draw makes the workbooks of a month, which quote one another and refer to one another by subject; the
// bulletin makes documents besides.
func draw(m *consolidate.Month) ([]volume, *bulletin.Workbook) {
	ideas, keys := reserve.Draw(m), progress.Draw(m)
	report := bulletin.Draw(m, keys)
	all := []volume{
		{reserve.Subject, ideas.Book}, {progress.Subject, keys.Book}, {bulletin.Subject, report.Book},
		{briefing.Subject, briefing.Draw(m, ideas, keys, report)}, {audit.Subject, audit.Draw(m)},
	}
	for _, one := range all {
		for _, other := range all {
			one.book.Knows(other.subject)
		}
	}
	return all, report
}

// name is the name of the file.
func (v volume) name(m *consolidate.Month) string {
	return fmt.Sprintf("%s%s_%s.xlsx", m.County.Name, v.subject, m.Period)
}

// Write writes all workbooks and documents of a month into a folder. Each is written beside and renamed,
// so that a reader finds the old one or the new one, never half of one.
func Write(m *consolidate.Month, dir string) (*Output, error) {
	out := &Output{}
	volumes, report := draw(m)
	for _, volume := range volumes {
		written, err := write(m, dir, volume.name(m), volume.book)
		if err != nil {
			return nil, err
		}
		out.Workbooks = append(out.Workbooks, written)
	}
	papers := papersOf(m, report)
	if err := removeOldOrders(m, dir, papers); err != nil {
		return nil, err
	}
	for _, paper := range papers {
		written, err := write(m, dir, paper.path, paper.document)
		if err != nil {
			return nil, err
		}
		out.Documents = append(out.Documents, written)
	}
	return out, nil
}

// write writes one file, whose path is below the folder.
func write(m *consolidate.Month, dir, path string, made interface{ Bytes() ([]byte, error) }) (Written, error) {
	content, err := made.Bytes()
	if err != nil {
		return Written{}, fmt.Errorf("%s: %w", path, err)
	}
	if err := WriteFile(filepath.Join(dir, filepath.FromSlash(path)), content); err != nil {
		return Written{}, fmt.Errorf("%w (if it is open, close it, then: huizong summary --period %s)", err, m.Period)
	}
	sum := sha256.Sum256(content)
	return Written{path, hex.EncodeToString(sum[:])}, nil
}

// WriteFile writes a file beside its place and renames it there, making its folder first.
func WriteFile(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	beside, err := os.CreateTemp(filepath.Dir(path), ".huizong-*")
	if err != nil {
		return err
	}
	defer os.Remove(beside.Name())
	if _, err := beside.Write(content); err != nil {
		beside.Close()
		return err
	}
	if err := beside.Chmod(0o644); err != nil {
		beside.Close()
		return err
	}
	if err := beside.Sync(); err != nil {
		beside.Close()
		return err
	}
	if err := beside.Close(); err != nil {
		return err
	}
	return os.Rename(beside.Name(), path)
}

// Package summary writes what leaders read: the workbooks of a month, and to each department a notice
// of what others said of its projects. It is the only package that does. Every workbook is a pure
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
	"huizong/consolidate/summary/bulletin"
	"huizong/consolidate/summary/progress"
	"huizong/consolidate/summary/reserve"
	"huizong/consolidate/summary/workbook"
)

// A Written is a workbook as run.json names it: its path below the month's folder.
type Written struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
}

// A volume is a workbook of a month by the subject in its name.
type volume struct {
	subject string
	book    *workbook.Book
}

// draw makes the workbooks of a month, which quote one another.
func draw(m *consolidate.Month) []volume {
	ideas, keys := reserve.Draw(m), progress.Draw(m)
	report := bulletin.Draw(m, keys)
	return []volume{{reserve.Subject, ideas.Book}, {progress.Subject, keys.Book}, {bulletin.Subject, report.Book}, {audit.Subject, audit.Draw(m)}}
}

// name is the name of the file.
func (v volume) name(m *consolidate.Month) string {
	return fmt.Sprintf("%s%s_%s.xlsx", m.County.Name, v.subject, m.Period)
}

// Write writes all workbooks of a month into a folder. Each is written beside and renamed,
// so that a reader finds the old one or the new one, never half of one.
func Write(m *consolidate.Month, dir string) ([]Written, error) {
	var written []Written
	for _, volume := range draw(m) {
		name := volume.name(m)
		content, err := volume.book.Bytes()
		if err != nil {
			return nil, fmt.Errorf("workbook %s: %w", name, err)
		}
		if err := WriteFile(filepath.Join(dir, name), content); err != nil {
			return nil, fmt.Errorf("%w (if it is open in Excel, close it, then: huizong summary --period %s)", err, m.Period)
		}
		sum := sha256.Sum256(content)
		written = append(written, Written{name, hex.EncodeToString(sum[:])})
	}
	return written, nil
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

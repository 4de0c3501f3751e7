package job

import (
	"path/filepath"
	"slices"

	"huizong/consolidate"
	"huizong/importer"
	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
	"huizong/validate"
)

// A Checked is what would become of a file by itself, and why.
type Checked struct {
	FileReport
	Findings []ledger.Finding // of the file and of its returns

	content []byte // as it came
}

// Check reads a file, or those in an archive, and judges each return of it by itself, without
// a database: rules against earlier months have nothing to go by. Without a period none is the
// wrong one.
func Check(c *county.County, period ledger.Period, passwords []string, path string) ([]Checked, error) {
	d, err := configOf(c, period, passwords).ReadFile(path, filepath.ToSlash(path))
	if err != nil {
		return nil, err
	}
	if d.Parts == nil {
		return []Checked{check(c, d)}, nil
	}
	var all []Checked
	for _, part := range d.Parts {
		all = append(all, check(c, part))
	}
	return all, nil
}

func check(c *county.County, d importer.Delivery) Checked {
	checked := Checked{newFileReport(d), slices.Clip(d.Findings), d.Content}
	checked.sender = configOf(c, ledger.Period{}, nil).SenderOf(&d)
	for i, r := range d.Returns {
		d.Returns[i] = nil // its findings as they were need no room beside those that are made of them
		r := consolidate.Apply(r, validate.Return(r, withoutPast, c))
		checked.Returns = append(checked.Returns, newReturnReport(r))
		if len(checked.Findings) == 0 {
			checked.Findings = r.Findings
			continue
		}
		checked.Findings = append(checked.Findings, r.Findings...)
	}
	ledger.SortFindings(checked.Findings)
	return checked
}

// withoutPast is what is known of a row's months before where there is no database.
func withoutPast(*form.Form, string, *ledger.Record) []*ledger.Record { return nil }

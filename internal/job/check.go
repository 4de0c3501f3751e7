package job

import (
	"path/filepath"
	"slices"

	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
	"huizong/validate"
)

// A Checked is what was found of a file by itself.
type Checked struct {
	Refused  bool // the whole file would be sent back
	Returns  []CheckedReturn
	Findings []ledger.Finding // of the file and of its returns
}

// A CheckedReturn is what would become of a return by itself.
type CheckedReturn struct {
	ledger.ReturnID
	Sheet    string
	State    ledger.State
	Rows     ledger.Rows
	Findings Counts
}

// LeftOut reports whether anything would be sent back or held.
func (c *Checked) LeftOut() bool {
	return c.Refused || slices.ContainsFunc(c.Returns, func(r CheckedReturn) bool {
		return r.State == ledger.Returned || r.Rows.Returned > 0 || r.Rows.Held > 0
	})
}

// Check reads a file and judges each return of it by itself, without a database: rules
// against earlier months have nothing to go by. Without a period none is the wrong one.
func Check(c *county.County, period ledger.Period, passwords []string, path string) (Checked, error) {
	d, err := readFile(configOf(c, period, passwords), path, filepath.ToSlash(path))
	if err != nil {
		return Checked{}, err
	}
	checked := Checked{Refused: d.Refused() != "", Findings: slices.Clone(d.Findings)}
	none := func(*form.Form, string, *ledger.Record) []*ledger.Record { return nil }
	for _, r := range d.Returns {
		r := judged(r, validate.Return(r, none, c))
		checked.Returns = append(checked.Returns, CheckedReturn{r.ReturnID, r.Sheet, r.State, r.Rows(), countOf(r.Findings)})
		checked.Findings = append(checked.Findings, r.Findings...)
	}
	ledger.SortFindings(checked.Findings)
	return checked, nil
}

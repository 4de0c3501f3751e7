package job

import (
	"path/filepath"
	"slices"

	"huizong/consolidate"
	"huizong/importer"
	"huizong/importer/receipt"
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
	tables  []importer.Table
	answers []importer.Explanation // on a receipt that came back
	replies int                    // answers on a workbook of ours
	settled map[string]string      // findings that were explained, by digest: in which words
}

// Check reads a file, or those in an archive, and judges each return of it by itself, without
// a database: rules against earlier months have nothing to go by. Without a period none is the
// wrong one.
func Check(c *county.County, period ledger.Period, passwords []string, path string) ([]Checked, error) {
	d, err := configOf(c, period, passwords).ReadFile(path, filepath.ToSlash(path))
	if err != nil {
		return nil, err
	}
	return checkAll(configOf(c, period, passwords), d, withoutPast, asJudged), nil
}

// asJudged leaves a return as it was judged.
func asJudged(r *ledger.Return) *ledger.Return { return r }

// checkAll judges a delivery, or the files of an archive. What is told of every return is what becomes of it as it was judged.
func checkAll(config importer.Config, d importer.Delivery, past validate.Past, becomes func(*ledger.Return) *ledger.Return) []Checked {
	if d.Parts == nil {
		return []Checked{check(config, d, past, becomes)}
	}
	var all []Checked
	for _, part := range d.Parts {
		all = append(all, check(config, part, past, becomes))
	}
	return all
}

func check(config importer.Config, d importer.Delivery, past validate.Past, becomes func(*ledger.Return) *ledger.Return) Checked {
	checked := Checked{FileReport: newFileReport(d), Findings: slices.Clip(d.Findings), content: d.Content, tables: d.Tables,
		answers: d.Explanations, replies: len(d.Replies)}
	checked.sender = config.SenderOf(&d)
	for i, r := range d.Returns {
		d.Returns[i] = nil // its findings as they were need no room beside those that are made of them
		r := becomes(consolidate.Apply(r, validate.Return(r, past, config.County)))
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

// slip is what the receipt of the file says.
func (c Checked) slip(of *county.County) *receipt.Slip {
	return &receipt.Slip{Title: of.Name + c.period() + "报表检查单", File: c.Path, SHA256: c.SHA256, Sender: c.sender, Fronts: c.fronts,
		Returns: returnsOf(c.FileReport), Findings: c.Findings, Settled: c.settled, County: of}
}

// withoutPast is what is known of a row's months before where there is no database.
func withoutPast(*form.Form, string, *ledger.Record) []*ledger.Record { return nil }

package job

import (
	"path"
	"slices"

	"huizong/importer/receipt"
	"huizong/internal/county"
	"huizong/internal/form"
)

// A Receipt is what a sender is given back of a delivery.
type Receipt struct {
	Name    string // of the file
	Content []byte
	InPlace bool // the sender's own workbook, annotated; else a first sheet alone
}

// Receipt makes the receipt of a file that was checked: of what is in it now, for nothing was handed in.
func (c Checked) Receipt(of *county.County) (Receipt, error) {
	slip := receipt.Slip{Title: of.Name + c.period() + "报表检查单", File: c.Path, SHA256: c.SHA256, Findings: c.Findings, County: of}
	for _, r := range c.Returns {
		slip.Returns = append(slip.Returns, receipt.Return{Form: form.ByID(r.Form).Title, Department: r.Department, Period: r.Period, Sheet: r.Sheet,
			State: r.State, Rows: r.Rows})
	}
	return newReceipt(c.content, &slip)
}

// period is that of the returns where they are of one.
func (c Checked) period() string {
	if len(c.Returns) == 0 || slices.ContainsFunc(c.Returns, func(r ReturnReport) bool { return r.Period != c.Returns[0].Period }) {
		return ""
	}
	return c.Returns[0].Period.Chinese()
}

// newReceipt annotates what was sent, or says on a sheet of its own what became of it.
func newReceipt(content []byte, slip *receipt.Slip) (Receipt, error) {
	name := path.Base(slip.File)
	annotated, ok, err := receipt.Annotate(content, slip)
	if ok || err != nil {
		return Receipt{name, annotated, true}, err
	}
	alone, err := receipt.Alone(slip)
	return Receipt{name + ".回单.xlsx", alone, false}, err
}

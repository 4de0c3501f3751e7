package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"

	"huizong/consolidate"
	"huizong/consolidate/summary"
	"huizong/importer"
	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A report is run.json: what came, what became of it, what is published. It holds no clock,
// so the same month is the same report.
type report struct {
	Region    string                `json:"region"`
	Period    string                `json:"period"`
	Version   string                `json:"version"`
	Rules     string                `json:"rules"`
	Files     []fileReport          `json:"files"`
	Skipped   []string              `json:"skipped"`
	Balance   balance               `json:"balance"`
	Missing   []consolidate.Missing `json:"missing"`
	Look      int                   `json:"look"`
	Figures   map[string]int64      `json:"figures"`
	Workbooks []summary.Written     `json:"workbooks"`

	month    *consolidate.Month
	rejected []ledger.Finding // why files and whole returns were sent back
}

type fileReport struct {
	Path    string         `json:"path"`
	SHA256  string         `json:"sha256"`
	Refused string         `json:"refused,omitempty"`
	Returns []returnReport `json:"returns"`
}

type returnReport struct {
	Form       string       `json:"form"`
	Department string       `json:"department"`
	Sheet      string       `json:"sheet"`
	State      ledger.State `json:"state"`
	Version    int          `json:"version"`
	Rows       ledger.Rows  `json:"rows"`
	Findings   counts       `json:"findings"`
}

type counts struct {
	Error  int `json:"error"`
	Query  int `json:"query"`
	Notice int `json:"notice"`
}

// A balance is Rows without what is held: every row of the inbox is in one of its parts.
type balance struct {
	Seen       int `json:"seen"`
	Taken      int `json:"taken"`
	Returned   int `json:"returned"`
	Superseded int `json:"superseded"`
	Repeated   int `json:"repeated"`
	Subtotal   int `json:"subtotal"`
	Blank      int `json:"blank"`
}

// newReport sets the deliveries of this inbox against what became of their returns.
func newReport(m *consolidate.Month, deliveries []importer.Delivery, skipped []string, written []summary.Written) *report {
	settled := map[ledger.Edition]*ledger.Return{}
	for _, r := range m.Returns {
		settled[r.Edition()] = r
	}
	report := &report{
		Region: m.Region, Period: m.Period.String(), Version: version, Rules: m.Rules,
		Files: []fileReport{}, Skipped: append([]string{}, skipped...), Missing: append([]consolidate.Missing{}, m.Missing...),
		Look: m.Look, Figures: m.Figures, Workbooks: append([]summary.Written{}, written...), month: m,
	}
	var total ledger.Rows
	for _, d := range deliveries {
		file := fileReport{Path: d.Path, SHA256: d.SHA256, Refused: d.Refused(), Returns: []returnReport{}}
		for _, r := range d.Returns {
			if known := settled[r.Edition()]; known != nil && r.State == ledger.Repeated {
				r.Version = known.Version
			} else if known != nil {
				r = known
			}
			if r.State == ledger.Returned {
				report.reject(r.Findings, ledger.RejectReturn)
			}
			file.Returns = append(file.Returns, returnReport{r.Form, r.Department, r.Sheet, r.State, r.Version, r.Rows(), count(r.Findings)})
			total = total.Plus(r.Rows())
		}
		report.reject(d.Findings, ledger.RejectFile)
		report.Files = append(report.Files, file)
	}
	report.Balance = balance{total.Seen, total.Taken, total.Returned, total.Superseded, total.Repeated, total.Subtotal, total.Blank}
	return report
}

// reject keeps the findings that sent a file or a return back.
func (r *report) reject(findings []ledger.Finding, effect ledger.Effect) {
	for _, f := range findings {
		if f.Code.Effect == effect {
			r.rejected = append(r.rejected, f)
		}
	}
}

func count(findings []ledger.Finding) counts {
	var c counts
	for _, f := range findings {
		switch f.Code.Severity {
		case ledger.Error:
			c.Error++
		case ledger.Query:
			c.Query++
		case ledger.Notice:
			c.Notice++
		}
	}
	return c
}

// leftOut reports whether anything was sent back, held, is missing or was refused; open
// queries alone are no reason.
func (r *report) leftOut() bool {
	if len(r.Missing) > 0 {
		return true
	}
	for _, file := range r.Files {
		if file.Refused != "" {
			return true
		}
		for _, ret := range file.Returns {
			if ret.State == ledger.Returned || ret.Rows.Returned > 0 || ret.Rows.Held > 0 {
				return true
			}
		}
	}
	return false
}

// encode writes the report as run.json has it: indented, without escaping for HTML.
func (r *report) encode() ([]byte, error) {
	var text bytes.Buffer
	err := writeJSON(&text, r)
	return text.Bytes(), err
}

// write puts run.json beside the workbooks: whole, or not at all.
func (r *report) write(path string) error {
	text, err := r.encode()
	if err != nil {
		return err
	}
	return summary.WriteFile(path, text)
}

// show prints the result of a run: what came, how it tied out, where it lies.
func (p *program) show(r *report, out string) error {
	if p.json {
		text, err := r.encode()
		if err != nil {
			return err
		}
		_, err = p.out.Write(text)
		return err
	}
	states := map[ledger.State]int{}
	returns, refused := 0, 0
	for _, file := range r.Files {
		if file.Refused != "" {
			refused++
		}
		for _, ret := range file.Returns {
			returns++
			states[ret.State]++
		}
	}
	p.printf(p.say("%s %s：%d个文件、%d份报表；采用%d，零报告%d，退回%d，被新版替换%d，重复%d，无法读取的文件%d，未报%d\n",
		"%s %s: %d files, %d returns; accepted %d, nil %d, returned %d, superseded %d, repeated %d, files refused %d, missing %d\n"),
		p.county.Name, r.Period, len(r.Files), returns, states[ledger.Accepted], states[ledger.Nil], states[ledger.Returned],
		states[ledger.Superseded], states[ledger.Repeated], refused, len(r.Missing))
	projects := 0
	for _, f := range form.All() {
		projects += len(r.month.Book.Counted(f))
	}
	p.printf(p.say("%d项中%d项对平，%d行需人工查看\n", "%d items, %d tie out; %d rows for a human to look at\n"), projects, max(0, projects-r.Look), r.Look)
	p.printf(p.say("结果在 %s：%d个汇总工作簿和 run.json\n", "results in %s: %d workbooks and run.json\n"), filepath.Join(out, r.Period), len(r.Workbooks))
	p.complain(r)
	return nil
}

// complain lists what the operator must follow up: files and returns that were sent back,
// each with its reason, those that are missing, and how many pairs wait for a decision.
func (p *program) complain(r *report) {
	if p.quiet {
		return
	}
	for _, f := range r.rejected {
		fmt.Fprintf(p.log, p.say("退回：%s\n", "sent back: %s\n"), f.Line(p.lang))
	}
	for _, missing := range r.Missing {
		carried := ""
		if missing.Carried {
			carried = p.say("（沿用上月）", " (last month's values stand)")
		}
		fmt.Fprintf(p.log, p.say("未报：%s %s%s\n", "missing: %s %s%s\n"), missing.Department, form.ByID(missing.Form).Title, carried)
	}
	if n := len(r.month.Candidates); n > 0 {
		fmt.Fprintf(p.log, p.say("疑似重复%d对，待判定：huizong decide list --period %s\n", "%d pairs may be one project: huizong decide list --period %s\n"), n, r.Period)
	}
}

// ruleVersion is the SHA-256 of everything that decides: the rules as they print, the forms
// with their columns, the codes, the county's configuration.
func ruleVersion(c *county.County) string {
	hash := sha256.New()
	for _, f := range form.All() {
		fmt.Fprintln(hash, f.ID, f.Title, f.Aliases)
		for _, column := range f.Columns {
			fmt.Fprintln(hash, column.ID, column.Name, column.Aliases, column.Need, column.Type, column.Words)
		}
		for _, rule := range f.Rules {
			fmt.Fprintln(hash, rule)
		}
		for _, figure := range f.Figures {
			fmt.Fprintln(hash, figure.Name, figure.Of)
		}
	}
	for _, code := range ledger.Codes() {
		fmt.Fprintln(hash, *code)
	}
	fmt.Fprintln(hash, c.SHA256())
	return hex.EncodeToString(hash.Sum(nil))
}

// writeJSON writes what scripts read: indented, without escaping for HTML.
func writeJSON(to io.Writer, value any) error {
	encoder := json.NewEncoder(to)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}

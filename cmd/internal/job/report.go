package job

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"huizong/cmd/internal/visible"
	"huizong/consolidate"
	"huizong/importer"
	"huizong/internal/folder"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// Version is the program's own; run.json carries it.
const Version = "0.1.0"

// A Written is a file of a month as run.json names it: its path below the month's folder, with slashes, and what was written.
type Written struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
}

// writtenOf is a file of that content.
func writtenOf(path string, content []byte) Written {
	sum := sha256.Sum256(content)
	return Written{path, hex.EncodeToString(sum[:])}
}

// holds reports whether a file holds what was written.
func (w Written) holds(content []byte) bool { return w == writtenOf(w.Path, content) }

// A Report is run.json: what came, what became of it, what is published. It holds no clock,
// so the same month is the same report. What has no name in run.json is for whoever started
// the run.
type Report struct {
	Region    string                `json:"region"`
	Period    string                `json:"period"`
	Version   string                `json:"version"`
	Rules     string                `json:"rules"`
	Files     []FileReport          `json:"files"`
	Skipped   []string              `json:"skipped"`
	Balance   Balance               `json:"balance"`
	Missing   []consolidate.Missing `json:"missing"`
	Look      int                   `json:"look"`
	Figures   map[string]int64      `json:"figures"`
	Workbooks []Written             `json:"workbooks"`
	// Unmatched are lines of received.csv that name no file of the inbox.
	Unmatched []string `json:"received_without_file,omitempty"`
	// Pending says by form between what a count may come to lie when what is open is decided.
	Pending map[string]consolidate.Pending `json:"pending,omitempty"`
	// Decisions is nil where nobody has to know anything of them.
	Decisions *DecisionReport `json:"decisions,omitempty"`
	// Documents are the bulletin and the orders.
	Documents []Written `json:"documents"`
	// Notices are what departments are told of what others said of their projects.
	Notices []Written `json:"notices"`
	// Corrections are what came late, of months that were closed; nothing of it counts.
	Corrections []CorrectionReport `json:"corrections,omitempty"`
	// Receipts are what senders are given back, one a delivery, in the order of Files.
	Receipts []ReceiptReport `json:"receipts"`
	// Explanations is nil where nothing is explained or waived.
	Explanations *ExplanationReport `json:"explanations,omitempty"`

	Received   int               `json:"-"` // lines of received.csv
	Projects   int               `json:"-"` // and whatever else is counted
	Candidates int               `json:"-"` // pairs that wait for a decision
	Rejected   []ledger.Finding  `json:"-"` // why files and whole returns were sent back
	Versions   []ledger.Finding  `json:"-"` // which version of a return counts, and is asked about
	Answers    []ledger.Decision `json:"-"` // decisions that replies brought
	Untaken    []ledger.Finding  `json:"-"` // answers that were not taken
	Late       []ledger.Finding  `json:"-"` // what came late

	Running []ledger.Finding `json:"-"` // what is asked for the third month running

	Explained   []ledger.Explanation `json:"-"` // what departments explained that settles a finding since this run
	Unjustified []ledger.Finding     `json:"-"` // answers on receipts that were not taken, or are not enough

	Contradicted []consolidate.Ruling `json:"-"` // decisions that cannot hold beside others

	Unchanged bool `json:"-"` // nothing was made again: the month stands as the last run left it

	slips map[string]keptReceipt // receipts by the sum of what they say, but for those of files that were gone

	Gone int `json:"-"` // receipts that are not in the folder any more as they were made

	PDFs   []Written `json:"-"`
	NoPDFs error     `json:"-"` // why there are none, though they were asked for
}

// A FileReport is what became of a delivery.
type FileReport struct {
	Path    string         `json:"path"`
	SHA256  string         `json:"sha256"`
	Refused string         `json:"refused,omitempty"`
	Returns []ReturnReport `json:"returns"`
	// Archive is the SHA-256 of the archive that the file lay in; blank: it came by itself.
	Archive string `json:"archive_sha256,omitempty"`

	findings []ledger.Finding // of the file
	sender   string           // whom it is answered to
	senders  []string         // whose questions it can answer
	path     string           // of the delivery, as it is
	came     string           // the path of the file in the inbox: its own, or that of the archive that it lay in
	packed   bool             // it lay in an archive
	fronts   []string         // sheets of ours in it, where it is a receipt that came back
}

// A ReturnReport is what became of a return.
type ReturnReport struct {
	Form       string       `json:"form"`
	Department string       `json:"department"`
	Sheet      string       `json:"sheet"`
	State      ledger.State `json:"state"`
	Version    int          `json:"version"`
	Rows       ledger.Rows  `json:"rows"`
	Findings   Counts       `json:"findings"`

	Period   ledger.Period `json:"-"` // of the return, which may be of another month than the run
	edition  ledger.Edition
	findings []ledger.Finding // nil where the month has them
	rejected []ledger.Finding // why the whole was sent back
}

// Counts are findings by severity.
type Counts struct {
	Error  int `json:"error"`
	Query  int `json:"query"`
	Notice int `json:"notice"`
}

// A Balance is Rows without what is held: every row of the inbox is in one of its parts.
type Balance struct {
	Seen       int `json:"seen"`
	Taken      int `json:"taken"`
	Returned   int `json:"returned"`
	Superseded int `json:"superseded"`
	Repeated   int `json:"repeated"`
	Subtotal   int `json:"subtotal"`
	Blank      int `json:"blank"`
}

// A DecisionReport is what became of decisions: those that the run recorded, answers that were not
// taken, and decisions that have no effect in the month.
type DecisionReport struct {
	Recorded     []int                  `json:"recorded"`
	Refused      []RefusedAnswer        `json:"refused"`
	Overruled    []int                  `json:"overruled"`
	Stale        []int                  `json:"stale"`
	Contradicted []ContradictedDecision `json:"contradicted"`
}

// A RefusedAnswer is an answer on a workbook of ours that was not taken, and why.
type RefusedAnswer struct {
	Code    string `json:"code"`
	File    string `json:"file"`
	Sheet   string `json:"sheet"`
	Cell    string `json:"cell"`
	Found   string `json:"found"`
	Message string `json:"message"`
}

// A ContradictedDecision cannot hold beside the others that it names.
type ContradictedDecision struct {
	Number int   `json:"number"`
	With   []int `json:"with"`
}

// A CorrectionReport is what came late of a month, and what it would change there.
type CorrectionReport struct {
	Period  string                           `json:"period"`
	Returns []ReturnReport                   `json:"returns"` // as they would be settled
	Figures map[string]CorrectedFigureReport `json:"figures"` // that would be otherwise
}

// A CorrectedFigureReport is a figure as it was published, and as it would be; absent where it is not known.
type CorrectedFigureReport struct {
	Published *int64 `json:"published,omitempty"`
	Would     *int64 `json:"would,omitempty"`
}

func newCorrectionReport(c consolidate.Correction) CorrectionReport {
	r := CorrectionReport{Period: c.Period.String(), Returns: []ReturnReport{}, Figures: map[string]CorrectedFigureReport{}}
	for _, late := range c.Late {
		r.Returns = append(r.Returns, newReturnReport(late))
	}
	known := func(v ledger.Value) *int64 {
		if !v.Known {
			return nil
		}
		return &v.N
	}
	for _, f := range c.Figures {
		r.Figures[f.Name] = CorrectedFigureReport{known(f.Published), known(f.Would)}
	}
	return r
}

// newDecisionReport is nil where there is nothing to say.
func newDecisionReport(rulings []consolidate.Ruling, recorded []ledger.Decision, refused []ledger.Finding) *DecisionReport {
	r := &DecisionReport{[]int{}, refusedAnswers(refused), []int{}, []int{}, []ContradictedDecision{}}
	for _, d := range recorded {
		r.Recorded = append(r.Recorded, d.Number)
	}
	for _, ruling := range rulings {
		switch ruling.State {
		case consolidate.Replaced:
			r.Overruled = append(r.Overruled, ruling.Number)
		case consolidate.Stale:
			r.Stale = append(r.Stale, ruling.Number)
		case consolidate.Contradicted:
			r.Contradicted = append(r.Contradicted, ContradictedDecision{ruling.Number, append([]int{}, ruling.With...)})
		}
	}
	if len(r.Recorded)+len(r.Refused)+len(r.Overruled)+len(r.Stale)+len(r.Contradicted) == 0 {
		return nil
	}
	return r
}

func refusedAnswers(all []ledger.Finding) []RefusedAnswer {
	answers := []RefusedAnswer{}
	for _, f := range all {
		answers = append(answers, RefusedAnswer{f.Code.ID, f.File, f.Sheet, f.Cell, f.Found, f.Message(ledger.Chinese)})
	}
	return answers
}

// An ExplanationReport counts the findings of the month that departments explained and that the office waived, and
// says what answers on receipts were not taken, or are not enough, and which waivers are of nothing.
type ExplanationReport struct {
	Explained int             `json:"explained"`
	Waived    int             `json:"waived"`
	Refused   []RefusedAnswer `json:"refused"`
	Unused    []UnusedWaiver  `json:"waivers_unused"`
}

// An UnusedWaiver is of no finding of the month, or holds no more.
type UnusedWaiver struct {
	Code       string `json:"code"`
	Department string `json:"department"`
	Form       string `json:"form"`
	Entity     string `json:"entity"`
	Field      string `json:"field"`
	Found      string `json:"found"`
	Until      string `json:"until"`
	Expired    bool   `json:"expired"`
}

// newExplanationReport is nil where there is nothing to say.
func newExplanationReport(m *consolidate.Month, refused []ledger.Finding) *ExplanationReport {
	r := &ExplanationReport{Refused: refusedAnswers(refused), Unused: []UnusedWaiver{}}
	for _, f := range m.Findings {
		switch j, ok := m.Justification(f); {
		case ok && j.Waived:
			r.Waived++
		case ok:
			r.Explained++
		}
	}
	for _, w := range m.Waivers {
		if w.Findings == 0 {
			r.Unused = append(r.Unused, UnusedWaiver{w.Code, w.Department, w.Form, w.Entity, w.Field, w.Found, w.Until.String(), w.Expired(m.Period)})
		}
	}
	if r.Explained+r.Waived+len(r.Refused)+len(r.Unused) == 0 {
		return nil
	}
	return r
}

// newReport sets the files of an inbox, as they were taken, against what became of their
// returns in the month.
func newReport(m *consolidate.Month, files []FileReport, skipped []string, answers Answers, explained Explained) *Report {
	report := &Report{
		Region: m.Region, Period: m.Period.String(), Rules: m.Rules,
		Files: []FileReport{}, Skipped: []string{}, Missing: append([]consolidate.Missing{}, m.Missing...),
		Look: m.Look, Figures: m.Figures,
		Receipts: []ReceiptReport{}, slips: map[string]keptReceipt{},
		Candidates: len(m.Candidates), Answers: answers.Recorded, Untaken: slices.Clone(answers.Refused), Running: m.Running(),
		Explained: explained.New,
	}
	for _, path := range skipped {
		report.Skipped = append(report.Skipped, named(path))
	}
	report.Pending = map[string]consolidate.Pending{}
	for _, f := range form.All() {
		report.Projects += len(m.Register.Counted(f))
		if pending, open := m.Pending(f); open {
			report.Pending[f.ID] = pending
		}
	}
	for _, f := range m.Findings {
		switch {
		case consolidate.OfVersions(f.Code):
			report.Versions = append(report.Versions, f)
		case f.Code == consolidate.CameLate:
			report.Late = append(report.Late, f)
		}
	}
	for _, c := range m.Corrections {
		report.Corrections = append(report.Corrections, newCorrectionReport(c))
	}
	settled := map[ledger.Edition]*ledger.Return{}
	for _, r := range m.Returns {
		settled[r.Edition()] = r
	}
	var total ledger.Rows
	for _, file := range files {
		file.Returns = asSettled(file.Returns, settled)
		file.findings = slices.Concat(file.findings, explained.of(file))
		for _, r := range file.Returns {
			total = total.Plus(r.Rows)
			report.Rejected = append(report.Rejected, r.rejected...)
		}
		for _, f := range file.findings {
			switch {
			case f.Code.Effect == ledger.RejectFile:
				report.Rejected = append(report.Rejected, f)
			case importer.OfAnswer(f.Code):
				report.Untaken = append(report.Untaken, f)
			case importer.OfExplanation(f.Code):
				report.Unjustified = append(report.Unjustified, f)
			}
		}
		report.Files = append(report.Files, file)
	}
	ledger.SortFindings(report.Untaken)
	ledger.SortFindings(report.Unjustified)
	for _, r := range m.Rulings {
		if r.State == consolidate.Contradicted {
			report.Contradicted = append(report.Contradicted, r)
		}
	}
	report.Decisions = newDecisionReport(m.Rulings, report.Answers, report.Untaken)
	report.Explanations = newExplanationReport(m, report.Unjustified)
	report.Balance = Balance{
		Seen: total.Seen, Taken: total.Taken, Returned: total.Returned, Superseded: total.Superseded,
		Repeated: total.Repeated, Subtotal: total.Subtotal, Blank: total.Blank,
	}
	return report
}

// named is a path as run.json has it. A file's name need not be UTF-8, and JSON must: each byte that is not
// becomes U+FFFD, here rather than by the encoder, which would write that otherwise the second time.
func named(path string) string { return string([]rune(path)) }

// newFileReport is what can be said of a delivery, but for its returns.
func newFileReport(d importer.Delivery) FileReport {
	return FileReport{Path: named(d.Path), SHA256: d.SHA256, Refused: d.Refused(), Returns: []ReturnReport{}, findings: d.Findings, path: d.Path, fronts: d.Fronts}
}

// newReturnReport is what can be said of a return as it stands.
func newReturnReport(r *ledger.Return) ReturnReport {
	report := ReturnReport{
		Form: r.Form, Department: r.Department, Sheet: r.Sheet, State: r.State, Version: r.Version,
		Rows: r.Rows(), Findings: countOf(r.Findings), Period: r.Period, edition: r.Edition(), findings: r.Findings,
	}
	if r.State == ledger.Returned {
		for _, f := range r.Findings {
			if f.Code.Effect == ledger.RejectReturn {
				report.rejected = append(report.rejected, f)
			}
		}
	}
	return report
}

// asSettled is what became of returns in the month: of one that is repeated only the version is
// told there, of one that is not of the month nothing is.
func asSettled(returns []ReturnReport, settled map[ledger.Edition]*ledger.Return) []ReturnReport {
	returns = slices.Clone(returns)
	for i, r := range returns {
		known := settled[r.edition]
		switch {
		case known == nil:
		case r.State == ledger.Repeated:
			returns[i].Version = known.Version
		default:
			returns[i] = newReturnReport(known)
		}
	}
	return returns
}

func countOf(findings []ledger.Finding) Counts {
	var c Counts
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

// LeftOut reports whether anything was sent back, held, is missing or was refused; open
// queries alone are no reason.
func (r *Report) LeftOut() bool {
	return len(r.Missing) > 0 || slices.ContainsFunc(r.Files, FileReport.LeftOut)
}

// LeftOut reports whether the file was refused, or anything of it sent back, set aside or held.
func (f FileReport) LeftOut() bool {
	return f.Refused != "" || slices.ContainsFunc(f.Returns, func(r ReturnReport) bool {
		return r.State == ledger.Returned || r.State == ledger.Late || r.Rows.Returned > 0 || r.Rows.Held > 0
	})
}

// reportName is the name of run.json.
const reportName = "run.json"

// text is run.json.
func (r *Report) text() (string, error) {
	var text strings.Builder
	err := WriteJSON(&text, r)
	return text.String(), err
}

// readReport reads run.json.
func readReport(text string) (*Report, error) {
	r := &Report{}
	if err := json.Unmarshal([]byte(text), r); err != nil {
		return nil, fmt.Errorf("%s: %w", reportName, err)
	}
	return r, nil
}

// ours are the files that a run.json names, and PDFs of them; none where it is no run.json. A receipt is ours as long
// as nobody has written in it.
func ours(text []byte) []folder.Listed {
	r, err := readReport(string(text))
	if err != nil {
		return nil
	}
	var all []folder.Listed
	var printable []string
	for _, file := range slices.Concat(r.Workbooks, r.Documents) {
		printable = append(printable, file.Path)
	}
	for _, path := range slices.Concat(printable, besides(printable)) {
		all = append(all, folder.Listed{Path: path})
	}
	for _, file := range r.Notices {
		all = append(all, folder.Listed{Path: file.Path})
	}
	for _, file := range r.Receipts {
		all = append(all, folder.Listed{Path: file.Path, SHA256: file.SHA256})
	}
	return all
}

// WriteJSON writes what scripts read, run.json too: indented, without escaping for HTML, with
// nothing in it that a terminal would obey.
func WriteJSON(to io.Writer, value any) error {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(value); err != nil {
		return err
	}
	_, err := to.Write(visible.Lines(text.Bytes()))
	return err
}

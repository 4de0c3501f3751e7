// Package receipt hands a delivery back to its sender: their own workbook with the cells in question coloured, a note in
// each, and a first sheet that says what became of it. Only the parts concerned are edited, so that all else of the
// workbook stays as it was sent, to the byte. What cannot be annotated (.xls, .csv, encrypted, broken) is answered by a
// workbook of the first sheet alone.
package receipt

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"huizong/internal/county"
	"huizong/internal/ledger"
)

// A Slip is what a receipt says.
type Slip struct {
	Title    string   // such as 城固县2024年6月报表回单
	File     string   // as it was sent
	SHA256   string   // of what was sent; blank where it was not read
	Sender   string   // the department that it is answered to; blank where nobody knows
	Sent     bool     // it was handed in; else it was only looked at
	Fronts   []string // first sheets of ours in it, where it is a receipt that came back: the first is written anew, its marks go
	Returns  []Return
	Findings []ledger.Finding // of the file and of its returns, in their order
	Feedback []string         // what was better than in the month before, and what is asked again and again: a sentence each
	// Settled are findings that need nothing more, by ledger.Finding.Digest: what was said of each.
	Settled map[string]string
	County  *county.County
}

// A Return is what became of one of the returns of a delivery.
type Return struct {
	Form       string // its title
	Department string
	Period     ledger.Period
	Sheet      string
	State      ledger.State
	Rows       ledger.Rows
}

// A Verdict is what became of a delivery in one word.
type Verdict string

// The verdicts: all was taken; all but something was taken, or something has to be explained; none was taken.
const (
	Passed   Verdict = "验收通过"
	Reserved Verdict = "有保留"
	Failed   Verdict = "验收不通过"
)

// Verdict is that of the whole delivery. It fails where a return of it, or the file, was sent back.
func (s *Slip) Verdict() Verdict {
	verdict := Passed
	if len(s.Returns) == 0 || !s.counts() {
		verdict = Reserved
	}
	for _, r := range s.Returns {
		switch {
		case r.State == ledger.Returned:
			return Failed
		case r.Rows.Returned > 0 || r.Rows.Held > 0:
			verdict = Reserved
		}
	}
	for _, f := range s.Findings {
		switch {
		case f.Code.Effect >= ledger.RejectReturn:
			return Failed
		case f.Code.Severity > ledger.Notice && s.Settled[f.Digest()] == "":
			verdict = Reserved
		}
	}
	return verdict
}

// counts reports whether anything of the delivery counts, or would if it were handed in.
func (s *Slip) counts() bool {
	return slices.ContainsFunc(s.Returns, func(r Return) bool {
		return r.State != ledger.Superseded && r.State != ledger.Repeated && r.State != ledger.Late
	})
}

// means says what a verdict means for the sender.
func (s *Slip) means() string {
	switch verdict := s.Verdict(); {
	case !s.Sent:
		return map[Verdict]string{
			Passed:   "检查没有发现要改的。这是报送前的检查，尚未报送。",
			Reserved: "可以报送，但下列问题要更正或说明。这是报送前的检查，尚未报送。",
			Failed:   "这样报送会被退回，请按下列问题改正后再报送。这是报送前的检查，尚未报送。",
		}[verdict]
	case verdict == Reserved && len(s.Returns) == 0:
		return "文件里没有报表，没有数据可采用。"
	case verdict == Reserved && !s.counts():
		return "没有计入本月：" + strings.Join(s.outcomes(), "、") + "。"
	default:
		return map[Verdict]string{
			Passed:   "全部采用，没有要改的。",
			Reserved: "已采用，但下列问题要更正或说明；退回的行、暂缓的项目前仍用上次通过的数。",
			Failed:   "没有采用，仍用上次通过的数。请按下列问题改正后重新报送。",
		}[verdict]
	}
}

// outcomes are what became of the returns, each once.
func (s *Slip) outcomes() []string {
	var all []string
	for _, r := range s.Returns {
		if word := states[r.State]; !slices.Contains(all, word) {
			all = append(all, word)
		}
	}
	return all
}

// Annotate gives a workbook as it was sent with what a slip says in it; not ok where it cannot be annotated.
// The same workbook and slip give the same bytes.
func Annotate(workbook []byte, s *Slip) (annotated []byte, ok bool, err error) {
	a, err := openAnnotation(workbook, &s.County.Limits)
	if err == nil {
		annotated, err = a.annotate(s)
	}
	if errors.Is(err, errForeign) {
		return nil, false, nil
	}
	return annotated, err == nil, err
}

// Alone is a workbook of the first sheet alone.
func Alone(s *Slip) ([]byte, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, part := range [...][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="` + packageRelations + `">` +
			`<Relationship Id="rId1" Type="` + transitional.relation + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns="` + transitional.main + `"><bookViews><workbookView activeTab="0"/></bookViews><sheets></sheets></workbook>`},
	} {
		file, err := w.CreateHeader(&zip.FileHeader{Name: part[0], Method: zip.Deflate, Modified: stamp})
		if err != nil {
			return nil, err
		}
		if _, err := file.Write([]byte(xmlHead + part[1])); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	a, err := openAnnotation(b.Bytes(), &s.County.Limits)
	if err != nil {
		return nil, err
	}
	return a.annotate(s)
}

func (a *annotation) annotate(s *Slip) ([]byte, error) {
	if err := a.clean(s.Fronts); err != nil {
		return nil, err
	}
	spots := map[string][]ledger.Finding{} // by sheet
	for _, f := range s.Findings {
		spots[f.Sheet] = append(spots[f.Sheet], f)
	}
	for _, sheet := range a.sheets {
		if err := a.mark(sheet, spots[sheet.name]); err != nil {
			return nil, err
		}
	}
	var err error
	if front := drawFront(a, s); a.earlier.part != "" {
		err = a.frontAgain(front)
	} else {
		err = a.front(a.freeSheet(), front)
	}
	if err != nil {
		return nil, err
	}
	return a.done()
}

// freeSheet is the name of the first sheet, which the sender's own may have taken.
func (a *annotation) freeSheet() string {
	name := ledger.ReceiptSheet
	for i := 2; slices.ContainsFunc(a.sheets, func(l listed) bool { return strings.EqualFold(l.name, name) }); i++ {
		name = fmt.Sprintf("%s%d", ledger.ReceiptSheet, i)
	}
	return name
}

// colours of cells in question by severity; words say it besides.
var colours = map[ledger.Severity]string{ledger.Error: "FFC7CE", ledger.Query: "FFEB9C", ledger.Notice: "DDEBF7"}

// spotOfFinding is the cell that a finding is marked at: its own, else the first one of its row; not ok where it is of more.
func spotOfFinding(f ledger.Finding) (spot, bool) {
	if f.Cell == "" {
		return spot{f.Row, 1}, f.Row > 0
	}
	return spotOf(f.Cell)
}

// mark colours the cells of a worksheet that findings are about, and puts notes to them.
func (a *annotation) mark(sheet listed, findings []ledger.Finding) error {
	var spots []spot
	for _, f := range findings {
		if s, ok := spotOfFinding(f); ok {
			spots = append(spots, s)
		}
	}
	if spots == nil {
		return nil
	}
	content, err := a.need(sheet.part)
	if err != nil {
		return err
	}
	shows, err := anchors(content, spots)
	if err != nil {
		return err
	}
	worst, notes := map[spot]ledger.Severity{}, map[spot]string{}
	findings = slices.Clone(findings)
	slices.SortStableFunc(findings, func(a, b ledger.Finding) int { return cmp.Compare(b.Code.Severity, a.Code.Severity) })
	for _, f := range findings {
		s, ok := spotOfFinding(f)
		if !ok {
			continue
		}
		at := shows[s]
		worst[at] = max(worst[at], f.Code.Severity)
		switch said := notes[at]; {
		case said != "":
			notes[at] += "\n" + noteOf(f)
		case len(notes) < mostTold:
			notes[at] = noteOf(f)
		}
	}
	filling := map[spot]string{}
	for s, severity := range worst {
		filling[s] = colours[severity]
	}
	if content, err = colour(content, filling, a.styles); err != nil {
		return err
	}
	a.put(sheet.part, content)
	return a.note(sheet.part, notes)
}

// noteOf is what a note says of a finding: its kind, what is wrong, what to do.
func noteOf(f ledger.Finding) string {
	text := "【" + f.Code.Severity.In(ledger.Chinese) + "】" + f.Code.ID + " " + cmp.Or(f.Field, f.Entity)
	return strings.TrimSpace(text) + "\n" + f.Message(ledger.Chinese) + "\n→ " + f.Code.Remedy.In(ledger.Chinese)
}

package main

import (
	"context"
	"path/filepath"

	"github.com/spf13/cobra"

	"huizong/consolidate"
	"huizong/importer"
	"huizong/internal/form"
	"huizong/internal/ledger"
	"huizong/validate"
)

func (p *program) checkCommand() *cobra.Command {
	var period ledger.Period
	command := &cobra.Command{
		Use:     "check FILE…",
		Short:   "看看文件里有什么问题，不入库 (findings of files; opens no database, writes nothing)",
		Example: "  huizong check 交通局6月进展.xlsx --period 2024-06",
		Args:    cobra.MinimumNArgs(1),
		RunE: p.works(func(_ context.Context, paths []string) error {
			return p.check(paths, period)
		}),
	}
	periodFlag(command, &period, false)
	p.passwordsFlag(command)
	return command
}

// check reads files and judges each by itself: rules against earlier months have nothing
// to go by.
func (p *program) check(paths []string, period ledger.Period) error {
	checked := []checkedFile{}
	leftOut := false
	inbox, err := p.inbox(period)
	if err != nil {
		return err
	}
	for _, path := range paths {
		d, err := readFile(inbox, path, filepath.ToSlash(path))
		if err != nil {
			return err
		}
		file := checkedFile{Path: path, Returns: []checkedReturn{}, Findings: []finding{}}
		all := append([]ledger.Finding{}, d.Findings...)
		for _, r := range d.Returns {
			judgeAlone(r, p)
			all = append(all, r.Findings...)
			rows := r.Rows()
			leftOut = leftOut || r.State == ledger.Returned || rows.Returned > 0 || rows.Held > 0
			file.Returns = append(file.Returns, checkedReturn{r.Form, r.Period.String(), r.Department, r.Sheet, rows})
		}
		leftOut = leftOut || d.Refused() != ""
		ledger.SortFindings(all)
		for _, f := range all {
			file.Findings = append(file.Findings, newFinding(f, p.lang))
		}
		checked = append(checked, file)
		if !p.json {
			p.showChecked(d, all)
		}
	}
	if p.json {
		if err := writeJSON(p.out, map[string]any{"files": checked}); err != nil {
			return err
		}
	}
	if leftOut {
		return errLeftOut
	}
	return nil
}

// judgeAlone judges a return without what stood before; one that is nobody's stays as read.
func judgeAlone(r *ledger.Return, p *program) {
	var found []ledger.Finding
	if form.ByID(r.Form) != nil {
		none := func(*form.Form, string, *ledger.Record) []*ledger.Record { return nil }
		found = validate.Return(r, none, p.county)
	}
	consolidate.Judge(r, found)
}

func (p *program) showChecked(d importer.Delivery, findings []ledger.Finding) {
	for _, f := range findings {
		p.printf("%s\n", f.Line(p.lang))
	}
	for _, r := range d.Returns {
		rows, found := r.Rows(), count(r.Findings)
		title := r.Form
		if f := form.ByID(r.Form); f != nil && p.lang == ledger.Chinese {
			title = f.Title
		}
		p.printf(p.say("%s %s：%s %s %s，看到%d行，可采用%d行，退回%d行，暂缓%d行；强制性%d条，核实性%d条，提示性%d条\n",
			"%s %s: %s %s %s, %d rows seen, %d can be taken, %d returned, %d held; %d errors, %d queries, %d notices\n"),
			d.Path, r.Sheet, r.Department, title, r.Period, rows.Seen, rows.Taken, rows.Returned, rows.Held, found.Error, found.Query, found.Notice)
	}
}

type checkedFile struct {
	Path     string          `json:"path"`
	Returns  []checkedReturn `json:"returns"`
	Findings []finding       `json:"findings"`
}

type checkedReturn struct {
	Form       string      `json:"form"`
	Period     string      `json:"period"`
	Department string      `json:"department"`
	Sheet      string      `json:"sheet"`
	Rows       ledger.Rows `json:"rows"`
}

// A finding as scripts read it.
type finding struct {
	Code     string `json:"code"`
	Type     string `json:"type"`
	Severity string `json:"severity"`
	Effect   string `json:"effect"`
	Level    int    `json:"level"`
	Sheet    string `json:"sheet"`
	Cell     string `json:"cell"`
	Row      int    `json:"row"`
	Field    string `json:"field"`
	Found    string `json:"found"`
	Expected string `json:"expected"`
	Message  string `json:"message"`
	Remedy   string `json:"remedy"`
	Key      string `json:"key"`
}

func newFinding(f ledger.Finding, lang ledger.Lang) finding {
	return finding{
		f.Code.ID, f.Code.Type, f.Code.Severity.String(), f.Code.Effect.String(), int(f.Code.Level), f.Sheet, f.Cell, f.Row,
		f.Field, f.Found, f.Expected, f.Message(lang), f.Code.Text[lang].Remedy, f.Key(),
	}
}

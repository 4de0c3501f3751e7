package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"huizong/cmd/internal/job"
	"huizong/internal/folder"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

func (p *program) checkCommand() *cobra.Command {
	var period ledger.Period
	var receipts string
	command := &cobra.Command{
		Use:     "check FILE…",
		Short:   "看看文件里有什么问题，不入库 (findings of files; opens no database, writes nothing but receipts)",
		Example: "  huizong check 交通局6月进展.xlsx --period 2024-06 --receipt 回单",
		Args:    cobra.MinimumNArgs(1),
		RunE: p.works(func(_ context.Context, paths []string) error {
			return p.check(paths, period, receipts)
		}),
	}
	periodFlag(command, &period, false)
	p.passwordsFlag(command)
	command.Flags().StringVar(&receipts, "receipt", "", "folder to write receipts into: each file with its cells in question marked (回单)")
	return command
}

// check looks at each file by itself, and writes its receipt where receipts names a folder for them.
func (p *program) check(paths []string, period ledger.Period, receipts string) error {
	passwords, err := p.readPasswords()
	if err != nil {
		return err
	}
	files := []checkedFile{}
	leftOut := false
	taken := map[string]bool{}
	defer p.gathered()() // a file may have a hundred thousand findings
	for _, path := range paths {
		all, err := job.Check(p.county, period, passwords, path)
		if err != nil {
			return err
		}
		for _, checked := range all {
			leftOut = leftOut || checked.LeftOut()
			if p.json {
				files = append(files, newCheckedFile(checked, p.lang))
			} else {
				p.showChecked(checked)
			}
			if receipts != "" {
				if err := p.giveBack(checked, path, receipts, taken); err != nil {
					return err
				}
			}
		}
	}
	if p.json {
		if err := p.writeJSON(map[string]any{"files": files}); err != nil {
			return err
		}
	}
	if leftOut {
		return errLeftOut
	}
	return nil
}

// giveBack writes the receipt of a file that was checked into a folder. taken are the names, in small letters, that
// receipts have there already: of two files of one name both have theirs.
func (p *program) giveBack(checked job.Checked, path, dir string, taken map[string]bool) error {
	r, err := checked.Receipt(p.county)
	if err != nil {
		return err
	}
	name, extension := r.Name, filepath.Ext(r.Name)
	for n := 2; taken[strings.ToLower(name)]; n++ {
		name = fmt.Sprintf("%s（%d）%s", strings.TrimSuffix(r.Name, extension), n, extension)
	}
	taken[strings.ToLower(name)] = true
	at := filepath.Join(dir, name)
	if sent, err := os.Stat(path); err == nil {
		if there, err := os.Stat(at); err == nil && os.SameFile(sent, there) {
			return fmt.Errorf(p.say("回单会盖掉报来的文件 %s：--receipt 请另指定一个文件夹", "the receipt would overwrite %s: name another folder for --receipt"), at)
		}
	}
	if err := folder.Place(at, r.Content); err != nil {
		return p.explain(err, ledger.Period{})
	}
	if !p.json {
		how := p.say("在原表上标注", "marked in the file itself")
		if !r.InPlace {
			how = p.say("原文件不能标注，另附说明", "the file cannot be marked: a sheet of its own")
		}
		p.printf(p.say("回单：%s（%s）\n", "receipt: %s (%s)\n"), at, how)
	}
	return nil
}

func (p *program) showChecked(checked job.Checked) {
	for _, f := range ledger.FoldFindings(checked.Findings) {
		p.line(f.Line(p.lang))
	}
	for _, r := range checked.Returns {
		title := r.Form
		if f := form.ByID(r.Form); f != nil && p.lang == ledger.Chinese {
			title = f.Title
		}
		p.printf(p.say("%s %s：%s %s %s，收到%d行，可采用%d行，退回%d行，暂缓%d行；强制性%d条，核实性%d条，提示性%d条\n",
			"%s %s: %s %s %s, %d rows seen, %d can be taken, %d returned, %d held; %d errors, %d queries, %d notices\n"),
			checked.Path, r.Sheet, r.Department, title, r.Period, r.Rows.Seen, r.Rows.Taken, r.Rows.Returned, r.Rows.Held,
			r.Findings.Error, r.Findings.Query, r.Findings.Notice)
	}
}

// A checkedFile is a file as scripts read of it.
type checkedFile struct {
	Path     string          `json:"path"`
	Returns  []checkedReturn `json:"returns"`
	Findings []finding       `json:"findings"`
}

func newCheckedFile(checked job.Checked, lang ledger.Lang) checkedFile {
	file := checkedFile{Path: checked.Path, Returns: []checkedReturn{}, Findings: []finding{}}
	for _, r := range checked.Returns {
		file.Returns = append(file.Returns, checkedReturn{
			Form: r.Form, Period: r.Period.String(), Department: r.Department, Sheet: r.Sheet, Rows: r.Rows,
		})
	}
	for _, f := range checked.Findings {
		file.Findings = append(file.Findings, newFinding(f, lang))
	}
	return file
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
		Code: f.Code.ID, Type: f.Code.Type, Severity: f.Code.Severity.String(), Effect: f.Code.Effect.String(), Level: int(f.Code.Level),
		Sheet: f.Sheet, Cell: f.Cell, Row: f.Row, Field: f.Field, Found: f.Found, Expected: f.Expected,
		Message: f.Message(lang), Remedy: f.Code.Remedy.In(lang), Key: f.Key(),
	}
}

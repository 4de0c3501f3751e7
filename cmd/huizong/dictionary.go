package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"huizong/cmd/internal/job"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

func (p *program) formsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "forms [FORM]",
		Short: "报表字典：表、列、别名、审核规则 (the dictionary of forms)",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return p.listForms()
			}
			f := form.ByID(args[0])
			if f == nil {
				return fmt.Errorf(p.say("没有这种报表：%s", "no such form: %s"), args[0])
			}
			return p.showForm(f)
		},
	}
}

type formEntry struct {
	ID      string        `json:"id"`
	Title   string        `json:"title"`
	Aliases []string      `json:"aliases"`
	Owed    []string      `json:"owed"`
	Columns []columnEntry `json:"columns,omitempty"`
	Rules   []string      `json:"rules,omitempty"`
}

type columnEntry struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Aliases  []string `json:"aliases"`
	Type     string   `json:"type"`
	Required bool     `json:"required"`
	Words    []string `json:"words,omitempty"`
}

func (p *program) listForms() error {
	var all []formEntry
	for _, f := range form.All() {
		all = append(all, p.formEntry(f))
	}
	if p.json {
		return p.writeJSON(all)
	}
	for i, f := range form.All() {
		p.printf(p.say("%-12s %s（%d列，%d个单位应报）\n", "%-12s %s (%d columns, owed by %d units)\n"), f.ID, f.Title, len(f.Columns), len(all[i].Owed))
	}
	return nil
}

func (p *program) formEntry(f *form.Form) formEntry {
	entry := formEntry{ID: f.ID, Title: f.Title, Aliases: f.Aliases}
	for _, unit := range p.county.Owes(f.ID) {
		entry.Owed = append(entry.Owed, unit.Name)
	}
	return entry
}

func (p *program) showForm(f *form.Form) error {
	entry := p.formEntry(f)
	for _, c := range f.Columns {
		column := columnEntry{ID: c.ID, Name: c.Name, Aliases: c.Aliases, Type: c.Type.String(), Required: bool(c.Need)}
		for _, word := range c.Words {
			column.Words = append(column.Words, word.Name)
		}
		entry.Columns = append(entry.Columns, column)
	}
	for _, rule := range f.Rules {
		entry.Rules = append(entry.Rules, rule.String())
	}
	if p.json {
		return p.writeJSON(entry)
	}
	p.printf("%s %s\n%s：%s\n\n", f.ID, f.Title, p.say("应报单位", "owed by"), strings.Join(entry.Owed, "、"))
	for _, c := range entry.Columns {
		need := " "
		if c.Required {
			need = "*"
		}
		p.printf("%s %s（%s%s）%s\n", need, c.Name, c.Type, choice(c.Words), strings.Join(c.Aliases, "、"))
	}
	p.printf("\n%s\n", p.say("审核规则", "rules"))
	for _, rule := range f.Rules {
		p.printf("%s %s：%s\n    %s\n", rule.Code.ID, rule.Code.Wrong.In(p.lang), rule.Code.Severity.In(p.lang), rule.Holds)
	}
	return nil
}

func choice(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return "：" + strings.Join(words, "/")
}

func (p *program) codesCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "codes [CODE]",
		Short: "审核意见字典：编号、含义、怎么改 (the dictionary of findings)",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			codes := ledger.Codes()
			if len(args) == 1 {
				code := ledger.CodeByID(args[0])
				if code == nil {
					return fmt.Errorf(p.say("没有这个编号：%s", "no such code: %s"), args[0])
				}
				codes = []*ledger.Code{code}
			}
			for i, code := range codes {
				if slices.Contains(p.county.Trial, code.ID) {
					codes[i] = code.OnTrial()
				}
			}
			return p.showCodes(codes)
		},
	}
}

type codeEntry struct {
	Code     string `json:"code"`
	Type     string `json:"type"`
	Severity string `json:"severity"`
	Effect   string `json:"effect"`
	Level    int    `json:"level"`
	Message  string `json:"message"`
	Remedy   string `json:"remedy"`
}

func (p *program) showCodes(codes []*ledger.Code) error {
	all := make([]codeEntry, len(codes))
	for i, c := range codes {
		all[i] = codeEntry{
			Code: c.ID, Type: c.Type, Severity: c.Severity.String(), Effect: c.Effect.String(), Level: int(c.Level),
			Message: c.Wrong.In(p.lang), Remedy: c.Remedy.In(p.lang),
		}
	}
	if p.json {
		return p.writeJSON(all)
	}
	for i, c := range all {
		p.printf("%s %s，%s  %s\n    %s\n", c.Code, codes[i].Severity.In(p.lang), codes[i].Effect.In(p.lang), c.Message, c.Remedy)
	}
	return nil
}

func (p *program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "版本和规则版本 (version of the program and of its rules)",
		Args:  cobra.NoArgs,
		RunE: p.works(func(context.Context, []string) error {
			if p.json {
				return p.writeJSON(map[string]string{"version": job.Version, "rules": job.RuleVersion(p.county)})
			}
			p.printf("huizong %s\n%s %s\n", job.Version, p.say("规则", "rules"), job.RuleVersion(p.county))
			return nil
		}),
	}
}

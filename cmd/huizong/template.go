package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"huizong/cmd/internal/job"
	"huizong/internal/folder"
	"huizong/internal/ledger"
)

func (p *program) templateCommand() *cobra.Command {
	var period ledger.Period
	var department, out string
	command := &cobra.Command{
		Use:   "template --period 2024-07 [--department UNIT] [--out DIR]",
		Short: "生成各单位要填的报表：填好上月在册的项目，随填随查 (returns to fill in, with what stands filled in and checked as one types)",
		Args:  cobra.NoArgs,
		RunE: p.works(func(ctx context.Context, _ []string) error {
			return p.template(ctx, period, department, out)
		}),
	}
	periodFlag(command, &period, true)
	command.Flags().StringVar(&department, "department", "", "the unit by name or alias (default: all that owe something)")
	command.Flags().StringVar(&out, "out", "模板", "the folder to write under")
	return command
}

// template writes a workbook for each unit under out, in the month's folder, and lists them.
func (p *program) template(ctx context.Context, period ledger.Period, department, out string) error {
	if department != "" {
		unit, known := p.county.Unit(department)
		if !known {
			return fmt.Errorf(p.say("--department %s：county.toml 里没有这个单位", "--department %s: no unit of county.toml"), department)
		}
		department = unit.Name
	}
	files, err := p.templates(ctx, period, department)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf(p.say("%s没有要报的报表", "%s owes nothing"), department)
	}
	for _, file := range files {
		at := filepath.Join(out, filepath.FromSlash(file.Path))
		if err := folder.Place(at, file.Content); err != nil {
			return p.explain(err, period)
		}
		p.printf("%s\n", at)
	}
	return nil
}

// templates are made of the database, or of nothing where there is none yet, which is said.
func (p *program) templates(ctx context.Context, period ledger.Period, department string) ([]job.Template, error) {
	j, err := p.open(ctx)
	if errors.As(err, new(*job.Missing)) {
		p.tell("%s\n", p.say("没有数据库，模板里没有预填的项目", "there is no database: nothing is filled in"))
		return job.BlankTemplates(p.county, period, department)
	}
	if err != nil {
		return nil, err
	}
	defer j.Close()
	files, known, err := j.Templates(ctx, period, department)
	if err == nil && !known {
		p.tell(p.say("%s没有汇总过，模板里没有预填的项目\n", "%s was never merged: nothing is filled in\n"), period.Add(-1))
	}
	return files, err
}

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"huizong/cmd/internal/job"
	"huizong/internal/ledger"
	"huizong/samples"
)

// sampleSeed is the seed of the months that the repository keeps.
const sampleSeed = 610722

func (p *program) samplesCommand() *cobra.Command {
	plan := samples.Plan{Seed: sampleSeed}
	var out string
	command := &cobra.Command{
		Use:     "samples --period 2024-06 --out DIR [--seed N] [--departments N] [--rows N]",
		Short:   "生成一个月的样例报表 (make a sample month)",
		Example: "  huizong samples --period 2024-06 --out samples/2024-06",
		Args:    cobra.NoArgs,
		RunE: p.works(func(context.Context, []string) error {
			plan.County = p.county
			if err := makeSample(plan, out); err != nil {
				return err
			}
			p.printf(p.say("样例数据已写入 %s\n", "sample data written to %s\n"), out)
			return nil
		}),
	}
	periodFlag(command, &plan.Period, true)
	flags := command.Flags()
	flags.StringVar(&out, "out", "", "the folder to write the month into")
	flags.Uint64Var(&plan.Seed, "seed", sampleSeed, "the seed: the same seed makes the same files")
	flags.IntVar(&plan.Departments, "departments", 0, "make this many departments, with a county.toml of their own (0: the county's)")
	flags.IntVar(&plan.Rows, "rows", 0, "rows of each return, with --departments (0: 40)")
	if err := command.MarkFlagRequired("out"); err != nil {
		panic(err)
	}
	return command
}

func makeSample(plan samples.Plan, dir string) error {
	month, err := samples.Make(plan)
	if err != nil {
		return err
	}
	return month.Write(dir)
}

// demoDir is the folder of the demo where none is named.
const demoDir = "demo"

func (p *program) demoCommand() *cobra.Command {
	var dir string
	command := &cobra.Command{
		Use:   "demo [--dir DIR]",
		Short: "用样例数据走一遍：生成两个月，汇总，告诉您看哪里 (two sample months through run)",
		Args:  cobra.NoArgs,
		RunE:  p.works(func(ctx context.Context, _ []string) error { return p.demo(ctx, dir) }),
	}
	command.Flags().StringVar(&dir, "dir", demoDir, "the folder to work in; what an earlier demo left there is replaced")
	return command
}

// demo makes May and June, runs both on a fresh SQLite database and says what came out.
func (p *program) demo(ctx context.Context, dir string) error {
	p.databaseURL = "sqlite:" + filepath.Join(dir, "huizong.db")
	for _, leftover := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(filepath.Join(dir, "huizong.db") + leftover); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	var last *job.Report
	plan := samples.Plan{Seed: sampleSeed, County: p.county}
	out := filepath.Join(dir, "out")
	for _, period := range []ledger.Period{{Year: 2024, Month: 5}, {Year: 2024, Month: 6}} {
		at := filepath.Join(dir, period.String())
		if err := os.RemoveAll(at); err != nil {
			return err
		}
		plan.Period = period
		if err := makeSample(plan, at); err != nil {
			return err
		}
		report, err := p.run(ctx, period, filepath.Join(at, "inbox"), out)
		if err != nil {
			return err
		}
		last = report
	}
	for figure, want := range map[string]int64{
		"reserve.projects": 460, "reserve.investment_fen": 10_809_600_000_000,
		"progress.provincial.started": 4, "progress.municipal.started": 48,
	} {
		if got := last.Figures[figure]; got != want {
			return fmt.Errorf("the sample month does not come out: %s is %d, should be %d", figure, got, want)
		}
	}
	if err := makeTrials(plan, filepath.Join(dir, trialDir)); err != nil {
		return err
	}
	p.quiet = true
	if err := p.show(last, out); err != nil || p.json {
		return err
	}
	p.printf(p.say("在浏览器里看：huizong serve --demo%s，再打开屏幕上的地址\n", "in a browser: huizong serve --demo%s, then open the address that it prints\n"), inDir(dir))
	return nil
}

// trialDir is the folder of the demo with returns to hand in by hand.
const trialDir = "试交"

// makeTrials writes returns to try the window with.
func makeTrials(plan samples.Plan, dir string) error {
	trials, err := samples.Trials(plan)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, file := range trials {
		if err := os.WriteFile(filepath.Join(dir, file.Path), file.Content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// inDir is the flag for a demo elsewhere than in its own folder.
func inDir(dir string) string {
	if dir == demoDir {
		return ""
	}
	return " --dir " + dir
}

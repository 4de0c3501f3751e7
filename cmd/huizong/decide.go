package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"huizong/consolidate"
	"huizong/consolidate/store"
	"huizong/importer"
	"huizong/internal/ledger"
)

func (p *program) decideCommand() *cobra.Command {
	command := &cobra.Command{
		Use:   "decide list｜same A B｜different A B｜undo N",
		Short: "疑似重复的项目：列出、判定同一或不同、撤销 (candidates for one project; a person's decisions)",
		Args:  cobra.NoArgs,
		RunE:  func(command *cobra.Command, _ []string) error { return command.Help() },
	}
	command.AddCommand(p.decideList(), p.decideOn(ledger.Same), p.decideOn(ledger.Different), p.decideUndo())
	return command
}

func (p *program) decideList() *cobra.Command {
	var period ledger.Period
	command := &cobra.Command{
		Use:   "list [--period 2024-06]",
		Short: "列出待判定的和已判定的 (what is open, and what was decided)",
		Args:  cobra.NoArgs,
		RunE: p.works(func(ctx context.Context, _ []string) error {
			return p.withMonth(ctx, period, func(_ *store.Store, month *consolidate.Month) error { return p.listCandidates(month) })
		}),
	}
	periodFlag(command, &period, false)
	return command
}

func (p *program) decideOn(verdict ledger.Verdict) *cobra.Command {
	var period ledger.Period
	var who, why string
	command := &cobra.Command{
		Use:     string(verdict) + " A B --who NAME --why REASON [--period 2024-06]",
		Short:   fmt.Sprintf("判定两个项目%s (decide that two rows are %s)", verdict.Chinese(), verdict),
		Example: fmt.Sprintf("  huizong decide %s 867fbb843081 98ae733e278e --who 张三 --why 已与两单位核对", verdict),
		Args:    cobra.ExactArgs(2),
		RunE: p.works(func(ctx context.Context, keys []string) error {
			return p.withMonth(ctx, period, func(books *store.Store, month *consolidate.Month) error {
				return p.decide(ctx, books, month, keys, ledger.Decision{Verdict: verdict, Who: who, Why: why})
			})
		}),
	}
	periodFlag(command, &period, false)
	command.Flags().StringVar(&who, "who", "", "who decides")
	command.Flags().StringVar(&why, "why", "", "for what reason")
	for _, flag := range []string{"who", "why"} {
		if err := command.MarkFlagRequired(flag); err != nil {
			panic(err)
		}
	}
	return command
}

func (p *program) decideUndo() *cobra.Command {
	return &cobra.Command{
		Use:   "undo N",
		Short: "撤销一项判定 (take a decision back: all is as it was before)",
		Args:  cobra.ExactArgs(1),
		RunE: p.works(func(ctx context.Context, args []string) error {
			number, err := strconv.Atoi(args[0])
			if err != nil {
				return fmt.Errorf(p.say("%q 不是判定的编号，见 huizong decide list", "%q is no number of a decision: see huizong decide list"), args[0])
			}
			books, err := store.Open(ctx, p.databaseURL)
			if err != nil {
				return err
			}
			defer books.Close()
			if err := books.Undo(ctx, p.county.Region, number); err != nil {
				return err
			}
			p.printf(p.say("已撤销第%d号判定，重新执行 huizong run 后生效\n", "decision %d is undone; it takes effect with the next huizong run\n"), number)
			return nil
		}),
	}
}

// withMonth works on a merged month, the latest where none is named, with the decisions as
// they are now.
func (p *program) withMonth(ctx context.Context, period ledger.Period, work func(*store.Store, *consolidate.Month) error) error {
	books, err := store.Open(ctx, p.databaseURL)
	if err != nil {
		return err
	}
	defer books.Close()
	if period.IsZero() {
		merged, err := books.Periods(ctx, p.county.Region)
		if err != nil {
			return err
		}
		if len(merged) == 0 {
			return errors.New(p.say("还没有汇总过任何月份，请先执行 huizong run", "no month was merged yet: huizong run first"))
		}
		period = merged[len(merged)-1]
	}
	month, err := p.reconcile(ctx, books, period)
	if err != nil {
		return err
	}
	return work(books, month)
}

// decide records what is decided of two rows that stand in the month.
func (p *program) decide(ctx context.Context, books *store.Store, month *consolidate.Month, keys []string, d ledger.Decision) error {
	for i, party := range []*ledger.Party{&d.A, &d.B} {
		found, known := month.Book.Party(keys[i])
		if !known {
			return fmt.Errorf(p.say("%s没有键为 %s 的项目，见 huizong decide list", "in %s no project has the key %s: see huizong decide list"), month.Period, keys[i])
		}
		*party = found
	}
	if d.A.Key == d.B.Key {
		return errors.New(p.say("两个键是同一行", "both keys are of one row"))
	}
	recorded, err := books.Decide(ctx, p.county.Region, []ledger.Decision{d})
	if err != nil {
		return err
	}
	if len(recorded) == 0 {
		p.printf("%s\n", p.say("原已如此判定，没有变化", "it is decided so already; nothing changed"))
		return nil
	}
	p.printDecision(recorded[0])
	p.printf("%s\n", p.say("重新执行 huizong run 后生效", "it takes effect with the next huizong run"))
	return nil
}

// candidateReport is a pair of `decide list --json`.
type candidateReport struct {
	Form  string   `json:"form"`
	A     string   `json:"a"`
	B     string   `json:"b"`
	Names []string `json:"names"`
	Units []string `json:"units"`
	Score int      `json:"score"`
	Why   []string `json:"why"`
}

// decisionReport is a decision of `decide list --json`.
type decisionReport struct {
	Number  int            `json:"number"`
	Verdict ledger.Verdict `json:"verdict"`
	A       string         `json:"a"`
	B       string         `json:"b"`
	Names   []string       `json:"names"`
	Units   []string       `json:"units"`
	Who     string         `json:"who"`
	Why     string         `json:"why"`
}

func (p *program) listCandidates(month *consolidate.Month) error {
	open := []candidateReport{}
	for _, c := range month.Candidates {
		pair := candidateReport{c.A.Form.ID, c.Keys[0], c.Keys[1], []string{c.A.Name(), c.B.Name()}, []string{c.A.Row.Department, c.B.Row.Department}, c.Score, nil}
		for _, clue := range c.Clues {
			pair.Why = append(pair.Why, clue.In(p.lang))
		}
		open = append(open, pair)
	}
	if p.json {
		decided := []decisionReport{}
		for _, d := range month.Decisions {
			decided = append(decided, decisionReport{d.Number, d.Verdict, d.A.Key, d.B.Key, []string{d.A.Name, d.B.Name}, []string{d.A.Department, d.B.Department}, d.Who, d.Why})
		}
		return writeJSON(p.out, map[string]any{"period": month.Period.String(), "open": open, "decided": decided})
	}
	p.printf(p.say("%s 待判定%d对，已判定%d对\n", "%s: %d pairs to decide on, %d decided\n"), month.Period, len(open), len(month.Decisions))
	for _, pair := range open {
		p.printf("%s %s  %d  %s（%s）｜%s（%s）  %s\n", pair.A, pair.B, pair.Score, pair.Names[0], pair.Units[0], pair.Names[1], pair.Units[1], strings.Join(pair.Why, p.say("，", ", ")))
	}
	for _, d := range month.Decisions {
		p.printDecision(d)
	}
	return nil
}

func (p *program) printDecision(d ledger.Decision) {
	verdict := string(d.Verdict)
	if p.lang == ledger.Chinese {
		verdict = d.Verdict.Chinese()
	}
	p.printf(p.say("第%d号 %s：%s（%s）｜%s（%s）  %s：%s\n", "no. %d %s: %s (%s) | %s (%s)  %s: %s\n"),
		d.Number, verdict, d.A.Name, d.A.Department, d.B.Name, d.B.Department, d.Who, d.Why)
}

// takeReplies records what people answered on workbooks of ours that came back with the
// inbox, file by file in the order of their paths.
func (p *program) takeReplies(ctx context.Context, books *store.Store, deliveries []delivery) error {
	var replies []ledger.Decision
	for _, d := range deliveries {
		replies = append(replies, d.replies...)
	}
	_, err := books.Decide(ctx, p.county.Region, replies)
	return err
}

// readReplies reads the answers of a delivery that is a workbook of ours.
func (d *delivery) readReplies(inbox importer.Inbox, file *os.File, size int64) error {
	replies, findings, err := inbox.Replies(d.path, file, size)
	for i := range replies {
		replies[i].Source = d.sha256
	}
	d.replies, d.findings = replies, append(d.findings, findings...)
	ledger.SortFindings(d.findings)
	return err
}

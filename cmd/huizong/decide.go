package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"huizong/cmd/internal/job"
	"huizong/consolidate"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

func (p *program) decideCommand() *cobra.Command {
	command := &cobra.Command{
		Use:   "decide list｜find NAME｜weights｜same A B｜different A B｜part A B｜undo N",
		Short: "疑似重复的项目：列出、查键、判定同一、不同或属于、撤销 (candidates for one project; a person's decisions)",
		Args:  cobra.NoArgs,
		RunE:  func(command *cobra.Command, _ []string) error { return command.Help() },
	}
	command.AddCommand(p.decideList(), p.decideFind(), p.decideWeights(),
		p.decideOn(ledger.Same, "判定两个项目同一 (decide that two rows are one project)"),
		p.decideOn(ledger.Different, "判定两个项目不同 (decide that two rows are two projects)"),
		p.decideOn(ledger.Part, "判定甲是乙的一部分：标段、打包子项、拆分 (decide that A is a part of B)"),
		p.decideUndo())
	return command
}

func (p *program) decideList() *cobra.Command {
	var period ledger.Period
	command := &cobra.Command{
		Use:   "list [--period 2024-06]",
		Short: "列出待判定的和已判定的 (what is open, and what was decided)",
		Args:  cobra.NoArgs,
		RunE: p.works(func(ctx context.Context, _ []string) error {
			return p.listCandidates(ctx, period)
		}),
	}
	periodFlag(command, &period, false)
	return command
}

func (p *program) decideOn(verdict ledger.Verdict, short string) *cobra.Command {
	var period ledger.Period
	var who, why string
	command := &cobra.Command{
		Use:     string(verdict) + " A B --who NAME --why REASON [--period 2024-06]",
		Short:   short,
		Example: fmt.Sprintf("  huizong decide %s 867fbb843081 98ae733e278e --who 张三 --why 已与两单位核对", verdict),
		Args:    cobra.ArbitraryArgs,
		RunE: func(command *cobra.Command, keys []string) error {
			who, why = strings.TrimSpace(who), strings.TrimSpace(why)
			switch {
			case len(keys) != 2:
				return fmt.Errorf(p.say("要写两个项目的键，写了%d个；键见 huizong decide list、decide find",
					"write the keys of two projects, not %d: see huizong decide list, decide find"), len(keys))
			case who == "" || why == "":
				return errors.New(p.say("请用 --who 写明谁判定、用 --why 写明理由", "say with --who who decides, and with --why for what reason"))
			}
			return p.works(func(ctx context.Context, keys []string) error {
				return p.decide(ctx, period, [2]string(keys), ledger.Decision{Verdict: verdict, Who: who, Why: why})
			})(command, keys)
		},
	}
	periodFlag(command, &period, false)
	command.Flags().StringVar(&who, "who", "", "who decides")
	command.Flags().StringVar(&why, "why", "", "for what reason")
	return command
}

func (p *program) decideUndo() *cobra.Command {
	return &cobra.Command{
		Use:   "undo N",
		Short: "撤销一项判定 (take a decision back: all is as it was before)",
		Args:  cobra.ArbitraryArgs,
		RunE: func(command *cobra.Command, args []string) error {
			number, err := strconv.Atoi(strings.Join(args, " "))
			if err != nil {
				return errors.New(p.say("请写一个判定的编号，编号见 huizong decide list", "write the number of a decision: see huizong decide list"))
			}
			return p.works(func(ctx context.Context, _ []string) error { return p.undo(ctx, number) })(command, args)
		},
	}
}

func (p *program) undo(ctx context.Context, number int) error {
	j, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer j.Close()
	switch err := j.Undo(ctx, number); {
	case errors.Is(err, job.ErrNoDecision):
		return fmt.Errorf(p.say("没有第%d号判定，或者已经撤销，见 huizong decide list", "there is no decision %d, or it is undone: see huizong decide list"), number)
	case err != nil:
		return err
	}
	p.printf(p.say("已撤销第%d号判定\n", "decision %d is undone\n"), number)
	p.tellEffect()
	return nil
}

// decide records what is decided of two rows that stand in the month.
func (p *program) decide(ctx context.Context, period ledger.Period, keys [2]string, d ledger.Decision) error {
	j, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer j.Close()
	d, isNew, err := j.Decide(ctx, period, keys, d)
	if err != nil {
		return p.undecided(err, period)
	}
	if !isNew {
		p.printf("%s\n", p.say("原已如此判定，没有变化", "it is decided so already; nothing changed"))
		return nil
	}
	p.printf("%s\n", p.decision(d))
	p.tellEffect()
	return nil
}

// tellEffect says what a decision changes, and when.
func (p *program) tellEffect() {
	p.printf("%s\n", p.say("重新执行 huizong run 后生效；已结账的月份不变", "it takes effect with the next huizong run; closed months stay as they are"))
}

// undecided says why nothing was decided, and what to do.
func (p *program) undecided(err error, period ledger.Period) error {
	if none := (*job.NoProject)(nil); errors.As(err, &none) {
		return fmt.Errorf(p.say("%s没有键为 %s 的项目，见 huizong decide list、decide find",
			"in %s no project has the key %s: see huizong decide list, decide find"), none.Period, none.Key)
	}
	if apart := (*job.TwoForms)(nil); errors.As(err, &apart) {
		return fmt.Errorf(p.say("%s在《%s》里，%s在《%s》里：只能判定属于同一种报表里的另一行", "%s is of %s, %s of %s: a part is of the same form as its whole"),
			apart.Names[0], apart.Forms[0].Title, apart.Names[1], apart.Forms[1].Title)
	}
	if against := (*job.Contradiction)(nil); errors.As(err, &against) {
		return p.contradiction(against)
	}
	if errors.Is(err, job.ErrOneRow) {
		return errors.New(p.say("两个键是同一行，请写两个项目的键", "both keys are of one row: write those of two projects"))
	}
	return p.explain(err, period)
}

// contradiction names the decisions that a new one does not go with.
func (p *program) contradiction(e *job.Contradiction) error {
	lines := []error{errors.New(p.say("与已有的判定矛盾，没有记录：", "it contradicts what was decided and was not recorded:"))}
	for _, d := range e.Others {
		lines = append(lines, errors.New("  "+p.decision(d)))
	}
	return errors.Join(append(lines, errors.New(p.say("请先撤销其中不对的（huizong decide undo 编号），或另作判定",
		"take back what is wrong of these first (huizong decide undo N), or decide otherwise")))...)
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

	Matter string       `json:"matter"`
	Other  string       `json:"other_form,omitempty"` // of B, where it is not A's
	Moves  ledger.Money `json:"moves_fen,omitempty"`  // by how much the published total may change
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

	State string `json:"state"`
	With  []int  `json:"with,omitempty"` // the decisions that overrule it, or that it contradicts
}

// month makes a month of what the database holds now; errors say what to do.
func (p *program) month(ctx context.Context, period ledger.Period) (*consolidate.Month, error) {
	j, err := p.open(ctx)
	if err != nil {
		return nil, err
	}
	defer j.Close()
	month, err := j.Month(ctx, period)
	if err != nil {
		return nil, p.explain(err, period)
	}
	return month, nil
}

func (p *program) listCandidates(ctx context.Context, period ledger.Period) error {
	j, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer j.Close()
	pairs, err := j.Pairs(ctx, period)
	if err != nil {
		return p.explain(err, period)
	}
	closed, err := j.Closed(ctx, pairs.Period)
	if err != nil {
		return err
	}
	open := []candidateReport{}
	for _, pair := range pairs.Open {
		open = append(open, p.candidate(pair))
	}
	if p.json {
		decided := []decisionReport{}
		for _, d := range pairs.Rulings {
			decided = append(decided, decisionReport{
				Number: d.Number, Verdict: d.Verdict, A: d.A.Key, B: d.B.Key, Who: d.Who, Why: d.Why,
				Names: []string{d.A.Name, d.B.Name}, Units: []string{d.A.Department, d.B.Department},
				State: string(d.State), With: d.With,
			})
		}
		return p.writeJSON(map[string]any{"period": pairs.Period.String(), "open": open, "decided": decided})
	}
	p.printf(p.say("%s 待判定%d对，已判定%d对\n", "%s: to decide on %d, decided %d\n"), pairs.Period, len(open), pairs.Decided)
	if closed {
		p.printf("%s\n", p.say("已结账：以下是结账时的判定，以后判定、撤销的只影响以后的月份",
			"it is closed: these are the decisions that it was closed with; what was decided or undone since concerns later months"))
	}
	for _, pair := range open {
		p.listCandidate(p.printf, pair)
	}
	for _, r := range pairs.Rulings {
		p.printf("%s\n", p.ruling(r.Decision, r.Says.In(p.lang)))
	}
	if len(open) > 0 {
		p.printf("%s\n", p.say("是同一项目的：huizong decide same 键 键 --who 谁判定 --why 理由；不是的：decide different；前一个是后一个的一部分的：decide part。也可以在《核对底稿》的“疑似重复与冲突”表里答复",
			"one project: huizong decide same KEY KEY --who NAME --why REASON; two: decide different; "+
				"the first a part of the second: decide part. Or answer on the sheet 疑似重复与冲突 of the workbook 核对底稿"))
	}
	return nil
}

// listCandidate lists a pair that nobody has decided on, with printf or tell.
func (p *program) listCandidate(list func(format string, args ...any), pair candidateReport) {
	list(p.say("%s %s  %s《%s》 可能性%d%%：%s\n", "%s %s  %s, %s, likely to %d%%: %s\n"),
		pair.A, pair.B, pair.Matter, p.formsOf(pair), pair.Score, strings.Join(pair.Why, p.say("，", ", ")))
	for i, name := range pair.Names {
		list(p.say("    %s（%s）\n", "    %s (%s)\n"), name, pair.Units[i])
	}
}

// candidate is a pair as it is listed.
func (p *program) candidate(pair job.Pair) candidateReport {
	return candidateReport{Form: pair.Form, Other: pair.Other, A: pair.Keys[0], B: pair.Keys[1], Names: pair.Names[:], Units: pair.Units[:],
		Score: pair.Score, Why: pair.Why[p.lang], Matter: pair.Matter.In(p.lang), Moves: pair.Moves}
}

// formsOf are the titles of the forms of a pair.
func (p *program) formsOf(pair candidateReport) string {
	title := func(id string) string { return p.say(form.ByID(id).Title, id) }
	if pair.Other == "" {
		return title(pair.Form)
	}
	return title(pair.Form) + p.say("》《", ", ") + title(pair.Other)
}

// ruling is a line of a decision, with what it comes to where it is not in force.
func (p *program) ruling(d ledger.Decision, says string) string {
	if says == "" {
		return p.decision(d)
	}
	return p.decision(d) + p.say("　"+says, " ("+says+")")
}

// decision is a line of a decision.
func (p *program) decision(d ledger.Decision) string {
	return fmt.Sprintf(p.say("第%d号 %s：%s（%s）｜%s（%s）  %s：%s", "no. %d %s: %s (%s) | %s (%s)  %s: %s"),
		d.Number, d.Verdict.In(p.lang), d.A.Name, d.A.Department, d.B.Name, d.B.Department, d.Who, d.Why)
}

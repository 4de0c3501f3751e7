package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"huizong/cmd/internal/job"
	"huizong/internal/ledger"
)

func (p *program) decideWeights() *cobra.Command {
	var period ledger.Period
	command := &cobra.Command{
		Use:   "weights [--period 2024-06]",
		Short: "各项依据的权重，以及最能校准权重的几对 (what each clue weighs, and which answers would teach most)",
		Args:  cobra.NoArgs,
		RunE: p.works(func(ctx context.Context, _ []string) error {
			return p.weights(ctx, period)
		}),
	}
	periodFlag(command, &period, false)
	return command
}

// A weightReport is a clue of `decide weights --json`. Weights are in bits: the binary logarithm of how
// much oftener the clue is found among pairs that are one project than among pairs that are two.
type weightReport struct {
	Clue    string  `json:"clue"`
	Weight  float64 `json:"weight"`
	BuiltIn float64 `json:"built_in"`
}

// weights lists what clues weigh after what was decided, and the open pairs that teach most.
func (p *program) weights(ctx context.Context, period ledger.Period) error {
	month, err := p.month(ctx, period)
	if err != nil {
		return err
	}
	learnt := month.Learnt()
	all := []weightReport{}
	for _, w := range learnt.Weights {
		all = append(all, weightReport{w.Kind.In(p.lang), float64(w.Bits) / 10, float64(w.BuiltIn) / 10})
	}
	ask := []candidateReport{}
	for _, c := range learnt.Ask {
		ask = append(ask, p.candidate(job.PairOf(c)))
	}
	if p.json {
		return p.writeJSON(map[string]any{"period": month.Period.String(), "same": learnt.One, "different": learnt.Two, "weights": all, "ask": ask})
	}
	p.printf(p.say("%s 按判定调整的权重：用了同一%d对、不同%d对（正数支持同一，负数反对；括号内为未判定时的权重）\n",
		"%s: weights fitted to %d pairs decided the same and %d decided different (above 0 for one project, below against; in brackets what is built in)\n"),
		month.Period, learnt.One, learnt.Two)
	for _, w := range all {
		p.printf("%+5.1f (%+5.1f)  %s\n", w.Weight, w.BuiltIn, w.Clue)
	}
	if len(ask) > 0 {
		p.printf("%s\n", p.say("最拿不准的几对，判定它们最能校准权重：", "the least certain pairs, which teach most:"))
	}
	for _, pair := range ask {
		p.printf(p.say("%s %s  可能性%d%%：%s\n", "%s %s  likely to %d%%: %s\n"), pair.A, pair.B, pair.Score, strings.Join(pair.Names, p.say("｜", " | ")))
	}
	return nil
}

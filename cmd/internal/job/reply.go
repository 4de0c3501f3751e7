package job

import (
	"context"
	"fmt"
	"slices"

	"huizong/consolidate"
	"huizong/consolidate/store"
	"huizong/importer"
	"huizong/internal/ledger"
)

// Answers are what became of the answers of an inbox.
type Answers struct {
	Recorded []ledger.Decision
	Refused  []ledger.Finding // why the others were not taken, at their cells
}

// answer records the answers of replies that hold beside what was decided; month is what it is
// without them. A reply that was taken before says nothing new, undone or not. Of two that answer
// otherwise on one pair neither is taken; the rest is heard in its order.
func (j *Job) answer(ctx context.Context, lock *store.Lock, month *consolidate.Month, replies []importer.Reply) (Answers, error) {
	if len(replies) == 0 {
		return Answers{}, nil
	}
	log, err := j.db.DecisionLog(ctx, j.county.Region)
	if err != nil {
		return Answers{}, err
	}
	h := hearing{month: month, log: log}
	replies = slices.DeleteFunc(slices.Clone(replies), func(r importer.Reply) bool { return log.Took(r.Decision) })
	h.hear(h.news(h.agreed(h.known(replies))))
	recorded, err := lock.Decide(ctx, h.taken)
	return Answers{recorded, h.refused}, err
}

// A hearing goes through the answers of an inbox.
type hearing struct {
	month   *consolidate.Month
	log     *store.DecisionLog
	taken   []ledger.Decision
	refused []ledger.Finding
}

// known refuses answers on rows that nobody knows, and such as no two rows can be given.
func (h *hearing) known(replies []importer.Reply) []importer.Reply {
	if len(replies) == 0 {
		return nil
	}
	places := h.month.Places()
	return slices.DeleteFunc(replies, func(r importer.Reply) bool {
		var code *ledger.Code
		switch {
		case !places.Bears(r.A.Key) || !places.Bears(r.B.Key):
			code = importer.ReplyUnknown
		case r.Verdict == ledger.Part && places.Form(r.A.Key) != places.Form(r.B.Key):
			code = importer.ReplyTwoForms
		default:
			return false
		}
		h.refused = append(h.refused, r.Finding(code, ""))
		return true
	})
}

// agreed refuses all answers on a pair that has several.
func (h *hearing) agreed(replies []importer.Reply) []importer.Reply {
	onPair, said := map[[2]string][]importer.Reply{}, map[ledger.Saying]bool{} // the first that says it
	for _, r := range replies {
		if !said[r.Saying()] {
			said[r.Saying()] = true
			onPair[r.Pair()] = append(onPair[r.Pair()], r)
		}
	}
	return slices.DeleteFunc(replies, func(r importer.Reply) bool {
		for _, other := range onPair[r.Pair()] {
			if other.Saying() != r.Saying() {
				expected := fmt.Sprintf("与%s %s!%s的“%s”一致", other.File, other.Sheet, other.Cell, other.Answer)
				h.refused = append(h.refused, r.Finding(importer.ReplyTwice, expected))
				return true
			}
		}
		return false
	})
}

// news leaves out what holds already, and what is said again.
func (h *hearing) news(replies []importer.Reply) []importer.Reply {
	said := map[ledger.Saying]bool{}
	return slices.DeleteFunc(replies, func(r importer.Reply) bool {
		old := said[r.Saying()] || h.log.Holds(r.Decision)
		said[r.Saying()] = true
		return old
	})
}

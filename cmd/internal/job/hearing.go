package job

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"huizong/consolidate"
	"huizong/consolidate/identity"
	"huizong/importer"
	"huizong/internal/ledger"
)

// hear takes, in their order, the answers that hold beside what was decided and those taken before. A month is
// made for each trial, so that answers on rows that have nothing to do with one another are tried at once; where
// it turns out that they have, all are heard as if they had.
func (h *hearing) hear(replies []importer.Reply) {
	if len(replies) == 0 {
		return
	}
	for i := range replies {
		replies[i].Number = h.log.Next() + i // as long as all are taken
	}
	near := h.near(replies)
	circles := h.circles(near, replies)
	if circles == nil {
		for _, d := range h.decisions(replies) {
			near.Join(replies[0].A.Key, d.A.Key)
		}
		circles = h.circles(near, replies)
	}
	var taken []importer.Reply
	var refused []refusal
	for _, c := range circles {
		taken, refused = append(taken, c.taken...), append(refused, c.refused...)
	}
	slices.SortFunc(taken, byNumber)
	slices.SortFunc(refused, func(a, b refusal) int { return byNumber(a.Reply, b.Reply) })
	number := map[int]int{} // by that in the trials
	for i, r := range taken {
		number[r.Number] = h.log.Next() + i
		r.Number = number[r.Number]
		h.taken = append(h.taken, r.Decision)
	}
	for _, r := range refused {
		for i := range r.others {
			r.others[i].Number = cmp.Or(number[r.others[i].Number], r.others[i].Number)
		}
		h.refused = append(h.refused, r.Finding(importer.ReplyContradicts, agreement(r.others)))
	}
}

func byNumber(a, b importer.Reply) int { return cmp.Compare(a.Number, b.Number) }

// decisions are those of the month and those of answers, by number.
func (h *hearing) decisions(replies []importer.Reply) []ledger.Decision {
	var all []ledger.Decision
	for _, r := range h.month.Rulings {
		all = append(all, r.Decision)
	}
	for _, r := range replies {
		all = append(all, r.Decision)
	}
	return all
}

// near brings together the keys of rows that are one or that anything was decided on, and so may be part of one contradiction.
func (h *hearing) near(replies []importer.Reply) *identity.Groups[string] {
	near := identity.NewGroups(func(a, b string) bool { return false })
	for _, projects := range h.month.Register.Projects {
		for _, project := range projects {
			rows := project.Rows()
			for _, row := range rows {
				near.Join(h.month.Register.Key(rows[0]), h.month.Register.Key(row))
			}
		}
	}
	for _, d := range h.decisions(replies) {
		near.Join(d.A.Key, d.B.Key)
	}
	return near
}

// A circle is of answers that may contradict one another.
type circle struct {
	open    [][]importer.Reply // still to be tried, the next first
	taken   []importer.Reply
	refused []refusal
}

// A refusal is of an answer that does not hold beside others.
type refusal struct {
	importer.Reply
	others []ledger.Decision
}

// circles hears answers by circles of near keys, in rounds; nil if it turns out that a circle depends on another.
// In the last round all that was taken holds as a whole.
func (h *hearing) circles(near *identity.Groups[string], replies []importer.Reply) map[string]*circle {
	circles := map[string]*circle{} // by the first of their keys
	for _, r := range replies {
		first := near.First(r.A.Key)
		if circles[first] == nil {
			circles[first] = &circle{open: [][]importer.Reply{nil}}
		}
		circles[first].open[0] = append(circles[first].open[0], r)
	}
	for settled := false; !settled; {
		var tried []importer.Reply
		for _, c := range circles {
			tried = slices.Concat(tried, c.taken, c.next())
		}
		slices.SortFunc(tried, byNumber)
		upset, independent := h.upset(near, tried)
		if !independent {
			return nil
		}
		settled = len(upset) == 0
		for first, c := range circles {
			if len(c.open) > 0 {
				c.hear(upset[first])
			} else if upset[first] != nil {
				return nil
			}
			settled = settled && len(c.open) == 0
		}
	}
	return circles
}

// next are the answers that are to be tried now.
func (c *circle) next() []importer.Reply {
	if len(c.open) == 0 {
		return nil
	}
	return c.open[0]
}

// hear takes what was tried if nothing is upset by it, and else goes on half by half down to the answers that fail.
func (c *circle) hear(upset []ledger.Decision) {
	next := c.open[0]
	c.open = c.open[1:]
	switch half := len(next) / 2; {
	case upset == nil:
		c.taken = append(c.taken, next...)
	case half == 0:
		others := slices.DeleteFunc(upset, func(d ledger.Decision) bool { return d.Number == next[0].Number })
		c.refused = append(c.refused, refusal{next[0], others})
	default:
		c.open = slices.Insert(c.open, 0, next[:half], next[half:])
	}
}

// upset are the decisions that do not hold beside one another with those of answers, by the first of their near keys; they are not
// independent if such as are not near have to do with one another.
func (h *hearing) upset(near *identity.Groups[string], tried []importer.Reply) (upset map[string][]ledger.Decision, independent bool) {
	more, first := make([]ledger.Decision, len(tried)), map[int]string{}
	for i, r := range tried {
		more[i] = r.Decision
	}
	all := h.decisions(tried)
	for _, d := range all {
		first[d.Number] = near.First(d.A.Key)
	}
	against := map[int]bool{}
	for _, r := range h.month.Upset(more...) {
		for _, number := range append(r.With, r.Number) {
			against[number] = true
			if first[number] != first[r.Number] {
				return nil, false
			}
		}
	}
	upset = map[string][]ledger.Decision{}
	for _, d := range all {
		if against[d.Number] {
			upset[first[d.Number]] = append(upset[first[d.Number]], d)
		}
	}
	return upset, true
}

// agreement says with which decisions an answer would have to agree.
func agreement(others []ledger.Decision) string {
	words := make([]string, len(others))
	for i, d := range others {
		words[i] = fmt.Sprintf("%s（%s）", consolidate.Numbers([]int{d.Number}, ledger.Chinese), d.Verdict.In(ledger.Chinese))
	}
	return "与" + strings.Join(words, "、") + "不矛盾"
}

package identity

import (
	"cmp"
	"slices"
	"strconv"

	"huizong/internal/ledger"
)

// Counted limits of the search, which keep it from growing with the square of the rows. A project is
// held against all that have its words, and all but a digit of its code; beyond them against those
// that share two neighbouring characters of its name, the rarest first, until it has been held against
// MostNear. What more than MostOfBlock projects share leads nowhere by itself, but together with
// a second thing: the total, the place, the owner, the next rarest characters. So it is with the
// words themselves where more than mostOfWords projects have the same; what more than so many share
// together with a second thing, or as a code, is passed over.
const (
	MostNear    = 64
	MostOfBlock = 48
	mostOfWords = 64
)

// Blocks lead from a project to those that it is worth comparing with.
type Blocks struct {
	profiles []*Profile
	grams    map[uint32]int32 // how many names have it
	words    map[lead]int32   // how many projects have them
	blocks   map[lead][]int32 // projects by what leads to them
	turn     int              // how often somebody asked
	seen     []int            // by project: the last turn in which it was near
}

// A lead is a hash of what several projects may share (FNV-1a).
type lead uint64

func (l lead) with(text string) lead {
	for i := range len(text) {
		l = (l ^ lead(text[i])) * prime
	}
	return l
}

func (l lead) withGram(pair uint32) lead { return (l ^ lead(pair)) * prime }

const prime = 1099511628211

// What leads begin with, so that those of two kinds never meet.
const (
	byWords lead = 14695981039346656037 + iota
	byCode
	byGram
)

// NewBlocks lays profiles out for the search; their order is that of Near.
func NewBlocks(profiles []*Profile) *Blocks {
	b := &Blocks{profiles: profiles, grams: map[uint32]int32{}, words: map[lead]int32{}, blocks: map[lead][]int32{}, seen: make([]int, len(profiles))}
	for _, p := range profiles {
		b.words[byWords.with(p.words)]++
		for _, g := range p.grams {
			b.grams[g.pair]++
		}
	}
	for i, p := range profiles {
		b.put(i, b.certain(p), mostOfWords)
		b.put(i, b.leads(p), MostOfBlock)
	}
	return b
}

// put adds a project to the blocks of its leads; one too many is enough to tell that there are too many.
func (b *Blocks) put(i int, leads []lead, most int) {
	for _, l := range leads {
		if len(b.blocks[l]) <= most {
			b.blocks[l] = append(b.blocks[l], int32(i))
		}
	}
}

// certain are the leads to those that a project is always held against.
func (b *Blocks) certain(p *Profile) []lead {
	words := byWords.with(p.words)
	leads := []lead{words}
	if b.words[words] > mostOfWords {
		leads = narrowed(p, words)
	}
	for _, slip := range slips(p.code) {
		leads = append(leads, byCode.with(slip))
	}
	return leads
}

// leads are the leads by characters of the name, those of the rarest characters first.
func (b *Blocks) leads(p *Profile) []lead {
	rarest := slices.Clone(p.grams)
	slices.SortStableFunc(rarest, func(x, y gram) int { return cmp.Compare(b.grams[x.pair], b.grams[y.pair]) })
	var leads []lead
	for i, g := range rarest {
		l := byGram.withGram(g.pair)
		switch n := b.grams[g.pair]; {
		case n < 2:
		case n <= MostOfBlock:
			leads = append(leads, l)
		default:
			leads = append(leads, narrowed(p, l)...)
			if i+1 < len(rarest) {
				leads = append(leads, l.withGram(rarest[i+1].pair))
			}
		}
	}
	return leads
}

// narrowed is a lead together with each second thing that a project is known by.
func narrowed(p *Profile, l lead) []lead {
	var leads []lead
	if p.total.Valid {
		leads = append(leads, l.with("t"+strconv.FormatInt(int64(p.total.V), 36)))
	}
	for _, places := range [][]string{p.Parts().Villages, p.Parts().Towns, {p.Place.Text}, {p.Owner}} {
		for _, place := range places {
			if place != "" {
				leads = append(leads, l.with("p"+place))
			}
		}
	}
	return leads
}

// slips are what is left of a code if one of its last digits, or any before them, is wrong.
func slips(code ledger.ProjectCode) []string {
	if len(code) < 20 {
		return nil
	}
	last := len(code) - 6
	keys := []string{string(code[last:])}
	for i := last; i < len(code); i++ {
		keys = append(keys, string(code[:i])+"?"+string(code[i+1:]))
	}
	for i := last; i+1 < len(code); i++ {
		keys = append(keys, string(code[:i])+"??"+string(code[i+2:]))
	}
	return keys
}

// Near are the later projects that it is worth comparing the i-th with, ascending.
func (b *Blocks) Near(i int) []int {
	var near []int
	b.turn++
	add := func(block []int32, most int) {
		if len(block) > most {
			return
		}
		from, _ := slices.BinarySearch(block, int32(i+1))
		for _, j := range block[from:] {
			if b.seen[j] != b.turn {
				b.seen[j] = b.turn
				near = append(near, int(j))
			}
		}
	}
	for _, l := range b.certain(b.profiles[i]) {
		add(b.blocks[l], mostOfWords)
	}
	for most, leads := len(near)+MostNear, b.leads(b.profiles[i]); len(leads) > 0 && len(near) < most; leads = leads[1:] {
		add(b.blocks[leads[0]], MostOfBlock)
	}
	slices.Sort(near)
	return near
}

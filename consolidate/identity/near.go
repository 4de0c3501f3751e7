package identity

import (
	"cmp"
	"slices"
	"strconv"
	"sync"

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

// Blocks lead from a project to those that it is worth comparing with. What leads to the same is a block: the
// projects that have it in common. Several goroutines may ask at once.
type Blocks struct {
	grams   map[uint32]int32 // how many names have it
	words   map[lead]int32   // how many projects have them
	members []int32          // projects, block by block, those of each ascending
	begins  []int32          // of each block among the members, and the end of the last
	own     []int32          // the blocks of each project, project by project, in the order of its leads
	of      []ofProject      // of each project
	seen    sync.Pool        // of *turns
}

// An ofProject is where the blocks of a project begin among those of all, and how many of them a project is always
// held against.
type ofProject struct {
	from    int32
	certain int32
}

// turns are by project the last turn in which it was near.
type turns struct {
	turn int
	last []int
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
	byTotal
	byPlace
)

// NewBlocks lays profiles out for the search; their order is that of Near.
func NewBlocks(profiles []*Profile) *Blocks {
	b := &Blocks{grams: map[uint32]int32{}, words: map[lead]int32{}}
	b.seen.New = func() any { return &turns{last: make([]int, len(profiles))} }
	for _, p := range profiles {
		b.words[byWords.with(p.words)]++
		for _, g := range p.grams {
			b.grams[g.pair]++
		}
	}
	var all []led
	var leads []lead
	for i, p := range profiles {
		leads = b.certain(leads[:0], p)
		b.of = append(b.of, ofProject{int32(len(all)), int32(len(leads))})
		leads = b.byName(leads, p)
		for _, l := range leads {
			all = append(all, led{l, int32(i), int32(len(all))})
		}
		if i+1 == len(profiles)/8 { // room for about all of them, which would be copied again and again as they grow
			all = slices.Grow(all, 8*len(all))
		}
	}
	b.of = append(b.of, ofProject{from: int32(len(all))})
	b.lay(all)
	return b
}

// A led is a project with one of its leads, and the lead's place among those of all projects.
type led struct {
	lead        lead
	project, at int32
}

// lay makes blocks of what has the same lead.
func (b *Blocks) lay(all []led) {
	slices.SortFunc(all, func(x, y led) int {
		if x.lead != y.lead {
			return cmp.Compare(x.lead, y.lead)
		}
		return int(x.at - y.at)
	})
	b.members, b.own = make([]int32, len(all)), make([]int32, len(all))
	for n, l := range all {
		if n == 0 || l.lead != all[n-1].lead {
			b.begins = append(b.begins, int32(n))
		}
		b.members[n], b.own[l.at] = l.project, int32(len(b.begins)-1)
	}
	b.begins = append(b.begins, int32(len(all)))
}

// certain appends the leads to those that a project is always held against.
func (b *Blocks) certain(leads []lead, p *Profile) []lead {
	if words := byWords.with(p.words); b.words[words] > mostOfWords {
		leads = narrowed(leads, words, p.seconds())
	} else {
		leads = append(leads, words)
	}
	for _, slip := range slips(p.code) {
		leads = append(leads, byCode.with(slip))
	}
	return leads
}

// byName appends the leads by characters of the name, those of the rarest characters first.
func (b *Blocks) byName(leads []lead, p *Profile) []lead {
	type counted struct {
		pair uint32
		n    int32
	}
	rarest := make([]counted, len(p.grams))
	for i, g := range p.grams {
		rarest[i] = counted{g.pair, b.grams[g.pair]}
	}
	slices.SortStableFunc(rarest, func(x, y counted) int { return cmp.Compare(x.n, y.n) })
	var seconds []lead
	for i, g := range rarest {
		switch l := byGram.withGram(g.pair); {
		case g.n < 2:
		case g.n <= MostOfBlock:
			leads = append(leads, l)
		default:
			if seconds == nil {
				seconds = p.seconds()
			}
			leads = narrowed(leads, l, seconds)
			if i+1 < len(rarest) {
				leads = append(leads, l.withGram(rarest[i+1].pair))
			}
		}
	}
	return leads
}

// seconds are the second things that a project is known by.
func (x *Profile) seconds() []lead {
	var all []lead
	if x.total.Valid {
		all = append(all, byTotal.with(strconv.FormatInt(int64(x.total.V), 36)))
	}
	for _, places := range [][]string{x.Parts().Villages, x.Parts().Towns, {x.Place.Text}, {x.Owner}} {
		for _, place := range places {
			if place != "" {
				all = append(all, byPlace.with(place))
			}
		}
	}
	return all
}

// narrowed appends a lead together with each second thing.
func narrowed(leads []lead, l lead, seconds []lead) []lead {
	for _, second := range seconds {
		leads = append(leads, (l^second)*prime)
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
	seen := b.seen.Get().(*turns)
	defer b.seen.Put(seen)
	seen.turn++
	add := func(block int32, most int) {
		members := b.members[b.begins[block]:b.begins[block+1]]
		if len(members) > most {
			return
		}
		from, _ := slices.BinarySearch(members, int32(i+1))
		for _, j := range members[from:] {
			if seen.last[j] != seen.turn {
				seen.last[j] = seen.turn
				near = append(near, int(j))
			}
		}
	}
	own := b.own[b.of[i].from:b.of[i+1].from]
	for _, block := range own[:b.of[i].certain] {
		add(block, mostOfWords)
	}
	own = own[b.of[i].certain:]
	for most := len(near) + MostNear; len(own) > 0 && len(near) < most; own = own[1:] {
		add(own[0], MostOfBlock)
	}
	slices.Sort(near)
	return near
}

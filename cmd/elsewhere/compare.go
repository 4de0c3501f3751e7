package main

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// What becomes of a trait.
const (
	lost    = "lost"
	changed = "changed"
	more    = "more"
	refused = "refused"
)

// A Key is one line of the page: what becomes of a trait in a program.
type Key struct {
	Program, Act, Trait string
	What                string // lost, changed, more or refused; blank where all is the same
}

// A Comparison is what became of all files in all programs.
type Comparison struct {
	Counts   map[Key]map[string]int // of places, by kind
	Examples map[Key]string         // the first
}

func newComparison() *Comparison {
	return &Comparison{Counts: map[Key]map[string]int{}, Examples: map[Key]string{}}
}

// add compares traits of a file with what a program makes of them: those that are named, or all.
func (c *Comparison) add(program, act string, f file, ours, theirs Traits, traits ...string) {
	if len(traits) == 0 {
		traits = slices.Collect(maps.Keys(ours))
	}
	for _, trait := range traits {
		same, gone, other := 0, Key{program, act, trait, lost}, Key{program, act, trait, changed}
		for _, place := range slices.Sorted(maps.Keys(ours[trait])) {
			our, their := ours[trait][place], theirs[trait][place]
			switch {
			case their == "":
				c.count(gone, f.kind, 1, f.name+place+": "+part([]rune(our), 0, 24))
			case !alike(trait, our, their):
				c.count(other, f.kind, 1, f.name+place+": "+apart(our, their))
			default:
				same++
			}
		}
		c.count(Key{program, act, trait, ""}, f.kind, same, "")
		for _, place := range slices.Sorted(maps.Keys(theirs[trait])) {
			if ours[trait][place] == "" && counted(trait) {
				c.count(Key{program, act, trait, more}, f.kind, 1, f.name+place+": "+part([]rune(theirs[trait][place]), 0, 24))
			}
		}
	}
}

// counted reports whether more of a trait than we wrote is worth a line: what a program adds to cells that say nothing is not.
func counted(trait string) bool {
	return slices.Contains([]string{sheets, values, results, merged, names, hiddenSheets, hiddenRows, hiddenColumns, protected,
		conditional, validations}, trait)
}

func (c *Comparison) count(key Key, kind string, n int, example string) {
	if c.Counts[key] == nil {
		c.Counts[key] = map[string]int{}
		c.Examples[key] = example
	}
	c.Counts[key][kind] += n
}

// apart says how two texts differ, where both are long from a little before.
func apart(ours, theirs string) string {
	const before, most = 6, 24
	a, b := []rune(ours), []rune(theirs)
	start := 0
	for start < len(a) && start < len(b) && a[start] == b[start] {
		start++
	}
	start = max(0, start-before)
	return part(a, start, most) + " → " + part(b, start, most)
}

// part is a piece of a text, with signs where there is more of it.
func part(text []rune, start, most int) string {
	if len(text) <= most {
		return string(text)
	}
	piece := string(text[start:min(len(text), start+most)])
	if start > 0 {
		piece = "…" + piece
	}
	if start+most < len(text) {
		piece += "…"
	}
	return piece
}

// keys are those of a program and an act, by trait and what became of it.
func (c *Comparison) keys(program, act string) []Key {
	var all []Key
	for key := range c.Counts {
		if key.Program == program && key.Act == act {
			all = append(all, key)
		}
	}
	slices.SortFunc(all, func(a, b Key) int {
		return cmp.Or(strings.Compare(a.Trait, b.Trait), strings.Compare(a.What, b.What))
	})
	return all
}

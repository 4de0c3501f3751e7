package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// helper goes into each package: it says which mutant is wanted, and chooses outside functions.
const helper = `package %s

import (
	"os"
	"strconv"
)

var mutant__, _ = strconv.Atoi(os.Getenv("MUTANT"))

func pick__[T any](mutant int, was, instead T) T {
	if mutant__ == mutant {
		return instead
	}
	return was
}
`

// Lines are those in which a mutant stands in a file that was written.
type lines struct {
	file   string // without its folder
	own    span   // what stands there instead
	choice span   // with what it stands for
}

// A writer writes a file in which all its mutants are, each by its number.
type writer struct {
	name    string
	source  string
	numbers map[*mutant]int
	places  map[*mutant]lines
	out     strings.Builder
	line    int
}

func (w *writer) write(text string) {
	w.out.WriteString(text)
	w.line += strings.Count(text, "\n")
}

// placed says that a mutant stands from a line to this one, in a choice that began before.
func (w *writer) placed(m *mutant, choice, from int) {
	w.places[m] = lines{w.name, span{from, w.line}, span{choice, w.line}}
}

// part writes a part of the file, with the mutants that are in it.
func (w *writer) part(part span, all []*mutant) {
	at := part.start
	for len(all) > 0 {
		first := slices.MinFunc(all, func(a, b *mutant) int { return compare(a.place(), b.place()) })
		place := first.place()
		here, within := []*mutant{}, []*mutant{}
		all = slices.DeleteFunc(slices.Clone(all), func(m *mutant) bool {
			switch {
			case m.place() == place:
				here = append(here, m)
			case m.place().start < place.end:
				within = append(within, m)
			default:
				return false
			}
			return true
		})
		w.write(w.source[at:place.start])
		if first.body != nil {
			w.bodies(here)
			w.part(place, nil)
		} else {
			w.picks(place, here, within)
		}
		at = place.end
	}
	w.write(w.source[at:part.end])
}

// place is what a mutant stands in for: the body of its function, or else the expression.
func (m *mutant) place() span {
	if m.body != nil {
		return m.body.span
	}
	return m.whole
}

// compare orders what begins first first, then what is longer.
func compare(a, b span) int {
	if a.start != b.start {
		return a.start - b.start
	}
	return b.end - a.end
}

// bodies writes the body of a function once for each of its mutants, each a function within it.
func (w *writer) bodies(here []*mutant) {
	w.write("\nswitch mutant__ {\n")
	for _, m := range here {
		from := w.line
		instead := "func() " + m.body.results + " {" + w.source[m.body.start:m.change.start] + m.to + w.source[m.change.end:m.body.end] + "}()"
		if m.body.results == "" {
			instead += "\nreturn"
		} else {
			instead = "return " + instead
		}
		w.write(fmt.Sprintf("case %d:\n%s\n", w.numbers[m], instead))
		w.placed(m, from, from)
	}
	w.write("}\n")
}

// picks writes an expression outside functions as a choice between it and its mutants.
func (w *writer) picks(place span, here, within []*mutant) {
	if len(here) == 0 {
		w.part(place, within)
		return
	}
	m, began := here[0], w.line
	w.write(fmt.Sprintf("pick__(%d, ", w.numbers[m]))
	w.picks(place, here[1:], within)
	w.write(",\n")
	from := w.line
	w.write(w.source[place.start:m.change.start] + m.to + w.source[m.change.end:place.end])
	w.placed(m, began, from)
	w.write(",\n)")
}

// mistake is where the compiler found one.
var mistake = regexp.MustCompile(`(?m)^(.+\.go):(\d+):`)

// build writes all mutants of the group into its files and has them compiled; those that do not
// compile are taken out until the rest does. overlay is a file for go's -overlay.
func (g *group) build(all []*mutant) (kept []*mutant, overlay string, err error) {
	overlay = filepath.Join(g.work, "overlay.json")
	arguments := []string{"build", "-gcflags=-e", "-overlay", overlay}
	for _, p := range g.packages {
		arguments = append(arguments, "./"+p.folder)
	}
	for {
		places, err := g.write(all, overlay)
		if err != nil {
			return nil, "", err
		}
		said, err := exec.Command("go", arguments...).CombinedOutput()
		if err == nil {
			return all, overlay, nil
		}
		wrong := mistaken(string(said), places, func(l lines) span { return l.own })
		if len(wrong) == 0 { // what stands there instead is right, but may not be chosen there
			wrong = mistaken(string(said), places, func(l lines) span { return l.choice })
		}
		if len(wrong) == 0 {
			return nil, "", fmt.Errorf("%w: %s", err, said)
		}
		all = slices.DeleteFunc(slices.Clone(all), func(m *mutant) bool { return wrong[m] })
	}
}

// mistaken are the mutants in whose lines the compiler found mistakes, the innermost of several.
func mistaken(said string, places map[*mutant]lines, of func(lines) span) map[*mutant]bool {
	wrong := map[*mutant]bool{}
	for _, found := range mistake.FindAllStringSubmatch(said, -1) {
		line, _ := strconv.Atoi(found[2])
		var innermost *mutant
		least := span{0, math.MaxInt}
		for m, l := range places {
			if at := of(l); l.file == filepath.Base(found[1]) && at.start <= line && line <= at.end && at.end-at.start < least.end-least.start {
				innermost, least = m, at
			}
		}
		if innermost != nil {
			wrong[innermost] = true
		}
	}
	return wrong
}

// write writes the files that mutants are in, and the overlay that says which each replaces.
func (g *group) write(all []*mutant, overlay string) (places map[*mutant]lines, err error) {
	places = map[*mutant]lines{}
	numbers, files := map[*mutant]int{}, map[string][]*mutant{}
	for i, m := range all {
		numbers[m] = i + 1
		files[m.file] = append(files[m.file], m)
	}
	replace := map[string]string{}
	put := func(path, name, text string) error {
		full, err := filepath.Abs(path)
		if err != nil {
			return err
		}
		replace[full] = filepath.Join(g.work, name)
		return os.WriteFile(replace[full], []byte(text), 0o600)
	}
	for file, here := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		w := writer{name: fmt.Sprint(len(replace), ".go"), source: string(source), numbers: numbers, places: places, line: 1}
		w.part(span{0, len(source)}, here)
		if err := put(file, w.name, w.out.String()); err != nil {
			return nil, err
		}
	}
	for _, p := range g.packages {
		if err := put(filepath.Join(p.folder, "mutate__.go"), fmt.Sprint(len(replace), ".go"), fmt.Sprintf(helper, p.Name)); err != nil {
			return nil, err
		}
	}
	list, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return nil, err
	}
	return places, os.WriteFile(overlay, list, 0o600)
}

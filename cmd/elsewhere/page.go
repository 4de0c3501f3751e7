package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

const head = `# What other programs make of our files

    make elsewhere

has the program make the sample month of June 2024 and the templates of July, and has the programs below open every workbook and
document of it, and of receipts and templates one of each set of sheets, calculate them where they can, and save them again. What they
find, and what we find in what they saved, is compared with what we wrote, place by place. Numbers are the same to nine digits, widths
and heights to a tenth; what a cell shows is what its number format says. A file is calculated without the stored results of its
formulas. Where no result is stored, as in templates, LibreOffice's holds. Fonts that are there stand in for those of Windows.

Each line of a table is a difference: in which kinds of files, at how many places of how many, and the first of them. The command
fails where a line comes up that is not here, and where one is gone; ` + "`go run ./cmd/elsewhere -update`" + ` writes the page
anew. It takes five minutes of processor time, and is no part of CI. WPS and Excel are not among the programs: they cannot be
installed by name.
`

// page is the whole page.
func (s *sitting) page() string {
	var b strings.Builder
	b.WriteString(head)
	s.list(&b)
	for _, p := range programs {
		s.section(&b, p.name)
	}
	return b.String()
}

// list tells what there is of each kind.
func (s *sitting) list(b *strings.Builder) {
	b.WriteString("\n| kind | files | sheets | values | formulas | paragraphs |\n|---|---|---|---|---|---|\n")
	for _, kind := range kinds {
		files, of := 0, map[string]int{}
		for _, f := range slices.Concat(s.workbooks, s.documents) {
			if f.kind != kind {
				continue
			}
			files++
			for trait, places := range s.ours[f.path] {
				of[trait] += len(places)
			}
		}
		fmt.Fprintf(b, "| %s | %d | %d | %d | %d | %d |\n", kind, files, of[sheets], of[values], of[formulas], of[paragraphs])
	}
}

// section tells of one program what is the same, and lists what is not.
func (s *sitting) section(b *strings.Builder, name string) {
	fmt.Fprintf(b, "\n## %s %s\n", name, s.versions[name])
	var lines []string
	for _, act := range []string{reads, calculates, saves} {
		same, differs := s.told(name, act)
		if len(same) > 0 {
			fmt.Fprintf(b, "\nIt %s, the same: %s.\n", act, strings.Join(same, ", "))
		}
		lines = append(lines, differs...)
	}
	if len(lines) == 0 {
		b.WriteString("\nNothing differs.\n")
		return
	}
	fmt.Fprintf(b, "\n| what becomes of it | %s | first | in words |\n|---%s|---|---|\n", strings.Join(kinds, " | "), strings.Repeat("|---", len(kinds)))
	for _, line := range lines {
		b.WriteString(line + "\n")
	}
}

// told are the traits that are the same in all files, with how many places they have, and a line for each difference.
func (s *sitting) told(name, act string) (same, lines []string) {
	keys := s.keys(name, act)
	of := map[string]map[string]int{} // places of ours, by trait and kind
	for _, key := range keys {
		if of[key.Trait] == nil {
			of[key.Trait] = map[string]int{}
		}
		for kind, n := range s.Counts[key] {
			if key.What != more {
				of[key.Trait][kind] += n
			}
		}
	}
	for _, key := range keys {
		if key.What != "" {
			lines = append(lines, s.line(key, of[key.Trait]))
			continue
		}
		whole := 0
		for n := range maps.Values(of[key.Trait]) {
			whole += n
		}
		alone := !slices.ContainsFunc(keys, func(other Key) bool { return other.Trait == key.Trait && other.What != "" })
		if alone && whole > 0 {
			same = append(same, fmt.Sprintf("%s (%d)", key.Trait, whole))
		}
	}
	return same, lines
}

// line is a difference, as a row of the page.
func (s *sitting) line(key Key, of map[string]int) string {
	cells := []string{key.Act + ": " + key.Trait + " " + key.What}
	for _, kind := range kinds {
		switch n := s.Counts[key][kind]; {
		case n == 0:
			cells = append(cells, "")
		case key.What == more || key.Trait == opened:
			cells = append(cells, fmt.Sprint(n))
		default:
			cells = append(cells, fmt.Sprintf("%d of %d", n, of[kind]))
		}
	}
	cells = append(cells, clean(s.Examples[key]), inWords(key))
	return "| " + strings.Join(cells, " | ") + " |"
}

// clean is a text as a cell of a table.
func clean(text string) string {
	return strings.NewReplacer("\n", "⏎", "|", "\\|", "<", "&lt;").Replace(text)
}

// differences are the lines of a page that are differences, each under the name of its program.
func differences(page string) []string {
	var all []string
	program := ""
	for line := range strings.Lines(page) {
		line = strings.TrimSpace(line)
		if name, is := strings.CutPrefix(line, "## "); is {
			program, _, _ = strings.Cut(name, " ")
		}
		for _, act := range []string{reads, calculates, saves} {
			if strings.HasPrefix(line, "| "+act+": ") {
				all = append(all, program+" "+line)
			}
		}
	}
	return all
}

// news says which differences a page has that the kept one has not, and which are gone; nothing where there are none.
func news(kept, made string) string {
	var b strings.Builder
	before, now := differences(kept), differences(made)
	for _, line := range now {
		if !slices.Contains(before, line) {
			fmt.Fprintf(&b, "differs now: %s\n", line)
		}
	}
	for _, line := range before {
		if !slices.Contains(now, line) {
			fmt.Fprintf(&b, "no longer so: %s\n", line)
		}
	}
	return b.String()
}

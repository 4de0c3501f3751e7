package consolidate

import (
	"slices"
	"strings"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// Find gives the rows of the month that bear a name, so that decisions can be made on them: those
// whose name has the text in it as people would spell either, or every word of it. The order is
// that of the forms and projects, the row that counts first.
func (g *Register) Find(name string) []*ledger.Standing {
	var words []string
	for _, word := range strings.Fields(name) {
		words = append(words, g.County.FoldName(word))
	}
	whole := g.County.FoldName(name)
	if whole == "" {
		return nil
	}
	var found []*ledger.Standing
	for _, f := range form.All() {
		if f.ProjectCode == nil {
			continue
		}
		for _, p := range g.Projects[f.ID] {
			for _, row := range p.Rows() {
				called := g.County.FoldName(f.Name(row.Record))
				missing := func(word string) bool { return !strings.Contains(called, word) }
				if !missing(whole) || !slices.ContainsFunc(words, missing) {
					found = append(found, row)
				}
			}
		}
	}
	return found
}

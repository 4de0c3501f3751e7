package form

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"huizong/internal/ledger"
)

// shortHash is long enough to tell versions and rows apart, and short enough for a cell.
func shortHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:6])
}

// Version names what the form asks and what must hold of it: it changes with a column or a rule.
func (f *Form) Version() string {
	var b strings.Builder
	fmt.Fprintln(&b, f.ID, f.Title)
	for _, c := range f.Columns {
		fmt.Fprintln(&b, c.ID, c.Name, c.Need, c.Type, c.Words)
	}
	for _, rule := range f.Rules {
		fmt.Fprintln(&b, rule)
	}
	return shortHash(b.String())
}

// Digest tells rows apart by what they say, however it is written and wherever it stands.
func (f *Form) Digest(r *ledger.Record) string {
	var b strings.Builder
	for _, c := range f.Columns {
		if v := c.value(r); v.Known {
			fmt.Fprintf(&b, "%s %d %q\n", c.ID, v.N, v.S)
		}
	}
	return shortHash(b.String())
}

// Stands reports whether what the column said last month stands in a month until somebody says otherwise.
// What it says of a month or of a year alone, or anew each month, does not.
func (c *Column) Stands(in ledger.Period) bool {
	return !c.OfMonth && !c.Anew && !(c.ResetsInJanuary && in.Month == 1)
}

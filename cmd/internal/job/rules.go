package job

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// RuleVersion is the SHA-256 of everything that decides: the rules as they print, the forms
// with their columns, the codes, the county's configuration.
func RuleVersion(c *county.County) string {
	hash := sha256.New()
	for _, f := range form.All() {
		fmt.Fprintln(hash, f.ID, f.Title, f.Aliases)
		for _, column := range f.Columns {
			fmt.Fprintln(hash, column.ID, column.Name, column.Aliases, column.Need, column.Type, column.Words)
		}
		for _, rule := range f.Rules {
			fmt.Fprintln(hash, rule)
		}
		for _, figure := range f.Figures {
			fmt.Fprintln(hash, figure.Name, figure.Of)
		}
	}
	for _, code := range ledger.Codes() {
		fmt.Fprintf(hash, "{%s %s %s %d %s [{%s %s} {%s %s}]}\n", code.ID, code.Severity, code.Effect, code.Level, code.Type,
			code.Wrong.In(ledger.Chinese), code.Remedy.In(ledger.Chinese), code.Wrong.In(ledger.English), code.Remedy.In(ledger.English))
	}
	fmt.Fprintln(hash, c.SHA256())
	return hex.EncodeToString(hash.Sum(nil))
}

package importer

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"

	"huizong/internal/ledger"
)

// contentOf is the identity of a return: the SHA-256 of whose it is and of its cells, from
// the first row of its title to the last row that holds a value. Hashed are form, period
// and department as they were found; whether dates count from 1904; of every cell that
// holds a value the row, counted from the title's first, the column, the kind, whether it
// is a formula, the value as stored, the format, and what is struck through or raised; the
// merged ranges among these rows; what said tells of them all, such as the batch that
// their sheet is named by; and of a template which rows its own rows go on from. Not hashed are the names of file and sheet else, colours, widths,
// what is hidden, and anything else in the workbook: a workbook that is sent again with one
// sheet changed makes one new return.
func contentOf(p *page, id ledger.ReturnID, from, to int, said []string) string {
	hash := sha256.New()
	w := bufio.NewWriter(hash)
	fmt.Fprintf(w, "%q %q %q %q %t\n", id.Region, id.Form, id.Period, id.Department, p.date1904)
	for _, text := range said {
		fmt.Fprintf(w, "said %q\n", text)
	}
	lines := p.lines[from:to]
	if len(lines) > 0 {
		first, last := lines[0].number, lines[len(lines)-1].number
		var b []byte
		for _, l := range lines {
			if key := p.marks[l.number].Key; key != "" {
				fmt.Fprintf(w, "key %d %q\n", l.number-first, key)
			}
			for _, cell := range l.cells {
				b = b[:0]
				for _, n := range []int{l.number - first, cell.Column, int(cell.Kind), len(cell.Raw), len(cell.Format)} {
					b = append(strconv.AppendInt(b, int64(n), 10), ' ')
				}
				b = append(append(strconv.AppendBool(b, cell.Formula), cell.Raw...), cell.Format...)
				if m := cell.Marked; m != nil {
					b = fmt.Appendf(b, " %t %t %q", m.Struck, m.Raised, m.Plain)
				}
				w.Write(append(b, '\n'))
			}
		}
		for _, m := range p.merges {
			if first <= m.FromRow && m.FromRow <= last {
				fmt.Fprintf(w, "merge %d %d %d %d\n", m.FromRow-first, m.FromColumn, m.ToRow-first, m.ToColumn)
			}
		}
	}
	w.Flush() // a hash takes every byte, and never fails
	return hex.EncodeToString(hash.Sum(nil))
}

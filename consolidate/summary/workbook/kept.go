package workbook

// What the formulas among the data of a table come to is kept, in few bytes each, for a ledger has very many. Values
// and quotations are not: they are made again from the row or from the cell that is quoted.

// A kept is what such a formula comes to, as its table keeps it.
type kept struct {
	number float64 // or which of the table's texts it is, from 0
	state  resultState
	holds  holding
	unit   unit // of money
}

// A holding is what sort of value is kept.
type holding int8

const (
	nothing holding = iota
	aNumber
	aText
)

// keeping is where the result of a formula in a column of the plan and a row of data is kept, both from 0.
func (d *Drawn) keeping(i, row int) *kept {
	if d.results[i] == nil {
		d.results[i] = make([]kept, d.rows)
	}
	return &d.results[i][row]
}

// known is that result if it was worked out before, else nil.
func (d *Drawn) known(i, row int) *kept {
	if d.results[i] == nil || d.results[i][row].state != known {
		return nil
	}
	return &d.results[i][row]
}

// hold keeps a result, money in units of u.
func (d *Drawn) hold(k *kept, v any, u unit) {
	*k = kept{state: known, unit: u}
	switch v := v.(type) {
	case float64:
		k.holds, k.number = aNumber, v
	case string:
		if n := len(d.texts); n == 0 || d.texts[n-1] != v {
			d.texts = append(d.texts, v)
		}
		k.holds, k.number = aText, float64(len(d.texts)-1)
	}
}

// result is what is kept.
func (d *Drawn) result(k *kept) result {
	r := result{state: k.state}
	switch k.holds {
	case aNumber:
		r.val = k.number
	case aText:
		r.val = d.texts[int(k.number)]
	}
	return r
}

// forget drops what was kept.
func (d *Drawn) forget() {
	clear(d.results)
	d.texts = nil
}

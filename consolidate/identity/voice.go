package identity

import "huizong/internal/ledger"

// A voice is what a row says that may speak against another, but for its total.
type voice struct {
	code  ledger.ProjectCode
	name  string
	home  string
	place string
}

// voices are what the rows of a project say: rows of one voice are held against others as two, the one of
// the least total and the one of the greatest, so that it does not matter how many there are.
type voices map[voice][2]Row

func voicesOf(r Row) voices {
	return voices{voice{r.Code, r.Name, r.Home(), r.Place.Text}: {r, r}}
}

// with adds the voices of others, which are lost; so are those added to, if there are fewer.
func (v voices) with(others voices) voices {
	if len(v) < len(others) {
		v, others = others, v
	}
	for said, theirs := range others {
		mine := v[said] // of no total where nobody said it
		v[said] = [2]Row{lesser(mine[0], theirs[0]), greater(mine[1], theirs[1])}
	}
	return v
}

// lesser and greater are of two rows the one of the lesser and of the greater total; one that is not known is neither.
func lesser(a, b Row) Row {
	if !a.Total.Valid || b.Total.Valid && b.Total.V < a.Total.V {
		return b
	}
	return a
}

func greater(a, b Row) Row {
	if !a.Total.Valid || b.Total.Valid && b.Total.V > a.Total.V {
		return b
	}
	return a
}

// against reports whether any of the rows speaks against any of others.
func (v voices) against(others voices) bool {
	for _, mine := range v {
		for _, theirs := range others {
			if mine[0].against(theirs[1]) || mine[1].against(theirs[0]) {
				return true
			}
		}
	}
	return false
}

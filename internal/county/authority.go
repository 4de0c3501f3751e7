package county

import (
	"fmt"
	"slices"

	"huizong/internal/ledger"
)

// Candidates says from which score on two projects are asked about as perhaps one
// (疑似重复); 100 is certainty. Within is for two rows of one unit, which knows its own
// projects better than any score.
type Candidates struct {
	Between int `toml:"between"`
	Within  int `toml:"within"`
}

// An Authority says whose word counts in some fields of a form while it is in force, the
// first in Order before the next; who is not in Order comes after all.
type Authority struct {
	// Fields are IDs of columns. EveryField is the row as a whole: all that no other entry
	// names is taken from the row of whoever comes first there.
	Fields []string `toml:"fields"`
	// Order holds official names of units, groups of units, and the words Responsible, OwnUnit
	// and Others.
	Order []string `toml:"order"`
	// Precision and Tolerance say how far two amounts may be apart and still agree: by an
	// amount, and by a share of the greater.
	Precision Money `toml:"precision"`
	Tolerance Rate  `toml:"tolerance"`
	From      Month `toml:"from"` // blank: ever since
	To        Month `toml:"to"`   // the last month in force; blank: until further notice
}

// Words of Authority.
const (
	EveryField  = "*"
	Responsible = "responsible" // the unit that the row names as 责任单位
	OwnUnit     = "owner"       // the unit that the row names as 项目单位
	Others      = "others"      // everybody
)

// A Month is a period written as "2024-06"; blank is none.
type Month ledger.Period

// UnmarshalText reads the month.
func (m *Month) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		return nil
	}
	p, err := ledger.ParsePeriod(string(text))
	*m = Month(p)
	return err
}

// holdsIn reports whether the entry holds in a month.
func (a Authority) holdsIn(p ledger.Period) bool {
	from, to := ledger.Period(a.From), ledger.Period(a.To)
	return !p.Less(from) && (to.IsZero() || !to.Less(p))
}

// Authority is whose word counts in a field of a form in a month; false where the county
// does not say.
func (c *County) Authority(form, field string, p ledger.Period) (Authority, bool) {
	for _, a := range c.Forms[form].Authority {
		if a.holdsIn(p) && slices.Contains(a.Fields, field) {
			return a, true
		}
	}
	return Authority{}, false
}

func (c *County) checkAuthority(where string, all []Authority, require requirement) {
	for i, a := range all {
		where := fmt.Sprintf("%s.authority[%d]", where, i+1)
		require(len(a.Fields) > 0 && len(a.Order) > 0, where, "fields and order must be given")
		require(a.Precision >= 0 && a.Tolerance >= 0, where, "precision and tolerance must not be negative")
		from, to := ledger.Period(a.From), ledger.Period(a.To)
		require(from.IsZero() || to.IsZero() || !to.Less(from), where, "to is before from")
		for _, word := range a.Order {
			_, unit := c.order[word]
			known := unit || slices.Contains(c.Groups, word) || slices.Contains([]string{Responsible, OwnUnit, Others}, word)
			require(known, where+".order", "%q is no unit's official name, no group, and none of responsible, owner, others", word)
		}
	}
}

// CheckFields reports a field of an authority that its form does not have.
func (c *County) CheckFields(known func(form, field string) bool) error {
	for id, duty := range c.Forms {
		for _, a := range duty.Authority {
			for _, field := range a.Fields {
				if field != EveryField && !known(id, field) {
					return fmt.Errorf("form.%s.authority: the form has no field %q", id, field)
				}
			}
		}
	}
	return nil
}

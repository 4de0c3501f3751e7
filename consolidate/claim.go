package consolidate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A Claim is what one department says of one field of a project. Every claim is kept,
// whoever's word counts.
type Claim struct {
	Department string
	Row        *ledger.Standing
	Field      ledger.Field // as it stands; not Known where the department does not say
	// Rank is the place of the department in the order of authority of the field, 0 the first.
	Rank int
	// Carried says that the value was last accepted in an earlier month: its row is carried
	// over, or the field is held back. It ranks below a fresh value of the same authority, and
	// above any value of lower authority.
	Carried bool
}

// strength orders claims: authority first, fresh before carried.
func (c Claim) strength() int {
	if c.Carried {
		return 2*c.Rank + 1
	}
	return 2 * c.Rank
}

// A Reason says why a value is the one that counts.
type Reason int

const (
	Unsaid          Reason = iota // nobody says
	OnlyOne                       // one department says
	Agreed                        // all say the same
	WithinPrecision               // all say the same as precisely as the county asks
	ByAuthority                   // the word of one comes first
	Open                          // those whose word comes first disagree: a person must settle it
)

// Chinese is the reason as sheets write it.
func (r Reason) Chinese() string {
	return [...]string{"均未填报", "仅一个单位填报", "各单位一致", "在允许误差内一致", "按权威顺序采用", "待定"}[r]
}

// A Resolution is what departments say of one field of a project, and whose word counts:
// that of the first claim, unless it is silent. Where the matter is Open that is for the
// time being. No order of returns decides, and a claim of lower authority changes nothing.
type Resolution struct {
	Column *form.Column
	Claims []Claim // the one that counts first; those that do not say last
	Reason Reason

	authority county.Authority
}

// Winner is the claim that counts; not ok where nobody says.
func (r Resolution) Winner() (Claim, bool) {
	if r.Reason == Unsaid {
		return Claim{}, false
	}
	return r.Claims[0], true
}

// Losers are the claims that say something else than the winner, beyond precision.
func (r Resolution) Losers() []Claim {
	var losers []Claim
	for _, claim := range r.Claims[1:] {
		if claim.Field.Value.Known && !r.near(claim.Field.Value, r.Claims[0].Field.Value) {
			losers = append(losers, claim)
		}
	}
	return losers
}

// Place is where a claim's department stands in the order of authority, in words.
func (r Resolution) Place(c Claim) string {
	if c.Rank >= len(r.authority.Order) {
		return "权威顺序以外"
	}
	word := r.authority.Order[c.Rank]
	switch word {
	case county.Responsible:
		word = "责任单位"
	case county.OwnUnit:
		word = "项目单位"
	case county.Others:
		word = "其他单位"
	}
	return fmt.Sprintf("权威顺序第%d位（%s）", c.Rank+1, word)
}

// A court decides whose word counts on one form in one month.
type court struct {
	county *county.County
	form   *form.Form
	period ledger.Period
}

// rank is the place of a row's department in an order of authority.
func (k court) rank(a county.Authority, row *ledger.Standing) int {
	unit, _ := k.county.Unit(row.Department)
	at := slices.IndexFunc(a.Order, func(word string) bool {
		switch word {
		case county.Others:
			return true
		case county.Responsible:
			return responsible(k.county, k.form, row)
		case county.OwnUnit:
			return k.owns(row)
		}
		return word == row.Department || word == unit.Group
	})
	if at < 0 {
		return len(a.Order)
	}
	return at
}

// owns reports whether the row comes from the unit that it names as the project's own.
func (k court) owns(row *ledger.Standing) bool {
	if len(k.form.Owners) == 0 {
		return false
	}
	unit, known := k.county.Unit(k.form.Owners[0].Of(row.Record))
	return known && unit.Name == row.Department
}

// whole is whose word counts for a project as a whole: where the county does not say, that of
// the unit responsible.
func (k court) whole() county.Authority {
	whole, stated := k.county.Authority(k.form.ID, county.EveryField, k.period)
	if !stated {
		whole.Order = []string{county.Responsible}
	}
	return whole
}

// of is whose word counts in a column; not ok where it is simply the row's own. The money
// that the form balances in is always held against what others say.
func (k court) of(c *form.Column) (county.Authority, bool) {
	a, stated := k.county.Authority(k.form.ID, c.ID, k.period)
	if !stated && c == k.form.Amount.Column {
		return k.whole(), true
	}
	return a, stated
}

// foremost puts the row first whose word counts for the project as a whole.
func (k court) foremost(rows []*ledger.Standing) []*ledger.Standing {
	whole := k.whole()
	first := slices.MinFunc(rows, func(a, b *ledger.Standing) int {
		return cmp.Or(cmp.Compare(k.rank(whole, a), k.rank(whole, b)), compareRows(k.county, a, b))
	})
	others := slices.DeleteFunc(slices.Clone(rows), func(row *ledger.Standing) bool { return row == first })
	return append([]*ledger.Standing{first}, others...)
}

// resolve settles one field of a project among its rows.
func (k court) resolve(a county.Authority, column *form.Column, rows []*ledger.Standing) Resolution {
	r := Resolution{Column: column, authority: a}
	for _, row := range rows {
		field := column.Field(row.Record)
		r.Claims = append(r.Claims, Claim{row.Department, row, field, k.rank(a, row), row.Carried() || field.Held})
	}
	slices.SortStableFunc(r.Claims, func(x, y Claim) int {
		return cmp.Or(-compareBool(x.Field.Value.Known, y.Field.Value.Known), cmp.Compare(x.strength(), y.strength()), compareRows(k.county, x.Row, y.Row))
	})
	r.Reason = r.reason()
	return r
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

func (r Resolution) reason() Reason {
	said := slices.IndexFunc(r.Claims, func(c Claim) bool { return !c.Field.Value.Known })
	if said < 0 {
		said = len(r.Claims)
	}
	switch said {
	case 0:
		return Unsaid
	case 1:
		return OnlyOne
	}
	winner := r.Claims[0]
	outcome := Agreed
	for _, claim := range r.Claims[1:said] {
		switch {
		case claim.Field.Value == winner.Field.Value:
		case r.near(claim.Field.Value, winner.Field.Value):
			outcome = max(outcome, WithinPrecision)
		case claim.strength() == winner.strength():
			outcome = Open
		default:
			outcome = max(outcome, ByAuthority)
		}
	}
	return outcome
}

// near reports whether two values say the same as precisely as the county asks: amounts
// within precision or tolerance, a day of the month that the other names, texts but for
// their spelling.
func (r Resolution) near(x, y ledger.Value) bool {
	switch r.Column.Type {
	case form.AmountType:
		apart, greater := absolute(x.N-y.N), max(absolute(x.N), absolute(y.N))
		share := int64(r.authority.Tolerance)
		return apart <= max(int64(r.authority.Precision), greater/form.RateScale*share+greater%form.RateScale*share/form.RateScale)
	case form.DateType:
		return strings.HasPrefix(x.S, y.S) || strings.HasPrefix(y.S, x.S)
	case form.TextType:
		return ledger.Fold(x.S) == ledger.Fold(y.S)
	}
	return x == y
}

func absolute(n int64) int64 { return max(n, -n) }

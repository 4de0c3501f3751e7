package identity

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
	"huizong/internal/naming"
)

// A Profile is what may give a project away as another's double. It is made of the project alone:
// what two profiles have in common does not change with others.
type Profile struct {
	naming.Identity
	parts   *naming.Name
	code    ledger.ProjectCode // as it is given, sound or not
	total   ledger.Amount
	unit    bool // the owner is a unit of the county, which owns much
	firm    bool
	pack    bool // a package of projects
	words   string
	runes   []rune // of the name as it is
	grams   []gram // of the words, ascending
	subject []rune
	marked  uint   // of which kinds of marks the name says something, a bit each
	head    string // what is built in the end: of 人民医院住院楼 the 住院楼
}

// A gram is two neighbouring characters of a name, with what they weigh: those of the project's own
// words more than those of common ones, which many names share.
type gram struct {
	pair   uint32
	weight int32
}

const (
	commonGram = 1
	ownGram    = 3
)

// NewProfile is the profile of a project of a form by its record as it counts.
func NewProfile(c *county.County, f *form.Form, r *ledger.Record) *Profile {
	x := &Profile{Identity: f.Identity(r, c.Identify), code: f.Code(r), total: totalOf(f, r)}
	_, x.unit = c.Unit(f.Owner(r))
	x.firm = !x.unit && ledger.WithoutLegalForm(ledger.Fold(f.Owner(r))) != ledger.Fold(f.Owner(r))
	x.pack = f.IsPackage != nil && f.IsPackage.Value(r).N == 1
	x.read()
	return x
}

// Parts is the name taken apart, which each pair asks for many times.
func (x *Profile) Parts() *naming.Name { return x.parts }

// read lays the words of the name out for comparison.
func (x *Profile) read() {
	x.parts = x.Identity.Parts()
	for k, mark := range x.parts.Marks {
		if mark != "" {
			x.marked |= 1 << k
		}
	}
	var runes []rune
	var own []bool
	sorted := []string{}
	for _, w := range x.Parts().Words {
		for _, r := range w.Text {
			runes, own = append(runes, r), append(own, w.Sort == naming.Subject)
		}
		sorted = append(sorted, w.Text)
		if w.Sort == naming.Object {
			x.head = w.Text
		}
	}
	slices.Sort(sorted)
	x.words, x.runes = strings.Join(sorted, " "), []rune(x.Name)
	x.subject = []rune(x.Parts().Subject())
	for i := 1; i < len(runes); i++ {
		weight := int32(commonGram)
		if own[i-1] || own[i] {
			weight = ownGram
		}
		x.grams = append(x.grams, gram{uint32(uint16(runes[i-1]))<<16 | uint32(uint16(runes[i])), weight})
	}
	slices.SortFunc(x.grams, func(a, b gram) int { return cmp.Compare(a.pair, b.pair) })
	x.grams = slices.CompactFunc(x.grams, func(a, b gram) bool { return a.pair == b.pair })
}

// likeness is the share of two names that is common, in percent; within is the share of the shorter
// one that the longer one has.
func likeness(a, b *Profile) (share, within int) {
	shared, mine, theirs, j := int32(0), int32(0), int32(0), 0
	for _, g := range b.grams {
		theirs += g.weight
	}
	for _, g := range a.grams {
		mine += g.weight
		for j < len(b.grams) && b.grams[j].pair < g.pair {
			j++
		}
		if j < len(b.grams) && b.grams[j].pair == g.pair {
			shared += min(g.weight, b.grams[j].weight)
		}
	}
	if mine == 0 || theirs == 0 {
		return 0, 0
	}
	return int(200 * shared / (mine + theirs)), int(100 * shared / min(mine, theirs))
}

// slipped reports whether two names differ by one slip of the hand: a character mistyped, left out,
// doubled, or two or three that changed places. A number that differs is no slip. Where both names have a
// word of their own there, as 青龙 and 白龙, it may be no slip but another project: inOwn.
func slipped(a, b *Profile) (slip, inOwn bool) {
	x, y := a.runes, b.runes
	short := min(len(x), len(y))
	if short < 5 {
		return false, false
	}
	from := 0
	for from < short && x[from] == y[from] {
		from++
	}
	tail := 0
	for tail < short-from && x[len(x)-1-tail] == y[len(y)-1-tail] {
		tail++
	}
	mine, theirs := x[from:len(x)-tail], y[from:len(y)-tail]
	if differing := max(len(mine), len(theirs)); differing == 0 || differing > 3 {
		return false, false
	}
	if _, against := a.Parts().Against(b.Parts()); against {
		return false, false
	}
	switch {
	case len(mine)+len(theirs) == 1:
		return true, false
	case len(mine) == 1 && len(theirs) == 1:
		return !tellApart(mine[0], theirs[0]), a.owns(mine[0]) && b.owns(theirs[0])
	}
	return slices.Equal(ascending(mine), ascending(theirs)), false
}

// opposed reports whether two names differ in nothing but one character that tells one thing from another of
// its kind: 东干渠 and 西干渠.
func opposed(a, b *Profile) bool {
	if len(a.runes) != len(b.runes) {
		return false
	}
	at := 0
	for at < len(a.runes) && a.runes[at] == b.runes[at] {
		at++
	}
	return at < len(a.runes) && slices.Equal(a.runes[at+1:], b.runes[at+1:]) && tellApart(a.runes[at], b.runes[at])
}

// opposites are characters that tell one thing from another of its kind: no slip of the hand puts one for
// the other.
var opposites = []string{"东南西北中", "上中下", "左右", "前后", "内外", "首末", "新旧老", "大中小", "甲乙丙丁", "一二三四五六七八九十"}

func tellApart(a, b rune) bool {
	return slices.ContainsFunc(opposites, func(kind string) bool { return strings.ContainsRune(kind, a) && strings.ContainsRune(kind, b) })
}

func ascending(runes []rune) []rune { return slices.Sorted(slices.Values(runes)) }

// owns reports whether a character is in a word of the project's own, or in the name of its place.
func (x *Profile) owns(r rune) bool {
	return slices.Contains(x.subject, r) ||
		slices.ContainsFunc(slices.Concat(x.Parts().Villages, x.Parts().Towns), func(place string) bool { return strings.ContainsRune(place, r) })
}

// subjectsApart reports whether two names speak of subjects that have nothing in common.
func subjectsApart(a, b *Profile) bool {
	if len(a.subject) < 2 || len(b.subject) < 2 {
		return false
	}
	for i := 1; i < len(a.subject); i++ {
		for j := 1; j < len(b.subject); j++ {
			if a.subject[i-1] == b.subject[j-1] && a.subject[i] == b.subject[j] {
				return false
			}
		}
	}
	return true
}

// beyond reports whether the first name speaks of something that the second has nothing like: of something
// built, or of a subject.
func beyond(a, b *Profile) bool {
	return slices.ContainsFunc(a.Parts().Words, func(w naming.Word) bool {
		if w.Sort == naming.Manner || len([]rune(w.Text)) < 2 {
			return false
		}
		return !b.speaksOf(w.Text)
	})
}

// speaksOf reports whether the name has a word like another, or two neighbouring characters of it.
func (x *Profile) speaksOf(word string) bool {
	runes := []rune(word)
	for i := range len(runes) - 1 {
		if strings.Contains(x.Name, string(runes[i:i+2])) {
			return true
		}
	}
	return slices.ContainsFunc(x.Parts().Words, func(w naming.Word) bool { return alike(w.Text, word) })
}

// headsApart reports whether what is built in the end, the last object of a name, is another.
func headsApart(a, b *Profile) bool { return a.head != "" && b.head != "" && !alike(a.head, b.head) }

// alike reports whether one of two words is part of the other, or short for it: 妇保院 for 妇幼保健院.
func alike(x, y string) bool {
	return strings.Contains(x, y) || strings.Contains(y, x) || initial(x) == initial(y) && (shortFor(x, y) || shortFor(y, x))
}

func initial(word string) rune {
	first, _ := utf8.DecodeRuneInString(word)
	return first
}

// abridges reports whether a name is short for another: it has half of its characters at least, in their
// order, and its subject whole.
func abridges(short, long *Profile) bool {
	x, y := short.Parts(), long.Parts()
	return 2*len(x.Stem) >= len(y.Stem) && strings.Contains(x.Stem, y.Subject()) && shortFor(x.Stem, y.Stem)
}

// shortFor reports whether a text has the characters of another in their order, with some left out.
func shortFor(short, long string) bool {
	for _, r := range long {
		if first, size := utf8.DecodeRuneInString(short); first == r {
			short = short[size:]
		}
	}
	return short == ""
}

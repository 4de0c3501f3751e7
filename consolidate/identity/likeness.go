package identity

import (
	"math/bits"
	"slices"
	"strings"

	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A Profile is what may give a project away as another's double.
type Profile struct {
	ledger.Identity
	code       ledger.ProjectCode // as it is given, sound or not
	stem       string             // the name without words that say nothing
	grams      []gram             // pairs of neighbouring characters of the stem, ascending, each once
	sections   []string           // stages, sections and years in the name
	town       string             // the town or street that the name begins with
	place      string
	placeGrams []gram
	total      ledger.Amount
}

// A gram is up to four neighbouring characters, sixteen bits each.
type gram uint64

// generic are words that tell no project from another.
var generic = strings.NewReplacer("建设项目", "", "建设工程", "", "项目", "", "工程", "", "建设", "", "(", "", ")", "", "·", "", "-", "", "“", "", "”", "")

// NewProfile is the profile of a project of a form by its record as it counts.
func NewProfile(c *county.County, f *form.Form, r *ledger.Record) *Profile {
	x := &Profile{Identity: f.Identity(r, c.FoldName), code: f.Code(r)}
	if x.stem = generic.Replace(x.Name); x.stem == "" {
		x.stem = x.Name
	}
	x.grams = gramsOf(x.stem, 2)
	x.sections = ledger.Sections(x.Name)
	x.town = townOf(c, x.Name)
	if column := f.Role(form.RolePlace); column != nil {
		x.place = c.FoldName(column.Value(r).S)
		x.placeGrams = gramsOf(x.place, 2)
	}
	if column := f.Role(form.RoleTotal); column != nil {
		v := column.Value(r)
		x.total = ledger.Amount{V: ledger.Money(v.N), Valid: v.Known && v.N != 0}
	}
	return x
}

// townOf is the town or street of the county that a folded name begins with; blank if none.
func townOf(c *county.County, name string) string {
	for _, ending := range []string{"镇", "街道"} {
		if before, _, found := strings.Cut(name, ending); found {
			if unit, known := c.Unit(before + ending); known {
				return unit.Name
			}
		}
	}
	return ""
}

// gramsOf are the grams of a text of n characters, ascending, each once.
func gramsOf(text string, n int) []gram {
	var grams []gram
	runes := []rune(text)
	for i := n; i <= len(runes); i++ {
		var g gram
		for _, r := range runes[i-n : i] {
			g = g<<16 | gram(uint16(r))
		}
		grams = append(grams, g)
	}
	slices.Sort(grams)
	return slices.Compact(grams)
}

// A Clue is one thing that speaks for or against two projects being one.
type Clue struct {
	Kind    ClueKind
	Percent int // of SimilarNames: the share of their names that is common
}

// A ClueKind is a kind of clue.
type ClueKind int

// The clues, as sheets list them.
const (
	SameCodes ClueKind = iota
	NearCodes
	OtherCodes
	SameNames
	SimilarNames
	StageInOne
	StagesApart
	SameOwners
	TownsApart
	SamePlaces
	OtherPlaces
	SameTotals
	NearTotals
	FarTotals
)

// clueWords are the points of each clue, of names as many as they are alike, and its text.
var clueWords = [...]struct {
	points int
	text   ledger.Phrase
}{
	SameCodes:    {45, ledger.Phrase{"项目代码相同", "same project code"}},
	NearCodes:    {25, ledger.Phrase{"项目代码仅差一位", "project codes one digit apart"}},
	OtherCodes:   {-40, ledger.Phrase{"项目代码不同", "different project codes"}},
	SameNames:    {70, ledger.Phrase{"名称相同", "same name"}},
	SimilarNames: {70, ledger.Phrase{"名称相似%d%%", "names %d%% alike"}},
	StageInOne:   {-5, ledger.Phrase{"仅一方写明期、段或年度", "only one names a stage, section or year"}},
	StagesApart:  {-60, ledger.Phrase{"期、段或年度不同", "stages, sections or years differ"}},
	SameOwners:   {15, ledger.Phrase{"项目单位（责任单位）相同", "same owner"}},
	TownsApart:   {-30, ledger.Phrase{"名称中的镇（街道）不同", "names begin with different towns"}},
	SamePlaces:   {8, ledger.Phrase{"建设地点相同", "same place"}},
	OtherPlaces:  {-15, ledger.Phrase{"建设地点不同", "different places"}},
	SameTotals:   {15, ledger.Phrase{"总投资相同", "same total investment"}},
	NearTotals:   {8, ledger.Phrase{"总投资相近", "total investment within a twentieth"}},
	FarTotals:    {-12, ledger.Phrase{"总投资相差一倍以上", "one total investment is more than twice the other"}},
}

// In is the clue as people read it.
func (c Clue) In(lang ledger.Lang) string {
	if text := clueWords[c.Kind].text; c.Kind != SimilarNames {
		return text.In(lang)
	}
	return clueWords[c.Kind].text.Format(lang, c.Percent)
}

// mostBesideNames is more than clues beside codes and names can add.
var mostBesideNames = func() (most int) {
	for _, clue := range clueWords[StageInOne:] {
		most += max(0, clue.points)
	}
	return most
}()

// sameCodeScore is the least score of two projects under one sound code: somebody must say why.
const sameCodeScore = 90

// A Scale weighs likeness among the projects of a form: what many names share says little.
type Scale struct {
	projects int
	names    map[gram]int // in how many names a gram is
}

// ScaleOf is the scale of the projects of a form.
func ScaleOf(profiles []*Profile) Scale {
	s := Scale{len(profiles), map[gram]int{}}
	for _, p := range profiles {
		for _, g := range p.grams {
			s.names[g]++
		}
	}
	return s
}

// A Weighed is a profile whose grams have weights, to be compared with others of one scale.
type Weighed struct {
	*Profile
	weights []int // of the grams
}

// Weigh gives the grams of profiles their weights: about the binary logarithm of how rare each is,
// in whole numbers, so that every machine weighs alike.
func (s Scale) Weigh(profiles []*Profile) []Weighed {
	all := make([]Weighed, len(profiles))
	for i, p := range profiles {
		all[i] = Weighed{p, make([]int, len(p.grams))}
		for j, g := range p.grams {
			all[i].weights[j] = bits.Len(uint(s.projects / max(1, s.names[g])))
		}
	}
	return all
}

// likeness is the share of two names that is common, in percent.
func likeness(a, b Weighed) int {
	shared, all, j := 0, 0, 0
	for i, g := range a.grams {
		for ; j < len(b.grams) && b.grams[j] < g; j++ {
			all += b.weights[j]
		}
		all += a.weights[i]
		if j < len(b.grams) && b.grams[j] == g {
			shared += 2 * a.weights[i]
		}
	}
	for ; j < len(b.grams); j++ {
		all += b.weights[j]
	}
	if all == 0 {
		return 0
	}
	return 100 * shared / all
}

// Likely says how likely two projects are one, 100 being certainty, and why; 0 as soon as it
// cannot come to least.
func Likely(a, b Weighed, least int) (int, []Clue) {
	found, points := make([]Clue, 0, len(clueWords)), 0
	note := func(kind ClueKind, holds bool) {
		if holds {
			found = append(found, Clue{Kind: kind})
			points += clueWords[kind].points
		}
	}
	sameCode := a.Code != "" && a.Code == b.Code
	note(SameCodes, sameCode)
	nearCode := !sameCode && nearly(a.code, b.code)
	note(NearCodes, nearCode)
	note(OtherCodes, a.Code != "" && b.Code != "" && !sameCode && !nearCode)
	note(SameNames, a.stem == b.stem)
	if a.stem != b.stem {
		if percent := likeness(a, b); percent > 0 {
			found = append(found, Clue{SimilarNames, percent})
			points += clueWords[SimilarNames].points * percent / 100
		}
	}
	if !sameCode && points+mostBesideNames < least {
		return 0, nil
	}
	note(StageInOne, (len(a.sections) == 0) != (len(b.sections) == 0))
	note(StagesApart, len(a.sections) > 0 && len(b.sections) > 0 && !slices.Equal(a.sections, b.sections))
	note(SameOwners, a.Owner != "" && a.Owner == b.Owner)
	note(TownsApart, a.town != "" && b.town != "" && a.town != b.town)
	if a.place != "" && b.place != "" {
		within := strings.Contains(a.place, b.place) || strings.Contains(b.place, a.place)
		note(SamePlaces, within)
		note(OtherPlaces, !within && !share(a.placeGrams, b.placeGrams))
	}
	if a.total.Valid && b.total.Valid {
		less, more := min(a.total.V, b.total.V), max(a.total.V, b.total.V)
		note(SameTotals, less == more)
		note(NearTotals, less != more && more-less <= more/20)
		note(FarTotals, more/2 > less)
	}
	if sameCode {
		points = max(points, sameCodeScore)
	}
	return max(0, min(points, 99)), slices.Clone(found)
}

// share reports whether two ascending lists have a gram in common.
func share(a, b []gram) bool {
	return slices.ContainsFunc(a, func(g gram) bool { _, found := slices.BinarySearch(b, g); return found })
}

// nearly reports whether two codes differ in one digit, or in two neighbours that changed
// places: a slip of the hand.
func nearly(a, b ledger.ProjectCode) bool {
	if len(a) != len(b) || a == b || len(a) < 20 {
		return false
	}
	var apart []int
	for i := range len(a) {
		if a[i] != b[i] {
			apart = append(apart, i)
		}
	}
	return len(apart) == 1 || len(apart) == 2 && apart[1] == apart[0]+1 && a[apart[0]] == b[apart[1]] && a[apart[1]] == b[apart[0]]
}

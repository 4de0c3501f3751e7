package identity

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"huizong/internal/ledger"
	"huizong/internal/naming"
)

// prior is how likely two projects are one before anything is known of them but that a search
// brought them together, in tenths of bits.
const prior = -50

// priorOfSuccessors is the same of a row that a department no longer reports and one that it reports
// anew: names are reworded far oftener than one project goes as a like one comes.
const priorOfSuccessors = 10

// sameCodeScore is the least score of two projects under one sound code: somebody must say why.
const sameCodeScore = 90

// A weighing weighs the clues of a pair. Most pairs are dropped: clues are kept only once it is known
// that they are wanted.
type weighing struct {
	weights *Weights
	a, b    *Profile
	bits    int
	keeps   bool
	clues   []Clue

	successors bool // one name may well be part of the other
	slip       slip
}

// A slip is what slipped says of two names, once it was asked.
type slip struct{ known, is, inOwn bool }

func (w *weighing) slipped() slip {
	if !w.slip.known {
		w.slip.known = true
		w.slip.is, w.slip.inOwn = slipped(w.a, w.b)
	}
	return w.slip
}

func (w *weighing) note(kind ClueKind) { w.noteClue(Clue{Kind: kind}) }

func (w *weighing) noteMark(kind ClueKind, mark naming.Kind) {
	w.noteClue(Clue{Kind: kind, Mark: mark})
}

func (w *weighing) noteClue(c Clue) {
	c.Bits = w.weights[c.Kind]
	w.bits += c.Bits
	if w.keeps {
		w.clues = append(w.clues, c)
	}
}

// first notes the first clue that holds.
func (w *weighing) first(choices ...choice) {
	for _, c := range choices {
		if c.holds {
			w.note(c.kind)
			return
		}
	}
}

type choice struct {
	kind  ClueKind
	holds bool
}

// Likely says how likely two projects are one, 100 being certainty, and why, clue by clue; 0 and no
// clues where it does not come to least. It is the same either way, and nothing but the two projects
// matters.
func (w *Weights) Likely(a, b *Profile, least int) (score int, clues []Clue) {
	x := weighing{weights: w, a: a, b: b}
	if score = x.likely(least); score < least {
		return 0, nil
	}
	x.keeps = true
	return x.likely(least), x.sorted()
}

func (w *weighing) likely(least int) int {
	sameCode := w.a.Code != "" && w.a.Code == w.b.Code
	w.bits = prior
	w.codes(sameCode)
	w.marks()
	w.totals()
	w.owners()
	names, places, towns := w.weights.most()
	hopeless := func(most int) bool { return !sameCode && percent(w.bits+most) < least }
	if hopeless(names + places + towns) {
		return 0
	}
	w.towns()
	if hopeless(names + places) {
		return 0
	}
	w.places()
	if hopeless(names) {
		return 0
	}
	w.names()
	if sameCode {
		return max(percent(w.bits), sameCodeScore)
	}
	return percent(w.bits)
}

// contrary are the clues that tell two projects apart, whatever else they have in common.
var contrary = []ClueKind{OtherCodes, OtherSubjects, OtherObjects, OtherMarks, OtherYears, OtherVillages, OtherTowns}

// Contrary reports whether a clue tells two projects apart, whatever else they have in common.
func (c Clue) Contrary() bool { return slices.Contains(contrary, c.Kind) }

// Succeeds says how likely a row that a department no longer reports goes on as one that it reports
// anew: renamed, split or merged. Who owns them and in which town they are says nothing: that is the
// department's own.
func (w *Weights) Succeeds(old, new *Profile) (score int, clues []Clue) {
	x := weighing{weights: w, a: old, b: new, bits: priorOfSuccessors, successors: true, keeps: true}
	x.codes(old.Code != "" && old.Code == new.Code)
	x.marks()
	x.towns()
	x.totals()
	x.names()
	return percent(x.bits), x.sorted()
}

// most is the most that the names of two projects can add, their places, and the towns and villages in
// their names, whatever was learnt.
func (w *Weights) most() (names, places, towns int) {
	alike, apart := max(w[AlmostAlike], w[Alike], w[SomewhatAlike], w[Unlike]), max(0, w[OtherSubjects], w[OtherObjects], w[MoreObjects])
	names = max(w[SameNames], w[SameCommonNames], w[SameWords], w[Slip], w[SlipInOwn], alike+apart)
	places = max(0, w[SamePlaces], w[SameTownPlaces], w[OtherPlaces])
	return names, places, max(0, w[OtherVillages], w[OtherTowns], w[PlaceInOne], w[SameVillages], w[SameTowns])
}

func (w *weighing) codes(same bool) {
	near := !same && nearly(w.a.code, w.b.code)
	w.first(choice{SameCodes, same}, choice{NearCodes, near}, choice{OtherCodes, w.a.Code != "" && w.b.Code != "" && !near})
}

func (w *weighing) names() {
	x, y := w.a.Parts(), w.b.Parts()
	switch {
	case w.a.words == w.b.words && (x.Anywhere() || y.Anywhere()):
		w.note(SameCommonNames)
	case x.Stem == y.Stem:
		w.note(SameNames)
	case w.a.words == w.b.words:
		w.note(SameWords)
	case w.slipped().is && w.slip.inOwn:
		w.note(SlipInOwn)
	case w.slip.is:
		w.note(Slip)
	default:
		w.alike()
		w.apart()
	}
}

// alike notes how much two names have in common.
func (w *weighing) alike() {
	share, within := likeness(w.a, w.b)
	if w.successors {
		share = max(share, within-10)
	}
	w.noteClue(Clue{Kind: alikeness(share, within, abridges(w.a, w.b) || abridges(w.b, w.a)), Percent: share})
}

// alikeness is the kind of clue that two names are by what they have in common; short where one is short for the other.
func alikeness(share, within int, short bool) ClueKind {
	switch {
	case share >= 88, short:
		return AlmostAlike
	case share >= 72, within >= 90 && share >= 55:
		return Alike
	case share >= 50, within >= 90:
		return SomewhatAlike
	}
	return Unlike
}

// apart notes what two names that are not the same speak of.
func (w *weighing) apart() {
	mine, theirs := beyond(w.a, w.b), beyond(w.b, w.a)
	w.first(choice{OtherSubjects, subjectsApart(w.a, w.b)}, choice{OtherObjects, mine && theirs || !w.successors && headsApart(w.a, w.b)},
		choice{MoreObjects, mine || theirs})
}

// marks notes for each kind of mark whether both names say the same. Of marks that only one has those of
// a part count less than those that tell one from another; parts of two kinds are two parts.
func (w *weighing) marks() {
	x, y := w.a.Parts(), w.b.Parts()
	var mine, theirs bool // whether the one names a part that the other does not, of whatever kind
	other := false
	for k, marked := 0, w.a.marked|w.b.marked; marked>>k != 0; k++ {
		switch a, b, kind := x.Marks[k], y.Marks[k], naming.Kind(k); {
		case marked>>k&1 == 0:
		case a == "" || b == "":
			mine, theirs = mine || a != "" && kind.Parts(), theirs || b != "" && kind.Parts()
			w.markInOne(kind)
		case a != b && kind == naming.Year:
			w.noteMark(OtherYears, kind)
		case a != b:
			other = true
			w.noteMark(OtherMarks, kind)
		case kind.Rare():
			w.noteMark(SameRareMarks, kind)
		default:
			w.noteMark(SameMarks, kind)
		}
	}
	if mine && theirs {
		w.note(OtherParts)
	}
	if !other && opposed(w.a, w.b) {
		w.noteMark(OtherMarks, naming.Side)
	}
}

func (w *weighing) markInOne(kind naming.Kind) {
	switch kind {
	case naming.Stage, naming.Batch, naming.Section:
		w.noteMark(MarkInOne, kind)
	case naming.Number, naming.Side, naming.Chain, naming.Road:
		w.noteMark(NumberInOne, kind)
	}
}

func (w *weighing) towns() {
	x, y := w.a.Parts(), w.b.Parts()
	villages, towns := naming.Crossed(x.Villages, y.Villages), naming.Crossed(x.Towns, y.Towns)
	if (villages || towns) && w.slipped().is && !w.slip.inOwn {
		villages, towns = false, false
	}
	w.first(choice{OtherVillages, villages}, choice{OtherTowns, towns}, choice{PlaceInOne, w.villageInOne()}, choice{SameVillages, w.sameVillage()},
		choice{SameTowns, naming.Shared(x.Towns, y.Towns)})
}

// villageInOne reports whether only one name names a village, and the other row does not say that it is
// there.
func (w *weighing) villageInOne() bool {
	x, y := w.a.Parts().Villages, w.b.Parts().Villages
	return len(x) > 0 && len(y) == 0 && !speaksOf(w.b, x) || len(y) > 0 && len(x) == 0 && !speaksOf(w.a, y)
}

func speaksOf(p *Profile, villages []string) bool {
	return slices.ContainsFunc(villages, func(village string) bool {
		return strings.Contains(p.Name, village) || strings.Contains(p.Place.Text, village)
	})
}

// sameVillage reports whether both names name a village, though one may leave out 村.
func (w *weighing) sameVillage() bool {
	x, y := w.a.Parts().Villages, w.b.Parts().Villages
	if len(x) > 0 && len(y) > 0 {
		return naming.Shared(x, y)
	}
	return namesAny(w.b, x) || namesAny(w.a, y)
}

func namesAny(p *Profile, villages []string) bool {
	return slices.ContainsFunc(villages, func(village string) bool { return strings.Contains(p.Name, village) })
}

func (w *weighing) owners() {
	a, b := w.a.Owner, w.b.Owner
	if a == "" || b == "" {
		return
	}
	switch {
	case a == b && (w.a.unit || w.b.unit):
		w.note(SameUnits)
	case a == b:
		w.note(SameFirms)
	case strings.Contains(a, b), strings.Contains(b, a):
		w.note(AlikeOwners)
	case w.a.firm && w.b.firm && w.a.words != w.b.words:
		w.note(OtherFirms)
	default:
		w.note(OtherOwners)
	}
}

func (w *weighing) places() {
	a, b := w.a.Place, w.b.Place
	switch within := a.Within(b); {
	case within && w.exactly() && !w.sameVillage():
		w.note(SamePlaces)
	case within:
		w.note(SameTownPlaces)
	case a.Elsewhere(b):
		w.note(OtherPlaces)
	case naming.Shared(a.Towns(), b.Towns()):
		w.note(SameTownPlaces)
	}
}

// urban is what remains of 城固县城区, which is no closer than a town.
const urban = "城区"

// exactly reports whether the places are one, closer than a town.
func (w *weighing) exactly() bool {
	a, b := w.a.Place, w.b.Place
	return naming.Shared(a.Villages(), b.Villages()) || len(a.Towns()) == 0 && len(b.Towns()) == 0 && a.Text != urban && b.Text != urban
}

func (w *weighing) totals() {
	a, b := w.a.total, w.b.total
	if !a.Valid || !b.Valid {
		return
	}
	switch less, more := min(a.V, b.V), max(a.V, b.V); {
	case less == more:
		digits := significant(less)
		w.first(choice{SameRoundTotals, digits < 2}, choice{SameTotals, digits <= 2}, choice{SameOddTotals, true})
	default:
		w.first(choice{PartTotals, w.part()}, choice{NearTotals, more-less <= more/20}, choice{CloseTotals, more-less <= more/5},
			choice{ShiftedTotals, shifted(less, more)}, choice{FarTotals, more/2 > less}, choice{OtherTotals, true})
	}
}

// part reports whether one is a package and the other is not, or one name has a mark that tells a part from
// its whole; and the part has the lesser total.
func (w *weighing) part() bool {
	x, y := w.a.Parts(), w.b.Parts()
	if w.a.pack != w.b.pack && w.a.pack == (w.a.total.V > w.b.total.V) {
		return true
	}
	for _, kind := range []naming.Kind{naming.Stage, naming.Section} {
		switch mine, theirs := x.Marks[kind], y.Marks[kind]; {
		case mine != "" && theirs == "" && w.a.total.V < w.b.total.V, mine == "" && theirs != "" && w.a.total.V > w.b.total.V:
			return true
		}
	}
	return false
}

// significant is how many digits an amount has before its closing zeros.
func significant(m ledger.Money) int {
	return len(strings.TrimRight(strconv.FormatInt(int64(m), 10), "0"))
}

// shifted reports whether one amount is the other in another unit.
func shifted(less, more ledger.Money) bool {
	for range 4 {
		if less *= 10; less == more {
			return true
		}
	}
	return false
}

// sorted are the clues in the order of the sheets.
func (w *weighing) sorted() []Clue {
	slices.SortStableFunc(w.clues, func(a, b Clue) int { return cmp.Compare(a.Kind, b.Kind) })
	return w.clues
}

// nearly reports whether two codes differ in one digit, or in two neighbours that changed
// places: a slip of the hand.
func nearly(a, b ledger.ProjectCode) bool {
	if len(a) != len(b) || a == b || len(a) < 20 {
		return false
	}
	first := 0
	for a[first] == b[first] {
		first++
	}
	if a[first+1:] == b[first+1:] {
		return true
	}
	swapped := first+1 < len(a) && a[first] == b[first+1] && a[first+1] == b[first]
	return swapped && a[first+2:] == b[first+2:]
}

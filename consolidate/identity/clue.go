package identity

import (
	"fmt"
	"slices"

	"huizong/internal/ledger"
	"huizong/internal/naming"
)

// A Clue is one thing that speaks for or against two projects being one.
type Clue struct {
	Kind    ClueKind
	Percent int         // of names that are alike: the share that is common
	Mark    naming.Kind // of clues on marks
	Bits    int         // what it weighs, in tenths of bits: for one project above 0, against it below
}

// A ClueKind is a kind of clue.
type ClueKind int

// The clues, as sheets list them. Of each group that a comment names at most one is found.
const (
	// Codes.
	SameCodes ClueKind = iota
	NearCodes
	OtherCodes
	// Names.
	SameNames
	SameCommonNames
	SameWords
	Slip
	SlipInOwn
	AlmostAlike
	Alike
	SomewhatAlike
	Unlike
	// Subjects.
	OtherSubjects
	// What is built.
	OtherObjects
	MoreObjects
	// Marks, for each kind of mark.
	OtherMarks
	OtherYears
	OtherParts
	NumberInOne
	MarkInOne
	SameRareMarks
	SameMarks
	// Towns and villages in names.
	OtherVillages
	OtherTowns
	PlaceInOne
	SameVillages
	SameTowns
	// Owners.
	SameFirms
	SameUnits
	AlikeOwners
	OtherFirms
	OtherOwners
	// Places.
	SamePlaces
	SameTownPlaces
	OtherPlaces
	// Totals.
	SameOddTotals
	SameTotals
	SameRoundTotals
	PartTotals
	NearTotals
	CloseTotals
	ShiftedTotals
	OtherTotals
	FarTotals
	clueKinds
)

// A share says how often a clue is found, of 100,000 pairs each: among pairs that are one project,
// and among pairs that look alike and are two.
type share struct{ one, two int }

const pairs = 100_000

// clueTable has for each clue how often it is found before anybody has decided anything, and its
// text. The numbers are estimates from pairs of real names that were planted (see planted_test.go).
var clueTable = [clueKinds]struct {
	share share
	text  ledger.Phrase
}{
	SameCodes:       {share{20000, 100}, ledger.Phrase{"项目代码相同", "same project code"}},
	NearCodes:       {share{6000, 100}, ledger.Phrase{"项目代码仅差一位", "project codes one digit apart"}},
	OtherCodes:      {share{1000, 30000}, ledger.Phrase{"项目代码不同", "different project codes"}},
	SameNames:       {share{40000, 600}, ledger.Phrase{"名称相同", "same name"}},
	SameCommonNames: {share{25000, 2500}, ledger.Phrase{"名称相同（通用名称）", "same name, of common words alone"}},
	SameWords:       {share{16000, 600}, ledger.Phrase{"名称用词相同", "names of the same words"}},
	Slip:            {share{16000, 800}, ledger.Phrase{"名称仅一字之差", "names one slip apart"}},
	SlipInOwn:       {share{6000, 3000}, ledger.Phrase{"名称专名一字之差", "names one character apart, in a name of its own"}},
	AlmostAlike:     {share{16000, 1000}, ledger.Phrase{"名称相似%d%%", "names %d%% alike"}},
	Alike:           {share{16000, 3000}, ledger.Phrase{"名称相似%d%%", "names %d%% alike"}},
	SomewhatAlike:   {share{8000, 8000}, ledger.Phrase{"名称相似%d%%", "names %d%% alike"}},
	Unlike:          {share{2000, 60000}, ledger.Phrase{"名称相似仅%d%%", "names only %d%% alike"}},
	OtherSubjects:   {share{600, 60000}, ledger.Phrase{"名称主体不同", "different subjects"}},
	OtherObjects:    {share{300, 60000}, ledger.Phrase{"建设内容不同", "something else is built"}},
	MoreObjects:     {share{9000, 18000}, ledger.Phrase{"仅一方名称写有其他建设内容", "only one names something else that is built"}},
	OtherMarks:      {share{3, 95_000}, ledger.Phrase{"%s不同", "different %ss"}},
	OtherYears:      {share{3, 95_000}, ledger.Phrase{"%s不同", "different %ss"}},
	OtherParts:      {share{2000, 16000}, ledger.Phrase{"各写明不同的分段", "each names a part of another kind"}},
	NumberInOne:     {share{5000, 20000}, ledger.Phrase{"仅一方名称写明%s", "only one names a %s"}},
	PlaceInOne:      {share{9000, 18000}, ledger.Phrase{"仅一方名称写明村（社区）", "only one names a village"}},
	MarkInOne:       {share{15000, 21000}, ledger.Phrase{"仅一方名称写明%s", "only one names a %s"}},
	SameRareMarks:   {share{16000, 2000}, ledger.Phrase{"%s相同", "same %s"}},
	SameMarks:       {share{20000, 8000}, ledger.Phrase{"%s相同", "same %s"}},
	OtherVillages:   {share{40, 80000}, ledger.Phrase{"名称中的村（社区）不同", "names name different villages"}},
	OtherTowns:      {share{100, 60000}, ledger.Phrase{"名称中的镇（街道）不同", "names name different towns"}},
	SameVillages:    {share{16000, 4000}, ledger.Phrase{"名称中的村（社区）相同", "names name the same village"}},
	SameTowns:       {share{30000, 18000}, ledger.Phrase{"名称中的镇（街道）相同", "names name the same town"}},
	SameFirms:       {share{30000, 4000}, ledger.Phrase{"项目单位相同", "same owner"}},
	SameUnits:       {share{40000, 16000}, ledger.Phrase{"项目单位（责任单位）相同，是部门、镇或街道", "same owner, an office or a town"}},
	AlikeOwners:     {share{10000, 4000}, ledger.Phrase{"项目单位（责任单位）名称相近", "owners of like names"}},
	OtherFirms:      {share{800, 50000}, ledger.Phrase{"项目单位（责任单位）是两家企业", "the owners are two firms"}},
	OtherOwners:     {share{40000, 40000}, ledger.Phrase{"项目单位（责任单位）不同", "different owners"}},
	SamePlaces:      {share{30000, 5000}, ledger.Phrase{"建设地点相同", "same place"}},
	SameTownPlaces:  {share{40000, 20000}, ledger.Phrase{"建设地点同在一镇（街道）", "places in one town"}},
	OtherPlaces:     {share{600, 60000}, ledger.Phrase{"建设地点不同", "different places"}},
	SameOddTotals:   {share{32000, 600}, ledger.Phrase{"总投资相同", "same total investment"}},
	SameTotals:      {share{25000, 1600}, ledger.Phrase{"总投资相同（两位有效数字）", "same total investment, of two digits"}},
	SameRoundTotals: {share{20000, 4000}, ledger.Phrase{"总投资相同（整数）", "same round total investment"}},
	PartTotals:      {share{5000, 4000}, ledger.Phrase{"写明分段的一方总投资较小", "that of the part is the lesser total"}},
	CloseTotals:     {share{15000, 12000}, ledger.Phrase{"总投资相差不到五分之一", "total investment within a fifth"}},
	NearTotals:      {share{10000, 4000}, ledger.Phrase{"总投资相近", "total investment within a twentieth"}},
	ShiftedTotals:   {share{6000, 2000}, ledger.Phrase{"总投资差整十、百、千、万倍", "one total investment is ten, a hundred … times the other"}},
	OtherTotals:     {share{15000, 33000}, ledger.Phrase{"总投资不同", "different total investment"}},
	FarTotals:       {share{5000, 40000}, ledger.Phrase{"总投资相差一倍以上", "one total investment is more than twice the other"}},
}

// In is the clue as people read it, with what it weighs.
func (c Clue) In(lang ledger.Lang) string {
	return fmt.Sprintf("%s（%s）", c.Says(lang), c.Weight())
}

// Weight is what the clue weighs, in bits with a sign: +4.3.
func (c Clue) Weight() string { return signed(c.Bits) }

// Says is the clue without its weight.
func (c Clue) Says(lang ledger.Lang) string {
	text := clueTable[c.Kind].text
	words := text.In(lang)
	switch c.Kind {
	case AlmostAlike, Alike, SomewhatAlike, Unlike:
		words = text.Format(lang, c.Percent)
	case OtherMarks, OtherYears, NumberInOne, MarkInOne, SameRareMarks, SameMarks:
		words = text.Format(lang, c.Mark.In(lang))
	}
	return words
}

// kindWords tell kinds of clues of which the text of a clue says more.
var kindWords = map[ClueKind]ledger.Phrase{
	AlmostAlike:   {"名称几乎相同：相似88%以上，或一个是另一个的缩写", "names almost the same: 88% alike, or one short for the other"},
	Alike:         {"名称相似72%以上", "names 72% alike"},
	SomewhatAlike: {"名称相似50%以上", "names half alike"},
	Unlike:        {"名称相似不到50%", "names less than half alike"},
	OtherMarks:    {"期、批次、标段、编号、方位、桩号、路线或规模不同", "different stages, batches, sections, numbers, sides, chainages, roads or sizes"},
	OtherYears:    {"年度不同", "different years"},
	MarkInOne:     {"仅一方名称写明期、批次或标段", "only one names a stage, batch or section"},
	NumberInOne:   {"仅一方名称写明编号、方位、桩号或路线", "only one names a number, side, chainage or road"},
	SameRareMarks: {"桩号或路线相同", "same chainage or road"},
	SameMarks:     {"年度、期、批次、标段、编号、方位或规模相同", "same year, stage, batch, section, number, side or size"},
}

// In is the kind as people read it.
func (k ClueKind) In(lang ledger.Lang) string {
	if words, more := kindWords[k]; more {
		return words.In(lang)
	}
	return clueTable[k].text.In(lang)
}

// Telling leaves of some clues those that weigh anything.
func Telling(clues []Clue) []Clue {
	return slices.DeleteFunc(slices.Clone(clues), func(c Clue) bool { return c.Bits == 0 })
}

// signed writes tenths with their sign: +3.5.
func signed(tenths int) string {
	return fmt.Sprintf("%+.1f", float64(tenths)/10)
}

// Weights are what clues weigh, in tenths of bits: the binary logarithm of how much oftener a clue
// is found among pairs that are one than among pairs that are two (Fellegi and Sunter 1969).
type Weights [clueKinds]int

// BuiltIn are the weights before anybody has decided anything.
var BuiltIn = Learn(nil)

// An Example is a pair that a person decided on, by the clues that are found in it.
type Example struct {
	One   bool
	Clues []Clue
}

// sureness is how many pairs of each kind the built-in shares count for beside decided ones.
const sureness = 60

// Learn fits the weights to what people decided: each decided pair counts beside the built-in shares.
// The order of examples does not matter.
func Learn(examples []Example) Weights {
	var one, two int
	var found [clueKinds]share
	for _, e := range examples {
		if e.One {
			one++
		} else {
			two++
		}
		for _, kind := range kindsOf(e.Clues) {
			if e.One {
				found[kind].one++
			} else {
				found[kind].two++
			}
		}
	}
	var w Weights
	for kind, clue := range clueTable {
		mine := clue.share.one*sureness + pairs*found[kind].one
		theirs := clue.share.two*sureness + pairs*found[kind].two
		w[kind] = tenths(mine*(sureness+two), theirs*(sureness+one))
	}
	return w
}

// kindsOf are the kinds of some clues, each once.
func kindsOf(clues []Clue) []ClueKind {
	var all []ClueKind
	for _, c := range clues {
		if !slices.Contains(all, c.Kind) {
			all = append(all, c.Kind)
		}
	}
	return all
}

// tenths is ten times the binary logarithm of a ratio, rounded: in whole numbers, so that every
// machine comes to the same.
func tenths(x, y int) int {
	bits, m, n := 0, uint64(x), uint64(y)
	for m < n {
		m <<= 1
		bits--
	}
	for m >= n<<1 {
		n <<= 1
		bits++
	}
	for n >= 1<<32 { // m<<30 is to hold
		m, n = m>>1, n>>1
	}
	mantissa, fraction := m<<30/n, 0 // from 1 to 2, of 1<<30
	for range 10 {
		mantissa = mantissa * mantissa >> 30
		fraction <<= 1
		if mantissa >= 1<<31 {
			mantissa >>= 1
			fraction |= 1
		}
	}
	return (10*(bits<<10+fraction) + 1<<9) >> 10
}

// powers are 1<<16 times 2 to the tenths.
var powers = [10]int{65536, 70240, 75281, 80684, 86475, 92682, 99334, 106464, 114105, 122295}

// surest is how many tenths of bits, for or against, change nothing any more: whole bits.
const surest = 150

// percent is the likelihood of odds given as tenths of bits, 0 to 99.
func percent(bits int) int {
	bits = max(-surest, min(surest, bits)) + surest
	odds, even := powers[bits%10]<<(bits/10), powers[0]<<(surest/10)
	return min(99, 100*odds/(odds+even))
}

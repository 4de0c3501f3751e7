package county

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"huizong/internal/ledger"
)

// Scoring holds what the whole scheme of 月评比 shares. Units are scored out of 100 and
// ranked within their groups.
type Scoring struct {
	// Basis says whose scheme it is; it stands under every ranking.
	Basis string `toml:"basis"`
	// Least is the share of the weights of its group that must apply to a unit for it to be
	// ranked. What has nothing due is left out and its weight shared by the rest; a unit that
	// little is left of is listed apart, and so is every unit that lacks anything at 100%.
	Least Rate `toml:"least"`
	// Ties are the indicators that order units of one total, the first first; units that are
	// equal in all of them share a place.
	Ties []string `toml:"ties"`
	// Exclude are the units that are not ranked whatever they did.
	Exclude []string `toml:"exclude"`
}

// A Score is a line of the scheme, for the units of some groups: an indicator and how its
// value becomes points.
type Score struct {
	Name      string   `toml:"name"`
	Indicator string   `toml:"measure"` // one of Indicators
	Groups    []string `toml:"groups"`
	// Weight is what an indicator gives at most (but for Cap); those of a group add up to 100.
	// One without a weight gives extra points, above the hundred or below.
	Weight Points `toml:"weight"`
	Method Method `toml:"method"`

	Target Mark   `toml:"target"` // ratio: the value that earns the weight; a share's is 100% where none is given
	Cap    Rate   `toml:"cap"`    // ratio: how much of the weight is earned at most; 100% where none is given
	Floor  Mark   `toml:"floor"`  // ratio, rank: a value below it earns nothing
	Step   Points `toml:"step"`   // rank: what each place costs
	Bands  []Band `toml:"bands"`  // bands: the best first
	Each   Points `toml:"each"`   // each: what one item adds to nothing, or takes off the weight
	Limit  Points `toml:"limit"`  // each, without a weight: how much is added or taken off at most
}

// Extra reports whether the indicator's points stand outside the hundred (加减分).
func (s Score) Extra() bool { return s.Weight == 0 }

// Full is the value that earns the whole weight by the method ratio, as Mark.Value gives it.
func (s Score) Full() *big.Rat {
	if s.Target.Kind == NoKind {
		return big.NewRat(1, 1)
	}
	return s.Target.Value()
}

// Most is how much of the weight is earned at most by the method ratio, as a share of it.
func (s Score) Most() *big.Rat {
	if s.Cap == 0 {
		return big.NewRat(1, 1)
	}
	return big.NewRat(int64(s.Cap), millionths)
}

// A Band gives points to values from At on; up to At, of an indicator of which fewer is better.
type Band struct {
	At     Mark   `toml:"at"`
	Points Points `toml:"points"`
}

// A Method turns the value of an indicator into points.
type Method string

// The methods.
const (
	ByRatio Method = "ratio" // value ÷ target × weight, within 0 and the cap
	ByRank  Method = "rank"  // the weight for the first of the group, a step less for each place
	ByBands Method = "bands" // the points of the first band that the value reaches; none below all
	ByEach  Method = "each"  // so many points for each item
)

// methodKeys are the keys that a method takes beside name, measure, groups and weight.
var methodKeys = map[Method][]string{
	ByRatio: {"target", "cap", "floor"}, ByRank: {"step", "floor"}, ByBands: {"bands"}, ByEach: {"each", "limit"},
}

// Points are points of a score, written "30分". They are held in hundredths, and nothing is
// finer.
type Points int64

// Point is one point.
const Point Points = 100

// UnmarshalText reads the points.
func (p *Points) UnmarshalText(text []byte) error {
	digits, ok := strings.CutSuffix(string(text), "分")
	n, err := ledger.ParseDecimal(digits, int64(Point))
	if !ok || err != nil {
		return fmt.Errorf("%q: write points with their unit, like 30分", text)
	}
	*p = Points(n)
	return nil
}

// String writes the points as the scheme does: 30分.
func (p Points) String() string { return ledger.Exactly(int64(p), int64(Point)) + "分" }

// A Kind is what the value of an indicator is.
type Kind int

// The kinds.
const (
	NoKind Kind = iota
	Share       // one thing over another
	Count       // a number of things
	Amount      // money
)

// String is the kind with an example of how it is written.
func (k Kind) String() string {
	return [...]string{"nothing", "a share, like 80%", "a number, like 3", "an amount, like 500万元"}[k]
}

const millionths = 1_000_000 // of a rate in one

// A Mark is a value of an indicator as a scheme writes it: "80%", "3" or "500万元", held in
// millionths, as it is, and in 分. The zero Mark is none.
type Mark struct {
	Kind Kind
	N    int64
}

// UnmarshalText reads the mark.
func (m *Mark) UnmarshalText(text []byte) error {
	var rate Rate
	var money Money
	if rate.UnmarshalText(text) == nil {
		*m = Mark{Share, int64(rate)}
		return nil
	}
	if money.UnmarshalText(text) == nil {
		*m = Mark{Amount, int64(money)}
		return nil
	}
	n, err := strconv.ParseInt(string(text), 10, 64)
	if err != nil {
		return fmt.Errorf("%q: write a share in percent, an amount with its unit or a whole number", text)
	}
	*m = Mark{Count, n}
	return nil
}

// Value is the mark as a number: a share of one, a number of things, 分.
func (m Mark) Value() *big.Rat {
	if m.Kind == Share {
		return big.NewRat(m.N, millionths)
	}
	return new(big.Rat).SetInt64(m.N)
}

// String writes the mark as the scheme does, amounts in 万元.
func (m Mark) String() string {
	switch m.Kind {
	case Share:
		return ledger.Exactly(m.N, 10_000) + "%"
	case Amount:
		return ledger.Exactly(m.N, int64(ledger.TenThousandYuan)) + "万元"
	}
	return strconv.FormatInt(m.N, 10)
}

// An Indicator is something that units may be scored by. Of a share, Part is over Whole; of a
// number or an amount, Part is the value and Whole what must be there for anything to be due.
type Indicator struct {
	Name        string
	Kind        Kind
	Fewer       bool // fewer is better
	Money       bool // Part is an amount, and so is Whole under a share
	Part, Whole string
}

// Indicators are all that the program can score by. Projects are those that a unit is
// responsible for (责任单位), obstacles those it deals with (主办单位), tasks those it leads
// (牵头单位); parts of packages do not count.
var Indicators = []Indicator{
	{"年度计划完成率", Share, false, true, "1-N月累计完成投资", "年度计划投资"},
	{"时序进度达成率", Share, false, true, "1-N月累计完成投资", "按时序应完成投资（年度计划×N/12，有分月计划的按分月计划）"},
	{"开工率", Share, false, false, "已开工重点项目数", "重点项目数（口径同开工率公布数）"},
	{"入统率", Share, false, false, "已入统的应入统项目数", "应入统项目数（已开工、达到入统标准、过了规定时间）"},
	{"红灯项目数", Count, true, false, "滞后（红灯）的重点项目数", "评灯的重点项目数"},
	{"红灯项目占比", Share, true, false, "滞后（红灯）的重点项目数", "评灯的重点项目数"},
	{"本月完成投资", Amount, false, true, "重点项目本月完成投资", "重点项目数"},
	{"储备项目个数", Count, false, false, "谋划储备项目数", "有报送任务或有储备项目"},
	{"储备项目总投资", Amount, false, true, "谋划储备项目总投资", "有报送任务或有储备项目"},
	{"储备项目开工率", Share, false, false, "开工、投产批次的储备项目数", "储备项目数"},
	{"前期手续办结率", Share, false, false, "已完成的手续项数", "需办理的手续项数（不需要和未填的不计）"},
	{"堵点按期办结率", Share, false, false, "按期销号的问题数", "应办结问题数（已到办结时限或已销号）"},
	{"堵点逾期未结数", Count, true, false, "逾期未销号的问题数", "主办的问题数"},
	{"任务完成率", Share, false, false, "已完成任务数", "牵头任务数"},
	{"滞后任务数", Count, true, false, "滞后任务数", "牵头任务数"},
	{"招商到位资金", Amount, false, true, "本月签约项目到位资金", "本月签约项目数"},
	{"签约项目数", Count, false, false, "本月签约项目数", "本月签约项目数"},
	{"外出招商次数", Count, false, false, "外出招商活动次数", "外出招商活动次数"},
	{"报送按时率", Share, false, false, "按时报送且验收通过的报表数（未注明日期的不算逾期）", "应报报表数"},
	{"退回次数", Count, true, false, "验收不通过的报表份数", "已报报表份数"},
}

// IndicatorOf finds an indicator by its name.
func IndicatorOf(name string) (Indicator, bool) {
	at := slices.IndexFunc(Indicators, func(m Indicator) bool { return m.Name == name })
	if at < 0 {
		return Indicator{}, false
	}
	return Indicators[at], true
}

// ScoresOf are the indicators of a group, in the order of the scheme.
func (c *County) ScoresOf(group string) []Score {
	var scores []Score
	for _, score := range c.Scores {
		if slices.Contains(score.Groups, group) {
			scores = append(scores, score)
		}
	}
	return scores
}

package rating

import (
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/internal/county"
)

// exactly compares exact numbers.
var exactly = cmp.Comparer(func(a, b *big.Rat) bool { return a == b || a != nil && b != nil && a.Cmp(b) == 0 })

// TestPoints: each method at its boundaries.
func TestPoints(t *testing.T) {
	mark := func(text string) (m county.Mark) {
		if err := m.UnmarshalText([]byte(text)); err != nil {
			t.Fatal(err)
		}
		return m
	}
	const started, red, funds = "开工率", "红灯项目数", "招商到位资金"
	ratio := county.Score{Indicator: started, Method: county.ByRatio, Weight: 30 * county.Point}
	capped, targeted, floored := ratio, ratio, ratio
	capped.Cap = 1_200_000
	targeted.Indicator, targeted.Target = funds, mark("500万元")
	floored.Floor = mark("30%")
	bands := county.Score{Indicator: started, Method: county.ByBands, Weight: 10 * county.Point,
		Bands: []county.Band{{At: mark("100%"), Points: 1000}, {At: mark("80%"), Points: 650}}}
	fewer := county.Score{Indicator: red, Method: county.ByBands, Weight: 10 * county.Point,
		Bands: []county.Band{{At: mark("0"), Points: 1000}, {At: mark("2"), Points: 500}}}
	falling := county.Score{Indicator: red, Method: county.ByEach, Weight: 5 * county.Point, Each: -200}
	rising := county.Score{Indicator: "签约项目数", Method: county.ByEach, Weight: 5 * county.Point, Each: 150}
	idle := county.Score{Indicator: "签约项目数", Method: county.ByEach, Weight: 5 * county.Point}
	minus := county.Score{Indicator: red, Method: county.ByEach, Each: -50, Limit: 2 * county.Point}
	plus := county.Score{Indicator: "签约项目数", Method: county.ByEach, Each: 50, Limit: 2 * county.Point}
	for _, test := range []struct {
		name  string
		score county.Score
		value string
		want  county.Points
	}{
		{"ratio: nothing", ratio, "0", 0},
		{"ratio: below nothing", ratio, "-1/2", 0},
		{"ratio: a third", ratio, "1/3", 1000},
		{"ratio: half a hundredth goes up", ratio, "1/6000", 1},
		{"ratio: less than half goes down", ratio, "1/6001", 0},
		{"ratio: all", ratio, "1", 3000},
		{"ratio: more than all", ratio, "3/2", 3000},
		{"cap: just below", capped, "119/100", 3570},
		{"cap: reached", capped, "6/5", 3600},
		{"cap: beyond", capped, "2", 3600},
		{"target in money: half", targeted, "250000000", 1500},
		{"target in money: reached", targeted, "500000000", 3000},
		{"floor: reached", floored, "3/10", 900},
		{"floor: a little below", floored, "299999/1000000", 0},
		{"bands: the best", bands, "1", 1000},
		{"bands: a little below the best", bands, "999999/1000000", 650},
		{"bands: the last", bands, "4/5", 650},
		{"bands: below all", bands, "799999/1000000", 0},
		{"bands, fewer is better: none", fewer, "0", 1000},
		{"bands, fewer is better: between", fewer, "1", 500},
		{"bands, fewer is better: the last", fewer, "2", 500},
		{"bands, fewer is better: too many", fewer, "3", 0},
		{"each off the weight: none", falling, "0", 500},
		{"each off the weight: two", falling, "2", 100},
		{"each off the weight: down to nothing", falling, "3", 0},
		{"each adds: two", rising, "2", 300},
		{"each adds: up to the weight", rising, "4", 500},
		{"each of no points adds nothing", idle, "2", 0},
		{"extra: off", minus, "3", -150},
		{"extra: off to the limit", minus, "5", -200},
		{"extra: on", plus, "4", 200},
		{"extra: on to the limit", plus, "40", 200},
	} {
		t.Run(test.name, func(t *testing.T) {
			value, _ := new(big.Rat).SetString(test.value)
			indicator, known := county.IndicatorOf(test.score.Indicator)
			if got := points(test.score, indicator, Mark{Value: value}); !known || got != test.want {
				t.Errorf("%s, want %s", got, test.want)
			}
		})
	}
}

// TestRankMethod: a step for each place, equal values in one place and the next left out,
// nobody below nothing, and who has nothing due takes no place.
func TestRankMethod(t *testing.T) {
	for _, test := range []struct {
		name, indicator string
		want            []county.Points
	}{
		{"more is better", "储备项目个数", []county.Points{0, 300, 300, 0, 100}},
		{"fewer is better", "红灯项目数", []county.Points{300, 100, 100, 0, 200}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var units []Rated
			for _, value := range []int64{1, 7, 7, -1, 3} {
				mark := Mark{Value: big.NewRat(value, 1)}
				if value < 0 {
					mark = Mark{State: NothingDue}
				}
				units = append(units, Rated{Marks: []Mark{mark}})
			}
			award(units, 0, county.Score{Indicator: test.indicator, Method: county.ByRank, Weight: 300, Step: 100})
			for i, want := range test.want {
				if got := units[i].Marks[0].Points; got != want {
					t.Errorf("unit %d: %s, want %s", i+1, got, want)
				}
			}
		})
	}
}

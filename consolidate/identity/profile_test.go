package identity

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"huizong/internal/county"
	"huizong/internal/ledger"
	"huizong/internal/naming"
)

var chenggu = county.Default()

// profiled is the profile of a project of which a name is known.
func profiled(name string) *Profile {
	return profileOf(Row{Identity: chenggu.Identify(naming.Said{Name: name})})
}

func profileOf(r Row) *Profile {
	x := &Profile{Identity: r.Identity, code: r.Code, total: r.Total}
	x.read()
	return x
}

// names are drawn of few parts, so that many are alike.
func drawnName(t *rapid.T) string {
	name := ""
	for _, part := range [][]string{
		{"", "柳林镇", "老庄镇", "城固县"}, {"", "", "青龙村", "白云村", "金华", "金花"},
		{"道路", "公路", "污水处理厂", "污水厂", "物流园", "小学"}, {"", "硬化", "改造", "改造提升"}, {"", "", "一期", "二期", "2024年"}, {"", "项目", "工程"},
	} {
		name += rapid.SampledFrom(part).Draw(t, "part")
	}
	return name
}

func TestSlipped(t *testing.T) {
	for _, test := range []struct {
		name, a, b  string
		slip, inOwn bool
	}{
		{"the same", "湑水河综合治理", "湑水河综合治理", false, false},
		{"mistyped", "失地农民安置小区", "失地农民安致小区", true, false},
		{"left out", "数字城管平台", "数字城平台", true, false},
		{"doubled", "农产品冷链物流", "农产品冷链链物流", true, false},
		{"exchanged", "零部件精密加工", "零部件精加密工", true, false},
		{"in names of their own", "金华乡村小学", "金花乡村小学", true, true},
		{"two mistyped", "失地农民安置小区", "失地农民按致小区", false, false},
		{"another number", "滨江路改造一期", "滨江路改造二期", false, false},
		{"too short", "冷库甲", "冷库乙", false, false},
		{"two left out", "数字城管平台", "数字平台", false, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, pair := range [][2]string{{test.a, test.b}, {test.b, test.a}} {
				if slip, inOwn := slipped(profiled(pair[0]), profiled(pair[1])); slip != test.slip || inOwn != test.inOwn {
					t.Errorf("%s｜%s: %v, in own %v", pair[0], pair[1], slip, inOwn)
				}
			}
		})
	}
}

// What two names have in common is the same either way, and a name has all of itself.
func TestLikenessEitherWay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := profiled(drawnName(t)), profiled(drawnName(t))
		share, within := likeness(a, b)
		backShare, backWithin := likeness(b, a)
		if share != backShare || within != backWithin || share > within || within > 100 {
			t.Fatalf("%s｜%s: %d %d, and back %d %d", a.Name, b.Name, share, within, backShare, backWithin)
		}
		if own, _ := likeness(a, a); own != 100 && len(a.grams) > 0 {
			t.Fatalf("%s is %d%% like itself", a.Name, own)
		}
		slip, inOwn := slipped(a, b)
		if backSlip, backInOwn := slipped(b, a); slip != backSlip || inOwn != backInOwn {
			t.Fatalf("%s｜%s: slip %v %v, and back %v %v", a.Name, b.Name, slip, inOwn, backSlip, backInOwn)
		}
	})
}

// drawnRow is a row of few offices and places, with or without a code, an owner and a total.
func drawnRow(t *rapid.T) Row {
	draw := func(what string, of ...string) string { return rapid.SampledFrom(of).Draw(t, what) }
	said := naming.Said{Name: drawnName(t), Owner: draw("owner", "", "城投公司", "金华食品有限公司"), Place: draw("place", "", "柳林镇", "老庄镇", "青龙村")}
	said.Code = ledger.ProjectCode(draw("code", "", "", "2401-610722-04-01-100012", "2403-610722-89-05-204175"))
	r := Row{Identity: chenggu.Identify(said), Department: draw("department", "交通运输局", "柳林镇", "水利局")}
	r.Total.V = ledger.Money(rapid.SampledFrom([]int{0, 100, 103, 110, 250}).Draw(t, "total"))
	r.Total.Valid = r.Total.V != 0
	return r
}

func TestLikelyEitherWay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, weights := profileOf(drawnRow(t)), profileOf(drawnRow(t)), Learn(slices.Repeat(drawnExamples(t), rapid.SampledFrom([]int{1, 300}).Draw(t, "times")))
		score, clues := weights.Likely(a, b, 0)
		back, _ := weights.Likely(b, a, 0)
		bits := prior
		for _, c := range clues {
			bits += c.Bits
		}
		if score != back || score < 0 || score > 99 || score != percent(bits) && score != sameCodeScore {
			t.Fatalf("%s｜%s: %d and back %d, of clues %v", a.Name, b.Name, score, back, clues)
		}
		if least, none := weights.Likely(a, b, score+1); least != 0 || none != nil {
			t.Fatalf("%s｜%s: %d though %d is asked for", a.Name, b.Name, least, score+1)
		}
		if again, same := weights.Likely(a, b, score); again != score || len(same) != len(clues) {
			t.Fatalf("%s｜%s: %d where it should be %d", a.Name, b.Name, again, score)
		}
	})
}

package identity

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"huizong/internal/county"
	"huizong/internal/form"
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
		{"mistyped at the beginning, in a name of their own", "失地农民安置小区", "夫地农民安置小区", true, true},
		{"mistyped at the end", "失地农民安置小区", "失地农民安置小驱", true, false},
		{"three exchanged", "零部件精密加工", "零部件加精密工", true, false},
		{"four exchanged", "零部件精密加工", "零部件加工精密", false, false},
		{"one for two", "零部件精密加工", "零部件精心细加工", false, false},
		{"one that tells apart for another", "滨江路新街改造", "滨江路老街改造", false, true},
		{"one of their own for one that is not", "金华乡村小学", "金的乡村小学", true, false},
		{"another road", "S316金华段改造", "S318金华段改造", false, false},
		{"of five characters", "湑水河堤防", "湑水河提防", true, false},
		{"of four", "水河堤防", "水河提防", false, false},
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

func TestNewProfile(t *testing.T) {
	f := &form.Reserve
	for _, test := range []struct {
		name, owner      string
		said             int64 // of a package
		unit, firm, pack bool
	}{
		{"a unit of the county", "水利局", 0, true, false, false},
		{"a firm", "金华食品有限公司", 0, false, true, false},
		{"a village", "青龙村", 0, false, false, false},
		{"a package", "青龙村", 1, false, false, true},
	} {
		r := ledger.Record{}
		f.Name.Set(&r, ledger.Words("金华冷库"))
		f.Owner.Set(&r, ledger.Words(test.owner))
		f.Name.Form.IsPackage.Set(&r, ledger.Number(test.said))
		f.Total.Set(&r, ledger.Number(7))
		x := NewProfile(chenggu, f.Name.Form, &r)
		if x.unit != test.unit || x.firm != test.firm || x.pack != test.pack || x.total.V != 7 || x.words == "" {
			t.Errorf("%s: unit %v, firm %v, package %v, total %v", test.name, x.unit, x.firm, x.pack, x.total)
		}
	}
	r := ledger.Record{}
	if NewProfile(chenggu, form.Tasks.Number.Form, &r).pack {
		t.Error("a form without packages has one")
	}
}

func TestLikeness(t *testing.T) {
	for _, test := range []struct {
		a, b          string
		share, within int
	}{
		{"库", "库", 0, 0}, {"库", "冷库", 0, 0}, {"冷库", "冷库", 100, 100}, {"冷库", "公路", 0, 0}, {"金华冷库", "金华冷库加工厂", 82, 100},
	} {
		share, within := likeness(profiled(test.a), profiled(test.b))
		if share != test.share || within != test.within {
			t.Errorf("%s｜%s: %d%% and %d%%, want %d%% and %d%%", test.a, test.b, share, within, test.share, test.within)
		}
	}
}

// One thing is told from another of its kind by one character, wherever it stands.
func TestOpposed(t *testing.T) {
	for _, test := range []struct {
		name, a, b string
		want       bool
	}{
		{"the same", "青龙新街", "青龙新街", false},
		{"new and old", "青龙新街", "青龙老街", true},
		{"at the beginning", "新街改造", "老街改造", true},
		{"at the end", "冷库甲", "冷库乙", true},
		{"two characters", "新街东段", "老街西段", false},
		{"a character more", "青龙新街", "青龙老街道", false},
		{"of two kinds", "青龙新街", "青龙东街", false},
	} {
		a, b := profiled(test.a), profiled(test.b)
		if got := opposed(a, b); got != test.want || opposed(b, a) != got {
			t.Errorf("%s: %v", test.name, got)
		}
	}
}

func TestSubjectsApart(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"金华", "青龙", true}, {"金华", "金华", false}, {"金华", "华金", true}, {"金华", "金花", true}, {"金华", "青龙金华", false}, {"金华食", "青金华", false},
		{"金", "青龙", false}, {"", "青龙", false}, {"金华青", "金龙青", true},
	} {
		a, b := &Profile{subject: []rune(test.a)}, &Profile{subject: []rune(test.b)}
		if got := subjectsApart(a, b); got != test.want || subjectsApart(b, a) != got {
			t.Errorf("%s｜%s: %v", test.a, test.b, got)
		}
	}
}

// Whether the first name speaks of more than the second: of something built, or of a subject.
func TestBeyond(t *testing.T) {
	for _, test := range []struct {
		name, a, b string
		want       bool
	}{
		{"an object", "金华冷库", "金华", true},
		{"none", "金华", "金华冷库", false},
		{"a subject", "金华冷库", "冷库", true},
		{"how it is done", "金华新建", "金华", false},
		{"of one character", "金华桥", "金华", false},
		{"of two characters that are in the other", "金华物流园", "金华物流", false},
		{"of which the first two are", "金华物流园", "金华物流", false},
		{"an object, for which the other has a short word", "金华妇幼保健院", "金华妇保院", false},
		{"an object, for which the other has a long word", "金华妇保院", "金华妇幼保健院", false},
	} {
		if got := beyond(profiled(test.a), profiled(test.b)); got != test.want {
			t.Errorf("%s: %v", test.name, got)
		}
	}
}

func TestSpeaksOf(t *testing.T) {
	for _, test := range []struct {
		name, word string
		want       bool
	}{
		{"金华住院部", "住院楼", true}, {"金华院楼", "住院楼", true}, {"金华医院", "住院楼", false}, {"金华妇保院", "妇幼保健院", true}, {"金华", "桥", false},
	} {
		if got := profiled(test.name).speaksOf(test.word); got != test.want {
			t.Errorf("%s of %s: %v", test.name, test.word, got)
		}
	}
}

func TestAlikeWords(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"冷库", "冷库", true}, {"冷库", "冷藏库", true}, {"冷库", "大冷库", true}, {"保健院", "妇幼保健院", true}, {"妇保院", "妇幼保健院", true}, {"保院", "妇幼保健院", false},
		{"院", "医院", true}, {"冷库", "仓库", false}, {"妇院保", "妇幼保健院", false},
	} {
		if got := alike(test.a, test.b); got != test.want || alike(test.b, test.a) != got {
			t.Errorf("%s｜%s: %v", test.a, test.b, got)
		}
	}
}

func TestAbridges(t *testing.T) {
	for _, test := range []struct {
		name, short, long string
		want              bool
	}{
		{"some characters left out", "金华妇保院", "金华妇幼保健院", true},
		{"half of them", "金华冷库", "金华食品冷库加工", true},
		{"more than half of them", "金华冷库", "金华食品冷库加工厂", false},
		{"the subject, too", "食品冷库", "金华食品冷库", false},
		{"of one subject, and in another order", "金华冷库食品", "金华食品冷库加工", false},
		{"the longer for the shorter", "金华食品冷库", "金华冷库", false},
	} {
		if got := abridges(profiled(test.short), profiled(test.long)); got != test.want {
			t.Errorf("%s: %v", test.name, got)
		}
	}
}

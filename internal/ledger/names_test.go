package ledger

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"full width", "Ａ１（％）：，", "A1(%):,"},
		{"blanks of every kind", " 项\t目　名\n称 \u200b\ufeff", "项目名称"},
		{"dashes", "1—6–7－8～9~0−1", "1-6-7-8-9-0-1"},
		{"brackets", "【甲】〔乙〕［丙］", "(甲)(乙)(丙)"},
		{"dots between names", "阿・卜•热‧木", "阿·卜·热·木"},
		{"words stay", "桔园镇橘园，二期", "桔园镇橘园,二期"},
		{"nothing", "", ""},
	} {
		if got := Fold(test.text); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestFoldTwiceIsOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		once := Fold(rapid.String().Draw(t, "text"))
		if twice := Fold(once); twice != once {
			t.Fatalf("%q, then %q", once, twice)
		}
	})
}

func TestNames(t *testing.T) {
	for text, want := range map[string][]string{
		"住建局、城管局": {"住建局", "城管局"}, "张三, 李四；王五/赵六": {"张三", "李四", "王五", "赵六"}, "交通局": {"交通局"}, "": nil, "、": nil,
	} {
		if got := Names(text); !slices.Equal(got, want) {
			t.Errorf("Names(%q) = %q", text, got)
		}
	}
}

const (
	codeA ProjectCode = "2401-610722-04-01-100012"
	codeB ProjectCode = "2403-610722-89-05-204175"
)

func TestBond(t *testing.T) {
	for _, test := range []struct {
		name string
		a, b Identity
		want Bond
	}{
		{"code and name", Identity{codeA, "滨江路改造", "住建局"}, Identity{codeA, "滨江路改造", "城投"}, CodeAndName},
		{"code and similar name", Identity{codeA, "滨江路改造工程", "住建局"}, Identity{codeA, "滨江路改造", "住建局"}, CodeAndName},
		{"code and unlike name", Identity{codeA, "滨江路改造", "住建局"}, Identity{codeA, "城东污水处理厂", "住建局"}, SameCode},
		{"code, first and second stage", Identity{codeA, "物流园一期", "经贸局"}, Identity{codeA, "物流园二期", "经贸局"}, Unbound},
		{"code, a stage and none", Identity{codeA, "物流园", "经贸局"}, Identity{codeA, "物流园(一期)", "经贸局"}, Unbound},
		{"code, one stage written twice", Identity{codeA, "物流园2期", "经贸局"}, Identity{codeA, "物流园项目二期", "经贸局"}, CodeAndName},
		{"code, sections by letter", Identity{codeA, "环线A标段", ""}, Identity{codeA, "环线B标段", ""}, Unbound},
		{"code, sections by direction", Identity{codeA, "环线东段", ""}, Identity{codeA, "环线西段", ""}, Unbound},
		{"name and owner, no codes", Identity{"", "物流园", "经贸局"}, Identity{"", "物流园", "经贸局"}, NameAndOwner},
		{"name and owner, one code", Identity{codeA, "物流园", "经贸局"}, Identity{"", "物流园", "经贸局"}, NameAndOwner},
		{"name and owner, two codes", Identity{codeA, "物流园", "经贸局"}, Identity{codeB, "物流园", "经贸局"}, SameName},
		{"name, two owners", Identity{"", "村道硬化", "文川镇"}, Identity{"", "村道硬化", "二里镇"}, SameName},
		{"different names", Identity{"", "村道硬化", "文川镇"}, Identity{"", "村道硬化工程", "文川镇"}, Unbound},
		{"no names", Identity{"", "", "文川镇"}, Identity{"", "", "文川镇"}, Unbound},
	} {
		t.Run(test.name, func(t *testing.T) {
			if there, back := test.a.Bond(test.b), test.b.Bond(test.a); there != test.want || back != test.want {
				t.Errorf("%v and back %v, want %v", there, back, test.want)
			}
		})
	}
}

func TestKey(t *testing.T) {
	if got := (Identity{codeA, "物流园", "经贸局"}).Key(); got != string(codeA) {
		t.Error(got)
	}
	if got := (Identity{"", "物流园", "经贸局"}).Key(); got != "物流园|经贸局" {
		t.Error(got)
	}
}

func TestSections(t *testing.T) {
	for name, want := range map[string]string{
		"物流园": "", "物流园一期": "1期", "物流园第二期三标段": "2期 3标", "物流园(二)": "2)", "十一期": "11期", "二十期": "20期", "二十二期": "22期", "10批": "10批",
		"2024年农田": "2024年", "二〇二四农田": "", "三合镇一二三产业": "", "东区": "", "": "",
	} {
		if got := strings.Join(Sections(name), " "); got != want {
			t.Errorf("Sections(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestSimilar(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"滨江路改造", "滨江路改造工程", true}, {"滨江路道路改造工程", "滨江路改造提升工程", true}, {"桔园物流园", "橘园物流园", true},
		{"滨江路改造", "城东污水处理厂", false}, {"污水处理厂", "污水管网", false}, {"", "", true}, {"", "甲", false}, {"甲", "乙", false},
	} {
		if got := Similar(test.a, test.b); got != test.want || Similar(test.b, test.a) != test.want {
			t.Errorf("Similar(%q, %q) = %v", test.a, test.b, got)
		}
	}
}

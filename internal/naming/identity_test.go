package naming

import (
	"testing"

	"huizong/internal/ledger"
)

const (
	codeA = ledger.ProjectCode("2401-610722-04-01-100012")
	codeB = ledger.ProjectCode("2403-610722-89-05-204175")
)

var chenggu = NewGazetteer("城固县", "博望街道", "莲花街道", "龙头镇", "沙河营镇", "文川镇", "柳林镇", "老庄镇", "桔园镇", "原公镇", "上元观镇", "天明镇", "二里镇", "五堵镇",
	"双溪镇", "小河镇", "董家营镇", "三合镇")

func known(code ledger.ProjectCode, name, owner string) Identity {
	return chenggu.Identify(Said{Code: code, Name: name, Owner: owner})
}

func TestBond(t *testing.T) {
	for _, test := range []struct {
		name string
		a, b Identity
		want Bond
	}{
		{"code and name", known(codeA, "滨江路改造", "住建局"), known(codeA, "滨江路改造", "城投"), CodeAndName},
		{"code and similar name", known(codeA, "滨江路改造工程", "住建局"), known(codeA, "滨江路改造", "住建局"), CodeAndName},
		{"code and unlike name", known(codeA, "滨江路改造", "住建局"), known(codeA, "城东污水处理厂", "住建局"), SameCode},
		{"code, first and second stage", known(codeA, "物流园一期", "经贸局"), known(codeA, "物流园二期", "经贸局"), Unbound},
		{"code, a stage and none", known(codeA, "物流园", "经贸局"), known(codeA, "物流园(一期)", "经贸局"), Unbound},
		{"code, one stage written twice", known(codeA, "物流园2期", "经贸局"), known(codeA, "物流园项目二期", "经贸局"), CodeAndName},
		{"code, sections by letter", known(codeA, "环线A标段", ""), known(codeA, "环线B标段", ""), Unbound},
		{"code, sections by direction", known(codeA, "环线东段", ""), known(codeA, "环线西段", ""), Unbound},
		{"name and owner, no codes", known("", "物流园", "经贸局"), known("", "物流园", "经贸局"), NameAndOwner},
		{"name and owner, one code", known(codeA, "物流园", "经贸局"), known("", "物流园", "经贸局"), NameAndOwner},
		{"name and owner, two codes", known(codeA, "物流园", "经贸局"), known(codeB, "物流园", "经贸局"), SameName},
		{"name, two owners", known("", "村道硬化", "文川镇"), known("", "村道硬化", "二里镇"), SameName},
		{"different names", known("", "村道硬化", "文川镇"), known("", "村道硬化工程", "文川镇"), Unbound},
		{"no names", known("", "", "文川镇"), known("", "", "文川镇"), Unbound},
	} {
		t.Run(test.name, func(t *testing.T) {
			if there, back := test.a.Bond(test.b), test.b.Bond(test.a); there != test.want || back != test.want {
				t.Errorf("%v and back %v, want %v", there, back, test.want)
			}
		})
	}
}

func TestKey(t *testing.T) {
	if got := known(codeA, "物流园", "经贸局").Key(); got != string(codeA) {
		t.Error(got)
	}
	if got := known("", "物流园", "经贸局").Key(); got != "物流园|经贸局" {
		t.Error(got)
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

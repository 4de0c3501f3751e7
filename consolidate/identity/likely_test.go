package identity

import (
	"slices"
	"testing"

	"huizong/internal/ledger"
	"huizong/internal/naming"
)

// clueOf is the one clue that part of a weighing notes of two projects, either way; -1 where there is none.
func clueOf(t *testing.T, part func(*weighing), a, b Row) ClueKind {
	t.Helper()
	found := ClueKind(-1)
	for i, pair := range [][2]Row{{a, b}, {b, a}} {
		x := weighing{weights: &BuiltIn, a: profileOf(pair[0]), b: profileOf(pair[1]), keeps: true}
		part(&x)
		kind := ClueKind(-1)
		if len(x.clues) > 0 {
			kind = x.clues[0].Kind
		}
		if len(x.clues) > 1 || i > 0 && kind != found {
			t.Errorf("%s｜%s: clues %v", pair[0].Name, pair[1].Name, x.clues)
		}
		found = kind
	}
	return found
}

func TestTotals(t *testing.T) {
	row := func(name string, total ledger.Money) Row {
		return Row{Identity: chenggu.Identify(naming.Said{Name: name}), Total: ledger.Amount{V: total, Valid: total > 0}}
	}
	for _, test := range []struct {
		name         string
		one, other   string
		total, totel ledger.Money
		want         ClueKind
	}{
		{"one is not known", "冷库", "冷库", 100, 0, -1},
		{"the same, one digit", "冷库", "冷库", 8000, 8000, SameRoundTotals},
		{"the same, two digits", "冷库", "冷库", 8500, 8500, SameTotals},
		{"the same, three digits", "冷库", "冷库", 8510, 8510, SameOddTotals},
		{"a twentieth less", "冷库", "冷库", 1900, 2000, NearTotals},
		{"a cent less than that", "冷库", "冷库", 1899, 2000, CloseTotals},
		{"a fifth less", "冷库", "冷库", 1600, 2000, CloseTotals},
		{"a cent less than a fifth", "冷库", "冷库", 1599, 2000, OtherTotals},
		{"half", "冷库", "冷库", 1000, 2000, OtherTotals},
		{"less than half", "冷库", "冷库", 999, 2000, FarTotals},
		{"in another unit, ten times", "冷库", "冷库", 123, 1230, ShiftedTotals},
		{"ten thousand times", "冷库", "冷库", 123, 1_230_000, ShiftedTotals},
		{"a hundred thousand times", "冷库", "冷库", 123, 12_300_000, FarTotals},
		{"a stage of it has less", "冷库一期", "冷库", 1000, 2000, PartTotals},
		{"a section of it has less", "冷库一标段", "冷库", 1000, 2000, PartTotals},
		{"a stage of it has more", "冷库一期", "冷库", 2000, 1000, OtherTotals},
		{"a stage of it has as much", "冷库一期", "冷库", 8000, 8000, SameRoundTotals},
		{"two stages", "冷库一期", "冷库二期", 1000, 2000, OtherTotals},
	} {
		if got := clueOf(t, (*weighing).totals, row(test.one, test.total), row(test.other, test.totel)); got != test.want {
			t.Errorf("%s: %d, want %d", test.name, got, test.want)
		}
	}
	for _, test := range []struct {
		name      string
		of, total ledger.Money
		want      ClueKind
	}{
		{"a package has more than its part", 2000, 1000, PartTotals},
		{"a package has less", 1000, 2000, OtherTotals},
	} {
		pack := row("路网", test.of)
		x := weighing{weights: &BuiltIn, a: profileOf(pack), b: profileOf(row("一路", test.total)), keeps: true}
		x.a.pack = true
		x.totals()
		if x.clues[0].Kind != test.want {
			t.Errorf("%s: %d, want %d", test.name, x.clues[0].Kind, test.want)
		}
	}
}

func TestOwners(t *testing.T) {
	row := func(name, owner string) Row {
		return Row{Identity: chenggu.Identify(naming.Said{Name: name, Owner: owner})}
	}
	for _, test := range []struct {
		name                   string
		one, owner, other, own string
		want                   ClueKind
	}{
		{"one is not known", "冷库", "水利局", "冷库", "", -1},
		{"one firm", "冷库", "金华食品有限公司", "粮仓", "金华食品有限公司", SameFirms},
		{"one owner within the other", "冷库", "金华食品", "粮仓", "汉中金华食品厂", AlikeOwners},
		{"a firm and a village", "冷库", "金华食品有限公司", "粮仓", "青龙村", OtherOwners},
	} {
		if got := clueOf(t, (*weighing).owners, row(test.one, test.owner), row(test.other, test.own)); got != test.want {
			t.Errorf("%s: %d, want %d", test.name, got, test.want)
		}
	}
}

// Two firms that name their projects in the same words may be one that was renamed.
func TestOwnersOfUnitsAndFirms(t *testing.T) {
	for _, test := range []struct {
		name                  string
		owner, other, project string
		unit, firm, otherFirm bool
		want                  ClueKind
	}{
		{"one unit", "水利局", "水利局", "粮仓", true, false, false, SameUnits},
		{"two firms", "甲公司", "乙公司", "粮仓", false, true, true, OtherFirms},
		{"two firms of one thing", "甲公司", "乙公司", "冷库", false, true, true, OtherOwners},
		{"a firm and another", "甲公司", "青龙村", "粮仓", false, true, false, OtherOwners},
	} {
		for range 2 { // either way
			x := weighing{weights: &BuiltIn, keeps: true, a: profileOf(Row{Identity: chenggu.Identify(naming.Said{Name: "冷库", Owner: test.owner})}),
				b: profileOf(Row{Identity: chenggu.Identify(naming.Said{Name: test.project, Owner: test.other})})}
			x.a.unit, x.a.firm, x.b.firm = test.unit, test.firm, test.otherFirm
			x.owners()
			if len(x.clues) != 1 || x.clues[0].Kind != test.want {
				t.Errorf("%s: %v, want %d", test.name, x.clues, test.want)
			}
			test.owner, test.other, test.firm, test.otherFirm = test.other, test.owner, test.otherFirm, test.firm
		}
	}
}

// A slip of the hand is one digit, or two neighbours that changed places.
func TestNearly(t *testing.T) {
	const code = "2401-610722-04-01-100012"
	for _, test := range []struct {
		name, other string
		want        bool
	}{
		{"the same", code, false},
		{"one digit", "2401-610722-04-01-100022", true},
		{"neighbours that changed places", "2401-610722-04-01-100021", true},
		{"two neighbours that did not", "2401-610722-04-01-100034", false},
		{"one of two that did not", "2401-610722-04-01-100023", false},
		{"the first of two became the second", "2401-610722-04-01-100031", false},
		{"the second of two became the first", "2401-610722-04-01-100041", false},
		{"two that changed places and are no neighbours", "2401-610722-04-01-200011", false},
		{"three digits", "2401-610722-04-01-111112", false},
		{"a digit less", code[1:], false},
	} {
		if got := nearly(code, ledger.ProjectCode(test.other)); got != test.want || nearly(ledger.ProjectCode(test.other), code) != got {
			t.Errorf("%s: %v", test.name, got)
		}
	}
	for length, want := range map[int]bool{19: false, 20: true} {
		if got := nearly(ledger.ProjectCode("9"+code[1:length]), ledger.ProjectCode(code[:length])); got != want {
			t.Errorf("of %d characters: %v", length, got)
		}
	}
}

// Two projects that come to what is asked for are told with their clues, in the order of the sheets; others with none.
func TestLikely(t *testing.T) {
	a := profileOf(Row{Identity: chenggu.Identify(naming.Said{Name: "柳林镇冷链物流园", Owner: "金华食品有限公司"})})
	b := profileOf(Row{Identity: chenggu.Identify(naming.Said{Name: "柳林镇冷链物流园", Owner: "金华食品有限公司"})})
	score, clues := BuiltIn.Likely(a, b, 0)
	if !slices.IsSortedFunc(clues, func(x, y Clue) int { return int(x.Kind - y.Kind) }) || len(clues) != 3 || clues[0].Kind != SameNames {
		t.Errorf("%d%% of %v", score, clues)
	}
	if again, none := BuiltIn.Likely(a, b, score+1); again != 0 || none != nil {
		t.Errorf("%d%% of %v where more is asked for", again, none)
	}
}

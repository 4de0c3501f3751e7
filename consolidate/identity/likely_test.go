package identity

import (
	"slices"
	"strconv"
	"strings"
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

// told is how likely two projects are one and why, as people read it; it is the same either way.
func told(t *testing.T, likely func(a, b *Profile) (int, []Clue), one, other string) string {
	t.Helper()
	a, b := profileOf(rowOf("", strings.Fields("name="+one)...)), profileOf(rowOf("", strings.Fields("name="+other)...))
	text := func(score int, clues []Clue) string {
		all := strconv.Itoa(score)
		for _, c := range clues {
			all += " " + c.In(ledger.Chinese)
		}
		return all
	}
	there, back := text(likely(a, b)), text(likely(b, a))
	if there != back {
		t.Errorf("%s｜%s: %s, and back %s", one, other, there, back)
	}
	return there
}

func TestClues(t *testing.T) {
	for _, test := range []struct{ name, one, other, want string }{
		{"common words, anywhere", "物流园", "柳林镇物流园",
			"23 名称相同（通用名称）（+3.3）"},
		{"the same but for what says nothing", "柳林镇物流园", "柳林镇物流园工程",
			"77 名称相同（+6.1） 名称中的镇（街道）相同（+0.7）"},
		{"other words for the same", "青龙道路改造", "青龙公路改造",
			"44 名称用词相同（+4.7）"},
		{"words in another order", "金华医院住院楼", "金华住院楼医院",
			"44 名称用词相同（+4.7）"},
		{"mistyped", "失地农民安置小区", "失地农民安致小区",
			"38 名称仅一字之差（+4.3）"},
		{"mistyped in a name of its own", "金华乡村小学", "金花乡村小学",
			"5 名称专名一字之差（+1.0）"},
		{"two subjects", "金华冷库", "青龙冷库",
			"0 名称相似仅14%（-4.9） 名称主体不同（-6.6）"},
		{"two objects", "金华食品冷库", "金华食品停车场",
			"0 名称相似73%（+2.4） 建设内容不同（-7.6）"},
		{"more objects, and another at the end", "金华食品冷库", "金华食品冷库停车场",
			"0 名称相似85%（+4.0） 建设内容不同（-7.6）"},
		{"more objects, the same at the end", "金华食品冷库", "金华食品停车场冷库",
			"20 名称相似76%（+4.0） 仅一方名称写有其他建设内容（-1.0）"},
		{"one short for the other, of another object", "人民医院住院楼", "人民医院",
			"0 名称相似40%（+4.0） 建设内容不同（-7.6）"},
		{"one short for the other", "金华妇幼保健院迁建", "金华妇保院",
			"33 名称相似90%（+4.0）"},
		{"all of it in a long one", "金华冷库", "金华冷库加工厂仓储物流中心办公楼",
			"0 名称相似53%（+0.0） 建设内容不同（-7.6）"},
		{"two ways to do it", "金华食品厂新建冷库", "金华食品厂冷库采购",
			"3 名称相似68%（+0.0）"},

		{"two years", "2023年金华冷库", "2024年金华冷库",
			"0 名称相同（+6.1） 年度不同（-15.0）"},
		{"one year", "2024年金华冷库", "2024年金华冷库项目",
			"84 名称相同（+6.1） 年度相同（+1.3）"},
		{"one stage", "金华冷库一期", "金华冷库工程一期",
			"84 名称相同（+6.1） 期相同（+1.3）"},
		{"two stages", "金华冷库一期", "金华冷库二期",
			"0 名称相同（+6.1） 期不同（-15.0）"},
		{"a stage and none", "金华冷库一期", "金华冷库",
			"60 名称相同（+6.1） 仅一方名称写明期（-0.5）"},
		{"a batch and none", "金华第一批冷库", "金华冷库",
			"60 名称相同（+6.1） 仅一方名称写明批次（-0.5）"},
		{"a number and none", "金华冷库3号", "金华冷库",
			"34 名称相同（+6.1） 仅一方名称写明编号（-2.0）"},
		{"a year and none", "2024年金华冷库", "金华冷库",
			"68 名称相同（+6.1）"},
		{"a size and none", "金华冷库3万吨", "金华冷库",
			"68 名称相同（+6.1）"},
		{"two sizes", "金华冷库3万吨", "金华冷库5万吨",
			"0 名称相同（+6.1） 规模不同（-15.0）"},
		{"one road", "S316金华段改造", "S316线金华段改造",
			"94 名称相同（+6.1） 路线相同（+3.0）"},
		{"a road and none", "S316金华段改造", "金华段改造",
			"34 名称相同（+6.1） 仅一方名称写明路线（-2.0）"},
		{"a chainage and none", "K12+300金华段改造", "金华段改造",
			"34 名称相同（+6.1） 仅一方名称写明桩号（-2.0）"},
		{"a stage and a section", "金华冷库一期", "金华冷库A标段",
			"11 名称相同（+6.1） 各写明不同的分段（-3.0） 仅一方名称写明期（-0.5） 仅一方名称写明标段（-0.5）"},
		{"a section of a stage and none", "金华冷库一期A标段", "金华冷库",
			"51 名称相同（+6.1） 仅一方名称写明期（-0.5） 仅一方名称写明标段（-0.5）"},
		{"a year and a stage", "2024年金华冷库", "金华冷库一期",
			"60 名称相同（+6.1） 仅一方名称写明期（-0.5）"},
		{"a road and a stage", "S316金华段改造", "金华段改造一期",
			"27 名称相同（+6.1） 仅一方名称写明路线（-2.0） 仅一方名称写明期（-0.5）"},
		{"two sides, by a mark", "湑水河东干渠", "湑水河西干渠",
			"0 名称相同（+6.1） 方位不同（-15.0）"},
		{"two of a kind, by no mark", "青龙新街改造", "青龙老街改造",
			"0 名称相似53%（+0.0） 方位不同（-15.0）"},

		{"two villages", "柳林镇青龙村冷库", "柳林镇白云村冷库",
			"0 名称相同（+6.1） 名称中的村（社区）不同（-11.0）"},
		{"two towns and villages", "柳林镇青龙村冷库", "老庄镇白云村冷库",
			"0 名称相同（+6.1） 名称中的村（社区）不同（-11.0）"},
		{"each one more village", "青龙村、白云村冷库", "青龙村、红花村冷库",
			"0 名称相同（+6.1） 名称中的村（社区）不同（-11.0）"},
		{"two towns", "柳林镇金华冷库", "老庄镇金华冷库",
			"0 名称相同（+6.1） 名称中的镇（街道）不同（-9.2）"},
		{"a town and none", "柳林镇金华冷库", "金华冷库",
			"68 名称相同（+6.1）"},
		{"a village and none", "柳林镇青龙村冷库", "柳林镇冷库",
			"51 名称相同（+6.1） 仅一方名称写明村（社区）（-1.0）"},
		{"a village, and the other is there", "柳林镇冷库 place=青龙村", "柳林镇青龙村冷库",
			"77 名称相同（+6.1） 名称中的镇（街道）相同（+0.7）"},
		{"a village, and the other is elsewhere", "柳林镇冷库 place=白云村", "柳林镇青龙村冷库",
			"51 名称相同（+6.1） 仅一方名称写明村（社区）（-1.0）"},
		{"a village without 村", "柳林镇青龙冷库", "柳林镇青龙村冷库",
			"71 名称仅一字之差（+4.3） 名称中的村（社区）相同（+2.0）"},
		{"one village", "柳林镇青龙村冷库", "柳林镇青龙村粮仓",
			"0 名称相似仅0%（-4.9） 建设内容不同（-7.6） 名称中的村（社区）相同（+2.0）"},
		{"one town", "柳林镇冷库", "柳林镇粮仓",
			"0 名称相似仅0%（-4.9） 建设内容不同（-7.6） 名称中的镇（街道）相同（+0.7）"},
		{"a character left out of a village", "青龙寨村小学", "青龙村小学",
			"68 名称相同（+6.1）"},
		{"a character mistyped in a village", "青龙村小学", "青尤村小学",
			"0 名称相同（+6.1） 名称中的村（社区）不同（-11.0）"},

		{"a village of a town and the village", "金华冷库 place=柳林镇青龙村", "金华冷库 place=青龙村",
			"92 名称相同（+6.1） 建设地点相同（+2.6）"},
		{"one town", "金华冷库 place=柳林镇", "金华冷库 place=柳林镇",
			"81 名称相同（+6.1） 建设地点同在一镇（街道）（+1.0）"},
		{"two towns", "金华冷库 place=柳林镇", "金华冷库 place=老庄镇",
			"2 名称相同（+6.1） 建设地点不同（-6.6）"},
		{"two villages of a town", "金华冷库 place=柳林镇青龙村", "金华冷库 place=柳林镇白云村",
			"2 名称相同（+6.1） 建设地点不同（-6.6）"},
		{"a town and its village", "金华冷库 place=柳林镇", "金华冷库 place=柳林镇青龙村",
			"81 名称相同（+6.1） 建设地点同在一镇（街道）（+1.0）"},
		{"one of two towns", "金华冷库 place=柳林镇、老庄镇", "金华冷库 place=老庄镇、三合镇",
			"81 名称相同（+6.1） 建设地点同在一镇（街道）（+1.0）"},
		{"no closer than the town", "金华冷库 place=城区", "金华冷库 place=城区",
			"81 名称相同（+6.1） 建设地点同在一镇（街道）（+1.0）"},
		{"in it", "金华冷库 place=城区", "金华冷库 place=城区滨江路",
			"81 名称相同（+6.1） 建设地点同在一镇（街道）（+1.0）"},
		{"one street", "金华冷库 place=滨江路", "金华冷库 place=滨江路",
			"92 名称相同（+6.1） 建设地点相同（+2.6）"},
		{"a street, and the same in a town", "金华冷库 place=滨江路", "金华冷库 place=柳林镇滨江路",
			"81 名称相同（+6.1） 建设地点同在一镇（街道）（+1.0）"},
		{"two streets", "金华冷库 place=滨江路", "金华冷库 place=朝阳街",
			"2 名称相同（+6.1） 建设地点不同（-6.6）"},
		{"the village that the names name", "青龙村冷库 place=青龙村", "青龙村冷库 place=青龙村",
			"94 名称相同（+6.1） 名称中的村（社区）相同（+2.0） 建设地点同在一镇（街道）（+1.0）"},
		{"a place and none", "金华冷库 place=柳林镇", "金华冷库",
			"68 名称相同（+6.1）"},

		{"one code", "金华冷库 code=2401-610722-04-01-100012", "湑水河堤防 code=2401-610722-04-01-100012",
			"90 项目代码相同（+7.6） 名称相似仅0%（-4.9） 名称主体不同（-6.6）"},
		{"one code, the rest as well", "金华冷库 code=2401-610722-04-01-100012", "金华冷库 code=2401-610722-04-01-100012",
			"99 项目代码相同（+7.6） 名称相同（+6.1）"},
		{"a digit apart", "金华冷库 code=2401-610722-04-01-100012", "金华冷库 code=2401-610722-04-01-100013",
			"99 项目代码仅差一位（+5.9） 名称相同（+6.1）"},
		{"two codes", "金华冷库 code=2401-610722-04-01-100012", "金华冷库 code=2403-610722-89-05-204175",
			"6 项目代码不同（-4.9） 名称相同（+6.1）"},
		{"a code and none", "金华冷库 code=2401-610722-04-01-100012", "金华冷库",
			"68 名称相同（+6.1）"},

		{"all that can be the same", "柳林镇金华冷库 total=8510 owner=金华公司 place=柳林镇", "柳林镇金华冷库 total=8510 owner=金华公司 place=柳林镇",
			"99 名称相同（+6.1） 名称中的镇（街道）相同（+0.7） 项目单位相同（+2.9） 建设地点同在一镇（街道）（+1.0） 总投资相同（+5.7）"},
	} {
		got := told(t, func(a, b *Profile) (int, []Clue) {
			score, clues := BuiltIn.Likely(a, b, 0)
			if again, _ := BuiltIn.Likely(a, b, score); again != score {
				t.Errorf("%s: %d%% where no more is asked for, else %d%%", test.name, again, score)
			}
			return score, clues
		}, test.one, test.other)
		if got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

// Years that differ count as a clue of their own, which people may decide otherwise.
func TestOtherYears(t *testing.T) {
	for want, names := range map[ClueKind][2]string{OtherYears: {"2023年冷库", "2024年冷库"}, OtherMarks: {"冷库一期", "冷库二期"}} {
		if got := clueOf(t, (*weighing).marks, rowOf("", "name="+names[0]), rowOf("", "name="+names[1])); got != want {
			t.Errorf("%v: %d, want %d", names, got, want)
		}
	}
}

// Where one department drops a row and reports another, one name may be part of the other, and place and owner say nothing.
func TestSucceeds(t *testing.T) {
	for _, test := range []struct{ name, one, other, want string }{
		{"more objects, and another at the end", "金华食品冷库", "金华食品冷库停车场",
			"94 名称相似90%（+4.0） 仅一方名称写有其他建设内容（-1.0）"},
		{"one short for the other, of another object", "人民医院住院楼", "人民医院",
			"94 名称相似90%（+4.0） 仅一方名称写有其他建设内容（-1.0）"},
		{"two stages", "金华冷库一期", "金华冷库二期",
			"0 名称相同（+6.1） 期不同（-15.0）"},
		{"two towns", "柳林镇金华冷库", "老庄镇金华冷库",
			"18 名称相同（+6.1） 名称中的镇（街道）不同（-9.2）"},
		{"one code", "金华冷库 code=2401-610722-04-01-100012", "湑水河堤防 code=2401-610722-04-01-100012",
			"11 项目代码相同（+7.6） 名称相似仅0%（-4.9） 名称主体不同（-6.6）"},
		{"all that can be the same", "柳林镇金华冷库 total=8510 owner=金华公司 place=柳林镇", "柳林镇金华冷库 total=8510 owner=金华公司 place=柳林镇",
			"99 名称相同（+6.1） 名称中的镇（街道）相同（+0.7） 总投资相同（+5.7）"},
	} {
		if got := told(t, BuiltIn.Succeeds, test.one, test.other); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

func TestAlikeness(t *testing.T) {
	for _, test := range []struct {
		share, within int
		short         bool
		want          ClueKind
	}{
		{88, 88, false, AlmostAlike}, {87, 87, false, Alike}, {0, 0, true, AlmostAlike},
		{72, 72, false, Alike}, {71, 71, false, SomewhatAlike}, {55, 90, false, Alike}, {54, 90, false, SomewhatAlike}, {55, 89, false, SomewhatAlike},
		{50, 50, false, SomewhatAlike}, {49, 89, false, Unlike}, {49, 90, false, SomewhatAlike},
	} {
		if got := alikeness(test.share, test.within, test.short); got != test.want {
			t.Errorf("%d%% alike, %d%% of the shorter, short for the other %v: %d, want %d", test.share, test.within, test.short, got, test.want)
		}
	}
}

// The most that names can add is that of the one clue of names that are the same, or of how alike they are and of what is built.
func TestMost(t *testing.T) {
	for _, test := range []struct {
		name    string
		weights map[ClueKind]int
		want    int
	}{
		{"nothing weighs for them", map[ClueKind]int{OtherSubjects: -9, OtherObjects: -9, MoreObjects: -9}, 0},
		{"the same", map[ClueKind]int{SameNames: 9}, 9},
		{"of common words", map[ClueKind]int{SameCommonNames: 9}, 9},
		{"of the same words", map[ClueKind]int{SameWords: 9}, 9},
		{"a slip", map[ClueKind]int{Slip: 9}, 9},
		{"a slip in a name", map[ClueKind]int{SlipInOwn: 9}, 9},
		{"almost alike", map[ClueKind]int{AlmostAlike: 9}, 9},
		{"alike", map[ClueKind]int{Alike: 9}, 9},
		{"somewhat alike", map[ClueKind]int{SomewhatAlike: 9}, 9},
		{"unlike, and other subjects", map[ClueKind]int{Unlike: 9, OtherSubjects: 2}, 11},
		{"alike, and other objects", map[ClueKind]int{Alike: 9, OtherObjects: 2, SameNames: 10}, 11},
		{"alike, and more objects", map[ClueKind]int{Alike: 9, MoreObjects: 2, SameTotals: 50}, 11},
	} {
		var w Weights
		for kind, bits := range test.weights {
			w[kind] = bits
		}
		if got, _, _ := w.most(); got != test.want {
			t.Errorf("%s: %d, want %d", test.name, got, test.want)
		}
	}
}

// The most that places can add, and towns and villages in names, is that of one clue of them each, and nothing where all speak against.
func TestMostOfPlaces(t *testing.T) {
	for kind := range clueKinds {
		var w Weights
		w[kind] = 9
		wantPlaces, wantTowns := 0, 0
		switch {
		case SamePlaces <= kind && kind <= OtherPlaces:
			wantPlaces = 9
		case OtherVillages <= kind && kind <= SameTowns:
			wantTowns = 9
		}
		if _, places, towns := w.most(); places != wantPlaces || towns != wantTowns {
			t.Errorf("%s: places %d, want %d; towns %d, want %d", kind.In(ledger.English), places, wantPlaces, towns, wantTowns)
		}
		w[kind] = -9
		if _, places, towns := w.most(); places != 0 || towns != 0 {
			t.Errorf("%s speaks against: places %d, towns %d", kind.In(ledger.English), places, towns)
		}
	}
}

func TestContrary(t *testing.T) {
	for kind, want := range map[ClueKind]bool{OtherCodes: true, OtherYears: true, OtherTotals: false, SameNames: false} {
		if got := (Clue{Kind: kind}).Contrary(); got != want {
			t.Errorf("%s: %v", kind.In(ledger.English), got)
		}
	}
}

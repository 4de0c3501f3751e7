package consolidate

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/consolidate/identity"
	"huizong/internal/form"
	"huizong/internal/ledger"
	. "huizong/internal/returntest"
)

// asks are the pairs that a person is asked about: names and reasons.
func asks(m *Month) []string {
	var all []string
	for _, c := range m.Candidates {
		line := fmt.Sprintf("%s｜%s", c.A.Name(), c.B.Name())
		for _, clue := range c.Clues {
			line += " " + clue.In(ledger.Chinese)
		}
		all = append(all, line)
	}
	return all
}

func TestCandidates(t *testing.T) {
	code := "code=" + CodeA
	for _, test := range []struct {
		name        string
		trade, town []ledger.Record
		want        []string
	}{
		{"nothing in common", []ledger.Record{Idea(5, "物流园", "8")}, []ledger.Record{Idea(5, "自来水厂", "9")}, nil},
		{"certainly one", []ledger.Record{Idea(5, "橘园路网", "8")}, []ledger.Record{Idea(5, "城固县桔园路网", "8")}, nil},
		{"one code, unlike names", []ledger.Record{Idea(5, "物流园", "8", code)}, []ledger.Record{Idea(5, "自来水厂", "80", code)},
			[]string{"物流园｜自来水厂 项目代码相同（+7.6） 名称相似仅0%（-4.9） 建设内容不同（-7.6） 项目单位（责任单位）相同，是部门、镇或街道（+1.3） 总投资差整十、百、千、万倍（+1.6）"}},
		{"one code, two stages", []ledger.Record{Idea(5, "物流园一期", "8", code)}, []ledger.Record{Idea(5, "物流园二期", "8", code)},
			[]string{"物流园一期｜物流园二期 项目代码相同（+7.6） 名称相同（通用名称）（+3.3） 期不同（-15.0） 项目单位（责任单位）相同，是部门、镇或街道（+1.3） 总投资相同（整数）（+2.3）"}},
		{"two stages", []ledger.Record{Idea(5, "柳林镇物流园一期", "8")}, []ledger.Record{Idea(5, "柳林镇物流园二期", "8")}, nil},
		{"two years", []ledger.Record{Idea(5, "2023年高标准农田", "8")}, []ledger.Record{Idea(5, "2024年高标准农田", "8")}, nil},
		{"one does not name its stage", []ledger.Record{Idea(5, "柳林镇冷链物流园", "8")}, []ledger.Record{Idea(5, "柳林镇冷链物流园（一期）", "8")},
			[]string{"柳林镇冷链物流园｜柳林镇冷链物流园（一期） 名称相同（+6.1） 仅一方名称写明期（-0.5） 名称中的镇（街道）相同（+0.7） 项目单位（责任单位）相同，是部门、镇或街道（+1.3） 总投资相同（整数）（+2.3）"}},
		{"two towns", []ledger.Record{Idea(5, "柳林镇冷链物流园", "8")}, []ledger.Record{Idea(5, "三合镇冷链物流园", "80")}, nil},
		{"one name, two owners who say nothing else", []ledger.Record{Idea(5, "村道硬化", "8", "owner=甲村", "place=甲村")},
			[]ledger.Record{Idea(5, "村道硬化", "80", "owner=乙寨", "place=乙寨")}, nil},
		{"two parts of a package", []ledger.Record{Idea(5, "城区路网", "8", "is_package=是"), Idea(6, "柳林镇冷链物流园", "8", "package=城区路网")},
			[]ledger.Record{Idea(5, "柳林镇冷链物流园（一期）", "8", "package=城区路网")}, nil},
		{"a part of a package and what is no part", []ledger.Record{Idea(5, "城区路网", "8", "is_package=是"), Idea(6, "柳林镇冷链物流园", "8", "package=城区路网")},
			[]ledger.Record{Idea(5, "柳林镇冷链物流园（一期）", "8")},
			[]string{"柳林镇冷链物流园｜柳林镇冷链物流园（一期） 名称相同（+6.1） 仅一方名称写明期（-0.5） 名称中的镇（街道）相同（+0.7） 项目单位（责任单位）相同，是部门、镇或街道（+1.3） 总投资相同（整数）（+2.3）"}},
		{"a package and its part", []ledger.Record{Idea(5, "城区路网", "8", "is_package=是")}, []ledger.Record{Idea(5, "城区路网甲", "8", "package=城区路网")}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := merged(t, June, nil, Sent(June, Reserve, Trade, "a", test.trade...), Sent(June, Reserve, Town, "b", test.town...))
			if diff := cmp.Diff(test.want, asks(m)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if m.Look != len(test.want) {
				t.Errorf("%d rows to look at, want %d", m.Look, len(test.want))
			}
		})
	}
}

// A decision settles a candidate, and one that is taken back asks again.
func TestDecisionsSettleCandidates(t *testing.T) {
	mail := func() []*ledger.Return {
		return []*ledger.Return{Sent(June, Reserve, Trade, "a", Idea(5, "柳林镇冷链物流园", "8")), Sent(June, Reserve, Town, "b", Idea(5, "柳林镇冷链物流园（一期）", "9"))}
	}
	before := merged(t, May, nil)
	open := decidedMonth(t, before, nil, mail()...)
	decide := func(number int, verdict ledger.Verdict) ledger.Decision {
		keys := open.Candidates[0].Keys
		return ledger.Decision{Number: number, Verdict: verdict, A: ledger.Party{Key: keys[1]}, B: ledger.Party{Key: keys[0]}}
	}
	for _, test := range []struct {
		name             string
		decisions        []ledger.Decision
		projects, asking int
	}{
		{"nothing decided", nil, 2, 1},
		{"one", []ledger.Decision{decide(1, ledger.Same)}, 1, 0},
		{"two", []ledger.Decision{decide(1, ledger.Different)}, 2, 0},
		{"the last decision holds", []ledger.Decision{decide(2, ledger.Same), decide(1, ledger.Different)}, 1, 0},
	} {
		m := decidedMonth(t, before, test.decisions, mail()...)
		if len(m.Register.Projects["reserve"]) != test.projects || len(m.Candidates) != test.asking {
			t.Errorf("%s: %d projects, %d candidates", test.name, len(m.Register.Projects["reserve"]), len(m.Candidates))
		}
		if m.Sum == open.Sum != (test.decisions == nil) {
			t.Errorf("%s: the sum of the month must tell what was decided", test.name)
		}
	}
}

// The evidence is the same either way, and pairs that are dropped early are none that would have come to
// the score asked for.
func TestDroppedEarlyIsUnlikely(t *testing.T) {
	var profiles []*identity.Profile
	for _, row := range newPlanting(1, 2, 2).rows {
		record := row.record()
		profiles = append(profiles, identity.NewProfile(Chenggu, Reserve, &record))
	}
	dropped := 0
	for i, a := range profiles {
		for _, b := range profiles[i+1:] {
			whole, clues := identity.BuiltIn.Likely(a, b, 0)
			if back, same := identity.BuiltIn.Likely(b, a, 0); back != whole || cmp.Diff(clues, same) != "" {
				t.Errorf("%s｜%s: %d %v, and the other way %d %v", a.Name, b.Name, whole, clues, back, same)
			}
			for _, least := range []int{Chenggu.Candidates.Between, Chenggu.Candidates.Within} {
				score, clues := identity.BuiltIn.Likely(a, b, least)
				if clues == nil {
					dropped++
				}
				if score != whole && (clues != nil || whole >= least) {
					t.Errorf("%s｜%s: %d, and %d if %d is asked for", a.Name, b.Name, whole, score, least)
				}
			}
		}
	}
	if dropped == 0 {
		t.Error("no pair was dropped early")
	}
}

// A project is held against few others, however many there are and however alike.
func TestSearchIsBounded(t *testing.T) {
	var profiles []*identity.Profile
	for i := range 4000 {
		row := Idea(5, villages[i%40]+plantedLines[i/40%40].name+villages[i/1600], "8")
		profiles = append(profiles, identity.NewProfile(Chenggu, Reserve, &row))
	}
	b, most := identity.NewBlocks(profiles), 0
	for i := range profiles {
		most = max(most, len(b.Near(i)))
	}
	if most > identity.MostNear+identity.MostOfBlock {
		t.Errorf("a project is held against %d others", most)
	}
}

// What looks like one and is not: names that say different things, however alike the rest is.
func TestNothingBelowCertaintyIsMerged(t *testing.T) {
	for _, test := range []struct {
		name         string
		a, b         string
		same         string // of both rows
		totalA, with string // total of A, and of B
	}{
		{"two villages, behind them a word with 村", "柳林镇庆丰村标准化村卫生室项目", "柳林镇新丰村标准化村卫生室项目", "owner=城固县卫生健康局", "300", "560"},
		{"one of two villages", "柳林镇双井村、红花村产业路工程", "柳林镇双井村、草坝村产业路工程", "owner=柳林镇", "300", "300"},
		{"firms of two places", "汉中锦泰建材年产3万吨管材项目", "陕西锦泰建材年产3万吨管材项目", "owner=柳林镇", "5000", "5000"},
		{"a firm of the county and one of the city", "城固锦泰建材厂房项目", "汉中锦泰建材厂房项目", "owner=柳林镇", "5000", "5000"},
		{"the works and what belongs to them", "柳林镇垃圾处理厂及配套设施", "柳林镇垃圾处理厂配套设施", "owner=柳林镇", "1200", "1200"},
		{"two contracts", "湑水河堤防工程（续建）", "湑水河堤防工程（新建）", "owner=水利局", "1200", "1200"},
		{"two amounts", "湑水河堤防工程（650万元）", "湑水河堤防工程（320万元）", "owner=水利局", "1200", "1200"},
		{"two sides", "湑水河东干渠衬砌", "湑水河西干渠衬砌", "owner=水利局", "1200", "1200"},
		{"totals far apart", "湑水河堤防工程", "湑水河堤防工程", "owner=水利局", "1200", "2500"},
		{"two places", "湑水河堤防工程", "湑水河堤防工程", "owner=水利局", "1200", "1200"},
	} {
		t.Run(test.name, func(t *testing.T) {
			placeA, placeB := "place=柳林镇", "place=柳林镇"
			if test.name == "two places" {
				placeB = "place=老庄镇"
			}
			m := merged(t, June, nil, Sent(June, Reserve, Trade, "a", Idea(5, test.a, test.totalA, test.same, placeA)),
				Sent(June, Reserve, Town, "b", Idea(5, test.b, test.with, test.same, placeB)))
			if n := len(m.Register.Projects["reserve"]); n != 2 {
				t.Errorf("%s and %s are %d project", test.a, test.b, n)
			}
		})
	}
}

// What is open on a count, and between what it may come to lie.
func TestPending(t *testing.T) {
	const of = "owner=供销社"
	for _, test := range []struct {
		name      string
		may, june []ledger.Record // of one department
		town      []ledger.Record // of another, in June
		want      Pending
	}{
		{"nothing alike", nil, []ledger.Record{Idea(5, "物流园", "8")}, []ledger.Record{Idea(5, "自来水厂", "9")}, Pending{Published: 2, AllSame: 2, AllApart: 2}},
		{"two that may be one", nil, []ledger.Record{Idea(5, "柳林镇冷链物流园", "8")}, []ledger.Record{Idea(5, "柳林镇冷链物流园（一期）", "8")},
			Pending{Projects: 2, Published: 2, AllSame: 1, AllApart: 2}},
		{"three that may be one", nil, []ledger.Record{Idea(5, "柳林镇冷链物流园", "8", "code="+CodeA), Idea(6, "城区供水管网", "9", "code="+CodeA)},
			[]ledger.Record{Idea(5, "江湾体育馆", "10", "code="+CodeA)}, Pending{Projects: 3, Published: 3, AllSame: 1, AllApart: 3}},
		{"one that may go on under another name", []ledger.Record{Idea(5, "卫生院改扩建项目", "10")}, []ledger.Record{Idea(5, "卫生院业务用房改扩建项目", "12")}, nil,
			Pending{Projects: 1, Published: 1, AllSame: 1, AllApart: 2}},
		{"one that may be split", []ledger.Record{Idea(5, "柳林镇冷链物流园", "100", of)},
			[]ledger.Record{Idea(6, "柳林镇冷链物流园一期", "60", of), Idea(7, "柳林镇冷链物流园二期", "60", of)}, nil,
			Pending{Projects: 2, Published: 2, AllSame: 2, AllApart: 3}},
		{"a part of a package moves no count", nil, []ledger.Record{Idea(5, "城区路网", "90", "is_package=是"), Idea(6, "柳林镇冷链物流园", "8", "package=城区路网")},
			[]ledger.Record{Idea(5, "柳林镇冷链物流园（一期）", "8")}, Pending{Published: 2, AllSame: 2, AllApart: 2}},
	} {
		t.Run(test.name, func(t *testing.T) {
			before := merged(t, May, nil, Sent(May, Reserve, Trade, "may", test.may...))
			m := merged(t, June, after(before), Sent(June, Reserve, Trade, "a", test.june...), Sent(June, Reserve, Town, "b", test.town...))
			got, open := m.Pending(Reserve)
			if diff := cmp.Diff(test.want, got); diff != "" || open != (test.want.Projects > 0) {
				t.Errorf("open: %v (-want +got)\n%s%v", open, diff, asks(m))
			}
			if other, open := m.Pending(Progress); open || other != (Pending{}) {
				t.Errorf("of key projects there is open %+v", other)
			}
		})
	}
}

// What people decided tells what clues weigh, and the pairs that are the least certain are asked about first;
// what counts once already teaches nothing.
func TestLearnt(t *testing.T) {
	before := merged(t, May, nil, Sent(May, Reserve, Housing, "may", Idea(5, "卫生院改扩建项目", "10")))
	mail := func() []*ledger.Return {
		return []*ledger.Return{
			Sent(June, Reserve, Housing, "h", Idea(5, "卫生院业务用房改扩建项目", "12")),
			Sent(June, Reserve, Trade, "a", Idea(5, "柳林镇冷链物流园", "900"), Idea(6, "汉江大桥工程", "30"), Idea(7, "城区供水管网", "5", "code="+CodeA),
				Idea(8, "三合镇粮库", "77"), Idea(9, "老庄镇敬老院", "61"), Idea(10, "文川镇农贸市场", "45"), Idea(11, "博望镇污水处理站", "23")),
			Sent(June, Reserve, Town, "b", Idea(5, "柳林镇冷链物流园（一期）", "900"), Idea(6, "汉江大桥工程（二期）", "31"), Idea(7, "江湾体育馆", "50", "code="+CodeA),
				Idea(8, "三合镇粮库（一期）", "77"), Idea(9, "老庄镇敬老院（一期）", "60"), Idea(10, "文川镇农贸市场（一期）", "45"), Idea(11, "博望镇污水处理站（一期）", "23")),
		}
	}
	open := decidedMonth(t, before, nil, mail()...)
	learnt := open.Learnt()
	if learnt.One != 0 || learnt.Two != 0 || len(learnt.Ask) != 5 {
		t.Errorf("%d one, %d two, %d pairs to ask about", learnt.One, learnt.Two, len(learnt.Ask))
	}
	var scores, all []int
	for _, c := range learnt.Ask {
		scores = append(scores, c.Score)
	}
	for _, c := range open.Candidates {
		if c.Matter == MatterOne {
			all = append(all, c.Score)
		}
	}
	if slices.IsSorted(all) || len(all) != 7 || len(open.Candidates) != 8 {
		t.Errorf("of %d candidates these may be one: %v", len(open.Candidates), all)
	}
	var moves []ledger.Money
	for _, c := range open.Candidates {
		moves = append(moves, c.Moves/ledger.TenThousandYuan)
	}
	if want := []ledger.Money{900, 77, 60, 45, 30, 23, 10, 5}; !slices.Equal(moves, want) {
		t.Errorf("candidates that move %v, want %v", moves, want)
	}
	slices.Sort(all)
	if !slices.Equal(scores, all[:5]) {
		t.Errorf("asked about first: %v of %v", scores, all)
	}
	for i, w := range learnt.Weights {
		if int(w.Kind) != i || w.Bits != w.BuiltIn || w.BuiltIn != identity.BuiltIn[i] {
			t.Errorf("%+v", w)
		}
	}
	var decisions []ledger.Decision
	for i, verdict := range []ledger.Verdict{ledger.Same, ledger.Same, ledger.Different, ledger.Part} {
		c := learnt.Ask[i]
		decisions = append(decisions, ledger.Decision{Number: i + 1, A: ledger.Party{Key: c.Keys[0]}, B: ledger.Party{Key: c.Keys[1]}, Verdict: verdict})
	}
	decisions = append(decisions, ledger.Decision{Number: 5, A: ledger.Party{Key: learnt.Ask[4].Keys[0]}, B: ledger.Party{Key: "000000000000"}, Verdict: ledger.Same})
	decided := decidedMonth(t, before, decisions, mail()...).Learnt()
	if decided.One != 2 || decided.Two != 1 || len(decided.Ask) != 3 {
		t.Errorf("%d one, %d two, %d pairs to ask about", decided.One, decided.Two, len(decided.Ask))
	}
	if !slices.ContainsFunc(decided.Weights, func(w Weight) bool { return w.Bits != w.BuiltIn }) {
		t.Error("nothing is learnt")
	}
}

// Of pairs that move as much the likelier is asked about first.
func TestOrderOfCandidates(t *testing.T) {
	code := "code=" + CodeA
	m := merged(t, June, nil, Sent(June, Reserve, Trade, "a", Idea(5, "江湾体育馆", "8", code), Idea(6, "柳林镇冷链物流园", "8")),
		Sent(June, Reserve, Town, "b", Idea(5, "城区供水管网", "80", code), Idea(6, "柳林镇冷链物流园（一期）", "8")))
	if c := m.Candidates; len(c) != 2 || c[0].Moves != c[1].Moves || c[0].Score <= c[1].Score {
		t.Errorf("%v", asks(m))
	}
}

// The grounds of a candidate are the clues that weigh anything.
func TestGrounds(t *testing.T) {
	m := merged(t, June, nil, Sent(June, Reserve, Trade, "a", Idea(5, "柳林镇冷链物流园", "8")), Sent(June, Reserve, Town, "b", Idea(5, "柳林镇冷链物流园（一期）", "8")))
	c := m.Candidates[0]
	var want []string
	for _, clue := range identity.Telling(c.Clues) {
		want = append(want, clue.In(ledger.Chinese))
	}
	if got := c.Grounds(ledger.Chinese); len(got) == 0 || !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if c.Once() || c.Moves != 8*ledger.TenThousandYuan {
		t.Errorf("it moves %s", c.Moves)
	}
}

// A project of the reserve may be a key project under another name: that moves no sum. A person decides, and from
// the score that the county sets on it is asked.
func TestCandidatesOfTwoForms(t *testing.T) {
	mail := func() []*ledger.Return {
		return []*ledger.Return{Sent(June, Reserve, Trade, "a", Idea(5, "柳林镇冷链物流园", "8"), Idea(6, "自来水厂", "90")),
			Sent(June, Progress, Trade, "b", Record(Progress, 5, "name=柳林镇冷链物流园（一期）", "total=8", "department="+Trade))}
	}
	m := merged(t, June, nil, mail()...)
	if diff := cmp.Diff(1, len(m.Candidates)); diff != "" {
		t.Fatalf("%s%v", diff, asks(m))
	}
	c := m.Candidates[0]
	if c.Matter != MatterForms || c.A.Form != Reserve || c.B.Form != Progress || c.A.Name() != "柳林镇冷链物流园" || c.Moves != 0 || c.Rows != [2]*ledger.Standing{c.A.Row, c.B.Row} {
		t.Errorf("%+v", c)
	}
	for _, verdict := range []ledger.Verdict{ledger.Same, ledger.Different} {
		d := ledger.Decision{Number: 1, A: ledger.Party{Key: c.Keys[1]}, B: ledger.Party{Key: c.Keys[0]}, Verdict: verdict}
		if decided := decidedMonth(t, merged(t, May, nil), []ledger.Decision{d}, mail()...); len(decided.Candidates) != 0 {
			t.Errorf("decided to be %s, and asked about still", verdict)
		}
	}
	for least, want := range map[int]int{c.Score: 1, c.Score + 1: 0} {
		strict := *Chenggu
		strict.Candidates.Between = least
		if got := candidates(NewRegister(&strict, June, m.Standing)); len(got) != want {
			t.Errorf("from %d on %d pairs of a score of %d are asked about", least, len(got), c.Score)
		}
	}
}

// What is joined across forms already is asked about no more, neither with what it is joined to nor with its like.
func TestWhatIsJoinedIsNoCandidate(t *testing.T) {
	m := merged(t, June, nil, Sent(June, Reserve, Trade, "a", Idea(5, "柳林镇冷链物流园", "8"), Idea(6, "柳林镇冷链物流园（一期）", "8")),
		Sent(June, Progress, Trade, "b", Record(Progress, 5, "name=柳林镇冷链物流园", "total=8", "department="+Trade)))
	if c := m.Candidates; len(c) != 1 || c[0].Matter != MatterOne {
		t.Errorf("%v", asks(m))
	}
}

// Two projects are asked about from the score on that the county sets, one for rows of one department, one for
// rows of two.
func TestLeastScore(t *testing.T) {
	for _, of := range [][2]string{{Trade, Trade}, {Trade, Town}} {
		standing := make([]ledger.Standing, 2)
		for i, name := range []string{"柳林镇冷链物流园", "柳林镇冷链物流园（一期）"} {
			standing[i] = ledger.Standing{ReturnID: ledger.ReturnID{Period: June, Form: "reserve", Department: of[i]}, Record: new(Idea(5+i, name, "8")), From: June}
		}
		found := candidates(NewRegister(Chenggu, June, standing))
		if len(found) != 1 {
			t.Fatalf("%d pairs", len(found))
		}
		for least, want := range map[int]int{found[0].Score: 1, found[0].Score + 1: 0} {
			strict := *Chenggu
			strict.Candidates.Between, strict.Candidates.Within = least, 100
			if of[0] == of[1] {
				strict.Candidates.Between, strict.Candidates.Within = 100, least
			}
			if got := candidates(NewRegister(&strict, June, standing)); len(got) != want {
				t.Errorf("%s: from %d on %d pairs of a score of %d are asked about", of, least, len(got), found[0].Score)
			}
		}
	}
}

// Projects of one form are held against those of the other, and beside that against one another; the county's
// own line is no project.
func TestCandidatesBesideOneAnother(t *testing.T) {
	statistics := form.Statistics.Name.Form
	m := merged(t, June, nil, Sent(June, Reserve, Trade, "a", Idea(5, "柳林镇冷链物流园（一期）", "8"), Idea(6, "柳林镇冷链物流园", "8")),
		Sent(June, Progress, Trade, "b", Record(Progress, 5, "name=柳林镇冷链物流园二期", "total=8", "department="+Trade)),
		Sent(June, statistics, "统计局", "s", Record(statistics, 5, "name=汉江大桥工程", "total=9", "unit=城投"),
			Record(statistics, 6, "name=汉江大桥工程（一期）", "total=9", "unit=城投"), Record(statistics, 7, "growth=8.5")))
	var got []string
	for _, c := range m.Candidates {
		got = append(got, fmt.Sprintf("%s %s %s｜%s", c.A.Form.ID, c.Matter.In(ledger.Chinese), c.A.Name(), c.B.Name()))
	}
	want := []string{"reserve 疑似重复 柳林镇冷链物流园（一期）｜柳林镇冷链物流园", "reserve 疑跨表同一 柳林镇冷链物流园｜柳林镇冷链物流园二期", "statistics 疑似重复 汉江大桥工程｜汉江大桥工程（一期）"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

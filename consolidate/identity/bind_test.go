package identity

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"huizong/internal/ledger"
	"huizong/internal/naming"
)

const (
	codeA = ledger.ProjectCode("2401-610722-04-01-100012")
	codeB = ledger.ProjectCode("2403-610722-89-05-204175")
)

// rowOf is a row of a department by "key=value" words: name, owner, place, code, total in cents, and the key of
// decisions; unknown is a total that is none.
func rowOf(department string, words ...string) Row {
	var said naming.Said
	r := Row{Department: department}
	for _, word := range words {
		of, text, _ := strings.Cut(word, "=")
		n, _ := strconv.ParseInt(text, 10, 64)
		switch of {
		case "name":
			said.Name = text
		case "owner":
			said.Owner = text
		case "place":
			said.Place = text
		case "code":
			said.Code = ledger.ProjectCode(text)
		case "total":
			r.Total = ledger.Amount{V: ledger.Money(n), Valid: true}
		case "unknown":
			r.Total = ledger.Amount{V: ledger.Money(n)}
		case "key":
			r.Key = text
		default:
			panic(of)
		}
	}
	r.Identity = chenggu.Identify(said)
	return r
}

func TestBind(t *testing.T) {
	const a, b = "code=" + string(codeA), "code=" + string(codeB)
	cold, cool, own, city := "name=金华冷链物流园", "name=金华冷链物流园改造", "owner=金华公司", "owner=城投公司"
	here := func(words ...string) Row { return rowOf("经济贸易局", words...) }
	there := func(words ...string) Row { return rowOf("柳林镇", words...) }
	for _, test := range []struct {
		name string
		rows []Row
		want []int
	}{
		{"no rows", nil, []int{}},
		{"one code, similar names", []Row{here(a, cold), there(a, cool)}, []int{0, 0}},
		{"one code, one name", []Row{here(a, cold, own), there(a, cold, city)}, []int{0, 0}},
		{"one code, unlike names", []Row{here(a, cold), there(a, "name=湑水河堤防")}, []int{0, 1}},
		{"one code, two stages", []Row{here(a, "name=金华冷链物流园一期"), there(a, "name=金华冷链物流园二期")}, []int{0, 1}},
		{"one code, firms of two places", []Row{here(a, "name=陕西金华食品加工"), there(a, "name=汉中金华食品加工")}, []int{0, 1}},
		{"one code, two places and totals", []Row{here(a, cold, "place=柳林镇", "total=100"), there(a, cool, "place=老庄镇", "total=900")}, []int{0, 0}},
		{"one name and owner", []Row{here(cold, own), there(cold, own)}, []int{0, 0}},
		{"one name and owner, one code", []Row{here(cold, own, a), there(cold, own)}, []int{0, 0}},
		{"one name and owner, two places", []Row{here(cold, own, "place=柳林镇"), there(cold, own, "place=老庄镇")}, []int{0, 1}},
		{"one name, two owners", []Row{here(cold, own), here(cold, city)}, []int{0, 1}},
		{"one owner, no names", []Row{here(own), there(own)}, []int{0, 1}},
		{"one name and owner, two codes, and rows without", []Row{here(cold, own, a), here(cold, own, b), here(cold, own), there(cold, own)},
			[]int{0, 1, 2, 2}},

		{"twice the total and a cent", []Row{here(cold, own, "total=100"), there(cold, own, "total=201")}, []int{0, 0}},
		{"more than that", []Row{here(cold, own, "total=100"), there(cold, own, "total=202")}, []int{0, 1}},
		{"a total and none", []Row{here(cold, own, "total=100"), there(cold, own, "unknown=900")}, []int{0, 0}},
		{"no total and one", []Row{here(cold, own, "unknown=900"), there(cold, own, "total=100")}, []int{0, 0}},

		{"the same words and total", []Row{here(cold, own, "total=100"), there(cold+"项目", city, "total=100")}, []int{0, 0}},
		{"of one department", []Row{here(cold, own, "total=100"), here(cold+"项目", city, "total=100")}, []int{0, 1}},
		{"of two codes", []Row{here(cold, own, a, "total=100"), there(cold+"项目", city, b, "total=100")}, []int{0, 1}},
		{"of one code or none", []Row{here(cold, own, "total=100"), there(cold+"项目", city, b, "total=100")}, []int{0, 0}},
		{"of another total", []Row{here(cold, own, "total=100"), there(cold+"项目", city, "total=101")}, []int{0, 1}},
		{"of totals that are none", []Row{here(cold, own, "unknown=100"), there(cold+"项目", city, "unknown=100")}, []int{0, 1}},
		{"the same words and place", []Row{here(cold, own, "place=柳林镇"), there(cold+"项目", city, "place=柳林镇")}, []int{0, 0}},
		{"the same words, no place", []Row{here(cold, own), there(cold+"项目", city)}, []int{0, 1}},
		{"no words", []Row{here(own, "place=柳林镇", "total=100"), there(city, "place=柳林镇", "total=100")}, []int{0, 1}},

		{"anywhere, the same total", []Row{here("name=物流园", own, "total=100"), there("name=物流园项目", city, "total=100")}, []int{0, 1}},
		{"anywhere, the same place", []Row{here("name=物流园", own, "place=柳林镇"), there("name=物流园项目", city, "place=柳林镇")}, []int{0, 1}},
		{"anywhere, the same place, about the total", []Row{here("name=物流园", own, "place=柳林镇", "total=2000"),
			there("name=物流园项目", city, "place=柳林镇", "total=1999")}, []int{0, 1}},
		{"anywhere, both", []Row{here("name=物流园", own, "place=柳林镇", "total=100"), there("name=物流园项目", city, "place=柳林镇", "total=100")}, []int{0, 0}},
		{"anywhere and in a town, the same total", []Row{here("name=物流园", own, "total=100"), there("name=柳林镇物流园", city, "total=100")}, []int{0, 1}},
		{"in a town and anywhere, the same total", []Row{here("name=柳林镇物流园", own, "total=100"), there("name=物流园", city, "total=100")}, []int{0, 1}},

		{"common words, the same total", []Row{here("name=柳林镇物流园", own, "total=100"), there("name=柳林镇物流园项目", city, "total=100")}, []int{0, 0}},
		{"common words, the same place", []Row{here("name=柳林镇物流园", own, "place=柳林镇"), there("name=柳林镇物流园项目", city, "place=柳林镇")}, []int{0, 1}},
		{"common words, totals that are none", []Row{here("name=柳林镇物流园", own, "place=柳林镇", "unknown=100"),
			there("name=柳林镇物流园项目", city, "place=柳林镇", "unknown=100")}, []int{0, 1}},
		{"common words, a total and none", []Row{here("name=柳林镇物流园", own, "place=柳林镇", "unknown=100"),
			there("name=柳林镇物流园项目", city, "place=柳林镇", "total=100")}, []int{0, 1}},
		{"common words, the same place, a twentieth less", []Row{here("name=柳林镇物流园", own, "place=柳林镇", "total=2000"),
			there("name=柳林镇物流园项目", city, "place=柳林镇", "total=1900")}, []int{0, 0}},
		{"common words, the same place, a cent less than that", []Row{here("name=柳林镇物流园", own, "place=柳林镇", "total=2000"),
			there("name=柳林镇物流园项目", city, "place=柳林镇", "total=1899")}, []int{0, 1}},
		{"common words, a village in one", []Row{here("name=柳林镇物流园", own, "place=柳林镇"), there("name=柳林镇青龙村物流园", city, "place=柳林镇")}, []int{0, 1}},

		{"one row fits two apart: the first", []Row{here(cold, own, "total=300"), here(cold, own, "total=100"), here(cold, own, "total=200")}, []int{0, 1, 0}},
		{"the later of three fits the second alone", []Row{here(cold, own, "total=300"), here(cold, own, "total=200"), here(cold, own, "total=100")},
			[]int{0, 0, 2}},
		{"whatever speaks for it", []Row{here(cold, own, "total=300"), here(a, cold, own, "total=200"), here(a, cool, city, "total=100")}, []int{0, 0, 2}},
		{"one code with the second, one name with the first", []Row{here(cold, own, "total=300"), here(a, cool, city, "total=100"),
			here(a, cold, own, "total=200")}, []int{0, 1, 0}},
		{"a name before a code", []Row{here(a, cold, own, "total=200"), here(cold, own, "total=300"), here(a, cool, city, "total=100")}, []int{0, 0, 2}},
		{"a name before a code and name", []Row{here(a, cold, own, "total=200"), here(cold, own, "total=300"), here(a, cold, city, "total=100")},
			[]int{0, 0, 2}},
		{"a code before a name", []Row{here(a, cold, own, "total=200"), here(a, cool, city, "total=100"), here(cold, own, "total=300")}, []int{0, 0, 2}},
		{"all of a later row before what comes after it", []Row{here(cold, own, "total=150"), here(a, cool, city, "total=100"), here(a, cold, own, "total=150"),
			here(cold, own, "total=250")}, []int{0, 0, 0, 3}},
		{"three rows, all one", []Row{here(cold, own, "total=100"), here(cold, own, "total=150"), here(cold, own, "total=200")}, []int{0, 0, 0}},
		{"a project of the least and greatest total", []Row{here(cold, own, "total=200"), here(cold, own, "total=150"), here(cold, own, "total=300"),
			here(cold, own, "total=140"), here(cold, own, "total=402")}, []int{0, 0, 0, 3, 4}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := Bind(test.rows, nil, nil); !slices.Equal(got, test.want) {
				t.Errorf("%v, want %v:\n%s", got, test.want, lines(test.rows))
			}
		})
	}
}

// As many names as one code may bear, and one more.
func TestBindPlaceholder(t *testing.T) {
	for names, want := range map[int]int{mostNamesOfCode: 1, mostNamesOfCode + 1: mostNamesOfCode + 1} {
		var rows []Row
		for i := range names {
			rows = append(rows, rowOf("经济贸易局", "name=金华冷链物流园"+string(rune('啊'+i)), "code="+string(codeA)))
		}
		rows = append(rows, rowOf("柳林镇", "name="+rows[1].Name, "code="+string(codeA))) // which a placeholder does not part
		first := Bind(rows, nil, nil)
		if first[names] != first[1] {
			t.Errorf("of %d names: one name is of %d and %d", names, first[1], first[names])
		}
		slices.Sort(first)
		if got := len(slices.Compact(first)); got != want {
			t.Errorf("%d names are %d projects, want %d", names, got, want)
		}
	}
}

// decision is what a person says of the rows of two keys.
func decision(number int, a string, verdict ledger.Verdict, b string) ledger.Decision {
	return ledger.Decision{Number: number, A: ledger.Party{Key: a}, B: ledger.Party{Key: b}, Verdict: verdict}
}

func TestBindDecided(t *testing.T) {
	one := func(key string, total int) Row {
		return rowOf("经济贸易局", "name=金华冷链物流园", "key="+key, fmt.Sprint("total=", total))
	}
	other := func(key string, total int) Row {
		return rowOf("柳林镇", "name=湑水河堤防", "key="+key, fmt.Sprint("total=", total))
	}
	for _, test := range []struct {
		name       string
		rows       []Row
		decided    []ledger.Decision
		successors [][2]int
		want       []int
	}{
		{"one, though nothing says so", []Row{one("a", 1), other("b", 9)}, []ledger.Decision{decision(1, "b", ledger.Same, "a")}, nil, []int{0, 0}},
		{"two, though all says they are one", []Row{one("a", 1), one("b", 1)}, []ledger.Decision{decision(1, "b", ledger.Different, "a")}, nil, []int{0, 1}},
		{"a part", []Row{one("a", 1), one("b", 1)}, []ledger.Decision{decision(1, "b", ledger.Part, "a")}, nil, []int{0, 1}},
		{"a part of what is one", []Row{one("a", 1), other("b", 1), other("c", 1)},
			[]ledger.Decision{decision(1, "a", ledger.Part, "c"), decision(2, "a", ledger.Same, "b"), decision(3, "b", ledger.Same, "c")}, nil, []int{0, 0, 0}},
		{"all rows of a key", []Row{one("a", 1), other("b", 9), other("b", 9)}, []ledger.Decision{decision(1, "a", ledger.Same, "b")}, nil, []int{0, 0, 0}},
		{"of three that cannot all be one the first two", []Row{one("a", 100), other("b", 1), other("c", 900)},
			[]ledger.Decision{decision(1, "a", ledger.Same, "b"), decision(2, "b", ledger.Same, "c"), decision(3, "a", ledger.Different, "c")}, nil,
			[]int{0, 0, 2}},
		{"by number", []Row{one("a", 100), other("b", 1), other("c", 900)},
			[]ledger.Decision{decision(2, "a", ledger.Same, "b"), decision(1, "b", ledger.Same, "c"), decision(3, "a", ledger.Different, "c")}, nil,
			[]int{0, 1, 1}},
		{"what was kept apart says nothing of the others", []Row{one("a", 100), other("b", 100), rowOf("柳林镇", "name=老庄镇小学", "key=c", "total=900"),
			one("d", 100)},
			[]ledger.Decision{decision(1, "a", ledger.Same, "b"), decision(2, "b", ledger.Same, "c"), decision(3, "a", ledger.Different, "c")}, nil,
			[]int{0, 0, 2, 0}},
		{"a successor", []Row{one("a", 1), other("b", 9)}, nil, [][2]int{{1, 0}}, []int{0, 0}},
		{"no successor, a person says", []Row{one("a", 1), other("b", 9)}, []ledger.Decision{decision(1, "a", ledger.Different, "b")},
			[][2]int{{1, 0}}, []int{0, 1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := Bind(test.rows, VerdictsOf(test.decided), test.successors); !slices.Equal(got, test.want) {
				t.Errorf("%v, want %v", got, test.want)
			}
		})
	}
}

// Of several decisions on one pair the last holds, but the first of two that call each a part of the other.
func TestVerdictsOf(t *testing.T) {
	for _, test := range []struct {
		name    string
		decided []ledger.Decision
		want    []int
	}{
		{"nothing", nil, nil},
		{"the last", []ledger.Decision{decision(2, "a", ledger.Same, "b"), decision(1, "b", ledger.Different, "a")}, []int{2}},
		{"on several pairs, by number", []ledger.Decision{decision(3, "a", ledger.Same, "b"), decision(1, "b", ledger.Same, "c"),
			decision(2, "a", ledger.Different, "d")},
			[]int{1, 2, 3}},
		{"each a part of the other", []ledger.Decision{decision(1, "a", ledger.Part, "b"), decision(2, "b", ledger.Part, "a")}, []int{1}},
		{"a part, again", []ledger.Decision{decision(1, "a", ledger.Part, "b"), decision(2, "a", ledger.Part, "b")}, []int{2}},
		{"one, and then a part", []ledger.Decision{decision(1, "a", ledger.Same, "b"), decision(2, "b", ledger.Part, "a")}, []int{2}},
		{"a part, and then one", []ledger.Decision{decision(1, "a", ledger.Part, "b"), decision(2, "b", ledger.Same, "a")}, []int{2}},
	} {
		v := VerdictsOf(test.decided)
		var got []int
		for _, d := range v.All() {
			got = append(got, d.Number)
			if !v.On(d.A.Key, d.B.Key) || !v.On(d.B.Key, d.A.Key) || v[d.A.Key][d.B.Key].Number != d.Number || v[d.B.Key][d.A.Key].Number != d.Number {
				t.Errorf("%s: %d is not found under both keys", test.name, d.Number)
			}
		}
		if !slices.Equal(got, test.want) || v.On("a", "x") || v.On("x", "a") {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

// Decisions are in their order however many there are.
func TestVerdictsInOrder(t *testing.T) {
	var decided []ledger.Decision
	for i := range 20 {
		decided = append(decided, decision(20-i, fmt.Sprint("a", i), ledger.Same, fmt.Sprint("b", i)))
	}
	for i, d := range VerdictsOf(decided).All() {
		if d.Number != i+1 {
			t.Fatalf("%d is decision %d", d.Number, i+1)
		}
	}
}

// Decisions that people gave are found by keys: those must never change.
func TestKeysStay(t *testing.T) {
	row := rowOf("柳林镇", "name=金华冷链物流园", "owner=金华公司", "code="+string(codeA))
	if got := Key("reserve", row); got != "52ac4270b138" {
		t.Errorf("the key became %s", got)
	}
	seen := map[string]bool{Key("reserve", row): true, Key("progress", row): true}
	for _, other := range []Row{rowOf("水利局", "name=金华冷链物流园", "owner=金华公司", "code="+string(codeA)),
		rowOf("柳林镇", "name=金华冷链", "owner=金华公司", "code="+string(codeA)),
		rowOf("柳林镇", "name=金华冷链物流园", "owner=城投公司", "code="+string(codeA)), rowOf("柳林镇", "name=金华冷链物流园", "owner=金华公司")} {
		seen[Key("reserve", other)] = true
	}
	if len(seen) != 6 {
		t.Errorf("%d keys of six rows", len(seen))
	}
}

// What rows settle among themselves no later row changes, but that it may join them: nor does one that is
// tied to two projects make them one if anything in them speaks against it.
func TestLaterRowsPartNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var rows []Row
		for range rapid.IntRange(2, 12).Draw(t, "rows") {
			rows = append(rows, drawnRow(t))
		}
		later := rapid.SampledFrom(rows).Draw(t, "like") // of the same name, owner and code as one that is there
		later.Total.V, later.Department = ledger.Money(rapid.Int64Range(1, 1000).Draw(t, "total")), "某协会"
		first, again := Bind(rows, nil, nil), Bind(append(slices.Clone(rows), later), nil, nil)
		for i := range rows {
			for j := range i {
				switch one := again[i] == again[j]; {
				case first[i] == first[j] && !one:
					t.Fatalf("%d and %d are parted by one more row:\n%s", j, i, lines(append(rows, later)))
				case first[i] != first[j] && one && rows[i].against(rows[j]):
					t.Fatalf("%d and %d are brought together by one more row:\n%s", j, i, lines(append(rows, later)))
				}
			}
		}
	})
}

// lines are rows as people compare them.
func lines(rows []Row) string {
	text := ""
	for i, r := range rows {
		text += fmt.Sprintf("%d: %s %s，%s，%s %s %d\n", i, r.Department, r.Name, r.Owner, r.Place.Text, r.Code, r.Total.V)
	}
	return text
}

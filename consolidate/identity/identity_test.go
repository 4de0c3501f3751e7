package identity

import (
	"slices"
	"testing"

	"huizong/internal/form"
	"huizong/internal/ledger"
	"huizong/internal/naming"
)

// What a row says of its total: nothing where it is blank, 0, or no column of the form.
func TestTotalOf(t *testing.T) {
	for _, test := range []struct {
		name  string
		total ledger.Value
		want  ledger.Amount
	}{
		{"blank", ledger.Value{}, ledger.Amount{}},
		{"nothing", ledger.Number(0), ledger.Amount{}},
		{"a cent", ledger.Number(1), ledger.Amount{V: 1, Valid: true}},
	} {
		r := ledger.Record{}
		form.Reserve.Total.Set(&r, test.total)
		if got := Now(chenggu, form.Reserve.Name.Form, &r, "柳林镇"); got.Total != test.want || got.Department != "柳林镇" {
			t.Errorf("%s: %v of %s", test.name, got.Total, got.Department)
		}
	}
	r := ledger.Record{}
	if got := Now(chenggu, form.Tasks.Number.Form, &r, ""); got.Total.Valid {
		t.Errorf("a task: %v", got.Total)
	}
}

// indexOf is an index of rows.
func indexOf(rows ...Row) *Index {
	x := NewIndex()
	for _, r := range rows {
		x.Add(r)
	}
	return x
}

func TestStrongest(t *testing.T) {
	here := func(words ...string) Row { return rowOf("经济贸易局", words...) }
	there := func(words ...string) Row { return rowOf("柳林镇", words...) }
	const a, b, cold, cool, dam, own, city = "code=" + string(codeA), "code=" + string(codeB), "name=金华冷链物流园", "name=金华冷链物流园改造",
		"name=湑水河堤防", "owner=金华公司", "owner=城投公司"
	for _, test := range []struct {
		name    string
		rows    []Row
		row     Row
		weakest naming.Bond
		want    int
	}{
		{"no rows", nil, here(cold, own), naming.SameName, none},
		{"name and owner", []Row{here(dam, own), here(cold, own)}, there(cold, own), naming.SameName, 1},
		{"name and owner of two: the first", []Row{here(dam, own), here(cold, own), here(cold, own)}, there(cold, own), naming.SameName, 1},
		{"code and name of two: the first", []Row{here(a, cold), here(a, cool)}, there(a, cold), naming.SameName, 0},
		{"code and name before name and owner", []Row{here(cold, own), here(a, cold, city)}, here(a, cold, own), naming.SameName, 1},
		{"one code alone", []Row{here(a, dam)}, here(a, cold), naming.SameName, 0},
		{"one code alone, of two", []Row{here(a, dam), here(a, "name=老庄镇小学")}, here(a, cold), naming.SameName, none},
		{"one code alone, of another department", []Row{there(a, dam)}, here(a, cold), naming.SameName, none},
		{"one code alone, where more is asked for", []Row{here(a, dam)}, here(a, cold), naming.NameAndOwner, none},
		{"one code alone, where that is asked for", []Row{here(a, dam)}, here(a, cold), naming.SameCode, 0},
		{"one name alone", []Row{here(cold, city)}, here(cold, own), naming.SameName, 0},
		{"one name alone, of two", []Row{here(cold, city), here(cold)}, here(cold, own), naming.SameName, none},
		{"one name alone, of two codes", []Row{here(b, cold, own)}, here(a, cold, own), naming.SameName, 0},
		{"one name alone, of another department", []Row{there(cold, city)}, here(cold, own), naming.SameName, none},
		{"no name", []Row{here(own)}, here(own), naming.SameName, none},
	} {
		if got := indexOf(test.rows...).Strongest(test.row, test.weakest); got != test.want {
			t.Errorf("%s: row %d, want %d", test.name, got, test.want)
		}
	}
}

// A code that many rows bear ties those of one name alone.
func TestStrongestUnderPlaceholder(t *testing.T) {
	for rows, alike := range map[int]int{mostNamesOfCode: 0, mostNamesOfCode + 1: none} {
		x := NewIndex()
		for i := range rows {
			x.Add(rowOf("经济贸易局", "code="+string(codeA), "name="+string([]rune{rune('啊' + i), rune('恩' + i)}), "owner=水利局"))
		}
		x.Add(rowOf("经济贸易局", "code="+string(codeB), "name=金华冷链物流园", "owner=水利局"))
		for _, test := range []struct {
			name string
			want int
		}{
			{"name=" + x.Row(1).Name, 1},
			{"name=" + x.Row(0).Name + "改造", alike},
			{"name=金华冷链物流园", rows},
		} {
			if got := x.Strongest(rowOf("经济贸易局", "code="+string(codeA), test.name), naming.SameName); got != test.want {
				t.Errorf("of %d rows %s goes on from %d, want %d", rows, test.name, got, test.want)
			}
		}
	}
}

// Close ties come before loose ones, and each row is taken once.
func TestMatch(t *testing.T) {
	here := func(words ...string) Row { return rowOf("经济贸易局", words...) }
	const cold, dam, own, city = "name=金华冷链物流园", "name=湑水河堤防", "owner=金华公司", "owner=城投公司"
	for _, test := range []struct {
		name      string
		was, rows []Row
		want      []int
		free      []int
	}{
		{"nothing was", nil, []Row{here(cold)}, []int{none}, nil},
		{"nothing is", []Row{here(cold)}, nil, []int{}, []int{0}},
		{"the closer first", []Row{here(dam, own), here(cold, own)}, []Row{here(cold, city), here(cold, own)}, []int{none, 1}, []int{0}},
		{"each once", []Row{here(cold, own), here(cold, own), here(dam)}, []Row{here(cold, own), here(cold, own), here(cold, own)},
			[]int{0, 1, none}, []int{2}},
		{"what is left is the only one", []Row{here(cold, own), here(cold, city)}, []Row{here(cold, own), here(cold)}, []int{0, 1}, nil},
		{"one code, two stages", []Row{here("code="+string(codeA), "name=冷库一期")}, []Row{here("code="+string(codeA), "name=冷库二期")}, []int{none}, []int{0}},
		{"the loosest tie", []Row{here(cold, own)}, []Row{here(cold)}, []int{0}, nil},
	} {
		x := indexOf(test.was...)
		got := x.Match(test.rows)
		if free := x.Free(got); !slices.Equal(got, test.want) || !slices.Equal(free, test.free) {
			t.Errorf("%s: %v, free %v; want %v, free %v", test.name, got, free, test.want, test.free)
		}
	}
}

// A row goes on from one of the same words and marks, else of the same words, that is the only one.
func TestReworded(t *testing.T) {
	rows := func(words ...string) (all []Row) {
		for _, name := range words {
			all = append(all, rowOf("柳林镇", "name="+name, "owner=金华公司"))
		}
		return all
	}
	coded := func(code ledger.ProjectCode, name string) []Row {
		return []Row{rowOf("柳林镇", "name="+name, "code="+string(code))}
	}
	for _, test := range []struct {
		name      string
		was, rows []Row
		want      []int
	}{
		{"the same words", rows("湑水河堤防", "柳林镇冷库"), rows("柳林镇冷库项目"), []int{1}},
		{"other words", rows("柳林镇冷库"), rows("柳林镇粮仓项目"), []int{none}},
		{"in another town", rows("柳林镇冷库"), rows("老庄镇冷库项目"), []int{none}},
		{"in another village", rows("青龙村冷库"), rows("白云村冷库项目"), []int{none}},
		{"two that were", rows("柳林镇冷库项目", "柳林镇冷库工程"), rows("柳林镇冷库"), []int{none}},
		{"two that are", rows("柳林镇冷库"), rows("柳林镇冷库项目", "柳林镇冷库工程"), []int{none, none}},
		{"two by their marks", rows("柳林镇冷库二期", "柳林镇冷库一期"), rows("柳林镇冷库项目一期", "柳林镇冷库项目二期"), []int{1, 0}},
		{"one by its marks, one by what is left", rows("2024年柳林镇冷库", "柳林镇冷库"), rows("柳林镇冷库项目2024年", "柳林镇冷库200亩"), []int{0, 1}},
		{"another stage", rows("柳林镇冷库一期"), rows("柳林镇冷库项目二期"), []int{none}},
		{"no names", rows(""), rows(""), []int{none}},
		{"one is matched", rows("柳林镇冷库", "柳林镇冷库项目"), rows("柳林镇冷库", "柳林镇冷库工程"), []int{0, 1}},
		{"all are matched", rows("柳林镇冷库", "湑水河堤防"), rows("柳林镇冷库"), []int{0}},
		{"two codes", coded(codeA, "柳林镇冷库"), coded(codeB, "柳林镇冷库项目"), []int{none}},
		{"a code where there was none", coded("", "柳林镇冷库"), coded(codeB, "柳林镇冷库项目"), []int{0}},
		{"no code where there was one", coded(codeB, "柳林镇冷库"), coded("", "柳林镇冷库项目"), []int{0}},
	} {
		x := indexOf(test.was...)
		if got := x.Reworded(test.rows, x.Match(test.rows), nil); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

package consolidate

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
	. "huizong/internal/returntest"
)

const (
	approval   = "行政审批服务局"
	commission = "发展和改革局"
)

// settledAs tells of a field whose word counts, in what order the claims stand, and why.
func settledAs(p *Project, column *form.Column) string {
	r, shared := p.Resolution(column)
	if !shared {
		return "the row's own"
	}
	var claims []string
	for _, c := range r.Claims {
		claim := c.Department + " " + column.Show(c.Field.Value)
		if c.Carried {
			claim += " carried"
		}
		claims = append(claims, claim)
	}
	return r.Reason.Chinese() + ": " + strings.Join(claims, ", ")
}

// Whose word counts for 总投资 of one project: 审批局, 发改局, the unit responsible (经贸局),
// other offices, towns.
func TestWhoseWordCounts(t *testing.T) {
	for _, test := range []struct {
		name   string
		totals map[string]string // by department, in 万元; blank: it does not say
		want   string
	}{
		{"all agree", map[string]string{Trade: "8000", Town: "8000"}, "各单位一致: 经济贸易局 8000, 三合镇 8000"},
		{"within precision", map[string]string{Trade: "8000", Town: "8001"}, "在允许误差内一致: 经济贸易局 8000, 三合镇 8001"},
		{"a cent beyond", map[string]string{Trade: "8000", Town: "8001.000001"}, "按权威顺序采用: 经济贸易局 8000, 三合镇 8001.000001"},
		{"the unit responsible before a town", map[string]string{Town: "9000", Trade: "8000"}, "按权威顺序采用: 经济贸易局 8000, 三合镇 9000"},
		{"审批局 before the unit responsible", map[string]string{Trade: "8000", approval: "9000"}, "按权威顺序采用: 行政审批服务局 9000, 经济贸易局 8000"},
		{"审批局 before 发改局", map[string]string{commission: "7000", Trade: "8000", approval: "9000"}, "按权威顺序采用: 行政审批服务局 9000, 发展和改革局 7000, 经济贸易局 8000"},
		{"the first in order is silent", map[string]string{approval: "", Trade: "8000", Town: "9000"}, "按权威顺序采用: 经济贸易局 8000, 三合镇 9000, 行政审批服务局 "},
		{"only one says", map[string]string{Trade: "", Town: "9000"}, "仅一个单位填报: 三合镇 9000, 经济贸易局 "},
		{"nobody says", map[string]string{Trade: "", Town: ""}, "均未填报: 经济贸易局 , 三合镇 "},
		{"two offices of one rank", map[string]string{Traffic: "8000", Housing: "9000"}, "待定: 住房和城乡建设局 9000, 交通运输局 8000"},
		{"two of one rank agree, a town does not", map[string]string{Traffic: "8000", Housing: "8000", Town: "4500"}, "按权威顺序采用: 住房和城乡建设局 8000, 交通运输局 8000, 三合镇 4500"},
		{"zero is a claim", map[string]string{Trade: "0", Town: "9000"}, "按权威顺序采用: 经济贸易局 0, 三合镇 9000"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var returns []*ledger.Return
			for department, total := range test.totals {
				row := Record(Reserve, 5, "name=物流园", "stage=储备", "department="+Trade)
				if total != "" {
					row = Idea(5, "物流园", total)
				}
				returns = append(returns, Sent(June, Reserve, department, department, row))
			}
			m := merged(t, June, nil, returns...)
			p := m.Register.Projects["reserve"][0]
			if got := settledAs(p, form.Reserve.Total.Column); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			r, _ := p.Resolution(form.Reserve.Total.Column)
			if winner, said := r.Winner(); said && form.Reserve.Total.Value(p.Record()) != winner.Field.Value {
				t.Errorf("the project has %v", form.Reserve.Total.Value(p.Record()))
			}
			if winner, said := r.Winner(); said && p.Spokesman(form.Reserve.Total.Column) != winner.Row {
				t.Error("a figure must lead back to the row whose word counts")
			}
			if _, said := r.Winner(); said != (r.Reason != Unsaid) {
				t.Errorf("somebody says: %v", said)
			}
			if settledAs(p, form.Reserve.Place.Column) != "the row's own" {
				t.Error("a field that the county does not name is the row's own")
			}
		})
	}
}

// A value that stands from May ranks below a fresh one of the same authority, and above a
// fresh one of lower authority.
func TestCarriedClaims(t *testing.T) {
	both := func(day int, department, total string, owner string) *ledger.Return {
		return Sent(ledger.Period{Year: 2024, Month: day}, Reserve, department, fmt.Sprint(day, department, total), Idea(5, "物流园", total, "department="+owner))
	}
	may := merged(t, May, nil, both(5, Housing, "8000", "发改局"), both(5, Town, "8000", "发改局"))
	owned := func(total string) ledger.Record {
		return Idea(5, "物流园", total, "department="+Housing, "owner="+Traffic)
	}
	for _, test := range []struct {
		name string
		may  *Month
		sent *ledger.Return
		want string
	}{
		{"fresh before carried of one rank", may, both(6, Traffic, "9000", "发改局"), "按权威顺序采用: 交通运输局 9000, 住房和城乡建设局 8000 carried, 三合镇 8000 carried"},
		{"carried before fresh of lower rank", may, both(6, Town, "9000", "发改局"), "按权威顺序采用: 住房和城乡建设局 8000 carried, 三合镇 9000"},
		{"carried before fresh of the next rank", merged(t, May, nil, Sent(May, Reserve, Housing, "may", owned("8000"))),
			Sent(June, Reserve, Traffic, "june", owned("9000")), "按权威顺序采用: 住房和城乡建设局 8000 carried, 交通运输局 9000"},
		{"a field held back is as old as its value", may, With(both(6, Housing, "9000", "发改局"), Unread, 5, "total"),
			"各单位一致: 住房和城乡建设局 8000 carried, 三合镇 8000 carried"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := settledAs(merged(t, June, after(test.may), test.sent).Register.Projects["reserve"][0], form.Reserve.Total.Column); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// An authority holds from its first month to its last.
func TestAuthorityHasItsTime(t *testing.T) {
	c := *Chenggu
	c.Forms = map[string]county.Duty{"reserve": {Authority: []county.Authority{
		{Fields: []string{"total"}, Order: []string{Town, county.Others}, From: county.Month(June), To: county.Month(June)},
		{Fields: []string{"total"}, Order: []string{Trade, county.Others}},
	}}}
	for period, want := range map[ledger.Period]string{May: Trade, June: Town, June.Add(1): Trade} {
		standing := []ledger.Standing{
			{ReturnID: ledger.ReturnID{Period: period, Form: "reserve", Department: Trade}, Record: new(Idea(5, "物流园", "1")), From: period},
			{ReturnID: ledger.ReturnID{Period: period, Form: "reserve", Department: Town}, Record: new(Idea(5, "物流园", "2")), From: period},
		}
		r, _ := NewRegister(&c, period, standing).Projects["reserve"][0].Resolution(form.Reserve.Total.Column)
		if winner, _ := r.Winner(); winner.Department != want {
			t.Errorf("in %s the word of %s counts, want %s", period, winner.Department, want)
		}
	}
}

// Each department whose word does not count is told at its cell: with a query where the
// matter is open, with a notice where it is settled; what stands from May is not asked about.
func TestDisputesAreFound(t *testing.T) {
	m := merged(t, June, nil,
		Sent(June, Reserve, Traffic, "a", Idea(5, "物流园", "8000"), Idea(6, "冷库", "10")),
		Sent(June, Reserve, Housing, "b", Idea(5, "物流园", "9000")),
		Sent(June, Reserve, Town, "c", Idea(7, "冷库", "20")))
	if diff := cmp.Diff([]string{"M12 交通运输局 物流园", "M14 三合镇 冷库"}, codes(m)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	for _, f := range m.Findings {
		if f.Code == Overruled && (f.Cell != "H7" || f.Expected != "与交通运输局所报10万元一致" || f.Found != "20") {
			t.Errorf("%+v", f)
		}
	}
	if m.Look != 1 {
		t.Errorf("%d rows to look at, want the open one", m.Look)
	}
	later := merged(t, June.Add(1), after(m))
	if len(codes(later)) != 0 || later.Look != 1 {
		t.Errorf("a month later: %v, %d rows to look at", codes(later), later.Look)
	}
}

// The bridge shows what the word of another makes of an amount.
func TestBridgeOfAuthority(t *testing.T) {
	m := merged(t, June, nil, Sent(June, Reserve, Trade, "a", Idea(5, "物流园", "8000")), Sent(June, Reserve, approval, "b", Idea(5, "物流园", "9000")))
	wan := func(rows int, amount ledger.Money) Tally { return Tally{rows, amount * ledger.TenThousandYuan} }
	want := []BridgeLine{
		{Department: Trade, Reported: wan(1, 8000), Authority: wan(0, 1000), Published: wan(1, 9000)},
		{Department: approval, Reported: wan(1, 9000), Doubled: wan(1, 9000)},
	}
	if diff := cmp.Diff(want, m.Bridge["reserve"]); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	m.Figures["reserve.investment_fen"]++
	if err := agrees(Reserve, m.Bridge["reserve"], m.Figures); err == nil ||
		err.Error() != "the ledger balance of reserve comes to 9000000000, the figure reserve.investment_fen is 9000000001" {
		t.Errorf("a figure that is a cent off: %v", err)
	}
	if _, err := m.bridges(); err == nil {
		t.Error("a month of which a figure is a cent off is balanced")
	}
}

// A row's place in an order of authority is that of the first word that speaks of it; who is not spoken of
// comes after all others.
func TestPlaceInOrder(t *testing.T) {
	row := func(department string, words ...string) *ledger.Standing {
		return &ledger.Standing{ReturnID: ledger.ReturnID{Form: "reserve", Department: department}, Record: new(Idea(5, "物流园", "8", words...))}
	}
	order := []string{approval, county.Responsible, county.OwnUnit, county.Others}
	for _, test := range []struct {
		name  string
		order []string
		row   *ledger.Standing
		want  int
	}{
		{"by name", order, row(approval), 0},
		{"the unit responsible", order, row(Trade, "department="+Trade), 1},
		{"the project's own unit", order, row(Trade, "department="+Town, "owner="+Trade), 2},
		{"all others", order, row(Housing, "department="+Town, "owner="+Trade), 3},
		{"not spoken of", order[:3], row(Housing, "department="+Town, "owner="+Trade), 3},
		{"nobody is responsible", order, row(Trade, "department="), 3},
		{"the unit of a project without an owner", []string{county.OwnUnit}, row(Trade, "department="+Town), 1},
	} {
		if got := (court{Chenggu, Reserve, June}).rank(county.Authority{Order: test.order}, test.row); got != test.want {
			t.Errorf("%s: %d, want %d", test.name, got, test.want)
		}
	}
	if (court{Chenggu, form.ByID("duty"), June}).owns(row(Trade)) {
		t.Error("a form without owners has units of its own")
	}
	statistics := form.Statistics.Name.Form
	if entered := (ledger.Standing{Record: new(Record(statistics, 5, "name=物流园"))}); responsible(Chenggu, statistics, &entered) {
		t.Error("a form that names nobody responsible has a unit responsible")
	}
}

// Where the county says nothing of whose word counts, the money that the form balances in is held against
// what others say all the same, and the unit responsible counts; other fields are the row's own.
func TestNobodyHasAuthority(t *testing.T) {
	c := *Chenggu
	c.Forms = map[string]county.Duty{}
	standing := []ledger.Standing{
		{ReturnID: ledger.ReturnID{Period: June, Form: "reserve", Department: Town}, Record: new(Idea(5, "物流园", "2", "department="+Trade)), From: June},
		{ReturnID: ledger.ReturnID{Period: June, Form: "reserve", Department: Trade}, Record: new(Idea(5, "物流园", "1", "department="+Trade)), From: June},
	}
	p := NewRegister(&c, June, standing).Projects["reserve"][0]
	if got, want := settledAs(p, form.Reserve.Total.Column), "按权威顺序采用: 经济贸易局 1, 三合镇 2"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got := settledAs(p, form.Reserve.Stage.Column); got != "the row's own" {
		t.Error(got)
	}
}

// How far two values may be apart and say the same.
func TestNear(t *testing.T) {
	total, start, remark, land := form.Reserve.Total.Column, form.Progress.Start.Column, form.Reserve.Remark.Column, form.Reserve.LandArea.Column
	cents := func(n int64) ledger.Value { return ledger.Number(n) }
	for _, test := range []struct {
		name                 string
		column               *form.Column
		precision, tolerance int64
		x, y                 ledger.Value
		want                 bool
	}{
		{"within precision", total, 100, 0, cents(1000), cents(1100), true},
		{"a cent beyond it", total, 100, 0, cents(1000), cents(1101), false},
		{"5% of the greater", total, 0, 50_000, cents(1_900_001), cents(2_000_001), true},
		{"a cent more", total, 0, 50_000, cents(1_900_000), cents(2_000_001), false},
		{"of what is over a million, too", total, 0, 50_000, cents(2_375_000), cents(2_500_000), true},
		{"a cent more than that", total, 0, 50_000, cents(2_374_999), cents(2_500_000), false},
		{"of reductions", total, 0, 50_000, cents(-1_900_001), cents(-2_000_001), true},
		{"the greater of the two holds", total, 100, 50_000, cents(1000), cents(1100), true},
		{"so much money that its share would not fit", total, 0, 1_000_000, cents(1), cents(1 << 62), true},
		{"a month and a day of it", start, 0, 0, ledger.Words("2024-06"), ledger.Words("2024-06-18"), true},
		{"a day of the month and the month", start, 0, 0, ledger.Words("2024-06-18"), ledger.Words("2024-06"), true},
		{"two months", start, 0, 0, ledger.Words("2024-06"), ledger.Words("2024-07"), false},
		{"spelling", remark, 0, 0, ledger.Words("（一期）"), ledger.Words("(一期)"), true},
		{"other words", remark, 0, 0, ledger.Words("一期"), ledger.Words("二期"), false},
		{"a count has no precision", land, 100, 0, cents(1000), cents(1001), false},
		{"the same count", land, 0, 0, cents(1000), cents(1000), true},
	} {
		r := Resolution{Column: test.column, authority: county.Authority{Precision: county.Money(test.precision), Tolerance: county.Rate(test.tolerance)}}
		if got := r.near(test.x, test.y); got != test.want {
			t.Errorf("%s: %v", test.name, got)
		}
	}
}

// Who says something else than the winner, beyond precision, loses; who is silent does not.
func TestLosers(t *testing.T) {
	m := merged(t, June, nil, Sent(June, Reserve, Trade, "a", Idea(5, "物流园", "8000")), Sent(June, Reserve, Town, "b", Idea(5, "物流园", "8001")),
		Sent(June, Reserve, Traffic, "c", Idea(5, "物流园", "8000")), Sent(June, Reserve, Housing, "d", Idea(5, "物流园", "9000")),
		Sent(June, Reserve, approval, "e", Record(Reserve, 5, "name=物流园", "stage=储备", "department="+Trade)))
	r, _ := m.Register.Projects["reserve"][0].Resolution(form.Reserve.Total.Column)
	if losers := r.Losers(); len(r.Claims) != 5 || len(losers) != 1 || losers[0].Department != Housing {
		t.Errorf("of %d claims these lose: %v", len(r.Claims), losers)
	}
}

func TestPlaceInWords(t *testing.T) {
	r := Resolution{authority: county.Authority{Order: []string{approval, county.Responsible, county.OwnUnit, county.Others}}}
	for rank, want := range []string{"权威顺序第1位（行政审批服务局）", "权威顺序第2位（责任单位）", "权威顺序第3位（项目单位）", "权威顺序第4位（其他单位）", "权威顺序以外"} {
		if got := r.Place(Claim{Rank: rank}); got != want {
			t.Errorf("rank %d is %s, want %s", rank, got, want)
		}
	}
}

// What a department says is told as its sheet has it; what no cell has, as its column writes it.
func TestSaid(t *testing.T) {
	for raw, want := range map[string]string{"8000.00万元": "8000.00万元", "": "8000"} {
		field := ledger.Field{Value: ledger.Number(8000 * int64(ledger.TenThousandYuan)), Raw: raw}
		if got := said(form.Reserve.Total.Column, field); got != want {
			t.Errorf("%q: %q, want %q", raw, got, want)
		}
	}
}

// What is asked about a row stands where the row stands: on its own sheet, or else on the return's.
func TestWhereDisputesAreFound(t *testing.T) {
	elsewhere := func(r ledger.Record) ledger.Record { r.Sheet = "续表"; return r }
	m := merged(t, June, nil, Sent(June, Reserve, Trade, "a", Idea(5, "物流园", "8000"), Idea(6, "冷库", "10")),
		Sent(June, Reserve, Town, "b", Idea(7, "物流园", "9000"), elsewhere(Idea(8, "冷库", "20"))))
	var got []string
	for _, f := range m.Findings {
		if f.Code == Overruled {
			got = append(got, fmt.Sprintf("%s!%s row %d %s %s: %s, %s", f.Sheet, f.Cell, f.Row, f.Entity, f.Field, f.Found, f.Expected))
		}
	}
	want := []string{"Sheet1!H7 row 7 物流园 总投资: 9000, 与经济贸易局所报8000万元一致", "续表!H8 row 8 冷库 总投资: 20, 与经济贸易局所报10万元一致"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// A department is not asked about a value that stands from May because its own was held back.
func TestHeldBackIsNoDispute(t *testing.T) {
	sent := func(p ledger.Period, department, total string) *ledger.Return {
		return Sent(p, Reserve, department, p.String()+department, Idea(5, "物流园", total))
	}
	before := merged(t, May, nil, sent(May, Trade, "8000"), sent(May, Town, "8000"))
	m := merged(t, June, after(before), sent(June, Trade, "9000"), With(sent(June, Town, "9000"), Unread, 5, "total"))
	if diff := cmp.Diff([]string{Unread.ID + " " + Town}, codes(m)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

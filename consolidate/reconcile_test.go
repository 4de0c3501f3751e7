package consolidate

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"huizong/consolidate/identity"
	"huizong/internal/form"
	"huizong/internal/ledger"
	. "huizong/internal/returntest"
)

// decidedMonth reconciles the month after another with decisions.
func decidedMonth(t Fataler, before *Month, decisions []ledger.Decision, mail ...*ledger.Return) *Month {
	t.Helper()
	for i, r := range mail {
		mail[i] = Apply(r, nil)
	}
	m, err := Reconcile(Input{County: Chenggu, Period: before.Period.Add(1), Returns: mail, History: NewHistory(Chenggu, before.Standing), Before: before.Sum,
		Past: map[ledger.Period]map[string]int64{before.Period: before.Figures}, Decisions: decisions})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// decisionsOn draws decisions on rows of a month, in force or not, and of the month before, some of them
// on one pair.
func decisionsOn(t *rapid.T, before, m *Month) []ledger.Decision {
	var keys []string
	for _, month := range []*Month{before, m} {
		for i := range month.Standing {
			keys = append(keys, m.Register.Key(&month.Standing[i]))
		}
	}
	for _, r := range m.Returns {
		for i := range r.Records {
			keys = append(keys, identity.Key(r.Form, identity.Now(m.County, Reserve, &r.Records[i], r.Department)))
		}
	}
	slices.Sort(keys)
	keys = slices.Compact(keys)
	if len(keys) < 2 {
		return nil
	}
	var all []ledger.Decision
	for number := range rapid.IntRange(0, 5).Draw(t, "decisions") {
		pair := rapid.SliceOfNDistinct(rapid.SampledFrom(keys), 2, 2, rapid.ID).Draw(t, "pair")
		d := ledger.Decision{Number: number + 1, Verdict: rapid.SampledFrom([]ledger.Verdict{ledger.Same, ledger.Different, ledger.Part}).Draw(t, "verdict")}
		d.A.Key, d.B.Key = pair[0], pair[1]
		all = append(all, d)
	}
	return all
}

// resolved is all that reconciling publishes or asks.
func resolved(m *Month) []any {
	var all []any
	for _, p := range m.Register.Projects["reserve"] {
		line := fmt.Sprint(p.Row.Department, p.Row.Record.Row, p.Name())
		for _, row := range p.Others {
			line += fmt.Sprint(" +", row.Department, row.Record.Row)
		}
		for _, r := range p.Resolutions {
			line += fmt.Sprint(" ", r.Column, r.Reason)
			for _, claim := range r.Claims {
				line += fmt.Sprint(" ", claim.Department, claim.Field.Value, claim.Rank, claim.Carried)
			}
		}
		all = append(all, line)
	}
	for _, c := range m.Candidates {
		all = append(all, fmt.Sprint(c.Keys, c.Score, c.Clues))
	}
	for _, r := range m.Rulings {
		all = append(all, fmt.Sprint(r.Number, r.State, r.With))
	}
	return append(append(all, kin(m)), outcome(m)...)
}

func TestResolutionDoesNotDependOnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, mail := merged(t, May, nil, Drafts(May).Draw(t, "may")...), Drafts(June).Draw(t, "june")
		decisions := decisionsOn(t, before, decidedMonth(t, before, nil, mail...))
		shuffled, swapped := rapid.Permutation(mail).Draw(t, "shuffled"), rapid.Permutation(decisions).Draw(t, "swapped")
		for i := range swapped {
			if swapped[i].Verdict != ledger.Part && rapid.Bool().Draw(t, "turned") {
				swapped[i].A, swapped[i].B = swapped[i].B, swapped[i].A
			}
		}
		if diff := cmp.Diff(resolved(decidedMonth(t, before, decisions, mail...)), resolved(decidedMonth(t, before, swapped, shuffled...))); diff != "" {
			t.Fatal(diff)
		}
	})
}

// A decision that is taken back leaves nothing behind.
func TestUndoIsAsBefore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, mail := merged(t, May, nil, Drafts(May).Draw(t, "may")...), Drafts(June).Draw(t, "june")
		decisions := decisionsOn(t, before, decidedMonth(t, before, nil, mail...))
		want := resolved(decidedMonth(t, before, decisions, mail...))
		more := decisionsOn(t, before, decidedMonth(t, before, decisions, mail...))
		for i := range more {
			more[i].Number += len(decisions) + 10
		}
		decidedMonth(t, before, append(slices.Clone(decisions), more...), mail...)
		if diff := cmp.Diff(want, resolved(decidedMonth(t, before, decisions, mail...))); diff != "" {
			t.Fatal(diff)
		}
	})
}

// Every row and every cent is accounted for in the months after a decision, too, on whichever of their
// rows it was made and whenever; nothing that is decided is asked again, and what is open is between
// what it comes to if all is one and if nothing is.
func TestBooksCloseWithDecisions(t *testing.T) {
	asked := 0
	rapid.Check(t, func(t *rapid.T) {
		may := merged(t, May, nil, Drafts(May).Draw(t, "may")...)
		early := decisionsOn(t, may, decidedMonth(t, may, nil, Drafts(June).Draw(t, "draft")...))
		june := decidedMonth(t, may, early, Drafts(June).Draw(t, "june")...)
		mail := Drafts(June.Add(1)).Draw(t, "july")
		all := slices.Clone(early)
		for _, d := range decisionsOn(t, june, decidedMonth(t, june, early, mail...)) {
			d.Number += len(early)
			all = append(all, d)
		}
		july := decidedMonth(t, june, all, mail...)
		total := Total(july.Bridge["reserve"])
		if standing := total.Published.plus(total.Parts).plus(total.Doubled).Rows; standing != len(july.Standing) {
			t.Fatalf("%d rows stand, the bridge leads to %d: %+v", len(july.Standing), standing, total)
		}
		was, is := len(july.Earlier.Projects["reserve"]), len(july.Register.Projects["reserve"])
		if was+movesOf(july, Entered)-movesOf(july, Left) != is {
			t.Fatalf("%d projects in June, %d in July: %v", was, is, kin(july))
		}
		decided := identity.VerdictsOf(all)
		for _, c := range july.Candidates {
			asked++
			if decided.On(c.Keys[0], c.Keys[1]) {
				t.Fatalf("%s is asked again: %v", c.Matter.In(ledger.Chinese), c.Keys)
			}
		}
		if p, open := july.Pending(Reserve); open && (p.AllSame > p.Published || p.Published > p.AllApart || p.Published != len(july.Register.Counted(Reserve))) {
			t.Fatalf("%+v", p)
		}
	})
	if asked == 0 {
		t.Error("nothing was ever asked")
	}
}

// rowsOfOne draws what one department sends of few projects, of which some rows are sent back, some have an
// amount held back and some leave.
func rowsOfOne(t *rapid.T, p ledger.Period) *ledger.Return {
	r := Sent(p, Reserve, Trade, p.String())
	names := []string{"物流园", "物流园项目", "物流园建设工程", "冷库", "冷库项目", "路网", "水厂"}
	for i, name := range rapid.SliceOfN(rapid.SampledFrom(names), 1, 4).Draw(t, "names") {
		words := rapid.SampledFrom([][]string{nil, nil, nil, {"owner=城投"}, {"leaving=取消"}}).Draw(t, "words")
		r.Records = append(r.Records, Idea(5+i, name, fmt.Sprint(1+i), words...))
		switch rapid.IntRange(0, 5).Draw(t, "found") {
		case 0, 1:
			With(r, NoRow, 5+i, "")
		case 2:
			With(r, Unread, 5+i, "total")
		}
	}
	return r
}

// What a department says in other words, leaves out or is sent back goes on, is replaced or is carried over,
// and only one of them, whatever is decided on its rows.
func TestBooksCloseWithinADepartment(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		may := merged(t, May, nil, rowsOfOne(t, May))
		mail := rowsOfOne(t, June)
		decisions := decisionsOn(t, may, decidedMonth(t, may, nil, mail))
		june := decidedMonth(t, may, decisions, mail)
		july := decidedMonth(t, june, decisions, rowsOfOne(t, June.Add(1)))
		for _, m := range []*Month{june, july} {
			total := Total(m.Bridge["reserve"])
			if standing := total.Published.plus(total.Parts).plus(total.Doubled).Rows; standing != len(m.Standing) {
				t.Fatalf("%d rows stand in %s, the bridge leads to %d: %+v", len(m.Standing), m.Period, standing, total)
			}
		}
	})
}

// What a person decides holds: rows kept apart are of two projects, rows that are one are of
// one unless something keeps them apart.
func TestDecisionsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, mail := merged(t, May, nil, Drafts(May).Draw(t, "may")...), Drafts(June).Draw(t, "june")
		decisions := decisionsOn(t, before, decidedMonth(t, before, nil, mail...))
		m := decidedMonth(t, before, decisions, mail...)
		of, differences := map[string][]*Project{}, 0
		for _, p := range m.Register.Projects["reserve"] {
			for _, row := range p.Rows() {
				of[m.Register.Key(row)] = append(of[m.Register.Key(row)], p)
			}
		}
		inForce := identity.VerdictsOf(decisions)
		for _, others := range inForce {
			for _, d := range others {
				if d.Verdict == ledger.Different {
					differences++
				}
			}
		}
		for a, others := range inForce {
			for b, d := range others {
				shared := slices.ContainsFunc(of[a], func(p *Project) bool { return slices.Contains(of[b], p) })
				stand := len(of[a]) > 0 && len(of[b]) > 0 // a row that a newer one of its department stands for is no more
				if d.Verdict == ledger.Different && shared || d.Verdict == ledger.Same && stand && !shared && differences == 0 {
					t.Fatalf("%s of %s and %s does not hold", d.Verdict, a, b)
				}
			}
		}
	})
}

// A report whose word comes last changes no winner, and not the row that counts.
func TestLowerAuthorityChangesNoWinner(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, mail := merged(t, May, nil, Drafts(May).Draw(t, "may")...), Drafts(June).Draw(t, "june")
		m := decidedMonth(t, before, nil, mail...)
		if len(m.Standing) == 0 {
			return
		}
		lower := Sent(June, Reserve, "某协会", "lower")
		for number := range rapid.IntRange(1, 4).Draw(t, "rows") {
			copied := rapid.SampledFrom(m.Standing).Draw(t, "row").Record
			record := ledger.Record{}
			record.Row = 5 + number
			for _, id := range []string{"name", "code", "owner", "department"} {
				c := Reserve.Column(id)
				c.Set(&record, c.Value(copied))
			}
			form.Reserve.Total.Set(&record, ledger.Number(rapid.Int64Range(1, 1e12).Draw(t, "total")))
			form.Reserve.Stage.Set(&record, ledger.Words(rapid.SampledFrom([]string{"谋划", "储备", "开工"}).Draw(t, "stage")))
			lower.Records = append(lower.Records, record)
		}
		want, got := winners(m), winners(decidedMonth(t, before, nil, append(mail, lower)...))
		for key, winner := range want {
			if winner != "" && got[key] != winner {
				t.Fatalf("%s: %s, and with a report of lower authority %s", key, winner, got[key])
			}
		}
	})
}

// winners tells for each row which row counts for its project, and what counts of its fields.
func winners(m *Month) map[string]string {
	all := map[string]string{}
	for _, p := range m.Register.Projects["reserve"] {
		for _, row := range p.Rows() {
			at := fmt.Sprint(row.Department, row.Record.Row, row.From)
			all[at] = fmt.Sprint(p.Row.Department, p.Row.Record.Row, p.Row.From)
			for _, id := range []string{"total", "stage"} {
				if v := Reserve.Column(id).Value(p.Record()); v.Known {
					all[at+id] = Reserve.Column(id).Show(v)
				}
			}
		}
	}
	return all
}

// A claim that is lost, whoever makes it and whether or not the project is settled anew
// without it, leaves the bridge open.
func TestALostClaimOpensTheBridge(t *testing.T) {
	dropped := 0
	rapid.Check(t, func(t *rapid.T) {
		before := merged(t, May, nil, Drafts(May).Draw(t, "may")...)
		m := decidedMonth(t, before, nil, Drafts(June).Draw(t, "june")...)
		if _, err := bridge(Reserve, m); err != nil {
			t.Fatalf("untouched: %v", err)
		}
		var shared []*Project
		for _, p := range m.Register.Projects["reserve"] {
			if len(p.Others) > 0 {
				shared = append(shared, p)
			}
		}
		if len(shared) == 0 {
			return
		}
		dropped++
		p := rapid.SampledFrom(shared).Draw(t, "project")
		at := rapid.IntRange(0, len(p.Others)).Draw(t, "claim")
		if rapid.Bool().Draw(t, "settled anew") {
			rest := court{Chenggu, Reserve, June}.project(slices.Delete(p.Rows(), at, at+1))
			rest.Parent = p.Parent
			*p = *rest
		} else {
			r := slices.IndexFunc(p.Resolutions, func(r Resolution) bool { return r.Column == Reserve.Amount.Column })
			p.Resolutions[r].Claims = slices.Delete(slices.Clone(p.Resolutions[r].Claims), at, at+1)
		}
		if _, err := bridge(Reserve, m); err == nil {
			t.Fatalf("claim %d on %s is not missed", at, p.Name())
		}
	})
	if dropped == 0 {
		t.Error("no claim was ever dropped")
	}
}

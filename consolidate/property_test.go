package consolidate

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"huizong/internal/form"
	"huizong/internal/ledger"
	. "huizong/internal/returntest"
)

// outcome is all that a month publishes or tells.
func outcome(m *Month) []any {
	var returns []string
	for _, r := range m.Returns {
		returns = append(returns, fmt.Sprintf("%s %s %d %s %+v", r.File, r.Content, r.Version, r.State, r.Rows()))
	}
	var findings []string
	for _, f := range m.Findings {
		findings = append(findings, f.Line(ledger.Chinese))
	}
	return []any{m.Sum, m.Figures, m.Balance, m.Bridge, m.Missing, m.Look, rows(m), moves(m, Reserve), returns, findings}
}

func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, mail := Drafts(May).Draw(t, "may"), Drafts(June).Draw(t, "june")
		shuffled := rapid.Permutation(mail).Draw(t, "shuffled")
		first := merged(t, May, nil, before...)
		want, got := outcome(merged(t, June, after(first), mail...)), outcome(merged(t, June, after(first), shuffled...))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestTwiceIsOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := merged(t, May, nil, Drafts(May).Draw(t, "may")...)
		m := merged(t, June, after(first), Drafts(June).Draw(t, "june")...)
		want := outcome(m)
		again, err := Reconcile(Input{County: m.County, Period: m.Period, Returns: m.Returns, History: m.History, Before: m.Before, Past: m.Past})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, outcome(again)); diff != "" {
			t.Fatalf("reconciled again: %s", diff)
		}
		if diff := cmp.Diff(want, outcome(merged(t, June, after(first), m.Returns...))); diff != "" {
			t.Fatalf("judged and reconciled again: %s", diff)
		}
	})
}

// What the files are called does not matter.
func TestNamesOfFilesDoNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mail := Drafts(June).Draw(t, "june")
		renamed := Copied(mail)
		names := rapid.Permutation([]string{"a", "b", "c", "d", "e", "f", "g", "h", "i"}).Draw(t, "names")
		for i, r := range renamed {
			r.File = names[i]
		}
		once, again := merged(t, June, nil, mail...), merged(t, June, nil, renamed...)
		if diff := cmp.Diff([]any{once.Sum, once.Figures, once.Bridge, once.Look}, []any{again.Sum, again.Figures, again.Bridge, again.Look}); diff != "" {
			t.Fatal(diff)
		}
	})
}

// Content that is delivered twice changes nothing but the count of repeated rows.
func TestRepeatedContentIsNoMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mail := Drafts(June).Filter(func(d Draft) bool { return len(d) > 0 }).Draw(t, "june")
		twin := Copied(Draft{rapid.SampledFrom(mail).Draw(t, "twin")})[0]
		twin.File = "zz " + twin.File
		once := merged(t, June, nil, mail...)
		twice := merged(t, June, nil, append(mail, twin)...)
		if once.Sum != twice.Sum || cmp.Diff(once.Figures, twice.Figures) != "" || once.Look != twice.Look {
			t.Fatalf("%v and %v", rows(once), rows(twice))
		}
		more := once.Balance.Plus(ledger.Rows{Seen: twin.Seen(), Repeated: len(twin.Records), Subtotal: twin.Subtotal, Blank: twin.Blank})
		if diff := cmp.Diff(more, twice.Balance); diff != "" {
			t.Fatal(diff)
		}
	})
}

// Every row and every cent is accounted for, in any month after any other.
func TestBooksClose(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := merged(t, May, nil, Drafts(May).Draw(t, "may")...)
		m := merged(t, June, after(first), Drafts(June).Draw(t, "june")...)
		total := Total(m.Bridge["reserve"])
		if !m.Balance.Closes() || !total.Closes() {
			t.Fatalf("%+v\n%+v", m.Balance, total)
		}
		if standing := total.Published.plus(total.Parts).plus(total.Doubled).Rows; standing != len(m.Standing) ||
			standing != m.Balance.Taken-total.Left.Rows+total.Carried.Rows {
			t.Fatalf("%d rows stand, the bridge leads to %d: %+v", len(m.Standing), standing, total)
		}
		if int64(total.Published.Rows) != m.Figures["reserve.projects"] || int64(total.Published.Amount) != m.Figures["reserve.investment_fen"] {
			t.Fatalf("published %+v, the figures are %v", total.Published, m.Figures)
		}
		if entered, left := movesOf(m, Entered),
			movesOf(m, Left); len(first.Register.Projects["reserve"])+entered-left != len(m.Register.Projects["reserve"]) && m.Earlier != nil {
			t.Fatalf("%d projects in May, %d entered, %d left, %d in June", len(first.Register.Projects["reserve"]), entered, left,
				len(m.Register.Projects["reserve"]))
		}
	})
}

func movesOf(m *Month, kind MovementKind) (n int) {
	for _, x := range m.Movements["reserve"] {
		if x.Kind == kind {
			n++
		}
	}
	return n
}

// A row that is lost, doubled or altered on its way to the figures breaks the balance, whether
// it is of this month or stands from May; and the month's sum is another.
func TestLostAndDoubledRowsAreNoticed(t *testing.T) {
	carried := 0
	rapid.Check(t, func(t *rapid.T) {
		first := merged(t, May, nil, Drafts(May).Draw(t, "may")...)
		m := merged(t, June, after(first), Drafts(June).Draw(t, "june")...)
		if len(m.Standing) == 0 {
			return
		}
		at := rapid.IntRange(0, len(m.Standing)-1).Draw(t, "at")
		row := m.Standing[at]
		if _, err := bridge(Reserve, m); err != nil {
			t.Fatalf("untouched: %v", err)
		}
		if row.Carried() {
			carried++
		}
		m.Standing = slices.Clone(m.Standing)
		switch rapid.SampledFrom([]string{"lost", "doubled", "altered"}).Draw(t, "how") {
		case "lost":
			m.Standing = slices.Delete(m.Standing, at, at+1)
		case "doubled":
			m.Standing = slices.Insert(m.Standing, at, row)
		case "altered":
			alter(&m.Standing[at], ledger.Number(form.Reserve.Total.Value(row.Record).N+1))
		}
		m.Register = NewRegister(Chenggu, June, m.Standing)
		if _, err := bridge(Reserve, m); err == nil {
			t.Fatalf("row %d, %s of %s, is not missed", at, Reserve.Name(row.Record), row.From)
		}
		if sum(m.Standing, nil, nil) == m.Sum {
			t.Fatal("the sum is the same")
		}
	})
	if carried == 0 {
		t.Error("no row that stands from May was ever touched")
	}
}

// Neither applying findings nor reconciling changes a return that it was given, nor what stood.
func TestWhatIsGivenStays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mail := Drafts(June).Draw(t, "mail")
		read := Copied(mail)
		first := merged(t, May, nil, Drafts(May).Draw(t, "may")...)
		stood, judged := slices.Clone(first.Standing), make(Draft, len(mail))
		for i, r := range mail {
			judged[i] = Apply(r, nil)
		}
		applied := Copied(judged)
		in := Input{County: Chenggu, Period: June, Returns: judged, History: NewHistory(Chenggu, first.Standing), Sent: first.Returns,
			Before: first.Sum, Past: map[ledger.Period]map[string]int64{first.Period: first.Figures}}
		m, err := Reconcile(in)
		if err != nil {
			t.Fatal(err)
		}
		m.With([]ledger.Finding{{Code: SameDate, Period: June, Department: Trade, Form: "reserve"}})
		for what, diff := range map[string]string{
			"what was read": cmp.Diff(read, mail), "what was applied": cmp.Diff(applied, judged), "what stood": cmp.Diff(stood, first.Standing),
		} {
			if diff != "" {
				t.Fatalf("%s has changed (-want +got)\n%s", what, diff)
			}
		}
	})
}

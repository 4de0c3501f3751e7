package consolidate

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A draft is a month's mail as it came: returns not yet judged.
type draft []*ledger.Return

// drafts makes the mail of a month: some departments with versions of their reserve, rows of
// projects that are alike in every way two rows can be, and findings of every effect.
func drafts(p ledger.Period) *rapid.Generator[draft] {
	return rapid.Custom(func(t *rapid.T) draft {
		var mail draft
		for _, department := range []string{trade, town, housing} {
			for version := range rapid.IntRange(0, 3).Draw(t, "versions") {
				r := sent(p, reserve, department, fmt.Sprintf("%s %s %d", p, department, version), rowsOf(t)...)
				r.Subtotal, r.Blank = rapid.IntRange(0, 2).Draw(t, "subtotal"), rapid.IntRange(0, 2).Draw(t, "blank")
				r.Unchanged = rapid.IntRange(0, 5).Draw(t, "unchanged") == 0
				r.Prepared.Day = rapid.IntRange(24, 26).Draw(t, "day")
				if rapid.IntRange(0, 5).Draw(t, "dated") == 0 {
					r.Prepared = ledger.Date{}
				}
				for range rapid.IntRange(0, 3).Draw(t, "findings") {
					code := rapid.SampledFrom([]*ledger.Code{noted, asked, unread, unread, noRow, noRow, noSheet}).Draw(t, "code")
					with(r, code, rapid.IntRange(4, 9).Draw(t, "row"), rapid.SampledFrom([]string{"total", "name", "stage"}).Draw(t, "column"))
				}
				mail = append(mail, r)
			}
		}
		return mail
	})
}

func rowsOf(t *rapid.T) []ledger.Record {
	var all []ledger.Record
	for number := range rapid.IntRange(0, 5).Draw(t, "rows") {
		var words []string
		add := func(column string, of ...string) {
			if word := rapid.SampledFrom(of).Draw(t, column); word != "" {
				words = append(words, column+"="+word)
			}
		}
		add("name", "物流园", "物流园一期", "物流园二期", "物流园项目", "冷库", "路网")
		add("total", "", "0", "1", "2.5", "1000000")
		add("code", "", "", "", codeA, codeB, "1")
		add("owner", "", "", "城投")
		add("department", trade, town)
		add("package", "", "", "", "路网")
		add("is_package", "", "", "是", "否")
		add("leaving", "", "", "", "", "取消")
		r := record(reserve, 5+number, words...)
		r.Repeated = number > 0 && rapid.IntRange(0, 6).Draw(t, "repeated") == 0
		all = append(all, r)
	}
	return all
}

// copied gives the same mail in returns of its own.
func copied(mail draft) draft {
	copies := slices.Clone(mail)
	for i, r := range mail {
		other := *r
		other.Findings, other.Records = slices.Clone(r.Findings), slices.Clone(r.Records)
		for j := range other.Records {
			other.Records[j].Fields = slices.Clone(other.Records[j].Fields)
		}
		copies[i] = &other
	}
	return copies
}

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
	return []any{m.Sum, m.Figures, m.Balance, m.Bridge, m.Missing, m.Look, rows(m), moves(m, reserve), returns, findings}
}

func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, mail := drafts(may).Draw(t, "may"), drafts(june).Draw(t, "june")
		shuffled := rapid.Permutation(copied(mail)).Draw(t, "shuffled")
		first := merged(t, may, nil, before...)
		want, got := outcome(merged(t, june, after(first), mail...)), outcome(merged(t, june, after(first), shuffled...))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestTwiceIsOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := merged(t, may, nil, drafts(may).Draw(t, "may")...)
		m := merged(t, june, after(first), drafts(june).Draw(t, "june")...)
		want := outcome(m)
		again, err := Reconcile(Input{County: m.County, Period: m.Period, Returns: m.Returns, History: m.History, Before: m.Before, Published: m.Published})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, outcome(again)); diff != "" {
			t.Fatalf("reconciled again: %s", diff)
		}
		if diff := cmp.Diff(want, outcome(merged(t, june, after(first), m.Returns...))); diff != "" {
			t.Fatalf("judged and reconciled again: %s", diff)
		}
	})
}

// What the files are called does not matter.
func TestNamesOfFilesDoNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mail := drafts(june).Draw(t, "june")
		renamed := copied(mail)
		names := rapid.Permutation([]string{"a", "b", "c", "d", "e", "f", "g", "h", "i"}).Draw(t, "names")
		for i, r := range renamed {
			r.File = names[i]
		}
		once, again := merged(t, june, nil, mail...), merged(t, june, nil, renamed...)
		if diff := cmp.Diff([]any{once.Sum, once.Figures, once.Bridge, once.Look}, []any{again.Sum, again.Figures, again.Bridge, again.Look}); diff != "" {
			t.Fatal(diff)
		}
	})
}

// Content that is delivered twice changes nothing but the count of repeated rows.
func TestRepeatedContentIsNoMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mail := drafts(june).Filter(func(d draft) bool { return len(d) > 0 }).Draw(t, "june")
		twin := copied(draft{rapid.SampledFrom(mail).Draw(t, "twin")})[0]
		twin.File = "zz " + twin.File
		once := merged(t, june, nil, copied(mail)...)
		twice := merged(t, june, nil, append(copied(mail), twin)...)
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
		first := merged(t, may, nil, drafts(may).Draw(t, "may")...)
		m := merged(t, june, after(first), drafts(june).Draw(t, "june")...)
		total := Total(m.Bridge["reserve"])
		if !m.Balance.Closes() || !total.Closes() {
			t.Fatalf("%+v\n%+v", m.Balance, total)
		}
		if standing := total.Published.plus(total.Parts).plus(total.Doubled).Rows; standing != len(m.Standing) || standing != m.Balance.Taken-total.Left.Rows+total.Carried.Rows {
			t.Fatalf("%d rows stand, the bridge leads to %d: %+v", len(m.Standing), standing, total)
		}
		if int64(total.Published.Rows) != m.Figures["reserve.projects"] || int64(total.Published.Amount) != m.Figures["reserve.investment_fen"] {
			t.Fatalf("published %+v, the figures are %v", total.Published, m.Figures)
		}
		if entered, left := movesOf(m, Entered), movesOf(m, Left); len(first.Book.Projects["reserve"])+entered-left != len(m.Book.Projects["reserve"]) && m.Earlier != nil {
			t.Fatalf("%d projects in May, %d entered, %d left, %d in June", len(first.Book.Projects["reserve"]), entered, left, len(m.Book.Projects["reserve"]))
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
		first := merged(t, may, nil, drafts(may).Draw(t, "may")...)
		m := merged(t, june, after(first), drafts(june).Draw(t, "june")...)
		if len(m.Standing) == 0 {
			return
		}
		at := rapid.IntRange(0, len(m.Standing)-1).Draw(t, "at")
		row := m.Standing[at]
		if _, err := bridge(reserve, m); err != nil {
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
			record := &m.Standing[at].Record
			record.Fields = slices.Clone(record.Fields)
			form.Reserve.Total.Set(record, ledger.Number(form.Reserve.Total.Value(record).N+1))
		}
		m.Book = NewBook(chenggu, june, m.Standing)
		if _, err := bridge(reserve, m); err == nil {
			t.Fatalf("row %d, %s of %s, is not missed", at, reserve.Name(&row.Record), row.From)
		}
		if sum(m.Standing, nil) == m.Sum {
			t.Fatal("the sum is the same")
		}
	})
	if carried == 0 {
		t.Error("no row that stands from May was ever touched")
	}
}

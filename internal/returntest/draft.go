package returntest

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"huizong/internal/ledger"
)

// A Draft is a month's mail as it came: returns not yet judged.
type Draft []*ledger.Return

// Drafts makes the mail of a month: some departments with versions of their reserve, rows of
// projects that are alike in every way two rows can be, and findings of every effect.
func Drafts(p ledger.Period) *rapid.Generator[Draft] {
	return rapid.Custom(func(t *rapid.T) Draft {
		var mail Draft
		for _, department := range []string{Trade, Town, Housing} {
			for version := range rapid.IntRange(0, 3).Draw(t, "versions") {
				r := Sent(p, Reserve, department, fmt.Sprintf("%s %s %d", p, department, version), rowsOf(t)...)
				r.Subtotal, r.Blank = rapid.IntRange(0, 2).Draw(t, "subtotal"), rapid.IntRange(0, 2).Draw(t, "blank")
				r.Unchanged = rapid.IntRange(0, 5).Draw(t, "unchanged") == 0
				r.Prepared.Day = rapid.IntRange(24, 26).Draw(t, "day")
				if rapid.IntRange(0, 5).Draw(t, "dated") == 0 {
					r.Prepared = ledger.Date{}
				}
				r.Modified = rapid.SampledFrom([]string{"", "2024-06-25T08:00:00Z", "2024-06-25T09:00:00Z"}).Draw(t, "modified")
				for range rapid.IntRange(0, 3).Draw(t, "findings") {
					code := rapid.SampledFrom([]*ledger.Code{Noted, Asked, Unread, Unread, NoRow, NoRow, NoSheet}).Draw(t, "code")
					With(r, code, rapid.IntRange(4, 9).Draw(t, "row"), rapid.SampledFrom([]string{"total", "name", "stage"}).Draw(t, "column"))
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
		add("code", "", "", "", CodeA, CodeB, "1")
		add("owner", "", "", "城投")
		add("department", Trade, Town)
		add("package", "", "", "", "路网")
		add("is_package", "", "", "是", "否")
		add("leaving", "", "", "", "", "取消")
		r := Record(Reserve, 5+number, words...)
		r.Repeated = number > 0 && rapid.IntRange(0, 6).Draw(t, "repeated") == 0
		all = append(all, r)
	}
	return all
}

// Copied gives the same mail in returns of its own.
func Copied(mail Draft) Draft {
	copies := slices.Clone(mail)
	for i, r := range mail {
		other := *r
		other.Findings, other.Records = slices.Clone(r.Findings), slices.Clone(r.Records)
		copies[i] = &other
	}
	return copies
}

// A Fataler is a test, or a check of a property.
type Fataler interface {
	Helper()
	Fatal(...any)
}

package ledger

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
)

// The first sheet of a receipt, by which the receipt is known when it comes back, and those of its headings
// by which its answers are read.
const (
	ReceiptSheet  = "汇总回单"
	ReceiptKey    = "键" // of each line: Finding.Digest
	ReceiptAnswer = "答复（不改的请说明理由）"
	ReceiptNumber = "回单编号" // above the table, before a colon
	ReceiptSender = "报送单位" // likewise, where the sender is known
)

// Digest names a finding together with the value that it is about: another finding, and the same on another
// value, has another. It has twelve characters of 0–9 and a–f.
func (f Finding) Digest() string {
	sum := sha256.Sum256([]byte(f.Key() + "\x00" + f.Found))
	return hex.EncodeToString(sum[:6])
}

// An Explanation is what a department answers to a finding: why what it found is right. It is bound to the
// finding and the value by the digest, so that a value that changes is asked about anew. Explanations are data:
// all that was ever given is kept, but for what was given with a file that was withdrawn, see Holding.
type Explanation struct {
	Number int    // they are numbered as they come
	Period Period // the month in the run of which it came
	Digest string // Finding.Digest

	// Of the finding, for people.
	Code, Department, Form, Entity, Field, Found string

	Text   string
	Who    string
	Given  string // the day on which the receipt came, as far as it is known, and then the time, or when it was saved; it sorts
	Source string // SHA-256 of the receipt
}

// Holding are the explanations that hold, by digest: of several on one finding that of the receipt that came last,
// in whatever order they are kept.
func Holding(all []Explanation) map[string]Explanation {
	holding := map[string]Explanation{}
	for _, e := range all {
		if is, there := holding[e.Digest]; !there || is.before(e) {
			holding[e.Digest] = e
		}
	}
	return holding
}

func (e Explanation) before(o Explanation) bool {
	return cmp.Or(cmp.Compare(e.Given, o.Given), cmp.Compare(e.Source, o.Source), cmp.Compare(e.Text, o.Text)) < 0
}

// A Waiver (豁免) is the office's word that findings of a kind stand: in one department, on one form, of one entity, as
// far as it says so. What is blank is any.
type Waiver struct {
	Code                                   string // ID
	Department, Form, Entity, Field, Found string // official names, the form by its ID
	Why, Who                               string
	Until                                  Period // the last month in which it holds
}

// Covers reports whether the waiver is of a finding, whether or not it still holds.
func (w Waiver) Covers(f Finding) bool {
	is := func(said, found string) bool { return said == "" || Fold(said) == Fold(found) }
	return w.Code == f.Code.ID && is(w.Department, f.Department) && is(w.Form, f.Form) && is(w.Entity, f.Entity) &&
		(is(w.Field, f.Field) || slices.Contains(f.Fields(), w.Field)) && is(w.Found, f.Found)
}

// Explainable reports whether an explanation is enough for findings of the kind: what must be corrected, and what keeps
// anything out of the month, it does not settle.
func (c *Code) Explainable() bool { return c.Severity < Error && c.Effect <= AcceptExplained }

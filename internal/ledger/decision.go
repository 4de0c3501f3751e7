package ledger

// A Decision is what a person decided of two rows that may speak of one project. Decisions
// are data: every run replays them, in whatever order they are kept. Of several on one pair
// the last holds; what is decided to be different is never one, whatever else ties it.
type Decision struct {
	Number  int // by which it can be undone; decisions are numbered as they come
	A, B    Party
	Verdict Verdict
	Who     string
	Why     string
	// Source is the SHA-256 of the reply that brought the decision; blank for one given at the
	// command line. A reply that was taken once is not taken again, undone or not.
	Source string
}

// A Verdict says whether two rows speak of one project.
type Verdict string

// The verdicts.
const (
	Same      Verdict = "same"      // 同一
	Different Verdict = "different" // 不同
)

// In is the verdict as people read it, and as sheets in Chinese write it.
func (v Verdict) In(lang Lang) string {
	if v == Same {
		return Phrase{"同一", "same"}.In(lang)
	}
	return Phrase{"不同", "different"}.In(lang)
}

// VerdictOf reads what a sheet writes; false if it is neither.
func VerdictOf(text string) (Verdict, bool) {
	switch Fold(text) {
	case "同一":
		return Same, true
	case "不同":
		return Different, true
	}
	return "", false
}

// A Party is a row that a decision speaks of: Key finds it again from month to month as long
// as it bears the same code, name and owner; Department and Name are for people.
type Party struct{ Key, Department, Name string }

// Pair is the two keys of a decision in their order, so that A and B may be given either way.
func (d Decision) Pair() [2]string { return PairOf(d.A.Key, d.B.Key) }

// PairOf puts two keys in order.
func PairOf(a, b string) [2]string {
	if b < a {
		a, b = b, a
	}
	return [2]string{a, b}
}

// The sheet on which people are asked about pairs of projects, in the workbooks A and B, and
// the headings by which it is found again when it comes back with their answers.
const (
	ReplySheet   = "疑似重复与冲突"
	ReplyKey     = "键（勿改）" // of each line: the pair as PairKey writes it
	ReplyVerdict = "答复"    // 同一 or 不同
	ReplyWho     = "答复人"
	ReplyWhy     = "答复理由"
	ReplyNameA   = "项目甲" // what the line is about, for people
	ReplyUnitA   = "报送单位甲"
	ReplyNameB   = "项目乙"
	ReplyUnitB   = "报送单位乙"
	ReplyFiller  = "填写人" // above the table, before a colon: who answers where a line does not say
)

// PairKey writes the keys of two rows in one word, A before B.
func PairKey(a, b string) string { return a + "-" + b }

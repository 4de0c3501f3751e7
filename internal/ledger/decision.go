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

// A Verdict says how two rows stand to one another.
type Verdict string

// The verdicts.
const (
	Same      Verdict = "same"      // 同一: they speak of one project
	Different Verdict = "different" // 不同: they do not
	Part      Verdict = "part"      // 属于: A is a part of B (标段, 打包子项, 拆分); the roles matter
)

// In is the verdict as people read it, and as sheets in Chinese write it.
func (v Verdict) In(lang Lang) string {
	switch v {
	case Same:
		return Phrase{"同一", "same"}.In(lang)
	case Part:
		return Phrase{"属于", "part of"}.In(lang)
	}
	return Phrase{"不同", "different"}.In(lang)
}

// answers are the words that people choose from on a sheet that asks about two rows, 甲 and 乙.
var answers = []struct {
	text    string
	verdict Verdict
	turned  bool // 乙 is the part
}{{"同一", Same, false}, {"不同", Different, false}, {"甲属于乙", Part, false}, {"乙属于甲", Part, true}}

// Answers are the words of Answered, in the order in which people are given them to choose from.
func Answers() []string {
	words := make([]string, len(answers))
	for i, a := range answers {
		words[i] = a.text
	}
	return words
}

// Answered is the decision on A (甲) and B (乙) that an answer of a sheet makes: of 乙属于甲 the
// roles are exchanged. It is false if the answer is none of Answers.
func (d Decision) Answered(text string) (Decision, bool) {
	for _, a := range answers {
		if a.text != Fold(text) {
			continue
		}
		d.Verdict = a.verdict
		if a.turned {
			d.A, d.B = d.B, d.A
		}
		return d, true
	}
	return d, false
}

// Answer is the word that the decision is chosen by where A is 甲.
func (d Decision) Answer() string {
	for _, a := range answers {
		if a.verdict == d.Verdict && !a.turned {
			return a.text
		}
	}
	return ""
}

// A Party is a row that a decision speaks of: Key finds it again from month to month as long
// as it bears the same code, name and owner; Department and Name are for people.
type Party struct{ Key, Department, Name string }

// Pair is the two keys of a decision in their order, so that A and B may be given either way.
func (d Decision) Pair() [2]string { return PairOf(d.A.Key, d.B.Key) }

// A Saying is what a decision says, whoever says it and why.
type Saying struct {
	Verdict Verdict
	A, B    string // keys, in order where the verdict has no roles
}

// Saying is what the decision says: two of one pair that say the same are as good as one.
func (d Decision) Saying() Saying {
	if d.Verdict == Part {
		return Saying{d.Verdict, d.A.Key, d.B.Key}
	}
	pair := d.Pair()
	return Saying{d.Verdict, pair[0], pair[1]}
}

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
	ReplyVerdict = "答复"    // one of Answers
	ReplyWho     = "答复人"
	ReplyWhy     = "答复理由"
	ReplyNameA   = "项目甲" // what the line is about, for people
	ReplyUnitA   = "报送单位甲"
	ReplyNameB   = "项目乙"
	ReplyUnitB   = "报送单位乙"
	ReplyFiller  = "填写人" // above the table, before a colon: who answers where a line does not say
)

// LedgerKey heads the column of keys of projects, by which decisions on any two rows can be made.
const LedgerKey = "键"

// PairKey writes the keys of two rows in one word, A before B.
func PairKey(a, b string) string { return a + "-" + b }

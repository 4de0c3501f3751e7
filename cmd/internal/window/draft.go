package window

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"huizong/cmd/internal/job"
	"huizong/internal/ledger"
)

// ofDraft finds the draft that a page is about: one of the visitor's unit, of the month of the page.
func ofDraft(page func(*visit, job.DraftFile) error) func(*visit) error {
	return func(v *visit) error {
		draft, err := v.win.desk.Draft(v.person.Name, v.PathValue("id"))
		if err == nil && draft.Period != v.period {
			err = job.ErrNoDraft
		}
		if err != nil {
			return err
		}
		return page(v, draft)
	}
}

// A draftPage is what would become of a draft, and why.
type draftPage struct {
	Draft job.DraftFile
	*job.Look
	Outcome job.Outcome
	Asked   int // queries that can be explained and are not
	Refused map[string]job.Refusal
	Trouble *job.Unfit // why nothing of what was just said is kept; nil: it is not that

	said map[string]string
}

// Text is what the field of a question says: what was just typed, else how it was explained.
func (p draftPage) Text(q job.Question) string {
	if text, is := p.said[q.Key]; is {
		return text
	}
	return q.Answer
}

func showDraft(v *visit, draft job.DraftFile) error {
	return v.showDraft(http.StatusOK, draft, nil, nil, nil)
}

// showDraft shows a draft, with what was just said by digest and why it is not taken.
func (v *visit) showDraft(status int, draft job.DraftFile, said map[string]string, refused []job.Refusal, trouble *job.Unfit) error {
	look, err := v.win.desk.Look(v.Context(), draft)
	if err != nil {
		return err
	}
	p := draftPage{Draft: draft, Look: look, Outcome: look.Outcome(), Refused: map[string]job.Refusal{}, Trouble: trouble, said: said}
	for _, r := range refused {
		p.Refused[r.Key] = r
	}
	for _, file := range look.Files {
		for _, q := range file.Questions {
			if q.Code.Explainable() && q.Code.Severity == ledger.Query && q.Answer == "" {
				p.Asked++
			}
		}
	}
	return v.showAs(status, "draft", p)
}

// verdictLight is how a verdict is coloured.
func verdictLight(verdict string) string {
	switch verdict {
	case "验收通过":
		return "green"
	case "有保留":
		return "yellow"
	}
	return "red"
}

// Verdict is a verdict in the visitor's language.
func (p page) Verdict(verdict string) string {
	if p.lang == ledger.English {
		return map[string]string{"验收通过": "passed", "有保留": reserved.In(ledger.English), "验收不通过": "failed"}[verdict]
	}
	return verdict
}

// severityLight is how a finding is coloured.
func severityLight(s ledger.Severity) string {
	return map[ledger.Severity]string{ledger.Error: "red", ledger.Query: "yellow", ledger.Notice: "grey"}[s]
}

// outcomes say what a finding does to what is handed in.
var outcomes = map[ledger.Effect]ledger.Phrase{
	ledger.Accept:          {"照常采用", "taken as it is"},
	ledger.AcceptExplained: {"先采用；结账以前要改正，或说明理由", "taken; to be corrected or explained before the month is closed"},
	ledger.SetAside:        {"留作更正，不改已经公布的数", "kept as a correction of what was published"},
	ledger.HoldField:       {"这个数不采用，本月留空", "the value is held, and the month has none"},
	ledger.RejectRow:       {"这一行不采用，本月没有这一行", "the row is sent back, and the month has none"},
	ledger.RejectReturn:    {"整张表不采用，本月没有这张表", "the whole return is sent back, and the month has none"},
	ledger.RejectFile:      {"整个文件不采用", "the file is sent back"},
}

// outcomesThatStay say it where what stood last month stands instead.
var outcomesThatStay = map[ledger.Effect]ledger.Phrase{
	ledger.HoldField:    {"这个数不采用，沿用上月的", "the value is held, and last month's stands"},
	ledger.RejectRow:    {"这一行不采用，沿用上月的", "the row is sent back, and last month's stands"},
	ledger.RejectReturn: {"整张表不采用，沿用上月的", "the whole return is sent back, and last month's stands"},
}

func outcomeOf(q job.Question) ledger.Phrase {
	if words, is := outcomesThatStay[q.Code.Effect]; is && q.Stays {
		return words
	}
	return outcomes[q.Code.Effect]
}

// farFromMark is the class of a column of a picture that a narrow screen leaves out; blank: none. The first, which as a rule names
// the rows, stays.
func farFromMark(p *job.Picture, column int) string {
	at := slices.IndexFunc(p.Columns, func(c job.PictureColumn) bool { return c.Marked })
	if at < 0 || column == 0 || column >= at-1 && column <= at+1 {
		return ""
	}
	return " far"
}

// megabytes is the size of a file as people read it.
func megabytes(bytes int64) string {
	if bytes < 1<<20 {
		return strconv.FormatInt((bytes+1023)>>10, 10) + " KB"
	}
	return strconv.FormatFloat(float64(bytes)/(1<<20), 'f', 1, 64) + " MB"
}

// answerField begins the name of the field in which a finding is explained; its digest follows.
const answerField = "answer-"

// mostAnswers is how many bytes a form may have in which everything that is shown of files is explained, at length: every character of
// an explanation has up to four bytes, each of them written as %E6.
const mostAnswers = mostFiles * job.MostQuestions * (12*job.LongestExplanation + 64)

// withAnswers reads a form that explains findings, and refuses one that did not come whole: nothing is done by half of it.
func withAnswers(page func(*visit) error) func(*visit) error {
	return func(v *visit) error {
		if err := v.readForm(mostAnswers); err != nil {
			return err
		}
		return page(v)
	}
}

// answers are what a form says to findings, by digest. A field that was not sent says nothing.
func (v *visit) answers() map[string]string {
	said := map[string]string{}
	for name := range v.PostForm {
		if digest, is := strings.CutPrefix(name, answerField); is {
			said[digest] = v.field(name)
		}
	}
	return said
}

func explainDraft(v *visit, draft job.DraftFile) error {
	if kept, err := v.explained(draft, v.answers()); !kept {
		return err
	}
	return v.redirect(v.at("drafts", draft.ID), v.Say("说明已经记下，交表时一并报送", "The explanations are kept, and go with the file when it is handed in"))
}

// explained keeps with a draft what is said to its findings. Where not all of it is kept the draft is shown again, with all that was said.
func (v *visit) explained(draft job.DraftFile, said map[string]string) (kept bool, err error) {
	changed, refused, err := v.win.desk.Explain(v.Context(), draft, v.person.Name, said)
	trouble := (*job.Unfit)(nil)
	if err != nil && !errors.As(err, &trouble) {
		return false, err
	}
	v.noteExplained(changed)
	if len(refused) == 0 && trouble == nil {
		return true, nil
	}
	if draft, err = v.win.desk.Draft(draft.Unit, draft.ID); err != nil {
		return false, err
	}
	return false, v.showDraft(http.StatusUnprocessableEntity, draft, said, refused, trouble)
}

// handIn hands in a draft, with what the form explains.
func handIn(v *visit, draft job.DraftFile) error {
	if said := v.answers(); len(said) > 0 {
		if kept, err := v.explained(draft, said); !kept {
			return err
		}
	}
	name, err := v.win.desk.HandIn(v.Context(), draft)
	if err != nil {
		return err
	}
	v.note(job.HandedIn, name+" "+draft.SHA256)
	return v.redirect(v.at("returns"), v.say(ledger.Phrase{"“%s”已经交表，等待汇总；结账以前可以撤回", "“%s” was handed in; it can be withdrawn until the month is closed"}, name))
}

func discard(v *visit, draft job.DraftFile) error {
	if err := v.win.desk.Discard(draft); err != nil {
		return err
	}
	v.note(job.Discarded, draft.Name+" "+draft.SHA256)
	return v.redirect(v.at("returns"), v.say(ledger.Phrase{"“%s”已经放弃，没有交", "“%s” was discarded and not handed in"}, draft.Name))
}

func getDraftReceipt(v *visit, draft job.DraftFile) error {
	file, err := strconv.Atoi(v.URL.Query().Get("file"))
	if err != nil {
		return errNotFound
	}
	receipt, err := v.win.desk.Receipt(v.Context(), draft, file)
	if err != nil {
		return err
	}
	return v.attach("检查单_"+receipt.Name, receipt.Content)
}

// ofSent finds the file that a page is about: one that the visitor's unit has sent for the month.
func ofSent(page func(*visit, job.SentFile) error) func(*visit) error {
	return func(v *visit) error {
		all, err := v.win.desk.Sent(v.Context(), v.person.Name, v.period)
		if err != nil {
			return err
		}
		for _, sent := range all {
			if sent.SHA256 == v.PathValue("id") {
				return page(v, sent)
			}
		}
		return job.ErrNotSent
	}
}

// A sentPage is a file that was sent, and why it cannot be withdrawn.
type sentPage struct {
	job.SentFile
	Locked *job.Locked // nil: it can
}

func showSent(v *visit, sent job.SentFile) error {
	locked, err := v.win.desk.Locked(v.Context(), v.period, v.person.Name)
	if err != nil {
		return err
	}
	return v.show("sent", sentPage{sent, locked})
}

func getSentReceipt(v *visit, sent job.SentFile) error {
	receipt, err := v.win.desk.SentReceipt(v.Context(), v.period, sent, v.win.Out)
	if err != nil {
		return err
	}
	return v.attach(receipt.Name, receipt.Content)
}

func withdraw(v *visit, sent job.SentFile) error {
	draft, err := v.win.desk.Withdraw(v.Context(), v.person.Name, v.period, sent.SHA256)
	if err != nil {
		return err
	}
	v.note(job.Withdrew, sent.Name+" "+sent.SHA256)
	withdrawn := ledger.Phrase{"“%s”已经撤回，还在这里：可以放弃，也可以再交", "“%s” was withdrawn and is kept here: discard it, or hand it in again"}
	return v.redirect(v.at("drafts", draft.ID), v.say(withdrawn, sent.Name))
}

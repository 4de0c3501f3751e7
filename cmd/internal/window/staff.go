package window

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"huizong/cmd/internal/job"
	"huizong/consolidate"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

func (win *Window) staffRoutes() {
	page := func(pattern string, show func(*visit) error) {
		win.mux.HandleFunc(pattern, win.open(staff, ofOpenMonth(show)))
	}
	page("GET /m/{period}/returns", showReturns)
	page("GET /m/{period}/template", getTemplate)
	page("GET /m/{period}/changes", showChanges)
	page("POST /m/{period}/files", upload)

	page("GET /m/{period}/drafts/{id}", ofDraft(showDraft))
	page("GET /m/{period}/drafts/{id}/receipt", ofDraft(getDraftReceipt))
	page("POST /m/{period}/drafts/{id}/explain", withAnswers(ofDraft(explainDraft)))
	page("POST /m/{period}/drafts/{id}/hand-in", withAnswers(ofDraft(handIn)))
	page("POST /m/{period}/drafts/{id}/discard", ofDraft(discard))

	page("GET /m/{period}/sent/{id}", ofSent(showSent))
	page("GET /m/{period}/sent/{id}/receipt", ofSent(getSentReceipt))
	page("POST /m/{period}/sent/{id}/withdraw", ofSent(withdraw))

	page("GET /m/{period}/returns/asked", showAsked)
	page("POST /m/{period}/returns/asked", withAnswers(explainAsked))
}

// How far from the current month departments may go, besides the months that were merged.
const (
	monthsBack  = 3
	monthsAhead = 1
)

// ofOpenMonth refuses months that nobody will ever run.
func ofOpenMonth(page func(*visit) error) func(*visit) error {
	return func(v *visit) error {
		months, err := v.win.months(v.Context())
		if err != nil {
			return err
		}
		if away := v.period.Since(v.win.current()); !slices.Contains(months, v.period) && (away < -monthsBack || away > monthsAhead) {
			return errNotFound
		}
		return page(v)
	}
}

// A returnsPage is what a unit owes and has sent for a month.
type returnsPage struct {
	Owed, Reported int
	Due            string
	DueDays        int // to the due day; below 0: it has passed
	Lines          []*cell
	Drafts         []job.DraftFile
	Sent           []job.SentFile
	Asked          int            // findings of the month that wait for the unit
	Locked         *job.Locked    // why the month takes nothing of the unit; nil: it does
	Misread        *ledger.Phrase // what is wrong with the list of files received; nil: nothing
	MostFiles      int
	MostMB         int64
}

func showReturns(v *visit) error {
	board, err := v.win.reading.Board(v.Context(), v.period)
	if err != nil {
		return err
	}
	waiting, err := v.win.desk.Waiting(v.Context(), v.period, v.person.Name)
	if err != nil {
		return err
	}
	p := returnsPage{Due: board.Due, MostFiles: mostFiles, MostMB: v.win.County.Limits.File >> 20}
	now := v.win.Now()
	if p.DueDays, err = daysBetween(now.Format(time.DateOnly), board.Due); err != nil {
		return err
	}
	for _, filing := range board.Units {
		if filing.Department != v.person.Name {
			continue
		}
		c := v.cellOf(filing, waiting)
		p.Lines = append(p.Lines, c)
		if filing.Owed {
			p.Owed++
			if filing.Reported() || c.State == handedIn {
				p.Reported++
			}
		}
	}
	if p.Drafts, err = v.win.desk.Drafts(v.person.Name); err != nil {
		return err
	}
	p.Drafts = slices.DeleteFunc(p.Drafts, func(d job.DraftFile) bool { return d.Period != v.period })
	if p.Sent, err = v.win.desk.Sent(v.Context(), v.person.Name, v.period); err != nil {
		return err
	}
	asked, _, err := v.asked()
	if err != nil {
		return err
	}
	p.Asked = len(asked)
	wrong, err := v.win.desk.Misread(v.period)
	if err != nil {
		return err
	}
	if wrong != nil {
		p.Misread = new(misread(wrong))
	}
	if p.Locked, err = v.win.desk.Locked(v.Context(), v.period, v.person.Name); err != nil {
		return err
	}
	return v.show("returns", p)
}

// misread says of the list of files received where it is wrong.
func misread(wrong *job.Misread) ledger.Phrase {
	if wrong.Line == 0 {
		return ledger.Phrase{"收件登记 received.csv 读不出来，请发改局改好", "the list of files received, received.csv, cannot be read: the office is to mend it"}
	}
	line := strconv.Itoa(wrong.Line)
	return ledger.Phrase{"收件登记 received.csv 第" + line + "行写错了，请发改局改好",
		"line " + line + " of the list of files received, received.csv, is wrong: the office is to mend it"}
}

// daysBetween counts from one day to another.
func daysBetween(from, to string) (int, error) {
	first, err := time.Parse(time.DateOnly, from)
	if err != nil {
		return 0, err
	}
	last, err := time.Parse(time.DateOnly, to)
	return int(last.Sub(first) / (24 * time.Hour)), err
}

// A became is what a run made of a file, or of a return in it, in a word.
type became struct {
	Form  string // blank: of the file
	State ledger.Phrase
	Light string
}

// becameOf says it of a file that was read.
func becameOf(sent job.SentFile) []became {
	if sent.Refused != nil {
		return []became{{"", sent.Refused.Wrong, "red"}}
	}
	var all []became
	for _, r := range sent.Returns {
		b := became{r.Form, stateName(r.State), "grey"}
		switch r.State {
		case ledger.Accepted, ledger.Nil:
			b.Light = "green"
			if r.Rows.Returned+r.Rows.Held > 0 {
				b.State, b.Light = reserved, "yellow"
			}
		case ledger.Returned:
			b.Light = "red"
		}
		if sent.Again(r) {
			b.State, b.Light = again, "blue"
		}
		all = append(all, b)
	}
	return all
}

// again says that what did not count is to be looked at anew, since what counted was withdrawn.
var again = ledger.Phrase{"待重新汇总", "to be run again"}

// reserved says that not all of a return was taken.
var reserved = ledger.Phrase{"有保留", "with reserve"}

// stateName is the state of a version of a return in words that staff know; the blank one is of what no month has.
func stateName(s ledger.State) ledger.Phrase {
	return map[ledger.State]ledger.Phrase{
		ledger.Accepted: {"验收通过", "accepted"}, ledger.Returned: {"验收不通过", "sent back"}, ledger.Superseded: {"已被后来的版本代替", "superseded"},
		ledger.Repeated: {"与已经报来的相同", "the same again"}, ledger.Nil: {"零报告", "nil return"}, ledger.Late: {"留作更正", "kept as a correction"},
		"": {"不是本月或本单位的，没有采用", "not of the month or the unit, not taken"},
	}[s]
}

// getTemplate gives the workbook to fill in: with what stood last month, or blank.
func getTemplate(v *visit) error {
	prefilled, _, err := v.win.Job.Templates(v.Context(), v.period, v.person.Name)
	if v.URL.Query().Get("blank") != "" {
		prefilled, err = job.BlankTemplates(v.win.County, v.period, v.person.Name)
	}
	if err != nil {
		return err
	}
	if len(prefilled) == 0 {
		return errNotFound
	}
	return v.attach(prefilled[0].Path, prefilled[0].Content)
}

// A changesPage says what two versions of a return say otherwise.
type changesPage struct {
	Form     string
	Sendings []job.Sending
	Shown    []job.Sending // those whose differences are shown, the latest first
}

func showChanges(v *visit) error {
	f := form.ByID(v.URL.Query().Get("form"))
	if f == nil {
		return errNotFound
	}
	sendings, err := v.win.reading.Sendings(v.Context(), v.period, v.person.Name, f.ID)
	if err != nil {
		return err
	}
	shown := slices.Clone(sendings)
	slices.Reverse(shown)
	return v.show("changes", changesPage{f.ID, sendings, shown})
}

// asked are the findings of the month that wait for an answer of the visitor's unit, and what it answered so far by digest.
func (v *visit) asked() (findings []ledger.Finding, answers map[string]string, err error) {
	month, err := v.win.reading.Month(v.Context(), v.period)
	if err != nil {
		return nil, nil, err
	}
	answers = map[string]string{}
	for _, f := range month.Findings {
		if f.Department != v.person.Name || f.Code.Severity == ledger.Notice || f.Code == consolidate.ReturnMissing {
			continue
		}
		if said, is := month.Justification(f); is {
			answers[f.Digest()] = said.Text
		}
		if !month.Settled(f) {
			findings = append(findings, f)
		}
	}
	slices.SortStableFunc(findings, func(a, b ledger.Finding) int { return int(b.Code.Severity) - int(a.Code.Severity) })
	return findings, answers, nil
}

// An askedPage is what the month asks a unit.
type askedPage struct {
	Findings []askedFinding
	More     int        // that are not shown
	Trouble  *job.Unfit // why nothing of what was just said is taken; nil: it is not that
}

type askedFinding struct {
	ledger.Finding
	Key, Answer string
	Refused     *ledger.Code // why what was just said is not taken, or is not enough
}

// mostAsked is how many findings of the month are shown.
const mostAsked = 200

func showAsked(v *visit) error { return v.showAsked(http.StatusOK, nil, nil, nil) }

// showAsked shows what the month asks, with what was just said by digest and why it is not taken.
func (v *visit) showAsked(status int, said map[string]string, refused []job.Refusal, trouble *job.Unfit) error {
	findings, answers, err := v.asked()
	if err != nil {
		return err
	}
	p := askedPage{More: max(0, len(findings)-mostAsked), Trouble: trouble}
	for _, f := range findings[:min(len(findings), mostAsked)] {
		one := askedFinding{Finding: f, Key: f.Digest()}
		one.Answer = answers[one.Key]
		if text, is := said[one.Key]; is {
			one.Answer = text
		}
		for _, r := range refused {
			if r.Key == one.Key {
				one.Refused = r.Why
			}
		}
		p.Findings = append(p.Findings, one)
	}
	return v.showAs(status, "asked", p)
}

func explainAsked(v *visit) error {
	key, text := v.field("key"), v.field("answer")
	if text == "" {
		return v.redirect(v.at("returns", "asked"), v.Say("没有填说明，没有变化", "Nothing was said; nothing changed"))
	}
	taken, refused, err := v.win.desk.ExplainFinding(v.Context(), v.person.Name, v.period, key, text)
	trouble := (*job.Unfit)(nil)
	if err != nil && !errors.As(err, &trouble) {
		return err
	}
	v.noteExplained(taken)
	if len(refused) > 0 || trouble != nil {
		return v.showAsked(http.StatusUnprocessableEntity, map[string]string{key: text}, refused, trouble)
	}
	return v.redirect(v.at("returns", "asked"), v.Say("说明已经记下", "The explanation was recorded"))
}

// noteExplained notes what was explained: about what, and in which words.
func (v *visit) noteExplained(explained []ledger.Explanation) {
	for _, e := range explained {
		about := slices.DeleteFunc([]string{e.Entity, e.Field, e.Code}, func(part string) bool { return part == "" })
		v.note(job.Explaining, strings.Join(about, " · ")+"："+cmp.Or(e.Text, "（取消了说明）"))
	}
}

// explainDesk says of an error of the desk what the visitor is told; nil where it is none.
func (v *visit) explainDesk(err error) *told {
	if u := (*job.Unfit)(nil); errors.As(err, &u) {
		return &told{http.StatusUnprocessableEntity, ledger.Phrase{u.In(ledger.Chinese), u.In(ledger.English)}, nil}
	}
	if twice := (*job.Twice)(nil); errors.As(err, &twice) {
		return &told{http.StatusConflict, ledger.Phrase{"这个文件已经交过了（%s，%s），没有再交一次", "it was handed in already (%s, %s) and is not handed in twice"},
			[]any{twice.Name, twice.When}}
	}
	if locked := (*job.Locked)(nil); errors.As(err, &locked) {
		return &told{http.StatusConflict, ledger.Phrase{locked.In(ledger.Chinese), locked.In(ledger.English)}, nil}
	}
	if wrong := (*job.Misread)(nil); errors.As(err, &wrong) {
		return &told{http.StatusConflict, misread(wrong), nil}
	}
	switch {
	case errors.Is(err, job.ErrNoDraft):
		return &told{http.StatusNotFound, ledger.Phrase{"没有这个文件：可能已经交了，或者已经放弃", "there is no such file: it was handed in, or discarded"}, nil}
	case errors.Is(err, job.ErrNotSent):
		return &told{http.StatusNotFound, ledger.Phrase{"没有这个文件：可能已经撤回，或者不在本单位的文件夹里", "there is no such file: it was withdrawn, or is not in the unit's folder"}, nil}
	case errors.Is(err, job.ErrNotAsked):
		return &told{http.StatusConflict, ledger.Phrase{"这个问题已经没有了，没有记录：可能已经改正", "this is not asked any more and was not recorded: it was corrected"}, nil}
	}
	return nil
}

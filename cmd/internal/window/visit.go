package window

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"runtime/debug"
	"slices"
	"strings"

	"huizong/cmd/internal/job"
	"huizong/consolidate/summary"
	"huizong/internal/ledger"
)

// A visit is a request with who makes it. What is said to the visitor is in his language.
type visit struct {
	*http.Request
	win    *Window
	w      http.ResponseWriter
	person job.Person    // nobody where he has not signed in
	lang   ledger.Lang   //
	period ledger.Period // of the address; zero where it has none

	changed bool // something has changed since what is shown was published
}

// Whom a page is for. A page for anybody is shown to those who have not signed in, too.
var (
	anybody   []job.Role
	everybody = []job.Role{job.Staff, job.Office, job.Leader}
	staff     = []job.Role{job.Staff}
	office    = []job.Role{job.Office}
	readers   = []job.Role{job.Office, job.Leader}
)

// Names of what a session keeps.
const (
	sessionPerson = "person"
	sessionNotice = "notice"
)

// open makes of a page a handler: it finds out who visits and for which month, and answers with what went wrong.
func (win *Window) open(roles []job.Role, page func(*visit) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v := &visit{Request: r, win: win, w: w}
		err := v.enter(roles)
		if err == nil {
			err = v.do(page)
		}
		if err != nil {
			v.fail(err)
		}
	}
}

// do does what a page does. A panic is an error, which the operator is told.
func (v *visit) do(page func(*visit) error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("%s %s: panic: %v\n%s", v.Method, v.URL.Path, cause, debug.Stack())
		}
	}()
	return page(v)
}

// enter finds out who visits, and refuses whom the page is not for.
func (v *visit) enter(roles []job.Role) error {
	ctx := v.Context()
	if chosen, err := v.Cookie(languageCookie); err == nil && chosen.Value == "en" {
		v.lang = ledger.English
	}
	if id := v.win.sessions.GetString(ctx, sessionPerson); id != "" {
		person, known, err := v.win.Access.Person(ctx, id)
		if err != nil {
			return err
		}
		if known {
			v.person = person
		}
	}
	if roles != nil && v.person.ID == "" {
		return errSignIn
	}
	if roles != nil && !slices.Contains(roles, v.person.Role) {
		return errDenied
	}
	if text := v.PathValue("period"); text != "" {
		period, err := ledger.ParsePeriod(text)
		if err != nil || period.String() != text {
			return errNotFound
		}
		v.period = period
	}
	return nil
}

// Say is what a page says, in the visitor's language.
func (v *visit) Say(chinese, english string) string {
	return ledger.Phrase{chinese, english}.In(v.lang)
}

// say is a phrase with its arguments put in.
func (v *visit) say(phrase ledger.Phrase, args ...any) string {
	if len(args) == 0 {
		return phrase.In(v.lang)
	}
	return phrase.Format(v.lang, args...)
}

// mostForm is how many bytes a form without files may have.
const mostForm = 1 << 20

// readForm reads a form without files, of so many bytes at most: one that is larger, or broken, is refused.
func (v *visit) readForm(most int64) error {
	v.Body = http.MaxBytesReader(v.w, v.Body, most)
	err := v.ParseForm()
	if err == nil || errors.As(err, new(*http.MaxBytesError)) {
		return err
	}
	return &told{http.StatusBadRequest, ledger.Phrase{"没有收完，什么也没有做：请再试", "not all of it came, and nothing was done: try again"}, nil}
}

// field is what a form says in a field, without the blanks around it. A form with files has none.
func (v *visit) field(name string) string {
	if v.PostForm == nil {
		v.readForm(mostForm) // of one that is broken the fields are blank
	}
	return strings.TrimSpace(v.PostForm.Get(name))
}

// at is the address of a page of the visit's month.
func (v *visit) at(page ...string) string { return monthly(v.period, page...) }

// monthly is the address of a page of a month, from parts that are escaped here.
func monthly(p ledger.Period, page ...string) string {
	address := "/m/" + p.String() + "/"
	for i, part := range page {
		if i > 0 {
			address += "/"
		}
		address += url.PathEscape(part)
	}
	return address
}

// redirect answers what was done by showing a page, on which the notice is read once.
func (v *visit) redirect(to, notice string) error {
	if notice != "" {
		v.win.sessions.Put(v.Context(), sessionNotice, notice)
	}
	http.Redirect(v.w, v.Request, to, http.StatusSeeOther)
	return nil
}

// note writes into the audit trail what the visitor did, which is done: where it cannot be written, the operator is told.
func (v *visit) note(deed job.DeedKind, about string) {
	d := job.Deed{Who: v.person.Name, Role: v.person.Role, From: v.address(), Deed: deed, Period: v.period, About: about, At: v.win.Now()}
	if err := v.win.Access.Note(context.WithoutCancel(v.Context()), d); err != nil {
		v.win.Failed(fmt.Errorf("%s %s %s, which is done, was not noted: %w", d.Who, d.Deed, d.About, err))
	}
}

// address is the network address of the visitor's machine.
func (v *visit) address() string {
	host, _, found := strings.Cut(v.RemoteAddr, "]:")
	if found {
		return strings.TrimPrefix(host, "[")
	}
	host, _, _ = strings.Cut(v.RemoteAddr, ":")
	return host
}

// goHome shows the page that a role begins with.
func goHome(v *visit) error {
	if v.period.IsZero() {
		v.period = v.win.current()
	}
	return v.redirect(v.at(homes[v.person.Role]), "")
}

// homes are the pages that roles begin with.
var homes = map[job.Role]string{job.Staff: "returns", job.Office: "board", job.Leader: "brief"}

// A told is what stands in the visitor's way, as he is told.
type told struct {
	status int
	what   ledger.Phrase
	args   []any
}

func (t *told) Error() string { return t.what.Format(ledger.English, t.args...) }

// refuse tells the visitor why nothing was done.
func refuse(what ledger.Phrase, args ...any) error {
	return &told{http.StatusConflict, what, args}
}

// Why a page is not shown.
var (
	errSignIn   = errors.New("nobody has signed in")
	errDenied   = &told{http.StatusForbidden, ledger.Phrase{"这一页不对您开放", "this page is not open to you"}, nil}
	errNotFound = &told{http.StatusNotFound, ledger.Phrase{"没有这一页", "there is no such page"}, nil}
)

// fail answers with what went wrong. What is not the visitor's trouble is told to the operator.
func (v *visit) fail(err error) {
	if errors.Is(err, errSignIn) {
		if v.Method == http.MethodGet {
			http.Redirect(v.w, v.Request, "/sign-in?to="+url.QueryEscape(v.URL.RequestURI()), http.StatusSeeOther)
			return
		}
		err = &told{http.StatusUnauthorized, ledger.Phrase{"没有登录，或登录已过期：请重新登录，再做一次", "you are not signed in, or no longer: sign in and do it again"}, nil}
	}
	t := v.explain(err)
	if t == nil {
		if v.Context().Err() != nil {
			return // the visitor has gone
		}
		v.win.Failed(err)
		t = &told{http.StatusInternalServerError,
			ledger.Phrase{"出了故障，这一步没有做成，没有丢失数据。请稍后再试；再不行，请告诉管理员看程序的日志", "something failed, and this step was not done; nothing is lost. Try again later"}, nil}
	}
	v.w.Header().Del("Content-Disposition")
	if err := v.showAs(t.status, "trouble", v.say(t.what, t.args...)); err != nil {
		v.win.Failed(err)
	}
}

// explain says of an error of the job what the visitor is told; nil where it is not his to know.
func (v *visit) explain(err error) *told {
	if t := (*told)(nil); errors.As(err, &t) {
		return t
	}
	if t := v.explainDesk(err); t != nil {
		return t
	}
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return &told{http.StatusRequestEntityTooLarge, ledger.Phrase{"太大了，没有收下", "it is too large and was not taken"}, nil}
	}
	conflict := func(chinese, english string, args ...any) *told {
		return &told{http.StatusConflict, ledger.Phrase{chinese, english}, args}
	}
	if busy := (*job.Busy)(nil); errors.As(err, &busy) {
		return conflict("正在汇总，这一步没有做：请等汇总结束后再试（%[2]s开始）",
			"a run is at work, and this was not done: try again when it has ended (%[1]s, since %[2]s)", busy.Who, busy.Since)
	}
	if turn := (*job.OutOfTurn)(nil); errors.As(err, &turn) {
		if turn.Other.Less(turn.Period) {
			return conflict("%s还没有结账：要按月份先后结账", "%s is not closed yet: months are closed in their order", turn.Other.Chinese())
		}
		return conflict("%s已经结账：要从后往前重新开放", "%s is closed: the later month is opened again first", turn.Other.Chinese())
	}
	if against := (*job.Contradiction)(nil); errors.As(err, &against) {
		return conflict("与已有的判定矛盾，没有记录：请先撤销其中不对的", "it contradicts what was decided and was not recorded: take back first what is wrong")
	}
	for _, one := range []struct {
		err  error
		told *told
	}{
		{job.ErrNothingMerged, conflict("还没有汇总过任何月份", "no month was merged yet")},
		{job.ErrNeverMerged, conflict("这个月还没有汇总", "the month was not merged yet")},
		{job.ErrStale, conflict("汇总以后又有变化（上月、规则、报表、判定或说明）：请发改局重新汇总，再看", "something changed since the month was merged: it is to be run again first")},
		{job.ErrOtherRules, conflict("已结账的月份按当时的规则公布，现在的规则不同：请看当时的文件", "the month is closed and was made by other rules: see the files as they were published")},
		{job.ErrNoReport, conflict("这个月是旧版本程序汇总的，没有留下清单：请重新汇总", "the month was merged by an older version: it is to be run again")},
		{job.ErrNotAsPublished, conflict("文件夹里没有这份文件，或它存过盘，不是公布的那一份：请发改局重新汇总，再下载",
			"the file is not in the folder, or not as it was published: the month is to be run again first")},
		{summary.ErrNotThere, errNotFound},
		{job.ErrClosedAlready, conflict("已经结账，没有变化", "it is closed already; nothing changed")},
		{job.ErrNotClosed, conflict("没有结过账，不用重新开放", "it was never closed")},
		{job.ErrNoDecision, conflict("没有这一号判定，或者已经撤销", "there is no such decision, or it is undone")},
		{job.ErrNoSuchFinding, conflict("没有这条问题：可能已经更正，请看看现在的", "there is no such finding: perhaps it was corrected")},
		{job.ErrNotWaivable, conflict("这条必须更正，不能豁免", "it must be corrected and cannot be waived")},
		{job.ErrOneRow, conflict("两个键是同一行", "both keys are of one row")},
	} {
		if errors.Is(err, one.err) {
			return one.told
		}
	}
	return nil
}

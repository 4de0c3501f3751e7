package window

import (
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"
	"unicode"

	"huizong/cmd/internal/job"
	"huizong/internal/ledger"
)

// A signInPage asks for a code.
type signInPage struct {
	To    string // the page that is shown then
	Wrong string // why the last code did not do; blank: none was given
}

func showSignIn(v *visit) error {
	if v.person.ID != "" {
		return v.redirect("/", "")
	}
	return v.show("sign-in", signInPage{To: within(v.URL.Query().Get("to"))})
}

// within is an address on this window; of any other the first page.
func within(address string) string {
	strange := func(r rune) bool { return r == '\\' || unicode.IsControl(r) } // a browser reads / with a tab and a / as //
	if strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "//") && !strings.ContainsFunc(address, strange) {
		return address
	}
	return "/"
}

func signIn(v *visit) error {
	code, to := v.field("code"), within(v.field("to"))
	person, err := v.try(code)
	if errors.Is(err, job.ErrNoSuchCode) {
		v.note(job.SignInFailed, job.CodeID(code))
		wrong := v.Say("口令不对：请核对后再输一次；忘了口令的，请发改局重新发一个", "the code is wrong: look again; the office gives a new one to whoever lost his")
		return v.showAs(http.StatusUnauthorized, "sign-in", signInPage{to, wrong})
	}
	if err != nil {
		return err
	}
	ctx := v.Context()
	if err := v.win.sessions.RenewToken(ctx); err != nil { // whoever planted a session has lost it
		return err
	}
	v.win.sessions.Put(ctx, sessionPerson, person.ID)
	v.person = person
	v.note(job.SignedIn, "")
	return v.redirect(to, "")
}

// try is who comes in by a code. Wrong ones are counted by the machine that they come from and by the code that they are meant
// for, so that none can be guessed; one is looked at after another, so that no more are by sending many at once.
func (v *visit) try(code string) (job.Person, error) {
	counted := []string{"from " + v.address()}
	if id := job.CodeID(code); id != "" {
		counted = append(counted, "code "+id)
	}
	t := &v.win.tries
	t.turn.Lock()
	defer t.turn.Unlock()
	if wait := t.wait(time.Now(), counted...); wait > 0 {
		return job.Person{}, &told{http.StatusTooManyRequests,
			ledger.Phrase{"试错太多次了，请过%d分钟再试", "too many wrong codes: try again in %d minutes"}, []any{int(wait.Minutes()) + 1}}
	}
	person, err := v.win.Access.SignIn(v.Context(), code)
	if errors.Is(err, job.ErrNoSuchCode) {
		t.count(time.Now(), counted...)
	}
	return person, err
}

func signOut(v *visit) error {
	if v.person.ID != "" {
		v.note(job.SignedOut, "")
	}
	if err := v.win.sessions.Destroy(v.Context()); err != nil {
		return err
	}
	return v.redirect("/sign-in", "")
}

// languageCookie keeps the language that a browser was asked to show.
const languageCookie = "language"

// setLanguage keeps the language in the browser and shows the page again.
func setLanguage(v *visit) error {
	language := "zh"
	if v.field("language") == "en" {
		language = "en"
	}
	http.SetCookie(v.w, &http.Cookie{Name: languageCookie, Value: language, Path: "/", MaxAge: 365 * 24 * 60 * 60,
		HttpOnly: true, Secure: v.win.Secure, SameSite: http.SameSiteLaxMode})
	return v.redirect(within(v.field("to")), "")
}

// How many wrong codes are taken in a time: of one code, and from one address, by which all offices of a county may come.
const (
	mostTries     = 20
	mostTriesFrom = 500
	triesLast     = 15 * time.Minute
	mostTried     = 10_000 // counters that are kept: then all begin anew
)

// most is how many wrong codes a counter takes.
func most(counted string) int {
	if strings.HasPrefix(counted, "from ") {
		return mostTriesFrom
	}
	return mostTries
}

// tries count wrong codes; whose turn it is has one looked at.
type tries struct {
	turn sync.Mutex
	of   map[string]tried
}

type tried struct {
	n     int
	since time.Time
}

// wait is how long no code is taken from one of those who are counted; 0: it is.
func (t *tries) wait(now time.Time, counted ...string) (longest time.Duration) {
	for _, one := range counted {
		if tried := t.of[one]; tried.n >= most(one) {
			longest = max(longest, tried.since.Add(triesLast).Sub(now))
		}
	}
	return longest
}

// count counts a wrong code.
func (t *tries) count(now time.Time, counted ...string) {
	if len(t.of) == 0 || len(t.of) > mostTried {
		t.of = map[string]tried{}
	}
	for _, one := range counted {
		was := t.of[one]
		if now.Sub(was.since) > triesLast {
			was = tried{since: now}
		}
		was.n++
		t.of[one] = was
	}
}

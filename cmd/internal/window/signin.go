package window

import (
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

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
	if strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "//") && !strings.ContainsAny(address, "\\\r\n") {
		return address
	}
	return "/"
}

// signIn takes a code. Wrong ones are counted by the machine that they come from and by the code that they are meant
// for, so that none can be guessed.
func signIn(v *visit) error {
	code, to := v.field("code"), within(v.field("to"))
	counted := []string{"from " + v.address()}
	if id := job.CodeID(code); id != "" {
		counted = append(counted, "code "+id)
	}
	if wait := v.win.tries.wait(time.Now(), counted...); wait > 0 {
		return &told{http.StatusTooManyRequests, ledger.Phrase{"试错太多次了，请过%d分钟再试", "too many wrong codes: try again in %d minutes"}, []any{int(wait.Minutes()) + 1}}
	}
	person, err := v.win.Access.SignIn(v.Context(), code)
	if errors.Is(err, job.ErrNoSuchCode) {
		v.win.tries.count(time.Now(), counted...)
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

// tries count wrong codes.
type tries struct {
	mutex sync.Mutex
	of    map[string]tried
}

type tried struct {
	n     int
	since time.Time
}

// wait is how long no code is taken from one of those who are counted; 0: it is.
func (t *tries) wait(now time.Time, counted ...string) (longest time.Duration) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	for _, one := range counted {
		if tried := t.of[one]; tried.n >= most(one) {
			longest = max(longest, tried.since.Add(triesLast).Sub(now))
		}
	}
	return longest
}

// count counts a wrong code.
func (t *tries) count(now time.Time, counted ...string) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
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

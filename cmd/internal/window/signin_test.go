package window

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestWhoHasNotSignedInIsAskedTo(t *testing.T) {
	f := openEmpty(t)
	v := f.visitor(t)
	v.shows("/m/2024-06/board", http.StatusOK, "口令", `value="/m/2024-06/board"`)
	if status, _ := v.post("/m/2024-06/run", nil); status != http.StatusUnauthorized && status != http.StatusNotFound {
		t.Errorf("a form of nobody: status %d", status)
	}
}

func TestSignInLeadsToWhereOneWanted(t *testing.T) {
	f := openEmpty(t)
	v := f.visitor(t)
	v.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	for to, want := range map[string]string{"/m/2024-06/pairs": "/m/2024-06/pairs",
		"//evil.example": "/", `/\evil.example`: "/", "/\t/evil.example": "/", "https://evil.example": "/"} {
		answer, err := v.PostForm(f.server.URL+"/sign-in", url.Values{"code": {strings.ToLower(f.codes[clerk])}, "to": {to}})
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if at := answer.Header.Get("Location"); at != want {
			t.Errorf("to %s: sent to %s, want %s", to, at, want)
		}
	}
}

// TestWrongCodesAreCounted: who guesses at a code has to wait; others come in meanwhile, by the same address, too.
func TestWrongCodesAreCounted(t *testing.T) {
	f := openEmpty(t)
	v := f.visitor(t)
	guess := url.Values{"code": {f.codes[water][:4] + "-BBBB-CCCC-DDDD"}}
	for i := range mostTries {
		if status, _ := v.post("/sign-in", guess); status != http.StatusUnauthorized {
			t.Fatalf("try %d: status %d", i+1, status)
		}
	}
	for _, code := range []string{guess.Get("code"), f.codes[water]} {
		if status, body := v.post("/sign-in", url.Values{"code": {code}}); status != http.StatusTooManyRequests || !strings.Contains(body, "分钟再试") {
			t.Errorf("after %d wrong codes: status %d", mostTries, status)
		}
	}
	for range mostTries + 1 { // they are of nobody
		v.post("/sign-in", url.Values{"code": {"打错了"}})
	}
	f.as(t, clerk)
}

func TestAnAddressIsNotTriedFromForEver(t *testing.T) {
	var counted tries
	now := time.Now()
	for range mostTriesFrom {
		if counted.wait(now, "from 10.1.1.1") > 0 {
			t.Fatal("it has to wait too soon")
		}
		counted.count(now, "from 10.1.1.1")
	}
	if wait := counted.wait(now, "from 10.1.1.1", "code ABCD"); wait != triesLast {
		t.Errorf("it waits %s", wait)
	}
	if counted.wait(now.Add(triesLast), "from 10.1.1.1") > 0 || counted.wait(now, "from 10.1.1.2") > 0 {
		t.Error("another has to wait, or it has to for too long")
	}
}

// TestWhoSignsOutIsOut: what is still at work in another tab does not bring the session back.
func TestWhoSignsOutIsOut(t *testing.T) {
	f := openEmpty(t)
	begun, signedOut := make(chan bool), make(chan bool)
	f.mux.HandleFunc("POST /slow", f.Window.open(everybody, func(v *visit) error {
		close(begun)
		<-signedOut
		return v.redirect("/", "fertig")
	}))
	v := f.as(t, clerk)
	at, err := url.Parse(f.server.URL)
	if err != nil {
		t.Fatal(err)
	}
	cookies := v.Jar.Cookies(at)
	ended := make(chan bool)
	go func() {
		defer close(ended)
		v.post("/slow", nil)
	}()
	<-begun
	other := f.visitor(t)
	other.Jar.SetCookies(at, cookies)
	other.post("/sign-out", nil)
	close(signedOut)
	<-ended
	last := f.visitor(t)
	last.Jar.SetCookies(at, cookies)
	last.shows("/m/2024-06/", http.StatusOK, "口令")
}

// TestNobodyLeavesASession: who has not signed in puts nothing into the database, whatever he sends.
func TestNobodyLeavesASession(t *testing.T) {
	f := openEmpty(t)
	v := f.visitor(t)
	v.post("/language", url.Values{"language": {strings.Repeat("x", 1<<20-100)}})
	v.post("/language", url.Values{"language": {"en"}, "to": {"/sign-in"}})
	v.shows("/sign-in", http.StatusOK, "Sign in")
	v.post("/sign-in", url.Values{"code": {"打错了"}})
	at, err := url.Parse(f.server.URL)
	if err != nil {
		t.Fatal(err)
	}
	for _, cookie := range v.Jar.Cookies(at) {
		if cookie.Name == f.sessions.Cookie.Name {
			t.Error("a session was begun")
		}
	}
}

// TestASessionThatWasPlantedIsLost: who has a visitor use a session of his own has nothing of it once the visitor signs in.
func TestASessionThatWasPlantedIsLost(t *testing.T) {
	f := openEmpty(t)
	v := f.as(t, water) // gives a session
	at, err := url.Parse(f.server.URL)
	if err != nil {
		t.Fatal(err)
	}
	planted := v.Jar.Cookies(at)
	if len(planted) == 0 {
		t.Fatal("no session was given")
	}
	v.post("/sign-in", url.Values{"code": {f.codes[clerk]}})
	other := f.visitor(t)
	other.Jar.SetCookies(at, planted)
	other.shows("/m/2024-06/board", http.StatusOK, "口令")
	v.shows("/m/2024-06/board", http.StatusOK, clerk)
}

func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	f := openEmpty(t)
	v := f.as(t, clerk)
	for _, head := range []http.Header{{"Sec-Fetch-Site": {"cross-site"}}, {"Sec-Fetch-Site": {"same-site"}}, {"Origin": {"https://evil.example"}}} {
		request, err := http.NewRequest(http.MethodPost, f.server.URL+"/sign-out", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header = head
		if status, _ := v.read(v.Do(request)); status != http.StatusForbidden {
			t.Errorf("%v: status %d", head, status)
		}
	}
	v.shows("/m/2024-06/board", http.StatusOK, clerk)
}

func TestAnswersTellBrowsersWhatToRefuse(t *testing.T) {
	f := openEmpty(t)
	for _, address := range []string{"/sign-in", "/nothing", "/static/" + staticVersion + "/window.css"} {
		answer, err := f.visitor(t).Get(f.server.URL + address)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
		} {
			if got := answer.Header.Get(name); !strings.HasPrefix(got, want) {
				t.Errorf("%s: %s is %q", address, name, got)
			}
		}
	}
}

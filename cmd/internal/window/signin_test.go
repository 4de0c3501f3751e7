package window

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
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
	for to, want := range map[string]string{"/m/2024-06/pairs": "/m/2024-06/pairs", "//evil.example": "/", `/\evil.example`: "/", "https://evil.example": "/"} {
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

func TestWrongCodesAreCounted(t *testing.T) {
	f := openEmpty(t)
	v := f.visitor(t)
	for i := range mostTries {
		if status, _ := v.post("/sign-in", url.Values{"code": {"AAAA-BBBB-CCCC-DDDD"}}); status != http.StatusUnauthorized {
			t.Fatalf("try %d: status %d", i+1, status)
		}
	}
	if status, body := v.post("/sign-in", url.Values{"code": {f.codes[clerk]}}); status != http.StatusTooManyRequests || !strings.Contains(body, "分钟再试") {
		t.Errorf("after %d wrong codes: status %d", mostTries, status)
	}
}

// TestASessionThatWasPlantedIsLost: who has a visitor use a session of his own has nothing of it once the visitor signs in.
func TestASessionThatWasPlantedIsLost(t *testing.T) {
	f := openEmpty(t)
	v := f.visitor(t)
	v.post("/language", url.Values{"language": {"zh"}}) // gives a session
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

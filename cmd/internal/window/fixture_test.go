package window

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"huizong/cmd/internal/job"
	"huizong/consolidate/store/pgtest"
	"huizong/internal/county"
	"huizong/internal/ledger"
)

var (
	may  = ledger.Period{Year: 2024, Month: 5}
	june = ledger.Period{Year: 2024, Month: 6}
)

// The sample months as they were run, made once for all tests; each works on a copy.
var (
	ran     sync.Once
	ranIn   string
	ranFail error
)

func TestMain(m *testing.M) {
	code := pgtest.Main(m)
	if ranIn != "" {
		os.RemoveAll(ranIn)
	}
	os.Exit(code)
}

const samplesDir = "../../../samples"

func runSamples(t testing.TB) string {
	t.Helper()
	ran.Do(func() {
		if ranIn, ranFail = os.MkdirTemp("", "window"); ranFail != nil {
			return
		}
		var j *job.Job
		if j, ranFail = job.Open(t.Context(), "sqlite:"+filepath.Join(ranIn, "huizong.db"), county.Default()); ranFail != nil {
			return
		}
		defer j.Close()
		for _, p := range []ledger.Period{may, june} {
			inbox := filepath.Join(ranIn, "inbox", p.String())
			if ranFail = os.CopyFS(inbox, os.DirFS(filepath.Join(samplesDir, p.String(), "inbox"))); ranFail != nil {
				return
			}
			if _, ranFail = j.Run(t.Context(), p, job.Inbox{Dir: inbox}, filepath.Join(ranIn, "out")); ranFail != nil {
				return
			}
		}
	})
	if ranFail != nil {
		t.Fatal(ranFail)
	}
	return ranIn
}

// A fixture is a window on the sample months, May and June run, which is served.
type fixture struct {
	*Window
	dir      string // with huizong.db, inbox, out
	database string // its address
	server   *httptest.Server
	codes    map[string]string // by the name of who has them
}

// The people of the tests.
const (
	transport = "交通运输局"
	water     = "水利局"
	clerk     = "发改局张三"
	leader    = "李县长"
)

// open opens a window on its own copy of the sample months. It is 28 June 2024 there.
func open(t testing.TB) *fixture {
	t.Helper()
	inFull(t)
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(runSamples(t))); err != nil {
		t.Fatal(err)
	}
	return openIn(t, dir)
}

// inFull skips a test that is long where the race detector looks for races, which it would take minutes for.
func inFull(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("the race detector would take minutes for it")
	}
}

// openEmpty opens a window on a database that nothing was run in.
func openEmpty(t testing.TB) *fixture {
	t.Helper()
	return openIn(t, t.TempDir())
}

func openIn(t testing.TB, dir string) *fixture {
	t.Helper()
	return openOn(t, dir, "sqlite:"+filepath.Join(dir, "huizong.db"))
}

// openOn opens a window on a folder and a database.
func openOn(t testing.TB, dir, database string) *fixture {
	t.Helper()
	f, c := &fixture{dir: dir, database: database, codes: map[string]string{}}, county.Default()
	j, err := job.Open(t.Context(), database, c)
	if err != nil {
		t.Fatal(err)
	}
	access, err := job.OpenAccess(t.Context(), database, c)
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	f.Window = New(Config{
		Job: j, Access: access, County: c,
		Inbox: func(p ledger.Period) string { return filepath.Join(f.dir, "inbox", p.String()) },
		Out:   filepath.Join(f.dir, "out"), Drafts: filepath.Join(f.dir, "drafts"),
		Now:    func() time.Time { return time.Date(2024, 6, 28, 9, 0, 0, 0, time.UTC).Add(time.Since(began)) },
		Failed: func(err error) { t.Errorf("the window failed: %v", err) },
	})
	for name, role := range map[string]job.Role{transport: job.Staff, water: job.Staff, clerk: job.Office, leader: job.Leader} {
		if f.codes[name], err = access.Add(t.Context(), role, name); err != nil {
			t.Fatal(err)
		}
	}
	f.server = httptest.NewServer(f.Handler())
	t.Cleanup(func() {
		f.server.Close()
		f.Close()
		access.Close()
		j.Close()
	})
	return f
}

// A visitor is somebody with a browser.
type visitor struct {
	t testing.TB
	f *fixture
	*http.Client
}

// visitor has not signed in. He is shown what he is sent to.
func (f *fixture) visitor(t testing.TB) visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return visitor{t, f, &http.Client{Jar: jar}}
}

// as is a visitor who has signed in.
func (f *fixture) as(t testing.TB, name string) visitor {
	t.Helper()
	v := f.visitor(t)
	if status, body := v.post("/sign-in", url.Values{"code": {f.codes[name]}}); !strings.Contains(body, "/sign-out") {
		t.Fatalf("%s cannot sign in: %d %s", name, status, body)
	}
	return v
}

// get asks for a page and gives its status and text.
func (v visitor) get(address string) (int, string) {
	v.t.Helper()
	answer, err := v.Get(v.f.server.URL + address)
	return v.read(answer, err)
}

// post sends a form.
func (v visitor) post(address string, form url.Values) (int, string) {
	v.t.Helper()
	answer, err := v.PostForm(v.f.server.URL+address, form)
	return v.read(answer, err)
}

func (v visitor) read(answer *http.Response, err error) (int, string) {
	v.t.Helper()
	if err != nil {
		v.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

// shows is an error of the test unless a page has the status and says all of some words.
func (v visitor) shows(address string, status int, words ...string) string {
	v.t.Helper()
	is, body := v.get(address)
	if is != status {
		v.t.Errorf("%s: status %d, want %d", address, is, status)
	}
	for _, word := range words {
		if !strings.Contains(body, word) {
			v.t.Errorf("%s does not say %q:\n%s", address, word, body)
		}
	}
	return body
}

// Package window is the page (收表窗口) on which departments hand in their returns and see at once what is wrong with them,
// the office runs and settles a month, and leaders look at it: one HTTP server on the county's own network.
//
// It knows no database and no file format. What it shows comes from package job, which the commands go through, too, so that
// a month is the same whether it was handed in by this page or lay in a folder. What it receives it puts into that folder.
//
// Every page works without a script; static/window.js adds progress and keys. No page asks for anything from elsewhere.
package window

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2"

	"huizong/cmd/internal/job"
	"huizong/internal/county"
	"huizong/internal/ledger"
)

// A Config is what a window is opened with.
type Config struct {
	Job    *job.Job
	Access *job.Access
	County *county.County

	Inbox     func(ledger.Period) string // the folder that a month's returns lie in
	Out       string                     // below it are the folders of months
	Drafts    string                     // the folder for what was sent and is not handed in
	Passwords []string                   // tried in turn on encrypted workbooks

	Now    func() time.Time // what is overdue, and the time of what is handed in, goes by it
	Secure bool             // it is served by TLS
	Failed func(error)      // is told of every error that is not the visitor's
}

// A Window serves the pages.
type Window struct {
	Config
	reading  *job.Reading
	sessions *scs.SessionManager
	tries    tries
	mux      *http.ServeMux
	runs     runs
	desk     *job.Desk
	uploads  turns

	work    context.Context // what was begun on a page and outlasts the request
	stop    context.CancelFunc
	working sync.WaitGroup
}

// sessionLasts is how long a visitor stays signed in.
const sessionLasts = 12 * time.Hour

// New makes a window; it is to be closed.
func New(c Config) *Window {
	now := c.Now
	c.Now = func() time.Time { return now().In(job.China) }
	win := &Window{Config: c, reading: c.Job.NewReading(), sessions: scs.New(), mux: http.NewServeMux()}
	win.desk = c.Job.NewDesk(win.reading, c.Drafts, c.Inbox, c.Passwords, c.Now)
	win.uploads.all = make(chan bool, mostUploads)
	win.work, win.stop = context.WithCancel(context.Background())
	win.working.Go(win.clearDaily)
	win.sessions.Store = c.Access.Sessions()
	win.sessions.HashTokenInStore = true // whoever reads the database comes in as nobody
	win.sessions.Lifetime = sessionLasts
	win.sessions.Cookie.Name = "huizong"
	win.sessions.Cookie.HttpOnly, win.sessions.Cookie.Secure = true, c.Secure
	win.sessions.Cookie.SameSite = http.SameSiteStrictMode
	win.sessions.ErrorFunc = func(w http.ResponseWriter, _ *http.Request, err error) {
		c.Failed(err)
		http.Error(w, "汇总：数据库暂时连不上，请稍后再试 (the database cannot be reached: try again later)", http.StatusServiceUnavailable)
	}
	win.routes()
	return win
}

// clearDaily takes drafts away that were left lying, at once and every day.
func (win *Window) clearDaily() {
	day := time.NewTicker(24 * time.Hour)
	defer day.Stop()
	for {
		if err := win.desk.Clear(); err != nil {
			win.Failed(err)
		}
		select {
		case <-day.C:
		case <-win.work.Done():
			return
		}
	}
}

// Close stops what was begun on pages and waits until it has ended.
func (win *Window) Close() {
	win.stop()
	win.working.Wait()
}

// Handler is the whole window.
func (win *Window) Handler() http.Handler {
	pages := win.sessions.LoadAndSave(win.mux)
	all := http.NewServeMux()
	all.Handle("GET /static/{version}/{name}", http.HandlerFunc(serveStatic))
	all.Handle("/", pages)
	return guarded(http.NewCrossOriginProtection().Handler(all))
}

// routes are the pages of everybody; those of each role are in files of their own.
func (win *Window) routes() {
	win.mux.HandleFunc("GET /sign-in", win.open(anybody, showSignIn))
	win.mux.HandleFunc("POST /sign-in", win.open(anybody, signIn))
	win.mux.HandleFunc("POST /sign-out", win.open(anybody, signOut))
	win.mux.HandleFunc("POST /language", win.open(anybody, setLanguage))
	win.mux.HandleFunc("GET /{$}", win.open(everybody, goHome))
	win.mux.HandleFunc("GET /m/{period}/{$}", win.open(everybody, goHome))
	win.mux.HandleFunc("/", win.open(anybody, func(*visit) error { return errNotFound }))
	win.staffRoutes()
	win.officeRoutes()
	win.leaderRoutes()
}

// guarded sets on every answer what browsers are to refuse.
func guarded(h http.Handler) http.Handler {
	const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
		"form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		head := w.Header()
		head.Set("Content-Security-Policy", policy)
		head.Set("X-Content-Type-Options", "nosniff")
		head.Set("X-Frame-Options", "DENY")
		head.Set("Referrer-Policy", "same-origin")
		head.Set("Cross-Origin-Opener-Policy", "same-origin")
		head.Set("Cache-Control", "no-store")
		h.ServeHTTP(w, r)
	})
}

//go:embed static
var static embed.FS

// staticVersion is in the addresses of what pages are dressed with, so that browsers may keep it.
var staticVersion = func() string {
	sum := sha256.New()
	err := fs.WalkDir(static, "static", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := static.ReadFile(path)
		sum.Write(content)
		return err
	})
	if err != nil {
		panic(err)
	}
	return hex.EncodeToString(sum.Sum(nil))[:12]
}()

func serveStatic(w http.ResponseWriter, r *http.Request) {
	if r.PathValue("version") == staticVersion {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	http.ServeFileFS(w, r, static, "static/"+r.PathValue("name"))
}

package window

import (
	"database/sql"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/cmd/internal/job"
)

// decided says for every route whom it is for. One that is not listed is for nobody yet, and fails the test.
var decided = map[string][]job.Role{
	"/":                             anybody, // what is not found
	"GET /static/{version}/{name}":  anybody,
	"GET /sign-in":                  anybody,
	"POST /sign-in":                 anybody,
	"POST /sign-out":                anybody,
	"POST /language":                anybody,
	"GET /{$}":                      everybody,
	"GET /m/{period}/{$}":           everybody,
	"GET /m/{period}/returns":       staff,
	"GET /m/{period}/returns/asked": staff,
	"GET /m/{period}/template":      staff,
	"GET /m/{period}/changes":       staff,

	"POST /m/{period}/files":               staff,
	"POST /m/{period}/returns/asked":       staff,
	"GET /m/{period}/drafts/{id}":          staff,
	"GET /m/{period}/drafts/{id}/receipt":  staff,
	"POST /m/{period}/drafts/{id}/explain": staff,
	"POST /m/{period}/drafts/{id}/hand-in": staff,
	"POST /m/{period}/drafts/{id}/discard": staff,
	"GET /m/{period}/sent/{id}":            staff,
	"GET /m/{period}/sent/{id}/receipt":    staff,
	"POST /m/{period}/sent/{id}/withdraw":  staff,

	"GET /m/{period}/board":           office,
	"GET /m/{period}/unit/{unit}":     office,
	"GET /m/{period}/unit/{unit}/{n}": office,
	"GET /m/{period}/run":             office,
	"POST /m/{period}/run":            office,
	"GET /m/{period}/pairs":           office,
	"POST /m/{period}/pairs":          office,
	"POST /m/{period}/pairs/undo":     office,
	"GET /m/{period}/findings":        office,
	"POST /m/{period}/findings":       office,
	"GET /m/{period}/closing":         office,
	"POST /m/{period}/closing":        office,
	"POST /m/{period}/closing/again":  office,
	"GET /m/{period}/audit":           office,

	"GET /m/{period}/brief":                readers,
	"GET /m/{period}/books":                readers,
	"GET /m/{period}/books/{book}":         readers,
	"GET /m/{period}/books/{book}/{sheet}": readers,
	"GET /m/{period}/trace":                readers,
}

// routes are the patterns that the code has.
func routes(t *testing.T) (all []string) {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	pattern := regexp.MustCompile(`^([A-Z]+ )?/(m/|static/|sign-|language|\{|$)`)
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(node ast.Node) bool {
			if text, is := node.(*ast.BasicLit); is && text.Kind == token.STRING {
				if value, _ := strconv.Unquote(text.Value); strings.Contains(value, " /") && pattern.MatchString(value) {
					all = append(all, value)
				}
			}
			return true
		})
	}
	return append(all, "/")
}

// A laid is what there is of a unit on its pages: a draft and a file that was handed in.
type laid struct{ draft, sent string } // their IDs

// lays has a unit upload a file that is handed in, and one that is not.
func (v visitor) lays() (l laid) {
	v.t.Helper()
	_, _, sent := v.upload(file{"6月储备.csv", sheet})
	if status, page := v.post(sent+"/hand-in", nil); status != http.StatusOK || !strings.Contains(page, "已经交表") {
		v.t.Fatalf("%s: %d %s", sent, status, page)
	}
	_, page := v.get("/m/2024-06/returns")
	l.sent = regexp.MustCompile(`/sent/([0-9a-f]{64})"[^>]*>6月储备.csv`).FindStringSubmatch(page)[1]
	_, _, l.draft = v.upload(file{"6月储备（改）.csv", strings.Replace(sheet, "12000", "13000", 1)})
	l.draft = l.draft[strings.LastIndex(l.draft, "/")+1:]
	return l
}

// address fills in a route what there is; more is put before the address of a month.
func (l laid) address(route, period string) string {
	_, at, _ := strings.Cut(route, "/")
	id := l.draft
	if strings.Contains(route, "/sent/") {
		id = l.sent
	}
	return "/" + strings.NewReplacer("{$}", "", "{period}", period, "{id}", id, "{unit}", url.PathEscape(water), "{book}", "1", "{sheet}", "2", "{n}", "1",
		"{version}", staticVersion, "{name}", "window.css").Replace(at)
}

// questions are what addresses are asked besides.
var questions = map[string]string{
	"GET /m/{period}/drafts/{id}/receipt": "?file=0", "GET /m/{period}/trace": "?book=1&sheet=2&cell=A3", "GET /m/{period}/changes": "?form=reserve",
}

// TestRoutes goes through all routes in three ways.
func TestRoutes(t *testing.T) {
	f := open(t)
	unit := f.as(t, transport)
	own := unit.lays()
	people := map[job.Role]visitor{job.Staff: unit, job.Office: f.as(t, clerk), job.Leader: f.as(t, leader)}
	t.Run("each is for its roles", func(t *testing.T) { f.areForTheirRoles(t, own, people) })
	t.Run("looking changes nothing", func(t *testing.T) { f.lookingChangesNothing(t, own, people) })
	t.Run("strange addresses", func(t *testing.T) { f.strangeAddresses(t, own, people) })
}

// areForTheirRoles tries each route by each role and by nobody: with a month that is none where it may be used, so that nothing is done.
func (f *fixture) areForTheirRoles(t *testing.T, own laid, people map[job.Role]visitor) {
	all := routes(t)
	if diff := cmp.Diff(slices.Sorted(maps.Keys(decided)), slices.Sorted(slices.Values(all))); diff != "" {
		t.Fatalf("routes that are decided on (-) and that there are (+):\n%s", diff)
	}
	for _, role := range []job.Role{job.Staff, job.Office, job.Leader, ""} {
		v, known := people[role]
		if !known {
			v = f.visitor(t)
		}
		v.Client = &http.Client{Jar: v.Jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		for _, route := range all {
			method, _, _ := strings.Cut(route, " ")
			if decided[route] == nil {
				continue
			}
			want := http.StatusForbidden
			period := "2024-06"
			switch {
			case role == "" && method == http.MethodGet:
				want = http.StatusSeeOther
			case role == "":
				want = http.StatusUnauthorized
			case slices.Contains(decided[route], role):
				period, want = "2024-13", http.StatusNotFound
			}
			if !strings.Contains(route, "{period}") && role != "" {
				want = http.StatusSeeOther
			}
			request, err := http.NewRequest(method, f.server.URL+own.address(route, period)+questions[route], nil)
			if err != nil {
				t.Fatal(err)
			}
			if _, at := f.mux.Handler(request); at != route {
				t.Fatalf("%s is asked by an address of %s", route, at)
			}
			answer, err := v.Do(request)
			status, body := v.read(answer, err)
			if status != want || want == http.StatusForbidden && !strings.Contains(body, "不对您开放") {
				t.Errorf("%s by %q: status %d, want %d", route, role, status, want)
			}
			if role == "" && method == http.MethodGet && !strings.HasPrefix(answer.Header.Get("Location"), "/sign-in?to=%2F") {
				t.Errorf("%s by nobody leads to %s", route, answer.Header.Get("Location"))
			}
		}
	}
}

// snapshot is all that a month is kept in: what lies in folders, and each table of the database but the sessions.
func (f *fixture) snapshot(t testing.TB) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(f.dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.Contains(entry.Name(), "huizong.db") {
			return err
		}
		all[path] = string(read(t, path))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", filepath.Join(f.dir, "huizong.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, table := range column(t, db, `SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'session'`) {
		columns := column(t, db, fmt.Sprintf(`SELECT 'quote("' || name || '")' FROM pragma_table_info('%s')`, table))
		all["table "+table] = strings.Join(column(t, db, fmt.Sprintf(`SELECT %s FROM %q`, strings.Join(columns, "||','||"), table)), "\n")
	}
	return all
}

func column(t testing.TB, db *sql.DB, query string) (all []string) {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		all = append(all, text)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(all)
	return all
}

// lookingChangesNothing has every page shown to whom it is for, and forms of other sites sent by them, of which none is taken; what the
// month is kept in stays as it is.
func (f *fixture) lookingChangesNothing(t *testing.T, own laid, people map[job.Role]visitor) {
	before := f.snapshot(t)
	for route, roles := range decided {
		method, _, _ := strings.Cut(route, " ")
		for role, v := range people {
			if roles != nil && !slices.Contains(roles, role) {
				continue
			}
			address := own.address(route, "2024-06") + questions[route]
			switch method {
			case http.MethodGet:
				v.shows(address, http.StatusOK)
			case http.MethodPost:
				v.forges(address)
			}
		}
	}
	if diff := cmp.Diff(before, f.snapshot(t)); diff != "" {
		t.Errorf("it is not as before:\n%.4000s", diff)
	}
}

// forges posts to an address what another site would have a browser post.
func (v visitor) forges(address string) {
	v.t.Helper()
	for _, head := range []http.Header{
		{"Sec-Fetch-Site": {"cross-site"}}, {"Sec-Fetch-Site": {"same-site"}}, {"Origin": {"https://evil.example"}}, {"Origin": {"null"}},
		{"Origin": {"http://localhost:1"}, "X-Forwarded-Host": {"localhost:1"}},
	} {
		form := strings.NewReader("reason=x&why=x&until=2030-01-01&verdict=same&number=1&language=en")
		request, err := http.NewRequest(http.MethodPost, v.f.server.URL+address, form)
		if err != nil {
			v.t.Fatal(err)
		}
		request.Header = head.Clone()
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if status, _ := v.read(v.Do(request)); status != http.StatusForbidden {
			v.t.Errorf("%s with %v: status %d", address, head, status)
		}
	}
}

// Spellings that are no address of the window, or lead nowhere. None of them fails it.
var (
	periods  = []string{"2024-6", "2024-13", "0000-00", "２０２４-06", "-1", "%00", "%2e%2e", "%2e%2e%2f2024-06"}
	segments = []string{"%2e%2e", "..%2f..%2fhuizong.db", "%2fetc%2fpasswd", "%5c%5chost%5cshare", "%00", "%ff%fe", "x%0d%0aX:%201",
		"%7B%7B.%7D%7D", strings.Repeat("a", 5_000)}
	numbers = []string{"-1", "01", "甲", "9223372036854775807", "4611686018427387905", "-9223372036854775808", "99999999999999999999999"}
)

// strangeAddresses asks for what is no address of the window: whatever stands there, it is a page, or there is none, or it is told why not.
func (f *fixture) strangeAddresses(t *testing.T, own laid, people map[job.Role]visitor) {
	try := func(v visitor, address string, may ...int) {
		t.Helper()
		answer, err := v.Get(f.server.URL + address)
		if err != nil { // a handler that panics closes the connection
			t.Errorf("%.200s: %v", address, err)
			return
		}
		if status, body := v.read(answer, nil); !slices.Contains(may, status) || strings.Contains(body, "root:") {
			t.Errorf("%.200s: status %d", address, status)
		}
	}
	for route, roles := range decided {
		if len(roles) == 0 || !strings.HasPrefix(route, "GET /m/") {
			continue
		}
		v := people[roles[0]]
		for _, period := range periods {
			try(v, own.address(route, period), http.StatusNotFound, http.StatusBadRequest)
		}
		try(v, own.address(route, "9999-12"), http.StatusOK, http.StatusNotFound, http.StatusConflict)
		for _, part := range []string{"{id}", "{unit}", "{book}", "{sheet}"} {
			if !strings.Contains(route, part) {
				continue
			}
			for _, segment := range slices.Concat(segments, numbers) {
				try(v, own.address(strings.Replace(route, part, segment, 1), "2024-06"), http.StatusNotFound, http.StatusBadRequest)
			}
		}
	}
	for _, query := range []struct {
		role          job.Role
		before, after string
	}{
		{job.Office, "pairs?n=", ""}, {job.Office, "findings?from=", ""}, {job.Office, "findings?unit=", ""}, {job.Office, "audit?before=", ""},
		{job.Office, "audit?who=", "&month=x"}, {job.Office, "board?state=", ""}, {job.Leader, "trace?book=1&sheet=2&cell=A3&page=", ""},
		{job.Leader, "trace?book=", "&sheet=2&cell=A3"}, {job.Leader, "trace?book=1&sheet=", "&cell=A3"}, {job.Leader, "trace?book=1&sheet=2&cell=", ""},
		{job.Staff, "changes?form=", ""}, {job.Staff, "drafts/" + own.draft + "/receipt?file=", ""},
	} {
		for _, value := range slices.Concat(segments, numbers) {
			try(people[query.role], "/m/2024-06/"+query.before+value+query.after, http.StatusOK, http.StatusNotFound)
		}
	}
	for _, address := range []string{"/static/" + staticVersion + "/..%2fwindow.go", "/static/x/%2e%2e", "/static/..%2f..%2f/window.go", "/static/x/."} {
		try(people[job.Leader], address, http.StatusNotFound, http.StatusBadRequest)
	}
	if _, err := os.Stat(filepath.Join(f.dir, "huizong.db")); err != nil {
		t.Error(err)
	}
}

package window

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"huizong/cmd/internal/job"
	"huizong/cmd/internal/visible"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

//go:embed templates
var texts embed.FS

// parts are the templates that pages share: the frame, and charts.
var parts = []string{"templates/frame.html", "templates/chart.html"}

// templates are the pages by name, each within the frame.
var templates = func() map[string]*template.Template {
	frame := template.Must(template.New("frame.html").Funcs(functions).ParseFS(texts, parts...))
	names, err := fs.Glob(texts, "templates/*.html")
	if err != nil {
		panic(err)
	}
	all := map[string]*template.Template{}
	for _, name := range names {
		if !slices.Contains(parts, name) {
			all[strings.TrimSuffix(path.Base(name), ".html")] = template.Must(template.Must(frame.Clone()).ParseFS(texts, name))
		}
	}
	return all
}()

// functions are what templates may call, besides the methods of a page.
var functions = template.FuncMap{
	"megabytes": megabytes,
	"verdict":   verdictLight,
	"severity":  severityLight,
	"became":    becameOf,
	"stateName": stateName,
	"outcome":   outcomeOf,
	"far":       farFromMark,

	"formTitle": func(id string) string {
		if f := form.ByID(id); f != nil {
			return f.Title
		}
		return id
	},
	"rowName": func(row *ledger.Standing) string { return form.ByID(row.Form).Name(row.Record) },
	"plus":    func(a, b int) int { return a + b },
	"time":    func(t time.Time) string { return t.In(job.China).Format(time.DateTime) },
	"join":    strings.Join,
}

// A page is what a template is given: the visit, and what is to be shown.
type page struct {
	*visit
	Data   any
	Notice string // of what was just done; blank: of nothing
}

// show answers with a page.
func (v *visit) show(name string, data any) error { return v.showAs(http.StatusOK, name, data) }

func (v *visit) showAs(status int, name string, data any) error {
	p := page{visit: v, Data: data}
	if v.person.ID != "" {
		p.Notice = v.win.sessions.PopString(v.Context(), sessionNotice)
	}
	var text bytes.Buffer
	if err := templates[name].ExecuteTemplate(&text, "frame.html", p); err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	v.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	v.w.WriteHeader(status)
	v.w.Write(visible.Lines(text.Bytes()))
	return nil
}

// Static is the address of what pages are dressed with.
func (p page) Static(name string) string { return "/static/" + staticVersion + "/" + name }

// HTMLLang is the language of the page for browsers and readers.
func (p page) HTMLLang() string {
	if p.lang == ledger.English {
		return "en"
	}
	return "zh-CN"
}

// Changed reports whether something has changed since what is shown was published.
func (p page) Changed() bool { return p.changed }

// Here is the address at which the page can be seen again: of one that answers a form, where the form was.
func (p page) Here() string {
	if p.Method == http.MethodGet {
		return p.URL.RequestURI()
	}
	from, err := url.Parse(p.Referer())
	if err != nil {
		return "/"
	}
	return within(from.RequestURI())
}

// Lang is the language of the visitor.
func (p page) Lang() ledger.Lang { return p.lang }

// Person is who visits.
func (p page) Person() job.Person { return p.person }

// Period is the month of the page.
func (p page) Period() ledger.Period { return p.period }

// PeriodName is the month of the page in words.
func (p page) PeriodName() string {
	if p.period.IsZero() {
		return ""
	}
	if p.lang == ledger.English {
		return p.period.String()
	}
	return p.period.Chinese()
}

// At is the address of a page of the month.
func (p page) At(parts ...string) string { return p.at(parts...) }

// CountyName is whose window it is.
func (p page) CountyName() string { return p.win.County.Name }

// In is a phrase in the language of the visitor.
func (p page) In(phrase interface{ In(ledger.Lang) string }) string { return phrase.In(p.lang) }

// Line is a finding in one line, as the other outputs have it.
func (p page) Message(f ledger.Finding) string { return f.Message(p.lang) }

// A tab is an entry of the navigation.
type tab struct {
	Name, Address string
	Here          bool
}

// Tabs are the pages of the visitor's role.
func (p page) Tabs() []tab {
	if p.person.ID == "" || p.period.IsZero() {
		return nil
	}
	var all []tab
	for _, one := range tabsOf[p.person.Role] {
		address := p.at(one.page)
		all = append(all, tab{one.name.In(p.lang), address, p.URL.Path == address || strings.HasPrefix(p.URL.Path, address+"/")})
	}
	return all
}

var tabsOf = map[job.Role][]struct {
	page string
	name ledger.Phrase
}{
	job.Staff: {{"returns", ledger.Phrase{"报表", "Returns"}}},
	job.Office: {
		{"board", ledger.Phrase{"报送情况", "Board"}}, {"run", ledger.Phrase{"汇总", "Run"}}, {"pairs", ledger.Phrase{"待判定", "Pairs"}},
		{"findings", ledger.Phrase{"问题", "Findings"}}, {"brief", ledger.Phrase{"一页看全", "Brief"}}, {"books", ledger.Phrase{"汇总表", "Workbooks"}},
		{"closing", ledger.Phrase{"结账", "Closing"}}, {"audit", ledger.Phrase{"操作记录", "Audit"}},
	},
	job.Leader: {{"brief", ledger.Phrase{"一页看全", "Brief"}}, {"books", ledger.Phrase{"汇总表", "Workbooks"}}},
}

// Months are those that can be chosen, the latest first.
func (p page) Months() []tab {
	months, err := p.win.months(p.Context())
	if err != nil || p.person.ID == "" {
		return nil
	}
	if !p.period.IsZero() && !slices.Contains(months, p.period) {
		months = append([]ledger.Period{p.period}, months...)
	}
	var all []tab
	for _, m := range months {
		all = append(all, tab{m.String(), monthly(m), m == p.period})
	}
	return all
}

// months are those that were merged and the current one, the latest first.
func (win *Window) months(ctx context.Context) ([]ledger.Period, error) {
	merged, err := job.Keep(ctx, win.reading, "months", ledger.Period{}, win.Job.MergedMonths)
	if err != nil {
		return nil, err
	}
	months := slices.Clone(merged)
	if current := win.current(); !slices.Contains(months, current) {
		months = append(months, current)
	}
	slices.SortFunc(months, func(a, b ledger.Period) int { return b.Since(a) })
	return months, nil
}

// current is the month that pages begin with: the earliest whose last day of taking returns has not passed.
func (win *Window) current() ledger.Period {
	now := win.Now()
	p, today := ledger.Period{Year: now.Year(), Month: int(now.Month())}, now.Format(time.DateOnly)
	for win.County.Lock.In(p.Add(-1)).String() >= today {
		p = p.Add(-1)
	}
	return p
}

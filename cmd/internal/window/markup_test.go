package window

import (
	"bytes"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"

	"huizong/cmd/internal/job"
	"huizong/consolidate/summary/workbook"
)

// What strangers write where they may write something, and how a page shows what turns the direction of writing.
const (
	strange = `"'><img src=x onerror=alert(1)><svg onload=alert(1)></table><script>alert(1)</script>{{.}}` + "\u202ecod"
	turned  = `\u202ecod`
)

// unquoted is what can stand in a field of a .csv.
var unquoted = strings.ReplaceAll(strange, `"`, "")

// wellKnown are the elements with their attributes that the templates write, and the pictures of charts.
func wellKnown(t *testing.T) map[string]bool {
	t.Helper()
	known := map[string]bool{"td rowspan": true, "th rowspan": true, "td colspan": true, "th colspan": true, "tbody": true}
	learn := func(text string) {
		z := html.NewTokenizer(strings.NewReader(text))
		for z.Next() != html.ErrorToken {
			one := z.Token()
			for _, a := range one.Attr {
				known[one.Data+" "+strings.ToLower(a.Key)] = true
			}
			known[one.Data] = true
		}
	}
	files, err := filepath.Glob("templates/*.html")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, path := range files {
		learn(regexp.MustCompile(`\{\{[^}]*\}\}`).ReplaceAllString(string(read(t, path)), ""))
	}
	for kind := workbook.Columns; kind <= workbook.Doughnut; kind++ {
		for _, lines := range []bool{true, false} {
			for _, categories := range []int{3, 40} {
				c := chartOf(lines, categories, 4)
				c.Kind, c.Labels = kind, !lines
				learn(string(draw(c, "c", "两项")))
			}
		}
	}
	return known
}

// A looked is a page that was looked at: what is wrong with it, and whether it shows what strangers wrote.
type looked struct {
	wrong []string
	shows bool
}

// look reads a page as a browser does.
func look(known map[string]bool, page string) (l looked) {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return looked{wrong: []string{err.Error()}}
	}
	for node := range root.Descendants() {
		if node.Type == html.TextNode {
			l.shows = l.shows || strings.Contains(node.Data, "onerror=alert(1)") && strings.Contains(node.Data, turned)
		}
		if node.Type != html.ElementNode {
			continue
		}
		name := strings.ToLower(node.Data)
		if !known[name] {
			l.wrong = append(l.wrong, name)
		}
		if name == "script" && node.FirstChild != nil {
			l.wrong = append(l.wrong, "a script within the page")
		}
		for _, a := range node.Attr {
			key := strings.ToLower(a.Key)
			if !known[name+" "+key] {
				l.wrong = append(l.wrong, name+" "+key)
			}
			leads := key == "href" || key == "src" || key == "action" || key == "formaction"
			if leads && (!strings.HasPrefix(a.Val, "/") && !strings.HasPrefix(a.Val, "?") && !strings.HasPrefix(a.Val, "#") || strings.HasPrefix(a.Val, "//")) {
				l.wrong = append(l.wrong, name+" leads to "+a.Val)
			}
		}
	}
	if strings.Contains(page, "\u202e") {
		l.wrong = append(l.wrong, "it turns the direction of writing")
	}
	return l
}

// strangers has strangers write what they can: in names of files and sheets, cells, explanations, reasons, and the name of a person,
// who is signed in.
func (f *fixture) strangers(t *testing.T) (unit, office visitor) {
	t.Helper()
	unit = f.as(t, transport)
	content := changed(t, reserveReturn, map[string]any{wasCalled: "上元观镇金星公路危桥拆除重建", "A4": "填报日期：2024年6月26日", "G9": strange, "G10": strange,
		"H10": strange, "T10": strange, "Y10": strange, "B11": "北环路" + strange, "F11": strange, "D11": strange, "S11": strange})
	book, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if err := book.SetSheetName(book.GetSheetName(0), "<svg onload=alert(1)>"); err != nil {
		t.Fatal(err)
	}
	named, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(f.dir, "inbox", june.String(), "交通运输局储备项目"+strings.ReplaceAll(strange, "/", "")+".xlsx")
	if err := os.WriteFile(path, named.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	_, page, draft := unit.upload(file{strange + ".csv", strings.ReplaceAll(sheet, "北环路建设项目", "北环路"+unquoted)})
	key := regexp.MustCompile(`name="(answer-[0-9a-f]{12})"`).FindStringSubmatch(page)[1]
	if status, _ := unit.post(draft+"/hand-in", url.Values{key: {"批复尚未下达，先用备案证明上的代码" + strange}}); status != http.StatusOK {
		t.Fatalf("handing in: %d", status)
	}
	person := "张三" + strange
	if f.codes[person], err = f.Access.Add(t.Context(), job.Office, person); err != nil {
		t.Fatal(err)
	}
	office = f.as(t, person)
	office.post("/m/2024-05/closing", url.Values{"reason": {"已核对" + strange}})
	office.post("/m/2024-05/closing/again", url.Values{"reason": {"补报" + strange}, "until": {"2030-01-01"}})
	office.runs("/m/2024-06/run")
	return unit, office
}

// decides has the office decide on a pair and waive a finding, for strange reasons.
func (v visitor) decides() {
	v.t.Helper()
	pairs := v.shows("/m/2024-06/pairs", http.StatusOK)
	a, b := value(v.t, pairs, "a"), value(v.t, pairs, "b")
	v.post("/m/2024-06/pairs", url.Values{"a": {a}, "b": {b}, "verdict": {"different"}, "why": {"已核对" + strange}})
	finding := value(v.t, v.shows("/m/2024-06/findings?severity=query", http.StatusOK, "豁免"), "finding")
	v.post("/m/2024-06/findings", url.Values{"finding": {finding}, "about": {strange}, "why": {"属实" + strange}})
}

// reads looks at pages, notes what is wrong with them, and which of them show what strangers wrote.
func (v visitor) reads(known, shown map[string]bool, addresses ...string) {
	v.t.Helper()
	for _, address := range addresses {
		answer, err := v.Get(v.f.server.URL + address)
		status, page := v.read(answer, err)
		if status >= http.StatusInternalServerError || !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html;") {
			v.t.Errorf("%s: %d %s", address, status, answer.Header.Get("Content-Type"))
		}
		l := look(known, page)
		if len(l.wrong) > 0 {
			v.t.Errorf("%s has %q", address, l.wrong)
		}
		if l.shows {
			shown[regexp.MustCompile(`\?.*|[0-9a-f]{32,}|\d+/\d+$|%.*`).ReplaceAllString(address, "")] = true
		}
	}
}

// TestWhatStrangersWriteIsTextOnEveryPage: every page of every role, with what strangers wrote in all that is shown, holds no element,
// attribute or address that the templates do not write, and shows what turns the direction of writing as what it is.
func TestWhatStrangersWriteIsTextOnEveryPage(t *testing.T) {
	t.Parallel()
	f := open(t)
	known, shown := wellKnown(t), map[string]bool{}
	unit, office := f.strangers(t)
	asked := url.QueryEscape("/" + strange)
	f.visitor(t).reads(known, shown, "/sign-in?to="+asked, "/m/2024-06/board?to="+asked, "/"+url.PathEscape(strange))

	_, _, draft := unit.upload(file{"改.csv", strings.NewReplacer("城北", "城北"+unquoted, "12000", unquoted).Replace(sheet)})
	_, returns := unit.get("/m/2024-06/returns")
	unit.reads(known, shown, draft, "/m/2024-06/returns", "/m/2024-06/returns/asked", "/m/2024-06/changes?form=reserve")
	unit.reads(known, shown, regexp.MustCompile(`/m/2024-06/sent/[0-9a-f]{64}`).FindAllString(returns, -1)...)

	other := f.as(t, leader)
	_, books := other.get("/m/2024-06/books")
	other.reads(known, shown, "/m/2024-06/brief", "/m/2024-06/books", "/m/2024-06/trace?book=1&sheet=2&cell=A3")
	other.reads(known, shown, regexp.MustCompile(`/m/2024-06/books/\d+/\d+`).FindAllString(books, -1)...)

	office.decides()
	office.reads(known, shown, "/m/2024-06/audit?who="+asked, "/m/2024-06/board?state="+asked, "/m/2024-06/findings?unit="+asked, "/m/2024-05/closing")
	own := []string{"unit/" + url.PathEscape(transport), "findings?unit=" + url.QueryEscape(transport)}
	for _, page := range append(own, "board", "run", "pairs", "closing", "audit") {
		office.reads(known, shown, "/m/2024-06/"+page)
	}
	for _, page := range []string{"/m/2024-05/closing", "/m/2024-06/audit", "/m/2024-06/books/", "/m/2024-06/drafts/", "/m/2024-06/findings", "/m/2024-06/pairs",
		"/m/2024-06/unit/"} {
		if !shown[page] {
			t.Errorf("%s does not show what strangers wrote; shown it is on %q", page, slices.Sorted(maps.Keys(shown)))
		}
	}
}

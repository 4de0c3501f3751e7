package window

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/chromedp/cdproto/cdp"
	printing "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"huizong/cmd/internal/job"
	"huizong/consolidate/summary"
	"huizong/internal/county"
)

func TestLeadersSeeTheMonth(t *testing.T) {
	f := open(t)
	for _, who := range []string{leader, clerk} {
		v := f.as(t, who)
		v.shows("/m/2024-06/brief", http.StatusOK, "460个", "占年度计划42.4%", "小河镇凤凰包装材料生产项目", "各单位占年度计划与时序进度", "有2份应报报表未收到")
		v.shows("/m/2024-06/books", http.StatusOK, "城固县领导参阅_2024-06.xlsx", "红黄绿榜", "水利局任务交办单_2024-06.docx")
		v.shows("/m/2024-06/books/2/2", http.StatusOK, "城固县2024年6月重点项目进展总览", "总评构成", "1—6月完成投资")
	}
}

func TestStaffDoNotSeeWhatLeadersSee(t *testing.T) {
	f := open(t)
	v := f.visitor(t)
	v.post("/sign-in", url.Values{"code": {f.codes[transport]}, "to": {"/sign-in"}})
	for _, address := range []string{"brief", "books", "books/1", "books/1/2", "trace?book=1&sheet=2&cell=A3"} {
		v.shows("/m/2024-06/"+address, http.StatusForbidden, "这一页不对您开放")
	}
}

// TestAFigureLeadsToItsCells: from the page by the links that it has, to the cell of a department.
func TestAFigureLeadsToItsCells(t *testing.T) {
	v := open(t).as(t, leader)
	body := v.shows("/m/2024-06/brief", http.StatusOK)
	v.shows(linkOf(t, body, "20.71亿元"), http.StatusOK, "这个数从哪里来", "<h2>来源：52 项", "发展和改革局2024年6月重点项目进度.xlsx", "<b>K5</b>", "元折算为万元",
		"待核，未采用", "沿用", "/m/2024-06/books/3/3#D19")
	v.shows(linkOf(t, body, "小河镇凤凰包装材料生产项目"), http.StatusOK, "三合循环经济产业园区")
	v.shows(linkOf(t, body, "其余14个，见《滞后项目》"), http.StatusOK, "城固县2024年6月滞后项目")
	sheet := v.shows("/m/2024-06/books/1/2", http.StatusOK)
	v.shows(linkOf(t, sheet, "460个"), http.StatusOK, "<h2>来源：460 项", `aria-current="page">1</a>`, "page=10")
	v.shows(linkOf(t, sheet, "460个")+"&page=10", http.StatusOK, "460. ", `aria-current="page">10</a>`)
}

// linkOf is where the first link of that text leads.
func linkOf(t *testing.T, body, text string) string {
	t.Helper()
	before, _, found := strings.Cut(body, ">"+text+"</a>")
	if !found {
		t.Fatalf("no link %q", text)
	}
	address := before[strings.LastIndex(before, `href="`)+len(`href="`):]
	return strings.ReplaceAll(address[:strings.Index(address, `"`)], "&amp;", "&")
}

// TestEveryPictureHasItsValues: in a table, and each leads to where it comes from.
func TestEveryPictureHasItsValues(t *testing.T) {
	v := open(t).as(t, leader)
	body := v.shows("/m/2024-06/books/2/2", http.StatusOK, `<th scope="row">卫生健康局</th>`, `role="img"`)
	if n := strings.Count(body, "<svg"); n != 2 {
		t.Errorf("%d pictures, want 2", n)
	}
	v.shows(linkOf(t, body, "31.0%"), http.StatusOK, "卫生健康局")
}

func TestBooksAreSentAsPublished(t *testing.T) {
	f := open(t)
	v := f.as(t, leader)
	answer, err := v.Get(f.server.URL + "/m/2024-06/books/4")
	if err != nil {
		t.Fatal(err)
	}
	status, body := v.read(answer, nil)
	at := filepath.Join(f.dir, "out", "2024-06", "城固县领导参阅_2024-06.xlsx")
	if file := read(t, at); status != http.StatusOK || body != string(file) {
		t.Errorf("status %d, %d bytes, the file has %d", status, len(body), len(file))
	}
	if how := answer.Header.Get("Content-Disposition"); !strings.HasPrefix(how, "attachment; ") || !strings.Contains(how, "filename*=UTF-8''%E5%9F%8E") {
		t.Errorf("it is sent as %q", how)
	}
	if err := os.WriteFile(at, append(read(t, at), 0), 0o600); err != nil {
		t.Fatal(err)
	}
	v.shows("/m/2024-06/books/4", http.StatusConflict, "不是公布的那一份")
	if err := os.Remove(at); err != nil {
		t.Fatal(err)
	}
	v.shows("/m/2024-06/books/4", http.StatusConflict, "文件夹里没有这份文件")
}

func read(t testing.TB, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestWhatIsNotThereIsNotFound(t *testing.T) {
	v := open(t).as(t, leader)
	for _, address := range []string{"books/0", "books/99", "books/01", "books/甲", "books/1/0", "books/1/99", "books/9/1", "trace", "trace?book=1&sheet=1&cell=甲",
		"trace?book=1&sheet=1&cell=A0", "trace?book=-1&sheet=1&cell=A1", "trace?book=1&sheet=1&cell=A1048577"} {
		v.shows("/m/2024-06/"+address, http.StatusNotFound)
	}
	v.shows("/m/2024-07/brief", http.StatusConflict, "这个月还没有汇总")
	v.shows("/m/2024-07/books", http.StatusConflict, "这个月还没有汇总")
	v.shows("/m/2024-06/trace?book=1&sheet=2&cell=A3&page=99", http.StatusOK)
}

// TestAMonthThatChangedSinceShowsNothing: of what would not tie out nothing is shown but the files as they were published; it is told
// to run the month again.
func TestAMonthThatChangedSinceShowsNothing(t *testing.T) {
	f := open(t)
	other := *county.Default()
	other.Trial = append([]string{"V21"}, other.Trial...)
	j, err := job.Open(t.Context(), "sqlite:"+filepath.Join(f.dir, "huizong.db"), &other)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	f.reading = j.NewReading()
	v := f.as(t, leader)
	for _, address := range []string{"brief", "books/1/2", "trace?book=1&sheet=2&cell=A3"} {
		v.shows("/m/2024-06/"+address, http.StatusConflict, "请发改局重新汇总")
	}
	v.shows("/m/2024-06/books", http.StatusOK, "请发改局重新汇总", "可以下载")
}

// TestWhatWasPublishedIsShownUntilTheNextRun: once something has changed, leaders still see the month as it was published, and are
// told so; a window that was opened since gives out the files.
func TestWhatWasPublishedIsShownUntilTheNextRun(t *testing.T) {
	f := open(t)
	l, o := f.as(t, leader), f.as(t, clerk)
	l.shows("/m/2024-06/brief", http.StatusOK, "460个")
	body := o.shows("/m/2024-06/findings?severity=query&unit="+url.QueryEscape(transport), http.StatusOK)
	waiver := url.Values{"finding": {value(t, body, "finding")}, "why": {"属实"}, "until": {"2024-12"}, "to": {"/"}}
	o.post("/m/2024-06/findings", waiver)
	if body := l.shows("/m/2024-06/brief", http.StatusOK, "460个"); strings.Contains(body, "待发改局重新汇总") {
		t.Error("it is said that something has changed before a run has taken the waiver")
	}
	f.renamed(t)
	o.runs("/m/2024-06/run")
	pair := o.shows("/m/2024-06/pairs", http.StatusOK)
	o.post("/m/2024-06/pairs", url.Values{"a": {value(t, pair, "a")}, "b": {value(t, pair, "b")}, "verdict": {"same"}, "why": {"已核对"}})
	for _, page := range []string{"brief", "books", "books/1/1", "trace?book=4&sheet=1&cell=A2"} {
		l.shows("/m/2024-06/"+page, http.StatusOK, "待发改局重新汇总")
	}
	f.Window.reading = f.Job.NewReading()
	l.shows("/m/2024-06/brief", http.StatusConflict, "重新汇总")
	l.shows("/m/2024-06/books", http.StatusOK, "可以下载，不在页面上查看", "/m/2024-06/books/1")
	l.shows("/m/2024-06/books/1", http.StatusOK)
}

// TestBriefOfNothing: a month in which nobody reported has a page.
func TestBriefOfNothing(t *testing.T) {
	f := open(t)
	f.mux.HandleFunc("GET /nothing", f.Window.open(anybody, func(v *visit) error {
		return v.show("brief", v.brief(&summary.Overview{Title: "城固县项目推进领导参阅", Tiles: []summary.Tile{{Name: "谋划储备项目"}}}))
	}))
	f.visitor(t).shows("/nothing", http.StatusOK, "谋划储备项目", "暂缺", "没有红灯、黄灯项目")
}

// fullest is a month that takes as much room on the page as one can.
func fullest() *summary.Overview {
	figure := func(text string) summary.Figure { return summary.Figure{Text: text, Asked: true} }
	lines := func(n int, headings, texts []string) *summary.Excerpt {
		e := &summary.Excerpt{Book: 1, Sheet: 1, Name: "滞后项目", More: 9, Headings: headings}
		for range n {
			var line []summary.Figure
			for _, text := range texts {
				one := figure(text)
				one.Number = strings.ContainsAny(text, "0123456789") && utf8.RuneCountInString(text) < 9
				line = append(line, one)
			}
			e.Lines = append(e.Lines, line)
		}
		return e
	}
	tile, sentence := summary.Tile{Name: "储备", Value: figure("460个"), Foot: figure("总投资1,080.96亿元")},
		figure(strings.Repeat("1—6月，全县52个重点项目累计完成投资20.71亿元，", 6))
	return &summary.Overview{
		Title: "城固县项目推进领导参阅", AsOf: "数据截至", Note: "有2份应报报表未收到。",
		Headlines: []summary.Figure{sentence, sentence}, Tiles: []summary.Tile{tile, tile, tile},
		Behind: lines(10, []string{"总评", "项目名称", "责任单位", "包抓领导", "与时序差（百分点）", "落后事项"}, []string{"红灯", "沙河营镇石堰特殊教育学校迁建项目",
			"三合循环经济产业园区", "样例领导甲", "-41.3", "计划2024-03开工，逾期3个月未开工（红灯）；进度落后50.0个百分点（红灯）"}),
		Units: lines(8, []string{"责任单位", "项目数", "占年度计划", "与时序差（百分点）", "红灯", "黄灯"},
			[]string{"三合循环经济产业园区", "3", "11.3%", "-38.7", "1", "2"}),
		Leading: lines(37, []string{"指标", "单位", "本月", "上月", "较上月"},
			[]string{"高质量项目推进年行动方案已完成任务数", "亿元", "1,080.96", "1,054.08", "+26.88"}),
		Filings: lines(8, []string{"单位", "未报"}, []string{"三合循环经济产业园区", "要素保障堵点难点问题台账"}),
		Charts:  []summary.Chart{chartOf(false, 40, 1), chartOf(true, 12, 2), chartOf(true, 12, 1)},
	}
}

// isOnePage fails if the page is not one on paper.
func (b browser) isOnePage() {
	b.t.Helper()
	css := true
	pdf, err := chromedp.Run(b.ctx, func(ctx context.Context, tab *chromedp.Target) ([]byte, error) {
		printed, err := cdp.Call(ctx, tab, printing.PrintToPDF, printing.PrintToPDFParams{PreferCSSPageSize: &css})
		return printed.Data, err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	if n := len(pdfPage.FindAll(pdf, -1)); n != 1 {
		b.t.Errorf("it takes %d pages", n)
	}
}

// pdfPage is what a PDF of Chromium has once for each page.
var pdfPage = regexp.MustCompile(`/Type /Page\b`)

package window

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/textproto"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"huizong/cmd/internal/job"
)

// A sheet is a return of 交通运输局 for June; the code of each row is asked about.
const sheet = "城固县谋划储备项目表（2024年6月）\n填报单位：交通运输局,填报日期：2024年6月20日,单位：万元\n" +
	"项目名称,所属批次,领域,建设地点,建设规模及主要建设内容,总投资,责任单位,项目单位,项目代码\n" +
	"北环路建设项目,储备,基础设施,柳林镇,新建道路3公里,12000,交通运输局,交投公司,2401-610722-04-01-100011\n" +
	"城北客运站,储备,基础设施,原公镇,新建客运站1座,9000,交通运输局,交投公司,2401-610722-04-01-100031\n"

// A file is one that is uploaded.
type file struct{ name, content string }

// formOf is the body of a form with files, and its content type.
func formOf(t testing.TB, files ...file) (*bytes.Buffer, string) {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for _, f := range files {
		head := textproto.MIMEHeader{}
		head.Set("Content-Disposition", fmt.Sprintf(`form-data; name="file"; filename=%q`, f.name))
		part, err := w.CreatePart(head)
		if err == nil {
			_, err = io.WriteString(part, f.content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return &body, w.FormDataContentType()
}

// upload uploads files for June and gives the page that is shown then.
func (v visitor) upload(files ...file) (status int, page, address string) {
	v.t.Helper()
	body, kind := formOf(v.t, files...)
	answer, err := v.Post(v.f.server.URL+"/m/2024-06/files", kind, body)
	if err != nil {
		v.t.Fatal(err)
	}
	address = answer.Request.URL.Path
	status, page = v.read(answer, nil)
	return status, page, address
}

// lies is what lies below a folder of the fixture, by path.
func (f *fixture) lies(t testing.TB, dir string) (paths []string) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(f.dir, dir), func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			paths = append(paths, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

// A unit uploads a sheet, reads what is wrong with it, explains, hands it in, sees it and withdraws it.
func TestStaffHandsIn(t *testing.T) {
	f := open(t)
	v := f.as(t, transport)
	v.shows("/", http.StatusOK, "2024年6月报表", "应报的表", "谋划储备项目表", "上传报表", "还有")
	status, page, draft := v.upload(file{"6月储备.csv", sheet})
	if status != http.StatusOK || !strings.HasPrefix(draft, "/m/2024-06/drafts/") {
		t.Fatalf("%d %s", status, draft)
	}
	for _, word := range []string{"有保留", "<mark>2401-610722-04-01-100011</mark>", "怎么改", "不改的，请说明理由", "北环路建设项目"} {
		if !strings.Contains(page, word) {
			t.Errorf("the page of the draft does not say %q", word)
		}
	}
	v.shows("/m/2024-06/returns", http.StatusOK, "审核过、还没有交的文件", "6月储备.csv")
	v.post("/language", url.Values{"language": {"en"}, "to": {draft}})
	v.shows(draft, http.StatusOK, "with reserve", "What to do", "compare it with the approval")
	v.post("/language", url.Values{"language": {"zh"}, "to": {draft}})
	key := regexp.MustCompile(`name="(answer-[0-9a-f]{12})"`).FindStringSubmatch(page)
	if key == nil {
		t.Fatal("there is no field to explain in")
	}
	if status, page := v.post(draft+"/explain", url.Values{key[1]: {"已核实"}}); status != http.StatusUnprocessableEntity || !strings.Contains(page, "答复没有说出理由") {
		t.Errorf("what gives no reason: %d", status)
	}
	if _, page := v.post(draft+"/explain", url.Values{key[1]: {"批复尚未下达，先用备案证明上的代码"}}); !strings.Contains(page, "先用备案证明上的代码</textarea>") {
		t.Error("what was explained is not shown")
	}
	if status, page := v.post(draft+"/hand-in", url.Values{}); status != http.StatusOK || !strings.Contains(page, "已经交表") || !strings.Contains(page, "已上报，待汇总") {
		t.Errorf("handing in: %d", status)
	}
	if content, err := os.ReadFile(filepath.Join(f.dir, "inbox/2024-06", transport, "6月储备.csv")); string(content) != sheet {
		t.Error("in the inbox lies", string(content), err)
	}
	v.shows(draft, http.StatusNotFound, "没有这个文件")
	f.as(t, clerk).shows("/m/2024-06/board", http.StatusOK, "重新上报")
	f.as(t, clerk).shows("/m/2024-06/unit/"+url.PathEscape(transport), http.StatusOK, "重新上报")
	_, page, _ = v.upload(file{"6月储备.csv", sheet})
	again := regexp.MustCompile(`/m/2024-06/drafts/[0-9a-f]{32}`).FindString(page)
	if status, page := v.post(again+"/hand-in", url.Values{}); status != http.StatusConflict || !strings.Contains(page, "已经交过了") {
		t.Errorf("handing in again: %d", status)
	}
	_, page = v.get("/m/2024-06/returns")
	sent := regexp.MustCompile(`/m/2024-06/sent/[0-9a-f]{64}"[^>]*>6月储备.csv`).FindString(page)[:len("/m/2024-06/sent/")+64]
	v.shows(sent, http.StatusOK, "撤回", "2024-06-28 17:00")
	if status, page := v.post(sent+"/withdraw", url.Values{}); status != http.StatusOK || !strings.Contains(page, "已经撤回") {
		t.Errorf("withdrawing: %d", status)
	}
	v.shows(sent, http.StatusNotFound)
	if status, page := v.post(again+"/discard", url.Values{}); status != http.StatusOK || !strings.Contains(page, "已经放弃") {
		t.Errorf("discarding: %d", status)
	}
	v.shows("/m/2024-06/changes?form=progress", http.StatusOK, "重点项目", "第")
	v.shows("/m/2024-06/returns/asked", http.StatusOK, "要改正或说明的")
	deeds, err := f.Access.Deeds(t.Context(), job.DeedQuery{Most: 10})
	if err != nil || len(deeds) < 2 || deeds[0].Who != transport {
		t.Errorf("%v (%v)", deeds, err)
	}
}

// Several files are drafts each; what is not taken of them is told, and the rest is.
func TestStaffUploadsSeveral(t *testing.T) {
	f := open(t)
	v := f.as(t, transport)
	status, page, address := v.upload(file{"a.csv", sheet}, file{"../../b.csv", strings.Replace(sheet, "12000", "13000", 1)},
		file{"大.csv", strings.Repeat("x", int(f.County.Limits.File)+1)}, file{"水利局.csv", strings.ReplaceAll(sheet, transport, water)})
	if status != http.StatusOK || address != "/m/2024-06/returns" {
		t.Errorf("%d %s", status, address)
	}
	for _, word := range []string{"收下3个文件", "太大了", "a.csv", "b.csv", "不能交"} {
		if !strings.Contains(page, word) {
			t.Errorf("the list does not say %q", word)
		}
	}
	for _, path := range f.lies(t, "drafts") {
		if dir := filepath.Join(f.dir, "drafts", transport); !strings.HasPrefix(path, dir) || strings.Contains(path, "b.csv") {
			t.Errorf("%s lies there", path)
		}
	}
	var many []file
	for i := range mostFiles + 1 {
		many = append(many, file{fmt.Sprint(i, ".csv"), "x"})
	}
	if _, page, _ := v.upload(many...); !strings.Contains(page, "一次最多20个文件") {
		t.Error("too many files are taken at once")
	}
	if status, page, _ := v.upload(many...); status != http.StatusUnprocessableEntity && !strings.Contains(page, "已经有40个") {
		t.Errorf("there may be more drafts than there may: %d", status)
	}
	if status, _, _ := v.upload(); status != http.StatusUnprocessableEntity {
		t.Errorf("no file: %d", status)
	}
	if status, _ := v.post("/m/2024-06/files", url.Values{"file": {"x"}}); status != http.StatusBadRequest {
		t.Errorf("not a form with files: %d", status)
	}
}

// What another unit laid down or sent is not there; nor are the pages of the departments for others.
func TestStaffSeesItsOwnAlone(t *testing.T) {
	f := open(t)
	_, _, draft := f.as(t, transport).upload(file{"6月.csv", sheet})
	_, page := f.as(t, transport).get("/m/2024-06/returns")
	sent := regexp.MustCompile(`/m/2024-06/sent/[0-9a-f]{64}`).FindString(page)
	if sent == "" {
		t.Fatal("nothing was sent")
	}
	other := f.as(t, water)
	for _, address := range []string{draft, draft + "/receipt?file=0", sent, sent + "/receipt", "/m/2024-06/drafts/..%2f..%2fx", "/m/2024-06/sent/x",
		strings.Replace(draft, "2024-06", "2024-05", 1)} {
		other.shows(address, http.StatusNotFound)
	}
	for _, address := range []string{draft + "/hand-in", draft + "/discard", draft + "/explain", sent + "/withdraw"} {
		if status, _ := other.post(address, url.Values{}); status != http.StatusNotFound {
			t.Errorf("%s: %d", address, status)
		}
	}
	office := f.as(t, clerk)
	office.shows(draft, http.StatusForbidden)
	office.shows("/m/2024-06/returns", http.StatusForbidden)
	f.as(t, transport).shows(draft, http.StatusOK, "6月.csv")
}

// What files and cells say is text on a page, whatever it looks like.
func TestWhatStrangersWriteIsText(t *testing.T) {
	f := open(t)
	v := f.as(t, transport)
	const evil = `<img src=x onerror=alert(1)><svg/onload=alert(1)>`
	_, page, draft := v.upload(file{`"><script>alert(1)</script>.csv`, strings.ReplaceAll(sheet, "北环路建设项目", "北环路"+evil)})
	_, list := v.get("/m/2024-06/returns")
	for _, text := range []string{page, list} {
		if strings.Contains(text, "<script>") || strings.Contains(text, "<img") || strings.Contains(text, "<svg/") {
			t.Error("a page has what a stranger wrote")
		}
	}
	if !strings.Contains(page, "&lt;img src=x") {
		t.Error("the page does not show the cell")
	}
	answer, err := v.Get(f.server.URL + draft + "/receipt?file=0")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	const attached = "attachment; filename=\"file.xlsx\"; filename*=UTF-8''%E6%A3%80%E6%9F%A5%E5%8D%95_"
	if got := answer.Header; !strings.HasPrefix(got.Get("Content-Disposition"), attached) ||
		got.Get("X-Content-Type-Options") != "nosniff" || answer.StatusCode != http.StatusOK {
		t.Errorf("the receipt comes as %v", got)
	}
}

// An upload that stands still is ended, and one that is broken off leaves nothing.
func TestAnUploadBrokenOffLeavesNothing(t *testing.T) {
	f := open(t)
	v := f.as(t, transport)
	body, kind := formOf(t, file{"6月.csv", sheet})
	address, err := url.Parse(f.server.URL)
	if err != nil {
		t.Fatal(err)
	}
	cookie := v.Jar.Cookies(address)[0]
	half := func(then func(net.Conn)) {
		to, err := net.Dial("tcp", address.Host)
		if err != nil {
			t.Error(err)
			return
		}
		defer to.Close()
		fmt.Fprintf(to, "POST /m/2024-06/files HTTP/1.1\r\nHost: %s\r\nCookie: %s=%s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s",
			address.Host, cookie.Name, cookie.Value, kind, body.Len(), body.String()[:body.Len()/2])
		then(to)
	}
	half(func(net.Conn) {})
	stalls := uploadStalls
	t.Cleanup(func() { uploadStalls = stalls })
	uploadStalls = 200 * time.Millisecond
	half(func(to net.Conn) {
		to.SetReadDeadline(time.Now().Add(10 * time.Second))
		answer := make([]byte, 64)
		if n, err := to.Read(answer); !strings.HasPrefix(string(answer[:n]), "HTTP/1.1 408") {
			t.Errorf("what stands still is answered by %q (%v)", answer[:n], err)
		}
	})
	for end := time.Now().Add(5 * time.Second); len(f.lies(t, "drafts")) > 0 && time.Now().Before(end); {
		time.Sleep(20 * time.Millisecond)
	}
	if left := f.lies(t, "drafts"); len(left) > 0 {
		t.Errorf("there is left %v", left)
	}
}

// Many may upload at once; nothing of it is lost.
func TestManyUploadAtOnce(t *testing.T) {
	f := open(t)
	const many = 12
	var all sync.WaitGroup
	for i := range many {
		v := f.as(t, []string{transport, water}[i%2])
		all.Go(func() {
			unit := []string{transport, water}[i%2]
			own := strings.Replace(strings.ReplaceAll(sheet, transport, unit), "12000", fmt.Sprint(12000+i), 1)
			if status, _, address := v.upload(file{"6月.csv", own}); status != http.StatusOK || !strings.HasPrefix(address, "/m/2024-06/drafts/") {
				t.Errorf("%d %s", status, address)
			}
		})
	}
	all.Wait()
	if got := len(f.lies(t, "drafts")); got != 3*many { // the file, what is known of it, and what would become of it
		t.Errorf("%d files lie there", got)
	}
}

// A month that is closed takes nothing and says so; the workbook to fill in can be had.
func TestStaffOfAClosedMonth(t *testing.T) {
	f := open(t)
	if _, err := f.Job.CloseMonth(t.Context(), may, clerk, "已核实"); err != nil {
		t.Fatal(err)
	}
	v := f.as(t, transport)
	v.shows("/m/2024-05/returns", http.StatusOK, "已经结账")
	for month, status := range map[string]int{"2024-07": http.StatusOK, "2024-08": http.StatusNotFound, "2023-06": http.StatusNotFound} {
		v.shows("/m/"+month+"/returns", status)
	}
	for _, address := range []string{"/m/2024-06/template", "/m/2024-06/template?blank=1"} {
		if page := v.shows(address, http.StatusOK); !strings.HasPrefix(page, "PK") {
			t.Errorf("%s is no workbook", address)
		}
	}
}

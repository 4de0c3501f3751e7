package window

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/textproto"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"huizong/cmd/internal/job"
	"huizong/internal/county"
	"huizong/internal/peak"
)

// strangeNames are what a browser, or who writes requests by hand, may give as the name of a file: as it stands in the request, between
// quotes or, with *=, without.
var strangeNames = []string{
	`*=UTF-8''..%2F..%2F1.csv`, `../../2.csv`, `..\\..\\3.csv`, `/etc/cron.d/4.csv`, `C:\\windows\\5.csv`, `\\\\host\\share\\6.csv`, `7.csv::$DATA`,
	`*=UTF-8''8%00.csv`, `*=UTF-8''9%0d%0a.csv`, "\u202evsc.10.csv", "\ufeff11.csv",
	"\u200b.csv", "\xff\xfe12.csv", `CON.csv`, `nul`, `.COM1.csv`, `aux.csv.csv`,
	`received.csv`, `waivers.csv`, `.hidden.csv`, `~$14.csv`, `...`, ` `, `报表.CSV`, `报表.csv`, `desktop.ini`, `x.lnk`, `15.csv:zone.identifier`, `<script>&'.csv`,
	`=cmd|' /C calc'!A1.csv`, `\"\",2030-01-01.csv`, `#16.csv`,
	strings.Repeat("长", 1_700) + ".csv", strings.Repeat("a", 100_000) + ".csv", "18." + strings.Repeat("长", 100),
}

// TestStrangeNamesStayInTheFolder: whatever a file is called, it lies in its unit's folder under a name that every system takes,
// whole, and none in the place of another; the list of what was received is read by the run.
func TestStrangeNamesStayInTheFolder(t *testing.T) {
	inFull(t)
	f := openEmpty(t)
	v := f.as(t, transport)
	before := f.snapshot(t)
	sent := map[string]bool{}
	for from := 0; from < len(strangeNames); from += mostFiles {
		var body bytes.Buffer
		form := multipart.NewWriter(&body)
		for i, name := range strangeNames[from:min(len(strangeNames), from+mostFiles)] {
			if !strings.HasPrefix(name, "*=") {
				name = `="` + name + `"`
			}
			part, err := form.CreatePart(textproto.MIMEHeader{"Content-Disposition": {`form-data; name="file"; filename` + name}})
			if err != nil {
				t.Fatal(err)
			}
			content := strings.Replace(sheet, "12000", fmt.Sprint(12000+from+i), 1)
			sum := sha256.Sum256([]byte(content))
			sent[hex.EncodeToString(sum[:])] = true
			io.WriteString(part, content)
		}
		form.Close()
		answer, err := v.Post(f.server.URL+"/m/2024-06/files", form.FormDataContentType(), &body)
		if status, page := v.read(answer, err); status != http.StatusOK {
			t.Fatalf("%d %s", status, page)
		}
	}
	drafts, err := f.desk.Drafts(transport)
	if err != nil || len(drafts) != len(strangeNames) {
		t.Fatalf("%d drafts of %d files (%v)", len(drafts), len(strangeNames), err)
	}
	for _, draft := range drafts {
		if status, page := v.post("/m/2024-06/drafts/"+draft.ID+"/hand-in", nil); status != http.StatusOK || !strings.Contains(page, "已经交表") {
			t.Errorf("%q: %d %s", draft.Name, status, page)
		}
	}
	lie, lower := 0, map[string]bool{}
	for path, content := range f.snapshot(t) {
		if before[path] == content || strings.HasPrefix(path, "table ") {
			continue
		}
		dir, name := filepath.Split(path)
		if dir == filepath.Join(f.dir, "inbox", "2024-06")+"/" && name == "received.csv" {
			continue
		}
		sum := sha256.Sum256([]byte(content))
		if dir != filepath.Join(f.dir, "inbox", "2024-06", transport)+"/" || !sent[hex.EncodeToString(sum[:])] {
			t.Errorf("%q has come or changed", path)
			continue
		}
		odd := func(r rune) bool {
			return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) || strings.ContainsRune(`<>:"/\|?*`, r)
		}
		if !utf8.ValidString(name) || len(name) > 255 || strings.ContainsFunc(name, odd) || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~") ||
			strings.TrimRight(name, " .") != name || county.DeviceName(name) || lower[strings.ToLower(name)] {
			t.Errorf("%q is no name for a file", name)
		}
		lie, lower[strings.ToLower(name)] = lie+1, true
	}
	if lie != len(drafts) {
		t.Errorf("%d files lie in the folder of %d that were handed in", lie, len(drafts))
	}
	report, err := f.Job.Run(t.Context(), june, f.inbox(june), f.Out)
	if err != nil || len(report.Unmatched) > 0 {
		t.Fatalf("the run: %v, without files %v", err, report.Unmatched)
	}
	read := 0
	for _, file := range report.Files {
		if sent[file.SHA256] {
			read++
		}
	}
	if read != len(drafts) {
		t.Errorf("the run has read %d of %d", read, len(drafts))
	}
}

// A slow upload sends half a file, and then a little now and then.
type slow struct{ net.Conn }

func (v visitor) slow() slow {
	v.t.Helper()
	body, kind := formOf(v.t, file{"慢.csv", sheet + strings.Repeat(",", 100_000)})
	address, err := url.Parse(v.f.server.URL)
	if err != nil {
		v.t.Fatal(err)
	}
	to, err := net.Dial("tcp", address.Host)
	if err != nil {
		v.t.Fatal(err)
	}
	v.t.Cleanup(func() { to.Close() })
	cookie := v.Jar.Cookies(address)[0]
	fmt.Fprintf(to, "POST /m/2024-06/files HTTP/1.1\r\nHost: %s\r\nCookie: %s=%s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s",
		address.Host, cookie.Name, cookie.Value, kind, body.Len(), body.String()[:body.Len()/2])
	return slow{to}
}

// trickle sends a little.
func (s slow) trickle() { io.WriteString(s, ",") }

// answer is the first of what is answered within a time; blank if nothing is.
func (s slow) answer(within time.Duration) string {
	s.SetReadDeadline(time.Now().Add(within))
	head := make([]byte, len("HTTP/1.1 408"))
	n, _ := io.ReadFull(s, head)
	return string(head[:n])
}

// TestSlowUploadsHinderNobody: while ten stand still others upload; each is ended, one that always sends a little, too, and nothing
// is left of them.
func TestSlowUploadsHinderNobody(t *testing.T) {
	f := openEmpty(t)
	stalls, lasts := uploadStalls, uploadLasts
	t.Cleanup(func() { uploadStalls, uploadLasts = stalls, lasts })
	uploadStalls = 2 * time.Second
	v, other := f.as(t, transport), f.as(t, water)
	var all []slow
	for range 10 {
		all = append(all, v.slow())
	}
	own := strings.ReplaceAll(sheet, transport, water)
	for i := range 5 {
		quick := file{"快.csv", strings.Replace(own, "12000", fmt.Sprint(12000+i), 1)}
		if status, _, address := other.upload(quick); !strings.HasPrefix(address, "/m/2024-06/drafts/") {
			t.Errorf("beside slow ones an upload is answered by %d at %s", status, address)
		}
	}
	for _, one := range all {
		if said := one.answer(20 * time.Second); said != "HTTP/1.1 408" {
			t.Errorf("what stands still is answered by %q", said)
		}
	}
	uploadLasts = 200 * time.Millisecond
	one, ended := v.slow(), make(chan bool)
	go func() {
		defer close(ended)
		if said := one.answer(20 * time.Second); said != "HTTP/1.1 408" {
			t.Errorf("what never ends is answered by %q", said)
		}
	}()
	for going := true; going; {
		select {
		case <-ended:
			going = false
		case <-time.After(10 * time.Millisecond):
			one.trickle()
		}
	}
	left := filepath.Join(f.dir, "drafts", transport)
	for range 250 {
		if entries, err := os.ReadDir(left); err == nil && len(entries) == 0 {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("there is left %v", f.lies(t, "drafts"))
}

// TestCodesGuessedAtOnce: no more wrong codes are looked at than are counted, however many come in a moment, and never so many
// that memory runs out.
func TestCodesGuessedAtOnce(t *testing.T) {
	f := openEmpty(t)
	v := f.visitor(t)
	var all sync.WaitGroup
	var looked, refused atomic.Int32
	most := peak.Watch()
	for range 50 {
		all.Go(func() {
			answer, err := v.PostForm(f.server.URL+"/sign-in", url.Values{"code": {f.codes[clerk][:4] + "-AAAA-BBBB-CCCC"}})
			if err != nil {
				t.Error(err)
				return
			}
			answer.Body.Close()
			switch answer.StatusCode {
			case http.StatusUnauthorized:
				looked.Add(1)
			case http.StatusTooManyRequests:
				refused.Add(1)
			}
		})
	}
	all.Wait()
	if mb := most() >> 20; mb > 300 {
		t.Errorf("%d MB were in use", mb)
	}
	if looked.Load() != mostTries || refused.Load() != 50-mostTries {
		t.Errorf("%d were looked at and %d refused, want %d", looked.Load(), refused.Load(), mostTries)
	}
	deeds, err := f.Access.Deeds(t.Context(), job.DeedQuery{Most: 100})
	if err != nil {
		t.Fatal(err)
	}
	failed := 0
	for _, d := range deeds {
		if d.Deed == job.SignInFailed {
			failed++
		}
	}
	if failed != mostTries {
		t.Errorf("%d stand among what was done", failed)
	}
}

// TestCookiesThatAreNotOurs: one that is made up, what the database keeps of one, and one of who has lost the code, or has another.
func TestCookiesThatAreNotOurs(t *testing.T) {
	f := openEmpty(t)
	unit, office := f.as(t, transport), f.as(t, clerk)
	at, err := url.Parse(f.server.URL)
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", filepath.Join(f.dir, "huizong.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	kept := column(t, db, `SELECT token FROM session`)
	if len(kept) == 0 {
		t.Fatal("no session is kept")
	}
	for _, made := range append(kept, "", "x", f.codes[clerk], strings.Repeat("A", 43), strings.Repeat("A", 20_000), "%00", "../../x") {
		v := f.visitor(t)
		v.Jar.SetCookies(at, []*http.Cookie{{Name: "huizong", Value: made}})
		v.shows("/m/2024-06/board", http.StatusOK, `action="/sign-in"`)
	}
	asked := func(v visitor, page string) {
		t.Helper()
		v.shows(page, http.StatusOK, `action="/sign-in"`)
		if status, _, _ := v.upload(file{"6月.csv", sheet}); status != http.StatusUnauthorized {
			t.Errorf("who is out uploads: %d", status)
		}
	}
	if _, err := f.Access.Remove(t.Context(), transport); err != nil {
		t.Fatal(err)
	}
	asked(unit, "/m/2024-06/returns")
	code, err := f.Access.Replace(t.Context(), job.Office, clerk)
	if err != nil {
		t.Fatal(err)
	}
	asked(office, "/m/2024-06/board")
	for _, gone := range []string{f.codes[transport], f.codes[clerk]} {
		if status, _ := f.visitor(t).post("/sign-in", url.Values{"code": {gone}}); status != http.StatusUnauthorized {
			t.Errorf("a code that was taken back: %d", status)
		}
	}
	f.codes[clerk] = code
	f.as(t, clerk).shows("/m/2024-06/board", http.StatusOK, "应报")
	if left := f.lies(t, "drafts"); len(left) > 0 {
		t.Errorf("there lies %v", left)
	}
}

// endless is a form that does not end.
type endless struct{}

func (endless) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = 'A'
	}
	return len(b), nil
}

// TestFormsWithoutEndAreNotRead: a form of 100 MB costs neither memory nor what comes after it.
func TestFormsWithoutEndAreNotRead(t *testing.T) {
	f := openEmpty(t)
	most := peak.Watch()
	for address, kind := range map[string]string{
		"/sign-in": "application/x-www-form-urlencoded", "/m/2024-06/run": "multipart/form-data; boundary=x", "/": "text/plain",
	} {
		answer, err := f.visitor(t).Post(f.server.URL+address, kind, io.LimitReader(endless{}, 100<<20))
		if err != nil {
			continue // the connection was closed while it still sent
		}
		answer.Body.Close()
		if answer.StatusCode < 400 {
			t.Errorf("%s: status %d", address, answer.StatusCode)
		}
	}
	if mb := most() >> 20; mb > 200 {
		t.Errorf("%d MB were in use", mb)
	}
	f.as(t, clerk).shows("/m/2024-06/board", http.StatusOK)
}

// bookOf is a workbook whose parts are written as they are.
func bookOf(t *testing.T, parts map[string]string, sheet func(w io.Writer)) string {
	t.Helper()
	var book bytes.Buffer
	z := zip.NewWriter(&book)
	write := func(name string, text func(io.Writer)) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		text(w)
	}
	for name, text := range parts {
		write(name, func(w io.Writer) { io.WriteString(w, text) })
	}
	write("xl/worksheets/sheet1.xml", sheet)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return book.String()
}

// partsOf are those of a workbook with so many sheets, which are all one part.
func partsOf(sheets int) map[string]string {
	const (
		office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
		pack   = "http://schemas.openxmlformats.org/package/2006/"
	)
	var list, lead strings.Builder
	for i := range sheets {
		fmt.Fprintf(&list, `<sheet name="s%d" sheetId="%d" r:id="r%d"/>`, i, i+1, i)
		fmt.Fprintf(&lead, `<Relationship Id="r%d" Type="%s/worksheet" Target="worksheets/sheet1.xml"/>`, i, office)
	}
	return map[string]string{
		"[Content_Types].xml": `<Types xmlns="` + pack + `content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
		"_rels/.rels": `<Relationships xmlns="` + pack + `relationships">` +
			`<Relationship Id="r" Type="` + office + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml": `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="` + office + `"><sheets>` +
			list.String() + `</sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="` + pack + `relationships">` + lead.String() + `</Relationships>`,
	}
}

// TestHostileUploadsAreAnswered: with a verdict, and the window goes on.
func TestHostileUploadsAreAnswered(t *testing.T) {
	inFull(t)
	f := openEmpty(t)
	v := f.as(t, transport)
	repeat := func(text string, n int) func(io.Writer) {
		return func(w io.Writer) {
			thousand := strings.Repeat(text, 1_000)
			for range n / 1_000 {
				io.WriteString(w, thousand)
			}
		}
	}
	locked := read(t, filepath.Join(samplesDir, "2024-06/inbox/龙头镇2024年6月储备项目表（加密）.xlsx"))
	most := peak.Watch()
	for name, content := range map[string]string{
		"炸弹.xlsx": bookOf(t, partsOf(1), repeat("<row/>                                                          ", 2_000_000)),
		"很深.xlsx": bookOf(t, partsOf(1), repeat("<a>", 1_000_000)),
		"很多.xlsx": bookOf(t, partsOf(20_000), repeat("<row/>", 1_000)),
		"空.xlsx":  "",
		"加密.xlsx": string(locked),
		"断.xlsx":  string(changed(t, reserveReturn, nil))[:5_000],
		"图.xlsx":  `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`,
	} {
		status, page, address := v.upload(file{name, content})
		if status != http.StatusOK || !strings.Contains(page, "不能交") {
			t.Errorf("%s: %d at %s\n%.3000s", name, status, address, page)
		}
		if status, _ := v.post(address+"/hand-in", nil); status != http.StatusUnprocessableEntity {
			t.Errorf("%s is handed in: %d", name, status)
		}
	}
	if mb := most() >> 20; mb > 400 {
		t.Errorf("%d MB were in use", mb)
	}
	if _, page, _ := v.upload(file{"6月.csv", sheet}); !strings.Contains(page, "北环路建设项目") {
		t.Error("after them a return is not looked at")
	}
}

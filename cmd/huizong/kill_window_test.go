//go:build unix

package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"huizong/importer"
)

var kills = flag.Int("kills", 8, "how many times the window is killed while units upload, hand in and withdraw")

// An ownWindow is a window that is a process of its own, on an inbox and a database.
type ownWindow struct {
	dir     string // with the inbox and the database
	process *exec.Cmd
	address string
}

func (w *ownWindow) database() string { return "sqlite:" + filepath.Join(w.dir, "huizong.db") }
func (w *ownWindow) inbox() string    { return filepath.Join(w.dir, "inbox") }

// starts starts it at an address of its own.
func (w *ownWindow) starts(t *testing.T) {
	t.Helper()
	w.process = exec.Command("huizong", "--database", w.database(), "serve", "--listen", "127.0.0.1:0",
		"--inbox", w.inbox(), "--out", filepath.Join(w.dir, "out"))
	said, err := w.process.StdoutPipe()
	if err == nil {
		err = w.process.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.killed)
	line, err := bufio.NewReader(said).ReadString('\n')
	found := regexp.MustCompile(`http://[\d.]+:\d+`).FindString(line)
	if found == "" {
		t.Fatalf("it says %q (%v)", line, err)
	}
	w.address = found
}

// killed kills it, if it is not already.
func (w *ownWindow) killed() {
	_ = w.process.Process.Kill()
	_ = w.process.Wait()
}

// What is known of a file that a unit sent.
const (
	tried     = iota // nobody was told anything
	laidDown         // it is a draft
	handedIn         // it lies in the inbox
	taking           // it is being withdrawn, and lies here or there
	withdrawn        // it is a draft again
)

// A sender is the staff of a unit, who upload, hand in and withdraw.
type sender struct {
	unit string
	http.Client
	n     int
	state map[string]int // by SHA-256, what they were told last
	told  func()         // is called when they are told that a file was handed in
}

// comes signs the staff of a unit in.
func (w *ownWindow) comes(t *testing.T, unit string) *sender {
	t.Helper()
	var given struct{ Code string }
	if err := json.Unmarshal([]byte(huizong(t, exitDone, "--database", w.database(), "--json", "access", "add", unit)), &given); err != nil {
		t.Fatal(err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	s := &sender{unit: unit, Client: http.Client{Jar: jar}, state: map[string]int{}}
	s.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	if to := s.leads(s.PostForm(w.address+"/sign-in", url.Values{"code": {given.Code}})); to != "/" {
		t.Fatalf("%s is not let in", unit)
	}
	return s
}

// leads is where an answer leads; blank where there was none, or not what was asked for.
func (s *sender) leads(answer *http.Response, err error) string {
	if err != nil {
		return ""
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil || answer.StatusCode != http.StatusSeeOther {
		return ""
	}
	return answer.Header.Get("Location")
}

// sends uploads a file, hands it in and now and then withdraws it; it is false where the window did not do it all.
func (s *sender) sends(address string) bool {
	s.n++
	content := fmt.Sprintf("城固县谋划储备项目表（2024年6月）\n填报单位：%s,填报日期：2024年6月20日,单位：万元\n项目名称,所属批次,领域,总投资,责任单位\n汉江大桥工程,谋划,基础设施,%d,%[1]s\n%[3]s",
		s.unit, 8_000+s.n, strings.Repeat(",,,,\n", 20_000))
	digest := sha256.Sum256([]byte(content))
	sum := hex.EncodeToString(digest[:])
	s.state[sum] = tried
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "储备.csv")
	if err == nil {
		_, err = io.WriteString(part, content)
	}
	if err != nil || form.Close() != nil {
		panic(err) // a buffer is full
	}
	draft := s.leads(s.Post(address+"/m/2024-06/files", form.FormDataContentType(), &body))
	if !strings.Contains(draft, "/drafts/") {
		return false
	}
	s.state[sum] = laidDown
	if s.leads(s.PostForm(address+draft+"/hand-in", nil)) != "/m/2024-06/returns" {
		return false
	}
	s.state[sum] = handedIn
	s.told()
	if s.n%3 > 0 {
		return true
	}
	s.state[sum] = taking
	if s.leads(s.PostForm(address+"/m/2024-06/sent/"+sum+"/withdraw", nil)) == "" {
		return false
	}
	s.state[sum] = withdrawn
	return true
}

// holds is the SHA-256 of the files below a folder, by path; a name that is not wanted there is an error.
func holds(t *testing.T, dir string, wanted *regexp.Regexp) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		digest := sha256.Sum256(content)
		relative, _ := filepath.Rel(dir, path)
		all[relative] = hex.EncodeToString(digest[:])
		if !wanted.MatchString(relative) {
			t.Errorf("below %s lies %s", dir, relative)
		}
		return err
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return all
}

// isWhole holds what a killed window left against what the units sent and were told.
func (w *ownWindow) isWhole(t *testing.T, senders []*sender) {
	t.Helper()
	month := filepath.Join(w.inbox(), "2024-06")
	inbox := holds(t, month, regexp.MustCompile(`^(received\.csv|[^/.]+/储备(（\d+）)?\.csv)$`))
	drafts := holds(t, filepath.Join(w.inbox(), ".drafts"),
		regexp.MustCompile(`^\d{4}-\d{2}\.lock$|^撤回/\d{4}-\d{2}/[^/.]+/储备(（\d+）)?\.csv$|(^|/)\.(new|tmp)-|/[0-9a-f]{32}/(content|(draft|outcome)\.json)$`))
	list, err := os.Open(filepath.Join(month, "received.csv"))
	if err != nil {
		if !os.IsNotExist(err) {
			t.Error(err)
		}
		return
	}
	defer list.Close()
	received, err := importer.ReadReceived(list)
	if err != nil {
		t.Error(err)
	}
	in, out := map[string]bool{}, map[string]bool{}
	known := func(sum string) bool {
		for _, s := range senders {
			if _, sent := s.state[sum]; sent {
				return true
			}
		}
		return false
	}
	for path, sum := range inbox {
		if path == "received.csv" {
			continue
		}
		in[sum] = true
		if !known(sum) || received[path].SHA256 != sum || received[path].Time == "" {
			t.Errorf("%s is not what was sent (%t), or received.csv says %+v of it", path, known(sum), received[path])
		}
	}
	for path, sum := range drafts {
		if filepath.Base(path) != "content" || strings.Contains(path, "/.new-") {
			continue
		}
		out[sum] = true
		var about struct{ SHA256 string }
		text, err := os.ReadFile(filepath.Join(w.inbox(), ".drafts", filepath.Dir(path), "draft.json"))
		if err == nil {
			err = json.Unmarshal(text, &about)
		}
		if err != nil || !known(sum) || about.SHA256 != sum {
			t.Errorf("the draft %s is not what was sent (%t): %+v (%v)", path, known(sum), about, err)
		}
	}
	for _, s := range senders {
		for sum, state := range s.state {
			lost := map[int]bool{laidDown: !in[sum] && !out[sum], handedIn: !in[sum], taking: !in[sum] && !out[sum], withdrawn: in[sum] || !out[sum]}[state]
			if lost {
				t.Errorf("%s was told %d of %s; in the inbox %t, a draft %t", s.unit, state, sum, in[sum], out[sum])
			}
		}
	}
}

// TestKilledWindowLosesNothing: a window that is killed at any point, while units upload, hand in and withdraw, leaves files whole or
// not at all; what a unit was told is so; the next window goes on, and the month can be run.
func TestKilledWindowLosesNothing(t *testing.T) {
	t.Parallel()
	w, rounds := &ownWindow{dir: t.TempDir()}, *kills
	if testing.Short() {
		rounds = 2
	}
	w.runs(t) // units may hand in for a month that was merged, whatever the day
	var senders []*sender
	told := 0
	for round := range rounds {
		w.starts(t)
		if round == 0 {
			for _, unit := range []string{"交通运输局", "水利局", "民政局", "林业局"} {
				senders = append(senders, w.comes(t, unit))
			}
		}
		var all sync.WaitGroup
		var once sync.Once
		handed := make(chan bool)
		for _, s := range senders {
			s.told = func() { once.Do(func() { close(handed) }) }
			all.Go(func() {
				for s.sends(w.address) {
				}
			})
		}
		if round%2 == 1 {
			<-handed
		}
		time.Sleep(rand.N(300 * time.Millisecond))
		w.killed()
		all.Wait()
		w.isWhole(t, senders)
		for _, s := range senders {
			for _, state := range s.state {
				if state == handedIn {
					told++
				}
			}
		}
		if round == rounds-1 {
			break
		}
		for _, s := range senders { // so that a folder does not become full
			clear(s.state)
		}
		mustDo(t, os.RemoveAll(w.inbox()))
	}
	t.Logf("killed %d times; of %d files units were told that they are handed in", rounds, told)
	if told == 0 {
		t.Error("nothing was handed in")
	}
	var report struct{ Files []struct{ SHA256 string } }
	mustDo(t, json.Unmarshal([]byte(w.runs(t)), &report))
	read := map[string]bool{}
	for _, file := range report.Files {
		read[file.SHA256] = true
	}
	for _, s := range senders {
		for sum, state := range s.state {
			if state == handedIn && !read[sum] {
				t.Errorf("the run has not read what %s handed in", s.unit)
			}
		}
	}
}

// runs runs the month, which may be empty.
func (w *ownWindow) runs(t *testing.T) string {
	t.Helper()
	month := filepath.Join(w.inbox(), "2024-06")
	mustDo(t, os.MkdirAll(month, 0o755))
	return huizong(t, exitLeftOut, "--database", w.database(), "--quiet", "--json",
		"run", "--period", "2024-06", "--inbox", month, "--out", filepath.Join(w.dir, "out"))
}

// TestHeadsWithoutEndAreNotWaitedFor: whoever sends a head that is too large is told, and one that does not come to an end is not
// waited for; others are answered meanwhile.
func TestHeadsWithoutEndAreNotWaitedFor(t *testing.T) {
	t.Parallel()
	w := &ownWindow{dir: t.TempDir()}
	w.starts(t)
	dial := func() net.Conn {
		to, err := net.Dial("tcp", strings.TrimPrefix(w.address, "http://"))
		mustDo(t, err)
		t.Cleanup(func() { to.Close() })
		mustDo(t, to.SetDeadline(time.Now().Add(3*headTime)))
		return to
	}
	begun := time.Now()
	slow := dial()
	fmt.Fprint(slow, "GET /sign-in HTTP/1.1\r\nHost: x\r\nX: ")
	for range 20 {
		to, answer := dial(), make([]byte, len("HTTP/1.1 431"))
		fmt.Fprintf(to, "GET /sign-in HTTP/1.1\r\nHost: x\r\n%s\r\n", strings.Repeat("X: "+strings.Repeat("x", 1_000)+"\r\n", 50))
		if _, err := io.ReadFull(to, answer); err != nil || string(answer) != "HTTP/1.1 431" {
			t.Fatalf("a head of 50 KB is answered by %q (%v)", answer, err)
		}
	}
	answer, err := http.Get(w.address + "/sign-in")
	mustDo(t, err)
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Errorf("others are answered by %d", answer.StatusCode)
	}
	if testing.Short() {
		return
	}
	said, err := io.ReadAll(slow)
	if took := time.Since(begun); err != nil || took < headTime || len(said) > 0 && !strings.HasPrefix(string(said), "HTTP/1.1 4") {
		t.Errorf("after %s a head that does not end is answered by %q (%v)", took, said, err)
	}
}

//go:build linux

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"
)

const (
	manyUploads = 1000
	manyUnits   = 50 // that upload, each its own files
	atOnce      = 8  // browsers that wait for an answer
)

// A clerk is the staff of a unit at a browser.
type clerk struct {
	address string // of the window
	http.Client
}

// uploads has units upload a thousand files to the window and hand each in, and looks at the memory of the server meanwhile.
func uploads(s *soak) (string, error) {
	now := time.Now().Format("2006-01")
	for round := range manyUploads / manyUnits {
		if err := s.samples(fmt.Sprint(round), now, manyUnits, round+1); err != nil {
			return "", err
		}
	}
	w, err := s.serve()
	if err != nil {
		return "", err
	}
	t, err := s.watched(w, now)
	return t, errors.Join(err, w.stop())
}

// watched has the window used and sets down what it took.
func (s *soak) watched(w *serving, month string) (string, error) {
	files, err := filepath.Glob(filepath.Join(s.dir, "*", "inbox", "*.xlsx"))
	if err != nil || len(files) != manyUploads {
		return "", errors.Join(err, fmt.Errorf("%d files, there should be %d", len(files), manyUploads))
	}
	clerks, err := s.clerks(w, files)
	if err != nil {
		return "", err
	}
	before := w.memory("VmRSS")
	took, err := handAllIn(clerks, month, files)
	if err != nil {
		return "", err
	}
	after := w.memory("VmRSS")
	time.Sleep(5 * time.Second)
	t := newTable(fmt.Sprintf("%d uploads to the window, of %d units, %d at once", manyUploads, manyUnits, atOnce), "what", "")
	t.row("median, from upload to the page that says what was found, s", seconds(middle(took.upload)))
	t.row("slowest, s", seconds(slices.Max(took.upload)))
	t.row("median, from handing in to the page that says so, s", seconds(middle(took.handIn)))
	t.row("slowest, s", seconds(slices.Max(took.handIn)))
	t.row("upload and handing in, median of the first hundred, s", seconds(middle(took.upload[:100]))+", "+seconds(middle(took.handIn[:100])))
	last := manyUploads - 100
	t.row("the same of the last hundred, s", seconds(middle(took.upload[last:]))+", "+seconds(middle(took.handIn[last:])))
	t.row("memory of the server before, MB", megabytes(before))
	t.row("right after, MB", megabytes(after))
	t.row("five seconds later, MB", megabytes(w.memory("VmRSS")))
	t.row("the most, MB", megabytes(w.memory("VmHWM")))
	return t.done(), nil
}

func middle(all []time.Duration) time.Duration { return slices.Sorted(slices.Values(all))[len(all)/2] }

// unitOf is the unit whose file it is: the name begins with it.
func unitOf(file string) string {
	return string([]rune(filepath.Base(file))[:len([]rune("样例单位0001"))])
}

// clerks gives each unit a code and signs its staff in.
func (s *soak) clerks(w *serving, files []string) (map[string]*clerk, error) {
	all := map[string]*clerk{}
	for _, file := range files {
		unit := unitOf(file)
		if all[unit] != nil {
			continue
		}
		command := exec.Command(s.program, "access", "add", unit, "--json", "--database", "sqlite:"+database, "--county", filepath.Join("0", "county.toml"))
		command.Dir = s.dir
		said, err := command.Output()
		var given struct{ Code string }
		if err = errors.Join(err, json.Unmarshal(said, &given)); err != nil {
			return nil, fmt.Errorf("a code for %s: %w", unit, err)
		}
		if all[unit], err = w.signIn(given.Code); err != nil {
			return nil, fmt.Errorf("%s: %w", unit, err)
		}
	}
	return all, nil
}

// A taking is how long each upload took, and each handing in, in the order in which they were begun.
type taking struct{ upload, handIn []time.Duration }

// handAllIn uploads all files, each by its unit, and hands them in.
func handAllIn(clerks map[string]*clerk, month string, files []string) (taking, error) {
	took := taking{make([]time.Duration, len(files)), make([]time.Duration, len(files))}
	failed := make([]error, len(files))
	next, all := make(chan int), sync.WaitGroup{}
	for range atOnce {
		all.Go(func() {
			for i := range next {
				took.upload[i], took.handIn[i], failed[i] = clerks[unitOf(files[i])].handIn(month, files[i])
			}
		})
	}
	for i := range files {
		next <- i
	}
	close(next)
	all.Wait()
	return took, errors.Join(failed...)
}

// handIn uploads a file, reads what was found and hands it in.
func (c *clerk) handIn(month, file string) (upload, handIn time.Duration, err error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return 0, 0, err
	}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", filepath.Base(file))
	if err == nil {
		_, err = part.Write(content)
	}
	if err = errors.Join(err, form.Close()); err != nil {
		return 0, 0, err
	}
	began := time.Now()
	draft, err := c.post("/m/"+month+"/files", form.FormDataContentType(), &body, "/drafts/")
	upload = time.Since(began)
	if err != nil {
		return 0, 0, err
	}
	began = time.Now()
	_, err = c.post(draft+"/hand-in", "application/x-www-form-urlencoded", strings.NewReader(""), "/returns")
	return upload, time.Since(began), err
}

// post sends something and gives the address of the page that is shown then, which must have a part of it.
func (c *clerk) post(path, kind string, body io.Reader, part string) (shown string, err error) {
	answer, err := c.Post(c.address+path, kind, body)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	if shown = answer.Request.URL.Path; err == nil && (answer.StatusCode != http.StatusOK || !strings.Contains(shown, part)) {
		err = fmt.Errorf("%s: %s, %s is shown\n%.2000s", path, answer.Status, shown, page)
	}
	return shown, err
}

// A serving is the program as it serves the window.
type serving struct {
	command *exec.Cmd
	address string
}

// serve opens the window of the units of the first round on some free port.
func (s *soak) serve() (*serving, error) {
	command := exec.Command(s.program, "serve", "--listen", "127.0.0.1:0", "--lang", "en",
		"--database", "sqlite:"+database, "--county", filepath.Join("0", "county.toml"))
	command.Dir, command.Stderr = s.dir, os.Stderr
	output, err := command.StdoutPipe()
	if err == nil {
		err = command.Start()
	}
	if err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(output).ReadString('\n')
	_, rest, found := strings.Cut(line, "http://")
	if err != nil || !found {
		command.Process.Kill()
		return nil, errors.Join(err, fmt.Errorf("serve says %q", line))
	}
	port, _, _ := strings.Cut(rest, " ")
	return &serving{command, "http://" + port}, nil
}

// stop stops the window as Ctrl-C does.
func (w *serving) stop() error {
	return errors.Join(w.command.Process.Signal(syscall.SIGINT), w.command.Wait())
}

// memory is what Linux says of the server's: VmRSS is what is resident, VmHWM the most that was, in bytes.
func (w *serving) memory(what string) (bytes int64) {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", w.command.Process.Pid))
	for line := range strings.Lines(string(text)) {
		if rest, found := strings.CutPrefix(line, what+":"); found {
			fmt.Sscan(rest, &bytes)
		}
	}
	return bytes << 10
}

// signIn signs in with a code.
func (w *serving) signIn(code string) (*clerk, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	c := &clerk{w.address, http.Client{Jar: jar}}
	_, err = c.post("/sign-in", "application/x-www-form-urlencoded", strings.NewReader(url.Values{"code": {code}}.Encode()), "/returns")
	return c, err
}

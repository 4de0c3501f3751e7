package window

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"huizong/cmd/internal/job"
	"huizong/internal/peak"
)

// uploadsAtOnce is how many files the county's units upload in the same moment.
const uploadsAtOnce = 300

// BenchmarkUploads has all units upload at once, on loopback, and measures how long it takes until the page of what was found is
// shown. Files are those that departments sent in the sample month.
func BenchmarkUploads(b *testing.B) {
	f := open(b)
	clients, files := f.crowd(b), sampleFiles(b)
	for b.Loop() {
		most := peak.Watch()
		took := f.uploadAll(b, clients, files)
		slices.Sort(took)
		b.ReportMetric(took[len(took)/2].Seconds(), "s-median")
		b.ReportMetric(took[len(took)*95/100].Seconds(), "s-p95")
		b.ReportMetric(took[len(took)-1].Seconds(), "s-max")
		b.ReportMetric(float64(most())/1e6, "MB-peak")
		b.StopTimer()
		f.discardAll(b)
		b.StartTimer()
	}
}

// TestNothingIsLostOfUploadsAtOnce: all that units upload in the same moment is there, whole, and each unit's own.
func TestNothingIsLostOfUploadsAtOnce(t *testing.T) {
	f := openEmpty(t)
	clients, files := f.crowd(t), sampleFiles(t)
	f.uploadAll(t, clients, files)
	there := 0
	for _, c := range clients {
		drafts, err := f.desk.Drafts(c.unit)
		if err != nil {
			t.Fatal(err)
		}
		there += len(drafts)
		for _, d := range drafts {
			if _, known := files.sums[d.SHA256]; !known || d.Unit != c.unit || d.Outcome == nil {
				t.Errorf("%s has the draft %v, which nobody sent like this", c.unit, d)
			}
		}
	}
	if there != uploadsAtOnce {
		t.Errorf("%d of %d uploads are there", there, uploadsAtOnce)
	}
}

// A crowded is a unit with a browser.
type crowded struct {
	unit string
	*http.Client
}

// crowd signs the staff of all units in; of some, where that takes its time.
func (f *fixture) crowd(t testing.TB) []crowded {
	t.Helper()
	var all []crowded
	units := f.County.Units
	if testing.Short() {
		units = units[:uploadsAtOnce/30]
	}
	for _, unit := range units {
		if f.codes[unit.Name] == "" {
			code, err := f.Access.Add(t.Context(), job.Staff, unit.Name)
			if err != nil {
				t.Fatal(err)
			}
			f.codes[unit.Name] = code
		}
		v := f.as(t, unit.Name)
		v.CheckRedirect = nil
		all = append(all, crowded{unit.Name, v.Client})
	}
	return all
}

// some are files with their SHA-256.
type some struct {
	content [][]byte
	names   []string
	sums    map[string]bool
}

func sampleFiles(t testing.TB) some {
	t.Helper()
	s := some{sums: map[string]bool{}}
	err := filepath.WalkDir(filepath.Join(samplesDir, june.String(), "inbox"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".xlsx") || strings.HasPrefix(entry.Name(), "~$") {
			return err
		}
		content, err := os.ReadFile(path)
		sum := sha256.Sum256(content)
		s.content, s.names, s.sums[hex.EncodeToString(sum[:])] = append(s.content, content), append(s.names, entry.Name()), true
		return err
	})
	if err != nil || len(s.content) == 0 {
		t.Fatal(err, len(s.content))
	}
	return s
}

// uploadAll uploads files in the same moment and gives how long each took, up to the page that is shown then.
func (f *fixture) uploadAll(t testing.TB, clients []crowded, files some) []time.Duration {
	t.Helper()
	took := make([]time.Duration, uploadsAtOnce)
	var all sync.WaitGroup
	start := make(chan bool)
	for i := range took {
		c, n := clients[i%len(clients)], i%len(files.content)
		all.Go(func() {
			body, kind := multipartOf(files.names[n], files.content[n])
			<-start
			began := time.Now()
			answer, err := c.Post(f.server.URL+"/m/2024-06/files", kind, body)
			if err != nil {
				t.Error(err)
				return
			}
			defer answer.Body.Close()
			text, err := io.ReadAll(answer.Body)
			took[i] = time.Since(began)
			if err != nil || answer.StatusCode != http.StatusOK || !strings.Contains(answer.Request.URL.Path, "/drafts/") {
				t.Errorf("%s, %s: %d %v\n%.2000s", c.unit, files.names[n], answer.StatusCode, err, text)
			}
		})
	}
	close(start)
	all.Wait()
	return took
}

func multipartOf(name string, content []byte) (io.Reader, string) {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write(content)
	}
	if err != nil || form.Close() != nil {
		panic(fmt.Sprint("a buffer is full: ", err))
	}
	return &body, form.FormDataContentType()
}

// discardAll takes all drafts away.
func (f *fixture) discardAll(t testing.TB) {
	t.Helper()
	if err := os.RemoveAll(f.Drafts); err != nil {
		t.Fatal(err)
	}
}

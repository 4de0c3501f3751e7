//go:build unix

package job

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"

	"huizong/internal/county"
	"huizong/internal/ledger"
	"huizong/internal/peak"
	"huizong/samples"
)

// BenchmarkReturns runs generated months of 200, 2,000 and 4,000 returns, 40 rows each, from nothing: CPU seconds, the most
// memory in use, files a second, and the size of the database beside that of the inbox.
func BenchmarkReturns(b *testing.B) {
	for _, returns := range []int{200, 2000, 4000} {
		b.Run(strconv.Itoa(returns), func(b *testing.B) {
			m := manyReturns(b, returns)
			for b.Loop() {
				m.database = filepath.Join(b.TempDir(), "huizong.db")
				m.measure(b, "run", func(j *Job) error { return m.run(b, j) })
			}
			b.ReportMetric(float64(returns*b.N)/b.Elapsed().Seconds(), "files/s")
			b.ReportMetric(float64(sizeOf(b, m.database))/float64(sizeOf(b, m.inbox)), "database/inbox")
		})
	}
}

// BenchmarkAgain runs months of 200 and of 2,000 returns, runs them again, runs them again with one file changed, and asks
// who has reported and which pairs are open: CPU seconds and the most memory in use of each.
func BenchmarkAgain(b *testing.B) {
	for _, returns := range []int{200, 2000} {
		b.Run(strconv.Itoa(returns), func(b *testing.B) {
			m := manyReturns(b, returns)
			for b.Loop() {
				m.database = filepath.Join(b.TempDir(), "huizong.db")
				m.measure(b, "first", func(j *Job) error { return m.run(b, j) })
				m.measure(b, "again", func(j *Job) error { return m.run(b, j) })
				m.change(b)
				m.measure(b, "changed", func(j *Job) error { return m.run(b, j) })
				m.measure(b, "status", func(j *Job) error { _, err := j.Board(b.Context(), june); return err })
				m.measure(b, "pairs", func(j *Job) error { _, err := j.Pairs(b.Context(), june); return err })
			}
		})
	}
}

// A many is a month of many returns, and where it is run.
type many struct {
	county               *county.County
	inbox, database, out string
}

// manyReturns is June with that many returns.
func manyReturns(b *testing.B, returns int) *many {
	dir := b.TempDir()
	m := &many{inbox: filepath.Join(dir, "inbox"), out: filepath.Join(dir, "out")}
	m.county = writeMany(b, june, returns, dir)
	return m
}

// writeMany writes a month of that many returns into a folder, and gives the county whose it is.
func writeMany(b *testing.B, p ledger.Period, returns int, dir string) *county.County {
	sample, err := samples.Make(samples.Plan{Period: p, Seed: 610722, County: county.Default(), Departments: returns})
	if err != nil {
		b.Fatal(err)
	}
	if err := sample.Write(dir); err != nil {
		b.Fatal(err)
	}
	own, err := county.Load(filepath.Join(dir, "county.toml"))
	if err != nil {
		b.Fatal(err)
	}
	return own
}

// measure does what is done by one command, and reports what it took.
func (m *many) measure(b *testing.B, name string, work func(*Job) error) {
	runtime.GC() // what was before is not this one's
	begun, used := cpu(b), peak.Watch()
	j, err := Open(b.Context(), "sqlite:"+m.database, m.county)
	if err != nil {
		b.Fatal(err)
	}
	if err := work(j); err != nil {
		b.Fatal(err)
	}
	if err := j.Close(); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric((cpu(b) - begun).Seconds(), name+"-CPU-s")
	b.ReportMetric(float64(used())/1e6, name+"-MB")
}

func (m *many) run(b *testing.B, j *Job) error {
	_, err := j.Run(b.Context(), june, Inbox{Dir: m.inbox}, m.out)
	return err
}

// change packs the first file of the inbox again, with a remark: it is another file, and says the same.
func (m *many) change(b *testing.B) {
	files, err := filepath.Glob(filepath.Join(m.inbox, "*.xlsx"))
	if err != nil || len(files) == 0 {
		b.Fatalf("%d files, %v", len(files), err)
	}
	was, err := zip.OpenReader(files[0])
	if err != nil {
		b.Fatal(err)
	}
	defer was.Close()
	var packed bytes.Buffer
	to := zip.NewWriter(&packed)
	for _, part := range was.File {
		err = errors.Join(err, to.Copy(part))
	}
	if err := errors.Join(err, to.SetComment(fmt.Sprint(b.N)), to.Close(), os.WriteFile(files[0], packed.Bytes(), 0o600)); err != nil {
		b.Fatal(err)
	}
}

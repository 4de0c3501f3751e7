package job

import (
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
	"time"

	"huizong/consolidate"
	"huizong/consolidate/store"
	"huizong/consolidate/summary"
	"huizong/importer"
	"huizong/internal/county"
	"huizong/internal/folder"
	"huizong/internal/ledger"
	"huizong/internal/peak"
	"huizong/samples"
	"huizong/validate"
)

// BenchmarkMonth times the stages of the kept sample month of June, one by one and whole.
func BenchmarkMonth(b *testing.B) {
	ctx := b.Context()
	inbox := filepath.Join(samplesDir, june.String(), "inbox")
	j := open(b)
	var returns []*ledger.Return
	came := map[ledger.Edition]bool{}
	takeAll(b, j, june, inbox, func(_ *intake, d importer.Delivery) {
		for _, r := range d.Returns {
			if r.Period == june && r.Department != "" && !came[r.Edition()] {
				came[r.Edition()] = true
				returns = append(returns, r)
			}
		}
	})
	month, err := j.reconcile(ctx, june)
	if err != nil {
		b.Fatal(err)
	}

	stage := func(name string, work func() error) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := work(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	stage("read", func() error {
		paths, _, err := Inbox{Dir: inbox}.list()
		if err != nil {
			return err
		}
		for _, err := range deliveries(ctx, configOf(j.county, june, nil), inbox, paths) {
			if err != nil {
				return err
			}
		}
		return nil
	})
	stage("validate", func() error {
		history := consolidate.NewHistory(j.county)
		for _, r := range returns {
			validate.Return(r, history.Past, j.county)
		}
		return nil
	})
	stage("save", func() error {
		lock := take(b, j)
		defer lock.Release()
		return lock.Save(ctx, returns)
	})
	stage("reconcile", func() error {
		_, err := j.reconcile(ctx, june)
		return err
	})
	stage("merge", func() error { return merge(b, j, &month.Month) })
	stage("make", func() error {
		_, err := summary.Make(month)
		return err
	})
	stage("whole", func() error {
		_, err := j.Run(ctx, june, Inbox{Dir: inbox}, b.TempDir())
		return err
	})
}

// BenchmarkReturns runs generated months of 200 and of 2,000 returns, 40 rows each: files a
// second, and by stage the seconds and the most memory in use. Ten times the files are to take
// at most eleven times the time.
func BenchmarkReturns(b *testing.B) {
	for _, returns := range []int{200, 2000} {
		b.Run(strconv.Itoa(returns), func(b *testing.B) { benchmarkReturns(b, returns) })
	}
}

func benchmarkReturns(b *testing.B, returns int) {
	sample, err := samples.Make(samples.Plan{Period: june, Seed: 610722, County: county.Default(), Departments: returns})
	if err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	if err := sample.Write(dir); err != nil {
		b.Fatal(err)
	}
	own, err := county.Load(filepath.Join(dir, "county.toml"))
	if err != nil {
		b.Fatal(err)
	}
	sample = nil // it is not what is weighed
	spent, most := map[string]time.Duration{}, map[string]uint64{}
	for b.Loop() {
		runtime.GC() // what the last month left is not this one's
		j := openFor(b, own)
		if err := j.runByStage(b, filepath.Join(dir, "inbox"), b.TempDir(), spent, most); err != nil {
			b.Fatal(err)
		}
	}
	whole := time.Duration(0)
	for stage, time := range spent {
		b.ReportMetric(time.Seconds()/float64(b.N), stage+"-s")
		b.ReportMetric(float64(most[stage])/1e6, stage+"-MB")
		whole += time
	}
	b.ReportMetric(float64(returns*b.N)/whole.Seconds(), "files/s")
}

// BenchmarkLoad reads a month of 200 returns of 40 rows back from the database, its returns and its rows in force: the bytes
// that each row of them takes in memory, which is to be a KB at most.
func BenchmarkLoad(b *testing.B) {
	sample, err := samples.Make(samples.Plan{Period: june, Seed: 610722, County: county.Default(), Departments: 200})
	if err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	if err := sample.Write(dir); err != nil {
		b.Fatal(err)
	}
	own, err := county.Load(filepath.Join(dir, "county.toml"))
	if err != nil {
		b.Fatal(err)
	}
	sample = nil // it is not what is weighed
	j := openFor(b, own)
	if _, err := j.Run(b.Context(), june, Inbox{Dir: filepath.Join(dir, "inbox")}, b.TempDir()); err != nil {
		b.Fatal(err)
	}
	load := func(name string, read func() (all any, rows int, err error)) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			bytes := 0.0
			for b.Loop() {
				before := inUse()
				all, rows, err := read()
				if err != nil {
					b.Fatal(err)
				}
				bytes = float64(inUse()-before) / float64(rows)
				runtime.KeepAlive(all)
			}
			b.ReportMetric(bytes, "bytes/row")
		})
	}
	load("returns", func() (any, int, error) {
		returns, err := j.db.Returns(b.Context(), own.Region, june)
		rows := 0
		for _, r := range returns {
			rows += len(r.Records)
		}
		return returns, rows, err
	})
	load("standing", func() (any, int, error) {
		rows, err := j.db.Standing(b.Context(), own.Region, june)
		return rows, len(rows), err
	})
}

// inUse is the memory in use by what is held.
func inUse() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// runByStage is Run for June, with a clock and an eye on memory.
func (j *Job) runByStage(b *testing.B, inbox, out string, spent map[string]time.Duration, most map[string]uint64) error {
	ctx := b.Context()
	var month *consolidate.Month
	var made *summary.Output
	for _, stage := range []struct {
		name string
		work func() error
	}{
		{"read", func() error { takeAll(b, j, june, inbox, nil); return nil }},
		{"reconcile", func() (err error) { month, err = j.reconcile(ctx, june); return err }},
		{"merge", func() error { return merge(b, j, &month.Month) }},
		{"make", func() (err error) { made, err = summary.Make(month); return err }},
		{"write", func() error {
			return j.alone(ctx, func(lock *store.Lock) error {
				at, err := j.folder(ctx, lock, out, june)
				if err != nil {
					return err
				}
				nothing := func(func(folder.File, error) bool) {}
				if _, err := j.stage(ctx, at, &Report{}, nothing, made); err != nil {
					return err
				}
				return at.Put()
			})
		}},
	} {
		begun, used := time.Now(), peak.Watch()
		err := stage.work()
		spent[stage.name] += time.Since(begun)
		most[stage.name] = max(most[stage.name], used())
		if err != nil {
			return err
		}
	}
	return nil
}

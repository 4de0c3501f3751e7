package main

import (
	"context"
	"io"
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
	"huizong/internal/ledger"
	"huizong/internal/peak"
	"huizong/samples"
	"huizong/validate"
)

// BenchmarkMonth times the stages of the kept sample month of June, one by one and whole.
func BenchmarkMonth(b *testing.B) {
	ctx := context.Background()
	june := ledger.Period{Year: 2024, Month: 6}
	inbox := filepath.Join(samplesDir, june.String(), "inbox")
	p := &program{out: io.Discard, log: io.Discard, quiet: true, county: county.Default()}
	p.databaseURL = "sqlite:" + filepath.Join(b.TempDir(), "huizong.db")

	var returns []*ledger.Return
	sorting := func(batch []importer.Delivery) error {
		returns = append(returns, sortOut(batch, june, map[ledger.Edition]bool{})...)
		return nil
	}
	if _, err := p.readInbox(ctx, inbox, june, sorting); err != nil {
		b.Fatal(err)
	}
	books, err := store.Open(ctx, p.databaseURL)
	if err != nil {
		b.Fatal(err)
	}
	defer books.Close()
	if err := books.Save(ctx, returns); err != nil {
		b.Fatal(err)
	}
	month, err := p.reconcile(ctx, books, june)
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
		_, err := p.readInbox(ctx, inbox, june, func([]importer.Delivery) error { return nil })
		return err
	})
	stage("validate", func() error {
		history := consolidate.NewHistory(p.county)
		for _, r := range returns {
			validate.Return(r, history.Past, p.county)
		}
		return nil
	})
	stage("save", func() error { return books.Save(ctx, returns) })
	stage("reconcile", func() error {
		_, err := p.reconcile(ctx, books, june)
		return err
	})
	stage("merge", func() error { return books.Merge(ctx, &month.Month) })
	stage("write", func() error {
		_, err := summary.Write(month, b.TempDir())
		return err
	})
	stage("whole", func() error {
		_, err := p.run(ctx, june, inbox, b.TempDir())
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
	june := ledger.Period{Year: 2024, Month: 6}
	dir := b.TempDir()
	if err := makeSample(samples.Plan{Period: june, Seed: sampleSeed, County: county.Default(), Departments: returns}, dir); err != nil {
		b.Fatal(err)
	}
	own, err := county.Load(filepath.Join(dir, "county.toml"))
	if err != nil {
		b.Fatal(err)
	}
	spent, most := map[string]time.Duration{}, map[string]uint64{}
	for b.Loop() {
		runtime.GC() // what the last month left is not this one's
		p := &program{out: io.Discard, log: io.Discard, quiet: true, county: own, databaseURL: "sqlite:" + filepath.Join(b.TempDir(), "huizong.db")}
		if err := p.runByStage(june, filepath.Join(dir, "inbox"), b.TempDir(), spent, most); err != nil {
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

// runByStage is run, with a clock and an eye on memory.
func (p *program) runByStage(period ledger.Period, inbox, out string, spent map[string]time.Duration, most map[string]uint64) error {
	ctx := context.Background()
	books, err := store.Open(ctx, p.databaseURL)
	if err != nil {
		return err
	}
	defer books.Close()
	var month *consolidate.Month
	for _, stage := range []struct {
		name string
		work func() error
	}{
		{"read", func() error { _, _, err := p.takeIn(ctx, books, inbox, period); return err }},
		{"reconcile", func() (err error) { month, err = p.reconcile(ctx, books, period); return err }},
		{"merge", func() error { return books.Merge(ctx, &month.Month) }},
		{"write", func() error { _, err := summary.Write(month, out); return err }},
		{"notices", func() error { return summary.WriteMirrors(month, out) }},
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

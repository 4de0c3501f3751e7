package job

import (
	"errors"
	"io"
	"path/filepath"
	"slices"
	"testing"

	"huizong/consolidate"
	"huizong/consolidate/summary"
	"huizong/importer"
	"huizong/internal/ledger"
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
		made, err := summary.Make(month)
		if err != nil {
			return err
		}
		for _, file := range slices.Concat(made.Workbooks(), made.Documents(), made.Notices()) {
			err = errors.Join(err, file.Write(io.Discard))
		}
		return err
	})
	stage("whole", func() error {
		_, err := j.Run(ctx, june, Inbox{Dir: inbox}, b.TempDir())
		return err
	})
}

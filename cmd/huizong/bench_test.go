package main

import (
	"context"
	"io"
	"path/filepath"
	"testing"

	"huizong/consolidate"
	"huizong/consolidate/store"
	"huizong/consolidate/summary"
	"huizong/internal/county"
	"huizong/internal/ledger"
	"huizong/validate"
)

// BenchmarkMonth times the stages of the kept sample month of June, one by one and whole.
func BenchmarkMonth(b *testing.B) {
	ctx := context.Background()
	june := ledger.Period{Year: 2024, Month: 6}
	inbox := filepath.Join(samplesDir, june.String(), "inbox")
	p := &program{out: io.Discard, log: io.Discard, quiet: true, county: county.Default()}
	p.databaseURL = "sqlite:" + filepath.Join(b.TempDir(), "huizong.db")

	deliveries, _, err := p.readInbox(ctx, inbox, june)
	if err != nil {
		b.Fatal(err)
	}
	returns := sortOut(deliveries, june)
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
		_, _, err := p.readInbox(ctx, inbox, june)
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

package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"huizong/internal/form"
	"huizong/internal/ledger"
	"huizong/internal/peak"
)

// large is a month of 2,000 returns of 40 rows with 25 columns filled in, all in force.
func large(region string) *ledger.Month {
	f := form.Progress.Name.Form
	m := &ledger.Month{Region: region, Period: june}
	for d := range 2000 {
		r := sample(region, fmt.Sprint("部门", d), fmt.Sprintf("%064x", d))
		r.Records = nil
		for row := range 40 {
			record, fields := ledger.Record{Place: ledger.Place{Row: row + 5}}, make([]ledger.Field, 25)
			for i, c := range f.Columns[:25] {
				value, raw := ledger.Words(fmt.Sprintf("城固县%d号项目第%d项", d*40+row, i)), ""
				if numeric(c) {
					value, raw = ledger.Number(int64(row)*1_234_567), fmt.Sprintf("%d.0001", row)
				}
				fields[i] = ledger.Field{Value: value, Cell: ledger.Cell{Column: i + 1, Row: row + 5}, Raw: raw}
			}
			record.Fields = ledger.Pack(fields)
			r.Records = append(r.Records, record)
		}
		r.State = ledger.Accepted
		m.Returns = append(m.Returns, r)
		for row := range r.Records {
			m.Standing = append(m.Standing, standing(r, row))
		}
	}
	return m
}

func BenchmarkStore(b *testing.B) {
	ctx, m := context.Background(), large("610722")
	for name, create := range databases {
		s := open(b, create(b))
		lock, err := s.Lock(ctx, m.Region, Holder{})
		if err != nil {
			b.Fatal(err)
		}
		for _, part := range []struct {
			name string
			do   func() error
		}{
			{"Save", func() error { return lock.Save(ctx, m.Returns) }},
			{"Returns", func() error { _, err := s.Returns(ctx, m.Region, m.Period); return err }},
			{"Merge", func() error { return lock.Merge(ctx, m) }},
			{"Standing", func() error { _, err := s.Standing(ctx, m.Region, m.Period); return err }},
		} {
			b.Run(name+"/"+part.name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if err := part.do(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
		if err := lock.Release(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkTally is what sums cost a row that is written: one that fills 25 columns.
func BenchmarkTally(b *testing.B) {
	m := large("610722")
	f, row := form.ByID(m.Standing[0].Form), &m.Standing[0]
	values := []any{row.Department, row.Entity, 1, "2024-06", row.Content, row.Record.Row}
	for _, c := range f.Columns {
		values = append(values, columnValue(c, c.Value(row.Record)))
	}
	sum := tallyOfForm(f)
	b.ReportAllocs()
	for b.Loop() {
		sum.add(values...)
	}
}

// BenchmarkBackup writes and restores a database of 500 returns of 40 rows; MB is the most memory in use.
func BenchmarkBackup(b *testing.B) {
	ctx := context.Background()
	fill := func(s *Store) error {
		m := large("610722")
		m.Returns, m.Standing = m.Returns[:500], m.Standing[:20_000]
		return errors.Join(save(ctx, s, m.Returns...), merge(ctx, s, m))
	}
	for name, create := range databases {
		s := open(b, create(b))
		if err := fill(s); err != nil {
			b.Fatal(err)
		}
		path := filepath.Join(b.TempDir(), "b.zip")
		measure := func(part string, do func() error) {
			b.Run(name+"/"+part, func(b *testing.B) {
				for b.Loop() {
					runtime.GC()
					used := peak.Watch()
					if err := do(); err != nil {
						b.Fatal(err)
					}
					b.ReportMetric(float64(used())/1e6, "MB")
				}
			})
		}
		measure("Backup", func() error {
			os.Remove(path)
			_, err := s.Backup(ctx, path)
			return err
		})
		measure("Restore", func() error {
			backup, err := OpenBackup(path)
			if err != nil {
				return err
			}
			defer backup.Close()
			return open(b, create(b)).Restore(ctx, backup, Holder{})
		})
	}
}

// BenchmarkRecords packs and unpacks the rows of a return; bytes are those that a row takes packed.
func BenchmarkRecords(b *testing.B) {
	m := large("610722")
	r := m.Returns[0]
	f := form.ByID(r.Form)
	packed := packedRecords(f, r.Records)
	b.Run("pack", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			packed = packedRecords(f, r.Records)
		}
		b.ReportMetric(float64(len(packed))/float64(len(r.Records)), "bytes/row")
	})
	b.Run("unpack", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := unpackRecords(f, packed, len(r.Records)); err != nil {
				b.Fatal(err)
			}
		}
	})
}

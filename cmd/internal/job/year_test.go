//go:build unix

package job

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"huizong/internal/county"
	"huizong/internal/ledger"
	"huizong/internal/peak"
)

// BenchmarkYear runs the twelve months of a year, 200 returns of 40 rows each, in one database: the CPU seconds and the most
// memory in use of January and of December, which is to cost what January costs; and the size of the database beside that of
// the inboxes.
func BenchmarkYear(b *testing.B) {
	dir := b.TempDir()
	inbox := func(p ledger.Period) string { return filepath.Join(dir, p.String(), "inbox") }
	months, own := make([]ledger.Period, 12), (*county.County)(nil)
	for i := range months {
		months[i] = ledger.Period{Year: 2024, Month: i + 1}
		own = writeMany(b, months[i], 200, filepath.Join(dir, months[i].String()))
	}
	for b.Loop() {
		path := filepath.Join(b.TempDir(), "huizong.db")
		j, err := Open(b.Context(), "sqlite:"+path, own)
		if err != nil {
			b.Fatal(err)
		}
		var spent [13]time.Duration
		var most [13]uint64
		for _, p := range months {
			runtime.GC() // what the last month left is not this one's
			begun, used := cpu(b), peak.Watch()
			if _, err := j.Run(b.Context(), p, Inbox{Dir: inbox(p)}, b.TempDir()); err != nil {
				b.Fatal(err)
			}
			spent[p.Month], most[p.Month] = cpu(b)-begun, used()
		}
		for _, month := range []int{1, 12} {
			b.ReportMetric(spent[month].Seconds(), fmt.Sprint(time.Month(month), "-CPU-s"))
			b.ReportMetric(float64(most[month])/1e6, fmt.Sprint(time.Month(month), "-MB"))
		}
		b.ReportMetric(spent[12].Seconds()/spent[1].Seconds(), "December/January-CPU")
		b.ReportMetric(float64(most[12])/float64(most[1]), "December/January-memory")
		if err := j.Close(); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(sizeOf(b, path))/float64(sizeOf(b, dir)), "database/inbox")
	}
}

// cpu is the processor time that the process has taken.
func cpu(b *testing.B) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// sizeOf is the size of a file, or of all workbooks below a folder.
func sizeOf(b *testing.B, path string) (size int64) {
	err := filepath.WalkDir(path, func(name string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || name != path && filepath.Ext(name) != ".xlsx" {
			return err
		}
		info, err := entry.Info()
		size += info.Size()
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return size
}

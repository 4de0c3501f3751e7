package job

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"huizong/consolidate"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

const reconcileDir = "testdata/reconcile"

// A story is an inbox of several months on a database of its own.
type story struct {
	*testing.T
	job     *Job
	box     string
	out     string
	months  []ledger.Period
	reports map[ledger.Period]*Report
	made    map[ledger.Period]*consolidate.Month
}

// tell runs the months of an inbox, each with all that is written of it: too long for the race detector,
// which TestArrive and the sample months are run under.
func tell(t *testing.T, j *Job, box string) *story {
	t.Helper()
	if testing.Short() {
		t.Skip("runs whole months: run without -short")
	}
	s := &story{T: t, job: j, box: box, out: t.TempDir()}
	folders, err := os.ReadDir(filepath.Join(reconcileDir, box))
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		p, err := ledger.ParsePeriod("2024-" + folder.Name())
		if err != nil {
			t.Fatal(err)
		}
		s.months = append(s.months, p)
	}
	s.run()
	return s
}

// run runs all months, from the first.
func (s *story) run() {
	s.Helper()
	s.reports, s.made = map[ledger.Period]*Report{}, map[ledger.Period]*consolidate.Month{}
	for _, p := range s.months {
		var err error
		if s.reports[p], err = s.job.Run(s.Context(), p, Inbox{Dir: filepath.Join(reconcileDir, s.box, fmt.Sprintf("%02d", p.Month))}, s.out); err != nil {
			s.Fatal(err)
		}
		if s.made[p], err = s.job.Month(s.Context(), p); err != nil {
			s.Fatal(err)
		}
	}
}

// keys are those of the rows that a month asks about, by name.
func (s *story) keys(p ledger.Period) map[string]string {
	all := map[string]string{}
	for _, c := range s.made[p].Candidates {
		for i, row := range c.Rows {
			all[form.ByID(row.Form).Name(row.Record)] = c.Keys[i]
		}
	}
	return all
}

// decide records decisions of June on two names each, and gives their numbers.
func (s *story) decide(verdict ledger.Verdict, keys map[string]string, pairs ...[2]string) (numbers []int) {
	s.Helper()
	for _, pair := range pairs {
		d, isNew, err := s.job.Decide(s.Context(), june, [2]string{keys[pair[0]], keys[pair[1]]}, ledger.Decision{Verdict: verdict, Who: "张三", Why: "已核对"})
		if err != nil || !isNew {
			s.Fatalf("%s %v: %v, new %v", verdict, pair, err, isNew)
		}
		numbers = append(numbers, d.Number)
	}
	return numbers
}

func (s *story) undo(numbers []int) {
	s.Helper()
	for _, number := range numbers {
		if err := s.job.Undo(s.Context(), number); err != nil {
			s.Fatal(err)
		}
	}
}

// figure is what run.json publishes of the reserve.
func (s *story) figure(p ledger.Period, name string) int64 {
	return s.reports[p].Figures["reserve."+name]
}

// open counts the pairs of a month by matter; nil where none is open.
func (s *story) open(p ledger.Period) map[string]int {
	var all map[string]int
	for _, c := range s.made[p].Candidates {
		if all == nil {
			all = map[string]int{}
		}
		all[c.Matter.In(ledger.Chinese)]++
	}
	return all
}

// asks counts the findings of a month of some codes.
func (s *story) asks(p ledger.Period, codes ...*ledger.Code) (n int) {
	for _, f := range s.made[p].Findings {
		if slices.Contains(codes, f.Code) {
			n++
		}
	}
	return n
}

// sums are the SHA-256 of all files of the months, by path.
func (s *story) sums() map[string]string {
	s.Helper()
	all := map[string]string{}
	err := fs.WalkDir(os.DirFS(s.out), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(filepath.Join(s.out, path))
		all[path] = fmt.Sprintf("%x", sha256.Sum256(content))
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
	return all
}

// sheet has the rows of a sheet of the reserve's workbook, each as a line.
func (s *story) sheet(p ledger.Period, name string) []string {
	s.Helper()
	book := "谋划储备项目汇总"
	if name == ledger.ReplySheet {
		book = "核对底稿"
	}
	files, err := filepath.Glob(filepath.Join(s.out, p.String(), "*"+book+"*.xlsx"))
	if err != nil || len(files) != 1 {
		s.Fatalf("%v %v", files, err)
	}
	f, err := excelize.OpenFile(files[0])
	if err != nil {
		s.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(name)
	if err != nil {
		s.Fatal(err)
	}
	var lines []string
	for _, row := range rows {
		lines = append(lines, strings.Join(row, " "))
	}
	return lines
}

// text is what the months publish and ask, as a person would check it.
func (s *story) text() string {
	var w strings.Builder
	for _, p := range s.months {
		fmt.Fprintf(&w, "%s：%d项，%d分，需看%d行", p, s.figure(p, "projects"), s.figure(p, "investment_fen"), s.reports[p].Look)
		if pending, open := s.reports[p].Pending["reserve"]; open {
			fmt.Fprintf(&w, "，待定%d项，若均为同一%d项，若均不同%d项", pending.Projects, pending.AllSame, pending.AllApart)
		}
		w.WriteString("\n")
		for _, c := range s.made[p].Candidates {
			fmt.Fprintf(&w, "%s %d%%", c.Matter.In(ledger.Chinese), c.Score)
			for _, row := range c.Rows {
				fmt.Fprintf(&w, " %s（%s）", form.ByID(row.Form).Name(row.Record), row.Department)
			}
			w.WriteString("\n")
		}
	}
	return w.String()
}

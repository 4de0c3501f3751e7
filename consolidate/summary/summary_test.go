package summary

import (
	"bytes"
	"crypto/sha256"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/consolidate"
	"huizong/consolidate/summary/workbook/workbooktest"
	"huizong/internal/county"
	"huizong/internal/form"
)

var update = flag.Bool("update", false, "rewrite the goldens")

// books makes the workbooks of a month, by subject.
func books(t testing.TB, m *consolidate.Month) map[string][]byte {
	t.Helper()
	made := map[string][]byte{}
	for _, workbook := range workbooks {
		data, err := workbook.draw(m).Bytes()
		if err != nil {
			t.Fatalf("%s: %v", workbook.subject, err)
		}
		made[workbook.subject] = data
	}
	return made
}

// TestSheets holds every sheet of June, and what differs in the first month, against what
// it showed before.
func TestSheets(t *testing.T) {
	first, second := months(t)
	second.Sum = strings.Repeat("fedcba9876543210", 4) // follows the columns of the forms
	for subject, data := range books(t, second) {
		for _, sheet := range workbooktest.Sheets(t, data) {
			golden(t, filepath.Join(subject, sheet), workbooktest.Dump(t, data, sheet))
		}
	}
	for subject, data := range books(t, first) {
		if slices.Contains(workbooktest.Sheets(t, data), "月度变动") {
			golden(t, filepath.Join(subject, "月度变动（首月）"), workbooktest.Dump(t, data, "月度变动"))
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".txt")
	if *update {
		if err := WriteFile(path, []byte(got)); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s: -want +got:\n%s", name, diff)
	}
}

// TestFormulasAgree proves the stored value of every formula, in months of every kind.
func TestFormulasAgree(t *testing.T) {
	if testing.Short() {
		t.Skip("works every formula out twice")
	}
	first, second := months(t)
	january := second.Period
	january.Month = 1
	for _, test := range []struct {
		name  string
		month *consolidate.Month
	}{
		{"a month after another", second},
		{"the first month", first},
		{"nothing reported", reconcile(t, june, nil)},
		{"nothing reported any more", reconcile(t, june.Add(1), second)},
		{"January, in which the year begins anew", reconcile(t, january, first)},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, data := range books(t, test.month) {
				workbooktest.Check(t, data)
			}
		})
	}
}

func TestLibreOfficeAgrees(t *testing.T) {
	if testing.Short() {
		t.Skip("starts LibreOffice")
	}
	_, m := months(t)
	for subject, data := range books(t, m) {
		t.Run(subject, func(t *testing.T) { workbooktest.Recalculate(t, data) })
	}
}

// TestSameMonthSameBytes: neither time nor the order of files shows in a workbook.
func TestSameMonthSameBytes(t *testing.T) {
	sums := map[string]bool{}
	for range 5 {
		first := reconcile(t, may, nil, shuffled(bulletinReturns(t, may))...)
		second := reconcile(t, june, first, shuffled(bulletinReturns(t, june))...)
		for subject, data := range books(t, second) {
			sums[fmt.Sprintf("%s %x", subject, sha256.Sum256(data))] = true
		}
	}
	if len(sums) != len(workbooks) {
		t.Errorf("%d different files, want %d", len(sums), len(workbooks))
	}
}

func shuffled[T any](all []T) []T {
	rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}

// TestFigureThatDoesNotTie: a workbook whose formulas give another figure than the month
// publishes is not written.
func TestFigureThatDoesNotTie(t *testing.T) {
	for _, test := range []struct{ figure, says string }{
		{"reserve.projects", "'项目台账'!$B$5: formula gives 8, the figure is 9"},
		{"reserve.reserved.investment_fen", "'四个一批'!"},
		{"progress.year_to_date_fen", "'项目台账'!"},
		{"progress.municipal.started", "'市级重点'!"},
		{"obstacles.open", "'堵点难点销号'!"},
		{"promotion.enterprises", "'招商月晾晒'!"},
		{"duty.visits", "'领导包抓履职'!"},
		{"tasks.business_measures_late", "'任务进展'!"},
	} {
		t.Run(test.figure, func(t *testing.T) {
			_, m := months(t)
			m.Figures[test.figure]++
			_, err := Write(m, t.TempDir())
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("error %v, want one that says %s", err, test.says)
			}
		})
	}
}

// TestNoPhones: what is personal stays with the departments.
func TestNoPhones(t *testing.T) {
	_, m := months(t)
	for subject, data := range books(t, m) {
		for _, sheet := range workbooktest.Sheets(t, data) {
			if strings.Contains(workbooktest.Dump(t, data, sheet), "139") {
				t.Errorf("%s, %s: a telephone number", subject, sheet)
			}
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("a personal column is drawn")
		}
	}()
	shown(form.Reserve.Phone.Column)
}

// TestPrinted looks at the paper: the header of a ledger on each of its pages, no number
// that did not fit.
func TestPrinted(t *testing.T) {
	if testing.Short() {
		t.Skip("starts LibreOffice")
	}
	data, err := reserveWorkbook(many(t)).Bytes()
	if err != nil {
		t.Fatal(err)
	}
	ledgers := 0
	for i, flow := range workbooktest.Print(t, data) {
		if strings.Contains(flow, "###") {
			t.Errorf("page %d: a number that does not fit", i+1)
		}
		if !strings.Contains(flow, "第 ") || !strings.Contains(flow, "数据截至 2024-06-30") {
			t.Errorf("page %d: no foot", i+1)
		}
		if foot := flow[strings.LastIndex(flow, "第 "):]; strings.Contains(foot, "项目台账") {
			ledgers++
			if !strings.Contains(flow, "建设规模及主要建设内容") {
				t.Errorf("page %d of the ledger: no header", i+1)
			}
		}
	}
	if ledgers < 2 {
		t.Errorf("the ledger has %d pages, too few to prove anything", ledgers)
	}
}

func TestWrite(t *testing.T) {
	_, m := months(t)
	dir := filepath.Join(t.TempDir(), "2024-06")
	written, err := Write(m, dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, w := range written {
		names = append(names, w.Path)
		data, err := os.ReadFile(filepath.Join(dir, w.Path))
		if err != nil {
			t.Fatal(err)
		}
		if sum := fmt.Sprintf("%x", sha256.Sum256(data)); sum != w.SHA256 {
			t.Errorf("%s: hash %s, written as %s", w.Path, sum, w.SHA256)
		}
		if bytes.Contains(data, []byte(dir)) {
			t.Errorf("%s holds the path it was written to", w.Path)
		}
	}
	if want := []string{"城固县谋划储备项目汇总_2024-06.xlsx", "城固县重点项目进展汇总_2024-06.xlsx", "城固县高质量项目推进月度通报_2024-06.xlsx"}; !slices.Equal(names, want) {
		t.Errorf("wrote %q, want %q", names, want)
	}
	beside, err := filepath.Glob(filepath.Join(dir, ".*"))
	if err != nil || len(beside) != 0 {
		t.Errorf("left beside: %q, %v", beside, err)
	}
}

// TestWriteKeepsTheOldOne: where a workbook cannot be replaced, the error says which.
func TestWriteKeepsTheOldOne(t *testing.T) {
	_, m := months(t)
	dir := t.TempDir()
	taken := filepath.Join(dir, "城固县谋划储备项目汇总_2024-06.xlsx")
	if err := os.MkdirAll(filepath.Join(taken, "x"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := Write(m, dir); err == nil || !strings.Contains(err.Error(), "close it, then: huizong summary --period 2024-06") {
		t.Errorf("error %v", err)
	}
}

// TestStartedOver: 开工率 is over all projects, or over the new ones where the county says so.
func TestStartedOver(t *testing.T) {
	for _, test := range []struct{ over, want string }{
		{"all", "已开工4个÷全部项目数6个"},
		{"new", "已开工1个÷新开工项目数2个"},
	} {
		t.Run(test.over, func(t *testing.T) {
			_, m := months(t)
			c := *county.Default()
			c.Progress.StartedOver = test.over
			m.County = &c
			data, err := progressWorkbook(m).Bytes()
			if err != nil {
				t.Fatal(err)
			}
			workbooktest.Check(t, data)
			if overview := workbooktest.Dump(t, data, "总览"); !strings.Contains(overview, test.want) {
				t.Errorf("no %q in\n%s", test.want, overview)
			}
		})
	}
}

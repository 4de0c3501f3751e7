package summary

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"huizong/consolidate"
	"huizong/consolidate/monthtest"
	"huizong/consolidate/summary/workbook/workbooktest"
)

// books makes the workbooks of a month, by subject.
func books(t testing.TB, m *consolidate.Month) map[string][]byte {
	t.Helper()
	made := map[string][]byte{}
	for _, volume := range draw(m).volumes {
		data, err := volume.book.Bytes()
		if err != nil {
			t.Fatalf("%s: %v", volume.subject, err)
		}
		made[volume.subject] = data
	}
	return made
}

// contentOf is what a file holds.
func contentOf(t testing.TB, file File) []byte {
	t.Helper()
	var content bytes.Buffer
	if err := file.Write(&content); err != nil {
		t.Fatal(err)
	}
	return content.Bytes()
}

// TestFormulasAgree proves the stored value of every formula, in months of every kind.
func TestFormulasAgree(t *testing.T) {
	if testing.Short() {
		t.Skip("works every formula out twice")
	}
	first, second := monthtest.Months(t)
	january := second.Period
	january.Month = 1
	for _, test := range []struct {
		name  string
		month *consolidate.Month
	}{
		{"a month after another", second},
		{"the first month", first},
		{"nothing reported", monthtest.Reconcile(t, monthtest.June, nil)},
		{"nothing reported any more", monthtest.Reconcile(t, monthtest.June.Add(1), second)},
		{"January, in which the year begins anew", monthtest.Reconcile(t, january, first)},
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
	_, m := monthtest.Months(t)
	for subject, data := range books(t, m) {
		t.Run(subject, func(t *testing.T) { workbooktest.Recalculate(t, data) })
	}
}

// TestSameMonthSameBytes: neither time nor the order of files shows in a workbook or a document.
func TestSameMonthSameBytes(t *testing.T) {
	sums, files := map[string]bool{}, map[string]bool{}
	for range 5 {
		first := monthtest.Reconcile(t, monthtest.May, nil, shuffled(monthtest.AllReturns(t, monthtest.May))...)
		second := monthtest.Reconcile(t, monthtest.June, first, shuffled(monthtest.AllReturns(t, monthtest.June))...)
		for subject, data := range books(t, second) {
			sums[fmt.Sprintf("%s %x", subject, sha256.Sum256(data))], files[subject] = true, true
		}
		for _, paper := range papersOf(second, draw(second).report) {
			data, err := paper.document.Bytes()
			if err != nil {
				t.Fatal(err)
			}
			sums[fmt.Sprintf("%s %x", paper.path, sha256.Sum256(data))], files[paper.path] = true, true
		}
	}
	if len(sums) != len(files) {
		t.Errorf("%d different files, want %d", len(sums), len(files))
	}
}

func shuffled[T any](all []T) []T {
	rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}

// TestFigureThatDoesNotTie: a workbook whose formulas give another figure than the month
// publishes is not made.
func TestFigureThatDoesNotTie(t *testing.T) {
	for _, test := range []struct{ figure, says string }{
		{"reserve.projects", "'项目台账'!$B$4: formula gives 8, the figure is 9"},
		{"reserve.reserved.investment_fen", "'四个一批'!"},
		{"progress.year_to_date_fen", "'项目台账'!"},
		{"progress.municipal.started", "'市级重点'!"},
		{"obstacles.open", "'堵点难点销号'!"},
		{"promotion.enterprises", "'招商月晾晒'!"},
		{"duty.visits", "'领导包抓履职'!"},
		{"tasks.business_measures_late", "'任务进展'!"},
	} {
		t.Run(test.figure, func(t *testing.T) {
			_, m := monthtest.Months(t)
			m.Figures[test.figure]++
			_, err := Make(m)
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("error %v, want one that says %s", err, test.says)
			}
		})
	}
}

// TestReaders has the programs of others open every workbook.
func TestReaders(t *testing.T) {
	if testing.Short() {
		t.Skip("starts node and python")
	}
	_, m := monthtest.Months(t)
	for subject, data := range books(t, m) {
		t.Run(subject, func(t *testing.T) { workbooktest.Read(t, data) })
	}
}

func TestMake(t *testing.T) {
	_, m := monthtest.Months(t)
	made, err := Make(m)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, file := range slices.Concat(made.Workbooks(), made.Documents()) {
		names = append(names, file.Path)
		if !bytes.Equal(contentOf(t, file), contentOf(t, file)) {
			t.Errorf("%s is another when it is written again", file.Path)
		}
	}
	if want := []string{"城固县谋划储备项目汇总_2024-06.xlsx", "城固县重点项目进展汇总_2024-06.xlsx", "城固县高质量项目推进月度通报_2024-06.xlsx",
		"城固县领导参阅_2024-06.xlsx", "城固县核对底稿_2024-06.xlsx", "城固县高质量项目推进月度通报_2024-06.docx"}; !slices.Equal(names[:len(want)], want) {
		t.Errorf("made %q, want %q first", names, want)
	}
	if !slices.Contains(names, "交办单/文化和旅游局任务交办单_2024-06.docx") {
		t.Errorf("no order to 文化和旅游局 in %q", names)
	}
}

// TestNoPhones: what is personal stays with the departments.
func TestNoPhones(t *testing.T) {
	_, m := monthtest.Months(t)
	for subject, data := range books(t, m) {
		for _, sheet := range workbooktest.Sheets(t, data) {
			if strings.Contains(workbooktest.Dump(t, data, sheet), "139") {
				t.Errorf("%s, %s: a telephone number", subject, sheet)
			}
		}
	}
}

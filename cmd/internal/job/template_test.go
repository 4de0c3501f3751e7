package job

import (
	"bytes"
	"fmt"
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

const (
	roadOffice = "交通运输局"
	cityOffice = "城市管理局"
)

// monthOf takes files and merges what they make of the month.
func monthOf(t *testing.T, j *Job, p ledger.Period, files map[string][]byte) *consolidate.Month {
	t.Helper()
	inbox := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(inbox, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	takeAll(t, j, p, inbox, nil)
	month, err := j.reconcile(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	if err := merge(t, j, &month.Month); err != nil {
		t.Fatal(err)
	}
	return month
}

// juneOf is June of two offices, by their returns of the sample.
func juneOf(t *testing.T, j *Job) {
	t.Helper()
	files := map[string][]byte{}
	for _, name := range []string{"县交通局6月进展.xlsx", "县城管局6月进展.xlsx"} {
		content, err := os.ReadFile(filepath.Join(samplesDir, "2024-06", "inbox", name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = content
	}
	monthOf(t, j, june, files)
}

// A sheet is a sheet of a template that somebody fills in.
type templateSheet struct {
	t       *testing.T
	file    *excelize.File
	name    string
	rows    [][]string
	columns map[string]int // from 1, by heading
}

const templateHeader = 5

// progressOf is the progress sheet of an office's template for July.
func progressOf(t *testing.T, j *Job, office string) *templateSheet {
	t.Helper()
	files, known, err := j.Templates(t.Context(), july, office)
	if err != nil || !known || len(files) != 1 {
		t.Fatal(len(files), known, err)
	}
	file, err := excelize.OpenReader(bytes.NewReader(files[0].Content))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	s := &templateSheet{t, file, form.ByID("progress").Title, nil, map[string]int{}}
	if s.rows, err = file.GetRows(s.name, excelize.Options{RawCellValue: true}); err != nil {
		t.Fatal(err)
	}
	for i, heading := range s.rows[templateHeader-1] {
		if s.columns[heading] == 0 {
			s.columns[heading] = i + 1
		}
	}
	s.rows = s.rows[templateHeader:]
	return s
}

func (s *templateSheet) at(heading string) int {
	s.t.Helper()
	if s.columns[heading] == 0 {
		s.t.Fatalf("no column %s", heading)
	}
	return s.columns[heading]
}

func (s *templateSheet) get(heading string, row int) string { return s.rows[row][s.at(heading)-1] }

func (s *templateSheet) set(heading string, row int, value any) {
	s.t.Helper()
	cell, err := excelize.CoordinatesToCellName(s.at(heading), templateHeader+1+row)
	if err != nil {
		s.t.Fatal(err)
	}
	if err := s.file.SetCellValue(s.name, cell, value); err != nil {
		s.t.Fatal(err)
	}
}

const (
	nameHeading = "*项目名称"
	doneHeading = "*1-7月累计完成投资（万元）"
	worksToDate = "*当前形象进度"
	markHeading = "〔行标识〕"
)

// known is how many rows are filled in.
func (s *templateSheet) known() int {
	return slices.IndexFunc(s.rows, func(row []string) bool { return len(row) < s.at(markHeading) || row[s.at(markHeading)-1] == "" })
}

// fill says of every known row that it stands where it stood, and of what was asked anew something.
func (s *templateSheet) fill() {
	s.t.Helper()
	for row := range s.known() {
		past := s.rows[row][s.at(doneHeading)] // beside it
		s.set(doneHeading, row, asNumber(s.t, past))
		s.set(worksToDate, row, fmt.Sprintf("七月已施工%d米", 100+row))
	}
}

func asNumber(t *testing.T, text string) float64 {
	t.Helper()
	var n float64
	if _, err := fmt.Sscan(text, &n); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return n
}

func (s *templateSheet) content() []byte {
	s.t.Helper()
	out, err := s.file.WriteToBuffer()
	if err != nil {
		s.t.Fatal(err)
	}
	return out.Bytes()
}

// askedOf are the codes of a month's findings about a name.
func askedOf(m *consolidate.Month, name string) []string {
	var all []string
	for _, f := range m.Findings {
		if f.Entity == name || strings.Contains(f.Found, name) {
			all = append(all, f.Code.ID)
		}
	}
	return all
}

// A project that is renamed in its row of a template is the one it was: nobody is asked whether it is, and it has
// been there as long as before. Without the mark on its row nobody can tell.
func TestRenamedInATemplate(t *testing.T) {
	const renamed = "西环线快速路"
	for _, marked := range []bool{true, false} {
		t.Run(fmt.Sprintf("marked %t", marked), func(t *testing.T) {
			j := open(t)
			juneOf(t, j)
			s := progressOf(t, j, roadOffice)
			s.fill()
			was := s.get(nameHeading, 0)
			s.set(nameHeading, 0, renamed)
			s.set("*项目代码", 0, nil)
			s.set("建设地点", 0, nil)
			s.set("建设内容及规模", 0, nil)
			if !marked {
				for row := range s.known() {
					s.set(markHeading, row, nil)
				}
			}
			m := monthOf(t, j, july, map[string][]byte{"报表.xlsx": s.content()})
			i := slices.IndexFunc(m.Standing, func(row ledger.Standing) bool { return form.Progress.Name.Of(row.Record) == renamed })
			if i < 0 {
				t.Fatal("the renamed project does not stand")
			}
			old := slices.ContainsFunc(m.Standing, func(row ledger.Standing) bool { return form.Progress.Name.Of(row.Record) == was })
			since := m.Standing[i].Since()
			absent := slices.ContainsFunc(askedOf(m, was), func(id string) bool { return id == consolidate.RowAbsent.ID || id == consolidate.RowReplaced.ID })
			past := m.History.Past(form.ByID("progress"), roadOffice, m.Standing[i].Record)[0]
			if marked != (since == june) || marked == old || marked == absent || marked != (past != nil) {
				t.Errorf("since %s, the old name stands: %t, is asked about: %t, has a past: %t", since, old, absent, past != nil)
			}
			if n := len(m.Register.Counted(form.ByID("progress"))); marked && n != len(m.History.Stood(1)) {
				t.Errorf("%d projects count, %d did in June", n, len(m.History.Stood(1)))
			}
			if moves := m.Movements["progress"]; marked && !slices.ContainsFunc(moves, func(move consolidate.Movement) bool {
				return strings.Contains(fmt.Sprintf("%+v", move), was)
			}) {
				t.Error("that it was renamed is nowhere among what changed")
			}
		})
	}
}

// A row from another office's template, and one that bears the name of another row, are matched by what they say.
func TestStrayedMarks(t *testing.T) {
	j := open(t)
	juneOf(t, j)
	other, s := progressOf(t, j, cityOffice), progressOf(t, j, roadOffice)
	s.fill()
	s.set(markHeading, 0, other.get(markHeading, 0))
	s.set(markHeading, 1, s.get(markHeading, 2))
	s.set(markHeading, 2, s.get(markHeading, 1))
	m := monthOf(t, j, july, map[string][]byte{"报表.xlsx": s.content()})
	for row := range 4 {
		asked := askedOf(m, s.get(nameHeading, row))
		if got := slices.Contains(asked, consolidate.KeyStrayed.ID); got != (row < 3) {
			t.Errorf("row %d: %v", row, asked)
		}
	}
	for _, row := range m.Standing {
		if row.Department == roadOffice && row.Form == "progress" && (row.Since() != june || row.From != july) {
			t.Errorf("%s stands from %s, since %s", form.Progress.Name.Of(row.Record), row.From, row.Since())
		}
	}
}

// What is ticked as unchanged stands as it stood; what is left out of a template is missed.
func TestTickedAndLeftOut(t *testing.T) {
	j := open(t)
	juneOf(t, j)
	ticked, s := progressOf(t, j, cityOffice), progressOf(t, j, roadOffice)
	merged, err := ticked.file.GetMergeCells(ticked.name)
	if err != nil {
		t.Fatal(err)
	}
	words := slices.IndexFunc(merged, func(m excelize.MergeCell) bool { return m.GetCellValue() == ledger.TickUnchanged })
	column, row, err := excelize.CellNameToCoordinates(merged[words].GetEndAxis())
	if err != nil {
		t.Fatal(err)
	}
	cell, err := excelize.CoordinatesToCellName(column+1, row)
	if err != nil {
		t.Fatal(err)
	}
	if err := ticked.file.SetCellStr(ticked.name, cell, "√"); err != nil {
		t.Fatal(err)
	}
	s.fill()
	gone := s.get(nameHeading, 1)
	if err := s.file.RemoveRow(s.name, templateHeader+2); err != nil {
		t.Fatal(err)
	}
	m := monthOf(t, j, july, map[string][]byte{"甲.xlsx": s.content(), "乙.xlsx": ticked.content()})
	for _, r := range m.InForce() {
		if want := r.Department == cityOffice; r.Form == "progress" && r.Unchanged != want {
			t.Errorf("%s is unchanged: %t", r.Department, r.Unchanged)
		}
	}
	if asked := askedOf(m, gone); !slices.Contains(asked, consolidate.RowAbsent.ID) {
		t.Errorf("%s: %v", gone, asked)
	}
	if n, was := len(m.Register.Counted(form.ByID("progress"))), len(m.History.Stood(1)); n != was {
		t.Errorf("%d projects count, %d did in June", n, was)
	}
}

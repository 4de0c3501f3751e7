package job

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/consolidate"
	"huizong/consolidate/store/pgtest"
	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

var may, july = june.Add(-1), june.Add(1)

const (
	oldName, newName = "柳林镇卫生院改扩建项目", "柳林镇卫生院业务用房改扩建项目"

	wholeThen, firstNow, secondNow = "湑水河综合治理工程", "湑水河综合治理工程（一期）", "湑水河综合治理工程（二期）"
	oneThen, otherThen, wholeNow   = "文川河文川段治理工程", "文川河柳林段治理工程", "文川河综合治理工程"
)

// Each folder of testdata/reconcile is an inbox of one month or of several. The text beside it says
// what is published and asked; what is right of it is held here.
func TestReconcile(t *testing.T) {
	const million = 100_000_000 // 100万元 in 分
	type published struct {
		projects, fen int64
		open          map[string]int
	}
	for box, months := range map[string]map[ledger.Period]published{
		"abc":      {june: {3, 180 * million, map[string]int{"疑似重复": 3}}},
		"generic":  {june: {18, 234 * million, nil}},
		"samecode": {june: {46, 1886 * million, map[string]int{"疑似重复": 23}}},
		"rename":   {may: {2, 30 * million, nil}, june: {2, 32 * million, map[string]int{"疑更名": 1}}, july: {2, 32 * million, map[string]int{"疑更名": 1}}},
		"split": {may: {3, 160 * million, nil}, june: {3, 160 * million, map[string]int{"疑拆分": 2, "疑合并": 2}},
			july: {3, 160 * million, map[string]int{"疑拆分": 2, "疑合并": 2}}},
		"drift":  {may: {150, 2632_50_000_000, nil}, june: {150, 2782_50_000_000, map[string]int{"疑更名": 30}}},
		"owners": {june: {10, 104_50_000_000, nil}},
	} {
		t.Run(box, func(t *testing.T) {
			s := tell(t, open(t), box)
			got := map[ledger.Period]published{}
			for _, p := range s.months {
				got[p] = published{s.figure(p, "projects"), s.figure(p, "investment_fen"), s.open(p)}
			}
			if diff := cmp.Diff(months, got, cmp.AllowUnexported(published{})); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			holdText(t, filepath.Join(reconcileDir, box+".txt"), s.text())
		})
	}
}

// Rows of one code that differ in their stage, section, number, side or place are asked about, in pairs
// of two rows that stand alone.
func TestSameCodeIsNoCertainty(t *testing.T) {
	s := tell(t, open(t), "samecode")
	for _, c := range s.made[june].Candidates {
		if a, b := form.Reserve.Code.Of(c.Rows[0].Record), form.Reserve.Code.Of(c.Rows[1].Record); a != b || len(c.A.Rows())+len(c.B.Rows()) != 2 {
			t.Errorf("%v, of %s and %s", c.Keys, a, b)
		}
	}
}

// Names that were reworded are those of the same rows as the month before: what is asked is right,
// and nothing is said to have come or gone.
func TestDrift(t *testing.T) {
	s := tell(t, open(t), "drift")
	for _, c := range s.made[june].Candidates {
		if was, is := c.Rows[0], c.Rows[1]; was.Department != is.Department || was.Record.Row != is.Record.Row || !c.Once() {
			t.Errorf("%s %d and %s %d are asked about", was.Department, was.Record.Row, is.Department, is.Record.Row)
		}
	}
	for _, m := range s.made[june].Movements["reserve"] {
		if m.Kind == consolidate.Entered || m.Kind == consolidate.Left {
			t.Errorf("%s %s", m.Kind, m.Project.Name())
		}
	}
}

// What a person decides of a row that is gone ends the questions, and is undone without a trace.
func TestDecideOnWhatIsGone(t *testing.T) {
	for _, test := range []struct {
		name, box     string
		decide        func(s *story, keys map[string]string) (numbers []int)
		projects, fen int64
		absent        int // questions for the row that is gone
		moves         string
	}{
		{"renamed", "rename", func(s *story, keys map[string]string) []int {
			return s.decide(ledger.Same, keys, [2]string{oldName, newName})
		},
			2, 32_00_000_000, 0, "更名 " + newName + "，调整 " + newName},
		{"two", "rename", func(s *story, keys map[string]string) []int {
			return s.decide(ledger.Different, keys, [2]string{oldName, newName})
		}, 3, 42_00_000_000, 1, "新增 " + newName},
		{"renamed, then two after all", "rename", func(s *story, keys map[string]string) []int {
			return slices.Concat(s.decide(ledger.Same, keys, [2]string{oldName, newName}), s.decide(ledger.Different, keys, [2]string{oldName, newName}))
		}, 3, 42_00_000_000, 1, "新增 " + newName},
		{"parts", "split", func(s *story, keys map[string]string) []int {
			return s.decide(ledger.Part, keys, [2]string{firstNow, wholeThen}, [2]string{secondNow, wholeThen},
				[2]string{oneThen, wholeNow}, [2]string{otherThen, wholeNow})
		}, 3, 160_00_000_000, 0, "新增 " + firstNow + "，新增 " + secondNow + "，新增 " + wholeNow +
			"，退库 " + wholeThen + "，退库 " + otherThen + "，退库 " + oneThen},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := tell(t, open(t), test.box)
			before := s.sums()
			numbers := test.decide(s, s.keys(june))
			s.run()
			for _, p := range []ledger.Period{june, july} {
				if projects, fen := s.figure(p, "projects"), s.figure(p, "investment_fen"); projects != test.projects || fen != test.fen {
					t.Errorf("%s: %d projects, %d 分", p, projects, fen)
				}
				if len(s.made[p].Candidates) != 0 || s.reports[p].Pending["reserve"].Projects != 0 {
					t.Errorf("%s: %v are open", p, s.open(p))
				}
				if absent, replaced := s.asks(p, consolidate.RowAbsent), s.asks(p, consolidate.RowReplaced); absent != test.absent || replaced != 0 {
					t.Errorf("%s: %d are missed, %d replaced", p, absent, replaced)
				}
				if total := consolidate.Total(s.made[p].Bridge["reserve"]); !total.Closes() || int64(total.Published.Amount) != test.fen {
					t.Errorf("%s: %+v", p, total)
				}
			}
			s.holdSheets(test.moves)
			s.undo(numbers)
			s.run()
			if diff := cmp.Diff(before, s.sums()); diff != "" {
				t.Errorf("undone (-before +after)\n%s", diff)
			}
		})
	}
}

// What a count may come to is what it comes to when all that is open is answered one way.
func TestPendingIsWhatAnswersBring(t *testing.T) {
	for _, box := range []string{"abc", "samecode", "rename", "split", "drift"} {
		t.Run(box, func(t *testing.T) {
			s := tell(t, open(t), box)
			pending, pairs, keys := s.reports[june].Pending["reserve"], [][2]string{}, map[string]string{}
			for _, c := range s.made[june].Candidates {
				pairs = append(pairs, c.Keys)
				keys[c.Keys[0]], keys[c.Keys[1]] = c.Keys[0], c.Keys[1]
			}
			for verdict, want := range map[ledger.Verdict]int{ledger.Same: pending.AllSame, ledger.Different: pending.AllApart} {
				numbers := s.decide(verdict, keys, pairs...)
				month, err := s.job.Month(t.Context(), june)
				if err != nil {
					t.Fatal(err)
				}
				if got := len(month.Register.Counted(form.Reserve.Name.Form)); got != want || len(month.Candidates) != 0 {
					t.Errorf("all %s: %d projects, want %d; %d pairs are open", verdict, got, want, len(month.Candidates))
				}
				s.undo(numbers)
			}
		})
	}
}

// holdSheets holds the workbook of the reserve against the changes of June; those of July are none, and no row
// is said to be another department's.
func (s *story) holdSheets(moves string) {
	s.Helper()
	var got []string
	for _, m := range s.made[june].Movements["reserve"] {
		got = append(got, m.Kind.String()+" "+m.Project.Name())
	}
	if diff := cmp.Diff(moves, strings.Join(got, "，")); diff != "" {
		s.Errorf("(-want +got)\n%s", diff)
	}
	for _, p := range []ledger.Period{june, july} {
		for _, line := range slices.Concat(s.sheet(p, "项目台账"), s.sheet(p, "月度变动")) {
			for _, wrong := range []string{"也有上报", "未说明原因", "疑"} {
				if strings.Contains(line, wrong) {
					s.Errorf("%s: %s", p, line)
				}
			}
		}
	}
	if n := len(s.made[july].Movements["reserve"]); n != 0 {
		s.Errorf("%d changes in July", n)
	}
}

// While nobody decides, the list of changes says that a name may be a new one, and the ledger what the row that
// counts was called.
func TestOpenRenameInTheWorkbook(t *testing.T) {
	s := tell(t, open(t), "rename")
	for sheet, want := range map[string]string{"月度变动": "疑由“" + oldName + "”更名", "项目台账": "原报“" + oldName + "”，只计一次", "疑似重复与冲突": "疑更名 " + oldName} {
		if lines := s.sheet(june, sheet); !slices.ContainsFunc(lines, func(line string) bool { return strings.Contains(line, want) }) {
			t.Errorf("%s does not say %s:\n%s", sheet, want, strings.Join(lines, "\n"))
		}
	}
}

// Of three decisions of which any two go together, the last is refused, and it is said what it contradicts.
func TestContradictionIsRefused(t *testing.T) {
	s := tell(t, open(t), "abc")
	const a, b, c = "柳林镇柑桔冷链物流中心项目", "柳林镇柑桔冷链物流中心", "柳林镇柑桔冷链仓储物流中心项目"
	keys := s.keys(june)
	s.decide(ledger.Same, keys, [2]string{a, b}, [2]string{b, c})
	_, _, err := s.job.Decide(t.Context(), june, [2]string{keys[a], keys[c]}, ledger.Decision{Verdict: ledger.Different, Who: "张三", Why: "已核对"})
	if against := (*Contradiction)(nil); !errors.As(err, &against) || len(against.Others) != 2 {
		t.Errorf("%v", err)
	}
	s.run()
	if projects, open := s.figure(june, "projects"), len(s.made[june].Candidates); projects != 1 || open != 0 {
		t.Errorf("%d projects, %d pairs are open", projects, open)
	}
}

// A decision replays to the same month on either database, to the byte.
func TestDecisionOnEitherDatabase(t *testing.T) {
	postgres, err := Open(t.Context(), pgtest.Database(t), county.Default())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { postgres.Close() })
	var told []*story
	for _, j := range []*Job{open(t), postgres} {
		s := tell(t, j, "rename")
		s.decide(ledger.Same, s.keys(june), [2]string{oldName, newName})
		s.run()
		told = append(told, s)
	}
	if diff := cmp.Diff(told[0].text(), told[1].text()); diff != "" {
		t.Errorf("(-SQLite +PostgreSQL)\n%s", diff)
	}
	for _, p := range told[0].months {
		if diff := cmp.Diff(told[0].reports[p].Figures, told[1].reports[p].Figures); diff != "" {
			t.Errorf("%s (-SQLite +PostgreSQL)\n%s", p, diff)
		}
	}
	if diff := cmp.Diff(told[0].sums(), told[1].sums()); diff != "" {
		t.Errorf("(-SQLite +PostgreSQL)\n%s", diff)
	}
}

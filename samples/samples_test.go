package samples

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

func at(year, month int) ledger.Period { return ledger.Period{Year: year, Month: month} }

func made(t testing.TB, p Plan) *Month {
	t.Helper()
	m, err := Make(p)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func files(t testing.TB, m *Month) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	for file, err := range m.Files() {
		if err != nil {
			t.Fatal(err)
		}
		if all[file.Path] != nil {
			t.Errorf("%s is made twice", file.Path)
		}
		all[file.Path] = file.Content
	}
	return all
}

func TestSamePlanSameBytes(t *testing.T) {
	june := Plan{Period: at(2024, 6)}
	one, other := files(t, made(t, june)), files(t, made(t, june))
	if diff := cmp.Diff(slices.Sorted(maps.Keys(one)), slices.Sorted(maps.Keys(other))); diff != "" {
		t.Fatal(diff)
	}
	for path := range one {
		if !bytes.Equal(one[path], other[path]) {
			t.Errorf("%s differs from one making to the next", path)
		}
	}
	june.Seed = 7
	seeded := files(t, made(t, june))
	for path := range one {
		if strings.HasSuffix(path, ".xlsx") && !strings.Contains(path, "~$") && bytes.Equal(one[path], seeded[path]) {
			t.Errorf("%s is the same for another seed", path)
		}
	}
	size := 0
	for _, content := range one {
		size += len(content)
	}
	if size > 1_500_000 {
		t.Errorf("the month has %d bytes, too many to be kept", size)
	}
}

// The county's figures, from the rows that the units deliver: a project once, whoever
// reports it, packages by their parent, none that leaves.
func TestCalibrated(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := &scene{rapid.Uint64().Draw(t, "seed"), at(rapid.IntRange(2023, 2030).Draw(t, "year"), 6), county.Default()}
		told := tellReserve(s)
		projects, investment := distinct(told)
		if projects != 460 || investment != 10_809_600_000_000 {
			t.Errorf("June has %d reserve projects of %v", projects, investment)
		}
		want := map[string]int64{"reserve.projects": 460, "reserve.investment_fen": 10_809_600_000_000}
		if diff := cmp.Diff(want, told.figures); diff != "" {
			t.Error(diff)
		}
		want = map[string]int64{"progress.projects": 52, "progress.provincial.projects": 4, "progress.provincial.started": 4,
			"progress.municipal.projects": 48, "progress.municipal.started": 48}
		if diff := cmp.Diff(want, tellProgress(s).figures); diff != "" {
			t.Error(diff)
		}
		s.period.Month = 5
		if projects, _ := distinct(tellReserve(s)); projects != 452 {
			t.Errorf("May has %d reserve projects", projects)
		}
		if started := tellProgress(s).figures["progress.municipal.started"]; started != 45 {
			t.Errorf("by May %d municipal projects have started", started)
		}
	})
}

func distinct(told *telling) (int, ledger.Money) {
	totals := map[string]ledger.Money{}
	for _, rows := range told.rows {
		for _, r := range rows {
			if res.Package.Value(&r).Known || res.Leaving.Value(&r).Known {
				continue
			}
			totals[res.Name.Of(&r)+"|"+res.Owner.Of(&r)] = res.Total.Of(&r).V
		}
	}
	var sum ledger.Money
	for _, total := range totals {
		sum += total
	}
	return len(totals), sum
}

func TestEveryFormHasASample(t *testing.T) {
	of := map[*form.Form]int{}
	for _, s := range samples {
		of[s.form]++
	}
	for _, f := range form.All() {
		if of[f] != 1 {
			t.Errorf("%s has %d samples, want 1", f.ID, of[f])
		}
	}
}

// Every unit that owes a form has rows of it, but for the one with nothing to report.
func TestEveryUnitThatOwesTells(t *testing.T) {
	c := county.Default()
	for _, s := range samples {
		told := s.tell(&scene{0, at(2024, 6), c})
		for _, unit := range c.Owes(s.form.ID) {
			if len(told.rows[unit.Name]) == 0 && unit.Name != "科学技术局" {
				t.Errorf("%s has no rows of %s", unit.Name, s.form.ID)
			}
		}
	}
}

// What a row says rolls forward month by month, from January.
func TestProgressRollsForward(t *testing.T) {
	var before map[string]int64
	for month := 1; month <= 12; month++ {
		now := map[string]int64{}
		for _, rows := range tellProgress(&scene{3, at(2024, month), county.Default()}).rows {
			for _, r := range rows {
				name, done, this := prog.Name.Of(&r), prog.YearToDate.Value(&r).N, prog.ThisMonth.Value(&r).N
				if done != before[name]+this || this < 0 {
					t.Errorf("%d月 %s: %d is not %d + %d", month, name, done, before[name], this)
				}
				now[name] = done
			}
		}
		before = now
	}
}

// The rules of the forms find in the rows what is planted in them, and nothing else.
func TestRulesFindWhatIsPlanted(t *testing.T) {
	for _, month := range []int{3, 5, 6, 7} {
		for seed := range uint64(5) {
			t.Run(fmt.Sprintf("month %d seed %d", month, seed), func(t *testing.T) {
				for _, s := range samples {
					checkRules(t, s, &scene{seed, at(2024, month), county.Default()})
				}
			})
		}
	}
}

func checkRules(t *testing.T, s *sample, now *scene) {
	t.Helper()
	past := make([]*telling, 0, 12)
	for month := now.month() - 1; month > 0; month-- {
		then := *now
		then.period.Month = month
		past = append(past, s.tell(&then))
	}
	told := s.tell(now)
	for i, unit := range now.county.Owes(s.form.ID) {
		f := now.filing(s, unit, i, told.rows[unit.Name])
		if err := f.plant(s.troubles, now.month(), told.told[unit.Name], past[0].rows[unit.Name]); err != nil {
			t.Fatal(err)
		}
		want, got := plantedRules(f), brokenRules(f, now, past)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s of %s:\n%s", s.form.ID, unit.Name, diff)
		}
	}
}

// plantedRules lists the findings of the form's own rules that a filing must raise.
func plantedRules(f *filing) []string {
	var all []string
	for _, p := range f.planted {
		for _, code := range strings.Fields(p.codes) {
			column := p.at
			if id, other, elsewhere := strings.Cut(code, "@"); elsewhere {
				code, column = id, f.form.Column(other)
			}
			if p.row != nil && slices.ContainsFunc(f.form.Rules, func(r form.Rule) bool { return r.Code.ID == code }) {
				all = append(all, f.form.Name(&p.row.Record)+" "+code+" "+column.ID)
			}
		}
	}
	slices.Sort(all)
	return all
}

// brokenRules judges the rows as they are read: a cell that says something else is unread,
// and of what the clerk leaves out nothing can be told.
func brokenRules(f *filing, now *scene, past []*telling) []string {
	settings, broken := now.county.Settings(), []string{}
	for _, r := range f.rows {
		env := &form.Env{Period: now.period, Now: f.read(&r.Record, r.instead), Settings: settings}
		for _, told := range past {
			env.Past = append(env.Past, nil)
			for _, then := range told.rows[f.unit.Name] {
				if f.form.Name(&then) == f.form.Name(&r.Record) {
					env.Past[len(env.Past)-1] = f.read(&then, nil)
				}
			}
		}
		for _, rule := range f.form.Rules {
			unread := r.instead[rule.At].value != nil
			if !unread && rule.Holds.Judge(env) == form.Fails {
				broken = append(broken, f.form.Name(&r.Record)+" "+inFirstMonth(rule.Code).ID+" "+rule.At.ID)
			}
		}
	}
	slices.Sort(broken)
	if len(broken) == 0 {
		return nil
	}
	return broken
}

// inFirstMonth is what is found of a slip of the unit where the month before is not known: the
// sample begins in May.
func inFirstMonth(code *ledger.Code) *ledger.Code {
	if code == form.AmountJumped {
		return form.UnitSuspect
	}
	return code
}

// read is a record as the filing's sheet says it.
func (f *filing) read(r *ledger.Record, instead map[*form.Column]cell) *ledger.Record {
	as := ledger.Record{}
	for _, c := range f.hand.columns {
		if _, other := instead[c.of]; !other && c.of != nil {
			c.of.Set(&as, c.of.Value(r))
		}
	}
	return &as
}

// Every workbook opens, says that it is a sample, and has the cells in which something is
// planted.
func TestWorkbooksOpen(t *testing.T) {
	for _, month := range []int{5, 6} {
		m := made(t, Plan{Period: at(2024, month)})
		books := map[string]*excelize.File{}
		for path, content := range files(t, m) {
			if !strings.HasSuffix(path, ".xlsx") || strings.Contains(path, "~$") {
				continue
			}
			f, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{Password: password})
			if err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			defer f.Close()
			books[strings.TrimPrefix(path, "inbox/")] = f
			if !mentions(t, f, "样例数据") {
				t.Errorf("%s does not say that it is a sample", path)
			}
		}
		if len(m.Wrong) < 10 {
			t.Errorf("%d月: only %d troubles are planted", month, len(m.Wrong))
		}
		for _, w := range m.Wrong {
			if w.Cell == "" || !strings.HasSuffix(w.File, ".xlsx") {
				continue // what is saved otherwise is held in TestKeptFilesSayTheSame
			}
			col, row, err := excelize.CellNameToCoordinates(w.Cell)
			if err != nil || books[w.File] == nil {
				t.Fatalf("%+v: %v", w, err)
			}
			rows, err := books[w.File].GetRows(w.Sheet)
			if err != nil || row > len(rows) || col > len(rows[row-1])+30 {
				t.Errorf("%+v: no such cell (%v)", w, err)
			}
		}
	}
}

// Trials say that they are samples, and are the same from one making to the next; there are none of other months.
func TestTrials(t *testing.T) {
	plan := Plan{Period: at(2024, 6), Seed: 610722}
	one, err := Trials(plan)
	if err != nil || len(one) != len(trials) {
		t.Fatalf("%d trials, %v", len(one), err)
	}
	other, err := Trials(plan)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"约40", "样例数据", "上元观镇金星公路危桥拆除重建"} {
		if !bytes.Equal(one[i].Content, other[i].Content) {
			t.Errorf("%s differs from one making to the next", one[i].Path)
		}
		f, err := excelize.OpenReader(bytes.NewReader(one[i].Content))
		if err != nil {
			t.Fatalf("%s: %v", one[i].Path, err)
		}
		defer f.Close()
		if !mentions(t, f, "样例数据") || !mentions(t, f, want) {
			t.Errorf("%s does not say %s", one[i].Path, want)
		}
	}
	plan.Period = at(2024, 5)
	if _, err := Trials(plan); err == nil {
		t.Error("there are trials of May")
	}
}

func mentions(t *testing.T, f *excelize.File, words string) bool {
	t.Helper()
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for _, text := range row {
				if strings.Contains(text, words) {
					return true
				}
			}
		}
	}
	return false
}

// Each trait of real sheets is in at least one file.
func TestTraits(t *testing.T) {
	m := made(t, Plan{Period: at(2024, 6)})
	var all strings.Builder
	for path, content := range files(t, m) {
		all.WriteString(path + "\n")
		if !strings.HasSuffix(path, ".xlsx") || strings.Contains(path, "~$") {
			continue
		}
		f, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{Password: password})
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for _, sheet := range f.GetSheetList() {
			rows, err := f.GetRows(sheet)
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range rows {
				all.WriteString(strings.Join(row, "\t") + "\n")
			}
		}
	}
	for _, trait := range []string{"单位：亿元", "单位：元", "总投资（亿元）", "一、谋划（", "小计", "合  计", "合计\t", "1\t2\t3\t4\t5", "〃", "２", "亿元\t", "万元\t",
		"2024.6", "2024年6月", "2023/", "2023年11月1日", "—2025.", "专家意见", "零报告", "本月无变化", "（退回前）", "（初稿）", "补报/", ".DS_Store", "~$", ".pdf",
		"received.csv", "注：", "（盖章）", "约",
		"招商活动月晾晒表", "全县\t", "2024年6月18日", "96%", "平方米", "公顷", "10余家", "206-2表", "堵点难点", "任务编号"} {
		if !strings.Contains(all.String(), trait) {
			t.Errorf("no file has %q", trait)
		}
	}
}

// Any month of any year can be told.
func TestEveryMonth(t *testing.T) {
	for month := 1; month <= 12; month++ {
		m := made(t, Plan{Period: at(2025, month), Seed: 11})
		if len(m.deliveries) < 45 {
			t.Errorf("%d月 has %d files only", month, len(m.deliveries))
		}
	}
}

func TestPlanRefused(t *testing.T) {
	for name, plan := range map[string]Plan{
		"no period":            {},
		"month 13":             {Period: at(2024, 13)},
		"too many departments": {Period: at(2024, 6), Departments: 10_000},
		"negative rows":        {Period: at(2024, 6), Departments: 1, Rows: -1},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Make(plan); err == nil {
				t.Error("the plan was accepted")
			}
		})
	}
}

func TestCrowd(t *testing.T) {
	m := made(t, Plan{Period: at(2024, 6), Departments: 5, Rows: 12})
	dir := t.TempDir()
	if err := m.Write(dir); err != nil {
		t.Fatal(err)
	}
	c, err := county.Load(filepath.Join(dir, "county.toml"))
	if err != nil {
		t.Fatal(err)
	}
	if got := []int{len(c.Units), len(c.Owes("reserve")), len(c.Owes("progress"))}; !slices.Equal(got, []int{5, 3, 2}) {
		t.Errorf("units, and units that owe: %v", got)
	}
	names := map[string]bool{}
	for _, unit := range c.Units {
		paths, err := filepath.Glob(filepath.Join(dir, "inbox", unit.Name+"*.xlsx"))
		if err != nil || len(paths) != 1 {
			t.Fatalf("%s has delivered %v (%v)", unit.Name, paths, err)
		}
	}
	s := &scene{0, at(2024, 6), county.Default()}
	for _, unit := range c.Units {
		for _, sample := range []*sample{reserveSample, progressSample} {
			for _, r := range sample.crowd(s, unit, 12) {
				name := sample.form.ID + sample.form.Name(&r)
				if names[name] {
					t.Errorf("two projects are called %s", name)
				}
				names[name] = true
			}
		}
	}
}

func TestWriteRefusesAnInbox(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "inbox"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := made(t, Plan{Period: at(2024, 6)}).Write(dir); err == nil {
		t.Error("a month was written into another's inbox")
	}
}

func TestCachedValuesOfFormulas(t *testing.T) {
	for name, test := range map[string][2]string{
		"number":        {`<c r="A1" s="2" t="str"><f>SUM(B1)</f><v>12.5</v></c>`, `<c r="A1" s="2"><f>SUM(B1)</f><v>12.5</v></c>`},
		"error":         {`<c r="A1" t="str"><f>#REF!*0.1</f></c>`, `<c r="A1" t="e"><f>#REF!*0.1</f><v>#REF!</v></c>`},
		"shared string": {`<c r="A1" t="s"><v>3</v></c>`, `<c r="A1" t="s"><v>3</v></c>`},
	} {
		t.Run(name, func(t *testing.T) {
			var got strings.Builder
			if err := cached(&got, "xl/worksheets/sheet1.xml", []byte(test[0])); err != nil || got.String() != test[1] {
				t.Errorf("%s becomes %s", test[0], &got)
			}
		})
	}
}

func TestCodesHoldTheirCheckDigit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := roll(rapid.Uint64().Draw(t, "seed"))
		made := code(d, 2024, 1+d.below(12), "610722")
		if made.Check() != ledger.CodeGood || made.Region() != "610722" {
			t.Errorf("%s is not a good code", made)
		}
	})
}

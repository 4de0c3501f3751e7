package job

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/consolidate"
	"huizong/internal/form"
	"huizong/internal/ledger"
	"huizong/validate"
)

// TestPastIsAsMuchAsIsAsked: what is left out of the rows of months past nobody asks for. What is found, the figures, the sum and the
// plans of the year are as they are by all that stood.
func TestPastIsAsMuchAsIsAsked(t *testing.T) {
	inFull(t)
	j := open(t)
	if _, err := j.Run(t.Context(), may, Inbox{Dir: filepath.Join(samplesDir, may.String(), "inbox")}, t.TempDir()); err != nil {
		t.Fatal(err)
	}
	stood, err := j.db.Standing(t.Context(), j.county.Region, may)
	if err != nil {
		t.Fatal(err)
	}
	past := [][]ledger.Standing{stood}
	for p := may.Add(-1); p.Year == may.Year; p = p.Add(-1) {
		rows := earlier(stood, p)
		if err := merge(t, j, &ledger.Month{Region: j.county.Region, Period: p, Standing: rows}); err != nil {
			t.Fatal(err)
		}
		past = append(past, rows)
	}
	for _, decisions := range [][]ledger.Decision{nil, decidedOn(j, past[1])} {
		holdPast(t, j, past, decisions)
	}
}

// decidedOn is a decision on the first row of ideas, which stands no more, and on a row that nobody knows.
func decidedOn(j *Job, stood []ledger.Standing) []ledger.Decision {
	gone := slices.IndexFunc(stood, func(row ledger.Standing) bool { return row.Form == "reserve" })
	key := (&consolidate.Register{County: j.county}).Key(&stood[gone])
	return []ledger.Decision{{Number: 1, A: ledger.Party{Key: key}, B: ledger.Party{Key: "unknown"}, Verdict: ledger.Same}}
}

// holdPast holds June as it is made of what is read of months past against June as it is made of all that stood, past, the latest first.
func holdPast(t *testing.T, j *Job, past [][]ledger.Standing, decisions []ledger.Decision) {
	in, err := j.input(t.Context(), june, ledger.Books{}, decisions)
	if err != nil {
		t.Fatal(err)
	}
	returns, err := j.db.Returns(t.Context(), j.county.Region, may)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range returns { // June says what May said
		r.Period = june
	}
	whole := in
	whole.History = consolidate.NewHistory(j.county, past...)
	in.Returns, whole.Returns = j.judged(in.History, returns), j.judged(whole.History, returns)
	got, want := sayingOf(t, in), sayingOf(t, whole)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	for _, code := range []*ledger.Code{form.TextUnchanged, form.MoneyUnchanged, validate.QuarterWithout} {
		if !slices.Contains(want.Codes, code.ID) {
			t.Errorf("nothing is found of %s", code.ID)
		}
	}
	if len(want.Plans) == 0 {
		t.Error("there are no plans")
	}
	if len(decisions) > 0 && !slices.Equal(want.Forms, []string{"reserve"}) {
		t.Errorf("what was decided is of %v", want.Forms)
	}
}

// earlier are rows as they may have stood in an earlier month: of every other key project the text was another, of the others the
// money; and no meeting was an inspection.
func earlier(stood []ledger.Standing, p ledger.Period) []ledger.Standing {
	rows := slices.Clone(stood)
	for i := range rows {
		row, record := &rows[i], *rows[i].Record
		row.Period, row.From, row.First, row.Record = p, p, ledger.Period{}, &record
		switch {
		case i == slices.IndexFunc(rows, func(row ledger.Standing) bool { return row.Form == "reserve" }):
			form.Reserve.Name.Set(&record, ledger.Words("退库项目"))
			form.Reserve.Code.Set(&record, ledger.Words(""))
		case row.Form == "progress" && i%2 == 0:
			form.Progress.Appearance.Set(&record, ledger.Words(p.String()))
		case row.Form == "progress":
			form.Progress.YearToDate.Set(&record, ledger.Number(int64(p.Month)))
			form.Progress.YearPlan.Set(&record, ledger.Number(int64(p.Month)))
		case row.Form == "dispatch":
			form.Dispatch.Kind.Set(&record, ledger.Words("周调度"))
		}
	}
	return rows
}

// saying is what a month says that hangs on months past.
type saying struct {
	Sum      string
	Findings []string
	Codes    []string // of the findings
	Figures  map[string]int64
	Plans    []string
	Forms    []string // of what was decided
}

func sayingOf(t *testing.T, in consolidate.Input) saying {
	m, err := consolidate.Reconcile(in)
	if err != nil {
		t.Fatal(err)
	}
	past := [][]ledger.Standing{in.History.Stood(1), in.History.Stood(2), in.History.Stood(3)}
	m = m.With(validate.Between(m.Period, m.InForce(), rowsByProject(m), past, in.County))
	s := saying{Sum: m.Sum, Figures: m.Figures}
	for _, f := range m.Findings {
		s.Findings, s.Codes = append(s.Findings, f.Line(ledger.Chinese)), append(s.Codes, f.Code.ID)
	}
	for _, r := range m.Rulings {
		for _, f := range r.Forms {
			s.Forms = append(s.Forms, f.ID)
		}
	}
	for _, p := range m.Register.Projects["progress"] {
		for _, v := range m.History.PlanVersions(p, m.Period) {
			field := form.Progress.YearPlan.Field(v.Row.Record)
			s.Plans = append(s.Plans, p.Name()+" "+v.Since.String()+" "+field.Raw+" "+field.Cell.String())
		}
	}
	return s
}

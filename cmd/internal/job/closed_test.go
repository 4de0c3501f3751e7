package job

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// send runs a month with what came.
func (w *world) send(p ledger.Period, mails ...mail) *Report {
	w.t.Helper()
	report, err := w.job.Run(w.t.Context(), p, w.inbox(mails...), w.out)
	if err != nil {
		w.t.Fatal(err)
	}
	return report
}

// shut closes a month, and holds it from here on.
func (w *world) shut(p ledger.Period) ledger.Closing {
	w.t.Helper()
	closed, err := w.job.CloseMonth(w.t.Context(), p, "张三", "已核实")
	if err != nil {
		w.t.Fatal(err)
	}
	w.frozen[p], w.files[p] = w.state(p), w.written(p)
	return closed
}

// open reopens a month up to some days from now.
func (w *world) open(p ledger.Period, days int, departments ...string) error {
	day := w.day.AddDate(0, 0, days)
	_, err := w.job.ReopenMonth(w.t.Context(), ledger.Closing{Period: p, Who: "李四", Reason: "漏报", Departments: departments,
		Until: ledger.Date{Year: day.Year(), Month: int(day.Month()), Day: day.Day()}})
	return err
}

// isLocked demands that a month takes nothing.
func (w *world) isLocked(p ledger.Period, mails ...mail) {
	w.t.Helper()
	if _, err := w.job.Run(w.t.Context(), p, w.inbox(mails...), w.out); !errors.As(err, new(*Locked)) {
		w.t.Errorf("run of %s: %v", p, err)
	}
}

// keys are those of the rows of a month, by department and name.
func (w *world) keys(p ledger.Period) map[string]string {
	w.t.Helper()
	month, err := w.job.Month(w.t.Context(), p)
	if err != nil {
		w.t.Fatal(err)
	}
	keys := map[string]string{}
	for i := range month.Standing {
		row := &month.Standing[i]
		keys[row.Department+form.ByID(row.Form).Name(row.Record)] = month.Register.Key(row)
	}
	return keys
}

// settle decides on two rows of a month.
func (w *world) settle(p ledger.Period, a, b string, verdict ledger.Verdict) {
	w.t.Helper()
	_, isNew, err := w.job.Decide(w.t.Context(), p, [2]string{a, b}, ledger.Decision{Verdict: verdict, Who: "张三", Why: "已核对"})
	if err != nil || !isNew {
		w.t.Fatal(isNew, err)
	}
}

// Each thing that must not change a month that is closed is done to one that was closed with a decision, and it is as it was.
// Reopened, it takes what it was reopened for and nothing else; and what was published first is remembered.
func TestWhatAClosedMonthStands(t *testing.T) {
	if testing.Short() {
		t.Skip("runs many months: run without -short")
	}
	w := newWorld(t, t, smallCounty(t))
	roads, water := offices[0], offices[1]
	w.send(may, mail{roads, may, 1}, mail{water, may, 1})
	keys := w.keys(may)
	if len(keys) != 4 {
		t.Fatalf("rows: %v", keys)
	}
	w.settle(may, keys[roads+"汉江大桥工程"], keys[water+"汉江大桥工程"], ledger.Same)
	merged := w.send(may, mail{roads, may, 1})
	first := w.shut(may)
	if !maps.Equal(first.Figures, merged.Figures) || !slices.Equal(first.Decisions, []int{1}) {
		t.Errorf("closed with the figures %v and the decisions %v", first.Figures, first.Decisions)
	}
	held := func(what string) {
		t.Helper()
		t.Log(what)
		w.hold()
		w.holdFiles(may)
	}

	w.isLocked(may, mail{water, may, 2})
	w.isLocked(may.Add(-1), mail{water, may.Add(-1), 1})
	held("run")
	late := w.send(june, mail{roads, june, 0}, mail{water, may, 2}, mail{roads, may, 2}, mail{roads, may, 1})
	held("what came late")
	if n := len(late.Corrections); n != 1 || len(late.Corrections[0].Returns) != 2 {
		t.Fatalf("corrections: %+v", late.Corrections)
	}
	for name, figure := range late.Corrections[0].Figures {
		if was, known := first.Figures[name]; known != (figure.Published != nil) || known && was != *figure.Published {
			t.Errorf("%s was published as %d, the correction says otherwise", name, was)
		}
	}
	w.settle(may, keys[roads+"交通北环路建设项目"], keys[water+"水利北环路建设项目"], ledger.Same)
	held("a decision")
	if err := w.job.Undo(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	held("undo of the decision that it was closed with")
	if err := w.job.Undo(t.Context(), 2); err != nil {
		t.Fatal(err)
	}

	delete(w.frozen, may)
	if err := w.open(may, -1); err != nil {
		t.Fatal(err)
	}
	w.isLocked(may, mail{roads, may, 0}) // its last day has passed
	if err := w.open(may, 0, water); err != nil {
		t.Fatal(err)
	}
	again := w.send(may, mail{roads, may, 0})
	if state := again.Files[0].Returns[0].State; state != ledger.Late {
		t.Errorf("a return of an office for which it was not reopened is %s", state)
	}
	board, err := w.job.Board(t.Context(), may)
	if err != nil || board.Waiting != 2 {
		t.Errorf("%d returns wait, not the two of the office for which it was not reopened (%v)", board.Waiting, err)
	}
	keys = w.keys(may)
	if keys[water+"南沙湖路网工程"] == "" || keys[roads+"南沙湖路网工程"] != "" {
		t.Errorf("rows after it was reopened for %s: %v", water, keys)
	}

	second, err := w.job.CloseMonth(t.Context(), may, "张三", "已核实")
	if unready := (*Unready)(nil); errors.As(err, &unready) { // the decision was undone
		w.settle(may, unready.Open[0].Keys[0], unready.Open[0].Keys[1], ledger.Different)
		w.send(may)
		second = w.shut(may)
	} else if err != nil {
		t.Fatal(err)
	}
	if maps.Equal(first.Figures, second.Figures) {
		t.Fatal("nothing was published anew")
	}
	w.send(june, mail{water, june, 1})
	month, err := w.job.Month(t.Context(), june)
	if err != nil {
		t.Fatal(err)
	}
	for name, now := range second.Figures {
		then, told := month.Restated[may][name]
		if was := first.Figures[name]; told != (was != now) || told && then.N != was {
			t.Errorf("%s was first published as %d and is %d: June says %v, %t", name, was, now, then, told)
		}
	}
}

package window

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"

	"huizong/cmd/internal/job"
	"huizong/internal/folder"
	"huizong/internal/ledger"
)

// runs are the runs that were begun on this page: one at a time. What others begin elsewhere the database's lock keeps apart.
type runs struct {
	mutex sync.Mutex
	last  *begun // nil: none was begun since the window opened
}

// A begun is a run that was begun on the page.
type begun struct {
	Period      ledger.Period
	Who, When   string
	Read, Total int // files
	Ended       bool
	Report      *job.Report // of one that did not fail
	Err         error
}

// state is what is known of the last run of a month by now.
func (r *runs) state(p ledger.Period) *begun {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.last == nil || r.last.Period != p {
		return nil
	}
	now := *r.last
	return &now
}

// begin notes that a run begins, unless one is at work.
func (r *runs) begin(b *begun) bool {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.last != nil && !r.last.Ended {
		return false
	}
	r.last = b
	return true
}

// change notes what became of a run.
func (r *runs) change(how func()) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	how()
}

// inbox is the folder of a month's returns.
func (win *Window) inbox(p ledger.Period) job.Inbox {
	return job.Inbox{Dir: win.Inbox(p), Passwords: win.Passwords}
}

// beginRun runs the month and shows how far it is.
func beginRun(v *visit) error {
	b := &begun{Period: v.period, Who: v.person.Name, When: v.win.Now().Format("15:04")}
	if !v.win.runs.begin(b) {
		return refuse(ledger.Phrase{"正在汇总，请等它结束", "a run is at work: wait until it has ended"})
	}
	v.note(job.Ran, "")
	inbox := v.win.inbox(v.period)
	inbox.Progress = func(read, total int) { v.win.runs.change(func() { b.Read, b.Total = read, total }) }
	v.win.working.Go(func() {
		report, err := v.win.run(b.Period, inbox)
		v.win.runs.change(func() { b.Ended, b.Report, b.Err = true, report, err })
	})
	return v.redirect(v.at("run"), "")
}

// run runs a month and has its workbooks drawn for those who look next. A panic is an error, which the operator is told.
func (win *Window) run(p ledger.Period, inbox job.Inbox) (report *job.Report, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("run of %s: panic: %v\n%s", p, cause, debug.Stack())
		}
		if err != nil && (&visit{win: win}).explain(err) == nil {
			win.Failed(err)
		}
	}()
	if report, err = win.Job.Run(win.work, p, inbox, win.Out); err != nil {
		return nil, err
	}
	_, _, err = win.reading.Opened(win.work, p)
	return report, err
}

// A runPage says how the run of a month is.
type runPage struct {
	Run     *begun // begun here; nil: none was
	Trouble string // why it failed; blank: it did not
	Board   *job.Board
	States  map[ledger.State]int // returns, by what became of them
	Refused int                  // files that could not be read
}

func showRun(v *visit) error {
	p := runPage{Run: v.win.runs.state(v.period), States: map[ledger.State]int{}}
	if p.Run != nil && !p.Run.Ended {
		return v.show("run", p)
	}
	board, err := v.win.reading.Board(v.Context(), v.period)
	if err != nil {
		return err
	}
	p.Board = board
	if p.Run != nil && p.Run.Err != nil {
		p.Trouble = v.troubleOf(p.Run.Err)
	}
	if p.Run != nil && p.Run.Report != nil {
		for _, file := range p.Run.Report.Files {
			if file.Refused != "" {
				p.Refused++
			}
			for _, r := range file.Returns {
				p.States[r.State]++
			}
		}
	}
	return v.show("run", p)
}

// troubleOf says why a run failed: what the visitor can mend, or that the operator has to look.
func (v *visit) troubleOf(err error) string {
	if t := v.explain(err); t != nil {
		return v.say(t.what, t.args...)
	}
	if fault := (*folder.Fault)(nil); errors.As(err, &fault) {
		return v.Say("写不进结果文件夹：", "the folder of results cannot be written: ") + fault.Error()
	}
	if errors.Is(err, context.Canceled) {
		return v.Say("程序停止时中断了，请再汇总一次", "the program was stopped: run again")
	}
	return err.Error()
}

// Result is how a run ended, in words.
func (p page) Result(result string) string { return results[result].In(p.lang) }

var results = map[string]ledger.Phrase{
	job.Done:        {"全部采用", "all taken"},
	job.DoneLeftOut: {"完成，有退回、暂缓或未报", "done, something was sent back, held or is missing"},
	job.Failed:      {"出错，可以再汇总一次", "failed, safe to run again"},
	job.BrokenOff:   {"中断，请再汇总一次", "broken off: run again"},
	job.Running:     {"正在汇总", "at work"},
}

// Done counts the returns that were dealt with in a way.
func (p runPage) Done(state string) int { return p.States[ledger.State(state)] }

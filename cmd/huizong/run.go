package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"huizong/cmd/internal/job"
	"huizong/consolidate/summary"
	"huizong/importer/receipt"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

func (p *program) runCommand() *cobra.Command {
	var period ledger.Period
	var inbox, out string
	command := &cobra.Command{
		Use:     "run --period 2024-06 --inbox DIR [--out DIR] [--pdf] [--afresh]",
		Short:   "一个月：读表、审核、入库、对账、出汇总表 (the month: read, validate, merge, reconcile, write workbooks)",
		Example: "  huizong run --period 2024-06 --inbox samples/2024-06/inbox",
		Args:    cobra.NoArgs,
		RunE: p.works(func(ctx context.Context, _ []string) error {
			report, err := p.run(ctx, period, inbox, out)
			if err != nil {
				return err
			}
			if err := p.show(report, out); err != nil {
				return err
			}
			if err := p.withoutPDFs(report); err != nil {
				return err
			}
			if report.LeftOut() {
				return errLeftOut
			}
			return nil
		}),
	}
	periodFlag(command, &period, true)
	p.passwordsFlag(command)
	command.Flags().StringVar(&inbox, "inbox", "", "the folder with the returns, read with its subfolders")
	command.Flags().StringVar(&out, "out", "out", "the folder to write under")
	command.Flags().BoolVar(&p.afresh, "afresh", false, "read and make all again, whatever is known from earlier runs (the result is the same)")
	pdfFlag(command, &p.pdf)
	if err := command.MarkFlagRequired("inbox"); err != nil {
		panic(err)
	}
	return command
}

// run runs a month, shows how far the reading is, and tells which answers were taken.
func (p *program) run(ctx context.Context, period ledger.Period, dir, out string) (*job.Report, error) {
	passwords, err := p.readPasswords()
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(dir); err != nil { // before a database is made for it
		return nil, fmt.Errorf("inbox: %w", err)
	}
	j, err := p.openToWrite(ctx, job.Open)
	if err != nil {
		return nil, err
	}
	defer j.Close()
	inbox := job.Inbox{Dir: dir, Passwords: passwords, Progress: p.progress(p.say("读取报表", "reading returns")), Afresh: p.afresh}
	report, err := j.Run(ctx, period, inbox, out)
	if err != nil {
		return nil, p.explain(err, period)
	}
	p.tellAnswers(report)
	return report, nil
}

// show prints the result of a run: what came, how it tied out, where it lies.
func (p *program) show(r *job.Report, out string) error {
	if p.json {
		return p.writeJSON(r)
	}
	states := map[ledger.State]int{}
	returns, refused := 0, 0
	for _, file := range r.Files {
		if file.Refused != "" {
			refused++
		}
		for _, ret := range file.Returns {
			returns++
			states[ret.State]++
		}
	}
	p.printf(p.say("%s %s：%d个文件、%d份报表；采用%d，零报告%d，退回%d，被新版替换%d，重复%d，无法读取的文件%d，未报%d\n",
		"%s %s: %d files, %d returns; accepted %d, nil %d, returned %d, superseded %d, repeated %d, files refused %d, missing %d\n"),
		p.county.Name, r.Period, len(r.Files), returns, states[ledger.Accepted], states[ledger.Nil], states[ledger.Returned],
		states[ledger.Superseded], states[ledger.Repeated], refused, len(r.Missing))
	p.printf(p.say("%d项中%d项对平，%d行需人工查看\n", "%d items, %d tie out; %d rows for a human to look at\n"), r.Projects, max(0, r.Projects-r.Look), r.Look)
	p.printf(p.say("结果在 %s：%d个汇总工作簿、%d份文件（通报和交办单）和 run.json\n", "results in %s: %d workbooks, %d documents (the bulletin and the orders) and run.json\n"),
		filepath.Join(out, r.Period), len(r.Workbooks), len(r.Documents))
	if r.Unchanged {
		p.printf("%s\n", p.say("收件箱、判定和规则与上次执行时相同：上次的结果已核对无误，没有重做（要重做：--afresh）",
			"inbox, decisions and rules are those of the last run: its results were checked and stand; nothing was made again (to do so: --afresh)"))
	}
	p.showReceipts(r, filepath.Join(out, r.Period))
	if n := len(r.PDFs); n > 0 {
		p.printf(p.say("另有%d个 PDF\n", "and %d PDFs\n"), n)
	}
	p.complain(r)
	return nil
}

// showReceipts says how many senders are told what, and where what they are given back lies.
func (p *program) showReceipts(r *job.Report, dir string) {
	verdicts := map[receipt.Verdict]int{}
	for _, given := range r.Receipts {
		verdicts[given.Verdict]++
	}
	p.printf(p.say("回单%d份（验收通过%d，有保留%d，验收不通过%d），分单位放在 %s\n",
		"%d receipts (%d passed, %d with reservations, %d failed), by unit in %s\n"),
		len(r.Receipts), verdicts[receipt.Passed], verdicts[receipt.Reserved], verdicts[receipt.Failed], filepath.Join(dir, summary.ReceiptsDir))
}

// complain lists what the operator must follow up: files and returns that were sent back,
// each with its reason, those that came late, those of which another version may count, those that are missing, lines
// of received.csv that name no file, and how many pairs wait for a decision.
func (p *program) complain(r *job.Report) {
	if p.quiet {
		return
	}
	for _, f := range r.Rejected {
		p.tell(p.say("退回：%s\n", "sent back: %s\n"), f.Line(p.lang))
	}
	for _, f := range r.Late {
		p.tell(p.say("留作更正：%s\n", "set aside: %s\n"), f.Line(p.lang))
	}
	for _, f := range r.Versions {
		p.tell(p.say("待核实：%s\n", "to be settled: %s\n"), f.Line(p.lang))
	}
	for _, path := range r.Unmatched {
		p.tell(p.say("received.csv 里的文件不在收件箱：%s\n", "received.csv names a file that is not in the inbox: %s\n"), path)
	}
	if r.Received > 0 && len(r.Unmatched) == r.Received {
		p.tell("%s\n", p.say("received.csv 没有一行与收件箱相符（文件夹可能移动过）：收到日期都没有用上，是否逾期以表内日期为准，没有日期的为“未注明”",
			"no line of received.csv names a file of the inbox (was a folder moved?): no return has a date of receipt; "+
				"lateness goes by what the returns say themselves, and is not known where they say nothing"))
	}
	for _, missing := range r.Missing {
		carried := ""
		if missing.Carried {
			carried = p.say("（沿用上月）", " (last month's values stand)")
		}
		p.tell(p.say("未报：%s %s%s\n", "missing: %s %s%s\n"), missing.Department, form.ByID(missing.Form).Title, carried)
	}
	if n := len(r.Running); n > 0 {
		p.tell(p.say("连续三个月同样的问题%d条，见核对底稿《数据质量》\n", "%d findings are the same for the third month running: see 核对底稿, 数据质量\n"), n)
	}
	if n := r.Candidates; n > 0 {
		p.tell(p.say("待判定%d对（疑似重复、更名、拆分、合并）：huizong decide list --period %s\n",
			"%d pairs may be one project: huizong decide list --period %s\n"), n, r.Period)
	}
}

// tellAnswers tells which answers on workbooks of ours and on receipts were not taken, which are new, which
// decisions cannot hold, and which waivers are of nothing. What was not taken is told whether or not anybody asked to be told.
func (p *program) tellAnswers(r *job.Report) {
	for _, f := range r.Untaken {
		p.tell(p.say("答复未采用：%s\n", "answer not taken: %s\n"), f.Line(p.lang))
	}
	for _, f := range r.Unjustified {
		if f.Code.Severity > ledger.Notice || !p.quiet {
			p.tell(p.say("说明：%s\n", "explanation: %s\n"), f.Line(p.lang))
		}
	}
	if p.quiet {
		return
	}
	for _, d := range r.Answers {
		p.tell(p.say("采用答复：%s\n", "answer taken: %s\n"), p.decision(d))
	}
	for _, e := range r.Explained {
		p.tell(p.say("采用说明：%s %s %s：%s（%s）\n", "explanation taken: %s %s %s: %s (%s)\n"), e.Department, e.Code, aboutWhat(e.Entity, e.Field), e.Text, e.Who)
	}
	if r.Explanations != nil {
		p.tellWaivers(r.Explanations.Unused)
	}
	for _, ruling := range r.Contradicted {
		p.tell(p.say("判定相互矛盾：%s；请撤销其中一项：huizong decide undo 编号\n",
			"decisions contradict one another: %s; take one back: huizong decide undo N\n"), p.ruling(ruling.Decision, ruling.Says(p.lang)))
	}
}

// tellWaivers tells which lines of waivers.csv waive nothing.
func (p *program) tellWaivers(unused []job.UnusedWaiver) {
	for _, w := range unused {
		why := p.say("本月没有这样的问题", "the month has no such finding")
		if w.Expired {
			why = fmt.Sprintf(p.say("有效期至%s，已过期", "it held until %s"), w.Until)
		}
		of := []string{w.Department, formTitle(w.Form), w.Entity, w.Field, w.Found}
		of = slices.DeleteFunc(of, func(said string) bool { return said == "" })
		p.tell(p.say("waivers.csv 里的豁免没有用上：%s %s（%s）\n", "waivers.csv waives nothing with: %s %s (%s)\n"), w.Code, strings.Join(of, " "), why)
	}
}

// formTitle is the title of a form; blank where none is named.
func formTitle(id string) string {
	if f := form.ByID(id); f != nil {
		return f.Title
	}
	return ""
}

// aboutWhat names an entity and its field, as far as they are known.
func aboutWhat(entity, field string) string {
	return strings.Trim(entity+" · "+field, " ·")
}

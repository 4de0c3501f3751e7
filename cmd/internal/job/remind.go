package job

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"huizong/cmd/internal/post"
	"huizong/consolidate"
	"huizong/importer/receipt"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A Reminder is what a unit is told of a month: three lines to be pasted into a message.
type Reminder struct {
	Department string   `json:"department"`
	Owed       string   `json:"owed"`     // what it owes, and by when
	SentBack   string   `json:"returned"` // what was sent back, and why
	ToDo       string   `json:"todo"`     // what is to be corrected or explained, and how
	Receipts   []string `json:"receipts"` // below the month's folder, of what did not pass
}

// Text is the reminder's three lines.
func (r Reminder) Text() string { return r.Owed + "\n" + r.SentBack + "\n" + r.ToDo }

// Reminders are those of a month for all units that owe something, were sent something back, or have something to
// correct or explain, in the order of units. Receipts are those of the latest run.
func (j *Job) Reminders(ctx context.Context, period ledger.Period) ([]Reminder, error) {
	month, err := j.reconcile(ctx, period)
	if err != nil {
		return nil, err
	}
	merged, _, err := j.db.Month(ctx, j.county.Region, period)
	if err != nil {
		return nil, err
	}
	report := &Report{}
	if merged.Report != "" {
		if report, err = readReport(merged.Report); err != nil {
			return nil, err
		}
	}
	concerns := concernsOf(month, report)
	var all []Reminder
	for _, unit := range slices.SortedFunc(maps.Keys(concerns), month.Register.CompareUnits) {
		if c := concerns[unit]; unit != "" && !c.none() {
			all = append(all, c.reminder(j, period, unit))
		}
	}
	return all, nil
}

// A concern is what there is to say to a unit.
type concern struct {
	owed, missing   []string                   // titles of forms
	sentBack        []string                   // files, and why
	returned, held  int                        // rows
	why             map[ledger.Effect][]string // rows are returned, fields held: each reason once
	errors, queries int
	receipts        []string
}

func (c *concern) none() bool {
	return len(c.missing)+len(c.sentBack)+c.returned+c.held+c.errors+c.queries == 0
}

// concernsOf gathers by unit what there is to say of a month.
func concernsOf(m *consolidate.Month, report *Report) map[string]*concern {
	all := map[string]*concern{}
	of := func(unit string) *concern {
		if all[unit] == nil {
			all[unit] = &concern{why: map[ledger.Effect][]string{}}
		}
		return all[unit]
	}
	for _, f := range form.All() {
		for _, unit := range m.County.Owes(f.ID) {
			of(unit.Name).owed = append(of(unit.Name).owed, f.Title)
		}
	}
	for _, missing := range m.Missing {
		of(missing.Department).missing = append(of(missing.Department).missing, form.ByID(missing.Form).Title)
	}
	lacks := map[ledger.ReturnID]bool{}
	for _, r := range m.Returns {
		lacks[r.ReturnID] = true
	}
	for _, r := range m.InForce() {
		delete(lacks, r.ReturnID)
		rows := r.Rows()
		of(r.Department).returned += rows.Returned
		of(r.Department).held += rows.Held
	}
	for _, r := range m.Returns {
		if r.State == ledger.Returned && lacks[r.ReturnID] {
			of(r.Department).sentBack = append(of(r.Department).sentBack, path.Base(r.File)+"（"+reason(r.Findings)+"）")
		}
	}
	for _, f := range m.Findings {
		c, wrong := of(f.Department), f.Code.Wrong.In(ledger.Chinese)
		if !slices.Contains(c.why[f.Code.Effect], wrong) {
			c.why[f.Code.Effect] = append(c.why[f.Code.Effect], wrong)
		}
		switch {
		case f.Code == consolidate.ReturnMissing, m.Settled(f):
		case f.Code.Severity == ledger.Error:
			c.errors++
		case f.Code.Severity == ledger.Query:
			c.queries++
		}
	}
	for _, r := range report.Receipts {
		unit := path.Base(path.Dir(r.Path))
		if all[unit] == nil || r.Verdict == receipt.Passed {
			continue
		}
		all[unit].receipts = append(all[unit].receipts, r.Path)
		if code := refusedAs(report, r.File); code != nil && len(all[unit].missing) > 0 {
			all[unit].sentBack = append(all[unit].sentBack, path.Base(r.File)+"（"+code.Wrong.In(ledger.Chinese)+"）")
		}
	}
	return all
}

// reason is why a return was sent back: the first of the findings that do it.
func reason(findings []ledger.Finding) string {
	for _, f := range findings {
		if f.Code.Effect >= ledger.RejectReturn {
			return f.Message(ledger.Chinese)
		}
	}
	return "见回单"
}

// refusedAs is why a file could not be read; nil if it was.
func refusedAs(report *Report, file string) *ledger.Code {
	for _, f := range report.Files {
		if f.Path == file && f.Refused != "" {
			return ledger.CodeByID(f.Refused)
		}
	}
	return nil
}

func (c *concern) reminder(j *Job, period ledger.Period, unit string) Reminder {
	due := j.county.Due.In(period)
	r := Reminder{Department: unit, Receipts: append([]string{}, c.receipts...)}
	r.Owed = fmt.Sprintf("【%s%s报表】%s：应报%d类，", j.county.Name, period.Chinese(), unit, len(c.owed))
	if len(c.missing) > 0 {
		r.Owed += fmt.Sprintf("还差%d类：%s，请在%d月%d日前报送。", len(c.missing), strings.Join(c.missing, "、"), due.Month, due.Day)
	} else {
		r.Owed += fmt.Sprintf("已报齐（截止%d月%d日）。", due.Month, due.Day)
	}
	var back []string
	if c.sentBack != nil {
		back = append(back, fmt.Sprintf("退回%d份：%s", len(c.sentBack), upTo(3, c.sentBack)))
	}
	if c.returned > 0 {
		back = append(back, fmt.Sprintf("退回%d行：%s", c.returned, upTo(3, c.why[ledger.RejectRow])))
	}
	if c.held > 0 {
		back = append(back, fmt.Sprintf("%d行有暂缓采用的数：%s", c.held, upTo(3, c.why[ledger.HoldField])))
	}
	r.SentBack = cmp.Or(strings.Join(back, "。"), "没有退回的") + "。"
	var open []string
	if c.errors > 0 {
		open = append(open, fmt.Sprintf("必须更正的%d条", c.errors))
	}
	if c.queries > 0 {
		open = append(open, fmt.Sprintf("更正或说明的%d条", c.queries))
	}
	r.ToDo = "没有要更正、说明的。"
	if open != nil {
		r.ToDo = strings.Join(open, "，") + "，位置和改法见回单；改好或填好答复后请一并发回。"
	}
	return r
}

// Mail is the reminder as a mail to the unit's addresses, with its receipts below out; one that is not there, or was
// changed, is left out. It is not ok where no address is known.
func (j *Job) Mail(r Reminder, period ledger.Period, out string) (m post.Mail, ok bool) {
	to := j.county.Mail.To[r.Department]
	m = post.Mail{From: j.county.Mail.From, To: to, Subject: fmt.Sprintf("%s%s报表催报：%s", j.county.Name, period.Chinese(), r.Department), Text: r.Text() + "\n"}
	for _, at := range r.Receipts {
		content, err := os.ReadFile(filepath.Join(out, period.String(), filepath.FromSlash(at)))
		if err == nil {
			m.Files = append(m.Files, post.File{Name: path.Base(at), Content: content})
		}
	}
	return m, len(to) > 0
}

// MailServer is the one that the county names, with the password of its user; not ok if it names none.
func (j *Job) MailServer(password string) (server post.Server, ok bool) {
	m := j.county.Mail
	return post.Server{Host: m.Server, Port: m.Port, User: m.User, Password: password}, m.Server != ""
}

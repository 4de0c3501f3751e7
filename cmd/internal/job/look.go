package job

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"huizong/consolidate"
	"huizong/importer"
	"huizong/importer/receipt"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A Look is what would become of a draft if it were handed in now, and why.
type Look struct {
	Files []LookedFile // of an archive those in it
	Unfit *Unfit       // why it cannot be handed in, whichever the month; nil: it can
	Late  bool         // something in it is of an earlier month that was closed, and would be kept as a correction
	// Locked is why the month takes nothing of the unit now; nil: it does.
	Locked *Locked
}

// A LookedFile is a file that was looked at.
type LookedFile struct {
	Checked
	Verdict   string     // 验收通过 · 有保留 · 验收不通过
	Questions []Question // what was found, the gravest first
	More      int        // findings besides, which are not shown
}

// A Question is a finding with what helps to answer it.
type Question struct {
	ledger.Finding
	Key     string   // Finding.Digest
	Picture *Picture // nil: it is of no place on a sheet
	Before  string   // what the field said last month, with its unit; blank where nothing is known
	Answer  string   // how it was explained; blank: it was not
	Stays   bool     // where something is held or sent back for it, what stood last month stands in its place
}

// A Picture is a piece of a sheet as it stands.
type (
	Picture       = importer.Picture
	PictureColumn = importer.PictureColumn
)

// MostQuestions is how many findings of a file are shown.
const MostQuestions = 200

// A memory is what returns of a month are judged by besides themselves.
type memory struct {
	history *consolidate.History
	books   ledger.Books
}

func (d *Desk) memory(ctx context.Context, period ledger.Period) (memory, error) {
	return Keep(ctx, d.reading, "memory", period, func(ctx context.Context) (m memory, err error) {
		past := make([][]ledger.Standing, monthsOfRules)
		for i := range past {
			if past[i], err = d.job.db.Standing(ctx, d.job.county.Region, period.Add(-1-i)); err != nil {
				return m, err
			}
		}
		m.history = consolidate.NewHistory(d.job.county, past...)
		m.books, err = d.job.db.Books(ctx, d.job.county.Region)
		return m, err
	})
}

// config is how files of a month are read on the desk.
func (d *Desk) config(period ledger.Period, m memory) importer.Config {
	config := configOf(d.job.county, period, d.passwords)
	config.Late = (&gate{period: period, books: m.books}).late
	return config
}

// check judges a draft as a run would, but for what it takes the whole month to find; look is shown its returns.
func (d *Desk) check(ctx context.Context, draft DraftFile, look func(*ledger.Return)) (importer.Config, memory, []Checked, error) {
	config, m, files, err := d.checkFile(ctx, draft.Period, draft.content(d), path.Join(fileName(draft.Unit), draft.Name), look)
	for i := range files {
		files[i].settled = settledBy(draft.Explanations)
	}
	return config, m, files, err
}

// checkFile is check of the file at a path, under the name that it has in the inbox; ErrNoDraft where it has gone. It is called while
// checking.
func (d *Desk) checkFile(ctx context.Context, period ledger.Period, file, name string, look func(*ledger.Return)) (
	importer.Config, memory, []Checked, error) {
	m, err := d.memory(ctx, period)
	if err != nil {
		return importer.Config{}, m, nil, err
	}
	config := d.config(period, m)
	came, err := config.ReadFile(file, name)
	if errors.Is(err, fs.ErrNotExist) {
		err = ErrNoDraft
	}
	if err != nil {
		return config, m, nil, err
	}
	return config, m, checkAll(config, came, m.history.Past, func(r *ledger.Return) *ledger.Return {
		look(r)
		if config.Late(r.Period) {
			return stated(r, ledger.Late)
		}
		return r
	}), nil
}

// settledBy are the findings that explanations are enough for, as receipts say it.
func settledBy(explanations []ledger.Explanation) map[string]string {
	all := map[string]string{}
	for _, e := range explanations {
		if code := ledger.CodeByID(e.Code); code != nil && code.Explainable() {
			all[e.Digest] = "已说明，不用再答复：" + e.Text
		}
	}
	return all
}

// Look judges a draft as a run would, but for what it takes the whole month to find.
func (d *Desk) Look(ctx context.Context, draft DraftFile) (*Look, error) {
	done, err := d.checking(ctx)
	if err != nil {
		return nil, err
	}
	defer done() // when pictures are made, too
	past := map[ledger.Finding]lastMonth{}
	var rows []*ledger.Return
	config, m, files, err := d.check(ctx, draft, func(r *ledger.Return) { rows = append(rows, r) })
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		ofLastMonth(m.history, r, past)
	}
	look := &Look{Locked: d.job.locked(m.books, draft.Period, draft.Unit)}
	if look.Unfit, err = d.unfit(ctx, draft, m, files); err != nil {
		return nil, err
	}
	answers := map[string]string{}
	for _, e := range draft.Explanations {
		answers[e.Digest] = e.Text
	}
	for _, checked := range files {
		file := LookedFile{Checked: checked, Verdict: string(checked.slip(d.job.county).Verdict())}
		shown := gravest(checked.Findings)
		file.More = len(checked.Findings) - len(shown)
		pictures, err := config.Pictures(checked.content, checked.tables, shown)
		if err != nil {
			return nil, err
		}
		for i, f := range shown {
			digest := f.Digest()
			file.Questions = append(file.Questions, Question{f, digest, pictures[i], past[f].said, answers[digest], past[f].stays})
		}
		for _, r := range checked.Returns {
			look.Late = look.Late || r.State == ledger.Late
		}
		look.Files = append(look.Files, file)
	}
	outcome := look.Outcome()
	if draft.Outcome == nil || *draft.Outcome != outcome {
		err = note(draft.folder(d), draftOutcome, outcome)
	}
	return look, err
}

// verdicts are those of files, the gravest last.
var verdicts = []receipt.Verdict{receipt.Passed, receipt.Reserved, receipt.Failed}

// Outcome is what would become of all files together.
func (l *Look) Outcome() (o Outcome) {
	for _, file := range l.Files {
		for _, r := range file.Returns {
			o.Taken, o.Returned, o.Held = o.Taken+r.Rows.Taken, o.Returned+r.Rows.Returned, o.Held+r.Rows.Held
		}
		gravest := max(slices.Index(verdicts, receipt.Verdict(file.Verdict)), slices.Index(verdicts, receipt.Verdict(o.Verdict)))
		o.Verdict = string(verdicts[gravest])
	}
	if l.Unfit != nil || l.Locked != nil {
		o.Verdict = ""
	}
	return o
}

// gravest are the findings that are shown, the gravest first.
func gravest(findings []ledger.Finding) []ledger.Finding {
	all := slices.SortedStableFunc(slices.Values(findings), func(a, b ledger.Finding) int {
		return cmp.Or(cmp.Compare(b.Code.Severity, a.Code.Severity), cmp.Compare(b.Code.Effect, a.Code.Effect))
	})
	return all[:min(len(all), MostQuestions)]
}

// What is known of last month for a finding.
type lastMonth struct {
	said  string // Question.Before
	stays bool   // Question.Stays
}

// ofLastMonth finds for the findings of a return what their fields said last month, and whether that stands in their place.
func ofLastMonth(history *consolidate.History, r *ledger.Return, found map[ledger.Finding]lastMonth) {
	f := form.ByID(r.Form)
	rows := map[ledger.Place]*ledger.Record{}
	for i := range r.Records {
		rows[ledger.Place{Row: r.Records[i].Row, Sheet: r.Records[i].Sheet}] = &r.Records[i]
	}
	for _, finding := range r.Findings {
		last := lastMonth{stays: finding.Code.Effect == ledger.RejectReturn && f.Stock}
		record := rows[r.Spot(finding)]
		if record == nil {
			found[finding] = last
			continue
		}
		before := history.Before(f, r.Department, record)
		last.stays = last.stays || before != nil && finding.Code.Effect == ledger.RejectRow
		if at := slices.IndexFunc(f.Columns, func(c *form.Column) bool { return c.Name == finding.Fields()[0] }); at >= 0 {
			c := f.Columns[at]
			if past := history.Past(f, r.Department, record); len(past) > 0 && past[0] != nil {
				last.said = c.Spell(c.Value(past[0]))
			}
			last.stays = last.stays || finding.Code.Effect == ledger.HoldField && before != nil && consolidate.Carries(c, r.Period) && c.Value(before).Known
		}
		found[finding] = last
	}
}

// unfit is why a draft cannot be handed in; nil if it can. What is wrong with its rows is no reason: its sender is told what
// will be sent back.
func (d *Desk) unfit(ctx context.Context, draft DraftFile, m memory, files []Checked) (*Unfit, error) {
	if unfit := d.misplaced(draft, m, files); unfit != nil {
		return unfit, nil
	}
	return d.answersOthers(ctx, draft, files)
}

// answersOthers is why a draft cannot be handed in that answers what the month asks other units; nil if it does not.
func (d *Desk) answersOthers(ctx context.Context, draft DraftFile, files []Checked) (*Unfit, error) {
	cells := map[string]string{} // of answers, by digest
	for _, file := range files {
		for _, e := range file.answers {
			if file.sender != draft.Unit {
				return unfit("里面有%s的答复：这里只收%s的", "it has answers of %s: here only those of %s are taken", file.sender, draft.Unit), nil
			}
			cells[e.Digest] = e.Sheet + "!" + e.Cell
		}
	}
	if len(cells) == 0 {
		return nil, nil
	}
	month, err := d.reading.Month(ctx, draft.Period)
	if notHad(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	for _, f := range month.Findings {
		if cell := cells[f.Digest()]; cell != "" && f.Department != draft.Unit {
			return unfit("%s答复的是问%s的问题：这里只收%s的答复", "%s answers what %s is asked: here only answers of %s are taken",
				cell, cmp.Or(f.Department, "发改局"), draft.Unit), nil
		}
	}
	return nil, nil
}

// misplaced is why a draft cannot be handed in for what it holds; nil if it can.
func (d *Desk) misplaced(draft DraftFile, m memory, files []Checked) *Unfit {
	late := (&gate{period: draft.Period, books: m.books}).late
	holding, reason := 0, ""
	for _, file := range files {
		for _, f := range file.Findings {
			if f.Code.Effect == ledger.RejectFile && reason == "" {
				reason = f.Message(ledger.Chinese) + "：" + f.Code.Remedy.In(ledger.Chinese)
			}
		}
		if file.replies > 0 {
			return unfit("这是《核对底稿》的答复，由发改局办理：请交给发改局", "these are answers on pairs, which are the office's: give them to the office")
		}
		holding += len(file.Returns) + len(file.answers)
		for _, r := range file.Returns {
			switch {
			case r.Department == "":
				return unfit("看不出“%s”是哪个单位的报表：请在表头写明填报单位", "it is not clear whose return “%s” is: write the unit above the table", cmp.Or(r.Sheet, file.Path))
			case r.Department != draft.Unit:
				return unfit("里面有%s的报表：这里只收%s的", "it has a return of %s: here only those of %s are taken", r.Department, draft.Unit)
			case r.Period != draft.Period && !late(r.Period):
				return unfit("里面有%s的报表：这里收的是%s的，请改表头的月份，或换到那个月再交", "it has a return of %s: here those of %s are taken",
					r.Period.Chinese(), draft.Period.Chinese())
			}
		}
	}
	if holding == 0 {
		return unfit("%s", "%s", cmp.Or(reason, "里面没有认得出的报表"))
	}
	return nil
}

// Receipt is the receipt of a draft, of what is in it now; of an archive that of one of its files, counted from 0.
func (d *Desk) Receipt(ctx context.Context, draft DraftFile, file int) (Receipt, error) {
	done, err := d.checking(ctx)
	if err != nil {
		return Receipt{}, err
	}
	defer done()
	_, _, files, err := d.check(ctx, draft, func(*ledger.Return) {})
	if err != nil {
		return Receipt{}, err
	}
	if file < 0 || file >= len(files) {
		return Receipt{}, ErrNoDraft
	}
	return files[file].Receipt(d.job.county)
}

// A Refusal is why an explanation of a finding was not taken, or is not enough.
type Refusal struct {
	Key  string // of the finding: Digest
	Why  *ledger.Code
	Text string // of the explanation
}

// Explain keeps with a draft what a unit says to findings of it, by digest, in the place of what it said before; blank takes
// that away. It gives what is said now that was not before; of what was taken away the text is blank. What gives no reason is
// refused, all the rest is kept; of what is too long nothing is: *Unfit.
func (d *Desk) Explain(ctx context.Context, draft DraftFile, who string, said map[string]string) (
	changed []ledger.Explanation, refused []Refusal, err error) {
	if said, err = worded(said); err != nil {
		return nil, nil, err
	}
	asked, err := d.asked(ctx, draft)
	if err != nil {
		return nil, nil, err
	}
	d.moving.Lock()
	defer d.moving.Unlock()
	if draft, err = d.Draft(draft.Unit, draft.ID); err != nil { // as others explained it since
		return nil, nil, err
	}
	before := map[string]ledger.Explanation{}
	for _, e := range draft.Explanations {
		before[e.Digest] = e
	}
	left := slices.DeleteFunc(slices.Clone(draft.Explanations), func(e ledger.Explanation) bool { _, again := said[e.Digest]; return again })
	taken, refused := judge(asked, said, left, draft.Period, who)
	draft.Explanations = append(left, taken...)
	for _, e := range taken {
		if before[e.Digest].Text != e.Text {
			changed = append(changed, e)
		}
		delete(before, e.Digest)
	}
	for _, digest := range slices.Sorted(maps.Keys(before)) {
		if _, again := said[digest]; again {
			e := before[digest]
			e.Text = ""
			changed = append(changed, e)
		}
	}
	return changed, refused, draft.describe(draft.folder(d))
}

// asked are the findings of a draft, by digest.
func (d *Desk) asked(ctx context.Context, draft DraftFile) (map[string]ledger.Finding, error) {
	done, err := d.checking(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	_, _, files, err := d.check(ctx, draft, func(*ledger.Return) {})
	all := map[string]ledger.Finding{}
	for _, file := range files {
		for _, f := range file.Findings {
			all[f.Digest()] = f
		}
	}
	return all, err
}

// LongestExplanation is how many characters an explanation may have.
const LongestExplanation = 500

// worded is what is said, by digest, with its lines as text has them, not as forms send them. Where something is too long it is *Unfit.
func worded(said map[string]string) (map[string]string, error) {
	all := map[string]string{}
	for digest, text := range said {
		all[digest] = strings.ReplaceAll(text, "\r\n", "\n")
		if utf8.RuneCountInString(all[digest]) > LongestExplanation {
			return nil, unfit("说明太长，没有记下：每条最多%d个字", "an explanation is too long and none was kept: %d characters at most", LongestExplanation)
		}
	}
	return all, nil
}

// judge judges what is said to findings, as on a receipt, together with what was said to others before.
func judge(asked map[string]ledger.Finding, said map[string]string, before []ledger.Explanation, period ledger.Period, who string) (
	taken []ledger.Explanation, refused []Refusal) {
	var answers []importer.Explanation
	var about []ledger.Finding
	add := func(e ledger.Explanation) {
		if f, is := asked[e.Digest]; is && e.Text != "" {
			answers, about = append(answers, importer.Explanation{Explanation: e}), append(about, f)
		}
	}
	for _, e := range before {
		add(e)
	}
	old := len(answers)
	for _, digest := range slices.Sorted(maps.Keys(said)) {
		add(ledger.Explanation{Digest: digest, Text: said[digest], Who: who})
	}
	q := &questions{period: period}
	codes := importer.Judge(answers, about)
	for i := old; i < len(answers); i++ {
		e, code := answers[i], codes[i]
		if code == nil {
			taken = append(taken, q.complete(e, about[i]))
			if !about[i].Code.Explainable() {
				code = importer.NotEnough
			}
		}
		if code != nil {
			refused = append(refused, Refusal{e.Digest, code, e.Text})
		}
	}
	return taken, refused
}

// given is when something is explained now, as explanations are ordered.
func given(now time.Time) string {
	return now.In(China).Format(time.DateOnly) + " " + now.UTC().Format(time.RFC3339)
}

// China is the time by which days are counted and that pages show, wherever the machine stands.
var China = time.FixedZone("UTC+8", 8*60*60)

// ErrNotAsked is the error of explaining what the month does not ask the unit.
var ErrNotAsked = errors.New("the month does not ask this")

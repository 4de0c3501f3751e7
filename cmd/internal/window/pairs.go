package window

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"huizong/cmd/internal/job"
	"huizong/consolidate"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A pairsPage shows a pair that nobody has decided on, beside the list of all and what was decided.
type pairsPage struct {
	Closed  bool
	Open    []consolidate.Candidate
	At      int // of the pair that is shown, counted from 0
	Pair    *pair
	Rulings []consolidate.Ruling // the last first
}

// A pair is two rows side by side.
type pair struct {
	consolidate.Candidate
	Sides [2]side
	Lines []pairLine
	Clues []clue
	Moves string // in 万元; blank: nothing
}

// A side is whose row it is.
type side struct {
	Name, Unit string
	Form       *form.Form
	Period     ledger.Period // in which it was reported last
}

// A pairLine is what both say in a column.
type pairLine struct {
	Column  string
	Says    [2]string
	Differs bool // both say something, and not the same
}

// A clue is what speaks for one project or against it, with its weight in bits.
type clue struct {
	Says, Weight string
	For          bool
}

func showPairs(v *visit) error {
	month, err := v.win.reading.Month(v.Context(), v.period)
	if err != nil {
		return err
	}
	p := pairsPage{Open: month.Candidates, Rulings: slices.Clone(month.Rulings)}
	slices.Reverse(p.Rulings)
	if p.Closed, err = v.win.Job.Closed(v.Context(), v.period); err != nil {
		return err
	}
	p.At, _ = strconv.Atoi(v.URL.Query().Get("n"))
	p.At = max(0, min(p.At, len(p.Open)-1))
	if len(p.Open) > 0 {
		p.Pair = v.pairOf(p.Open[p.At])
	}
	return v.show("pairs", p)
}

func (v *visit) pairOf(c consolidate.Candidate) *pair {
	p := &pair{Candidate: c}
	for i, row := range c.Rows {
		f := form.ByID(row.Form)
		p.Sides[i] = side{f.Name(row.Record), row.Department, f, row.From}
	}
	says := func(i int, column *form.Column) string {
		if column == nil {
			return ""
		}
		return column.Spell(column.Value(c.Rows[i].Record))
	}
	for _, column := range p.Sides[0].Form.Columns {
		line := pairLine{Column: column.Name, Says: [2]string{says(0, column), says(1, alike(p.Sides[1].Form, column))}}
		line.Differs = line.Says[0] != "" && line.Says[1] != "" && line.Says[0] != line.Says[1]
		if !column.Personal && line.Says != [2]string{} {
			p.Lines = append(p.Lines, line)
		}
	}
	for _, one := range c.Telling() {
		p.Clues = append(p.Clues, clue{one.Says(v.lang), one.Weight(), one.Bits > 0})
	}
	if c.Moves != 0 {
		p.Moves = c.Moves.In(ledger.TenThousandYuan, 0)
	}
	return p
}

// alike is the column of a form that says the same as one of another form; nil if it has none.
func alike(f *form.Form, column *form.Column) *form.Column {
	if f == column.Form {
		return column
	}
	i := slices.IndexFunc(f.Columns, func(c *form.Column) bool { return c.Name == column.Name })
	if i < 0 {
		return nil
	}
	return f.Columns[i]
}

// decide records what the office decides of a pair.
func decide(v *visit) error {
	keys := [2]string{v.field("a"), v.field("b")}
	verdict := ledger.Verdict(v.field("verdict"))
	switch verdict {
	case ledger.Same, ledger.Different, ledger.Part:
	case "part-of-a":
		verdict, keys = ledger.Part, [2]string{keys[1], keys[0]}
	default:
		return errNotFound
	}
	why := v.field("why")
	if why == "" {
		return refuse(ledger.Phrase{"请写明理由", "say for what reason"})
	}
	recorded, isNew, err := v.win.Job.Decide(v.Context(), v.period, keys, ledger.Decision{Verdict: verdict, Who: v.person.Name, Why: why})
	if err != nil {
		return err
	}
	notice := v.Say("原已如此判定，没有变化", "it is decided so already")
	if isNew {
		v.note(job.Decided, ruled(recorded))
		notice = fmt.Sprintf(v.Say("已记录（第%d号），下次汇总时生效", "recorded as no. %d; it takes effect with the next run"), recorded.Number)
	}
	return v.redirect(v.at("pairs")+"?n="+url.QueryEscape(v.field("n")), notice)
}

// ruled is a decision as the audit trail has it.
func ruled(d ledger.Decision) string {
	return fmt.Sprintf("第%d号 %s：%s（%s）｜%s（%s）", d.Number, d.Verdict.In(ledger.Chinese), d.A.Name, d.A.Department, d.B.Name, d.B.Department)
}

// undo takes a decision back.
func undo(v *visit) error {
	number, err := strconv.Atoi(v.field("number"))
	if err != nil {
		return errNotFound
	}
	if err := v.win.Job.Undo(v.Context(), number); err != nil {
		return err
	}
	v.note(job.Undone, fmt.Sprintf("第%d号", number))
	return v.redirect(v.at("pairs"), fmt.Sprintf(v.Say("已撤销第%d号判定", "decision %d is undone"), number))
}

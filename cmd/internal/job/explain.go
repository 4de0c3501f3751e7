package job

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"huizong/consolidate"
	"huizong/consolidate/store"
	"huizong/importer"
	"huizong/internal/ledger"
)

// Explained is what became of the answers on the receipts of an inbox.
type Explained struct {
	New     []ledger.Explanation // those that hold, and settle a finding, since this run
	Refused []ledger.Finding     // why others were not taken or are not enough, at their cells

	recorded bool // the month is another
}

// explain records what departments answered to findings of the month. A receipt that was taken before says nothing
// new; what it says that cannot be taken is said again.
func (j *Job) explain(ctx context.Context, lock *store.Lock, month *consolidate.Month, taken *intake) (Explained, error) {
	if len(taken.explanations) == 0 {
		return Explained{}, nil
	}
	before, err := j.db.Explanations(ctx, j.county.Region, month.Period)
	if err != nil {
		return Explained{}, err
	}
	q := newQuestions(month, taken.files)
	for _, receipt := range byReceipt(taken.explanations) {
		q.answer(receipt)
	}
	ledger.SortFindings(q.refused)
	recorded, err := lock.Explain(ctx, q.taken)
	held, holding := ledger.Holding(before), ledger.Holding(slices.Concat(before, recorded))
	explained := Explained{Refused: q.refused, recorded: len(recorded) > 0}
	for _, e := range recorded {
		settles := ledger.CodeByID(e.Code).Explainable() // what it does not settle is told among those refused
		if settles && holding[e.Digest].Number == e.Number && held[e.Digest].Text != e.Text {
			explained.New = append(explained.New, e)
		}
	}
	return explained, err
}

// of are the refused answers of a file.
func (e Explained) of(file FileReport) []ledger.Finding {
	return slices.DeleteFunc(slices.Clone(e.Refused), func(f ledger.Finding) bool { return f.File != file.path })
}

// byReceipt parts answers by the files that they stand in.
func byReceipt(all []importer.Explanation) [][]importer.Explanation {
	var receipts [][]importer.Explanation
	for i, e := range all {
		if i == 0 || all[i-1].File != e.File {
			receipts = append(receipts, nil)
		}
		last := len(receipts) - 1
		receipts[last] = append(receipts[last], e)
	}
	return receipts
}

// Questions are the findings that departments can answer to, and what they answered.
type questions struct {
	period  ledger.Period
	asked   map[string]ledger.Finding // of the month, by digest
	ofFiles map[string]bool           // those of files, of which none concerns the month
	senders map[string][]string       // of the files in which answers stand, by path
	taken   []ledger.Explanation
	refused []ledger.Finding
}

func newQuestions(month *consolidate.Month, files []FileReport) *questions {
	q := &questions{period: month.Period, asked: map[string]ledger.Finding{}, ofFiles: map[string]bool{}, senders: map[string][]string{}}
	for _, f := range month.Findings {
		q.asked[f.Digest()] = f
	}
	for _, file := range files {
		q.senders[file.path] = file.senders
		for _, f := range file.findings {
			q.ofFiles[f.Digest()] = true
		}
	}
	return q
}

// answer takes the answers of a receipt, or refuses them. A unit answers what it is asked itself: for its receipt the question of
// another is one that the month does not have.
func (q *questions) answer(receipt []importer.Explanation) {
	var known, gone []importer.Explanation
	var about []ledger.Finding
	for _, e := range receipt {
		if f, asked := q.asked[e.Digest]; asked && f.Department != "" && slices.Contains(q.senders[e.File], f.Department) {
			known, about = append(known, e), append(about, f)
		} else if asked || !q.ofFiles[e.Digest] {
			gone = append(gone, e)
		}
	}
	for i, code := range importer.Judge(known, about) {
		e, f := known[i], about[i]
		if code == nil {
			q.taken = append(q.taken, q.complete(e, f))
			if !f.Code.Explainable() {
				code = importer.NotEnough
			}
		}
		if code != nil {
			q.refused = append(q.refused, e.Finding(code, f))
		}
	}
	if len(gone) > 0 {
		q.refused = append(q.refused, notAsked(gone))
	}
}

// complete says of an explanation what it is about. Who gave it is said above the table, else it is the department.
func (q *questions) complete(e importer.Explanation, f ledger.Finding) ledger.Explanation {
	full := e.Explanation
	full.Period, full.Code, full.Department, full.Form = q.period, f.Code.ID, f.Department, f.Form
	full.Entity, full.Field, full.Found = f.Entity, f.Field, f.Found
	if full.Who == "" {
		full.Who = f.Department
	}
	return full
}

// notAsked is one finding for all answers of a receipt to what the month does not ask: as a rule it was corrected.
func notAsked(gone []importer.Explanation) ledger.Finding {
	const most = 10
	f := gone[0].Finding(importer.NoSuchQuestion, ledger.Finding{})
	var cells []string
	for _, e := range gone[:min(len(gone), most)] {
		cells = append(cells, e.Sheet+"!"+e.Cell)
	}
	f.Cell, f.Row, f.Found = "", 0, strings.Join(cells, "、")
	if len(gone) > most {
		f.Found += fmt.Sprintf("等%d处", len(gone))
	}
	return f
}

// justified is a month with what the database holds of explanations and waivers of it.
func (j *Job) justified(ctx context.Context, month *consolidate.Month) (*consolidate.Month, error) {
	explanations, err := j.db.Explanations(ctx, j.county.Region, month.Period)
	if err != nil {
		return nil, err
	}
	waivers, err := j.db.Waivers(ctx, j.county.Region, month.Period)
	if err != nil {
		return nil, err
	}
	return month.Explain(explanations, waivers), nil
}

package bulletin

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"huizong/consolidate"
	"huizong/consolidate/monthtest"
	"huizong/consolidate/rating"
	"huizong/consolidate/summary/document"
	"huizong/consolidate/summary/progress"
	"huizong/consolidate/summary/workbook"
	"huizong/consolidate/summary/workbook/workbooktest"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// made is the bulletin of a month.
func made(m *consolidate.Month) *Workbook { return Draw(m, progress.Draw(m), rating.Scores(m)) }

// paragraphs is a document as text, a paragraph a line.
func paragraphs(d *document.Document) string {
	var text strings.Builder
	for _, p := range d.Paragraphs() {
		fmt.Fprintln(&text, strings.ReplaceAll(p.String(), "\n", "⏎"))
	}
	return text.String()
}

// months are those whose documents are looked at.
func months(t *testing.T) map[string]*consolidate.Month {
	first, second := monthtest.Months(t)
	return map[string]*consolidate.Month{"a month after another": second, "the first month": first,
		"nothing reported": monthtest.Reconcile(t, monthtest.June, nil), "many": monthtest.Many(t)}
}

// documents are all of a month, by name.
func documents(m *consolidate.Month) map[string]*document.Document {
	w := made(m)
	all := map[string]*document.Document{"通报": w.Notice()}
	for _, order := range w.Orders() {
		all[order.Unit] = order.Document
	}
	return all
}

// TestDocuments holds the bulletin and an order against what they said before.
func TestDocuments(t *testing.T) {
	first, second := monthtest.Months(t)
	workbooktest.Golden(t, "通报（文件）", paragraphs(made(second).Notice()))
	workbooktest.Golden(t, "通报（文件，首月）", paragraphs(made(first).Notice()))
	workbooktest.Golden(t, "交办单（文件）", paragraphs(documents(second)["自然资源局"]))
}

// What stands in documents in their own words: months, days, and numbers of headings and attachments.
var ownNumbers = regexp.MustCompile(`\d{4}年\d{1,2}月(\d{1,2}日)?|1—\d{1,2}月|^附件\d?$|^附件：1\.|^\d\.`)

var anyDigit = regexp.MustCompile(`\d`)

// TestNoNumberIsTyped: every number of a document is quoted from a cell, but for months, days and the
// numbers of headings, attachments and lines.
func TestNoNumberIsTyped(t *testing.T) {
	for month, m := range months(t) {
		for name, d := range documents(m) {
			line := 0
			for _, p := range d.Paragraphs() {
				for _, part := range p.Parts {
					if _, is := part.Origin.(workbook.Ref); is {
						continue
					}
					if n, err := strconv.Atoi(part.Text); err == nil && p.Style == "TableText" && (n == 1 || n == line+1) {
						line = n
						continue
					}
					if anyDigit.MatchString(ownNumbers.ReplaceAllString(part.Text, "")) {
						t.Errorf("%s, %s, paragraph %d: %q is in the document's own words", month, name, p.Number, part.Text)
					}
				}
			}
		}
	}
}

// TestSameSentences: the text of the document is that of 通报正文, paragraph by paragraph.
func TestSameSentences(t *testing.T) {
	for month, m := range months(t) {
		w := made(m)
		sheet := workbooktest.Dump(t, workbooktest.Bytes(t, w.Book), "通报正文")
		said := 0
		for _, p := range w.Notice().Paragraphs() {
			if p.Style != "BodyTextFirstIndent" {
				continue
			}
			said++
			if !strings.Contains(sheet, "\n"+indent+p.Parts.String()+"\n") {
				t.Errorf("%s: 通报正文 does not say %q", month, p.Parts)
			}
		}
		if want := strings.Count(sheet, "\n"+indent) - strings.Count(sheet, indent+"（") - strings.Count(sheet, "、总体情况") -
			strings.Count(sheet, "、排名情况") - strings.Count(sheet, "、存在问题") - strings.Count(sheet, "、下步要求"); said != want {
			t.Errorf("%s: %d paragraphs, 通报正文 has %d", month, said, want)
		}
	}
}

// TestNoEmptyHeadings: what cannot be said has no heading, and every list that is announced is there.
func TestNoEmptyHeadings(t *testing.T) {
	for month, m := range months(t) {
		for name, d := range documents(m) {
			rank := func(p document.Paragraph) int {
				n, _ := strconv.Atoi(strings.TrimPrefix(p.Style, "Heading"))
				return n
			}
			all := d.Paragraphs()
			for i, p := range all {
				if r := rank(p); r > 0 && (i+1 == len(all) || rank(all[i+1]) > 0 && rank(all[i+1]) <= r || all[i+1].Style == "Normal") {
					t.Errorf("%s, %s: nothing stands under %q", month, name, p.Parts)
				}
			}
			if _, err := d.Bytes(); err != nil {
				t.Errorf("%s, %s: %v", month, name, err)
			}
		}
	}
}

// TestLongOrder: an order lists every matter, however many and however long.
func TestLongOrder(t *testing.T) {
	const each = 16
	long := strings.Repeat("很长的说明文字", 12)
	var keys, problems, tasks []monthtest.Said
	for i := range each {
		n := fmt.Sprint(i, long)
		keys = append(keys, monthtest.Key("项目"+n, "市级", "续建", "水利局", "样例领导01、样例领导02、样例领导03、样例领导04", "1000", "1", ""))
		problems = append(problems, monthtest.Problem("D"+n, "项目"+n, "用地", "水利局", "2024-05-01", "2024-06-01", "办理中"))
		f := &form.Tasks
		tasks = append(tasks, monthtest.Said{f.Scheme.Column: schemes[0].name, f.Number.Column: n, f.Aspect.Column: "要素保障", f.Task.Column: n,
			f.Department.Column: "水利局", f.Deadline.Column: "2024-05", f.Report.Column: n, f.Pace.Column: behind})
	}
	sent := func(f *form.Form, rows []monthtest.Said) *ledger.Return {
		return monthtest.Sent(t, f, monthtest.June, "水利局", 20, rows...)
	}
	m := monthtest.Reconcile(t, monthtest.June, nil, sent(form.Progress.Name.Form, keys), sent(form.Obstacles.Number.Form, problems), sent(form.Tasks.Number.Form, tasks))
	text := paragraphs(documents(m)["水利局"])
	for _, kind := range []string{slowProject, stuckMatter, lateTask} {
		if !strings.Contains(text, fmt.Sprintf("、%s（%d项）", kind, each)) {
			t.Errorf("no %d of %s in\n%s", each, kind, text)
		}
	}
	for i := range each {
		if n := fmt.Sprint(i, long); !strings.Contains(text, "\t项目"+n) || !strings.Contains(text, "\tD"+n) || !strings.Contains(text, "\t"+n) {
			t.Errorf("a matter of number %d is not listed", i)
		}
	}
}

package importer

import (
	"cmp"
	"path"
	"regexp"
	"strings"

	"huizong/importer/sheet"
	"huizong/internal/ledger"
)

// Findings of workbooks of ours that come back.
var (
	ReplyTaken = ledger.Declare("F70", ledger.Notice, ledger.Accept, ledger.Level0, "reply",
		ledger.Zh("这是发改局工作簿的答复，只读取“疑似重复与冲突”表中的答复，不作为报表", "无需改动；要报送报表的，请另发一个文件"),
		ledger.En("an annotated workbook of ours: its answers are read, it is no return", "nothing; send returns in a file of their own"))
	ReplyUnclear = ledger.Declare("F71", ledger.Query, ledger.Accept, ledger.Level0, "constraint-error",
		ledger.Zh("答复看不明白，没有采用", "答复一栏请选“同一”或“不同”，“键”一栏请勿改动"),
		ledger.En("the answer is not understood and was not taken", "choose 同一 or 不同, and leave the key as it is"))
)

// replySheet is the sheet by which a workbook of ours is known when it comes back with
// answers; nil where the file is no such workbook.
func replySheet(book *sheet.Book) *sheet.Sheet {
	for _, s := range book.Sheets() {
		if strings.TrimSpace(s.Name) == ledger.ReplySheet {
			return s
		}
	}
	return nil
}

// reply reads the answers of a workbook of ours: a decision for each line that was answered,
// in the order of the sheet. Who answers is said on the line, else above the table
// (填写人：…), else it is the file's name. An answer that is not understood is a finding.
func (o *opened) reply(s *sheet.Sheet, date1904 bool) error {
	p, err := readPage(s, date1904)
	if err != nil {
		return err
	}
	r := reply{file: o.Path, sum: o.SHA256, page: p, who: strings.TrimSuffix(path.Base(o.Path), path.Ext(o.Path))}
	r.read()
	o.Replies = r.decisions
	o.Findings = append([]ledger.Finding{{Code: ReplyTaken, File: o.Path}}, r.findings...)
	return nil
}

// A reply is an annotated sheet while it is read.
type reply struct {
	file, sum string // its path and SHA-256
	page      *page
	who       string
	columns   map[string]int // by heading; nil above the header
	decisions []ledger.Decision
	findings  []ledger.Finding
}

func (r *reply) read() {
	for i := range r.page.lines {
		l := &r.page.lines[i]
		switch {
		case r.columns != nil:
			r.line(l)
		case r.header(l):
		default:
			r.filler(l)
		}
	}
}

// header takes a line for the header if it names the key and the answer.
func (r *reply) header(l *line) bool {
	columns := map[string]int{}
	for _, cell := range l.cells {
		columns[ledger.Fold(cell.Raw)] = cell.Column
	}
	if columns[ledger.Fold(ledger.ReplyKey)] == 0 || columns[ledger.Fold(ledger.ReplyVerdict)] == 0 {
		return false
	}
	r.columns = columns
	return true
}

// filler finds who answers above the header.
func (r *reply) filler(l *line) {
	for _, cell := range l.cells {
		_, after, found := strings.Cut(strings.ReplaceAll(cell.Raw, ":", "："), ledger.ReplyFiller+"：")
		if after = strings.TrimSpace(after); found && after != "" {
			r.who = after
		}
	}
}

var pairKey = regexp.MustCompile(`^([0-9a-f]{12})-([0-9a-f]{12})$`)

// line takes the answer of a line; one without an answer says nothing.
func (r *reply) line(l *line) {
	says := func(heading string) string {
		return strings.TrimSpace(l.at(r.columns[ledger.Fold(heading)]).Raw)
	}
	answer, key := says(ledger.ReplyVerdict), says(ledger.ReplyKey)
	if answer == "" {
		return
	}
	verdict, understood := ledger.VerdictOf(answer)
	pair := pairKey.FindStringSubmatch(key)
	if !understood || pair == nil {
		r.findings = append(r.findings, ledger.Finding{Code: ReplyUnclear, File: r.file, Sheet: r.page.name,
			Cell: sheet.Ref(r.columns[ledger.Fold(ledger.ReplyVerdict)], l.number), Row: l.number, Entity: says(ledger.ReplyNameA),
			Field: ledger.ReplyVerdict, Found: answer})
		return
	}
	r.decisions = append(r.decisions, ledger.Decision{
		A:       ledger.Party{Key: pair[1], Department: says(ledger.ReplyUnitA), Name: says(ledger.ReplyNameA)},
		B:       ledger.Party{Key: pair[2], Department: says(ledger.ReplyUnitB), Name: says(ledger.ReplyNameB)},
		Verdict: verdict, Who: cmp.Or(says(ledger.ReplyWho), r.who), Why: cmp.Or(says(ledger.ReplyWhy), "按"+r.file+"的答复"),
		Source: r.sum,
	})
}

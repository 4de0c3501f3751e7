package importer

import (
	"cmp"
	"regexp"
	"slices"
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
		ledger.Zh("答复看不明白，没有采用", "答复一栏请选“同一”“不同”“甲属于乙”或“乙属于甲”，“键”一栏请勿改动"),
		ledger.En("the answer is not understood and was not taken", "choose 同一, 不同, 甲属于乙 or 乙属于甲, and leave the key as it is"))
	ReplyContradicts = ledger.Declare("F75", ledger.Query, ledger.Accept, ledger.Level0, "constraint-error",
		ledger.Zh("答复与别的判定矛盾，没有采用", "请改变答复；如以前判定得不对，先撤销（huizong decide undo 编号），再汇总一次"),
		ledger.En("the answer contradicts other decisions and was not taken",
			"answer otherwise; where a decision was wrong, take it back first (huizong decide undo N) and run again"))
	ReplyTwice = ledger.Declare("F76", ledger.Query, ledger.Accept, ledger.Level0, "constraint-error",
		ledger.Zh("同一对项目有两种答复，都没有采用", "请商定一种答复，把另一处改过来或拿掉，再汇总一次"),
		ledger.En("one pair has two answers, and neither was taken", "settle on one, change the other or take it away, and run again"))
	ReplyUnknown = ledger.Declare("F77", ledger.Query, ledger.Accept, ledger.Level0, "constraint-error",
		ledger.Zh("答复所指的行本月和上月都没有，没有采用", "请在最近一次汇总的工作簿上答复；“键”一栏请勿改动"),
		ledger.En("the answer is on a row of neither this month nor the one before and was not taken",
			"answer in the workbook of the latest run, and leave the key as it is"))
	ReplyTwoForms = ledger.Declare("F78", ledger.Query, ledger.Accept, ledger.Level0, "constraint-error",
		ledger.Zh("两行不在同一种报表里，不能判定一个属于另一个，没有采用", "请答复“同一”或“不同”；要判定属于的，请用同一种报表里的两行"),
		ledger.En("the rows are of two forms, neither can be a part of the other: the answer was not taken",
			"choose 同一 or 不同; for a part choose two rows of one form"))
)

// A Reply is an answer on a workbook of ours, and where it stands.
type Reply struct {
	ledger.Decision
	Answer            string // as it was given
	File, Sheet, Cell string
	Row               int
	Entity            string // what the line is about, for people
}

// Finding is one at the answer; expected is blank where nobody can know what would be right.
func (r Reply) Finding(code *ledger.Code, expected string) ledger.Finding {
	return ledger.Finding{Code: code, File: r.File, Sheet: r.Sheet, Cell: r.Cell, Row: r.Row, Entity: r.Entity, Field: ledger.ReplyVerdict,
		Found: r.Answer, Expected: expected}
}

// OfAnswer reports whether a finding says why an answer was not taken.
func OfAnswer(code *ledger.Code) bool {
	return slices.Contains([]*ledger.Code{ReplyUnclear, ReplyContradicts, ReplyTwice, ReplyUnknown, ReplyTwoForms}, code)
}

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

// reply reads the answers of a workbook of ours: one for each line that was answered,
// in the order of the sheet. Who answers is said on the line, else above the table
// (填写人：…), else it is the file's name. An answer that is not understood is a finding.
func (o *opened) reply(s *sheet.Sheet, date1904 bool) error {
	a, _, err := o.readAnswered(s, date1904, ledger.ReplyVerdict)
	if err != nil {
		return err
	}
	r := reply{answered: a, file: o.Path, sum: o.SHA256}
	for i := range a.lines {
		r.line(&a.lines[i])
	}
	o.Replies = r.replies
	o.Findings = append([]ledger.Finding{{Code: ReplyTaken, File: o.Path}}, r.findings...)
	return nil
}

// A reply is an annotated sheet while it is read.
type reply struct {
	*answered
	file, sum string // its path and SHA-256
	replies   []Reply
	findings  []ledger.Finding
}

var pairKey = regexp.MustCompile(`^([0-9a-f]{12})-([0-9a-f]{12})$`)

// line takes the answer of a line; one without an answer says nothing.
func (r *reply) line(l *line) {
	says := func(heading string) string { return r.says(l, heading) }
	answer, key := says(ledger.ReplyVerdict), says(ledger.ReplyKey)
	if answer == "" {
		return
	}
	said := Reply{Answer: answer, File: r.file, Sheet: r.page.name, Cell: r.cell(l), Row: l.number,
		Entity: says(ledger.ReplyNameA)}
	pair := pairKey.FindStringSubmatch(key)
	if pair == nil || pair[1] == pair[2] {
		r.findings = append(r.findings, said.Finding(ReplyUnclear, ""))
		return
	}
	decision, understood := ledger.Decision{
		A:   ledger.Party{Key: pair[1], Department: says(ledger.ReplyUnitA), Name: says(ledger.ReplyNameA)},
		B:   ledger.Party{Key: pair[2], Department: says(ledger.ReplyUnitB), Name: says(ledger.ReplyNameB)},
		Who: cmp.Or(says(ledger.ReplyWho), r.who, baseName(r.file)), Why: cmp.Or(says(ledger.ReplyWhy), "按"+r.file+"的答复"), Source: r.sum,
	}.Answered(answer)
	if !understood {
		r.findings = append(r.findings, said.Finding(ReplyUnclear, ""))
		return
	}
	said.Decision = decision
	r.replies = append(r.replies, said)
}

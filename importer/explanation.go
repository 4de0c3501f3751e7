package importer

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"huizong/importer/sheet"
	"huizong/internal/ledger"
)

// Findings of receipts that come back.
var (
	ReceiptTaken = ledger.Declare("F79", ledger.Notice, ledger.Accept, ledger.Level0, "reply",
		ledger.Zh("这是退回来的回单，首页只读取答复，其余各表照常作为报表读取", "无需改动"),
		ledger.En("a receipt that came back: of its first sheet the answers are read, its other sheets are read as returns", "nothing"))
	SaysNothing = ledger.Declare("F80", ledger.Query, ledger.Accept, ledger.Level0, "constraint-error",
		ledger.Zh("答复没有说出理由，没有采用", "只写“已核实”“属实”等不算说明。请写清这个数为什么是这样：发生了什么事，依据哪个文件、合同或凭证"),
		ledger.En("the answer gives no reason and was not taken", "“checked” or “correct” explains nothing: write what happened, or which paper says so"))
	SaysAgain = ledger.Declare("F81", ledger.Query, ledger.Accept, ledger.Level0, "constraint-error",
		ledger.Zh("答复只是重复了问题本身，没有采用", "请写清这个数为什么是这样：发生了什么事，依据哪个文件、合同或凭证"),
		ledger.En("the answer only says again what the finding says and was not taken", "write what happened, or which paper says so"))
	SaidOfMany = ledger.Declare("F82", ledger.Query, ledger.Accept, ledger.Level0, "constraint-error",
		ledger.Zh("同一句话答复了多个问题，没有采用", "请逐条说明。确是同一个原因的，只能用于同一种问题，并写明原因和依据，不少于12个字"),
		ledger.En("one sentence answers many findings and was not taken",
			"explain each; one cause may be given for several findings of one kind, if it is told with its grounds in 12 characters or more"))
	NotEnough = ledger.Declare("F83", ledger.Query, ledger.Accept, ledger.Level0, "constraint-error",
		ledger.Zh("答复已记下，但这个问题不能只作说明", "强制性问题请改正后重报；暂缓的项、退回的行还没有采用，请按“怎么改”一栏改正后重报，数确实无误的请与发改局核对"),
		ledger.En("the answer was recorded, but words do not settle the finding",
			"correct what must be corrected; what is held back or sent back is not taken yet: correct it, or ask the office where it is right"))
	NoSuchQuestion = ledger.Declare("F84", ledger.Notice, ledger.Accept, ledger.Level0, "reply",
		ledger.Zh("答复的问题本月已经没有了，没有采用", "已经改正的，无需处理；数又改过的，请在最新的回单上答复；别的月份的回单，请放进那个月的收件文件夹"),
		ledger.En("the answer is to a finding that the month does not have and was not taken",
			"nothing, if it was corrected; if the value changed again, answer on the latest receipt; a receipt of another month goes with that month"))
	AnswerUnclear = ledger.Declare("F85", ledger.Query, ledger.Accept, ledger.Level0, "constraint-error",
		ledger.Zh("看不出答复的是哪个问题，没有采用", "请在收到的回单上答复，隐藏的“键”一栏请勿改动"),
		ledger.En("it is not clear which finding is answered: the answer was not taken", "answer on the receipt as it was sent, and leave the hidden key as it is"))
)

// An Explanation is an answer on a receipt, and where it stands. Of the finding it has the digest alone; who gave it
// may be blank.
type Explanation struct {
	ledger.Explanation
	File, Sheet, Cell string
	Row               int
}

// Finding is one at the answer. About is the finding that was answered; zero where it is not known.
func (e Explanation) Finding(code *ledger.Code, about ledger.Finding) ledger.Finding {
	return ledger.Finding{Code: code, File: e.File, Sheet: e.Sheet, Cell: e.Cell, Row: e.Row, Department: about.Department, Form: about.Form,
		Entity: about.Entity, Field: about.Field, Found: e.Text}
}

// OfExplanation reports whether a finding says why an explanation was not taken, or is not enough.
func OfExplanation(code *ledger.Code) bool {
	return slices.Contains([]*ledger.Code{SaysNothing, SaysAgain, SaidOfMany, NotEnough, NoSuchQuestion, AnswerUnclear}, code)
}

var digest = regexp.MustCompile(`^[0-9a-f]{12}$`)

// receipt reads the answers of a receipt that came back and gives the sheets that are the sender's own; of a file that is
// no receipt all are. A receipt of a receipt has several first sheets, the latest in front, and copies of it are called
// 汇总回单 (2) and the like: of several answers to one finding the first counts.
func (o *opened) receipt(book *sheet.Book) (own []*sheet.Sheet, err error) {
	for _, s := range book.Sheets() {
		if !strings.HasPrefix(strings.TrimSpace(s.Name), ledger.ReceiptSheet) {
			own = append(own, s)
			continue
		}
		a, ok, err := o.readAnswered(s, book.Date1904, ledger.ReceiptAnswer)
		switch {
		case err != nil:
			return nil, err
		case !ok && !isFront(a.page): // the sender's, of the same name
			own = append(own, s)
			continue
		}
		o.Fronts = append(o.Fronts, s.Name)
		if unit, known := o.County.Unit(givenTo(a.page)); known && o.receiptOf == "" {
			o.receiptOf, o.ReceiptOf = unit.Name, unit.Name
		}
		if o.answers == nil {
			o.answers = []ledger.Finding{{Code: ReceiptTaken, File: o.Path}}
		}
		for i := range a.lines {
			o.explanation(a, &a.lines[i])
		}
	}
	return own, nil
}

// isFront reports whether a page bears the number of a receipt, which one without findings has, too.
func isFront(p *page) bool {
	return slices.ContainsFunc(p.lines, func(l line) bool {
		return slices.ContainsFunc(l.cells, func(c sheet.Cell) bool { return strings.Contains(c.Raw, ledger.ReceiptNumber+"：") })
	})
}

var senderOfReceipt = regexp.MustCompile(ledger.ReceiptSender + `：(\S+)`)

// givenTo is the unit that a receipt says it is given to; blank where it says nothing.
func givenTo(p *page) string {
	for _, l := range p.lines {
		for _, c := range l.cells {
			if said := senderOfReceipt.FindStringSubmatch(c.Raw); said != nil && strings.Contains(c.Raw, ledger.ReceiptNumber+"：") {
				return said[1]
			}
		}
	}
	return ""
}

// explanation takes the answer of a line; one without an answer says nothing.
func (o *opened) explanation(a *answered, l *line) {
	text, key := a.says(l, ledger.ReceiptAnswer), a.says(l, ledger.ReceiptKey)
	if text == "" || slices.ContainsFunc(o.Explanations, func(e Explanation) bool { return e.Digest == key }) {
		return
	}
	e := Explanation{File: o.Path, Sheet: a.page.name, Cell: a.cell(l), Row: l.number,
		Explanation: ledger.Explanation{Digest: key, Text: text, Who: a.who, Given: o.given(), Source: o.SHA256}}
	if !digest.MatchString(key) {
		o.answers = append(o.answers, e.Finding(AnswerUnclear, ledger.Finding{}))
		return
	}
	o.Explanations = append(o.Explanations, e)
}

// given is the day on which a receipt came back, as far as it is known, and then the time of it, or when it was saved.
func (o *opened) given() string {
	day, at := dayInChina(o.modified), o.modified
	if came, ok := o.received(); ok {
		day, at = came.Day, cmp.Or(came.Time, at)
	}
	return strings.TrimSpace(day.String() + " " + at)
}

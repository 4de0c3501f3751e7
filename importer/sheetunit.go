package importer

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"huizong/importer/sheet"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A sheetUnit is what a sheet says of the units of its figures, outside its headings.
type sheetUnit struct {
	wording
	ref string // the cell that says so last; blank where it is the sheet's name
}

var (
	// unitLabel ends where a unit may stand: 单位：, 金额单位为, 单位（.
	unitLabel = regexp.MustCompile(`(?i)(?:单位|unit)(?:均|统一|一律)?(?:[为是:∶=_(-]|以)*`)
	// inUnits is 以亿元为单位, 按万元填报.
	inUnits = regexp.MustCompile(`[以按用]([^以按用,。;]{1,8}?)(?:为(?:计量)?单位|计算|计价|计|填报|填写|统计)`)
	// amountIn is 金额：亿元, 投资额均为亿元.
	amountIn = regexp.MustCompile(`(?:投资额?|金额|资金)(?:均|统一|一律)?[:∶为是]([^:∶,。;]{1,8})(?:$|[,。;])`)
)

// offices are what 单位 is behind: an office, not a unit of figures.
var offices = []string{"填报", "填表", "报送", "编报", "编制", "上报", "责任", "牵头", "建设", "项目", "主管", "实施", "主办", "协办", "法人", "统计", "业主", "提出"}

// Bounds on the texts that are searched for a unit, so that no table costs more than it is worth:
// bytes of all above or below it.
const (
	mostNotes = 100_000
	mostSaid  = 50 // places in a text
)

// unitsAbove reads the units that the lines of a title state, wherever they stand in them.
func (p *page) unitsAbove(from, to int) (u sheetUnit) {
	left := mostNotes
	for i := from; i < to; i++ {
		l := &p.lines[i]
		for n, cell := range l.cells {
			text := p.noteOf(cell, &left)
			if text == "" {
				continue
			}
			if n+1 < len(l.cells) && len(l.cells[n+1].Raw) <= longestNote && strings.HasSuffix(strings.TrimRight(text, ":∶"), "单位") {
				text += ":" + ledger.Fold(l.cells[n+1].Raw)
			}
			w := unitsSaid(text)
			if !note.MatchString(text) {
				for _, inner := range bracketed.FindAllStringSubmatch(text, mostSaid) {
					w.join(unitsIn(listed(inner[1])))
				}
			}
			u.hear(w, sheet.Ref(cell.Column, l.number))
		}
	}
	return u
}

// unitsBelow reads the units that notes state among the rows and below them.
func (p *page) unitsBelow(from, to int) (u sheetUnit) {
	const mostCells = 3 // of a note
	left := mostNotes
	for i := from; i < to; i++ {
		l := &p.lines[i]
		if len(l.cells) > mostCells || l.cells[0].Kind != sheet.Text {
			continue
		}
		for _, cell := range l.cells {
			if text := p.noteOf(cell, &left); text != "" {
				u.hear(unitsSaid(text), sheet.Ref(cell.Column, l.number))
			}
		}
	}
	return u
}

// noteOf is a text that may speak of a unit, folded; blank for others, and once no bytes are left.
func (p *page) noteOf(cell sheet.Cell, left *int) string {
	if cell.Kind != sheet.Text || len(cell.Raw) > min(longestNote, *left) {
		return ""
	}
	text := anyBracket.Replace(ledger.Fold(cell.Raw))
	if !strings.Contains(text, "单位") && !strings.ContainsAny(text, "元圆亿億币") && !strings.Contains(strings.ToLower(text), "unit") {
		return ""
	}
	*left -= len(cell.Raw)
	if !p.search.takes(len(cell.Raw)) {
		return ""
	}
	return text
}

// unitsInName reads the unit in a sheet's name: 储备（亿元）.
func unitsInName(name string) (u sheetUnit) {
	_, w := unitOfHeading(ledger.Fold(name))
	w.alien, w.alienArea = "", ""
	u.hear(w, "")
	return u
}

// unitsSaid finds what a folded text says of units: behind 单位：, as 以亿元为单位, as 金额：亿元,
// or as nothing but a unit.
func unitsSaid(text string) wording {
	var w wording
	for _, at := range unitLabel.FindAllStringIndex(text, mostSaid) {
		w.join(labelledUnits(text[:at[0]], text[at[0]:at[1]], text[at[1]:]))
	}
	for _, m := range inUnits.FindAllStringSubmatch(text, mostSaid) {
		if found := unitsIn(m[1]); found.alien == "" && found.alienArea == "" {
			w.join(found)
		}
	}
	for _, m := range amountIn.FindAllStringSubmatch(text, mostSaid) {
		w.join(unitsIn(m[1]))
	}
	if m, ok := unitCalled(strings.Trim(text, "():")); ok && m.kind == money {
		w.add(m)
	}
	return w
}

// labelledUnits are the units behind a label 单位, which may be one of an office instead. Without
// a colon it is a label where a whole unit follows.
func labelledUnits(before, label, stated string) wording {
	if slices.ContainsFunc(offices, func(office string) bool { return strings.HasSuffix(before, office) }) {
		return wording{}
	}
	stated = strings.TrimLeft(stated[:min(len(stated), longestWording)], "(")
	if end := strings.IndexAny(stated, ")。;"); end >= 0 {
		stated = stated[:end]
	}
	if next := labelled.FindStringIndex(stated); next != nil {
		stated = stated[:next[0]]
	}
	if head, _ := leadingMoney(stated); label == "单位" && before != "" && head.kind == noKind {
		return wording{}
	}
	found := unitsIn(listed(stated))
	if found.silent() && measured(before) && strings.ContainsAny(label, ":∶") {
		found.alien = withoutCurrency(stated)
	}
	return found
}

// listed parts 万元/亩, which above a table are two units, one of money and one of land.
func listed(stated string) string {
	if strings.HasPrefix(stated, "元/") {
		return stated
	}
	return strings.ReplaceAll(stated, "/", "、")
}

// measured reports that what stands before 单位 is about money: 金额单位, 货币单位.
func measured(before string) bool {
	return strings.HasSuffix(before, "金额") || strings.HasSuffix(before, "货币") || strings.HasSuffix(before, "投资")
}

// hear takes note of what a cell says.
func (u *sheetUnit) hear(w wording, ref string) {
	if w.silent() {
		return
	}
	u.join(w)
	if ref != "" {
		u.ref = ref
	}
}

// with is the unit of a sheet with what another place in it says.
func (u sheetUnit) with(other sheetUnit) sheetUnit {
	u.hear(other.wording, other.ref)
	return u
}

// unitOf is the unit that the sheet gives to the columns of a kind; none where it says nothing,
// an unclear one where it says two things.
func (u sheetUnit) unitOf(kind unitKind) unit {
	switch {
	case u.twoOf == kind:
		return unclearUnit
	case kind == money:
		return u.money
	}
	return u.area
}

// settleUnits settles amounts of which nobody says the unit: they are taken back, with one finding
// for all of them; or they follow the headings of money that name one, where all say 万元.
func (r *reader) settleUnits() {
	var names, cells []string
	first := ""
	for i, c := range r.head.form.Columns {
		bare, told := r.bare[i], r.head.bound[i].unit.kind == twoKinds // by its heading
		switch {
		case bare.Cell == (ledger.Cell{}):
			continue
		case !told:
			first = cmp.Or(first, bare.Cell.String())
			names, cells = append(names, c.Name), append(cells, bare.Cell.String()+" "+tidy(bare.Raw))
		}
		if told || !r.follows {
			r.takeBack(c)
		}
	}
	f := ledger.Finding{Code: UnitMissing, Cell: first, Field: strings.Join(names, ledger.Between), Found: strings.Join(cells, "、")}
	switch {
	case names == nil || r.sheet.alien != "":
		return
	case r.follows:
		f.Code = UnitFollows
	case r.sheet.two != "":
		f.Code, f.Cell, f.Found = UnitsDisagree, cmp.Or(r.sheet.ref, first), r.sheet.two
	}
	r.findings = append(r.findings, f)
}

// takeBack blanks the figures of a column that are bare.
func (r *reader) takeBack(c *form.Column) {
	r.sums.unread[c.Index] = true
	for i := range r.records {
		field := c.Field(&r.records[i])
		if field.Value.Known && field.Value.N != 0 && field.Unit == "" {
			field.Value, field.Did = ledger.Value{}, ""
			r.records[i].Set(c.Index, field)
		}
	}
}

// follow reports that the headings of money which name a unit all say 万元.
func (h *header) follow() bool {
	marked := false
	for i, b := range h.bound {
		if b.at == 0 || h.form.Columns[i].Type != form.AmountType || b.unit.kind == noKind {
			continue
		}
		if b.unit != tenThousandYuan {
			return false
		}
		marked = true
	}
	return marked
}

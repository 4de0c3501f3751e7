package importer

import (
	"slices"
	"strings"

	"huizong/importer/sheet"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// Findings of templates that come back.
var (
	StampApart = declare("F90", ledger.Query, ledger.AcceptExplained, "incorrect-label",
		ledger.Zh("表里写的单位或月份与这份模板的不同，按模板读取", "请用本单位本月的模板；确是别的单位或月份的，请换用那一份模板重报"),
		ledger.En("the sheet says another unit or month than the template that it is; the template's count",
			"use your own template of the month; for another unit or month send that one's"))
	KeyTwice = declare("F91", ledger.Notice, ledger.Accept, "primary-key",
		ledger.Zh("几行是从模板的同一行复制来的，不再按模板认定是上月哪一行，改按代码和名称核对", "无需改动；新项目请填在表下的空行里"),
		ledger.En("rows are copies of one row of the template, which no longer tells what they go on from: code and name do",
			"nothing; put new projects into the blank rows"))
	TemplateOther = declare("F92", ledger.Notice, ledger.Accept, "incorrect-label",
		ledger.Zh("模板生成以后，这种报表的栏目或审核规则有了变化，按表头照常读取", "无需改动；下月请用新的模板"),
		ledger.En("columns or rules of the form have changed since the template was made; it was read by its header", "nothing; use a new template next month"))
	TemplateChanged = declare("C42", ledger.Query, ledger.AcceptExplained, "format-error",
		ledger.Zh("这份模板像是用别的软件转存过（如存成 CSV、网页），或者整行粘贴过，有的内容可能没有保住", "请对照原来的数核对，没有少的，说明一下即可；或用原来的 .xlsx 模板重报"),
		ledger.En("it seems that another program saved the template anew (as CSV or a web page, say), or that whole rows were pasted: not all may be kept",
			"check what is named against what you had, and say so if nothing is missing; or send the .xlsx that you were given"))
	StampForeign = declare("F93", ledger.Query, ledger.Accept, "foreign-key",
		ledger.Zh("这份模板不是本县单位的，只按表名和表头读取", "请用本县发给本单位的模板"),
		ledger.En("the template is not of a unit of this county; it was read by title and header alone", "use the template that the county gave to your unit"))
)

// stamped reads the stamp of a template, and gives the sheets that may be returns: all of them if the
// workbook has none. A stamp of another county, or of a unit that is not on the list, says nothing.
func (o *opened) stamped(sheets []*sheet.Sheet) ([]*sheet.Sheet, error) {
	at := slices.IndexFunc(sheets, func(s *sheet.Sheet) bool { return s.Name == ledger.TemplateStamp })
	if at < 0 {
		return sheets, nil
	}
	p, err := o.readPage(sheets[at], false)
	if err != nil {
		return nil, err
	}
	var lines []ledger.StampLine
	for i := range p.lines {
		lines = append(lines, ledger.StampLine{p.lines[i].at(1).Raw, p.lines[i].at(2).Raw})
	}
	stamp, ok := ledger.ParseStamp(lines)
	if !ok {
		return sheets, nil
	}
	o.stamp = &stamp
	return slices.DeleteFunc(slices.Clone(sheets), func(s *sheet.Sheet) bool { return ledger.TemplateSheet(s.Name) }), nil
}

// ours reports whether the workbook is a template of a unit of the county.
func (o *opened) ours() bool {
	if o.stamp == nil {
		return false
	}
	unit, known := o.County.Unit(o.stamp.Department)
	return o.stamp.Region == o.County.Region && known && unit.Name == o.stamp.Department
}

// asReturn takes away from a sheet of a template, in whatever workbook it stands, what is no part of the return: the columns beside those of the form,
// and the words by which a tick is asked for. What they say of the rows and of the whole is kept. A row that has
// nothing else holds no value. LibreOffice makes a web page without the hidden columns, of which the marks are one: there the words tell.
func (p *page) asReturn() {
	defer func() { p.lines = slices.DeleteFunc(p.lines, func(l line) bool { return len(l.cells) == 0 }) }()
	asked := false
	for i := range p.lines {
		asides := asidesOf(&p.lines[i])
		key, marked := asides[ledger.TemplateKey]
		if marked || asked && len(asides) > 0 {
			p.head, p.marks = p.lines[i].number, map[int]ledger.RowMark{}
			p.setAside(i, asides, key)
			return
		}
		asked = p.tick(&p.lines[i]) || asked
	}
}

// asidesOf are the columns that a header of a template has beside those of the form, by heading.
func asidesOf(l *line) map[string][]int {
	asides := map[string][]int{}
	for _, cell := range l.cells {
		if heading := strings.TrimSpace(cell.Raw); ledger.IsAside(heading) {
			asides[heading] = append(asides[heading], cell.Column)
		}
	}
	return asides
}

// setAside takes away the columns beside those of the form from the header on, and keeps what the one of
// marks says, where there is one.
func (p *page) setAside(header int, asides map[string][]int, marks []int) {
	aside := map[int]bool{}
	for _, columns := range asides {
		for _, column := range columns {
			aside[column] = true
		}
	}
	for i := range p.lines[header:] {
		l := &p.lines[header+i]
		if i > 0 && len(marks) > 0 && holds(l.at(marks[0])) {
			p.marks[l.number] = ledger.ParseRowMark(l.at(marks[0]).Raw)
		}
		l.cells = slices.DeleteFunc(l.cells, func(cell sheet.Cell) bool { return aside[cell.Column] })
	}
}

// tick reads whether the cell beside the words that ask for a tick is ticked, and takes the words away. It reports whether
// they are there.
func (p *page) tick(l *line) bool {
	at := slices.IndexFunc(l.cells, func(cell sheet.Cell) bool {
		text := strings.TrimSpace(cell.Raw)
		return text == ledger.TickUnchanged || text == ledger.TickNothing
	})
	if at < 0 {
		return false
	}
	if at+1 < len(l.cells) {
		p.ticked = flagWords[strings.ToLower(ledger.Fold(l.cells[at+1].Raw))] == 1
	}
	l.cells = slices.Delete(l.cells, at, at+1)
	return true
}

// untouched reports whether the rows are those of the template, as it gave them out.
func (r *reader) untouched() bool {
	return !slices.ContainsFunc(r.records, func(record ledger.Record) bool {
		return r.page.marks[record.Row].Digest != r.head.form.Digest(&record)
	})
}

// lost is what the sheet of a template does not hold any more, in words: it was given out with merged cells, and with words formatted as text.
func (r *reader) lost() string {
	formatted := slices.ContainsFunc(r.page.lines, func(l line) bool {
		return slices.ContainsFunc(l.cells, func(cell sheet.Cell) bool { return cell.Format == "@" })
	})
	var lost []string
	if len(r.page.merges) == 0 {
		lost = append(lost, "合并的单元格")
	}
	if !formatted {
		lost = append(lost, "单元格格式（小数可能只剩显示出来的几位，编号首尾的0可能没有了）")
	}
	return strings.Join(lost, "、")
}

// leaveOut takes the rows for none: what they say is what was given out.
func (r *reader) leaveOut() {
	r.subtotal += len(r.records)
	r.records = nil
	r.findings = slices.DeleteFunc(r.findings, func(f ledger.Finding) bool { return f.Row != 0 })
}

// senderOf finds whom and which month a table of a page is of: what its template says, where it is one.
func (o *opened) senderOf(p *page, t title, owners []string) sender {
	s := o.sender(t, p.name, o.Path, owners)
	if p.head == 0 || !o.ours() {
		return s
	}
	says := o.sender(t, "", "", nil)
	stamped := sender{department: o.stamp.Department, period: o.stamp.Period}
	if says.department != "" && says.department != stamped.department {
		stamped.apart = says.department
	}
	if !says.period.IsZero() && !says.assumed && says.period != stamped.period {
		stamped.apart += says.period.Chinese()
	}
	return stamped
}

// versionOf tells of a template of another county, and of one of another version of its form.
func (o *opened) versionOf(r *ledger.Return, f *form.Form) {
	switch {
	case o.stamp == nil:
	case !o.ours():
		o.about(r, StampForeign, "", o.stamp.Department, "")
	case o.stamp.Versions[f.ID] != f.Version():
		o.about(r, TemplateOther, "", "", "")
	}
}

// keys takes from rows that were copied the row that they go on from: only one of them can, and nobody
// knows which. Nor do rows of a stranger's template go on from any.
func (o *opened) keys(r *ledger.Return) {
	bearers := map[string][]*ledger.Record{}
	var order []string
	for i := range r.Records {
		record := &r.Records[i]
		if o.stamp != nil && !o.ours() {
			record.Key = ""
		}
		if record.Key == "" || record.Repeated {
			continue
		}
		if bearers[record.Key] == nil {
			order = append(order, record.Key)
		}
		bearers[record.Key] = append(bearers[record.Key], record)
	}
	for _, key := range order {
		if rows := bearers[key]; len(rows) > 1 {
			r.Findings = append(r.Findings, keyTwice(r, rows))
		}
	}
}

// keyTwice takes the key from rows that share it, and tells of them at the second.
func keyTwice(r *ledger.Return, rows []*ledger.Record) ledger.Finding {
	f := form.ByID(r.Form)
	var names []string
	for _, record := range rows {
		names = append(names, f.Name(record))
		record.Key = ""
	}
	field := f.Entity.Field(rows[1])
	return ledger.Finding{Code: KeyTwice, File: r.File, Sheet: r.SheetOf(field), Row: rows[1].Row, Cell: field.Cell.String(), Period: r.Period,
		Department: r.Department, Form: r.Form, Entity: f.Name(rows[1]), Field: f.Entity.Name, Found: strings.Join(names, "、")}
}

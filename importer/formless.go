package importer

import (
	"cmp"
	"slices"
	"strings"

	"huizong/importer/sheet"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// formless deals with a sheet without a header: 零报告 needs none; a title without one is
// an error of the return; anything else is no return, our own words about returns among it.
func (o *opened) formless(p *page) {
	end := min(len(p.lines), longestTitle)
	title := readTitle(p, 0, end)
	named := o.formIn(title.rest)
	switch {
	case named != nil && !p.concealed && !p.aboutReturns():
		r := o.begin(p, named, title, title, nil)
		if r.Nil = title.none || title.same; !r.Nil {
			o.about(r, HeaderMissing, title.first, "", "")
		}
		r.Unchanged = title.same
		o.end(p, r, table{to: len(p.lines)}, nil)
	case p.concealed:
		o.Findings = append(o.Findings, o.formlessAt(p, SheetHidden))
	case p.aboutReturns():
		at := sheet.Ref(p.lines[0].cells[0].Column, p.lines[0].number)
		o.Findings = append(o.Findings, ledger.Finding{Code: SheetUnknown, File: o.Path, Sheet: p.name, Cell: at})
	default:
		o.Findings = append(o.Findings, o.formlessAt(p, SheetUnknown))
	}
}

// aboutReturns reports a guide or a receipt of ours that has become a file of its own, by its first line.
func (p *page) aboutReturns() bool {
	first := strings.TrimSpace(p.lines[0].cells[0].Raw)
	return strings.HasSuffix(first, ledger.GuideTitle) || strings.HasSuffix(first, ledger.ReceiptTitle)
}

// formlessAt is the finding that a sheet is none of the forms: at its likeliest header, with
// what the nearest forms have and it has not.
func (o *opened) formlessAt(p *page, code *ledger.Code) ledger.Finding {
	at, forms := o.nearestForms(p)
	l := &p.lines[at]
	return ledger.Finding{Code: code, File: o.Path, Sheet: p.name, Cell: sheet.Ref(l.cells[0].Column, l.number), Expected: strings.Join(forms, "，或")}
}

// noForm is the finding of a file of which no sheet is a form, at the first that is not hidden.
func (o *opened) noForm() ledger.Finding {
	first := ledger.Finding{File: o.Path}
	for _, code := range []*ledger.Code{SheetHidden, SheetUnknown} {
		if i := slices.IndexFunc(o.Findings, func(f ledger.Finding) bool { return f.Code == code }); i >= 0 {
			first = o.Findings[i]
		}
	}
	first.Code = NoForm
	return first
}

// nearestForms finds the line of a sheet that is most like a header, and the two forms that it
// is most like, each with the required columns that it lacks; none where no line is.
func (c Config) nearestForms(p *page) (at int, forms []string) {
	const (
		furthest = 15 // lines that are looked at
		fewest   = 3  // cells of a header
		named    = 2  // forms, and columns of each that are missing
	)
	type near struct {
		header *header
		line   int
	}
	var best []near // by form
	for _, f := range c.Forms {
		most := near{header: &header{form: f}}
		for i := range p.lines[:min(len(p.lines), furthest)] {
			if l := &p.lines[i]; len(l.cells) >= fewest && p.search.takes(headingSteps*min(len(l.cells), widest)) {
				if h := dictionaryOf(f).read(p.headings(l.number, l.number), ledger.Period{}); h.matched > most.header.matched {
					most = near{h, i}
				}
			}
		}
		if most.header.matched > 0 {
			best = append(best, most)
		}
	}
	slices.SortStableFunc(best, func(a, b near) int { return cmp.Compare(b.header.matched, a.header.matched) })
	for i, n := range best[:min(len(best), named)] {
		if i == 0 {
			at = n.line
		}
		forms = append(forms, "《"+n.header.form.Title+"》（还缺"+strings.Join(n.header.lacking(named), "、")+"等列）")
	}
	return at, forms
}

// lacking are the first required columns of the form that the header has not.
func (h *header) lacking(most int) []string {
	var names []string
	for _, c := range h.form.Columns {
		if c.Need == form.Required && h.bound[c.Index].at == 0 && len(names) < most {
			names = append(names, c.Name)
		}
	}
	return names
}

package consistency

import (
	"iter"
	"regexp"
	"strings"
)

var (
	impossible = regexp.MustCompile(`(?:^|[^\d.,])-0(?:\.0+)?(?:%|[^\d.,]|$)|#{3,}|#(?:REF|DIV/0|VALUE|NAME|N/A|NUM|NULL)`)
	quoted     = regexp.MustCompile(`“[^”]*”`)
	percent    = regexp.MustCompile(`(\d+(?:\.\d+)?)%`)
	above100   = regexp.MustCompile(`(?:超过|大于|高于)100%|最多得满分`)
	aboveTotal = regexp.MustCompile(`年度计划大于总投资的项目有\d+个`)
	missing    = regexp.MustCompile(`([^；，。]+?)待核，暂缺`)
)

// all are the texts and cells of a sheet.
func (s *Sheet) all() iter.Seq2[string, Place] {
	return func(yield func(string, Place) bool) {
		for _, t := range s.Texts {
			if !yield(t.Words, t.At) {
				return
			}
		}
		for _, t := range s.Tables {
			for _, line := range t.rows {
				for col, words := range line.cells {
					if !yield(words, line.at[col]) {
						return
					}
				}
			}
		}
	}
}

// cells finds what no cell may show.
func (r *Report) cells(s *Sheet) {
	for words, at := range s.all() {
		if impossible.MatchString(quoted.ReplaceAllString(words, "")) {
			r.find("不该出现的数", "%v：%s", at, words)
		}
	}
}

// shares finds shares above all there is, of which the sheet says nothing.
func (r *Report) shares(s *Sheet) {
	for _, t := range s.Tables {
		r.rates(t)
	}
	if s.matches(above100) || subjectOf(s.Title) == "质量" { // its faults are quoted there
		return
	}
	for words, at := range s.all() {
		for _, m := range percent.FindAllStringSubmatch(quoted.ReplaceAllString(words, ""), -1) {
			if n, is := parseNumber(m[1]); is && n.value > 100 && !strings.Contains(words, "增长") {
				r.find("比率超过100%而没有说明", "%v：%s", at, words)
			}
		}
	}
}

// matches reports whether the sheet says a thing anywhere.
func (s *Sheet) matches(what *regexp.Regexp) bool {
	for words := range s.all() {
		if what.MatchString(words) {
			return true
		}
	}
	return false
}

// held finds rows that show what they call missing, and plans above what they are part of.
func (r *Report) held(s *Sheet) {
	for _, t := range s.Tables {
		for _, line := range t.rows {
			for _, m := range missing.FindAllStringSubmatch(t.cell(line, "说明", "备注"), -1) {
				r.shownMissing(t, line, m[1])
			}
			plan, hasPlan := parseNumber(line.cells[t.at("年度计划")])
			total, hasTotal := parseNumber(line.cells[t.at("总投资")])
			if hasPlan && hasTotal && plan.value > total.value && !t.total(line) && !strings.Contains(t.cell(line, "说明"), "年度计划大于总投资") &&
				!(t.at("说明") == 0 && s.matches(aboveTotal)) {
				r.find("年度计划大于总投资而没有说明", "%v %s：%s大于%s", line.at[t.at("年度计划")], t.cell(line, "项目名称"),
					line.cells[t.at("年度计划")], line.cells[t.at("总投资")])
			}
		}
	}
}

func (r *Report) shownMissing(t *Table, line row, name string) {
	_, want := translate("", name)
	for _, h := range t.headings {
		_, measure := translate("", h.path())
		if shown := line.cells[h.col]; shown != "" && !strings.HasPrefix(shown, "未") && (measure == want || name == "值" && measure == "指标值") {
			r.find("写明暂缺而有数", "%v：%s，说明为%s待核，暂缺", line.at[h.col], shown, name)
		}
	}
}

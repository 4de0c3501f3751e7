package ledger

import "strings"

// Sheets of a template (报表模板) that are no returns, by name. The stamp and the lists are hidden.
const (
	TemplateGuide = "填报说明"
	TemplateLists = "可选项"
	TemplateStamp = "模板信息"
)

// What the first lines of the guide of a template and of a receipt end with: sheets that name forms and are none.
const (
	GuideTitle   = "报表填报说明"
	ReceiptTitle = "报表回单"
)

// TemplateSheet reports whether a sheet of a template is no return.
func TemplateSheet(name string) bool {
	return name == TemplateGuide || name == TemplateLists || name == TemplateStamp
}

// What a template asks above a header to be ticked instead of filling it in, in the cell to the right:
// that all stands as it stood, and that there is nothing to report.
const (
	TickUnchanged = "如本月无变化，在右边格选√，不用填下表："
	TickNothing   = "如本月没有要报的（零报告），在右边格选√，不用填下表："
)

// Aside is the heading of a column of a template that is no column of the return: 〔上月〕.
func Aside(heading string) string { return "〔" + heading + "〕" }

// IsAside reports whether a heading is one that Aside made.
func IsAside(heading string) bool {
	return strings.HasPrefix(heading, "〔") && strings.HasSuffix(heading, "〕")
}

// TemplateKey is the hidden column by which a row of a template is known again, whatever becomes of its name.
var TemplateKey = Aside("行标识")

// A RowMark is what a template says of a row of its own. Key is the row of the month before that it goes
// on from, blank where there is none; Digest tells the row as it was given out from one that was changed.
type RowMark struct{ Key, Digest string }

// String is the mark as it stands in a cell.
func (m RowMark) String() string { return m.Key + "." + m.Digest }

// ParseRowMark reads a mark; what is none is the zero one.
func ParseRowMark(text string) RowMark {
	key, digest, _ := strings.Cut(strings.TrimSpace(text), ".")
	return RowMark{key, digest}
}

// A Stamp is what a template says of itself on a hidden sheet: whose it is, of which month, and of which
// version each form is, by its ID.
type Stamp struct {
	Region     string
	Period     Period
	Department string
	Versions   map[string]string
}

// The names of the lines of a stamp; those of the forms have their IDs.
const (
	stampRegion     = "行政区划代码"
	stampPeriod     = "报告期"
	stampDepartment = "填报单位"
)

// A StampLine is a line of a stamp: two cells.
type StampLine [2]string

// Lines are the stamp as it stands on its sheet, the forms in the order of their IDs given.
func (s Stamp) Lines(forms []string) []StampLine {
	lines := []StampLine{{stampRegion, s.Region}, {stampPeriod, s.Period.String()}, {stampDepartment, s.Department}}
	for _, id := range forms {
		lines = append(lines, StampLine{id, s.Versions[id]})
	}
	return lines
}

// ParseStamp reads the lines of a stamp; false if they are none.
func ParseStamp(lines []StampLine) (s Stamp, ok bool) {
	s.Versions = map[string]string{}
	for _, line := range lines {
		switch name, value := strings.TrimSpace(line[0]), strings.TrimSpace(line[1]); name {
		case stampRegion:
			s.Region = value
		case stampPeriod:
			s.Period, _ = ParsePeriod(value) // the zero one is none
		case stampDepartment:
			s.Department = value
		default:
			s.Versions[name] = value
		}
	}
	return s, s.Region != "" && !s.Period.IsZero() && s.Department != ""
}

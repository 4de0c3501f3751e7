package importer

import (
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A sender is whom and which month a return was found to be of, and how.
type sender struct {
	department string
	unlisted   bool   // the unit that the title states is not on the list
	unclear    string // what names an office that may be one of the list; then there is no department
	rival      string // the unit that the file's name has instead, or its sheet's, where no row bears out the department

	period  ledger.Period
	year    bool   // all that is named is the year, which is not the run's
	from    string // what names the month, where the title does not: 工作表名, 文件名
	assumed bool   // the period is that of the run
	apart   string // what the sheet says of itself otherwise than the stamp of its template, which counts
}

// sender looks for the department in the title, then in the names of file and sheet, then in the
// folders from the innermost; for the period in the title, then in the names of sheet and file. The
// period else is the run's. owners are the units that the rows are of.
func (c Config) sender(t title, sheetName, file string, owners []string) sender {
	var s sender
	s.attribute(c, t, sheetName, file, owners)
	s.date(c, t, sheetName, file)
	return s
}

// baseOf is the name of a file without its folders and its ending.
func baseOf(file string) string { return strings.TrimSuffix(path.Base(file), path.Ext(file)) }

// attribute finds the department. What stands in the brackets of a title, 储备项目表（五堵镇）, and the
// name of a sheet may be but a part of what the file's unit sends: between these two the rows decide.
func (s *sender) attribute(c Config, t title, sheetName, file string, owners []string) {
	byTitle := s.stated(c, t)
	titles := strings.Join(t.sayings(), cellEnd)
	if byTitle == "" && s.unclear == "" {
		byTitle, s.unclear = c.officeBeside(outsideBrackets(titles))
	}
	byFile, unclear := c.officeBeside(baseOf(file))
	part, _ := c.officeBeside(titles)
	if part == "" {
		part, _ = c.officeBeside(sheetName)
	}
	switch {
	case s.unclear != "":
	case byTitle != "":
		s.department = byTitle
		if byFile != byTitle && !slices.Contains(owners, byTitle) {
			s.rival = byFile
		}
	case unclear != "":
		s.unclear = unclear
	case byFile != "":
		s.department = byFile
		if part != "" && part != byFile && len(owners) > 0 && !slices.Contains(owners, byFile) {
			s.department, s.rival = part, byFile
			if slices.Contains(owners, part) {
				s.rival = ""
			}
		}
	case part != "":
		s.department = part
	default:
		s.department = cmp.Or(c.officeOfFolder(path.Dir(file)), c.receiptOf)
	}
}

// SenderOf is the department that a delivery is answered to: the one that all its returns are of, else the one that the
// names of the file and its folders say, else that of its first return; blank where nothing says.
func (c Config) SenderOf(d *Delivery) string {
	var departments []string
	for _, r := range d.Returns {
		if r.Department != "" && !slices.Contains(departments, r.Department) {
			departments = append(departments, r.Department)
		}
	}
	if len(departments) == 1 {
		return departments[0]
	}
	byFile, _ := c.officeBeside(baseOf(d.Path))
	if byFile == "" {
		byFile = c.officeOfFolder(path.Dir(d.Path))
	}
	if byFile == "" && len(departments) > 0 {
		byFile = departments[0]
	}
	return byFile
}

func (c Config) officeOfFolder(folders string) string {
	for ; folders != "." && folders != "/" && folders != ""; folders = path.Dir(folders) {
		if unit, named, _ := c.County.UnitIn(folderName(folders)); named {
			return unit.Name
		}
	}
	return ""
}

// folderName is the name of the innermost folder of a path; an archive is one, by its name
// without .zip.
func folderName(folders string) string {
	name := path.Base(folders)
	if extension := path.Ext(name); strings.EqualFold(extension, ".zip") {
		return strings.TrimSuffix(name, extension)
	}
	return name
}

// stated is the department that a labelled field of the title names; blank if there is none.
func (s *sender) stated(c Config, t title) string {
	for _, label := range []string{"填报单位", "单位"} {
		stated := strings.Trim(seal.Replace(t.fields[label]), "_")
		if unit, named := c.County.Unit(stated); named {
			return unit.Name
		}
		if stated == "" || label == "单位" && unitOfMoney(stated) {
			continue
		}
		var unit county.Unit
		var named, unclear bool
		if utf8.RuneCountInString(stated) <= longestSaying {
			unit, named, unclear = c.County.UnitIn(outsideBrackets(stated))
		}
		switch {
		case named:
			return unit.Name
		case unclear:
			s.unclear = stated
			return ""
		}
		s.unlisted = true
	}
	return ""
}

// officeBeside finds the unit that a text names besides the name of the form: 招商签约项目表
// says nothing of 招商服务中心. A unit in brackets counts where there is none outside. unclear is the
// text where it names an office, and not clearly one.
func (c Config) officeBeside(text string) (name, unclear string) {
	said := ledger.Fold(text)
	if _, words := c.formWords(said); words != "" {
		said = strings.ReplaceAll(said, words, cellEnd)
	}
	unit, named, several := c.County.UnitIn(outsideBrackets(said))
	if !named && !several {
		unit, _, several = c.County.UnitIn(said)
	}
	if several {
		unclear = strings.ReplaceAll(text, cellEnd, "")
	}
	return unit.Name, unclear
}

func outsideBrackets(text string) string { return bracketed.ReplaceAllString(text, cellEnd) }

var seal = strings.NewReplacer("(盖章)", "", "(公章)", "", "(章)", "", "(签章)", "", "(印章)", "", "(加盖公章)", "", "(单位公章)", "", "(代章)", "")

// longestSaying is how many characters may say whose a return is or of which month.
const longestSaying = 80

// sayings are what the cells of a title say that is no labelled field and no instruction.
func (t *title) sayings() []string {
	return slices.DeleteFunc(strings.Split(t.rest, cellEnd), func(text string) bool {
		return text == "" || utf8.RuneCountInString(text) > longestSaying || note.MatchString(text) || strings.ContainsAny(text, "请。")
	})
}

// date finds the period. Of the cells of a title those that name a form speak first.
func (s *sender) date(c Config, t title, sheetName, file string) {
	base := ledger.Fold(baseOf(file))
	type source struct{ text, from string }
	sources := []source{{t.reported(), ""}}
	named, others := c.namingForm(t.sayings())
	for _, text := range slices.Concat(named, others) {
		sources = append(sources, source{text, ""})
	}
	sources = append(sources, source{ledger.Fold(sheetName), "工作表名"}, source{base, "文件名"})
	for _, source := range sources {
		if p := c.periodIn(source.text, t.rest+cellEnd+base, &t); !p.IsZero() {
			s.period, s.from = p, source.from
			return
		}
	}
	for _, text := range slices.Concat(named, others) {
		if day := dayIn(text); endsMonth(day) {
			s.period = day.Period()
			return
		}
	}
	for _, source := range sources {
		years := yearsIn(source.text)
		if len(years) > 0 && !c.Period.IsZero() && !slices.Contains(years, c.Period.Year) && !slices.Contains(others, source.text) {
			s.period, s.from, s.year = ledger.Period{Year: years[0], Month: 12}, source.from, true
			return
		}
	}
	s.period, s.assumed = c.Period, !c.Period.IsZero()
}

// namingForm parts what a title says into what names a form and what does not.
func (c Config) namingForm(sayings []string) (named, others []string) {
	for _, text := range sayings {
		if c.formIn(text) != nil {
			named = append(named, text)
		} else {
			others = append(others, text)
		}
	}
	return named, others
}

// periodIn finds the month that a folded text names; zero if it names none. A month without a year
// is of the run's year where the text, or else what stands beside it, names that year or none, and
// of the first that is named otherwise; without a run it is the last such month before the return
// was prepared.
func (c Config) periodIn(text, beside string, t *title) ledger.Period {
	year, month := namedMonth(text)
	if month == 0 {
		return ledger.Period{}
	}
	if year != 0 {
		return ledger.Period{Year: year, Month: month}
	}
	years := yearsIn(text)
	if len(years) == 0 {
		years = yearsIn(beside)
	}
	switch {
	case len(years) > 0 && !slices.Contains(years, c.Period.Year):
		return ledger.Period{Year: years[0], Month: month}
	case !c.Period.IsZero():
		return ledger.Period{Year: c.Period.Year, Month: month}
	}
	prepared := t.prepared()
	if prepared.IsZero() {
		return ledger.Period{}
	}
	p := ledger.Period{Year: prepared.Year, Month: month}
	if prepared.Period().Less(p) {
		p.Year--
	}
	return p
}

// reported is the labelled field of the period, as a month: of 2024-06-30 or 6 too.
func (t *title) reported() string {
	text := t.fields["报告期"]
	if date, _, wrong := parseDate(text); wrong == nil && date.Month != 0 {
		return date.Period().Chinese()
	}
	if _, err := strconv.Atoi(text); err == nil && len(text) <= 2 {
		return text + "月"
	}
	return text
}

// prepared is 填报日期, else a date that stands in the title by itself; zero if the title has none
// that can be read. The end of a month is no day of signing but the month.
func (t *title) prepared() ledger.Date {
	if date, _, wrong := parseDate(t.fields["填报日期"]); wrong == nil && date.Month != 0 {
		return date
	}
	for _, text := range t.sayings() {
		if day := dayIn(text); !day.IsZero() && !endsMonth(day) && !daysAsOf.MatchString(text) {
			return day
		}
	}
	return ledger.Date{}
}

// attributed raises what is unclear about whose a return is and of which month.
func (o *opened) attributed(r *ledger.Return, s sender, above, signed title) {
	stated, at := above.fields["填报单位"], cmp.Or(above.refs["填报单位"], above.first)
	if s.apart != "" {
		o.about(r, StampApart, at, s.apart, o.stamp.Department+o.stamp.Period.Chinese())
	}
	switch {
	case s.department == "":
		o.about(r, DepartmentUnknown, at, cmp.Or(s.unclear, stated), "")
	case s.rival != "":
		o.about(r, SenderApart, at, s.department, s.rival)
	case s.unlisted:
		o.about(r, DepartmentUnlisted, at, stated, s.department)
	}
	switch {
	case s.period.IsZero():
		o.about(r, PeriodUnknown, above.first, "", "")
		return
	case !o.Period.IsZero() && s.period != o.Period && (o.Late == nil || !o.Late(s.period)):
		o.about(r, WrongPeriod, above.first, s.said(), o.Period.Chinese())
		return
	case s.assumed:
		o.about(r, PeriodAssumed, above.first, "", s.period.Chinese())
	}
	if date := signed.prepared(); !date.IsZero() && !s.preparedOn(date) {
		o.about(r, PreparedApart, cmp.Or(signed.refs["填报日期"], above.first), date.String(), s.period.Chinese())
	}
}

// said is the period in the words of a finding, with where it stands.
func (s *sender) said() string {
	said := s.period.Chinese()
	if s.year {
		said = strconv.Itoa(s.period.Year) + "年度"
	}
	if s.from != "" {
		said += "（" + s.from + "）"
	}
	return said
}

// preparedOn reports whether a return may have been prepared on a date: from the month before its
// period to a year after it; where the period is only assumed, in it or the month after.
func (s *sender) preparedOn(date ledger.Date) bool {
	months := date.Period().Since(s.period)
	if s.assumed {
		return 0 <= months && months <= 1
	}
	return -1 <= months && months <= 12
}

// ownersOf are the units that the rows of a form are of.
func (c Config) ownersOf(f *form.Form, records []ledger.Record) []string {
	column := f.Role(form.RoleResponsible)
	if column == nil {
		return nil
	}
	var owners []string
	for i := range records {
		if unit, ok := c.County.FirstUnit(column.Value(&records[i]).S); ok && !slices.Contains(owners, unit.Name) {
			owners = append(owners, unit.Name)
		}
	}
	return owners
}

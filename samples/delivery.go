package samples

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"huizong/internal/county"
	"huizong/internal/ledger"
)

// An event is what happens to a return as a whole, in some months of the year.
type event struct {
	months []int
	unit   string
	kind   happening
}

type happening int

const (
	onTime     happening = iota // nothing special
	missing                     // nothing comes
	unchanged                   // 本月无变化
	late                        // after the due day
	sentBack                    // first with an unreadable unit, then right
	superseded                  // first with an older row, then right
	repeated                    // the same file twice
	oldSheet                    // last month's sheet is still in the workbook
	asText                      // saved as csv, in GB18030 as Excel saves it
	asOld                       // saved as .xls
	locked                      // first with a password to open it, then in clear
)

var everyMonth = []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}

// together are the units that deliver these forms in one workbook.
var together = map[string][]string{
	"水利局": {"reserve", "progress", "obstacles"}, "农业农村局": {"reserve", "progress"}, "卫生健康局": {"reserve", "progress"},
	"三合循环经济产业园区": {"reserve", "progress", "obstacles", "landyield"}, "航空经济技术开发区": {"obstacles", "landyield"},
	"自然资源局": {"obstacles", "tasks"}, "住房和城乡建设局": {"obstacles", "tasks"}, "行政审批服务局": {"obstacles", "tasks", "services"},
	"招商服务中心": {"promotion", "signing", "tasks"}, "税务局": {"tasks", "services"}, "项目推进年专班": {"dispatch", "tasks"}, "政府办督查室": {"duty", "tasks"},
}

const togetherFile = "{简}{年}年{月}月报表汇总.xlsx"

// An inbox is the county's own month being put together.
type inbox struct {
	*scene
	month *Month
	books map[string]*book // of units that deliver forms together
	files []*book
}

// A book is a workbook to be: sheets of one unit, delivered on a day.
type book struct {
	path     string
	received ledger.Date
	filings  []*filing
	again    bool // the same as another
	saved    happening
}

// own makes the county's own month.
func own(s *scene) (*Month, error) {
	in := &inbox{scene: s, month: &Month{Period: s.period, Figures: map[string]int64{}}, books: map[string]*book{}}
	for _, sample := range samples {
		if err := in.form(sample); err != nil {
			return nil, err
		}
	}
	in.lay()
	in.foreign()
	in.finish()
	return in.month, nil
}

// form puts in the returns of one form.
func (in *inbox) form(s *sample) error {
	now, before := s.tell(in.scene), newTelling()
	if in.scene.month() > 1 {
		then := *in.scene
		then.period = in.period.Add(-1)
		before = s.tell(&then)
	}
	for name, figure := range now.figures {
		in.month.Figures[name] = figure
	}
	owing := in.county.Owes(s.form.ID)
	for i, unit := range owing {
		f := in.filing(s, unit, i, now.rows[unit.Name])
		if err := f.plant(s.troubles, in.scene.month(), now.told[unit.Name], before.rows[unit.Name]); err != nil {
			return err
		}
		in.put(s, f, before.rows[unit.Name])
	}
	for unit := range now.rows {
		if !slices.ContainsFunc(owing, func(u county.Unit) bool { return u.Name == unit }) {
			return fmt.Errorf("sample of %s: %s has projects, but owes no return; the county's own sample goes with the built-in county.toml", s.form.ID, unit)
		}
	}
	return nil
}

// filing is a unit's return in the unit's own hand; 零报告 if it has no rows.
func (s *scene) filing(of *sample, unit county.Unit, place int, records []ledger.Record) *filing {
	d := roll(s.seed, of.form.ID, unit.Name, s.period.String(), "填报")
	f := &filing{form: of.form, hand: of.hands[place%len(of.hands)], county: s.county, unit: unit, period: s.period,
		prepared: ledger.Date{Year: s.period.Year, Month: s.period.Month, Day: d.between(16, 23)}, filler: person(roll(s.seed, unit.Name))}
	for i := range records {
		f.rows = append(f.rows, &row{Record: records[i]})
	}
	if len(records) == 0 {
		f.answer = "零报告"
	}
	return f
}

// put delivers a filing, as often and in as many versions as the events have it.
func (in *inbox) put(s *sample, f *filing, before []ledger.Record) {
	shares := slices.Contains(together[f.unit.Name], s.form.ID)
	b := &book{path: f.words(f.hand.file), received: after(f.prepared, 1), filings: []*filing{f}}
	for _, e := range s.events {
		if e.unit != f.unit.Name || !slices.Contains(e.months, in.scene.month()) {
			continue
		}
		switch e.kind {
		case missing:
			in.tell(Wrong{Code: "M03", What: f.unit.Name + "未报" + s.form.Title + "，沿用上月数据"})
			return
		case unchanged:
			f.answer, f.rows, f.planted = "本月无变化", nil, nil
		case late:
			b.received = after(in.county.Due.In(in.period), 3)
			in.tell(Wrong{File: b.path, Sheet: f.words(f.hand.sheet), Code: "M04", What: "逾期报送"})
		case sentBack:
			first := *f
			first.prepared, first.currency, first.planted = after(f.prepared, -3), "万美元", []*planted{{trouble: unreadableUnit}}
			in.files = append(in.files, &book{path: in.version(b.path, "（退回前）"), received: after(first.prepared, 1), filings: []*filing{&first}})
		case superseded:
			first := *f
			first.prepared, first.rows = after(f.prepared, -4), slices.Clone(f.rows[:len(f.rows)-1])
			first.planted = slices.DeleteFunc(slices.Clone(f.planted), func(p *planted) bool {
				return strings.Contains(p.codes, "M") || p.row != nil && !slices.Contains(first.rows, p.row)
			})
			path := in.version(b.path, "（初稿）")
			in.files = append(in.files, &book{path: path, received: after(first.prepared, 1), filings: []*filing{&first}})
			in.tell(Wrong{File: path, What: "已被同单位后报的版本替代"})
		case repeated:
			path := "补报/" + strings.TrimSuffix(path.Base(b.path), ".xlsx") + "(1).xlsx"
			in.files = append(in.files, &book{path: path, received: after(b.received, 1), filings: b.filings, again: true})
			in.tell(Wrong{File: path, What: "与已报文件内容相同，重复报送"})
		case asText, asOld:
			b.saved = e.kind
		case locked:
			in.files = append(in.files, &book{path: in.version(b.path, "（加密）"), received: b.received, filings: b.filings, again: true, saved: locked})
			b.received = after(b.received, 1)
		case oldSheet:
			b.filings = append(b.filings, in.lastMonth(s, f, before))
		}
	}
	if shares {
		if shared := in.books[f.unit.Name]; shared != nil {
			shared.filings = append(shared.filings, b.filings...)
			return
		}
		b.path = f.words(togetherFile)
		in.books[f.unit.Name] = b
	}
	in.files = append(in.files, b)
}

var (
	unreadableUnit = &trouble{codes: "F40", what: "金额单位写成“万美元”，整表退回；改正后已重报", mark: "unit"}
	wrongPeriod    = &trouble{codes: "F39", what: "工作簿里还留着上月的表", mark: "title"}
)

// lastMonth is the sheet of the month before, left in the workbook.
func (in *inbox) lastMonth(s *sample, f *filing, records []ledger.Record) *filing {
	old := *f
	old.period, old.prepared = f.period.Add(-1), ledger.Date{Year: f.period.Add(-1).Year, Month: f.period.Add(-1).Month, Day: f.prepared.Day}
	old.hand.sheet = "{月}月"
	old.rows, old.planted = nil, []*planted{{trouble: wrongPeriod}}
	for i := range records {
		old.rows = append(old.rows, &row{Record: records[i]})
	}
	return &old
}

// version is a path beside another: 交通局6月储备（初稿）.xlsx.
func (in *inbox) version(path, mark string) string {
	return strings.TrimSuffix(path, ".xlsx") + mark + ".xlsx"
}

// after is a day so many days later, in the same or the next month.
func after(d ledger.Date, days int) ledger.Date {
	d.Day += days
	if last := (ledger.Period{Year: d.Year, Month: d.Month}).End().Day; d.Day > last {
		next := ledger.Period{Year: d.Year, Month: d.Month}.Add(1)
		return ledger.Date{Year: next.Year, Month: next.Month, Day: d.Day - last}
	}
	return d
}

// tell lists what is wrong with a return as a whole.
func (in *inbox) tell(w Wrong) { in.month.Wrong = append(in.month.Wrong, w) }

// lay lays the books out and lists what is planted in them.
func (in *inbox) lay() {
	for _, b := range in.files {
		pages := make([]*page, len(b.filings))
		for i, f := range b.filings {
			pages[i] = f.sheet()
		}
		pages = append(pages, b.filings[0].hand.beside...)
		d, sent := in.save(b, pages)
		if !sent {
			continue
		}
		in.month.deliveries = append(in.month.deliveries, d)
		for i, f := range b.filings {
			if !b.again {
				in.month.Wrong = append(in.month.Wrong, f.wrong(strings.TrimPrefix(d.path, "inbox/"), pages[i].name)...)
			}
		}
	}
}

// foreign puts in what is no return: a lock file, a hidden one, a PDF.
func (in *inbox) foreign() {
	notice := fmt.Sprintf("关于报送%d月份项目进展情况的通知.pdf", in.scene.month())
	in.tell(Wrong{File: notice, Code: "F20", What: "通知的PDF，不是电子表格"})
	first := path.Base(in.month.deliveries[0].path)
	for name, content := range map[string]string{
		"~$" + first: "\x06样例数据" + strings.Repeat(" ", 42) + strings.Repeat("\x00", 110),
		".DS_Store":  "\x00\x00\x00\x01Bud1" + strings.Repeat("\x00", 24),
		notice: "%PDF-1.4\n% 样例数据\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" +
			"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
	} {
		in.month.deliveries = append(in.month.deliveries, delivery{path: "inbox/" + name, content: func() ([]byte, error) { return []byte(content), nil }})
	}
}

// finish adds received.csv and the list of what is planted, and sorts all.
func (in *inbox) finish() {
	sort := func(a, b delivery) int { return strings.Compare(a.path, b.path) }
	slices.SortFunc(in.month.deliveries, sort)
	sortWrong(in.month.Wrong)
	var received strings.Builder
	received.WriteString("file,date\n")
	for _, d := range in.month.deliveries {
		if !d.received.IsZero() {
			fmt.Fprintf(&received, "%s,%s\n", strings.TrimPrefix(d.path, "inbox/"), d.received)
		}
	}
	in.month.deliveries = append(in.month.deliveries,
		delivery{path: "inbox/received.csv", content: func() ([]byte, error) { return []byte(received.String()), nil }},
		delivery{path: "expected/planted.txt", content: func() ([]byte, error) { return in.month.list(), nil }})
}

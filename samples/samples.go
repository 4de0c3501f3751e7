// Package samples makes months of returns: invented, seeded, and as untidy as real ones.
// The county's own month is calibrated: consolidated, June gives the figures of the
// county's published summary, to the 分, in spite of all that is wrong in it. What is wrong
// is planted, and listed with what must be found.
//
// A form's part in the samples is a [sample]: the story that its rows tell through a year,
// the hands of the clerks who fill it in, and the troubles that they have.
package samples

import (
	"cmp"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A sample is one form's part.
type sample struct {
	form     *form.Form
	tell     func(*scene) *telling
	crowd    func(s *scene, unit county.Unit, rows int) []ledger.Record // clean rows, of any number; nil: invented units do not owe the form
	hands    []hand                                                     // of the units in turn
	events   []event
	troubles []*trouble
}

var samples []*sample // in the order of the forms

// newSample registers the part of a form in the samples.
func newSample(s sample) *sample {
	samples = append(samples, &s)
	slices.SortFunc(samples, func(a, b *sample) int { return cmp.Compare(a.form.Number, b.form.Number) })
	return &s
}

// A scene is when and where a sample is told.
type scene struct {
	seed   uint64
	period ledger.Period
	county *county.County
}

// month is the month of the year. Every year has the same story, with its own dates.
func (s *scene) month() int { return s.period.Month }

// A telling is what a form's rows say in a month, by unit, what is wrong with the story
// itself, and the figures that the rows give.
type telling struct {
	rows    map[string][]ledger.Record
	told    map[string][]told
	figures map[string]int64
}

// A told trouble lies in the story, not in the clerk's hand: an obstacle is overdue, a
// project is in nobody else's return.
type told struct {
	row int // place among the unit's rows; -1: of the sheet
	*trouble
}

func newTelling() *telling {
	return &telling{rows: map[string][]ledger.Record{}, told: map[string][]told{}, figures: map[string]int64{}}
}

// say adds a row of a unit, with the troubles that it brings.
func (t *telling) say(unit string, r ledger.Record, troubles ...*trouble) {
	for _, trouble := range troubles {
		t.told[unit] = append(t.told[unit], told{len(t.rows[unit]), trouble})
	}
	t.rows[unit] = append(t.rows[unit], r)
}

// lack tells what the whole of a unit's sheet lacks.
func (t *telling) lack(unit string, of *trouble) { t.told[unit] = append(t.told[unit], told{-1, of}) }

// Plan says which month is wanted.
type Plan struct {
	Period ledger.Period
	Seed   uint64
	// Departments, if not 0, asks for that many invented units with one clean return each
	// instead of the county's own sample, and for a county.toml that lists them.
	Departments int
	Rows        int            // of each return of the invented units; 0 is 40
	County      *county.County // nil is the built-in one
}

// A Month is a month of returns, ready to be written.
type Month struct {
	Period ledger.Period
	Wrong  []Wrong // what is planted, sorted by file, sheet and cell
	// Figures are what consolidating the month must give, by their names in run.json, if the
	// months before it were consolidated, too. None are known of invented units.
	Figures map[string]int64

	deliveries []delivery
}

// A File is one file of the month, its path relative and with slashes: inbox/… is what was
// delivered; expected/planted.txt lists what is wrong with it.
type File struct {
	Path    string
	Content []byte
}

// Wrong is one thing that is wrong in the inbox. File is relative to the inbox; Sheet and
// Cell are blank where it is of the file or the sheet. Code is the finding that must be
// raised there; blank where the run's summary shows it instead (superseded, repeated).
type Wrong struct {
	File, Sheet, Cell, Code string
	What                    string
}

// A delivery is a file to be: a workbook or foreign matter.
type delivery struct {
	path     string // below the inbox
	received ledger.Date
	content  func() ([]byte, error)
}

// Make tells a month. Its files are made only when they are asked for.
func Make(p Plan) (*Month, error) {
	s, err := p.scene()
	if err != nil {
		return nil, err
	}
	if p.Departments > 0 {
		return crowd(s, p.Departments, p.Rows), nil
	}
	return own(s)
}

// scene is what the plan asks for, which must be within what samples know.
func (p Plan) scene() (*scene, error) {
	if p.Period.Year < 2001 || p.Period.Year > 2098 || p.Period.Month < 1 || p.Period.Month > 12 {
		return nil, fmt.Errorf("sample month %s: out of the years that samples know", p.Period)
	}
	if p.Departments < 0 || p.Departments > 9999 || p.Rows < 0 || p.Rows > 100_000 {
		return nil, fmt.Errorf("sample of %d departments with %d rows: at most 9999 and 100000", p.Departments, p.Rows)
	}
	if p.County == nil {
		p.County = county.Default()
	}
	return &scene{p.Seed, p.Period, p.County}, nil
}

// Files makes the files one by one: those of the inbox, then what goes with it.
func (m *Month) Files() iter.Seq2[File, error] {
	return func(yield func(File, error) bool) {
		for _, d := range m.deliveries {
			content, err := d.content()
			if err != nil {
				err = fmt.Errorf("sample file %s: %w", d.path, err)
			}
			if !yield(File{d.path, content}, err) || err != nil {
				return
			}
		}
	}
}

// Write writes the month below a directory, which must hold no inbox yet: another month's
// returns would be taken for this one's.
func (m *Month) Write(dir string) error {
	if _, err := os.Stat(filepath.Join(dir, "inbox")); err == nil {
		return fmt.Errorf("sample month %s: %s is there already", m.Period, filepath.Join(dir, "inbox"))
	}
	for file, err := range m.Files() {
		if err != nil {
			return err
		}
		path := filepath.Join(dir, filepath.FromSlash(file.Path))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return fmt.Errorf("sample month %s: %w", m.Period, err)
		}
		if err := os.WriteFile(path, file.Content, 0o644); err != nil {
			return fmt.Errorf("sample month %s: %w", m.Period, err)
		}
	}
	return nil
}

// list is the text of expected/planted.txt.
func (m *Month) list() []byte {
	var text strings.Builder
	text.WriteString("# 样例数据中有意安排的问题：文件、工作表、单元格、应报出的编码（“-”表示在汇总结果中体现）、问题\n")
	for _, w := range m.Wrong {
		words := []string{w.File, w.Sheet, w.Cell, w.Code, w.What}
		for i, word := range words {
			if word == "" {
				words[i] = "-"
			}
		}
		text.WriteString(strings.Join(words, "\t") + "\n")
	}
	return []byte(text.String())
}

func sortWrong(all []Wrong) {
	slices.SortFunc(all, func(a, b Wrong) int {
		return slices.Compare([]string{a.File, a.Sheet, a.Cell, a.Code, a.What}, []string{b.File, b.Sheet, b.Cell, b.Code, b.What})
	})
}

// put and set give a record the value of a column.
func put(r *ledger.Record, c interface {
	Set(*ledger.Record, ledger.Value)
}, text string) {
	c.Set(r, ledger.Words(text))
}

func set(r *ledger.Record, c interface {
	Set(*ledger.Record, ledger.Value)
}, v ledger.Value) {
	c.Set(r, v)
}

// money is an amount in 万元, things a number of them.
func money(n int64) ledger.Value { return ledger.Number(n * int64(ledger.TenThousandYuan)) }

func things(n int) ledger.Value { return ledger.Number(int64(n) * form.CountScale) }

// day is a day of a month of the story's year; months before January and after December are
// those of the years beside it.
func (s *scene) day(month, day int) ledger.Date {
	d := monthOf(s.period.Year*12 + month - 1)
	d.Day = min(day, d.Last().Day)
	return d
}

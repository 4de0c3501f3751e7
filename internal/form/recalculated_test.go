package form_test

import (
	"encoding/csv"
	"errors"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"huizong/internal/elsewhere"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// others are statements that no rule of today makes, so that all of them are tried.
var others = []form.Rule{
	{Code: form.PlanMoved, At: p.Level.Column, Holds: form.Has(p.Level, "省级")},
	{Code: form.PlanMoved, At: p.Level.Column, Holds: form.Not(form.Has(p.Level, "市级"))},
	{Code: form.PlanMoved, At: p.Level.Column, Holds: form.Stated(p.Level.Column)},
	{Code: form.PlanMoved, At: p.Class.Column, Holds: form.Stated(p.Class.Column, p.InStatistics.Column)},
	{Code: form.PlanMoved, At: p.Class.Column, Holds: form.Unchanged(p.Class.Column, 1)},
	{Code: form.PlanMoved, At: p.Problems.Column, Holds: form.Not(form.Mentions(p.Problems, "100%"))},
	{Code: form.PlanMoved, At: form.Services.Indicator.Column, Holds: form.Means(form.Services.Indicator, form.Services.Indicator.Words[0].Name)},
	{Code: form.PlanMoved, At: p.Start.Column, Holds: form.NotAfter(form.PeriodStart, p.Start)},
}

// A typed is what somebody put into a cell, and what reading makes of it.
type typed struct {
	cell  any // nil: nothing
	value ledger.Value
}

// A filling is a row for a rule: for each column that the rule reads what stands there now, last
// month and the month before that.
type filling struct {
	rule    form.Rule
	formula string // in row #
	month   ledger.Period
	columns []*form.Column
	cells   [][3]typed
}

// judged is what the rule says of the row in Go.
func (f filling) judged() form.Outcome {
	var records [3]*ledger.Record
	for ago := range records {
		record := ledger.Record{}
		for i, c := range f.columns {
			c.Set(&record, f.cells[i][ago].value)
		}
		records[ago] = &record
	}
	return f.rule.Holds.Judge(&form.Env{Period: f.month, Now: records[0], Past: records[1:], Settings: settings})
}

func (f filling) fails() bool { return f.judged() == form.Fails }

// divides reports that the rule compares quotients, which its formula does to 12 decimals.
func (f filling) divides() bool { return strings.Contains(f.rule.String(), "÷") }

// sensible reports that no amount is more than a thousand times another where the rule divides them:
// beyond that a formula is not exact.
func (f filling) sensible() bool {
	least, most := int64(math.MaxInt64), int64(0)
	for i, c := range f.columns {
		if n := f.cells[i][0].value.N; c.Type == form.AmountType && n != 0 {
			least, most = min(least, max(n, -n)), max(most, n, -n)
		}
	}
	return most/1000 <= least || !f.divides()
}

// with is the row with a number, in parts, in one of its cells.
func (f filling) with(i, ago int, n int64) filling {
	f.cells = slices.Clone(f.cells)
	f.cells[i][ago] = numeral(f.columns[i], n)
	return f
}

// otherMonths than June have no month before them in their year, or one alone, or are of those in
// which plans are adjusted.
var otherMonths = []ledger.Period{january, {Year: 2024, Month: 2}, {Year: 2024, Month: 8}}

// TestFormulasSayWhatRulesSay: LibreOffice calculates the formula of every rule that has one on rows
// as people may fill them in, at the boundary, blank, wrong, and comes to what the rule says in Go.
func TestFormulasSayWhatRulesSay(t *testing.T) {
	if testing.Short() {
		t.Skip("twenty seconds")
	}
	var rows []filling
	for _, f := range form.All() {
		for i, rule := range f.Rules {
			rows = append(rows, fillingsOf(t, rule, uint64(100*f.Number+i))...)
		}
	}
	for i, rule := range others {
		rows = append(rows, fillingsOf(t, rule, uint64(i))...)
	}
	t.Logf("%d rows", len(rows))
	for i, said := range calculated(t, rows) {
		row := rows[i]
		if said != map[bool]string{true: "TRUE", false: "FALSE"}[row.fails()] {
			t.Errorf("row %d, %s, %s: %s in Go, %s in LibreOffice\n%s\n%v", i+1, row.month, row.rule, row.judged(), said, row.formula, row.cells)
		}
	}
}

// fillingsOf makes the rows of a rule, more in June until some pass and some fail; in other months
// where the formula is another one then. In a month in which a rule has no formula though it has one
// in June, no row fails.
func fillingsOf(t *testing.T, rule form.Rule, seed uint64) []filling {
	t.Helper()
	const inJune, otherwise, most = 150, 10, 20_000
	ordinary, why := rule.Formula(cellsOf(rule, june))
	if why != "" {
		return nil
	}
	random := rand.New(rand.NewPCG(seed, 2024))
	seen := map[form.Outcome]int{}
	var rows []filling
	for n := 0; len(rows) < inJune || n < most && (seen[form.Passes] == 0 || seen[form.Fails] == 0); n++ {
		row := fill(random, rule, ordinary, june)
		for tries := 0; len(rows)%2 > 0 && tries < 20 && !row.fails(); tries++ { // few fail by chance
			row = fill(random, rule, ordinary, june)
		}
		outcome := row.judged()
		if len(rows) < inJune || seen[outcome] == 0 {
			for _, row := range append(boundary(random, row), row) {
				if row.sensible() {
					rows = append(rows, row)
				}
			}
		}
		seen[outcome]++
	}
	if seen[form.Passes] == 0 || seen[form.Fails] == 0 {
		t.Errorf("%s: none of its rows fails, or none passes: %v", rule, seen)
	}
	for _, month := range otherMonths {
		formula, why := rule.Formula(cellsOf(rule, month))
		for n := 0; n < otherwise && formula != ordinary; n++ {
			row := fill(random, rule, formula, month)
			if why == "" {
				rows = append(rows, row)
			} else if row.fails() {
				t.Errorf("%s has no formula in %s (%s), and a row fails: %v", rule, month, why, row.cells)
			}
		}
	}
	return rows
}

// cellsOf has the formula in column A of row #, and behind it three cells for each column that the
// rule reads, as filling has them.
func cellsOf(rule form.Rule, month ledger.Period) form.Cells {
	columns := form.Reads(rule.Holds)
	past := func(c *form.Column, months int) string {
		name, err := excelize.ColumnNumberToName(2 + 3*slices.Index(columns, c) + months)
		if err != nil {
			panic(err)
		}
		return "$" + name + "#"
	}
	return form.Cells{Now: func(c *form.Column) string { return past(c, 0) }, Past: past, Period: month, Settings: settings}
}

// fill makes a row; in half of them one number follows from others.
func fill(random *rand.Rand, rule form.Rule, formula string, month ledger.Period) filling {
	columns := form.Reads(rule.Holds)
	row := filling{rule, formula, month, columns, make([][3]typed, len(columns))}
	for i, c := range columns {
		for ago := range row.cells[i] {
			row.cells[i][ago] = typing(random, c)
		}
		if random.IntN(3) == 0 { // nothing has changed
			row.cells[i][1], row.cells[i][2] = row.cells[i][0], row.cells[i][0]
		}
	}
	if i := random.IntN(len(columns)); isNumber(columns[i]) && random.IntN(2) == 0 {
		return row.with(i, 0, following(random, row, i))
	}
	return row
}

// following is a number for the column that others of its kind add up to, or a part of that.
func following(random *rand.Rand, row filling, i int) int64 {
	total := 0.0
	for j, c := range row.columns {
		ago := random.IntN(2)
		if value := row.cells[j][ago].value; value.Known && c.Type == row.columns[i].Type && (j != i || ago > 0) && random.IntN(4) > 0 {
			total += float64(value.N) * pick(random, []float64{1, 1, 1, -1})
		}
	}
	return int64(math.Round(total * pick(random, []float64{1, 1, 1, 0.4, 0.5, 0.55})))
}

// boundary is two rows that differ in the smallest part of one number, or where the rule divides in a
// hundred millionth of it, of which one fails and the other does not; none where none are found beside
// the row.
func boundary(random *rand.Rand, row filling) []filling {
	const tries = 3
	fails := row.fails()
	for range tries {
		i, ago := random.IntN(len(row.columns)), random.IntN(2)
		here, there := row.cells[i][ago].value, typing(random, row.columns[i]).value
		if !isNumber(row.columns[i]) || !here.Known || !there.Known || row.with(i, ago, there.N).fails() == fails {
			continue
		}
		near, far, apart := here.N, there.N, int64(1)
		if row.divides() {
			apart = max(1, max(near, -near, far, -far)/100_000_000)
		}
		for near-far > apart || far-near > apart {
			if middle := near + (far-near)/2; row.with(i, ago, middle).fails() == fails {
				near = middle
			} else {
				far = middle
			}
		}
		return []filling{row.with(i, ago, near), row.with(i, ago, far)}
	}
	return nil
}

// Numbers that people may put into cells, in 万元, as shares of one, and as they are.
var (
	amounts = []float64{0, 0.000001, -0.000001, -0.000001, -5, -1000, 0.1, 0.2, 0.3, 1, 9.999999, 10, 100, 100.1, 200.2, 499.999999, 500,
		1000, 2000, 2500, 4000, 5000, 12345.67, 600000, 600000.000001}
	shares = []float64{-0.01, 0, 0.000001, 0.1, 0.4, 0.5, 0.549, 0.55, 0.551, 0.551001, 0.9, 1, 1.000001, 55}
	things = []float64{0, 1, 2, 3, 5, 12, 12.5, 0.0001, -1, 100}
	days   = []string{"1990-01-01", "2022-12-31", "2023-03-15", "2023-12-31", "2024-01-01", "2024-01-31", "2024-02-01", "2024-02-29", "2024-03-01", "2024-04-30",
		"2024-05-31", "2024-06-01", "2024-06-30", "2024-07-01", "2024-08-31", "2024-09-01", "2060-12-31",
		"2024-05", "2024-06", "2024-07", "2023-12", "2024-01", "2023", "2024", "2025"}
	texts = []string{"路面完成60%", "路面完成60%", "路面完成100％", "100 %", "5月核增50万元", "城发改〔2024〕12号", "3|无", "无误",
		"91350100M000100Y43", "91350100m000100y43", "91350100 M000100Y43", "91350100M000100Y44", "91350100M001000Y43", "91350100M000100Y4", "91350100I000100Y43"}
)

func pick[T any](random *rand.Rand, from []T) T { return from[random.IntN(len(from))] }

// typing is what somebody may type into a cell of a column: of eight one leaves it blank, and one
// writes what does not belong there.
func typing(random *rand.Rand, c *form.Column) typed {
	switch random.IntN(8) {
	case 0:
		return typed{}
	case 1:
		return slip(random, c)
	}
	part := func(of []float64) int64 { return int64(math.Round(pick(random, of) * float64(parts(c)))) }
	spelling := func(word form.Word) string {
		said := pick(random, append([]string{word.Name}, word.Aliases...))
		return pick(random, []string{said, said, " " + strings.ToLower(said) + " "})
	}
	switch c.Type {
	case form.AmountType:
		return numeral(c, part(amounts))
	case form.RateType:
		return numeral(c, part(shares))
	case form.CountType:
		return numeral(c, part(things))
	case form.DateType:
		return dated(random, pick(random, days))
	case form.FlagType:
		yes := random.IntN(2)
		return typed{form.YesNo(yes == 1), ledger.Number(int64(yes))}
	case form.ChoiceType:
		word := pick(random, c.Words)
		return typed{spelling(word), ledger.Words(word.Name)}
	case form.SetType:
		var cell, value []string
		for _, word := range c.Words[random.IntN(len(c.Words)):] {
			cell, value = append(cell, strings.TrimSpace(spelling(word))), append(value, word.Name)
		}
		return typed{strings.Join(cell, "、"), ledger.Words(strings.Join(value, "、"))}
	}
	said := pick(random, texts)
	if len(c.Words) > 0 && random.IntN(2) == 0 {
		said = pick(random, c.Words).Name
	}
	return typed{pick(random, []string{said, said, said + " "}), ledger.Words(said)}
}

// slip is a text where a number belongs, a number that is no day of this century, a word that is
// none, or one for nothing: the department does not say.
func slip(random *rand.Rand, c *form.Column) typed {
	switch c.Type {
	case form.AmountType, form.RateType, form.CountType:
		return typed{cell: "约40"}
	case form.DateType:
		return typed{cell: 2024.6}
	case form.ChoiceType, form.FlagType:
		return typed{cell: "不清楚"}
	}
	return typed{cell: strings.ToLower(pick(random, form.BlankWords))}
}

// dated is a day as a serial, some with a time, or a month or a year as a text.
func dated(random *rand.Rand, date string) typed {
	day, err := time.Parse(time.DateOnly, date)
	if err != nil || random.IntN(5) == 0 {
		return typed{date, ledger.Words(date)}
	}
	serial := day.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24
	return typed{serial + pick(random, []float64{0, 0, 0.5}), ledger.Words(date)}
}

// parts is how many parts of a column's number 1 in a cell is.
func parts(c *form.Column) int64 {
	switch c.Type {
	case form.AmountType:
		return int64(ledger.TenThousandYuan)
	case form.RateType:
		return form.RateScale
	}
	return form.CountScale
}

func isNumber(c *form.Column) bool {
	return c.Type == form.AmountType || c.Type == form.RateType || c.Type == form.CountType
}

// numeral is a number in parts as a cell has it.
func numeral(c *form.Column, n int64) typed {
	return typed{float64(n) / float64(parts(c)), ledger.Number(n)}
}

// calculated is what LibreOffice makes of the formula of each row. It skips where that is missing.
func calculated(t *testing.T, rows []filling) []string {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	sheet, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		number := strconv.Itoa(i + 1)
		line := []any{excelize.Cell{Formula: strings.ReplaceAll(row.formula, "#", number)}}
		for _, cells := range row.cells {
			line = append(line, cells[0].cell, cells[1].cell, cells[2].cell)
		}
		if err := sheet.SetRow("A"+number, line); err != nil {
			t.Fatal(err)
		}
	}
	dir := t.TempDir()
	if err := errors.Join(sheet.Flush(), book.SaveAs(filepath.Join(dir, "rules.xlsx"))); err != nil {
		t.Fatal(err)
	}
	err = elsewhere.Convert(t.Context(), "csv:Text - txt - csv (StarCalc):44,34,76,1", dir, filepath.Join(dir, "rules.xlsx"))
	if errors.Is(err, elsewhere.ErrMissing) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(filepath.Join(dir, "rules.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	reader := csv.NewReader(file)
	reader.FieldsPerRecord = -1
	lines, err := reader.ReadAll()
	if err != nil || len(lines) != len(rows) {
		t.Fatalf("%d lines for %d rows: %v", len(lines), len(rows), err)
	}
	var said []string
	for _, line := range lines {
		said = append(said, line[0])
	}
	return said
}

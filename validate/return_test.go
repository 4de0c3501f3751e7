package validate_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
	"huizong/validate"
)

var unreadable = ledger.Declare("C99", ledger.Error, ledger.HoldField, ledger.Level0, "type-error", ledger.Zh("读不出", ""), ledger.En("unreadable", ""))
var unclear = ledger.Declare("C98", ledger.Query, ledger.HoldField, ledger.Level0, "type-error", ledger.Zh("不清楚", ""), ledger.En("unclear", ""))
var remarked = ledger.Declare("C97", ledger.Notice, ledger.Accept, ledger.Level0, "type-error", ledger.Zh("提示", ""), ledger.En("remarked", ""))

var doubtful = ledger.Declare("C96", ledger.Query, ledger.RejectRow, ledger.Level0, "row-count", ledger.Zh("看不出是不是项目", ""), ledger.En("may be a total", ""))

func TestRow(t *testing.T) {
	for _, test := range []struct {
		name string
		form *form.Form
		row  ledger.Record
		want []string
	}{
		{"a good key project", progress, keyProject(5), nil},
		{"a good project of the reserve", reserve, reserveProject(5), nil},

		{"a required amount is blank", progress, keyProject(5, "total", ""), []string{"V01 total5"}},
		{"two required columns are blank", progress, keyProject(5, "leader", "", "appearance", ""), []string{"V01 appearance5", "V01 leader5"}},
		{"no plan and no investment in preparation", progress, keyProject(5, "class", "前期", "year_plan", "", "year_to_date", "", "code", ""), nil},
		{"no plan of a continued project", progress, keyProject(5, "year_plan", ""), []string{"V01 year_plan5"}},
		{"class and plan are blank", progress, keyProject(5, "class", "", "year_plan", ""), []string{"V01 class5", "V01 year_plan5"}},
		{"no total while it is only an idea", reserve, reserveProject(5, "stage", "谋划", "total", ""), nil},
		{"no total in the reserve", reserve, reserveProject(5, "total", ""), []string{"V01 total5"}},

		{"no name", progress, keyProject(5, "name", ""), []string{"V02 name5"}},
		{"no unit", progress, keyProject(5, "department", ""), []string{"V02 department5"}},
		{"no name and much else blank", progress, keyProject(5, "name", "", "leader", "", "total", "", "appearance", ""), []string{"V02 name5"}},

		{"a malformed code", progress, keyProject(5, "code", "2401-610722"), []string{"V05 code5"}},
		{"a wrong digit in the code", progress, keyProject(5, "code", "2401-610722-04-01-100013"), []string{"V06 code5"}},
		{"a code of the city", progress, keyProject(5, "code", code("2401-610700-04-01-10001")), []string{"V07 code5"}},
		{"a code of the next county", progress, keyProject(5, "code", code("2401-610723-04-01-10001")), []string{"V07 code5"}},
		{"a code of the province", progress, keyProject(5, "code", code("2401-610000-04-01-10001")), []string{"V07 code5"}},
		{"a code of the state", progress, keyProject(5, "code", code("2401-000000-04-01-10001")), []string{"V07 code5"}},
		{"a code of another city of the province", progress, keyProject(5, "code", code("2401-610100-04-01-10001")), []string{"V10 code5"}},
		{"a code of another province", progress, keyProject(5, "code", code("2401-510722-04-01-10001")), []string{"V10 code5"}},

		{"a field by its alias", progress, keyProject(5, "field", "城建"), nil},
		{"no field where it is optional", progress, keyProject(5, "field", ""), nil},
		{"a field that is none", progress, keyProject(5, "field", "航天"), []string{"V18 field5"}},
		{"two leaders", progress, keyProject(5, "leader", "样例领导01、样例领导32"), nil},
		{"a leader who is none", progress, keyProject(5, "leader", "样例领导01、王某"), []string{"V19 leader5"}},
		{"a unit by its short name", progress, keyProject(5, "department", "城固县住建局"), nil},
		{"two units", progress, keyProject(5, "department", "住建局，城投"), nil},
		{"a unit that is none", progress, keyProject(5, "department", "航天局"), []string{"V20 department5"}},

		{"a rule of the form", progress, keyProject(5, "start", "2024-07"), []string{"V29 start5"}},
		{"a project that leaves owes nothing more", progress, keyProject(5, "leaving", "调出", "total", "", "leader", "", "year_to_date", "99999"), nil},
		{"a project that leaves, without a name", progress, keyProject(5, "leaving", "调出", "name", ""), []string{"V02 name5"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			found := judged(returned(test.form, "住房和城乡建设局", test.row))
			if diff := cmp.Diff(test.want, places(found)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// code adds the check digit to a code without one.
func code(text string) string {
	digits := ""
	for _, r := range text {
		if r != '-' {
			digits += string(r)
		}
	}
	return text + string(ledger.CheckDigit(digits))
}

// A finding says what it is about, what the sheet says and what would be right.
func TestFindingIsWhole(t *testing.T) {
	got := judged(returned(progress, "住房和城乡建设局", keyProject(7, "year_to_date", "4500")))
	want := []ledger.Finding{{
		Code: form.OverTotal, File: "住房和城乡建设局.xlsx", Sheet: "Sheet1", Cell: ledger.Cell{Column: form.Progress.YearToDate.Index + 1, Row: 7}.String(), Row: 7, Period: june, Department: "住房和城乡建设局",
		Form: "progress", Entity: "滨江路改造", Field: "1-N月累计完成投资", Found: "4500",
		Expected: "上年底累计完成投资 1000万元 + 1-N月累计完成投资 4500万元 ＝ 5500万元 不超过 总投资 5000万元",
	}, {
		Code: form.OverPlan, File: "住房和城乡建设局.xlsx", Sheet: "Sheet1", Cell: ledger.Cell{Column: form.Progress.YearToDate.Index + 1, Row: 7}.String(), Row: 7, Period: june, Department: "住房和城乡建设局",
		Form: "progress", Entity: "滨江路改造", Field: "1-N月累计完成投资", Found: "4500",
		Expected: "1-N月累计完成投资 4500万元 不超过 年度计划投资 2000万元",
	}}
	if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b *ledger.Code) bool { return a == b })); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// A date that the file holds as a number of days is shown as the date.
func TestFoundIsWhatTheWriterSees(t *testing.T) {
	for raw, want := range map[string]string{"45483": "2024-07-10", "2024年7月10日": "2024年7月10日", "2024": "2024"} {
		r := returned(progress, "住房和城乡建设局", keyProject(5, "start", "2024-07-10"))
		field := form.Progress.Start.Field(&r.Records[0])
		field.Raw = raw
		r.Records[0].Set(form.Progress.Start.Index, field)
		if found := judged(r); len(found) != 1 || found[0].Found != want {
			t.Errorf("%s is shown in %+v", raw, found)
		}
	}
}

// What could not be read is asked once, by reading; the column is not asked for again.
func TestUnreadIsNoise(t *testing.T) {
	column := func(id string) string { return progress.Column(id).Name }
	for _, test := range []struct {
		name     string
		row      ledger.Record
		findings []ledger.Finding
		want     []string
	}{
		{"an amount that could not be read", keyProject(5, "total", ""), []ledger.Finding{{Code: unreadable, Row: 5, Field: column("total")}}, nil},
		{"an amount that may be read two ways", keyProject(5, "total", ""), []ledger.Finding{{Code: unclear, Row: 5, Field: column("total")}}, nil},
		{"a column that is missing", keyProject(5, "total", ""), []ledger.Finding{{Code: unreadable, Field: column("total")}}, nil},
		{"a notice is no reason", keyProject(5, "total", ""), []ledger.Finding{{Code: remarked, Row: 5, Field: column("total")}}, []string{"V01 total5"}},
		{"another row could not be read", keyProject(5, "total", ""), []ledger.Finding{{Code: unreadable, Row: 6, Field: column("total")}},
			[]string{"V01 total5"}},
		{"another field could not be read", keyProject(5, "total", ""), []ledger.Finding{{Code: unreadable, Row: 5, Field: column("funds")}},
			[]string{"V01 total5"}},
		{"a start that could not be read is not missing", keyProject(5, "start", ""),
			[]ledger.Finding{{Code: unreadable, Row: 5, Field: column("start")}}, nil},
		{"a start that is missing", keyProject(5, "start", ""), nil, []string{"V28 start5"}},
		{"a value that was read in spite of a finding is judged", keyProject(5, "start", "2024-07"),
			[]ledger.Finding{{Code: unclear, Row: 5, Field: column("start")}}, []string{"V29 start5"}},
		{"judged before", keyProject(5, "total", ""), []ledger.Finding{{Code: validate.RequiredMissing, Row: 5, Field: column("total")}},
			[]string{"V01 total5"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := returned(progress, "住房和城乡建设局", test.row)
			r.Findings = test.findings
			if diff := cmp.Diff(test.want, places(judged(r))); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// What a table has no column for is not asked row by row.
func TestColumnLacking(t *testing.T) {
	lacking := func(r ledger.Record, id string) ledger.Record {
		r.Set(progress.Column(id).Index, ledger.Field{})
		return r
	}
	at := func(place ledger.Place, name string, changes ...string) ledger.Record {
		r := lacking(keyProject(place.Row, append(changes, "name", name, "code", code("2401-610722-04-01-1"+fmt.Sprintf("%04d", place.Row)))...), "start")
		r.Place = place
		return r
	}
	t.Run("a rule that needs it is broken once for all rows of the table", func(t *testing.T) {
		r := returned(progress, "住房和城乡建设局",
			at(ledger.Place{Row: 5, Head: 4}, "甲路"),
			at(ledger.Place{Row: 6, Head: 4}, "乙路", "class", "新开工"), // another rule
			at(ledger.Place{Row: 7, Head: 4}, "丙路"),
			at(ledger.Place{Row: 21, Head: 20}, "丁路"), // another table
			at(ledger.Place{Row: 22, Head: 20}, "戊路"),
			at(ledger.Place{Row: 8, Sheet: "续建", Head: 4}, "己路")) // another sheet
		column := ledger.Finding{Cell: "A5", Row: 4, File: "住房和城乡建设局.xlsx", Sheet: "Sheet1", Period: june, Department: "住房和城乡建设局", Form: "progress",
			Field: "实际开工时间", Expected: "有“实际开工时间”这一列"}
		finding := func(code *ledger.Code, cell string, row int, sheet, found string) ledger.Finding {
			f := column
			f.Code, f.Cell, f.Row, f.Sheet, f.Found = code, cell, row, sheet, found
			return f
		}
		want := []ledger.Finding{
			finding(form.NotYetStarted, "A5", 4, "Sheet1", "甲路、丙路"),
			finding(form.MoneyBeforeStart, "A6", 4, "Sheet1", "乙路"),
			finding(form.NotYetStarted, "A21", 20, "Sheet1", "丁路、戊路"),
			finding(form.NotYetStarted, "A8", 4, "续建", "己路"),
		}
		if diff := cmp.Diff(want, judged(r), cmp.Comparer(func(a, b *ledger.Code) bool { return a == b })); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	})
	for _, test := range []struct {
		name string
		told string
		want int
	}{
		{"a required column is asked for", "", 1},
		{"but not when reading told of it", progress.Column("leader").Name, 0},
		{"what reading told of another column is no reason", progress.Column("total").Name, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := returned(progress, "住房和城乡建设局", lacking(keyProject(5), "leader"))
			r.Findings = []ledger.Finding{{Code: remarked, Field: test.told}}
			if found := judged(r); len(found) != test.want || len(found) > 0 && found[0].Code != validate.RequiredMissing {
				t.Errorf("found %+v, want %d", found, test.want)
			}
		})
	}
}

// A finding of a row in the second sheet of a return is there.
func TestFindingInItsSheet(t *testing.T) {
	r := returned(progress, "住房和城乡建设局", keyProject(5, "leader", ""))
	r.Sheet, r.Records[0].Place = "新建、续建", ledger.Place{Row: 5, Sheet: "续建"}
	if found := judged(r); len(found) != 1 || found[0].Sheet != "续建" {
		t.Errorf("found %+v, want one in 续建", found)
	}
}

// A row that reading sent back brings no finding beside that one, and no row is held against it.
func TestSentBackByReading(t *testing.T) {
	r := returned(progress, "住房和城乡建设局", keyProject(5, "department", "", "code", "1", "total", ""), keyProject(6))
	r.Findings = []ledger.Finding{{Code: doubtful, Row: 5}}
	if got := places(judged(r)); got != nil {
		t.Errorf("findings %v", got)
	}
}

// Rules between months see the past of their own row.
func TestPast(t *testing.T) {
	may := keyProject(5, "year_to_date", "1200")
	past := func(_ *form.Form, department string, r *ledger.Record) []*ledger.Record {
		if department == "住房和城乡建设局" && form.Progress.Name.Of(r) == "滨江路改造" {
			return []*ledger.Record{&may}
		}
		return nil
	}
	r := returned(progress, "住房和城乡建设局", keyProject(5), keyProject(6, "name", "环城路", "code", ""))
	if diff := cmp.Diff([]string{"V21 year_to_date5", "V01 code6"}, places(validate.Return(r, past, chenggu))); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestTwice(t *testing.T) {
	const other = "2403-610722-89-05-204175"
	repeated := func(r ledger.Record) ledger.Record { r.Repeated = true; return r }
	for _, test := range []struct {
		name string
		rows []ledger.Record
		want []string
	}{
		{"the same code and name", []ledger.Record{keyProject(5), keyProject(6, "total", "6000")}, []string{"V03 name6"}},
		{"three times", []ledger.Record{keyProject(5), keyProject(6, "total", "6000"), keyProject(7, "total", "7000")}, []string{"V03 name6", "V03 name7"}},
		{"the same code, a similar name", []ledger.Record{keyProject(5), keyProject(6, "name", "滨江路改造工程")}, []string{"V03 name6"}},
		{"the same code, first and second stage", []ledger.Record{keyProject(5, "name", "滨江路一期"), keyProject(6, "name", "滨江路二期")}, nil},
		{"the same code, an unlike name", []ledger.Record{keyProject(5), keyProject(6, "name", "污水处理厂")}, nil},
		{"the same name and owner, no codes", []ledger.Record{reserveProject(5), reserveProject(6, "total", "9000")}, []string{"V03 name6"}},
		{"the same name however it is spaced", []ledger.Record{reserveProject(5), reserveProject(6, "name", "城固县 物流园", "total", "9000")},
			[]string{"V03 name6"}},
		{"the same name, another owner", []ledger.Record{reserveProject(5), reserveProject(6, "owner", "城投集团")}, []string{"V04 name6"}},
		{"the same name, another code", []ledger.Record{keyProject(5), keyProject(6, "code", other)}, []string{"V04 name6"}},
		{"identical rows are not judged again", []ledger.Record{reserveProject(5), repeated(reserveProject(6))}, nil},
		{"different projects", []ledger.Record{reserveProject(5), reserveProject(6, "name", "冷库")}, nil},
		{"two rows without names", []ledger.Record{reserveProject(5, "name", ""), reserveProject(6, "name", "")}, []string{"V02 name5", "V02 name6"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := reserve
			if test.rows[0].Fields.Len() == len(progress.Columns) {
				f = progress
			}
			if diff := cmp.Diff(test.want, places(judged(returned(f, "住房和城乡建设局", test.rows...)))); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// Where rows are no projects they may well bear one name; where a project has no owner but the
// unit responsible, that is the owner.
func TestTwiceInOtherForms(t *testing.T) {
	met := func(number int, day string) ledger.Record {
		return row(dispatch, number, map[string]string{"kind": "周调度", "held_on": day, "title": "周调度会", "matters": "查用地"})
	}
	entered := func(number int, unit string) ledger.Record {
		return row(statistics, number, map[string]string{"name": "物流园", "unit": unit})
	}
	for _, test := range []struct {
		name string
		form *form.Form
		rows []ledger.Record
		want []string
	}{
		{"two meetings", dispatch, []ledger.Record{met(5, "2024-06-03"), met(6, "2024-06-11")}, nil},
		{"one meeting twice", dispatch, []ledger.Record{met(5, "2024-06-03"), met(6, "2024-06-03")}, []string{"V03 title6"}},
		{"one project of two units", statistics, []ledger.Record{entered(5, "甲公司"), entered(6, "乙公司")}, []string{"V04 name6"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			found := slices.DeleteFunc(places(judged(returned(test.form, "统计局", test.rows...))), func(f string) bool { return f[:3] == "V01" })
			if diff := cmp.Diff(test.want, found); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// Judging changes nothing, so that judging again finds the same.
// What a rule on trial sees is told, and nothing is asked or held back for it.
func TestOnTrial(t *testing.T) {
	c := county.Default()
	c.Trial = []string{"V01", "V29"}
	r := returned(progress, "住房和城乡建设局", keyProject(5, "start", "2024-07", "total", ""), keyProject(6, "field", "航天"))
	var got []string
	for _, f := range validate.Return(r, noPast, c) {
		got = append(got, fmt.Sprint(f.Code.ID, " ", f.Code.Severity, " ", f.Code.Effect, " ", f.Message(ledger.Chinese)[:len("（试行）")] == "（试行）"))
	}
	want := []string{"V01 notice accept true", "V29 notice accept true", "V18 notice accept false", "V03 error reject-row false"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestReturnIsPure(t *testing.T) {
	r := returned(progress, "住房和城乡建设局", keyProject(5, "total", ""), keyProject(6))
	first := judged(r)
	second := judged(r)
	if diff := cmp.Diff(places(first), places(second)); diff != "" || r.Findings != nil {
		t.Errorf("%s, and the return has %d findings", diff, len(r.Findings))
	}
}

// Each kind of finding that is declared here or by a form has a remedy in both languages,
// and an effect that fits its severity.
func TestCodes(t *testing.T) {
	for _, c := range ledger.Codes() {
		if c.OfReading() {
			continue
		}
		for _, lang := range []ledger.Lang{ledger.Chinese, ledger.English} {
			if c.Wrong.In(lang) == "" || c.Remedy.In(lang) == "" {
				t.Errorf("%s has no text: %q, %q", c.ID, c.Wrong, c.Remedy)
			}
		}
		if (c.Severity == ledger.Notice) != (c.Effect == ledger.Accept) || c.Type == "" {
			t.Errorf("%s is %s and %s, type %q", c.ID, c.Severity, c.Effect, c.Type)
		}
	}
	for _, test := range []struct {
		code *ledger.Code
		want ledger.Effect
	}{
		{validate.RequiredMissing, ledger.HoldField}, // what was accepted before stands
		{validate.NameMissing, ledger.RejectRow},     // nobody knows what it is about
		{validate.TwiceInReturn, ledger.RejectRow},   // the first stands
		{validate.SameName, ledger.AcceptExplained},
	} {
		if test.code.Effect != test.want {
			t.Errorf("%s is %s, want %s", test.code.ID, test.code.Effect, test.want)
		}
	}
}

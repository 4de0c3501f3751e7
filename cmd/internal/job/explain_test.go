package job

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"huizong/consolidate"
	"huizong/consolidate/store/pgtest"
	"huizong/importer"
	"huizong/internal/ledger"
)

// explainedReturn is a return of which the code of each row is asked about.
const explainedReturn = "城固县谋划储备项目表（2024年6月）\n填报单位：交通运输局,填报日期：2024年6月20日,单位：万元\n" +
	"项目名称,所属批次,领域,建设地点,建设规模及主要建设内容,总投资,责任单位,项目单位,项目代码\n" +
	"北环路建设项目,储备,基础设施,柳林镇,新建道路3公里,12000,交通运输局,交投公司,2401-610722-04-01-100011\n" +
	"城北客运站,储备,基础设施,原公镇,新建客运站1座,9000,交通运输局,交投公司,2401-610722-04-01-100031\n"

// A sent file is one of an inbox, with the day on which it came.
type sentFile struct {
	name, day string
	content   []byte
}

func inboxOf(t *testing.T, files ...sentFile) Inbox {
	t.Helper()
	dir, received := t.TempDir(), ""
	for _, f := range files {
		received += f.name + "," + f.day + "\n"
		if err := os.WriteFile(filepath.Join(dir, f.name), f.content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, receivedList), []byte(received), 0o600); err != nil {
		t.Fatal(err)
	}
	return Inbox{Dir: dir}
}

// answeredReceipt is the receipt of the return with an answer on its first question.
func answeredReceipt(t *testing.T, j *Job, text string) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "交通局6月.csv")
	if err := os.WriteFile(path, []byte(explainedReturn), 0o600); err != nil {
		t.Fatal(err)
	}
	checked, err := Check(j.county, june, nil, path)
	if err != nil {
		t.Fatal(err)
	}
	r, err := checked[0].Receipt(j.county)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(r.Content))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(ledger.ReceiptSheet)
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		if len(row) > 0 && row[0] == "1" {
			if err := f.SetCellValue(ledger.ReceiptSheet, fmt.Sprint("I", i+1), text); err != nil {
				t.Fatal(err)
			}
		}
	}
	buffer, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return buffer.Bytes()
}

// Whichever receipt is read first, in one run or in several, on either database: the answer of the one that came last holds,
// and the month is the same.
func TestExplanationsInAnyOrder(t *testing.T) {
	if testing.Short() {
		t.Skip("runs many months: run without -short")
	}
	c := smallCounty(t)
	j := openFor(t, c)
	form := sentFile{"交通局6月.csv", "2024-06-20", []byte(explainedReturn)}
	first := sentFile{"z.xlsx", "2024-06-22", answeredReceipt(t, j, "备案证上印的就是这个代码，已请市发改委更正")}
	last := sentFile{"a.xlsx", "2024-06-23", answeredReceipt(t, j, "备案证六月底换发，新证未到")}
	type made struct {
		Sum       string
		Look      int
		Justified map[string]consolidate.Justification
		Explained int
	}
	var want made
	for i, test := range []struct {
		name    string
		runs    [][]sentFile
		address string
	}{
		{"together", [][]sentFile{{form, first, last}}, ""},
		{"the last first", [][]sentFile{{form, last}, {first}}, ""},
		{"one by one", [][]sentFile{{form}, {first}, {last}}, ""},
		{"on PostgreSQL", [][]sentFile{{form, first, last}}, "postgres"},
	} {
		t.Run(test.name, func(t *testing.T) {
			j := openFor(t, c)
			if test.address != "" {
				var err error
				if j, err = Open(t.Context(), pgtest.Database(t), c); err != nil {
					t.Fatal(err)
				}
				defer j.Close()
			}
			var report *Report
			for _, files := range test.runs {
				var err error
				if report, err = j.Run(t.Context(), june, inboxOf(t, files...), t.TempDir()); err != nil {
					t.Fatal(err)
				}
			}
			month, err := j.Merged(t.Context(), june)
			if err != nil {
				t.Fatal(err)
			}
			got := made{month.Sum, month.Look, month.Justified, report.Explanations.Explained}
			if i == 0 {
				want = got
				if got.Explained != 1 || got.Look != 1 || len(report.Unjustified) > 0 || len(report.Explained) != 1 {
					t.Errorf("explained %+v, refused %v", got, report.Unjustified)
				}
				for _, j := range got.Justified {
					if j.Text != "备案证六月底换发，新证未到" || j.Who != "交通运输局" {
						t.Errorf("%+v holds", j)
					}
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// Each answer of a receipt is taken, or it is said why not; what is said to notices and of files is not judged.
func TestAnswersOfAReceipt(t *testing.T) {
	of := func(code *ledger.Code, entity string) ledger.Finding {
		return ledger.Finding{Code: code, Period: june, Department: "交通运输局", Form: "reserve", Entity: entity, Field: "项目代码", Found: "2401"}
	}
	kind := func(id string, severity ledger.Severity, effect ledger.Effect) *ledger.Code {
		return &ledger.Code{ID: id, Severity: severity, Effect: effect}
	}
	asked, held := kind("V01", ledger.Query, ledger.AcceptExplained), kind("V02", ledger.Query, ledger.HoldField)
	noted := kind("V03", ledger.Notice, ledger.Accept)
	wrong, ofFile := kind("V04", ledger.Error, ledger.HoldField), of(kind("F31", ledger.Query, ledger.Accept), "")
	const reason = "备案证六月底换发，新证未到"
	month := &consolidate.Month{Month: ledger.Month{Period: june}}
	month.Findings = []ledger.Finding{of(asked, "甲"), of(asked, "乙"), of(held, "丙"), of(wrong, "丁"), of(noted, "戊")}
	q := newQuestions(month, []FileReport{{path: "回单.xlsx", senders: []string{"交通运输局"}, findings: []ledger.Finding{ofFile}}})
	answer := func(f ledger.Finding, row int, text string) importer.Explanation {
		return importer.Explanation{Explanation: ledger.Explanation{Digest: f.Digest(), Text: text},
			File: "回单.xlsx", Sheet: ledger.ReceiptSheet, Cell: fmt.Sprint("I", row), Row: row}
	}
	q.answer([]importer.Explanation{answer(of(asked, "甲"), 1, reason), answer(of(asked, "乙"), 2, "已核实"), answer(of(held, "丙"), 3, "可研批复代码在第二页"),
		answer(of(wrong, "丁"), 4, "可研批复尚未下达"), answer(of(noted, "戊"), 5, "已核实"), answer(of(asked, "己"), 6, "已改"), answer(of(asked, "庚"), 7, "已改"),
		answer(ofFile, 8, "已核实")})
	var taken, refused []string
	for _, e := range q.taken {
		taken = append(taken, fmt.Sprintf("%s %s %s：%s（%s）", e.Period, e.Code, e.Entity, e.Text, e.Who))
	}
	for _, f := range q.refused {
		refused = append(refused, fmt.Sprintf("%s %s %s %s", f.Code.ID, f.Cell, f.Entity, f.Found))
	}
	want := [][]string{
		{"2024-06 V01 甲：" + reason + "（交通运输局）", "2024-06 V02 丙：可研批复代码在第二页（交通运输局）", "2024-06 V04 丁：可研批复尚未下达（交通运输局）", "2024-06 V03 戊：已核实（交通运输局）"},
		{"F80 I2 乙 已核实", "F83 I3 丙 可研批复代码在第二页", "F83 I4 丁 可研批复尚未下达", "F84   汇总回单!I6、汇总回单!I7"},
	}
	if diff := cmp.Diff(want, [][]string{taken, refused}); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

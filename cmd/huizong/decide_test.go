package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"huizong/cmd/internal/job"
	"huizong/consolidate/store"
	"huizong/internal/county"
	"huizong/internal/ledger"
)

// writeReserve writes a department's return of June: a name and 总投资 a row.
func writeReserve(t *testing.T, dir, department string, rows ...[2]string) {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	sheet := [][]any{
		{"谋划储备项目表（2024年6月）"}, {"填报单位：" + department, "", "", "", "填报日期：2024年6月20日", "单位：万元"},
		{"序号", "项目名称", "领域", "所属批次", "建设地点", "建设规模及主要建设内容", "总投资", "责任单位", "项目单位"},
	}
	for i, row := range rows {
		sheet = append(sheet, []any{i + 1, row[0], "产业发展", "储备", "柳林镇", "新建厂房", row[1], "经济贸易局", "供销社"})
	}
	for i, row := range sheet {
		if err := f.SetSheetRow("Sheet1", "A"+strconv.Itoa(i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SaveAs(filepath.Join(dir, department+"6月储备项目.xlsx")); err != nil {
		t.Fatal(err)
	}
}

// answer fills in the answer of the first line of the sheet that asks, as a person would,
// and puts the workbook into the inbox.
func answer(t *testing.T, from, to, verdict, who string) {
	t.Helper()
	f, err := excelize.OpenFile(from)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(ledger.ReplySheet)
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		for column, heading := range row {
			name, err := excelize.CoordinatesToCellName(column+1, i+2)
			if err != nil {
				t.Fatal(err)
			}
			value := map[string]string{ledger.ReplyVerdict: verdict, ledger.ReplyWho: who}[heading]
			if value == "" {
				continue
			}
			if err := f.SetCellValue(ledger.ReplySheet, name, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.SaveAs(to); err != nil {
		t.Fatal(err)
	}
}

// What a month of two departments looks like from the command line.
type asked struct {
	projects int64
	open     []candidateReport
	decided  []decisionReport
}

// runAsked runs June and lists what is open.
func runAsked(t *testing.T, database, inbox, out string) asked {
	t.Helper()
	var report struct {
		Figures map[string]int64 `json:"figures"`
	}
	text := huizong(t, exitLeftOut, "--database", database, "--json", "run", "--period", "2024-06", "--inbox", inbox, "--out", out)
	if err := json.Unmarshal([]byte(text), &report); err != nil {
		t.Fatal(err)
	}
	var list struct {
		Open    []candidateReport `json:"open"`
		Decided []decisionReport  `json:"decided"`
	}
	if err := json.Unmarshal([]byte(huizong(t, exitDone, "--database", database, "--json", "decide", "list")), &list); err != nil {
		t.Fatal(err)
	}
	return asked{report.Figures["reserve.projects"], list.Open, list.Decided}
}

// A candidate is asked about in workbook A, answered there, and the answer holds when the
// workbook comes back with the inbox; undone it stays undone, though the workbook still lies
// there; the command line decides, too.
func TestAnswersComeBack(t *testing.T) {
	database, inbox, out := sqliteIn(t), t.TempDir(), t.TempDir()
	writeReserve(t, inbox, "经济贸易局", [2]string{"柳林镇冷链物流园", "8000"}, [2]string{"新华大桥", "500"})
	writeReserve(t, inbox, "柳林镇", [2]string{"柳林镇冷链物流园（一期）", "8000"}, [2]string{"新华大桥", "900"})
	first := runAsked(t, database, inbox, out)
	list := huizong(t, exitDone, "--database", database, "decide", "list")
	if !strings.Contains(list, "    柳林镇冷链物流园（一期）（柳林镇）\n") || !strings.Contains(list, "huizong decide same 键 键") {
		t.Errorf("to a person the list reads\n%s", list)
	}
	if first.projects != 3 || len(first.open) != 1 || len(first.decided) != 0 {
		t.Fatalf("%+v", first)
	}
	before := hashes(t, out)
	notice := filepath.Join(out, "2024-06", "回单", "柳林镇", "镜像告知_2024-06.xlsx")
	if _, err := os.Stat(notice); err != nil {
		t.Error(err)
	}

	answer(t, filepath.Join(out, "2024-06", "城固县核对底稿_2024-06.xlsx"), filepath.Join(inbox, "答复.xlsx"), "同一", "张三")
	second := runAsked(t, database, inbox, out)
	if second.projects != 2 || len(second.open) != 0 || len(second.decided) != 1 || second.decided[0].Who != "张三" || second.decided[0].Names[0] != "柳林镇冷链物流园" {
		t.Fatalf("%+v", second)
	}

	huizong(t, exitDone, "--database", database, "decide", "undo", strconv.Itoa(second.decided[0].Number))
	huizong(t, exitFailed, "--database", database, "summary", "--period", "2024-06", "--out", out) // the month is stale
	third := runAsked(t, database, inbox, out)
	if third.projects != 3 || len(third.open) != 1 || len(third.decided) != 0 {
		t.Fatalf("undone: %+v", third)
	}
	if err := os.Remove(filepath.Join(inbox, "答复.xlsx")); err != nil {
		t.Fatal(err)
	}
	runAsked(t, database, inbox, out)
	if diff := cmp.Diff(before, hashes(t, out)); diff != "" {
		t.Errorf("undone, and yet not all is as before:\n%s", diff)
	}

	a, b := first.open[0].A, first.open[0].B
	huizong(t, exitDone, "--database", database, "decide", "different", b, a, "--who", "李四", "--why", "两处工程")
	huizong(t, exitFailed, "--database", database, "decide", "same", a, "000000000000", "--who", "李四", "--why", "无此项目")
	huizong(t, exitUsage, "--database", database, "decide", "same", a, b)
	fourth := runAsked(t, database, inbox, out)
	if fourth.projects != 3 || len(fourth.open) != 0 || len(fourth.decided) != 1 {
		t.Fatalf("decided at the command line: %+v", fourth)
	}
}

// Decisions that contradict one another and are in the database already are listed so: at the
// command line, in run.json and on the sheet that asks.
func TestContradictionsInStore(t *testing.T) {
	database, inbox, out := sqliteIn(t), t.TempDir(), t.TempDir()
	writeReserve(t, inbox, "经济贸易局", [2]string{"物流园", "8000"}, [2]string{"自来水厂", "500"}, [2]string{"航空产业园", "700"})
	runAsked(t, database, inbox, out)
	parties := map[string]ledger.Party{}
	for _, name := range []string{"物流园", "自来水厂", "航空产业园"} {
		var found struct{ Rows []foundRow }
		if err := json.Unmarshal([]byte(huizong(t, exitDone, "--database", database, "--json", "decide", "find", name)), &found); err != nil {
			t.Fatal(err)
		}
		parties[name] = ledger.Party{Key: found.Rows[0].Key, Department: found.Rows[0].Unit, Name: name}
	}
	db, err := store.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	a, b, c := parties["物流园"], parties["自来水厂"], parties["航空产业园"]
	lock, err := db.Lock(t.Context(), county.Default().Region, store.Holder{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lock.Decide(t.Context(), []ledger.Decision{
		{A: a, B: b, Verdict: ledger.Same, Who: "张三", Why: "一"}, {A: b, B: c, Verdict: ledger.Same, Who: "张三", Why: "二"},
		{A: a, B: c, Verdict: ledger.Different, Who: "张三", Why: "三"},
	}); err != nil {
		t.Fatal(err)
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	month := runAsked(t, database, inbox, out)
	if d := month.decided[1]; month.projects != 2 || d.State != "contradicted" || !slices.Equal(d.With, []int{1, 3}) {
		t.Errorf("%d projects, %+v", month.projects, d)
	}
	const says = "与第1号、第3号相互矛盾，未生效"
	if list := huizong(t, exitDone, "--database", database, "decide", "list"); !strings.Contains(list, says) {
		t.Errorf("the list reads\n%s", list)
	}
	text, err := os.ReadFile(filepath.Join(out, "2024-06", "run.json"))
	if err != nil {
		t.Fatal(err)
	}
	var report struct{ Decisions job.DecisionReport }
	if err := json.Unmarshal(text, &report); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]job.ContradictedDecision{{Number: 2, With: []int{1, 3}}}, report.Decisions.Contradicted); diff != "" {
		t.Errorf("run.json (-want +got)\n%s", diff)
	}
	f, err := excelize.OpenFile(filepath.Join(out, "2024-06", "城固县核对底稿_2024-06.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(ledger.ReplySheet)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(rows, func(row []string) bool {
		line := strings.Join(row, " ")
		return strings.Contains(line, "相互矛盾：同一") && strings.Contains(line, says)
	}) {
		t.Errorf("the sheet has %v", rows)
	}
}

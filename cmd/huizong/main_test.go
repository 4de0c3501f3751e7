package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"huizong/consolidate/store/pgtest"
	"huizong/internal/ledger"
	"huizong/internal/zipped"
)

// withServer stops the PostgreSQL server of the tests when they are through.
type withServer struct{ *testing.M }

func (m withServer) Run() int { return pgtest.Main(m.M) }

// newest is the PostgreSQL that the whole program is tried on; its stages are tried on the system's, which sorts otherwise.
var newest = pgtest.Kind{Newest: true, Bytes: true}

func TestMain(m *testing.M) {
	testscript.Main(withServer{m}, commands)
}

// commands are what tests run as processes of their own.
var commands = map[string]func(){
	"huizong": func() { os.Exit(execute(context.Background(), os.Args[1:], os.Stdout, os.Stderr)) },
}

// TestScripts runs the program as its users do: exit status, both streams, what exists
// afterwards and what must not.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": exitStatus,
			"zip":    packFolder,
			"key":    findKey,
			"reply":  writeReply,
			"book":   makeBook,
			"answer": answerReceipt,
			"cell":   changeCell,
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv("HUIZONG_DATABASE", "")
			env.Setenv("BIN", filepath.SplitList(env.Getenv("PATH"))[0]) // where huizong is, and nothing else
			here, err := os.Getwd()
			env.Setenv("SAMPLES", here+"/../../samples")
			env.Setenv("ARRIVE", here+"/../internal/job/testdata/arrive")
			return err
		},
	})
}

// exitStatus runs a command and holds its exit status against the one named first:
// status 3 huizong run …
func exitStatus(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) < 2 {
		ts.Fatalf("usage: status N command …")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if exit, ok := err.(interface{ ExitCode() int }); ok {
		got = string(rune('0' + exit.ExitCode()))
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != args[0] {
		ts.Fatalf("exit status %s, want %s", got, args[0])
	}
}

// packFolder makes an archive of what is in a folder: zip ARCHIVE FOLDER
func packFolder(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) != 2 {
		ts.Fatalf("usage: zip ARCHIVE FOLDER")
	}
	file, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	defer file.Close()
	archive := zipped.NewWriter(file, nil)
	ts.Check(archive.AddFS(os.DirFS(ts.MkAbs(args[1]))))
	ts.Check(archive.Close())
}

// findKey sets a variable to the key of the only project of a name: key A 物流园
func findKey(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) != 2 {
		ts.Fatalf("usage: key VARIABLE NAME")
	}
	ts.Check(ts.Exec("huizong", "decide", "find", args[1], "--json"))
	var found struct{ Rows []foundRow }
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &found))
	if len(found.Rows) != 1 {
		ts.Fatalf("%d rows of the name %s", len(found.Rows), args[1])
	}
	ts.Setenv(args[0], found.Rows[0].Key)
}

// writeReply makes a workbook of ours with answers, as it comes back: reply FILE KEY-KEY=ANSWER …
func writeReply(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) < 2 {
		ts.Fatalf("usage: reply FILE KEY-KEY=ANSWER …")
	}
	f := excelize.NewFile()
	defer f.Close()
	ts.Check(f.SetSheetName("Sheet1", ledger.ReplySheet))
	ts.Check(f.SetSheetRow(ledger.ReplySheet, "A1", &[]any{"数据截至 2024-06-30", "", ledger.ReplyFiller + "：张三"}))
	ts.Check(f.SetSheetRow(ledger.ReplySheet, "A2", &[]any{"序号", ledger.ReplyNameA, ledger.ReplyNameB, ledger.ReplyVerdict, ledger.ReplyWhy, ledger.ReplyKey}))
	for i, line := range args[1:] {
		key, answer, _ := strings.Cut(line, "=")
		at, err := excelize.CoordinatesToCellName(1, i+3)
		ts.Check(err)
		ts.Check(f.SetSheetRow(ledger.ReplySheet, at, &[]any{i + 1, "甲项目", "乙项目", answer, "已核对", key}))
	}
	ts.Check(f.SaveAs(ts.MkAbs(args[0])))
}

// makeBook makes a workbook of one sheet of a list: book FILE LIST.csv SHEET
func makeBook(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) != 3 {
		ts.Fatalf("usage: book FILE LIST.csv SHEET")
	}
	f := excelize.NewFile()
	defer f.Close()
	ts.Check(f.SetSheetName("Sheet1", args[2]))
	for i, line := range strings.Split(strings.TrimSpace(ts.ReadFile(args[1])), "\n") {
		fields := strings.Split(line, ",")
		ts.Check(f.SetSheetRow(args[2], fmt.Sprint("A", i+1), &fields))
	}
	ts.Check(f.SaveAs(ts.MkAbs(args[0])))
}

// answerReceipt answers on a receipt, by the places that it names: answer RECEIPT FILE PLACE=TEXT …
func answerReceipt(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) < 3 {
		ts.Fatalf("usage: answer RECEIPT FILE PLACE=TEXT …")
	}
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	rows, err := f.GetRows(ledger.ReceiptSheet)
	ts.Check(err)
	column := 0
	answers := map[string]string{}
	for _, line := range args[2:] {
		place, text, _ := strings.Cut(line, "=")
		answers[place] = text
	}
	for i, row := range rows {
		if at := slices.Index(row, ledger.ReceiptAnswer); at >= 0 {
			column = at + 1
		}
		for _, place := range row {
			if text, asked := answers[place]; asked && column > 0 {
				at, err := excelize.CoordinatesToCellName(column, i+1)
				ts.Check(err)
				ts.Check(f.SetCellValue(ledger.ReceiptSheet, at, text))
				delete(answers, place)
			}
		}
	}
	if len(answers) > 0 {
		ts.Fatalf("the receipt does not ask about %v", answers)
	}
	ts.Check(f.SaveAs(ts.MkAbs(args[1])))
}

// changeCell changes cells of a workbook, to numbers where they are: cell FILE SHEET!CELL=VALUE …
func changeCell(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) < 2 {
		ts.Fatalf("usage: cell FILE SHEET!CELL=VALUE …")
	}
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	for _, change := range args[1:] {
		place, value, _ := strings.Cut(change, "=")
		sheet, at, _ := strings.Cut(place, "!")
		if n, err := strconv.ParseFloat(value, 64); err == nil {
			ts.Check(f.SetCellValue(sheet, at, n))
		} else {
			ts.Check(f.SetCellValue(sheet, at, value))
		}
	}
	ts.Check(f.SaveAs(ts.MkAbs(args[0])))
}

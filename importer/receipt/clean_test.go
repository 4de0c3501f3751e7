package receipt

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"

	"huizong/internal/county"
	"huizong/internal/ledger"
)

// A receipt that comes back is answered on the same first sheet; of what was marked before only what is wrong still is
// marked, and the sender's own comments and colours stay. The receipt comes back as it was sent, or saved by another program.
func TestReceiptOfAReceipt(t *testing.T) {
	f := excelize.NewFile()
	grey, err := f.NewStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"BFBFBF"}}, Font: &excelize.Font{Bold: true}})
	if err != nil {
		t.Fatal(err)
	}
	for row := 1; row < 6; row++ {
		if err := f.SetSheetRow("Sheet1", fmt.Sprint("A", row), &[]any{row, "某项目", "约40"}); err != nil {
			t.Fatal(err)
		}
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(f.SetCellStyle("Sheet1", "A1", "A1", grey))
	must(f.AddComment("Sheet1", excelize.Comment{Cell: "C2", Author: "张三", Text: "待审计"}))
	sent, err := f.WriteToBuffer()
	must(err)
	at := func(cell string, row int) ledger.Finding {
		return ledger.Finding{Code: wrongAmount, Sheet: "Sheet1", Cell: cell, Row: row, Field: "总投资", Found: "约40"}
	}
	first, ok, err := Annotate(sent.Bytes(), &Slip{Title: "回单", File: "a.xlsx", County: county.Default(),
		Findings: []ledger.Finding{at("C2", 2), at("C3", 3), at("C5", 5)}})
	if !ok || err != nil {
		t.Fatal(ok, err)
	}
	again, err := excelize.OpenReader(bytes.NewReader(first))
	must(err)
	must(again.SetCellValue("Sheet1", "C2", 40))
	must(again.SetCellValue("Sheet1", "C5", 40))
	saved, err := again.WriteToBuffer()
	must(err)
	for name, back := range map[string][]byte{"as it was": first, "saved": saved.Bytes()} {
		t.Run(name, func(t *testing.T) {
			slip := &Slip{Title: "回单", File: "a.xlsx", County: county.Default(), Fronts: []string{ledger.ReceiptSheet}, Findings: []ledger.Finding{at("C3", 3)}}
			second, ok, err := Annotate(back, slip)
			if !ok || err != nil {
				t.Fatal(ok, err)
			}
			got, err := excelize.OpenReader(bytes.NewReader(second))
			must(err)
			if sheets := fmt.Sprint(got.GetSheetList()); sheets != "["+ledger.ReceiptSheet+" Sheet1]" || got.GetActiveSheetIndex() != 0 {
				t.Errorf("sheets %s, active %d", sheets, got.GetActiveSheetIndex())
			}
			comments, err := got.GetComments("Sheet1")
			must(err)
			var said []string
			for _, c := range comments {
				said = append(said, c.Cell)
			}
			if fmt.Sprint(said) != "[C2 C3]" {
				t.Errorf("comments at %v", said)
			}
			for cell, want := range map[string]string{"A1": "BFBFBF", "C2": "", "C3": "FFC7CE", "C5": "", "C4": ""} {
				index, err := got.GetCellStyle("Sheet1", cell)
				must(err)
				style, err := got.GetStyle(index)
				must(err)
				colour := ""
				if len(style.Fill.Color) > 0 && style.Fill.Pattern == 1 {
					colour = style.Fill.Color[0]
				}
				if colour != want && colour != "FF"+want {
					t.Errorf("%s is filled with %q, want %q", cell, colour, want)
				}
			}
			if n := bytes.Count(parts(t, second)["xl/drawings/vmlDrawing1.vml"], []byte("<x:Row>")); n != 2 {
				t.Errorf("%d boxes of comments, want 2", n)
			}
			third, ok, err := Annotate(second, slip)
			if !ok || err != nil {
				t.Fatal(ok, err)
			}
			for name, was := range parts(t, second) {
				if is := parts(t, third)[name]; name != "xl/styles.xml" && len(is) > len(was)+80 {
					t.Errorf("%s grows from %d to %d bytes with each receipt", name, len(was), len(is))
				}
			}
		})
	}
}

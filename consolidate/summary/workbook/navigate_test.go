package workbook_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	. "huizong/consolidate/summary/workbook"
	"huizong/consolidate/summary/workbook/workbooktest"
)

// linked is a book with an index and two sheets.
func linked() (b *Book, cover, ledger, checks *Sheet) {
	b = newBook()
	cover = b.Sheet("封面", A4Portrait)
	ledger = b.Sheet("台账", A3Landscape).Shows(Ledgers, "每个项目一行")
	checks = b.Sheet("对账", A4Portrait).Shows(Workings, "逐单位对平")
	return b, cover, ledger, checks
}

func TestNavigation(t *testing.T) {
	b, cover, ledger, checks := linked()
	long := items
	long.Ledger, long.Frozen = true, 1
	long.Draw(ledger.Top(), awkward)
	checks.Flow(6, 10).Write(Text("对平"), Title)
	cover.Flow(12, 6.6).Index(6.6, 19.8, 39.6, 13.2)
	data := bytesOf(t, b)
	workbooktest.Check(t, data)
	for sheet, want := range map[string]string{
		"封面": "序号 | 工作表 |  |  | 内容 |  |  |  |  |  | 类别\n1 | 台账 |  |  | 每个项目一行 |  |  |  |  |  | 明细台账\n2 | 对账 |  |  | 逐单位对平 |  |  |  |  |  | 核对\n",
		"对账": "返回目录 | 上一表：台账\n对平\n",
	} {
		if diff := cmp.Diff(want, workbooktest.Dump(t, data, sheet)); diff != "" {
			t.Errorf("%s: -want +got\n%s", sheet, diff)
		}
	}
	if got := workbooktest.Dump(t, data, "台账"); !strings.HasPrefix(got, "返回目录 | 下一表：对账\n合计 |") {
		t.Errorf("the ledger begins %q", got)
	}
	texts, _ := parts(t, data)
	for name, wants := range map[string][]string{
		"xl/worksheets/sheet1.xml": {`<hyperlink ref="B2" location="&#39;台账&#39;!$A$1">`, `<tabColor rgb="FF1F3864">`},
		"xl/worksheets/sheet2.xml": {`<hyperlink ref="A1" location="&#39;封面&#39;!$A$1">`, `<hyperlink ref="B1" location="&#39;对账&#39;!$A$1">`,
			`ySplit="3"`, `<autoFilter ref="$A$3:$C$12">`, `<tabColor rgb="FFC9A24B">`},
		"xl/workbook.xml": {"&#39;台账&#39;!$A$2:$C$12<", "&#39;台账&#39;!$2:$3<", "&#39;对账&#39;!$A$2:$F$2<"},
	} {
		for _, want := range wants {
			if !strings.Contains(texts[name], want) {
				t.Errorf("%s does not say %q", name, want)
			}
		}
	}
}

func TestDrop(t *testing.T) {
	b, cover, ledger, checks := linked()
	items.Draw(ledger.Top(), awkward)
	b.Drop(checks)
	cover.Flow(12, 6.6).Index(6.6, 19.8, 39.6, 13.2)
	data := bytesOf(t, b)
	if got := workbooktest.Sheets(t, data); !slices.Equal(got, []string{"封面", "台账"}) {
		t.Errorf("sheets %q", got)
	}
	if got := workbooktest.Dump(t, data, "封面"); strings.Contains(got, "对账") {
		t.Errorf("the index lists a sheet that is not there:\n%s", got)
	}
	for name, do := range map[string]func(){
		"the first":  func() { b.Drop(cover) },
		"listed":     func() { b.Drop(ledger) },
		"still read": func() { cover.At(1, 9).Span(1, 1).Put(Same(checks.At(1, 1)), Whole); _, _ = b.Bytes() },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			do()
		})
	}
}

func TestMentions(t *testing.T) {
	b, cover, ledger, checks := linked()
	b.Knows("核对底稿")
	cover.Width(1, 80)
	at := func(row int) Range { return cover.At(1, row).Span(1, 1) }
	at(1).Put(Text("其余见《台账》《对账》"), Prose)
	at(2).Put(Sentence("共", Int(3), "项，见《对账》"), Prose)
	at(3).Put(Text("打开《台账》").Link(checks.At(2, 2)), Prose)
	at(4).Put(Text("《谋划储备项目表》共3份，本页即《封面》"), Prose)
	at(5).Put(Text("见《没有的表》，另见三册的《核对底稿》；另见《台账》和《也没有》"), Prose)
	at(6).Put(Text(strings.Repeat("很长的一段话，", 20)+"见《台账》"), Prose)
	items.Draw(ledger.Top(), awkward)
	f, err := excelize.OpenReader(bytes.NewReader(bytesOf(t, b)))
	if err != nil {
		t.Fatal(err)
	}
	for row, want := range []string{"'台账'!$A$1", "'对账'!$A$1", "'对账'!$B$2", "", "'台账'!$A$1", ""} {
		if _, got, err := f.GetCellHyperLink("封面", fmt.Sprintf("A%d", row+1)); got != want || err != nil {
			t.Errorf("row %d leads to %q, want %q (%v)", row+1, got, want, err)
		}
	}
	if diff := cmp.Diff([]string{"封面!A5: 《没有的表》", "封面!A5: 《也没有》"}, b.Dangling()); diff != "" {
		t.Error(diff)
	}
}

func TestNames(t *testing.T) {
	b, cover, ledger, _ := linked()
	d := items.Draw(ledger.Top(), awkward)
	cover.At(1, 1).Span(1, 1).Put(Same(d.Total("金额")).Named("重点项目_总投资"), Yi)
	cover.At(1, 2).Span(1, 1).Put(Same(d.Total("金额")).Named("重点项目_总投资"), Wan)
	f, err := excelize.OpenReader(bytes.NewReader(bytesOf(t, b)))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, n := range f.GetDefinedName() {
		if n.Scope == "Workbook" {
			got = append(got, n.Name+" "+n.RefersTo+" "+n.Comment)
		}
	}
	if diff := cmp.Diff([]string{"重点项目_总投资 '封面'!$A$1 亿元"}, got); diff != "" {
		t.Error(diff)
	}
	for _, bad := range []string{"", "A1", "xfd10", "C", "r", "R1C1", "RC", "1季度", "合计（万元）", "总 投资", "a-b"} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%q names a cell", bad)
				}
			}()
			Int(1).Named(bad)
		}()
	}
	for _, good := range []string{"招商签约_总投资", "营商环境_12345工单", "_x", "Total"} {
		Int(1).Named(good)
	}
}

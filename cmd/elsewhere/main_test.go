package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/importer/sheet"
)

// sat is a sitting at which Gnumeric lost one of two merges and changed a text, and LibreOffice nothing.
func sat() *sitting {
	s := &sitting{Comparison: newComparison(), ours: map[string]Traits{}, versions: map[string]string{"LibreOffice": "7.4", "Gnumeric": "1.12"}}
	s.workbooks = []file{{kind: workbookA, path: "a.xlsx"}, {kind: receipts, name: "回单.xlsx ", path: "b.xlsx"}}
	for _, f := range s.workbooks {
		ours := Traits{merged: {"总览!A1:C1": "merged", "总览!A2:C2": "merged"}, values: {"总览!A1": `"截至6月底|共460个"`, "总览!B2": "0.1"}}
		s.ours[f.path] = ours
		s.compare("LibreOffice", saves, f, ours, ours)
		theirs := Traits{merged: {"总览!A1:C1": "merged"}, values: {"总览!A1": `"截至6月底|共461个"`, "总览!B2": "0.1000000000001"}}
		s.compare("Gnumeric", saves, f, ours, theirs)
	}
	return s
}

// The page says of each program what is the same and what is not, and where first.
func TestPage(t *testing.T) {
	made := sat().page()
	for _, want := range []string{
		"\n| workbook A | 1 | 0 | 2 | 0 | 0 |\n",
		"\n## LibreOffice 7.4\n\nIt saves again, the same: merged cells (4), values (4).\n\nNothing differs.\n",
		"\n| saves again: merged cells lost | 1 of 2 |  |  |  |  | 1 of 2 |  |  | 总览!A2:C2: merged |  |\n",
		"\n| saves again: values changed | 1 of 2 |  |  |  |  | 1 of 2 |  |  | 总览!A1: \"截至6月底\\|共460个\" → \"截至6月底\\|共461个\" |  |\n",
	} {
		if !strings.Contains(made, want) {
			t.Errorf("no %q in\n%s", want, made)
		}
	}
	if again := sat().page(); again != made {
		t.Errorf("made twice, the page differs:\n%s", cmp.Diff(made, again))
	}
}

// A difference that the page does not have is news, and so is one that is gone; a version or a count of what is the same is none.
func TestNews(t *testing.T) {
	s := sat()
	kept := s.page()
	s.versions["LibreOffice"] = "7.5"
	s.compare("LibreOffice", saves, file{kind: workbookB}, Traits{names: {"合计": "总览!A1"}}, Traits{names: {"合计": "总览!A1"}})
	if said := news(kept, s.page()); said != "" {
		t.Errorf("nothing differs, and it says\n%s", said)
	}
	s.compare("LibreOffice", reads, file{kind: workbookB}, Traits{sheets: {"总览": "sheet 1"}}, Traits{})
	row := "LibreOffice | opens: sheets lost |  | 1 of 1 |  |  |  |  |  |  | 总览: sheet 1 |  |\n"
	if said := news(kept, s.page()); said != "differs now: "+row {
		t.Errorf("a sheet is lost, and it says\n%s", said)
	}
	if said := news(s.page(), kept); said != "no longer so: "+row {
		t.Errorf("no sheet is lost any more, and it says\n%s", said)
	}
}

// The page of the repository is of the form that is compared, and explains each of its differences.
func TestKeptPage(t *testing.T) {
	kept, err := os.ReadFile(filepath.Join("..", "..", page))
	if err != nil {
		t.Fatal(err)
	}
	all := differences(string(kept))
	for _, line := range all {
		if strings.HasSuffix(line, "|  |") {
			t.Errorf("not explained: %s", line)
		}
	}
	for _, p := range programs {
		if !strings.Contains(string(kept), "\n## "+p.name+" ") {
			t.Errorf("nothing of %s", p.name)
		}
	}
	if !strings.HasPrefix(string(kept), head) || len(all) == 0 {
		t.Errorf("%d differences, and it begins with %.100q", len(all), kept)
	}
}

// A cell shows what its format says, rounded as it is written.
func TestShowing(t *testing.T) {
	const signed, dashed = `+#,##0.00;-#,##0.00;#,##0.00`, `#,##0;-#,##0;"—"`
	for _, c := range []struct{ format, raw, want string }{
		{"#,##0.00", "1080.955", "1,080.96"},
		{"#,##0.00", "2.005", "2.01"},
		{"#,##0.00", "5.4149999999999991", "5.42"},
		{"#,##0.00", "-2.004999", "-2.00"},
		{signed, "1234.5", "+1,234.50"},
		{signed, "-0.125", "-0.13"},
		{signed, "0", "0.00"},
		{dashed, "0", "—"},
		{dashed, "-1234567", "-1,234,567"},
		{`#,##0"个"`, "460", "460个"},
		{`+0.0"个百分点";-0.0"个百分点";0.0"个百分点"`, "-7.6", "-7.6个百分点"},
		{`\+#,##0.0\个\点;\-#,##0.0;\—`, "1.25", "+1.3个点"},
		{`\+#,##0;\-#,##0;\—`, "0", "—"},
		{"0.0%", "0.285", "28.5%"},
		{"0.00%", "0.12345", "12.35%"},
		{"", "0.1", "0.1"},
		{"", "123456789012", "1.23457E+11"},
		{"", "0.333333333333333", "0.333333333"},
		{"@", "001", "001"},
		{"yyyy-mm-dd", "45473", "2024-06-30"},
		{`yyyy"年"m"月"d"日"`, "45473", "2024年6月30日"},
	} {
		if got, known := showing(sheet.Cell{Kind: sheet.Number, Format: c.format, Raw: c.raw}); got != c.want || !known {
			t.Errorf("%s as %s: %q, want %q", c.raw, c.format, got, c.want)
		}
	}
	for _, format := range []string{"hh:mm", "[>1]0", "0!.0", "# ?/?"} {
		if got, known := showing(sheet.Cell{Kind: sheet.Number, Format: format, Raw: "1"}); known {
			t.Errorf("%s is known: %q", format, got)
		}
	}
}

// Paragraphs are found one after the other, whatever is between them.
func TestFound(t *testing.T) {
	ours := Traits{}
	for _, text := range []string{"一、总体情况", "合 计", "460", "二、存在问题"} {
		ours.paragraph(false, text)
	}
	got := found(ours, "一、总体\n情况 | 合计 | 460 |\n三、存在问题")
	if diff := cmp.Diff(map[string]string{number(1): "一、总体情况", number(2): "合计", number(3): "460"}, got[paragraphs]); diff != "" {
		t.Error(diff)
	}
}

// Rows of a csv are told by its lines, empty ones among them, whatever breaks its cells have.
func TestTexts(t *testing.T) {
	got := Traits{}
	if err := got.texts("表", []byte("标题\n\n\"两\n行\",2\n,3\n"), 2); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]string{"表!A2": "标题", "表!A4": "两\n行", "表!B4": "2", "表!B5": "3"}, got[shown]); diff != "" {
		t.Error(diff)
	}
}

// What is found in a return of the sample month is what is in it.
func TestWorkbook(t *testing.T) {
	const file = "../../samples/2024-06/inbox/县交通局6月进展.xlsx"
	got, err := workbook(file)
	if err != nil {
		t.Fatal(err)
	}
	for trait, least := range map[string]int{sheets: 1, values: 100, shown: 100, fonts: 100, columnWidths: 5} {
		if len(got[trait]) < least {
			t.Errorf("%s: %d", trait, len(got[trait]))
		}
	}
}

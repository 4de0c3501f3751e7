package sheet

import (
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
)

// TestMarked: what is struck through or raised in a workbook of whose styles 0 is plain,
// 1 strikes through and 2 is raised.
func TestMarked(t *testing.T) {
	const (
		plain  = `<rPr><sz val="11"/></rPr>`
		struck = `<rPr><strike/><sz val="11"/></rPr>`
		raised = `<rPr><vertAlign val="superscript"/></rPr>`
	)
	run := func(font, text string) string { return "<r>" + font + "<t>" + text + "</t></r>" }
	for _, test := range []struct{ name, style, item, want string }{
		{"no runs", "0", "<t>1500</t>", `"1500"`},
		{"a plain run", "0", run(plain, "1500"), `"1500"`},
		{"a raised footnote", "0", run("", "1500") + run(raised, "1"), `"15001" plain"1500" raised`},
		{"an old number struck through", "0", run(struck, "1000") + run(plain, "20"), `"100020" plain"20" struck`},
		{"both", "0", run(struck, "1") + run(plain, "2") + run(raised, "3"), `"123" plain"2" struck raised`},
		{"all struck through", "0", run(struck, "1000"), `"1000" plain"" struck`},
		{"all raised", "0", run(raised, "1000"), `"1000" plain"" raised`},
		{"a blank struck through", "0", run(plain, "20") + run(struck, " "), `"20 "`},
		{"nothing struck through", "0", run(plain, "20") + run(struck, ""), `"20"`},
		{"strike switched off", "0", run(`<rPr><strike val="0"/></rPr>`, "20") + run(`<rPr><strike val="false"/></rPr>`, "1"), `"201"`},
		{"strike switched on", "0", run(`<rPr><strike val="true"/></rPr>`, "20"), `"20" plain"" struck`},
		{"lowered", "0", run(plain, "H") + run(`<rPr><vertAlign val="subscript"/></rPr>`, "2"), `"H2"`},
		{"text before runs", "0", "<t>20</t>" + run(raised, "1"), `"201" plain"20" raised`},
		{"text behind runs", "0", run(raised, "1") + "<t>20</t>", `"120" plain"20" raised`},
		{"an escape before the footnote", "0", run("", "二_x000D_") + run(raised, "1"), `"二\r1" plain"二\r" raised`},
		{"reading of a struck text", "0", run(struck, "甲") + `<rPh sb="0" eb="1"><t>jia</t></rPh>`, `"甲" plain"" struck`},
		{"a struck cell", "1", "<t>1500</t>", `"1500" plain"" struck`},
		{"a struck cell whose end is not", "1", run("", "1000") + run(plain, "20"), `"100020" plain"20" struck`},
		{"a struck cell that is not", "1", run(plain, "20"), `"20"`},
		{"a raised cell", "2", "<t>1500</t>", `"1500"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			fonts := swap("xl/styles.xml", `<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/>`,
				`<fonts><font><sz val="11"/></font><font><strike/></font><font><vertAlign val="superscript"/></font></fonts>`+
					`<cellXfs><xf fontId="0"/><xf fontId="1"/><xf fontId="2"/>`)
			texts := set("xl/sharedStrings.xml", `<sst xmlns="`+mainSpace+`"><si>`+test.item+`</si></sst>`)
			rows := `<row r="1"><c r="A1" s="` + test.style + `" t="s"><v>0</v></c>` +
				`<c r="B1" s="` + test.style + `" t="inlineStr"><is>` + test.item + `</is></c></row>`
			xml := `<worksheet xmlns="` + mainSpace + `"><sheetData>` + rows + `</sheetData></worksheet>`
			got, err := dump(zipped(t, good(fonts, texts, set(sheet1, xml))), defaultLimits)
			if err != nil {
				t.Fatal(err)
			}
			_, got, _ = strings.Cut(got, "\n")
			if diff := cmp.Diff("1: A=text"+test.want+" B=text"+test.want+"\n", got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestMarkedCell: a font that strikes through takes back whatever the cell holds.
func TestMarkedCell(t *testing.T) {
	styles := swap("xl/styles.xml", `<cellXfs count="3"><xf numFmtId="0"/>`, `<fonts><font><strike/></font></fonts><cellXfs count="3"><xf fontId="7"/>`)
	struck := swap("xl/styles.xml", `<xf numFmtId="176"/>`, `<xf numFmtId="176" fontId="0"/>`)
	xml := `<worksheet xmlns="` + mainSpace + `"><sheetData><row r="1"><c s="2"><v>5</v></c><c><v>5</v></c><c s="2" t="b"><v>1</v></c>` +
		`<c s="2"><f>A1</f><v>5</v></c><c s="2"><f>A1</f></c></row></sheetData></worksheet>`
	got, err := dump(zipped(t, good(styles, struck, set(sheet1, xml))), defaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	want := "Sheet1 merges=[] hidden=\n" + `1: A=number"5"[0.00_ ] plain"" struck B=number"5" C=bool"1"[0.00_ ] plain"" struck` +
		` D=formula number"5"[0.00_ ] plain"" struck E=formula blank""[0.00_ ]` + "\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestXLSMarked: the same of an .xls, whose fonts are plain (0), struck through (1 and
// 5, as no font has the number 4) and raised (2).
func TestXLSMarked(t *testing.T) {
	font := func(flags, escapement uint16) string {
		return record(recordFont, u16(200), flags, u16(0), u16(400), escapement, [4]u8{}, u8(0), u8(0))
	}
	fonts := font(0, 0) + font(8, 0) + font(0, 1) + font(0, 2) + font(8, 0)
	inFont := func(font uint16) string { return record(recordXF, font, u16(0), [16]u8{}) }
	text := func(text string, runs ...uint16) string {
		units := []rune(text)
		return fields(u16(len(units)), u8(flagRich|flagWide), u16(len(runs)/2), utf16.Encode(units), runs)
	}
	for _, test := range []struct {
		name  string
		style uint16
		text  string
		want  string
	}{
		{"a raised footnote", 0, text("15001", 4, 2), `"15001" plain"1500" raised`},
		{"an old number struck through", 0, text("100020", 0, 1, 4, 0), `"100020" plain"20" struck`},
		{"the fifth font", 0, text("甲乙", 1, 5), `"甲乙" plain"甲" struck`},
		{"a font of nobody", 0, text("甲乙", 1, 9), `"甲乙"`},
		{"lowered", 0, text("H2", 1, 3), `"H2"`},
		{"a struck cell", 1, wideText("1500"), `"1500" plain"" struck`},
		{"a struck cell whose end is not", 1, text("100020", 4, 0), `"100020" plain"20" struck`},
	} {
		t.Run(test.name, func(t *testing.T) {
			x := goodXLS(onlyRecords(record(recordLabelSST, u16(0), u16(0), test.style, u32(0))+
				record(recordLabel, u16(0), u16(1), test.style, test.text)), func(x *xls) {
				x.globals = fonts + inFont(0) + inFont(1) + record(recordSST, u32(1), u32(1), test.text)
			})
			if diff := cmp.Diff("1: A=text"+test.want+" B=text"+test.want+"\n", dumpXLS(t, x)); diff != "" {
				t.Error(diff)
			}
		})
	}
	old := goodBIFF5(onlyRecords(record(recordRString, u16(0), u16(0), u16(0), u16(5), "\xB6\xFE201", u8(2), u8(0), u8(1), u8(4), u8(2))), func(x *xls) {
		x.globals += fonts
	})
	if diff := cmp.Diff("1: A=text\"二201\" plain\"\" struck raised\n", dumpXLS(t, old)); diff != "" {
		t.Error(diff)
	}
}

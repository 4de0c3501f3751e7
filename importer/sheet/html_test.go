package sheet

import (
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
)

func TestHTML(t *testing.T) {
	for _, test := range []struct{ name, page, want string }{
		{"as systems export it",
			`<html><head><meta charset="utf-8"><title>导出</title><style>td{mso-number-format:"\@"}</style></head><body>` +
				`<h1>2024年6月重点项目</h1><p>单位：<b>万元</b></p><table border=1><tr><th>序号<th>代码<tr><td>1<td>001234</table>` +
				`<p>注：样例<br>第二行</body></html>`,
			`1: A=text"2024年6月重点项目"
2: A=text"单位：万元"
3: A=text"序号" B=text"代码"
4: A=text"1" B=text"001234"
5: A=text"注：样例"
6: A=text"第二行"
`},
		{"blanks, entities and lines", "<table><tr><td> 项目\r\n  名称 <td>a&nbsp;&amp;&lt;b<br/>c<p>d</p><p>e</p></td><td> &#20013;<!-- x --> </td></tr></table>",
			`1: A=text"项目 名称" B=text"a\u00a0&<b\nc\nd\ne" C=text"中"
`},
		{"what is not shown", "<table><tr><td>1<script>var a='<td>'</script><style>x</style><select><option>甲</select></td></tr></table>", "1: A=text\"1\"\n"},
		{"spans", `<table><tr><td rowspan=2>甲<td colspan="2">乙<td>丙</tr><tr><td>丁<td rowspan=9>戊</tr><tr><td>己<td>庚</tr></table>`,
			`merges A1:A2 B1:C1 C2:C3
1: A=text"甲" B=text"乙" D=text"丙"
2: B=text"丁" C=text"戊"
3: A=text"己" B=text"庚"
`},
		{"a span to the end of the table", `<table><tr><td rowspan=0>甲<td>乙<tr><td>丙</table><table><tr><td>丁</table>`,
			`merges A1:A2
1: A=text"甲" B=text"乙"
2: B=text"丙"
3: A=text"丁"
`},
		{"hidden rows and columns",
			`<table><col><col span=2 style='display:none'><tr><td>1<td>2<tr style="mso-x:y; display: none"><td>3<tr hidden><td>4</table>`,
			`hidden BC
1: A=text"1" B=text"2"
2 hidden: A=text"3"
3 hidden: A=text"4"
`},
		{"a hidden table", `<table style="display:none"><tr><td>1</table>`, "1 hidden: A=text\"1\"\n"},
		{"a caption", `<table><caption>表名</caption><thead><tr><th>甲</thead><tbody><tr><td>1</tbody></table>`,
			"1: A=text\"表名\"\n2: A=text\"甲\"\n3: A=text\"1\"\n"},
		{"blank rows and cells", `<table><tr><td><td>2<tr></tr><tr><td>&nbsp;</table>`, "1: B=text\"2\"\n3: A=text\"\\u00a0\"\n"},
		{"a table within a layout", `<table><tr><td>栏目<td>前<table><tr><td>甲<td>乙<tr><td>1<td>2</table>后<td>末</tr></table>`,
			`1: A=text"栏目" B=text"前"
2: A=text"甲" B=text"乙"
3: A=text"1" B=text"2"
4: B=text"后" C=text"末"
`},
		{"struck and raised", `<table><tr><td><s>1000</s>20<sup>1</sup><td><del>旧<td>新</table>`,
			`1: A=text"1000201" plain"20" struck raised B=text"旧" plain"" struck C=text"新"
`},
		{"Excel's own", `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><!--[if gte mso 9]><xml><o:LastSaved>2024-06-25T08:00:00Z</o:LastSaved>` +
			`<x:ExcelWorksheet><x:Name>6月&amp;</x:Name></x:ExcelWorksheet></xml><![endif]--><body><table><tr><td x:num="1.5">1.50</td></tr>` +
			`<![if supportMisalignedColumns]><tr height=0 style='display:none'><td></td></tr><![endif]></table></body></html>`,
			"6月& 1: A=text\"1.50\"\n"},
		{"XHTML", `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html><html><body><table><tr><td/><td><![CDATA[a<b]]></td></tr></table></body></html>`,
			"1: B=text\"a<b\"\n"},
		{"cells outside of rows", `<table><td>1<td>2</table>`, "1: A=text\"1\" B=text\"2\"\n"},
		{"ends of nothing", `<table></td></tr><tr><td>1</td></td></tr></table></table></p>`, "1: A=text\"1\"\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			book, err := openBytes([]byte(test.page))
			if err != nil {
				t.Fatal(err)
			}
			got := dumpBook(t, book)
			name, rest, _ := strings.Cut(got, " merges=[")
			merges, rest, _ := strings.Cut(rest, "] hidden=")
			hidden, rows, _ := strings.Cut(rest, "\n")
			head := ""
			for _, part := range []struct{ label, text, end string }{{"", name, " "}, {"merges ", merges, "\n"}, {"hidden ", hidden, "\n"}} {
				if part.text != "" {
					head += part.label + part.text + part.end
				}
			}
			if got = head + rows; got != test.want {
				t.Errorf("got\n%swant\n%s", got, test.want)
			}
		})
	}
}

// What programs make of a workbook of several sheets is such a workbook again; of others, and of captions elsewhere, one sheet.
func TestHTMLOfSeveralSheets(t *testing.T) {
	const gnumeric = `<html><head><meta name="generator" content="Gnumeric 1.12.55 via GPFH/0.5"></head><body>`
	const libreOffice = `<html><head><meta name="generator" content="LibreOffice 7.4.7.2 (Linux)"/></head><body>`
	for _, test := range []struct{ name, page, want string }{
		{"LibreOffice", libreOffice + `<hr><p><center><h1>Overview</h1><a href="#table0">说明</a><br><a href="#table1">6月</a><br></center></p><hr>` +
			`<A NAME="table0"><h1>Sheet 1: <em>说明</em></h1></A><table><tr><td colspan=2>甲</td></tr></table><hr>` +
			`<A NAME="table1"><h1>工作表 2: <em>6月</em></h1></A><table><tr><td>乙</td></tr><tr><td>丙</td></tr></table></body></html>`,
			"说明 [A1:B1] 甲|6月 [] 乙 丙"},
		{"LibreOffice, of one sheet", libreOffice + `<table><tr><td>甲</td></tr></table></body></html>`, " [] 甲"},
		{"Gnumeric", gnumeric + `<p></p><table><caption>说明</caption><tr><td colspan=2>甲</td></tr></table>` +
			`<p></p><table><caption>6月</caption><tr><td>乙</td></tr></table></body></html>`, "说明 [A1:B1] 甲|6月 [] 乙"},
		{"Gnumeric, a sheet that is blank", gnumeric + `<table><caption>空</caption></table><table><caption>6月</caption><tr><td>乙</td></tr></table></body></html>`,
			"6月 [] 乙"},
		{"another place of that name in a cell", `<table><tr><td><a name="table1">甲</a></td></tr></table>`, " [] 甲"},
		{"a place of that name in another's page",
			`<html><body><a href="#table1">表</a><h1>水利局</h1><a name="table1"></a><table><tr><td>甲</td></tr></table><p>合计：5个</p></body></html>`,
			" [] 表 水利局 甲 合计：5个"},
		{"a place of that name in a page by hand", libreOffice + `<h1>水利局</h1><a name="table1"></a><table><tr><td>甲</td></tr></table><p>合计：5个</p></body></html>`,
			" [] 水利局 甲 合计：5个"},
		{"LibreOffice, a sheet without a name",
			libreOffice + `<a href="#table0">说明</a><a name="table0"></a><table><tr><td>甲</td></tr></table><p>合计：5个</p></body></html>`,
			" [] 甲 合计：5个"},
		{"captions of others", `<table><caption>表一</caption><tr><td>甲</td></tr></table><table><caption>表二</caption><tr><td>乙</td></tr></table>`,
			" [] 表一 甲 表二 乙"},
	} {
		t.Run(test.name, func(t *testing.T) {
			book, rows, _, err := readAll([]byte(test.page))
			if err != nil {
				t.Fatal(err)
			}
			var sheets []string
			for i, s := range book.Sheets() {
				text := fmt.Sprint(s.Name, " ", s.Merges)
				for _, row := range rows[i] {
					text += " " + row.Cells[0].Raw
				}
				sheets = append(sheets, text)
			}
			if got := strings.Join(sheets, "|"); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// The encoding is that of the bytes; what the page says of it decides only where they do not.
func TestHTMLEncodings(t *testing.T) {
	page := func(charset string) string {
		return `<html><head><meta http-equiv="Content-Type" content="text/html; charset=` + charset + `"></head><body><table><tr><td>项目镕</table></body></html>`
	}
	latin := `<html><meta charset="gbk"><body><table><tr><td>` + gb18030("ǖ") + `</table></body></html>`
	for name, data := range map[string]string{
		"UTF-8": page("utf-8"), "UTF-8 with a mark": "\uFEFF" + page("utf-8"), "UTF-8 that says gb2312": page("gb2312"),
		"GB18030 that says gb2312": gb18030(page("gb2312")), "GB18030 that says utf-8": gb18030(page("utf-8")),
		"UTF-16": wide(page("unicode"), binary.LittleEndian),
	} {
		if got, err := dump([]byte(data), defaultLimits); err != nil || !strings.Contains(got, `A=text"项目镕"`) {
			t.Errorf("%s: %s, %v", name, got, err)
		}
	}
	if got, err := dump([]byte(latin), defaultLimits); err != nil || !strings.Contains(got, `A=text"ǖ"`) {
		t.Errorf("%s, %v", got, err)
	}
}

func TestHTMLRefused(t *testing.T) {
	for _, test := range []struct {
		name, page string
		want       Reason
	}{
		{"a page without a table", `<html><body><form>登录</form></body></html>`, FileHTML},
		{"a page of frames", `<html><frameset rows="*,39"><frame src="6月.files/sheet001.htm"></frameset></html>`, FileFrames},
		{"cut off in a table", `<table><tr><td>1</td></tr>`, Damaged},
		{"cut off in a tag", `<table><tr><td>1</td></tr></tab`, Damaged},
		{"cut off in a comment", `<table><tr><td>1</td></tr><!-- </table>`, Damaged},
		{"cut off behind a table", `<html><body><table><tr><td>1</td></tr></table>`, Damaged},
		{"cut off in a script", `<table></table><script>`, Damaged},
		{"text between rows", `<table><tr><td>1</td></tr>2<tr><td>3</td></tr></table>`, Damaged},
		{"text between cells", `<table><tr><td>1</td>2<td>3</td></tr></table>`, Damaged},
		{"a cell beyond the last column", `<table><tr>` + strings.Repeat(`<td colspan=1000>`, 17) + `</table>`, Damaged},
		{"no encoding", `<meta charset="big5"><table><tr><td>` + "\xA4\xA4\xFF" + `</table>`, Damaged},
		{"tables within tables", strings.Repeat(`<table><tr><td>`, 65), TooLarge},
		{"a long text", `<table><tr><td>` + strings.Repeat("一", 200_000), TooLarge},
		{"merges", `<table><tr>` + strings.Repeat(`<tr><td colspan=2>`, 50_001) + `</table>`, TooLarge},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := dump([]byte(test.page), defaultLimits)
			if refusal := refused(t, err); refusal.Reason != test.want {
				t.Errorf("%v, want %s", err, test.want)
			}
		})
	}
}

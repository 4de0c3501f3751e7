//go:build linux

package main

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// hostileKinds are the ways to make a small file dear, and the files that are none.
var hostileKinds = []hostileKind{
	// Texts that few bytes repeat.
	{name: "20 titles of half a megabyte", extension: "xlsx", cheap: true, want: "F02 text",
		create: one(func(w out) { titles(w, 1, 20) }, "").shared(strings.Repeat("填报单位：", 34_000)).create},
	{name: "10,000 titles of half a megabyte", extension: "xlsx", cheap: true, want: "F02 text",
		create: one(func(w out) { titles(w, 100, 100) }, "").shared(strings.Repeat("填报单位：", 34_000)).create},
	{name: "10,000 titles of the longest text", extension: "xlsx", cheap: true, want: "F02 content",
		create: one(func(w out) { titles(w, 100, 100) }, "").shared(strings.Repeat("填报单位：", 6_500)).create},
	{name: "160 titles of the longest text", extension: "xlsx", cheap: true, want: "read",
		create: one(func(w out) { titles(w, 16, 10) }, "").shared(strings.Repeat("填报单位：", 6_500)).create},
	{name: "titles of labels", extension: "xlsx", cheap: true, want: "F02 search",
		create: one(func(w out) { titles(w, 30, 180) }, "").shared(strings.Repeat("单位：", 333)).create},
	{name: "titles of dates", extension: "xlsx", cheap: true, want: "F02 search",
		create: one(func(w out) { titles(w, 30, 180) }, "").shared(strings.Repeat("2024年6月", 250)).create},
	{name: "titles on 40 sheets", extension: "xlsx", cheap: true, want: "F02 search",
		create: sheets(40, func(w out) { titles(w, 30, 10) }).shared(strings.Repeat("2024年6月单位", 80)).create},
	{name: "a table with the longest texts", extension: "xlsx", cheap: true, want: "F02 content",
		create: inTable(1_000, same("#0")).shared(strings.Repeat("1亿2000万元", 6_000)).create},
	{name: "a table of texts as long as may be", extension: "xlsx", cheap: true, want: "read",
		create: inTable(4, same("#0")).shared(strings.Repeat("2023年3月至2025年12月、", 3_000)).create},
	{name: "a table of texts of 3,000 bytes", extension: "xlsx", cheap: true, want: "read",
		create: inTable(100, same("#0")).shared(strings.Repeat("2023年3月至2025年12月、", 100)).create},
	{name: "a table of texts of 190 bytes", extension: "xlsx", want: "F02 findings",
		create: inTable(1_600, same("#0")).shared(strings.Repeat("2023.3-", 27)).create},
	{name: "a table of words of 80 bytes", extension: "xlsx", want: "F02 findings",
		create: inTable(4_000, same("#0")).shared(strings.Repeat("重点项目小计", 4)).create},
	{name: "a table of figures in words", extension: "xlsx", want: "F02 findings",
		create: inTable(4_900, same("#0")).shared("一亿二千万元").create},
	{name: "a table of dates", extension: "xlsx", want: "F02 findings",
		create: inTable(4_900, same("#0")).shared("2024年6月18日").create},
	{name: "a table of totals", extension: "xlsx", want: "F02 findings",
		create: inTable(4_900, func(row, column int) string {
			if column == 1 {
				return "小计"
			}
			return strconv.Itoa(row)
		}).create},
	{name: "4,900 rows, each wrong in two cells", extension: "xlsx", want: "read",
		create: inTable(4_900, func(row, column int) string { return sound(row, column, column%8 == 7, "") }).create},
	{name: "4,900 rows of names", extension: "xlsx", want: "read",
		create: inTable(4_900, func(row, column int) string { return sound(row, column, false, "") }).create},
	{name: "4,900 sound rows", extension: "xlsx", want: "read",
		create: inTable(4_900, func(row, column int) string { return sound(row, column, false, strconv.Itoa(row%7+column)) }).create},
	{name: "a table of numbers of 90,000 digits", extension: "xlsx", cheap: true, want: "F01",
		create: one(func(w out) {
			filled(w, 1, same("1"))
			repeat(w, `<row>`, `<c><v>`+strings.Repeat("7", 90_000)+`e9</v></c>`, 20, `</row>`)
		}, "").create},
	{name: "headings of the longest text", extension: "xlsx", cheap: true, want: "read",
		create: one(func(w out) {
			filled(w, 0, nil)
			w.WriteString(row(append(headingsOf("progress"), strings.Fields(strings.Repeat("#0 ", 100))...)...))
			w.WriteString(row(strings.Fields(strings.Repeat("一 ", 60))...))
		}, "").shared(strings.Repeat("（万元）", 8_000)).create},
	{name: "headings in 16,384 columns, again and again", extension: "xlsx", want: "F02 cells",
		create: one(func(w out) {
			for range 70 {
				repeat(w, `<row>`, `<c t="s"><v>0</v></c><c t="s"><v>1</v></c>`, 8_192, `</row>`)
			}
		}, "").shared("项目名称", "总投资").create},
	{name: "headings in 512 columns, again and again", extension: "xlsx", want: "read",
		create: one(func(w out) {
			for i := range 390 {
				w.WriteString(`<row>`)
				for j := range 512 {
					fmt.Fprintf(w, `<c t="str"><v>%s%d</v></c>`, [3]string{"项目名称", "总投资", "第"}[(i+j)%3], i*j)
				}
				w.WriteString(`</row>`)
			}
		}, "").create},
	{name: "headings, 100,000 of them", extension: "xlsx", want: "F02 search",
		create: one(func(w out) {
			for i := range 4_900 {
				texts := []string{"项目名称"}
				for j := range 20 {
					texts = append(texts, fmt.Sprintf("2024年%d-%d月完成投资（万元）", i, j))
				}
				w.WriteString(row(texts...))
			}
		}, "").create},
	{name: "notes below the table", extension: "xlsx", cheap: true, want: "read",
		create: one(func(w out) {
			filled(w, 3, same("1"))
			repeat(w, "", row("#0"), 4_900, "")
		}, "").shared("注：" + strings.Repeat("单位：万元", 200)).create},

	// Rows, columns, cells, merges.
	{name: "990,000 rows", extension: "xlsx", want: "F02 rows",
		create: one(func(w out) {
			filled(w, 0, nil)
			repeat(w, "", `<row><c t="s"><v>0</v></c></row>`, 990_000, "")
		}, "").shared("柳林镇集镇供水工程").create},
	{name: "990,000 rows of no table", extension: "xlsx", want: "F02 cells",
		create: one(func(w out) { repeat(w, "", `<row><c t="s"><v>0</v></c></row>`, 990_000, "") }, "").shared("柳林镇").create},
	{name: "5,000 rows in 30 columns", extension: "xlsx", want: "F02 findings",
		create: inTable(4_990, numbered("3")).create},
	{name: "sheets of 4,000 rows", extension: "xlsx", want: "F02 rows",
		create: sheets(6, func(w out) {
			filled(w, 0, nil)
			repeat(w, "", row("1", "3.1", "3.2", "3.3", "3.4"), 4_000, "")
		}).create},
	{name: "sheets of 4,900 full rows", extension: "xlsx", want: "F02 cells",
		create: sheets(6, func(w out) { filled(w, 4_900, func(row, column int) string { return sound(row, column, false, "7") }) }).create},
	{name: "20 returns of 240 rows", extension: "xlsx", want: "F02 findings",
		create: returns(20, 240).create},
	{name: "400 returns of a row", extension: "xlsx", want: "F02 search",
		create: returns(400, 1).create},
	{name: "one row, 4,900 times", extension: "xlsx", want: "F02 findings",
		create: inTable(4_900, func(_, column int) string { return strconv.Itoa(column) }).create},
	{name: "one code and one owner, names all unlike", extension: "xlsx", want: "F02 findings",
		create: inTable(4_900, func(row, column int) string {
			return []string{strconv.Itoa(row), "工程" + strconv.Itoa(row*7_919), "2401-610722-04-01-100012", "县级", "续建"}[min(column, 4)]
		}).create},
	{name: "lists of 3,000 names", extension: "xlsx", want: "read",
		create: inTable(40, same("#0")).shared(strings.Repeat("某某局、", 800)).create},
	{name: "formulas of 8,000 bytes", extension: "xlsx", want: "read",
		create: one(func(w out) {
			filled(w, 3, same("1"))
			repeat(w, `<row>`, `<c><f>`+strings.Repeat("SUM(A1:B2)+", 720)+`0</f><v>1</v></c>`, 5_000, `</row>`)
		}, "").create},
	{name: "formulas written as texts", extension: "xlsx", want: "F02 findings",
		create: inTable(4_900, same("=SUM(A1:A3)/0")).create},
	{name: "a text of 300,000 runs", extension: "xlsx", want: "F02 text",
		create: func(t *testing.T, path string) {
			b := inTable(3, same("#0"))
			b.strings = func(w out) {
				repeat(w, `<si>`, `<r><rPr><strike/><vertAlign val="superscript"/></rPr><t>1</t></r><r><t>2</t></r>`, 150_000, `</si>`)
			}
			b.create(t, path)
		}},
	{name: "4,900 rows struck through in part", extension: "xlsx", want: "F02 findings",
		create: func(t *testing.T, path string) {
			b := inTable(4_900, same("#0"))
			b.strings = func(w out) {
				w.WriteString(`<si><r><rPr><strike/></rPr><t>120</t></r><r><t>130</t></r></si>`)
			}
			b.create(t, path)
		}},
	{name: "4,900 hidden rows", extension: "xlsx", want: "F02 findings",
		create: one(func(w out) {
			filled(w, 0, nil)
			repeat(w, "", `<row hidden="1">`+strings.Repeat(`<c><v>1</v></c>`, 39)+`</row>`, 4_900, "")
		}, "").create},
	{name: "95 columns that no form knows", extension: "xlsx", want: "read",
		create: one(func(w out) {
			filled(w, 0, nil)
			blank := strings.Repeat(`<c/>`, len(headingsOf("progress")))
			repeat(w, "", `<row>`+blank+strings.Repeat(`<c><v>1</v></c>`, 95)+`</row>`, 2_000, "")
		}, "").create},
	{name: "16,384 columns", extension: "xlsx", want: "read",
		create: one(func(w out) {
			filled(w, 3, same("1"))
			repeat(w, "", `<row>`+strings.Repeat(`<c><v>1</v></c>`, 16_384)+`</row>`, 12, "")
		}, "").create},
	{name: "a cell in the last row", extension: "xlsx", cheap: true, want: "read",
		create: one(func(w out) {
			filled(w, 3, same("1"))
			w.WriteString(`<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`)
		}, "").create},
	{name: "50,000 merges over the header", extension: "xlsx", want: "read",
		create: one(func(w out) { filled(w, 3, same("1")) }, merges(50_000, func(int) string { return "A2:XFD5" })).create},
	{name: "50,000 merges one within the other", extension: "xlsx", cheap: true, want: "F02 findings",
		create: one(func(w out) { filled(w, 3_000, same("1")) }, merges(50_000, func(i int) string {
			return fmt.Sprintf("B%d:B%d", 3+i%3_000, 1_048_576-i)
		})).create},
	{name: "a merge too many", extension: "xlsx", want: "F02 merges",
		create: one(func(w out) { filled(w, 3, same("1")) }, merges(50_001, func(int) string { return "A1:B1" })).create},
	{name: "cells without values", extension: "xlsx", want: "F01",
		create: one(func(w out) { repeat(w, row("x"), `<row><c/><c/><c/><c/><c/></row>`, 2_000_000, "") }, "").create},
	{name: "2,000 sheets", extension: "xlsx", want: "F02 entries",
		create: sheets(2_000, func(w out) { filled(w, 1, same("1")) }).create},
	{name: "1,900 sheets", extension: "xlsx", want: "F02 search",
		create: sheets(1_900, func(w out) { filled(w, 1, same("1")) }).create},

	// What is around the cells.
	{name: "65,000 formats of 1,000 bytes", extension: "xlsx", want: "F02 styles",
		create: formats(65_000, 600, 10).create},
	{name: "30,000 formats of 1,000 bytes", extension: "xlsx", want: "F02 search",
		create: formats(30_000, 950, 4_900).create},
	{name: "a format of 2,000 bytes", extension: "xlsx", cheap: true, want: "F02 format",
		create: formats(1, 2_000, 3).create},
	{name: "defined names", extension: "xlsx", cheap: true, want: "F02 other",
		create: withPart(one(func(w out) { filled(w, 3, same("1")) }, ""), "xl/workbook.xml", func(w out) {
			w.WriteString(`<workbook xmlns="` + mainSpace + `" xmlns:r="` + relSpace + `"><sheets><sheet name="1" sheetId="1" r:id="s0"/></sheets>`)
			repeat(w, `<definedNames>`, `<definedName name="a">Sheet1!$A$1</definedName>`, 200_000, `</definedNames></workbook>`)
		}).create},
	{name: "comments", extension: "xlsx", want: "read",
		create: withMore(one(func(w out) { filled(w, 3, same("1")) }, ""), entry{"xl/comments1.xml", func(w out) {
			repeat(w, `<comments xmlns="`+mainSpace+`"><commentList>`, `<comment ref="A1"><text><t>x</t></text></comment>`, 1_000_000, `</commentList></comments>`)
		}}).create},
	{name: "conditional formats", extension: "xlsx", want: "read",
		create: one(func(w out) { filled(w, 3, same("1")) }, strings.Repeat(
			`<conditionalFormatting sqref="A1:XFD1048576"><cfRule type="expression" priority="1"><formula>A1=1</formula></cfRule></conditionalFormatting>`, 100_000)).create},
	{name: "a tag of a megabyte", extension: "xlsx", cheap: true, want: "F02 tag",
		create: one(func(w out) { filled(w, 3, same("1")) }, `<conditionalFormatting sqref="`+strings.Repeat("A1 ", 350_000)+`"/>`).create},
	{name: "elements 10,000 deep", extension: "xlsx", cheap: true, want: "F02 depth",
		create: one(func(w out) { filled(w, 3, same("1")) }, strings.Repeat(`<a>`, 10_000)).create},
	{name: "names with escapes", extension: "xlsx", cheap: true, want: "read",
		create: one(func(w out) {
			filled(w, 3, same("_x001B_[2J_x0007_&#x202E;"))
		}, "").create},

	// Other formats.
	{name: "ods: cells repeated", extension: "ods", cheap: true, want: "F02 content",
		create: ods(`<table:table-row table:number-rows-repeated="10"><table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>` +
			strings.Repeat("单位：", 300) + `</text:p></table:table-cell></table:table-row>`)},
	{name: "ods: rows repeated", extension: "ods", cheap: true, want: "F02 cells",
		create: ods(`<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="float" office:value="1"/></table:table-row>`)},
	{name: "fods: columns repeated", extension: "fods", cheap: true, want: "F02 content",
		create: text(func(w out) {
			w.WriteString(odsDocument("document", `<table:table-row table:number-rows-repeated="10"><table:table-cell `+
				`table:number-columns-repeated="10000" office:value-type="string"><text:p>`+strings.Repeat("报告期", 900)+`</text:p></table:table-cell></table:table-row>`))
		})},
	{name: "ods: blanks repeated", extension: "ods", cheap: true, want: "F02 text",
		create: ods(`<table:table-row><table:table-cell office:value-type="string"><text:p>` + strings.Repeat(`<text:s text:c="90000"/>`, 1_000) +
			`</text:p></table:table-cell></table:table-row>`)},
	{name: "html: tables in tables", extension: "xls", cheap: true, want: "F02 depth",
		create: repeated("<html>", "<table><tr><td>x", 10_000, "</html>")},
	{name: "html: tables in tables, again and again", extension: "xls", want: "read",
		create: repeated("<html>", strings.Repeat("<table><tr><td>x", 60)+strings.Repeat("</table>", 60), 3_300, "</html>")},
	{name: "html: spans of 65,534 rows", extension: "xls", want: "F01",
		create: repeated("<html><table>", "<tr><td rowspan=65534 colspan=1000>x<td>y", 400_000, "</table></html>")},
	{name: "html: tags never closed", extension: "xls", want: "read",
		create: repeated("<html><table><tr><td>", "<s>", 6_000_000, "</table></html>")},
	{name: "html: an attribute of 20 MB", extension: "xls", want: "F02 tag",
		create: repeated(`<html><table a="`, "x", 20_000_000, `"></table></html>`)},
	{name: "2003: index and merges at the end", extension: "xml", cheap: true, want: "F01",
		create: xml2003(`<Row ss:Index="1048576"><Cell ss:Index="16384" ss:MergeAcross="16383" ss:MergeDown="1048575"><Data ss:Type="Number">1</Data></Cell></Row>`)},
	{name: "2003: spans of columns", extension: "xml", want: "read",
		create: xml2003(strings.Repeat(`<Row>`+strings.Repeat(`<Cell><Data ss:Type="Number">1</Data></Cell>`, 100)+`</Row>`, 1_990))},
	{name: "ods: 300,000 styles", extension: "ods", want: "F02 formats",
		create: zipFile(plain("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), plain("content.xml", odsDocument("document-content", "")),
			entry{"styles.xml", func(w out) {
				const space = "urn:oasis:names:tc:opendocument:xmlns:"
				w.WriteString(`<office:document-styles xmlns:office="` + space + `office:1.0" xmlns:style="` + space + `style:1.0"><office:styles>`)
				for i := range 300_000 {
					fmt.Fprintf(w, `<style:style style:name="s%d" style:family="table-cell"/>`, i)
				}
				w.WriteString(`</office:styles></office:document-styles>`)
			}})},
	{name: "xlsb", extension: "xlsb", cheap: true, want: "F07",
		create: zipFile(plain("[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="bin" `+
			`ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>`),
			plain("_rels/.rels", packageRels+`<Relationship Id="r" Type="`+relSpace+`/officeDocument" Target="xl/workbook.bin"/></Relationships>`),
			entry{"xl/workbook.bin", func(w out) { repeat(w, "", "\x00", 100_000_000, "") }})},
	{name: "csv: 100,000 rows, each wrong", extension: "csv", want: "F02 rows",
		create: text(func(w out) {
			repeat(w, hostileTitle+"\n"+strings.Join(headingsOf("progress"), ",")+"\n", "1,x,y,z\n", 100_000, "")
		})},
	{name: "csv: 4,900 rows, each wrong in every cell", extension: "csv", want: "F02 findings",
		create: text(func(w out) {
			repeat(w, hostileTitle+"\n"+strings.Join(headingsOf("progress"), ",")+"\n", strings.Repeat("?,", 38)+"?\n", 4_900, "")
		})},
	{name: "csv: rare characters of UTF-16", extension: "csv", want: "F01",
		create: repeated("\xFF\xFE", "\x41\xA5\xC7\x10,\x00", 3_000_000, "\n\x00")},
	{name: "csv: a line of 20 MB", extension: "csv", want: "F02 text",
		create: repeated("a,", "x", 20_000_000, "\n")},
	{name: "csv: a quote of 20 MB", extension: "csv", want: "F01",
		create: repeated(`a,"`, `x""`, 6_600_000, "\n")},
	{name: "csv: a million columns", extension: "csv", want: "F01",
		create: repeated("a", ",b", 1_000_000, "\n")},
	{name: "csv: five million empty lines", extension: "csv", want: "F01",
		create: repeated("a,b\n", "\n", 5_000_000, "c\n")},
	{name: "csv: characters of no encoding", extension: "csv", want: "F13",
		create: repeated("a,b\n", "\x81\x30\x81\x30,", 4_000_000, "\xff\n")},
	{name: "xls: shared strings over CONTINUE records", extension: "xls", want: "F02 strings",
		create: xls(func(w out) { sst(w, 600_000, "重点项目") })},
	{name: "xls: shared strings announced and not there", extension: "xls", cheap: true, want: "read",
		create: xls(func(w out) { record(w, 0x00FC, u32(1)+u32(499_999)) })},
	{name: "xls: a million CONTINUE records", extension: "xls", want: "F01",
		create: xls(func(w out) {
			record(w, 0x00FC, u32(1)+u32(1)+u16(40_000)+"\x00x")
			for range 2_000_000 {
				record(w, 0x003C, "")
			}
		})},

	// Archives.
	{name: "zip: zips in zips", extension: "zip", cheap: true, want: "F15",
		create: zipFile(entry{"a.zip", func(w out) { nested(w, 20) }})},
	{name: "zip: 2,001 files", extension: "zip", cheap: true, want: "F02 entries",
		create: zipFile(many(2_001, func(w out) { w.WriteString("a,b\n") })...)},
	{name: "zip: 2,000 files", extension: "zip", want: "read",
		create: zipFile(many(2_000, func(w out) { w.WriteString("a,b\n") })...)},
	{name: "zip: a bomb of 30 GB", extension: "zip", cheap: true, want: "F02 file",
		create: bomb},
	{name: "zip: workbooks, each as large as may be", extension: "zip", want: "F02 content",
		create: zipFile(many(60, func(w out) {
			b := one(func(w out) { titles(w, 100, 100) }, "").shared(strings.Repeat("填报单位：", 6_500))
			if err := writeZip(w, b.entries()); err != nil {
				panic(err)
			}
		})...)},
	{name: "zip: 30 workbooks of 150 rows, all wrong", extension: "zip", want: "F02 findings",
		create: zipFile(many(30, func(w out) {
			if err := writeZip(w, inTable(150, numbered("3")).entries()); err != nil {
				panic(err)
			}
		})...)},
	{name: "zip: paths with escapes", extension: "zip", cheap: true, want: "F28",
		create: zipFile(plain("../a.csv", "a,b\n"), plain("\x1b[2J\u202egpj.csv", "a,b\n"))},

	// Passwords.
	{name: "2,000 million rounds for a password", extension: "xlsx", cheap: true, want: "F02 spins",
		create: agileOf(2_000_000_000)},
	{name: "400 passwords", extension: "xlsx", want: "F02 spins",
		create: func(t *testing.T, path string) {
			repeated("", "汇总\n", 400, "")(t, filepath.Join(filepath.Dir(path), "passwords.txt"))
			agileOf(100_000)(t, path)
		}, flags: []string{"--passwords", "passwords.txt"}},

	// What is no file, or not as large as it says.
	{name: "sparse, 3 GB", extension: "xlsx", cheap: true, want: "F02 file", create: func(t *testing.T, path string) {
		writeFile(t, path, func(file *os.File) error { return file.Truncate(3 << 30) })
	}},
	{name: "a pipe", extension: "xlsx", cheap: true, want: "F65", create: func(t *testing.T, path string) {
		mustDo(t, syscall.Mkfifo(path, 0o600))
	}},
	{name: "a socket", extension: "xlsx", cheap: true, want: "F65", create: socket},
	{name: "a link to a device", extension: "xlsx", cheap: true, want: "F65", create: func(t *testing.T, path string) {
		mustDo(t, os.Symlink("/dev/zero", path))
	}},
	{name: "a link to a file of /proc", extension: "xlsx", cheap: true, want: "F05", create: func(t *testing.T, path string) {
		mustDo(t, os.Symlink("/proc/version", path))
	}},
	{name: "a link to a file of /proc that waits", extension: "xlsx", cheap: true, want: "F05", create: func(t *testing.T, path string) {
		file, err := os.OpenFile("/proc/kmsg", os.O_RDONLY|syscall.O_NONBLOCK, 0)
		if err != nil {
			t.Skip(err)
		}
		file.Close()
		mustDo(t, os.Symlink("/proc/kmsg", path))
	}},
	{name: "a link to a folder", extension: "xlsx", cheap: true, want: "F65", create: func(t *testing.T, path string) {
		mustDo(t, os.Symlink("/", path))
	}},
	{name: "a link to nothing", extension: "xlsx", cheap: true, want: "F66", create: func(t *testing.T, path string) {
		mustDo(t, os.Symlink("nothing", path))
	}},
	{name: "a link to itself", extension: "xlsx", cheap: true, want: "F66", create: func(t *testing.T, path string) {
		mustDo(t, os.Symlink(filepath.Base(path), path))
	}},
	{name: "a folder", extension: "xlsx", cheap: true, want: "F65", create: func(t *testing.T, path string) {
		mustDo(t, os.Mkdir(path, 0o700))
	}},
}

func socket(t *testing.T, path string) {
	t.Helper()
	listener, err := net.Listen("unix", filepath.Join(t.TempDir(), "s"))
	mustDo(t, err)
	t.Cleanup(func() { listener.Close() })
	mustDo(t, os.Rename(listener.Addr().String(), path))
}

// titles are rows of cells that share a text.
func titles(w out, rows, columns int) {
	repeat(w, "", `<row>`+strings.Repeat(`<c t="s"><v>0</v></c>`, columns)+`</row>`, rows, "")
}

// sheets is a workbook of sheets that are the same.
func sheets(n int, rows func(w out)) book {
	b := one(rows, "")
	for range n - 1 {
		b.sheets = append(b.sheets, b.sheets[0])
	}
	return b
}

// returns is a workbook of returns, each of an office of its own and wrong in every cell.
func returns(n, rows int) (b book) {
	for i := range n {
		own := one(func(w out) {
			title := "城固县第" + strconv.Itoa(i+1) + "镇人民政府2024年6月重点项目建设进展月报表（单位：万元）"
			w.WriteString(row(title))
			w.WriteString(row(headingsOf("progress")...))
			for j := range rows {
				texts := headingsOf("progress")
				for k := range texts {
					texts[k] = numbered("3")(j, k)
				}
				w.WriteString(row(texts...))
			}
		}, "")
		b.sheets = append(b.sheets, own.sheets...)
	}
	return b
}

func merges(n int, ref func(i int) string) string {
	var b strings.Builder
	b.WriteString(`<mergeCells>`)
	for i := range n {
		b.WriteString(`<mergeCell ref="` + ref(i) + `"/>`)
	}
	return b.String() + `</mergeCells>`
}

// formats is a table whose cells have number formats of their own, each of so many bytes.
func formats(n, length, rows int) book {
	b := one(func(w out) {
		head := headingsOf("progress")
		w.WriteString(row(hostileTitle) + row(head...))
		for i := range rows {
			w.WriteString(`<row>`)
			for j := range head {
				fmt.Fprintf(w, `<c s="%d"><v>%d</v></c>`, (i*len(head)+j)%n, i)
			}
			w.WriteString(`</row>`)
		}
	}, "")
	b.styles = func(w out) {
		w.WriteString(`<numFmts>`)
		for i := range n {
			fmt.Fprintf(w, `<numFmt numFmtId="%d" formatCode="%s0;%d"/>`, 200+i, strings.Repeat("[=1]0年", length/9), i)
		}
		w.WriteString(`</numFmts><cellXfs>`)
		for i := range n {
			fmt.Fprintf(w, `<xf numFmtId="%d"/>`, 200+i)
		}
		w.WriteString(`</cellXfs>`)
	}
	return b
}

// withPart is a workbook with another part in place of its own; withMore has a part more.
func withPart(b book, name string, write func(w out)) rewritten {
	return rewritten{b, entry{name, write}}
}
func withMore(b book, e entry) book {
	b.more = append(b.more, e)
	return b
}

type rewritten struct {
	book
	part entry
}

func (r rewritten) create(t *testing.T, path string) {
	t.Helper()
	entries := r.entries()
	for i := range entries {
		if entries[i].name == r.part.name {
			entries[i] = r.part
		}
	}
	zipFile(entries...)(t, path)
}

func odsDocument(root, rows string) string {
	const space = "urn:oasis:names:tc:opendocument:xmlns:"
	return `<office:` + root + ` xmlns:office="` + space + `office:1.0" xmlns:table="` + space + `table:1.0" xmlns:text="` + space + `text:1.0">` +
		`<office:body><office:spreadsheet><table:table table:name="1">` + rows + `</table:table></office:spreadsheet></office:body></office:` + root + `>`
}

func ods(rows string) func(*testing.T, string) {
	return zipFile(plain("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), plain("content.xml", odsDocument("document-content", rows)))
}

func xml2003(rows string) func(*testing.T, string) {
	const space = "urn:schemas-microsoft-com:office:spreadsheet"
	return repeated(`<Workbook xmlns="`+space+`" xmlns:ss="`+space+`"><Worksheet ss:Name="1"><Table>`, rows, 1, `</Table></Worksheet></Workbook>`)
}

func many(n int, write func(w out)) []entry {
	all := make([]entry, n)
	for i := range all {
		all[i] = entry{strconv.Itoa(i) + ".csv", write}
	}
	return all
}

// nested is a zip in a zip, and so on.
func nested(w out, depth int) {
	e := plain("a.csv", "a,b\n")
	if depth > 0 {
		e = entry{"a.zip", func(w out) { nested(w, depth-1) }}
	}
	if err := writeZip(w, []entry{e}); err != nil {
		panic(err)
	}
}

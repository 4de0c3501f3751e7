package sheet

import (
	"encoding/binary"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const odfSpaces = ` xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"` +
	` xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"` +
	` xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"` +
	` xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"`

const odfStylesXML = `<office:automatic-styles>` +
	`<number:number-style style:name="N1"><number:number number:decimal-places="2" number:min-integer-digits="1"/>` +
	`<number:text>亿元</number:text></number:number-style>` +
	`<number:percentage-style style:name="N2"><number:number number:decimal-places="1" number:min-integer-digits="1"/>` +
	`<number:text>%</number:text></number:percentage-style>` +
	`<number:date-style style:name="N3"><number:year number:style="long"/><number:text>年</number:text>` +
	`<number:month/><number:text>月</number:text></number:date-style>` +
	`<style:style style:name="yi" style:family="table-cell" style:data-style-name="N1"/>` +
	`<style:style style:name="yi-bold" style:family="table-cell" style:parent-style-name="yi"/>` +
	`<style:style style:name="rate" style:family="table-cell" style:data-style-name="N2"/>` +
	`<style:style style:name="month" style:family="table-cell" style:data-style-name="N3"/>` +
	`<style:style style:name="gone" style:family="table-cell"><style:text-properties style:text-line-through-style="solid"/></style:style>` +
	`<style:style style:name="old" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>` +
	`<style:style style:name="note" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>` +
	`<style:style style:name="unseen" style:family="table"><style:table-properties table:display="false"/></style:style>` +
	`</office:automatic-styles>`

const odfTables = `<table:table table:name="6月">` +
	`<table:table-column table:default-cell-style-name="yi"/><table:table-column table:visibility="collapse"/>` +
	`<table:table-column table:number-columns-repeated="16382"/>` +
	`<table:table-header-rows><table:table-row>` +
	`<table:table-cell office:value-type="string" table:number-columns-spanned="2" table:number-rows-spanned="2"><text:p>项目</text:p></table:table-cell>` +
	`<table:covered-table-cell office:value-type="float" office:value="99"/>` +
	`<table:table-cell table:number-columns-repeated="2" office:value-type="string"><text:p>甲</text:p></table:table-cell>` +
	`<table:table-cell table:number-columns-repeated="16380"/></table:table-row></table:table-header-rows>` +
	`<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>` +
	`<table:table-row table:visibility="filter">` +
	`<table:table-cell office:value-type="float" office:value="12.50"><text:p>12.50亿元</text:p></table:table-cell>` +
	`<table:table-cell table:style-name="rate" office:value-type="percentage" office:value="0.855"><text:p>85.5%</text:p></table:table-cell>` +
	`<table:table-cell table:style-name="month" office:value-type="date" office:date-value="2024-06-25">` +
	`<text:p>2024年6月</text:p></table:table-cell>` +
	`<table:table-cell office:value-type="time" office:time-value="PT26H30M00S"><text:p>26:30</text:p></table:table-cell>` +
	`<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell></table:table-row>` +
	`<table:table-row table:number-rows-repeated="2">` +
	`<table:table-cell table:style-name="yi-bold" table:formula="of:=1+1" office:value-type="float" office:value="2"/>` +
	`<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error">` +
	`<text:p>#DIV/0!</text:p></table:table-cell>` +
	`<table:table-cell table:formula="of:=A9" office:value-type="float" office:value="0"><text:p>#REF!</text:p></table:table-cell>` +
	`<table:table-cell table:formula="of:=A1"/></table:table-row>` +
	`<table:table-row><table:table-cell office:value-type="string"><office:annotation><dc:date>2024-06-01</dc:date><text:p>批注</text:p></office:annotation>` +
	`<text:p> 一<text:s text:c="2"/>二 ` + "\n" + ` 三<text:tab/><text:span>四<text:line-break/></text:span></text:p><text:p>五</text:p>` +
	`<draw:frame><draw:text-box><text:p>图</text:p></draw:text-box></draw:frame></table:table-cell>` +
	`<table:table-cell office:value-type="string" table:style-name="gone"><text:p>旧</text:p></table:table-cell>` +
	`<table:table-cell office:value-type="string"><text:p><text:span text:style-name="old">1000</text:span>20` +
	`<text:span text:style-name="note">1</text:span></text:p></table:table-cell>` +
	`</table:table-row><table:table-row table:number-rows-repeated="1048568">` +
	`<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>` +
	`<table:table table:name="'file:///home/a.ods'#$Sheet1"><table:table-row>` +
	`<table:table-cell office:value-type="float" office:value="7"/></table:table-row></table:table>` +
	`<table:table table:name="参数" table:style-name="unseen"/>`

const odfDump = `6月 merges=[A1:B2] hidden=B
1: A=text"项目"[0.00"亿元"] B=number"99" C=text"甲" D=text"甲"
5 hidden: A=number"12.50"[0.00"亿元"] B=number"0.855"[0.0%] C=text"2024-06-25"[yyyy"年"m"月"] D=text"PT26H30M00S" E=bool"1"
6: A=formula number"2"[0.00"亿元"] B=formula error"#DIV/0!" C=formula error"#REF!" D=formula blank""
7: A=formula number"2"[0.00"亿元"] B=formula error"#DIV/0!" C=formula error"#REF!" D=formula blank""
8: A=text"一  二 三\t四\n\n五"[0.00"亿元"] B=text"旧" plain"" struck C=text"1000201" plain"20" struck raised
参数 hidden merges=[] hidden=
`

// flatODS is a flat OpenDocument spreadsheet.
func flatODS(styles, tables string) string {
	return declaration + `<office:document` + odfSpaces + ` office:mimetype="application/vnd.oasis.opendocument.spreadsheet">` +
		`<office:meta><dc:date>2024-06-25T16:00:00.123</dc:date></office:meta>` + styles +
		`<office:body><office:spreadsheet><table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>` +
		tables + `</office:spreadsheet></office:body></office:document>`
}

// goodODS are the parts of an OpenDocument spreadsheet without a fault.
func goodODS(edits ...func(parts)) parts {
	flat := flatODS(odfStylesXML, odfTables)
	p := parts{
		"mimetype":    "application/vnd.oasis.opendocument.spreadsheet",
		"content.xml": strings.ReplaceAll(flat, "office:document", "office:document-content"),
		"META-INF/manifest.xml": declaration + `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">` +
			`<manifest:file-entry manifest:full-path="content.xml"/></manifest:manifest>`,
	}
	for _, edit := range edits {
		edit(p)
	}
	return p
}

func inContent(old, new string) func(parts) { return swap("content.xml", old, new) }

func TestODS(t *testing.T) {
	for name, data := range map[string][]byte{
		"packed": zipped(t, goodODS()), "flat": []byte(flatODS(odfStylesXML, odfTables)),
		"flat in UTF-16": []byte(wide(strings.Replace(flatODS(odfStylesXML, odfTables), "UTF-8", "UTF-16", 1), binary.LittleEndian)),
	} {
		book, err := openBytes(data)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(odfDump, dumpBook(t, book)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if book.Modified != "2024-06-25T08:00:00Z" || !book.Date1904 {
			t.Errorf("%s: modified %q, 1904 %t", name, book.Modified, book.Date1904)
		}
	}
}

func TestODSRefused(t *testing.T) {
	table := func(rows string) func(parts) { return inContent(odfTables, `<table:table>`+rows+`</table:table>`) }
	row := func(cells string) func(parts) { return table(`<table:table-row>` + cells + `</table:table-row>`) }
	for _, test := range []struct {
		name string
		edit func(parts)
		want Reason
	}{
		{"no content", drop("content.xml"), Damaged},
		{"cut off", func(p parts) { p["content.xml"] = p["content.xml"][:len(p["content.xml"])/2] }, Damaged},
		{"bare &", inContent("五", "a & b"), Damaged},
		{"another root", inContent("office:document-content", "office:body"), Damaged},
		{"a text document", inContent("office:spreadsheet", "office:text"), FileUnknown},
		{"no tables", inContent(odfTables, ""), NoWorksheet},
		{"a number that is none", inContent(`"12.50"`, `"12,50"`), Damaged},
		{"a number without value", inContent(` office:value="12.50"`, ``), Damaged},
		{"neither true nor false", inContent(`boolean-value="true"`, `boolean-value="1"`), Damaged},
		{"a date without value", inContent(` office:date-value="2024-06-25"`, ``), Damaged},
		{"a type of nobody", inContent(`value-type="time"`, `value-type="money"`), Damaged},
		{"a style declared nowhere", inContent(`style:name="rate"`, `style:name="date"`), Damaged},
		{"a number format declared nowhere", inContent(`style:name="N2"`, `style:name="N9"`), Damaged},
		{"a row of nobody", table(`<table:table-rox/>`), Damaged},
		{"a cell of nobody", row(`<table:table-cel/>`), Damaged},
		{"text between cells", row(`7<table:table-cell/>`), Damaged},
		{"a table within a cell", row(`<table:table-cell><table:table/></table:table-cell>`), Damaged},
		{"a repetition that is no number", row(`<table:table-cell table:number-columns-repeated="x"/>`), Damaged},
		{"a value beyond the last column", row(`<table:table-cell table:number-columns-repeated="16384"/>` +
			`<table:table-cell office:value-type="float" office:value="1"/>`), Damaged},
		{"a value beyond the last row", table(`<table:table-row table:number-rows-repeated="1048576"/>` +
			`<table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row>`), Damaged},
		{"rows of values without end", table(`<table:table-row table:number-rows-repeated="1048576">` +
			`<table:table-cell office:value-type="float" office:value="1"/></table:table-row>`), TooLarge},
		{"a sheet full of one value", table(`<table:table-row table:number-rows-repeated="900000">` +
			`<table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>`), TooLarge},
		{"blanks without end", row(`<table:table-cell office:value-type="string"><text:p><text:s text:c="524289"/></text:p></table:table-cell>`), Damaged},
		{"long text", row(`<table:table-cell office:value-type="string"><text:p><text:s text:c="90000"/><text:s text:c="90000"/>` +
			`</text:p></table:table-cell>`), TooLarge},
		{"encrypted", swap("META-INF/manifest.xml", `full-path="content.xml"/>`,
			`full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>`), Encrypted},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := dump(zipped(t, goodODS(test.edit)), defaultLimits)
			if refusal := refused(t, err); refusal.Reason != test.want {
				t.Errorf("%v, want %s", err, test.want)
			}
		})
	}
}

// What a format of OpenDocument says is said by the code of Excel too.
func TestODSFormats(t *testing.T) {
	number := func(attributes, inside string) string {
		return `<number:number number:decimal-places="0" number:min-integer-digits="1"` + attributes + `>` + inside + `</number:number>`
	}
	plain := number("", "")
	for _, test := range []struct{ name, kind, parts, want string }{
		{"General", "number", `<number:number number:min-integer-digits="1"/>`, ""},
		{"General with a unit", "number", `<number:number number:min-integer-digits="1"/><number:text>亿元</number:text>`, `General"亿元"`},
		{"qualified", "number", `<number:text>约</number:text>` + plain, `"约"0`},
		{"thousands", "number", number(` number:grouping="true"`, ""), "#,##0"},
		{"leading zeros", "number", `<number:number number:decimal-places="0" number:min-integer-digits="6"/>`, "000000"},
		{"leading zeros in groups", "number", `<number:number number:decimal-places="2" number:min-integer-digits="5" number:grouping="true"/>`, "00,000.00"},
		{"decimals that may be missing", "number",
			`<number:number number:decimal-places="3" number:min-decimal-places="1" number:min-integer-digits="1"/>`, "0.0##"},
		{"divided by a thousand", "number", number(` number:display-factor="1000"`, ""), "0,"},
		{"divided by a million", "number", number(` number:display-factor="1000000"`, ""), "0,,"},
		{"divided by what no code divides by", "number", number(` number:display-factor="10000"`, ""), `0"÷10000"`},
		{"a point that is none", "number", `<number:number number:decimal-places="0" number:min-integer-digits="2">` +
			`<number:embedded-text number:position="1">.</number:embedded-text></number:number>`, `0"."0`},
		{"a percentage", "percentage", plain + `<number:text>%</number:text>`, "0%"},
		{"a % that stands for itself", "number", plain + `<number:text>%</number:text>`, `0"%"`},
		{"yuan", "currency", `<number:currency-symbol>¥</number:currency-symbol>` + plain, `"¥"0`},
		{"yuan by country", "currency", `<number:currency-symbol number:language="zh" number:country="CN">￥</number:currency-symbol>` + plain, `"￥"0`},
		{"yen", "currency", `<number:currency-symbol number:language="ja" number:country="JP">￥</number:currency-symbol>` + plain, "[$JPY]0"},
		{"dollars", "currency", `<number:currency-symbol number:language="en" number:country="US">$</number:currency-symbol>` + plain, "[$$]0"},
		{"Hong Kong dollars", "currency", `<number:currency-symbol>HK$</number:currency-symbol>` + plain, "[$HK$]0"},
		{"euros", "currency", plain + `<number:text> </number:text><number:currency-symbol>€</number:currency-symbol>`, "0 [$€]"},
		{"scientific", "number",
			`<number:scientific-number number:decimal-places="2" number:min-integer-digits="1" number:min-exponent-digits="2"/>`, "0.00E+00"},
		{"a text", "text", `<number:text-content/>`, "@"},
		{"a day", "date", `<number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/>` +
			`<number:text>-</number:text><number:day number:style="long"/>`, "yyyy-mm-dd"},
		{"a month by name", "date", `<number:month number:textual="true"/>`, "mmm"},
		{"a time", "time", `<number:hours number:style="long"/><number:text>:</number:text><number:minutes number:style="long"/>`, "hh:mm"},
		{"quotes", "number", plain + `<number:text>"级"</number:text>`, `0""\""级"\"""`},
	} {
		t.Run(test.name, func(t *testing.T) {
			styles := `<office:automatic-styles><number:` + test.kind + `-style style:name="N">` + test.parts + `</number:` + test.kind + `-style>` +
				`<style:style style:name="c" style:family="table-cell" style:data-style-name="N"/></office:automatic-styles>`
			if got := formatOfODS(t, styles); got != test.want {
				t.Errorf("%s, want %s", got, test.want)
			}
		})
	}
}

// Gnumeric gives cells a format by the name of General, which it declares nowhere.
func TestODSGeneralUndeclared(t *testing.T) {
	styles := `<office:automatic-styles><style:style style:name="c" style:family="table-cell" style:data-style-name="General"/></office:automatic-styles>`
	if got := formatOfODS(t, styles); got != "" {
		t.Errorf("%q, want none", got)
	}
}

// Formats of several sections, by conditions.
func TestODSSections(t *testing.T) {
	number := func(name, text string, maps ...string) string {
		all := `<number:number-style style:name="` + name + `"><number:number number:decimal-places="0" number:min-integer-digits="1"/>` +
			`<number:text>` + text + `</number:text>`
		for i := 0; i < len(maps); i += 2 {
			all += `<style:map style:condition="value()` + maps[i] + `" style:apply-style-name="` + maps[i+1] + `"/>`
		}
		return all + `</number:number-style>`
	}
	others := number("P0", "万") + number("P1", "元") + number("P2", "无")
	for _, test := range []struct {
		name, main, want string
	}{
		{"negative numbers", number("N", "负", "&gt;=0", "P0"), `0"万";0"负"`},
		{"negative numbers and zero", number("N", "零", "&gt;0", "P0", "&lt;0", "P1"), `0"万";0"元";0"零"`},
		{"all of them", number("N", "字", "&gt;0", "P0", "&lt;0", "P1", "=0", "P2"), `0"万";0"元";0"无";0"字"`},
		{"large numbers", number("N", "元", "&gt;=10000", "P0"), `[>=10000]0"万";0"元"`},
	} {
		styles := `<office:automatic-styles>` + test.main + others +
			`<style:style style:name="c" style:family="table-cell" style:data-style-name="N"/></office:automatic-styles>`
		if got := formatOfODS(t, styles); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

// formatOfODS is the format of a cell of the style c.
func formatOfODS(t *testing.T, styles string) string {
	t.Helper()
	_, rows, _, err := readAll([]byte(flatODS(styles, `<table:table><table:table-row>`+
		`<table:table-cell table:style-name="c" office:value-type="float" office:value="1"/></table:table-row></table:table>`)))
	if err != nil {
		t.Fatal(err)
	}
	return rows[0][0].Cells[0].Format
}

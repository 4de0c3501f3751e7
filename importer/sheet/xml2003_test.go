package sheet

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// goodXML2003 is a workbook of 2003 without a fault, but for what is replaced in it, in pairs.
func goodXML2003(replaced ...string) string {
	const text = `<?xml version="1.0"?>` + "\n" + `<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:o="urn:schemas-microsoft-com:office:office"
 xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
 <o:DocumentProperties><o:LastSaved>2024-06-25T08:00:00Z</o:LastSaved></o:DocumentProperties>
 <x:ExcelWorkbook><x:Date1904/></x:ExcelWorkbook>
 <Styles>
  <Style ss:ID="Default"/>
  <Style ss:ID="yi"><NumberFormat ss:Format="0.0&quot;亿元&quot;"/></Style>
  <Style ss:ID="yi2" ss:Parent="yi"><Font ss:StrikeThrough="1"/></Style>
  <Style ss:ID="rate"><NumberFormat ss:Format="Percent"/></Style>
  <Style ss:ID="day"><NumberFormat ss:Format="Short Date"/></Style>
 </Styles>
 <Worksheet ss:Name="6月"><Table>
  <Column ss:StyleID="yi"/><Column ss:Index="3" ss:Hidden="1" ss:Span="1"/>
  <Row><Cell ss:MergeAcross="1" ss:MergeDown="1"><Data ss:Type="String">项目</Data></Cell><Cell><Data ss:Type="String">单位</Data></Cell></Row>
  <Row ss:Span="1"><Cell><Data ss:Type="String">藏在下面</Data></Cell><Cell/></Row>
  <Row ss:Hidden="1">
   <Cell ss:StyleID="yi"><Data ss:Type="Number"> 12.50 </Data><Comment><Data>批注</Data></Comment></Cell>
   <Cell ss:StyleID="rate"><Data ss:Type="Number">0.855</Data></Cell>
   <Cell ss:StyleID="day"><Data ss:Type="DateTime">2024-06-25T00:00:00.000</Data></Cell>
   <Cell><Data ss:Type="Boolean">1</Data></Cell>
   <Cell ss:Index="7" ss:Formula="=1/0"><Data ss:Type="Error">#DIV/0!</Data></Cell>
   <Cell ss:Formula="=A1"/>
  </Row>
  <Row ss:Index="9"><Cell ss:StyleID="yi2"><Data ss:Type="Number">20</Data></Cell>
   <Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><S>1000</S><Font
    html:Size="9" xmlns:html="http://www.w3.org/TR/REC-html40">20<Sup>1</Sup></Font></ss:Data></Cell>
   <Cell><Data ss:Type="String">一&#10;二&amp;三</Data></Cell>
   <Cell><Data ss:Type="Number"></Data></Cell><Cell ss:Formula="=A1"><Data ss:Type="Number"></Data></Cell></Row>
 </Table></Worksheet>
 <Worksheet ss:Name="参数"><Table/><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>
</Workbook>`
	for i := 0; i < len(replaced); i += 2 {
		if !strings.Contains(text, replaced[i]) {
			panic(replaced[i])
		}
	}
	return strings.NewReplacer(replaced...).Replace(text)
}

const dump2003 = `6月 merges=[A1:B2] hidden=CD
1: A=text"项目"[0.0"亿元"] C=text"单位"
2: A=text"藏在下面"[0.0"亿元"]
4 hidden: A=number"12.50"[0.0"亿元"] B=number"0.855"[0.00%] C=text"2024-06-25T00:00:00.000"[yyyy/m/d] D=bool"1" G=formula error"#DIV/0!" H=formula blank""
9: A=number"20"[0.0"亿元"] plain"" struck B=text"1000201" plain"20" struck raised C=text"一\n二&三" E=formula blank""
参数 hidden merges=[] hidden=
`

func TestXML2003(t *testing.T) {
	for name, text := range map[string]string{
		"in UTF-8":    goodXML2003(),
		"in GB18030":  gb18030(goodXML2003(`version="1.0"`, `version="1.0" encoding="GB2312"`)),
		"after lines": "\r\n\r\n" + goodXML2003(),
	} {
		book, err := openBytes([]byte(text))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(dump2003, dumpBook(t, book)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if book.Modified != "2024-06-25T08:00:00Z" || !book.Date1904 {
			t.Errorf("%s: modified %q, 1904 %t", name, book.Modified, book.Date1904)
		}
	}
}

func TestXML2003Refused(t *testing.T) {
	for _, test := range []struct {
		name, old, new string
		want           Reason
	}{
		{"bare &", "藏在下面", "a & b", Damaged},
		{"text between cells", "<Cell/>", "<Cell/>7", Damaged},
		{"another element among the rows", `<Row ss:Index="9">`, `<Rox/><Row ss:Index="9">`, Damaged},
		{"another element among the cells", `<Cell/>`, `<Cel/>`, Damaged},
		{"two values", `<Data ss:Type="Boolean">1</Data>`, `<Data ss:Type="Boolean">1</Data><Data ss:Type="Boolean">1</Data>`, Damaged},
		{"two tables", `<Table/>`, `<Table/><Table/>`, Damaged},
		{"a number that is none", "0.855", "85.5%", Damaged},
		{"neither true nor false", `"Boolean">1`, `"Boolean">TRUE`, Damaged},
		{"a type of nobody", `"DateTime"`, `"Date"`, Damaged},
		{"a row that goes back", `<Row ss:Index="9">`, `<Row ss:Index="4">`, Damaged},
		{"a cell that goes back", `<Cell ss:Index="7"`, `<Cell ss:Index="4"`, Damaged},
		{"a row beyond the last", `<Row ss:Index="9">`, `<Row ss:Index="1048577">`, Damaged},
		{"a cell beyond the last", `<Cell ss:Index="7"`, `<Cell ss:Index="16385"`, Damaged},
		{"a merge beyond the last column", `ss:MergeAcross="1"`, `ss:MergeAcross="16384"`, Damaged},
		{"a style declared nowhere", `ss:StyleID="rate"`, `ss:StyleID="date"`, Damaged},
		{"a root of nobody", "Workbook", "WorkbookX", FileUnknown},
		{"no worksheets", "Worksheet", "Names", NoWorksheet},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := dump([]byte(goodXML2003(test.old, test.new)), defaultLimits)
			if refusal := refused(t, err); refusal.Reason != test.want {
				t.Errorf("%v, want %s", err, test.want)
			}
		})
	}
}

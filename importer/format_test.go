package importer

import (
	"testing"

	"huizong/internal/form"
)

// The columns that a number is tried in; the amounts' heading says 万元.
var (
	anAmount = form.Reserve.Total.Column
	anArea   = form.Reserve.LandArea.Column
	aRate    = form.Progress.PlanShare.Column
	aText    = form.Progress.Remark.Column
)

// formatCases are number formats over numbers, and what a number is then: as the column shows
// it, or the code by which it is asked.
var formatCases = []struct {
	column *form.Column
	number any
	format string
	want   string
}{
	{anAmount, 1234.5, "", "1234.5"},
	{anAmount, 1234.5, "General", "1234.5"},
	{anAmount, 1234.5, "G/通用格式", "1234.5"},
	{anAmount, 1234.5, `G/通用格式"万元"`, "1234.5"},
	{anAmount, 12, `General"亿元"`, "120000"},
	{anAmount, 1234.5, "0", "1234.5"},
	{anAmount, 1234.5, "#,##0.00", "1234.5"},
	{anAmount, 1234.5, "0.00_ ", "1234.5"},
	{anAmount, -1234.5, `0.00_);\(0.00\)`, "-1234.5"},
	{anAmount, -1234.5, `#,##0.00;[Red]\-#,##0.00`, "-1234.5"},
	{anAmount, -1234.5, `0.00;[Red]0.00`, "-1234.5"},
	{anAmount, 1234.5, `_ * #,##0.00_ ;_ * \-#,##0.00_ ;_ * "-"??_ ;_ @_ `, "1234.5"},
	{anAmount, 0, `_ * #,##0.00_ ;_ * \-#,##0.00_ ;_ * "-"??_ ;_ @_ `, "0"},
	{anAmount, 0, `0.00;-0.00;`, "0"},
	{anAmount, 1234.5, "@", "1234.5"},
	{anAmount, 1234.5, "0.00;@", "1234.5"},
	{anAmount, 12, `@"亿元"`, "C20"},
	{anAmount, 12, `#,##0.00"元";-#,##0.00"元"`, "0.0012"},
	{anAmount, 12, `"共"0"万元"`, "12"},
	{anAmount, 12, `0.00E+00"亿"`, "120000"},
	{anAmount, 12, `[Red][>1000]0.0"亿";0"万"`, "12"},
	{anAmount, 12, `0"万"0000"元"`, "C20"},
	{anAmount, 12, ";0", "C20"},
	{anAmount, 12, `"1"0`, "C20"},
	{anAmount, 12, `0"00"`, "C20"},
	{anAmount, 12, `0"."`, "C20"},
	{anAmount, 12, "0.0亿;-0.0亿;0", "120000"},
	{anAmount, 1234567, `#\ ###\ ##0`, "1234567"},
	{anAmount, 1.5e3, "0.00E+00", "1500"},
	{anAmount, 0.5, "# ?/?", "0.5"},
	{anAmount, 0.25, "# ??/16", "0.25"},
	{anAmount, 12, "[DBNum1]0", "12"},
	{anAmount, 12, "[DBNum2][$-804]0", "12"},
	{anAmount, 12, "[蓝色]0.0", "12"},
	{anAmount, 12, `"¥"#,##0.00`, "12"},
	{anAmount, 12, "￥#,##0.00", "12"},
	{anAmount, 12, "[$¥-804]#,##0.00", "12"},
	{anAmount, 12, "[$￥-804]#,##0.00", "12"},
	{anAmount, 12, `"RMB "0`, "12"},
	{anAmount, 12, `[$CNY]\ 0`, "12"},
	{anAmount, 12, `"人民币"0"万元"`, "12"},
	{anAmount, 12, `0.0"亿"`, "120000"},
	{anAmount, 12, `0.0"億"`, "120000"},
	{anAmount, 12, `0.0\亿`, "120000"},
	{anAmount, 12, `0.0!亿!元`, "120000"},
	{anAmount, 12, `0.0亿元`, "120000"},
	{anAmount, 12, `0.0\亿\元`, "120000"},
	{anAmount, 12, `0.0"亿""元"`, "120000"},
	{anAmount, 12, `0.0" 亿元 "`, "120000"},
	{anAmount, 12, `0"百万"`, "1200"},
	{anAmount, 12, `0"千万"`, "12000"},
	{anAmount, 12, `0"千"`, "1.2"},
	{anAmount, 12, `0"K"`, "1.2"},
	{anAmount, 12, `0"M"`, "1200"},
	{anAmount, 12, `0"万元整"`, "12"},
	{anAmount, 12, `0"元"`, "0.0012"},
	{anAmount, 12, `0.0"亿";[Red]-0.0"万"`, "120000"},
	{anAmount, -12, `0.0"亿";[Red]-0.0"万"`, "-12"},
	{anAmount, -12, `0.0"亿"`, "-120000"},
	{anAmount, 12, `[>=100]0"亿元";0"万元"`, "12"},
	{anAmount, 120, `[>=100]0"亿元";0"万元"`, "1200000"},
	{anAmount, 12, `[<10]0"亿元";[<100]0"千元";0"元"`, "1.2"},
	{anAmount, 120, `[<10]0"亿元";[<100]0"千元";0"元"`, "0.012"},
	{anAmount, 5, `[=0]"无";0.0`, "5"},
	{anAmount, 12, "0,", "C20"},
	{anAmount, 12, "0.00,,", "C20"},
	{anAmount, 12, `0.00,,"百万"`, "C20"},
	{anAmount, 12345, `0!.0,"万"`, "C20"},
	{anAmount, 12345, `0"."0000"万元"`, "C20"},
	{anAmount, 12345, `0\.0,`, "C20"},
	{anAmount, 5, `[>=10000]0!.0,"万";0"万元"`, "5"},
	{anAmount, 50000, `[>=10000]0!.0,"万";0"万元"`, "C20"},
	{anAmount, 12345, `000\-00`, "C20"},
	{anAmount, 5, ";;;", "C20"},
	{anAmount, 5, `"待定"`, "C20"},
	{anAmount, 1500, `"约"0`, "C01"},
	{anAmount, 60, `0"余"`, "C01"},
	{anAmount, 60, `0"余万元"`, "C01"},
	{anAmount, 1500, `0"左右"`, "C01"},
	{anAmount, 20, `0"+"`, "C01"},
	{anAmount, 20, `0"以上"`, "C01"},
	{anAmount, 20, `"±"0`, "C01"},
	{anAmount, 20, `0"元/亩"`, "C01"},
	{anAmount, 20, `0"美元"`, "C27"},
	{anAmount, 500, `0"万美元"`, "C27"},
	{anAmount, 500, "[$$-409]#,##0.00", "C27"},
	{anAmount, 500, `"US$"#,##0.00`, "C27"},
	{anAmount, 500, "[$US$-409]#,##0.00", "C27"},
	{anAmount, 500, "[$€-2] #,##0.00", "C27"},
	{anAmount, 500, "[$HK$-C04]#,##0.00", "C27"},
	{anAmount, 500, "[$£-809]#,##0.00", "C27"},
	{anAmount, 500, "[$₩-412]#,##0", "C27"},
	{anAmount, 500, `"TWD"#,##0`, "C27"},
	{anAmount, 500, "[$¥-411]#,##0", "C27"},
	{anAmount, 500, "[$￥-411]#,##0", "C27"},
	{anAmount, 0.85, "0%", "C24"},
	{anAmount, 55, `0"%"`, "C24"},
	{anAmount, 35, `0"亩"`, "C24"},
	{anAmount, 45444, "yyyy-mm-dd", "C26"},
	{anAmount, 45444, `m"月"d"日"`, "C26"},
	{anAmount, 45444, `e"年"m"月"`, "C26"},
	{anAmount, 45444, "mmm", "C26"},
	{anAmount, 45444, "[$-F800]dddd, mmmm dd, yyyy", "C26"},
	{anAmount, 0.5, "h:mm", "C26"},
	{anAmount, 0.5, "mm:ss.0", "C26"},
	{anAmount, 0.5, "[h]:mm", "C26"},
	{anAmount, 0.5, "上午/下午h\"时\"mm\"分\"", "C26"},
	{anAmount, 45444, "yyyy/m/d h:mm:ss.000", "C26"},

	{anArea, 153333, `#,##0"㎡"`, "229.9995"},
	{anArea, 10000, `#,##0"m²"`, "15"},
	{anArea, 10000, `0"平方米"`, "15"},
	{anArea, 15.3, `0.0"万平方米"`, "229.5"},
	{anArea, 1.5, `0.0"km²"`, "2250"},
	{anArea, 1.5, `0.0km²`, "2250"},
	{anArea, 12.5, `0.0"公顷"`, "187.5"},
	{anArea, 12.5, `0.0"亩"`, "12.5"},
	{anArea, 12.5, `0.0"市亩"`, "12.5"},
	{anArea, 12, `0"公里"`, "C28"},
	{anArea, 12, `0"分"`, "C28"},
	{anArea, 12, `0"顷"`, "C28"},
	{anArea, 12, `0"米"`, "C28"},
	{anArea, 12, `"约"0`, "C05"},
	{anArea, 12, `0"亩左右"`, "C05"},
	{anArea, 12, `0"个"`, "C24"},
	{anArea, 45444, `yyyy"年"m"月"d"日"`, "C26"},

	{aRate, 0.855, "0.0%", "85.5%"},
	{aRate, 85.5, `0.0"%"`, "85.5%"},
	{aRate, 85.5, `0.0\%`, "85.5%"},
	{aRate, 85.5, `0.0!%`, "85.5%"},
	{aRate, 85, `0"％"`, "85%"},
	{aRate, 85, `0％`, "85%"},
	{aRate, 85, `"已完成"0"%"`, "85%"},
	{aRate, 0.85, `"完成"0%`, "85%"},
	{aRate, -0.05, `0.0%;[Red]-0.0%`, "-5%"},
	{aRate, 0.85, `"约"0%`, "C03"},
	{aRate, 85, `0"%以上"`, "C03"},
	{aRate, 45444, "yyyy/m/d", "C26"},

	{aText, 9.4, `0.0"%"`, "9.4%"},
	{aText, 0.85, "0%", "85%"},
	{aText, 0.855, "0.00%", "85.5%"},
	{aText, 0.004, "0.0%", "0.4%"},
	{aText, 1, `"城发"000`, "城发001"},
	{aText, 1.1, "0.00", "1.10"},
	{aText, 7, "00", "07"},
	{aText, -7, "00", "-07"},
	{aText, -7, "00;-00", "-07"},
	{aText, 9167212345.0, `0000\-0000000`, "0916-7212345"},
	{aText, 13800001111.0, "000-0000-0000", "138-0000-1111"},
	{aText, 1, `[=1]"是";[=0]"否"`, "是"},
	{aText, 45444, `e"年"m"月"`, "2024-06"},
	{aText, 12, `0"公里"`, "12公里"},
	{aText, 1500, `"约"0`, "约1500"},
	{aText, 12345, `0!.0,"万"`, "12345"},
}

func TestNumberFormats(t *testing.T) {
	counts := map[string]int{}
	for _, test := range formatCases {
		unit := noUnit
		if test.column == anAmount {
			unit = tenThousandYuan
		}
		got := readValue(test.column, cellOf(formatted{test.number, test.format}, 1), unit, calendar{})
		shown := test.column.Show(got.value)
		class := "right"
		if got.wrong != nil {
			shown, class = got.wrong.ID, "asked"
		}
		if got.fraction.Known {
			shown = "either"
		}
		if shown != test.want {
			t.Errorf("%v under %s is %q, want %q", test.number, test.format, shown, test.want)
		}
		counts[class]++
	}
	t.Logf("%d formats: %v", len(formatCases), counts)
}

package importer

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"huizong/internal/ledger"
)

// Of a receipt that comes back the first sheet gives the answers, and the other sheets are returns as they were.
func TestReceipts(t *testing.T) {
	header := []any{"序号", "级别", ledger.ReceiptAnswer, ledger.ReceiptKey}
	number := []any{"文件：a.xlsx    " + ledger.ReceiptNumber + "：0123456789ab"}
	front := func(answers ...string) [][]any {
		rows := [][]any{{"城固县2024年6月报表回单"}, {"验收不通过"}, number, {}, header}
		for _, line := range answers {
			key, answer, _ := strings.Cut(line, "=")
			rows = append(rows, []any{len(rows), "核实", answer, key})
		}
		return rows
	}
	own := [][]any{{"谋划储备项目表（2024年6月）"}, {"填报单位：交通运输局　单位：万元　填报日期：2024年6月20日"},
		{"项目名称", "领域", "所属批次", "总投资", "责任单位"}, {"物流园", "产业发展", "储备", 8000, "交通运输局"}}
	for _, test := range []struct {
		name    string
		sheets  map[string][][]any
		order   []string
		returns int
		want    string // key=text by who at sheet!cell …
		codes   string
	}{
		{"answered", map[string][][]any{"汇总回单": front("0123456789ab=设备款七月支付", "abcdefabcdef="), "6月": own}, []string{"汇总回单", "6月"}, 1,
			"0123456789ab=设备款七月支付 by  at 汇总回单!C6", "F79"},
		{"who answers", map[string][][]any{"汇总回单": append([][]any{{"填写人：张三"}}, front("0123456789ab= 设备款七月支付 ")...), "6月": own},
			[]string{"汇总回单", "6月"}, 1, "0123456789ab=设备款七月支付 by 张三 at 汇总回单!C7", "F79"},
		{"the first sheet alone", map[string][][]any{"汇总回单": front("0123456789ab=设备款七月支付")}, []string{"汇总回单"}, 0,
			"0123456789ab=设备款七月支付 by  at 汇总回单!C6", "F79"},
		{"the first sheet and an empty one", map[string][][]any{"汇总回单": front(), "Sheet2": nil}, []string{"汇总回单", "Sheet2"}, 0, "", "F79"},
		{"without findings", map[string][][]any{"汇总回单": {{"验收通过"}, number, {"没有问题。"}}, "6月": own}, []string{"汇总回单", "6月"}, 1, "", "F79"},
		{"other sheets are no form", map[string][][]any{"汇总回单": front("0123456789ab=设备款七月支付"), "名单": {{"姓名", "电话"}, {"张三", 1}}},
			[]string{"汇总回单", "名单"}, 0, "0123456789ab=设备款七月支付 by  at 汇总回单!C6", "F30 F79"},
		{"the key was changed", map[string][][]any{"汇总回单": front("1=设备款七月支付"), "6月": own}, []string{"汇总回单", "6月"}, 1, "", "F79 F85"},
		{"the keys were taken out", map[string][][]any{"汇总回单": {number, header[:3], {1, "核实", "设备款七月支付"}}, "6月": own},
			[]string{"汇总回单", "6月"}, 1, "", "F79 F85"},
		{"a copy of the first sheet", map[string][][]any{"汇总回单 (2)": front("0123456789ab=设备款七月支付"), "6月": own},
			[]string{"汇总回单 (2)", "6月"}, 1, "0123456789ab=设备款七月支付 by  at 汇总回单 (2)!C6", "F79"},
		{"the receipt of a receipt", map[string][][]any{"汇总回单2": front("0123456789ab=设备款八月支付"),
			"汇总回单": front("0123456789ab=设备款七月支付", "abcdefabcdef=规划用地核减"), "6月": own}, []string{"汇总回单2", "汇总回单", "6月"}, 1,
			"0123456789ab=设备款八月支付 by  at 汇总回单2!C6 abcdefabcdef=规划用地核减 by  at 汇总回单!C7", "F79"},
		{"a sheet of the sender's of that name", map[string][][]any{"汇总回单": own}, []string{"汇总回单"}, 1, "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			d, err := config().Read("报来/交通局6月.xlsx", workbook(t, func(f *excelize.File) error {
				for _, name := range test.order {
					if _, err := f.NewSheet(name); err != nil {
						return err
					}
					if err := setRows(f, name, test.sheets[name]...); err != nil {
						return err
					}
				}
				return f.DeleteSheet("Sheet1")
			}))
			if err != nil || len(d.Returns) != test.returns {
				t.Fatalf("%d returns (%v), want %d; %v", len(d.Returns), err, test.returns, d.Findings)
			}
			var got, codes []string
			for _, e := range d.Explanations {
				got = append(got, fmt.Sprintf("%s=%s by %s at %s!%s", e.Digest, e.Text, e.Who, e.Sheet, e.Cell))
				if e.Source != d.SHA256 || e.File != d.Path {
					t.Errorf("of %s %s", e.File, e.Source)
				}
			}
			for _, f := range d.Findings {
				codes = append(codes, f.Code.ID)
			}
			slices.Sort(codes)
			if diff := cmp.Diff(test.want+"|"+test.codes, strings.Join(got, " ")+"|"+strings.Join(codes, " ")); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// A receipt is dated by the list of files received, and by when it was saved.
func TestWhenAReceiptCame(t *testing.T) {
	o := opened{Config: Config{}, Delivery: Delivery{Path: "a.xlsx"}, modified: "2024-06-20T22:00:00Z"}
	if got := o.given(); got != "2024-06-21 2024-06-20T22:00:00Z" {
		t.Errorf("saved: %q", got)
	}
	came := Arrival{Day: ledger.Date{Year: 2024, Month: 6, Day: 25}}
	o.Received = map[string]Arrival{"a.xlsx": came}
	if got := o.given(); got != "2024-06-25 2024-06-20T22:00:00Z" {
		t.Errorf("listed: %q", got)
	}
	came.Time = "2024-06-25T01:00:00Z"
	o.Received["a.xlsx"] = came
	if got := o.given(); got != "2024-06-25 2024-06-25T01:00:00Z" {
		t.Errorf("listed with the time: %q", got)
	}
	if got := (&opened{}).given(); got != "" {
		t.Errorf("neither: %q", got)
	}
}

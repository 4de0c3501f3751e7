package importer

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"huizong/internal/ledger"
)

const anA, aB = "867fbb843081", "98ae733e278e"

func TestReplies(t *testing.T) {
	header := []any{"序号", ledger.ReplyNameA, ledger.ReplyUnitA, ledger.ReplyNameB, ledger.ReplyUnitB, ledger.ReplyVerdict, ledger.ReplyWho,
		ledger.ReplyWhy, ledger.ReplyKey}
	answered := func(verdict, who, why, key string) []any {
		return []any{1, "物流园", "交通运输局", "物流中心", "三合镇", verdict, who, why, key}
	}
	decision := func(verdict ledger.Verdict, who, why string) ledger.Decision {
		return ledger.Decision{A: ledger.Party{Key: anA, Department: "交通运输局", Name: "物流园"}, B: ledger.Party{Key: aB, Department: "三合镇", Name: "物流中心"},
			Verdict: verdict, Who: who, Why: why}
	}
	turned := func(d ledger.Decision) ledger.Decision {
		d.A, d.B = d.B, d.A
		return d
	}
	for _, test := range []struct {
		name    string
		filler  string
		line    []any
		want    []ledger.Decision
		unclear string // the cell that is not understood
	}{
		{"one", "填写人：", answered("同一", "张三", "已核对", anA+"-"+aB), []ledger.Decision{decision(ledger.Same, "张三", "已核对")}, ""},
		{"two, blanks around", "填写人：", answered(" 不同 ", "张三", "两处工程", anA+"-"+aB), []ledger.Decision{decision(ledger.Different, "张三", "两处工程")}, ""},
		{"who is said above the table", "填写人: 李四", answered("同一", "", "已核对", anA+"-"+aB), []ledger.Decision{decision(ledger.Same, "李四", "已核对")}, ""},
		{"nobody says who or why", "填写人：", answered("同一", "", "", anA+"-"+aB), []ledger.Decision{decision(ledger.Same, "核对结果", "按回复/核对结果.xlsx的答复")}, ""},
		{"甲 is a part", "填写人：", answered("甲属于乙", "张三", "标段", anA+"-"+aB), []ledger.Decision{decision(ledger.Part, "张三", "标段")}, ""},
		{"乙 is a part", "填写人：", answered("乙属于甲", "张三", "标段", anA+"-"+aB), []ledger.Decision{turned(decision(ledger.Part, "张三", "标段"))}, ""},
		{"no answer", "填写人：", answered("", "张三", "", anA+"-"+aB), nil, ""},
		{"another word", "填写人：", answered("可能", "", "", anA+"-"+aB), nil, "F3"},
		{"both keys are one", "填写人：", answered("同一", "", "", anA+"-"+anA), nil, "F3"},
		{"the key was changed", "填写人：", answered("同一", "", "", "1"), nil, "F3"},
	} {
		t.Run(test.name, func(t *testing.T) {
			const name = "回复/核对结果.xlsx"
			content := workbook(t, func(f *excelize.File) error {
				if err := setRows(f, "Sheet1", []any{"项目名称", "总投资", "责任单位", "领域"}, []any{"物流园", 8000, "交通运输局", "产业发展"}); err != nil {
					return err
				}
				return setRows(f, ledger.ReplySheet, []any{"数据截至 2024-06-30", "", test.filler}, header, test.line)
			})
			d, err := config().Read(name, content)
			if err != nil || len(d.Returns) != 0 || len(d.Findings) == 0 || d.Findings[0].Code != ReplyTaken {
				t.Fatalf("a reply is no return: %d returns, %v, %v", len(d.Returns), d.Findings, err)
			}
			for i := range test.want {
				test.want[i].Source = d.SHA256
			}
			var got []ledger.Decision
			for _, r := range d.Replies {
				got = append(got, r.Decision)
				if at := r.File + r.Sheet + r.Cell; at != name+ledger.ReplySheet+"F3" || r.Answer != strings.TrimSpace(fmt.Sprint(test.line[5])) {
					t.Errorf("answered %q at %s", r.Answer, at)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			unclear := ""
			for _, f := range d.Findings[1:] {
				unclear += f.Cell
			}
			if unclear != test.unclear {
				t.Errorf("not understood: %q, want %q", unclear, test.unclear)
			}
		})
	}
}

package importer

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/internal/encoded/encodedtest"
	"huizong/internal/ledger"
)

func TestReadWaivers(t *testing.T) {
	const head = "规则,单位,报表,对象,指标,填的是,理由,批准人,有效期至\n"
	june := ledger.Period{Year: 2024, Month: 6}
	for _, test := range []struct {
		name, text string
		want       []ledger.Waiver
		wrong      string
	}{
		{"one of everything", "\uFEFF" + head + "F60,交通局,重点项目建设进展月报表, 汉江大桥 ,总投资,8000,批复在办,李工,2024-06\n",
			[]ledger.Waiver{{Code: "F60", Department: "交通运输局", Form: "progress", Entity: "汉江大桥", Field: "总投资", Found: "8000",
				Why: "批复在办", Who: "李工", Until: june}}, ""},
		{"the form by its ID, up to a day", head + "F60,,progress,,,,批复在办,李工,2024年6月30日\n,,,,,,,,\n",
			[]ledger.Waiver{{Code: "F60", Form: "progress", Why: "批复在办", Who: "李工", Until: june}}, ""},
		{"saved by Excel", strings.ReplaceAll(head+"F60,,progress,,,,批复在办,李工,Jun-24\n", "\n", ",,\r\n"),
			[]ledger.Waiver{{Code: "F60", Form: "progress", Why: "批复在办", Who: "李工", Until: june}}, ""},
		{"none", head, []ledger.Waiver{}, ""},
		{"nothing", "", []ledger.Waiver{}, ""},
		{"no headings", "F60,交通局,,,,,批复在办,李工,2024-06\n", nil, "line 1: its headings must be 规则,单位"},
		{"no such rule", head + "V99999,交通局,,,,,批复在办,李工,2024-06\n", nil, `line 2: there is no rule "V99999"`},
		{"what must be corrected", head + "C01,交通局,,,,,批复在办,李工,2024-06\n", nil, "line 2: C01 cannot be waived"},
		{"what is held back", head + "C04,交通局,,,,,批复在办,李工,2024-06\n", nil, "line 2: C04 cannot be waived"},
		{"of everything", head + "F60,,,,,,批复在办,李工,2024-06\n", nil, "neither of which 单位"},
		{"without a reason", head + "F60,交通局,,,,,,李工,2024-06\n", nil, "no 理由"},
		{"without anybody", head + "F60,交通局,,,,,批复在办,,2024-06\n", nil, "no 批准人"},
		{"no such unit", head + "F60,外交部,,,,,批复在办,李工,2024-06\n", nil, `line 2: there is no unit "外交部"`},
		{"no such form", head + "F60,,日报表,,,,批复在办,李工,2024-06\n", nil, `there is no form "日报表"`},
		{"for ever", head + "\nF60,交通局,,,,,批复在办,李工,长期\n", nil, `line 3: "长期" is no month`},
		{"a year", head + "F60,交通局,,,,,批复在办,李工,2024\n", nil, `"2024" is no month`},
		{"a column too many", head + "F60,交通局,,,,,批复在办,已受理,李工,2024-06\n", nil, "line 2: wrong number of fields"},
		{"a column too few", head + "F60,交通局,,,,批复在办,李工,2024-06\n", nil, "wrong number of fields"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := config().ReadWaivers(strings.NewReader(test.text))
			if test.wrong != "" {
				if err == nil || !strings.Contains(err.Error(), test.wrong) {
					t.Fatalf("error %v, want … %s …", err, test.wrong)
				}
				return
			}
			if diff := cmp.Diff(test.want, got); err != nil || diff != "" {
				t.Errorf("%v (-want +got)\n%s", err, diff)
			}
		})
	}
}

// The list is read in whatever encoding it was saved.
func TestReadWaiversOfAnyEncoding(t *testing.T) {
	const text = "规则,单位,报表,对象,指标,填的是,理由,批准人,有效期至\r\nF60,交通局,,,,,批复在办,李工,2024-06\r\n"
	for name, list := range encodedtest.Ways(text) {
		got, err := config().ReadWaivers(bytes.NewReader(list))
		if err != nil || len(got) != 1 || got[0].Department != "交通运输局" {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

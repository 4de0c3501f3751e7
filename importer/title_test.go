package importer

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"huizong/internal/encoded/encodedtest"
	"huizong/internal/ledger"
)

func TestTitleBlock(t *testing.T) {
	for _, test := range []struct {
		name                             string
		rows                             [][]any
		department, unit, filler, filled string
	}{
		{"one cell", [][]any{{"填报单位（盖章）：城固县交通运输局    填报人：张三   填报日期：2024年6月25日   单位：万元"}}, "交通运输局", "万元", "张三", "2024-06-25"},
		{"a cell each", [][]any{{"填报单位：", "水利局", "金额单位：千元"}, {"填 报 人:", "李四", "填报时间", "2024.6.24"}}, "水利局", "千元", "李四", "2024-06-24"},
		{"报送部门, as in 沣西", [][]any{{"报送部门：桔园镇人民政府", nil, "单 位：亿 元"}}, "桔园镇", "亿元", "", ""},
		{"several units", [][]any{{"单位：万元、亩"}}, "交通运输局", "万元", "", ""},
		{"not filled in", [][]any{{"填报单位：", nil}, {"填报日期：   年  月  日"}}, "交通运输局", "万元", "", ""},
		{"单位 is an office", [][]any{{"单位：林业局"}}, "林业局", "万元", "", ""},
		{"单位名称 and a seal", [][]any{{"单位名称（盖章）：林业局   统一社会信用代码："}}, "林业局", "万元", "", ""},
		{"a date cell", [][]any{{"填报日期：", formatted{45468, "yyyy/m/d"}}}, "交通运输局", "万元", "", "2024-06-25"},
		{"in the title", [][]any{{"文旅局"}}, "文化和旅游局", "万元", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			rows := append([][]any{reserveTitle}, test.rows...)
			r := one(t, pageOf(append(rows, reserveHead, good)...))
			if r.Department != test.department || r.Unit != test.unit || r.Filler != test.filler || r.Prepared.String() != test.filled {
				t.Errorf("department %q, unit %q, by %q, on %s", r.Department, r.Unit, r.Filler, r.Prepared)
			}
			if len(r.Findings) != 0 {
				t.Errorf("findings %v", show(r.Findings))
			}
		})
	}
}

// Dates of a workbook that counts from 1904 are of the day that it shows.
// The guide of a template and the first sheet of a receipt name forms, and are none when they are saved as files of their own.
func TestWordsAboutReturnsAreNone(t *testing.T) {
	for _, first := range []string{"交通运输局2024年7月报表填报说明", "城固县2024年6月报表回单"} {
		d, err := config().Read("说明.csv", strings.NewReader(first+",\n填报单位：交通局,\n谋划储备项目表,25日以前\n"))
		if err != nil {
			t.Fatal(err)
		}
		if len(d.Returns) > 0 || len(d.Findings) != 1 || d.Findings[0].Code != NoForm || d.Findings[0].Cell != "A1" || d.Findings[0].Expected != "" {
			t.Errorf("%s: %d returns, %v", first, len(d.Returns), d.Findings)
		}
	}
}

func TestTitleOfAWorkbookFrom1904(t *testing.T) {
	p := pageOf(reserveTitle, cells{"填报单位：交通局", "填报日期：", formatted{44003, "yyyy/m/d"}}, reserveHead, good)
	p.date1904 = true
	if r := one(t, p); r.Prepared.String() != "2024-06-22" || len(r.Findings) != 0 {
		t.Errorf("on %s, findings %v", r.Prepared, show(r.Findings))
	}
}

func TestSignaturesBelow(t *testing.T) {
	r := one(t, pageOf(reserveTitle, reserveHead, good, cells{"填报人：张三", nil, nil, "填报日期：2024年6月25日"}))
	if r.Filler != "张三" || r.Prepared.String() != "2024-06-25" || r.Dated != ledger.ByTitle || r.Subtotal != 1 {
		t.Errorf("by %q on %s, %d subtotal", r.Filler, r.Prepared, r.Subtotal)
	}
}

func TestDepartmentByFileOrFolder(t *testing.T) {
	bare := func() *page { return pageOf(reserveTitle, reserveHead, good) }
	for path, want := range map[string]string{
		"附件2：水利局6月储备项目表(1).xlsx": "水利局",
		"部门/林业局/6月.xlsx":         "林业局",
		"林业局/水利局/6月.xlsx":        "水利局",
		"林业局/水利局6月.xlsx":         "水利局",
		"6月.xlsx":                "",
	} {
		d := readPages(config(), path, bare())
		if got := d.Returns[0].Department; got != want {
			t.Errorf("%s is of %q, want %q", path, got, want)
		}
	}
}

func TestNothingToReport(t *testing.T) {
	for _, test := range []struct {
		name            string
		page            *page
		none, unchanged bool
	}{
		{"in the title", pageOf(cells{"2024年6月谋划储备项目表（零报告）"}, reserveHead), true, false},
		{"below the title", pageOf(reserveTitle, cells{"本月无变化"}, reserveHead), true, true},
		{"as a row", pageOf(reserveTitle, reserveHead, cells{nil, "本月无变化"}), true, true},
		{"without a header", pageOf(reserveTitle, cells{"填报单位：交通局"}, cells{"零报告"}), true, false},
		{"an instruction is none", pageOf(reserveTitle, cells{"注：没有变化的请填零报告"}, reserveHead), false, false},
		{"a condition is none", pageOf(reserveTitle, cells{"如无项目请写零报告"}, reserveHead), false, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := one(t, test.page)
			if r.Nil != test.none || r.Unchanged != test.unchanged {
				t.Errorf("nil %t, unchanged %t", r.Nil, r.Unchanged)
			}
			if got := strings.Join(show(r.Findings), ","); (got == "") != test.none {
				t.Errorf("findings %q", got)
			}
		})
	}
}

func TestReadReceived(t *testing.T) {
	got, err := ReadReceived(strings.NewReader("\uFEFF文件,收到日期\n交通局\\6月.xlsx,2024-06-24\n./水利局/a.xlsx, 2024/6/26\n"))
	if err != nil || len(got) != 2 || got["交通局/6月.xlsx"].Day.String() != "2024-06-24" || got["水利局/a.xlsx"].Day.String() != "2024-06-26" {
		t.Errorf("got %v, %v", got, err)
	}
	for name, list := range encodedtest.Ways("交通.xlsx,2024-06-24\r\n") {
		if got, err := ReadReceived(bytes.NewReader(list)); err != nil || len(got) != 1 || got["交通.xlsx"].Day.IsZero() {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
	for name, text := range map[string]string{
		"a month is no day": "a.xlsx,2024-06\n", "no date": "a.xlsx,2024-06-24\nb.xlsx,昨天\n", "twice": "a.xlsx,2024-06-24\na.xlsx,2024-06-25\n",
		"no SHA-256": "a.xlsx,2024-06-24,x\n", "no time": "a.xlsx,2024-06-24 25:00:00\n", "one field": "a.xlsx\n", "four fields": "a.xlsx,2024-06-24,,x\n",
		"not text": "\xff\xfe\x00",
	} {
		if got, err := ReadReceived(strings.NewReader(text)); err == nil {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// A line may say the time, as China has it, and which file it is of.
func TestReadReceivedTimes(t *testing.T) {
	sum := strings.Repeat("0a", 32)
	got, err := ReadReceived(strings.NewReader("文件,收到时间,SHA-256\na.xlsx,2024-06-27 10:31:05," + strings.ToUpper(sum) +
		"\nb.xlsx,2024-07-01T07:59:59,\nc.xlsx,2024/6/27 9:05\nd.xlsx,2024年6月27日\ne.xlsx,2024-06-27T16:31:05Z\n"))
	day := func(month, day int) ledger.Date { return ledger.Date{Year: 2024, Month: month, Day: day} }
	want := map[string]Arrival{"a.xlsx": {day(6, 27), "2024-06-27T02:31:05Z", sum}, "b.xlsx": {day(7, 1), "2024-06-30T23:59:59Z", ""},
		"c.xlsx": {day(6, 27), "2024-06-27T01:05:00Z", ""}, "d.xlsx": {Day: day(6, 27)}, "e.xlsx": {day(6, 28), "2024-06-27T16:31:05Z", ""}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
}

// A line is put into the list and taken out again; what the office wrote there stays, in whatever encoding.
func TestReceivedIsWritten(t *testing.T) {
	at, sum := time.Date(2024, 6, 27, 2, 31, 5, 0, time.UTC), strings.Repeat("0a", 32)
	const line = "交通局/6月,补.xlsx"
	for _, test := range []struct{ name, list, want string }{
		{"no list", "", "文件,收到时间,SHA-256\r\n"},
		{"one of the office's", "a.xlsx,2024-06-24\n\"b,c.xlsx\", 2024-06-25 \n", "a.xlsx,2024-06-24\r\n\"b,c.xlsx\",2024-06-25 \r\n"},
		{"in GB18030", "\xbd\xbb\xcd\xa8.xlsx,2024-06-24\n", "交通.xlsx,2024-06-24\r\n"},
		{"with the line", "文件,日期\n\"交通局\\6月,补.xlsx\",2024-06-20\n", "文件,日期\r\n"},
	} {
		got, err := Enter([]byte(test.list), line, at, sum)
		if want := "\uFEFF" + test.want + "\"" + line + "\",2024-06-27 10:31:05," + sum + "\r\n"; err != nil || string(got) != want {
			t.Errorf("%s: %v %s", test.name, err, cmp.Diff(want, string(got)))
		}
		if all, err := ReadReceived(bytes.NewReader(got)); err != nil || all[line].Time != "2024-06-27T02:31:05Z" || all[line].SHA256 != sum {
			t.Errorf("%s: read as %v (%v)", test.name, all, err)
		}
		if got, err = Strike(got, line); err != nil || string(got) != "\uFEFF"+test.want {
			t.Errorf("%s: without it %q (%v)", test.name, got, err)
		}
	}
	if _, err := Enter([]byte("a\"b,2024-06-24\n"), line, at, sum); err == nil {
		t.Error("a list that cannot be read is written")
	}
}

// The time of a line orders what came on one day; a line of another file says nothing.
func TestReceivedAtATime(t *testing.T) {
	data := []byte("填报单位：教体局\n")
	sum := sha256.Sum256(data)
	for _, test := range []struct{ name, sha256, at string }{
		{"any file", "", "2024-06-28T01:00:00Z"}, {"this file", hex.EncodeToString(sum[:]), "2024-06-28T01:00:00Z"}, {"another", strings.Repeat("0", 64), ""},
	} {
		in := config()
		in.Received = map[string]Arrival{someFile: {ledger.Date{Year: 2024, Month: 6, Day: 28}, "2024-06-28T01:00:00Z", test.sha256}}
		o := opened{Config: in, Delivery: Delivery{Path: someFile, SHA256: hex.EncodeToString(sum[:])}, modified: "2024-06-01T00:00:00Z"}
		if came, ok := o.received(); came.Time != test.at && ok || ok != (test.at != "") {
			t.Errorf("%s: %v %v", test.name, came, ok)
		}
	}
}

func TestReceivedDecidesTheDate(t *testing.T) {
	in := config()
	in.Received = map[string]Arrival{someFile: {Day: ledger.Date{Year: 2024, Month: 6, Day: 28}, Time: "2024-06-28T01:00:00Z"}}
	r := readPages(in, someFile, pageOf(reserveTitle, cells{"填报日期：2024-06-20"}, reserveHead, good)).Returns[0]
	if r.Prepared.String() != "2024-06-28" || r.Received != r.Prepared || r.Dated != ledger.ByReceipt || r.Modified != "2024-06-28T01:00:00Z" {
		t.Errorf("prepared %s, received %s, by %s", r.Prepared, r.Received, r.Dated)
	}
	r = readPages(config(), someFile, pageOf(reserveTitle, reserveHead, good)).Returns[0]
	if !r.Prepared.IsZero() || r.Dated != ledger.Undated {
		t.Errorf("undated: %s by %q", r.Prepared, r.Dated)
	}
}

package consolidate

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// 完成投资, 入统投资 and 到位资金 stand side by side, each as its office says it.
func TestCompare(t *testing.T) {
	statistics, signing := form.Statistics.Name.Form, form.Signing.Name.Form
	entered := func(number int, name, toDate string, words ...string) ledger.Record {
		return record(statistics, number, append([]string{"name=" + name, "year_to_date=" + toDate}, words...)...)
	}
	started := []string{"start=2024-03-01", "total=8000"}
	m := merged(t, june, nil,
		sent(june, progress, housing, "p",
			works(5, "滨江路", "1000", started...),
			works(6, "物流园", "1000", started...),
			works(7, "体育馆", "1000", append(started, "code="+codeA)...),
			works(8, "图书馆", "0", "total=8000"),
			works(9, "公厕", "100", "start=2024-03-01", "total=499.99"),
			works(10, "水厂", "100", started...),
			works(11, "学校", "100", append(started, "code="+codeB)...)),
		sent(june, statistics, "统计局", "s",
			entered(5, "城固县滨江路", "900"),
			entered(6, "物流园", "899.99"),
			entered(7, "县体育中心", "1000", "code="+codeA),
			record(statistics, 8, "growth=9.4"),
			entered(9, "学校", "100", "code=2406-610722-04-02-000002"),
			entered(10, "冷库", "50")),
		sent(june, signing, "招商服务中心", "g", record(signing, 5, "name=物流园", "funds=300")))
	show := form.Progress.YearToDate.Show
	var got []string
	for _, c := range m.Book.Compare() {
		line := c.Class.Chinese() + " "
		if c.Progress != nil {
			line += c.Progress.Name()
		} else {
			line += c.Statistics.Name()
		}
		for _, amount := range []ledger.Amount{c.Done(), c.Entered(), c.Funds(), c.Gap()} {
			line += "|" + show(ledger.Value{Known: amount.Valid, N: int64(amount.V)})
		}
		got = append(got, line)
	}
	want := []string{
		"两边都有、相近 滨江路|1000|900||100",
		"两边都有、差距较大 物流园|1000|899.99|300|100.01",
		"两边都有、相近 体育馆|1000|1000||0",
		"仅发改有：未开工 图书馆|0|||",
		"仅发改有：未达标准 公厕|100|||",
		"仅发改有：应入未入 水厂|100|||",
		"仅发改有：应入未入 学校|100|||",
		"仅统计有 学校||100||",
		"仅统计有 冷库||50||",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if f := m.Figures; f["progress.year_to_date_fen"] != int64(3300*ledger.TenThousandYuan) {
		t.Errorf("完成投资 is altered: %v", f)
	}
}

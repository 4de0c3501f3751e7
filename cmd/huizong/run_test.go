package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/cmd/internal/job"
	"huizong/consolidate"
	"huizong/importer"
	"huizong/internal/ledger"
)

// After a run the operator is told what to follow up, and nothing where asked to be quiet.
func TestWhatToFollowUp(t *testing.T) {
	r := &job.Report{
		Period: "2024-06", Missing: []consolidate.Missing{{Form: "reserve", Department: "小河镇", Carried: true}}, Candidates: 2,
		Rejected: []ledger.Finding{{Code: importer.UnitUnknown, File: "天明镇.xlsx", Sheet: "6月", Cell: "H3", Found: "万美元"}},
	}
	for quiet, want := range map[bool][]string{true: {""}, false: {
		"退回：" + r.Rejected[0].Line(ledger.Chinese),
		"未报：小河镇 谋划储备项目表（沿用上月）",
		"待判定2对（疑似重复、更名、拆分、合并）：huizong decide list --period 2024-06",
		"",
	}} {
		var log strings.Builder
		p := &program{log: &log, quiet: quiet, lang: ledger.Chinese}
		p.complain(r)
		if diff := cmp.Diff(want, strings.Split(log.String(), "\n")); diff != "" {
			t.Errorf("quiet %v (-want +got)\n%s", quiet, diff)
		}
	}
}

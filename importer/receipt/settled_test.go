package receipt

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"huizong/internal/county"
	"huizong/internal/ledger"
)

// What is settled is not asked again: it says what was said, is not counted as open, and leaves the delivery passed.
func TestWhatIsSettled(t *testing.T) {
	open := ledger.Finding{Code: doubled, Sheet: "6月", Cell: "C3", Row: 3, Entity: "物流园", Found: "80"}
	slip := &Slip{Title: "回单", File: "a.csv", Sent: true, County: county.Default(), Returns: []Return{{Form: "谋划储备项目表", State: ledger.Accepted}},
		Findings: []ledger.Finding{open}}
	if got := slip.Verdict(); got != Reserved {
		t.Errorf("open: %s", got)
	}
	slip.Settled = map[string]string{open.Digest(): "已说明，不用再答复：设备款七月支付"}
	if got := slip.Verdict(); got != Passed {
		t.Errorf("settled: %s", got)
	}
	content, err := Alone(slip)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(ledger.ReceiptSheet)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(slices.Concat(rows...), "|")
	for _, want := range []string{"核实性问题0条", "已说明，不用再答复：设备款七月支付"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is not in %s", want, text)
		}
	}
	if strings.Contains(text, "请核对，确实的请说明") {
		t.Error("it is asked again")
	}
}

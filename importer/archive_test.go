package importer

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/internal/ledger"
)

// Each file of an archive is a delivery: its path goes on from that of the archive, whose name
// is a folder to it, and whose day of receipt is its own unless the list has one for it.
func TestReadArchive(t *testing.T) {
	const page = `<h1>2024年6月谋划储备项目表</h1><p>单位：万元</p><table><tr><td>序号<td>项目名称<td>所属批次<td>建设地点<td>主要建设内容<td>总投资<td>责任单位</tr>` +
		`<tr><td>1<td>甲项目<td>储备<td>博望街道<td>新建道路1公里<td>100<td>交通局</tr></table>`
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range []string{"6月/储备.xls", "6月/再报.xls", "Thumbs.db", "空/"} {
		entry, err := w.Create(name)
		if err == nil && !strings.HasSuffix(name, "/") {
			_, err = entry.Write([]byte(page))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	c := config()
	c.PassOver = func(name string) bool { return name == "Thumbs.db" }
	day := func(d int) ledger.Date { date, _ := ledger.NewDate(2024, 6, d); return date }
	c.Received = map[string]Arrival{"报送/交通局.zip": {Day: day(24)}, "报送/交通局.zip/6月/再报.xls": {Day: day(26)}}
	came, err := c.Read("报送/交通局.zip", &out)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"报送/交通局.zip/Thumbs.db"}, came.Skipped); diff != "" || came.Refused() != "" || len(came.Parts) != 2 {
		t.Fatalf("%d parts, refused %q, skipped %s", len(came.Parts), came.Refused(), diff)
	}
	for i, want := range []struct {
		path     string
		received ledger.Date
	}{{"报送/交通局.zip/6月/储备.xls", day(24)}, {"报送/交通局.zip/6月/再报.xls", day(26)}} {
		part := came.Parts[i]
		if part.Path != want.path || part.SHA256 == "" || len(part.Returns) != 1 {
			t.Fatalf("%s: %d returns, %v", part.Path, len(part.Returns), part.Findings)
		}
		r := part.Returns[0]
		if r.File != want.path || r.Department != "交通运输局" || r.Received != want.received || r.Dated != ledger.ByReceipt || len(r.Records) != 1 {
			t.Errorf("%s: %s, received %s, %d rows", r.File, r.Department, r.Received, len(r.Records))
		}
	}
}

// An archive of nothing that is a delivery, and one within another, are refused.
func TestReadArchiveRefused(t *testing.T) {
	pack := func(name, content string) string {
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		entry, err := w.Create(name)
		if err == nil {
			_, err = entry.Write([]byte(content))
		}
		if err == nil {
			err = w.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	c := config()
	c.PassOver = func(name string) bool { return name == "Thumbs.db" }
	for name, test := range map[string]struct{ content, path, code string }{
		"nothing in it":          {pack("Thumbs.db", "x"), "6月.zip", "F15"},
		"an archive within":      {pack("内.zip", pack("甲.xlsx", "x")), "6月.zip/内.zip", "F15"},
		"a path that leads out":  {pack("../甲.xlsx", "x"), "6月.zip/甲.xlsx", "F28"},
		"a file that is too big": {pack("甲.csv", strings.Repeat("甲,", 7<<20)), "6月.zip/甲.csv", "F02"},
	} {
		came, err := c.Read("6月.zip", strings.NewReader(test.content))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		refused := came
		if came.Parts != nil {
			refused = came.Parts[0]
		}
		if refused.Path != test.path || refused.Refused() != test.code {
			t.Errorf("%s: %s is refused for %q", name, refused.Path, refused.Refused())
		}
	}
}

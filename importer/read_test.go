package importer

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// workbook makes a file of sheets as departments send them.
func workbook(t testing.TB, build func(*excelize.File) error) *bytes.Reader {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	if err := build(f); err != nil {
		t.Fatal(err)
	}
	buffer, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(buffer.Bytes())
}

func setRows(f *excelize.File, name string, rows ...[]any) error {
	if _, err := f.NewSheet(name); err != nil {
		return err
	}
	for i, row := range rows {
		if err := f.SetSheetRow(name, fmt.Sprintf("A%d", i+1), &row); err != nil {
			return err
		}
	}
	return nil
}

func TestReadWorkbook(t *testing.T) {
	content := workbook(t, func(f *excelize.File) error {
		progress := [][]any{{"城固县2024年6月重点项目建设进展月报表"}, {"填报单位：县交通局", nil, nil, "单位：万元"}, progHead, progressRow,
			{"合计", nil, nil, nil, nil, nil, 10000, 5000, 2500}}
		for name, rows := range map[string][][]any{
			"储备 ":  {reserveTitle, reserveFields, reserveHead, good, other},
			"重点项目": progress,
			"选项":   {{"是"}, {"否"}},
		} {
			if err := setRows(f, name, rows...); err != nil {
				return err
			}
		}
		if err := f.SetSheetVisible("选项", false); err != nil {
			return err
		}
		if err := f.SetRowVisible("储备 ", 5, false); err != nil {
			return err
		}
		return f.SetDocProps(&excelize.DocProperties{Modified: "2024-06-25T20:00:00Z"})
	})
	returns, findings, err := inbox().Read(someFile, content, content.Size())
	if err != nil || len(returns) != 2 {
		t.Fatalf("%d returns, findings %v, error %v", len(returns), show(findings), err)
	}
	if got := show(findings); len(got) != 1 || findings[0].Code != SheetHidden || findings[0].Sheet != "选项" {
		t.Errorf("findings of the file: %v", got)
	}
	for _, r := range returns {
		if r.Prepared.String() != "2024-06-26" || r.Dated != ledger.ByModified || r.Region != "610722" || r.Department != "交通运输局" || r.Period != june || r.Unit != "万元" {
			t.Errorf("%s: prepared %s (%s), of %s, %s, in %s", r.Form, r.Prepared, r.Dated, r.Department, r.Period, r.Unit)
		}
		if r.File != someFile || len(r.Content) != 64 || !closes(r) {
			t.Errorf("%s: file %s, content %s, rows %+v", r.Form, r.File, r.Content, r.Rows())
		}
		switch r.Form {
		case "reserve":
			if got := strings.Join(show(r.Findings), ","); got != "F44" || r.Sheet != "储备 " || len(r.Records) != 2 {
				t.Errorf("reserve: %q, findings %s, %d records", r.Sheet, got, len(r.Records))
			}
		case "progress":
			if len(r.Findings) != 0 || len(r.Records) != 1 || r.Subtotal != 1 {
				t.Errorf("progress: findings %v, %d records", show(r.Findings), len(r.Records))
			}
		}
	}
}

func TestFileWithoutForm(t *testing.T) {
	content := workbook(t, func(f *excelize.File) error {
		return setRows(f, "名单", []any{"姓名", "电话"}, []any{"张三", "2345678"})
	})
	returns, findings, err := inbox().Read("名单.xlsx", content, content.Size())
	if err != nil || len(returns) != 0 || len(findings) != 1 || findings[0].Code != NoForm || !strings.Contains(findings[0].Expected, "谋划储备项目表") {
		t.Errorf("%d returns, findings %v, error %v", len(returns), findings, err)
	}
}

// broken fails as a disk does.
type broken struct{}

func (broken) ReadAt([]byte, int64) (int, error) { return 0, fmt.Errorf("input/output error") }

func TestTroubleInReadingIsTheOperators(t *testing.T) {
	if _, findings, err := inbox().Read("a.xlsx", broken{}, 1000); err == nil || len(findings) != 0 {
		t.Errorf("findings %v, error %v", show(findings), err)
	}
}

// largeReturn is a progress return of rows projects, with every column of the form.
func largeReturn(t testing.TB, rows int) *bytes.Reader {
	return workbook(t, func(f *excelize.File) error {
		columns := form.ByID("progress").Columns[:25]
		head := []any{"序号"}
		for _, c := range columns {
			head = append(head, c.String())
		}
		all := [][]any{{"城固县2024年6月重点项目建设进展月报表"}, {"填报单位：交通运输局", nil, "单位：万元"}, head}
		for i := range rows {
			row := []any{i + 1}
			for _, c := range columns {
				row = append(row, exampleOf(c, i))
			}
			all = append(all, row)
		}
		return setRows(f, "重点项目", all...)
	})
}

func exampleOf(c *form.Column, i int) any {
	switch c.Type {
	case form.AmountType, form.CountType:
		return 100*i + c.Index
	case form.RateType:
		return "50%"
	case form.DateType:
		return "2024.6"
	case form.SpanType:
		return "2023.3—2025.12"
	case form.FlagType:
		return "是"
	case form.ChoiceType, form.SetType:
		return c.Words[0].Name
	case form.CodeType:
		return fmt.Sprintf("2401-610722-04-01-%06d", i)
	}
	return fmt.Sprintf("%s%d", c.Name, i)
}

func BenchmarkRead(b *testing.B) {
	content := largeReturn(b, 40)
	in := inbox()
	b.SetBytes(content.Size())
	b.ReportAllocs()
	for b.Loop() {
		returns, findings, err := in.Read("交通运输局6月.xlsx", content, content.Size())
		if err != nil || len(returns) != 1 || len(returns[0].Records) != 40 || len(findings) != 0 {
			b.Fatal(returns, findings, err)
		}
	}
}

// Strangers' workbooks, none of them returns of this county: none may stop the importer,
// and whatever is read of them balances.
func TestCorpus(t *testing.T) {
	dir := os.Getenv("HUIZONG_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared", "corpus")
	}
	paths, _ := filepath.Glob(filepath.Join(dir, "*.*"))
	if len(paths) == 0 || testing.Short() {
		t.Skip("no corpus: set HUIZONG_CORPUS to its directory")
	}
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		returns, findings, err := inbox().Read(filepath.Base(path), bytes.NewReader(content), int64(len(content)))
		if err != nil || len(returns)+len(findings) == 0 {
			t.Errorf("%s: %d returns, findings %v, error %v", path, len(returns), show(findings), err)
		}
		for _, r := range returns {
			t.Logf("%s %s is read as %s: %d records, findings %v", filepath.Base(path), r.Sheet, r.Form, len(r.Records), show(r.Findings))
			if !closes(r) {
				t.Errorf("%s: the balance does not close: %+v", path, r.Rows())
			}
		}
	}
}

package importer

import (
	"bytes"
	"errors"
	"fmt"
	"io"
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
	d, err := config().Read(someFile, content)
	if err != nil || len(d.Returns) != 2 {
		t.Fatalf("%d returns, findings %v, error %v", len(d.Returns), show(d.Findings), err)
	}
	if got := show(d.Findings); len(got) != 1 || d.Findings[0].Code != SheetHidden || d.Findings[0].Sheet != "选项" {
		t.Errorf("findings of the file: %v", got)
	}
	if d.Path != someFile || d.Refused() != "" {
		t.Errorf("the delivery is %q, refused for %q", d.Path, d.Refused())
	}
	for _, r := range d.Returns {
		if r.Prepared.String() != "2024-06-26" || r.Dated != ledger.ByModified || r.Region != "610722" || r.Department != "交通运输局" ||
			r.Period != june || r.Unit != "万元" {
			t.Errorf("%s: prepared %s (%s), of %s, %s, in %s", r.Form, r.Prepared, r.Dated, r.Department, r.Period, r.Unit)
		}
		if r.File != someFile || r.FileSHA256 != d.SHA256 || len(d.SHA256) != 64 || len(r.Content) != 64 || !closes(r) {
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

// A file without a form is told of at its likeliest header, with the forms that are nearest and
// what they have and it has not.
func TestFileWithoutForm(t *testing.T) {
	for _, test := range []struct {
		name     string
		head     []any
		expected string
	}{
		{"nothing like a form", []any{"姓", "邮箱", "生日"}, ""},
		{"a few columns of two forms", []any{"项目名称", "计划总投资", "入库时间"}, "《重点项目建设进展月报表》（还缺项目代码、级别等列），或《固定资产投资入统情况表》（还缺"},
	} {
		content := workbook(t, func(f *excelize.File) error {
			return setRows(f, "名单", []any{"某某名单"}, test.head, []any{"张三", "2345678", "1"})
		})
		d, err := config().Read("名单.xlsx", content)
		if err != nil || len(d.Returns) != 0 || len(d.Findings) != 1 {
			t.Fatalf("%s: %d returns, findings %v, error %v", test.name, len(d.Returns), d.Findings, err)
		}
		f := d.Findings[0]
		if f.Code != NoForm || f.Sheet != "名单" || !strings.HasPrefix(f.Expected, test.expected) || test.expected == "" && f.Expected != "" {
			t.Errorf("%s: %s", test.name, f.Line(ledger.Chinese))
		}
	}
}

// A failing file fails as a disk does, after a number of reads.
type failing struct {
	io.Reader
	good int
}

func (f *failing) Read(p []byte) (int, error) {
	if f.good--; f.good < 0 {
		return 0, errors.New("input/output error")
	}
	return f.Reader.Read(p)
}

func TestTroubleInReadingIsTheOperators(t *testing.T) {
	content := workbook(t, func(f *excelize.File) error {
		return setRows(f, "储备", reserveTitle, reserveFields, reserveHead, good)
	})
	for _, test := range []struct {
		name string
		good int
	}{{"at once", 0}, {"behind its beginning", 3}} {
		if d, err := config().Read("a.xlsx", &failing{content, test.good}); err == nil || len(d.Findings) != 0 {
			t.Errorf("%s: findings %v, error %v", test.name, show(d.Findings), err)
		}
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
	in := config()
	b.SetBytes(content.Size())
	b.ReportAllocs()
	for b.Loop() {
		d, err := in.Read("交通运输局6月.xlsx", content)
		if err != nil || len(d.Returns) != 1 || len(d.Returns[0].Records) != 40 || len(d.Findings) != 0 {
			b.Fatal(d, err)
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
		d, err := config().Read(filepath.Base(path), bytes.NewReader(content))
		if err != nil || len(d.Returns)+len(d.Findings) == 0 {
			t.Errorf("%s: %d returns, findings %v, error %v", path, len(d.Returns), show(d.Findings), err)
		}
		for _, r := range d.Returns {
			t.Logf("%s %s is read as %s: %d records, findings %v", filepath.Base(path), r.Sheet, r.Form, len(r.Records), show(r.Findings))
			if !closes(r) {
				t.Errorf("%s: the balance does not close: %+v", path, r.Rows())
			}
		}
	}
}

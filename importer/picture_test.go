package importer

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"huizong/internal/ledger"
)

// drawn is a picture on lines: what is marked stands in brackets.
func drawn(p *Picture) []string {
	if p == nil {
		return nil
	}
	mark := func(is bool, text string) string {
		if is {
			return "[" + text + "]"
		}
		return text
	}
	var head []string
	for _, c := range p.Columns {
		head = append(head, mark(c.Marked, c.Name+" "+c.Heading))
	}
	lines := []string{strings.Join(head, "|")}
	for _, row := range p.Rows {
		cells := []string{fmt.Sprint(row.Number)}
		for i, text := range row.Cells {
			cells = append(cells, mark(row.Marked && p.Columns[i].Marked, text))
		}
		lines = append(lines, strings.Join(cells, "|"))
	}
	return lines
}

// A picture has the rows and columns around what a finding is about, as the file shows them.
func TestPictures(t *testing.T) {
	rows := [][]any{{"谋划储备项目表（2024年6月）"}, {"填报单位：交通运输局　单位：万元　填报日期：2024年6月20日"},
		{"序号", "项目名称", "领域", "所属批次", "建设地点", "项目单位", "建设性质", "总投资", "责任单位", "联系人"},
		{1, "物流园", "产业发展", "储备", "柳林镇", "甲公司", "新建", 8000, "交通运输局", "张三"},
		{2, "汉江<b>大桥", "基础设施", "储备", "博望街道", "乙公司", "新建", "约40", "交通运输局", strings.Repeat("长", 90)},
		{3, "客运站", "基础设施", "储备", "崔家山镇", "丙公司", "改建", 0.5, "交通运输局"}}
	data, err := io.ReadAll(workbook(t, func(f *excelize.File) error {
		percent, err := f.NewStyle(&excelize.Style{NumFmt: 9})
		for i, row := range rows {
			if err == nil {
				err = f.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &row)
			}
		}
		if err == nil {
			err = f.SetCellStyle("Sheet1", "H6", "H6", percent)
		}
		return err
	}))
	if err != nil {
		t.Fatal(err)
	}
	c := config()
	d, err := c.Read("交通局6月.xlsx", bytes.NewReader(data))
	if err != nil || len(d.Tables) != 1 {
		t.Fatalf("%d tables (%v)", len(d.Tables), err)
	}
	cut := strings.Repeat("长", 60) + "…"
	for _, test := range []struct {
		name string
		f    ledger.Finding
		want []string
	}{
		{"a cell", ledger.Finding{Sheet: "Sheet1", Cell: "H5", Row: 5, Field: "总投资"}, []string{
			"B 项目名称|D 所属批次|E 建设地点|F 项目单位|G 建设性质|[H 总投资]|I 责任单位|J 联系人", "4|物流园|储备|柳林镇|甲公司|新建|8000|交通运输局|张三",
			"5|汉江<b>大桥|储备|博望街道|乙公司|新建|[约40]|交通运输局|" + cut, "6|客运站|储备|崔家山镇|丙公司|改建|50%|交通运输局|"}},
		{"the first row", ledger.Finding{Sheet: "Sheet1", Cell: "A4", Row: 4}, []string{
			"[A 序号]|B 项目名称|C 领域|D 所属批次|E 建设地点|F 项目单位|G 建设性质", "4|[1]|物流园|产业发展|储备|柳林镇|甲公司|新建",
			"5|2|汉江<b>大桥|基础设施|储备|博望街道|乙公司|新建"}},
		{"a row", ledger.Finding{Sheet: "Sheet1", Row: 6, Field: "领域"}, []string{
			"A 序号|B 项目名称|[C 领域]|D 所属批次|E 建设地点|F 项目单位|G 建设性质", "5|2|汉江<b>大桥|基础设施|储备|博望街道|乙公司|新建",
			"6|3|客运站|[基础设施]|储备|崔家山镇|丙公司|改建", "7|||||||"}},
		{"a column", ledger.Finding{Sheet: "Sheet1", Field: "领域、总投资"}, []string{
			"A 序号|B 项目名称|[C 领域]|D 所属批次|E 建设地点|F 项目单位|G 建设性质", "4|1|物流园|产业发展|储备|柳林镇|甲公司|新建",
			"5|2|汉江<b>大桥|基础设施|储备|博望街道|乙公司|新建", "6|3|客运站|基础设施|储备|崔家山镇|丙公司|改建"}},
		{"a heading", ledger.Finding{Sheet: "Sheet1", Cell: "A3", Row: 3}, []string{
			"[A 序号]|B 项目名称|C 领域|D 所属批次|E 建设地点|F 项目单位|G 建设性质", "4|1|物流园|产业发展|储备|柳林镇|甲公司|新建",
			"5|2|汉江<b>大桥|基础设施|储备|博望街道|乙公司|新建", "6|3|客运站|基础设施|储备|崔家山镇|丙公司|改建"}},
		{"above the table", ledger.Finding{Sheet: "Sheet1", Cell: "A2"}, []string{
			"[A ]|B |C |D ", "1|谋划储备项目表（2024年6月）|||", "2|[填报单位：交通运输局　单位：万元　填报日期：2024年6月20日]|||", "3|序号|项目名称|领域|所属批次"}},
		{"the return", ledger.Finding{Sheet: "Sheet1"}, nil},
		{"the file", ledger.Finding{}, nil},
		{"another sheet", ledger.Finding{Sheet: "Sheet2", Field: "领域"}, nil},
	} {
		pictures, err := c.Pictures(data, d.Tables, []ledger.Finding{test.f})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, drawn(pictures[0])); diff != "" {
			t.Errorf("%s (-want +got)\n%s", test.name, diff)
		}
	}
}

package consistency

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"
)

// drawn makes a workbook of one sheet: rows of a table, framed, header and 合计 bold and
// filled, under a title and a row of links.
func drawn(t *testing.T, rows ...[]any) *Sheet {
	t.Helper()
	book := excelize.NewFile()
	style := func(s *excelize.Style) int {
		id, err := book.NewStyle(s)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	framed := []excelize.Border{{Type: "left", Style: 1}, {Type: "right", Style: 1}, {Type: "top", Style: 1}, {Type: "bottom", Style: 1}}
	fill := func(colour string) excelize.Fill {
		return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
	}
	looks := map[any]int{
		"head": style(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: fill("E4EAF2"), Border: framed}),
		"sum":  style(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: fill("F5F1E6"), Border: framed}),
		"row":  style(&excelize.Style{Border: framed}),
	}
	title := style(&excelize.Style{Font: &excelize.Font{Size: 20}})
	put := func(row int, cells []any, look int) {
		for i, v := range cells {
			at := cellName(i+1, row)
			if err := book.SetCellValue("Sheet1", at, v); err != nil {
				t.Fatal(err)
			}
			if err := book.SetCellStyle("Sheet1", at, at, look); err != nil {
				t.Fatal(err)
			}
		}
	}
	put(1, []any{"返回目录"}, 0)
	put(2, []any{"城固县2024年6月堵点难点销号"}, title)
	for i, cells := range rows {
		put(4+i, cells[1:], looks[cells[0]])
	}
	dir := filepath.Join(t.TempDir(), "2024-06")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := book.SaveAs(filepath.Join(dir, "通报_2024-06.xlsx")); err != nil {
		t.Fatal(err)
	}
	folder, err := Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	return folder.Sheets[0]
}

// A table is found by its looks: 合计 under its header, or over it. A row of links is no text.
func TestTable(t *testing.T) {
	head := []any{"head", "主办单位", "上月结转", "本月新增"}
	sum := []any{"sum", "合计", 7, 3}
	parts := [][]any{{"row", "水利局", 4, 1}, {"row", "林业局", 3, 2}}
	for name, rows := range map[string][][]any{
		"合计 under the header": {head, sum, parts[0], parts[1]},
		"合计 over the header":  {sum, head, parts[0], parts[1]},
		"合计 at the end":       {head, parts[0], parts[1], sum},
	} {
		t.Run(name, func(t *testing.T) {
			s := drawn(t, rows...)
			if len(s.Tables) != 1 || len(s.Tables[0].parts()) != 2 || len(s.Texts) != 1 || s.Title != "城固县2024年6月堵点难点销号" {
				t.Fatalf("%d tables, title %q, texts %v", len(s.Tables), s.Title, s.Texts)
			}
			report := Check(&Folder{"2024-06", []*Sheet{s}})
			if whole, has := s.Tables[0].whole(); !has || whole.cells[2] != "7" || report.Sums != 2 || len(report.Findings) > 0 {
				t.Errorf("whole %v of %d sums, found %v", whole.cells, report.Sums, report.Findings)
			}
		})
	}
	if found := Check(&Folder{"2024-06", []*Sheet{drawn(t, head, []any{"sum", "合计", 8, 3}, parts[0], parts[1])}}).Findings; len(found) != 1 {
		t.Errorf("a whole that its parts do not give: found %v", found)
	}
}

// Projects of one name are told apart by their units, in each sheet; one that names no unit speaks of
// either.
func TestNamesakes(t *testing.T) {
	sheet := func(name, title string, rows ...[]string) *Sheet {
		s := &Sheet{File: "储备_2024-06.xlsx", Name: name, Title: title, Month: "2024-06"}
		table := &Table{sheet: s, headings: []heading{
			{col: 1, levels: []string{"项目名称"}}, {col: 2, levels: []string{"责任单位"}}, {col: 3, levels: []string{"总投资"}},
		}}
		table.nameHeadings()
		for i, cells := range rows {
			line := row{map[int]string{}, map[int]Place{}}
			for j, text := range cells {
				line.cells[j+1], line.at[j+1] = text, Place{s.File, name, cellName(j+1, i+1)}
			}
			table.rows = append(table.rows, line)
		}
		s.Tables = []*Table{table}
		return s
	}
	ledger := sheet("项目台账", "谋划储备项目台账", []string{"供水工程", "水利局", "3250"}, []string{"供水工程", "上元观镇", "7360"})
	for shown, findings := range map[string]int{"7360": 0, "3250": 1} {
		moves := sheet("月度变动", "谋划储备项目月度变动", []string{"供水工程", "上元观镇", shown}, []string{"供水工程", "", "1"})
		if found := Check(&Folder{"2024-06", []*Sheet{ledger, moves}}).Findings; len(found) != findings {
			t.Errorf("%s of one of the two: found %v, want %d", shown, found, findings)
		}
	}
}

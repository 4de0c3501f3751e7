#!/usr/bin/env bash
# excelize's InsertRows moves a conditional format's range but not its formula, and no comment.
#
# Expected: inserting rows moves what stands below as Excel does. Formulas (of other sheets too), names,
#   validations, merges, print area and filter do move, so conditional formats and comments would.
# Seen: with two rows inserted above, the format of A5:A10 stands at A7:A12 and still asks about $B5: every
#   colour is two rows off. Comments and links to places stay where they were, and a chart still
#   points at the old rows.
# Met when: rows of a template are added for an office with more projects: the red rows are not the rows
#   that lag, and a remark hangs on the project of somebody else.
# Seen on 2026-11-30 with excelize 2.11.1, Go 1.26.
set -Eeuo pipefail
export LC_ALL=C.UTF-8
trap 'echo "could not be run" >&2; exit 2' ERR
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

cat >main.go <<'GO'
package main

import (
	"archive/zip"
	"fmt"
	"io"
	"regexp"

	"github.com/xuri/excelize/v2"
)

func main() {
	book := excelize.NewFile()
	check(book.SetSheetName("Sheet1", "进展"))
	_, err := book.NewSheet("汇总")
	check(err)
	for row := 1; row <= 10; row++ {
		check(book.SetSheetRow("进展", fmt.Sprintf("A%d", row), &[]int{row, row * 10}))
	}
	check(book.SetCellFormula("汇总", "A1", "SUM(进展!B5:B10)"))
	check(book.SetDefinedName(&excelize.DefinedName{Name: "合计列", RefersTo: "进展!$B$5:$B$10"}))
	list := excelize.NewDataValidation(true)
	list.Sqref = "C5:C10"
	list.SetSqrefDropList("进展!$A$5:$A$10")
	check(book.AddDataValidation("进展", list))
	red, err := book.NewConditionalStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Color: []string{"FF0000"}, Pattern: 1}})
	check(err)
	check(book.SetConditionalFormat("进展", "A5:A10", []excelize.ConditionalFormatOptions{{Type: "formula", Criteria: "$B5>50", Format: &red}}))
	check(book.AddComment("进展", excelize.Comment{Cell: "A6", Text: "已督办"}))
	check(book.SetCellHyperLink("汇总", "C1", "进展!A6", "Location"))
	check(book.AddChart("汇总", "F1", &excelize.Chart{Type: excelize.Col,
		Series: []excelize.ChartSeries{{Categories: "进展!$A$5:$A$10", Values: "进展!$B$5:$B$10"}}}))

	check(book.InsertRows("进展", 3, 2))

	formula, err := book.GetCellFormula("汇总", "A1")
	check(err)
	fmt.Println("formula elsewhere: B5:B10 ->", formula)
	fmt.Println("name: B5:B10 ->", book.GetDefinedName()[0].RefersTo)
	lists, err := book.GetDataValidations("进展")
	check(err)
	fmt.Println("validation: C5:C10 of A5:A10 ->", lists[0].Sqref, "of", lists[0].Formula1)
	formats, err := book.GetConditionalFormats("进展")
	check(err)
	for at, format := range formats {
		fmt.Println("conditional format: A5:A10 by $B5>50 ->", at, "by", format[0].Criteria)
	}
	comments, err := book.GetComments("进展")
	check(err)
	fmt.Println("comment: A6 ->", comments[0].Cell)
	_, link, err := book.GetCellHyperLink("汇总", "C1")
	check(err)
	fmt.Println("link: A6 ->", link)
	check(book.SaveAs("book.xlsx"))
	fmt.Println("chart: B5:B10 ->", values("book.xlsx"))
}

// values is the range of the chart's values.
func values(name string) string {
	book, err := zip.OpenReader(name)
	check(err)
	chart, err := book.Open("xl/charts/chart1.xml")
	check(err)
	text, err := io.ReadAll(chart)
	check(err)
	return string(regexp.MustCompile(`<val>.*?<f>(.*?)</f>`).FindSubmatch(text)[1])
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
GO
go mod init findings 2>/dev/null
go get github.com/xuri/excelize/v2@v2.11.1 2>/dev/null
go run . >seen

cat >recorded <<'TEXT'
formula elsewhere: B5:B10 -> SUM(进展!B7:B12)
name: B5:B10 -> 进展!$B$7:$B$12
validation: C5:C10 of A5:A10 -> C7:C12 of 进展!$A$7:$A$12
conditional format: A5:A10 by $B5>50 -> A7:A12 by $B5>50
comment: A6 -> A6
link: A6 -> 进展!A6
chart: B5:B10 -> 进展!$B$5:$B$10
TEXT
trap - ERR
diff -u recorded seen

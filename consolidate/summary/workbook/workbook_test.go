package workbook_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"huizong/consolidate/summary/workbook/workbooktest"
)

func TestSameContentSameBytes(t *testing.T) {
	sums := map[string]bool{}
	for range 20 {
		sums[fmt.Sprintf("%x", sha256.Sum256(bytesOf(t, demo())))] = true
	}
	book := demo()
	for range 2 {
		sums[fmt.Sprintf("%x", sha256.Sum256(bytesOf(t, book)))] = true
	}
	if len(sums) != 1 {
		t.Errorf("%d different files of one content", len(sums))
	}
}

func TestStoredValuesAgree(t *testing.T) {
	workbooktest.Check(t, bytesOf(t, demo()))
}

func TestDump(t *testing.T) {
	data := bytesOf(t, demo())
	for _, sheet := range []string{"封面与编制说明", "总览", "分责任单位", "任务交办单"} {
		t.Run(sheet, func(t *testing.T) {
			workbooktest.Golden(t, sheet, workbooktest.Dump(t, data, sheet))
		})
	}
}

// parts are the parts of a file by name, and their names in order.
func parts(t *testing.T, data []byte) (map[string]string, []string) {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	texts, names := map[string]string{}, []string(nil)
	for _, f := range r.File {
		if y := f.Modified.UTC().Year(); y != 1980 {
			t.Errorf("%s is of %d", f.Name, y)
		}
		p, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(p)
		if err != nil {
			t.Fatal(err)
		}
		texts[f.Name] = string(text)
		names = append(names, f.Name)
	}
	return texts, names
}

func TestFileIsTidy(t *testing.T) {
	texts, names := parts(t, bytesOf(t, demo()))
	if !slices.IsSorted(names) {
		t.Errorf("parts out of order: %q", names)
	}
	for name, text := range texts {
		for _, foreign := range []string{"xuri", "2006-09-16", "Go Excelize"} {
			if strings.Contains(text, foreign) {
				t.Errorf("%s says %q", name, foreign)
			}
		}
	}
	for name, wants := range map[string][]string{
		"docProps/core.xml": {"<dc:creator>城固县发展和改革局<", ">2024-06-30T00:00:00Z</dcterms:created>", ">2024-06-30T00:00:00Z</dcterms:modified>"},
		"docProps/app.xml":  {"<Application>Huizong<"},
		"xl/workbook.xml": {
			"&#39;项目台账&#39;!$4:$6<", "&#39;项目台账&#39;!$A$6:$Y$466<", "&#39;总览&#39;!$A$2:$X$30<", "&#39;项目台账&#39;!$A$2:$Y$467<",
		},
		"xl/worksheets/sheet4.xml": {
			`<dimension ref="A1:Y467">`, `ySplit="6"`, `topLeftCell="D7"`, `<cols><col min="1" max="1" width="5"`, `paperSize="8"`,
			`fitToPage="true"`, `<autoFilter ref="$A$6:$Y$466">`, `<dataValidation `, `<conditionalFormatting sqref="L7:L466">`, `<legacyDrawing `,
		},
		"xl/worksheets/sheet5.xml": {`<brk id="14"`, `<brk id="24"`, ` scale="`},
		"xl/worksheets/sheet1.xml": {`<hyperlink ref="E9" location="&#39;项目台账&#39;!$A$2">`, "第 &amp;P 页 共 &amp;N 页"},
		"xl/worksheets/sheet2.xml": {`<drawing `, `fitToHeight="1"`},
	} {
		for _, want := range wants {
			if !strings.Contains(texts[name], want) {
				t.Errorf("%s does not say %q", name, want)
			}
		}
	}
	if strings.Contains(texts["xl/worksheets/sheet5.xml"], `fitToPage="true"`) {
		t.Error("a fitted sheet loses its page breaks in Excel")
	}
	extensions := regexp.MustCompile(`Default Extension="(\w+)"`).FindAllString(texts["[Content_Types].xml"], -1)
	if len(extensions) == 0 || !slices.IsSorted(extensions) {
		t.Errorf("content types out of order: %q", extensions)
	}
}

func TestPrintedPages(t *testing.T) {
	if testing.Short() {
		t.Skip("prints with LibreOffice")
	}
	pages := workbooktest.Print(t, bytesOf(t, demo()))
	var ledgerPages, orderPages int
	for i, page := range pages {
		if strings.Contains(page, "###") {
			t.Errorf("page %d has a number that does not fit", i+1)
		}
		if strings.Contains(page, "项目代码") {
			ledgerPages++
		}
		if strings.Contains(page, "办结时限") && strings.Contains(page, "存在问题") {
			orderPages++
		}
		if want := fmt.Sprintf("第 %d 页 共 %d 页", i+1, len(pages)); !strings.Contains(page, want) {
			t.Errorf("page %d is not numbered %q", i+1, want)
		}
	}
	if ledgerPages != len(pages)-6 {
		t.Errorf("header on %d of %d pages of the ledger", ledgerPages, len(pages)-6)
	}
	if orderPages != 3 {
		t.Errorf("%d orders that fill a page, want 3", orderPages)
	}
	for _, want := range []string{"各领域年度计划与完成（亿元）", "各责任单位占年度计划", "总评构成", "133.58亿元"} {
		if !strings.Contains(pages[1], want) {
			t.Errorf("the overview does not show %q", want)
		}
	}
}

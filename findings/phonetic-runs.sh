#!/usr/bin/env bash
# xlsxreader gives the reading of a name instead of the name where a workbook keeps readings.
#
# Expected: the phonetic guide that Excel and WPS keep beside a text (拼音指南: 城固 with chenggu) is no
#   part of the text; a reader of cells leaves it out.
# Seen: SheetJS, openpyxl, Gnumeric and excelize give 城固. The Go reader thedatashed/xlsxreader gives
#   chenggu: the name is gone. For a text that stands in the cell itself (inlineStr) it gives the name,
#   so one column mixes both.
# Met when: an office has switched on 拼音 for a rare place or person's name (which is why one does);
#   the row then matches no project and no office.
# Seen on 2026-11-30 with github.com/thedatashed/xlsxreader v1.2.8, excelize 2.11.1, xlsx 0.18.5 (npm),
#   openpyxl 3.0.9, Gnumeric 1.12.55 (Debian 12).
set -Eeuo pipefail
export LC_ALL=C.UTF-8
trap 'echo "could not be run" >&2; exit 2' ERR
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
need() { command -v "$1" >/dev/null || apt-get install -qq -y --no-install-recommends "$2" >/dev/null; }
need ssconvert gnumeric
/usr/bin/python3 -c 'import openpyxl' 2>/dev/null || apt-get install -qq -y --no-install-recommends python3-openpyxl >/dev/null
npm install --silent --no-audit --no-fund --prefix . xlsx@0.18.5 >&2

cat >make.py <<'PY'
import zipfile

SHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
PACKAGE = 'http://schemas.openxmlformats.org/package/2006/'
KIND = 'application/vnd.openxmlformats-officedocument.spreadsheetml.'


def book(name, rows, formats='', styles='<xf/>', strings=''):
    """Writes a workbook of one sheet: rows, number formats, cell styles and shared strings are given as XML."""
    parts = {
        '[Content_Types].xml': f'<Types xmlns="{PACKAGE}content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}worksheet+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{KIND}styles+xml"/>'
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{KIND}sharedStrings+xml"/></Types>',
        '_rels/.rels': f'<Relationships xmlns="{PACKAGE}relationships">'
            f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        'xl/workbook.xml': f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}">'
            '<sheets><sheet name="表一" sheetId="1" r:id="r1"/></sheets></workbook>',
        'xl/_rels/workbook.xml.rels': f'<Relationships xmlns="{PACKAGE}relationships">'
            f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{OFFICE}/styles" Target="styles.xml"/>'
            f'<Relationship Id="r3" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        'xl/styles.xml': f'<styleSheet xmlns="{SHEET}">{formats}<fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
            '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
            '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
            f'<cellXfs>{styles}</cellXfs></styleSheet>',
        'xl/sharedStrings.xml': f'<sst xmlns="{SHEET}">{strings}</sst>',
        'xl/worksheets/sheet1.xml': f'<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(name, 'w') as archive:
        for part, text in parts.items():
            archive.writestr(part, '<?xml version="1.0" encoding="UTF-8"?>' + text)
book('book.xlsx',
     '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
     '<c r="C1" t="inlineStr"><is><t>城固</t><rPh sb="0" eb="2"><t>chenggu</t></rPh></is></c></row>',
     strings='<si><t>城固</t><rPh sb="0" eb="2"><t>chenggu</t></rPh><phoneticPr fontId="0"/></si><si><t>洋县</t></si>')
PY
/usr/bin/python3 make.py

mkdir reader
cat >reader/main.go <<'GO'
package main

import (
	"fmt"

	"github.com/thedatashed/xlsxreader"
	"github.com/xuri/excelize/v2"
)

func main() {
	book, err := excelize.OpenFile("book.xlsx")
	if err != nil {
		panic(err)
	}
	rows, err := book.GetRows("表一")
	if err != nil {
		panic(err)
	}
	fmt.Println("excelize:", rows[0])
	file, err := xlsxreader.OpenFile("book.xlsx")
	if err != nil {
		panic(err)
	}
	defer file.Close()
	for row := range file.ReadRows("表一") {
		fmt.Print("xlsxreader: ")
		for _, cell := range row.Cells {
			fmt.Print(cell.Value, " ")
		}
		fmt.Println()
	}
}
GO
(cd reader && go mod init reader && go get github.com/xuri/excelize/v2@v2.11.1 github.com/thedatashed/xlsxreader@v1.2.8 &&
	go build -o ../read .) >&2 2>/dev/null

{
	./read
	ssconvert book.xlsx gnumeric.csv 2>/dev/null
	sed 's/^/Gnumeric: /' gnumeric.csv
	node -e '
const sheet = require("xlsx").readFile("book.xlsx").Sheets["表一"];
console.log("SheetJS:", sheet.A1.v, sheet.B1.v, sheet.C1.v)'
	/usr/bin/python3 -W ignore -c '
import openpyxl
print("openpyxl:", *(cell.value for cell in openpyxl.load_workbook("book.xlsx").active[1]))'
} >seen

cat >recorded <<'TEXT'
excelize: [城固 洋县 城固]
xlsxreader: chenggu 洋县 城固 
Gnumeric: 城固,洋县,城固
SheetJS: 城固 洋县 城固
openpyxl: 城固 洋县 城固
TEXT
trap - ERR
diff -u recorded seen

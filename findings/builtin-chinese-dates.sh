#!/usr/bin/env bash
# Dates in the number formats 27 to 36 and 50 to 58 are plain numbers for half of the readers.
#
# Expected: Excel for China keeps its own dates (2024年6月1日, 2024年6月, 6月1日) as formats that a file
#   gives by number alone, without a format code, as it does with the formats 14 to 22. The numbers
#   are in the standard, so a reader that knows 14 for a date would know 31.
# Seen: LibreOffice and SheetJS take them for dates (SheetJS shows 56 with its code in the text);
#   Gnumeric, openpyxl (so pandas too) and excelize give 45444.4, Gnumeric alone with a warning.
# Met when: a start date that was entered on a Chinese Excel is read by a script: the column holds
#   dates for rows of one office and 45444 for rows of another.
# Seen on 2026-11-30 with LibreOffice 7.4.7, Gnumeric 1.12.55, openpyxl 3.0.9 (Debian 12), xlsx 0.18.5
#   (npm), excelize 2.11.1.
set -Eeuo pipefail
export LC_ALL=C.UTF-8
trap 'echo "could not be run" >&2; exit 2' ERR
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
need() { command -v "$1" >/dev/null || apt-get install -qq -y --no-install-recommends "$2" >/dev/null; }
need soffice libreoffice-calc-nogui
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
IDS = [0, 14, 27, 31, 36, 50, 56, 57, 58]
book('book.xlsx',
     ''.join(f'<row r="{i + 1}"><c r="A{i + 1}" s="{i}"><v>45444.4</v></c></row>' for i in range(len(IDS))),
     styles=''.join(f'<xf numFmtId="{n}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' for n in IDS))
PY
/usr/bin/python3 make.py

mkdir reader
cat >reader/main.go <<'GO'
package main

import (
	"fmt"

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
	for _, row := range rows {
		fmt.Println(row[0])
	}
}
GO
(cd reader && go mod init reader && go get github.com/xuri/excelize/v2@v2.11.1 && go build -o ../read .) >&2 2>/dev/null

shown() { paste -sd' ' | sed "s/^/$1: /"; }
{
	echo "format: 0 14 27 31 36 50 56 57 58"
	soffice "-env:UserInstallation=file://$tmp/profile" --headless \
		--convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true' book.xlsx >/dev/null 2>&1
	shown LibreOffice <book.csv
	ssconvert book.xlsx gnumeric.csv 2>/dev/null
	tr ' ' T <gnumeric.csv | shown Gnumeric
	/usr/bin/python3 -c '
import openpyxl
for cell in openpyxl.load_workbook("book.xlsx").active["A"]:
    print(cell.value.strftime("%F") if cell.is_date else cell.value)' | shown openpyxl
	node -e '
const sheet = require("xlsx").readFile("book.xlsx").Sheets["表一"];
for (let row = 1; row <= 9; row++) console.log(sheet["A" + row].w)' | tr -d ' ' | shown SheetJS
	./read | shown excelize
} >seen

cat >recorded <<'TEXT'
format: 0 14 27 31 36 50 56 57 58
LibreOffice: 45444.4 6/1/2024 6/1/2024 6/1/2024 6/1/2024 6/1/2024 6/1/2024 6/1/2024 6/1/2024
Gnumeric: 45444.4 "2024/06/01T09:36:00" 45444.4 45444.4 45444.4 45444.4 45444.4 45444.4 45444.4
openpyxl: 45444.4 2024-06-01 45444.4 45444.4 45444.4 45444.4 45444.4 45444.4 45444.4
SheetJS: 45444.4 6/1/24 6/1/24 6/1/24 6/1/24 6/1/24 上午/下午09時36分00秒 6/1/24 6/1/24
excelize: 45444.4 06-01-24 45444.4 45444.4 45444.4 45444.4 45444.4 45444.4 45444.4
TEXT
trap - ERR
diff -u recorded seen

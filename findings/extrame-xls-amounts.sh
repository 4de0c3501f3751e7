#!/usr/bin/env bash
# The Go reader extrame/xls turns the amounts of an .xls that LibreOffice wrote into dates.
#
# Expected: a reader of .xls gives the number of a number cell, whoever wrote the file.
# Seen: LibreOffice gives every number format of an .xls a number of its own (from 164), General as
#   well, and the reader takes such numbers for dates: 12.34 in General becomes 18 May 1903. From
#   Gnumeric the amounts come through, but a date loses its day (2024.06). A formula's result is
#   empty in both.
# Met when: a Go program reads the .xls returns: those of offices that work with LibreOffice (or with
#   a converter that uses it) hold dates where the investment should be, without an error.
# Seen on 2026-11-30 with github.com/extrame/xls v0.0.1, LibreOffice 7.4.7, Gnumeric 1.12.55 (Debian 12).
set -Eeuo pipefail
export LC_ALL=C.UTF-8
trap 'echo "could not be run" >&2; exit 2' ERR
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
need() { command -v "$1" >/dev/null || apt-get install -qq -y --no-install-recommends "$2" >/dev/null; }
need soffice libreoffice-calc-nogui
need ssconvert gnumeric

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
# value and number format: General, 0.00, #,##0.00, date, 0.00%, #,##0
CELLS = [(12.34, 0), (12.5, 2), (1234.56, 4), (45444, 14), (0.125, 10), (120, 3)]
book('book.xlsx',
     '<row r="1">' + ''.join(f'<c r="{"ABCDEF"[i]}1" s="{i}"><v>{v}</v></c>' for i, (v, _) in enumerate(CELLS))
     + '<c r="G1"><f>A1+B1</f><v>24.84</v></c></row>',
     styles=''.join(f'<xf numFmtId="{n}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' for _, n in CELLS))
PY
python3 make.py

mkdir reader
cat >reader/main.go <<'GO'
package main

import (
	"fmt"
	"os"

	"github.com/extrame/xls"
)

func main() {
	for _, writer := range os.Args[1:] {
		book, err := xls.Open(writer+".xls", "utf-8")
		if err != nil {
			panic(err)
		}
		fmt.Println(writer)
		row := book.GetSheet(0).Row(0)
		for column, name := range []string{"12.34", "12.50", "1,234.56", "2024-06-01", "12.50%", "120", "formula"} {
			fmt.Printf("  %s -> %q\n", name, row.Col(column))
		}
	}
}
GO
(cd reader && go mod init reader && go get github.com/extrame/xls@v0.0.1 && go build -o ../read .) >&2 2>/dev/null

soffice "-env:UserInstallation=file://$tmp/profile" --headless --convert-to xls book.xlsx >/dev/null 2>&1
mv book.xls LibreOffice.xls
ssconvert book.xlsx Gnumeric.xls 2>/dev/null
./read LibreOffice Gnumeric >seen

cat >recorded <<'TEXT'
LibreOffice
  12.34 -> "1903-05-18T00:00:00Z"
  12.50 -> "1903-06-03T00:00:00Z"
  1,234.56 -> "1653-06-14T00:25:26Z"
  2024-06-01 -> "2024-06-01T00:00:00Z"
  12.50% -> "0.125"
  120 -> "1900-04-29T00:00:00Z"
  formula -> ""
Gnumeric
  12.34 -> "12.34"
  12.50 -> "12.5"
  1,234.56 -> "1234.56"
  2024-06-01 -> "2024.06"
  12.50% -> "0.125"
  120 -> "120"
  formula -> ""
TEXT
trap - ERR
diff -u recorded seen

#!/usr/bin/env bash
# The weekday format of Chinese Excel ([$-804]aaaa) is shown in five ways by five programs.
#
# Expected: 星期六 for 2024-06-01: the format stands in Excel's list of dates for Chinese, and the number
#   before it names the language, so the reader's own language does not matter.
# Seen: LibreOffice 星期六, SheetJS $aaaa, Gnumeric aaaa, excelize 45444 (but 星期六 where the code ends in ;@),
#   and openpyxl says that the cell is no date. Of [$-804]aaa, which is 六, excelize makes 周六. Without the
#   language LibreOffice in English shows not only Shabbat: the whole date is of another calendar, and
#   yyyy/m/d aaaa shows 2024/2/24 for 1 June 2024.
# Met when: the day of dispatch or of a meeting is kept with its weekday and the return is read by what it
#   shows, or a script asks whether the column is a date.
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
CODES = ['[$-804]aaaa', '[$-804]aaaa;@', '[$-804]aaa', 'aaaa', 'yyyy/m/d aaaa', '[$-804]yyyy"年"m"月"d"日" aaaa']
quoted = [code.replace('"', '&quot;') for code in CODES]
book('book.xlsx',
     ''.join(f'<row r="{i + 1}"><c r="A{i + 1}" s="{i}"><v>45444</v></c></row>' for i in range(len(CODES))),
     formats=f'<numFmts count="{len(CODES)}">'
             + ''.join(f'<numFmt numFmtId="{200 + i}" formatCode="{code}"/>' for i, code in enumerate(quoted)) + '</numFmts>',
     styles=''.join(f'<xf numFmtId="{200 + i}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' for i in range(len(CODES))))
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

shown() { paste -sd'|' | sed "s/|/ | /g; s/^/$1: /"; }
{
	/usr/bin/python3 -c '
import make
print("format:", " | ".join(make.CODES))'
	soffice "-env:UserInstallation=file://$tmp/profile" --headless \
		--convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true' book.xlsx >/dev/null 2>&1
	shown LibreOffice <book.csv
	ssconvert -T Gnumeric_stf:stf_assistant -O 'format=preserve' book.xlsx gnumeric.txt 2>/dev/null
	shown Gnumeric <gnumeric.txt
	node -e '
const sheet = require("xlsx").readFile("book.xlsx").Sheets["表一"];
for (let row = 1; row <= 6; row++) console.log(sheet["A" + row].w)' | shown SheetJS
	./read | shown excelize
	/usr/bin/python3 -W ignore -c '
import openpyxl
for cell in openpyxl.load_workbook("book.xlsx").active["A"]:
    print("date" if cell.is_date else "number")' | shown openpyxl
} >seen

cat >recorded <<'TEXT'
format: [$-804]aaaa | [$-804]aaaa;@ | [$-804]aaa | aaaa | yyyy/m/d aaaa | [$-804]yyyy"年"m"月"d"日" aaaa
LibreOffice: 星期六 | 星期六 | 六 | Shabbat | 2024/2/24 Shabbat | 2024年6月1日 星期六
Gnumeric: aaaa | aaaa | aaa | aaaa | "2024/6/1 aaaa" | "2024年6月1日 aaaa"
SheetJS: $aaaa | $aaaa | $aaa | aaaa | 2024/6/1 aaaa | 2024年6月1日 aaaa
excelize: 45444 | 星期六 | 周六 | Saturday | 2024/6/1 Saturday | 2024年6月1日 星期六
openpyxl: number | number | number | number | date | date
TEXT
trap - ERR
diff -u recorded seen

#!/usr/bin/env bash
# LibreOffice saves a number with 15 digits, though it holds 17 and others save 17.
#
# Expected: a workbook opened and saved again, with nothing changed, holds the same numbers: whoever writes a
#   double writes the 17 digits that tell it from the next.
# Seen: LibreOffice writes 15: the whole number 9007199254740991 comes back as 9007199254740990, 1234567.89 + 2E-9
#   as 1234567.89. openpyxl writes 16 (0.1 + 0.2 becomes 0.3, whole numbers are kept), SheetJS and Gnumeric enough.
# Met when: a return passes through LibreOffice on its way (a converter, an office that works with it) and is
#   compared with the one sent before: amounts kept in 分 as numbers of 16 digits differ, codes kept as
#   numbers of 16 digits name another project, and a file that nobody edited is a new version.
# Seen on 2026-11-30 with LibreOffice 7.4.7, Gnumeric 1.12.55, openpyxl 3.0.9 (Debian 12), xlsx 0.18.5 (npm).
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
NUMBERS = ['1234567.890000002', '0.30000000000000004', '9007199254740991', '6107222024000123', '1234567.89']
book('book.xlsx', '<row r="1">' + ''.join(f'<c r="{"ABCDE"[i]}1"><v>{n}</v></c>' for i, n in enumerate(NUMBERS)) + '</row>')
PY
/usr/bin/python3 make.py

# numbers NAME FILE prints the numbers that stand in the file.
numbers() { echo "$1: $(unzip -p "$2" xl/worksheets/sheet1.xml | grep -o '<v>[^<]*' | sed 's/<v>//' | paste -sd' ')"; }
need unzip unzip
mkdir libreoffice
{
	numbers 'before' book.xlsx
	soffice "-env:UserInstallation=file://$tmp/profile" --headless --convert-to xlsx --outdir libreoffice book.xlsx >/dev/null 2>&1
	numbers LibreOffice libreoffice/book.xlsx
	ssconvert book.xlsx gnumeric.xlsx 2>/dev/null
	numbers Gnumeric gnumeric.xlsx
	/usr/bin/python3 -W ignore -c '
import openpyxl
openpyxl.load_workbook("book.xlsx").save("openpyxl.xlsx")'
	numbers openpyxl openpyxl.xlsx
	node -e 'const X = require("xlsx"); X.writeFile(X.readFile("book.xlsx"), "sheetjs.xlsx")'
	numbers SheetJS sheetjs.xlsx
} >seen

cat >recorded <<'TEXT'
before: 1234567.890000002 0.30000000000000004 9007199254740991 6107222024000123 1234567.89
LibreOffice: 1234567.89 0.3 9007199254740990 6107222024000120 1234567.89
Gnumeric: 1234567.89000000199997 0.300000000000000039991 9007199254740991 6107222024000123 1234567.88999999999999
openpyxl: 1234567.890000002 0.3 9007199254740991 6107222024000123 1234567.89
SheetJS: 1234567.890000002 0.30000000000000004 9007199254740991 6107222024000123 1234567.89
TEXT
trap - ERR
diff -u recorded seen

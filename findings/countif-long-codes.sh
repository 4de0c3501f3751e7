#!/usr/bin/env bash
# COUNTIF and SUMIF over codes of 18 digits: LibreOffice and Gnumeric count other rows than Excel's way.
#
# Expected: Excel's COUNTIF takes texts that look like numbers for numbers of 15 digits, so that codes of
#   18 digits that differ at the end count as the same (which is why forums advise &"*"). Programs that
#   copy Excel's functions to the letter would copy this.
# Seen: of three codes that differ in the last digit, HyperFormula finds each 3 times, as Excel is known to;
#   LibreOffice and Gnumeric find each once. MATCH finds the right row in all three. With &"*" and
#   with SUMPRODUCT all three agree on 1.
# Met when: duplicates among unified social credit codes, identity numbers or project codes are looked
#   for with COUNTIF and the formula is proved by recalculating in LibreOffice: it is right there and
#   marks nearly every row on the desk of the office. Compare codes with SUMPRODUCT or MATCH.
# Seen on 2026-11-30 with LibreOffice 7.4.7, Gnumeric 1.12.55 (Debian 12), hyperformula 3.5.0 (npm).
#   Excel was not run.
set -Eeuo pipefail
export LC_ALL=C.UTF-8
trap 'echo "could not be run" >&2; exit 2' ERR
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
need() { command -v "$1" >/dev/null || apt-get install -qq -y --no-install-recommends "$2" >/dev/null; }
need soffice libreoffice-calc-nogui
need ssconvert gnumeric
npm install --silent --no-audit --no-fund --prefix . hyperformula@3.5.0 >&2

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
CODES = ['610722200001010011', '610722200001010012', '610722200001010013']
FORMULAS = ['COUNTIF(A$1:A$3,A{n})', 'SUMIF(A$1:A$3,A{n},B$1:B$3)', 'MATCH(A{n},A$1:A$3,0)',
            'COUNTIF(A$1:A$3,A{n}&"*")', 'SUMPRODUCT((A$1:A$3=A{n})*1)']
rows = ''
for n, code in enumerate(CODES, 1):
    rows += f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{code}</t></is></c><c r="B{n}"><v>{10 ** n}</v></c>'
    rows += ''.join(f'<c r="{"CDEFG"[i]}{n}"><f>{f.format(n=n).replace("&", "&amp;")}</f></c>' for i, f in enumerate(FORMULAS)) + '</row>'
book('book.xlsx', rows)
with open('book.js', 'w') as file:
    table = [["'" + code, 10 ** n] + ['=' + f.format(n=n) for f in FORMULAS] for n, code in enumerate(CODES, 1)]
    file.write(f'module.exports = {table}')
PY
python3 make.py

{
	echo 'columns: code, amount, COUNTIF, SUMIF, MATCH, COUNTIF with &"*", SUMPRODUCT'
	soffice "-env:UserInstallation=file://$tmp/profile" --headless --convert-to csv book.xlsx >/dev/null 2>&1
	echo LibreOffice
	cat book.csv
	ssconvert --recalc book.xlsx gnumeric.csv 2>/dev/null
	echo Gnumeric
	cat gnumeric.csv
	echo HyperFormula
	node -e '
const { HyperFormula } = require("hyperformula");
const book = HyperFormula.buildFromArray(require("./book.js"), { licenseKey: "gpl-v3", useWildcards: true, useRegularExpressions: false });
for (const row of book.getSheetValues(0)) console.log(row.map(value => value.value ?? value).join())'
} >seen

cat >recorded <<'TEXT'
columns: code, amount, COUNTIF, SUMIF, MATCH, COUNTIF with &"*", SUMPRODUCT
LibreOffice
610722200001010011,10,1,10,1,1,1
610722200001010012,100,1,100,2,1,1
610722200001010013,1000,1,1000,3,1,1
Gnumeric
610722200001010011,10,1,10,1,1,1
610722200001010012,100,1,100,2,1,1
610722200001010013,1000,1,1000,3,1,1
HyperFormula
610722200001010011,10,3,1110,1,1,1
610722200001010012,100,3,1110,2,1,1
610722200001010013,1000,3,1110,3,1,1
TEXT
trap - ERR
diff -u recorded seen

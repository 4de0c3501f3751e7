#!/usr/bin/env bash
# A picture in a cell, WPS's way, becomes #NAME? in LibreOffice, and four programs save it without the picture.
#
# Expected: WPS keeps a picture in a cell as a formula (_xlfn.DISPIMG with the picture's id) with a kept text,
#   and the picture in a part of its own. A program that does not know the function shows the kept text, as
#   it does for other functions of newer programs, and writes the formula back as it found it.
# Seen: LibreOffice computes it on opening, although nothing asked it to: the cell is #NAME? and its function
#   is written back in small letters. Gnumeric, SheetJS and openpyxl show the kept text; Gnumeric and SheetJS
#   write the function back without its prefix. All four leave the part with the pictures out.
# Met when: an office puts site photographs beside its projects in WPS and the return passes through a
#   converter: the pictures are gone for good, and a reader that refuses error cells refuses the return.
# Seen on 2026-11-30 with LibreOffice 7.4.7, Gnumeric 1.12.55, openpyxl 3.0.9 (Debian 12), xlsx 0.18.5 (npm).
#   WPS itself was not run: the file is made as WPS makes it.
set -Eeuo pipefail
export LC_ALL=C.UTF-8
trap 'echo "could not be run" >&2; exit 2' ERR
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
need() { command -v "$1" >/dev/null || apt-get install -qq -y --no-install-recommends "$2" >/dev/null; }
need soffice libreoffice-calc-nogui
need ssconvert gnumeric
need unzip unzip
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
import base64

PIXEL = base64.b64decode('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==')
DRAWING = 'http://schemas.openxmlformats.org/drawingml/2006/'
ETC = 'http://www.wps.cn/officeDocument/2017/etCustomData'
book('plain.xlsx', '<row r="1"><c r="A1" t="str"><f>_xlfn.DISPIMG("ID_0A1B2C3D4E5F",1)</f><v>=DISPIMG("ID_0A1B2C3D4E5F",1)</v></c>'
     '<c r="B1"><v>12.5</v></c></row>')
with zipfile.ZipFile('plain.xlsx') as old, zipfile.ZipFile('book.xlsx', 'w') as new:
    for part in old.namelist():
        text = old.read(part).decode()
        if part == '[Content_Types].xml':
            text = text.replace('</Types>', '<Default Extension="png" ContentType="image/png"/><Override PartName="/xl/cellimages.xml" '
                                'ContentType="application/vnd.wps-officedocument.cellimage+xml"/></Types>')
        if part == 'xl/_rels/workbook.xml.rels':
            text = text.replace('</Relationships>', '<Relationship Id="r4" Target="cellimages.xml" '
                                'Type="http://www.wps.cn/officeDocument/2020/cellImage"/></Relationships>')
        new.writestr(part, text)
    new.writestr('xl/media/image1.png', PIXEL)
    new.writestr('xl/_rels/cellimages.xml.rels', f'<Relationships xmlns="{PACKAGE}relationships">'
                 f'<Relationship Id="r1" Type="{OFFICE}/image" Target="media/image1.png"/></Relationships>')
    new.writestr('xl/cellimages.xml',
                 f'<etc:cellImages xmlns:etc="{ETC}" xmlns:xdr="{DRAWING}spreadsheetDrawing" xmlns:a="{DRAWING}main" xmlns:r="{OFFICE}">'
                 '<etc:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="1" name="ID_0A1B2C3D4E5F"/><xdr:cNvPicPr/></xdr:nvPicPr>'
                 '<xdr:blipFill><a:blip r:embed="r1"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>'
                 '<xdr:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic></etc:cellImage></etc:cellImages>')
PY
/usr/bin/python3 make.py

# saved FILE tells the formula and whether the pictures are in it.
saved() {
	unzip -p "$1" xl/worksheets/sheet1.xml | grep -o '<f[^/]*</f>' | sed 's/<f[^>]*>/  saved formula: /; s/<.*//; s/&quot;/"/g'
	unzip -l "$1" | grep -q cellimages && echo '  saved pictures: yes' || echo '  saved pictures: no'
}
mkdir saved
{
	soffice "-env:UserInstallation=file://$tmp/profile" --headless --convert-to xlsx --outdir saved book.xlsx >/dev/null 2>&1
	echo LibreOffice
	unzip -p saved/book.xlsx xl/worksheets/sheet1.xml | grep -o '<c r="A1".*</c><c r="B1"' | grep -o '<v>[^<]*' | sed 's/<v>/  shown: /'
	saved saved/book.xlsx
	ssconvert book.xlsx gnumeric.csv 2>/dev/null
	ssconvert book.xlsx gnumeric.xlsx 2>/dev/null
	echo Gnumeric
	sed 's/^"\(.*\)",12.5$/  shown: \1/; s/""/"/g' gnumeric.csv
	saved gnumeric.xlsx
	echo openpyxl
	/usr/bin/python3 -W ignore -c '
import openpyxl
print("  shown:", openpyxl.load_workbook("book.xlsx", data_only=True).active["A1"].value)
openpyxl.load_workbook("book.xlsx").save("openpyxl.xlsx")'
	saved openpyxl.xlsx
	echo SheetJS
	node -e '
const X = require("xlsx"), book = X.readFile("book.xlsx");
console.log("  shown:", book.Sheets["表一"].A1.v);
X.writeFile(book, "sheetjs.xlsx")'
	saved sheetjs.xlsx
} >seen

cat >recorded <<'TEXT'
LibreOffice
  shown: #NAME?
  saved formula: _xlfn.dispimg("ID_0A1B2C3D4E5F",1)
  saved pictures: no
Gnumeric
  shown: =DISPIMG("ID_0A1B2C3D4E5F",1)
  saved formula: DISPIMG("ID_0A1B2C3D4E5F",1)
  saved pictures: no
openpyxl
  shown: =DISPIMG("ID_0A1B2C3D4E5F",1)
  saved formula: _xlfn.DISPIMG("ID_0A1B2C3D4E5F",1)
  saved pictures: no
SheetJS
  shown: =DISPIMG("ID_0A1B2C3D4E5F",1)
  saved formula: DISPIMG("ID_0A1B2C3D4E5F",1)
  saved pictures: no
TEXT
trap - ERR
diff -u recorded seen

#!/usr/bin/env bash
# LibreOffice puts the deleted words of a reviewed document into its plain text.
#
# Expected: 滞后7项 struck out and 滞后5项 written in with change tracking is, converted without a window, the text as it now
#   reads: 滞后5项. Plain text cannot show a deletion at all.
# Seen: the .txt reads 共43项，其中滞后7项，其中滞后5项。 with nothing to tell old from new. mammoth gives the new
#   text alone.
# Met when: a bulletin that went through a leader's corrections is converted for the archive, for search or for
#   comparison: it says two figures.
# Seen on 2026-11-30 with LibreOffice 7.4.7 (Debian 12), mammoth 1.13.0 (npm).
set -Eeuo pipefail
export LC_ALL=C.UTF-8
trap 'echo "could not be run" >&2; exit 2' ERR
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
need() { command -v "$1" >/dev/null || apt-get install -qq -y --no-install-recommends "$2" >/dev/null; }
need soffice libreoffice-writer-nogui
npm install --silent --no-audit --no-fund --prefix . mammoth@1.13.0 >&2

cat >make.py <<'PY'
import zipfile

WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
PACKAGE = 'http://schemas.openxmlformats.org/package/2006/'


def document(name, body):
    """Writes a document of Word whose body is given as XML."""
    with zipfile.ZipFile(name, 'w') as archive:
        for part, text in {
            '[Content_Types].xml': f'<Types xmlns="{PACKAGE}content-types">'
                '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                '<Override PartName="/word/document.xml" '
                'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
            '_rels/.rels': f'<Relationships xmlns="{PACKAGE}relationships"><Relationship Id="r1" Target="word/document.xml" '
                'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>',
            'word/document.xml': f'<w:document xmlns:w="{WORD}"><w:body>{body}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
                '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440"/></w:sectPr></w:body></w:document>',
        }.items():
            archive.writestr(part, '<?xml version="1.0" encoding="UTF-8"?>' + text)
text = '<w:r><w:t>{}</w:t></w:r>'.format
by = 'w:author="办公室" w:date="2024-06-25T09:00:00Z"'
document('bulletin.docx', f'<w:p>{text("共43项")}<w:del w:id="1" {by}><w:r><w:delText>，其中滞后7项</w:delText></w:r></w:del>'
         f'<w:ins w:id="2" {by}>{text("，其中滞后5项")}</w:ins>{text("。")}</w:p>')
PY
python3 make.py

soffice "-env:UserInstallation=file://$tmp/profile" --headless --convert-to 'txt:Text (encoded):UTF8' bulletin.docx >/dev/null 2>&1
{
	sed 's/^\xef\xbb\xbf//; s/^/LibreOffice: /' bulletin.txt
	node -e 'require("mammoth").extractRawText({ path: "bulletin.docx" }).then(text => console.log("mammoth:", text.value.trim()))'
} >seen

cat >recorded <<'TEXT'
LibreOffice: 共43项，其中滞后7项，其中滞后5项。
mammoth: 共43项，其中滞后5项。
TEXT
trap - ERR
diff -u recorded seen

#!/usr/bin/env bash
# LibreOffice prints the year twice in a date field as Chinese Word inserts it.
#
# Expected: Word's 插入日期 gives official letters the field DATE \@ "EEEE年O月A日" (二〇二四年六月三十日). A program that
#   knows the codes gives that date; one that does not shows the text kept in the file.
# Seen: LibreOffice knows the codes and writes 二〇二六二〇二六年十一月三十日: each pair EE is a whole year. It does so in
#   text marked as Chinese, too. yyyy年M月d日 is right. The text kept in the file is never used.
# Met when: a notice or bulletin written in Word is turned into PDF by LibreOffice on a server.
# Seen on 2026-11-30 with LibreOffice 7.4.7 (Debian 12).
set -Eeuo pipefail
export LC_ALL=C.UTF-8
trap 'echo "could not be run" >&2; exit 2' ERR
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
need() { command -v "$1" >/dev/null || apt-get install -qq -y --no-install-recommends "$2" >/dev/null; }
need soffice libreoffice-writer-nogui

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
def field(code, kept, properties=''):
    run = f'<w:r>{properties}<w:fldChar w:fldCharType="{{}}"/></w:r>'
    return (f'<w:p>{run.format("begin")}<w:r>{properties}<w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
            f'{run.format("separate")}<w:r>{properties}<w:t>{kept}</w:t></w:r>{run.format("end")}</w:p>')


CHINESE = '<w:rPr><w:lang w:val="zh-CN" w:eastAsia="zh-CN"/></w:rPr>'
document('date.docx', ''.join(field(*line) for line in [
    (r'DATE \@ "EEEE年O月A日"', 'kept'), (r'DATE \@ "EEEE年O月A日"', 'kept', CHINESE), (r'TIME \@ "EEEE年O月A日"', 'kept'),
    (r'DATE \@ "yyyy年M月d日"', 'kept'), (r'DATE \@ "EE年O月"', 'kept')]))
PY
python3 make.py
soffice "-env:UserInstallation=file://$tmp/profile" --headless --convert-to 'txt:Text (encoded):UTF8' date.docx >/dev/null 2>&1

# What is shown is of today: the year and the day are put as words.
arabic=$(date +%Y)
chinese=$(sed 'y/0123456789/〇一二三四五六七八九/' <<<"$arabic")
sed "s/^\xef\xbb\xbf//; s/$chinese/YEAR/g; s/$arabic/year/g" date.txt |
	sed -E 's/年[0-9]+月[0-9]+日/年m月d日/; s/年[一二三四五六七八九十]+月/年M月/; s/月[一二三四五六七八九十]+日/月D日/' >seen

cat >recorded <<'TEXT'
YEARYEAR年M月D日
YEARYEAR年M月D日
YEARYEAR年M月D日
year年m月d日
YEAR年M月
TEXT
trap - ERR
diff -u recorded seen

#!/usr/bin/env bash
# Chromium repeats a table's head on every printed page only while it is lower than a quarter of the page.
#
# Expected: thead is repeated on each page, as long as it leaves room for rows.
# Seen: on A4 upright (277 mm between the margins) a head of 65 mm is repeated and one of 75 mm is not; on A4
#   lengthwise (190 mm) one of 45 mm is and one of 50 mm is not, without a word.
# Met when: a wide table with a head of several levels (title, unit, groups, names written downwards, column
#   numbers) is printed lengthwise to PDF: from page 2 on nobody knows what the columns are.
# Seen on 2026-11-30 with Chromium 156, poppler 22.12 (Debian 12).
set -Eeuo pipefail
export LC_ALL=C.UTF-8
trap 'echo "could not be run" >&2; exit 2' ERR
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
need() { command -v "$1" >/dev/null || apt-get install -qq -y --no-install-recommends "$2" >/dev/null; }
need chromium chromium
need pdftotext poppler-utils

# table PAPER HEIGHT writes a table of more than one page whose head says which it is.
table() {
	echo "<table style='page:$1'><thead><tr><th style='height:$2mm'>$1 $2 mm</th></tr></thead><tbody>"
	for row in $(seq 120); do echo "<tr><td>$row</td></tr>"; done
	echo '</tbody></table>'
}
{
	echo '<meta charset=utf-8><style>@page upright{size:A4 portrait;margin:10mm}@page lengthwise{size:A4 landscape;margin:10mm}'
	echo 'th,td{padding:0}</style>'
	table upright 30
	table upright 65
	table upright 75
	table lengthwise 45
	table lengthwise 50
} >page.html
chromium --headless --no-sandbox --disable-gpu --user-data-dir="$tmp/profile" --no-pdf-header-footer \
	--print-to-pdf=page.pdf "file://$tmp/page.html" >/dev/null 2>&1
pdftotext page.pdf - | grep -o '[a-z]* [0-9]* mm' | uniq -c | sed 's/^ *\([0-9]*\) \(.*\)/head of \2: on \1 pages/' >seen
pdfinfo page.pdf | grep '^Pages' >>seen

cat >recorded <<'TEXT'
head of upright 30 mm: on 3 pages
head of upright 65 mm: on 4 pages
head of upright 75 mm: on 1 pages
head of lengthwise 45 mm: on 5 pages
head of lengthwise 50 mm: on 1 pages
Pages:           19
TEXT
trap - ERR
diff -u recorded seen

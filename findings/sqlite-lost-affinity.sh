#!/usr/bin/env bash
# SQLite finds a code by number in a TEXT column, and not in coalesce, trim or max of it.
#
# Expected: where code = 610722 is true for the text '610722' or it is not; a query keeps its rows when the
#   column is wrapped in trim() or taken through a subquery.
# Seen: the column itself turns the number into a text and matches; so do a subquery, a materialised CTE and a
#   union. An expression (trim(code), coalesce(code, ''), code || '', max(code)) has no type: a number never
#   equals a text there, and the rows are gone without an error.
# Met when: region or office codes come as numbers (from a spreadsheet or JSON) into parameters, and somebody
#   tidies the column with trim(): the report of that office is empty.
# Seen on 2026-11-30 with SQLite 3.40.1 (Debian 12) and 3.54.1 (modernc.org/sqlite v1.61.1).
set -Eeuo pipefail
export LC_ALL=C.UTF-8
trap 'echo "could not be run" >&2; exit 2' ERR
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
need() { command -v "$1" >/dev/null || apt-get install -qq -y --no-install-recommends "$2" >/dev/null; }
need sqlite3 sqlite3

cat >queries.sql <<'SQL'
SELECT count(*) FROM office WHERE code = 610722
SELECT count(*) FROM (SELECT code FROM office) WHERE code = 610722
SELECT count(*) FROM (SELECT code FROM office UNION SELECT code FROM office) WHERE code = 610722
WITH o AS MATERIALIZED (SELECT code FROM office) SELECT count(*) FROM o WHERE code = 610722
SELECT count(*) FROM office WHERE code IN (610722)
SELECT count(*) FROM office WHERE trim(code) = 610722
SELECT count(*) FROM office WHERE coalesce(code, '') = 610722
SELECT count(*) FROM office WHERE code || '' = 610722
SELECT count(*) FROM (SELECT max(code) AS code FROM office GROUP BY name) WHERE code = 610722
SELECT count(*) FROM office WHERE trim(code) = '610722'
SQL
table="CREATE TABLE office (code TEXT, name TEXT) STRICT; INSERT INTO office VALUES ('610722', '交通局'), ('610723', '水利局');"

cat >main.go <<'GO'
package main

import (
	"bufio"
	"database/sql"
	"fmt"
	"os"

	_ "modernc.org/sqlite"
)

func main() {
	db, err := sql.Open("sqlite", ":memory:")
	check(err)
	db.SetMaxOpenConns(1)
	_, err = db.Exec(os.Args[1])
	check(err)
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		var count int
		check(db.QueryRow(lines.Text()).Scan(&count))
		fmt.Println(count)
	}
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
GO
go mod init findings 2>/dev/null
go get modernc.org/sqlite@v1.61.1 2>/dev/null
go run . "$table" <queries.sql >modernc
while read -r query; do sqlite3 :memory: "$table $query"; done <queries.sql >debian
paste -d' ' debian modernc queries.sql >seen

cat >recorded <<'TEXT'
1 1 SELECT count(*) FROM office WHERE code = 610722
1 1 SELECT count(*) FROM (SELECT code FROM office) WHERE code = 610722
1 1 SELECT count(*) FROM (SELECT code FROM office UNION SELECT code FROM office) WHERE code = 610722
1 1 WITH o AS MATERIALIZED (SELECT code FROM office) SELECT count(*) FROM o WHERE code = 610722
1 1 SELECT count(*) FROM office WHERE code IN (610722)
0 0 SELECT count(*) FROM office WHERE trim(code) = 610722
0 0 SELECT count(*) FROM office WHERE coalesce(code, '') = 610722
0 0 SELECT count(*) FROM office WHERE code || '' = 610722
0 0 SELECT count(*) FROM (SELECT max(code) AS code FROM office GROUP BY name) WHERE code = 610722
1 1 SELECT count(*) FROM office WHERE trim(code) = '610722'
TEXT
trap - ERR
diff -u recorded seen

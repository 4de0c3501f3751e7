#!/usr/bin/env bash
# One amount with an unquoted comma, and DuckDB reads a csv of 2,000 rows as one column, or as one row.
#
# Expected: a csv that has one row with a field too many (1,234.5 not quoted) is refused with the number of the line, as
#   it is when the row stands behind the first 20,480 that are looked at.
# Seen: with the row among the first, read_csv decides that there is no separator: every line is one text in one
#   column, named by the whole header. With the row at the very end it decides that the table begins there:
#   one row, the 2,000 before it skipped. A note under the table (注：截至6月底) has the first effect.
#   Nothing is said; only a query by a column's name fails.
# Met when: count(*) or sum over the csv of an office that types thousands with commas, or that ends with a note.
# Seen on 2026-11-30 with @duckdb/node-api 1.5.6-r.1 (npm; DuckDB 1.5.6).
set -Eeuo pipefail
trap 'echo "could not be run" >&2; exit 2' ERR
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

npm install --silent --no-audit --no-fund --prefix . @duckdb/node-api@1.5.6-r.1 >&2

cat >look.js <<'JS'
const { DuckDBInstance } = require('@duckdb/node-api');
const { writeFileSync } = require('fs');
const table = (count, odd, at) => {
  const rows = Array.from({ length: count }, (_, i) => `项目${i},交通局,${i}.5`);
  rows.splice(at, odd.length, ...odd);
  writeFileSync('book.csv', ['项目,责任单位,金额', ...rows].join('\n') + '\n');
};
(async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const look = async name => {
    try {
      const rows = await connection.runAndReadAll("SELECT count(*) FROM read_csv('book.csv')");
      const columns = await connection.runAndReadAll("SELECT column_name FROM (DESCRIBE SELECT * FROM read_csv('book.csv'))");
      console.log(name + ':', rows.getRowsJson()[0][0], 'rows,', columns.getRowsJson().map(row => '"' + row[0] + '"').join(' '));
    } catch (error) {
      console.log(name + ': error,', error.message.match(/on Line: \d+/)[0]);
    }
  };
  table(2000, [], 0);
  await look('2,000 good rows');
  table(2000, ['项目,交通局,1,234.5'], 1000);
  await look('the 1,000th with a field too many');
  table(2000, ['项目,交通局,1,234.5'], 1999);
  await look('the last with a field too many');
  table(2000, ['注：截至6月底'], 2000);
  await look('a note at the end');
  table(30000, ['项目,交通局,1,234.5'], 25000);
  await look('the 25,000th of 30,000 with a field too many');
})();
JS
node look.js >seen

cat >recorded <<'TEXT'
2,000 good rows: 2000 rows, "项目" "责任单位" "金额"
the 1,000th with a field too many: 2000 rows, "项目,责任单位,金额"
the last with a field too many: 1 rows, "column0" "column1" "column2" "column3"
a note at the end: 2001 rows, "项目,责任单位,金额"
the 25,000th of 30,000 with a field too many: error, on Line: 25002
TEXT
trap - ERR
diff -u recorded seen

#!/usr/bin/env bash
# csvkit takes metres for minutes, lots of a section for days of 2001, and counts of 0 and 1 for yes and no.
#
# Expected: a tool for csv that guesses types knows numbers and dates as people write dates; 12m (metres) and 1-3 (section
#   1, lot 3) are texts, and a column of 0 and 1 holds numbers.
# Seen: in a column of 12m, 15m, 9m the values become durations (0:12:00); 1-3, 2-5, 3-1 become 3 January, 5 February
#   and 1 March 2001; 0 and 1 become false and true, and csvsql makes DATETIME, DATE and BOOLEAN columns of
#   them. One 12.5米 in the column and all of it stays text, so that two months of one form differ.
# Met when: heights, lots and counts of road projects go through csvjson or csvsql into a database:
#   nothing is refused, and the lengths are times of day.
# Seen on 2026-11-30 with csvkit 1.0.7 (Debian 12).
set -Eeuo pipefail
trap 'echo "could not be run" >&2; exit 2' ERR
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
need() { command -v "$1" >/dev/null || apt-get install -qq -y --no-install-recommends "$2" >/dev/null; }
need csvjson csvkit

cat >projects.csv <<'CSV'
编号,高度,标段,完工项目数
A1,12m,1-3,1
A2,15m,2-5,0
A3,9m,3-1,1
CSV
{
	csvjson --indent 1 projects.csv | tr -d '\n' | sed 's/}, */}\n/g; s/  */ /g'
	echo
	csvsql --tables project projects.csv | tr -d '\t'
	sed 's/12m/12.5米/' projects.csv | csvsql --tables project | tr -d '\t'
} >seen

cat >recorded <<'TEXT'
[ { "编号": "A1", "高度": "0:12:00", "标段": "2001-01-03", "完工项目数": true }
{ "编号": "A2", "高度": "0:15:00", "标段": "2001-02-05", "完工项目数": false }
{ "编号": "A3", "高度": "0:09:00", "标段": "2001-03-01", "完工项目数": true }]
CREATE TABLE project (
"编号" VARCHAR NOT NULL, 
"高度" DATETIME NOT NULL, 
"标段" DATE NOT NULL, 
"完工项目数" BOOLEAN NOT NULL
);
CREATE TABLE project (
"编号" VARCHAR NOT NULL, 
"高度" VARCHAR NOT NULL, 
"标段" DATE NOT NULL, 
"完工项目数" BOOLEAN NOT NULL
);
TEXT
trap - ERR
diff -u recorded seen

#!/bin/sh
# How what lies here was made, once, of an old build: make.sh HUIZONG POSTGRES, where HUIZONG is
# the program built from commit ab884c8 and POSTGRES the address of an empty database. It is not
# made again: that it stays as that build left it is the point.
set -eu
huizong=$1 postgres=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
cd "$work"
for period in 2024-05 2024-06; do
	"$huizong" samples --period $period --out $period --departments 3 --rows 3
done
cp 2024-06/county.toml "$here"
rm -rf "$here/inbox" && cp -r 2024-06/inbox "$here"
for database in sqlite:huizong.db "$postgres"; do
	export HUIZONG_DATABASE=$database
	for period in 2024-05 2024-06; do
		"$huizong" run --county 2024-06/county.toml --period $period --inbox $period/inbox
	done
	"$huizong" decide same ba0029c0e0de 813921684c69 --county 2024-06/county.toml --who 张三 --why 已与两单位核对
	"$huizong" run --county 2024-06/county.toml --period 2024-06 --inbox 2024-06/inbox
done
gzip -9 -n -c huizong.db >"$here/huizong.db.gz"
pg_dump --inserts --no-owner --no-privileges "$postgres" | sed '/^\\/d' | gzip -9 -n >"$here/postgres.sql.gz"
cp out/2024-06/run.json "$here"
rm -r "$work"

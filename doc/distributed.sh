#!/usr/bin/env bash
# Two counties in one database whose rows lie on two PostgreSQL servers, by county, and the same two
# in a database on one server: their months are run at once, and what they give is compared byte
# for byte. Servers and files are in a temporary folder, which is taken away. doc/distributed.md
# says what it shows. Needs PostgreSQL's programs and a built huizong ("make build", or $HUIZONG).
set -euo pipefail
cd "$(dirname "$0")/.."

huizong=$(realpath "${HUIZONG:-bin/huizong}")
programs=$(dirname "$(command -v initdb || ls /usr/lib/postgresql/*/bin/initdb | tail -n 1)")
work=$(mktemp -d)
as=()
if [ "$(id -u)" = 0 ]; then # whom PostgreSQL refuses
	chown nobody "$work"
	as=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
fi
server() { (cd "$work" && "${as[@]}" "$programs/pg_ctl" -D "$work/$1" "${@:2}" >>"$work/log" 2>&1); }
trap 'server here -m immediate stop || true; server there -m immediate stop || true; rm -rf "$work"' EXIT

# Two servers, each with its port, on sockets in the folder.
for name in here there; do
	(cd "$work" && "${as[@]}" "$programs/initdb" -D "$work/$name" -U postgres -A trust -E UTF8 --no-sync --locale=C >>"$work/log")
done
server here -w -o "-k $work -p 5501 -c listen_addresses= -c fsync=off" start
server there -w -o "-k $work -p 5502 -c listen_addresses= -c fsync=off" start
database() { echo "postgres://postgres@/$2?host=$work&port=$1&sslmode=disable"; }
sql() { psql -X -q -t -A -v ON_ERROR_STOP=1 "$(database "$@")"; }
echo "CREATE DATABASE counties" | sql 5501 postgres
echo "CREATE DATABASE counties" | sql 5502 postgres
echo "CREATE DATABASE alone" | sql 5501 postgres

# The program makes its tables in each database. Those of the second server stay as they are; of the
# first one's, each that holds returns or months becomes the part of one county beside another part
# that is the second server's table. run, holder and migration stay whole.
for at in "5501 counties" "5502 counties" "5501 alone"; do
	"$huizong" --database "$(database $at)" status --period 2024-06 >/dev/null 2>&1 || [ $? = 3 ]
done
sql 5501 counties <<SQL
CREATE EXTENSION postgres_fdw;
CREATE SERVER there FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '$work', port '5502', dbname 'counties', batch_size '100');
CREATE USER MAPPING FOR postgres SERVER there OPTIONS (user 'postgres');
DO \$\$
DECLARE t text;
BEGIN
	FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('migration', 'run', 'holder') LOOP
		EXECUTE format('ALTER TABLE %I RENAME TO %I', t, t || '_610722');
		EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS) PARTITION BY LIST (region)', t, t || '_610722');
		EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES IN (''610722'')', t, t || '_610722');
		EXECUTE format('CREATE FOREIGN TABLE %I PARTITION OF %I FOR VALUES IN (''610723'') SERVER there OPTIONS (table_name %L)',
			t || '_610723', t, t);
	END LOOP;
END \$\$;
SQL

# Months of two counties, of 12 units with 20 rows each.
for county in 610722 610723; do
	for month in 2024-05 2024-06; do
		"$huizong" samples --period $month --seed ${county#6107}${month#2024-} --departments 12 --rows 20 --out "$work/$county/$month" >/dev/null
	done
	sed "s/^region = \"610722\"/region = \"$county\"/" "$work/$county/2024-06/county.toml" >"$work/$county/county.toml"
done

# months COUNTY PORT DATABASE OUT
months() {
	for month in 2024-05 2024-06; do
		status=0
		"$huizong" --quiet --county "$work/$1/county.toml" --database "$(database "$2" "$3")" \
			run --period $month --inbox "$work/$1/$month/inbox" --out "$work/$4/$1" >/dev/null || status=$?
		if [ $status != 0 ] && [ $status != 3 ]; then
			echo "the run of $month of $1 in $3 failed" >&2
			return 1
		fi
	done
}

for where in counties alone; do
	months 610722 5501 $where "out-$where" & first=$!
	months 610723 5501 $where "out-$where"
	wait $first
done

for county in 610722 610723; do
	echo "rows of county $county on the first server: $(sql 5501 counties <<<"SELECT count(*) FROM return_row_610722 WHERE region = '$county'")," \
		"on the second: $(sql 5502 counties <<<"SELECT count(*) FROM return_row WHERE region = '$county'")"
done
diff -r "$work/out-counties" "$work/out-alone"
echo "$(cd "$work/out-alone" && find . -type f | wc -l) files of two counties and two months: the same bytes from two servers as from one"

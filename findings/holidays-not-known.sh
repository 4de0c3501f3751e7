#!/usr/bin/env bash
# Libraries for Chinese holidays call 1 October of a year that they do not know a working day.
#
# Expected: the State Council settles the holidays of a year in the autumn before. A library that has no table for
#   a year yet says so, by an error or null, or falls back on the fixed days: 1 January, 1 May, 1 October.
# Seen: chinese-days and lunar-javascript answer for 2027 and 2035 as for any year: 1 October 2027, a Friday,
#   is no holiday, and a working day to chinese-days, which counts ten working days in the two weeks round
#   it, against six in 2026.
# Met when: deadlines are counted in working days across a new year or for next year's plan: the reminders of
#   October go out in the holiday, and nothing says that the table had ended.
# Seen on 2026-11-30 with chinese-days 1.5.7 and lunar-javascript 1.7.7 (npm).
set -Eeuo pipefail
export LC_ALL=C.UTF-8
trap 'echo "could not be run" >&2; exit 2' ERR
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

npm install --silent --no-audit --no-fund --prefix . chinese-days@1.5.7 lunar-javascript@1.7.7 >&2

cat >look.js <<'JS'
const days = require('chinese-days'), { HolidayUtil } = require('lunar-javascript');
for (const day of ['2026-10-01', '2027-01-01', '2027-05-01', '2027-10-01', '2035-10-01'])
  console.log(day, 'chinese-days:', days.isHoliday(day) ? 'holiday,' : 'no holiday,', days.isWorkday(day) ? 'working day;' : 'day off;',
    'lunar-javascript:', HolidayUtil.getHoliday(day)?.getName() ?? 'nothing');
for (const [from, to] of [['2026-09-28', '2026-10-11'], ['2027-09-27', '2027-10-10']])
  console.log(`chinese-days, working days from ${from} to ${to}:`, days.getWorkdaysInRange(from, to).length);
JS
node look.js >seen

cat >recorded <<'TEXT'
2026-10-01 chinese-days: holiday, day off; lunar-javascript: 国庆节
2027-01-01 chinese-days: no holiday, working day; lunar-javascript: nothing
2027-05-01 chinese-days: holiday, day off; lunar-javascript: nothing
2027-10-01 chinese-days: no holiday, working day; lunar-javascript: nothing
2035-10-01 chinese-days: no holiday, working day; lunar-javascript: nothing
chinese-days, working days from 2026-09-28 to 2026-10-11: 6
chinese-days, working days from 2027-09-27 to 2027-10-10: 10
TEXT
trap - ERR
diff -u recorded seen

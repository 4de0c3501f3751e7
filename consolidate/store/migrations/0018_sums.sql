-- The SHA-256 of what was written of a table for a month, by which a change that no run made is
-- seen when the table is read. A table without rows has none; what concerns no month (decision)
-- has a blank period. What was written before there were sums is marked 'none'.
CREATE TABLE month_sum (
	region   TEXT NOT NULL,
	period   TEXT NOT NULL,
	of_table TEXT NOT NULL,
	sha256   TEXT NOT NULL,
	PRIMARY KEY (region, period, of_table)
);
INSERT INTO month_sum (region, period, of_table, sha256)
	SELECT region, period, 'none', '' FROM month;
INSERT INTO month_sum (region, period, of_table, sha256)
	SELECT DISTINCT region, '', 'none', '' FROM decision;

-- The same of a return: of its line in return without version and state, which a merge
-- gives it, of its rows and of its findings.
CREATE TABLE return_sum (
	region       TEXT NOT NULL,
	period       TEXT NOT NULL,
	form         TEXT NOT NULL,
	department   TEXT NOT NULL,
	content      TEXT NOT NULL,
	head_sum     TEXT NOT NULL,
	rows_sum     TEXT NOT NULL,
	findings_sum TEXT NOT NULL,
	PRIMARY KEY (region, period, form, department, content)
);
INSERT INTO return_sum (region, period, form, department, content, head_sum, rows_sum, findings_sum)
	SELECT region, period, form, department, content, 'none', '', '' FROM return;

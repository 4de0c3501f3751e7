-- What every form shares. Keys are natural and led by region. Money is BIGINT in fen,
-- dates and periods are text that sorts, unknown ones are empty.

-- A return (one department, one form, one month) in one version of its content.
-- Version and state are what the last merge of the month made of it.
CREATE TABLE return (
	region      TEXT    NOT NULL,
	period      TEXT    NOT NULL,
	form        TEXT    NOT NULL,
	department  TEXT    NOT NULL,
	content     TEXT    NOT NULL,
	version     BIGINT  NOT NULL,
	state       TEXT    NOT NULL,
	file        TEXT    NOT NULL,
	file_sha256 TEXT    NOT NULL,
	sheet       TEXT    NOT NULL,
	prepared    TEXT    NOT NULL,
	dated       TEXT    NOT NULL,
	received    TEXT    NOT NULL,
	filler      TEXT    NOT NULL,
	unit        TEXT    NOT NULL,
	nil_report  BOOLEAN NOT NULL,
	unchanged   BOOLEAN NOT NULL,
	records     BIGINT  NOT NULL,
	subtotal    BIGINT  NOT NULL,
	blank       BIGINT  NOT NULL,
	PRIMARY KEY (region, period, form, department, content)
);

-- The rows of a return as delivered. They are lineage, so the record is JSON:
-- {"fields":{COLUMN:[value,"cell","as the file holds it","what was done to it",held], …}}
CREATE TABLE return_row (
	region     TEXT   NOT NULL,
	period     TEXT   NOT NULL,
	form       TEXT   NOT NULL,
	department TEXT   NOT NULL,
	content    TEXT   NOT NULL,
	ordinal    BIGINT NOT NULL,
	sheet_row  BIGINT NOT NULL,
	record     TEXT   NOT NULL,
	PRIMARY KEY (region, period, form, department, content, ordinal)
);

-- The findings of reading a return. What a finding is about is of_*: it may be another
-- month or department than the return's.
CREATE TABLE return_finding (
	region        TEXT   NOT NULL,
	period        TEXT   NOT NULL,
	form          TEXT   NOT NULL,
	department    TEXT   NOT NULL,
	content       TEXT   NOT NULL,
	ordinal       BIGINT NOT NULL,
	code          TEXT   NOT NULL,
	file          TEXT   NOT NULL,
	sheet         TEXT   NOT NULL,
	cell          TEXT   NOT NULL,
	sheet_row     BIGINT NOT NULL,
	of_period     TEXT   NOT NULL,
	of_department TEXT   NOT NULL,
	of_form       TEXT   NOT NULL,
	entity        TEXT   NOT NULL,
	field         TEXT   NOT NULL,
	found         TEXT   NOT NULL,
	expected      TEXT   NOT NULL,
	PRIMARY KEY (region, period, form, department, content, ordinal)
);

-- A month as it was merged: the sums that tell whether it is stale, and the balance of
-- rows (seen = taken + returned + superseded + repeated + subtotal + blank).
CREATE TABLE month (
	region       TEXT   NOT NULL,
	period       TEXT   NOT NULL,
	rules_sum    TEXT   NOT NULL,
	before_sum   TEXT   NOT NULL,
	standing_sum TEXT   NOT NULL,
	seen         BIGINT NOT NULL,
	taken        BIGINT NOT NULL,
	held         BIGINT NOT NULL,
	returned     BIGINT NOT NULL,
	superseded   BIGINT NOT NULL,
	repeated     BIGINT NOT NULL,
	subtotal     BIGINT NOT NULL,
	blank        BIGINT NOT NULL,
	PRIMARY KEY (region, period)
);

-- The findings of a merged month, in the order people read them.
CREATE TABLE finding (
	region        TEXT   NOT NULL,
	period        TEXT   NOT NULL,
	ordinal       BIGINT NOT NULL,
	code          TEXT   NOT NULL,
	file          TEXT   NOT NULL,
	sheet         TEXT   NOT NULL,
	cell          TEXT   NOT NULL,
	sheet_row     BIGINT NOT NULL,
	of_period     TEXT   NOT NULL,
	of_department TEXT   NOT NULL,
	of_form       TEXT   NOT NULL,
	entity        TEXT   NOT NULL,
	field         TEXT   NOT NULL,
	found         TEXT   NOT NULL,
	expected      TEXT   NOT NULL,
	PRIMARY KEY (region, period, ordinal)
);

-- A published figure of a merged month; one that is not known has no row.
CREATE TABLE figure (
	region TEXT   NOT NULL,
	period TEXT   NOT NULL,
	name   TEXT   NOT NULL,
	value  BIGINT NOT NULL,
	PRIMARY KEY (region, period, name)
);

-- Who took the run lock last, and when: for the message to whoever finds it taken. The
-- lock itself is not here and ends with its process.
CREATE TABLE run (
	name  TEXT NOT NULL PRIMARY KEY,
	who   TEXT NOT NULL,
	since TEXT NOT NULL
);

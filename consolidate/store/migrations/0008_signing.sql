-- Rows in force of 招商签约项目表. One department may say two things of one entity: ordinal is the
-- place among the month's rows. from_* is the row that was accepted: month, return, sheet
-- row; source its lineage. NULL is blank, never zero. Amounts in fen, rates in millionths,
-- counts in ten-thousandths, flags 1 or 0.
CREATE TABLE signing (
	region           TEXT   NOT NULL,
	period           TEXT   NOT NULL,
	reported_by      TEXT   NOT NULL,
	entity           TEXT   NOT NULL,
	ordinal          BIGINT NOT NULL,
	from_period      TEXT   NOT NULL,
	from_content     TEXT   NOT NULL,
	from_row         BIGINT NOT NULL,
	source           TEXT   NOT NULL,
	name             TEXT,
	investor         TEXT,
	agreement        TEXT,
	signed           TEXT,
	total            BIGINT,
	fixed            BIGINT,
	funds            BIGINT,
	origin           TEXT,
	is_registered    BIGINT,
	registered       TEXT,
	is_started       BIGINT,
	start            TEXT,
	code             TEXT,
	department       TEXT,
	leader           TEXT,
	remark           TEXT,
	PRIMARY KEY (region, period, reported_by, entity, ordinal)
);

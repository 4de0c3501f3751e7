-- Rows in force of 亩均效益评价表. One department may say two things of one entity: ordinal is the
-- place among the month's rows. from_* is the row that was accepted: month, return, sheet
-- row; source its lineage. NULL is blank, never zero. Amounts in fen, rates in millionths,
-- counts in ten-thousandths, flags 1 or 0.
CREATE TABLE landyield (
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
	credit_code      TEXT,
	land_area        BIGINT,
	fixed            BIGINT,
	revenue          BIGINT,
	tax              BIGINT,
	added_value      BIGINT,
	energy           BIGINT,
	research         BIGINT,
	grade            TEXT,
	remark           TEXT,
	PRIMARY KEY (region, period, reported_by, entity, ordinal)
);

-- run.json of a merged month, as it was published, so that its folder can be written again. A
-- month that was merged before this table was made has no row.
CREATE TABLE report (
	region TEXT NOT NULL,
	period TEXT NOT NULL,
	text   TEXT NOT NULL,
	PRIMARY KEY (region, period)
);

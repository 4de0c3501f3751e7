-- The rows of a return as delivered, all in one value, which the program packs and compresses (record.go says how). They
-- are lineage: whoever asks the database asks the tables of rows in force.
CREATE TABLE return_rows (
	region     TEXT  NOT NULL,
	period     TEXT  NOT NULL,
	form       TEXT  NOT NULL,
	department TEXT  NOT NULL,
	content    TEXT  NOT NULL,
	packed     BYTEA NOT NULL,
	PRIMARY KEY (region, period, form, department, content)
);

-- The rows in force of a month as the program works with them, with their lineage, packed likewise: the parts of a form
-- are those of its table, in the order of their ordinal.
CREATE TABLE standing (
	region TEXT   NOT NULL,
	period TEXT   NOT NULL,
	form   TEXT   NOT NULL,
	part   BIGINT NOT NULL,
	packed BYTEA  NOT NULL,
	PRIMARY KEY (region, period, form, part)
);

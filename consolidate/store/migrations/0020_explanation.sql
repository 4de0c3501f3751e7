-- What departments answered to findings on receipts that came back, in the runs of a month. Nothing is ever
-- changed or taken back: of several on one finding (digest: of its key and what it found) the one holds that was
-- given last. source is the SHA-256 of the receipt; code to found say for people what the finding was about.
CREATE TABLE explanation (
	region     TEXT   NOT NULL,
	number     BIGINT NOT NULL,
	period     TEXT   NOT NULL,
	digest     TEXT   NOT NULL,
	code       TEXT   NOT NULL,
	department TEXT   NOT NULL,
	form       TEXT   NOT NULL,
	entity     TEXT   NOT NULL,
	field      TEXT   NOT NULL,
	found      TEXT   NOT NULL,
	text       TEXT   NOT NULL,
	who        TEXT   NOT NULL,
	given      TEXT   NOT NULL,
	source     TEXT   NOT NULL,
	PRIMARY KEY (region, number)
);

-- The lines of the last waivers.csv that came with a run of a month, in their order. What is empty of
-- department, form, entity, field and found is any.
CREATE TABLE waiver (
	region     TEXT   NOT NULL,
	period     TEXT   NOT NULL,
	ordinal    BIGINT NOT NULL,
	code       TEXT   NOT NULL,
	department TEXT   NOT NULL,
	form       TEXT   NOT NULL,
	entity     TEXT   NOT NULL,
	field      TEXT   NOT NULL,
	found      TEXT   NOT NULL,
	why        TEXT   NOT NULL,
	who        TEXT   NOT NULL,
	until      TEXT   NOT NULL,
	PRIMARY KEY (region, period, ordinal)
);
